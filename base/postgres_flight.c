/* What is on its way: statements to one connection or to several at once, and their answers.
 * Sending and receiving go on side by side, so that neither side waits for the other with full
 * hands. */
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/postgres_private.h"

/* Goes before the first question on a connection. A pooler gives a process number of its own:
 * then nothing may be left in a session. Elsewhere the server is to notice a client that went
 * away during a long question. */
static const char probe[] = "SELECT pg_backend_pid(), CASE WHEN pg_backend_pid() = $1 THEN"
			    " set_config('client_connection_check_interval', '5s', false) END";

/* --- sending --- */

typedef struct arguments { /* of one statement, as libpq wants them */
	Oid types[POSTGRES_VALUES];
	const char *at[POSTGRES_VALUES];
	int lengths[POSTGRES_VALUES], formats[POSTGRES_VALUES];
} arguments;

static void
fill(arguments *a, const postgres *p, const postgres_statement *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const postgres_value *v = &p->values.at[s->first + i];
		a->types[i] = v->type;
		a->lengths[i] = v->length;
		a->formats[i] = 1;
		a->at[i] = v->length < 0        ? NULL
			   : p->bytes.p == NULL ? ""
						: p->bytes.p + v->start;
	}
}

/* Is it prepared? What is not will be, by the caller. */
static status
find_prepared(postgres *p, uint64_t hash, bool *found)
{
	*found = false;
	for (size_t i = 0; i < p->prepared.n && !*found; i++)
		*found = p->prepared.at[i] == hash;
	if (*found)
		return STATUS_OK;
	TRY(ARRAY_RESERVE(p->memory, &p->prepared, 1));
	p->prepared.at[p->prepared.n++] = hash;
	return STATUS_OK;
}

/* *preparing: the result of PREPARE comes before that of the statement. */
static status
send_prepared(postgres *p, const postgres_statement *s, const arguments *a, bool *preparing)
{
	char name[20];
	uint64_t hash = slice_hash(slice_of(s->sql));
	bool found;

	snprintf(name, sizeof(name), "p%016llx", (unsigned long long)hash);
	TRY(find_prepared(p, hash, &found));
	*preparing = !found;
	if (!found && libpq.sendPrepare(p->connection, name, s->sql, (int)s->n, a->types) == 0)
		return STATUS_AGAIN;
	return libpq.sendQueryPrepared(
		       p->connection, name, (int)s->n, a->at, a->lengths, a->formats, 1) == 0
		       ? STATUS_AGAIN
		       : STATUS_OK;
}

typedef struct flight { /* what is on its way on one connection */
	postgres *p;
	bool *preparing; /* of each result to come: PREPARE, which is no answer */
	size_t before;   /* results ahead of the first answer */
	size_t expected, got;
	status status;
	bool told; /* a failure */
	bool synced;
} flight;

static status
send_statement(flight *f, const postgres_statement *s)
{
	postgres *p = f->p;
	bool preparing = false;
	arguments a;
	status done = STATUS_OK;

	fill(&a, p, s);
	if (p->named && !s->once)
		done = send_prepared(p, s, &a, &preparing);
	else if (libpq.sendQueryParams(p->connection, s->sql, (int)s->n, a.types, a.at,
			 a.lengths, a.formats, 1) == 0)
		done = STATUS_AGAIN;
	if (preparing)
		f->preparing[f->expected++] = true;
	f->preparing[f->expected++] = false;
	return done;
}

static bool
send_probe(flight *f)
{
	PGconn *c = f->p->connection;
	unsigned pid = (unsigned)libpq.backendPID(c);
	char bytes[4] = { (char)(pid >> 24), (char)(pid >> 16), (char)(pid >> 8), (char)pid };
	const char *at[] = { bytes };
	static const Oid types[] = { 23 };
	static const int lengths[] = { 4 }, formats[] = { 1 };

	f->expected++;
	return libpq.sendQueryParams(c, probe, 1, types, at, lengths, formats, 1) != 0;
}

/* STATUS_AGAIN: the connection is not sound. */
static status
send_all(flight *f)
{
	postgres *p = f->p;

	*f = (flight){ .p = p, .preparing = f->preparing };
	if (p->connection == NULL)
		return STATUS_AGAIN;
	/* First of all: a level of isolation can be chosen before any query only. */
	if (p->begin[0] != '\0') {
		f->expected++;
		if (libpq.sendQueryParams(
			    p->connection, p->begin, 0, NULL, NULL, NULL, NULL, 1) == 0)
			return STATUS_AGAIN;
	}
	if (p->fresh && !send_probe(f))
		return STATUS_AGAIN;
	f->before = f->expected;
	for (size_t i = 0; i < f->before; i++)
		f->preparing[i] = true;
	for (size_t i = 0; i < p->queue.n; i++)
		TRY(send_statement(f, &p->queue.at[i]));
	return libpq.pipelineSync(p->connection) == 0 ? STATUS_AGAIN : STATUS_OK;
}

/* --- receiving --- */

static void
take_failure(flight *f, const PGresult *r)
{
	const char *code = libpq.resultErrorField(r, PG_DIAG_SQLSTATE);
	const char *said = libpq.resultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);

	if (f->told || code == NULL) /* without a code libpq speaks, of the connection */
		return;
	f->told = true;
	f->status = postgres_told(f->p, code, said == NULL ? "" : said);
}

static void
take_probe(postgres *p, const PGresult *r)
{
	if (libpq.resultStatus(r) != PGRES_TUPLES_OK)
		return;
	postgres_rows rows = { r, (size_t)libpq.ntuples(r) };
	p->fresh = false;
	p->named = rows.n == 1 &&
		   postgres_int(&rows, 0, 0) == (int64_t)libpq.backendPID(p->connection);
}

/* One result of the connection; it goes to the answers or is freed. */
static status
take_result(flight *f, PGresult *r)
{
	postgres *p = f->p;
	ExecStatusType kind = libpq.resultStatus(r);
	bool answer = f->got < f->expected && !f->preparing[f->got];

	if (kind == PGRES_PIPELINE_SYNC)
		f->synced = true;
	if (kind == PGRES_FATAL_ERROR || kind == PGRES_BAD_RESPONSE)
		take_failure(f, r);
	else if (f->got + 1 == f->before && p->fresh)
		take_probe(p, r);
	if (f->synced || !answer) {
		libpq.clear(r);
		return STATUS_OK;
	}
	if (ARRAY_RESERVE(p->memory, &p->answers, 1) != STATUS_OK) {
		libpq.clear(r);
		return STATUS_MEMORY;
	}
	p->answers.at[p->answers.n++] = r;
	return STATUS_OK;
}

/* All that has come. STATUS_AGAIN: the connection is gone. */
static status
receive(flight *f)
{
	PGconn *c = f->p->connection;

	if (libpq.consumeInput(c) == 0)
		return STATUS_AGAIN;
	while (!f->synced && libpq.isBusy(c) == 0) {
		PGresult *r = libpq.getResult(c);
		if (r == NULL) { /* the end of one statement's */
			if (f->got > f->expected || libpq.status(c) != CONNECTION_OK)
				return STATUS_AGAIN;
			f->got++;
			continue;
		}
		TRY(take_result(f, r));
	}
	return libpq.status(c) == CONNECTION_OK ? STATUS_OK : STATUS_AGAIN;
}

/* May what is queued be sent once more on another connection: has it written nothing? */
static bool
is_repeatable(const postgres *p)
{
	if (p->open || p->commits)
		return false;
	if (p->begin[0] != '\0')
		return true;
	for (size_t i = 0; i < p->queue.n; i++)
		if (strncmp(p->queue.at[i].sql, "SELECT ", 7) != 0)
			return false;
	return true;
}

/* After a loss: once more on a new connection, or the end. */
static status
again(flight *f, bool first)
{
	postgres *p = f->p;
	bool repeatable = is_repeatable(p);

	if (f->told && strncmp(p->sqlstate, "57", 2) != 0) {
		postgres_disconnect(p);
		return f->status;
	}
	if (!first || !repeatable)
		return postgres_lost(p);
	postgres_disconnect(p);
	postgres_forget_answers(p);
	TRY(postgres_connect_again(p));
	return send_all(f) == STATUS_OK ? STATUS_OK : postgres_lost(p);
}

/* --- several connections at once --- */

/* Sends what is left to send and takes what has come; true: there is nothing to wait for. */
static bool
advance(flight *f, bool *first)
{
	postgres *p = f->p;
	int left = libpq.flush(p->connection);
	status done = left < 0 ? STATUS_AGAIN : receive(f);

	if (done == STATUS_AGAIN) {
		done = again(f, *first);
		*first = false;
	}
	if (done != STATUS_OK)
		f->status = done;
	return done != STATUS_OK || f->synced;
}

static bool
wants_write(const flight *f)
{
	return libpq.flush(f->p->connection) > 0;
}

#define TOGETHER 64 /* connections */

/* Waits for any of those that are not ready; marks those that said something. */
static void
wait_for_any(flight *all, size_t n, const bool *ready, bool *heard, int64_t deadline)
{
	struct pollfd f[TOGETHER];
	size_t which[TOGETHER];
	nfds_t count = 0;

	for (size_t i = 0; i < n; i++) {
		heard[i] = false;
		if (ready[i])
			continue;
		which[count] = i;
		f[count++] = (struct pollfd){ .fd = libpq.socket(all[i].p->connection),
			.events = (short)(wants_write(&all[i]) ? POLLIN | POLLOUT : POLLIN) };
	}
	int64_t left = deadline - postgres_now();
	if (count == 0 || left <= 0 || poll(f, count, (int)(left > 1000 ? 1000 : left)) <= 0)
		return;
	for (nfds_t k = 0; k < count; k++)
		heard[which[k]] = f[k].revents != 0;
}

static size_t
count_unready(const bool *ready, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += !ready[i];
	return count;
}

/* Whoever says nothing for the time of its patience is given up. */
static void
collect(flight *all, size_t n, bool *ready)
{
	bool heard[TOGETHER], first[TOGETHER];
	int64_t since[TOGETHER], deadline;

	for (size_t i = 0; i < n; i++) {
		since[i] = postgres_now();
		first[i] = true;
		if (!ready[i])
			ready[i] = advance(&all[i], &first[i]);
	}
	while (count_unready(ready, n) != 0) {
		deadline = INT64_MAX;
		for (size_t i = 0; i < n; i++) {
			int64_t end = since[i] + (int64_t)all[i].p->patience * 1000;
			if (!ready[i] && end < deadline)
				deadline = end;
		}
		wait_for_any(all, n, ready, heard, deadline);
		for (size_t i = 0; i < n; i++) {
			int64_t now = postgres_now();
			if (ready[i])
				continue;
			if (heard[i]) {
				since[i] = now;
				ready[i] = advance(&all[i], &first[i]);
			} else if (now - since[i] >= (int64_t)all[i].p->patience * 1000) {
				all[i].status = postgres_silent(all[i].p);
				ready[i] = true;
			}
		}
	}
}

/* What came of it, for the connection's next life. */
static status
settle(flight *f)
{
	postgres *p = f->p;

	p->answered = true;
	if (f->status == STATUS_OK && p->begin[0] != '\0' && p->queue.n != 0)
		p->open = true;
	if (f->status == STATUS_OK || p->connection == NULL)
		p->begin[0] = '\0';
	else if (p->begin[0] != '\0') { /* begun, and failed since */
		p->open = true;
		p->begin[0] = '\0';
	}
	/* What is still to come would be taken for the answer to the next question. */
	if (f->status != STATUS_OK && f->preparing != NULL && !f->synced)
		postgres_disconnect(p);
	if (f->status != STATUS_OK) /* what was to be prepared may not be */
		p->named = p->named && p->prepared.n == 0;
	memory_free(p->memory, f->preparing);
	f->preparing = NULL;
	return f->status;
}

static status
start(flight *f, postgres *p)
{
	*f = (flight){ .p = p };
	if (p->answered) /* nothing new was asked */
		postgres_forget(p);
	TRY(p->bytes.status);
	f->preparing = memory_alloc(p->memory, 2 * p->queue.n + 8);
	if (f->preparing == NULL)
		return STATUS_MEMORY;
	if (p->connection == NULL && p->open)
		return postgres_lost(p);
	if (p->connection == NULL)
		TRY(postgres_connect_again(p));
	status sent = send_all(f);
	return sent == STATUS_AGAIN ? again(f, true) : sent;
}

static status
gather(postgres *const *all, size_t n, status *each)
{
	flight flights[TOGETHER];
	bool ready[TOGETHER];
	status first = STATUS_OK;

	for (size_t i = 0; i < n; i++) {
		status begun = start(&flights[i], all[i]);
		ready[i] = begun != STATUS_OK;
		if (ready[i])
			flights[i].status = begun;
	}
	collect(flights, n, ready);
	for (size_t i = 0; i < n; i++) {
		each[i] = settle(&flights[i]);
		if (first == STATUS_OK && each[i] != STATUS_OK)
			first = each[i];
	}
	return first;
}

status
postgres_gather(postgres *const *all, size_t n, status *each)
{
	status first = STATUS_OK;

	for (size_t i = 0; i < n; i += TOGETHER) {
		status done = gather(all + i, n - i < TOGETHER ? n - i : TOGETHER, each + i);
		if (first == STATUS_OK)
			first = done;
	}
	return first;
}
