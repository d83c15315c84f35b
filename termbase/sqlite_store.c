/* The termbase as a SQLite file (termbase/store.h).
 *
 *   concept  name (its id), retired
 *   section  one for each language, by its place in the concept
 *   term     text, administrative status, type; by its place in the concept
 *   item     everything else, owned by the concept, a section or a term
 *   history  concept, when (UTC), who, action, what changed
 *   word, posting, deletion   of the search (termbase/search.h) */
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "base/database.h"
#include "base/system.h"
#include "termbase/cache.h"
#include "termbase/engine.h"
#include "termbase/search.h"
#include "termbase/sqlite.h"

#define BUSY_MILLISECONDS 10000

static const char schema[] =
	"CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE concept ("
	" id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, retired INTEGER NOT NULL);"
	"CREATE TABLE section ("
	" concept INTEGER NOT NULL, position INTEGER NOT NULL, language TEXT NOT NULL,"
	" PRIMARY KEY (concept, position)) WITHOUT ROWID;"
	"CREATE TABLE term ("
	" id INTEGER PRIMARY KEY, concept INTEGER NOT NULL, position INTEGER NOT NULL,"
	" section INTEGER NOT NULL, text TEXT NOT NULL, name TEXT NOT NULL,"
	" status TEXT NOT NULL, type TEXT NOT NULL, UNIQUE (concept, position));"
	"CREATE TABLE item ("
	" concept INTEGER NOT NULL, position INTEGER NOT NULL, level INTEGER NOT NULL,"
	" owner INTEGER NOT NULL, element TEXT NOT NULL, type TEXT NOT NULL,"
	" value TEXT NOT NULL, language TEXT NOT NULL, target TEXT NOT NULL,"
	" name TEXT NOT NULL, grouped INTEGER NOT NULL, markup INTEGER NOT NULL,"
	" PRIMARY KEY (concept, position)) WITHOUT ROWID;"
	"CREATE TABLE history ("
	" id INTEGER PRIMARY KEY, concept TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL,"
	" action TEXT NOT NULL, what TEXT NOT NULL);"
	"CREATE INDEX history_concept ON history (concept);";

/* Statements, prepared at their first use. */
enum statement {
	FIND_CONCEPT,
	ADD_CONCEPT,
	ADD_SECTION,
	ADD_TERM,
	ADD_ITEM,
	ADD_EVENT,
	REMOVE_CONCEPT,
	REMOVE_SECTIONS,
	REMOVE_TERMS,
	REMOVE_ITEMS,
	GET_SECTIONS,
	GET_TERMS,
	GET_ITEMS,
	EACH_CONCEPT,
	SET_META,
	GET_META,
	STATEMENTS,
};

static const char *const sql[STATEMENTS] = {
	[FIND_CONCEPT] = "SELECT id, retired FROM concept WHERE name = ?",
	[ADD_CONCEPT] = "INSERT INTO concept (name, retired) VALUES (?, ?)",
	[ADD_SECTION] = "INSERT INTO section VALUES (?, ?, ?)",
	[ADD_TERM] = "INSERT INTO term (concept, position, section, text, name, status, type)"
		     " VALUES (?, ?, ?, ?, ?, ?, ?)",
	[ADD_ITEM] = "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[ADD_EVENT] = "INSERT INTO history (concept, at, who, action, what)"
		      " VALUES (?, ?, ?, ?, ?)",
	[REMOVE_CONCEPT] = "DELETE FROM concept WHERE id = ?",
	[REMOVE_SECTIONS] = "DELETE FROM section WHERE concept = ?",
	[REMOVE_TERMS] = "DELETE FROM term WHERE concept = ?",
	[REMOVE_ITEMS] = "DELETE FROM item WHERE concept = ?",
	[GET_SECTIONS] = "SELECT language FROM section WHERE concept = ? ORDER BY position",
	[GET_TERMS] = "SELECT section, text, name FROM term WHERE concept = ?"
		      " ORDER BY position",
	[GET_ITEMS] = "SELECT level, owner, element, type, value, language, target, name,"
		      " grouped, markup FROM item WHERE concept = ? ORDER BY position",
	[EACH_CONCEPT] = "SELECT id, name, retired FROM concept WHERE id > ? ORDER BY id"
			 " LIMIT 1",
	[SET_META] = "INSERT OR REPLACE INTO meta VALUES (?, ?)",
	[GET_META] = "SELECT value FROM meta WHERE key = ?",
};

/* An import goes through the indexes of words again and again: pages that leave the cache go to
 * the journal and come back. In KiB, and taken only as far as it is used. */
static const char writer_cache[] = "PRAGMA cache_size = -32768";

typedef struct sqlite_store {
	store store;
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENTS];
	search_writer *words;
	entry before; /* of the concept that is being replaced */
	buffer what;
	store_mode mode;
	bool open; /* a transaction */
} sqlite_store;

static sqlite_store *
of(store *s)
{
	return (sqlite_store *)s;
}

sqlite3 *
sqlite_store_database(store *s)
{
	return of(s)->db;
}

static status
failed(sqlite_store *s)
{
	int code = s->db == NULL ? SQLITE_NOMEM : sqlite3_errcode(s->db);

	if (code == SQLITE_NOMEM)
		return STATUS_MEMORY;
	if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
		return context_fail(s->store.context, STATUS_DAMAGED,
			"%s: not a termbase, or damaged",
			"%s\u00A0: ce n’est pas une base terminologique, ou elle est abîmée",
			s->store.path);
	/* What the system said of the file tells more than "disk I/O error". */
	int error = code == SQLITE_IOERR || code == SQLITE_FULL || code == SQLITE_CANTOPEN
			    ? sqlite3_system_errno(s->db)
			    : 0;
	if (code == SQLITE_FULL && error == 0)
		error = ENOSPC;
	if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN) {
		int why = database_why_not_written(s->store.path, s->mode != STORE_READ);
		error = why != 0 ? why : error;
	}
	/* At the end of a transaction SQLite forgets to ask. */
	if (code == SQLITE_IOERR && error == 0)
		error = errno;
	return context_fail(s->store.context, STATUS_IO, "%s: %s", "%s\u00A0: %s",
		s->store.path,
		error != 0 ? system_message(s->store.context->ui, error)
			   : sqlite3_errmsg(s->db));
}

status
sqlite_store_failed(store *s)
{
	return failed(of(s));
}

/* --- statements --- */

static status
prepared(sqlite_store *s, enum statement which, sqlite3_stmt **out)
{
	sqlite3_stmt **slot = &s->statements[which];

	*out = NULL;
	if (*slot == NULL && sqlite3_prepare_v3(s->db, sql[which], -1,
				     SQLITE_PREPARE_PERSISTENT, slot, NULL) != SQLITE_OK)
		return failed(s);
	*out = *slot;
	return STATUS_OK;
}

static void
bind_text(sqlite3_stmt *q, int at, slice text)
{
	sqlite3_bind_text(q, at, text.n == 0 ? "" : text.p, (int)text.n, SQLITE_STATIC);
}

static slice
text_of(sqlite3_stmt *q, int column)
{
	const void *p = sqlite3_column_text(q, column);

	return p == NULL ? SLICE("") : (slice){ p, (size_t)sqlite3_column_bytes(q, column) };
}

/* Runs a statement that gives no rows. */
static status
run(sqlite_store *s, sqlite3_stmt *q)
{
	int code = sqlite3_step(q);
	status done = code == SQLITE_DONE ? STATUS_OK : failed(s);

	sqlite3_reset(q);
	return done;
}

/* The next row; resets the statement after the last. */
static status
next_row(sqlite_store *s, sqlite3_stmt *q, bool *more)
{
	int code = sqlite3_step(q);

	*more = code == SQLITE_ROW;
	if (*more)
		return STATUS_OK;
	status done = code == SQLITE_DONE ? STATUS_OK : failed(s);
	sqlite3_reset(q);
	return done;
}

static status
execute(sqlite_store *s, const char *text)
{
	return sqlite3_exec(s->db, text, NULL, NULL, NULL) == SQLITE_OK ? STATUS_OK : failed(s);
}

/* --- opening --- */

static status
read_version(sqlite_store *s, int *version)
{
	sqlite3_stmt *q;
	bool more;

	if (sqlite3_prepare_v2(s->db, "PRAGMA user_version", -1, &q, NULL) != SQLITE_OK)
		return failed(s);
	status done = next_row(s, q, &more);
	*version = more ? sqlite3_column_int(q, 0) : 0;
	sqlite3_finalize(q);
	return done;
}

static status
make_tables(sqlite_store *s)
{
	char version[64];

	snprintf(version, sizeof(version), "PRAGMA user_version = %d", STORE_VERSION);
	TRY(execute(s, schema));
	TRY(execute(s, search_schema));
	return execute(s, version);
}

/* A writer that finds an empty file makes the tables; two at once do not both. */
static status
make_store(sqlite_store *s, store_mode mode)
{
	int version;

	TRY(execute(s, mode == STORE_NEW
			       ? "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF"
			       : "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL"));
	TRY(execute(s, writer_cache));
	TRY(execute(s, "BEGIN IMMEDIATE"));
	status done = read_version(s, &version);
	if (done == STATUS_OK && version == 0)
		done = make_tables(s);
	if (done != STATUS_OK) {
		(void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
		return done;
	}
	return execute(s, "COMMIT");
}

static status
verify(store *base)
{
	sqlite_store *s = of(base);
	sqlite3_stmt *q;
	bool more;

	if (sqlite3_prepare_v2(s->db, "PRAGMA quick_check(1)", -1, &q, NULL) != SQLITE_OK)
		return failed(s);
	status done = next_row(s, q, &more);
	bool sound = done == STATUS_OK && more && slice_is(text_of(q, 0), "ok");
	sqlite3_finalize(q);
	if (done != STATUS_OK || sound)
		return done;
	return context_fail(s->store.context, STATUS_DAMAGED, "%s: damaged",
		"%s\u00A0: la base est abîmée", s->store.path);
}

static status
check_version(sqlite_store *s)
{
	int version;

	TRY(read_version(s, &version));
	if (version == STORE_VERSION)
		return STATUS_OK;
	return context_fail(s->store.context, STATUS_FORMAT,
		"%s: a termbase of version %d; this paraph reads version %d",
		"%s\u00A0: base terminologique de version %d\u00A0; ce paraph lit la "
		"version %d",
		s->store.path, version, STORE_VERSION);
}

/* Readers would take an empty file for a table without columns. */
static void
appear(const char *path)
{
	char version[64];
	const char *made[] = { "PRAGMA journal_mode = MEMORY; BEGIN", schema, search_schema,
		version, "COMMIT", "PRAGMA journal_mode = WAL", NULL };

	snprintf(version, sizeof(version), "PRAGMA user_version = %d", STORE_VERSION);
	database_appear(path, made);
}

static status
open_database(sqlite_store *s)
{
	const store_mode mode = s->mode;
	int flags = mode == STORE_READ ? SQLITE_OPEN_READONLY
				       : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

	if (mode == STORE_WRITE)
		appear(s->store.path);
	/* A store belongs to one thread at a time. */
	if (sqlite3_open_v2(s->store.path, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL) !=
		SQLITE_OK)
		return failed(s);
	sqlite3_busy_timeout(s->db, BUSY_MILLISECONDS);
	database_distrust(s->db);
	if (mode != STORE_READ)
		TRY(make_store(s, mode));
	status done = check_version(s);
	if (done == STATUS_IO && mode == STORE_READ && database_undo(s->db, s->store.path))
		done = check_version(s);
	if (done == STATUS_IO && mode == STORE_READ) {
		TRY(database_open_immutable(&s->db, s->store.path, s->store.context->memory));
		done = check_version(s);
	}
	return done;
}

static void
close_store(store *base)
{
	sqlite_store *s = of(base);
	for (size_t i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(s->statements[i]);
	search_writer_close(s->words);
	database_empty_log(s->db);
	sqlite3_close(s->db);
	entry_free(&s->before);
	buffer_free(&s->what);
	memory_free(s->store.context->memory, s);
}

static status
open_store(store **out, context *c, const char *path, store_mode mode)
{
	sqlite_store *s = memory_alloc(c->memory, sizeof(*s));

	*out = NULL;
	if (s == NULL)
		return STATUS_MEMORY;
	*s = (sqlite_store){ .store = { &store_engine_sqlite, c, path }, .mode = mode };
	entry_init(&s->before, c->memory);
	buffer_init(&s->what, c->memory, c->limits.output);
	status done = open_database(s);
	if (done != STATUS_OK) {
		close_store(&s->store);
		return done;
	}
	*out = &s->store;
	return STATUS_OK;
}

static status
begin(store *base)
{
	sqlite_store *s = of(base);
	TRY(execute(s, "BEGIN IMMEDIATE"));
	s->open = true;
	return STATUS_OK;
}

static status
commit(store *base)
{
	sqlite_store *s = of(base);
	if (s->words != NULL)
		TRY(search_writer_flush(s->words));
	errno = 0; /* what it is afterwards is the commit's */
	TRY(execute(s, "COMMIT"));
	s->open = false;
	return STATUS_OK;
}

/* --- reading --- */

static status
read_sections(sqlite_store *s, sqlite3_int64 id, entry *out)
{
	sqlite3_stmt *q;
	uint32_t ignored;
	bool more;

	TRY(prepared(s, GET_SECTIONS, &q));
	sqlite3_bind_int64(q, 1, id);
	for (;;) {
		TRY(next_row(s, q, &more));
		if (!more)
			return STATUS_OK;
		TRY(entry_section_of(out, text_of(q, 0), &ignored));
	}
}

static status
damaged(sqlite_store *s)
{
	return context_fail(s->store.context, STATUS_DAMAGED, "%s: the termbase is damaged",
		"%s\u00A0: la base terminologique est abîmée", s->store.path);
}

static status
read_terms(sqlite_store *s, sqlite3_int64 id, entry *out)
{
	sqlite3_stmt *q;
	uint32_t term;
	bool more;

	TRY(prepared(s, GET_TERMS, &q));
	sqlite3_bind_int64(q, 1, id);
	for (;;) {
		TRY(next_row(s, q, &more));
		if (!more)
			return STATUS_OK;
		uint32_t section = (uint32_t)sqlite3_column_int64(q, 0);
		if (section >= out->sections.n)
			return damaged(s);
		TRY(entry_add_term(out, section, text_of(q, 1), &term));
		TRY(entry_set_term_id(out, term, text_of(q, 2)));
	}
}

static status
read_item(sqlite_store *s, sqlite3_stmt *q, entry *out)
{
	entry_owner owner = { (entry_level)sqlite3_column_int(q, 0),
		(uint32_t)sqlite3_column_int64(q, 1) };
	entry_item item = { .type = text_of(q, 3),
		.value = text_of(q, 4),
		.language = text_of(q, 5),
		.target = text_of(q, 6),
		.id = text_of(q, 7),
		.group = (uint32_t)sqlite3_column_int64(q, 8),
		.markup = sqlite3_column_int(q, 9) != 0 };

	status done = store_restore_item(out, owner, text_of(q, 2), item);
	return done == STATUS_DAMAGED ? damaged(s) : done;
}

static status
read_items(sqlite_store *s, sqlite3_int64 id, entry *out)
{
	sqlite3_stmt *q;
	bool more;

	TRY(prepared(s, GET_ITEMS, &q));
	sqlite3_bind_int64(q, 1, id);
	for (;;) {
		TRY(next_row(s, q, &more));
		if (!more)
			return STATUS_OK;
		TRY(read_item(s, q, out));
	}
}

static void
reset_readers(sqlite_store *s)
{
	for (enum statement i = GET_SECTIONS; i <= EACH_CONCEPT; i++)
		sqlite3_reset(s->statements[i]);
}

static status
read_concept(sqlite_store *s, sqlite3_int64 id, slice name, bool retired, entry *out)
{
	entry_clear(out);
	status done = entry_set_id(out, name);
	out->retired = retired;
	if (done == STATUS_OK)
		done = read_sections(s, id, out);
	if (done == STATUS_OK)
		done = read_terms(s, id, out);
	if (done == STATUS_OK)
		done = read_items(s, id, out);
	if (done == STATUS_OK)
		done = entry_close(out);
	if (done != STATUS_OK)
		reset_readers(s);
	return done;
}

/* 0 when there is none. */
static status
find_concept(sqlite_store *s, slice id, sqlite3_int64 *row, bool *retired)
{
	sqlite3_stmt *q;
	bool more;

	*row = 0;
	TRY(prepared(s, FIND_CONCEPT, &q));
	bind_text(q, 1, id);
	TRY(next_row(s, q, &more));
	if (!more)
		return STATUS_OK;
	*row = sqlite3_column_int64(q, 0);
	*retired = sqlite3_column_int(q, 1) != 0;
	sqlite3_reset(q);
	return STATUS_OK;
}

static status
get_concept(store *base, slice id, entry *out, bool *found)
{
	sqlite_store *s = of(base);
	sqlite3_int64 row;
	bool retired;

	TRY(find_concept(s, id, &row, &retired));
	*found = row != 0;
	return row == 0 ? STATUS_OK : read_concept(s, row, id, retired, out);
}

/* Asks for one concept after the other, so that the callback may write to the store. */
static status
each(sqlite_store *s, entry *e, status (*take)(void *user, const entry *e), void *user)
{
	sqlite3_int64 last = 0;
	sqlite3_stmt *q;
	bool more;

	for (;;) {
		TRY(prepared(s, EACH_CONCEPT, &q));
		sqlite3_bind_int64(q, 1, last);
		TRY(next_row(s, q, &more));
		if (!more)
			return STATUS_OK;
		last = sqlite3_column_int64(q, 0);
		TRY(read_concept(s, last, text_of(q, 1), sqlite3_column_int(q, 2) != 0, e));
		sqlite3_reset(q);
		TRY(take(user, e));
	}
}

static status
each_concept(store *base, status (*take)(void *user, const entry *e), void *user)
{
	sqlite_store *s = of(base);
	entry e;

	entry_init(&e, s->store.context->memory);
	status done = each(s, &e, take, user);
	sqlite3_reset(s->statements[EACH_CONCEPT]);
	entry_free(&e);
	return done;
}

/* --- writing --- */

static status
write_sections(sqlite_store *s, const entry *e, sqlite3_int64 id)
{
	sqlite3_stmt *q;

	TRY(prepared(s, ADD_SECTION, &q));
	for (size_t i = 0; i < e->sections.n; i++) {
		sqlite3_bind_int64(q, 1, id);
		sqlite3_bind_int64(q, 2, (sqlite3_int64)i);
		bind_text(q, 3, e->sections.at[i].language);
		TRY(run(s, q));
	}
	return STATUS_OK;
}

static status
write_terms(sqlite_store *s, const entry *e, sqlite3_int64 id)
{
	sqlite3_stmt *q;

	TRY(prepared(s, ADD_TERM, &q));
	for (uint32_t i = 0; i < e->terms.n; i++) {
		const entry_term *t = &e->terms.at[i];
		sqlite3_bind_int64(q, 1, id);
		sqlite3_bind_int64(q, 2, i);
		sqlite3_bind_int64(q, 3, t->section);
		bind_text(q, 4, t->text);
		bind_text(q, 5, t->id);
		bind_text(q, 6, slice_of(term_status_name(entry_term_status(e, i))));
		bind_text(q, 7, entry_value(e, OWNER_TERM(i), "termType"));
		TRY(run(s, q));
		TRY(search_writer_add(s->words, sqlite3_last_insert_rowid(s->db), t->text));
	}
	return STATUS_OK;
}

static status
write_items(sqlite_store *s, const entry *e, sqlite3_int64 id)
{
	sqlite3_stmt *q;

	TRY(prepared(s, ADD_ITEM, &q));
	for (size_t i = 0; i < e->items.n; i++) {
		const entry_item *x = &e->items.at[i];
		sqlite3_bind_int64(q, 1, id);
		sqlite3_bind_int64(q, 2, (sqlite3_int64)i);
		sqlite3_bind_int(q, 3, (int)x->owner.level);
		sqlite3_bind_int64(q, 4, x->owner.index);
		bind_text(q, 5, slice_of(entry_element_name(x->element)));
		bind_text(q, 6, x->type);
		bind_text(q, 7, x->value);
		bind_text(q, 8, x->language);
		bind_text(q, 9, x->target);
		bind_text(q, 10, x->id);
		sqlite3_bind_int64(q, 11, x->group);
		sqlite3_bind_int(q, 12, x->markup);
		TRY(run(s, q));
	}
	return STATUS_OK;
}

static status
write_concept(sqlite_store *s, const entry *e)
{
	sqlite3_stmt *q;

	TRY(prepared(s, ADD_CONCEPT, &q));
	bind_text(q, 1, e->id);
	sqlite3_bind_int(q, 2, e->retired);
	TRY(run(s, q));
	sqlite3_int64 id = sqlite3_last_insert_rowid(s->db);
	TRY(write_sections(s, e, id));
	TRY(write_terms(s, e, id));
	return write_items(s, e, id);
}

static status
remove_row(sqlite_store *s, sqlite3_int64 row)
{
	sqlite3_stmt *q;

	TRY(search_writer_remove(s->words, row));
	for (enum statement i = REMOVE_CONCEPT; i <= REMOVE_ITEMS; i++) {
		TRY(prepared(s, i, &q));
		sqlite3_bind_int64(q, 1, row);
		TRY(run(s, q));
	}
	return STATUS_OK;
}

/* A version of a concept, or that it is gone (after NULL), goes into the history. */
static status
record(sqlite_store *s, slice id, const entry *before, const entry *after,
	const store_change *by)
{
	sqlite3_stmt *q;

	if (by == NULL || by->action == NULL)
		return STATUS_OK;
	buffer_clear(&s->what);
	if (before != NULL || !by->brief)
		store_difference(&s->what, before, after);
	TRY(s->what.status);
	TRY(prepared(s, ADD_EVENT, &q));
	bind_text(q, 1, id);
	bind_text(q, 2, slice_of(by->when));
	bind_text(q, 3, slice_of(by->who));
	bind_text(q, 4, slice_of(by->action));
	bind_text(q, 5, buffer_slice(&s->what));
	return run(s, q);
}

static status
open_words(sqlite_store *s)
{
	return s->words != NULL ? STATUS_OK
				: search_writer_open(&s->words, &s->store, s->store.context);
}

static status
replace(sqlite_store *s, const entry *e, const store_change *by)
{
	sqlite3_int64 row;
	bool retired;

	TRY(open_words(s));
	TRY(find_concept(s, e->id, &row, &retired));
	if (row != 0) {
		TRY(read_concept(s, row, e->id, retired, &s->before));
		TRY(remove_row(s, row));
	}
	TRY(record(s, e->id, row == 0 ? NULL : &s->before, e, by));
	return write_concept(s, e);
}

static status
take_away(sqlite_store *s, slice id, const store_change *by, bool *found)
{
	sqlite3_int64 row;
	bool retired;

	TRY(open_words(s));
	TRY(find_concept(s, id, &row, &retired));
	*found = row != 0;
	if (row == 0)
		return STATUS_OK;
	TRY(read_concept(s, row, id, retired, &s->before));
	TRY(record(s, id, &s->before, NULL, by));
	return remove_row(s, row);
}

/* In a transaction that only reads. */
static bool
is_reading(const sqlite_store *s)
{
	return !s->open && !sqlite3_get_autocommit(s->db);
}

static status
begin_read(store *base)
{
	sqlite_store *s = of(base);

	return s->open || is_reading(s) ? STATUS_OK : execute(s, "BEGIN");
}

static void
end_read(store *base)
{
	sqlite_store *s = of(base);

	if (is_reading(s))
		(void)sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
}

/* Words that were gathered for the search go with what they were gathered from. */
static void
rollback(store *base)
{
	sqlite_store *s = of(base);

	if (s->open)
		(void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	search_writer_close(s->words);
	s->words = NULL;
	s->open = false;
}

/* Outside a transaction of the caller, a change is one of its own. */
static status
finish(sqlite_store *s, status done, bool own)
{
	if (!own)
		return done;
	if (done == STATUS_OK)
		return commit(&s->store);
	rollback(&s->store);
	return done;
}

static status
put_concept(store *base, const entry *e, const store_change *by)
{
	sqlite_store *s = of(base);
	bool own = !s->open;

	if (own)
		TRY(begin(&s->store));
	return finish(s, replace(s, e, by), own);
}

static status
remove_concept(store *base, slice id, const store_change *by, bool *found)
{
	sqlite_store *s = of(base);
	bool own = !s->open;

	if (own)
		TRY(begin(&s->store));
	return finish(s, take_away(s, id, by, found), own);
}

/* --- facts --- */

static status
set_meta(store *base, const char *key, slice value)
{
	sqlite_store *s = of(base);
	sqlite3_stmt *q;

	TRY(prepared(s, SET_META, &q));
	bind_text(q, 1, slice_of(key));
	bind_text(q, 2, value);
	return run(s, q);
}

static status
get_meta(store *base, const char *key, buffer *value)
{
	sqlite_store *s = of(base);
	sqlite3_stmt *q;
	bool more;

	buffer_clear(value);
	TRY(prepared(s, GET_META, &q));
	bind_text(q, 1, slice_of(key));
	TRY(next_row(s, q, &more));
	if (!more)
		return STATUS_OK;
	buffer_put(value, text_of(q, 0));
	sqlite3_reset(q);
	return value->status;
}

static status
count_with(sqlite_store *s, const char *text, uint64_t *out)
{
	sqlite3_stmt *q;
	bool more;

	if (sqlite3_prepare_v2(s->db, text, -1, &q, NULL) != SQLITE_OK)
		return failed(s);
	status done = next_row(s, q, &more);
	*out = more ? (uint64_t)sqlite3_column_int64(q, 0) : 0;
	sqlite3_finalize(q);
	return done;
}

static status
count_all(store *base, store_counts *out)
{
	sqlite_store *s = of(base);
	TRY(count_with(s, "SELECT count(*) FROM concept", &out->concepts));
	TRY(count_with(s, "SELECT count(*) FROM section", &out->sections));
	TRY(count_with(s, "SELECT count(*) FROM term", &out->terms));
	TRY(count_with(s, "SELECT count(*) FROM item", &out->items));
	return count_with(s, "SELECT count(*) FROM concept WHERE retired", &out->retired);
}

static status
tell_history(sqlite_store *s, sqlite3_stmt *q, status (*take)(void *user, const store_event *e),
	void *user)
{
	bool more;

	for (;;) {
		TRY(next_row(s, q, &more));
		if (!more)
			return STATUS_OK;
		store_event e = { text_of(q, 0), text_of(q, 1), text_of(q, 2), text_of(q, 3),
			text_of(q, 4) };
		TRY(take(user, &e));
	}
}

static status
tell_events(store *base, slice id, status (*take)(void *user, const store_event *e), void *user)
{
	sqlite_store *s = of(base);
	sqlite3_stmt *q;
	const char *text =
		id.n == 0 ? "SELECT concept, at, who, action, what FROM history ORDER BY id"
			  : "SELECT concept, at, who, action, what FROM history"
			    " WHERE concept = ? ORDER BY id";

	if (sqlite3_prepare_v2(s->db, text, -1, &q, NULL) != SQLITE_OK)
		return failed(s);
	if (id.n != 0)
		bind_text(q, 1, id);
	status done = tell_history(s, q, take, user);
	sqlite3_finalize(q);
	return done;
}

/* Any path: what cannot be opened says why. */
static bool
takes(const char *path)
{
	(void)path;
	return true;
}

const store_engine store_engine_sqlite = {
	.takes = takes,
	.open = open_store,
	.close = close_store,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.begin_read = begin_read,
	.end_read = end_read,
	.verify = verify,
	.put = put_concept,
	.remove = remove_concept,
	.get = get_concept,
	.each = each_concept,
	.each_name = store_each_name_read,
	.history = tell_events,
	.count = count_all,
	.set_meta = set_meta,
	.get_meta = get_meta,
	.search = search_sqlite,
	.sum = cache_sum_file_store,
};
