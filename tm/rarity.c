/* How rare words are: the commonest words of a memory, counted once in a sample of its units
 * and kept in `meta`, and pieces in the order of rarity by which units are listed and looked
 * for. */
#include <stdlib.h>
#include <string.h>

#include "tm/engine.h"

#define RANKS 16384     /* words whose commonness is known */
#define RANKS_COMMON 60 /* of them at most, the commonest, say nothing of a text */

/* --- ranks --- */

static size_t
rank_slot(const tm_store *s, uint64_t key)
{
	size_t at = (key >> 20) & (s->rank_slots - 1);

	while (s->ranks[2 * at] != 0 && s->ranks[2 * at] != key)
		at = (at + 1) & (s->rank_slots - 1);
	return at;
}

status
tm_rarity_use(tm_store *s, slice list)
{
	size_t n = list.n / sizeof(uint64_t);

	memory_free(s->context->memory, s->ranks);
	s->ranks = NULL;
	s->rank_slots = 0;
	s->rank_count = n;
	s->ranks_read = true;
	if (n == 0)
		return STATUS_OK;
	for (s->rank_slots = 16; s->rank_slots < 2 * n;)
		s->rank_slots *= 2;
	size_t bytes = s->rank_slots * 2 * sizeof(uint64_t);
	s->ranks = memory_alloc(s->context->memory, bytes);
	if (s->ranks == NULL)
		return STATUS_MEMORY;
	memset(s->ranks, 0, bytes);
	for (size_t i = 0; i < n; i++) {
		uint64_t key;
		memcpy(&key, list.p + i * sizeof(key), sizeof(key));
		size_t at = rank_slot(s, key | 1);
		s->ranks[2 * at] = key | 1;
		s->ranks[2 * at + 1] = n - i;
	}
	return STATUS_OK;
}

/* 0 for a rare word; the commoner, the higher. */
static uint64_t
rank_of(const tm_store *s, uint64_t key)
{
	if (s->ranks == NULL)
		return 0;
	size_t at = rank_slot(s, key | 1);
	return s->ranks[2 * at] == 0 ? 0 : s->ranks[2 * at + 1];
}

status
tm_store_rank(tm_store *s, uint64_t word_key, uint64_t *out)
{
	TRY(s->engine->read_ranks(s));
	*out = rank_of(s, word_key);
	return STATUS_OK;
}

uint64_t
tm_store_common_rank(const tm_store *s)
{
	size_t common = s->rank_count / 50 < RANKS_COMMON ? s->rank_count / 50 : RANKS_COMMON;

	return s->rank_count == 0 ? UINT64_MAX : s->rank_count - common;
}

/* --- counting --- */

void
tm_counter_init(tm_counter *c, const memory *m)
{
	*c = (tm_counter){ .memory = m };
}

void
tm_counter_free(tm_counter *c)
{
	memory_free(c->memory, c->slots);
	tm_counter_init(c, c->memory);
}

static size_t
counter_slot(const tm_counter *c, uint64_t key)
{
	size_t at = (key >> 20) & (c->slot_count - 1);

	while (c->slots[at].n != 0 && c->slots[at].key != key)
		at = (at + 1) & (c->slot_count - 1);
	return at;
}

static status
grow(tm_counter *c)
{
	tm_counted *old = c->slots;
	size_t count = c->slot_count;

	c->slot_count = count == 0 ? 4096 : 2 * count;
	c->slots = memory_alloc(c->memory, c->slot_count * sizeof(*c->slots));
	if (c->slots == NULL) {
		c->slots = old;
		c->slot_count = count;
		return STATUS_MEMORY;
	}
	memset(c->slots, 0, c->slot_count * sizeof(*c->slots));
	for (size_t i = 0; i < count; i++)
		if (old[i].n != 0)
			c->slots[counter_slot(c, old[i].key)] = old[i];
	memory_free(c->memory, old);
	return STATUS_OK;
}

status
tm_counter_add(tm_counter *c, const uint64_t *keys, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (2 * c->n >= c->slot_count)
			TRY(grow(c));
		tm_counted *at = &c->slots[counter_slot(c, keys[i])];
		c->n += at->n == 0;
		at->key = keys[i];
		at->n++;
	}
	return STATUS_OK;
}

static int
by_count(const void *a, const void *b)
{
	const tm_counted *x = a, *y = b;

	return x->n > y->n ? -1 : x->n < y->n ? 1 : x->key < y->key ? -1 : x->key > y->key;
}

/* Those met twice or more, the commonest first; the table is one no longer. */
static size_t
commonest(tm_counter *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->slot_count; i++)
		if (c->slots[i].n > 1)
			c->slots[n++] = c->slots[i];
	if (n > 1)
		qsort(c->slots, n, sizeof(*c->slots), by_count);
	return n < RANKS ? n : RANKS;
}

status
tm_rarity_keep(tm_store *s, tm_counter *counter, uint64_t units)
{
	size_t kept = commonest(counter);

	buffer_clear(&s->chunk);
	for (size_t i = 0; i < kept; i++)
		buffer_put(&s->chunk,
			(slice){ (const char *)&counter->slots[i].key, sizeof(uint64_t) });
	TRY(s->chunk.status);
	TRY(tm_rarity_use(s, buffer_slice(&s->chunk)));
	TRY(tm_store_set_meta(s, "ranks", buffer_slice(&s->chunk)));
	buffer_clear(&s->text);
	buffer_printf(&s->text, "%llu", (unsigned long long)units);
	TRY(s->text.status);
	s->ranks_hash = slice_hash(buffer_slice(&s->text));
	return tm_store_set_meta(s, "ranked", buffer_slice(&s->text));
}

status
tm_rarity_forget(tm_store *s)
{
	TRY(tm_store_set_meta(s, "ranks", SLICE("")));
	TRY(tm_store_set_meta(s, "ranked", SLICE("0")));
	s->ranks_hash = slice_hash(SLICE("0"));
	return tm_rarity_use(s, SLICE(""));
}

bool
tm_rarity_is_outgrown(slice ranked, uint64_t units)
{
	uint64_t n = 0;

	for (size_t i = 0; i < ranked.n; i++)
		n = n * 10 + (uint64_t)(ranked.p[i] - '0');
	return units >= TM_RANKS_FROM && units / TM_RANKS_AGAIN >= n && n < TM_RANKS_ENOUGH;
}

/* --- salts and order --- */

static slice
primary(slice tag, char out[16])
{
	size_t n = 0;

	while (n < tag.n && n < 15 && tag.p[n] != '-' && tag.p[n] != '_') {
		char c = tag.p[n];
		out[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	return (slice){ out, n };
}

uint64_t
tm_side_salt(slice tag)
{
	char text[16];

	return slice_hash(primary(tag, text));
}

uint64_t
tm_pair_salt(slice source, slice target)
{
	return tm_side_salt(source) * 31 + tm_side_salt(target);
}

void
tm_ordered_free(tm_ordered *o, const memory *m)
{
	ARRAY_FREE(m, &o->keys);
	ARRAY_FREE(m, &o->ranks);
}

/* Insertion sort by rank, then key: segments are short, and long ones rare. */
static void
sort_keys(uint64_t *keys, uint64_t *ranks, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t key = keys[i], rank = ranks[i];
		size_t k = i;
		for (; k > 0 &&
			(ranks[k - 1] > rank || (ranks[k - 1] == rank && keys[k - 1] > key));
			k--) {
			keys[k] = keys[k - 1];
			ranks[k] = ranks[k - 1];
		}
		keys[k] = key;
		ranks[k] = rank;
	}
}

status
tm_order(tm_store *s, const uint64_t *keys, size_t n, uint64_t salt, tm_ordered *o)
{
	uint64_t before = 0, times = 0;

	o->keys.n = o->ranks.n = 0;
	memset(o->of, 0, sizeof(o->of));
	TRY(s->engine->read_ranks(s));
	TRY(ARRAY_RESERVE(s->context->memory, &o->keys, n));
	TRY(ARRAY_RESERVE(s->context->memory, &o->ranks, n));
	for (size_t i = 0; i < n; i++) {
		o->keys.at[i] = keys[i];
		o->ranks.at[i] = rank_of(s, keys[i]);
	}
	o->keys.n = o->ranks.n = n;
	sort_keys(o->keys.at, o->ranks.at, n);
	for (size_t i = 0; i < n; i++) {
		uint64_t key = o->keys.at[i];
		times = i > 0 && key == before ? times + 1 : 0;
		before = key;
		o->keys.at[i] = tm_mixed(key + salt + times * UINT64_C(0x9E3779B97F4A7C15));
		for (unsigned k = 0; k < 3; k++)
			signature_add(&o->of[k], 1U << k, o->keys.at[i]);
	}
	return STATUS_OK;
}

status
tm_store_order(tm_store *s, const tm_pieces *p, uint64_t salt, tm_ordered *out)
{
	buffer keys;
	status done;

	buffer_init(&keys, s->context->memory, s->context->limits.output);
	for (size_t i = 0; i < p->n; i++)
		buffer_put(&keys, (slice){ (const char *)&p->at[i].key, sizeof(uint64_t) });
	done = keys.status;
	if (done == STATUS_OK)
		done = tm_order(s, (const void *)keys.p, p->n, salt, out);
	buffer_free(&keys);
	return done;
}

uint64_t
tm_shape(const tm_pieces *p, uint64_t salt)
{
	uint64_t shape = salt ^ p->n;

	for (size_t i = 0; i < p->n; i++)
		shape = tm_mixed(shape * 31 + p->at[i].key);
	return shape;
}
