#include "tm/postgres.h"

#include <string.h>

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

status
pg_wait_all(pg_store *s)
{
	status each[PG_SHARDS];

	if (s->shards == 1)
		return pg_answered(s, postgres_wait(s->db[0]), s->db[0]);
	status done = postgres_gather(s->db, s->shards, each);
	for (size_t i = 0; i < s->shards; i++)
		if (each[i] != STATUS_OK)
			return pg_answered(s, each[i], s->db[i]);
	return done;
}

unsigned
pg_bucket(uint64_t shape)
{
	return (unsigned)((shape ^ UINT64_C(1) << 63) >> 54);
}

/* --- facts --- */

static uint64_t
number_of(slice text)
{
	uint64_t n = 0;

	for (size_t i = 0; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++)
		n = n * 10 + (uint64_t)(text.p[i] - '0');
	return n;
}

static void
take_map(pg_store *s, slice map)
{
	memset(s->bucket, 0, sizeof(s->bucket));
	for (size_t i = 0; i < PG_BUCKETS && map.n == PG_BUCKETS; i++)
		s->bucket[i] =
			(unsigned char)map.p[i] < s->shards ? (unsigned char)map.p[i] : 0;
}

static status
take_meta(pg_store *s, const postgres_rows *r)
{
	for (size_t i = 0; i < r->n; i++) {
		slice key = postgres_text(r, i, 0), value = postgres_text(r, i, 1);
		if (slice_is(key, "epoch"))
			s->epoch = number_of(value);
		else if (slice_is(key, "ranked"))
			s->ranked = number_of(value);
		else if (slice_is(key, "map"))
			take_map(s, value);
		else if (slice_is(key, "ranks"))
			TRY(tm_rarity_use(&s->base, value));
	}
	return STATUS_OK;
}

status
pg_read_meta(pg_store *s)
{
	postgres_rows r;

	TRY(pg_answered(s,
		postgres_ask(s->db[0],
			"SELECT key, value FROM paraph.tm_meta"
			" WHERE key IN ('epoch', 'ranked', 'map', 'ranks')",
			NULL, &r),
		s->db[0]));
	return take_meta(s, &r);
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
	memory_free(m, s);
}

/* The URL of a shard as it is recorded has no name and password; those of the URL that the
 * memory was opened by go in. */
static status
open_shard(pg_store *s, slice recorded, const char *url)
{
	context *c = s->base.context;
	slice scheme = SLICE("postgresql://"), given = slice_of(url);
	const char *start = strstr(url, "://"), *at = strchr(url, '@');
	buffer b;

	if (s->shards == PG_SHARDS || !slice_starts(recorded, scheme))
		return context_fail(c, STATUS_DAMAGED, "%s: its list of shards is damaged",
			"%s\u00A0: sa liste de fragments est abîmée", s->name);
	buffer_init(&b, c->memory, c->limits.output);
	buffer_put(&b, scheme);
	if (start != NULL && at != NULL)
		buffer_put(&b,
			slice_sub(given, (size_t)(start + 3 - url), (size_t)(at + 1 - url)));
	buffer_put(&b, slice_sub(recorded, scheme.n, recorded.n));
	buffer_put_char(&b, '\0');
	status done = b.status;
	if (done == STATUS_OK)
		done = postgres_open(&s->db[s->shards], c, b.p);
	if (done == STATUS_OK)
		s->shards++;
	buffer_free(&b);
	return done;
}

/* The first one was opened; it is the first of the list, or the only one and the list is empty.
 */
static status
open_shards(pg_store *s, slice list, const char *url)
{
	bool first = true;

	for (slice rest = list, next; rest.n != 0; first = false) {
		(void)slice_cut(rest, '\n', &next, &rest);
		if (first) {
			postgres_close(s->db[0]);
			s->shards = 0;
		}
		TRY(open_shard(s, next, url));
	}
	return STATUS_OK;
}

static status
read_head(pg_store *s, const char *url)
{
	postgres *p = s->db[0];
	slice list = SLICE("");

	TRY(postgres_part_queue(p, &tm_postgres_part));
	TRY(postgres_queue(
		p, "SELECT key, value FROM paraph.tm_meta WHERE key <> 'ranks'", NULL));
	status done = postgres_wait(p);
	TRY(pg_answered(s, postgres_part_explain(p, done), p));
	TRY(pg_answered(s, postgres_part_answer(p, &tm_postgres_part, 0), p));
	postgres_rows r = postgres_answer(p, 1);
	for (size_t i = 0; i < r.n; i++)
		if (slice_is(postgres_text(&r, i, 0), "shards"))
			TRY(arena_copy(&s->names, postgres_text(&r, i, 1), &list));
	if (list.n == 0)
		return take_meta(s, &r);
	TRY(open_shards(s, list, url));
	return pg_read_meta(s);
}

static status
open_parts(pg_store *s, context *c, const char *url)
{
	TRY(tm_store_init_common(&s->base, &tm_engine_postgres, c));
	postgres_name_of(s->name, sizeof(s->name), url);
	s->base.path = s->name;
	TRY(postgres_open(&s->db[0], c, url));
	s->shards = 1;
	return read_head(s, url);
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

static bool
pg_takes(slice path)
{
	return slice_starts(path, SLICE("postgresql://")) ||
	       slice_starts(path, SLICE("postgres://"));
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
	.takes = pg_takes,
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
	.last = pg_last,
	.count = pg_count,
	.pairs = pg_pairs,
	.usual_pairs = pg_usual_pairs,
	.set_meta = pg_set_meta,
	.get_meta = pg_get_meta,
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
