/* The index of the memory's store: the lists by which units are found, and making them anew.
 *
 * Rare is a word that is rare in the whole memory. Where units come into an empty one, they are
 * listed once all are there, from a spool of their keys, so that the index is written once, in
 * the order of its table. Where a memory has grown to many times what rarity was measured on,
 * the index is made anew. */
#include "tm/sqlite.h"

#define CHUNK_FULL 4000     /* bytes; two of them fill a page of 8192 */
#define PENDING_KEYS 200000 /* of units held until they are listed */

/* --- lists --- */

static status
last_chunk(sqlite_store *s, int64_t key, int64_t *at)
{
	sqlite3_stmt *q;
	bool more;

	buffer_clear(&s->base.chunk);
	*at = -1;
	TRY(database_statement(&s->db, LAST_CHUNK, &q));
	sqlite3_bind_int64(q, 1, key);
	sqlite3_bind_int64(q, 2, key + POSTING_CHUNKS - 1);
	TRY(database_row(&s->db, q, &more));
	if (!more)
		return STATUS_OK;
	posting_reader r;
	slice entries = database_blob(q, 1);
	*at = sqlite3_column_int64(q, 0) - key;
	bool sound = posting_open(&r, key, entries.p, entries.n);
	if (sound && entries.n < CHUNK_FULL)
		buffer_put(&s->base.chunk, entries);
	sqlite3_reset(q);
	return sound ? s->base.chunk.status : tm_store_index_damaged(&s->base);
}

static status
put_chunk(sqlite_store *s, bool there, int64_t key)
{
	sqlite3_stmt *q;

	posting_seal(&s->base.chunk);
	TRY(s->base.chunk.status);
	TRY(database_statement(&s->db, there ? SET_CHUNK : ADD_CHUNK, &q));
	sqlite3_bind_int64(q, 1, key);
	database_bind_blob(q, 2, buffer_slice(&s->base.chunk));
	return database_run(&s->db, q);
}

typedef struct list_writer {
	int64_t key, chunk;
	bool there;   /* the chunk is in the table */
	bool changed; /* and has new entries */
	bool new;     /* the table is empty: nothing to look for */
} list_writer;

static status
end_chunk(sqlite_store *s, list_writer *w)
{
	if (w->changed)
		TRY(put_chunk(s, w->there, w->key + w->chunk));
	w->changed = w->there = false;
	buffer_clear(&s->base.chunk);
	w->chunk++;
	if (w->chunk < POSTING_CHUNKS)
		return STATUS_OK;
	return context_fail(s->base.context, STATUS_LIMIT, "%s: too many units",
		"%s\u00A0: trop d’unités", s->db.path);
}

static status
begin_list(sqlite_store *s, list_writer *w, int64_t key)
{
	w->key = key;
	w->chunk = -1;
	buffer_clear(&s->base.chunk);
	if (!w->new)
		TRY(last_chunk(s, key, &w->chunk));
	w->there = s->base.chunk.n != 0;
	w->chunk += !w->there;
	return STATUS_OK;
}

static status
write_record(sqlite_store *s, list_writer *w, const posting_record *r)
{
	if (r->key != w->key) {
		if (w->changed)
			TRY(end_chunk(s, w));
		TRY(begin_list(s, w, r->key));
	}
	if (s->base.chunk.n >= CHUNK_FULL)
		TRY(end_chunk(s, w));
	if (!posting_append(&s->base.chunk, r)) {
		TRY(end_chunk(s, w));
		(void)posting_append(&s->base.chunk, r);
	}
	w->changed = true;
	return s->base.chunk.status;
}

void
sqlite_index_forget(sqlite_store *s)
{
	s->keys.n = s->pending.n = 0;
	s->digest_key = 0;
	sqlite_digest_forget(s);
	tm_spool_clear(&s->spool);
	posting_sorter_clear(s->base.lists);
}

/* --- units that wait --- */

/* Of a memory of which these are all units. */
static status
measure_pending(sqlite_store *s)
{
	tm_counter counter;

	if (s->pending.n < TM_RANKS_FROM)
		return STATUS_OK;
	tm_counter_init(&counter, s->base.context->memory);
	status done = tm_counter_add(&counter, s->keys.at, s->keys.n);
	if (done == STATUS_OK)
		done = tm_rarity_keep(&s->base, &counter, s->pending.n);
	tm_counter_free(&counter);
	return done;
}

/* Hands over each unit that waits, with its keys. */
static status
each_pending(sqlite_store *s,
	status (*take)(sqlite_store *s, const spooled_unit *u, const uint64_t *keys))
{
	static const uint64_t none = 0; /* of units without any piece */
	size_t at = 0;

	for (size_t i = 0; i < s->pending.n; i++) {
		const spooled_unit *u = &s->pending.at[i];
		TRY(take(s, u, s->keys.n == 0 ? &none : s->keys.at + at));
		at += u->pieces;
	}
	s->keys.n = s->pending.n = 0;
	return STATUS_OK;
}

static status
put_in_spool(sqlite_store *s, const spooled_unit *u, const uint64_t *keys)
{
	return tm_spool_put(&s->spool, u, keys);
}

static status
list_and_digest(sqlite_store *s, const spooled_unit *u, const uint64_t *keys)
{
	TRY(tm_list_near(&s->base, u->id, keys, u->pieces, u->salt));
	return sqlite_digest_add(s, u->id, keys, u->pieces);
}

status
sqlite_index_list(sqlite_store *s)
{
	if (s->filling)
		return each_pending(s, put_in_spool);
	TRY(each_pending(s, list_and_digest));
	return sqlite_digest_write(s);
}

static status
count_spool(sqlite_store *s, tm_counter *counter)
{
	uint64_t every = 1 + s->spool.units / TM_RANKS_SAMPLE;
	spooled_unit u;
	bool more;

	if (s->spool.units < TM_RANKS_FROM)
		return STATUS_OK;
	TRY(tm_spool_rewind(&s->spool));
	for (uint64_t i = 0;; i++) {
		TRY(tm_spool_next(&s->spool, &u, &more));
		if (!more)
			return tm_rarity_keep(&s->base, counter, s->last_unit);
		if (i % every == 0)
			TRY(tm_counter_add(counter, s->spool.keys.at, s->spool.keys.n));
	}
}

/* Near lists of units in the spool go to the sorter; their digests have a turn of their own. */
static status
list_spool(sqlite_store *s)
{
	tm_counter counter;
	spooled_unit u;
	bool more;

	tm_counter_init(&counter, s->base.context->memory);
	status done = count_spool(s, &counter);
	tm_counter_free(&counter);
	TRY(done);
	TRY(tm_spool_rewind(&s->spool));
	for (;;) {
		TRY(tm_spool_next(&s->spool, &u, &more));
		if (!more)
			return STATUS_OK;
		TRY(tm_list_near(&s->base, u.id, s->spool.keys.at, u.pieces, u.salt));
	}
}

static status
write_digests_of_spool(sqlite_store *s)
{
	spooled_unit u;
	bool more;

	TRY(tm_spool_rewind(&s->spool));
	for (;;) {
		TRY(tm_spool_next(&s->spool, &u, &more));
		if (!more)
			break;
		TRY(sqlite_digest_add(s, u.id, s->spool.keys.at, u.pieces));
	}
	tm_spool_clear(&s->spool);
	return sqlite_digest_write(s);
}

/* --- writing --- */

/* Near lists come first, then digests, then lists of words: the order of the table. */
static status
write_lists(sqlite_store *s)
{
	list_writer w = { .key = INT64_MAX };
	posting_record r;
	uint64_t any;
	bool more;

	TRY(sqlite_ask(s, "SELECT EXISTS (SELECT 1 FROM posting WHERE key < 0)", &any));
	w.new = any == 0;
	TRY(posting_sorter_sort(s->base.lists));
	for (;;) {
		TRY(posting_sorter_next(s->base.lists, &r, &more));
		if (s->spool.units != 0 && (!more || r.key >= 0)) {
			if (w.changed)
				TRY(end_chunk(s, &w));
			w.key = INT64_MAX;
			TRY(write_digests_of_spool(s));
		}
		if (!more)
			return w.changed ? end_chunk(s, &w) : STATUS_OK;
		TRY(write_record(s, &w, &r));
	}
}

status
sqlite_index_write(sqlite_store *s)
{
	if (s->spool.units != 0) {
		TRY(each_pending(s, put_in_spool));
		TRY(list_spool(s));
	} else if (s->filling) {
		TRY(measure_pending(s));
	}
	s->filling = false;
	TRY(sqlite_index_list(s));
	return posting_sorter_is_empty(s->base.lists) ? STATUS_OK : write_lists(s);
}

/* The pieces of the source were cut just now. */
status
sqlite_index_add(sqlite_store *s, uint32_t id, const tm_unit *u, uint64_t salt)
{
	const memory *m = s->base.context->memory;

	if (s->deferred && s->owes)
		return STATUS_OK; /* it will be made anew */
	TRY(tm_list_words(&s->base, u->side[0].language, POSTING_SOURCE, id));
	TRY(ARRAY_RESERVE(m, &s->keys, s->base.pieces->n));
	TRY(ARRAY_RESERVE(m, &s->pending, 1));
	for (size_t i = 0; i < s->base.pieces->n; i++)
		s->keys.at[s->keys.n++] = s->base.pieces->at[i].key;
	s->pending.at[s->pending.n++] = (spooled_unit){ id, (uint32_t)s->base.pieces->n, salt };
	TRY(tm_pieces_cut(s->base.pieces, u->side[1].text));
	TRY(tm_list_words(&s->base, u->side[1].language, POSTING_TARGET, id));
	return s->keys.n > PENDING_KEYS ? sqlite_index_list(s) : STATUS_OK;
}

/* --- making the index anew --- */

static status
add_again(void *user, uint32_t id, const tm_unit *u)
{
	sqlite_store *s = user;

	TRY(tm_pieces_cut(s->base.pieces, u->side[0].text));
	return sqlite_index_add(
		s, id, u, tm_pair_salt(u->side[0].language, u->side[1].language));
}

status
sqlite_index_make(sqlite_store *s)
{
	s->owes = false;
	TRY(database_execute(&s->db, "DELETE FROM posting"));
	TRY(database_execute(&s->db, "REINDEX unit_shape"));
	sqlite_index_forget(s);
	TRY(tm_rarity_forget(&s->base));
	s->filling = true;
	TRY(sqlite_each(&s->base, NULL, add_again, s));
	TRY(sqlite_index_write(s));
	return sqlite_set_meta(&s->base, "deferred", SLICE(""));
}

status
sqlite_reindex(tm_store *store)
{
	sqlite_store *s = sqlite_of(store);
	bool own = !s->db.open;

	if (own)
		TRY(sqlite_begin(&s->base));
	return sqlite_finish(s, sqlite_index_make(s), own);
}

status
sqlite_index_is_outgrown(sqlite_store *s, bool *is)
{
	TRY(sqlite_get_meta(&s->base, "ranked", &s->base.text));
	*is = tm_rarity_is_outgrown(buffer_slice(&s->base.text), s->last_unit);
	return STATUS_OK;
}

status
sqlite_tune(tm_store *store)
{
	sqlite_store *s = sqlite_of(store);
	bool again;

	assert(!s->db.open);
	TRY(sqlite_read_debts(s));
	TRY(sqlite_read_last(s));
	TRY(sqlite_index_is_outgrown(s, &again));
	return again || s->owes ? sqlite_reindex(&s->base) : STATUS_OK;
}

static status
verify_lists(sqlite_store *s, bool *sound)
{
	sqlite3_stmt *q;
	bool more;

	*sound = true;
	TRY(database_statement(&s->db, CHUNKS, &q));
	sqlite3_bind_int64(q, 1, INT64_MIN);
	sqlite3_bind_int64(q, 2, INT64_MAX);
	while (*sound) {
		TRY(database_row(&s->db, q, &more));
		if (!more)
			return STATUS_OK;
		*sound = posting_is_sound(sqlite3_column_int64(q, 0), database_blob(q, 1));
	}
	sqlite3_reset(q);
	return STATUS_OK;
}

status
sqlite_verify(tm_store *store, bool *index_only)
{
	sqlite_store *s = sqlite_of(store);
	bool sound;

	*index_only = false;
	TRY(tm_read_all(store));
	*index_only = true;
	TRY(database_verify(&s->db));
	TRY(verify_lists(s, &sound));
	return sound ? STATUS_OK : tm_store_index_damaged(&s->base);
}

/* --- for searching --- */

static status
take_chunks(sqlite_store *s, int64_t first, int64_t last, tm_take_chunk *take, void *user)
{
	sqlite3_stmt *q;
	bool more;

	TRY(database_statement(&s->db, CHUNKS, &q));
	sqlite3_bind_int64(q, 1, first);
	sqlite3_bind_int64(q, 2, last);
	for (;;) {
		TRY(database_row(&s->db, q, &more));
		if (!more)
			return STATUS_OK;
		slice entries = database_blob(q, 1);
		status done = take(user, sqlite3_column_int64(q, 0), entries.p, entries.n);
		if (done != STATUS_OK) {
			sqlite3_reset(q);
			return done;
		}
	}
}

status
sqlite_near_lists(tm_store *store, uint64_t word, unsigned first, unsigned last,
	tm_take_chunk *take, void *user)
{
	sqlite_store *s = sqlite_of(store);
	return take_chunks(s, posting_near_key(word, first),
		posting_near_key(word, last) + POSTING_CHUNKS - 1, take, user);
}

status
sqlite_word_list(tm_store *store, uint64_t word_key, slice tag, unsigned side,
	tm_take_chunk *take, void *user)
{
	sqlite_store *s = sqlite_of(store);
	int64_t key = posting_word_key(tm_mixed(word_key + tm_side_salt(tag)), side);

	return take_chunks(s, key, key + POSTING_CHUNKS - 1, take, user);
}
