/* A connection to PostgreSQL, for stores that several machines share: opened safely, its
 * failures told in the user's language and without passwords, nothing awaited for ever.
 *
 * Statements are queued; postgres_wait sends what was queued together and takes all answers:
 * one round trip, whatever their number. postgres_gather does so on several connections at
 * once. Outside a transaction, statements that go together are carried out together or not at
 * all.
 *
 *   postgres_queue(p, "SELECT …", &values); postgres_queue(p, …); TRY(postgres_wait(p));
 *   postgres_rows first = postgres_answer(p, 0), second = postgres_answer(p, 1);
 *
 * A connection that was lost is made again, with growing pauses, and questions (SELECT) are
 * asked again; a transaction that lost its connection fails. Between the program and the server
 * there may be pgbouncer in transaction mode: nothing here lives in a session longer than a
 * transaction. Statements are prepared once for a connection where there is no such pooler.
 *
 * A connection that is closed waits for the next one who opens the same URL, so that threads
 * that come and go (a server's) share a few. One connection belongs to one thread at a time. */
#ifndef BASE_POSTGRES_H
#define BASE_POSTGRES_H

#include "base/buffer.h"
#include "base/context.h"

typedef struct postgres postgres;

/* Does the path name a database: postgresql://… or postgres://…? */
bool postgres_is_url(const char *path);
/* The URL for people: without its password. */
void postgres_name_of(char *out, size_t size, const char *url);

/* url: all that libpq understands, with several hosts too. STATUS_AGAIN where trying later may
 * help: no server, no room, too many connections. */
MUST_USE status postgres_open(postgres **out, context *c, const char *url);
void postgres_close(postgres *p); /* NULL is fine; undoes what was not committed */

const char *postgres_name(const postgres *p);
const char *postgres_url(const postgres *p);
/* Seconds without a sign of the server after which an answer is given up: 60, or what
 * PARAPH_STORE_TIMEOUT says. */
void postgres_set_patience(postgres *p, unsigned seconds);

/* Of the last failure: the five letters of the SQL standard, "" when it was none of the
 * server's, and the sentence. */
const char *postgres_sqlstate(const postgres *p);
const char *postgres_failure(const postgres *p);
/* Would the same transaction, begun anew, succeed: was it in the way of another one? */
bool postgres_may_retry(const postgres *p);

/* --- parameters, $1 … --- */

#define POSTGRES_VALUES 24

typedef struct postgres_value {
	uint32_t type; /* the server's number of it */
	int length;    /* -1: null */
	size_t start;  /* in bytes */
} postgres_value;

typedef struct postgres_values {
	buffer bytes; /* its status is sticky */
	size_t n;
	postgres_value at[POSTGRES_VALUES];
} postgres_values;

void postgres_values_init(postgres_values *v, const memory *m);
void postgres_values_free(postgres_values *v);
void postgres_values_clear(postgres_values *v);
void postgres_put_int64(postgres_values *v, int64_t n);  /* bigint */
void postgres_put_int32(postgres_values *v, int32_t n);  /* integer */
void postgres_put_text(postgres_values *v, slice text);  /* text */
void postgres_put_bytes(postgres_values *v, slice text); /* bytea */
/* Arrays, from 1 on: bigint[], integer[], text[]. */
void postgres_put_int64s(postgres_values *v, const int64_t *at, size_t n);
void postgres_put_int32s(postgres_values *v, const int32_t *at, size_t n);
void postgres_put_texts(postgres_values *v, const slice *at, size_t n);

/* --- statements --- */

/* sql stays valid until it is answered; values may be NULL and are copied. */
MUST_USE status postgres_queue(postgres *p, const char *sql, const postgres_values *v);
/* The same for a statement that is planned for these values alone and not prepared. */
MUST_USE status postgres_queue_once(postgres *p, const char *sql, const postgres_values *v);
MUST_USE status postgres_wait(postgres *p);
/* On several connections at once; each[i] is the outcome of all[i], whose sentence is
 * postgres_failure's. The first outcome that is not STATUS_OK is returned. */
MUST_USE status postgres_gather(postgres *const *all, size_t n, status *each);

typedef struct postgres_rows {
	const void *result;
	size_t n;
} postgres_rows;

/* The answer to statement i of the last postgres_wait; valid until something is queued. */
postgres_rows postgres_answer(const postgres *p, size_t i);
/* Rows that the statement inserted, changed or deleted. */
uint64_t postgres_touched(const postgres *p, size_t i);

/* One statement, or the last of those that are queued, and its rows; rows may be NULL. */
MUST_USE status postgres_ask(
	postgres *p, const char *sql, const postgres_values *v, postgres_rows *rows);
/* Several statements with semicolons between them, without parameters, as one transaction. */
MUST_USE status postgres_execute(postgres *p, const char *sql);

/* Columns are counted from 0; what is null is 0 or "". Integers of any width, booleans. */
int64_t postgres_int(const postgres_rows *r, size_t row, int column);
slice postgres_text(const postgres_rows *r, size_t row, int column); /* text, bytea */

/* --- transactions --- */

/* Begins with the next statement, without a round trip of its own. how: "" or what follows
 * BEGIN ("ISOLATION LEVEL REPEATABLE READ READ ONLY"). */
void postgres_begin(postgres *p, const char *how);
/* Sends what is queued and ends the transaction, in one round trip. After a failure nothing of
 * it was written, unless the sentence says that this is not known. */
MUST_USE status postgres_commit(postgres *p);
void postgres_rollback(postgres *p);

/* --- COPY … FROM STDIN, inside a transaction or outside one --- */

MUST_USE status postgres_copy_begin(postgres *p, const char *sql);
MUST_USE status postgres_copy_put(postgres *p, slice bytes);
MUST_USE status postgres_copy_end(postgres *p, uint64_t *rows); /* rows may be NULL */
/* For the binary form: a number of so many bytes, the high one first. */
void postgres_put_number(buffer *b, uint64_t n, size_t bytes);

#endif
