#include "document/anchors.h"

#include <stdlib.h>

#define STRAYS 3 /* anchors in a row that lead away from the others … */
#define ASIDE 16 /* … by more passages than are looked at on either side of the diagonal */

static int
compare_anchors(const void *a, const void *b)
{
	const anchor *x = a, *y = b;

	if (x->at[0] != y->at[0])
		return (x->at[0] > y->at[0]) - (x->at[0] < y->at[0]);
	return (x->at[1] > y->at[1]) - (x->at[1] < y->at[1]);
}

/* Passage by vocable, of those met once. */
static uint32_t *
passages_of_words(arena *a, const passages *p)
{
	uint32_t *at = ARENA_ARRAY(a, uint32_t, p->vocabulary.n + 1);

	for (size_t i = 0; at != NULL && i < p->list.n; i++)
		for (uint32_t w = 0; w < p->list.at[i].count; w++)
			at[p->words.at[p->list.at[i].first + w]] = (uint32_t)i;
	return at;
}

static status
find_all(anchors *out, arena *a, const passages sides[2], const translations *alike)
{
	uint32_t *at[2] = { passages_of_words(a, &sides[0]), passages_of_words(a, &sides[1]) };

	if (at[0] == NULL || at[1] == NULL)
		return STATUS_MEMORY;
	for (uint32_t w = 0; w < sides[0].vocabulary.n; w++) {
		const vocable *v = &sides[0].vocabulary.at[w];
		if (v->count != 1)
			continue;
		for (uint32_t x = alike->start[0][w]; x < alike->start[0][w + 1]; x++) {
			uint32_t other = alike->list[0][x].word;
			if (sides[1].vocabulary.at[other].count != 1 ||
				sides[1].vocabulary.at[other].hash != v->hash)
				continue;
			TRY(ARRAY_RESERVE(sides[0].memory, &out->list, 1));
			out->list.at[out->list.n++] = (anchor){ { at[0][w], at[1][other] } };
		}
	}
	if (out->list.n != 0)
		qsort(out->list.at, out->list.n, sizeof(anchor), compare_anchors);
	return STATUS_OK;
}

/* Keeps the longest row of anchors that goes forward on both sides (C. Schensted, 1961). */
static status
keep_forward(anchors *all, arena *a)
{
	size_t n = all->list.n, length = 0;
	uint32_t *ends = ARENA_ARRAY(a, uint32_t, n + 1),
		 *before = ARENA_ARRAY(a, uint32_t, n + 1);

	if (ends == NULL || before == NULL)
		return STATUS_MEMORY;
	for (uint32_t i = 0; i < n; i++) {
		size_t low = 0, high = length;
		while (low < high) {
			size_t middle = (low + high) / 2;
			if (all->list.at[ends[middle]].at[1] <= all->list.at[i].at[1])
				low = middle + 1;
			else
				high = middle;
		}
		before[i] = low == 0 ? UINT32_MAX : ends[low - 1];
		ends[low] = i;
		length += low == length;
	}
	anchor *kept = ARENA_ARRAY(a, anchor, length + 1);
	if (kept == NULL)
		return STATUS_MEMORY;
	uint32_t at = length == 0 ? UINT32_MAX : ends[length - 1];
	for (size_t k = length; k-- > 0; at = before[at])
		kept[k] = all->list.at[at];
	if (length != 0)
		memcpy(all->list.at, kept, length * sizeof(anchor));
	all->list.n = length;
	return STATUS_OK;
}

static int64_t
diagonal(const anchor *a)
{
	return (int64_t)a->at[1] - a->at[0];
}

static bool
are_aside(const anchor *a, const anchor *b)
{
	return llabs(diagonal(a) - diagonal(b)) > ASIDE;
}

/* How many anchors from i on lead away from the one before them, when those behind come back.
 */
static size_t
strays_at(const anchors *all, size_t i, const anchor *before)
{
	for (size_t k = i; k < all->list.n && k <= i + STRAYS; k++)
		if (!are_aside(before, &all->list.at[k]))
			return k - i;
	return 0;
}

/* A word that stands once on each side in passages that have nothing to do with each other
 * would have all be looked at that lies between it and the diagonal. */
static void
drop_strays(anchors *all)
{
	const anchor start = { { 0, 0 } }, *before = &start;
	size_t n = 0;

	for (size_t i = 0; i < all->list.n; i++) {
		i += strays_at(all, i, before);
		if (n != 0 && compare_anchors(before, &all->list.at[i]) == 0)
			continue;
		all->list.at[n] = all->list.at[i];
		before = &all->list.at[n++];
	}
	all->list.n = n;
}

status
anchors_find(anchors *out, arena *scratch, const passages sides[2], const translations *alike)
{
	TRY(find_all(out, scratch, sides, alike));
	TRY(keep_forward(out, scratch));
	drop_strays(out);
	return STATUS_OK;
}
