/* Which units have a word: lists of unit numbers in the store's table `posting`, a row a chunk.
 *
 * There are two kinds of lists. A near list serves the search for similar segments: a unit is
 * in the lists of its rarest pieces only, as many as any segment at least half like it must
 * share one of (prefix filtering: Chaudhuri, Ganti & Kaushik 2006; Xiao et al. 2008), apart by
 * length, each entry with the number of pieces, the place of this one in the order of rarity
 * and a signature of all of them, so that most units are refused without being read. A word
 * list, of a side, has every unit in which the word stands.
 *
 * Key of a row: a bit for the kind of list, 43 of the word, 6 of the class (of length, or the
 * side), 14 of the chunk. Words whose 43 bits are equal share lists, which costs time and
 * nothing else: what a list proposes is looked at.
 *
 * A chunk is a checksum, its last unit, and the entries, each with the difference to the unit
 * before it. A chunk that does not check out is a damaged index, never a wrong answer. Units
 * grow in a chunk; from one chunk of a list to the next they need not, and one may be there
 * twice, since many programs write.
 *
 * Entries of many units are sorted first, in memory or by way of a temporary file, so that each
 * list is written once. */
#ifndef TM_POSTINGS_H
#define TM_POSTINGS_H

#include "base/buffer.h"
#include "base/context.h"

#define POSTING_CLASSES 64 /* of length */
#define POSTING_SOURCE 0   /* sides */
#define POSTING_TARGET 1
#define SIGNATURE_WORDS 4 /* of the widest */

/* A signature: a bit for each piece, in as many words as its length deserves. */
typedef struct signature {
	uint64_t word[SIGNATURE_WORDS];
} signature;

static inline unsigned
signature_words(size_t pieces)
{
	return pieces <= 16 ? 1 : pieces <= 40 ? 2 : SIGNATURE_WORDS;
}

static inline unsigned
signature_bit(unsigned width, uint64_t key)
{
	return (unsigned)(key >> 56) & (64 * width - 1);
}

static inline void
signature_add(signature *s, unsigned width, uint64_t key)
{
	unsigned bit = signature_bit(width, key);

	s->word[bit / 64] |= UINT64_C(1) << (bit % 64);
}

typedef struct near_entry {
	uint32_t unit;
	uint8_t pieces, place; /* 255: 255 or more */
	signature of;
} near_entry;

/* Of 1 to 8 pieces the number itself, of more a step for every quarter; at most 63. All of one
 * class have signatures of one width. */
unsigned posting_class(size_t pieces);
#define POSTING_CLASS_OF_16 12
#define POSTING_CLASS_OF_40 17
static inline unsigned
posting_class_words(unsigned class_)
{
	return class_ <= POSTING_CLASS_OF_16   ? 1
	       : class_ <= POSTING_CLASS_OF_40 ? 2
					       : SIGNATURE_WORDS;
}

#define POSTING_CHUNKS 0x4000 /* of a list: keys from its own on */

static inline int64_t
posting_near_key(uint64_t hash, unsigned class_)
{
	return (int64_t)(hash >> 21 << 20 | (uint64_t)class_ << 14 | UINT64_C(1) << 63);
}

static inline int64_t
posting_word_key(uint64_t hash, unsigned side)
{
	return (int64_t)(hash >> 21 << 20 | (uint64_t)side << 14);
}

/* --- digests --- */

/* The pieces of a unit's source in turn, two bytes of each key: enough to refuse, without
 * reading it, a unit that has the words in another order. Rows of posting hold them, the units
 * of one number divided by DIGEST_UNITS together; a unit of many pieces has none. */
#define DIGEST_UNITS 32
#define DIGEST_PIECES 200

static inline int64_t
posting_digest_key(uint32_t unit)
{
	return (int64_t)((uint64_t)(unit / DIGEST_UNITS) << 20 | UINT64_C(2) << 14);
}

static inline bool
posting_is_digest(int64_t key)
{
	return key >= 0 && ((uint64_t)key >> 14 & 0x3F) == 2;
}

static inline uint16_t
digest_of(uint64_t key)
{
	return (uint16_t)(key >> 48);
}

/* Appends a unit to a row, which may be empty; posting_seal closes the row. */
void digest_append(buffer *row, uint32_t unit, const uint64_t *keys, size_t n);
void digest_copy(buffer *row, uint32_t unit, const unsigned char *pieces, size_t n);
/* The two bytes of each of *n pieces, little-endian; NULL when the row has none of that unit.
 * False: damaged. */
bool digest_find(slice row, uint32_t unit, const unsigned char **pieces, size_t *n);
bool digest_is_sound(slice row);

static inline bool
posting_is_near(int64_t key)
{
	return key < 0;
}

static inline unsigned
posting_class_of(int64_t key)
{
	return (unsigned)((uint64_t)key >> 14 & 0x3F);
}

/* Reads the entries of a chunk. */
typedef struct posting_reader {
	const unsigned char *p, *end;
	uint32_t unit, last;
	unsigned words; /* of signatures */
} posting_reader;

void posting_begin(posting_reader *r, int64_t key); /* of packed entries at p */
/* False: damaged. */
bool posting_open(posting_reader *r, int64_t key, const void *chunk, size_t n);
bool posting_next_near(posting_reader *r, near_entry *out); /* false at the end */
bool posting_next(posting_reader *r, uint32_t *unit);
/* Of a word list: the next units, as many as there are and have room. */
size_t posting_next_units(posting_reader *r, uint32_t *units, size_t room);
/* After the end: were all bytes what they should be? */
bool posting_ended_well(const posting_reader *r);
bool posting_is_sound(int64_t key, slice chunk); /* all of it; of a row of digests too */

typedef struct posting_record {
	int64_t key;
	near_entry entry; /* of a word list: the unit alone */
} posting_record;

#define POSTING_ENTRY_MOST 39 /* bytes of a packed entry */

/* An entry behind one of the unit `last`, or of 0 where it is the first; returns its bytes. */
size_t posting_pack(unsigned char *out, const posting_record *r, uint32_t last);

/* Appends an entry to a chunk, which may be empty. False: it begins with a later unit, and the
 * entry wants a chunk of its own. */
bool posting_append(buffer *chunk, const posting_record *r);
/* Puts the checksum of a chunk whose entries are all there. */
void posting_seal(buffer *chunk);

typedef struct posting_sorter posting_sorter;

MUST_USE status posting_sorter_open(posting_sorter **out, context *c);
void posting_sorter_close(posting_sorter *s); /* NULL is fine */
bool posting_sorter_is_empty(const posting_sorter *s);
/* Entries of those lists are going to be added, which is cheaper when it was told before. */
void posting_sorter_expect(const posting_sorter *s, const int64_t *keys, size_t n);
MUST_USE status posting_sorter_add(posting_sorter *s, const posting_record *r);
/* Call when all are in; then next gives them by key, units in the order in which they came.
 * *more is false at the end, when the sorter is empty again. */
MUST_USE status posting_sorter_sort(posting_sorter *s);
MUST_USE status posting_sorter_next(posting_sorter *s, posting_record *out, bool *more);
void posting_sorter_clear(posting_sorter *s);

#endif
