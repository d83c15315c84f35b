/* What a copy asks of a shared memory (tm/sync.c).
 *
 * Numbers are given in their order and become visible in that of commits. A writer takes the
 * lock that writers share, and with it the number of a transaction in each shard that it writes
 * to, before it takes numbers for its units (tm/postgres_write.c): when every transaction that
 * was there after the greatest number was read is over, there is none left that has taken a
 * lower one. */
#include <time.h>

#include "tm/postgres.h"

#define LOOKS 60 /* at the transactions of others, 50 ms apart */

typedef struct mark {
	int64_t of[PG_SHARDS];
} mark;

static status
read_mark(pg_store *s, const char *sql, mark *out)
{
	TRY(pg_queue_all(s, sql, NULL));
	TRY(pg_wait_all(s));
	for (size_t k = 0; k < s->shards; k++) {
		postgres_rows r = postgres_answer(s->db[k], 0);
		out->of[k] = postgres_int(&r, 0, 0);
	}
	return STATUS_OK;
}

status
pg_settled(tm_store *store, uint32_t *last, bool *settled)
{
	static const struct timespec moment = { 0, 50000000 };
	pg_store *s = pg_of(store);
	mark begun, done;

	TRY(pg_last(store, last));
	TRY(read_mark(
		s, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint", &begun));
	for (unsigned i = 0; i < LOOKS; i++) {
		TRY(read_mark(s, "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
			&done));
		*settled = true;
		for (size_t k = 0; k < s->shards; k++)
			*settled = *settled && done.of[k] >= begun.of[k];
		if (*settled)
			return STATUS_OK;
		nanosleep(&moment, NULL);
	}
	return STATUS_OK;
}

status
pg_present(tm_store *store, const uint32_t *ids, size_t n, bool *there)
{
	pg_store *s = pg_of(store);
	const memory *m = s->base.context->memory;
	int64_t *wide = memory_alloc(m, n * sizeof(*wide) + 1);

	if (wide == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++) {
		wide[i] = ids[i];
		there[i] = false;
	}
	postgres_values_clear(&s->values);
	postgres_put_int64s(&s->values, wide, n);
	status done = pg_queue_all(s,
		"SELECT k.i FROM unnest($1::bigint[]) WITH ORDINALITY AS k (id, i)"
		" JOIN paraph.tm_unit u ON u.id = k.id",
		&s->values);
	memory_free(m, wide);
	TRY(done);
	TRY(pg_wait_all(s));
	for (size_t k = 0; k < s->shards; k++) {
		postgres_rows r = postgres_answer(s->db[k], 0);
		for (size_t i = 0; i < r.n; i++)
			there[postgres_int(&r, i, 0) - 1] = true;
	}
	return STATUS_OK;
}
