/* Beads of two documents are looked at with the one before and the one after: a sentence that
 * is translated in the next bead is no fault. So three pairs are held, and their facts; the
 * pairs of a bilingual file stand each alone. */
#include "checker/bilingual/pair.h"

#include <string.h>

#include "checker/bilingual/foreign.h"
#include "checker/bilingual/loose.h"
#include "checker/parts.h"
#include "checker/rule.h"

#define HELD 3

typedef struct runner {
	check *c;
	const check_source *source; /* NULL: a bilingual file */
	size_t count;
	language
		usual[PAIR_SIDES]; /* of a bilingual file; LANGUAGE_UNKNOWN: it does not tell */
	check_pair held[HELD];
	size_t of[HELD]; /* which pair is held, + 1 */
	const rule *rules[RULES_MAX];
	uint16_t index[RULES_MAX];
	size_t rule_total;
} runner;

slice
pair_slice(const check_pair *p, pair_side k, span s)
{
	return slice_sub(p->half[k].document->text, s.start, s.end);
}

slice
pair_text(const check_pair *p, pair_side k)
{
	return pair_slice(p, k, p->half[k].at);
}

size_t
pair_block(const pair_half *h)
{
	const document *d = h->document;
	size_t low = 0, high = d->block_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (d->blocks[middle].text.start < h->at.start)
			low = middle + 1;
		else
			high = middle;
	}
	return low < d->block_count && d->blocks[low].text.start == h->at.start ? low
										: SIZE_MAX;
}

size_t
pair_words(const pair_half *h)
{
	size_t n = 0;

	for (size_t i = 0; i < h->tokens.count; i++)
		n += h->tokens.at[i].kind == TOKEN_WORD;
	return n;
}

status
pair_report(check *c, const rule *r, const check_pair *p, span target, span source, finding f)
{
	const pair_half *from = &p->half[PAIR_SOURCE], *to = &p->half[PAIR_TARGET];

	if (target.start == target.end)
		target = to->at;
	if (source.start == source.end)
		source = from->at;
	f.text = target;
	f.facing = (finding_facing){ from->document, source, from->at, to->at };
	return check_report(c, r, f);
}

/* --- languages --- */

static language
language_of_block(const document *d, const pair_segment *s)
{
	language l = document_language_of(s->language);

	if (l == LANGUAGE_UNKNOWN && s->block != PAIR_NO_BLOCK)
		l = (language)d->blocks[s->block].language;
	return l;
}

static language
other_language(language l)
{
	return l == LANGUAGE_FR ? LANGUAGE_EN : l == LANGUAGE_EN ? LANGUAGE_FR : l;
}

/* One side that does not say is in the other language. */
static void
settle_languages(check_pair *p)
{
	language *a = &p->half[PAIR_SOURCE].language, *b = &p->half[PAIR_TARGET].language;

	if (*a == LANGUAGE_UNKNOWN)
		*a = other_language(*b);
	if (*b == LANGUAGE_UNKNOWN)
		*b = other_language(*a);
	p->judged = (*a == LANGUAGE_FR && *b == LANGUAGE_EN) ||
		    (*a == LANGUAGE_EN && *b == LANGUAGE_FR);
}

/* --- reading a half --- */

static status
put_edges(pair_half *h, const memory *m, size_t n, bool counted)
{
	tokens *t = &h->tokens;
	size_t used = (size_t)(t->at - t->base) + t->count;

	TRY(memory_grow(m, (void **)&t->base, &t->capacity, used, n, sizeof(token)));
	t->at = t->base + TOKEN_EDGES;
	for (size_t i = 0; i < n; i++)
		t->base[used + i] = (token){ .kind = TOKEN_EDGE, .start = h->at.end };
	t->count += counted ? n : 0;
	return STATUS_OK;
}

static status
begin_tokens(pair_half *h, const memory *m)
{
	tokens *t = &h->tokens;

	t->memory = m;
	t->count = 0;
	TRY(memory_grow(m, (void **)&t->base, &t->capacity, 0, 4 * TOKEN_EDGES, sizeof(token)));
	t->at = t->base + TOKEN_EDGES;
	for (size_t i = 0; i < TOKEN_EDGES; i++)
		t->base[i] = (token){ .kind = TOKEN_EDGE };
	return STATUS_OK;
}

static status
append_tokens(pair_half *h, const memory *m, const tokens *from)
{
	tokens *t = &h->tokens;

	TRY(memory_grow(m, (void **)&t->base, &t->capacity, TOKEN_EDGES + t->count,
		from->count + TOKEN_EDGES + 1, sizeof(token)));
	t->at = t->base + TOKEN_EDGES;
	memcpy(t->at + t->count, from->at, from->count * sizeof(token));
	t->count += from->count;
	return STATUS_OK;
}

static status
read_half(runner *r, pair_half *h, const span *parts, size_t n)
{
	check *c = r->c;
	const memory *m = c->context->memory;
	slice text = h->document->text;

	TRY(begin_tokens(h, m));
	for (size_t i = 0; i < n; i++) {
		if (i != 0)
			TRY(put_edges(h, m, 1, true));
		TRY(tokens_read(&c->tokens, &c->words, text, parts[i], h->language));
		TRY(append_tokens(h, m, &c->tokens));
	}
	TRY(put_edges(h, m, TOKEN_EDGES, false));
	return facts_of_tokens(&h->facts, m, &c->words, &h->tokens, text, h->language);
}

static void
empty_half(pair_half *h)
{
	h->tokens.count = 0;
	h->facts.list.n = 0;
	h->loose_count = 0;
	h->segments = 0;
	h->entry = NULL;
}

#define CLEAR_MAJORITY 4 /* times as many pairs as the other way about */

/* Short segments do not tell their languages, where the file says nothing of them: the other
 * pairs do. */
static void
find_usual(runner *r)
{
	const document *d = r->c->document;
	size_t from[2] = { 0, 0 }; /* English, French */

	for (size_t i = 0; i < r->count; i++) {
		language a = language_of_block(d, &d->pairs[i].side[PAIR_SOURCE]);
		language b = language_of_block(d, &d->pairs[i].side[PAIR_TARGET]);
		from[0] += a == LANGUAGE_EN && b == LANGUAGE_FR;
		from[1] += a == LANGUAGE_FR && b == LANGUAGE_EN;
	}
	bool french = from[1] > from[0];
	if (from[french] <= CLEAR_MAJORITY * from[!french])
		return;
	r->usual[PAIR_SOURCE] = french ? LANGUAGE_FR : LANGUAGE_EN;
	r->usual[PAIR_TARGET] = french ? LANGUAGE_EN : LANGUAGE_FR;
}

static bool
may_be_usual(const runner *r, const check_pair *p)
{
	for (int k = 0; k < PAIR_SIDES; k++)
		if (r->usual[k] == LANGUAGE_UNKNOWN || p->half[k].language == LANGUAGE_OTHER ||
			document_language_of(p->half[k].entry->language) != LANGUAGE_UNKNOWN)
			return false;
	return true;
}

static void
from_entry(runner *r, check_pair *p, size_t i)
{
	const document *d = r->c->document;
	const doc_pair *e = &d->pairs[i];

	p->entry = e;
	p->confidence = 1;
	p->crossing = false;
	for (int k = 0; k < PAIR_SIDES; k++) {
		pair_half *h = &p->half[k];
		empty_half(h);
		h->document = d;
		h->entry = &e->side[k];
		h->at = e->side[k].text;
		h->segments = e->side[k].block != PAIR_NO_BLOCK;
		h->language = language_of_block(d, h->entry);
	}
	bool parted = p->half[PAIR_SOURCE].language != p->half[PAIR_TARGET].language;
	for (int k = 0; k < PAIR_SIDES && !parted && may_be_usual(r, p); k++)
		p->half[k].language = r->usual[k];
	settle_languages(p);
	p->judged = p->judged && !e->keep;
}

static void
from_bead(runner *r, check_pair *p, size_t i)
{
	const check_bead *b = &r->source->beads[i];

	p->entry = NULL;
	p->confidence = b->confidence;
	p->crossing = b->crossing;
	for (int k = 0; k < PAIR_SIDES; k++) {
		pair_half *h = &p->half[k];
		empty_half(h);
		h->document = k == PAIR_SOURCE ? r->source->document : r->c->document;
		h->language = r->source->language[k];
		h->segments = b->count[k];
		h->at = b->count[k] == 0
				? b->anchor[k]
				: (span){ b->at[k][0].start, b->at[k][b->count[k] - 1].end };
	}
	settle_languages(p);
}

static status
prepare(runner *r, size_t i, check_pair **out)
{
	check_pair *p = &r->held[i % HELD];

	*out = p;
	if (r->of[i % HELD] == i + 1)
		return STATUS_OK;
	r->of[i % HELD] = i + 1;
	if (r->source == NULL)
		from_entry(r, p, i);
	else
		from_bead(r, p, i);
	if (!p->judged)
		return STATUS_OK;
	for (int k = 0; k < PAIR_SIDES; k++) {
		pair_half *h = &p->half[k];
		const span *parts = r->source == NULL ? &h->at : r->source->beads[i].at[k];
		if (h->segments != 0)
			TRY(read_half(r, h, parts, h->segments));
	}
	return STATUS_OK;
}

/* --- running --- */

static status
run_rules(runner *r, const check_pair *p)
{
	check *c = r->c;

	c->language = p->half[PAIR_TARGET].language;
	c->pair_terms = NULL;
	for (size_t k = 0; k < r->rule_total; k++) {
		const rule *one = r->rules[k];
		if (!c->applies[c->language - LANGUAGE_FR][r->index[k]])
			continue;
		c->running = r->index[k];
		double start = c->meters == NULL ? 0 : check_clock();
		TRY(one->pair(c, one, p));
		if (c->meters != NULL) {
			c->meters[c->running].blocks.ns += check_clock() - start;
			c->meters[c->running].blocks.calls++;
		}
	}
	arena_reset(&c->scratch);
	return STATUS_OK;
}

static status
check_pair_at(runner *r, size_t i)
{
	check_pair *p, *near;

	TRY(context_go_on(r->c->context));
	if (r->c->words.list.n > CHECK_WORDS_MOST) {
		TRY(check_trim_words(r->c));
		memset(r->of, 0, sizeof(r->of));
	}
	TRY(prepare(r, i, &p));
	if (!p->judged)
		return STATUS_OK;
	p->foreign = false;
	if (pair_has_both(p))
		TRY(foreign_judge(r->c, p, &p->foreign));
	loose_find(p);
	if (r->source != NULL && i > 0) {
		TRY(prepare(r, i - 1, &near));
		loose_forgive(p, near);
	}
	if (r->source != NULL && i + 1 < r->count) {
		TRY(prepare(r, i + 1, &near));
		loose_forgive(p, near);
	}
	return run_rules(r, p);
}

static void
find_rules(runner *r)
{
	const check_with *w = r->c->with;

	for (size_t i = 0; i < w->rule_count; i++)
		if (w->rules[i]->pair != NULL) {
			r->rules[r->rule_total] = w->rules[i];
			r->index[r->rule_total++] = (uint16_t)i;
		}
}

static bool
any_applies(const runner *r)
{
	for (size_t k = 0; k < r->rule_total; k++)
		if (r->c->applies[0][r->index[k]] || r->c->applies[1][r->index[k]])
			return true;
	return false;
}

static void
free_runner(runner *r)
{
	const memory *m = r->c->context->memory;

	for (int i = 0; i < HELD; i++)
		for (int k = 0; k < PAIR_SIDES; k++) {
			memory_free(m, r->held[i].half[k].tokens.base);
			ARRAY_FREE(m, &r->held[i].half[k].facts.list);
		}
	memory_free(m, r);
}

status
pairs_check(check *c)
{
	size_t count = c->source != NULL ? c->source->count : c->document->pair_count;

	if (count == 0)
		return STATUS_OK;
	runner *r = memory_alloc(c->context->memory, sizeof(*r));
	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->c = c;
	r->source = c->source;
	r->count = count;
	find_rules(r);
	if (r->source == NULL)
		find_usual(r);
	status done = STATUS_OK;
	for (size_t i = 0; i < count && done == STATUS_OK && any_applies(r); i++)
		done = check_pair_at(r, i);
	free_runner(r);
	return done;
}
