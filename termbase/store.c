#include "termbase/store.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char schema[] =
	"PRAGMA journal_mode = OFF;"
	"PRAGMA synchronous = OFF;"
	"CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE concept ("
	" id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, subject TEXT NOT NULL,"
	" source TEXT NOT NULL, note TEXT NOT NULL,"
	" evidence TEXT NOT NULL CHECK (evidence IN ('verified', 'partial', 'unverified')));"
	"CREATE TABLE section ("
	" id INTEGER PRIMARY KEY, concept INTEGER NOT NULL REFERENCES concept,"
	" language TEXT NOT NULL CHECK (language IN ('en', 'fr')),"
	" gender TEXT CHECK (gender IN ('masculine', 'feminine')),"
	" number TEXT CHECK (number IN ('singular', 'plural')), article TEXT,"
	" UNIQUE (concept, language));"
	"CREATE TABLE term ("
	" id INTEGER PRIMARY KEY, section INTEGER NOT NULL REFERENCES section,"
	" text TEXT NOT NULL,"
	" type TEXT NOT NULL CHECK (type IN ('full', 'acronym')),"
	" status TEXT NOT NULL"
	"  CHECK (status IN ('preferred', 'admitted', 'deprecated', 'superseded')),"
	" context_dependent INTEGER NOT NULL, exchangeable INTEGER NOT NULL,"
	" abbreviates INTEGER REFERENCES term,"
	" UNIQUE (section, text, type));"
	"CREATE INDEX term_text ON term (text);"
	"BEGIN;";

typedef struct writer {
	context *context;
	const char *path;
	sqlite3 *db;
	sqlite3_stmt *concept, *section, *term;
} writer;

static status
failed(const writer *w)
{
	return context_fail(
		w->context, STATUS_IO, "%s: %s", "%s : %s", w->path, sqlite3_errmsg(w->db));
}

static status
prepare(writer *w, sqlite3_stmt **out, const char *sql)
{
	return sqlite3_prepare_v2(w->db, sql, -1, out, NULL) == SQLITE_OK ? STATUS_OK
									  : failed(w);
}

static void
bind_text(sqlite3_stmt *s, int at, slice text)
{
	sqlite3_bind_text(s, at, text.n == 0 ? "" : text.p, (int)text.n, SQLITE_STATIC);
}

/* Runs a bound statement; the row id goes to *id. */
static status
run(writer *w, sqlite3_stmt *s, sqlite3_int64 *id)
{
	int code = sqlite3_step(s);

	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	*id = sqlite3_last_insert_rowid(w->db);
	return code == SQLITE_DONE ? STATUS_OK : failed(w);
}

static status
write_section(writer *w, const glossary_concept *k, language l, sqlite3_int64 concept,
	sqlite3_int64 *id)
{
	sqlite3_bind_int64(w->section, 1, concept);
	bind_text(w->section, 2, slice_of(language_name(l)));
	if (l == LANGUAGE_FR && k->gender != 0) {
		bind_text(w->section, 3,
			k->gender & TERM_FEMININE ? SLICE("feminine") : SLICE("masculine"));
		bind_text(w->section, 4,
			k->gender & TERM_PLURAL ? SLICE("plural") : SLICE("singular"));
	}
	if (l == LANGUAGE_FR && k->article.n != 0)
		bind_text(w->section, 5, k->article);
	return run(w, w->section, id);
}

static status
write_term(writer *w, const glossary_term *t, sqlite3_int64 section, sqlite3_int64 full,
	sqlite3_int64 *id)
{
	sqlite3_bind_int64(w->term, 1, section);
	bind_text(w->term, 2, t->text);
	bind_text(w->term, 3, t->flags & TERM_ACRONYM ? SLICE("acronym") : SLICE("full"));
	bind_text(w->term, 4, slice_of(term_status_name((term_status)t->status)));
	sqlite3_bind_int(w->term, 5, (t->flags & TERM_CONTEXT) != 0);
	sqlite3_bind_int(w->term, 6, (t->flags & TERM_EXCHANGEABLE) != 0);
	if (t->flags & TERM_ACRONYM && full != 0)
		sqlite3_bind_int64(w->term, 7, full);
	return run(w, w->term, id);
}

/* The terms of one language, full forms before the acronyms that point at them. */
static status
write_terms(writer *w, const glossary *g, const glossary_concept *k, language l,
	sqlite3_int64 section)
{
	sqlite3_int64 full = 0, id;

	for (int acronyms = 0; acronyms < 2; acronyms++)
		for (uint32_t i = 0; i < k->term_count; i++) {
			const glossary_term *t = &g->terms.at[k->term + i];
			if (t->language != l || ((t->flags & TERM_ACRONYM) != 0) != acronyms)
				continue;
			TRY(write_term(w, t, section, full, &id));
			if (t->status == TERM_PREFERRED && !acronyms)
				full = id;
		}
	return STATUS_OK;
}

static bool
has_language(const glossary *g, const glossary_concept *k, language l)
{
	for (uint32_t i = 0; i < k->term_count; i++)
		if (g->terms.at[k->term + i].language == l)
			return true;
	return false;
}

static status
write_concept(writer *w, const glossary *g, const glossary_concept *k)
{
	static const language languages[] = { LANGUAGE_EN, LANGUAGE_FR };
	sqlite3_int64 concept, section;

	bind_text(w->concept, 1, k->id);
	bind_text(w->concept, 2, k->subject);
	bind_text(w->concept, 3, k->source);
	bind_text(w->concept, 4, k->note);
	bind_text(w->concept, 5, slice_of(term_evidence_name((term_evidence)k->evidence)));
	TRY(run(w, w->concept, &concept));
	for (int i = 0; i < 2; i++) {
		if (!has_language(g, k, languages[i]))
			continue;
		TRY(write_section(w, k, languages[i], concept, &section));
		TRY(write_terms(w, g, k, languages[i], section));
	}
	return STATUS_OK;
}

static status
write_all(writer *w, const glossary *g)
{
	char meta[160];

	if (sqlite3_exec(w->db, schema, NULL, NULL, NULL) != SQLITE_OK)
		return failed(w);
	snprintf(meta, sizeof(meta),
		"INSERT INTO meta VALUES ('version', '%d'), ('concepts', '%zu')", STORE_VERSION,
		g->concepts.n);
	if (sqlite3_exec(w->db, meta, NULL, NULL, NULL) != SQLITE_OK)
		return failed(w);
	TRY(prepare(w, &w->concept,
		"INSERT INTO concept (name, subject, source, note, evidence)"
		" VALUES (?, ?, ?, ?, ?)"));
	TRY(prepare(w, &w->section,
		"INSERT INTO section (concept, language, gender, number, article)"
		" VALUES (?, ?, ?, ?, ?)"));
	TRY(prepare(w, &w->term,
		"INSERT INTO term (section, text, type, status, context_dependent,"
		" exchangeable, abbreviates) VALUES (?, ?, ?, ?, ?, ?, ?)"));
	for (size_t i = 0; i < g->concepts.n; i++)
		TRY(write_concept(w, g, &g->concepts.at[i]));
	return sqlite3_exec(w->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK ? STATUS_OK
									    : failed(w);
}

static void
close_store(writer *w)
{
	sqlite3_finalize(w->concept);
	sqlite3_finalize(w->section);
	sqlite3_finalize(w->term);
	sqlite3_close(w->db);
}

/* Writes beside the target and renames, so that readers never see half a store. */
status
store_write(context *c, const char *path, const glossary *g)
{
	char beside[4096];
	writer w = { .context = c, .path = path };

	if ((size_t)snprintf(beside, sizeof(beside), "%s.new", path) >= sizeof(beside))
		return context_fail(
			c, STATUS_USAGE, "%s: name too long", "%s : nom trop long", path);
	unlink(beside);
	status s = sqlite3_open_v2(beside, &w.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
			   NULL) == SQLITE_OK
			   ? write_all(&w, g)
			   : failed(&w);
	close_store(&w);
	if (s == STATUS_OK && rename(beside, path) != 0)
		s = context_fail(c, STATUS_IO, "%s: %s", "%s : %s", path, strerror(errno));
	if (s != STATUS_OK)
		unlink(beside);
	return s;
}
