#include "checker/quotation.h"

#define NESTED_MOST 8

typedef struct reader { /* the quotations of a block, outermost only */
	check *c;
	token_span *out;
	size_t count;
	struct {
		size_t start;
		uint32_t closer;
	} open[NESTED_MOST];
	size_t depth;
	size_t free_from; /* the token after the last quotation */
} reader;

static bool
is_quote(const token *t)
{
	return t->kind == TOKEN_MARK && (t->features & FEATURE_QUOTE) != 0;
}

static uint32_t
closer_of(uint32_t opener)
{
	switch (opener) {
	case 0xAB:
		return 0xBB;
	case 0x201C:
		return 0x201D;
	case 0x201E: /* „ ” and „ “: see is_closer */
		return 0x201E;
	default:
		return 0;
	}
}

static bool
is_closer(uint32_t closer, uint32_t mark)
{
	return closer == mark || (closer == 0x201E && (mark == 0x201C || mark == 0x201D));
}

/* The straight mark opens where text follows it and none stands before it. */
static bool
opens_straight(const token *t)
{
	bool apart = t->gap != GAP_NONE || t[-1].kind == TOKEN_ELISION ||
		     (t[-1].kind == TOKEN_MARK && (t[-1].features & FEATURE_STOP) == 0);

	return apart && t[1].gap == GAP_NONE && t[1].kind != TOKEN_EDGE;
}

static void
add(reader *r, size_t first, size_t last)
{
	r->out[r->count++] = (token_span){ first, last };
	r->free_from = last + 1;
}

static void
open_one(reader *r, size_t i, uint32_t closer)
{
	if (r->depth == NESTED_MOST)
		return;
	r->open[r->depth].start = i;
	r->open[r->depth++].closer = closer;
}

/* Back to the mark that i answers, past inner ones that were never closed. */
static void
close_one(reader *r, size_t i)
{
	size_t depth = r->depth;

	while (depth > 0 && !is_closer(r->open[depth - 1].closer, r->c->tokens.at[i].word))
		depth--;
	if (depth > 0)
		r->depth = depth - 1;
	if (r->depth == 0)
		add(r, depth > 0 ? r->open[0].start : r->free_from, i);
}

static bool
is_open_straight(const reader *r)
{
	return r->depth > 0 && r->open[r->depth - 1].closer == '"';
}

static void
read_mark(reader *r, size_t i)
{
	const token *t = &r->c->tokens.at[i];

	if (t->word == '"') {
		if (is_open_straight(r))
			close_one(r, i);
		else if (opens_straight(t))
			open_one(r, i, '"');
	} else if (t->word == 0x201C && r->depth > 0 && r->open[r->depth - 1].closer == 0x201E)
		close_one(r, i);
	else if (closer_of(t->word) != 0)
		open_one(r, i, closer_of(t->word));
	else
		close_one(r, i);
}

static size_t
count_marks(const tokens *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->count; i++)
		n += is_quote(&t->at[i]);
	return n;
}

static void
read_block(check *c)
{
	size_t marks = count_marks(&c->tokens);
	reader r = { .c = c };

	c->quotations = (quotations){ .known = true };
	if (marks == 0)
		return;
	r.out = ARENA_ARRAY(&c->scratch, token_span, marks);
	if (r.out == NULL) {
		c->quotations.failed = STATUS_MEMORY;
		return;
	}
	for (size_t i = 0; i < c->tokens.count; i++)
		if (is_quote(&c->tokens.at[i]))
			read_mark(&r, i);
	if (r.depth > 0)
		add(&r, r.open[0].start, c->tokens.count - 1);
	c->quotations.at = r.out;
	c->quotations.count = r.count;
}

/* The quotations of the block in hand, NULL where all of it is one or memory is out. */
static const quotations *
quotations_of(check *c)
{
	if (c->block != NULL && c->block->quoted)
		return NULL;
	if (!c->quotations.known)
		read_block(c);
	return c->quotations.failed == STATUS_OK ? &c->quotations : NULL;
}

bool
quotation_holds(check *c, size_t i)
{
	const quotations *q = quotations_of(c);
	size_t low = 0;

	if (q == NULL)
		return true;
	for (size_t high = q->count; low < high;) {
		size_t middle = low + (high - low) / 2;
		if (q->at[middle].last < i)
			low = middle + 1;
		else
			high = middle;
	}
	return low < q->count && q->at[low].first <= i;
}

bool
quotation_touches(check *c, span text)
{
	const quotations *q = quotations_of(c);
	const token *at = c->tokens.at;
	size_t low = 0;

	if (q == NULL)
		return true;
	for (size_t high = q->count; low < high;) {
		size_t middle = low + (high - low) / 2;
		const token *last = &at[q->at[middle].last];
		if (last->start + last->length <= text.start)
			low = middle + 1;
		else
			high = middle;
	}
	return low < q->count && at[q->at[low].first].start < text.end;
}
