/* A copy of a shared termbase on this machine, for reading: a store in a file of the cache,
 * named after the termbase. The server numbers the transactions that wrote and knows the mark
 * that each left: a copy that has one of them wants only what was written since, another one is
 * made anew. Where there is no place to write to, the copy is in memory. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "termbase/cache.h"
#include "termbase/postgres.h"

#define VERSION 1               /* of how copies are made */
#define FRESH_MILLISECONDS 1000 /* for so long nobody asks again whether it is of today */
#define NAMES_AT_ONCE 500

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 + 1;
}

/* --- the state --- */

status
replica_ask_state(postgres *db)
{
	return postgres_queue(
		db, "SELECT id::text, mark::text, sequence FROM paraph.termbase", NULL);
}

static void
copy_text(char out[POSTGRES_UUID], slice s)
{
	snprintf(out, POSTGRES_UUID, "%.*s", SLICE_ARG(s));
}

void
replica_take_state(postgres_store *s, size_t answer)
{
	postgres_rows r = postgres_answer(s->db, answer);

	s->state = (postgres_state){ .sequence = -1 };
	if (r.n != 0) {
		copy_text(s->state.id, postgres_text(&r, 0, 0));
		copy_text(s->state.mark, postgres_text(&r, 0, 1));
		s->state.sequence = postgres_int(&r, 0, 2);
	}
	s->asked = now();
}

/* --- what the copy is of --- */

static status
read_state(store *replica, context *c, postgres_state *out)
{
	buffer text;

	*out = (postgres_state){ .sequence = -1 };
	buffer_init(&text, c->memory, 1 << 20);
	status done = store_get_meta(replica, "shared.mark", &text);
	if (done == STATUS_OK)
		copy_text(out->mark, buffer_slice(&text));
	if (done == STATUS_OK)
		done = store_get_meta(replica, "shared.sequence", &text);
	if (done == STATUS_OK && text.n != 0) {
		buffer_put_char(&text, '\0');
		out->sequence = strtoll(text.p, NULL, 10);
	}
	buffer_free(&text);
	return done;
}

static status
write_state(store *replica, const postgres_state *state)
{
	char number[32];

	snprintf(number, sizeof(number), "%" PRId64, state->sequence);
	TRY(store_set_meta(replica, "shared.mark", slice_of(state->mark)));
	return store_set_meta(replica, "shared.sequence", slice_of(number));
}

/* --- bringing it up to date --- */

typedef struct update {
	postgres_store *store;
	context *context;
	store *to;
	arena names;
	ARRAY(uint64_t) seen; /* hashes of the ids that the server has */
	entry e;
} update;

static int
by_number(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

static status
take(void *user, const entry *e)
{
	update *u = user;

	TRY(ARRAY_RESERVE(u->context->memory, &u->seen, 1));
	u->seen.at[u->seen.n++] = slice_hash(e->id);
	return store_put(u->to, e, NULL);
}

static void
sort_seen(update *u)
{
	if (u->seen.n > 1)
		qsort(u->seen.at, u->seen.n, sizeof(*u->seen.at), by_number);
}

static bool
was_seen(const update *u, slice id)
{
	uint64_t hash = slice_hash(id);

	return u->seen.n != 0 && bsearch(&hash, u->seen.at, u->seen.n, sizeof(hash), by_number);
}

/* What the server has not any more goes. */
static status
drop_unseen(void *user, const entry *e)
{
	update *u = user;
	bool found;

	return was_seen(u, e->id) ? STATUS_OK : store_remove(u->to, e->id, NULL, &found);
}

static status
take_all(update *u)
{
	TRY(postgres_read_all(u->store, &u->e, take, u));
	sort_seen(u);
	return store_each(u->to, drop_unseen, u);
}

static status
take_named(update *u, const slice *names, size_t n)
{
	size_t queued = 0, count;
	int64_t last;
	bool found;

	u->seen.n = 0;
	TRY(postgres_read_named(u->store->db, names, n, false, &queued));
	TRY(postgres_wait(u->store->db));
	TRY(postgres_read_answers(u->store, 0, &u->e, take, u, &count, &last));
	sort_seen(u);
	for (size_t i = 0; i < n; i++)
		if (!was_seen(u, names[i]))
			TRY(store_remove(u->to, names[i], NULL, &found));
	return STATUS_OK;
}

/* The names are copied: reading asks anew. */
static status
take_changed(update *u, const postgres_rows *r)
{
	size_t n = r->n;
	slice *names = ARENA_ARRAY(&u->names, slice, n);

	if (names == NULL && n != 0)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++)
		TRY(arena_copy(&u->names, postgres_text(r, i, 0), &names[i]));
	for (size_t i = 0; i < n; i += NAMES_AT_ONCE)
		TRY(take_named(u, names + i, n - i < NAMES_AT_ONCE ? n - i : NAMES_AT_ONCE));
	return STATUS_OK;
}

/* The state, whether the copy's is one of the server's, and what was written since. */
static status
ask_changes(postgres_store *s, int64_t sequence, postgres_rows *mark, postgres_rows *changed)
{
	TRY(replica_ask_state(s->db));
	postgres_values_clear(&s->values);
	postgres_put_int64(&s->values, sequence);
	TRY(postgres_queue(s->db,
		"SELECT mark::text FROM paraph.termbase_mark WHERE sequence = $1", &s->values));
	TRY(postgres_queue(s->db,
		"SELECT concept FROM paraph.termbase_change WHERE sequence > $1"
		" GROUP BY concept ORDER BY max(sequence), concept",
		&s->values));
	TRY(postgres_wait(s->db));
	replica_take_state(s, 0);
	*mark = postgres_answer(s->db, 1);
	*changed = postgres_answer(s->db, 2);
	return STATUS_OK;
}

static status
pull(update *u)
{
	postgres_store *s = u->store;
	postgres_rows mark, changed;
	postgres_state of;

	/* Somebody else may have done it while we waited for the file. */
	TRY(read_state(u->to, u->context, &of));
	TRY(ask_changes(s, of.sequence, &mark, &changed));
	bool earlier = mark.n != 0 && slice_is(postgres_text(&mark, 0, 0), of.mark);
	TRY(earlier ? take_changed(u, &changed) : take_all(u));
	return write_state(u->to, &s->state);
}

/* In one transaction of the copy and one state of the server. */
static status
bring_up_to_date(postgres_store *s, store *to)
{
	update u = { .store = s, .context = s->store.context, .to = to };

	arena_init(&u.names, u.context->memory);
	entry_init(&u.e, u.context->memory);
	status done = store_begin(to);
	if (done == STATUS_OK) {
		postgres_begin(s->db, "ISOLATION LEVEL REPEATABLE READ READ ONLY");
		done = pull(&u);
		postgres_rollback(s->db);
	}
	if (done == STATUS_OK)
		done = store_commit(to);
	entry_free(&u.e);
	arena_free(&u.names);
	ARRAY_FREE(u.context->memory, &u.seen);
	return done;
}

static status
is_current(postgres_store *s, store *replica, bool *current)
{
	postgres_state of;

	TRY(read_state(replica, s->store.context, &of));
	*current = of.sequence == s->state.sequence && strcmp(of.mark, s->state.mark) == 0;
	return STATUS_OK;
}

/* --- the file --- */

static bool
find_place(postgres_store *s)
{
	uint64_t sum = STORE_VERSION;

	cache_sum(&sum, VERSION);
	cache_sum(&sum, slice_hash(slice_of(s->state.id)));
	return cache_path(s->replica_path, sum, ".shared.sqlite");
}

static status
refresh_file(postgres_store *s)
{
	bool current = false;
	store *to;

	TRY(store_open(&to, s->store.context, s->replica_path, STORE_WRITE));
	status done = is_current(s, to, &current);
	if (done == STATUS_OK && !current)
		done = bring_up_to_date(s, to);
	store_close(to);
	return done;
}

static void
drop_replica(postgres_store *s)
{
	store_close(s->replica);
	s->replica = NULL;
}

/* One that is half made is none. */
static status
open_in_memory(postgres_store *s)
{
	s->store.context->message[0] = '\0';
	TRY(store_open(&s->replica, s->store.context, ":memory:", STORE_NEW));
	status done = bring_up_to_date(s, s->replica);
	if (done != STATUS_OK)
		drop_replica(s);
	return done;
}

/* A copy that cannot be written to or is damaged must not stand in the way; a server that does
 * not answer does. */
static status
open_replica(postgres_store *s)
{
	bool current = false;
	bool has_place = find_place(s);

	if (has_place &&
		store_open(&s->replica, s->store.context, s->replica_path, STORE_READ) ==
			STATUS_OK &&
		is_current(s, s->replica, &current) == STATUS_OK && current)
		return STATUS_OK;
	drop_replica(s);
	status done = has_place ? refresh_file(s) : STATUS_IO;
	if (done == STATUS_OK)
		done = store_open(&s->replica, s->store.context, s->replica_path, STORE_READ);
	if (done == STATUS_IO || done == STATUS_DAMAGED || done == STATUS_FORMAT)
		done = open_in_memory(s);
	return done;
}

/* Others write while it is open. */
static status
refresh(postgres_store *s)
{
	bool current;

	if (now() - s->asked > FRESH_MILLISECONDS) {
		TRY(replica_ask_state(s->db));
		TRY(postgres_wait(s->db));
		replica_take_state(s, 0);
	}
	TRY(is_current(s, s->replica, &current));
	if (current)
		return STATUS_OK;
	status done = find_place(s) ? refresh_file(s) : STATUS_IO;
	TRY(done == STATUS_OK ? is_current(s, s->replica, &current) : STATUS_OK);
	if (done == STATUS_OK && current)
		return done;
	if (done != STATUS_OK && done != STATUS_IO && done != STATUS_DAMAGED)
		return done;
	drop_replica(s);
	return open_in_memory(s);
}

status
replica_use(postgres_store *s, store **out)
{
	/* Bringing a copy up to date has a transaction of its own. */
	assert(!s->open);
	*out = NULL;
	TRY(s->replica == NULL ? open_replica(s) : refresh(s));
	*out = s->replica;
	return STATUS_OK;
}
