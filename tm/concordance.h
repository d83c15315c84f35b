/* Where words stand in the memory, on either side, whatever their case, accents and
 * inflection: first as one phrase, then all of them in any order; the newest first. */
#ifndef TM_CONCORDANCE_H
#define TM_CONCORDANCE_H

#include "tm/store.h"

#define CONCORDANCE_MARKS 64

typedef struct tm_occurrence {
	uint32_t id;
	bool phrase;
	const tm_unit *unit;
	span marks[CONCORDANCE_MARKS]; /* in the text of the side, in order */
	size_t mark_count;
} tm_occurrence;

typedef struct tm_concordance {
	slice text, language; /* language: of the side; empty: the commonest of the memory */
	tm_side side;
	size_t most;
} tm_concordance;

/* *total: units that have all the words, shown or not. */
MUST_USE status tm_concordance_find(tm_store *s, context *c, const tm_concordance *q,
	status (*take)(void *user, const tm_occurrence *o), void *user, size_t *total);

#endif
