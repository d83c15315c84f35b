/* The functions of tm/store.h: handed on to the engine of the store. */
#include "tm/engine.h"

static const tm_engine *const engines[] = {
#define TM_ENGINE(name) &tm_engine_##name,
#include "tm/engines.def"
#undef TM_ENGINE
};

status
tm_store_open(tm_store **out, context *c, const char *path, tm_store_mode mode)
{
	const tm_engine *const *e = engines;

	while (!(*e)->takes(path))
		e++;
	return (*e)->open(out, c, path, mode);
}

void
tm_store_close(tm_store *s)
{
	if (s != NULL)
		s->engine->close(s);
}

const char *
tm_store_path(const tm_store *s)
{
	return s->path;
}

const char *
tm_store_missing(const tm_store *s)
{
	return s->engine->missing == NULL ? NULL : s->engine->missing(s);
}

status
tm_store_index_damaged(tm_store *s)
{
	return context_fail(s->context, STATUS_DAMAGED,
		"%s: the index is damaged; \"paraph tm repair\" makes it anew",
		"%s\u00A0: l’index est abîmé\u00A0; «\u00A0paraph tm repair\u00A0» le refait",
		s->path);
}

status
tm_store_init_common(tm_store *s, const tm_engine *engine, context *c)
{
	s->engine = engine;
	s->context = c;
	buffer_init(&s->chunk, c->memory, c->limits.output);
	buffer_init(&s->text, c->memory, c->limits.output);
	TRY(tm_pieces_open(&s->pieces, c->memory));
	return posting_sorter_open(&s->lists, c);
}

void
tm_store_free_common(tm_store *s)
{
	const memory *m = s->context->memory;

	tm_pieces_close(s->pieces);
	tm_ordered_free(&s->ordered, m);
	memory_free(m, s->ranks);
	posting_sorter_close(s->lists);
	ARRAY_FREE(m, &s->list_keys);
	buffer_free(&s->chunk);
	buffer_free(&s->text);
}

static status
let_pass(void *user, uint32_t id, const tm_unit *u)
{
	(void)user;
	(void)id;
	(void)u;
	return STATUS_OK;
}

status
tm_read_all(tm_store *s)
{
	return s->engine->each(s, NULL, let_pass, NULL);
}

/* --- handed on --- */

status
tm_store_begin(tm_store *s)
{
	return s->engine->begin(s);
}

status
tm_store_commit(tm_store *s)
{
	return s->engine->commit(s);
}

status
tm_store_commit_part(tm_store *s)
{
	return s->engine->commit_part(s);
}

void
tm_store_rollback(tm_store *s)
{
	s->engine->rollback(s);
}

status
tm_store_begin_read(tm_store *s)
{
	return s->engine->begin_read(s);
}

void
tm_store_end_read(tm_store *s)
{
	s->engine->end_read(s);
}

status
tm_store_add(tm_store *s, const tm_unit *u, bool *added)
{
	return s->engine->add(s, u, added);
}

status
tm_store_get(tm_store *s, uint32_t id, tm_unit *out, bool *found)
{
	return s->engine->get(s, id, out, found);
}

status
tm_store_remove(tm_store *s, uint32_t id, bool *found)
{
	return s->engine->remove(s, id, found);
}

status
tm_store_each(tm_store *s, uint64_t *lost,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user)
{
	return s->engine->each(s, lost, take, user);
}

status
tm_store_each_after(tm_store *s, uint32_t after,
	status (*take)(void *user, uint32_t id, const tm_unit *u), void *user)
{
	return s->engine->each_after(s, after, take, user);
}

status
tm_store_settled(tm_store *s, uint32_t *last, bool *settled)
{
	return s->engine->settled(s, last, settled);
}

status
tm_store_present(tm_store *s, const uint32_t *ids, size_t n, bool *there)
{
	return s->engine->present(s, ids, n, there);
}

status
tm_store_last(tm_store *s, uint32_t *id)
{
	return s->engine->last(s, id);
}

status
tm_store_count(tm_store *s, tm_store_counts *out)
{
	return s->engine->count(s, out);
}

status
tm_store_pairs(tm_store *s,
	status (*take)(void *user, slice source, slice target, uint64_t units), void *user)
{
	return s->engine->pairs(s, take, user);
}

status
tm_store_usual_pairs(tm_store *s,
	status (*take)(void *user, slice source, slice target, uint64_t units), void *user)
{
	return s->engine->usual_pairs(s, take, user);
}

status
tm_store_set_meta(tm_store *s, const char *key, slice value)
{
	return s->engine->set_meta(s, key, value);
}

status
tm_store_get_meta(tm_store *s, const char *key, buffer *value)
{
	return s->engine->get_meta(s, key, value);
}

uint64_t
tm_store_withdrawn(tm_store *s)
{
	return s->engine->withdrawn == NULL ? 0 : s->engine->withdrawn(s);
}

status
tm_store_sweep(tm_store *s)
{
	return s->engine->sweep(s);
}

status
tm_store_reindex(tm_store *s)
{
	return s->engine->reindex(s);
}

status
tm_store_tune(tm_store *s)
{
	return s->engine->tune(s);
}

status
tm_store_verify(tm_store *s, bool *index_only)
{
	return s->engine->verify(s, index_only);
}

status
tm_store_near_lists(tm_store *s, uint64_t word, unsigned first, unsigned last,
	tm_take_chunk *take, void *user)
{
	return s->engine->near_lists(s, word, first, last, take, user);
}

status
tm_store_word_list(tm_store *s, uint64_t word_key, slice tag, unsigned side,
	tm_take_chunk *take, void *user)
{
	return s->engine->word_list(s, word_key, tag, side, take, user);
}

status
tm_store_digest(tm_store *s, uint32_t id, const unsigned char **pieces, size_t *n)
{
	return s->engine->digest(s, id, pieces, n);
}

status
tm_store_of_shape(
	tm_store *s, uint64_t shape, slice text, tm_relative *units, size_t most, size_t *n)
{
	return s->engine->of_shape(s, shape, text, units, most, n);
}

status
tm_store_of_text(
	tm_store *s, uint64_t shape, slice text, tm_relative *units, size_t most, size_t *n)
{
	*n = 0;
	return s->engine->of_text == NULL ? STATUS_OK
					  : s->engine->of_text(s, shape, text, units, most, n);
}

status
tm_store_texts(
	tm_store *s, uint32_t id, slice *source, slice *target, uint64_t *pair, bool *found)
{
	return s->engine->texts(s, id, source, target, pair, found);
}

bool
tm_store_texts_are_all(const tm_store *s)
{
	return s->engine->texts_are_all(s);
}

bool
tm_store_is_far(const tm_store *s)
{
	return s->engine->expect_units != NULL;
}

status
tm_store_expect_near(tm_store *s, const uint64_t *words, size_t n, unsigned first,
	const unsigned *last, bool *stale)
{
	*stale = false;
	return tm_store_is_far(s) ? s->engine->expect_near(s, words, n, first, last, stale)
				  : STATUS_OK;
}

status
tm_store_expect_words(
	tm_store *s, const uint64_t *word_keys, size_t n, slice tag, unsigned side, size_t most)
{
	return tm_store_is_far(s) ? s->engine->expect_words(s, word_keys, n, tag, side, most)
				  : STATUS_OK;
}

status
tm_store_expect_digests(tm_store *s, const uint32_t *ids, size_t n)
{
	return tm_store_is_far(s) ? s->engine->expect_digests(s, ids, n) : STATUS_OK;
}

status
tm_store_expect_units(tm_store *s, const uint32_t *ids, size_t n)
{
	return tm_store_is_far(s) ? s->engine->expect_units(s, ids, n) : STATUS_OK;
}
