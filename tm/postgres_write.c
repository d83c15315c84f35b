/* Writing to a shared memory.
 *
 * What a transaction adds and removes is kept here, and written when it is committed, in one
 * transaction of each shard that has a part in it: what is there already is looked up, the rest
 * is numbered and copied in with its entries of the index. When another writer came in between,
 * with the same unit or waiting for ours, all is begun anew. A transaction of several shards is
 * one of each: when the second fails the first stays, and the same done again adds the rest. */
#include <string.h>
#include <time.h>

#include "tm/postgres.h"

#define PART_UNITS 50000 /* a longer transaction is written in parts of so many … */
#define PART_BYTES ((size_t)48 << 20) /* … or of so many bytes */
#define TRIES 12
#define COMPACT_EVERY 256 /* units added by hand until blocks are put together */

/* --- one transaction --- */

static bool
takes_part(const pg_store *s, size_t shard)
{
	if (s->removed.n != 0 || s->alone)
		return true;
	for (size_t i = 0; i < s->pending.n; i++)
		if (pg_shard_of(s, &s->pending.at[i]) == shard)
			return true;
	return false;
}

/* The units of a shard, as two arrays; places[i] is which pending unit each is. */
static status
put_identities(pg_store *s, size_t shard, arena *a, uint32_t **places, size_t *n)
{
	int64_t *shapes = ARENA_ARRAY(a, int64_t, s->pending.n + 1);
	int64_t *sames = ARENA_ARRAY(a, int64_t, s->pending.n + 1);

	*places = ARENA_ARRAY(a, uint32_t, s->pending.n + 1);
	if (shapes == NULL || sames == NULL || *places == NULL)
		return STATUS_MEMORY;
	*n = 0;
	for (size_t i = 0; i < s->pending.n; i++) {
		const pg_pending *u = &s->pending.at[i];
		if (pg_shard_of(s, u) != shard)
			continue;
		shapes[*n] = (int64_t)u->shape;
		sames[*n] = (int64_t)u->same;
		(*places)[(*n)++] = (uint32_t)i;
	}
	postgres_values_clear(&s->values);
	postgres_put_int64s(&s->values, shapes, *n);
	postgres_put_int64s(&s->values, sames, *n);
	return s->values.bytes.status;
}

static const char remove_units[] =
	"WITH gone AS (DELETE FROM paraph.tm_unit WHERE id = ANY($1)"
	" RETURNING id, shape, same, pair, document, source, target, info)"
	" INSERT INTO paraph.tm_history"
	" (what, unit, shape, same, pair, document, source, target, info)"
	" SELECT 'removed', * FROM gone";

static const char look_up[] = "SELECT t.i::integer FROM unnest($1::bigint[], $2::bigint[])"
			      " WITH ORDINALITY AS t (shape, same, i)"
			      " JOIN paraph.tm_unit u ON u.shape = t.shape AND u.same = t.same";

/* Takes the lock that is shared by writers, or the one that nobody else has, looks up what is
 * there and removes what is to go. */
static status
queue_first(pg_store *s, size_t shard, arena *a, uint32_t **places)
{
	postgres *p = s->db[shard];
	size_t n;

	postgres_begin(p, "");
	TRY(postgres_queue(p, s->alone ? PG_EPOCH " FOR UPDATE" : PG_EPOCH " FOR SHARE", NULL));
	if (s->shards > 1) {
		/* one shard after the other, so that nobody waits for who waits for him */
		TRY(pg_answered(s, postgres_wait(p), p));
		TRY(postgres_queue(p, PG_EPOCH, NULL));
	}
	TRY(postgres_queue(p, "SELECT value FROM paraph.tm_meta WHERE key = 'map'", NULL));
	TRY(postgres_queue(p, "SELECT EXISTS (SELECT 1 FROM paraph.tm_unit)", NULL));
	if (s->removed.n != 0) {
		postgres_values_clear(&s->values);
		postgres_put_int64s(&s->values, s->removed.at, s->removed.n);
		TRY(postgres_queue(p, remove_units, &s->values));
	}
	TRY(put_identities(s, shard, a, places, &n));
	return postgres_queue(p, look_up, &s->values);
}

/* Are the buckets of the units that are to go to this shard its own? */
static bool
owns_all(const pg_store *s, size_t shard, slice map)
{
	for (size_t i = 0; i < s->pending.n; i++) {
		const pg_pending *u = &s->pending.at[i];
		if (pg_shard_of(s, u) == shard && map.n == PG_BUCKETS &&
			(unsigned char)map.p[pg_bucket(u->shape)] != shard)
			return false;
	}
	return map.n == PG_BUCKETS || s->shards == 1;
}

/* What the shards said: which units are there; do we know the rarity of today; is any unit
 * there at all? */
static status
take_first(pg_store *s, size_t shard, const uint32_t *places, bool *stale, bool *any)
{
	postgres *p = s->db[shard];
	postgres_rows epoch = postgres_answer(p, 0), map = postgres_answer(p, 1);
	postgres_rows exists = postgres_answer(p, 2);
	postgres_rows there = postgres_answer(p, s->removed.n != 0 ? 4 : 3);

	*stale |= epoch.n == 0 || pg_number(postgres_text(&epoch, 0, 0)) != s->epoch;
	*stale |= map.n != 0 && !owns_all(s, shard, postgres_text(&map, 0, 0));
	*any |= postgres_int(&exists, 0, 0) != 0;
	for (size_t i = 0; i < there.n; i++)
		s->pending.at[places[postgres_int(&there, i, 0) - 1]].id = 0;
	return STATUS_OK;
}

/* Numbers in a row for the units that are new, in the order in which they came. */
static status
number(pg_store *s, size_t n)
{
	postgres_rows r;

	if (n == 0)
		return STATUS_OK;
	postgres_values_clear(&s->values);
	postgres_put_int64(&s->values, (int64_t)n);
	status done = postgres_ask(s->db[0], "SELECT paraph.tm_numbers($1)", &s->values, &r);
	const char *why = postgres_sqlstate(s->db[0]);
	if (done != STATUS_OK && (strcmp(why, "2200H") == 0 || strcmp(why, "22003") == 0))
		return context_fail(
			s->base.context, STATUS_LIMIT, "%s: full", "%s\u00A0: pleine", s->name);
	TRY(pg_answered(s, done, s->db[0]));
	int64_t next = postgres_int(&r, 0, 0);
	for (size_t i = 0; i < s->pending.n; i++)
		if (s->pending.at[i].id != 0)
			s->pending.at[i].id = (uint32_t)next++;
	return STATUS_OK;
}

/* What is common is measured on the first units of a memory. */
static status
measure(pg_store *s, size_t n)
{
	tm_counter counter;
	status done = STATUS_OK;
	size_t every = 1 + n / TM_RANKS_SAMPLE, at = 0;

	tm_counter_init(&counter, s->base.context->memory);
	for (size_t i = 0; i < s->pending.n && done == STATUS_OK; i++) {
		if (s->pending.at[i].id == 0 || at++ % every != 0)
			continue;
		done = tm_pieces_cut(s->base.pieces, pg_source_of(s, &s->pending.at[i]));
		for (size_t k = 0; k < s->base.pieces->n && done == STATUS_OK; k++)
			done = tm_counter_add(&counter, &s->base.pieces->at[k].key, 1);
	}
	if (done == STATUS_OK)
		done = tm_rarity_keep(&s->base, &counter, n);
	tm_counter_free(&counter);
	return done == STATUS_OK ? pg_next_epoch(s) : done;
}

static void
put_digest(buffer *b, const tm_pieces *p)
{
	unsigned char pieces[2 * DIGEST_PIECES];

	if (p->n > DIGEST_PIECES) {
		pg_copy_bytes(b, SLICE(""));
		return;
	}
	for (size_t i = 0; i < p->n; i++) {
		pieces[2 * i] = (unsigned char)digest_of(p->at[i].key);
		pieces[2 * i + 1] = (unsigned char)(digest_of(p->at[i].key) >> 8);
	}
	pg_copy_bytes(b, p->n == 0 ? SLICE("-") : (slice){ (const char *)pieces, 2 * p->n });
}

static status
copy_units(pg_store *s, size_t shard)
{
	postgres *p = s->db[shard];
	buffer *b = &s->copy;

	TRY(pg_copy_begin(s, p,
		"COPY paraph.tm_unit (id, shape, same, usage, pair, document, source, target, "
		"info, digest) FROM STDIN (FORMAT binary)"));
	for (size_t i = 0; i < s->pending.n; i++) {
		const pg_pending *u = &s->pending.at[i];
		if (u->id == 0 || pg_shard_of(s, u) != shard)
			continue;
		pg_copy_row(b, 10);
		pg_copy_int(b, u->id);
		pg_copy_int(b, (int64_t)u->shape);
		pg_copy_int(b, (int64_t)u->same);
		pg_copy_int(b, (int64_t)u->usage);
		pg_copy_bytes(b, u->pair->text);
		pg_copy_bytes(b, pg_document_of(s, u));
		pg_copy_bytes(b, pg_source_of(s, u));
		pg_copy_bytes(b, pg_target_of(s, u));
		pg_copy_bytes(b, pg_info_of(s, u));
		TRY(tm_pieces_cut(s->base.pieces, pg_source_of(s, u)));
		put_digest(b, s->base.pieces);
		TRY(pg_copy_more(s, p, false));
	}
	return pg_copy_more(s, p, true);
}

/* Languages and documents that were met, by kind and text; equal ones once. */
static status
queue_names(pg_store *s, size_t shard, arena *a)
{
	int64_t *hashes = ARENA_ARRAY(a, int64_t, 2 * s->pending.n + 1);
	int32_t *kinds = ARENA_ARRAY(a, int32_t, 2 * s->pending.n + 1);
	slice *texts = ARENA_ARRAY(a, slice, 2 * s->pending.n + 1);
	const pg_pair *pair = NULL;
	slice before = SLICE("");
	size_t n = 0;

	if (hashes == NULL || kinds == NULL || texts == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < s->pending.n; i++) {
		const pg_pending *u = &s->pending.at[i];
		slice document = pg_document_of(s, u);
		if (u->id == 0 || pg_shard_of(s, u) != shard)
			continue;
		if (u->pair != pair) {
			pair = u->pair;
			kinds[n] = PG_NAME_PAIR;
			texts[n++] = pair->text;
		}
		if (document.n != 0 && !slice_equal(document, before)) {
			before = document;
			kinds[n] = PG_NAME_DOCUMENT;
			texts[n++] = document;
		}
	}
	for (size_t i = 0; i < n; i++)
		hashes[i] = (int64_t)slice_hash(texts[i]);
	postgres_values_clear(&s->values);
	postgres_put_int64s(&s->values, hashes, n);
	postgres_put_int32s(&s->values, kinds, n);
	postgres_put_texts(&s->values, texts, n);
	TRY(s->values.bytes.status);
	/* in one order, so that two writers do not wait for each other */
	return postgres_queue(s->db[shard],
		"INSERT INTO paraph.tm_name (hash, kind, text)"
		" SELECT hash, kind, text FROM (SELECT DISTINCT ON (hash, kind) * FROM"
		"  unnest($1::bigint[], $2::integer[], $3::text[]) WITH ORDINALITY"
		"  AS t (hash, kind, text, i) ORDER BY hash, kind, i) AS u"
		" WHERE NOT EXISTS (SELECT 1 FROM paraph.tm_name n"
		"  WHERE n.hash = u.hash AND n.kind = u.kind)"
		" ORDER BY kind, i ON CONFLICT DO NOTHING",
		&s->values);
}

static status
write_shard(pg_store *s, size_t shard, arena *a)
{
	TRY(copy_units(s, shard));
	posting_sorter_clear(s->base.lists);
	for (size_t i = 0; i < s->pending.n; i++) {
		const pg_pending *u = &s->pending.at[i];
		if (u->id != 0 && pg_shard_of(s, u) == shard)
			TRY(pg_list_unit(
				s, u->id, u->pair, pg_source_of(s, u), pg_target_of(s, u)));
	}
	TRY(pg_write_lists(s, s->db[shard]));
	return queue_names(s, shard, a);
}

static bool
has_new(const pg_store *s, size_t shard)
{
	for (size_t i = 0; i < s->pending.n; i++)
		if (s->pending.at[i].id != 0 && pg_shard_of(s, &s->pending.at[i]) == shard)
			return true;
	return false;
}

static size_t
count_new(const pg_store *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->pending.n; i++)
		n += s->pending.at[i].id != 0;
	return n;
}

/* The statements of the transaction up to its end. *again: rarity or the shards are not what we
 * took them for. */
static status
work(pg_store *s, arena *a, bool *part, bool *again)
{
	uint32_t *places[PG_SHARDS] = { NULL };
	postgres *asked[PG_SHARDS];
	status each[PG_SHARDS];
	size_t n = 0;
	bool any = false;

	for (size_t i = 0; i < s->pending.n; i++)
		s->pending.at[i].id = 1;
	for (size_t k = 0; k < s->shards; k++) {
		part[k] = takes_part(s, k);
		if (!part[k])
			continue;
		TRY(queue_first(s, k, a, &places[k]));
		asked[n++] = s->db[k];
	}
	status done = n == 0 ? STATUS_OK : postgres_gather(asked, n, each);
	for (size_t i = 0; i < n; i++)
		TRY(pg_answered(s, each[i], asked[i]));
	TRY(done);
	for (size_t k = 0; k < s->shards; k++)
		if (part[k])
			TRY(take_first(s, k, places[k], again, &any));
	if (*again)
		return STATUS_OK;
	size_t new = count_new(s);
	TRY(number(s, new));
	if (s->ranked == 0 && s->alone && !any && new >= TM_RANKS_FROM)
		TRY(measure(s, new));
	for (size_t k = 0; k < s->shards; k++)
		if (part[k] && has_new(s, k))
			TRY(write_shard(s, k, a));
	return STATUS_OK;
}

static status
try_once(pg_store *s, bool *again)
{
	bool part[PG_SHARDS] = { false };
	arena a;

	*again = false;
	arena_init(&a, s->base.context->memory);
	status done = work(s, &a, part, again);
	for (size_t k = 0; k < s->shards && done == STATUS_OK && !*again; k++)
		if (part[k])
			done = pg_answered(s, postgres_commit(s->db[k]), s->db[k]);
	arena_free(&a);
	if (done == STATUS_OK && !*again)
		return done;
	for (size_t k = 0; k < s->shards; k++) {
		*again |= postgres_may_retry(s->db[k]) ||
			  strcmp(postgres_sqlstate(s->db[k]), "23505") == 0;
		postgres_rollback(s->db[k]);
	}
	s->base.ranks_read = false;
	posting_sorter_clear(s->base.lists);
	return done;
}

/* Now and then somebody who adds units one by one puts blocks together. */
static bool
is_due(pg_store *s)
{
	s->parts++;
	for (size_t i = 0; i < s->pending.n && s->pending.n < 50; i++)
		if (s->pending.at[i].id != 0 && s->pending.at[i].id % COMPACT_EVERY == 0)
			return true;
	return false;
}

static status
put_together(pg_store *s)
{
	bool more;

	for (size_t k = 0; k < s->shards; k++)
		TRY(pg_compact(s, k, false, &more));
	return STATUS_OK;
}

/* Writes what waits, all of it or nothing. */
static status
flush(pg_store *s)
{
	status done = STATUS_OK;
	bool again;

	if (s->pending.n + s->removed.n == 0)
		return STATUS_OK;
	for (unsigned tries = 0; tries < TRIES; tries++) {
		if (tries > 1)
			nanosleep(&(struct timespec){ 0, 5000000L * tries }, NULL);
		if (!s->base.ranks_read)
			TRY(pg_read_meta(s));
		/* who measures rarity, or came off badly several times, has it to himself */
		s->alone = (s->ranked == 0 && s->pending.n >= TM_RANKS_FROM) || tries > 2;
		done = try_once(s, &again);
		if (!again)
			break;
	}
	if (done == STATUS_OK && again)
		return context_fail(s->base.context, STATUS_AGAIN,
			"%s: others write all the time; try again later",
			"%s\u00A0: d’autres écrivent sans cesse\u00A0; réessayez plus tard",
			s->name);
	if (done == STATUS_OK)
		s->withdrawn += s->pending.n - count_new(s);
	bool due = done == STATUS_OK && is_due(s);
	pg_forget_pending(s);
	return due ? pg_tidied(s, put_together(s)) : done;
}

/* --- functions of the engine --- */

status
pg_begin(tm_store *store)
{
	pg_store *s = pg_of(store);

	assert(!s->open);
	s->open = true;
	s->withdrawn = 0;
	pg_forget_pending(s);
	return STATUS_OK;
}

void
pg_rollback(tm_store *store)
{
	pg_store *s = pg_of(store);

	pg_forget_pending(s);
	posting_sorter_clear(s->base.lists);
	s->open = false;
}

status
pg_commit(tm_store *store)
{
	pg_store *s = pg_of(store);
	status done = flush(s);

	s->open = false;
	return done;
}

status
pg_commit_part(tm_store *store)
{
	pg_store *s = pg_of(store);

	TRY(flush(s));
	return pg_tidied(s, pg_outgrown(s));
}

uint64_t
pg_withdrawn(tm_store *store)
{
	pg_store *s = pg_of(store);
	uint64_t n = s->withdrawn;

	s->withdrawn = 0;
	return n;
}

/* Outside a transaction of the caller, a change is one of its own. */
static status
finish(tm_store *store, status done, bool own)
{
	if (!own)
		return done;
	if (done == STATUS_OK)
		done = pg_commit(store);
	if (done != STATUS_OK)
		pg_rollback(store);
	return done;
}

status
pg_add(tm_store *store, const tm_unit *u, bool *added)
{
	pg_store *s = pg_of(store);
	bool own = !s->open;

	*added = false;
	if (own)
		TRY(pg_begin(store));
	status done = pg_keep_pending(s, u, added);
	if (!own && done == STATUS_OK &&
		(s->pending.n >= PART_UNITS || s->pending_rows.n >= PART_BYTES))
		return flush(s);
	done = finish(store, done, own);
	if (own)
		*added = *added && pg_withdrawn(store) == 0;
	return done;
}

status
pg_remove(tm_store *store, uint32_t id, bool *found)
{
	pg_store *s = pg_of(store);
	bool own = !s->open;

	*found = false;
	if (own)
		TRY(pg_begin(store));
	pg_forget(s);
	status done = pg_expect_units(store, &id, 1);
	if (done == STATUS_OK) {
		pg_row *row = pg_row_of(s, id);
		*found = row != NULL && row->there;
		pg_forget(s);
		done = ARRAY_RESERVE(s->base.context->memory, &s->removed, 1);
	}
	if (done == STATUS_OK && *found)
		s->removed.at[s->removed.n++] = id;
	return finish(store, done, own);
}
