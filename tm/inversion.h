/* Entries of the index in memory, as they come: a list for each key, its entries packed as in
 * the chunks of the table. A word that a thousand units have costs a key and a thousand bytes,
 * and what is sorted in the end is keys, not entries (single-pass inversion: Heinz & Zobel
 * 2003).
 *
 * A list is a chain of blocks, each twice as long as the one before up to a length; blocks lie
 * one after the other in parts, so that nothing is moved when a list grows. */
#ifndef TM_INVERSION_H
#define TM_INVERSION_H

#include "tm/postings.h"

typedef struct inverted_list {
	uint64_t key;         /* with the sign turned round: in the order of the table */
	uint32_t first;       /* its first block; 0: a free slot */
	uint32_t at;          /* where the next byte goes */
	uint16_t room, block; /* bytes left of that block, and all of it */
	uint32_t last;        /* unit */
	uint32_t n, bytes;    /* entries, and what they take */
} inverted_list;

typedef struct inverted_key {
	uint64_t key;
	uint32_t slot;
} inverted_key;

typedef struct inversion {
	const memory *memory;
	inverted_list *slots; /* an open hash table */
	size_t slot_count;
	size_t n; /* lists */
	ARRAY(unsigned char *) parts;
	size_t used;                /* bytes of parts */
	ARRAY(inverted_key) sorted; /* by inversion_sort */
} inversion;

void inversion_init(inversion *v, const memory *m);
void inversion_free(inversion *v);
void inversion_clear(inversion *v); /* keeps its memory */
bool inversion_is_full(const inversion *v);
/* Entries of those lists are going to be added: their places are fetched from memory meanwhile.
 */
void inversion_expect(const inversion *v, const int64_t *keys, size_t n);
/* A unit that comes twice in a row for a word of a side is there once. */
MUST_USE status inversion_add(inversion *v, const posting_record *r);
MUST_USE status inversion_sort(inversion *v);
/* The i-th list in the order of the table. */
const inverted_list *inversion_list(const inversion *v, size_t i);
/* The packed entries of a list, which must have room. */
void inversion_copy(const inversion *v, const inverted_list *list, unsigned char *out);

#endif
