/* A SQLite file of ours: opened safely, its statements prepared once, its failures told in the
 * user's language. What the tables mean is the owner's business. */
#ifndef BASE_DATABASE_H
#define BASE_DATABASE_H

#include <sqlite3.h>

#include "base/buffer.h"
#include "base/context.h"

typedef struct database_kind {
	const char *name_en, *name_fr; /* "a termbase", "une base terminologique" */
	const char *schema;
	int version;            /* in PRAGMA user_version */
	const char *const *sql; /* the statements, prepared at their first use */
	size_t statements;
	bool salvage; /* of a file that was cut off, what is there may be read */
} database_kind;

typedef struct database {
	context *context;
	const database_kind *kind;
	char *path;
	sqlite3 *db;
	sqlite3_stmt **statements;
	bool write; /* as it was opened */
	bool open;  /* a transaction */
} database;

/* With write, the file and its tables are made when they are not there. After a failure the
 * caller still calls database_close. */
MUST_USE status database_open(
	database *d, context *c, const database_kind *kind, const char *path, bool write);
void database_close(database *d);

/* The sentence for SQLite's last failure. */
status database_failed(database *d);
status database_damaged(database *d);

MUST_USE status database_execute(database *d, const char *sql);
MUST_USE status database_begin(database *d);
MUST_USE status database_commit(database *d);
void database_rollback(database *d);

MUST_USE status database_statement(database *d, size_t which, sqlite3_stmt **out);
void database_bind_text(sqlite3_stmt *q, int at, slice text); /* borrowed until reset */
void database_bind_blob(sqlite3_stmt *q, int at, slice bytes);
slice database_text(sqlite3_stmt *q, int column); /* until the next step or reset */
slice database_blob(sqlite3_stmt *q, int column);
/* Runs a statement that gives no rows, and resets it. */
MUST_USE status database_run(database *d, sqlite3_stmt *q);
/* The next row; resets the statement after the last. */
MUST_USE status database_row(database *d, sqlite3_stmt *q, bool *more);
/* PRAGMA quick_check. */
MUST_USE status database_verify(database *d);

/* Makes a database that is not there by statements (the list ends with NULL), and gives it its
 * name when that is done: nobody meets half of one. Where it cannot be done nothing is said;
 * whoever opens it makes it in its place. */
void database_appear(const char *path, const char *const *sql);

/* A hostile file must not make SQLite call functions of its own schema. */
void database_distrust(sqlite3 *db);

/* A writer that was killed may have left a journal of what is to be undone, and one that is
 * just done looks so for a moment. Who only reads is refused then (SQLite's last failure): the
 * file is opened for writing once, which undoes it. False when it was something else, or cannot
 * be. */
bool database_undo(sqlite3 *db, const char *path);

/* On a disk that is read-only SQLite cannot share a file with a log (WAL), and did not open it
 * (its last failure). Nobody else writes there: where no log waits to be read, the file is all
 * there is, and is opened anew as one that nobody changes. STATUS_IO when it was something else
 * or cannot be; *db is then as it was. */
MUST_USE status database_open_immutable(sqlite3 **db, const char *path, const memory *m);

/* What the system says of a file that may not be written or, for a writer, made where it is to
 * be (errno); 0 when it may. */
int database_why_not_written(const char *path, bool write);

/* Puts what is in the log (WAL) into the file, as far as nobody reads what stands there, so
 * that who copies the file alone has all of it: for a writer that is done. SQLite does it when
 * the last of all closes, but not where that one only reads. */
void database_empty_log(sqlite3 *db);

#endif
