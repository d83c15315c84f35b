/* The words of a text as the termbase knows them, one stem after another, to look for terms
 * wherever they stand, inflected, nested or apart. */
#ifndef CHECKER_BILINGUAL_KEYS_H
#define CHECKER_BILINGUAL_KEYS_H

#include "checker/bilingual/pair.h"

typedef struct word_key {
	uint32_t key; /* of termbase/surface.h */
	span text;    /* in what was read */
} word_key;

typedef struct word_keys {
	word_key *at;
	size_t n;
} word_keys;

/* The pieces of a text (split at spaces, hyphens, apostrophes and marks), on a. */
MUST_USE status keys_read(word_keys *out, arena *a, slice text);

/* Where the pieces of a term stand one after the other; false: nowhere. */
bool keys_find(const word_keys *in, const word_keys *term, span *where);

/* How many of the long words of a term stand somewhere, and how many it has. */
size_t keys_share(const word_keys *in, const word_keys *term, size_t *of);

#endif
