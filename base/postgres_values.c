/* Parameters and answers in the binary form of the protocol: integers with the high byte first,
 * arrays with a head of dimensions, the type of the elements and the length of each. */
#include "base/postgres_private.h"

/* The server's numbers of its types; they never change. */
enum type {
	TYPE_BYTEA = 17,
	TYPE_INT8 = 20,
	TYPE_INT4 = 23,
	TYPE_TEXT = 25,
	TYPE_INT8_ARRAY = 1016,
	TYPE_INT4_ARRAY = 1007,
	TYPE_TEXT_ARRAY = 1009,
};

void
postgres_values_init(postgres_values *v, const memory *m)
{
	buffer_init(&v->bytes, m, (size_t)1 << 30);
	v->n = 0;
}

void
postgres_values_free(postgres_values *v)
{
	buffer_free(&v->bytes);
}

void
postgres_values_clear(postgres_values *v)
{
	buffer_clear(&v->bytes);
	v->n = 0;
}

/* --- out --- */

void
postgres_put_number(buffer *b, uint64_t n, size_t bytes)
{
	char out[8];

	for (size_t i = 0; i < bytes; i++)
		out[i] = (char)(n >> 8 * (bytes - 1 - i));
	buffer_put(b, (slice){ out, bytes });
}

static postgres_value *
begin(postgres_values *v, enum type type)
{
	assert(v->n < POSTGRES_VALUES);
	postgres_value *x = &v->at[v->n++];
	*x = (postgres_value){ .type = type, .start = v->bytes.n };
	return x;
}

static void
end(postgres_values *v, postgres_value *x)
{
	if (v->bytes.status == STATUS_OK)
		x->length = (int)(v->bytes.n - x->start);
}

static void
put_one(postgres_values *v, enum type type, uint64_t n, size_t bytes)
{
	postgres_value *x = begin(v, type);

	postgres_put_number(&v->bytes, n, bytes);
	end(v, x);
}

void
postgres_put_int64(postgres_values *v, int64_t n)
{
	put_one(v, TYPE_INT8, (uint64_t)n, 8);
}

void
postgres_put_int32(postgres_values *v, int32_t n)
{
	put_one(v, TYPE_INT4, (uint32_t)n, 4);
}

static void
put_plain(postgres_values *v, enum type type, slice text)
{
	postgres_value *x = begin(v, type);

	buffer_put(&v->bytes, text);
	end(v, x);
}

void
postgres_put_text(postgres_values *v, slice text)
{
	put_plain(v, TYPE_TEXT, text);
}

void
postgres_put_bytes(postgres_values *v, slice text)
{
	put_plain(v, TYPE_BYTEA, text);
}

/* An empty array has no dimension. */
static void
put_head(buffer *b, enum type element, size_t n)
{
	postgres_put_number(b, n != 0, 4);
	postgres_put_number(b, 0, 4); /* no nulls */
	postgres_put_number(b, element, 4);
	if (n == 0)
		return;
	postgres_put_number(b, n, 4);
	postgres_put_number(b, 1, 4); /* counted from 1 */
}

void
postgres_put_int64s(postgres_values *v, const int64_t *at, size_t n)
{
	postgres_value *x = begin(v, TYPE_INT8_ARRAY);

	put_head(&v->bytes, TYPE_INT8, n);
	for (size_t i = 0; i < n; i++) {
		postgres_put_number(&v->bytes, 8, 4);
		postgres_put_number(&v->bytes, (uint64_t)at[i], 8);
	}
	end(v, x);
}

void
postgres_put_int32s(postgres_values *v, const int32_t *at, size_t n)
{
	postgres_value *x = begin(v, TYPE_INT4_ARRAY);

	put_head(&v->bytes, TYPE_INT4, n);
	for (size_t i = 0; i < n; i++) {
		postgres_put_number(&v->bytes, 4, 4);
		postgres_put_number(&v->bytes, (uint32_t)at[i], 4);
	}
	end(v, x);
}

void
postgres_put_texts(postgres_values *v, const slice *at, size_t n)
{
	postgres_value *x = begin(v, TYPE_TEXT_ARRAY);

	put_head(&v->bytes, TYPE_TEXT, n);
	for (size_t i = 0; i < n; i++) {
		postgres_put_number(&v->bytes, at[i].n, 4);
		buffer_put(&v->bytes, at[i]);
	}
	end(v, x);
}

/* --- in --- */

static const PGresult *
result_of(const postgres_rows *r)
{
	return r->result;
}

static int64_t
read_number(const char *p, size_t bytes)
{
	uint64_t n = 0;

	for (size_t i = 0; i < bytes; i++)
		n = n << 8 | (unsigned char)p[i];
	if (bytes != 0 && bytes < 8 && (n >> (8 * bytes - 1) & 1) != 0)
		n |= UINT64_MAX << 8 * bytes;
	return (int64_t)n;
}

slice
postgres_text(const postgres_rows *r, size_t row, int column)
{
	int n = libpq.getlength(result_of(r), (int)row, column);

	return (slice){ libpq.getvalue(result_of(r), (int)row, column), n < 0 ? 0 : (size_t)n };
}

int64_t
postgres_int(const postgres_rows *r, size_t row, int column)
{
	slice s = postgres_text(r, row, column);

	if (s.n == 1) /* a boolean */
		return s.p[0];
	return s.n > 8 ? 0 : read_number(s.p, s.n);
}
