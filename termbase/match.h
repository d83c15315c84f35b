/* The terms of a block of text.
 *
 * From left to right, and at each place the longest term: matches never overlap, and the result
 * does not depend on the order of glossaries, save that a later one wins where two have a term
 * of the same words. Case, accents, inflection, hyphens, apostrophes, white space and line
 * breaks do not hide a term; how the text differs from it is told. One-word terms and acronyms
 * are stricter:
 *   - an acronym is matched letter by letter;
 *   - a word is matched with its own letters, all in capitals, with a capital at the beginning,
 * or inflected when it is a common noun;
 *   - a name (a capital at its beginning) is not matched by small letters in another
 * inflection. */
#ifndef TERMBASE_MATCH_H
#define TERMBASE_MATCH_H

#include "termbase/termbase.h"
#include "text/token.h"

typedef struct term_match {
	uint32_t first, last; /* tokens, both included */
	span text;            /* bytes in the document's text */
	term_ref term;
	uint32_t differences; /* enum difference of termbase/surface.h */
} term_match;

/* What was found for the same words before: a document says its terms again and again. */
typedef struct term_known {
	uint64_t key; /* 0: nothing yet */
	term_ref term;
	uint32_t differences;
	bool is_term;
} term_known;
#define TERMS_KNOWN 256 /* a power of two */

typedef struct term_matches {
	const memory *memory;
	ARRAY(term_match) list;
	term_known *known; /* TERMS_KNOWN, of one termbase, all zero at first; NULL: none. The
			      caller’s */
} term_matches;

void term_matches_init(term_matches *m, const memory *from);
void term_matches_free(term_matches *m);

/* Replaces what m held by the terms of the tokens of a block, which tokens_read made with
 * words.extra = termbase_vocabulary(t). */
MUST_USE status termbase_match(term_matches *m, const termbase *t, const words *w,
	const tokens *block, slice text, language l);

/* The longest term that begins at token i; false when there is none. */
bool termbase_match_at(term_match *out, const termbase *t, const words *w, const tokens *block,
	slice text, language l, size_t i);

#endif
