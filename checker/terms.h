/* The terms of the block in hand, for rules: matched once per block, whichever rules ask, and
 * what rules need to put another term in the place of one. */
#ifndef CHECKER_TERMS_H
#define CHECKER_TERMS_H

#include "checker/check.h"
#include "termbase/match.h"
#include "termbase/surface.h"

typedef struct terms_found {
	const term_match *at;
	size_t count;
} terms_found;

/* The terms of the block, until the next block. None when there is no termbase. */
MUST_USE status terms_of_block(check *c, terms_found *out);

/* The term of the block that ends right before token `end`; NULL when there is none. */
MUST_USE status terms_before(check *c, size_t end, const term_match **out);

/* The term of the block that holds token i; NULL when there is none. */
MUST_USE status terms_at(check *c, size_t i, const term_match **out);

/* Compares the found surface with another term of the concept. With DIFFERS_ADDED or
 * DIFFERS_INFLECTION the words are not the same. */
comparison terms_compare(check *c, const term_match *m, term_ref other);

/* A replacement for tokens first to last. In French it takes along the determiner before them
 * when that must change too (« la Biélorussie », « le Bélarus »): first then moves. */
typedef struct term_change {
	span where;
	slice text; /* on keep; p == NULL: there is no sure replacement */
} term_change;

/* article is that of the new term: le, la, les, l’, or empty when not known. differences
 * are those of the match: its capitals are kept, an inflected one has no sure replacement. */
term_change terms_change(check *c, size_t first, size_t last, slice term, slice article,
	uint8_t gender, uint32_t differences);

/* The term `right` in the inflection in which the text has `wrong`, word by word: sites
 * Internet, site Internet, site Web give sites Web. p == NULL when the words that differ are
 * inflected themselves. */
slice terms_inflected(check *c, const term_match *m, slice wrong, slice right);

/* Does the stretch around tokens first to last read as the other language? */
bool terms_in_foreign_text(check *c, size_t first, size_t last);

/* Do the words around stand in capitals, as in a heading? */
bool terms_in_capitals(const check *c, size_t first, size_t last);

#endif
