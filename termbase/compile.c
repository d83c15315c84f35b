#include "termbase/compile.h"

#include <stdio.h>
#include <unistd.h>

#include "termbase/cache.h"

static const slice magic = { "SQLite format 3", 16 }; /* with its zero byte */

status
compile_is_store(context *c, const char *path, bool *is)
{
	stream s;
	slice head;

	*is = store_is_shared(path);
	if (*is)
		return STATUS_OK;
	TRY(stream_open(&s, c, path));
	status done = stream_peek(&s, &head);
	*is = done == STATUS_OK && slice_starts(head, magic);
	stream_close(&s);
	return done;
}

/* --- compiling --- */

typedef struct compiler {
	context *context;
	const char *path;
	store *store;
	entry seen; /* scratch: the concept of the same id */
} compiler;

static status
take(void *user, const entry *e, exchange_place at)
{
	compiler *k = user;
	bool twice;

	TRY(store_get(k->store, e->id, &k->seen, &twice));
	if (!twice)
		return store_put(k->store, e, NULL);
	char why[200];
	snprintf(why, sizeof(why),
		k->context->ui == LANGUAGE_FR
			? "deux notions ont l’identifiant «\u00A0%.*s\u00A0»"
			: "two concepts have the id \"%.*s\"",
		e->id.n > 80 ? 80 : (int)e->id.n, e->id.p);
	return exchange_refuse(k->context, k->path, at, why);
}

static status
refuse(void *user, exchange_place at, const char *why)
{
	compiler *k = user;

	return exchange_refuse(k->context, k->path, at, why);
}

static status
remark(void *user, const char *key, slice value)
{
	compiler *k = user;

	return store_set_meta(k->store, key, value);
}

static status
read_all(compiler *k, stream *s)
{
	exchange_sink sink = { k, take, refuse, remark };
	exchange_input in = { .context = k->context, .stream = s, .sink = &sink };
	slice head;

	TRY(stream_peek(s, &head));
	const exchange *format = exchange_for(slice_of(k->path), head);
	if (format == NULL || format->read == NULL)
		return context_fail(k->context, STATUS_FORMAT,
			"%s: not a termbase in a format that paraph reads",
			"%s\u00A0: pas une base terminologique d’un format que paraph lit",
			k->path);
	TRY(store_begin(k->store));
	TRY(format->read(&in));
	return store_commit(k->store);
}

static status
compile_stream(context *c, const char *path, stream *s, store *into)
{
	compiler k = { .context = c, .path = path, .store = into };

	entry_init(&k.seen, c->memory);
	status done = read_all(&k, s);
	entry_free(&k.seen);
	return done;
}

static status
compile_into(context *c, const char *path, store *into)
{
	stream s;

	TRY(stream_open(&s, c, path));
	status done = compile_stream(c, path, &s, into);
	stream_close(&s);
	return done;
}

static status
compile_in_memory(store **out, context *c, const char *path)
{
	TRY(store_open(out, c, ":memory:", STORE_NEW));
	status done = compile_into(c, path, *out);
	if (done != STATUS_OK) {
		store_close(*out);
		*out = NULL;
	}
	return done;
}

status
compile_bytes(store **out, context *c, const char *name, slice bytes)
{
	stream s;

	*out = NULL;
	TRY(store_open(out, c, ":memory:", STORE_NEW));
	stream_of_bytes(&s, c, name, bytes);
	status done = compile_stream(c, name, &s, *out);
	stream_close(&s);
	if (done != STATUS_OK) {
		store_close(*out);
		*out = NULL;
	}
	return done;
}

/* --- the cache --- */

/* Compiled beside its place and renamed, so that two programs at once do no harm. */
static status
compile_to_cache(context *c, const char *path, const char *cached)
{
	char beside[CACHE_PATH_BYTES + 32];
	store *s;

	snprintf(beside, sizeof(beside), "%s.%ld", cached, (long)getpid());
	unlink(beside);
	TRY(store_open(&s, c, beside, STORE_NEW));
	status done = compile_into(c, path, s);
	store_close(s);
	if (done == STATUS_OK && rename(beside, cached) != 0)
		done = STATUS_IO;
	if (done != STATUS_OK)
		unlink(beside);
	return done;
}

static status
open_cached(store **out, context *c, const char *path)
{
	char cached[CACHE_PATH_BYTES];
	uint64_t sum = STORE_VERSION;

	TRY(cache_sum_file(&sum, c, path));
	if (!cache_path(cached, sum, ".sqlite"))
		return compile_in_memory(out, c, path);
	if (access(cached, R_OK) == 0 && store_open(out, c, cached, STORE_READ) == STATUS_OK)
		return STATUS_OK;
	status done = compile_to_cache(c, path, cached);
	if (done == STATUS_OK)
		return store_open(out, c, cached, STORE_READ);
	/* A full disk or a cache of another user must not stand in the way. */
	return done == STATUS_IO ? compile_in_memory(out, c, path) : done;
}

status
compile_open(store **out, context *c, const char *path)
{
	bool is;

	*out = NULL;
	TRY(compile_is_store(c, path, &is));
	return is ? store_open(out, c, path, STORE_READ) : open_cached(out, c, path);
}
