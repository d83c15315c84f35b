/* Units of the memory's store: in, out, counted, found by shape. */
#include <stdio.h>
#include <stdlib.h>

#include "tm/sqlite.h"

/* --- units --- */

static uint64_t
hash_more(uint64_t hash, slice s)
{
	return tm_mixed(hash * 31 + slice_hash(s));
}

/* Upper half: the source's text; lower half: all that makes it the unit it is. */
static int64_t
identity_of(const tm_unit *u, int64_t pair, int64_t document)
{
	uint64_t text = slice_hash(u->side[0].text);
	uint64_t all = hash_more(text, u->side[1].text);

	all = tm_mixed(all + (uint64_t)pair * 1000003 + (uint64_t)document);
	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < u->side[side].codes.n; i++) {
			const tm_code *c = &u->side[side].codes.at[i];
			all = hash_more(all + c->at * 8 + c->kind + side, c->content);
			all = hash_more(all, c->attributes);
		}
	return (int64_t)((text & UINT64_C(0xFFFFFFFF00000000)) | (all & 0xFFFFFFFF));
}

/* *added is false when the index of shapes has one that is the same already. */
static status
insert(sqlite_store *s, const tm_unit *u, uint64_t shape, int64_t same, int64_t pair,
	int64_t document, bool *added)
{
	sqlite3_stmt *q;

	if (s->last_unit == UINT32_MAX)
		return context_fail(s->base.context, STATUS_LIMIT, "%s: full",
			"%s\u00A0: pleine", s->db.path);
	buffer_clear(&s->base.text);
	tm_unit_pack_facts(u, &s->base.text);
	TRY(s->base.text.status);
	TRY(database_statement(&s->db, ADD_UNIT, &q));
	sqlite3_bind_int64(q, 1, (int64_t)s->last_unit + 1);
	sqlite3_bind_int64(q, 2, pair);
	database_bind_text(q, 3, u->side[0].text);
	database_bind_text(q, 4, u->side[1].text);
	sqlite3_bind_int64(q, 5, (int64_t)shape);
	sqlite3_bind_int64(q, 6, same);
	sqlite3_bind_int64(q, 7, document);
	sqlite3_bind_int64(q, 8, (int64_t)u->usage);
	database_bind_blob(q, 9, buffer_slice(&s->base.text));
	TRY(database_run(&s->db, q));
	*added = sqlite3_changes(s->db.db) != 0;
	s->last_unit += *added;
	return STATUS_OK;
}

typedef struct identity { /* of a unit in this store */
	int64_t pair, document, same;
	uint64_t shape, salt;
} identity;

/* Cuts the source into the pieces of the store. */
static status
identify(sqlite_store *s, const tm_unit *u, identity *out)
{
	const known_pair *pair;

	TRY(sqlite_pair(s, u->side[0].language, u->side[1].language, &pair));
	out->salt = pair->salt;
	out->pair = pair->id;
	TRY(sqlite_document(s, u->document, &out->document));
	TRY(tm_pieces_cut(s->base.pieces, u->side[0].text));
	out->shape = tm_shape(s->base.pieces, out->salt);
	out->same = identity_of(u, out->pair, out->document);
	return STATUS_OK;
}

status
sqlite_find(sqlite_store *s, const tm_unit *u, uint32_t *id)
{
	sqlite3_stmt *q;
	identity x;
	bool more;

	*id = 0;
	TRY(identify(s, u, &x));
	TRY(database_statement(&s->db, FIND_UNIT, &q));
	sqlite3_bind_int64(q, 1, (int64_t)x.shape);
	sqlite3_bind_int64(q, 2, x.same);
	TRY(database_row(&s->db, q, &more));
	if (more)
		*id = (uint32_t)sqlite3_column_int64(q, 0);
	sqlite3_reset(q);
	return STATUS_OK;
}

static status
add(sqlite_store *s, const tm_unit *u, bool *added)
{
	identity x;

	if (u->side[0].text.n > s->base.context->limits.paragraph ||
		u->side[1].text.n > s->base.context->limits.paragraph)
		return context_fail(s->base.context, STATUS_LIMIT, "%s: a segment is too long",
			"%s\u00A0: un segment est trop long", s->db.path);
	TRY(identify(s, u, &x));
	TRY(insert(s, u, x.shape, x.same, x.pair, x.document, added));
	if (!*added)
		return STATUS_OK;
	return sqlite_index_add(s, s->last_unit, u, x.salt);
}

status
sqlite_add(tm_store *store, const tm_unit *u, bool *added)
{
	sqlite_store *s = sqlite_of(store);
	bool own = !s->db.open;

	if (own)
		TRY(sqlite_begin(&s->base));
	return sqlite_finish(s, add(s, u, added), own);
}

static status
read_document(sqlite_store *s, int64_t id, slice *out)
{
	known_name *known = &s->documents[(uint64_t)id % NAME_SLOTS];
	sqlite3_stmt *q;
	bool more;

	*out = SLICE("");
	if (id <= 0)
		return STATUS_OK;
	if (known->id != id) {
		known->id = 0;
		TRY(database_statement(&s->db, GET_NAME, &q));
		sqlite3_bind_int64(q, 1, id);
		TRY(database_row(&s->db, q, &more));
		if (!more)
			return database_damaged(&s->db);
		buffer_clear(&known->text);
		buffer_put(&known->text, database_text(q, 0));
		sqlite3_reset(q);
		TRY(known->text.status);
		known->id = id;
	}
	*out = buffer_slice(&known->text);
	return STATUS_OK;
}

static status
read_unit(sqlite_store *s, sqlite3_stmt *q, tm_unit *u)
{
	const known_pair *pair;
	slice document;

	tm_unit_clear(u);
	TRY(sqlite_pair_numbered(s, sqlite3_column_int64(q, 1), &pair));
	TRY(tm_unit_set(u, &u->side[0].language, pair->source));
	TRY(tm_unit_set(u, &u->side[1].language, pair->target));
	TRY(tm_unit_set(u, &u->side[0].text, database_text(q, 2)));
	TRY(tm_unit_set(u, &u->side[1].text, database_text(q, 3)));
	TRY(read_document(s, sqlite3_column_int64(q, 4), &document));
	TRY(tm_unit_set(u, &u->document, document));
	u->usage = (uint64_t)sqlite3_column_int64(q, 5);
	status done = tm_unit_unpack_facts(u, database_blob(q, 6));
	return done == STATUS_DAMAGED ? database_damaged(&s->db) : done;
}

status
sqlite_get(tm_store *store, uint32_t id, tm_unit *out, bool *found)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *q;

	*found = true;
	if (id != 0 && id == s->texts_id) /* its row is at hand */
		return read_unit(s, s->db.statements[GET_TEXTS], out);
	TRY(database_statement(&s->db, GET_UNIT, &q));
	sqlite3_bind_int64(q, 1, id);
	TRY(database_row(&s->db, q, found));
	if (!*found)
		return STATUS_OK;
	status done = read_unit(s, q, out);
	sqlite3_reset(q);
	return done;
}

static status
keep_last(tm_store *store, uint32_t id)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", (unsigned)id);
	return sqlite_set_meta(store, "last", slice_of(text));
}

status
sqlite_remove(tm_store *store, uint32_t id, bool *found)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *q;
	bool own = !s->db.open;

	if (own)
		TRY(sqlite_begin(&s->base));
	status done = database_statement(&s->db, REMOVE_UNIT, &q);
	if (done == STATUS_OK) {
		sqlite3_bind_int64(q, 1, id);
		done = database_run(&s->db, q);
		*found = done == STATUS_OK && sqlite3_changes(s->db.db) != 0;
		if (done == STATUS_OK && *found && id == s->last_unit)
			done = keep_last(store, id);
	}
	return sqlite_finish(s, done, own);
}

static status
next_unit(sqlite_store *s, int64_t after, tm_unit *u, int64_t *id)
{
	sqlite3_stmt *q;
	bool more;

	*id = 0;
	TRY(database_statement(&s->db, NEXT_UNIT, &q));
	sqlite3_bind_int64(q, 1, after);
	status done = database_row(&s->db, q, &more);
	if (done != STATUS_OK || !more)
		return done;
	*id = sqlite3_column_int64(q, 0);
	done = read_unit(s, q, u);
	sqlite3_reset(q);
	return done;
}

/* Past a part that cannot be read: where reading goes on again, by steps that double. */
static status
pass_over(sqlite_store *s, int64_t *at, int64_t end, tm_unit *u, uint64_t *lost)
{
	int64_t id;

	for (int64_t step = 1; *at + step <= end; step *= 2) {
		if (next_unit(s, *at + step, u, &id) != STATUS_DAMAGED) {
			*lost += (uint64_t)step;
			*at += step;
			return STATUS_OK;
		}
	}
	*lost += (uint64_t)(end - *at);
	*at = end;
	return STATUS_OK;
}

static status
each(sqlite_store *s, int64_t at, tm_unit *u, uint64_t *lost,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user)
{
	int64_t id;

	for (;;) {
		status done = next_unit(s, at, u, &id);
		if (done == STATUS_DAMAGED && lost != NULL) {
			uint32_t last = s->last_unit;
			TRY(sqlite_read_last(s));
			int64_t end = s->last_unit;
			s->last_unit = last;
			if (id > at)
				at = id, ++*lost; /* this one alone */
			else
				TRY(pass_over(s, &at, end, u, lost));
			continue;
		}
		TRY(done);
		if (id == 0)
			return STATUS_OK;
		at = id;
		TRY(take(user, (uint32_t)id, u));
	}
}

static status
each_from(sqlite_store *s, uint32_t after, uint64_t *lost,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user)
{
	tm_unit u;

	if (lost != NULL)
		*lost = 0;
	tm_unit_init(&u, s->base.context->memory);
	status done = each(s, after, &u, lost, take, user);
	tm_unit_free(&u);
	return done;
}

status
sqlite_each(tm_store *store, uint64_t *lost,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user)
{
	return each_from(sqlite_of(store), 0, lost, take, user);
}

status
sqlite_each_after(tm_store *store, uint32_t after,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user)
{
	return each_from(sqlite_of(store), after, NULL, take, user);
}

/* One writer at a time: whoever comes later has greater numbers. */
status
sqlite_settled(tm_store *store, uint32_t *last, bool *settled)
{
	*settled = true;
	return sqlite_last(store, last);
}

status
sqlite_present(tm_store *store, const uint32_t *ids, size_t n, bool *there)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *q;

	TRY(database_statement(&s->db, HAS_UNIT, &q));
	for (size_t i = 0; i < n; i++) {
		sqlite3_bind_int64(q, 1, ids[i]);
		TRY(database_row(&s->db, q, &there[i]));
		sqlite3_reset(q);
	}
	return STATUS_OK;
}

/* --- counts --- */

status
sqlite_ask(sqlite_store *s, const char *text, uint64_t *out)
{
	sqlite3_stmt *q;
	bool more;

	if (sqlite3_prepare_v2(s->db.db, text, -1, &q, NULL) != SQLITE_OK)
		return database_failed(&s->db);
	status done = database_row(&s->db, q, &more);
	*out = done == STATUS_OK && more ? (uint64_t)sqlite3_column_int64(q, 0) : 0;
	sqlite3_finalize(q);
	return done;
}

status
sqlite_count(tm_store *store, tm_store_counts *out)
{
	sqlite_store *s = sqlite_of(store);
	uint64_t pages, size;

	TRY(sqlite_ask(s, "SELECT count(*) FROM unit", &out->units));
	TRY(sqlite_ask(s, "SELECT count(*) FROM name WHERE kind = 2", &out->documents));
	TRY(sqlite_ask(s, "SELECT count(*) FROM name WHERE kind = 1", &out->pairs));
	TRY(sqlite_ask(s, "PRAGMA page_count", &pages));
	TRY(sqlite_ask(s, "PRAGMA page_size", &size));
	out->bytes = pages * size;
	return STATUS_OK;
}

status
sqlite_pairs(tm_store *store,
	status (*take)(void *user, slice source, slice target, uint64_t units), void *user)
{
	sqlite_store *s = sqlite_of(store);
	const known_pair *pair;
	sqlite3_stmt *q;
	bool more;

	TRY(database_statement(&s->db, PAIRS, &q));
	for (;;) {
		TRY(database_row(&s->db, q, &more));
		if (!more)
			return STATUS_OK;
		status done = sqlite_pair_numbered(s, sqlite3_column_int64(q, 0), &pair);
		if (done == STATUS_OK)
			done = take(user, pair->source, pair->target,
				(uint64_t)sqlite3_column_int64(q, 1));
		if (done != STATUS_OK) {
			sqlite3_reset(q);
			return done;
		}
	}
}

/* --- usual pairs --- */

#define PAIRS_MOST 64     /* that are told apart by how common they are */
#define PAIRS_SAMPLE 1000 /* units looked at */

typedef struct pair_share {
	int64_t id;
	size_t n;
} pair_share;

static status
read_pair_names(sqlite_store *s, pair_share *pairs, size_t *n)
{
	sqlite3_stmt *q;
	bool more;

	*n = 0;
	TRY(database_statement(&s->db, PAIR_NAMES, &q));
	for (;;) {
		TRY(database_row(&s->db, q, &more));
		if (!more)
			return STATUS_OK;
		if (*n == PAIRS_MOST) {
			sqlite3_reset(q);
			return STATUS_OK;
		}
		pairs[(*n)++] = (pair_share){ sqlite3_column_int64(q, 0), 0 };
	}
}

status
sqlite_last(tm_store *store, uint32_t *id)
{
	sqlite_store *s = sqlite_of(store);
	uint32_t last = s->last_unit;

	TRY(sqlite_read_last(s));
	*id = s->last_unit;
	s->last_unit = last;
	return STATUS_OK;
}

static status
sample_pairs(sqlite_store *s, pair_share *pairs, size_t n)
{
	uint32_t last;
	sqlite3_stmt *q;
	bool more;

	TRY(sqlite_last(&s->base, &last));
	for (uint64_t i = 0; i < PAIRS_SAMPLE; i++) {
		TRY(database_statement(&s->db, PAIR_FROM, &q));
		sqlite3_bind_int64(q, 1, (int64_t)(i * last / PAIRS_SAMPLE));
		TRY(database_row(&s->db, q, &more));
		if (!more)
			return STATUS_OK;
		int64_t id = sqlite3_column_int64(q, 0);
		sqlite3_reset(q);
		for (size_t k = 0; k < n; k++)
			pairs[k].n += pairs[k].id == id;
	}
	return STATUS_OK;
}

static int
by_share(const void *a, const void *b)
{
	const pair_share *x = a, *y = b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

status
sqlite_usual_pairs(tm_store *store,
	status (*take)(void *user, slice source, slice target, uint64_t units), void *user)
{
	sqlite_store *s = sqlite_of(store);
	pair_share pairs[PAIRS_MOST];
	const known_pair *pair;
	size_t n;

	TRY(read_pair_names(s, pairs, &n));
	if (n > 1) {
		TRY(sample_pairs(s, pairs, n));
		qsort(pairs, n, sizeof(*pairs), by_share);
	}
	for (size_t i = 0; i < n; i++) {
		TRY(sqlite_pair_numbered(s, pairs[i].id, &pair));
		TRY(take(user, pair->source, pair->target, 0));
	}
	return STATUS_OK;
}

/* --- for searching --- */

static status
take_relatives(sqlite_store *s, sqlite3_stmt *q, slice text, tm_relative *units, size_t most,
	size_t *n)
{
	uint64_t hash = slice_hash(text);
	bool more = true;

	*n = 0;
	while (*n < most) {
		TRY(database_row(&s->db, q, &more));
		if (!more)
			return STATUS_OK;
		uint64_t same = (uint64_t)sqlite3_column_int64(q, 1);
		units[(*n)++] = (tm_relative){ (uint32_t)sqlite3_column_int64(q, 0),
			same >> 32 == hash >> 32 };
	}
	sqlite3_reset(q);
	return STATUS_OK;
}

status
sqlite_of_shape(
	tm_store *store, uint64_t shape, slice text, tm_relative *units, size_t most, size_t *n)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *q;

	TRY(database_statement(&s->db, OF_SHAPE, &q));
	sqlite3_bind_int64(q, 1, (int64_t)shape);
	return take_relatives(s, q, text, units, most, n);
}

/* The upper half of what makes a unit the one it is tells its text. */
status
sqlite_of_text(
	tm_store *store, uint64_t shape, slice text, tm_relative *units, size_t most, size_t *n)
{
	sqlite_store *s = sqlite_of(store);
	uint64_t first = slice_hash(text) >> 32 << 32;
	sqlite3_stmt *q;

	TRY(database_statement(&s->db, OF_TEXT, &q));
	sqlite3_bind_int64(q, 1, (int64_t)shape);
	sqlite3_bind_int64(q, 2, (int64_t)first);
	sqlite3_bind_int64(q, 3, (int64_t)(first | 0xFFFFFFFF));
	return take_relatives(s, q, text, units, most, n);
}

status
sqlite_texts(
	tm_store *store, uint32_t id, slice *source, slice *target, uint64_t *pair, bool *found)
{
	sqlite_store *s = sqlite_of(store);
	const known_pair *known;
	sqlite3_stmt *q;

	s->texts_id = 0;
	TRY(database_statement(&s->db, GET_TEXTS, &q));
	sqlite3_reset(q);
	sqlite3_bind_int64(q, 1, id);
	TRY(database_row(&s->db, q, found));
	if (!*found)
		return STATUS_OK;
	TRY(sqlite_pair_numbered(s, sqlite3_column_int64(q, 1), &known));
	*pair = known->salt;
	*source = database_text(q, 2);
	*target = database_text(q, 3);
	s->plain = tm_unit_facts_are_plain(database_blob(q, 6));
	s->texts_id = s->db.open ? 0 : id;
	return STATUS_OK;
}

bool
sqlite_texts_are_all(const tm_store *store)
{
	return ((const sqlite_store *)store)->plain;
}
