/* Which words of one text stand for which of the other: a lexicon of translations that is
 * learned from the two texts themselves, with nothing to begin with but words that are the same
 * or begin alike on both sides.
 *
 * It is the first model of P. Brown and others (“The mathematics of statistical machine
 * translation”, 1993), in both directions, on pairs of passages weighted by how surely they
 * belong together. Only the rarest words of a passage are looked at: they say most, and the
 * price of a passage does not grow with the square of its length. */
#ifndef DOCUMENT_TRANSLATIONS_H
#define DOCUMENT_TRANSLATIONS_H

#include "document/passage.h"

typedef struct passage_pair { /* of one to three passages each that may be translations */
	uint32_t first[2];
	uint8_t count[2];
	float weight; /* from 0 to 1 */
} passage_pair;

typedef struct passage_pairs {
	ARRAY(passage_pair) list;
} passage_pairs;

typedef struct translation {
	uint32_t word;
	float probability;
} translation;

/* Direction 0 leads from words of the first side to those of the second, 1 the other way; the
 * translations of word w are list[direction][start[direction][w]] to [start[direction][w + 1]].
 */
typedef struct translations {
	uint32_t *start[2];
	translation *list[2];
} translations;

/* From what is written alike, before anything is learned. Everything is on a. */
MUST_USE status translations_guess(translations *t, arena *a, const passages sides[2]);
/* From pairs, on a; m is for what is needed meanwhile. */
MUST_USE status translations_learn(translations *t, arena *a, const memory *m,
	const passages sides[2], const passage_pairs *pairs);

#endif
