#include "tm/postgres.h"

#include <string.h>
#include <time.h>

#include "tm/postgres_schema.h"

/* --- all shards --- */

status
pg_answered(pg_store *s, status done, const postgres *p)
{
	const char *why = postgres_failure(p);

	if (done == STATUS_OK || why[0] == '\0')
		return done;
	return context_fail(s->base.context, done, "%s", "%s", why);
}

status
pg_queue_all(pg_store *s, const char *sql, const postgres_values *v)
{
	for (size_t i = 0; i < s->shards; i++)
		TRY(postgres_queue(s->db[i], sql, v));
	return STATUS_OK;
}

/* A shard that does not answer is left out, where that is allowed and others do. */
static bool
may_do_without(pg_store *s, status failed, const char *url)
{
	char name[400];

	if (!s->partial || (failed != STATUS_AGAIN && failed != STATUS_IO))
		return false;
	postgres_name_of(name, sizeof(name), url);
	if (s->missing.n != 0) {
		s->missing.n--; /* the NUL */
		buffer_put(&s->missing, SLICE(", "));
	}
	buffer_put(&s->missing, slice_of(name));
	buffer_put_char(&s->missing, '\0');
	return true;
}

status
pg_wait_all(pg_store *s)
{
	status each[PG_SHARDS];
	size_t kept = 0;

	if (s->shards == 1)
		return pg_answered(s, postgres_wait(s->db[0]), s->db[0]);
	(void)!postgres_gather(s->db, s->shards, each);
	for (size_t i = 0; i < s->shards; i++) {
		if (each[i] == STATUS_OK) {
			s->db[kept++] = s->db[i];
			continue;
		}
		bool last = kept == 0 && i + 1 == s->shards;
		if (last || !may_do_without(s, each[i], postgres_url(s->db[i]))) {
			status done = pg_answered(s, each[i], s->db[i]);
			while (i < s->shards)
				s->db[kept++] = s->db[i++];
			s->shards = kept;
			return done;
		}
		postgres_close(s->db[i]);
	}
	s->shards = kept;
	return STATUS_OK;
}

static const char *
pg_missing(const tm_store *store)
{
	const pg_store *s = (const pg_store *)store;

	return s->missing.n == 0 || s->missing.status != STATUS_OK ? NULL : s->missing.p;
}

unsigned
pg_bucket(uint64_t shape)
{
	return (unsigned)((shape ^ UINT64_C(1) << 63) >> 54);
}

/* --- shards --- */

/* The URL of a shard as it is recorded has no name and password; those of the URL that the
 * memory was opened by go in. */
static status
open_shard(pg_store *s, slice recorded)
{
	context *c = s->base.context;
	slice scheme = SLICE("postgresql://");
	const char *start = strstr(s->url, "://") + 3;
	size_t name = strcspn(start, "@/?");
	buffer b;

	if (s->shards == PG_SHARDS || !slice_starts(recorded, scheme))
		return context_fail(c, STATUS_DAMAGED, "%s: its list of shards is damaged",
			"%s\u00A0: sa liste de fragments est abîmée", s->name);
	buffer_init(&b, c->memory, c->limits.output);
	buffer_put(&b, scheme);
	if (start[name] == '@')
		buffer_put(&b, (slice){ start, name + 1 });
	buffer_put(&b, slice_sub(recorded, scheme.n, recorded.n));
	buffer_put_char(&b, '\0');
	status done = b.status;
	if (done == STATUS_OK)
		done = postgres_open(&s->db[s->shards], c, b.p);
	s->listed++;
	if (done == STATUS_OK)
		s->shards++;
	else if (b.status == STATUS_OK && may_do_without(s, done, b.p))
		done = STATUS_OK;
	buffer_free(&b);
	return done;
}

/* Those of the list that are not open yet. */
status
pg_open_shards(pg_store *s, slice list)
{
	size_t i = 0;

	for (slice rest = list, next; rest.n != 0; i++) {
		(void)slice_cut(rest, '\n', &next, &rest);
		if (i >= s->listed)
			TRY(open_shard(s, next));
	}
	return STATUS_OK;
}

/* --- facts --- */

uint64_t
pg_number(slice text)
{
	uint64_t n = 0;

	for (size_t i = 0; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++)
		n = n * 10 + (uint64_t)(text.p[i] - '0');
	return n;
}

/* Whose bucket is it? Each shard knows which ones are its own. */
static void
take_map(pg_store *s, size_t shard, slice map)
{
	for (size_t i = 0; i < PG_BUCKETS && map.n == PG_BUCKETS; i++)
		if ((unsigned char)map.p[i] == shard)
			s->bucket[i] = (unsigned char)shard;
}

static status
take_meta(pg_store *s, size_t shard, slice *list)
{
	postgres_rows r = postgres_answer(s->db[shard], 0);

	for (size_t i = 0; i < r.n; i++) {
		slice key = postgres_text(&r, i, 0), value = postgres_text(&r, i, 1);
		if (slice_is(key, "map"))
			take_map(s, shard, value);
		else if (shard != 0)
			continue;
		else if (slice_is(key, "epoch"))
			s->epoch = pg_number(value);
		else if (slice_is(key, "ranked"))
			s->ranked = pg_number(value);
		else if (slice_is(key, "ranks"))
			TRY(tm_rarity_use(&s->base, value));
		else if (slice_is(key, "shards"))
			TRY(arena_copy(&s->fetched, value, list));
	}
	return STATUS_OK;
}

static status
read_meta(pg_store *s, bool ranks)
{
	slice list = SLICE("");

	TRY(pg_queue_all(s,
		ranks ? "SELECT key, value FROM paraph.tm_meta"
		      : "SELECT key, value FROM paraph.tm_meta WHERE key <> 'ranks'",
		NULL));
	TRY(pg_wait_all(s));
	memset(s->bucket, 0, sizeof(s->bucket));
	for (size_t k = 0; k < s->shards; k++)
		TRY(take_meta(s, k, &list));
	size_t known = s->shards;
	TRY(pg_open_shards(s, list));
	return s->shards == known ? STATUS_OK : read_meta(s, ranks);
}

status
pg_read_meta(pg_store *s)
{
	return read_meta(s, true);
}

/* Was rarity measured anew, or the memory spread over other shards, since that was read? The
 * answer to PG_EPOCH, asked after what depends on it: that may be older, never newer. */
bool
pg_is_stale(const pg_store *s, size_t answer)
{
	bool stale = false;

	for (size_t k = 0; k < s->shards; k++) {
		postgres_rows r = postgres_answer(s->db[k], answer);
		stale |= r.n == 0 || pg_number(postgres_text(&r, 0, 0)) != s->epoch;
	}
	return stale;
}

#define STALE_MOST 250 /* times of 20 ms */

/* The shards say so one after the other. */
status
pg_catch_up(pg_store *s, unsigned *times)
{
	static const struct timespec pause = { 0, 20000000 };

	if (++*times > STALE_MOST)
		return tm_store_index_damaged(&s->base);
	if (*times > 1)
		nanosleep(&pause, NULL);
	return pg_read_meta(s);
}

static status
pg_read_ranks(tm_store *store)
{
	return store->ranks_read ? STATUS_OK : pg_read_meta(pg_of(store));
}

status
pg_set_meta(tm_store *store, const char *key, slice value)
{
	pg_store *s = pg_of(store);

	postgres_values_clear(&s->values);
	postgres_put_text(&s->values, slice_of(key));
	postgres_put_bytes(&s->values, value);
	TRY(pg_queue_all(s,
		"INSERT INTO paraph.tm_meta VALUES ($1, $2)"
		" ON CONFLICT (key) DO UPDATE SET value = excluded.value",
		&s->values));
	return pg_wait_all(s);
}

static status
pg_get_meta(tm_store *store, const char *key, buffer *value)
{
	pg_store *s = pg_of(store);
	postgres_rows r;

	buffer_clear(value);
	postgres_values_clear(&s->values);
	postgres_put_text(&s->values, slice_of(key));
	TRY(pg_answered(s,
		postgres_ask(s->db[0], "SELECT value FROM paraph.tm_meta WHERE key = $1",
			&s->values, &r),
		s->db[0]));
	if (r.n != 0)
		buffer_put(value, postgres_text(&r, 0, 0));
	return value->status;
}

/* --- languages --- */

status
pg_pair_of(pg_store *s, slice text, const pg_pair **out)
{
	for (size_t i = 0; i < s->pairs.n; i++)
		if (slice_equal(s->pairs.at[i]->text, text)) {
			*out = s->pairs.at[i];
			return STATUS_OK;
		}
	pg_pair *p = ARENA_NEW(&s->names, pg_pair);
	if (p == NULL)
		return STATUS_MEMORY;
	TRY(arena_copy(&s->names, text, &p->text));
	if (!slice_cut(p->text, '\t', &p->source, &p->target))
		return context_fail(s->base.context, STATUS_DAMAGED, "%s: damaged",
			"%s\u00A0: abîmée", s->name);
	p->salt = tm_pair_salt(p->source, p->target);
	TRY(ARRAY_RESERVE(s->base.context->memory, &s->pairs, 1));
	s->pairs.at[s->pairs.n++] = p;
	*out = p;
	return STATUS_OK;
}

status
pg_find_pair(pg_store *s, slice source, slice target, const pg_pair **out)
{
	for (size_t i = 0; i < s->pairs.n; i++)
		if (slice_equal(s->pairs.at[i]->source, source) &&
			slice_equal(s->pairs.at[i]->target, target)) {
			*out = s->pairs.at[i];
			return STATUS_OK;
		}
	buffer_clear(&s->base.text);
	buffer_put(&s->base.text, source);
	buffer_put_char(&s->base.text, '\t');
	buffer_put(&s->base.text, target);
	TRY(s->base.text.status);
	return pg_pair_of(s, buffer_slice(&s->base.text), out);
}

/* --- opening --- */

static void
pg_close(tm_store *store)
{
	pg_store *s = pg_of(store);
	const memory *m = s->base.context->memory;

	for (size_t i = 0; i < s->shards; i++)
		postgres_close(s->db[i]);
	tm_store_free_common(&s->base);
	postgres_values_free(&s->values);
	arena_free(&s->names);
	arena_free(&s->fetched);
	ARRAY_FREE(m, &s->pairs);
	ARRAY_FREE(m, &s->rows);
	ARRAY_FREE(m, &s->digests);
	ARRAY_FREE(m, &s->chunks);
	ARRAY_FREE(m, &s->ranges);
	ARRAY_FREE(m, &s->merged);
	ARRAY_FREE(m, &s->pending);
	ARRAY_FREE(m, &s->removed);
	ARRAY_FREE(m, &s->keys);
	memory_free(m, s->row_slots.at);
	memory_free(m, s->digest_slots.at);
	memory_free(m, s->pending_slots.at);
	buffer_free(&s->pending_rows);
	buffer_free(&s->copy);
	buffer_free(&s->missing);
	memory_free(m, s);
}

/* The one that was opened may be any of the list. */
static status
read_head(pg_store *s)
{
	postgres *p = s->db[0];
	slice list = SLICE("");

	TRY(postgres_part_queue(p, &tm_postgres_part));
	TRY(postgres_queue(p, "SELECT value FROM paraph.tm_meta WHERE key = 'shards'", NULL));
	status done = postgres_wait(p);
	TRY(pg_answered(s, postgres_part_explain(p, done), p));
	TRY(pg_answered(s, postgres_part_answer(p, &tm_postgres_part, 0), p));
	postgres_rows r = postgres_answer(p, 1);
	if (r.n != 0)
		TRY(arena_copy(&s->names, postgres_text(&r, 0, 0), &list));
	if (list.n != 0) {
		postgres_close(p);
		s->shards = s->listed = 0;
		TRY(pg_open_shards(s, list));
	}
	return read_meta(s, false);
}

static status
open_parts(pg_store *s, context *c, const char *url)
{
	TRY(tm_store_init_common(&s->base, &tm_engine_postgres, c));
	slice kept;
	TRY(arena_copy(&s->names, slice_of(url), &kept));
	s->url = kept.p;
	postgres_name_of(s->name, sizeof(s->name), url);
	s->base.path = s->name;
	TRY(postgres_open(&s->db[0], c, url));
	s->shards = s->listed = 1;
	return read_head(s);
}

static status
pg_open(tm_store **out, context *c, const char *path, tm_store_mode mode)
{
	pg_store *s = memory_alloc(c->memory, sizeof(*s));

	*out = NULL;
	if (s == NULL)
		return STATUS_MEMORY;
	memset(s, 0, sizeof(*s));
	s->write = mode == TM_STORE_WRITE;
	s->partial = mode == TM_STORE_READ_REACHABLE;
	buffer_init(&s->missing, c->memory, 1 << 16);
	s->base.context = c;
	arena_init(&s->names, c->memory);
	arena_init(&s->fetched, c->memory);
	postgres_values_init(&s->values, c->memory);
	buffer_init(&s->pending_rows, c->memory, c->limits.output);
	buffer_init(&s->copy, c->memory, c->limits.output);
	status done = open_parts(s, c, path);
	if (done != STATUS_OK) {
		pg_close(&s->base);
		return done;
	}
	*out = &s->base;
	return STATUS_OK;
}

static status
pg_begin_read(tm_store *store)
{
	pg_forget(pg_of(store));
	return STATUS_OK;
}

static void
pg_end_read(tm_store *store)
{
	pg_forget(pg_of(store));
}

static bool
pg_texts_are_all(const tm_store *store)
{
	return ((const pg_store *)store)->plain;
}

const tm_engine tm_engine_postgres = {
	.takes = postgres_is_url,
	.open = pg_open,
	.close = pg_close,
	.begin = pg_begin,
	.commit = pg_commit,
	.commit_part = pg_commit_part,
	.rollback = pg_rollback,
	.begin_read = pg_begin_read,
	.end_read = pg_end_read,
	.add = pg_add,
	.get = pg_get,
	.remove = pg_remove,
	.each = pg_each,
	.each_after = pg_each_after,
	.settled = pg_settled,
	.present = pg_present,
	.last = pg_last,
	.count = pg_count,
	.pairs = pg_pairs,
	.usual_pairs = pg_usual_pairs,
	.set_meta = pg_set_meta,
	.get_meta = pg_get_meta,
	.missing = pg_missing,
	.withdrawn = pg_withdrawn,
	.sweep = pg_sweep,
	.reindex = pg_reindex,
	.tune = pg_tune,
	.verify = pg_verify,
	.read_ranks = pg_read_ranks,
	.near_lists = pg_near_lists,
	.word_list = pg_word_list,
	.digest = pg_digest_of,
	.of_shape = pg_of_shape,
	.texts = pg_texts,
	.texts_are_all = pg_texts_are_all,
	.expect_near = pg_expect_near,
	.expect_words = pg_expect_words,
	.expect_digests = pg_expect_digests,
	.expect_units = pg_expect_units,
};
