/* Is a word one of a list? Rules keep short lists of words and ask nearly every token about
 * some of them, mostly in vain.
 *
 * A list is known by its address, for it never changes. Its words have a bit each of 256, which
 * their hashes say (the rolling one, which every distinct word has at hand), and nearly every
 * other word is known by its bit to be none of them: the bits of all lists that are asked about
 * stay in the cache. What was found last for another word and a list is kept as long as the
 * numbers of words last. */
#ifndef CHECKER_LISTS_H
#define CHECKER_LISTS_H

#include "text/word.h"

#define LISTS 512 /* places, a power of two; rules ask about two hundred lists */

typedef struct list_bits {
	uintptr_t list; /* its address; 0: an empty place */
	uint64_t bits[4];
} list_bits;

typedef struct list_answer {
	uintptr_t list; /* its address; odd: of lemmas */
	uint32_t lower;
	bool yes;
} list_answer;

typedef struct word_lists {
	const memory *memory;
	list_bits *lists;
	list_answer *answers;
	size_t answers_mask;
	uint32_t age; /* of the answers: as words.age */
} word_lists;

MUST_USE status lists_init(word_lists *l, const memory *m);
void lists_free(word_lists *l);

/* Before a block: forgets the answers when the words began anew, and makes room for more of
 * them in what has more words than a letter. */
MUST_USE status lists_begin_block(word_lists *l, const words *w);

/* The place of the answer for a word, by the number of its lower-case form, and a list; for
 * lemmas, the address of the list with its lowest bit set. It is another's unless list and
 * lower say so. */
static inline list_answer *
lists_answer(const word_lists *l, uint32_t lower, uintptr_t list)
{
	uint64_t mixed =
		((uint64_t)list ^ (uint64_t)lower << 32) * UINT64_C(0x9E3779B97F4A7C15);

	return &l->answers[mixed >> 51 & l->answers_mask];
}

/* The place where the bits of a list are looked for first. */
static inline list_bits *
lists_place(const word_lists *l, const char *const *list)
{
	uint64_t mixed = (uint64_t)(uintptr_t)list * UINT64_C(0x9E3779B97F4A7C15);

	return &l->lists[mixed >> 48 & (LISTS - 1)];
}

static inline bool
list_may_have(const list_bits *b, uint64_t hash)
{
	return (b->bits[hash >> 62] >> (hash >> 56 & 63) & 1) != 0;
}

/* Finds the answer where lists_has has none. */
bool lists_find(const word_lists *l, const words *w, uint32_t lower, const char *const *list);

/* Is the text one of a list that ends with NULL? No answer is kept: for lemmas and other texts
 * that have no number. */
bool lists_has_text(const word_lists *l, slice text, const char *const *list);

/* Is the word, by its number, in lower case, one of a list that ends with NULL? 0 is none. */
static inline bool
lists_has(const word_lists *l, const words *w, uint32_t lower, const char *const *list)
{
	const list_bits *b = lists_place(l, list);

	if (b->list == (uintptr_t)list && !list_may_have(b, w->hot.at[lower].rolling))
		return false;
	const list_answer *a = lists_answer(l, lower, (uintptr_t)list);
	if (a->list == (uintptr_t)list && a->lower == lower)
		return a->yes;
	return lists_find(l, w, lower, list);
}

#endif
