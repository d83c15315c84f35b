/* What the files of base/postgres.h share. */
#ifndef BASE_POSTGRES_PRIVATE_H
#define BASE_POSTGRES_PRIVATE_H

#include "base/libpq.h"
#include "base/postgres.h"

#define POSTGRES_NAME_BYTES 400

typedef struct postgres_statement {
	const char *sql;
	size_t first, n; /* among the values */
	bool once;
} postgres_statement;

struct postgres {
	context *context;
	const memory *memory;
	char *url;
	char name[POSTGRES_NAME_BYTES];
	PGconn *connection; /* NULL: not connected */
	unsigned patience;
	bool fresh; /* nothing was asked of this connection yet */
	bool named; /* statements may be prepared */
	/* what is queued */
	ARRAY(postgres_statement) queue;
	ARRAY(postgres_value) values;
	buffer bytes;
	bool commits; /* the last of the queue is COMMIT */
	/* answers to what was queued before */
	ARRAY(PGresult *) answers;
	bool answered; /* the queue is of the past */
	ARRAY(uint64_t) prepared;
	/* a transaction */
	char begin[64]; /* the statement, while it is to be sent */
	bool open;
	bool copying;
	char sqlstate[6];
	char failure[512];
};

/* The sentence and the status for a failure that the server told. */
MUST_USE status postgres_told(postgres *p, const char *sqlstate, const char *said);
/* For a connection that was not made, or was lost, by what libpq says of it. */
MUST_USE status postgres_unreached(postgres *p, const char *said);
MUST_USE status postgres_lost(postgres *p);
MUST_USE status postgres_silent(postgres *p);
/* A sentence of our own after the name of the store. */
MUST_USE status postgres_fail(postgres *p, status s, const char *en, const char *fr);

void postgres_forget(postgres *p); /* what is queued, and answers */
void postgres_forget_answers(postgres *p);

/* base/postgres_connect.c: connects, or says why not. */
MUST_USE status postgres_connect(postgres *p);
MUST_USE status postgres_connect_again(postgres *p);
void postgres_disconnect(postgres *p);
/* Waits until the socket may be read or, when wanted, written; STATUS_AGAIN: patience ended. */
MUST_USE status postgres_poll(const postgres *p, bool write, int64_t deadline);
int64_t postgres_now(void); /* milliseconds of a clock that nobody sets */

/* base/postgres_idle.c: connections that wait for somebody who opens the same URL. */
postgres *postgres_idle_take(const char *url); /* NULL: none */
bool postgres_idle_give(postgres *p);          /* false: it is not kept */
void postgres_free(postgres *p);

#endif
