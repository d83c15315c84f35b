/* Units of a shared memory: out, counted. */
#include <stdlib.h>
#include <string.h>

#include "tm/postgres.h"

status
pg_fill_unit(pg_store *s, const pg_row *row, tm_unit *u)
{
	const pg_pair *pair;

	tm_unit_clear(u);
	TRY(pg_pair_of(s, row->pair, &pair));
	TRY(tm_unit_set(u, &u->side[0].language, pair->source));
	TRY(tm_unit_set(u, &u->side[1].language, pair->target));
	TRY(tm_unit_set(u, &u->side[0].text, row->source));
	TRY(tm_unit_set(u, &u->side[1].text, row->target));
	TRY(tm_unit_set(u, &u->document, row->document));
	u->usage = row->usage;
	status done = tm_unit_unpack_facts(u, row->info);
	if (done != STATUS_DAMAGED)
		return done;
	return context_fail(s->base.context, done, "%s: unit %u is damaged",
		"%s\u00A0: l’unité %u est abîmée", s->name, (unsigned)row->id);
}

/* From what was fetched, or from the server. */
static status
row_of(pg_store *s, uint32_t id, pg_row **out)
{
	*out = pg_row_of(s, id);
	if (*out == NULL) {
		TRY(pg_expect_units(&s->base, &id, 1));
		*out = pg_row_of(s, id);
	}
	return STATUS_OK;
}

status
pg_get(tm_store *store, uint32_t id, tm_unit *out, bool *found)
{
	pg_store *s = pg_of(store);
	pg_row *row;

	TRY(row_of(s, id, &row));
	*found = row->there;
	return row->there ? pg_fill_unit(s, row, out) : STATUS_OK;
}

status
pg_texts(
	tm_store *store, uint32_t id, slice *source, slice *target, uint64_t *salt, bool *found)
{
	pg_store *s = pg_of(store);
	const pg_pair *pair;
	pg_row *row;

	TRY(row_of(s, id, &row));
	*found = row->there;
	if (!row->there)
		return STATUS_OK;
	TRY(pg_pair_of(s, row->pair, &pair));
	*salt = pair->salt;
	*source = row->source;
	*target = row->target;
	s->plain = tm_unit_facts_are_plain(row->info);
	return STATUS_OK;
}

/* --- all of them --- */

#define PAGE 1000 /* units that are fetched at a time, of each shard */

typedef struct page {
	arena kept;
	ARRAY(pg_row) rows;
	size_t next;
	int64_t last; /* number of the last one */
	bool ended;
} page;

static status
read_page(pg_store *s, size_t shard, page *p)
{
	postgres_rows r;

	p->next = p->rows.n = 0;
	arena_reset(&p->kept);
	if (p->ended)
		return STATUS_OK;
	postgres_values_clear(&s->values);
	postgres_put_int64(&s->values, p->last);
	postgres_put_int64(&s->values, PAGE);
	TRY(pg_answered(s,
		postgres_ask(s->db[shard],
			"SELECT " PG_ROW
			" FROM paraph.tm_unit WHERE id > $1 ORDER BY id LIMIT $2",
			&s->values, &r),
		s->db[shard]));
	TRY(ARRAY_RESERVE(s->base.context->memory, &p->rows, r.n));
	for (size_t i = 0; i < r.n; i++)
		TRY(pg_take_row(&p->kept, &r, i, &p->rows.at[p->rows.n++]));
	p->ended = r.n < PAGE;
	if (r.n != 0)
		p->last = p->rows.at[r.n - 1].id;
	return STATUS_OK;
}

/* The shard whose next unit has the least number; s->shards at the end. */
static status
next_shard(pg_store *s, page *pages, size_t *out)
{
	*out = s->shards;
	for (size_t k = 0; k < s->shards; k++) {
		page *p = &pages[k];
		if (p->next == p->rows.n)
			TRY(read_page(s, k, p));
		if (p->next == p->rows.n)
			continue;
		if (*out == s->shards ||
			p->rows.at[p->next].id < pages[*out].rows.at[pages[*out].next].id)
			*out = k;
	}
	return STATUS_OK;
}

static status
each(pg_store *s, page *pages, tm_unit *u, uint64_t *lost,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user)
{
	uint32_t before = 0;

	for (;;) {
		size_t k;
		TRY(next_shard(s, pages, &k));
		if (k == s->shards)
			return STATUS_OK;
		const pg_row *row = &pages[k].rows.at[pages[k].next++];
		if (row->id == before)
			continue; /* on its way to another shard */
		before = row->id;
		status done = pg_fill_unit(s, row, u);
		if (done == STATUS_DAMAGED && lost != NULL) {
			++*lost;
			continue;
		}
		TRY(done);
		TRY(take(user, row->id, u));
	}
}

static status
each_from(tm_store *store, uint32_t after, uint64_t *lost,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user)
{
	pg_store *s = pg_of(store);
	const memory *m = s->base.context->memory;
	page *pages = memory_alloc(m, s->shards * sizeof(*pages));
	tm_unit u;

	if (pages == NULL)
		return STATUS_MEMORY;
	memset(pages, 0, s->shards * sizeof(*pages));
	for (size_t k = 0; k < s->shards; k++) {
		arena_init(&pages[k].kept, m);
		pages[k].last = after;
	}
	if (lost != NULL)
		*lost = 0;
	tm_unit_init(&u, m);
	status done = each(s, pages, &u, lost, take, user);
	tm_unit_free(&u);
	for (size_t k = 0; k < s->shards; k++) {
		arena_free(&pages[k].kept);
		ARRAY_FREE(m, &pages[k].rows);
	}
	memory_free(m, pages);
	return done;
}

status
pg_each(tm_store *store, uint64_t *lost,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user)
{
	return each_from(store, 0, lost, take, user);
}

status
pg_each_after(tm_store *store, uint32_t after,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user)
{
	return each_from(store, after, NULL, take, user);
}

/* --- counts --- */

/* The sum, or the greatest, of a number of each shard. */
static uint64_t
sum_of(const pg_store *s, size_t answer, bool greatest)
{
	uint64_t sum = 0;

	for (size_t k = 0; k < s->shards; k++) {
		postgres_rows r = postgres_answer(s->db[k], answer);
		uint64_t n = r.n == 0 ? 0 : (uint64_t)postgres_int(&r, 0, 0);
		if (!greatest)
			sum += n;
		else if (n > sum)
			sum = n;
	}
	return sum;
}

status
pg_last(tm_store *store, uint32_t *id)
{
	pg_store *s = pg_of(store);

	TRY(pg_queue_all(s, "SELECT coalesce(max(id), 0) FROM paraph.tm_unit", NULL));
	TRY(pg_wait_all(s));
	*id = (uint32_t)sum_of(s, 0, true);
	return STATUS_OK;
}

static int
by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* A name that two shards have is one. */
static status
count_names(pg_store *s, size_t answer, uint64_t *documents, uint64_t *pairs)
{
	ARRAY(uint64_t) names = { 0 };
	const memory *m = s->base.context->memory;
	status done = STATUS_OK;

	*documents = *pairs = 0;
	for (size_t k = 0; k < s->shards && done == STATUS_OK; k++) {
		postgres_rows r = postgres_answer(s->db[k], answer);
		done = ARRAY_RESERVE(m, &names, r.n);
		for (size_t i = 0; i < r.n && done == STATUS_OK; i++)
			names.at[names.n++] = (uint64_t)postgres_int(&r, i, 0) << 1 |
					      (postgres_int(&r, i, 1) == PG_NAME_PAIR);
	}
	if (names.n > 1)
		qsort(names.at, names.n, sizeof(uint64_t), by_value);
	for (size_t i = 0; i < names.n; i++)
		if (i == 0 || names.at[i] != names.at[i - 1])
			*(names.at[i] & 1 ? pairs : documents) += 1;
	ARRAY_FREE(m, &names);
	return done;
}

status
pg_count(tm_store *store, tm_store_counts *out)
{
	pg_store *s = pg_of(store);

	TRY(pg_queue_all(s,
		"SELECT count(*) FROM paraph.tm_unit u WHERE NOT EXISTS"
		" (SELECT 1 FROM paraph.tm_moved m WHERE u.shape BETWEEN m.first AND m.last)",
		NULL));
	TRY(pg_queue_all(s,
		"SELECT (sum(pg_total_relation_size(c.oid)))::bigint FROM pg_class c"
		" JOIN pg_namespace n ON n.oid = c.relnamespace"
		" WHERE n.nspname = 'paraph' AND c.relkind = 'r' AND c.relname LIKE 'tm\\_%'",
		NULL));
	TRY(pg_queue_all(s, "SELECT hash, kind FROM paraph.tm_name", NULL));
	TRY(pg_wait_all(s));
	out->units = sum_of(s, 0, false);
	out->bytes = sum_of(s, 1, false);
	return count_names(s, 2, &out->documents, &out->pairs);
}

/* --- languages --- */

#define PAIRS_MOST 256

typedef struct pair_count {
	const pg_pair *pair;
	uint64_t n;
	int64_t first;
} pair_count;

static status
add_pair(pg_store *s, pair_count *pairs, size_t *n, slice text, uint64_t units, int64_t first)
{
	const pg_pair *pair;
	size_t i = 0;

	TRY(pg_pair_of(s, text, &pair));
	while (i < *n && pairs[i].pair != pair)
		i++;
	if (i == PAIRS_MOST)
		return STATUS_OK;
	if (i == *n)
		pairs[(*n)++] = (pair_count){ pair, 0, first };
	pairs[i].n += units;
	if (first < pairs[i].first)
		pairs[i].first = first;
	return STATUS_OK;
}

static int
commonest_first(const void *a, const void *b)
{
	const pair_count *x = a, *y = b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return (x->first > y->first) - (x->first < y->first);
}

static status
tell(pair_count *pairs, size_t n, bool numbers,
	status (*take)(void *user, slice source, slice target, uint64_t units), void *user)
{
	if (n > 1)
		qsort(pairs, n, sizeof(*pairs), commonest_first);
	for (size_t i = 0; i < n; i++)
		TRY(take(user, pairs[i].pair->source, pairs[i].pair->target,
			numbers ? pairs[i].n : 0));
	return STATUS_OK;
}

status
pg_pairs(tm_store *store,
	status (*take)(void *user, slice source, slice target, uint64_t units), void *user)
{
	pg_store *s = pg_of(store);
	pair_count pairs[PAIRS_MOST];
	size_t n = 0;

	TRY(pg_queue_all(s,
		"SELECT pair, count(*), min(id) FROM paraph.tm_unit u WHERE NOT EXISTS"
		" (SELECT 1 FROM paraph.tm_moved m WHERE u.shape BETWEEN m.first AND m.last)"
		" GROUP BY pair",
		NULL));
	TRY(pg_wait_all(s));
	for (size_t k = 0; k < s->shards; k++) {
		postgres_rows r = postgres_answer(s->db[k], 0);
		for (size_t i = 0; i < r.n; i++)
			TRY(add_pair(s, pairs, &n, postgres_text(&r, i, 0),
				(uint64_t)postgres_int(&r, i, 1), postgres_int(&r, i, 2)));
	}
	return tell(pairs, n, true, take, user);
}

/* --- usual languages --- */

#define SAMPLE 1000 /* units that are looked at, evenly spread over their numbers */

/* The unit next to each place: of those that the shards propose, the nearest. */
static status
sample(pg_store *s, uint64_t last, pair_count *pairs, size_t *n)
{
	pg_row near[SAMPLE] = { 0 };

	postgres_values_clear(&s->values);
	postgres_put_int64(&s->values, (int64_t)last);
	TRY(pg_queue_all(s,
		"SELECT i::integer, p.id, p.pair FROM generate_series(0, 999) AS i, LATERAL"
		" (SELECT id, pair FROM paraph.tm_unit WHERE id >= i * $1 / 1000"
		" ORDER BY id LIMIT 1) p",
		&s->values));
	TRY(pg_wait_all(s));
	for (size_t k = 0; k < s->shards; k++) {
		postgres_rows r = postgres_answer(s->db[k], 0);
		for (size_t i = 0; i < r.n; i++) {
			pg_row *at = &near[postgres_int(&r, i, 0)];
			uint32_t id = (uint32_t)postgres_int(&r, i, 1);
			if (at->there && at->id <= id)
				continue;
			*at = (pg_row){
				.id = id, .there = true, .pair = postgres_text(&r, i, 2)
			};
		}
	}
	for (size_t i = 0; i < SAMPLE; i++)
		if (near[i].there)
			TRY(add_pair(s, pairs, n, near[i].pair, 1, near[i].id));
	return STATUS_OK;
}

status
pg_usual_pairs(tm_store *store,
	status (*take)(void *user, slice source, slice target, uint64_t units), void *user)
{
	pg_store *s = pg_of(store);
	pair_count pairs[PAIRS_MOST];
	uint64_t last;
	size_t n = 0;

	TRY(pg_queue_all(
		s, "SELECT text, id FROM paraph.tm_name WHERE kind = 1 ORDER BY id", NULL));
	TRY(pg_queue_all(s, "SELECT coalesce(max(id), 0) FROM paraph.tm_unit", NULL));
	TRY(pg_wait_all(s));
	for (size_t k = 0; k < s->shards; k++) {
		postgres_rows r = postgres_answer(s->db[k], 0);
		for (size_t i = 0; i < r.n; i++)
			TRY(add_pair(s, pairs, &n, postgres_text(&r, i, 0), 0,
				postgres_int(&r, i, 1)));
	}
	last = sum_of(s, 1, true);
	if (n > 1)
		TRY(sample(s, last, pairs, &n));
	return tell(pairs, n, false, take, user);
}
