#include "tm/sync.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tm/sqlite.h"

#define BATCH 1000 /* units in one transaction */
#define COPY_PROPERTY "x-paraph-copy"

static const char tables[] =
	"CREATE TABLE IF NOT EXISTS sync_unit (local INTEGER PRIMARY KEY, origin INTEGER,"
	" own INTEGER NOT NULL);"
	"CREATE UNIQUE INDEX IF NOT EXISTS sync_origin ON sync_unit (origin);"
	"CREATE INDEX IF NOT EXISTS sync_own ON sync_unit (own) WHERE own <> 0;"
	"CREATE TABLE IF NOT EXISTS sync_conflict (mine INTEGER, theirs INTEGER,"
	" PRIMARY KEY (mine, theirs)) WITHOUT ROWID;";

/* Numbers of one's own units, and of units that came, to be looked at page by page. */
static const char not_sent[] =
	"SELECT id, 0 FROM unit WHERE id > ? AND NOT EXISTS (SELECT 1 FROM sync_unit"
	" WHERE local = id) ORDER BY id LIMIT ?";
static const char came[] =
	"SELECT local, origin FROM sync_unit WHERE local > ? AND origin IS NOT NULL"
	" ORDER BY local LIMIT ?";

typedef struct syncing {
	tm_store *copy, *shared;
	sqlite_store *file;
	context *context;
	const tm_sync_options *options;
	tm_sync_counts *counts;
	buffer text;
	char name[64]; /* of the copy */
	uint32_t after, last;
	uint64_t pending; /* units in the transaction */
	bool ended;
	uint32_t local[BATCH], origin[BATCH];
	int64_t own[BATCH];
} syncing;

/* --- statements of our own --- */

static status
ask(syncing *x, const char *sql, sqlite3_stmt **out)
{
	if (sqlite3_prepare_v2(x->file->db.db, sql, -1, out, NULL) == SQLITE_OK)
		return STATUS_OK;
	return database_failed(&x->file->db);
}

static status
end(syncing *x, sqlite3_stmt *q, int code)
{
	status done = code == SQLITE_DONE || code == SQLITE_ROW ? STATUS_OK
								: database_failed(&x->file->db);

	sqlite3_finalize(q);
	return done;
}

/* A statement with up to two numbers; 0 is none. */
static status
run(syncing *x, const char *sql, uint32_t first, int64_t second)
{
	sqlite3_stmt *q;

	TRY(ask(x, sql, &q));
	if (first != 0)
		sqlite3_bind_int64(q, 1, first);
	if (second != 0)
		sqlite3_bind_int64(q, 2, second);
	return end(x, q, sqlite3_step(q));
}

static status
read_page(syncing *x, const char *sql, uint32_t after, size_t *n)
{
	sqlite3_stmt *q;
	int code;

	*n = 0;
	TRY(ask(x, sql, &q));
	sqlite3_bind_int64(q, 1, after);
	sqlite3_bind_int64(q, 2, BATCH);
	while ((code = sqlite3_step(q)) == SQLITE_ROW && *n < BATCH) {
		x->local[*n] = (uint32_t)sqlite3_column_int64(q, 0);
		x->origin[(*n)++] = (uint32_t)sqlite3_column_int64(q, 1);
	}
	return end(x, q, code);
}

/* --- whose copy it is --- */

static void
put_filter(buffer *out, const tm_filter *f)
{
	const slice parts[] = { f->source, f->target, f->document, f->author, f->since,
		f->until };

	buffer_clear(out);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		buffer_put(out, parts[i]);
		buffer_put(out, SLICE("\t"));
	}
}

/* The fact is kept at the first time and compared from then on. */
static status
compare(syncing *x, const char *key, slice value, bool *same)
{
	buffer old;

	buffer_init(&old, x->context->memory, 1 << 16);
	status done = tm_store_get_meta(x->copy, key, &old);
	*same = done == STATUS_OK && (old.n == 0 || slice_equal(buffer_slice(&old), value));
	if (done == STATUS_OK && old.n == 0)
		done = tm_store_set_meta(x->copy, key, value);
	buffer_free(&old);
	return done;
}

/* The name says which copy something came from; it is kept, and another copy has another. */
static status
read_name(syncing *x)
{
	char host[40] = "";

	TRY(tm_store_get_meta(x->copy, "sync.copy", &x->text));
	if (x->text.n != 0 && x->text.n < sizeof(x->name)) {
		memcpy(x->name, x->text.p, x->text.n);
		return STATUS_OK;
	}
	uint32_t number;
	sqlite3_randomness(sizeof(number), &number);
	(void)!gethostname(host, sizeof(host) - 1);
	snprintf(x->name, sizeof(x->name), "%s-%08x", host, (unsigned)number);
	return tm_store_set_meta(x->copy, "sync.copy", slice_of(x->name));
}

static status
read_after(syncing *x)
{
	TRY(tm_store_get_meta(x->copy, "sync.after", &x->text));
	for (size_t i = 0; i < x->text.n; i++)
		x->after = x->after * 10 + (uint32_t)(x->text.p[i] - '0');
	return STATUS_OK;
}

static status
prepare(syncing *x)
{
	bool same;

	TRY(tm_store_begin(x->copy));
	TRY(database_execute(&x->file->db, tables));
	TRY(compare(x, "sync.origin", x->options->origin, &same));
	if (!same && x->options->moved)
		TRY(tm_store_set_meta(x->copy, "sync.origin", x->options->origin));
	else if (!same)
		return context_fail(x->context, STATUS_USAGE,
			"%s: a copy of another memory (--moved: of the same at another place)",
			"%s\u00A0: la copie d’une autre mémoire (--moved\u00A0: la même, à un "
			"autre endroit)",
			tm_store_path(x->copy));
	put_filter(&x->text, &x->options->filter);
	TRY(x->text.status);
	TRY(compare(x, "sync.filter", buffer_slice(&x->text), &same));
	if (!same)
		return context_fail(x->context, STATUS_USAGE,
			"%s: a copy of another part of that memory (languages, document …)",
			"%s\u00A0: la copie d’une autre partie de cette mémoire (langues, "
			"document…)",
			tm_store_path(x->copy));
	TRY(read_name(x));
	TRY(read_after(x));
	return tm_store_commit(x->copy);
}

/* --- sending --- */

static int64_t
own_sum(const tm_unit *u)
{
	uint64_t salt = tm_pair_salt(u->side[0].language, u->side[1].language);

	return (int64_t)(tm_mixed(slice_hash(u->side[0].text) ^ salt) | 1);
}

/* Who sends it, when and from where stands with the unit there, beside what it says itself. */
static status
send_one(syncing *x, size_t i, tm_unit *u)
{
	const tm_sync_options *o = x->options;
	bool found, added;
	char from[256];

	TRY(tm_store_get(x->copy, x->local[i], u, &found));
	if (!found)
		return STATUS_OK;
	x->own[i] = own_sum(u);
	snprintf(from, sizeof(from), "%s, %.*s, %.*s", x->name, SLICE_ARG(o->who),
		SLICE_ARG(o->when));
	TRY(tm_unit_add_item(u, (tm_item){ .owner = TM_OF_UNIT,
					.kind = TM_PROPERTY,
					.type = SLICE(COPY_PROPERTY),
					.value = slice_of(from) }));
	if (u->author.n == 0)
		TRY(tm_unit_set(u, &u->author, o->who));
	if (u->created.n == 0)
		TRY(tm_unit_set(u, &u->created, o->when));
	TRY(tm_store_add(x->shared, u, &added));
	x->counts->sent += added;
	return STATUS_OK;
}

static status
send_page(syncing *x, size_t n, tm_unit *u)
{
	TRY(tm_store_begin(x->shared));
	for (size_t i = 0; i < n; i++)
		TRY(send_one(x, i, u));
	TRY(tm_store_commit(x->shared));
	x->counts->sent -= tm_store_withdrawn(x->shared);
	TRY(tm_store_begin(x->copy));
	for (size_t i = 0; i < n; i++)
		TRY(run(x, "INSERT INTO sync_unit VALUES (?1, NULL, ?2)", x->local[i],
			x->own[i]));
	return tm_store_commit(x->copy);
}

static status
send_all(syncing *x)
{
	size_t n = BATCH;
	tm_unit u;

	tm_unit_init(&u, x->context->memory);
	status done = STATUS_OK;
	while (done == STATUS_OK && n == BATCH) {
		done = read_page(x, not_sent, 0, &n);
		if (done == STATUS_OK && n != 0)
			done = send_page(x, n, &u);
	}
	tm_unit_free(&u);
	return done;
}

/* --- what is gone --- */

static status
remove_page(syncing *x, size_t n, const bool *there)
{
	bool found;

	TRY(tm_store_begin(x->copy));
	for (size_t i = 0; i < n; i++) {
		if (there[i])
			continue;
		TRY(tm_store_remove(x->copy, x->local[i], &found));
		TRY(run(x, "DELETE FROM sync_unit WHERE local = ?1", x->local[i], 0));
		x->counts->removed += found;
	}
	return tm_store_commit(x->copy);
}

static status
remove_all(syncing *x)
{
	bool there[BATCH], any;
	uint32_t at = 0;
	size_t n = BATCH;

	while (n == BATCH) {
		TRY(read_page(x, came, at, &n));
		if (n == 0)
			return STATUS_OK;
		at = x->local[n - 1];
		TRY(tm_store_present(x->shared, x->origin, n, there));
		any = false;
		for (size_t i = 0; i < n; i++)
			any = any || !there[i];
		if (any)
			TRY(remove_page(x, n, there));
	}
	return STATUS_OK;
}

/* --- fetching --- */

static status
is_known(syncing *x, uint32_t origin, bool *known)
{
	sqlite3_stmt *q;

	TRY(ask(x, "SELECT 1 FROM sync_unit WHERE origin = ?1", &q));
	sqlite3_bind_int64(q, 1, origin);
	int code = sqlite3_step(q);
	*known = code == SQLITE_ROW;
	return end(x, q, code);
}

/* Units of one's own with the same source and another translation. */
static status
note_conflicts(syncing *x, uint32_t local, const tm_unit *u)
{
	TRY(run(x,
		"INSERT OR IGNORE INTO sync_conflict SELECT u.id, n.id FROM unit n"
		" JOIN sync_unit s ON s.own = ?2 AND s.own <> 0 JOIN unit u ON u.id = s.local"
		" AND u.pair = n.pair AND u.source = n.source AND u.target <> n.target"
		" WHERE n.id = ?1",
		local, own_sum(u)));
	x->counts->conflicts += (uint64_t)sqlite3_changes(x->file->db.db);
	return STATUS_OK;
}

static status
keep(syncing *x, uint32_t origin, const tm_unit *u)
{
	uint32_t local;
	bool known, added;

	TRY(is_known(x, origin, &known));
	if (known)
		return STATUS_OK;
	TRY(tm_store_add(x->copy, u, &added));
	TRY(sqlite_find(x->file, u, &local));
	TRY(run(x,
		"INSERT INTO sync_unit VALUES (?1, ?2, 0)"
		" ON CONFLICT (local) DO UPDATE SET origin = ?2",
		local, origin));
	x->counts->fetched += added;
	x->pending++;
	return added ? note_conflicts(x, local, u) : STATUS_OK;
}

static status
commit_page(syncing *x, uint32_t at)
{
	char text[16];

	x->pending = 0;
	if (!x->counts->open) {
		snprintf(text, sizeof(text), "%u", (unsigned)at);
		TRY(tm_store_set_meta(x->copy, "sync.after", slice_of(text)));
	}
	return tm_store_commit(x->copy);
}

static status
take(void *user, uint32_t id, const tm_unit *u)
{
	syncing *x = user;

	x->ended = id > x->last;
	if (x->ended)
		return STATUS_LIMIT;
	if (!tm_filter_passes(&x->options->filter, u))
		return STATUS_OK;
	TRY(keep(x, id, u));
	if (x->pending < BATCH)
		return STATUS_OK;
	TRY(commit_page(x, id));
	return tm_store_begin(x->copy);
}

static status
fetch(syncing *x)
{
	bool settled;

	TRY(tm_store_settled(x->shared, &x->last, &settled));
	x->counts->open = !settled;
	TRY(tm_store_begin(x->copy));
	status done = tm_store_each_after(x->shared, x->after, take, x);
	if (done != STATUS_OK && !x->ended)
		return done;
	return commit_page(x, x->last > x->after ? x->last : x->after);
}

static status
sync_all(syncing *x)
{
	TRY(prepare(x));
	if (!x->options->only_fetch)
		TRY(send_all(x));
	TRY(remove_all(x));
	TRY(fetch(x));
	return tm_store_tune(x->copy);
}

static status
want_file(context *c, tm_store *copy)
{
	if (copy->engine == &tm_engine_sqlite)
		return STATUS_OK;
	return context_fail(c, STATUS_USAGE, "%s: a copy is a file",
		"%s\u00A0: une copie est un fichier", tm_store_path(copy));
}

status
tm_sync(tm_store *copy, tm_store *shared, context *c, const tm_sync_options *o,
	tm_sync_counts *out)
{
	syncing x = { .copy = copy,
		.shared = shared,
		.file = sqlite_of(copy),
		.context = c,
		.options = o,
		.counts = out };

	*out = (tm_sync_counts){ 0 };
	TRY(want_file(c, copy));
	buffer_init(&x.text, c->memory, 1 << 20);
	status done = sync_all(&x);
	if (done != STATUS_OK) {
		tm_store_rollback(copy);
		tm_store_rollback(shared);
	}
	buffer_free(&x.text);
	return done;
}

/* --- conflicts --- */

static status
tell(syncing *x, status (*take_one)(void *user, bool mine, const tm_unit *u), void *user,
	tm_unit *u, uint32_t id, bool mine)
{
	bool found;

	TRY(tm_store_get(x->copy, id, u, &found));
	return found ? take_one(user, mine, u) : STATUS_OK;
}

status
tm_sync_conflicts(tm_store *copy, context *c,
	status (*take_one)(void *user, bool mine, const tm_unit *u), void *user, uint64_t *n)
{
	syncing x = { .copy = copy, .file = sqlite_of(copy), .context = c };
	sqlite3_stmt *q;
	tm_unit u;
	int code;

	*n = 0;
	TRY(want_file(c, copy));
	if (ask(&x,
		    "SELECT mine, theirs FROM sync_conflict WHERE mine IN (SELECT id FROM unit)"
		    " AND theirs IN (SELECT id FROM unit) ORDER BY 1, 2",
		    &q) != STATUS_OK)
		return context_fail(c, STATUS_USAGE, "%s: not a copy of a shared memory",
			"%s\u00A0: ce n’est pas la copie d’une mémoire partagée",
			tm_store_path(copy));
	tm_unit_init(&u, c->memory);
	status done = STATUS_OK;
	while (done == STATUS_OK && (code = sqlite3_step(q)) == SQLITE_ROW) {
		done = tell(&x, take_one, user, &u, (uint32_t)sqlite3_column_int64(q, 0), true);
		if (done == STATUS_OK)
			done = tell(&x, take_one, user, &u,
				(uint32_t)sqlite3_column_int64(q, 1), false);
		++*n;
	}
	tm_unit_free(&u);
	if (done != STATUS_OK)
		sqlite3_finalize(q);
	return done == STATUS_OK ? end(&x, q, code) : done;
}
