/* Names of findings that outlive edits elsewhere: rule, path and the words around, folded.
 *
 * Most reports show none (text, compact, HTML), and folding what stands around some thousand
 * findings is one per cent of a check: findings are named when somebody asks for the name of
 * one. All of a result are named at once, since copies are told apart by their order. */
#include "engine/engine.h"

#include <assert.h>
#include <stdlib.h>

#include "base/sort.h"
#include "checker/memo.h"
#include "checker/rule.h"
#include "text/fold.h"

#define CONTEXT_BYTES 48 /* of text on either side that go into a fingerprint */

static bool
is_continuation(slice s, size_t i)
{
	return i > 0 && i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80;
}

/* The text around a place, not past its block; what trails a block is all there is of it. */
static slice
context_of(const document *d, const block *b, span s)
{
	size_t start = b->text.start, end = b->text.end;

	if (s.start < start || s.start - start > CONTEXT_BYTES)
		start = s.start < CONTEXT_BYTES ? 0 : s.start - CONTEXT_BYTES;
	if (s.end > end || end - s.end > CONTEXT_BYTES)
		end = d->text.n - s.end < CONTEXT_BYTES ? d->text.n : s.end + CONTEXT_BYTES;
	while (is_continuation(d->text, start))
		start++;
	while (is_continuation(d->text, end))
		end--;
	return slice_sub(d->text, start, end);
}

/* Those of the n folded bytes at `out` that are of letters and digits. */
static size_t
keep_letters(char *out, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)out[i];
		out[kept] = out[i];
		kept += c >= 0x80 || (unsigned)(c - '0') < 10 || (unsigned)(c - 'a') < 26;
	}
	return kept;
}

/* Letters and digits alone, folded: a neighbour that is mended, a line that is wrapped anew or
 * a space that becomes a no-break one must not make old findings look new. */
static size_t
normalise(char *out, slice s)
{
	size_t n = 0;

	for (size_t i = 0, start; i < s.n;) {
		for (; i < s.n && (unsigned char)s.p[i] < 0x80; i++) {
			/* the bit that makes a capital small is set in digits */
			unsigned c = (unsigned char)s.p[i], small = c | 0x20;
			out[n] = (char)small;
			n += (unsigned)(c - '0' < 10) | (unsigned)(small - 'a' < 26);
		}
		for (start = i; i < s.n && (unsigned char)s.p[i] >= 0x80;)
			i++;
		n += keep_letters(out + n, text_fold(out + n, slice_sub(s, start, i)));
	}
	return n;
}

static slice
plain_path(slice path)
{
	while (slice_starts(path, SLICE("./")))
		path = slice_sub(path, 2, path.n);
	return path;
}

static slice
cut(slice s, size_t most)
{
	return s.n > most ? slice_sub(s, 0, most) : s;
}

/* Folding costs most of a fingerprint, and an editor asks for the same ones with every key. */
static status
hash_normalised(memo *m, slice around, uint64_t *out)
{
	char folded[3 * 1024 + 4];
	uint64_t key = slice_hash(around) ^ UINT64_C(0x9E3779B97F4A7C15);

	if (memo_recall(m, key, out, sizeof(*out)))
		return STATUS_OK;
	*out = slice_hash((slice){ folded, normalise(folded, around) });
	return memo_keep(m, key, out, sizeof(*out));
}

static status
fingerprint(memo *m, uint64_t path, const document *d, const block *b, const finding *f,
	uint64_t *out)
{
	char folded[3 * 1024 + 4];
	slice around = cut(context_of(d, b, f->text), 1024);
	uint64_t parts[4] = { slice_hash(slice_of(f->rule->id)), path };
	const finding_facing *x = &f->facing;

	TRY(hash_normalised(m, around, &parts[2]));
	*out = slice_hash((slice){ (const char *)parts, 3 * sizeof(*parts) });
	if (x->document == NULL)
		return STATUS_OK;
	slice source = cut(slice_sub(x->document->text, x->text.start, x->text.end), 1024);
	parts[3] = slice_hash((slice){ folded, normalise(folded, source) });
	*out = slice_hash((slice){ (const char *)parts, sizeof(parts) });
	return STATUS_OK;
}

typedef struct unnamed {
	uint64_t fingerprint;
	size_t index;
} unnamed;

static int
by_name(const void *left, const void *right)
{
	const unnamed *a = left, *b = right;

	if (a->fingerprint != b->fingerprint)
		return a->fingerprint < b->fingerprint ? -1 : 1;
	return a->index < b->index ? -1 : a->index > b->index;
}

/* A fault that stands again in the same surroundings is another finding: the second and later
 * ones get their number into their name. The first keeps its own, so that a baseline does not
 * change when a copy of the passage appears. */
static void
number_occurrences(unnamed *list, report_finding *found, size_t n)
{
	uint64_t parts[2] = { 0, 0 };

	for (size_t i = 0; i < n; i++)
		list[i] = (unnamed){ found[i].fingerprint, i };
	n = sort_drop_single(list, n, sizeof(*list));
	if (n > 1)
		qsort(list, n, sizeof(*list), by_name);
	for (size_t i = 1; i < n; i++) {
		bool again = list[i].fingerprint == list[i - 1].fingerprint;
		parts[0] = list[i].fingerprint;
		parts[1] = again ? parts[1] + 1 : 0;
		if (again)
			found[list[i].index].fingerprint =
				slice_hash((slice){ (const char *)parts, sizeof(parts) });
	}
}

status
engine_leave_unnamed(paraph_result *r)
{
	r->unnamed =
		arena_array_room(&r->keep, r->view.count, sizeof(unnamed), alignof(unnamed));
	return r->unnamed == NULL ? STATUS_MEMORY : STATUS_OK;
}

status
engine_name_findings(paraph_result *r, memo *m)
{
	report_finding *all = (report_finding *)(uintptr_t)r->view.findings;
	slice path = plain_path(r->known_as.n != 0 ? r->known_as : r->document.path);
	uint64_t hash = slice_hash(path);
	const document *d = &r->document;

	if (r->unnamed == NULL)
		return STATUS_OK;
	for (size_t i = 0; i < r->view.count; i++)
		TRY(fingerprint(m, hash, d, &d->blocks[all[i].paragraph - 1], all[i].found,
			&all[i].fingerprint));
	number_occurrences(r->unnamed, all, r->view.count);
	r->unnamed = NULL;
	return STATUS_OK;
}

void
engine_name_asked(const paraph_result *r)
{
	status named = engine_name_findings((paraph_result *)(uintptr_t)r, NULL);

	assert(named == STATUS_OK);
	(void)named;
}
