#include "engine/engine.h"
#include "engine/project.h"
#include "engine/recall.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/postgres.h"
#include "base/system.h"
#include "termbase/cache.h"
#include "termbase/compile.h"
#include "termbase/overlay.h"
#include "termbase/store.h"

_Static_assert(
	(int)PARAPH_CANCELLED == (int)STATUS_CANCELLED, "the two lists of codes are one");
_Static_assert((int)PARAPH_ERROR == (int)SEVERITY_ERROR, "the two lists of levels are one");
_Static_assert((int)PARAPH_FIX_SAFE == (int)FIX_SAFE, "the two lists of fixes are one");
_Static_assert((int)PARAPH_LANGUAGE_EN == (int)LANGUAGE_EN, "the languages are the same");

#define SUGGESTIONS_DEFAULT 50
#define PATH_BYTES 4112

language
engine_ui(paraph_language ui)
{
	return ui == PARAPH_LANGUAGE_FR ? LANGUAGE_FR : LANGUAGE_EN;
}

paraph_text
engine_text(slice s)
{
	return (paraph_text){ s.p, s.n };
}

void
engine_explain(const context *c, status s, char *message, size_t message_size)
{
	const char *said = c->message;

	if (message == NULL)
		return;
	if (said[0] == '\0')
		said = s != STATUS_MEMORY     ? status_name(s)
		       : c->ui == LANGUAGE_FR ? "plus assez de mémoire"
					      : "out of memory";
	snprintf(message, message_size, "%s", said);
}

status
engine_open_lexicons(lexicon *out[LANGUAGES], context *c, const char *folder)
{
	for (int i = 0; i < LANGUAGES; i++)
		TRY(lexicon_open(&out[i], c, (language)(LANGUAGE_FR + i), folder));
	return STATUS_OK;
}

status
engine_open_termbase(termbase **out, context *c, const engine_choice *choice,
	const char *const *paths, size_t count)
{
	char index[PATH_BYTES], path[PATH_BYTES];
	bool builtin = !choice->no_builtin;

	snprintf(index, sizeof(index), "%s/terms.index", choice->data);
	snprintf(path, sizeof(path), "%s/termbase.sqlite", choice->data);
	TRY(termbase_open(out, c, builtin ? index : NULL));
	status s = overlay_add(*out, c, builtin ? path : NULL, paths, count);
	if (s == STATUS_OK)
		return s;
	termbase_close(*out);
	*out = NULL;
	return s;
}

status
engine_sum_base(uint64_t *sum, context *c, const char *path)
{
	bool is_store;

	cache_sum(sum, slice_hash(slice_of(path)));
	if (store_is_shared(path))
		return STATUS_OK;
	TRY(compile_is_store(c, path, &is_store));
	return is_store ? cache_sum_store(sum, c, path) : cache_sum_file(sum, c, path);
}

void
engine_sum_indexes(uint64_t *sum, const termbase *t)
{
	for (size_t i = 0; t != NULL && i < t->count; i++)
		cache_sum(sum, index_mark(&t->indexes[i]));
}

/* Others add units to a shared memory at every moment: what it said is not kept. */
status
engine_sum_memory(uint64_t *sum, context *c, const char *path)
{
	struct timespec now;

	if (!postgres_is_url(path))
		return engine_sum_base(sum, c, path);
	clock_gettime(CLOCK_REALTIME, &now);
	cache_sum(sum, (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec);
	return STATUS_OK;
}

static status
open_termbase(paraph_engine *e)
{
	const char *const *paths = e->choice.termbases;
	size_t n = 0;

	while (paths[n] != NULL && !e->choice.only_settings)
		n++;
	TRY(engine_open_termbase(&e->termbase, &e->context, &e->choice, paths, n));
	engine_wire(e);
	return STATUS_OK;
}

static status
read_words(paraph_engine *e, const char *const *paths)
{
	for (; paths != NULL && *paths != NULL; paths++)
		TRY(wordlist_read(&e->words, &e->context, *paths));
	return STATUS_OK;
}

/* Sessions open the memories; here it is found out whether they can be. Settings may allow what
 * the options do not: then it is the sessions that insist. */
static status
try_memories(paraph_engine *e)
{
	tm_usage *memories;

	const engine_choice *c = &e->choice;

	if (c->memories[0] == NULL || c->only_settings)
		return STATUS_OK;
	TRY(tm_usage_open(&memories, &e->context, c->memories,
		c->allow_incomplete || c->find_settings || c->settings != NULL));
	tm_usage_close(memories);
	return STATUS_OK;
}

static status
begin_cache(paraph_engine *e, const paraph_options *options)
{
	slice copy;

	if (options->cache_folder == NULL)
		return STATUS_OK;
	TRY(arena_copy(&e->keep, slice_of(options->cache_folder), &copy));
	e->cache = copy.p;
	e->cache_limit = options->cache_bytes;
	e->context.seen = &e->sum;
	return STATUS_OK;
}

static status
open_parts(paraph_engine *e, const paraph_options *options)
{
	char folder[4096];

	TRY(begin_cache(e, options));
	TRY(engine_data_folder(&e->context, options->data_folder, folder, sizeof(folder)));
	if (options->input_format != NULL) {
		TRY(arena_copy(
			&e->keep, slice_of(options->input_format), &e->reading.format_name));
		TRY(document_check_format(&e->context, e->reading.format_name));
	}
	TRY(engine_read_profiles(e, options, folder));
	TRY(read_words(e, options->words));
	TRY(engine_open_lexicons(e->with.lexicons, &e->context, folder));
	memcpy(e->reading.lexicons, e->with.lexicons, sizeof(e->reading.lexicons));
	TRY(joins_open(&e->joins, &e->context, folder));
	TRY(try_memories(e));
	TRY(open_termbase(e));
	return e->cache == NULL ? STATUS_OK : recall_sum(e, options);
}

memory
engine_memory(paraph_memory m)
{
	if (m.alloc == NULL || m.free == NULL)
		return memory_libc;
	return (memory){ m.alloc, m.free, m.user };
}

static paraph_engine *
new_engine(const paraph_options *options)
{
	memory m = engine_memory(options->memory);
	paraph_engine *e = memory_alloc(&m, sizeof(*e));

	if (e == NULL)
		return NULL;
	*e = (paraph_engine){ .memory = m };
	context_init(&e->context, &e->memory);
	arena_init(&e->keep, &e->memory);
	pthread_mutex_init(&e->lock, NULL);
	wordlist_init(&e->words, &e->memory);
	e->context.ui = engine_ui(options->ui);
	e->reading.forced = (language)options->language;
	if (engine_find_pdf_helper(e->pdf_helper, sizeof(e->pdf_helper)))
		e->reading.pdf_helper = e->pdf_helper;
	e->suggestions = options->suggestions == 0 ? SUGGESTIONS_DEFAULT : options->suggestions;
	return e;
}

paraph_status
paraph_engine_open(
	paraph_engine **out, const paraph_options *options, char *message, size_t message_size)
{
	static const paraph_options defaults = { 0 };
	context nowhere = { .ui = LANGUAGE_EN };

	if (options == NULL)
		options = &defaults;
	*out = NULL;
	nowhere.ui = engine_ui(options->ui);
	paraph_engine *e = new_engine(options);
	if (e == NULL) {
		engine_explain(&nowhere, STATUS_MEMORY, message, message_size);
		return PARAPH_MEMORY;
	}
	status s = open_parts(e, options);
	e->context.seen = NULL;
	if (s != STATUS_OK) {
		engine_explain(&e->context, s, message, message_size);
		paraph_engine_close(e);
		return (paraph_status)s;
	}
	*out = e;
	return PARAPH_OK;
}

void
paraph_engine_close(paraph_engine *e)
{
	if (e == NULL)
		return;
	recall_trim(e);
	for (int i = 0; i < LANGUAGES; i++)
		lexicon_close(e->with.lexicons[i]);
	termbase_close(e->termbase);
	memory m = e->memory;
	joins_close(e->joins, &m);
	wordlist_free(&e->words);
	custom_free(&e->custom);
	project_close(e->projects);
	pthread_mutex_destroy(&e->lock);
	arena_free(&e->keep);
	memory_free(&m, e);
}

bool
paraph_system_is_passing(int error)
{
	return system_is_passing(error);
}

const char *
paraph_system_message(int error, paraph_language ui)
{
	return system_message(engine_ui(ui), error);
}

static status
verify_terms(const paraph_engine *e, context *c)
{
	char path[PATH_BYTES];
	store *s;

	if (e->choice.no_builtin)
		return STATUS_OK;
	snprintf(path, sizeof(path), "%s/terms.index", e->choice.data);
	TRY(termbase_verify(e->termbase, c, path));
	snprintf(path, sizeof(path), "%s/termbase.sqlite", e->choice.data);
	TRY(store_open(&s, c, path, STORE_READ));
	status done = store_verify(s);
	store_close(s);
	return done;
}

paraph_status
paraph_engine_verify(const paraph_engine *engine, char *message, size_t message_size)
{
	status s = STATUS_OK;
	context c;

	context_init(&c, &engine->memory);
	c.ui = engine->context.ui;

	for (size_t i = 0; i < LANGUAGES && s == STATUS_OK; i++)
		if (engine->with.lexicons[i] != NULL)
			s = lexicon_verify(engine->with.lexicons[i], &c);
	if (s == STATUS_OK)
		s = verify_terms(engine, &c);
	if (s != STATUS_OK)
		engine_explain(&c, s, message, message_size);
	return (paraph_status)s;
}

paraph_status
paraph_settings_find(const char *path, char *out, size_t size)
{
	return settings_nearest(path, out, size) ? PARAPH_OK : PARAPH_NOT_FOUND;
}

paraph_status
paraph_pdf_helper(char *out, size_t size)
{
	return engine_find_pdf_helper(out, size) ? PARAPH_OK : PARAPH_NOT_FOUND;
}
