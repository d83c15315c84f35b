#include "tm/store_private.h"

#include <string.h>

static const char schema[] =
	"CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE name (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, text TEXT NOT NULL,"
	" UNIQUE (kind, text));"
	"CREATE TABLE unit ("
	" id INTEGER PRIMARY KEY, pair INTEGER NOT NULL, source TEXT NOT NULL,"
	" target TEXT NOT NULL, shape INTEGER NOT NULL, same INTEGER NOT NULL,"
	" document INTEGER NOT NULL, usage INTEGER NOT NULL, info BLOB NOT NULL);"
	"CREATE INDEX unit_shape ON unit (shape, same);"
	"CREATE TABLE posting (key INTEGER PRIMARY KEY, entries BLOB NOT NULL);";

enum { NAME_PAIR = 1, NAME_DOCUMENT = 2 };

#define CHUNKS_FROM "SELECT key, entries FROM posting WHERE key BETWEEN ? AND ? ORDER BY key"
#define UNIT_COLUMNS "id, pair, source, target, document, usage, info"

static const char *const sql[STATEMENTS] = {
	[SET_META] = "INSERT OR REPLACE INTO meta VALUES (?, ?)",
	[GET_META] = "SELECT value FROM meta WHERE key = ?",
	[FIND_NAME] = "SELECT id FROM name WHERE kind = ? AND text = ?",
	[ADD_NAME] = "INSERT INTO name (kind, text) VALUES (?, ?)",
	[GET_NAME] = "SELECT text FROM name WHERE id = ?",
	[FIND_SAME] = "SELECT id FROM unit WHERE shape = ? AND same = ?",
	[ADD_UNIT] = "INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[GET_UNIT] = "SELECT " UNIT_COLUMNS " FROM unit WHERE id = ?",
	[GET_TEXTS] = "SELECT " UNIT_COLUMNS " FROM unit WHERE id = ?",
	[REMOVE_UNIT] = "DELETE FROM unit WHERE id = ?",
	[NEXT_UNIT] = "SELECT " UNIT_COLUMNS " FROM unit WHERE id > ? ORDER BY id LIMIT 1",
	[OF_SHAPE] = "SELECT id, same FROM unit WHERE shape = ?",
	[LAST_CHUNK] = CHUNKS_FROM " DESC LIMIT 1",
	[ADD_CHUNK] = "INSERT INTO posting VALUES (?, ?)",
	[SET_CHUNK] = "UPDATE posting SET entries = ?2 WHERE key = ?1",
	[CHUNKS] = CHUNKS_FROM,
	[PUT_DIGESTS] = "INSERT OR REPLACE INTO posting VALUES (?, ?)",
	[GET_DIGESTS] = "SELECT entries FROM posting WHERE key = ?",
	[LAST_UNIT] = "SELECT coalesce(max(id), 0) FROM unit",
	[PAIRS] = "SELECT pair, count(*) FROM unit GROUP BY pair ORDER BY 2 DESC, 1",
	[PAIR_NAMES] = "SELECT id FROM name WHERE kind = 1 ORDER BY id",
	[PAIR_FROM] = "SELECT pair FROM unit WHERE id >= ? ORDER BY id LIMIT 1",
	[BEGIN_READ] = "BEGIN",
	[END_READ] = "COMMIT",
};

static const database_kind kind = { "a translation memory", "une mémoire de traduction", schema,
	TM_STORE_VERSION, sql, STATEMENTS, true };

/* --- opening --- */

static status
open_parts(tm_store *s, const char *path, tm_store_mode mode)
{
	TRY(tm_pieces_open(&s->pieces, s->context->memory));
	TRY(posting_sorter_open(&s->lists, s->context));
	TRY(database_open(&s->db, s->context, &kind, path, mode == TM_STORE_WRITE));
	return database_execute(
		&s->db, "PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY");
}

status
tm_store_open(tm_store **out, context *c, const char *path, tm_store_mode mode)
{
	tm_store *s = memory_alloc(c->memory, sizeof(*s));

	*out = NULL;
	if (s == NULL)
		return STATUS_MEMORY;
	*s = (tm_store){ .context = c };
	arena_init(&s->names, c->memory);
	tm_spool_init(&s->spool, c);
	for (size_t i = 0; i < NAME_SLOTS; i++)
		buffer_init(&s->documents[i].text, c->memory, c->limits.output);
	buffer_init(&s->chunk, c->memory, c->limits.output);
	buffer_init(&s->text, c->memory, c->limits.output);
	buffer_init(&s->digests, c->memory, c->limits.output);
	buffer_init(&s->document_text, c->memory, c->limits.output);
	status done = open_parts(s, path, mode);
	if (done != STATUS_OK) {
		tm_store_close(s);
		return done;
	}
	*out = s;
	return STATUS_OK;
}

void
tm_store_close(tm_store *s)
{
	if (s == NULL)
		return;
	const memory *m = s->context->memory;
	database_close(&s->db);
	tm_pieces_close(s->pieces);
	tm_ordered_free(&s->ordered, m);
	ARRAY_FREE(m, &s->pairs);
	ARRAY_FREE(m, &s->keys);
	ARRAY_FREE(m, &s->pending);
	memory_free(m, s->ranks);
	tm_spool_free(&s->spool);
	posting_sorter_close(s->lists);
	buffer_free(&s->chunk);
	buffer_free(&s->digests);
	buffer_free(&s->text);
	buffer_free(&s->document_text);
	for (size_t i = 0; i < NAME_SLOTS; i++)
		buffer_free(&s->documents[i].text);
	arena_free(&s->names);
	memory_free(m, s);
}

const char *
tm_store_path(const tm_store *s)
{
	return s->db.path;
}

status
tm_store_index_damaged(tm_store *s)
{
	return context_fail(s->context, STATUS_DAMAGED,
		"%s: the index is damaged; \"paraph tm repair\" makes it anew",
		"%s\u00A0: l’index est abîmé\u00A0; «\u00A0paraph tm repair\u00A0» le refait",
		s->db.path);
}

/* --- facts and names --- */

status
tm_store_set_meta(tm_store *s, const char *key, slice value)
{
	sqlite3_stmt *q;

	TRY(database_statement(&s->db, SET_META, &q));
	database_bind_text(q, 1, slice_of(key));
	database_bind_blob(q, 2, value);
	return database_run(&s->db, q);
}

status
tm_store_get_meta(tm_store *s, const char *key, buffer *value)
{
	sqlite3_stmt *q;
	bool more;

	buffer_clear(value);
	TRY(database_statement(&s->db, GET_META, &q));
	database_bind_text(q, 1, slice_of(key));
	TRY(database_row(&s->db, q, &more));
	if (!more)
		return STATUS_OK;
	buffer_put(value, database_blob(q, 0));
	sqlite3_reset(q);
	return value->status;
}

static status
number_of_name(tm_store *s, int name_kind, slice text, int64_t *out)
{
	sqlite3_stmt *q;
	bool more;

	TRY(database_statement(&s->db, FIND_NAME, &q));
	sqlite3_bind_int(q, 1, name_kind);
	database_bind_text(q, 2, text);
	TRY(database_row(&s->db, q, &more));
	if (more) {
		*out = sqlite3_column_int64(q, 0);
		sqlite3_reset(q);
		return STATUS_OK;
	}
	TRY(database_statement(&s->db, ADD_NAME, &q));
	sqlite3_bind_int(q, 1, name_kind);
	database_bind_text(q, 2, text);
	TRY(database_run(&s->db, q));
	*out = sqlite3_last_insert_rowid(s->db.db);
	return STATUS_OK;
}

static slice
primary(slice tag, char out[16])
{
	size_t n = 0;

	while (n < tag.n && n < 15 && tag.p[n] != '-' && tag.p[n] != '_') {
		char c = tag.p[n];
		out[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	return (slice){ out, n };
}

uint64_t
tm_side_salt(slice tag)
{
	char text[16];

	return slice_hash(primary(tag, text));
}

uint64_t
tm_pair_salt(slice source, slice target)
{
	return tm_side_salt(source) * 31 + tm_side_salt(target);
}

static status
keep_pair(tm_store *s, int64_t id, slice text)
{
	known_pair p = { .id = id };

	TRY(ARRAY_RESERVE(s->context->memory, &s->pairs, 1));
	TRY(arena_copy(&s->names, text, &text));
	if (!slice_cut(text, '\t', &p.source, &p.target))
		return database_damaged(&s->db);
	p.salt = tm_pair_salt(p.source, p.target);
	s->pairs.at[s->pairs.n++] = p;
	return STATUS_OK;
}

status
tm_store_pair_numbered(tm_store *s, int64_t id, const known_pair **out)
{
	sqlite3_stmt *q;
	bool more;

	for (size_t i = 0; i < s->pairs.n; i++)
		if (s->pairs.at[i].id == id) {
			*out = &s->pairs.at[i];
			return STATUS_OK;
		}
	TRY(database_statement(&s->db, GET_NAME, &q));
	sqlite3_bind_int64(q, 1, id);
	TRY(database_row(&s->db, q, &more));
	if (!more)
		return database_damaged(&s->db);
	status done = keep_pair(s, id, database_text(q, 0));
	sqlite3_reset(q);
	if (done == STATUS_OK)
		*out = &s->pairs.at[s->pairs.n - 1];
	return done;
}

status
tm_store_pair(tm_store *s, slice source, slice target, const known_pair **out)
{
	int64_t id;

	for (size_t i = 0; i < s->pairs.n; i++)
		if (slice_equal(s->pairs.at[i].source, source) &&
			slice_equal(s->pairs.at[i].target, target)) {
			*out = &s->pairs.at[i];
			return STATUS_OK;
		}
	buffer_clear(&s->text);
	buffer_put(&s->text, source);
	buffer_put_char(&s->text, '\t');
	buffer_put(&s->text, target);
	TRY(s->text.status);
	TRY(number_of_name(s, NAME_PAIR, buffer_slice(&s->text), &id));
	return tm_store_pair_numbered(s, id, out);
}

status
tm_store_document(tm_store *s, slice document, int64_t *out)
{
	*out = 0;
	if (document.n == 0)
		return STATUS_OK;
	if (s->document_id == 0 || !slice_equal(buffer_slice(&s->document_text), document)) {
		s->document_id = 0;
		buffer_clear(&s->document_text);
		buffer_put(&s->document_text, document);
		TRY(s->document_text.status);
		TRY(number_of_name(s, NAME_DOCUMENT, document, &s->document_id));
	}
	*out = s->document_id;
	return STATUS_OK;
}

void
tm_store_forget_names(tm_store *s)
{
	s->document_id = 0;
	s->pairs.n = 0;
	for (size_t i = 0; i < NAME_SLOTS; i++)
		s->documents[i].id = 0;
}

/* --- transactions --- */

status
tm_store_read_last(tm_store *s)
{
	sqlite3_stmt *q;
	bool more;

	TRY(database_statement(&s->db, LAST_UNIT, &q));
	TRY(database_row(&s->db, q, &more));
	s->last_unit = more ? (uint32_t)sqlite3_column_int64(q, 0) : 0;
	sqlite3_reset(q);
	return STATUS_OK;
}

status
tm_store_read_debts(tm_store *s)
{
	if (s->deferred)
		return STATUS_OK;
	TRY(tm_store_get_meta(s, "deferred", &s->text));
	s->owes = s->text.n != 0;
	return STATUS_OK;
}

status
tm_store_begin(tm_store *s)
{
	uint32_t before = s->last_unit;

	TRY(database_begin(&s->db));
	s->ranks_read = false; /* somebody else may have measured */
	status done = tm_store_read_last(s);
	if (done == STATUS_OK)
		done = tm_store_read_debts(s);
	if (done != STATUS_OK)
		tm_store_rollback(s);
	else if (!s->deferred)
		s->filling = s->last_unit == 0;
	else if (s->filling && s->last_unit != before)
		s->owes = true; /* somebody else’s units are listed by another rarity */
	return done;
}

/* A long import into a memory that it makes many times larger lists nothing: it would be listed
 * again at the end. */
static status
give_up_listing(tm_store *s)
{
	bool outgrown = false;

	if (!s->filling)
		TRY(tm_index_is_outgrown(s, &outgrown));
	s->owes |= outgrown;
	if (s->owes && s->deferred)
		tm_index_forget(s);
	return STATUS_OK;
}

status
tm_store_commit_part(tm_store *s)
{
	TRY(give_up_listing(s));
	TRY(tm_index_list(s));
	if (!s->deferred)
		TRY(tm_store_set_meta(s, "deferred", SLICE("1")));
	s->deferred = true;
	TRY(database_commit(&s->db));
	return tm_store_begin(s);
}

status
tm_store_commit(tm_store *s)
{
	if (s->deferred && s->owes)
		TRY(tm_index_make(s));
	else
		TRY(tm_index_write(s));
	if (s->deferred)
		TRY(tm_store_set_meta(s, "deferred", SLICE("")));
	TRY(database_commit(&s->db));
	s->deferred = s->owes = false;
	return STATUS_OK;
}

void
tm_store_rollback(tm_store *s)
{
	database_rollback(&s->db);
	tm_index_forget(s);
	s->deferred = s->ranks_read = false;
	tm_store_forget_names(s);
}

status
tm_store_begin_read(tm_store *s)
{
	sqlite3_stmt *q;

	tm_digest_forget(s);
	s->texts_id = 0;
	if (s->db.open)
		return STATUS_OK;
	TRY(database_statement(&s->db, BEGIN_READ, &q));
	return database_run(&s->db, q);
}

void
tm_store_end_read(tm_store *s)
{
	sqlite3_stmt *q;

	tm_digest_forget(s);
	s->texts_id = 0;
	if (s->db.open || database_statement(&s->db, END_READ, &q) != STATUS_OK)
		return;
	for (size_t i = 0; i < STATEMENTS; i++)
		sqlite3_reset(s->db.statements[i]);
	(void)sqlite3_step(q);
	sqlite3_reset(q);
}

/* Outside a transaction of the caller, a change is one of its own. */
status
tm_store_finish(tm_store *s, status done, bool own)
{
	if (!own)
		return done;
	if (done == STATUS_OK)
		done = tm_store_commit(s);
	if (done != STATUS_OK)
		tm_store_rollback(s);
	return done;
}
