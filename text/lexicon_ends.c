/* See lexicon_ends.h. Forms are told apart by their hashes alone: two with the same one would
 * have the bits of both, which say no wrongly of neither. */
#include "text/lexicon_ends.h"

#include <string.h>

#include "text/rolling.h"
#include "text/utf8.h"

struct ends_slot {
	uint64_t rolling; /* 0: empty */
	lexicon_ends ends;
};

status
ends_init(ends_table *e, const memory *m, size_t forms)
{
	size_t count = 1024;

	while (count < 2 * forms)
		count *= 2;
	*e = (ends_table){ m, memory_alloc(m, count * sizeof(*e->slots)), count - 1 };
	if (e->slots == NULL)
		return STATUS_MEMORY;
	memset(e->slots, 0, count * sizeof(*e->slots));
	return STATUS_OK;
}

void
ends_free(ends_table *e)
{
	memory_free(e->memory, e->slots);
}

static struct ends_slot *
slot_of(const ends_table *e, uint64_t rolling)
{
	size_t i = (size_t)(rolling >> 32) & e->mask;

	while (e->slots[i].rolling != rolling && e->slots[i].rolling != 0)
		i = (i + 1) & e->mask;
	return &e->slots[i];
}

void
ends_add(ends_table *e, slice form)
{
	uint64_t rolling = rolling_hash(form);

	slot_of(e, rolling)->rolling = rolling;
}

void
ends_split(ends_table *e, slice form)
{
	uint64_t last = 0, power = 1;
	size_t letters = 0;

	if (memchr(form.p, '-', form.n) != NULL || memchr(form.p, '\'', form.n) != NULL)
		return;
	for (size_t n = form.n; n-- > 1; power *= ROLLING_MULTIPLIER) {
		last += ((unsigned char)form.p[n] + UINT64_C(1)) * power;
		if (((unsigned char)form.p[n] & 0xC0) == 0x80)
			continue; /* amid a character */
		slice rest = slice_sub(form, 0, n);
		uint64_t first = rolling_hash(rest);
		bool letter_before = utf8_count(rest) == 1, letter_after = letters++ == 0;
		struct ends_slot *left = slot_of(e, first), *right = slot_of(e, last);
		if (left->rolling != 0 && letter_after)
			left->ends.after |= LEXICON_LETTER_AFTER;
		else if (left->rolling != 0 && !letter_before)
			left->ends.after |= (uint16_t)lexicon_bit_after(last);
		if (right->rolling != 0 && letter_before)
			right->ends.before |= LEXICON_LETTER_BEFORE;
		else if (right->rolling != 0 && !letter_after)
			right->ends.before |= (uint16_t)lexicon_bit_before(first);
	}
}

lexicon_ends
ends_of(const ends_table *e, slice form)
{
	return slot_of(e, rolling_hash(form))->ends;
}
