/* Concepts into a shared termbase. What is written waits for company
 * (termbase/postgres_batch.h) and goes to the server with the next question or at the end: an
 * import has one round trip and four statements for some hundred concepts, an edit three round
 * trips in all. */
#include <string.h>

#include "termbase/postgres.h"

#define QUEUED_MOST 300 /* statements */
#define QUEUED_BYTES ((size_t)1 << 20)

static const char remove_concept[] = "DELETE FROM paraph.concept WHERE name = $1";

/* The row of the termbase is locked from here to the end of the transaction, which comes at
 * once: who writes later has the later number. */
static const char *const end[] = {
	"UPDATE paraph.termbase SET sequence = sequence + 1, mark = gen_random_uuid()",
	"INSERT INTO paraph.termbase_change (sequence, concept)"
	" SELECT DISTINCT t.sequence, x FROM paraph.termbase t, unnest($1) x",
	"INSERT INTO paraph.termbase_mark (sequence, mark)"
	" SELECT sequence, mark FROM paraph.termbase",
};

/* --- the queue --- */

static status
queue(postgres_store *s, const char *sql)
{
	TRY(postgres_queue(s->db, sql, &s->values));
	s->queued++;
	s->queued_bytes += s->values.bytes.n;
	return STATUS_OK;
}

static status
queue_batch(postgres_store *s)
{
	s->queued_bytes += s->batch.bytes;
	return postgres_batch_queue(&s->batch, s->db, &s->values, &s->queued);
}

/* Somebody else added a concept of the same id at the same moment. */
static status
judge(postgres_store *s, status done)
{
	s->queued = s->queued_bytes = 0;
	if (done == STATUS_OK)
		return done;
	bool twice = strcmp(postgres_sqlstate(s->db), "23505") == 0;
	s->contended = twice || postgres_may_retry(s->db);
	if (!twice)
		return done;
	return context_fail(s->store.context, STATUS_AGAIN,
		"%s: somebody else was writing the same; try again",
		"%s\u00A0: quelqu’un d’autre écrivait la même chose\u00A0; réessayez",
		postgres_name(s->db));
}

status
postgres_write_flush(postgres_store *s)
{
	TRY(queue_batch(s));
	return s->queued == 0 ? STATUS_OK : judge(s, postgres_wait(s->db));
}

static status
flush_much(postgres_store *s)
{
	return s->queued < QUEUED_MOST && s->queued_bytes < QUEUED_BYTES
		       ? STATUS_OK
		       : postgres_write_flush(s);
}

static status
note_change(postgres_store *s, slice id)
{
	slice kept;

	TRY(arena_copy(&s->names, id, &kept));
	TRY(ARRAY_RESERVE(s->store.context->memory, &s->changed, 1));
	s->changed.at[s->changed.n++] = kept;
	return STATUS_OK;
}

/* --- reading in the transaction --- */

static status
keep(void *user, const entry *e)
{
	return entry_copy(user, e);
}

static status
make_expected(postgres_store *s)
{
	const memory *m = s->store.context->memory;

	if (s->expected != NULL)
		return STATUS_OK;
	s->expected = memory_alloc(m, sizeof(*s->expected));
	if (s->expected == NULL)
		return STATUS_MEMORY;
	memset(s->expected, 0, sizeof(*s->expected));
	for (size_t i = 0; i < POSTGRES_EXPECTED; i++)
		entry_init(&s->expected->of[i], m);
	return STATUS_OK;
}

void
postgres_write_forget_expected(postgres_store *s)
{
	for (size_t i = 0; s->expected != NULL && i < POSTGRES_EXPECTED; i++)
		entry_free(&s->expected->of[i]);
	memory_free(s->store.context->memory, s->expected);
	s->expected = NULL;
}

/* They come in the order of their places; the question was in that of the file. */
static status
keep_expected(void *user, const entry *e)
{
	postgres_expected *x = user;
	uint64_t hash = slice_hash(e->id);

	for (size_t i = 0; i < x->n; i++)
		if (x->hashes[i] == hash && !x->there[i] && slice_equal(x->of[i].id, e->id)) {
			x->there[i] = true;
			return entry_copy(&x->of[i], e);
		}
	return STATUS_OK;
}

static status
note_expected(postgres_expected *x, const slice *ids, size_t n)
{
	x->n = n;
	for (size_t i = 0; i < n; i++) {
		x->hashes[i] = slice_hash(ids[i]);
		x->there[i] = x->taken[i] = false;
		entry_clear(&x->of[i]);
		TRY(entry_set_id(&x->of[i], ids[i]));
		TRY(entry_close(&x->of[i]));
	}
	return STATUS_OK;
}

status
postgres_write_expect(postgres_store *s, const slice *ids, size_t n)
{
	entry e;
	size_t count;
	int64_t last;

	TRY(queue_batch(s));
	size_t answer = s->queued + 1;
	if (n > POSTGRES_EXPECTED)
		n = POSTGRES_EXPECTED;
	TRY(make_expected(s));
	s->expected->n = 0;
	TRY(postgres_read_named(s->db, ids, n, true, &s->queued));
	TRY(judge(s, postgres_wait(s->db)));
	TRY(note_expected(s->expected, ids, n));
	entry_init(&e, s->store.context->memory);
	status done =
		postgres_read_answers(s, answer, &e, keep_expected, s->expected, &count, &last);
	entry_free(&e);
	return done;
}

/* One that was fetched with others, if it is that: each serves once, for what is written then
 * is another version. */
static status
take_expected(postgres_store *s, slice id, bool *taken)
{
	postgres_expected *x = s->expected;
	uint64_t hash = slice_hash(id);

	*taken = false;
	/* An id that is given twice was kept at its first place. */
	for (size_t i = 0; x != NULL && i < x->n && !*taken; i++) {
		if (x->hashes[i] != hash || !slice_equal(x->of[i].id, id))
			continue;
		if (x->taken[i])
			return STATUS_OK;
		x->taken[i] = *taken = true;
		s->found = x->there[i];
		TRY(entry_copy(&s->before, &x->of[i]));
	}
	s->read = *taken;
	return STATUS_OK;
}

/* The concept as it is, locked until the end of the transaction, into s->before. */
static status
read_before(postgres_store *s, slice id)
{
	entry e;
	bool taken;
	int64_t last;

	if (s->read && slice_equal(s->before.id, id))
		return STATUS_OK;
	s->read = false;
	TRY(take_expected(s, id, &taken));
	if (taken)
		return STATUS_OK;
	TRY(queue_batch(s));
	size_t count, answer = s->queued + 1;
	TRY(postgres_read_named(s->db, &id, 1, true, &s->queued));
	TRY(judge(s, postgres_wait(s->db)));
	entry_init(&e, s->store.context->memory);
	status done = postgres_read_answers(s, answer, &e, keep, &s->before, &count, &last);
	entry_free(&e);
	TRY(done);
	s->found = count != 0;
	if (!s->found) {
		entry_clear(&s->before);
		TRY(entry_set_id(&s->before, id));
		TRY(entry_close(&s->before));
	}
	s->read = true;
	return STATUS_OK;
}

status
postgres_write_get(postgres_store *s, slice id, entry *out, bool *found)
{
	TRY(read_before(s, id));
	*found = s->found;
	return s->found ? entry_copy(out, &s->before) : STATUS_OK;
}

/* --- writing --- */

static status
record(postgres_store *s, slice id, const entry *before, const entry *after,
	const store_change *by)
{
	if (by == NULL || by->action == NULL)
		return STATUS_OK;
	buffer_clear(&s->what);
	if (before != NULL || !by->brief)
		store_difference(&s->what, before, after);
	TRY(s->what.status);
	return postgres_batch_record(&s->batch, id, by, buffer_slice(&s->what));
}

status
postgres_write_put(postgres_store *s, const entry *e, const store_change *by)
{
	TRY(read_before(s, e->id));
	if (postgres_batch_is_full(&s->batch) || s->batch.changes != s->found)
		TRY(queue_batch(s));
	s->batch.changes = s->found;
	TRY(record(s, e->id, s->found ? &s->before : NULL, e, by));
	TRY(postgres_batch_put(&s->batch, e));
	TRY(note_change(s, e->id));
	s->read = false;
	return flush_much(s);
}

status
postgres_write_remove(postgres_store *s, slice id, const store_change *by, bool *found)
{
	TRY(read_before(s, id));
	*found = s->found;
	if (!s->found)
		return STATUS_OK;
	TRY(record(s, id, &s->before, NULL, by));
	TRY(queue_batch(s));
	postgres_values_clear(&s->values);
	postgres_put_text(&s->values, id);
	TRY(queue(s, remove_concept));
	TRY(note_change(s, id));
	s->read = false;
	return flush_much(s);
}

status
postgres_write_commit(postgres_store *s)
{
	TRY(queue_batch(s));
	if (s->changed.n != 0) {
		postgres_values_clear(&s->values);
		TRY(queue(s, end[0]));
		postgres_put_texts(&s->values, s->changed.at, s->changed.n);
		TRY(queue(s, end[1]));
		postgres_values_clear(&s->values);
		TRY(queue(s, end[2]));
	}
	return judge(s, postgres_commit(s->db));
}
