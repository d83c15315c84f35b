/* From a finding of a rule, a span of the flat text, to what a reader of a report wants to know
 * of it: a place in the file and a name that outlives edits elsewhere. */
#include "engine/engine.h"

#include <string.h>

#include "checker/rule.h"
#include "text/fold.h"
#include "text/position.h"

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

/* Letters and digits alone, folded: a neighbour that is mended, a line that is wrapped anew or
 * a space that becomes a no-break one must not make old findings look new. */
static size_t
normalise(char *out, slice s)
{
	size_t n = text_fold(out, s), kept = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)out[i];
		if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
			out[kept++] = out[i];
	}
	return kept;
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

static uint64_t
fingerprint(const document *d, const block *b, const finding *f)
{
	char folded[3 * 1024 + 4];
	slice around = cut(context_of(d, b, f->text), 1024);
	uint64_t parts[3] = { slice_hash(slice_of(f->rule->id)),
		slice_hash(plain_path(d->path)) };

	parts[2] = slice_hash((slice){ folded, normalise(folded, around) });
	return slice_hash((slice){ (const char *)parts, sizeof(parts) });
}

/* The block that holds a place. Blocks are in order, and so are findings. */
static size_t
block_of(const document *d, size_t from, uint32_t start)
{
	while (from + 1 < d->block_count && d->blocks[from + 1].text.start <= start)
		from++;
	return from;
}

static slice
file_text(const document *d, const finding *f, span bytes)
{
	if (strcmp(d->encoding, "UTF-8") == 0)
		return slice_sub(d->bytes, bytes.start, bytes.end);
	return slice_sub(d->text, f->text.start, f->text.end);
}

/* The place of a span. Walks on from the start of the span before it, not from its end:
 * findings that share a character of the file begin before the end of the one before them, and
 * going back to the start of a line as long as the file for each of them would take minutes. */
static status
place_of(positions *p, span bytes, position *start, position *end)
{
	TRY(position_of(p, bytes.start, start));
	position last = p->last;
	uint32_t last_offset = p->last_offset;
	TRY(position_of(p, bytes.end, end));
	p->last = last;
	p->last_offset = last_offset;
	return STATUS_OK;
}

static status
resolve(const document *d, const finding *f, size_t index, positions *p, report_finding *out)
{
	span bytes = source_map_file(&d->map, f->text);
	position start, end;

	TRY(place_of(p, bytes, &start, &end));
	*out = (report_finding){ .found = f,
		.rule = f->rule->id,
		.file = bytes,
		.line = start.line,
		.column = start.column,
		.end_line = end.line,
		.end_column = end.column,
		.paragraph = (uint32_t)index + 1,
		.text = file_text(d, f, bytes),
		.fingerprint = fingerprint(d, &d->blocks[index], f) };
	return STATUS_OK;
}

static status
resolve_all(const document *d, const finding *found, size_t n, report_finding *out)
{
	positions p;
	size_t index = 0;
	status s = STATUS_OK;

	positions_init(&p, d->arena.memory, d->bytes, encoding_of_name(d->encoding));
	for (size_t i = 0; i < n && s == STATUS_OK; i++) {
		index = block_of(d, index, found[i].text.start);
		s = resolve(d, &found[i], index, &p, &out[i]);
	}
	positions_free(&p);
	return s;
}

status
engine_resolve(paraph_result *r, const findings *found)
{
	size_t n = found->list.n;
	finding *copy = ARENA_ARRAY(&r->keep, finding, n);
	report_finding *resolved = ARENA_ARRAY(&r->keep, report_finding, n);

	if (copy == NULL || resolved == NULL)
		return STATUS_MEMORY;
	if (n != 0)
		memcpy(copy, found->list.at, n * sizeof(*copy));
	TRY(resolve_all(&r->document, copy, n, resolved));
	r->findings = copy;
	r->view.findings = resolved;
	r->view.count = n;
	return STATUS_OK;
}
