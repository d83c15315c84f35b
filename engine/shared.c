/* Shared stores: made, brought up to date, looked at. */
#include <stdio.h>

#include "engine/engine.h"
#include "engine/project.h"
#include "termbase/postgres_schema.h"
#include "tm/postgres_schema.h"

static const postgres_part *const parts[] = {
#define SHARED_PART(part, name) &part,
#include "engine/shared_parts.def"
#undef SHARED_PART
	NULL,
};

static const char *const names[] = {
#define SHARED_PART(part, name) name,
#include "engine/shared_parts.def"
#undef SHARED_PART
};

typedef struct teller {
	context context;
	memory memory;
	const paraph_store_options *options;
	paraph_status (*told)(void *user, const paraph_store_state *state);
	void *user;
} teller;

static void
begin(teller *t, const paraph_store_options *o)
{
	t->options = o;
	t->memory = engine_memory(o->memory);
	context_init(&t->context, &t->memory);
	t->context.ui = engine_ui(o->ui);
}

static paraph_status
finish(const teller *t, status done, char *message, size_t size)
{
	if (done != STATUS_OK)
		engine_explain(&t->context, done, message, size);
	return (paraph_status)done;
}

bool
paraph_store_is_shared(const char *path)
{
	return postgres_is_url(path);
}

void
paraph_store_name(const char *path, char *out, size_t size)
{
	if (postgres_is_url(path))
		postgres_name_of(out, size, path);
	else
		snprintf(out, size, "%s", path);
}

/* --- looking --- */

static const char privileges[] =
	"SELECT current_setting('server_version_num')::int, pg_is_in_recovery(),"
	" (SELECT count(*) = 3 FROM pg_roles"
	"  WHERE rolname IN ('paraph_reader', 'paraph_writer', 'paraph_admin')),"
	" count(*) > 0, coalesce(bool_and(has_table_privilege(oid, 'SELECT')), false),"
	" coalesce(bool_and(relname = 'part' OR (has_table_privilege(oid, 'INSERT')"
	"  AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE'))), "
	"false),"
	" coalesce(bool_and(pg_has_role(relowner, 'USAGE')), false)"
	" FROM pg_class WHERE relkind IN ('r', 'p')"
	" AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'paraph')";

static status
look_at_parts(const teller *t, postgres *p, paraph_store_state *state)
{
	for (size_t i = 0; parts[i] != NULL; i++) {
		state->part = names[i];
		state->newest = postgres_part_newest(parts[i]);
		TRY(postgres_part_version(p, parts[i], &state->version));
		TRY((status)t->told(t->user, state));
	}
	return STATUS_OK;
}

static status
look_at(const teller *t, postgres *p)
{
	paraph_store_state state = { .name = postgres_name(p) };
	postgres_rows r;

	TRY(postgres_ask(p, privileges, NULL, &r));
	state.server = (int)postgres_int(&r, 0, 0);
	state.standby = postgres_int(&r, 0, 1) != 0;
	state.roles = postgres_int(&r, 0, 2) != 0;
	bool any = postgres_int(&r, 0, 3) != 0;
	state.reads = any && postgres_int(&r, 0, 4) != 0;
	state.writes = any && postgres_int(&r, 0, 5) != 0 && !state.standby;
	state.owns = any && postgres_int(&r, 0, 6) != 0;
	TRY((status)t->told(t->user, &state));
	return look_at_parts(t, p, &state);
}

/* What is wrong with one database is not wrong with the others. */
static status
look_at_url(teller *t, const char *url)
{
	char name[512];
	postgres *p = NULL;

	t->context.message[0] = '\0';
	status done = postgres_open(&p, &t->context, url);
	if (done == STATUS_OK)
		done = look_at(t, p);
	postgres_close(p);
	if (done == STATUS_OK || done == STATUS_MEMORY || t->context.message[0] == '\0')
		return done;
	postgres_name_of(name, sizeof(name), url);
	paraph_store_state state = { .name = name, .trouble = t->context.message };
	return (status)t->told(t->user, &state);
}

paraph_status
paraph_store_look(const paraph_store_options *options,
	paraph_status (*told)(void *user, const paraph_store_state *state), void *user,
	char *message, size_t message_size)
{
	teller t = { .told = told, .user = user };
	status done = STATUS_OK;

	begin(&t, options);
	for (const char *const *url = options->urls; *url != NULL && done == STATUS_OK; url++)
		done = look_at_url(&t, *url);
	return finish(&t, done, message, message_size);
}

/* --- making --- */

static status
want_url(teller *t, const char *url)
{
	if (postgres_is_url(url))
		return STATUS_OK;
	return context_fail(&t->context, STATUS_USAGE,
		"%s: not the URL of a database (postgresql://…)",
		"%s\u00A0: ce n’est pas l’URL d’une base de données (postgresql://…)", url);
}

static status
make_one(teller *t, const char *url, bool only_migrate)
{
	postgres_made made;
	postgres *p;

	TRY(postgres_open(&p, &t->context, url));
	/* An index over a hundred million rows takes its time. */
	postgres_set_patience(p, 86400);
	status done = postgres_schema_apply(p, parts, !only_migrate, &made);
	if (done == STATUS_OK)
		done = look_at(t, p);
	postgres_close(p);
	return done;
}

static status
make(teller *t, bool only_migrate)
{
	for (const char *const *url = t->options->urls; *url != NULL; url++) {
		TRY(want_url(t, *url));
		TRY(make_one(t, *url, only_migrate));
	}
	return STATUS_OK;
}

paraph_status
paraph_store_make(const paraph_store_options *options, bool only_migrate,
	paraph_status (*told)(void *user, const paraph_store_state *state), void *user,
	char *message, size_t message_size)
{
	teller t = { .told = told, .user = user };

	begin(&t, options);
	return finish(&t, make(&t, only_migrate), message, message_size);
}

/* --- for psql --- */

paraph_status
paraph_store_script(const paraph_store_options *options,
	paraph_status (*write)(void *user, const char *bytes, size_t n), void *user,
	char *message, size_t message_size)
{
	teller t = { 0 };
	buffer text;

	begin(&t, options);
	buffer_init(&text, &t.memory, 1 << 24);
	status done = postgres_schema_script(&text, parts);
	if (done == STATUS_OK)
		done = (status)write(user, text.p, text.n);
	buffer_free(&text);
	return finish(&t, done, message, message_size);
}

/* --- spread over databases --- */

paraph_status
paraph_store_reshard(const paraph_store_options *options,
	void (*progress)(void *user, size_t buckets, uint64_t units), void *user, char *message,
	size_t message_size)
{
	teller t = { 0 };
	tm_postgres_progress told = { progress, user };
	size_t n = 0;
	status done = STATUS_OK;

	begin(&t, options);
	for (; options->urls[n] != NULL && done == STATUS_OK; n++)
		done = want_url(&t, options->urls[n]);
	if (done == STATUS_OK)
		done = tm_postgres_reshard(
			&t.context, options->urls, n, progress == NULL ? NULL : &told);
	return finish(&t, done, message, message_size);
}

/* --- those of a project --- */

static status
tell_urls(const path_list *list, paraph_status (*take)(void *user, const char *url), void *user)
{
	for (size_t i = 0; i < list->n; i++)
		if (postgres_is_url(list->at[i]))
			TRY((status)take(user, list->at[i]));
	return STATUS_OK;
}

static status
find_urls(teller *t, arena *a, const char *settings,
	paraph_status (*take)(void *user, const char *url), void *user)
{
	static const char *const keys[] = { "termbases", "memories" };
	settings_layers layers;
	path_list list;

	TRY(settings_read(&t->context, a, slice_of(settings), &layers));
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		TRY(project_read_files(&t->context, a, &layers, keys[i], &list));
		TRY(tell_urls(&list, take, user));
	}
	return STATUS_OK;
}

paraph_status
paraph_store_of_project(const paraph_store_options *options, const char *settings,
	paraph_status (*take)(void *user, const char *url), void *user, char *message,
	size_t message_size)
{
	teller t = { 0 };
	arena a;

	begin(&t, options);
	arena_init(&a, &t.memory);
	status done = find_urls(&t, &a, settings, take, user);
	arena_free(&a);
	return finish(&t, done, message, message_size);
}
