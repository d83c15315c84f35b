/* Which runs of words can be a term, told by bits, before the trie is asked.
 *
 * Beyond some ten thousand terms nearly every word of a text begins one, and nearly every step
 * into the trie is a miss of the cache. So the keys of a run are hashed as they come and the
 * hash is looked up in three sets of bits: the keys that are a term alone, the first two keys
 * of longer ones, and, deeper, the first three, four … and where terms end. Most words go no
 * further than one look into the second, which stays in the cache with 100,000 terms (a
 * sixteenth of a word of memory for each); the trie is asked where a term is almost sure to
 * end.
 *
 * A set has two bits for each entry in one word of 64, a word for eight entries or fewer, so
 * that it says yes wrongly about four times in a hundred and costs one access (after Putze,
 * Sanders and Singler, "Cache-, Hash- and Space-Efficient Bloom Filters", 2007). It never says
 * no wrongly. Numbers count as one key, whatever they are. A term of one key that begins with a
 * capital is never met in small letters (« au » is not AU, nor « partie » a Party to a treaty),
 * so that words are asked for as they are written. */
#ifndef TERMBASE_FILTER_H
#define TERMBASE_FILTER_H

#include "base/context.h"

enum filter_depth { FILTER_ALONE, FILTER_PAIRS, FILTER_DEEP, FILTERS };

typedef struct filter_bits {
	const uint64_t *at;
	uint32_t mask; /* of the words */
} filter_bits;

#define FILTER_NUMBER 3u /* stands for the key of any number */

/* The hash of the keys so far, and one more; 0 before the first. */
static inline uint64_t
filter_chain(uint64_t chain, uint32_t key)
{
	return (chain ^ key) * UINT64_C(0x9E3779B97F4A7C15) + (chain >> 29);
}

/* Of a word alone, from its chain: is it in small letters? */
static inline uint64_t
filter_alone(uint64_t chain, bool small)
{
	return chain + (small ? 0 : UINT64_C(0xA0761D6478BD642F));
}

/* Of a run that is a whole term. */
static inline uint64_t
filter_whole(uint64_t chain)
{
	return (chain ^ UINT64_C(0x5851F42D4C957F2D)) * UINT64_C(0xD6E8FEB86659FD93);
}

static inline bool
filter_has(filter_bits set, uint64_t chain)
{
	uint64_t bits = set.at[(chain >> 44) & set.mask];

	return (bits >> (chain >> 32 & 63) & bits >> (chain >> 38 & 63) & 1) != 0;
}

/* --- building --- */

typedef struct filter_builder {
	const memory *memory;
	ARRAY(uint64_t) chains[FILTERS];
} filter_builder;

/* Adds a term by its keys; capital: it begins with one. */
MUST_USE status filter_add(filter_builder *b, const uint32_t *keys, size_t n, bool capital);
/* The bits of one depth in an arena: a power of two of words, sixteen at least. */
MUST_USE status filter_make(
	const filter_builder *b, enum filter_depth depth, arena *from, filter_bits *out);
void filter_free(filter_builder *b);

#endif
