#include "document/crossing.h"

#include <math.h>

#define MOST 1500 /* passages of one side that are compared with each other */
#define LEAST 0.5 /* likeness a word of passages that stand elsewhere … */
#define CLEAR 0.3 /* … above that to anything else */
#define WORDS 5   /* of the longer passage, at least */

typedef struct lonely {        /* beads without a second side */
	ARRAY(uint32_t) of[2]; /* numbers of beads */
} lonely;

static double
likeness_by(explainer *r, uint32_t i, uint32_t j)
{
	uint32_t at[2] = { i, j }, length = r->sides[0].list.at[i].count;
	double sum = 0;

	if (r->sides[1].list.at[j].count > length)
		length = r->sides[1].list.at[j].count;
	for (int from = 0; from < 2; from++) {
		float how_well;
		explain_with(r, from, 0, at[from]);
		explained(r, 1 - from, at[1 - from], 0, 1, &how_well);
		explain_nothing(r, from, 0);
		sum += (double)how_well / 2;
	}
	return length < WORDS ? 0 : sum / length;
}

/* What was learned says nothing of words that stand in lonely passages alone; what is written
 * alike does. */
static double
likeness(explainer both[2], uint32_t i, uint32_t j)
{
	return fmax(likeness_by(&both[0], i, j), likeness_by(&both[1], i, j));
}

static status
open_explainers(arena *a, const passages sides[2], explainer both[2], translations *alike)
{
	TRY(translations_guess(alike, a, sides));
	TRY(explainer_open(&both[1], a, sides, alike));
	for (int k = 0; k < 2; k++)
		TRY(explainer_look_at(&both[k], a, sides));
	return STATUS_OK;
}

typedef struct liking { /* what a lonely passage is likest to */
	uint32_t best;  /* number among the lonely ones of the other side */
	double most, next;
} liking;

static void
like(liking *l, uint32_t other, double how_much)
{
	if (how_much > l->most) {
		l->next = l->most;
		l->most = how_much;
		l->best = other;
	} else if (how_much > l->next)
		l->next = how_much;
}

/* Nothing else is nearly as like: a line that stands in a text ten times was not moved. */
static bool
is_clear(const liking *l)
{
	return l->most > LEAST && l->most > l->next + CLEAR;
}

static void
compare_lonely(explainer both[2], const beads *b, const lonely *alone, liking *likings[2])
{
	for (uint32_t x = 0; x < alone->of[0].n; x++)
		for (uint32_t y = 0; y < alone->of[1].n; y++) {
			const bead *one = &b->list.at[alone->of[0].at[x]];
			const bead *other = &b->list.at[alone->of[1].at[y]];
			double how_much = likeness(both, one->first[0], other->first[1]);
			like(&likings[0][x], y, how_much);
			like(&likings[1][y], x, how_much);
		}
}

/* Pairs lonely passages of both texts that are likest to each other. */
static status
pair_lonely(arena *a, const passages sides[2], const explainer *learned, beads *b,
	const lonely *alone)
{
	explainer both[2] = { *learned };
	translations alike;
	liking *likings[2];

	TRY(open_explainers(a, sides, both, &alike));
	for (int k = 0; k < 2; k++) {
		likings[k] = ARENA_ARRAY(a, liking, alone->of[k].n);
		if (likings[k] == NULL)
			return STATUS_MEMORY;
	}
	compare_lonely(both, b, alone, likings);
	for (uint32_t x = 0; x < alone->of[0].n; x++) {
		const liking *to = &likings[0][x], *back = &likings[1][to->best];
		if (!is_clear(to) || !is_clear(back) || back->best != x)
			continue;
		bead *one = &b->list.at[alone->of[0].at[x]];
		bead *other = &b->list.at[alone->of[1].at[to->best]];
		one->first[1] = other->first[1];
		one->count[1] = 1;
		one->crossing = true;
		one->confidence = (float)(1 - exp(-to->most));
		other->count[1] = 0;
	}
	return STATUS_OK;
}

status
crossing_find(beads *b, const passages sides[2], const explainer *learned, arena *a)
{
	const memory *m = sides[0].memory;
	lonely alone = { 0 };
	status done = STATUS_OK;
	size_t kept = 0;

	for (size_t i = 0; i < b->list.n && done == STATUS_OK; i++) {
		const bead *x = &b->list.at[i];
		int k = x->count[0] == 0;
		if (x->count[1 - k] != 0)
			continue;
		done = ARRAY_RESERVE(m, &alone.of[k], 1);
		if (done == STATUS_OK)
			alone.of[k].at[alone.of[k].n++] = (uint32_t)i;
	}
	if (done == STATUS_OK && alone.of[0].n != 0 && alone.of[1].n != 0 &&
		alone.of[0].n <= MOST && alone.of[1].n <= MOST)
		done = pair_lonely(a, sides, learned, b, &alone);
	for (size_t i = 0; i < b->list.n; i++)
		if (b->list.at[i].count[0] + b->list.at[i].count[1] != 0)
			b->list.at[kept++] = b->list.at[i];
	b->list.n = kept;
	ARRAY_FREE(m, &alone.of[0]);
	ARRAY_FREE(m, &alone.of[1]);
	return done;
}
