/* COPY in the binary form: each row the number of its columns, each value its length and bytes,
 * integers with the high byte first. */
#include "tm/postgres.h"

#define COPY_BYTES ((size_t)256 << 10) /* sent at a time */

static const char copy_head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";

void
pg_copy_row(buffer *b, unsigned columns)
{
	postgres_put_number(b, columns, 2);
}

void
pg_copy_int(buffer *b, int64_t n)
{
	postgres_put_number(b, 8, 4);
	postgres_put_number(b, (uint64_t)n, 8);
}

void
pg_copy_bytes(buffer *b, slice bytes)
{
	postgres_put_number(b, bytes.n, 4);
	buffer_put(b, bytes);
}

status
pg_copy_begin(pg_store *s, postgres *p, const char *sql)
{
	buffer_clear(&s->copy);
	buffer_put(&s->copy, (slice){ copy_head, 19 });
	return pg_answered(s, postgres_copy_begin(p, sql), p);
}

/* Sends what was put, when it is much or the end. */
status
pg_copy_more(pg_store *s, postgres *p, bool end)
{
	if (end)
		postgres_put_number(&s->copy, 0xFFFF, 2);
	TRY(s->copy.status);
	if (!end && s->copy.n < COPY_BYTES)
		return STATUS_OK;
	status done = postgres_copy_put(p, buffer_slice(&s->copy));
	buffer_clear(&s->copy);
	if (done == STATUS_OK && end)
		done = postgres_copy_end(p, NULL);
	return pg_answered(s, done, p);
}
