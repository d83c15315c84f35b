/* How well the words of passages of one text explain those of the other.
 *
 * The chances of all words that may stand for those of one passage are written down once, by
 * word, for up to three passages in a row; then each passage of the other text that is near is
 * read past them, once for the first of the three, the first two and all of them. So the price
 * of a pair of passages is the number of words in it, not its square, and words that stand for
 * nothing in particular are not even read. What a passage is worth when nothing explains it is
 * summed up once; of a pair, only the words that something explains are multiplied, a few in a
 * hundred, and whether anything does is a bit in a table that stays in the cache. */
#ifndef DOCUMENT_EXPLAINER_H
#define DOCUMENT_EXPLAINER_H

#include "document/translations.h"

#define EXPLAINING_MOST 3 /* passages in a row that explain together */

typedef struct explained_word {        /* by vocable of the side that is explained */
	float chance[EXPLAINING_MOST]; /* of being a translation of what explains now */
	float surplus; /* (how much it says / its share of all words) / unsaid */
} explained_word;

typedef struct explainer {
	const translations *translations;
	const passages *sides;
	explained_word *words[2];
	uint8_t *heard[2]; /* by vocable: bits of the places that have a chance for it */
	float *unsaid[2];  /* by vocable: 1 - how much the word says */
	/* by side that is explained and place in the row */
	uint32_t *touched[2][EXPLAINING_MOST];
	size_t touches[2][EXPLAINING_MOST];
	uint32_t explaining[2][EXPLAINING_MOST]; /* words that explain */
	uint32_t *first[2];   /* by passage: where its words that say something begin */
	uint32_t *telling[2]; /* those words */
	double *silence[2];   /* by passage: the logarithm of what is unsaid of all of them */
} explainer;

/* Weighs the words of both vocabularies, on a. */
MUST_USE status explainer_open(
	explainer *r, arena *a, const passages sides[2], const translations *t);
/* Passages of these vocabularies, on a: the numbers below are theirs. */
MUST_USE status explainer_look_at(explainer *r, arena *a, const passages sides[2]);

/* Passage i of side `from` explains from now on, at a place of the row where nothing does. */
void explain_with(explainer *r, int from, unsigned place, uint32_t i);
/* Nothing explains there any more. */
void explain_nothing(explainer *r, int from, unsigned place);

/* The logarithms of how much better passage i of side `to` is explained than by chance: by what
 * stands at the place, by that and the next one, … of a row of `most`, which goes round. */
void explained(
	const explainer *r, int to, uint32_t i, unsigned place, unsigned most, float *out);

#endif
