/* The termbase as a store: concept → language section → term (ISO 30042), with all that an
 * entry holds, who changed what and when, and words to search by. Matching in text does not
 * read it; termbase/index.h does that.
 *
 * A path is a SQLite file (termbase/sqlite_store.c) or the URL of a database that several
 * machines share (termbase/postgres_store.c); termbase/engines.def lists the engines.
 *
 * Several programs may read a store while one writes. Between store_begin and store_commit
 * nothing is seen by others, and a program that is killed leaves what was there before. Of a
 * concept that was read between the two nobody else writes another version until then. */
#ifndef TERMBASE_STORE_H
#define TERMBASE_STORE_H

#include "base/buffer.h"
#include "termbase/entry.h"

#define STORE_VERSION 2

typedef struct store store;

typedef enum store_mode {
	STORE_READ,  /* it must be there */
	STORE_WRITE, /* made when it is not there */
	STORE_NEW,   /* of the build: without a journal, written once; must not be there */
} store_mode;

MUST_USE status store_open(store **out, context *c, const char *path, store_mode mode);
void store_close(store *s); /* NULL is fine; undoes what was not committed */

MUST_USE status store_begin(store *s);
MUST_USE status store_commit(store *s);
void store_rollback(store *s);
/* Questions between these two see the store as it was at the first of them, and do not each
 * take its lock and look whether it changed. */
MUST_USE status store_begin_read(store *s);
void store_end_read(store *s); /* nothing where none was begun */
/* Did what failed last fail because somebody else wrote the same at the same moment? Then it
 * may be begun anew after store_rollback. */
bool store_contended(const store *s);

/* Reads the store through: STATUS_DAMAGED when it is not what was written. */
MUST_USE status store_verify(store *s);

typedef struct store_change {   /* for the history; all NULL: nothing is recorded */
	const char *who, *when; /* when: "2018-01-02T03:04:05Z" */
	const char *action;     /* "import", "add", "edit" */
	/* Of a concept that is new only that it came: all of it is there, and what goes later
	 * is told then. A quarter of a large import would be its own copy. */
	bool brief;
} store_change;

/* Takes the place of the concept of the same id, if there is one. */
MUST_USE status store_put(store *s, const entry *e, const store_change *by);
/* *found is false when there is none of that id. */
MUST_USE status store_remove(store *s, slice id, const store_change *by, bool *found);
MUST_USE status store_get(store *s, slice id, entry *out, bool *found);

/* Is the store far away, so that it is better asked for many concepts at once? */
bool store_is_far(const store *s);
/* These concepts will be asked for next, in the transaction: they are fetched together. */
MUST_USE status store_expect(store *s, const slice *ids, size_t n);

/* All concepts, in the order in which they came. */
MUST_USE status store_each(store *s, status (*take)(void *user, const entry *e), void *user);

typedef struct store_event {
	slice concept, when, who, action, what;
} store_event;

/* The history of a concept, or with an empty id of the whole store, oldest first. */
MUST_USE status store_history(
	store *s, slice id, status (*take)(void *user, const store_event *e), void *user);

typedef struct store_counts {
	uint64_t concepts, sections, terms, items, retired;
} store_counts;

MUST_USE status store_count(store *s, store_counts *out);

/* Small facts of one store: where an import stands, what it was made from. */
MUST_USE status store_set_meta(store *s, const char *key, slice value);
MUST_USE status store_get_meta(store *s, const char *key, buffer *value);

/* Does the path name a store that several machines share? It is no file. */
bool store_is_shared(const char *path);

/* Of all concepts that have one, the key of their names and their id. */
MUST_USE status store_each_name(
	store *s, status (*take)(void *user, uint64_t key, slice id), void *user);
/* The id of the first concept whose names have that key; empty when there is none. */
MUST_USE status store_find_named(store *s, uint64_t key, buffer *id);
/* Equal for concepts that have the same preferred names in English and in French; 0 for one
 * that lacks either. */
uint64_t store_names_key(const entry *e);

/* What two versions of a concept differ in, a line each: "- fr: EIIL", "+ note: …". Either may
 * be NULL. */
void store_difference(buffer *out, const entry *before, const entry *after);

#endif
