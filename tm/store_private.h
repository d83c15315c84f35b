/* What the files of the store share. */
#ifndef TM_STORE_PRIVATE_H
#define TM_STORE_PRIVATE_H

#include "base/database.h"
#include "tm/spool.h"
#include "tm/store.h"

enum statement {
	SET_META,
	GET_META,
	FIND_NAME,
	ADD_NAME,
	GET_NAME,
	FIND_SAME,
	ADD_UNIT,
	GET_UNIT,
	GET_TEXTS,
	REMOVE_UNIT,
	NEXT_UNIT,
	OF_SHAPE,
	LAST_CHUNK,
	ADD_CHUNK,
	SET_CHUNK,
	CHUNKS,
	PUT_DIGESTS,
	GET_DIGESTS,
	LAST_UNIT,
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

#define LISTED_SLOTS 256
#define NAME_SLOTS 64

typedef struct known_name { /* of a document, which never changes */
	int64_t id;
	buffer text;
} known_name;

struct tm_store {
	context *context;
	database db;
	arena names;
	ARRAY(known_pair) pairs;
	uint64_t *ranks; /* an open hash table of keys and ranks, two words a slot */
	size_t rank_slots, rank_count;
	bool ranks_read;
	uint32_t data_version; /* SQLite's, when ranks were looked at */
	uint64_t ranks_hash;
	tm_pieces *pieces;
	tm_ordered ordered;
	ARRAY(uint64_t) keys;        /* of pending units, one after the other */
	ARRAY(spooled_unit) pending; /* added, not yet in the index */
	tm_spool spool;              /* and these, of a memory that was empty */
	posting_sorter *lists;
	uint64_t listed[LISTED_SLOTS], listing; /* words of the segment in hand */
	buffer digests;                         /* the row that is being filled … */
	int64_t digest_key; /* … and its key; 0: none (no unit is numbered 0) */
	slice digest_row;   /* the row read last, in its statement */
	int64_t digest_row_key;
	bool filling;      /* it was empty when the transaction began */
	bool deferred;     /* units of ours are committed whose index is not */
	bool owes;         /* somebody’s are, who is not there any more perhaps */
	uint32_t texts_id; /* whose row the statement of texts is at; 0: none */
	bool plain;        /* the unit of the last texts has nothing else */
	buffer chunk, text;
	uint32_t last_unit;
	slice document; /* the last one named, and its number; in the text buffer of its own */
	buffer document_text;
	int64_t document_id;
	known_name
		documents[NAME_SLOTS]; /* read lately, each at its number modulo their count */
};

static inline uint64_t
tm_mixed(uint64_t x)
{
	x ^= x >> 32;
	x *= UINT64_C(0xD6E8FEB86659FD93);
	return x ^ x >> 32;
}

/* What is known of names is forgotten: numbers may have been given back. */
void tm_store_forget_names(tm_store *s);
status tm_store_read_last(tm_store *s);                           /* into last_unit */
status tm_store_read_debts(tm_store *s);                          /* into owes */
status tm_store_ask(tm_store *s, const char *sql, uint64_t *out); /* one number */
status tm_store_pair(tm_store *s, slice source, slice target, const known_pair **out);
status tm_store_pair_numbered(tm_store *s, int64_t id, const known_pair **out);
status tm_store_document(tm_store *s, slice document, int64_t *out); /* its number, or 0 */
/* Ends a change that was a transaction of its own, or hands its status on. */
status tm_store_finish(tm_store *s, status done, bool own);

/* --- tm/rarity.c --- */

typedef struct tm_counted {
	uint64_t key, n;
} tm_counted;

typedef struct tm_counter { /* how often keys are met: an open hash table */
	const memory *memory;
	tm_counted *slots;
	size_t slot_count, n;
} tm_counter;

void tm_counter_init(tm_counter *c, const memory *m);
void tm_counter_free(tm_counter *c);
status tm_counter_add(tm_counter *c, const uint64_t *keys, size_t n);

status tm_rarity_read(tm_store *s); /* into ranks, where they are not known to be of today */
/* What was counted says from now on what is common; the store has so many units. */
status tm_rarity_keep(tm_store *s, tm_counter *counter, uint64_t units);
status tm_rarity_forget(tm_store *s); /* nothing is common */
/* The keys of n pieces in the order of rarity. */
status tm_order(tm_store *s, const uint64_t *keys, size_t n, uint64_t salt, tm_ordered *o);

/* --- tm/index.c --- */

/* A unit whose source was cut into s->pieces just now. */
status tm_index_add(tm_store *s, uint32_t id, const tm_unit *u, uint64_t salt);
status tm_index_list(tm_store *s);  /* what was added goes to the sorter, or to the spool */
status tm_index_write(tm_store *s); /* and into the file */
status tm_index_make(tm_store *s);  /* anew, in a transaction */
void tm_index_forget(tm_store *s);  /* what is not written */
/* Was rarity measured on far fewer units than there are? */
status tm_index_is_outgrown(tm_store *s, bool *is);

status tm_digest_add(tm_store *s, uint32_t id, const uint64_t *keys, size_t n);
status tm_digest_write(tm_store *s); /* what was added; the row is closed */
void tm_digest_forget(tm_store *s);  /* what was read */

#endif
