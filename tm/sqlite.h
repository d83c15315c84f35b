/* What the files of the engine in SQLite share. */
#ifndef TM_SQLITE_H
#define TM_SQLITE_H

#include "base/database.h"
#include "tm/engine.h"
#include "tm/spool.h"

enum statement {
	SET_META,
	GET_META,
	FIND_NAME,
	ADD_NAME,
	GET_NAME,
	ADD_UNIT,
	GET_UNIT,
	GET_TEXTS,
	REMOVE_UNIT,
	NEXT_UNIT,
	OF_SHAPE,
	OF_TEXT,
	LAST_CHUNK,
	ADD_CHUNK,
	SET_CHUNK,
	CHUNKS,
	PUT_DIGESTS,
	GET_DIGESTS,
	LAST_UNIT,
	HAS_UNIT,
	FIND_UNIT,
	PAIRS,
	PAIR_NAMES,
	PAIR_FROM,
	BEGIN_READ,
	END_READ,
	STATEMENTS,
};

typedef struct known_pair {
	int64_t id;
	slice source, target; /* in names */
	uint64_t salt;
} known_pair;

#define NAME_SLOTS 64

typedef struct known_name { /* of a document, which never changes */
	int64_t id;
	buffer text;
} known_name;

typedef struct sqlite_store {
	tm_store base;
	database db;
	arena names;
	ARRAY(known_pair) pairs;
	uint32_t data_version;       /* SQLite's, when ranks were looked at */
	ARRAY(uint64_t) keys;        /* of pending units, one after the other */
	ARRAY(spooled_unit) pending; /* added, not yet in the index */
	tm_spool spool;              /* and these, of a memory that was empty */
	buffer digests;              /* the row that is being filled … */
	int64_t digest_key;          /* … and its key; 0: none (no unit is numbered 0) */
	slice digest_row;            /* the row read last, in its statement */
	int64_t digest_row_key;
	bool filling;      /* it was empty when the transaction began */
	bool deferred;     /* units of ours are committed whose index is not */
	bool owes;         /* somebody’s are, who is not there any more perhaps */
	uint32_t texts_id; /* whose row the statement of texts is at; 0: none */
	bool plain;        /* the unit of the last texts has nothing else */
	uint32_t last_unit;
	buffer document_text; /* the last document named, and its number */
	int64_t document_id;
	/* Those read lately, each at its number modulo their count. */
	known_name documents[NAME_SLOTS];
} sqlite_store;

static inline sqlite_store *
sqlite_of(tm_store *s)
{
	return (sqlite_store *)s;
}

/* --- tm/sqlite_store.c --- */

/* What is known of names is forgotten: numbers may have been given back. */
void sqlite_forget_names(sqlite_store *s);
status sqlite_read_last(sqlite_store *s);  /* into last_unit */
status sqlite_read_debts(sqlite_store *s); /* into owes */
status sqlite_pair(sqlite_store *s, slice source, slice target, const known_pair **out);
status sqlite_pair_numbered(sqlite_store *s, int64_t id, const known_pair **out);
status sqlite_document(sqlite_store *s, slice document, int64_t *out); /* its number, or 0 */
/* Ends a change that was a transaction of its own, or hands its status on. */
status sqlite_finish(sqlite_store *s, status done, bool own);

/* Functions of the engine (tm/store.h). */
status sqlite_begin(tm_store *store);
status sqlite_commit(tm_store *store);
void sqlite_rollback(tm_store *store);
status sqlite_set_meta(tm_store *store, const char *key, slice value);
status sqlite_get_meta(tm_store *store, const char *key, buffer *value);

/* --- tm/sqlite_units.c --- */

status sqlite_ask(sqlite_store *s, const char *sql, uint64_t *out); /* one number */
status sqlite_add(tm_store *store, const tm_unit *u, bool *added);
status sqlite_get(tm_store *store, uint32_t id, tm_unit *out, bool *found);
status sqlite_remove(tm_store *store, uint32_t id, bool *found);
status sqlite_each(tm_store *store, uint64_t *lost,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user);
status sqlite_each_after(tm_store *store, uint32_t after,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user);
status sqlite_settled(tm_store *store, uint32_t *last, bool *settled);
status sqlite_present(tm_store *store, const uint32_t *ids, size_t n, bool *there);
/* The number of the unit that is the same, 0: there is none. In a transaction. */
status sqlite_find(sqlite_store *s, const tm_unit *u, uint32_t *id);
status sqlite_last(tm_store *store, uint32_t *id);
status sqlite_count(tm_store *store, tm_store_counts *out);
status sqlite_pairs(tm_store *store,
	status (*take)(void *user, slice source, slice target, uint64_t units), void *user);
status sqlite_usual_pairs(tm_store *store,
	status (*take)(void *user, slice source, slice target, uint64_t units), void *user);
status sqlite_of_shape(tm_store *store, uint64_t shape, slice text, tm_relative *units,
	size_t most, size_t *n);
status sqlite_of_text(tm_store *store, uint64_t shape, slice text, tm_relative *units,
	size_t most, size_t *n);
status sqlite_texts(tm_store *store, uint32_t id, slice *source, slice *target, uint64_t *pair,
	bool *found);
bool sqlite_texts_are_all(const tm_store *store);

/* --- tm/sqlite_index.c --- */

/* A unit whose source was cut into pieces just now. */
status sqlite_index_add(sqlite_store *s, uint32_t id, const tm_unit *u, uint64_t salt);
status sqlite_index_list(sqlite_store *s);  /* what was added goes to the sorter or spool */
status sqlite_index_write(sqlite_store *s); /* and into the file */
status sqlite_index_make(sqlite_store *s);  /* anew, in a transaction */
void sqlite_index_forget(sqlite_store *s);  /* what is not written */
/* Was rarity measured on far fewer units than there are? */
status sqlite_index_is_outgrown(sqlite_store *s, bool *is);
status sqlite_reindex(tm_store *store);
status sqlite_tune(tm_store *store);
status sqlite_verify(tm_store *store, bool *index_only);
status sqlite_near_lists(tm_store *store, uint64_t word, unsigned first, unsigned last,
	tm_take_chunk *take, void *user);
status sqlite_word_list(tm_store *store, uint64_t word_key, slice tag, unsigned side,
	tm_take_chunk *take, void *user);

/* --- tm/sqlite_digest.c --- */

status sqlite_digest_add(sqlite_store *s, uint32_t id, const uint64_t *keys, size_t n);
status sqlite_digest_write(sqlite_store *s); /* what was added; the row is closed */
void sqlite_digest_forget(sqlite_store *s);  /* what was read */
status sqlite_digest(tm_store *store, uint32_t id, const unsigned char **pieces, size_t *n);

#endif
