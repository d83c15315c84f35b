/* The store of a translation memory: units, and the index by which they are found, changed in
 * one transaction, so that the two never differ. Engines keep it (tm/engine.h): a file of
 * SQLite, or a database that many share.
 *
 * Several programs may read a store while one writes (WAL). Between tm_store_begin and
 * tm_store_commit nothing is seen by others, and a program that is killed leaves what was
 * committed. Inserting costs the same whatever the store holds.
 *
 * The tables of a file (tm/postgres.h has those of a database):
 *
 *   unit      source, target, shape (hash of the keys of its pieces and of the languages),
 *             same (hash of all that makes it the unit it is), languages, document, info (the
 *             rest, packed)
 *   name      of documents and of pairs of languages, numbered
 *   posting   the index (tm/postings.h); made anew from the units by tm_store_reindex
 *   meta      small facts; `ranks`: the commonest words, by which "rare" is measured */
#ifndef TM_STORE_H
#define TM_STORE_H

#include "tm/piece.h"
#include "tm/postings.h"
#include "tm/unit.h"

#define TM_STORE_VERSION 1

typedef struct tm_store tm_store;

typedef enum tm_store_mode {
	TM_STORE_READ,           /* it must be there */
	TM_STORE_WRITE,          /* made when it is not there */
	TM_STORE_READ_REACHABLE, /* of several databases those that answer */
} tm_store_mode;

MUST_USE status tm_store_open(tm_store **out, context *c, const char *path, tm_store_mode mode);
void tm_store_close(tm_store *s); /* NULL is fine; undoes what was not committed */
const char *tm_store_path(const tm_store *s);
/* The databases that did not answer and were left out, with commas between; NULL: none. */
const char *tm_store_missing(const tm_store *s);

MUST_USE status tm_store_begin(tm_store *s);
MUST_USE status tm_store_commit(tm_store *s);
/* Commits the units of a long import and goes on; their index is written by tm_store_commit.
 * When a program is killed before that, the units are there, and the next import or
 * tm_store_tune makes the index anew. */
MUST_USE status tm_store_commit_part(tm_store *s);
void tm_store_rollback(tm_store *s);

/* Adds a unit. One with the same segments, codes included, languages and document is there
 * already: then *added is false. Without a transaction of the caller it is
 * one of its own; in one, the index is written by commit, and searching finds the unit only
 * then. */
MUST_USE status tm_store_add(tm_store *s, const tm_unit *u, bool *added);
/* Of the units that were told as added since the transaction began, or this was asked last, how
 * many turned out to be there when they were written: an engine that is far away looks them up
 * together. */
uint64_t tm_store_withdrawn(tm_store *s);
MUST_USE status tm_store_get(tm_store *s, uint32_t id, tm_unit *out, bool *found);
MUST_USE status tm_store_remove(tm_store *s, uint32_t id, bool *found);

/* All units in the order in which they came; the callback may write. A part of the file that
 * cannot be read is passed over when lost is given, which counts the units not reached. */
MUST_USE status tm_store_each(tm_store *s, uint64_t *lost,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user);

/* --- for tm/sync.c: what came since --- */

/* The units with greater numbers, in their order. */
MUST_USE status tm_store_each_after(tm_store *s, uint32_t after,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user);
/* The greatest number of a unit, and whether all units up to it can be seen: another writer may
 * have taken a number and not be done, for which this waits a little. Units that are added
 * later have greater numbers. */
MUST_USE status tm_store_settled(tm_store *s, uint32_t *last, bool *settled);
/* Which of the numbers are those of units. */
MUST_USE status tm_store_present(tm_store *s, const uint32_t *ids, size_t n, bool *there);

typedef struct tm_store_counts {
	uint64_t units, documents, pairs, bytes; /* bytes: of the file */
} tm_store_counts;
MUST_USE status tm_store_count(tm_store *s, tm_store_counts *out);
/* Pairs of languages with the number of their units, the commonest first. */
MUST_USE status tm_store_pairs(tm_store *s,
	status (*take)(void *user, slice source, slice target, uint64_t units), void *user);

/* The same without the numbers (0), and the commonest first as far as a sample tells: counting
 * reads the whole file. */
MUST_USE status tm_store_usual_pairs(tm_store *s,
	status (*take)(void *user, slice source, slice target, uint64_t units), void *user);

/* What is read between the two is of one moment, whatever others write. Not needed inside
 * tm_store_begin. */
MUST_USE status tm_store_begin_read(tm_store *s);
void tm_store_end_read(tm_store *s);

MUST_USE status tm_store_set_meta(tm_store *s, const char *key, slice value);
MUST_USE status tm_store_get_meta(tm_store *s, const char *key, buffer *value);

/* Units were removed in the transaction: their entries in the index go. An engine may leave
 * them until the index is made anew, since what a list proposes is looked at. */
MUST_USE status tm_store_sweep(tm_store *s);
/* Makes the index anew from the units, in a transaction of its own. */
MUST_USE status tm_store_reindex(tm_store *s);
/* Makes it anew if so many units came since rarity was measured that searching suffers. */
MUST_USE status tm_store_tune(tm_store *s);
/* Reads the file through: STATUS_DAMAGED when it is not what SQLite wrote, or the index does
 * not fit the units; *index_only when reindexing mends it. */
MUST_USE status tm_store_verify(tm_store *s, bool *index_only);

/* --- for tm/match.c and tm/concordance.c --- */

/* A pair of languages as a salt of keys: primary subtags, lower case. */
uint64_t tm_pair_salt(slice source, slice target);
uint64_t tm_side_salt(slice language);
uint64_t tm_shape(const tm_pieces *p, uint64_t salt);

/* A unit's pieces in the order of rarity, the rarest first; equal ones are numbered apart. */
typedef struct tm_ordered {
	ARRAY(uint64_t) keys; /* with the salt in */
	ARRAY(uint64_t) ranks;
	signature of[3]; /* of 1, 2 and 4 words */
} tm_ordered;
MUST_USE status tm_store_order(tm_store *s, const tm_pieces *p, uint64_t salt, tm_ordered *out);
void tm_ordered_free(tm_ordered *o, const memory *m);
/* How many of n pieces, in that order, a unit is listed under. */
static inline size_t
tm_listed(size_t n)
{
	return n / 2 + 1 < n ? n / 2 + 1 : n;
}

/* How common a word is: 0 for a rare one; from tm_store_common_rank on, words like “the”. */
MUST_USE status tm_store_rank(tm_store *s, uint64_t word_key, uint64_t *out);
uint64_t tm_store_common_rank(const tm_store *s);
MUST_USE status tm_store_last(tm_store *s, uint32_t *id); /* the greatest number of a unit */

typedef status tm_take_chunk(void *user, int64_t key, const void *chunk, size_t n);
/* Chunks of the near lists of a word, of one class to another, in order. */
MUST_USE status tm_store_near_lists(tm_store *s, uint64_t word, unsigned first, unsigned last,
	tm_take_chunk *take, void *user);
/* Chunks of the list of a word on a side (POSTING_SOURCE, POSTING_TARGET). */
MUST_USE status tm_store_word_list(tm_store *s, uint64_t word_key, slice tag, unsigned side,
	tm_take_chunk *take, void *user);

/* The digest of a unit, valid until the next call of this function; NULL: it has none. */
MUST_USE status tm_store_digest(
	tm_store *s, uint32_t id, const unsigned char **pieces, size_t *n);

typedef struct tm_relative {
	uint32_t id;
	bool literal; /* false: surely of another text */
} tm_relative;
/* The units of one shape, in any order; *n of at most `most`. */
MUST_USE status tm_store_of_shape(
	tm_store *s, uint64_t shape, slice text, tm_relative *units, size_t most, size_t *n);
/* Of those the ones that are likely to be of that text; none where the store is far and tells
 * all of a shape at once. */
MUST_USE status tm_store_of_text(
	tm_store *s, uint64_t shape, slice text, tm_relative *units, size_t most, size_t *n);
/* The texts of a unit, valid until the next call of this function. */
MUST_USE status tm_store_texts(
	tm_store *s, uint32_t id, slice *source, slice *target, uint64_t *pair, bool *found);
/* Has the unit whose texts were asked for last any inline codes, properties or notes? */
bool tm_store_texts_are_all(const tm_store *s);

/* What is going to be read between tm_store_begin_read and _end_read, so that a store far away
 * fetches it in one round trip; they do nothing where the store is near. */
bool tm_store_is_far(const tm_store *s);
/* The near lists of words, of one class to another, which each word has its own. *stale: rarity
 * was measured anew meanwhile, and the words' order is another one. */
MUST_USE status tm_store_expect_near(tm_store *s, const uint64_t *words, size_t n,
	unsigned first, const unsigned *last, bool *stale);
/* Lists of words on a side, of which about `most` units are going to be read; 0: all. */
MUST_USE status tm_store_expect_words(tm_store *s, const uint64_t *word_keys, size_t n,
	slice tag, unsigned side, size_t most);
MUST_USE status tm_store_expect_digests(tm_store *s, const uint32_t *ids, size_t n);
MUST_USE status tm_store_expect_units(tm_store *s, const uint32_t *ids, size_t n);
status tm_store_index_damaged(tm_store *s);

#endif
