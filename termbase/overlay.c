#include "termbase/overlay.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "termbase/cache.h"
#include "termbase/compile.h"
#include "termbase/layers.h"

#define INDEX_CEILING ((size_t)1 << 30)
#define OVERLAY_VERSION 1 /* of how layers become an index */

/* --- compiling --- */

typedef struct overlay {
	glossary glossary;
	const term_index *base; /* NULL: none */
	uint32_t *by_id; /* the concepts of base, counted from 1, in a hash table; 0: empty */
	uint32_t mask;
} overlay;

static status
number_concepts(overlay *o)
{
	uint32_t size = 16;

	if (o->base == NULL)
		return STATUS_OK;
	while (size < 2 * o->base->concept_count)
		size *= 2;
	o->by_id = ARENA_ARRAY(&o->glossary.text, uint32_t, size);
	o->mask = size - 1;
	if (o->by_id == NULL)
		return STATUS_MEMORY;
	for (uint32_t i = 0; i < o->base->concept_count; i++) {
		slice id = index_string(o->base, o->base->concepts[i].id);
		uint32_t at = (uint32_t)slice_hash(id) & o->mask;
		while (o->by_id[at] != 0)
			at = (at + 1) & o->mask;
		o->by_id[at] = i + 1;
	}
	return STATUS_OK;
}

static status
hide(overlay *o, slice id)
{
	glossary *g = &o->glossary;

	if (o->base == NULL)
		return STATUS_OK;
	uint32_t at = (uint32_t)slice_hash(id) & o->mask;
	for (; o->by_id[at] != 0; at = (at + 1) & o->mask) {
		uint32_t concept = o->by_id[at] - 1;
		if (!slice_equal(index_string(o->base, o->base->concepts[concept].id), id))
			continue;
		TRY(ARRAY_RESERVE(g->memory, &g->hidden, 1));
		g->hidden.at[g->hidden.n++] = concept;
		break;
	}
	return STATUS_OK;
}

static status
take(void *user, const layered *x)
{
	overlay *o = user;

	TRY(hide(o, x->entry.id));
	return x->retired ? STATUS_OK : glossary_add(&o->glossary, &x->entry);
}

static status
add_layers(layers *l, const char *builtin, const char *const *paths, size_t count)
{
	if (builtin != NULL)
		TRY(layers_add(l, builtin, "paraph"));
	for (size_t i = 0; i < count; i++)
		TRY(layers_add(l, paths[i], NULL));
	return STATUS_OK;
}

static status
gather(overlay *o, context *c, const char *builtin, const char *const *paths, size_t count)
{
	layers l;

	TRY(number_concepts(o));
	layers_init(&l, c);
	status s = add_layers(&l, builtin, paths, count);
	if (s == STATUS_OK)
		s = layers_each_from(&l, builtin != NULL, take, o);
	layers_free(&l);
	return s;
}

static status
build(buffer *out, context *c, const termbase *t, const char *builtin, const char *const *paths,
	size_t count)
{
	overlay o = { .base = t->count == 0 ? NULL : &t->indexes[0] };

	glossary_init(&o.glossary, c->memory);
	o.glossary.lenient = true;
	o.glossary.base = o.base == NULL ? 0 : index_mark(o.base);
	status s = gather(&o, c, builtin, paths, count);
	if (s == STATUS_OK)
		s = index_build(out, c, &o.glossary);
	glossary_free(&o.glossary);
	return s;
}

/* --- the cache --- */

static status
sum_layers(uint64_t *sum, const termbase *t, context *c, const char *const *paths, size_t count)
{
	*sum = OVERLAY_VERSION;
	cache_sum(sum, INDEX_VERSION);
	cache_sum(sum, t->count == 0 ? 0 : index_mark(&t->indexes[0]));
	for (size_t i = 0; i < count; i++) {
		bool is_store;
		cache_sum(sum, i);
		TRY(compile_is_store(c, paths[i], &is_store));
		TRY(is_store ? cache_sum_store(sum, c, paths[i])
			     : cache_sum_file(sum, c, paths[i]));
	}
	return STATUS_OK;
}

/* Written beside its place and renamed. A cache that cannot be written to does no harm. */
static void
keep(const char *path, slice bytes)
{
	char beside[CACHE_PATH_BYTES + 32];

	snprintf(beside, sizeof(beside), "%s.%ld", path, (long)getpid());
	FILE *f = fopen(beside, "wb");
	if (f == NULL)
		return;
	bool written = fwrite(bytes.p, 1, bytes.n, f) == bytes.n;
	written = fclose(f) == 0 && written;
	if (!written || rename(beside, path) != 0)
		unlink(beside);
}

status
overlay_add(
	termbase *t, context *c, const char *builtin, const char *const *paths, size_t count)
{
	char cached[CACHE_PATH_BYTES] = "";
	uint64_t sum;
	buffer bytes;

	if (count == 0)
		return STATUS_OK;
	TRY(sum_layers(&sum, t, c, paths, count));
	bool has_cache = cache_path(cached, sum, ".index");
	if (has_cache && access(cached, R_OK) == 0 && termbase_map(t, c, cached) == STATUS_OK)
		return STATUS_OK;
	c->message[0] = '\0'; /* of a damaged file in the cache: it is made again */
	buffer_init(&bytes, c->memory, INDEX_CEILING);
	status s = build(&bytes, c, t, builtin, paths, count);
	if (s != STATUS_OK) {
		buffer_free(&bytes);
		return s;
	}
	if (has_cache)
		keep(cached, buffer_slice(&bytes));
	return termbase_take(t, c, paths[count - 1], &bytes);
}
