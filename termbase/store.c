/* Which engine has a store; its functions do the work. */
#include "termbase/store.h"

#include "termbase/engine.h"

static const store_engine *const engines[] = {
#define STORE_ENGINE(name) &store_engine_##name,
#include "termbase/engines.def"
#undef STORE_ENGINE
};

const store_engine *
store_engine_of(const char *path)
{
	size_t i = 0;

	while (i + 1 < sizeof(engines) / sizeof(*engines) && !engines[i]->takes(path))
		i++;
	return engines[i];
}

bool
store_is_shared(const char *path)
{
	return store_engine_of(path)->shared;
}

status
store_open(store **out, context *c, const char *path, store_mode mode)
{
	return store_engine_of(path)->open(out, c, path, mode);
}

void
store_close(store *s)
{
	if (s != NULL)
		s->engine->close(s);
}

status
store_begin(store *s)
{
	return s->engine->begin(s);
}

status
store_commit(store *s)
{
	return s->engine->commit(s);
}

void
store_rollback(store *s)
{
	s->engine->rollback(s);
}

status
store_begin_read(store *s)
{
	return s->engine->begin_read == NULL ? STATUS_OK : s->engine->begin_read(s);
}

void
store_end_read(store *s)
{
	if (s->engine->end_read != NULL)
		s->engine->end_read(s);
}

bool
store_contended(const store *s)
{
	return s->engine->contended != NULL && s->engine->contended(s);
}

status
store_verify(store *s)
{
	return s->engine->verify(s);
}

status
store_put(store *s, const entry *e, const store_change *by)
{
	return s->engine->put(s, e, by);
}

status
store_remove(store *s, slice id, const store_change *by, bool *found)
{
	return s->engine->remove(s, id, by, found);
}

status
store_get(store *s, slice id, entry *out, bool *found)
{
	return s->engine->get(s, id, out, found);
}

bool
store_is_far(const store *s)
{
	return s->engine->expect != NULL;
}

status
store_expect(store *s, const slice *ids, size_t n)
{
	return s->engine->expect == NULL ? STATUS_OK : s->engine->expect(s, ids, n);
}

status
store_each(store *s, status (*take)(void *user, const entry *e), void *user)
{
	return s->engine->each(s, take, user);
}

status
store_each_name(store *s, status (*take)(void *user, uint64_t key, slice id), void *user)
{
	return s->engine->each_name(s, take, user);
}

status
store_history(store *s, slice id, status (*take)(void *user, const store_event *e), void *user)
{
	return s->engine->history(s, id, take, user);
}

status
store_count(store *s, store_counts *out)
{
	return s->engine->count(s, out);
}

status
store_set_meta(store *s, const char *key, slice value)
{
	return s->engine->set_meta(s, key, value);
}

status
store_get_meta(store *s, const char *key, buffer *value)
{
	return s->engine->get_meta(s, key, value);
}

status
search_run(store *s, context *c, arena *a, slice question, size_t most, search_hit **hits,
	size_t *count)
{
	return s->engine->search(s, c, a, question, most, hits, count);
}

/* --- what engines share --- */

status
store_restore_item(entry *e, entry_owner owner, slice element, entry_item item)
{
	size_t most = owner.level == LEVEL_CONCEPT   ? 1
		      : owner.level == LEVEL_SECTION ? e->sections.n
						     : e->terms.n;

	if ((unsigned)owner.level > LEVEL_TERM || owner.index >= most ||
		!entry_element_of(element, &item.element))
		return STATUS_DAMAGED;
	if (item.group > e->groups)
		e->groups = item.group;
	return entry_add_item(e, owner, item);
}

/* --- names --- */

/* Of the first preferred name in a language; 0 for none. */
static uint64_t
name_key(const entry *e, language l)
{
	for (uint32_t i = 0; i < e->terms.n; i++) {
		slice tag = e->sections.at[e->terms.at[i].section].language;
		if (entry_language(tag) == l && entry_term_status(e, i) == TERM_PREFERRED)
			return slice_hash(e->terms.at[i].text);
	}
	return 0;
}

uint64_t
store_names_key(const entry *e)
{
	uint64_t en = name_key(e, LANGUAGE_EN), fr = name_key(e, LANGUAGE_FR);

	if (en == 0 || fr == 0 || e->retired)
		return 0;
	uint64_t h = en * 0x9E3779B97F4A7C15u ^ fr;
	return h == 0 ? 1 : h;
}

typedef struct namer {
	status (*take)(void *user, uint64_t key, slice id);
	void *user;
} namer;

static status
take_name(void *user, const entry *e)
{
	const namer *n = user;
	uint64_t key = store_names_key(e);

	return key == 0 ? STATUS_OK : n->take(n->user, key, e->id);
}

status
store_each_name_read(store *s, status (*take)(void *user, uint64_t key, slice id), void *user)
{
	namer n = { take, user };

	return store_each(s, take_name, &n);
}

typedef struct namesake { /* the search for a concept by its names */
	uint64_t key;
	buffer *id;
} namesake;

static status
compare_names(void *user, uint64_t key, slice id)
{
	const namesake *n = user;

	if (n->id->n == 0 && key == n->key)
		buffer_put(n->id, id);
	return n->id->status;
}

status
store_find_named(store *s, uint64_t key, buffer *id)
{
	namesake n = { key, id };

	buffer_clear(id);
	return s->engine->find_named != NULL ? s->engine->find_named(s, key, id)
					     : store_each_name(s, compare_names, &n);
}
