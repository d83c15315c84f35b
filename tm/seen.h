/* Numbers of units that a question has met: each is looked at once. Forgetting them costs
 * nothing, however many there were before. */
#ifndef TM_SEEN_H
#define TM_SEEN_H

#include "base/memory.h"

typedef struct tm_seen {
	const memory *memory;
	uint64_t *slots; /* an open hash table: question and unit; of another question: free */
	size_t slot_count, n;
	uint32_t question; /* from 1 on */
} tm_seen;

void tm_seen_init(tm_seen *s, const memory *m);
void tm_seen_free(tm_seen *s);
void tm_seen_forget(tm_seen *s);
/* Adds a unit; *is_new is false when it is there. */
MUST_USE status tm_seen_add(tm_seen *s, uint32_t unit, bool *is_new);

#endif
