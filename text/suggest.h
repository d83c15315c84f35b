/* What an unknown word may have been meant to be. */
#ifndef TEXT_SUGGEST_H
#define TEXT_SUGGEST_H

#include "text/lexicon.h"

typedef struct suggestion {
	slice text;    /* in the scratch arena, written like the word: capitals, apostrophes */
	int32_t score; /* less is better; 100 is about one edit, commonness is taken off */
} suggestion;

#define SUGGEST_BUDGET 400000 /* a good default: 3 ms at most */

/* Writes up to max suggestions, best first, and returns how many. Space, apostrophe, hyphen,
 * accent and case edits are cheapest, then what sounds or is typed alike; among equals the
 * commoner word wins. The same input gives the same output; `budget` counts steps (edges of
 * the automaton), not time. */
size_t suggest_word(
	lexicon *x, arena *scratch, slice word, suggestion *out, size_t max, uint32_t budget);

#endif
