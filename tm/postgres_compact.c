/* Blocks of lists put together, by and by.
 *
 * Every transaction adds a block to each list that it has something for, so that a list becomes
 * many small rows. A step takes the next so many rows in the order of keys and joins those of
 * each list that are small; where it ended is kept, and the next step, of whatever program,
 * goes on there. When units have gone to another shard a step takes all rows of a list, and
 * leaves out units that are no more. A step is a transaction: a search sees the blocks before
 * it or after it. Writers are not in its way, since they add blocks and change none. */
#include <stdlib.h>
#include <string.h>

#include "tm/postgres.h"

#define ROWS 20000   /* looked at in a step */
#define SMALL "2500" /* bytes of blocks that are joined with others */

typedef struct joiner {
	pg_store *s;
	postgres *db;
	arena kept;
	ARRAY(int64_t) keys; /* lists with something to join */
	ARRAY(pg_chunk) chunks;
	ARRAY(near_entry) entries; /* of the list in hand */
	int64_t cursor;
	bool more;
	bool purge;
	ARRAY(int64_t) units; /* that are named in the blocks; those that are there */
} joiner;

status
pg_compact_from_start(pg_store *s, size_t shard)
{
	return pg_answered(s,
		postgres_ask(s->db[shard],
			"UPDATE paraph.tm_meta SET value = '' WHERE key = 'compacted'", NULL,
			NULL),
		s->db[shard]);
}

/* Where the last step ended; *busy: somebody else is at it. */
static status
read_cursor(joiner *j, bool *busy)
{
	postgres_rows r;

	TRY(pg_answered(j->s,
		postgres_ask(j->db,
			"SELECT value FROM paraph.tm_meta WHERE key = 'compacted'"
			" FOR UPDATE SKIP LOCKED",
			NULL, &r),
		j->db));
	*busy = r.n == 0;
	j->cursor = INT64_MIN;
	if (r.n != 0 && postgres_text(&r, 0, 0).n == sizeof(j->cursor))
		memcpy(&j->cursor, postgres_text(&r, 0, 0).p, sizeof(j->cursor));
	return STATUS_OK;
}

/* The last list of the rows that were looked at may go on after them. */
static status
choose_lists(joiner *j)
{
	pg_store *s = j->s;
	postgres_rows r;
	int64_t rows = 0, limit = j->purge ? ROWS / 10 : ROWS;

	postgres_values_clear(&s->values);
	postgres_put_int64(&s->values, j->cursor);
	postgres_put_int64(&s->values, limit);
	TRY(pg_answered(s,
		postgres_ask(j->db,
			"SELECT key, count(*), count(*) FILTER (WHERE n < " SMALL ") FROM"
			" (SELECT key, length(entries) AS n FROM paraph.tm_posting"
			"  WHERE key > $1 ORDER BY key LIMIT $2) AS t GROUP BY key ORDER BY "
			"key",
			&s->values, &r),
		j->db));
	for (size_t i = 0; i < r.n; i++)
		rows += postgres_int(&r, i, 1);
	j->more = rows == limit;
	size_t n = j->more && r.n > 1 ? r.n - 1 : r.n;
	for (size_t i = 0; i < n; i++) {
		j->cursor = postgres_int(&r, i, 0);
		if (!j->purge && postgres_int(&r, i, 2) < 2)
			continue;
		TRY(ARRAY_RESERVE(s->base.context->memory, &j->keys, 1));
		j->keys.at[j->keys.n++] = j->cursor;
	}
	if (!j->more)
		j->cursor = INT64_MIN; /* from the start again, some day */
	return STATUS_OK;
}

static status
read_blocks(joiner *j)
{
	pg_store *s = j->s;
	const memory *m = s->base.context->memory;
	postgres_rows r;

	postgres_values_clear(&s->values);
	postgres_put_int64s(&s->values, j->keys.at, j->keys.n);
	TRY(s->values.bytes.status);
	TRY(pg_answered(s,
		postgres_ask(j->db,
			j->purge ? "DELETE FROM paraph.tm_posting WHERE key = ANY($1)"
				   " RETURNING key, block, entries"
				 : "DELETE FROM paraph.tm_posting WHERE key = ANY($1)"
				   " AND length(entries) < " SMALL
				   " RETURNING key, block, entries",
			&s->values, &r),
		j->db));
	TRY(ARRAY_RESERVE(m, &j->chunks, r.n));
	for (size_t i = 0; i < r.n; i++) {
		pg_chunk *c = &j->chunks.at[j->chunks.n++];
		c->key = postgres_int(&r, i, 0);
		c->block = postgres_int(&r, i, 1);
		TRY(arena_copy(&j->kept, postgres_text(&r, i, 2), &c->entries));
	}
	return STATUS_OK;
}

static int
by_key(const void *a, const void *b)
{
	const pg_chunk *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->block > y->block) - (x->block < y->block);
}

static int
by_unit(const void *a, const void *b)
{
	const near_entry *x = a, *y = b;

	return (x->unit > y->unit) - (x->unit < y->unit);
}

static status
decode(joiner *j, const pg_chunk *c)
{
	bool is_near = posting_is_near(c->key);
	near_entry e = { 0 };
	posting_reader r;

	if (!posting_open(&r, c->key, c->entries.p, c->entries.n))
		return tm_store_index_damaged(&j->s->base);
	while (is_near ? posting_next_near(&r, &e) : posting_next(&r, &e.unit)) {
		TRY(ARRAY_RESERVE(j->s->base.context->memory, &j->entries, 1));
		j->entries.at[j->entries.n++] = e;
	}
	return posting_ended_well(&r) ? STATUS_OK : tm_store_index_damaged(&j->s->base);
}

static int
by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Which of the units in the blocks are there. */
static status
find_units(joiner *j)
{
	pg_store *s = j->s;
	postgres_rows r;

	for (size_t i = 0; i < j->chunks.n; i++) {
		j->entries.n = 0;
		TRY(decode(j, &j->chunks.at[i]));
		TRY(ARRAY_RESERVE(s->base.context->memory, &j->units, j->entries.n));
		for (size_t k = 0; k < j->entries.n; k++)
			j->units.at[j->units.n++] = j->entries.at[k].unit;
	}
	size_t kept = 0;
	if (j->units.n > 1)
		qsort(j->units.at, j->units.n, sizeof(int64_t), by_number);
	for (size_t i = 0; i < j->units.n; i++)
		if (kept == 0 || j->units.at[kept - 1] != j->units.at[i])
			j->units.at[kept++] = j->units.at[i];
	postgres_values_clear(&s->values);
	postgres_put_int64s(&s->values, j->units.at, kept);
	TRY(s->values.bytes.status);
	TRY(pg_answered(s,
		postgres_ask(j->db,
			"SELECT id FROM paraph.tm_unit WHERE id = ANY($1) ORDER BY id",
			&s->values, &r),
		j->db));
	j->units.n = r.n;
	for (size_t i = 0; i < r.n; i++)
		j->units.at[i] = postgres_int(&r, i, 0);
	return STATUS_OK;
}

static bool
is_there(const joiner *j, uint32_t unit)
{
	int64_t id = unit;

	return !j->purge || (j->units.n != 0 && bsearch(&id, j->units.at, j->units.n,
							sizeof(id), by_number) != NULL);
}

/* The blocks i to end are those of one list; their entries go out as few. */
static status
join_list(joiner *j, size_t i, size_t end)
{
	posting_record r = { .key = j->chunks.at[i].key };

	j->entries.n = 0;
	for (size_t k = i; k < end; k++)
		TRY(decode(j, &j->chunks.at[k]));
	if (j->entries.n > 1)
		qsort(j->entries.at, j->entries.n, sizeof(near_entry), by_unit);
	for (size_t k = 0; k < j->entries.n; k++) {
		r.entry = j->entries.at[k];
		if (is_there(j, r.entry.unit))
			TRY(pg_put_entry(j->s, j->db, &r));
	}
	return STATUS_OK;
}

static status
write_blocks(joiner *j)
{
	pg_store *s = j->s;

	if (j->chunks.n > 1)
		qsort(j->chunks.at, j->chunks.n, sizeof(pg_chunk), by_key);
	TRY(pg_begin_lists(s, j->db));
	for (size_t i = 0, end; i < j->chunks.n; i = end) {
		for (end = i + 1;
			end < j->chunks.n && j->chunks.at[end].key == j->chunks.at[i].key;)
			end++;
		TRY(join_list(j, i, end));
	}
	return pg_end_lists(s, j->db);
}

static status
step(joiner *j)
{
	pg_store *s = j->s;
	bool busy;

	postgres_begin(j->db, "");
	TRY(read_cursor(j, &busy));
	if (busy)
		return STATUS_OK;
	TRY(choose_lists(j));
	if (j->keys.n != 0) {
		TRY(read_blocks(j));
		if (j->purge)
			TRY(find_units(j));
		TRY(write_blocks(j));
	}
	postgres_values_clear(&s->values);
	postgres_put_bytes(&s->values, (slice){ (const char *)&j->cursor, sizeof(j->cursor) });
	TRY(postgres_queue(j->db,
		"UPDATE paraph.tm_meta SET value = $1 WHERE key = 'compacted'", &s->values));
	return pg_answered(s, postgres_commit(j->db), j->db);
}

status
pg_compact(pg_store *s, size_t shard, bool purge, bool *more)
{
	const memory *m = s->base.context->memory;
	joiner j = { .s = s, .db = s->db[shard], .purge = purge };

	arena_init(&j.kept, m);
	status done = step(&j);
	postgres_rollback(j.db);
	arena_free(&j.kept);
	ARRAY_FREE(m, &j.keys);
	ARRAY_FREE(m, &j.chunks);
	ARRAY_FREE(m, &j.entries);
	ARRAY_FREE(m, &j.units);
	*more = done == STATUS_OK && j.more;
	return done;
}

status
pg_tidied(pg_store *s, status done)
{
	if (done != STATUS_AGAIN)
		return done;
	for (size_t k = 0; k < s->shards; k++)
		postgres_rollback(s->db[k]);
	s->base.context->message[0] = '\0';
	return STATUS_OK;
}

status
pg_compact_all(pg_store *s, size_t shard, bool purge)
{
	bool more;

	TRY(pg_compact_from_start(s, shard));
	do
		TRY(pg_compact(s, shard, purge, &more));
	while (more);
	return STATUS_OK;
}
