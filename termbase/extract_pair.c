/* Translations: what stands in the same segments. Two candidates are alike by Dice's
 * coefficient, twice the segments that have both over those that have each; of those that are
 * alike enough the one wins whose words go best with it and that fits best, and none does where
 * too little speaks for it. */
#include <stdlib.h>
#include <string.h>

#include "termbase/extract_words.h"

#define LIKE_ENOUGH 0.3
#define WORTH_ENOUGH 0.5  /* mean of the likeness of candidates and of their words */
#define NESTED_ENOUGH 0.7 /* likeness of words, for one that stands in longer ones only */
#define TOGETHER_LEAST 2  /* segments, unless each has an acronym */
#define OF_ONE_KIND 0.1
#define A_WORD_MORE 0.06
#define A_PIECE 0.2
#define TAKEN 0.15 /* against one that another candidate and it have chosen each other */

static int
by_candidate(const void *left, const void *right)
{
	const extract_place *a = left, *b = right;

	if (a->candidate != b->candidate)
		return a->candidate < b->candidate ? -1 : 1;
	return (a->segment > b->segment) - (a->segment < b->segment);
}

typedef struct pairing {
	extractor *x;
	extract_words words;
	uint32_t *beside;   /* candidates of all places, by segment and language, in order */
	uint32_t *starts;   /* by segment and language, and one more: where they begin in it */
	uint32_t *together; /* by candidate: segments shared with the one in hand */
	uint32_t *segments; /* by candidate: how many it has */
	uint32_t *taken;    /* by candidate: it and another have chosen each other */
	bool again;
	ARRAY(uint32_t) met;
} pairing;

static size_t
bucket(uint32_t segment, language l)
{
	return 2 * (size_t)segment + (l == LANGUAGE_FR);
}

static status
meet(pairing *p, uint32_t segment, language other)
{
	const uint32_t *start = &p->starts[bucket(segment, other)];

	for (uint32_t i = start[0]; i < start[1]; i++) {
		uint32_t k = p->beside[i];
		if (p->together[k]++ == 0) {
			TRY(ARRAY_RESERVE(p->x->context->memory, &p->met, 1));
			p->met.at[p->met.n++] = k;
		}
	}
	return STATUS_OK;
}

/* Places are sorted by candidate, and stay so within a segment. */
static status
sort_by_segment(pairing *p)
{
	const extractor *x = p->x;
	const extract_place *at = x->places.at;
	uint32_t last = 0, sum = 0;

	for (size_t i = 0; i < x->places.n; i++)
		last = at[i].segment > last ? at[i].segment : last;
	size_t n = bucket(last + 1, LANGUAGE_EN) + 2;
	p->starts = memory_alloc(x->context->memory, n * sizeof(*p->starts));
	p->beside = memory_alloc(x->context->memory, x->places.n * sizeof(*p->beside));
	if (p->starts == NULL || p->beside == NULL)
		return STATUS_MEMORY;
	memset(p->starts, 0, n * sizeof(*p->starts));
	for (size_t i = 0; i < x->places.n; i++)
		p->starts[bucket(at[i].segment, x->list.at[at[i].candidate].language)]++;
	for (size_t i = 0; i < n; i++) {
		sum += p->starts[i];
		p->starts[i] = sum;
	}
	/* From behind, each bucket filled down to its start. */
	for (size_t i = x->places.n; i > 0; i--) {
		const extract_place *k = &at[i - 1];
		size_t b = bucket(k->segment, x->list.at[k->candidate].language);
		p->beside[--p->starts[b]] = k->candidate;
	}
	return STATUS_OK;
}

/* Most of those met share a single segment: of them nothing else is looked at. */
static double
likeness(const pairing *p, uint32_t a, uint32_t b)
{
	uint32_t both = p->together[b];

	if (both < TOGETHER_LEAST &&
		(p->x->list.at[a].acronym.n == 0 || p->x->list.at[b].acronym.n == 0))
		return 0;
	return 2.0 * both / (p->segments[a] + p->segments[b]);
}

/* What speaks for a translation beside where it stands: it is of the same kind, about as long,
 * and not for the most part a piece of something longer. */
static double
fitness(const extract_candidate *a, const extract_candidate *b)
{
	double longer = a->words > b->words ? a->words - b->words : b->words - a->words;

	return (a->kind == b->kind ? OF_ONE_KIND : 0) - A_WORD_MORE * longer -
	       A_PIECE * b->longer / b->count;
}

/* Have both chosen each other? */
static bool
is_mutual(const extractor *x, uint32_t a)
{
	uint32_t b = x->list.at[a].translation;

	return b != 0 && x->list.at[b - 1].translation == a + 1;
}

static bool
is_taken(const pairing *p, uint32_t b)
{
	return p->again && p->taken[b];
}

/* Being taken speaks against a translation and for none: whoever chose one that is free, or
 * found none, would do so again. */
static bool
is_settled(const pairing *p, uint32_t a)
{
	uint32_t b = p->x->list.at[a].translation;

	return p->again && (p->taken[a] || b == 0 || !p->taken[b - 1]);
}

static void
choose(pairing *p, uint32_t a)
{
	extract_candidate *k = &p->x->list.at[a];
	double best = -1;

	k->translation = 0;
	for (size_t i = 0; i < p->met.n; i++) {
		uint32_t b = p->met.at[i];
		double like = likeness(p, a, b);
		p->together[b] = 0;
		if (like < LIKE_ENOUGH)
			continue;
		double fit = fitness(k, &p->x->list.at[b]) - (is_taken(p, b) ? TAKEN : 0);
		if ((like + 1) / 2 + fit <= best)
			continue;
		double words_like = extract_words_likeness(&p->words, a, b);
		double known = (like + words_like) / 2;
		double worth = known + fit;
		if (known < WORTH_ENOUGH || worth <= best ||
			(p->x->list.at[b].nested && words_like < NESTED_ENOUGH))
			continue;
		best = worth;
		k->likeness = like;
		k->translation = b + 1;
	}
	p->met.n = 0;
}

static status
choose_all(pairing *p)
{
	extractor *x = p->x;
	const extract_place *at = x->places.at;

	for (size_t i = 0, end; i < x->places.n; i = end) {
		uint32_t a = at[i].candidate;
		language other =
			x->list.at[a].language == LANGUAGE_FR ? LANGUAGE_EN : LANGUAGE_FR;
		bool settled = is_settled(p, a);
		for (end = i; end < x->places.n && at[end].candidate == a; end++)
			if (!settled)
				TRY(meet(p, at[end].segment, other));
		if (!settled)
			choose(p, a);
	}
	return STATUS_OK;
}

/* Those that have chosen each other stay together, the others choose again and rather what is
 * not taken: « actes d'agression » is "acts of aggression", so « rupture de la paix » is not.
 */
static status
pair_all(pairing *p)
{
	extractor *x = p->x;

	for (size_t i = 0; i < x->places.n; i++)
		p->segments[x->places.at[i].candidate]++;
	TRY(choose_all(p));
	for (uint32_t i = 0; i < x->list.n; i++)
		p->taken[i] = is_mutual(x, i);
	p->again = true;
	return choose_all(p);
}

status
extract_translate(extractor *x)
{
	const memory *m = x->context->memory;
	size_t n = x->places.n;
	pairing p = { .x = x };

	if (n == 0)
		return STATUS_OK;
	p.together = memory_alloc(m, 3 * x->list.n * sizeof(*p.together));
	status done = p.together == NULL ? STATUS_MEMORY : STATUS_OK;
	if (done == STATUS_OK) {
		memset(p.together, 0, 3 * x->list.n * sizeof(*p.together));
		p.segments = p.together + x->list.n;
		p.taken = p.segments + x->list.n;
		qsort(x->places.at, n, sizeof(*x->places.at), by_candidate);
		done = sort_by_segment(&p);
	}
	if (done == STATUS_OK) {
		done = extract_words_init(&p.words, x);
		if (done == STATUS_OK)
			done = pair_all(&p);
		extract_words_free(&p.words);
	}
	memory_free(m, p.starts);
	memory_free(m, p.beside);
	memory_free(m, p.together);
	ARRAY_FREE(m, &p.met);
	return done;
}
