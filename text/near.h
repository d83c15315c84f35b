/* The word that an unknown one was meant to be, when one slip of the hand explains it: a letter
 * left out, put in, replaced or exchanged with its neighbour, an accent forgotten, a letter
 * doubled. Cheap (no search: all neighbours are looked up, 40 µs), because it decides how loud
 * spelling/unknown is for every unknown word; text/suggest.h is what people are shown. */
#ifndef TEXT_NEAR_H
#define TEXT_NEAR_H

#include "text/lexicon.h"

#define NEAR_BYTES_MAX 96

typedef struct near_word {
	char text[NEAR_BYTES_MAX + 4];
	size_t n;    /* bytes; 0: no word is near */
	double odds; /* decimal logarithm of slip : unknown word as meant */
} near_word;

/* Of a word in lower case; those longer than NEAR_BYTES_MAX have no neighbours. */
near_word near_find(const lexicon *x, language l, slice lower);

#endif
