/* A copy of a part of a shared memory, for work away from it: a memory in a SQLite file that
 * knows where its units come from. Syncing sends what was added to the copy, takes away what is
 * gone from the shared memory, and fetches what came since the last time.
 *
 *   sync_unit      local: number of a unit of the copy; origin: its number in the shared memory
 *                  (NULL: sent, not come back yet); own: 0, or of what was added to the copy a
 *                  sum of source and languages, since units of one shape may be many
 *   sync_conflict  a unit of one's own, and one that came while it did not know of it: the same
 *                  source, another translation; both are kept
 *   meta           sync.origin, sync.filter, sync.copy; sync.after: units of the shared memory
 *                  with greater numbers have not been looked at
 *
 * Whatever this is killed in, done again it goes on: a unit that was sent is there already when
 * it is sent again, one that came is known by its number, and `after` is written with the units
 * that it counts. A unit that was removed from the copy does not come again, and stays in the
 * shared memory. */
#ifndef TM_SYNC_H
#define TM_SYNC_H

#include "tm/import.h"
#include "tm/store.h"

typedef struct tm_sync_options {
	slice origin; /* the shared memory’s path, without a password: what a copy is of */
	tm_filter filter;
	slice who, when; /* of what is sent; when: UTC */
	bool only_fetch; /* nothing is sent */
	bool moved;      /* the shared memory has another name now: its shards, its host */
} tm_sync_options;

typedef struct tm_sync_counts {
	uint64_t sent, fetched, removed, conflicts;
	bool open; /* writers were busy: what they write comes the next time */
} tm_sync_counts;

/* copy: a store in a file, open for writing, not in a transaction; shared: any store, open for
 * writing unless only_fetch. STATUS_USAGE where the copy is one of another memory or part. */
MUST_USE status tm_sync(tm_store *copy, tm_store *shared, context *c, const tm_sync_options *o,
	tm_sync_counts *out);

/* Conflicts, both sides of each; those of which one side is gone are none any more. */
MUST_USE status tm_sync_conflicts(tm_store *copy, context *c,
	status (*take)(void *user, bool mine, const tm_unit *u), void *user, uint64_t *n);

#endif
