/* What translates a phrase in units that have it (tm/phrases.h). */
#ifndef TM_PHRASE_TARGET_H
#define TM_PHRASE_TARGET_H

#include "tm/store.h"

typedef struct phrase_targets phrase_targets;

MUST_USE status phrase_targets_open(phrase_targets **out, context *c, tm_store *s);
void phrase_targets_close(phrase_targets *t); /* NULL is fine */

typedef struct phrase_units {
	const uint32_t *ids;
	const double *middles; /* where the phrase is in each source, from 0 to 1 */
	size_t n;
	size_t pieces; /* of the phrase */
	slice words;   /* the phrase itself */
} phrase_units;

/* *which: the index of the unit in
 * whose target the span is; likeness 0 and an empty span when there is no telling. */
MUST_USE status phrase_targets_find(phrase_targets *t, const phrase_units *units, size_t *which,
	span *out, double *likeness);

#endif
