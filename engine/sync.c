#define _XOPEN_SOURCE 700 /* realpath */
/* Copies of shared memories, behind include/paraph.h. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/postgres.h"
#include "engine/memories.h"
#include "tm/sync.h"

/* The name of a memory wherever it is named from, without a password. A file that is not there
 * is not made: nobody wants an empty memory to be shared by a slip of the pen. */
static status
name_shared(context *c, const char *path, char *out, size_t size)
{
	if (postgres_is_url(path)) {
		postgres_name_of(out, size, path);
		return STATUS_OK;
	}
	char *real = realpath(path, NULL);
	status done = STATUS_OK;
	if (real == NULL || strlen(real) >= size)
		done = context_fail(c, STATUS_NOT_FOUND, "%s: no such memory",
			"%s\u00A0: cette mémoire n’existe pas", path);
	else
		strcpy(out, real);
	free(real);
	return done;
}

static status
synchronise(paraph_tm *copy, const paraph_tm_sync *s, tm_sync_counts *counts)
{
	const paraph_tm_filter *f = &s->filter;
	char name[8192], when[32] = "";
	time_t now = time(NULL);
	struct tm utc;
	tm_store *shared;

	TRY(name_shared(&copy->context, s->shared, name, sizeof(name)));
	if (gmtime_r(&now, &utc) != NULL)
		strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &utc);
	tm_sync_options o = { .origin = slice_of(name),
		.filter = { slice_of(f->source), slice_of(f->target), slice_of(f->document),
			slice_of(f->author), slice_of(f->since), slice_of(f->until) },
		.who = slice_of(s->who),
		.when = slice_of(when),
		.only_fetch = s->only_fetch,
		.moved = s->moved };
	TRY(tm_store_open(&shared, &copy->context, s->shared,
		s->only_fetch ? TM_STORE_READ : TM_STORE_WRITE));
	status done = tm_sync(copy->store, shared, &copy->context, &o, counts);
	tm_store_close(shared);
	return done;
}

paraph_status
paraph_tm_synchronise(paraph_tm *copy, const paraph_tm_sync *s, paraph_tm_sync_counts *out)
{
	tm_sync_counts n = { 0 };

	copy->context.message[0] = '\0';
	status done = synchronise(copy, s, &n);
	*out = (paraph_tm_sync_counts){ n.sent, n.fetched, n.removed, n.conflicts, n.open };
	return memory_answer(copy, done);
}

typedef struct teller {
	paraph_status (*conflict)(void *user, bool mine, const paraph_tm_unit *unit);
	void *user;
} teller;

static status
tell(void *user, bool mine, const tm_unit *u)
{
	const teller *t = user;
	paraph_tm_unit unit = memory_unit(u, 0);

	return (status)t->conflict(t->user, mine, &unit);
}

paraph_status
paraph_tm_conflicts(paraph_tm *copy,
	paraph_status (*conflict)(void *user, bool mine, const paraph_tm_unit *unit),
	void *user, uint64_t *n)
{
	teller t = { conflict, user };

	copy->context.message[0] = '\0';
	return memory_answer(copy, tm_sync_conflicts(copy->store, &copy->context, tell, &t, n));
}
