/* A file of exchange into a store, and a store into a file. */
#ifndef TM_IMPORT_H
#define TM_IMPORT_H

#include "tm/exchange.h"
#include "tm/store.h"

typedef struct tm_import_options {
	const tm_format *format; /* NULL: by name and content */
	slice source, target;    /* languages wanted; empty: as the file has them */
	slice document, author;  /* of units that do not say theirs; may be empty */
	void *user;
	/* May be NULL, both. A status other than STATUS_OK ends the import. */
	status (*skipped)(void *user, tm_place at, const char *why);
	status (*progress)(void *user, uint64_t bytes, uint64_t of, uint64_t units);
} tm_import_options;

typedef struct tm_import_counts {
	uint64_t added, same, skipped;
} tm_import_counts;

/* What was read is kept every 100,000 units: an import that was interrupted goes on when it is
 * run again, since units that are there are passed by. */
MUST_USE status tm_import(tm_store *s, context *c, const char *path,
	const tm_import_options *options, tm_import_counts *counts);

typedef struct tm_filter {    /* empty, 0: anything */
	slice source, target; /* languages, by their first subtags */
	slice document;       /* its name begins so */
	slice author;
	slice since, until; /* of the last change, "2018" or "2018-01-02" */
} tm_filter;
bool tm_filter_passes(const tm_filter *f, const tm_unit *u);

/* write is called with pieces of the file. *lost: see tm_store_each. */
MUST_USE status tm_export(tm_store *s, context *c, const tm_format *format,
	const tm_filter *filter, status (*write)(void *user, const char *bytes, size_t n),
	void *user, uint64_t *units, uint64_t *lost);

#endif
