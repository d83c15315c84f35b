#include "tm/inversion.h"

#include <string.h>

#define LISTS_MOST ((size_t)3 << 15) /* three quarters of the largest table */
#define BYTES_MOST ((size_t)8 << 20) /* of blocks */
#define PART_BITS 16
#define PART_BYTES ((size_t)1 << PART_BITS)
#define NEXT 4 /* bytes of a block that say which one follows */
#define BLOCK_LARGEST 2048
#define SIGN (UINT64_C(1) << 63)

void
inversion_init(inversion *v, const memory *m)
{
	*v = (inversion){ .memory = m };
}

void
inversion_free(inversion *v)
{
	for (size_t i = 0; i < v->parts.n; i++)
		memory_free(v->memory, v->parts.at[i]);
	ARRAY_FREE(v->memory, &v->parts);
	ARRAY_FREE(v->memory, &v->sorted);
	memory_free(v->memory, v->slots);
	inversion_init(v, v->memory);
}

void
inversion_clear(inversion *v)
{
	if (v->n != 0)
		memset(v->slots, 0, v->slot_count * sizeof(*v->slots));
	v->n = v->used = v->sorted.n = 0;
}

bool
inversion_is_full(const inversion *v)
{
	return v->n >= LISTS_MOST || v->used >= BYTES_MOST;
}

/* --- the table --- */

/* Classes and sides are in the bits above the lowest 14, hashes above those. */
static inline size_t
first_slot(const inversion *v, uint64_t key)
{
	return (key >> 14 ^ key >> 30) & (v->slot_count - 1);
}

static inline size_t
slot_of(const inversion *v, uint64_t key)
{
	size_t at = first_slot(v, key);

	while (v->slots[at].first != 0 && v->slots[at].key != key)
		at = (at + 1) & (v->slot_count - 1);
	return at;
}

static status
grow(inversion *v)
{
	inverted_list *old = v->slots;
	size_t count = v->slot_count;

	v->slot_count = count == 0 ? 256 : 2 * count;
	v->slots = memory_alloc(v->memory, v->slot_count * sizeof(*v->slots));
	if (v->slots == NULL) {
		v->slots = old;
		v->slot_count = count;
		return STATUS_MEMORY;
	}
	memset(v->slots, 0, v->slot_count * sizeof(*v->slots));
	for (size_t i = 0; i < count; i++)
		if (old[i].first != 0)
			v->slots[slot_of(v, old[i].key)] = old[i];
	memory_free(v->memory, old);
	return STATUS_OK;
}

/* --- blocks --- */

static inline unsigned char *
place_of(const inversion *v, uint32_t at)
{
	return v->parts.at[at >> PART_BITS] + (at & (PART_BYTES - 1));
}

static status
take_block(inversion *v, uint32_t bytes, uint32_t *out)
{
	/* The first bytes are nobody's: no block is at 0. */
	size_t at = v->used == 0 ? NEXT : v->used;

	if ((at & (PART_BYTES - 1)) + bytes > PART_BYTES)
		at = (at | (PART_BYTES - 1)) + 1;
	while (v->parts.n <= at >> PART_BITS) {
		TRY(ARRAY_RESERVE(v->memory, &v->parts, 1));
		unsigned char *part = memory_alloc(v->memory, PART_BYTES);
		if (part == NULL)
			return STATUS_MEMORY;
		v->parts.at[v->parts.n++] = part;
	}
	v->used = at + bytes;
	*out = (uint32_t)at;
	return STATUS_OK;
}

/* Entries of near lists are long, and most of those lists have few. */
static uint16_t
first_block(uint64_t key)
{
	return posting_is_near((int64_t)(key ^ SIGN)) ? 32 : 16;
}

static uint16_t
block_after(uint16_t bytes)
{
	return bytes < BLOCK_LARGEST ? (uint16_t)(2 * bytes) : bytes;
}

static status
begin_list(inversion *v, inverted_list *list, uint64_t key)
{
	uint16_t bytes = first_block(key);
	uint32_t at;

	TRY(take_block(v, bytes, &at));
	*list = (inverted_list){ .key = key,
		.first = at,
		.at = at + NEXT,
		.room = (uint16_t)(bytes - NEXT),
		.block = bytes };
	v->n++;
	return STATUS_OK;
}

static status
next_block(inversion *v, inverted_list *list)
{
	uint16_t bytes = block_after(list->block);
	uint32_t at;

	TRY(take_block(v, bytes, &at));
	memcpy(place_of(v, list->at - list->block), &at, NEXT);
	list->at = at + NEXT;
	list->block = bytes;
	list->room = (uint16_t)(bytes - NEXT);
	return STATUS_OK;
}

static status
put_bytes(inversion *v, inverted_list *list, const unsigned char *bytes, size_t n)
{
	while (n > 0) {
		if (list->room == 0)
			TRY(next_block(v, list));
		size_t take = n < list->room ? n : list->room;
		memcpy(place_of(v, list->at), bytes, take);
		list->at += (uint32_t)take;
		list->room -= (uint16_t)take;
		list->bytes += (uint32_t)take;
		bytes += take;
		n -= take;
	}
	return STATUS_OK;
}

/* First the slots of the lists, then, of those that are there by now, the ends of the lists. */
void
inversion_expect(const inversion *v, const int64_t *keys, size_t n)
{
	if (v->slot_count == 0)
		return;
	for (size_t i = 0; i < n; i++)
		__builtin_prefetch(&v->slots[first_slot(v, (uint64_t)keys[i] ^ SIGN)], 1);
	for (size_t i = 0; i < n; i++) {
		const inverted_list *list = &v->slots[first_slot(v, (uint64_t)keys[i] ^ SIGN)];
		if (list->room != 0)
			__builtin_prefetch(place_of(v, list->at), 1);
	}
}

static status
put_entry(inversion *v, inverted_list *list, const posting_record *r)
{
	unsigned char entry[POSTING_ENTRY_MOST];
	uint32_t step = r->entry.unit - list->last;

	if (posting_is_near(r->key) || step >= 0x80 || list->room == 0)
		return put_bytes(v, list, entry, posting_pack(entry, r, list->last));
	*place_of(v, list->at++) = (unsigned char)step; /* as most are */
	list->room--;
	list->bytes++;
	return STATUS_OK;
}

status
inversion_add(inversion *v, const posting_record *r)
{
	uint64_t key = (uint64_t)r->key ^ SIGN;

	if (4 * v->n >= 3 * v->slot_count)
		TRY(grow(v));
	inverted_list *list = &v->slots[slot_of(v, key)];
	if (list->first == 0)
		TRY(begin_list(v, list, key));
	else if (list->last == r->entry.unit && !posting_is_near(r->key))
		return STATUS_OK;
	TRY(put_entry(v, list, r));
	list->last = r->entry.unit;
	list->n++;
	return STATUS_OK;
}

void
inversion_copy(const inversion *v, const inverted_list *list, unsigned char *out)
{
	uint32_t at = list->first, left = list->bytes;
	uint16_t block = first_block(list->key);

	while (left > 0) {
		const unsigned char *p = place_of(v, at);
		uint32_t room = (uint32_t)(block - NEXT), take = left < room ? left : room;
		memcpy(out, p + NEXT, take);
		out += take;
		left -= take;
		block = block_after(block);
		if (left > 0)
			memcpy(&at, p, NEXT);
	}
}

/* --- sorting --- */

#define FIRST_BIT 14 /* of a key; those below are 0 */
#define DIGIT 10     /* bits sorted by in one pass: so many places written to stay near */
#define DIGITS (1 << DIGIT)
#define PASSES ((64 - FIRST_BIT) / DIGIT)
#define FEW 200

static inline size_t
digit_of(const inverted_key *x, unsigned pass)
{
	return x->key >> (FIRST_BIT + pass * DIGIT) & (DIGITS - 1);
}

/* Where those of each digit begin, for every pass. */
static void
find_starts(const inverted_key *list, size_t n, uint32_t starts[PASSES][DIGITS])
{
	memset(starts, 0, sizeof(uint32_t) * PASSES * DIGITS);
	for (size_t i = 0; i < n; i++)
		for (unsigned pass = 0; pass < PASSES; pass++)
			starts[pass][digit_of(&list[i], pass)]++;
	for (unsigned pass = 0; pass < PASSES; pass++)
		for (uint32_t i = 0, sum = 0; i < DIGITS; i++) {
			uint32_t count = starts[pass][i];
			starts[pass][i] = sum;
			sum += count;
		}
}

/* Insertion, without clearing tables. */
static void
sort_few(inverted_key *list, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		inverted_key x = list[i];
		size_t k = i;
		for (; k > 0 && list[k - 1].key > x.key; k--)
			list[k] = list[k - 1];
		list[k] = x;
	}
}

/* By radix, with as much room behind the list. */
static void
sort_many(inverted_key *list, size_t n)
{
	uint32_t starts[PASSES][DIGITS];
	inverted_key *from = list, *to = list + n;

	find_starts(from, n, starts);
	for (unsigned pass = 0; pass < PASSES; pass++) {
		for (size_t i = 0; i < n; i++)
			to[starts[pass][digit_of(&from[i], pass)]++] = from[i];
		inverted_key *x = from;
		from = to;
		to = x;
	}
	if (from != list)
		memcpy(list, from, n * sizeof(*from));
}

status
inversion_sort(inversion *v)
{
	v->sorted.n = 0;
	TRY(ARRAY_RESERVE(v->memory, &v->sorted, 2 * v->n));
	for (size_t i = 0; i < v->slot_count; i++)
		if (v->slots[i].first != 0)
			v->sorted.at[v->sorted.n++] =
				(inverted_key){ v->slots[i].key, (uint32_t)i };
	if (v->sorted.n < FEW)
		sort_few(v->sorted.at, v->sorted.n);
	else
		sort_many(v->sorted.at, v->sorted.n);
	return STATUS_OK;
}

#define AHEAD 8 /* lists that are fetched from memory before their turn comes */

const inverted_list *
inversion_list(const inversion *v, size_t i)
{
	const inverted_key *at = &v->sorted.at[i];

	if (i + 2 * AHEAD < v->sorted.n)
		__builtin_prefetch(&v->slots[at[2 * AHEAD].slot]);
	if (i + AHEAD < v->sorted.n)
		__builtin_prefetch(place_of(v, v->slots[at[AHEAD].slot].first));
	return &v->slots[at->slot];
}
