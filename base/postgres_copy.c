/* Statements without parameters, and COPY: what a pipeline cannot carry. The connection leaves
 * its pipeline for them and goes back. */
#include <stdlib.h>
#include <string.h>

#include "base/postgres_private.h"

static int64_t
deadline_of(const postgres *p)
{
	return postgres_now() + (int64_t)p->patience * 1000;
}

/* Waits until something may be sent, where that is wanted, or has come; takes what has come. */
static status
wait_a_while(postgres *p, bool write, int64_t deadline)
{
	if (postgres_poll(p, write, deadline) != STATUS_OK)
		return postgres_silent(p);
	return libpq.consumeInput(p->connection) == 0 ? postgres_lost(p) : STATUS_OK;
}

/* Until nothing is left to send. */
static status
flush(postgres *p)
{
	int64_t deadline = deadline_of(p);
	int left;

	while ((left = libpq.flush(p->connection)) > 0)
		TRY(wait_a_while(p, true, deadline));
	return left == 0 ? STATUS_OK : postgres_lost(p);
}

/* The next result; NULL after the last. */
static status
next(postgres *p, PGresult **out)
{
	int64_t deadline = deadline_of(p);

	TRY(flush(p));
	while (libpq.isBusy(p->connection) != 0)
		TRY(wait_a_while(p, false, deadline));
	*out = libpq.getResult(p->connection);
	return STATUS_OK;
}

static status
told(postgres *p, const PGresult *r)
{
	const char *code = libpq.resultErrorField(r, PG_DIAG_SQLSTATE);
	const char *said = libpq.resultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);

	return code == NULL ? postgres_lost(p)
			    : postgres_told(p, code, said == NULL ? "" : said);
}

/* The results until the last or until COPY has begun; the first failure is what is told. */
static status
drain(postgres *p, uint64_t *rows)
{
	status first = STATUS_OK;
	PGresult *r = NULL;

	for (;;) {
		TRY(next(p, &r));
		if (r == NULL)
			return first;
		ExecStatusType kind = libpq.resultStatus(r);
		if (kind == PGRES_FATAL_ERROR && first == STATUS_OK)
			first = told(p, r);
		if (rows != NULL && kind == PGRES_COMMAND_OK)
			*rows = strtoull(libpq.cmdTuples(r), NULL, 10);
		libpq.clear(r);
		if (p->connection == NULL || kind == PGRES_COPY_IN)
			return first;
	}
}

/* What is queued goes first, the beginning of a transaction with it. */
static status
leave_pipeline(postgres *p)
{
	if (p->begin[0] != '\0')
		TRY(postgres_queue_once(p, "SELECT 1", NULL));
	if (p->queue.n != 0 && !p->answered)
		TRY(postgres_wait(p));
	if (p->connection == NULL && p->open)
		return postgres_lost(p);
	if (p->connection == NULL)
		TRY(postgres_connect_again(p));
	return libpq.exitPipelineMode(p->connection) == 0 ? postgres_lost(p) : STATUS_OK;
}

static status
enter_pipeline(postgres *p, status done)
{
	if (p->connection != NULL && libpq.enterPipelineMode(p->connection) == 0)
		postgres_disconnect(p);
	return done;
}

status
postgres_execute(postgres *p, const char *sql)
{
	TRY(leave_pipeline(p));
	status done =
		libpq.sendQuery(p->connection, sql) == 0 ? postgres_lost(p) : drain(p, NULL);
	return enter_pipeline(p, done);
}

status
postgres_copy_begin(postgres *p, const char *sql)
{
	TRY(leave_pipeline(p));
	status done =
		libpq.sendQuery(p->connection, sql) == 0 ? postgres_lost(p) : drain(p, NULL);
	if (done != STATUS_OK)
		return enter_pipeline(p, done);
	p->copying = true;
	return STATUS_OK;
}

status
postgres_copy_put(postgres *p, slice bytes)
{
	int64_t deadline = deadline_of(p);
	int sent;

	while ((sent = libpq.putCopyData(p->connection, bytes.p, (int)bytes.n)) == 0)
		TRY(wait_a_while(p, true, deadline));
	return sent > 0 ? STATUS_OK : postgres_lost(p);
}

status
postgres_copy_end(postgres *p, uint64_t *rows)
{
	int64_t deadline = deadline_of(p);
	int sent;

	while ((sent = libpq.putCopyEnd(p->connection, NULL)) == 0)
		TRY(wait_a_while(p, true, deadline));
	p->copying = false;
	if (sent < 0)
		return postgres_lost(p);
	return enter_pipeline(p, drain(p, rows));
}
