/* How a term is written: what makes two spellings the same term, and what makes them differ.
 *
 * Both sides, the term of a glossary and the words of a text, are cut by the same tokeniser
 * into pieces: the words, and the parts of compounds between their hyphens. A piece's key is
 * the hash of its stem, so that case, accents, inflection, apostrophes, hyphens and any white
 * space fall away. What fell away is found again by comparing the two surfaces. */
#ifndef TERMBASE_SURFACE_H
#define TERMBASE_SURFACE_H

#include "text/token.h"

#define SURFACE_BYTES 4096 /* of one term or match; longer ones are not terms */
#define PIECES_MAX 64      /* of one term */

enum difference {
	DIFFERS_INITIAL = 1 << 0,  /* a capital at the beginning where the term has none */
	DIFFERS_CAPITALS = 1 << 1, /* all in capitals where the term is not */
	DIFFERS_CASE = 1 << 2,     /* small and capital letters in another way */
	DIFFERS_ACCENT = 1 << 3,   /* accents, cedilla, œ */
	DIFFERS_CAPITAL_ACCENT = 1 << 4, /* accents of capital letters only */
	DIFFERS_INFLECTION = 1 << 5, /* number or gender, or another word of the same stem */
	DIFFERS_HYPHEN = 1 << 6,     /* a hyphen for a space or a space for a hyphen */
	DIFFERS_BRACKET = 1 << 7,    /* the text leaves out the term's brackets or slash */
	DIFFERS_ADDED = 1 << 8, /* the text has brackets or a slash that the term has not */
	DIFFERS_POSSESSIVE = 1 << 9, /* an English possessive behind it: the Council’s */
	DIFFERS_STEM = 1 << 10,      /* with INFLECTION: more than number or gender */
};

typedef struct comparison {
	uint32_t differences; /* DIFFERS_* */
	uint32_t distance;    /* 0 for the same surface; grows with every difference */
} comparison;

/* The key of one piece; never 0. */
uint32_t surface_key(slice piece);

/* A word up to its first hyphen. */
slice surface_first_piece(slice form);

/* Does the nth part of a compound begin with a digit? */
bool surface_piece_is_number(slice form, int n);

/* The key of a mark; 0 for a hyphen, an apostrophe, a bracket or a slash. */
uint32_t surface_mark_key(uint32_t c);

/* The keys of a word: one, or one for each part of a compound. */
int surface_word_keys(uint32_t *out, const word *w, language l);

/* The keys of a token: one, or one for each part of a compound, or none for a hyphen, an
 * apostrophe, a bracket or a slash. The answer is how many, at most PIECES_MAX; -1 when no term
 * runs over this token. */
int surface_keys(uint32_t *out, const words *w, const token *t, slice text, language l);

/* The surface of tokens first to last: one space for any white space, ’ and - for all
 * apostrophes and hyphens, no stray space beside them. Empty when it does not fit. */
slice surface_of(char out[SURFACE_BYTES], slice text, const token *first, const token *last);

bool surface_begins_upper(slice surface);

/* Compares a found surface with that of a term that has the same keys. */
comparison surface_compare(slice term, slice found);

#endif
