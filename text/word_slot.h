/* How a word is found in the table: for text/word.c and text/token.c only. */
#ifndef TEXT_WORD_SLOT_H
#define TEXT_WORD_SLOT_H

#include <string.h>

#include "text/scan.h"
#include "text/word.h"

typedef struct word_search { /* a word on its way to its slot */
	slice text;
	uint64_t head, tail; /* as in the slot */
	uint32_t hash;       /* whose low bits choose the slot */
} word_search;

static inline uint64_t
word_load(const char *p)
{
	uint64_t bytes;

	memcpy(&bytes, p, sizeof(bytes));
	return bytes;
}

/* A product mixes upwards: turned about, it has its best bits low, for the next one to spread
 * and for the table to choose slots by. Words that count up (A/RES/1, A/RES/2 …) are as far
 * apart as any. */
static inline uint32_t
word_hash(slice s, uint64_t head, uint64_t tail)
{
	uint64_t half = __builtin_bswap64(head * UINT64_C(0x9E3779B97F4A7C15)) ^ tail;
	uint64_t hash = __builtin_bswap64(half * UINT64_C(0xBF58476D1CE4E5B9));

	if (s.n > 16)
		hash ^= slice_hash(s);
	return (uint32_t)hash;
}

static inline word_search
word_search_of(slice s)
{
	char bytes[16] = { 0 };

	if (s.n != 0)
		memcpy(bytes, s.p, s.n < 16 ? s.n : 16);
	uint64_t head = word_load(bytes);
	uint64_t tail = word_load(s.n > 16 ? s.p + s.n - 8 : bytes + 8);
	return (word_search){ s, head, tail, word_hash(s, head, tail) };
}

/* Of a word of less than sixteen bytes, none of which is zero? */
static inline bool
word_tail_is_short(uint64_t tail)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return (tail & 0xFF) == 0;
#else
	return tail >> 56 == 0;
#endif
}

/* Head and tail alone, of a text whose sixteen first bytes may be read, however short it is.
 * Lengths of words follow no order, so no branch is taken on them but for the long ones. */
static inline word_search
word_search_begin(slice s)
{
	word_search x = { .text = s };

	if (s.n > 16) {
		x.head = word_load(s.p);
		x.tail = word_load(s.p + s.n - 8);
	} else
		scan_halves(scan_first(scan_load(s.p), s.n), &x.head, &x.tail);
	return x;
}

static inline bool
word_slot_fits(const words *w, const struct word_slot *slot, const word_search *s)
{
	if (slot->head != s->head || slot->tail != s->tail)
		return false;
	return word_tail_is_short(s->tail) || slice_equal(w->list.at[slot->id].text, s->text);
}

/* The slot that holds the text, or the empty one where it belongs. Valid until the next word is
 * added. */
static inline struct word_slot *
word_slot_find(const words *w, const word_search *s)
{
	uint32_t i = s->hash & w->slot_mask;

	while (!word_slot_fits(w, &w->slots[i], s) && w->slots[i].id != 0)
		i = (i + 1) & w->slot_mask;
	return &w->slots[i];
}

#endif
