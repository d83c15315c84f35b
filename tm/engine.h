/* What an engine of the translation memory is: where units lie and how they are found there.
 *
 * An engine is one const struct of functions, defined in its own file and named once in
 * tm/engines.def; the path that a memory is opened by says which one it is. What the functions
 * mean is said in tm/store.h, whose functions hand on to them.
 *
 * A near engine (SQLite) answers a question in microseconds and is asked one thing at a time. A
 * far one is asked over a network: the searches tell it beforehand what they are going to read
 * (`expect_…`), and it fetches that in one round trip. What was not told beforehand is fetched
 * all the same when it is asked for. */
#ifndef TM_ENGINE_H
#define TM_ENGINE_H

#include "tm/store.h"

typedef struct tm_engine {
	bool (*takes)(const char *path);
	status (*open)(tm_store **out, context *c, const char *path, tm_store_mode mode);
	void (*close)(tm_store *s);

	status (*begin)(tm_store *s);
	status (*commit)(tm_store *s);
	status (*commit_part)(tm_store *s);
	void (*rollback)(tm_store *s);
	status (*begin_read)(tm_store *s);
	void (*end_read)(tm_store *s);

	status (*add)(tm_store *s, const tm_unit *u, bool *added);
	status (*get)(tm_store *s, uint32_t id, tm_unit *out, bool *found);
	status (*remove)(tm_store *s, uint32_t id, bool *found);
	status (*each)(tm_store *s, uint64_t *lost,
		status (*take)(void *user, uint32_t id, const tm_unit *u), void *user);

	/* For tm/sync.c. */
	status (*each_after)(tm_store *s, uint32_t after,
		status (*take)(void *user, uint32_t id, const tm_unit *u), void *user);
	status (*settled)(tm_store *s, uint32_t *last, bool *settled);
	status (*present)(tm_store *s, const uint32_t *ids, size_t n, bool *there);

	status (*last)(tm_store *s, uint32_t *id);
	status (*count)(tm_store *s, tm_store_counts *out);
	status (*pairs)(tm_store *s,
		status (*take)(void *user, slice source, slice target, uint64_t units),
		void *user);
	status (*usual_pairs)(tm_store *s,
		status (*take)(void *user, slice source, slice target, uint64_t units),
		void *user);
	status (*set_meta)(tm_store *s, const char *key, slice value);
	status (*get_meta)(tm_store *s, const char *key, buffer *value);

	const char *(*missing)(const tm_store *s); /* NULL: nothing ever is */
	uint64_t (*withdrawn)(tm_store *s);        /* NULL: none ever is */
	status (*sweep)(tm_store *s);
	status (*reindex)(tm_store *s);
	status (*tune)(tm_store *s);
	status (*verify)(tm_store *s, bool *index_only);
	/* Into ranks, where they are not known to be of today. */
	status (*read_ranks)(tm_store *s);

	status (*near_lists)(tm_store *s, uint64_t word, unsigned first, unsigned last,
		tm_take_chunk *take, void *user);
	status (*word_list)(tm_store *s, uint64_t word_key, slice tag, unsigned side,
		tm_take_chunk *take, void *user);
	status (*digest)(tm_store *s, uint32_t id, const unsigned char **pieces, size_t *n);
	status (*of_shape)(tm_store *s, uint64_t shape, slice text, tm_relative *units,
		size_t most, size_t *n);
	status (*of_text)(tm_store *s, uint64_t shape, slice text, tm_relative *units,
		size_t most, size_t *n); /* NULL in far ones */
	status (*texts)(tm_store *s, uint32_t id, slice *source, slice *target, uint64_t *pair,
		bool *found);
	bool (*texts_are_all)(const tm_store *s);

	/* Of far engines; NULL in near ones. */
	status (*expect_near)(tm_store *s, const uint64_t *words, size_t n, unsigned first,
		const unsigned *last, bool *stale);
	status (*expect_words)(tm_store *s, const uint64_t *word_keys, size_t n, slice tag,
		unsigned side, size_t most);
	status (*expect_digests)(tm_store *s, const uint32_t *ids, size_t n);
	status (*expect_units)(tm_store *s, const uint32_t *ids, size_t n);
} tm_engine;

#define TM_ENGINE(name) extern const tm_engine tm_engine_##name;
#include "tm/engines.def"
#undef TM_ENGINE

/* What all engines have; an engine's own struct begins with it. */
struct tm_store {
	const tm_engine *engine;
	context *context;
	const char *path;
	/* --- tm/rarity.c --- */
	uint64_t *ranks; /* an open hash table of keys and ranks, two words a slot */
	size_t rank_slots, rank_count;
	bool ranks_read;
	uint64_t ranks_hash;
	/* --- tm/listing.c --- */
	tm_pieces *pieces;
	tm_ordered ordered;
	posting_sorter *lists;
	ARRAY(int64_t) list_keys; /* of a unit’s entries */
	buffer chunk, text;       /* scratch */
};

/* The fields above; what was made is freed by tm_store_free_common, after a failure too. */
MUST_USE status tm_store_init_common(tm_store *s, const tm_engine *engine, context *c);
void tm_store_free_common(tm_store *s);
/* Can all units be read? */
MUST_USE status tm_read_all(tm_store *s);

static inline uint64_t
tm_mixed(uint64_t x)
{
	x ^= x >> 32;
	x *= UINT64_C(0xD6E8FEB86659FD93);
	return x ^ x >> 32;
}

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

/* Ranks as `meta` has them. */
status tm_rarity_use(tm_store *s, slice list);
/* What was counted says from now on what is common; the store has so many units. */
status tm_rarity_keep(tm_store *s, tm_counter *counter, uint64_t units);
status tm_rarity_forget(tm_store *s); /* nothing is common */
/* The keys of n pieces in the order of rarity. */
status tm_order(tm_store *s, const uint64_t *keys, size_t n, uint64_t salt, tm_ordered *o);

/* Units before commonness is measured; times as many units when it is measured anew; units on
 * which it was measured, from which on it is not. */
#define TM_RANKS_FROM 500
#define TM_RANKS_AGAIN 8
#define TM_RANKS_ENOUGH 200000
#define TM_RANKS_SAMPLE 100000 /* units that are looked at */
/* Was it measured on far fewer units than there are? */
bool tm_rarity_is_outgrown(slice ranked, uint64_t units);

/* --- tm/listing.c --- */

/* The entries of a unit go to the sorter: those by which it is found as similar, by the keys of
 * its n pieces; and the words of a side, whose pieces were cut just now. */
status tm_list_near(tm_store *s, uint32_t unit, const uint64_t *keys, size_t n, uint64_t salt);
status tm_list_words(tm_store *s, slice tag, unsigned side, uint32_t unit);

#endif
