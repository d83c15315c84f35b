/* The translation memory as a SQLite file. */
#include "tm/sqlite.h"

static const char schema[] =
	"CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE name (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, text TEXT NOT NULL,"
	" UNIQUE (kind, text));"
	"CREATE TABLE unit ("
	" id INTEGER PRIMARY KEY, pair INTEGER NOT NULL, source TEXT NOT NULL,"
	" target TEXT NOT NULL, shape INTEGER NOT NULL, same INTEGER NOT NULL,"
	" document INTEGER NOT NULL, usage INTEGER NOT NULL, info BLOB NOT NULL);"
	"CREATE UNIQUE INDEX unit_shape ON unit (shape, same);"
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
	[ADD_UNIT] = "INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
		     " ON CONFLICT (shape, same) DO NOTHING",
	[GET_UNIT] = "SELECT " UNIT_COLUMNS " FROM unit WHERE id = ?",
	[GET_TEXTS] = "SELECT " UNIT_COLUMNS " FROM unit WHERE id = ?",
	[REMOVE_UNIT] = "DELETE FROM unit WHERE id = ?",
	[NEXT_UNIT] = "SELECT " UNIT_COLUMNS " FROM unit WHERE id > ? ORDER BY id LIMIT 1",
	[OF_SHAPE] = "SELECT id, same FROM unit WHERE shape = ?",
	[OF_TEXT] = "SELECT id, same FROM unit WHERE shape = ? AND same BETWEEN ? AND ?",
	[LAST_CHUNK] = CHUNKS_FROM " DESC LIMIT 1",
	[ADD_CHUNK] = "INSERT INTO posting VALUES (?, ?)",
	[SET_CHUNK] = "UPDATE posting SET entries = ?2 WHERE key = ?1",
	[CHUNKS] = CHUNKS_FROM,
	[PUT_DIGESTS] = "INSERT OR REPLACE INTO posting VALUES (?, ?)",
	[GET_DIGESTS] = "SELECT entries FROM posting WHERE key = ?",
	/* A number that was given is not given again, or a copy would take one unit for
	   another. */
	[LAST_UNIT] = "SELECT max(coalesce((SELECT max(id) FROM unit), 0), coalesce("
		      "(SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'last'), 0))",
	[HAS_UNIT] = "SELECT 1 FROM unit WHERE id = ?",
	[FIND_UNIT] = "SELECT id FROM unit WHERE shape = ? AND same = ?",
	[PAIRS] = "SELECT pair, count(*) FROM unit GROUP BY pair ORDER BY 2 DESC, 1",
	[PAIR_NAMES] = "SELECT id FROM name WHERE kind = 1 ORDER BY id",
	[PAIR_FROM] = "SELECT pair FROM unit WHERE id >= ? ORDER BY id LIMIT 1",
	[BEGIN_READ] = "BEGIN",
	[END_READ] = "COMMIT",
};

static const database_kind kind = { "a translation memory", "une mémoire de traduction", schema,
	TM_STORE_VERSION, sql, STATEMENTS, true };

/* --- facts and names --- */

status
sqlite_set_meta(tm_store *store, const char *key, slice value)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *q;

	TRY(database_statement(&s->db, SET_META, &q));
	database_bind_text(q, 1, slice_of(key));
	database_bind_blob(q, 2, value);
	return database_run(&s->db, q);
}

status
sqlite_get_meta(tm_store *store, const char *key, buffer *value)
{
	sqlite_store *s = sqlite_of(store);
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
number_of_name(sqlite_store *s, int name_kind, slice text, int64_t *out)
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

static status
keep_pair(sqlite_store *s, int64_t id, slice text)
{
	known_pair p = { .id = id };

	TRY(ARRAY_RESERVE(s->base.context->memory, &s->pairs, 1));
	TRY(arena_copy(&s->names, text, &text));
	if (!slice_cut(text, '\t', &p.source, &p.target))
		return database_damaged(&s->db);
	p.salt = tm_pair_salt(p.source, p.target);
	s->pairs.at[s->pairs.n++] = p;
	return STATUS_OK;
}

status
sqlite_pair_numbered(sqlite_store *s, int64_t id, const known_pair **out)
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
sqlite_pair(sqlite_store *s, slice source, slice target, const known_pair **out)
{
	int64_t id;

	for (size_t i = 0; i < s->pairs.n; i++)
		if (slice_equal(s->pairs.at[i].source, source) &&
			slice_equal(s->pairs.at[i].target, target)) {
			*out = &s->pairs.at[i];
			return STATUS_OK;
		}
	buffer_clear(&s->base.text);
	buffer_put(&s->base.text, source);
	buffer_put_char(&s->base.text, '\t');
	buffer_put(&s->base.text, target);
	TRY(s->base.text.status);
	TRY(number_of_name(s, NAME_PAIR, buffer_slice(&s->base.text), &id));
	return sqlite_pair_numbered(s, id, out);
}

status
sqlite_document(sqlite_store *s, slice document, int64_t *out)
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
sqlite_forget_names(sqlite_store *s)
{
	s->document_id = 0;
	s->pairs.n = 0;
	for (size_t i = 0; i < NAME_SLOTS; i++)
		s->documents[i].id = 0;
}

/* --- transactions --- */

status
sqlite_read_last(sqlite_store *s)
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
sqlite_read_debts(sqlite_store *s)
{
	if (s->deferred)
		return STATUS_OK;
	TRY(sqlite_get_meta(&s->base, "deferred", &s->base.text));
	s->owes = s->base.text.n != 0;
	return STATUS_OK;
}

status
sqlite_begin(tm_store *store)
{
	sqlite_store *s = sqlite_of(store);
	uint32_t before = s->last_unit;

	TRY(database_begin(&s->db));
	s->base.ranks_read = false; /* somebody else may have measured */
	status done = sqlite_read_last(s);
	if (done == STATUS_OK)
		done = sqlite_read_debts(s);
	if (done != STATUS_OK)
		sqlite_rollback(&s->base);
	else if (!s->deferred)
		s->filling = s->last_unit == 0;
	else if (s->filling && s->last_unit != before)
		s->owes = true; /* somebody else’s units are listed by another rarity */
	return done;
}

/* A long import into a memory that it makes many times larger lists nothing: it would be listed
 * again at the end. */
static status
give_up_listing(sqlite_store *s)
{
	bool outgrown = false;

	if (!s->filling)
		TRY(sqlite_index_is_outgrown(s, &outgrown));
	s->owes |= outgrown;
	if (s->owes && s->deferred)
		sqlite_index_forget(s);
	return STATUS_OK;
}

static status
sqlite_commit_part(tm_store *store)
{
	sqlite_store *s = sqlite_of(store);
	TRY(give_up_listing(s));
	TRY(sqlite_index_list(s));
	if (!s->deferred)
		TRY(sqlite_set_meta(&s->base, "deferred", SLICE("1")));
	s->deferred = true;
	TRY(database_commit(&s->db));
	return sqlite_begin(&s->base);
}

status
sqlite_commit(tm_store *store)
{
	sqlite_store *s = sqlite_of(store);
	if (s->deferred && s->owes)
		TRY(sqlite_index_make(s));
	else
		TRY(sqlite_index_write(s));
	if (s->deferred)
		TRY(sqlite_set_meta(&s->base, "deferred", SLICE("")));
	TRY(database_commit(&s->db));
	s->deferred = s->owes = false;
	return STATUS_OK;
}

void
sqlite_rollback(tm_store *store)
{
	sqlite_store *s = sqlite_of(store);
	database_rollback(&s->db);
	sqlite_index_forget(s);
	s->deferred = s->base.ranks_read = false;
	sqlite_forget_names(s);
}

static status
sqlite_begin_read(tm_store *store)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *q;

	sqlite_digest_forget(s);
	s->texts_id = 0;
	if (s->db.open)
		return STATUS_OK;
	TRY(database_statement(&s->db, BEGIN_READ, &q));
	return database_run(&s->db, q);
}

static void
sqlite_end_read(tm_store *store)
{
	sqlite_store *s = sqlite_of(store);
	sqlite3_stmt *q;

	sqlite_digest_forget(s);
	s->texts_id = 0;
	if (s->db.open || database_statement(&s->db, END_READ, &q) != STATUS_OK)
		return;
	for (size_t i = 0; i < STATEMENTS; i++)
		if (sqlite3_stmt_busy(s->db.statements[i]))
			sqlite3_reset(s->db.statements[i]);
	(void)sqlite3_step(q);
	sqlite3_reset(q);
}

/* Outside a transaction of the caller, a change is one of its own. */
status
sqlite_finish(sqlite_store *s, status done, bool own)
{
	if (!own)
		return done;
	if (done == STATUS_OK)
		done = sqlite_commit(&s->base);
	if (done != STATUS_OK)
		sqlite_rollback(&s->base);
	return done;
}

/* --- rarity --- */

/* Did another program write since ranks were looked at? SQLite knows once something was read in
 * the transaction, as every search does first. */
static bool
are_stale(sqlite_store *s)
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
sqlite_read_ranks(tm_store *store)
{
	sqlite_store *s = sqlite_of(store);

	if (are_stale(s))
		s->base.ranks_read = false;
	if (s->base.ranks_read)
		return STATUS_OK;
	TRY(sqlite_get_meta(&s->base, "ranked", &s->base.chunk));
	uint64_t hash = slice_hash(buffer_slice(&s->base.chunk));
	s->base.ranks_read = true;
	if (hash == s->base.ranks_hash)
		return STATUS_OK;
	s->base.ranks_hash = hash;
	TRY(sqlite_get_meta(&s->base, "ranks", &s->base.chunk));
	return tm_rarity_use(&s->base, buffer_slice(&s->base.chunk));
}

/* --- opening --- */

static void
sqlite_close(tm_store *store)
{
	sqlite_store *s = sqlite_of(store);
	const memory *m = s->base.context->memory;

	database_close(&s->db);
	tm_store_free_common(&s->base);
	ARRAY_FREE(m, &s->pairs);
	ARRAY_FREE(m, &s->keys);
	ARRAY_FREE(m, &s->pending);
	tm_spool_free(&s->spool);
	buffer_free(&s->digests);
	buffer_free(&s->document_text);
	for (size_t i = 0; i < NAME_SLOTS; i++)
		buffer_free(&s->documents[i].text);
	arena_free(&s->names);
	memory_free(m, s);
}

/* Readers map the file: a page that SQLite's own cache does not hold costs a look at memory,
 * not a call of the system. Writers do not, so that an import keeps to its bounds. */
static status
open_parts(sqlite_store *s, context *c, const char *path, tm_store_mode mode)
{
	TRY(tm_store_init_common(&s->base, &tm_engine_sqlite, c));
	TRY(database_open(&s->db, c, &kind, path, mode == TM_STORE_WRITE));
	s->base.path = s->db.path;
	TRY(database_execute(&s->db, "PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY"));
	return mode == TM_STORE_READ
		       ? database_execute(&s->db, "PRAGMA mmap_size = 1099511627776")
		       : STATUS_OK;
}

static status
sqlite_open(tm_store **out, context *c, const char *path, tm_store_mode mode)
{
	sqlite_store *s = memory_alloc(c->memory, sizeof(*s));

	*out = NULL;
	if (s == NULL)
		return STATUS_MEMORY;
	*s = (sqlite_store){ 0 };
	arena_init(&s->names, c->memory);
	tm_spool_init(&s->spool, c);
	for (size_t i = 0; i < NAME_SLOTS; i++)
		buffer_init(&s->documents[i].text, c->memory, c->limits.output);
	buffer_init(&s->digests, c->memory, c->limits.output);
	buffer_init(&s->document_text, c->memory, c->limits.output);
	status done = open_parts(s, c, path, mode);
	if (done != STATUS_OK) {
		sqlite_close(&s->base);
		return done;
	}
	*out = &s->base;
	return STATUS_OK;
}

static bool
sqlite_takes(const char *path)
{
	(void)path; /* whatever nobody else takes is a file */
	return true;
}

const tm_engine tm_engine_sqlite = {
	.takes = sqlite_takes,
	.open = sqlite_open,
	.close = sqlite_close,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.commit_part = sqlite_commit_part,
	.rollback = sqlite_rollback,
	.begin_read = sqlite_begin_read,
	.end_read = sqlite_end_read,
	.add = sqlite_add,
	.get = sqlite_get,
	.remove = sqlite_remove,
	.each = sqlite_each,
	.each_after = sqlite_each_after,
	.settled = sqlite_settled,
	.present = sqlite_present,
	.last = sqlite_last,
	.count = sqlite_count,
	.pairs = sqlite_pairs,
	.usual_pairs = sqlite_usual_pairs,
	.set_meta = sqlite_set_meta,
	.get_meta = sqlite_get_meta,
	.sweep = sqlite_reindex, /* lists are rewritten only together */
	.reindex = sqlite_reindex,
	.tune = sqlite_tune,
	.verify = sqlite_verify,
	.read_ranks = sqlite_read_ranks,
	.near_lists = sqlite_near_lists,
	.word_list = sqlite_word_list,
	.digest = sqlite_digest,
	.of_shape = sqlite_of_shape,
	.of_text = sqlite_of_text,
	.texts = sqlite_texts,
	.texts_are_all = sqlite_texts_are_all,
};
