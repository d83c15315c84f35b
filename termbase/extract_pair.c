/* Translations: what stands in the same segments. Two candidates are alike by Dice's
 * coefficient, twice the segments that have both over those that have each; of those that are
 * about as alike the one that fits better wins. */
#include <stdlib.h>
#include <string.h>

#include "termbase/extract.h"

#define LIKE_ENOUGH 0.5
#define TOGETHER_LEAST 2 /* segments, unless each has an acronym */
#define OF_ONE_KIND 0.1
#define A_WORD_MORE 0.06
#define A_PIECE 0.2

static int
by_segment(const void *left, const void *right)
{
	const extract_place *a = left, *b = right;

	if (a->segment != b->segment)
		return a->segment < b->segment ? -1 : 1;
	return (a->candidate > b->candidate) - (a->candidate < b->candidate);
}

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
	extract_place *by_segment; /* all places again, sorted */
	uint32_t *together;        /* by candidate: segments shared with the one in hand */
	uint32_t *segments;        /* by candidate: how many it has */
	ARRAY(uint32_t) met;
} pairing;

static size_t
first_in(const pairing *p, uint32_t segment)
{
	size_t low = 0, high = p->x->places.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (p->by_segment[middle].segment < segment)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static status
meet(pairing *p, uint32_t segment, language other)
{
	const extractor *x = p->x;

	for (size_t i = first_in(p, segment);
		i < x->places.n && p->by_segment[i].segment == segment; i++) {
		uint32_t k = p->by_segment[i].candidate;
		if (x->list.at[k].language != other)
			continue;
		if (p->together[k]++ == 0) {
			TRY(ARRAY_RESERVE(x->context->memory, &p->met, 1));
			p->met.at[p->met.n++] = k;
		}
	}
	return STATUS_OK;
}

static double
likeness(const pairing *p, uint32_t a, uint32_t b)
{
	uint32_t both = p->together[b];
	bool acronyms = p->x->list.at[a].acronym.n != 0 && p->x->list.at[b].acronym.n != 0;

	if (both < TOGETHER_LEAST && !acronyms)
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

static void
choose(pairing *p, uint32_t a)
{
	extract_candidate *k = &p->x->list.at[a];
	double best = 0;

	for (size_t i = 0; i < p->met.n; i++) {
		uint32_t b = p->met.at[i];
		double like = likeness(p, a, b);
		double worth = like + fitness(k, &p->x->list.at[b]);
		p->together[b] = 0;
		if (like < LIKE_ENOUGH || worth <= best)
			continue;
		best = worth;
		k->likeness = like;
		k->translation = b + 1;
	}
	p->met.n = 0;
}

static status
pair_all(pairing *p)
{
	extractor *x = p->x;
	const extract_place *at = x->places.at;

	for (size_t i = 0; i < x->places.n; i++)
		p->segments[at[i].candidate]++;
	for (size_t i = 0; i < x->places.n;) {
		uint32_t a = at[i].candidate;
		language other =
			x->list.at[a].language == LANGUAGE_FR ? LANGUAGE_EN : LANGUAGE_FR;
		for (; i < x->places.n && at[i].candidate == a; i++)
			TRY(meet(p, at[i].segment, other));
		choose(p, a);
	}
	return STATUS_OK;
}

status
extract_translate(extractor *x)
{
	const memory *m = x->context->memory;
	size_t n = x->places.n;
	pairing p = { .x = x };

	if (n == 0)
		return STATUS_OK;
	p.by_segment = memory_alloc(m, n * sizeof(*p.by_segment));
	p.together = memory_alloc(m, 2 * x->list.n * sizeof(*p.together));
	status done = p.by_segment == NULL || p.together == NULL ? STATUS_MEMORY : STATUS_OK;
	if (done == STATUS_OK) {
		memset(p.together, 0, 2 * x->list.n * sizeof(*p.together));
		p.segments = p.together + x->list.n;
		qsort(x->places.at, n, sizeof(*x->places.at), by_candidate);
		memcpy(p.by_segment, x->places.at, n * sizeof(*p.by_segment));
		qsort(p.by_segment, n, sizeof(*p.by_segment), by_segment);
		done = pair_all(&p);
	}
	memory_free(m, p.by_segment);
	memory_free(m, p.together);
	ARRAY_FREE(m, &p.met);
	return done;
}
