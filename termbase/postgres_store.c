/* The termbase on PostgreSQL, shared by many machines (termbase/store.h). The server has the
 * concepts and their history. Whoever writes talks to it and locks what is being changed;
 * whoever only reads asks it one thing, whether anything was written since, and reads a copy on
 * his own machine (termbase/replica.c): searching, matching and showing are what they are with
 * a file, with the same answers. */
#include <string.h>

#include "termbase/cache.h"
#include "termbase/postgres.h"
#include "termbase/postgres_schema.h"

#define NAMES_AT_ONCE 20000
#define EVENTS_AT_ONCE 2000

static void
close_store(store *base)
{
	postgres_store *s = postgres_store_of(base);
	const memory *m = base->context->memory;

	store_close(s->replica);
	postgres_write_forget_expected(s);
	postgres_close(s->db);
	postgres_values_free(&s->values);
	entry_free(&s->before);
	buffer_free(&s->what);
	arena_free(&s->names);
	postgres_batch_free(&s->batch);
	ARRAY_FREE(m, &s->changed);
	memory_free(m, s);
}

/* Version and state in one round trip. */
static status
look(postgres_store *s)
{
	TRY(postgres_part_queue(s->db, &store_postgres_part));
	TRY(replica_ask_state(s->db));
	TRY(postgres_part_explain(s->db, postgres_wait(s->db)));
	TRY(postgres_part_answer(s->db, &store_postgres_part, 0));
	replica_take_state(s, 1);
	return STATUS_OK;
}

static status
open_store(store **out, context *c, const char *path, store_mode mode)
{
	postgres_store *s = memory_alloc(c->memory, sizeof(*s));

	(void)mode; /* the server says who may write; paraph store init makes the tables */
	*out = NULL;
	if (s == NULL)
		return STATUS_MEMORY;
	*s = (postgres_store){ .store = { &store_engine_postgres, c, path } };
	postgres_values_init(&s->values, c->memory);
	entry_init(&s->before, c->memory);
	buffer_init(&s->what, c->memory, c->limits.output);
	arena_init(&s->names, c->memory);
	postgres_batch_init(&s->batch, c->memory);
	status done = postgres_open(&s->db, c, path);
	if (done == STATUS_OK)
		done = look(s);
	if (done != STATUS_OK)
		close_store(&s->store);
	else
		*out = &s->store;
	return done;
}

/* --- transactions --- */

static void
forget(postgres_store *s)
{
	arena_reset(&s->names);
	postgres_batch_clear(&s->batch);
	s->changed.n = 0;
	s->queued = s->queued_bytes = 0;
	s->read = s->open = false;
	if (s->expected != NULL)
		s->expected->n = 0; /* locked no longer */
}

/* A plan that was made for tables of a few rows would go through all of them when an import has
 * filled them; what is asked here is always a few rows by their keys. */
static const char by_indexes[] = "SELECT set_config('enable_seqscan', 'off', true),"
				 " set_config('plan_cache_mode', 'force_generic_plan', true)";

static status
begin(store *base)
{
	postgres_store *s = postgres_store_of(base);

	forget(s);
	s->contended = false;
	postgres_begin(s->db, "");
	s->open = true;
	TRY(postgres_queue(s->db, by_indexes, NULL));
	s->queued++;
	return STATUS_OK;
}

static void
rollback(store *base)
{
	postgres_store *s = postgres_store_of(base);

	forget(s);
	postgres_rollback(s->db);
}

static status
commit(store *base)
{
	postgres_store *s = postgres_store_of(base);

	TRY(postgres_write_commit(s));
	s->asked = 0; /* the copy is of before */
	forget(s);
	return STATUS_OK;
}

static bool
contended(const store *base)
{
	return ((const postgres_store *)base)->contended;
}

static status
finish(store *base, status done, bool own)
{
	if (own && done == STATUS_OK)
		done = commit(base);
	if (own && done != STATUS_OK)
		rollback(base);
	return done;
}

static status
put_concept(store *base, const entry *e, const store_change *by)
{
	postgres_store *s = postgres_store_of(base);
	bool own = !s->open;

	if (own)
		TRY(begin(base));
	return finish(base, postgres_write_put(s, e, by), own);
}

static status
remove_concept(store *base, slice id, const store_change *by, bool *found)
{
	postgres_store *s = postgres_store_of(base);
	bool own = !s->open;

	if (own)
		TRY(begin(base));
	return finish(base, postgres_write_remove(s, id, by, found), own);
}

/* --- reading --- */

static status
get_concept(store *base, slice id, entry *out, bool *found)
{
	postgres_store *s = postgres_store_of(base);
	store *replica;

	if (s->open)
		return postgres_write_get(s, id, out, found);
	TRY(replica_use(s, &replica));
	return store_get(replica, id, out, found);
}

static status
expect(store *base, const slice *ids, size_t n)
{
	postgres_store *s = postgres_store_of(base);

	return s->open ? postgres_write_expect(s, ids, n) : STATUS_OK;
}

static status
each_concept(store *base, status (*take)(void *user, const entry *e), void *user)
{
	postgres_store *s = postgres_store_of(base);
	store *replica;
	entry e;

	if (!s->open) {
		TRY(replica_use(s, &replica));
		return store_each(replica, take, user);
	}
	TRY(postgres_write_flush(s));
	entry_init(&e, base->context->memory);
	status done = postgres_read_all(s, &e, take, user);
	entry_free(&e);
	return done;
}

static status
names_after(postgres_store *s, int64_t *place,
	status (*take)(void *user, uint64_t key, slice id), void *user, size_t *count)
{
	postgres_rows r;

	postgres_values_clear(&s->values);
	postgres_put_int64(&s->values, *place);
	postgres_put_int32(&s->values, NAMES_AT_ONCE);
	TRY(postgres_ask(s->db,
		"SELECT names, name, place FROM paraph.concept WHERE names <> 0 AND place > $1"
		" ORDER BY place LIMIT $2",
		&s->values, &r));
	*count = r.n;
	for (size_t i = 0; i < r.n; i++) {
		TRY(take(user, (uint64_t)postgres_int(&r, i, 0), postgres_text(&r, i, 1)));
		*place = postgres_int(&r, i, 2);
	}
	return STATUS_OK;
}

static status
each_name(store *base, status (*take)(void *user, uint64_t key, slice id), void *user)
{
	postgres_store *s = postgres_store_of(base);
	size_t count = NAMES_AT_ONCE;
	int64_t place = 0;

	TRY(postgres_write_flush(s));
	while (count == NAMES_AT_ONCE)
		TRY(names_after(s, &place, take, user, &count));
	return STATUS_OK;
}

/* The condition is that of the index; with a limit the server would rather go through all in
 * the order of their places. */
static status
find_named(store *base, uint64_t key, buffer *id)
{
	postgres_store *s = postgres_store_of(base);
	postgres_rows r;

	TRY(postgres_write_flush(s));
	postgres_values_clear(&s->values);
	postgres_put_int64(&s->values, (int64_t)key);
	TRY(postgres_ask(s->db,
		"SELECT name FROM paraph.concept WHERE names = $1 AND names <> 0 ORDER BY "
		"place",
		&s->values, &r));
	if (r.n != 0)
		buffer_put(id, postgres_text(&r, 0, 0));
	return id->status;
}

static status
search(store *base, context *c, arena *a, slice question, size_t most, search_hit **hits,
	size_t *count)
{
	store *replica;

	*hits = NULL;
	*count = 0;
	TRY(replica_use(postgres_store_of(base), &replica));
	return search_run(replica, c, a, question, most, hits, count);
}

/* --- facts --- */

static status
events_after(postgres_store *s, slice id, int64_t *last,
	status (*take)(void *user, const store_event *e), void *user, size_t *count)
{
	postgres_rows r;

	postgres_values_clear(&s->values);
	postgres_put_text(&s->values, id);
	postgres_put_int64(&s->values, *last);
	postgres_put_int32(&s->values, EVENTS_AT_ONCE);
	TRY(postgres_ask(s->db,
		id.n == 0 ? "SELECT id, concept, at, who, action, what FROM paraph.history"
			    " WHERE id > $2 AND $1 = '' ORDER BY id LIMIT $3"
			  : "SELECT id, concept, at, who, action, what FROM paraph.history"
			    " WHERE concept = $1 AND id > $2 ORDER BY id LIMIT $3",
		&s->values, &r));
	*count = r.n;
	for (size_t i = 0; i < r.n; i++) {
		store_event e = { postgres_text(&r, i, 1), postgres_text(&r, i, 2),
			postgres_text(&r, i, 3), postgres_text(&r, i, 4),
			postgres_text(&r, i, 5) };
		*last = postgres_int(&r, i, 0);
		TRY(take(user, &e));
	}
	return STATUS_OK;
}

static status
tell_events(store *base, slice id, status (*take)(void *user, const store_event *e), void *user)
{
	postgres_store *s = postgres_store_of(base);
	size_t count = EVENTS_AT_ONCE;
	int64_t last = 0;

	TRY(postgres_write_flush(s));
	while (count == EVENTS_AT_ONCE)
		TRY(events_after(s, id, &last, take, user, &count));
	return STATUS_OK;
}

static status
count_all(store *base, store_counts *out)
{
	postgres_store *s = postgres_store_of(base);
	postgres_rows r;

	TRY(postgres_write_flush(s));
	TRY(postgres_ask(s->db,
		"SELECT (SELECT count(*) FROM paraph.concept),"
		" (SELECT count(*) FROM paraph.section), (SELECT count(*) FROM paraph.term),"
		" (SELECT count(*) FROM paraph.item),"
		" (SELECT count(*) FROM paraph.concept WHERE retired)",
		NULL, &r));
	*out = (store_counts){ (uint64_t)postgres_int(&r, 0, 0),
		(uint64_t)postgres_int(&r, 0, 1), (uint64_t)postgres_int(&r, 0, 2),
		(uint64_t)postgres_int(&r, 0, 3), (uint64_t)postgres_int(&r, 0, 4) };
	return STATUS_OK;
}

/* The server alone has these: no copy is out of date by them. */
static status
set_meta(store *base, const char *key, slice value)
{
	postgres_store *s = postgres_store_of(base);

	postgres_values_clear(&s->values);
	postgres_put_text(&s->values, slice_of(key));
	postgres_put_text(&s->values, value);
	TRY(postgres_queue(s->db,
		"INSERT INTO paraph.termbase_meta (key, value) VALUES ($1, $2)"
		" ON CONFLICT (key) DO UPDATE SET value = excluded.value",
		&s->values));
	s->queued++;
	return s->open ? STATUS_OK : postgres_write_flush(s);
}

static status
get_meta(store *base, const char *key, buffer *value)
{
	postgres_store *s = postgres_store_of(base);
	postgres_rows r;

	buffer_clear(value);
	TRY(postgres_write_flush(s));
	postgres_values_clear(&s->values);
	postgres_put_text(&s->values, slice_of(key));
	TRY(postgres_ask(s->db, "SELECT value FROM paraph.termbase_meta WHERE key = $1",
		&s->values, &r));
	if (r.n != 0)
		buffer_put(value, postgres_text(&r, 0, 0));
	return value->status;
}

/* --- looking through it --- */

typedef struct keys {
	const memory *memory;
	ARRAY(uint64_t) told, made;
} keys;

static status
note_told(void *user, uint64_t key, slice id)
{
	keys *k = user;

	TRY(ARRAY_RESERVE(k->memory, &k->told, 1));
	k->told.at[k->told.n++] = key ^ slice_hash(id);
	return STATUS_OK;
}

static status
note_made(void *user, const entry *e)
{
	keys *k = user;
	uint64_t key = store_names_key(e);

	if (key == 0)
		return STATUS_OK;
	TRY(ARRAY_RESERVE(k->memory, &k->made, 1));
	k->made.at[k->made.n++] = key ^ slice_hash(e->id);
	return STATUS_OK;
}

/* Each concept can be read, and has the names by which it is found. */
static status
look_through(postgres_store *s, keys *k)
{
	entry e;

	TRY(each_name(&s->store, note_told, k));
	entry_init(&e, k->memory);
	status done = postgres_read_all(s, &e, note_made, k);
	entry_free(&e);
	TRY(done);
	if (k->told.n == k->made.n &&
		(k->told.n == 0 ||
			memcmp(k->told.at, k->made.at, k->told.n * sizeof(*k->told.at)) == 0))
		return STATUS_OK;
	return context_fail(s->store.context, STATUS_DAMAGED, "%s: the termbase is damaged",
		"%s\u00A0: la base terminologique est abîmée", postgres_name(s->db));
}

static status
verify(store *base)
{
	postgres_store *s = postgres_store_of(base);
	keys k = { .memory = base->context->memory };

	postgres_begin(s->db, "ISOLATION LEVEL REPEATABLE READ READ ONLY");
	status done = look_through(s, &k);
	postgres_rollback(s->db);
	ARRAY_FREE(k.memory, &k.told);
	ARRAY_FREE(k.memory, &k.made);
	return done;
}

/* --- the cache --- */

static status
sum_state(uint64_t *sum, context *c, const char *path)
{
	store *base;

	TRY(open_store(&base, c, path, STORE_READ));
	const postgres_state *state = &postgres_store_of(base)->state;
	cache_sum(sum, slice_hash(slice_of(state->id)));
	cache_sum(sum, slice_hash(slice_of(state->mark)));
	close_store(base);
	return STATUS_OK;
}

const store_engine store_engine_postgres = {
	.takes = postgres_is_url,
	.shared = true,
	.open = open_store,
	.close = close_store,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.contended = contended,
	.verify = verify,
	.put = put_concept,
	.remove = remove_concept,
	.get = get_concept,
	.expect = expect,
	.each = each_concept,
	.each_name = each_name,
	.find_named = find_named,
	.history = tell_events,
	.count = count_all,
	.set_meta = set_meta,
	.get_meta = get_meta,
	.search = search,
	.sum = sum_state,
};
