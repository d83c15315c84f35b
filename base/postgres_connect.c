/* Connecting: one host of the URL after the other, each with its time, and again with growing
 * pauses when a connection was lost. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/postgres_private.h"

#define CONNECT_SECONDS 10
#define HOSTS_MOST 32
#define PAUSES 6 /* of 100, 200, 400 … milliseconds: six seconds in all */

int64_t
postgres_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
rest(unsigned milliseconds)
{
	struct timespec t = { milliseconds / 1000, (long)(milliseconds % 1000) * 1000000 };

	while (nanosleep(&t, &t) != 0 && errno == EINTR)
		;
}

status
postgres_poll(const postgres *p, bool write, int64_t deadline)
{
	struct pollfd f = { .fd = libpq.socket(p->connection),
		.events = (short)(write ? POLLIN | POLLOUT : POLLIN) };

	for (;;) {
		int64_t left = deadline - postgres_now();
		if (left <= 0)
			return STATUS_AGAIN;
		int n = poll(&f, 1, left > 60000 ? 60000 : (int)left);
		if (n > 0 || (n < 0 && errno != EINTR))
			return STATUS_OK; /* libpq says what is wrong */
	}
}

void
postgres_disconnect(postgres *p)
{
	if (p->connection != NULL)
		libpq.finish(p->connection);
	p->connection = NULL;
	p->prepared.n = 0;
	p->copying = false;
}

/* What the server remarks (NOTICE) is for administrators at a terminal, not for us. */
static void
hear_nothing(void *user, const char *message)
{
	(void)user;
	(void)message;
}

/* --- one host --- */

static status
wait_for_host(postgres *p, int64_t deadline)
{
	PostgresPollingStatusType next = PGRES_POLLING_WRITING;

	for (;;) {
		struct pollfd f = { .fd = libpq.socket(p->connection),
			.events = next == PGRES_POLLING_WRITING ? POLLOUT : POLLIN };
		int64_t left = deadline - postgres_now();
		if (left <= 0)
			return postgres_fail(p, STATUS_AGAIN, "the server does not answer",
				"le serveur ne répond pas");
		if (poll(&f, 1, (int)left) == 0)
			continue;
		next = libpq.connectPoll(p->connection);
		if (next == PGRES_POLLING_OK)
			return STATUS_OK;
		if (next == PGRES_POLLING_FAILED)
			return postgres_unreached(p, libpq.errorMessage(p->connection));
	}
}

/* What is named here goes before what the URL says. */
static status
connect_to(postgres *p, const char *host, const char *address, const char *port,
	const char *session, unsigned seconds)
{
	const char *names[] = { "dbname", "fallback_application_name", "client_encoding", NULL,
		NULL, NULL, NULL, NULL };
	const char *values[] = { p->url, "paraph", "UTF8", NULL, NULL, NULL, NULL, NULL };
	const char *extra[][2] = { { "host", host }, { "hostaddr", address }, { "port", port },
		{ "target_session_attrs", session } };
	size_t n = 3;

	for (size_t i = 0; i < sizeof(extra) / sizeof(*extra); i++)
		if (extra[i][1] != NULL) {
			names[n] = extra[i][0];
			values[n++] = extra[i][1];
		}
	p->connection = libpq.connectStartParams(names, values, 1);
	if (p->connection == NULL)
		return STATUS_MEMORY;
	(void)libpq.setErrorVerbosity(p->connection, PQERRORS_VERBOSE);
	(void)libpq.setNoticeProcessor(p->connection, hear_nothing, NULL);
	status done = libpq.status(p->connection) == CONNECTION_BAD
			      ? postgres_unreached(p, libpq.errorMessage(p->connection))
			      : wait_for_host(p, postgres_now() + (int64_t)seconds * 1000);
	if (done == STATUS_OK && (libpq.setnonblocking(p->connection, 1) != 0 ||
					 libpq.enterPipelineMode(p->connection) == 0))
		done = postgres_unreached(p, libpq.errorMessage(p->connection));
	if (done != STATUS_OK)
		postgres_disconnect(p);
	p->fresh = true;
	p->named = false;
	return done;
}

/* --- all hosts --- */

typedef struct address {
	char *host, *hostaddr, *port; /* lists, cut at their commas; NULL: not said */
	unsigned seconds;
} address;

static char *
value_of(const PQconninfoOption *options, const char *name)
{
	for (const PQconninfoOption *o = options; o->keyword != NULL; o++)
		if (strcmp(o->keyword, name) == 0)
			return o->val == NULL || o->val[0] == '\0' ? NULL : o->val;
	return NULL;
}

/* The next of a list, or its last one again where it has only one. */
static const char *
next_of(char **list, bool *more)
{
	char *at = *list;

	if (at == NULL)
		return NULL;
	char *comma = strchr(at, ',');
	if (comma == NULL)
		return at;
	*comma = '\0';
	*list = comma + 1;
	*more = true;
	return at;
}

static status
try_hosts(postgres *p, address a, const char *session)
{
	status done = STATUS_AGAIN;
	bool more = true;

	for (size_t i = 0; more && i < HOSTS_MOST; i++) {
		more = false;
		const char *host = next_of(&a.host, &more);
		const char *hostaddr = next_of(&a.hostaddr, &more);
		bool ports = more;
		const char *port = next_of(&a.port, &ports);
		done = connect_to(p, host, hostaddr, port, session, a.seconds);
		if (done == STATUS_OK || done == STATUS_MEMORY)
			return done;
	}
	return done;
}

static status
try_all(postgres *p, const PQconninfoOption *options, const char *session)
{
	const char *seconds = value_of(options, "connect_timeout");
	address a = { .host = value_of(options, "host"),
		.hostaddr = value_of(options, "hostaddr"),
		.port = value_of(options, "port"),
		.seconds = seconds == NULL ? CONNECT_SECONDS
					   : (unsigned)strtoul(seconds, NULL, 10) };

	if (a.seconds == 0 || a.seconds > 3600)
		a.seconds = 3600;
	return try_hosts(p, a, session);
}

/* The lists are cut where they are, so they are read anew for each attempt. libpq can prefer a
 * standby in a list of hosts; we try them one by one, so all of them for a standby first. */
static status
attempt(postgres *p, bool standby, bool *prefers)
{
	char *why = NULL;
	PQconninfoOption *options = libpq.conninfoParse(p->url, &why);

	if (options == NULL) {
		/* The sentence could quote the password. */
		libpq.freemem(why);
		return postgres_fail(p, STATUS_USAGE, "not a URL that libpq understands",
			"ce n’est pas une URL que libpq comprend");
	}
	const char *session = value_of(options, "target_session_attrs");
	*prefers = session != NULL && strcmp(session, "prefer-standby") == 0;
	if (*prefers)
		session = standby ? "standby" : "any";
	status done = try_all(p, options, session);
	libpq.conninfoFree(options);
	return done;
}

static status
connect_once(postgres *p)
{
	bool prefers = false; /* a URL that is none says nothing of it */
	status done = attempt(p, true, &prefers);

	return done != STATUS_OK && prefers ? attempt(p, false, &prefers) : done;
}

/* A server that is starting will be there in a moment. */
status
postgres_connect(postgres *p)
{
	status done = connect_once(p);

	for (unsigned i = 0; i < PAUSES && strcmp(p->sqlstate, "57P03") == 0; i++) {
		if (done == STATUS_OK)
			break;
		rest(100u << i);
		done = connect_once(p);
	}
	return done;
}

status
postgres_connect_again(postgres *p)
{
	status done = connect_once(p);

	for (unsigned i = 0; i < PAUSES && done == STATUS_AGAIN; i++) {
		rest(100u << i);
		done = connect_once(p);
	}
	return done;
}
