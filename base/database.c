#include "base/database.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system.h"

#define BUSY_MILLISECONDS 10000

status
database_damaged(database *d)
{
	return context_fail(d->context, STATUS_DAMAGED, "%s: not %s, or damaged",
		"%s\u00A0: ce n’est pas %s, ou le fichier est abîmé", d->path,
		d->context->ui == LANGUAGE_FR ? d->kind->name_fr : d->kind->name_en);
}

int
database_why_not_written(const char *path, bool write)
{
	char folder[4096];

	if (access(path, F_OK) == 0)
		return access(path, W_OK) != 0 ? errno : 0;
	if (!write || (size_t)snprintf(folder, sizeof(folder), "%s", path) >= sizeof(folder))
		return 0;
	char *end = strrchr(folder, '/');
	strcpy(end == NULL ? folder : end + (end == folder), end == NULL ? "." : "");
	return access(folder, F_OK) == 0 && access(folder, W_OK) != 0 ? errno : 0;
}

status
database_failed(database *d)
{
	int code = d->db == NULL ? SQLITE_NOMEM : sqlite3_errcode(d->db);

	if (code == SQLITE_NOMEM)
		return STATUS_MEMORY;
	if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
		return database_damaged(d);
	/* What the system said of the file tells more than "disk I/O error". */
	int error = code == SQLITE_IOERR || code == SQLITE_FULL || code == SQLITE_CANTOPEN
			    ? sqlite3_system_errno(d->db)
			    : 0;
	if (code == SQLITE_FULL && error == 0)
		error = ENOSPC;
	if (code == SQLITE_CANTOPEN || code == SQLITE_READONLY) {
		int why = database_why_not_written(d->path, d->write);
		error = why != 0 ? why : error;
	}
	return context_fail(d->context, STATUS_IO, "%s: %s", "%s\u00A0: %s", d->path,
		error != 0 ? system_message(d->context->ui, error) : sqlite3_errmsg(d->db));
}

/* --- statements --- */

status
database_statement(database *d, size_t which, sqlite3_stmt **out)
{
	sqlite3_stmt **slot = &d->statements[which];

	*out = NULL;
	if (*slot == NULL && sqlite3_prepare_v3(d->db, d->kind->sql[which], -1,
				     SQLITE_PREPARE_PERSISTENT, slot, NULL) != SQLITE_OK)
		/* The statements are sound: a table is not there. */
		return sqlite3_errcode(d->db) == SQLITE_ERROR ? database_damaged(d)
							      : database_failed(d);
	*out = *slot;
	return STATUS_OK;
}

void
database_bind_text(sqlite3_stmt *q, int at, slice text)
{
	sqlite3_bind_text(q, at, text.n == 0 ? "" : text.p, (int)text.n, SQLITE_STATIC);
}

void
database_bind_blob(sqlite3_stmt *q, int at, slice bytes)
{
	sqlite3_bind_blob(q, at, bytes.n == 0 ? "" : bytes.p, (int)bytes.n, SQLITE_STATIC);
}

slice
database_text(sqlite3_stmt *q, int column)
{
	const void *p = sqlite3_column_text(q, column);

	return p == NULL ? SLICE("") : (slice){ p, (size_t)sqlite3_column_bytes(q, column) };
}

slice
database_blob(sqlite3_stmt *q, int column)
{
	const void *p = sqlite3_column_blob(q, column);

	return p == NULL ? SLICE("") : (slice){ p, (size_t)sqlite3_column_bytes(q, column) };
}

status
database_run(database *d, sqlite3_stmt *q)
{
	int code = sqlite3_step(q);
	status done = code == SQLITE_DONE ? STATUS_OK : database_failed(d);

	sqlite3_reset(q);
	return done;
}

status
database_row(database *d, sqlite3_stmt *q, bool *more)
{
	int code = sqlite3_step(q);

	*more = code == SQLITE_ROW;
	if (*more)
		return STATUS_OK;
	status done = code == SQLITE_DONE ? STATUS_OK : database_failed(d);
	sqlite3_reset(q);
	return done;
}

status
database_execute(database *d, const char *sql)
{
	return sqlite3_exec(d->db, sql, NULL, NULL, NULL) == SQLITE_OK ? STATUS_OK
								       : database_failed(d);
}

status
database_begin(database *d)
{
	TRY(database_execute(d, "BEGIN IMMEDIATE"));
	d->open = true;
	return STATUS_OK;
}

status
database_commit(database *d)
{
	TRY(database_execute(d, "COMMIT"));
	d->open = false;
	return STATUS_OK;
}

void
database_rollback(database *d)
{
	if (d->open)
		(void)sqlite3_exec(d->db, "ROLLBACK", NULL, NULL, NULL);
	d->open = false;
}

/* --- opening --- */

static status
ask_pragma(database *d, const char *sql, sqlite3_stmt **q)
{
	bool more;

	if (sqlite3_prepare_v2(d->db, sql, -1, q, NULL) != SQLITE_OK)
		return database_failed(d);
	return database_row(d, *q, &more);
}

static status
read_version(database *d, int *version)
{
	sqlite3_stmt *q = NULL;
	status done = ask_pragma(d, "PRAGMA user_version", &q);

	*version = done == STATUS_OK ? sqlite3_column_int(q, 0) : 0;
	sqlite3_finalize(q);
	return done;
}

static status
make_tables(database *d)
{
	char text[64];

	snprintf(text, sizeof(text), "PRAGMA user_version = %d", d->kind->version);
	TRY(database_execute(d, d->kind->schema));
	return database_execute(d, text);
}

/* Readers and a writer do not wait for each other. A file that is not written that way yet, and
 * in use just now, stays as it is until the next time. */
static void
keep_log(database *d)
{
	sqlite3_busy_timeout(d->db, 0);
	(void)sqlite3_exec(d->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
	sqlite3_busy_timeout(d->db, BUSY_MILLISECONDS);
}

/* A writer that finds an empty file makes the tables; two at once do not both. */
static status
make_store(database *d)
{
	int version;

	TRY(read_version(d, &version));
	if (version == 0) {
		TRY(database_execute(d, "PRAGMA page_size = 8192"));
		TRY(database_execute(d, "PRAGMA journal_mode = WAL"));
		TRY(database_begin(d));
		status done = read_version(d, &version);
		if (done == STATUS_OK && version == 0)
			done = make_tables(d);
		if (done != STATUS_OK) {
			database_rollback(d);
			return done;
		}
		TRY(database_commit(d));
	} else if (version == d->kind->version) {
		keep_log(d);
	}
	return database_execute(d, "PRAGMA synchronous = NORMAL");
}

static status
check_version(database *d)
{
	int version;

	TRY(read_version(d, &version));
	if (version == d->kind->version)
		return STATUS_OK;
	if (version == 0)
		return database_damaged(d);
	return context_fail(d->context, STATUS_FORMAT,
		"%s: %s of version %d; this paraph reads version %d",
		"%s\u00A0: %s de version %d\u00A0; ce paraph lit la version %d", d->path,
		d->context->ui == LANGUAGE_FR ? d->kind->name_fr : d->kind->name_en, version,
		d->kind->version);
}

/* A name beside the path that nobody else takes. */
static bool
open_beside(const char *path, char *name, size_t size)
{
	for (unsigned i = 0; i < 100; i++) {
		int n = snprintf(name, size, "%s.%ld-%u.new", path, (long)getpid(), i);
		int fd = n > 0 && (size_t)n < size
				 ? open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666)
				 : -1;
		if (fd >= 0) {
			close(fd);
			return true;
		}
		if (n <= 0 || (size_t)n >= size || errno != EEXIST)
			return false;
	}
	return false;
}

void
database_appear(const char *path, const char *const *sql)
{
	char name[4096];
	sqlite3 *db = NULL;

	if (strcmp(path, ":memory:") == 0 || access(path, F_OK) == 0 ||
		!open_beside(path, name, sizeof(name)))
		return;
	bool made = sqlite3_open_v2(name, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
			    NULL) == SQLITE_OK;
	for (; made && *sql != NULL; sql++)
		made = sqlite3_exec(db, *sql, NULL, NULL, NULL) == SQLITE_OK;
	made = sqlite3_close(db) == SQLITE_OK && made;
	if (made) /* not over one that somebody else has made meanwhile */
		(void)!link(name, path);
	unlink(name);
}

static void
appear(const database *d)
{
	char version[64];
	const char *sql[] = { "PRAGMA page_size = 8192; PRAGMA journal_mode = MEMORY; BEGIN",
		d->kind->schema, version, "COMMIT", "PRAGMA journal_mode = WAL", NULL };

	snprintf(version, sizeof(version), "PRAGMA user_version = %d", d->kind->version);
	database_appear(d->path, sql);
}

static status
make_room(database *d, const char *path)
{
	const memory *m = d->context->memory;
	size_t bytes = d->kind->statements * sizeof(sqlite3_stmt *);

	d->path = memory_alloc(m, strlen(path) + 1);
	d->statements = memory_alloc(m, bytes);
	if (d->statements != NULL)
		memset(d->statements, 0, bytes);
	if (d->path == NULL || d->statements == NULL)
		return STATUS_MEMORY;
	strcpy(d->path, path);
	return STATUS_OK;
}

/* The path as a URI, percent-encoded where it must be. */
static status
put_immutable(buffer *uri, const char *path)
{
	buffer_put(uri, SLICE("file:"));
	for (; *path != '\0'; path++)
		if (strchr("?#%", *path) != NULL)
			buffer_printf(uri, "%%%02X", (unsigned)*path);
		else
			buffer_put_char(uri, *path);
	buffer_put(uri, SLICE("?immutable=1"));
	buffer_put_char(uri, '\0');
	return uri->status;
}

void
database_distrust(sqlite3 *db)
{
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
}

bool
database_undo(sqlite3 *db, const char *path)
{
	sqlite3 *writer = NULL;

	if (sqlite3_extended_errcode(db) != SQLITE_READONLY_ROLLBACK)
		return false;
	bool done = sqlite3_open_v2(path, &writer, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
			    NULL) == SQLITE_OK;
	if (done) {
		database_distrust(writer);
		sqlite3_busy_timeout(writer, BUSY_MILLISECONDS);
		done = sqlite3_exec(writer, "PRAGMA user_version", NULL, NULL, NULL) ==
		       SQLITE_OK;
	}
	sqlite3_close(writer);
	return done;
}

status
database_open_immutable(sqlite3 **db, const char *path, const memory *m)
{
	struct stat about;
	sqlite3 *opened = NULL;
	buffer name;

	if (sqlite3_errcode(*db) != SQLITE_CANTOPEN ||
		database_why_not_written(path, false) == 0)
		return STATUS_IO;
	buffer_init(&name, m, 1 << 16);
	buffer_printf(&name, "%s-wal%c", path, '\0');
	status done = name.status;
	if (done == STATUS_OK && stat(name.p, &about) == 0 && about.st_size > 0)
		done = STATUS_IO;
	buffer_clear(&name);
	if (done == STATUS_OK)
		done = put_immutable(&name, path);
	if (done == STATUS_OK &&
		sqlite3_open_v2(name.p, &opened,
			SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
			NULL) != SQLITE_OK)
		done = STATUS_IO;
	buffer_free(&name);
	sqlite3_close(done == STATUS_OK ? *db : opened);
	if (done != STATUS_OK)
		return done;
	database_distrust(opened);
	*db = opened;
	return STATUS_OK;
}

/* SQLite refuses a file that is shorter than it says, unless its tables may be repaired by
 * hand. Nothing is written here, and a page that is missing is an error when it is wanted. */
static status
read_what_is_there(database *d)
{
	sqlite3_db_config(d->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	sqlite3_db_config(d->db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
	return check_version(d);
}

status
database_open(database *d, context *c, const database_kind *kind, const char *path, bool write)
{
	*d = (database){ .context = c, .kind = kind, .write = write };
	TRY(make_room(d, path));
	if (write)
		appear(d);
	/* Whoever opened it is alone with it: no locks between threads are wanted. */
	int flags = SQLITE_OPEN_NOMUTEX |
		    (write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
	if (sqlite3_open_v2(path, &d->db, flags, NULL) != SQLITE_OK)
		return database_failed(d);
	sqlite3_busy_timeout(d->db, BUSY_MILLISECONDS);
	database_distrust(d->db);
	if (write)
		TRY(make_store(d));
	status done = check_version(d);
	if (done == STATUS_IO && !write && database_undo(d->db, path))
		done = check_version(d);
	if (done == STATUS_DAMAGED && !write && kind->salvage)
		done = read_what_is_there(d);
	if (done == STATUS_IO && !write) {
		TRY(database_open_immutable(&d->db, path, c->memory));
		done = check_version(d);
	}
	return done;
}

void
database_empty_log(sqlite3 *db)
{
	if (db != NULL && sqlite3_db_readonly(db, "main") == 0)
		(void)sqlite3_wal_checkpoint_v2(
			db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

void
database_close(database *d)
{
	if (d->context == NULL)
		return;
	for (size_t i = 0; d->statements != NULL && i < d->kind->statements; i++)
		sqlite3_finalize(d->statements[i]);
	database_empty_log(d->db);
	sqlite3_close(d->db);
	memory_free(d->context->memory, d->statements);
	memory_free(d->context->memory, d->path);
	*d = (database){ 0 };
}

status
database_verify(database *d)
{
	sqlite3_stmt *q = NULL;
	status done = ask_pragma(d, "PRAGMA quick_check(1)", &q);
	bool sound = done == STATUS_OK && slice_is(database_text(q, 0), "ok");

	sqlite3_finalize(q);
	return done != STATUS_OK || sound ? done : database_damaged(d);
}
