/* What a memory says twice, and what it says in two ways. */
#ifndef TM_DUPLICATES_H
#define TM_DUPLICATES_H

#include "tm/store.h"

typedef struct tm_duplicates {
	uint64_t units;   /* whose source and translation an older or newer one has, too */
	uint64_t sources; /* that have more than one translation */
	uint64_t removed;
} tm_duplicates;

/* Of units with the same segments and languages, merge keeps the newest. conflict is called for
 * each translation of a source that has several; it may be NULL. */
MUST_USE status tm_find_duplicates(tm_store *s, context *c, bool merge,
	status (*conflict)(void *user, bool first, const tm_unit *u), void *user,
	tm_duplicates *out);

#endif
