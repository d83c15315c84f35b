/* The index of the memory's store: how rare words are, the lists by which units are found, and
 * making both anew. */
#include <stdlib.h>
#include <string.h>

#include "tm/store_private.h"

#define CHUNK_FULL 3000     /* bytes, of pages of 8192 */
#define PENDING_KEYS 500000 /* of units held until commonness is known */
#define RANKS 16384         /* words whose commonness is known */
#define RANKS_COMMON 60     /* of them at most, the commonest, say nothing of a text */
#define RANKS_FROM 500      /* units before commonness is measured */
#define RANKS_AGAIN 8       /* times as many units: measured anew */

/* --- rarity --- */

static size_t
rank_slot(const tm_store *s, uint64_t key)
{
	size_t at = (key >> 20) & (s->rank_slots - 1);

	while (s->ranks[2 * at] != 0 && s->ranks[2 * at] != key)
		at = (at + 1) & (s->rank_slots - 1);
	return at;
}

static status
use_ranks(tm_store *s, slice list)
{
	size_t n = list.n / sizeof(uint64_t);

	memory_free(s->context->memory, s->ranks);
	s->ranks = NULL;
	s->rank_slots = 0;
	s->rank_count = n;
	s->ranks_read = true;
	if (n == 0)
		return STATUS_OK;
	for (s->rank_slots = 16; s->rank_slots < 2 * n;)
		s->rank_slots *= 2;
	size_t bytes = s->rank_slots * 2 * sizeof(uint64_t);
	s->ranks = memory_alloc(s->context->memory, bytes);
	if (s->ranks == NULL)
		return STATUS_MEMORY;
	memset(s->ranks, 0, bytes);
	for (size_t i = 0; i < n; i++) {
		uint64_t key;
		memcpy(&key, list.p + i * sizeof(key), sizeof(key));
		size_t at = rank_slot(s, key | 1);
		s->ranks[2 * at] = key | 1;
		s->ranks[2 * at + 1] = n - i;
	}
	return STATUS_OK;
}

/* Did another program write since ranks were looked at? SQLite knows once something was read in
 * the transaction, as every search does first. */
static bool
are_stale(tm_store *s)
{
	unsigned version = s->data_version;

	if (s->db.open)
		return false;
	sqlite3_file_control(s->db.db, "main", SQLITE_FCNTL_DATA_VERSION, &version);
	bool stale = version != s->data_version;
	s->data_version = version;
	return stale;
}

static status
read_ranks(tm_store *s)
{
	if (are_stale(s))
		s->ranks_read = false;
	if (s->ranks_read)
		return STATUS_OK;
	TRY(tm_store_get_meta(s, "ranked", &s->chunk));
	uint64_t hash = slice_hash(buffer_slice(&s->chunk));
	s->ranks_read = true;
	if (hash == s->ranks_hash)
		return STATUS_OK;
	s->ranks_hash = hash;
	TRY(tm_store_get_meta(s, "ranks", &s->chunk));
	return use_ranks(s, buffer_slice(&s->chunk));
}

/* 0 for a rare word; the commoner, the higher. */
static uint64_t
rank_of(const tm_store *s, uint64_t key)
{
	if (s->ranks == NULL)
		return 0;
	size_t at = rank_slot(s, key | 1);
	return s->ranks[2 * at] == 0 ? 0 : s->ranks[2 * at + 1];
}

status
tm_store_rank(tm_store *s, uint64_t word_key, uint64_t *out)
{
	TRY(read_ranks(s));
	*out = rank_of(s, word_key);
	return STATUS_OK;
}

uint64_t
tm_store_common_rank(const tm_store *s)
{
	size_t common = s->rank_count / 50 < RANKS_COMMON ? s->rank_count / 50 : RANKS_COMMON;

	return s->rank_count == 0 ? UINT64_MAX : s->rank_count - common;
}

typedef struct counted {
	uint64_t key, n;
} counted;

static int
by_number(const void *a, const void *b)
{
	uint64_t x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return x < y ? -1 : x > y;
}

static int
by_count(const void *a, const void *b)
{
	const counted *x = a, *y = b;

	return x->n > y->n ? -1 : x->n < y->n ? 1 : x->key < y->key ? -1 : x->key > y->key;
}

/* The commonest of n keys, which it sorts; the answer is how many are in out, as keys. */
static size_t
count_keys(uint64_t *keys, size_t n, counted *out)
{
	size_t kinds = 0;

	qsort(keys, n, sizeof(*keys), by_number);
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i + 1; k < n && keys[k] == keys[i]; k++)
			;
		if (k - i > 1)
			out[kinds++] = (counted){ keys[i], k - i };
	}
	if (kinds > 1)
		qsort(out, kinds, sizeof(*out), by_count);
	return kinds < RANKS ? kinds : RANKS;
}

static status
measure(tm_store *s, uint64_t *keys, size_t n, uint64_t units)
{
	const memory *m = s->context->memory;
	counted *list = memory_alloc(m, (n / 2 + 1) * sizeof(*list));

	if (list == NULL)
		return STATUS_MEMORY;
	size_t kept = count_keys(keys, n, list);
	buffer_clear(&s->chunk);
	for (size_t i = 0; i < kept; i++)
		buffer_put(&s->chunk, (slice){ (const char *)&list[i].key, sizeof(uint64_t) });
	memory_free(m, list);
	TRY(s->chunk.status);
	TRY(use_ranks(s, buffer_slice(&s->chunk)));
	TRY(tm_store_set_meta(s, "ranks", buffer_slice(&s->chunk)));
	buffer_clear(&s->text);
	buffer_printf(&s->text, "%llu", (unsigned long long)units);
	TRY(s->text.status);
	s->ranks_hash = slice_hash(buffer_slice(&s->text));
	return tm_store_set_meta(s, "ranked", buffer_slice(&s->text));
}

void
tm_ordered_free(tm_ordered *o, const memory *m)
{
	ARRAY_FREE(m, &o->keys);
	ARRAY_FREE(m, &o->ranks);
}

/* Insertion sort by rank, then key: segments are short, and long ones rare. */
static void
sort_keys(uint64_t *keys, uint64_t *ranks, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t key = keys[i], rank = ranks[i];
		size_t k = i;
		for (; k > 0 &&
			(ranks[k - 1] > rank || (ranks[k - 1] == rank && keys[k - 1] > key));
			k--) {
			keys[k] = keys[k - 1];
			ranks[k] = ranks[k - 1];
		}
		keys[k] = key;
		ranks[k] = rank;
	}
}

static status
order(tm_store *s, const uint64_t *keys, size_t n, uint64_t salt, tm_ordered *o)
{
	uint64_t before = 0, times = 0;

	o->keys.n = o->ranks.n = 0;
	memset(o->of, 0, sizeof(o->of));
	TRY(read_ranks(s));
	TRY(ARRAY_RESERVE(s->context->memory, &o->keys, n));
	TRY(ARRAY_RESERVE(s->context->memory, &o->ranks, n));
	for (size_t i = 0; i < n; i++) {
		o->keys.at[i] = keys[i];
		o->ranks.at[i] = rank_of(s, keys[i]);
	}
	o->keys.n = o->ranks.n = n;
	sort_keys(o->keys.at, o->ranks.at, n);
	for (size_t i = 0; i < n; i++) {
		uint64_t key = o->keys.at[i];
		times = i > 0 && key == before ? times + 1 : 0;
		before = key;
		o->keys.at[i] = tm_mixed(key + salt + times * UINT64_C(0x9E3779B97F4A7C15));
		for (unsigned k = 0; k < 3; k++)
			signature_add(&o->of[k], 1U << k, o->keys.at[i]);
	}
	return STATUS_OK;
}

status
tm_store_order(tm_store *s, const tm_pieces *p, uint64_t salt, tm_ordered *out)
{
	buffer keys;
	status done;

	buffer_init(&keys, s->context->memory, s->context->limits.output);
	for (size_t i = 0; i < p->n; i++)
		buffer_put(&keys, (slice){ (const char *)&p->at[i].key, sizeof(uint64_t) });
	done = keys.status;
	if (done == STATUS_OK)
		done = order(s, (const void *)keys.p, p->n, salt, out);
	buffer_free(&keys);
	return done;
}

uint64_t
tm_shape(const tm_pieces *p, uint64_t salt)
{
	uint64_t shape = salt ^ p->n;

	for (size_t i = 0; i < p->n; i++)
		shape = tm_mixed(shape * 31 + p->at[i].key);
	return shape;
}

/* --- the index --- */

static status
last_chunk(tm_store *s, int64_t key, int64_t *at)
{
	sqlite3_stmt *q;
	bool more;

	buffer_clear(&s->chunk);
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
		buffer_put(&s->chunk, entries);
	sqlite3_reset(q);
	return sound ? s->chunk.status : tm_store_index_damaged(s);
}

static status
put_chunk(tm_store *s, bool there, int64_t key)
{
	sqlite3_stmt *q;

	posting_seal(&s->chunk);
	TRY(s->chunk.status);
	TRY(database_statement(&s->db, there ? SET_CHUNK : ADD_CHUNK, &q));
	sqlite3_bind_int64(q, 1, key);
	database_bind_blob(q, 2, buffer_slice(&s->chunk));
	return database_run(&s->db, q);
}

typedef struct list_writer {
	int64_t key, chunk;
	bool there;   /* the chunk is in the table */
	bool changed; /* and has new entries */
	bool new;     /* the table is empty: nothing to look for */
} list_writer;

static status
end_chunk(tm_store *s, list_writer *w)
{
	if (w->changed)
		TRY(put_chunk(s, w->there, w->key + w->chunk));
	w->changed = w->there = false;
	buffer_clear(&s->chunk);
	w->chunk++;
	if (w->chunk < POSTING_CHUNKS)
		return STATUS_OK;
	return context_fail(s->context, STATUS_LIMIT, "%s: too many units",
		"%s\u00A0: trop d’unités", s->db.path);
}

static status
begin_list(tm_store *s, list_writer *w, int64_t key)
{
	w->key = key;
	w->chunk = -1;
	buffer_clear(&s->chunk);
	if (!w->new)
		TRY(last_chunk(s, key, &w->chunk));
	w->there = s->chunk.n != 0;
	w->chunk += !w->there;
	return STATUS_OK;
}

static status
write_record(tm_store *s, list_writer *w, const posting_record *r)
{
	if (r->key != w->key) {
		if (w->changed)
			TRY(end_chunk(s, w));
		TRY(begin_list(s, w, r->key));
	}
	if (s->chunk.n >= CHUNK_FULL)
		TRY(end_chunk(s, w));
	if (!posting_append(&s->chunk, r)) {
		TRY(end_chunk(s, w));
		(void)posting_append(&s->chunk, r);
	}
	w->changed = true;
	return s->chunk.status;
}

static status
write_lists(tm_store *s)
{
	list_writer w = { .key = INT64_MAX };
	posting_record r;
	uint64_t any;
	bool more;

	if (posting_sorter_is_empty(s->lists))
		return STATUS_OK;
	TRY(tm_store_ask(s, "SELECT EXISTS (SELECT 1 FROM posting WHERE key < 0)", &any));
	w.new = any == 0;
	TRY(posting_sorter_sort(s->lists));
	for (;;) {
		TRY(posting_sorter_next(s->lists, &r, &more));
		if (!more)
			return w.changed ? end_chunk(s, &w) : STATUS_OK;
		TRY(write_record(s, &w, &r));
	}
}

static uint8_t
capped(size_t n)
{
	return n < 255 ? (uint8_t)n : 255;
}

static status
list_near(tm_store *s, const pending_unit *u, const uint64_t *keys)
{
	tm_ordered *o = &s->ordered;

	TRY(order(s, keys, u->pieces, u->salt, o));
	size_t n = o->keys.n;
	unsigned class_ = posting_class(n), words = posting_class_words(class_);
	posting_record r = { .entry = { u->id, capped(n), 0, o->of[words / 2] } };
	for (size_t i = 0; i < tm_listed(n); i++) {
		r.key = posting_near_key(o->keys.at[i], class_);
		r.entry.place = capped(i);
		TRY(posting_sorter_add(s->lists, &r));
	}
	return STATUS_OK;
}

void
tm_index_forget(tm_store *s)
{
	s->keys.n = s->pending.n = 0;
	s->digest_key = 0;
	tm_digest_forget(s);
	posting_sorter_clear(s->lists);
}

/* Commonness is measured on the first units when they come in number. */
static status
measure_pending(tm_store *s)
{
	const memory *m = s->context->memory;
	uint64_t *copy;
	size_t bytes = s->keys.n * sizeof(*copy);

	TRY(read_ranks(s));
	if (s->ranks != NULL || s->pending.n < RANKS_FROM || s->pending.at[0].id != 1)
		return STATUS_OK;
	copy = memory_alloc(m, bytes == 0 ? 1 : bytes);
	if (copy == NULL)
		return STATUS_MEMORY;
	if (bytes != 0)
		memcpy(copy, s->keys.at, bytes);
	status done = measure(s, copy, s->keys.n, s->pending.n);
	memory_free(m, copy);
	return done;
}

/* Pending units go to the sorter. */
status
tm_index_list(tm_store *s)
{
	static const uint64_t none = 0; /* of units without any piece */
	size_t at = 0;

	if (s->pending.n == 0)
		return STATUS_OK;
	TRY(measure_pending(s));
	for (size_t i = 0; i < s->pending.n; i++) {
		const pending_unit *u = &s->pending.at[i];
		const uint64_t *keys = s->keys.n == 0 ? &none : s->keys.at + at;
		TRY(list_near(s, u, keys));
		TRY(tm_digest_add(s, u->id, keys, u->pieces));
		at += u->pieces;
	}
	s->keys.n = s->pending.n = 0;
	return tm_digest_write(s);
}

status
tm_index_write(tm_store *s)
{
	TRY(tm_index_list(s));
	return write_lists(s);
}

/* Was the word met in this segment? A table that forgets at times: a record too many costs
 * little, sorting one word in four twice costs much. */
static bool
was_listed(tm_store *s, uint64_t key)
{
	uint64_t *slot = &s->listed[key >> 32 & (LISTED_SLOTS - 1)];
	uint64_t mark = key ^ s->listing;
	bool was = *slot == mark;

	*slot = mark;
	return was;
}

/* The words of a side, whose pieces were cut just now. */
static status
list_words(tm_store *s, slice tag, unsigned side, uint32_t unit)
{
	uint64_t salt = tm_side_salt(tag);
	posting_record r = { .entry = { .unit = unit } };

	s->listing += UINT64_C(0x9E3779B97F4A7C15); /* another number for each segment */
	for (size_t i = 0; i < s->pieces->n; i++) {
		uint64_t key = tm_mixed(s->pieces->at[i].word + salt);
		if (was_listed(s, key))
			continue;
		r.key = posting_word_key(key, side);
		TRY(posting_sorter_add(s->lists, &r));
	}
	return STATUS_OK;
}

/* The pieces of the source were cut just now. */
status
tm_index_add(tm_store *s, uint32_t id, const tm_unit *u, uint64_t salt)
{
	const memory *m = s->context->memory;

	TRY(list_words(s, u->side[0].language, POSTING_SOURCE, id));
	TRY(ARRAY_RESERVE(m, &s->keys, s->pieces->n));
	TRY(ARRAY_RESERVE(m, &s->pending, 1));
	for (size_t i = 0; i < s->pieces->n; i++)
		s->keys.at[s->keys.n++] = s->pieces->at[i].key;
	s->pending.at[s->pending.n++] = (pending_unit){ id, (uint32_t)s->pieces->n, salt };
	TRY(tm_pieces_cut(s->pieces, u->side[1].text));
	TRY(list_words(s, u->side[1].language, POSTING_TARGET, id));
	return s->keys.n > PENDING_KEYS ? tm_index_list(s) : STATUS_OK;
}

/* --- making the index anew --- */

static status
add_again(void *user, uint32_t id, const tm_unit *u)
{
	tm_store *s = user;

	TRY(tm_pieces_cut(s->pieces, u->side[0].text));
	return tm_index_add(s, id, u, tm_pair_salt(u->side[0].language, u->side[1].language));
}

typedef struct sampler {
	tm_store *store;
	uint64_t every, seen, taken;
} sampler;

static status
sample(void *user, uint32_t id, const tm_unit *u)
{
	sampler *x = user;
	tm_store *s = x->store;

	(void)id;
	if (x->seen++ % x->every != 0)
		return STATUS_OK;
	x->taken++;
	TRY(tm_pieces_cut(s->pieces, u->side[0].text));
	TRY(ARRAY_RESERVE(s->context->memory, &s->keys, s->pieces->n));
	for (size_t i = 0; i < s->pieces->n; i++)
		s->keys.at[s->keys.n++] = s->pieces->at[i].key;
	return STATUS_OK;
}

static status
measure_all(tm_store *s)
{
	sampler x = { .store = s, .every = 1 + s->last_unit / 100000 };

	TRY(tm_store_set_meta(s, "ranks", SLICE("")));
	TRY(tm_store_set_meta(s, "ranked", SLICE("0")));
	s->ranks_hash = slice_hash(SLICE("0"));
	TRY(use_ranks(s, SLICE("")));
	tm_index_forget(s);
	TRY(tm_store_each(s, NULL, sample, &x));
	status done = x.taken < RANKS_FROM ? STATUS_OK
					   : measure(s, s->keys.at, s->keys.n, s->last_unit);
	tm_index_forget(s);
	return done;
}

status
tm_index_make(tm_store *s)
{
	TRY(database_execute(&s->db, "DELETE FROM posting"));
	TRY(database_execute(&s->db, "REINDEX unit_shape"));
	tm_index_forget(s);
	TRY(measure_all(s));
	TRY(tm_store_each(s, NULL, add_again, s));
	TRY(tm_index_write(s));
	return tm_store_set_meta(s, "deferred", SLICE(""));
}

status
tm_store_reindex(tm_store *s)
{
	bool own = !s->db.open;

	if (own)
		TRY(tm_store_begin(s));
	return tm_store_finish(s, tm_index_make(s), own);
}

status
tm_store_tune(tm_store *s)
{
	uint64_t ranked = 0;

	assert(!s->db.open);
	TRY(tm_store_read_debts(s));
	TRY(tm_store_get_meta(s, "ranked", &s->text));
	for (size_t i = 0; i < s->text.n; i++)
		ranked = ranked * 10 + (uint64_t)(s->text.p[i] - '0');
	TRY(tm_store_read_last(s));
	bool again = s->last_unit >= RANKS_FROM && s->last_unit / RANKS_AGAIN >= ranked &&
		     ranked < 200000;
	return again || s->owes ? tm_store_reindex(s) : STATUS_OK;
}

static status
verify_lists(tm_store *s, bool *sound)
{
	sqlite3_stmt *q;
	bool more;

	*sound = true;
	TRY(database_statement(&s->db, CHUNKS, &q));
	sqlite3_bind_int64(q, 1, INT64_MIN);
	sqlite3_bind_int64(q, 2, INT64_MAX);
	for (;;) {
		posting_reader r;
		near_entry e;
		TRY(database_row(&s->db, q, &more));
		if (!more)
			return STATUS_OK;
		slice entries = database_blob(q, 1);
		int64_t key = sqlite3_column_int64(q, 0);
		bool is_near = posting_is_near(key);
		if (posting_is_digest(key)) {
			*sound &= digest_is_sound(entries);
			continue;
		}
		*sound &= posting_open(&r, key, entries.p, entries.n);
		while (*sound &&
			(is_near ? posting_next_near(&r, &e) : posting_next(&r, &e.unit)))
			;
		*sound &= posting_ended_well(&r);
		if (!*sound) {
			sqlite3_reset(q);
			return STATUS_OK;
		}
	}
}

static status
verify_unit(void *user, uint32_t id, const tm_unit *u)
{
	(void)user;
	(void)id;
	(void)u;
	return STATUS_OK;
}

status
tm_store_verify(tm_store *s, bool *index_only)
{
	bool sound;

	*index_only = false;
	TRY(tm_store_each(s, NULL, verify_unit, NULL));
	*index_only = true;
	TRY(database_verify(&s->db));
	TRY(verify_lists(s, &sound));
	return sound ? STATUS_OK : tm_store_index_damaged(s);
}

/* --- for searching --- */

static status
take_chunks(tm_store *s, int64_t first, int64_t last, tm_take_chunk *take, void *user)
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
tm_store_near_lists(tm_store *s, uint64_t word, unsigned first, unsigned last,
	tm_take_chunk *take, void *user)
{
	return take_chunks(s, posting_near_key(word, first),
		posting_near_key(word, last) + POSTING_CHUNKS - 1, take, user);
}

status
tm_store_word_list(tm_store *s, uint64_t word_key, slice tag, unsigned side,
	tm_take_chunk *take, void *user)
{
	int64_t key = posting_word_key(tm_mixed(word_key + tm_side_salt(tag)), side);

	return take_chunks(s, key, key + POSTING_CHUNKS - 1, take, user);
}
