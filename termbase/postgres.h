/* What the files of the shared termbase on PostgreSQL share (termbase/postgres_store.c). */
#ifndef TERMBASE_POSTGRES_H
#define TERMBASE_POSTGRES_H

#include "base/postgres.h"
#include "termbase/cache.h"
#include "termbase/engine.h"
#include "termbase/postgres_batch.h"

#define POSTGRES_UUID 40 /* with its zero byte */

typedef struct postgres_state {
	char id[POSTGRES_UUID], mark[POSTGRES_UUID];
	int64_t sequence;
} postgres_state;

#define POSTGRES_EXPECTED 256

typedef struct postgres_expected { /* concepts that were fetched together */
	entry of[POSTGRES_EXPECTED];
	bool there[POSTGRES_EXPECTED], taken[POSTGRES_EXPECTED];
	uint64_t hashes[POSTGRES_EXPECTED];
	size_t n;
} postgres_expected;

typedef struct postgres_store {
	store store;
	postgres *db;
	postgres_state state; /* as it was last asked for */
	int64_t asked;        /* when, in milliseconds of a steady clock */
	store *replica;       /* for reading and searching; NULL: not opened yet */
	char replica_path[CACHE_PATH_BYTES];
	/* --- writing --- */
	bool open;     /* a transaction */
	size_t queued; /* statements that were not sent yet, and what they hold */
	size_t queued_bytes;
	postgres_values values;
	entry before; /* the concept that was read last in the transaction */
	bool read, found;
	buffer what;
	postgres_batch batch;
	arena names; /* of concepts that the transaction wrote or removed */
	ARRAY(slice) changed;
	bool contended;
	postgres_expected *expected; /* NULL: nothing was */
} postgres_store;

static inline postgres_store *
postgres_store_of(store *s)
{
	return (postgres_store *)s;
}

/* --- termbase/postgres_read.c --- */

/* Queues the questions for concepts by their names; lock: and for a lock on them before. */
MUST_USE status postgres_read_named(
	postgres *db, const slice *names, size_t n, bool lock, size_t *queued);
/* Takes the answers, the first of which is number `answer`: each concept in turn is made in e.
 * *count of them; *last is the place of the last one. */
MUST_USE status postgres_read_answers(postgres_store *s, size_t answer, entry *e,
	status (*take)(void *user, const entry *e), void *user, size_t *count, int64_t *last);
/* All concepts as they are now, or in the transaction. */
MUST_USE status postgres_read_all(
	postgres_store *s, entry *e, status (*take)(void *user, const entry *e), void *user);

/* --- termbase/postgres_write.c --- */

MUST_USE status postgres_write_expect(postgres_store *s, const slice *ids, size_t n);
void postgres_write_forget_expected(postgres_store *s);
MUST_USE status postgres_write_get(postgres_store *s, slice id, entry *out, bool *found);
MUST_USE status postgres_write_put(postgres_store *s, const entry *e, const store_change *by);
MUST_USE status postgres_write_remove(
	postgres_store *s, slice id, const store_change *by, bool *found);
MUST_USE status postgres_write_flush(postgres_store *s);
MUST_USE status postgres_write_commit(postgres_store *s);

/* --- termbase/replica.c --- */

/* The copy as the server has it now, or had it a moment ago. */
MUST_USE status replica_use(postgres_store *s, store **out);
/* Queues the question for the state; takes the answer. */
MUST_USE status replica_ask_state(postgres *db);
void replica_take_state(postgres_store *s, size_t answer);

#endif
