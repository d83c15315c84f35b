/* What the store as a SQLite file and its search share. */
#ifndef TERMBASE_SQLITE_H
#define TERMBASE_SQLITE_H

#include <sqlite3.h>

#include "termbase/search.h"

sqlite3 *sqlite_store_database(store *s);
status sqlite_store_failed(store *s); /* the sentence for SQLite's last failure */

MUST_USE status search_sqlite(store *s, context *c, arena *a, slice question, size_t most,
	search_hit **hits, size_t *count);

#endif
