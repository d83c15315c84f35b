/* Keys of units in a file without a name, in the order in which they came: the index of a
 * memory that is being filled is listed from it once all units are there, since only then is it
 * known which words are rare in it. */
#ifndef TM_SPOOL_H
#define TM_SPOOL_H

#include <stdio.h>

#include "base/context.h"
#include "base/memory.h"

typedef struct spooled_unit {
	uint32_t id, pieces;
	uint64_t salt;
} spooled_unit;

typedef struct tm_spool {
	context *context;
	FILE *file;
	uint64_t units, left; /* left: for tm_spool_next */
	ARRAY(uint64_t) keys; /* of the unit given last */
} tm_spool;

void tm_spool_init(tm_spool *s, context *c);
void tm_spool_free(tm_spool *s);
void tm_spool_clear(tm_spool *s);
MUST_USE status tm_spool_put(tm_spool *s, const spooled_unit *u, const uint64_t *keys);
/* From the first on, any number of times. */
MUST_USE status tm_spool_rewind(tm_spool *s);
MUST_USE status tm_spool_next(tm_spool *s, spooled_unit *out, bool *more);

#endif
