/* What a search reads, fetched together beforehand: lists, digests, units. */
#include <stdlib.h>
#include <string.h>

#include "tm/postgres.h"

/* --- tables of places --- */

status
pg_slots_grow(const memory *m, pg_slots *t, size_t n, bool *grown)
{
	*grown = 2 * (n + 1) > t->count;
	if (!*grown)
		return STATUS_OK;
	size_t count = t->count == 0 ? 256 : 4 * t->count;
	uint32_t *at = memory_alloc(m, count * sizeof(*at));
	if (at == NULL)
		return STATUS_MEMORY;
	memset(at, 0, count * sizeof(*at));
	memory_free(m, t->at);
	*t = (pg_slots){ at, count };
	return STATUS_OK;
}

void
pg_slots_clear(pg_slots *t)
{
	if (t->count != 0)
		memset(t->at, 0, t->count * sizeof(*t->at));
}

static size_t
first_slot(const pg_slots *t, uint32_t id)
{
	return (id * UINT32_C(2654435761)) & (t->count - 1);
}

/* Where the row of a unit is, or would be. */
static size_t
row_slot(const pg_store *s, uint32_t id)
{
	size_t at = first_slot(&s->row_slots, id);

	while (s->row_slots.at[at] != 0 && s->rows.at[s->row_slots.at[at] - 1].id != id)
		at = (at + 1) & (s->row_slots.count - 1);
	return at;
}

pg_row *
pg_row_of(pg_store *s, uint32_t id)
{
	if (s->row_slots.count == 0)
		return NULL;
	uint32_t place = s->row_slots.at[row_slot(s, id)];
	return place == 0 ? NULL : &s->rows.at[place - 1];
}

status
pg_keep_row(pg_store *s, const pg_row *row)
{
	const memory *m = s->base.context->memory;
	bool grown;

	TRY(ARRAY_RESERVE(m, &s->rows, 1));
	TRY(pg_slots_grow(m, &s->row_slots, s->rows.n, &grown));
	for (size_t i = 0; grown && i < s->rows.n; i++)
		s->row_slots.at[row_slot(s, s->rows.at[i].id)] = (uint32_t)i + 1;
	uint32_t *place = &s->row_slots.at[row_slot(s, row->id)];
	if (*place != 0) {
		s->rows.at[*place - 1] = *row;
		return STATUS_OK;
	}
	s->rows.at[s->rows.n++] = *row;
	*place = (uint32_t)s->rows.n;
	return STATUS_OK;
}

static size_t
digest_slot(const pg_store *s, uint32_t id)
{
	size_t at = first_slot(&s->digest_slots, id);

	while (s->digest_slots.at[at] != 0 &&
		s->digests.at[s->digest_slots.at[at] - 1].id != id)
		at = (at + 1) & (s->digest_slots.count - 1);
	return at;
}

static status
keep_digest(pg_store *s, const pg_digest *d)
{
	const memory *m = s->base.context->memory;
	bool grown;

	TRY(ARRAY_RESERVE(m, &s->digests, 1));
	TRY(pg_slots_grow(m, &s->digest_slots, s->digests.n, &grown));
	for (size_t i = 0; grown && i < s->digests.n; i++)
		s->digest_slots.at[digest_slot(s, s->digests.at[i].id)] = (uint32_t)i + 1;
	uint32_t *place = &s->digest_slots.at[digest_slot(s, d->id)];
	if (*place != 0)
		return STATUS_OK;
	s->digests.at[s->digests.n++] = *d;
	*place = (uint32_t)s->digests.n;
	return STATUS_OK;
}

void
pg_forget(pg_store *s)
{
	if (s->rows.n != 0)
		pg_slots_clear(&s->row_slots);
	if (s->digests.n != 0)
		pg_slots_clear(&s->digest_slots);
	s->rows.n = s->digests.n = s->chunks.n = s->ranges.n = 0;
	s->plain = false;
	arena_reset(&s->fetched);
}

/* --- units --- */

status
pg_take_row(arena *a, const postgres_rows *r, size_t i, pg_row *out)
{
	*out = (pg_row){ .id = (uint32_t)postgres_int(r, i, 0), .there = true };
	TRY(arena_copy(a, postgres_text(r, i, 1), &out->pair));
	TRY(arena_copy(a, postgres_text(r, i, 2), &out->source));
	TRY(arena_copy(a, postgres_text(r, i, 3), &out->target));
	TRY(arena_copy(a, postgres_text(r, i, 4), &out->document));
	out->usage = (uint64_t)postgres_int(r, i, 5);
	TRY(arena_copy(a, postgres_text(r, i, 6), &out->info));
	return STATUS_OK;
}

/* Those that are not known yet, as a parameter. */
static status
put_unknown(pg_store *s, const uint32_t *ids, size_t n, size_t *wanted)
{
	int64_t *list = ARENA_ARRAY(&s->fetched, int64_t, n);

	if (list == NULL)
		return STATUS_MEMORY;
	*wanted = 0;
	for (size_t i = 0; i < n; i++)
		if (pg_row_of(s, ids[i]) == NULL) {
			list[(*wanted)++] = ids[i];
			/* until it is seen, it is not there */
			TRY(pg_keep_row(s, &(pg_row){ .id = ids[i] }));
		}
	postgres_values_clear(&s->values);
	postgres_put_int64s(&s->values, list, *wanted);
	return s->values.bytes.status;
}

status
pg_expect_units(tm_store *store, const uint32_t *ids, size_t n)
{
	pg_store *s = pg_of(store);
	size_t wanted;
	pg_row row;

	TRY(put_unknown(s, ids, n, &wanted));
	if (wanted == 0)
		return STATUS_OK;
	TRY(pg_queue_all(
		s, "SELECT " PG_ROW " FROM paraph.tm_unit WHERE id = ANY($1)", &s->values));
	TRY(pg_wait_all(s));
	for (size_t k = 0; k < s->shards; k++) {
		postgres_rows r = postgres_answer(s->db[k], 0);
		for (size_t i = 0; i < r.n; i++) {
			TRY(pg_take_row(&s->fetched, &r, i, &row));
			TRY(pg_keep_row(s, &row));
		}
	}
	return STATUS_OK;
}

status
pg_expect_digests(tm_store *store, const uint32_t *ids, size_t n)
{
	pg_store *s = pg_of(store);
	int64_t *list = ARENA_ARRAY(&s->fetched, int64_t, n == 0 ? 1 : n);

	if (list == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++)
		list[i] = ids[i];
	postgres_values_clear(&s->values);
	postgres_put_int64s(&s->values, list, n);
	TRY(pg_queue_all(
		s, "SELECT id, digest FROM paraph.tm_unit WHERE id = ANY($1)", &s->values));
	TRY(pg_wait_all(s));
	for (size_t k = 0; k < s->shards; k++) {
		postgres_rows r = postgres_answer(s->db[k], 0);
		for (size_t i = 0; i < r.n; i++) {
			pg_digest d = { .id = (uint32_t)postgres_int(&r, i, 0) };
			TRY(arena_copy(&s->fetched, postgres_text(&r, i, 1), &d.pieces));
			TRY(keep_digest(s, &d));
		}
	}
	return STATUS_OK;
}

/* A digest's length says how many pieces it has; that of a unit without any is one byte. */
status
pg_digest_of(tm_store *store, uint32_t id, const unsigned char **pieces, size_t *n)
{
	pg_store *s = pg_of(store);

	*pieces = NULL;
	*n = 0;
	if (s->digest_slots.count == 0)
		return STATUS_OK;
	uint32_t place = s->digest_slots.at[digest_slot(s, id)];
	const slice *d = place == 0 ? NULL : &s->digests.at[place - 1].pieces;
	if (d == NULL || d->n == 0)
		return STATUS_OK;
	*pieces = (const unsigned char *)d->p;
	*n = d->n / 2;
	return STATUS_OK;
}

#define SHAPE_ROWS 64 /* units of one shape that are fetched whole */

static const char of_shape_whole[] = "SELECT " PG_ROW " FROM paraph.tm_unit WHERE shape = $1"
				     " ORDER BY (same >> 32 = $2) DESC, id DESC LIMIT $3";
static const char of_shape_numbers[] =
	"SELECT id, same FROM paraph.tm_unit WHERE shape = $1 LIMIT $2";

static status
ask_shape(pg_store *s, uint64_t shape, uint64_t hash, size_t most)
{
	bool whole = most <= SHAPE_ROWS;

	for (unsigned times = 0;;) {
		postgres_values_clear(&s->values);
		postgres_put_int64(&s->values, (int64_t)shape);
		if (whole)
			postgres_put_int64(&s->values, (int64_t)hash >> 32);
		postgres_put_int64(&s->values, (int64_t)most);
		TRY(pg_queue_all(s, whole ? of_shape_whole : of_shape_numbers, &s->values));
		TRY(pg_queue_all(s, PG_EPOCH, NULL));
		TRY(pg_wait_all(s));
		if (!pg_is_stale(s, 1))
			return STATUS_OK;
		TRY(pg_catch_up(s, &times));
	}
}

status
pg_of_shape(
	tm_store *store, uint64_t shape, slice text, tm_relative *units, size_t most, size_t *n)
{
	pg_store *s = pg_of(store);
	uint64_t hash = slice_hash(text);
	bool whole = most <= SHAPE_ROWS;
	pg_row row;

	*n = 0;
	TRY(ask_shape(s, shape, hash, most));
	for (size_t k = 0; k < s->shards; k++) {
		postgres_rows r = postgres_answer(s->db[k], 0);
		for (size_t i = 0; i < r.n; i++) {
			uint32_t id = (uint32_t)postgres_int(&r, i, 0);
			uint64_t same = (uint64_t)postgres_int(&r, i, whole ? 8 : 1);
			/* a unit on its way to another shard is in two */
			bool again = false;
			for (size_t j = 0; k > 0 && j < *n; j++)
				again |= units[j].id == id;
			if (again)
				continue;
			if (whole) {
				TRY(pg_take_row(&s->fetched, &r, i, &row));
				TRY(pg_keep_row(s, &row));
			}
			if (*n < most)
				units[(*n)++] = (tm_relative){ id, same >> 32 == hash >> 32 };
		}
	}
	return STATUS_OK;
}

/* --- lists --- */

static const char some_lists[] =
	"SELECT r.i::integer, p.key, p.block, p.entries"
	" FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS r (a, b, i),"
	" LATERAL (SELECT key, block, entries FROM paraph.tm_posting"
	" WHERE key BETWEEN r.a AND r.b ORDER BY key, block LIMIT $3) p";

/* The answers of all shards go to their ranges: counted, then put in their places. */
static status
take_lists(pg_store *s, size_t first_range, size_t most)
{
	const memory *m = s->base.context->memory;
	size_t n = s->ranges.n - first_range;
	size_t *count = ARENA_ARRAY(&s->fetched, size_t, n + 1), at = s->chunks.n;

	if (count == NULL)
		return STATUS_MEMORY;
	for (size_t k = 0; k < s->shards; k++) {
		postgres_rows r = postgres_answer(s->db[k], 0);
		TRY(ARRAY_RESERVE(m, &s->chunks, r.n));
		for (size_t i = 0; i < r.n; i++)
			count[postgres_int(&r, i, 0) - 1]++;
		s->chunks.n += r.n;
	}
	for (size_t i = 0; i < n; i++) {
		pg_range *g = &s->ranges.at[first_range + i];
		g->from = g->to = at;
		g->cut = most != 0 && count[i] >= most;
		at += count[i];
	}
	for (size_t k = 0; k < s->shards; k++) {
		postgres_rows r = postgres_answer(s->db[k], 0);
		for (size_t i = 0; i < r.n; i++) {
			pg_range *g =
				&s->ranges.at[first_range + (size_t)postgres_int(&r, i, 0) - 1];
			pg_chunk *c = &s->chunks.at[g->to++];
			c->key = postgres_int(&r, i, 1);
			c->block = postgres_int(&r, i, 2);
			TRY(arena_copy(&s->fetched, postgres_text(&r, i, 3), &c->entries));
		}
	}
	return STATUS_OK;
}

/* Ranges first[i] to last[i]; of each so many chunks at most, 0: all. */
static status
expect_ranges(pg_store *s, const int64_t *first, const int64_t *last, size_t n, size_t most)
{
	size_t at = s->ranges.n;

	TRY(ARRAY_RESERVE(s->base.context->memory, &s->ranges, n));
	postgres_values_clear(&s->values);
	postgres_put_int64s(&s->values, first, n);
	postgres_put_int64s(&s->values, last, n);
	postgres_put_int64(&s->values, most == 0 ? INT32_MAX : (int64_t)most);
	TRY(s->values.bytes.status);
	TRY(pg_queue_all(s, some_lists, &s->values));
	TRY(pg_queue_all(s, PG_EPOCH, NULL));
	TRY(pg_wait_all(s));
	for (size_t i = 0; i < n; i++)
		s->ranges.at[s->ranges.n++] = (pg_range){ first[i], last[i], 0, 0, false };
	return take_lists(s, at, most);
}

status
pg_expect_near(tm_store *store, const uint64_t *keys, size_t n, unsigned first,
	const unsigned *last, bool *stale)
{
	pg_store *s = pg_of(store);
	int64_t *from = ARENA_ARRAY(&s->fetched, int64_t, n == 0 ? 1 : n);
	int64_t *to = ARENA_ARRAY(&s->fetched, int64_t, n == 0 ? 1 : n);

	*stale = false;
	if (from == NULL || to == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++) {
		from[i] = posting_near_key(keys[i], first);
		to[i] = posting_near_key(keys[i], last[i]);
	}
	TRY(expect_ranges(s, from, to, n, 0));
	*stale = pg_is_stale(s, 1);
	if (!*stale) {
		s->stale = 0;
		return STATUS_OK;
	}
	s->ranges.n = s->chunks.n = 0;
	return pg_catch_up(s, &s->stale);
}

/* Entries of a block are three bytes at most, mostly one or two. */
#define ENTRIES_OF_CHUNK 1300

static int64_t
word_key(uint64_t key, slice tag, unsigned side)
{
	return posting_word_key(tm_mixed(key + tm_side_salt(tag)), side);
}

status
pg_expect_words(
	tm_store *store, const uint64_t *keys, size_t n, slice tag, unsigned side, size_t most)
{
	pg_store *s = pg_of(store);
	int64_t *from = ARENA_ARRAY(&s->fetched, int64_t, n == 0 ? 1 : n);

	if (from == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++)
		from[i] = word_key(keys[i], tag, side);
	/* Units may have moved to a database that this connection does not know. */
	for (unsigned times = 0;;) {
		TRY(expect_ranges(
			s, from, from, n, most == 0 ? 0 : most / ENTRIES_OF_CHUNK + 2));
		if (!pg_is_stale(s, 1))
			return STATUS_OK;
		s->ranges.n = s->chunks.n = 0;
		TRY(pg_catch_up(s, &times));
	}
}

static const pg_range *
range_of(const pg_store *s, int64_t first, int64_t last)
{
	for (size_t i = s->ranges.n; i-- > 0;) {
		const pg_range *g = &s->ranges.at[i];
		if (g->first <= first && last <= g->last)
			return g;
	}
	return NULL;
}

status
pg_near_lists(tm_store *store, uint64_t word, unsigned first, unsigned last,
	tm_take_chunk *take, void *user)
{
	pg_store *s = pg_of(store);
	int64_t from = posting_near_key(word, first), to = posting_near_key(word, last);
	const pg_range *g = range_of(s, from, to);

	if (g == NULL) {
		TRY(expect_ranges(s, &from, &to, 1, 0));
		g = &s->ranges.at[s->ranges.n - 1];
	}
	for (size_t i = g->from, end = g->to; i < end; i++) {
		const pg_chunk *c = &s->chunks.at[i];
		if (c->key >= from && c->key <= to)
			TRY(take(user, c->key, c->entries.p, c->entries.n));
	}
	return STATUS_OK;
}

/* --- lists of words, of several shards as one --- */

static status
hand_over(pg_store *s, int64_t key, tm_take_chunk *take, void *user)
{
	posting_seal(&s->base.chunk);
	TRY(s->base.chunk.status);
	status done = take(user, key, s->base.chunk.p, s->base.chunk.n);
	buffer_clear(&s->base.chunk);
	return done;
}

static int
by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static status
decode(pg_store *s, const pg_chunk *c, bool *sorted)
{
	posting_reader r;
	uint32_t unit;

	if (!posting_open(&r, c->key, c->entries.p, c->entries.n))
		return tm_store_index_damaged(&s->base);
	while (posting_next(&r, &unit)) {
		TRY(ARRAY_RESERVE(s->base.context->memory, &s->merged, 1));
		*sorted &= s->merged.n == 0 || s->merged.at[s->merged.n - 1] < unit;
		s->merged.at[s->merged.n++] = unit;
	}
	return posting_ended_well(&r) ? STATUS_OK : tm_store_index_damaged(&s->base);
}

static status
gather(pg_store *s, const pg_range *g)
{
	bool sorted = true;

	s->merged.n = 0;
	for (size_t i = g->from; i < g->to; i++)
		TRY(decode(s, &s->chunks.at[i], &sorted));
	if (!sorted)
		qsort(s->merged.at, s->merged.n, sizeof(uint32_t), by_number);
	return STATUS_OK;
}

typedef struct unit_list { /* ascending */
	uint32_t *at;
	size_t n;
} unit_list;

static bool
has(const unit_list *l, uint32_t unit)
{
	return l->n != 0 && bsearch(&unit, l->at, l->n, sizeof(uint32_t), by_number) != NULL;
}

/* What the shards have is put in order, as one list of one memory is, without what is known. */
static status
merge(pg_store *s, const pg_range *g, const unit_list *known, tm_take_chunk *take, void *user)
{
	posting_record r = { .key = g->first };

	TRY(gather(s, g));
	buffer_clear(&s->base.chunk);
	for (size_t i = 0; i < s->merged.n; i++) {
		r.entry.unit = s->merged.at[i];
		if ((i > 0 && s->merged.at[i - 1] == r.entry.unit) || has(known, r.entry.unit))
			continue;
		(void)posting_append(&s->base.chunk, &r);
		if (s->base.chunk.n >= PG_CHUNK)
			TRY(hand_over(s, g->first, take, user));
	}
	return s->base.chunk.n == 0 ? STATUS_OK : hand_over(s, g->first, take, user);
}

static bool
is_in_order(const pg_store *s, const pg_range *g)
{
	for (size_t i = g->from + 1; i < g->to; i++)
		if (s->chunks.at[i].block <= s->chunks.at[i - 1].block)
			return false;
	return true;
}

static status
take_blocks(pg_store *s, size_t from, const pg_range *g, tm_take_chunk *take, void *user)
{
	for (size_t i = from, end = g->to; i < end; i++)
		TRY(take(user, g->first, s->chunks.at[i].entries.p, s->chunks.at[i].entries.n));
	return STATUS_OK;
}

static bool
begins_with(const pg_store *s, const pg_range *whole, const pg_range *cut)
{
	if (whole->to - whole->from < cut->to - cut->from)
		return false;
	for (size_t i = cut->from, k = whole->from; i < cut->to; i++, k++)
		if (s->chunks.at[i].block != s->chunks.at[k].block ||
			!slice_equal(s->chunks.at[i].entries, s->chunks.at[k].entries))
			return false;
	return true;
}

/* What follows a list that was cut short. Its blocks may have been put together since. */
static status
take_rest(pg_store *s, pg_range cut, tm_take_chunk *take, void *user)
{
	unit_list known;

	TRY(expect_ranges(s, &cut.first, &cut.first, 1, 0));
	pg_range whole = s->ranges.at[s->ranges.n - 1];
	if (begins_with(s, &whole, &cut) && is_in_order(s, &whole))
		return take_blocks(s, whole.from + (cut.to - cut.from), &whole, take, user);
	TRY(gather(s, &cut));
	known.n = s->merged.n;
	known.at = ARENA_ARRAY(&s->fetched, uint32_t, known.n + 1);
	if (known.at == NULL)
		return STATUS_MEMORY;
	if (known.n != 0)
		memcpy(known.at, s->merged.at, known.n * sizeof(uint32_t));
	return merge(s, &whole, &known, take, user);
}

/* A list that was cut short is read whole when its start does not do. */
status
pg_word_list(tm_store *store, uint64_t key_of_word, slice tag, unsigned side,
	tm_take_chunk *take, void *user)
{
	pg_store *s = pg_of(store);
	int64_t key = word_key(key_of_word, tag, side);
	const pg_range *g = range_of(s, key, key);
	unit_list none = { 0 };

	if (g == NULL || (g->cut && s->shards > 1)) {
		TRY(expect_ranges(s, &key, &key, 1, 0));
		g = &s->ranges.at[s->ranges.n - 1];
	}
	if (s->shards > 1 || !is_in_order(s, g))
		return merge(s, g, &none, take, user);
	pg_range start = *g;
	TRY(take_blocks(s, start.from, &start, take, user));
	return start.cut ? take_rest(s, start, take, user) : STATUS_OK;
}
