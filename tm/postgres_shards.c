/* Several databases as one memory, and moving its units from one to another while it is used.
 *
 * Buckets of shapes belong to shards; each shard knows which are its own (`map` in tm_meta). A
 * bucket moves with its units and their entries in the index: they are copied, in a transaction
 * of the new shard, which makes it the owner; then the old one gives it up, in its own
 * transaction, which kept writers out from the beginning. Readers ask all shards and take a
 * unit that two have once, so that it does not matter to them. When all have moved, and every
 * question that was asked before has long been answered, the old shards let go of the units.
 * Whatever this is stopped in, done again it goes on: what a new shard has of a bucket that is
 * not its own is thrown away first. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "tm/postgres.h"
#include "tm/postgres_schema.h"

#define PAGE 1000          /* units that are read at a time */
#define GRACE 5            /* seconds that a question may take */
#define DELETE_ROWS "5000" /* at a time */

typedef struct mover {
	pg_store *s;
	const tm_postgres_progress *progress;
	bool target[PG_SHARDS]; /* shards among which units are to be spread */
	bool named[PG_SHARDS];  /* that have the names */
	size_t moved;
} mover;

/* --- the list of shards --- */

/* The URL of the list: host, port, database and options, without name and password. */
static status
put_url(buffer *out, context *c, const char *url)
{
	char name[512];
	slice authority, options;

	postgres_name_of(name, sizeof(name), url);
	const char *start = strstr(name, "://");
	if (start == NULL || strlen(name) + 1 >= sizeof(name) || strchr(name, '\n') != NULL)
		return context_fail(c, STATUS_USAGE, "%s: not a URL that can be recorded",
			"%s\u00A0: ce n’est pas une URL qu’on puisse noter", name);
	slice rest = slice_of(start + 3);
	(void)slice_cut(rest, '?', &authority, &options);
	const char *at = memchr(authority.p, '@', authority.n);
	buffer_put(out, SLICE("postgresql://"));
	buffer_put(out, at == NULL ? rest : slice_of(at + 1));
	return out->status;
}

static status
wait_for(pg_store *s, size_t shard)
{
	return pg_answered(s, postgres_wait(s->db[shard]), s->db[shard]);
}

static status
read_list(pg_store *s, buffer *list)
{
	postgres_rows r;

	TRY(pg_answered(s,
		postgres_ask(s->db[0], "SELECT value FROM paraph.tm_meta WHERE key = 'shards'",
			NULL, &r),
		s->db[0]));
	buffer_put(list, r.n == 0 ? SLICE("") : postgres_text(&r, 0, 0));
	return list->status;
}

/* Which line of the list is it? The number of lines when it is none. */
static size_t
place_in(slice list, slice url)
{
	size_t i = 0;

	for (slice rest = list, next; rest.n != 0; i++) {
		(void)slice_cut(rest, '\n', &next, &rest);
		if (slice_equal(next, url))
			return i;
	}
	return i;
}

/* Marks the databases among which units are to be; new ones go to the end of the list. */
static status
complete_list(mover *m, buffer *list, const char *const *urls, size_t n)
{
	context *c = m->s->base.context;
	buffer one;
	status done = STATUS_OK;

	buffer_init(&one, c->memory, c->limits.output);
	for (size_t i = 0; i < n && done == STATUS_OK; i++) {
		buffer_clear(&one);
		done = put_url(&one, c, urls[i]);
		if (done != STATUS_OK)
			break;
		size_t at = place_in(buffer_slice(list), buffer_slice(&one));
		size_t count = place_in(buffer_slice(list), SLICE(""));
		if (at == count) {
			if (list->n != 0)
				buffer_put_char(list, '\n');
			buffer_put(list, buffer_slice(&one));
		}
		if (at >= PG_SHARDS)
			done = context_fail(c, STATUS_USAGE,
				"a memory is made of %d databases at most",
				"une mémoire se compose de %d bases au plus", PG_SHARDS);
		else
			m->target[at] = true;
	}
	buffer_free(&one);
	return done == STATUS_OK ? list->status : done;
}

/* A database that comes in has no units, or was left in the middle of this. */
static status
check_new(pg_store *s, size_t known, slice list)
{
	for (size_t k = known; k < s->shards; k++) {
		postgres *p = s->db[k];
		TRY(postgres_part_queue(p, &tm_postgres_part));
		TRY(postgres_queue(p,
			"SELECT EXISTS (SELECT 1 FROM paraph.tm_unit),"
			" (SELECT value FROM paraph.tm_meta WHERE key = 'shards')",
			NULL));
		status done = postgres_wait(p);
		TRY(pg_answered(s, postgres_part_explain(p, done), p));
		TRY(pg_answered(s, postgres_part_answer(p, &tm_postgres_part, 0), p));
		postgres_rows r = postgres_answer(p, 1);
		slice its = postgres_text(&r, 0, 1);
		if (postgres_int(&r, 0, 0) != 0 || (its.n != 0 && !slice_equal(its, list)))
			return context_fail(s->base.context, STATUS_USAGE,
				"%s: a memory of its own, with units in it",
				"%s\u00A0: c’est déjà une mémoire, avec des unités",
				postgres_name(p));
	}
	return STATUS_OK;
}

/* Everybody learns of the new shards: writers when they find that a bucket is not what they
 * took it for, readers by the epoch. */
static status
publish(pg_store *s, slice list, bool single)
{
	char map[PG_BUCKETS], ranked[24];

	TRY(pg_lock_out_all(s));
	TRY(pg_read_meta(s));
	snprintf(ranked, sizeof(ranked), "%llu", (unsigned long long)s->ranked);
	buffer ranks;
	buffer_init(&ranks, s->base.context->memory, s->base.context->limits.output);
	status done = tm_store_get_meta(&s->base, "ranks", &ranks);
	for (size_t i = 0; i < PG_BUCKETS; i++)
		map[i] = single ? 0 : (char)s->bucket[i];
	if (done == STATUS_OK)
		done = pg_set_meta(&s->base, "shards", list);
	if (done == STATUS_OK)
		done = pg_set_meta(&s->base, "map", (slice){ map, PG_BUCKETS });
	if (done == STATUS_OK)
		done = pg_set_meta(&s->base, "ranks", buffer_slice(&ranks));
	if (done == STATUS_OK)
		done = pg_set_meta(&s->base, "ranked", slice_of(ranked));
	if (done == STATUS_OK)
		done = pg_next_epoch(s);
	buffer_free(&ranks);
	/* the new ones first: who knows them must find them ready */
	for (size_t k = s->shards; k-- > 0 && done == STATUS_OK;)
		done = pg_answered(s, postgres_commit(s->db[k]), s->db[k]);
	return done == STATUS_OK ? pg_read_meta(s) : done;
}

static void
roll_back(pg_store *s)
{
	for (size_t k = 0; k < s->shards; k++)
		postgres_rollback(s->db[k]);
	posting_sorter_clear(s->base.lists);
}

/* The list in the databases becomes the one that is wanted, where it is not. */
static status
join(mover *m, const char *const *urls, size_t n)
{
	pg_store *s = m->s;
	context *c = s->base.context;
	size_t known = s->shards;
	buffer list;

	buffer_init(&list, c->memory, c->limits.output);
	status done = read_list(s, &list);
	bool single = list.n == 0;
	if (single && done == STATUS_OK)
		done = put_url(&list, c, s->url);
	size_t before = list.n;
	if (done == STATUS_OK)
		done = complete_list(m, &list, urls, n);
	if (done == STATUS_OK && (single || list.n != before)) {
		done = pg_open_shards(s, buffer_slice(&list));
		if (done == STATUS_OK)
			done = check_new(s, known, buffer_slice(&list));
		if (done == STATUS_OK)
			done = publish(s, buffer_slice(&list), single);
		if (done != STATUS_OK)
			roll_back(s);
	}
	buffer_free(&list);
	return done;
}

/* --- one bucket --- */

static void
put_bucket(pg_store *s, unsigned bucket)
{
	uint64_t first = (uint64_t)bucket << 54 ^ UINT64_C(1) << 63;

	postgres_values_clear(&s->values);
	postgres_put_int64(&s->values, (int64_t)first);
	postgres_put_int64(&s->values, (int64_t)(first | ((UINT64_C(1) << 54) - 1)));
}

static status
copy_page(pg_store *s, const postgres_rows *r, postgres *to)
{
	buffer *b = &s->copy;

	TRY(pg_copy_begin(s, to,
		"COPY paraph.tm_unit (id, pair, source, target, document, usage, info, shape, "
		"same, digest, added) FROM STDIN (FORMAT binary)"));
	for (size_t i = 0; i < r->n; i++) {
		pg_copy_row(b, 11);
		pg_copy_int(b, postgres_int(r, i, 0));
		for (int k = 1; k < 5; k++)
			pg_copy_bytes(b, postgres_text(r, i, k));
		pg_copy_int(b, postgres_int(r, i, 5));
		pg_copy_bytes(b, postgres_text(r, i, 6));
		pg_copy_int(b, postgres_int(r, i, 7));
		pg_copy_int(b, postgres_int(r, i, 8));
		pg_copy_bytes(b, postgres_text(r, i, 9));
		pg_copy_bytes(b, postgres_text(r, i, 10));
		TRY(pg_copy_more(s, to, false));
	}
	return pg_copy_more(s, to, true);
}

/* The units of a bucket and their entries; both transactions are open. */
static status
copy_bucket(pg_store *s, unsigned bucket, postgres *from, postgres *to, size_t *n)
{
	const pg_pair *pair;
	int64_t last = 0;
	postgres_rows r;

	*n = 0;
	posting_sorter_clear(s->base.lists);
	do {
		put_bucket(s, bucket);
		postgres_put_int64(&s->values, last);
		postgres_put_int64(&s->values, PAGE);
		TRY(pg_answered(s,
			postgres_ask(from,
				"SELECT " PG_ROW ", digest, timestamptz_send(added)"
				" FROM paraph.tm_unit WHERE shape BETWEEN $1 AND $2"
				" AND id > $3 ORDER BY id LIMIT $4",
				&s->values, &r),
			from));
		TRY(copy_page(s, &r, to));
		for (size_t i = 0; i < r.n; i++) {
			last = postgres_int(&r, i, 0);
			TRY(pg_pair_of(s, postgres_text(&r, i, 1), &pair));
			TRY(pg_list_unit(s, (uint32_t)last, pair, postgres_text(&r, i, 2),
				postgres_text(&r, i, 3)));
		}
		*n += r.n;
	} while (r.n == PAGE);
	return pg_write_lists(s, to);
}

/* Names that the units of the bucket have, of a shard that may not know them. */
static status
copy_names(pg_store *s, postgres *from, postgres *to)
{
	arena *a = &s->fetched;
	postgres_rows r;

	TRY(pg_answered(s,
		postgres_ask(from,
			"SELECT hash, kind::integer, text FROM paraph.tm_name ORDER BY id",
			NULL, &r),
		from));
	int64_t *hashes = ARENA_ARRAY(a, int64_t, r.n + 1);
	int32_t *kinds = ARENA_ARRAY(a, int32_t, r.n + 1);
	slice *texts = ARENA_ARRAY(a, slice, r.n + 1);
	if (hashes == NULL || kinds == NULL || texts == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < r.n; i++) {
		hashes[i] = postgres_int(&r, i, 0);
		kinds[i] = (int32_t)postgres_int(&r, i, 1);
		texts[i] = postgres_text(&r, i, 2);
	}
	postgres_values_clear(&s->values);
	postgres_put_int64s(&s->values, hashes, r.n);
	postgres_put_int32s(&s->values, kinds, r.n);
	postgres_put_texts(&s->values, texts, r.n);
	TRY(s->values.bytes.status);
	return pg_answered(s,
		postgres_ask(to,
			"INSERT INTO paraph.tm_name (hash, kind, text) SELECT hash, kind, text"
			" FROM unnest($1::bigint[], $2::integer[], $3::text[])"
			" AS t (hash, kind, text) ON CONFLICT DO NOTHING",
			&s->values, NULL),
		to);
}

static status
lock_two(pg_store *s, size_t a, size_t b)
{
	for (size_t k = 0; k < s->shards; k++)
		if (k == a || k == b)
			TRY(pg_lock_out_writers(s, k));
	return STATUS_OK;
}

/* The owner of a bucket changes in one shard's map. */
static status
queue_owner(pg_store *s, size_t shard, unsigned bucket, size_t owner)
{
	postgres_values_clear(&s->values);
	postgres_put_int32(&s->values, (int32_t)bucket);
	postgres_put_int32(&s->values, (int32_t)owner);
	return postgres_queue(s->db[shard],
		"UPDATE paraph.tm_meta SET value = set_byte(value, $1, $2) WHERE key = 'map'",
		&s->values);
}

static status
is_owner(pg_store *s, size_t shard, unsigned bucket, bool *is)
{
	postgres_rows r;

	postgres_values_clear(&s->values);
	postgres_put_int32(&s->values, (int32_t)bucket);
	TRY(pg_answered(s,
		postgres_ask(s->db[shard],
			"SELECT get_byte(value, $1) FROM paraph.tm_meta WHERE key = 'map'",
			&s->values, &r),
		s->db[shard]));
	*is = r.n != 0 && (size_t)postgres_int(&r, 0, 0) == shard;
	return STATUS_OK;
}

static status
move(pg_store *s, unsigned bucket, size_t to, size_t *n)
{
	size_t from = s->bucket[bucket];
	bool owner;

	*n = 0;
	TRY(lock_two(s, from, to));
	TRY(is_owner(s, from, bucket, &owner));
	if (!owner) { /* somebody else moves units too */
		roll_back(s);
		return pg_read_meta(s);
	}
	put_bucket(s, bucket);
	TRY(postgres_queue(s->db[to],
		"DELETE FROM paraph.tm_unit WHERE shape BETWEEN $1 AND $2", &s->values));
	TRY(postgres_queue(s->db[to],
		"DELETE FROM paraph.tm_moved WHERE first = $1 AND last = $2", &s->values));
	TRY(wait_for(s, to));
	TRY(copy_bucket(s, bucket, s->db[from], s->db[to], n));
	TRY(queue_owner(s, to, bucket, to));
	TRY(queue_owner(s, from, bucket, to));
	put_bucket(s, bucket);
	TRY(postgres_queue(s->db[from],
		"INSERT INTO paraph.tm_moved VALUES ($1, $2) ON CONFLICT DO NOTHING",
		&s->values));
	TRY(wait_for(s, from));
	TRY(pg_answered(s, postgres_commit(s->db[to]), s->db[to]));
	TRY(pg_answered(s, postgres_commit(s->db[from]), s->db[from]));
	s->bucket[bucket] = (unsigned char)to;
	return STATUS_OK;
}

/* Of two shards that claim a bucket the later one has it, for writers too (take_map); that was
 * left by a move that was stopped between its two commits. The other gives it up. */
static status
give_up(pg_store *s, size_t shard, slice map)
{
	TRY(pg_lock_out_writers(s, shard));
	for (unsigned i = 0; i < PG_BUCKETS && map.n == PG_BUCKETS; i++) {
		if ((unsigned char)map.p[i] != shard || s->bucket[i] == shard)
			continue;
		TRY(queue_owner(s, shard, i, s->bucket[i]));
		put_bucket(s, i);
		TRY(postgres_queue(s->db[shard],
			"INSERT INTO paraph.tm_moved VALUES ($1, $2) ON CONFLICT DO NOTHING",
			&s->values));
	}
	return pg_answered(s, postgres_commit(s->db[shard]), s->db[shard]);
}

static status
settle_claims(pg_store *s)
{
	postgres_rows r;
	slice map;

	TRY(pg_read_meta(s));
	for (size_t k = 0; k < s->shards; k++) {
		TRY(pg_answered(s,
			postgres_ask(s->db[k],
				"SELECT value FROM paraph.tm_meta WHERE key = 'map'", NULL, &r),
			s->db[k]));
		TRY(arena_copy(
			&s->fetched, r.n == 0 ? SLICE("") : postgres_text(&r, 0, 0), &map));
		bool twice = false;
		for (size_t i = 0; i < PG_BUCKETS && map.n == PG_BUCKETS; i++)
			twice |= (unsigned char)map.p[i] == k && s->bucket[i] != k;
		if (twice)
			TRY(give_up(s, k, map));
	}
	return STATUS_OK;
}

/* --- all of them --- */

static size_t
count_of(const pg_store *s, size_t shard)
{
	size_t n = 0;

	for (size_t i = 0; i < PG_BUCKETS; i++)
		n += s->bucket[i] == shard;
	return n;
}

/* The shard that has the fewest of those that are to have any; the one that has too many, or
 * should have none. False: nothing is to move. */
static bool
next_move(const mover *m, unsigned *bucket, size_t *to)
{
	const pg_store *s = m->s;
	size_t least = PG_SHARDS, most = PG_SHARDS;

	for (size_t k = 0; k < s->shards; k++) {
		size_t n = count_of(s, k);
		if (m->target[k] && (least == PG_SHARDS || n < count_of(s, least)))
			least = k;
		if (!m->target[k] && n != 0)
			most = k;
	}
	for (size_t k = 0; k < s->shards && (most == PG_SHARDS || m->target[most]); k++)
		if (m->target[k] && (most == PG_SHARDS || count_of(s, k) > count_of(s, most)))
			most = k;
	if (m->target[most] && count_of(s, most) <= count_of(s, least) + 1)
		return false;
	*bucket = 0;
	while (s->bucket[*bucket] != most)
		++*bucket;
	*to = least;
	return true;
}

static status
move_all(mover *m)
{
	pg_store *s = m->s;
	unsigned bucket;
	size_t to, n, units = 0;

	while (next_move(m, &bucket, &to)) {
		size_t from = s->bucket[bucket];
		if (!s->base.ranks_read)
			TRY(pg_read_meta(s));
		if (!m->named[to])
			TRY(copy_names(s, s->db[from], s->db[to]));
		m->named[to] = true;
		pg_forget(s);
		status done = move(s, bucket, to, &n);
		if (done != STATUS_OK) {
			roll_back(s);
			return done;
		}
		m->moved++;
		units += n;
		if (m->progress != NULL)
			m->progress->told(m->progress->user, m->moved, units);
	}
	return STATUS_OK;
}

/* Units that have gone to another shard, a few at a time; then their entries. */
static status
let_go(pg_store *s, size_t shard)
{
	postgres *p = s->db[shard];
	postgres_rows r;
	size_t ranges;

	TRY(pg_answered(
		s, postgres_ask(p, "SELECT count(*) FROM paraph.tm_moved", NULL, &r), p));
	ranges = (size_t)postgres_int(&r, 0, 0);
	if (ranges == 0)
		return STATUS_OK;
	do {
		TRY(pg_answered(s,
			postgres_ask(p,
				"DELETE FROM paraph.tm_unit WHERE id IN (SELECT u.id FROM"
				" paraph.tm_moved m JOIN paraph.tm_unit u"
				" ON u.shape BETWEEN m.first AND m.last LIMIT " DELETE_ROWS ")",
				NULL, NULL),
			p));
	} while (postgres_touched(p, 0) != 0);
	TRY(pg_compact_all(s, shard, true));
	return pg_answered(s, postgres_ask(p, "DELETE FROM paraph.tm_moved", NULL, NULL), p);
}

static status
clean_up(mover *m)
{
	pg_store *s = m->s;

	if (m->moved != 0)
		nanosleep(&(struct timespec){ GRACE, 0 }, NULL);
	for (size_t k = 0; k < s->shards; k++)
		TRY(let_go(s, k));
	return STATUS_OK;
}

status
tm_postgres_reshard(
	context *c, const char *const *urls, size_t n, const tm_postgres_progress *progress)
{
	mover m = { .progress = progress };
	tm_store *store;

	if (n == 0 || n > PG_SHARDS)
		return context_fail(c, STATUS_USAGE, "a memory is made of 1 to %d databases",
			"une mémoire se compose de 1 à %d bases", PG_SHARDS);
	TRY(tm_store_open(&store, c, urls[0], TM_STORE_WRITE));
	m.s = pg_of(store);
	status done = join(&m, urls, n);
	if (done == STATUS_OK)
		done = settle_claims(m.s);
	if (done == STATUS_OK)
		done = move_all(&m);
	if (done == STATUS_OK)
		done = clean_up(&m);
	tm_store_close(store);
	return done;
}
