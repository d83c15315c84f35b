/* What the files of the engine on PostgreSQL share (docs/STORES.md).
 *
 * A memory lies in one database or in several, its shards: a unit and its entries in the index
 * are together in the shard that its shape belongs to. Each shard is whole in itself. Numbers
 * of units are of all shards together and are given by the first one; documents and languages
 * stand in the units as text, so that nothing but the number ties a unit to its place.
 *
 *   tm_unit     a unit a row; (shape, same) is unique: what two writers add is there once
 *   tm_posting  the index (tm/postings.h): a block is added for what a transaction adds to a
 *               list, so that writers are not in each other's way; blocks of a list are put
 *               together by and by (tm/postgres_compact.c)
 *   tm_name     the languages and documents that were met
 *   tm_meta     small facts; writers share a lock on the row `epoch`, who measures rarity or
 *               moves units to another shard has it alone
 *   tm_moved    shapes whose units have gone to another shard and are still here for a while
 *   tm_history  what was removed, by whom and when
 *
 * What a transaction adds is kept here until it is committed, then looked up, numbered and
 * written together; when it is in the way of another transaction all of that is done again. A
 * search is made of single questions that each see one moment; the rows of the units that it
 * gives were read together. */
#ifndef TM_POSTGRES_H
#define TM_POSTGRES_H

#include "base/postgres.h"
#include "tm/engine.h"

#define PG_SHARDS 64    /* at most */
#define PG_BUCKETS 1024 /* shapes go to shards by these */
#define PG_NAME_PAIR 1  /* kinds of names */
#define PG_NAME_DOCUMENT 2
#define PG_CHUNK 4000 /* bytes of a block; two of them fill a page of 8192 */

typedef struct pg_pair {
	slice text, source, target; /* "en\tfr" */
	uint64_t salt;
} pg_pair;

typedef struct pg_row { /* a unit as it was fetched */
	uint32_t id;
	bool there;
	slice pair, source, target, document, info;
	uint64_t usage;
} pg_row;

typedef struct pg_digest {
	uint32_t id;
	slice pieces; /* empty: the unit has too many for a digest */
} pg_digest;

typedef struct pg_chunk {
	int64_t key, block;
	slice entries;
} pg_chunk;

typedef struct pg_range { /* lists that were fetched: chunks of these keys */
	int64_t first, last;
	size_t from, to; /* of chunks */
	bool cut;        /* there may be more */
} pg_range;

typedef struct pg_pending { /* a unit to be added; its texts in the buffer of rows */
	uint64_t shape, same, usage;
	const pg_pair *pair;
	size_t at;
	uint32_t source, target, document, info; /* bytes, one after the other from `at` */
	uint32_t id;                             /* 0: it is there */
} pg_pending;

typedef struct pg_lists { /* of the list that is being written */
	bool any;
	int64_t key;
	uint32_t first, last, ordinal; /* of the block: its first unit, its last, which it is */
} pg_lists;

typedef struct pg_slots { /* an open hash table of places + 1; 0: free */
	uint32_t *at;
	size_t count;
} pg_slots;

typedef struct pg_store {
	tm_store base;
	char name[512];  /* the URL, without a password */
	const char *url; /* on the arena of names */
	bool write, open;
	postgres *db[PG_SHARDS];
	size_t shards;
	size_t listed;                    /* shards of the list that were opened, or left out */
	bool partial;                     /* what does not answer is left out … */
	buffer missing;                   /* … and named here */
	bool alone;                       /* no other writer is let in while ours writes */
	unsigned char bucket[PG_BUCKETS]; /* the shard of each */
	uint64_t epoch;                   /* of ranks; they were read when ranks_read */
	uint64_t ranked;                  /* units on which they were measured */
	postgres_values values;
	arena names;
	ARRAY(const pg_pair *) pairs;

	/* What was fetched for a search, forgotten when the next begins. */
	arena fetched;
	ARRAY(pg_row) rows;
	ARRAY(pg_digest) digests;
	ARRAY(pg_chunk) chunks;
	ARRAY(pg_range) ranges;
	pg_slots row_slots, digest_slots;
	unsigned stale; /* times in a row that lists were asked for too early */
	bool plain;     /* the unit of the last texts has nothing else */
	ARRAY(uint32_t) merged;

	/* What a transaction adds and removes. */
	ARRAY(pg_pending) pending;
	buffer pending_rows;
	pg_slots pending_slots;
	ARRAY(int64_t) removed;
	uint64_t withdrawn;
	size_t parts; /* transactions since blocks were put together */
	pg_lists writing;
	ARRAY(uint64_t) keys; /* of a unit */
	buffer copy;          /* what goes into COPY */
} pg_store;

static inline pg_store *
pg_of(tm_store *s)
{
	return (pg_store *)s;
}

#define PG_ROW "id, pair, source, target, document, usage, info, shape, same"

/* --- tm/postgres_store.c --- */

/* A statement for every shard, then waiting for all answers. */
status pg_queue_all(pg_store *s, const char *sql, const postgres_values *v);
status pg_wait_all(pg_store *s);
/* Hands the status on, with the sentence of p's failure. */
status pg_answered(pg_store *s, status done, const postgres *p);
/* Which shard a shape belongs to; buckets are ranges of shapes as signed numbers. */
unsigned pg_bucket(uint64_t shape);
status pg_read_meta(pg_store *s); /* epoch, shards, buckets and rarity */
#define PG_EPOCH "SELECT value FROM paraph.tm_meta WHERE key = 'epoch'"
uint64_t pg_number(slice text);                     /* of a fact that is one */
bool pg_is_stale(const pg_store *s, size_t answer); /* the one to PG_EPOCH */
status pg_catch_up(pg_store *s, unsigned *times);   /* reads what is new, or gives up */
status pg_open_shards(pg_store *s, slice list);     /* those that are not open yet */
status pg_set_meta(tm_store *store, const char *key, slice value);
status pg_pair_of(pg_store *s, slice text, const pg_pair **out);
status pg_find_pair(pg_store *s, slice source, slice target, const pg_pair **out);

/* --- tm/postgres_fetch.c --- */

void pg_forget(pg_store *s);                 /* what was fetched */
pg_row *pg_row_of(pg_store *s, uint32_t id); /* NULL: it was not fetched */
/* Makes one of an answer; its texts are on the arena. */
status pg_take_row(arena *a, const postgres_rows *r, size_t i, pg_row *out);
status pg_keep_row(pg_store *s, const pg_row *row);
/* Makes room for another one of n; when *grown, all are to be entered again. */
status pg_slots_grow(const memory *m, pg_slots *t, size_t n, bool *grown);
void pg_slots_clear(pg_slots *t);
status pg_expect_near(tm_store *store, const uint64_t *keys, size_t n, unsigned first,
	const unsigned *last, bool *stale);
status pg_expect_words(
	tm_store *store, const uint64_t *keys, size_t n, slice tag, unsigned side, size_t most);
status pg_expect_digests(tm_store *store, const uint32_t *ids, size_t n);
status pg_expect_units(tm_store *store, const uint32_t *ids, size_t n);
status pg_near_lists(tm_store *store, uint64_t word, unsigned first, unsigned last,
	tm_take_chunk *take, void *user);
status pg_word_list(tm_store *store, uint64_t key, slice tag, unsigned side,
	tm_take_chunk *take, void *user);
status pg_digest_of(tm_store *store, uint32_t id, const unsigned char **pieces, size_t *n);
status pg_of_shape(tm_store *store, uint64_t shape, slice text, tm_relative *units, size_t most,
	size_t *n);

/* --- tm/postgres_units.c --- */

status pg_fill_unit(pg_store *s, const pg_row *row, tm_unit *u);
status pg_get(tm_store *store, uint32_t id, tm_unit *out, bool *found);
status pg_texts(tm_store *store, uint32_t id, slice *source, slice *target, uint64_t *pair,
	bool *found);
status pg_each(tm_store *store, uint64_t *lost,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user);
status pg_each_after(tm_store *store, uint32_t after,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user);
status pg_last(tm_store *store, uint32_t *id);
status pg_count(tm_store *store, tm_store_counts *out);
status pg_pairs(tm_store *store,
	status (*take)(void *user, slice source, slice target, uint64_t units), void *user);
status pg_usual_pairs(tm_store *store,
	status (*take)(void *user, slice source, slice target, uint64_t units), void *user);

/* --- tm/postgres_changes.c --- */

status pg_settled(tm_store *store, uint32_t *last, bool *settled);
status pg_present(tm_store *store, const uint32_t *ids, size_t n, bool *there);

/* --- tm/postgres_pending.c --- */

/* A unit waits for the end of the transaction; *added: it does not wait already. */
status pg_keep_pending(pg_store *s, const tm_unit *u, bool *added);
void pg_forget_pending(pg_store *s);

static inline slice
pg_source_of(const pg_store *s, const pg_pending *u)
{
	return (slice){ s->pending_rows.p + u->at, u->source };
}

static inline slice
pg_target_of(const pg_store *s, const pg_pending *u)
{
	return (slice){ s->pending_rows.p + u->at + u->source, u->target };
}

static inline slice
pg_document_of(const pg_store *s, const pg_pending *u)
{
	return (slice){ s->pending_rows.p + u->at + u->source + u->target, u->document };
}

static inline slice
pg_info_of(const pg_store *s, const pg_pending *u)
{
	return (slice){ s->pending_rows.p + u->at + u->source + u->target + u->document,
		u->info };
}

static inline size_t
pg_shard_of(const pg_store *s, const pg_pending *u)
{
	return s->bucket[pg_bucket(u->shape)];
}

/* --- tm/postgres_write.c --- */

status pg_begin(tm_store *store);
status pg_commit(tm_store *store);
status pg_commit_part(tm_store *store);
void pg_rollback(tm_store *store);
status pg_add(tm_store *store, const tm_unit *u, bool *added);
status pg_remove(tm_store *store, uint32_t id, bool *found);
uint64_t pg_withdrawn(tm_store *store);
/* --- tm/postgres_copy.c --- */

/* COPY in the binary form: values of a row one after the other. */
void pg_copy_row(buffer *b, unsigned columns);
void pg_copy_int(buffer *b, int64_t n);
void pg_copy_bytes(buffer *b, slice bytes);
status pg_copy_begin(pg_store *s, postgres *p, const char *sql);
status pg_copy_more(pg_store *s, postgres *p, bool end);

/* --- tm/postgres_index.c --- */

/* The entries of a unit whose number is known go to the sorter. */
status pg_list_unit(pg_store *s, uint32_t id, const pg_pair *pair, slice source, slice target);
/* Entries in the order of lists go into the index of a shard, in its transaction. */
status pg_begin_lists(pg_store *s, postgres *p);
status pg_put_entry(pg_store *s, postgres *p, const posting_record *r);
status pg_end_lists(pg_store *s, postgres *p);
/* What is in the sorter goes into the index of a shard, in its transaction. */
status pg_write_lists(pg_store *s, postgres *p);
/* Rarity was measured, or there are other shards, in the transaction of all of them. */
status pg_next_epoch(pg_store *s);
/* Begin a transaction in a shard, or in every one, in the order in which writers take them:
 * nobody waits for who waits for him. */
status pg_lock_out_writers(pg_store *s, size_t shard);
status pg_lock_out_all(pg_store *s);
status pg_outgrown(pg_store *s); /* measures anew where that is due */
status pg_reindex(tm_store *store);
status pg_tune(tm_store *store);
status pg_verify(tm_store *store, bool *index_only);
status pg_sweep(tm_store *store);

/* --- tm/postgres_compact.c --- */

/* Puts blocks of some lists together, as a transaction of its own; *more: there are others.
 * With purge, entries of units that are not in the shard go, in all lists. */
status pg_compact_from_start(pg_store *s, size_t shard);
status pg_compact(pg_store *s, size_t shard, bool purge, bool *more);
status pg_compact_all(pg_store *s, size_t shard, bool purge);
/* What tidying came to after a commit: when the server went away, what was committed is there,
 * and somebody tidies later. */
status pg_tidied(pg_store *s, status done);

#endif
