/* Several databases as one memory. */
#include <stdlib.h>
#include <string.h>

#include "tm/postgres.h"
#include "tm/postgres_schema.h"

/* The URL of the list: scheme, host, port, database and options, without name and password. */
static status
put_url(buffer *out, context *c, const char *url)
{
	char name[512];
	slice rest, options;

	postgres_name_of(name, sizeof(name), url);
	const char *start = strstr(name, "://");
	if (start == NULL || strlen(name) + 1 >= sizeof(name) || strchr(name, '\n') != NULL)
		return context_fail(c, STATUS_USAGE, "%s: not a URL that can be recorded",
			"%s\u00A0: ce n’est pas une URL qu’on puisse noter", name);
	rest = slice_of(start + 3);
	slice authority, tail;
	(void)slice_cut(rest, '?', &authority, &options);
	const char *at = memchr(authority.p, '@', authority.n);
	tail = at == NULL ? rest : slice_of(at + 1);
	buffer_put(out, SLICE("postgresql://"));
	buffer_put(out, tail);
	return out->status;
}

static status
write_list(context *c, const char *url, slice list, slice map)
{
	postgres_values v;
	postgres_rows r;
	postgres *p;

	TRY(postgres_open(&p, c, url));
	postgres_values_init(&v, c->memory);
	postgres_put_bytes(&v, list);
	postgres_put_bytes(&v, map);
	postgres_begin(p, "");
	status done = postgres_queue(p,
		"UPDATE paraph.tm_meta SET value = CASE key WHEN 'shards' THEN $1 ELSE $2 END"
		" WHERE key IN ('shards', 'map')",
		&v);
	if (done == STATUS_OK)
		done = postgres_queue(p, "SELECT EXISTS (SELECT 1 FROM paraph.tm_unit)", NULL);
	if (done == STATUS_OK)
		done = postgres_wait(p);
	if (done == STATUS_OK) {
		r = postgres_answer(p, 1);
		if (postgres_int(&r, 0, 0) != 0)
			done = context_fail(c, STATUS_USAGE,
				"%s: there are units in it already; \"paraph store reshard\" "
				"adds "
				"databases to a memory",
				"%s\u00A0: elle contient déjà des unités\u00A0; «\u00A0paraph "
				"store "
				"reshard\u00A0» ajoute des bases à une mémoire",
				postgres_name(p));
	}
	if (done == STATUS_OK)
		done = postgres_commit(p);
	postgres_close(p);
	postgres_values_free(&v);
	return done;
}

status
tm_postgres_join(context *c, const char *const *urls, size_t n)
{
	char map[PG_BUCKETS];
	buffer list;
	status done = STATUS_OK;

	if (n < 2 || n > PG_SHARDS)
		return context_fail(c, STATUS_USAGE, "a memory is made of 2 to %d databases",
			"une mémoire se compose de 2 à %d bases", PG_SHARDS);
	buffer_init(&list, c->memory, c->limits.output);
	for (size_t i = 0; i < n && done == STATUS_OK; i++) {
		if (i > 0)
			buffer_put_char(&list, '\n');
		done = put_url(&list, c, urls[i]);
	}
	for (size_t i = 0; i < PG_BUCKETS; i++)
		map[i] = (char)(i * n / PG_BUCKETS);
	for (size_t i = 0; i < n && done == STATUS_OK; i++)
		done = write_list(c, urls[i], buffer_slice(&list), (slice){ map, PG_BUCKETS });
	buffer_free(&list);
	return done;
}
