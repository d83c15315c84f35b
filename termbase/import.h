/* A file in a format of exchange taken into a store, whole or not at all unless parts are asked
 * for: until the last concept is read nobody sees anything of it, and a program that is killed
 * leaves the store as it was.
 *
 * A concept whose id the store has takes the place of the one that is there; one that has the
 * same English and French names under another id is left out. Where a table gives no ids, so
 * that two rows begin with the same name, the second is called "name (2)". Memory grows by a
 * hundred-odd bytes a concept of the store. */
#ifndef TERMBASE_IMPORT_H
#define TERMBASE_IMPORT_H

#include "termbase/exchange.h"
#include "termbase/store.h"

typedef struct import_counts {         /* of concepts */
	uint64_t added, changed, same; /* same: the store has it exactly so */
	uint64_t skipped;              /* and what could not be read at all */
} import_counts;

typedef struct import_options {
	const exchange *format; /* NULL: by name and content */
	const char *columns;    /* as in exchange_input */
	const store_change *by; /* NULL: no history */
	/* Commit after so many concepts; 0: the whole at once. Parts that were committed stay
	 * when the import fails or is killed, and the next one passes over them. */
	uint64_t part;
	void *user;
	/* What is left out and why; may be NULL. */
	status (*skipped)(void *user, exchange_place at, const char *why);
	void (*mapped)(void *user, slice column, const char *taken_for);
	/* A table that is not UTF-8, and what it is taken for; may be NULL. */
	void (*recoded)(void *user, const char *encoding);
	/* Every so often; another status than STATUS_OK ends the import. May be NULL. */
	status (*progress)(void *user, uint64_t bytes, uint64_t of, uint64_t concepts);
} import_options;

/* From the path ("-": standard input) into a store that nobody has begun to write to. On
 * failure close the store: that undoes what was written. */
MUST_USE status import_file(
	store *into, context *c, const char *path, const import_options *o, import_counts *out);

#endif
