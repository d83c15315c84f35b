/* termbase OUT-FOLDER FILE.tsv…: compiles glossaries into OUT-FOLDER/termbase.sqlite, the whole
 * termbase, and OUT-FOLDER/terms.index, what matching needs of it. Exit status 2 and one line
 * on standard error when a row is malformed; both files then stay as they were. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/replace.h"
#include "termbase/exchange.h"
#include "termbase/index.h"
#include "termbase/store.h"

#define INDEX_CEILING ((size_t)1 << 30)

static status
write_failed(context *c, const char *path)
{
	return context_fail(c, STATUS_IO, "%s: %s", "%s : %s", path, strerror(errno));
}

/* A glossary that is being read: into the index and into the store. */
typedef struct making {
	context *context;
	glossary *glossary;
	store *store;
	const char *name;
} making;

static status
take(void *user, const entry *e, exchange_place at)
{
	making *m = user;

	(void)at;
	TRY(glossary_add(m->glossary, e));
	return store_put(m->store, e, NULL);
}

static status
refuse(void *user, exchange_place at, const char *why)
{
	making *m = user;

	return exchange_refuse(m->context, m->name, at, why);
}

static status
read_glossary(making *m, const char *path)
{
	exchange_sink sink = { .user = m, .take = take, .refuse = refuse };
	stream s;
	exchange_input in = { .context = m->context, .stream = &s, .sink = &sink };

	m->name = path;
	TRY(stream_open(&s, m->context, path));
	status done = exchange_named(SLICE("tsv"))->read(&in);
	stream_close(&s);
	return done;
}

static status
read_all(making *m, int count, char **paths)
{
	TRY(store_begin(m->store));
	for (int i = 0; i < count; i++)
		TRY(read_glossary(m, paths[i]));
	TRY(glossary_check(m->glossary, m->context));
	return store_commit(m->store);
}

/* Writes the store beside its place and renames it, so that readers never see half of it. */
static status
make_store(making *m, const char *path, int count, char **paths)
{
	char beside[4096];

	snprintf(beside, sizeof(beside), "%s.new", path);
	unlink(beside);
	TRY(store_open(&m->store, m->context, beside, STORE_NEW));
	status s = read_all(m, count, paths);
	store_close(m->store);
	if (s == STATUS_OK && rename(beside, path) != 0)
		s = write_failed(m->context, path);
	if (s != STATUS_OK)
		unlink(beside);
	return s;
}

static status
compile(context *c, glossary *g, buffer *bytes, int count, char **arguments)
{
	char path[4000];
	making m = { .context = c, .glossary = g };

	snprintf(path, sizeof(path), "%s/termbase.sqlite", arguments[0]);
	TRY(make_store(&m, path, count - 1, arguments + 1));
	TRY(index_build(bytes, c, g));
	snprintf(path, sizeof(path), "%s/terms.index", arguments[0]);
	return file_put(c, path, buffer_slice(bytes));
}

int
main(int count, char **arguments)
{
	context c;
	glossary g;
	buffer bytes;

	context_init(&c, &memory_libc);
	glossary_init(&g, c.memory);
	buffer_init(&bytes, c.memory, INDEX_CEILING);
	if (count < 3) {
		fprintf(stderr, "usage: termbase OUT-FOLDER FILE.tsv...\n");
		return 2;
	}
	status s = compile(&c, &g, &bytes, count - 1, arguments + 1);
	if (s != STATUS_OK)
		fprintf(stderr, "%s\n", c.message[0] == '\0' ? status_name(s) : c.message);
	buffer_free(&bytes);
	glossary_free(&g);
	return s == STATUS_OK ? 0 : 2;
}
