/* The index of a shared memory: written with the units, made anew, looked through. */
#include <stdio.h>

#include "tm/postgres.h"

#define ENOUGH 50000 /* units on which rarity was measured: not again */

/* --- listing --- */

status
pg_list_unit(pg_store *s, uint32_t id, const pg_pair *pair, slice source, slice target)
{
	tm_store *base = &s->base;

	TRY(tm_pieces_cut(base->pieces, source));
	TRY(tm_list_words(base, pair->source, POSTING_SOURCE, id));
	size_t n = base->pieces->n;
	s->keys.n = 0;
	TRY(ARRAY_RESERVE(base->context->memory, &s->keys, n + 1));
	for (size_t i = 0; i < n; i++)
		s->keys.at[i] = base->pieces->at[i].key;
	TRY(tm_list_near(base, id, s->keys.at, n, pair->salt));
	TRY(tm_pieces_cut(base->pieces, target));
	return tm_list_words(base, pair->target, POSTING_TARGET, id);
}

/* The block that is being filled, numbered by its first unit, of which there is only one in a
 * list. */
static status
put_block(pg_store *s, postgres *p)
{
	pg_lists *l = &s->writing;

	if (s->base.chunk.n == 0)
		return STATUS_OK;
	posting_seal(&s->base.chunk);
	TRY(s->base.chunk.status);
	pg_copy_row(&s->copy, 3);
	pg_copy_int(&s->copy, l->key);
	pg_copy_int(&s->copy, (int64_t)l->first << 20 | (int64_t)(l->ordinal++ & 0xFFFFF));
	pg_copy_bytes(&s->copy, buffer_slice(&s->base.chunk));
	buffer_clear(&s->base.chunk);
	return pg_copy_more(s, p, false);
}

status
pg_begin_lists(pg_store *s, postgres *p)
{
	buffer_clear(&s->base.chunk);
	s->writing = (pg_lists){ 0 };
	return pg_copy_begin(s, p,
		"COPY paraph.tm_posting (key, block, entries) FROM STDIN (FORMAT binary)");
}

status
pg_put_entry(pg_store *s, postgres *p, const posting_record *r)
{
	pg_lists *l = &s->writing;
	bool same = l->any && r->key == l->key;

	if (same && !posting_is_near(r->key) && r->entry.unit == l->last)
		return STATUS_OK; /* it ended one block and would begin the next */
	if (!same || s->base.chunk.n >= PG_CHUNK || r->entry.unit < l->last)
		TRY(put_block(s, p));
	l->ordinal = same ? l->ordinal : 0;
	l->any = true;
	l->key = r->key;
	l->last = r->entry.unit;
	if (s->base.chunk.n == 0)
		l->first = r->entry.unit;
	(void)posting_append(&s->base.chunk, r);
	return s->base.chunk.status;
}

status
pg_end_lists(pg_store *s, postgres *p)
{
	TRY(put_block(s, p));
	return pg_copy_more(s, p, true);
}

status
pg_write_lists(pg_store *s, postgres *p)
{
	posting_record r;
	bool more;

	if (posting_sorter_is_empty(s->base.lists))
		return STATUS_OK;
	TRY(posting_sorter_sort(s->base.lists));
	TRY(pg_begin_lists(s, p));
	for (;;) {
		TRY(posting_sorter_next(s->base.lists, &r, &more));
		if (!more)
			return pg_end_lists(s, p);
		TRY(pg_put_entry(s, p, &r));
	}
}

/* --- rarity --- */

status
pg_next_epoch(pg_store *s)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)++s->epoch);
	return pg_set_meta(&s->base, "epoch", slice_of(text));
}

static bool
is_outgrown(const pg_store *s, uint64_t units)
{
	return units >= TM_RANKS_FROM && units / TM_RANKS_AGAIN >= s->ranked &&
	       s->ranked < ENOUGH;
}

/* Numbers of units say how many there are, nearly. */
status
pg_outgrown(pg_store *s)
{
	uint32_t last;

	if (s->ranked >= ENOUGH)
		return STATUS_OK;
	TRY(pg_last(&s->base, &last));
	if (!is_outgrown(s, last))
		return STATUS_OK;
	TRY(pg_read_meta(s));
	if (!is_outgrown(s, last))
		return STATUS_OK;
	status done = pg_reindex(&s->base);
	if (done != STATUS_AGAIN || s->shards == 1)
		return done;
	/* some may have committed it and others not: that is not left to whoever comes next */
	return context_fail(s->base.context, STATUS_IO,
		"%s: the units were written, but their index was not made anew: paraph tm "
		"repair",
		"%s\u00A0: les unités ont été écrites, mais leur index n’a pas été "
		"refait\u00A0: paraph tm repair",
		s->name);
}

/* --- made anew --- */

#define PAGE 2000

typedef status take_source(
	pg_store *s, void *user, uint32_t id, slice pair, slice source, slice target);

/* Every n-th unit of a shard, in its transaction. */
static status
each_source(pg_store *s, size_t shard, uint64_t every, take_source *take, void *user)
{
	postgres *p = s->db[shard];
	int64_t last = 0;
	postgres_rows r;

	do {
		postgres_values_clear(&s->values);
		postgres_put_int64(&s->values, last);
		postgres_put_int64(&s->values, (int64_t)every);
		postgres_put_int64(&s->values, PAGE);
		TRY(pg_answered(s,
			postgres_ask(p,
				"SELECT id, pair, source, target FROM paraph.tm_unit"
				" WHERE id > $1 AND id % $2 = 0 ORDER BY id LIMIT $3",
				&s->values, &r),
			p));
		for (size_t i = 0; i < r.n; i++) {
			last = postgres_int(&r, i, 0);
			TRY(take(s, user, (uint32_t)last, postgres_text(&r, i, 1),
				postgres_text(&r, i, 2), postgres_text(&r, i, 3)));
		}
	} while (r.n == PAGE);
	return STATUS_OK;
}

static status
count_source(pg_store *s, void *user, uint32_t id, slice pair, slice source, slice target)
{
	(void)id;
	(void)pair;
	(void)target;
	TRY(tm_pieces_cut(s->base.pieces, source));
	for (size_t i = 0; i < s->base.pieces->n; i++)
		TRY(tm_counter_add(user, &s->base.pieces->at[i].key, 1));
	return STATUS_OK;
}

static status
list_source(pg_store *s, void *user, uint32_t id, slice pair, slice source, slice target)
{
	const pg_pair *p;

	(void)user;
	TRY(pg_pair_of(s, pair, &p));
	return pg_list_unit(s, id, p, source, target);
}

static status
measure(pg_store *s)
{
	tm_counter counter;
	tm_store_counts n;
	uint32_t last;
	status done = STATUS_OK;

	TRY(pg_count(&s->base, &n));
	TRY(pg_last(&s->base, &last));
	if (n.units < TM_RANKS_FROM) {
		TRY(tm_rarity_forget(&s->base));
		s->ranked = 0;
		return pg_next_epoch(s);
	}
	tm_counter_init(&counter, s->base.context->memory);
	for (size_t k = 0; k < s->shards && done == STATUS_OK; k++)
		done = each_source(s, k, 1 + last / TM_RANKS_SAMPLE, count_source, &counter);
	if (done == STATUS_OK)
		done = tm_rarity_keep(&s->base, &counter, n.units);
	tm_counter_free(&counter);
	TRY(done);
	s->ranked = n.units;
	return pg_next_epoch(s);
}

status
pg_lock_out_writers(pg_store *s, size_t shard)
{
	postgres *p = s->db[shard];

	postgres_begin(p, "");
	return pg_answered(s, postgres_ask(p, PG_EPOCH " FOR UPDATE", NULL, NULL), p);
}

status
pg_lock_out_all(pg_store *s)
{
	for (size_t k = 0; k < s->shards; k++)
		TRY(pg_lock_out_writers(s, k));
	return STATUS_OK;
}

/* Writers wait until it is done; readers have the old index until then. */
static status
make(pg_store *s)
{
	TRY(pg_lock_out_all(s));
	TRY(pg_queue_all(s, "DELETE FROM paraph.tm_posting", NULL));
	TRY(pg_wait_all(s));
	TRY(pg_read_meta(s));
	TRY(measure(s));
	for (size_t k = 0; k < s->shards; k++) {
		posting_sorter_clear(s->base.lists);
		TRY(each_source(s, k, 1, list_source, NULL));
		TRY(pg_write_lists(s, s->db[k]));
	}
	for (size_t k = 0; k < s->shards; k++)
		TRY(pg_answered(s, postgres_commit(s->db[k]), s->db[k]));
	return STATUS_OK;
}

status
pg_reindex(tm_store *store)
{
	pg_store *s = pg_of(store);

	pg_forget(s);
	status done = make(s);
	if (done == STATUS_OK)
		return done;
	for (size_t k = 0; k < s->shards; k++)
		postgres_rollback(s->db[k]);
	posting_sorter_clear(s->base.lists);
	s->base.ranks_read = false;
	return done;
}

/* What removed units leave in the lists stays until the index is made anew: to look for it, all
 * lists would have to be read. */
status
pg_sweep(tm_store *store)
{
	(void)store;
	return STATUS_OK;
}

static status
tune(pg_store *s)
{
	TRY(pg_outgrown(s));
	if (s->parts < 2)
		return STATUS_OK;
	TRY(pg_queue_all(s, "ANALYZE paraph.tm_unit", NULL));
	TRY(pg_wait_all(s));
	for (size_t k = 0; k < s->shards; k++)
		TRY(pg_compact_all(s, k, false));
	TRY(pg_queue_all(s, "ANALYZE paraph.tm_posting", NULL));
	TRY(pg_wait_all(s));
	s->parts = 0;
	return STATUS_OK;
}

/* After an import: the planner is told what is there, and blocks that came in parts are put
 * together. */
status
pg_tune(tm_store *store)
{
	pg_store *s = pg_of(store);

	return pg_tidied(s, tune(s));
}

/* --- looked through --- */

static status
verify_lists(pg_store *s, size_t shard)
{
	int64_t key = INT64_MIN, block = -1;
	postgres_rows r;

	do {
		postgres_values_clear(&s->values);
		postgres_put_int64(&s->values, key);
		postgres_put_int64(&s->values, block);
		postgres_put_int64(&s->values, PAGE);
		TRY(pg_answered(s,
			postgres_ask(s->db[shard],
				"SELECT key, block, entries FROM paraph.tm_posting"
				" WHERE (key, block) > ($1, $2) ORDER BY key, block LIMIT $3",
				&s->values, &r),
			s->db[shard]));
		for (size_t i = 0; i < r.n; i++) {
			key = postgres_int(&r, i, 0);
			block = postgres_int(&r, i, 1);
			if (!posting_is_sound(key, postgres_text(&r, i, 2)))
				return tm_store_index_damaged(&s->base);
		}
	} while (r.n == PAGE);
	return STATUS_OK;
}

/* All shards have measured rarity at one time. */
static status
verify_epochs(pg_store *s)
{
	TRY(pg_queue_all(s, PG_EPOCH, NULL));
	TRY(pg_wait_all(s));
	postgres_rows first = postgres_answer(s->db[0], 0);
	for (size_t k = 0; k < s->shards; k++) {
		postgres_rows r = postgres_answer(s->db[k], 0);
		if (r.n == 0 ||
			!slice_equal(postgres_text(&r, 0, 0), postgres_text(&first, 0, 0)))
			return tm_store_index_damaged(&s->base);
	}
	return STATUS_OK;
}

status
pg_verify(tm_store *store, bool *index_only)
{
	pg_store *s = pg_of(store);

	*index_only = false;
	TRY(tm_read_all(store));
	*index_only = true;
	TRY(verify_epochs(s));
	for (size_t k = 0; k < s->shards; k++)
		TRY(verify_lists(s, k));
	return STATUS_OK;
}
