/* Official names of several words by two of their words: what a search for a name that is
 * almost right begins with. Of each long name the first word and the two rarest others are
 * kept, so that a name is found although one of those two is missing or wrong.
 *
 * A name here is a preferred or admitted term of three words or more beside articles and
 * prepositions, with a capital at its beginning. */
#ifndef TERMBASE_NAMES_H
#define TERMBASE_NAMES_H

#include "termbase/index.h"

#define NAME_PIECES 48
#define NAME_WORD 4 /* bytes of a word that names are looked up by */

typedef struct name_piece { /* a run of letters and digits */
	slice text;
	uint32_t key;  /* as surface_key */
	bool function; /* an article or a preposition: no two bodies differ by it */
} name_piece;

/* Keys of the pieces met last: making one costs as much as ten look-ups. All zero at first. */
#define NAME_KEYS 1024 /* a power of two */
typedef struct name_keys {
	struct {
		uint64_t hash;
		uint32_t key; /* 0: none yet */
		bool function;
	} at[NAME_KEYS];
} name_keys;

/* Cuts text into its first pieces, at most `most`. A mark other than a hyphen, an apostrophe,
 * a comma, a bracket or a slash ends it; *end is the byte where reading stopped. known may be
 * NULL. */
size_t name_pieces(name_piece *out, size_t most, slice text, size_t *end, name_keys *known);

/* The table of an index: mask + 1 entries, made on the arena. */
MUST_USE status names_build(index_name **out, uint32_t *mask, arena *a, const index_term *terms,
	uint32_t count, slice strings);

/* Where in the table the search for two words begins. */
static inline uint32_t
names_slot(uint32_t first, uint32_t rare, uint32_t mask)
{
	uint64_t x = ((uint64_t)first << 32 | rare) * 0x9E3779B97F4A7C15u;

	return (uint32_t)(x >> 32) & mask;
}

/* Does some name begin with the word of this key? */
bool names_begin(const term_index *x, uint32_t first);

/* The next name that begins with `first` and has `rare` as one of its rare words; false when
 * there is none. *at is 0 at first. */
static inline bool
names_next(const term_index *x, uint32_t first, uint32_t rare, uint32_t *at, uint32_t *term)
{
	uint32_t start = names_slot(first, rare, x->name_mask);

	for (;;) {
		const index_name *e = &x->names[(start + *at) & x->name_mask];
		if (e->first == 0)
			return false;
		++*at;
		if (e->first == first && e->rare == rare && e->term < x->term_count) {
			*term = e->term;
			return true;
		}
	}
}

#endif
