#include "checker/rules/spacing.h"

#include <string.h>

#include "document/original.h"
#include "text/fold.h"

#define MARKS_MOST 4  /* marks in a row that a finding reaches over to get at a word */
#define FAULTS_MOST 8 /* in one finding */
#define PART_MOST 80  /* bytes of each part of a compound */
#define LOW_REACH 200 /* tokens of a quotation */

typedef struct extent { /* tokens, both included */
	size_t first, last;
} extent;

typedef struct cluster {
	extent tokens;
	size_t gaps[FAULTS_MOST];
	gap_fault faults[FAULTS_MOST];
	size_t count;
} cluster;

bool
spacing_is_white(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->gap == GAP_SPACE || t->gap == GAP_NO_BREAK)
		return true;
	return t->gap == GAP_WIDE && t->start - t[-1].start - t[-1].length == 2;
}

static slice
gap_text(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return check_text(c, (span){ t[-1].start + t[-1].length, t->start });
}

bool
spacing_breaks_line(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];
	span gap = { t[-1].start + t[-1].length, t->start };

	return document_crosses_line(c->document, gap);
}

bool
spacing_is_word(const check *c, const token *t, unsigned letters)
{
	return t->kind == TOKEN_WORD && (t->features & FEATURE_UNKNOWN) == 0 &&
	       spacing_word(c, t)->points >= letters;
}

bool
spacing_word_in(const check *c, const token *t, const char *const *list)
{
	return (t->kind == TOKEN_WORD || t->kind == TOKEN_ELISION) &&
	       check_lower_is(c, spacing_word(c, t)->lower, list);
}

static char *
append(char *out, slice part)
{
	if (part.n != 0)
		memcpy(out, part.p, part.n);
	return out + part.n;
}

static slice
join(char *out, slice a, slice b, slice d)
{
	if (a.n > PART_MOST || b.n > PART_MOST || d.n > PART_MOST)
		return (slice){ 0 };
	append(append(append(out, a), b), d);
	return (slice){ out, a.n + b.n + d.n };
}

bool
spacing_knows(const check *c, slice a, slice b, slice d)
{
	char bytes[3 * PART_MOST];
	slice joined = join(bytes, a, b, d);
	lexicon *dictionary = c->with->lexicons[c->language - LANGUAGE_FR];
	const vocabulary *v = &c->with->vocabulary;

	if (joined.n == 0 || dictionary == NULL)
		return false;
	return (v->knows != NULL && v->knows(v->user, joined, c->language)) ||
	       lexicon_knows(dictionary, joined);
}

bool
spacing_lists(const check *c, slice a, slice b, slice d)
{
	char bytes[3 * PART_MOST], lower[9 * PART_MOST + 4];
	slice joined = join(bytes, a, b, d);
	const lexicon *dictionary = c->with->lexicons[c->language - LANGUAGE_FR];
	const analysis *found;

	if (joined.n == 0 || dictionary == NULL)
		return false;
	if (lexicon_analyses(dictionary, joined, &found) != 0)
		return true;
	slice low = { lower, text_lower(lower, joined) };
	return lexicon_analyses(dictionary, low, &found) != 0;
}

static gap_fault
judge(const check *c, size_t i)
{
	gap_fault f = { 0 };

	if (i == 0 || i >= c->tokens.count)
		return f;
	f = spacing_apostrophe_gap(c, i);
	if (f.put == NULL)
		f = spacing_hyphen_gap(c, i);
	if (f.put == NULL)
		f = spacing_punctuation_gap(c, i);
	if (f.put == NULL)
		f = spacing_number_gap(c, i);
	if (f.put == NULL)
		f = spacing_double_gap(c, i);
	return f;
}

/* A mark that leans on what follows it. */
static bool
leans_right(const token *t)
{
	if ((t->features & (FEATURE_APOSTROPHE | FEATURE_DASH | FEATURE_SLASH)) != 0)
		return true;
	return t->kind == TOKEN_MARK &&
	       (t->word == '(' || t->word == '[' || t->word == 0x201C || t->word == 0x201E ||
		       t->word == 0xAB || t->word == '$');
}

bool
spacing_closes_low(const check *c, size_t i)
{
	for (size_t k = i; k-- > 0 && i - k < LOW_REACH;) {
		if (spacing_is_mark(&c->tokens.at[k], 0x201E))
			return true;
		if (spacing_is_mark(&c->tokens.at[k], 0x201C) ||
			spacing_is_mark(&c->tokens.at[k], 0x201D))
			return false;
	}
	return false;
}

/* The words that the fault in gap i is between. */
static extent
reach(const check *c, size_t i)
{
	const token *t = c->tokens.at;
	extent e = { i - 1, i };

	for (int k = 0; k < MARKS_MOST && e.first > 0; k++) {
		if (spacing_is_text(&t[e.first]) || t[e.first].gap != GAP_NONE)
			break;
		e.first--;
	}
	if (leans_right(&t[i]) && i + 1 < c->tokens.count && t[i + 1].gap == GAP_NONE)
		e.last++;
	return e;
}

/* An apostrophe that stands alone between two gaps at fault belongs to both words. */
static extent
reach_wide(const check *c, size_t i)
{
	const token *t = c->tokens.at;
	extent e = reach(c, i);

	if ((t[e.first].features & (FEATURE_APOSTROPHE | FEATURE_DASH)) != 0 && e.first > 0)
		e.first--;
	return e;
}

static bool
belongs_to_earlier(const check *c, size_t i, extent e)
{
	for (size_t j = e.first > 1 ? e.first - 1 : 1; j < i; j++)
		if (judge(c, j).put != NULL && reach_wide(c, j).last >= e.first)
			return true;
	return false;
}

static void
collect(const check *c, size_t i, cluster *out)
{
	*out = (cluster){ .tokens = reach_wide(c, i) };
	out->gaps[0] = i;
	out->faults[out->count++] = judge(c, i);
	for (size_t j = i + 1; j <= out->tokens.last + MARKS_MOST; j++) {
		gap_fault f = judge(c, j);
		if (f.put == NULL || out->count == FAULTS_MOST)
			continue;
		extent e = reach_wide(c, j);
		if (e.first > out->tokens.last)
			break;
		if (e.last > out->tokens.last)
			out->tokens.last = e.last;
		out->gaps[out->count] = j;
		out->faults[out->count++] = f;
	}
}

static status
mend(check *c, const cluster *k, span where, slice *out)
{
	char *text = arena_alloc(&c->scratch, where.end - where.start + FAULTS_MOST, 1);
	size_t n = 0;
	uint32_t done = where.start;

	if (text == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < k->count; i++) {
		uint32_t end = c->tokens.at[k->gaps[i]].start;
		slice gap = gap_text(c, k->gaps[i]);
		slice before = check_text(c, (span){ done, end - (uint32_t)gap.n });
		memcpy(text + n, before.p, before.n);
		n += before.n;
		slice put = slice_of(k->faults[i].put);
		memcpy(text + n, put.p, put.n);
		n += put.n;
		done = end;
	}
	slice rest = check_text(c, (span){ done, where.end });
	memcpy(text + n, rest.p, rest.n);
	*out = (slice){ text, n + rest.n };
	return STATUS_OK;
}

status
spacing_report(check *c, const rule *r, size_t i)
{
	cluster k;
	slice suggestion;
	finding f = { .fix = FIX_SAFE };

	if (belongs_to_earlier(c, i, reach_wide(c, i)))
		return STATUS_OK;
	collect(c, i, &k);
	f.text = check_span(c, k.tokens.first, k.tokens.last);
	for (size_t n = 0; n < k.count; n++) {
		if (k.faults[n].severity > f.severity)
			f.severity = k.faults[n].severity;
		if (k.faults[n].fix < f.fix)
			f.fix = k.faults[n].fix;
	}
	TRY(mend(c, &k, f.text, &suggestion));
	f.suggestions = &suggestion;
	f.suggestion_count = 1;
	return check_report(c, r, f);
}
