/* A list of places that a rule keeps until the end of the document, when it knows the
 * document's habit and can tell a slip from it. Lives on the document's arena. */
#ifndef CHECKER_RULES_PLACES_H
#define CHECKER_RULES_PLACES_H

#include "checker/rule.h"

#define PLACES_IN_CHUNK 250

typedef struct places_chunk {
	struct places_chunk *next;
	size_t count;
	span at[PLACES_IN_CHUNK];
} places_chunk;

typedef struct places {
	places_chunk *first, *last;
	size_t count;
} places;

MUST_USE status places_add(check *c, places *p, span place);

/* Calls each for every place in the order of adding; stops at the first failure. */
MUST_USE status places_each(check *c, const rule *r, const places *p,
	status (*each)(check *c, const rule *r, span place));

/* How many curly apostrophes the document has; more than most, where it has more. */
size_t places_curly(const check *c, size_t most);

/* Reports a place with one suggestion (p == NULL: memory is out); the rest as in f. */
MUST_USE status places_report(check *c, const rule *r, span place, slice suggestion, finding f);

#endif
