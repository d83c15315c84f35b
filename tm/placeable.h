/* Placeables: what a translator carries over instead of translating it. Of two segments that
 * differ in nothing else, the translation of one becomes that of the other by putting the new
 * numbers, dates, symbols, addresses and names in the places of the old. */
#ifndef TM_PLACEABLE_H
#define TM_PLACEABLE_H

#include "base/buffer.h"
#include "tm/piece.h"

typedef struct tm_sentence {
	slice text;
	const tm_piece *at;
	size_t n;
	bool french;
} tm_sentence;

/* The texts are the same but for their placeables, which have the same kinds in turn. */
bool tm_same_but_placeables(const tm_sentence *a, const tm_sentence *b);

/* Writes the translation `target` of `old` as one of `now`, in the target's format of numbers
 * and dates (1,250.5 as 1 250,5; 2 January as 2 janvier). *done is false when a placeable that
 * changed is not found in the target as often as it must be; *n counts those replaced. */
MUST_USE status tm_carry_over(const memory *m, const tm_sentence *now, const tm_sentence *old,
	const tm_sentence *target, buffer *out, size_t *n, bool *done);

#endif
