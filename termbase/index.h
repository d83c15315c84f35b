/* The matching index: everything a check needs of a termbase in one block of bytes that is used
 * where it lies, mapped from a file or built in memory.
 *
 * A trie over the keys of pieces (termbase/surface.h) held in one open-addressing table of
 * (node, key) → node, with a bit filter over first words before it and those of
 * termbase/filter.h over what follows; terms, concepts, the set of known words, the official
 * names by two of their words (termbase/names.h), the concepts of the index below that it
 * hides, and the strings follow. Trials (design contract, section 10) measured 294 MB/s with
 * 20,000 terms for this shape, six times an Aho–Corasick automaton, in a thirtieth of its
 * memory.
 *
 * Invariants, checked by index_open: magic, version, byte order and total size are right; the
 * sections lie one after the other inside the block; every number of a term or a concept that
 * is an index or a place is in range, no chain of terms is endless, and every table has an
 * empty slot. What reads an index afterwards checks nothing but the terms that stand in tables
 * (index_slot_term, termbase/names.c): other damage gives wrong answers, never a wrong access.
 * The checksum, which finds all damage, is compared by index_verify: a tenth of the work for a
 * letter, if opening did it. */
#ifndef TERMBASE_INDEX_H
#define TERMBASE_INDEX_H

#include "base/buffer.h"
#include "termbase/filter.h"
#include "termbase/glossary.h"

#define INDEX_VERSION 6
#define INDEX_FILTER_BITS 65536

typedef struct index_text { /* in the strings */
	uint32_t at, n;
} index_text;

typedef struct index_slot {
	uint32_t node, key; /* key 0: empty slot */
	uint32_t next;      /* the node that key leads to */
	uint32_t term;      /* the first term that ends there, counted from 1; 0: none */
} index_slot;

typedef struct index_term {
	index_text text;    /* as the glossary writes it */
	index_text surface; /* as surface_of writes it */
	uint32_t concept;
	uint32_t next; /* the next term of the same keys, counted from 1; 0: none */
	uint8_t language, status, flags, pieces;
} index_term;

typedef struct index_concept {
	index_text id, subject, source, note, article;
	uint32_t term, term_count;
	uint8_t gender, evidence;
	uint8_t unused[2];
} index_concept;

typedef struct index_name {   /* termbase/names.h; first 0: empty slot */
	uint32_t first, rare; /* keys of two of its words */
	uint32_t term;
} index_name;

typedef struct term_index {
	slice bytes;
	const uint64_t *filter;
	filter_bits runs[FILTERS];
	const index_slot *slots;
	uint32_t slot_mask;
	const index_term *terms;
	uint32_t term_count;
	const index_concept *concepts;
	uint32_t concept_count;
	const uint64_t *known; /* hashes; 0: empty slot */
	uint32_t known_mask;
	const index_name *names;
	uint32_t name_mask;
	const uint32_t *hidden; /* concepts of the index that has the mark `base` */
	uint32_t hidden_count, base;
	const char *strings;
} term_index;

/* Appends the index of a glossary to out. Deterministic: the same glossary gives the same
 * bytes. STATUS_FORMAT names a term that cannot be matched. */
MUST_USE status index_build(buffer *out, context *c, const glossary *g);

/* Looks into bytes (borrowed, aligned to 8). STATUS_DAMAGED with a message otherwise. */
MUST_USE status index_open(term_index *x, context *c, slice bytes, const char *name);

/* Reads it through: STATUS_DAMAGED with a message when it is not what was written. */
MUST_USE status index_verify(const term_index *x, context *c, const char *name);

/* What tells an index from all others, never 0. */
uint32_t index_mark(const term_index *x);

static inline slice
index_string(const term_index *x, index_text t)
{
	return (slice){ x->strings + t.at, t.n };
}

/* What the filter is asked for a word that may begin a term: the key of its first piece; of a
 * piece of three bytes or less its own letters, so that not every « la » begins « La Haye ».
 * key: surface_key of the whole form, which is mostly the answer. */
uint32_t index_opening(slice form, uint32_t key);

/* Can a term begin with this opening? */
static inline bool
index_begins(const term_index *x, uint32_t key)
{
	uint32_t bit = key % INDEX_FILTER_BITS;

	return x->filter[bit / 64] >> (bit % 64) & 1;
}

/* The slot of (node, key); NULL when no term goes on this way. The root is node 0. */
const index_slot *index_step(const term_index *x, uint32_t node, uint32_t key);

/* The first term that ends at a slot, counted from 1; 0: none. */
static inline uint32_t
index_slot_term(const term_index *x, const index_slot *slot)
{
	return slot->term <= x->term_count ? slot->term : 0;
}

/* Is the word, spelled exactly so, part of a term of that language? */
bool index_knows(const term_index *x, slice form, language l);

#endif
