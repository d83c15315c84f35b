#include "base/postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/postgres_private.h"

#define PATIENCE 60 /* seconds */
#define BYTES_MOST ((size_t)1 << 30)

bool
postgres_is_url(const char *path)
{
	return strncmp(path, "postgresql://", 13) == 0 || strncmp(path, "postgres://", 11) == 0;
}

/* --- names --- */

static bool
is_secret(slice option)
{
	return slice_starts(option, SLICE("password=")) ||
	       slice_starts(option, SLICE("sslpassword="));
}

static void
add(char *out, size_t size, slice s)
{
	size_t used = strlen(out);

	snprintf(out + used, size - used, "%.*s", SLICE_ARG(s));
}

/* postgresql://user:secret@host/base?password=secret&x=y */
void
postgres_name_of(char *out, size_t size, const char *url)
{
	slice rest = slice_of(url), head, options;
	bool first = true;

	out[0] = '\0';
	(void)slice_cut(rest, '?', &head, &options);
	const char *body = strstr(url, "://");
	size_t start = body == NULL ? 0 : (size_t)(body - url) + 3;
	slice authority = slice_sub(head, start < head.n ? start : head.n, head.n);
	size_t at = authority.n;
	while (at > 0 && authority.p[at - 1] != '@')
		at--;
	slice user = slice_sub(authority, 0, at == 0 ? 0 : at - 1), name, ignored;
	(void)slice_cut(user, ':', &name, &ignored);
	add(out, size, slice_sub(head, 0, head.n - authority.n));
	if (at != 0) {
		add(out, size, name);
		add(out, size, SLICE("@"));
	}
	add(out, size, slice_sub(authority, at, authority.n));
	while (options.n != 0) {
		slice option;
		(void)slice_cut(options, '&', &option, &options);
		if (is_secret(option))
			continue;
		add(out, size, first ? SLICE("?") : SLICE("&"));
		add(out, size, option);
		first = false;
	}
}

const char *
postgres_name(const postgres *p)
{
	return p->name;
}

const char *
postgres_url(const postgres *p)
{
	return p->url;
}

void
postgres_set_patience(postgres *p, unsigned seconds)
{
	p->patience = seconds;
}

/* --- opening --- */

static unsigned
usual_patience(void)
{
	const char *said = getenv("PARAPH_STORE_TIMEOUT");
	unsigned long n = said == NULL ? 0 : strtoul(said, NULL, 10);

	return n == 0 || n > 86400 ? PATIENCE : (unsigned)n;
}

void
postgres_forget_answers(postgres *p)
{
	for (size_t i = 0; i < p->answers.n; i++)
		libpq.clear(p->answers.at[i]);
	p->answers.n = 0;
}

void
postgres_forget(postgres *p)
{
	p->queue.n = 0;
	p->values.n = 0;
	p->commits = false;
	p->answered = false;
	buffer_clear(&p->bytes);
	postgres_forget_answers(p);
}

void
postgres_free(postgres *p)
{
	const memory *m = p->memory;

	postgres_forget_answers(p);
	postgres_disconnect(p);
	ARRAY_FREE(m, &p->queue);
	ARRAY_FREE(m, &p->values);
	ARRAY_FREE(m, &p->answers);
	ARRAY_FREE(m, &p->prepared);
	buffer_free(&p->bytes);
	memory_free(m, p->url);
	memory_free(m, p);
}

/* What the usual allocator gave may outlive its owner, waiting for the next one. */
static const memory *
lasting(const memory *m)
{
	return m->alloc == memory_libc.alloc && m->free == memory_libc.free ? &memory_libc : m;
}

static postgres *
make(context *c, const char *url)
{
	const memory *m = lasting(c->memory);
	postgres *p = memory_alloc(m, sizeof(*p));

	if (p == NULL)
		return NULL;
	*p = (postgres){ .context = c, .memory = m };
	buffer_init(&p->bytes, p->memory, BYTES_MOST);
	p->url = memory_alloc(p->memory, strlen(url) + 1);
	if (p->url == NULL) {
		postgres_free(p);
		return NULL;
	}
	strcpy(p->url, url);
	postgres_name_of(p->name, sizeof(p->name), url);
	return p;
}

status
postgres_open(postgres **out, context *c, const char *url)
{
	*out = NULL;
	TRY(libpq_load(c));
	postgres *p = lasting(c->memory) == &memory_libc ? postgres_idle_take(url) : NULL;
	if (p != NULL)
		p->context = c;
	else if ((p = make(c, url)) == NULL)
		return STATUS_MEMORY;
	p->patience = usual_patience();
	status done = p->connection != NULL ? STATUS_OK : postgres_connect(p);
	if (done != STATUS_OK)
		postgres_free(p);
	else
		*out = p;
	return done;
}

void
postgres_close(postgres *p)
{
	if (p == NULL)
		return;
	postgres_rollback(p);
	postgres_forget(p);
	if (!postgres_idle_give(p))
		postgres_free(p);
}

/* --- the queue --- */

static status
copy_values(postgres *p, const postgres_values *v)
{
	size_t base = p->bytes.n;

	TRY(v->bytes.status);
	TRY(ARRAY_RESERVE(p->memory, &p->values, v->n));
	buffer_put(&p->bytes, buffer_slice(&v->bytes));
	TRY(p->bytes.status);
	for (size_t i = 0; i < v->n; i++) {
		p->values.at[p->values.n] = v->at[i];
		p->values.at[p->values.n++].start += base;
	}
	return STATUS_OK;
}

static status
enqueue(postgres *p, const char *sql, const postgres_values *v, bool once)
{
	if (p->answered)
		postgres_forget(p);
	TRY(ARRAY_RESERVE(p->memory, &p->queue, 1));
	size_t first = p->values.n;
	if (v != NULL)
		TRY(copy_values(p, v));
	p->queue.at[p->queue.n++] =
		(postgres_statement){ sql, first, p->values.n - first, once };
	return STATUS_OK;
}

status
postgres_queue(postgres *p, const char *sql, const postgres_values *v)
{
	return enqueue(p, sql, v, false);
}

status
postgres_queue_once(postgres *p, const char *sql, const postgres_values *v)
{
	return enqueue(p, sql, v, true);
}

status
postgres_wait(postgres *p)
{
	status one;

	return postgres_gather(&p, 1, &one);
}

/* --- answers --- */

postgres_rows
postgres_answer(const postgres *p, size_t i)
{
	assert(i < p->answers.n);
	return (postgres_rows){ p->answers.at[i], (size_t)libpq.ntuples(p->answers.at[i]) };
}

uint64_t
postgres_touched(const postgres *p, size_t i)
{
	assert(i < p->answers.n);
	return strtoull(libpq.cmdTuples(p->answers.at[i]), NULL, 10);
}

status
postgres_ask(postgres *p, const char *sql, const postgres_values *v, postgres_rows *rows)
{
	TRY(postgres_queue(p, sql, v));
	TRY(postgres_wait(p));
	if (rows != NULL)
		*rows = postgres_answer(p, p->queue.n - 1);
	return STATUS_OK;
}

/* --- transactions --- */

void
postgres_begin(postgres *p, const char *how)
{
	snprintf(p->begin, sizeof(p->begin), "BEGIN %s", how);
}

status
postgres_commit(postgres *p)
{
	if (p->answered)
		postgres_forget(p);
	if (!p->open && p->queue.n == 0) { /* nothing was done */
		p->begin[0] = '\0';
		return STATUS_OK;
	}
	TRY(postgres_queue_once(p, "COMMIT", NULL));
	p->commits = true;
	status done = postgres_wait(p);
	bool written = done == STATUS_OK &&
		       strcmp(libpq.cmdStatus(p->answers.at[p->answers.n - 1]), "COMMIT") == 0;
	if (done == STATUS_OK)
		p->open = false;
	if (done == STATUS_OK && !written)
		done = postgres_fail(p, STATUS_IO, "nothing of the transaction was written",
			"rien de la transaction n’a été écrit");
	return done;
}

void
postgres_rollback(postgres *p)
{
	char failure[sizeof(p->failure)], sqlstate[sizeof(p->sqlstate)];
	char message[sizeof(p->context->message)];
	bool open = p->open;

	memcpy(message, p->context->message, sizeof(message));
	memcpy(failure, p->failure, sizeof(failure));
	memcpy(sqlstate, p->sqlstate, sizeof(sqlstate));
	p->begin[0] = '\0';
	postgres_forget(p);
	if (p->copying)
		postgres_disconnect(p);
	if (open && p->connection != NULL) {
		if (postgres_queue_once(p, "ROLLBACK", NULL) != STATUS_OK ||
			postgres_wait(p) != STATUS_OK)
			postgres_disconnect(p);
		postgres_forget(p);
		/* What failed before is what matters. */
		memcpy(p->failure, failure, sizeof(failure));
		memcpy(p->sqlstate, sqlstate, sizeof(sqlstate));
		memcpy(p->context->message, message, sizeof(message));
	}
	p->open = false;
}
