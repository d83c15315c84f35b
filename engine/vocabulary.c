/* What is known of words beside the dictionaries: the user's lists, the termbase's words and
 * keys, the evidence of broken words. One pair of hooks stands for all. */
#include <time.h>

#include "engine/engine.h"

#define ASKED_AGAIN 10 /* seconds */

static bool
knows(void *user, slice form, language l)
{
	const paraph_engine *e = user;

	return wordlist_has(&e->words, form) ||
	       (e->terms.knows != NULL && e->terms.knows(e->terms.user, form, l));
}

static void
read_word(void *user, words *table, uint32_t id, language l)
{
	const paraph_engine *e = user;

	if (e->terms.read != NULL)
		e->terms.read(e->terms.user, table, id, l);
	joins_read(table, id, l);
}

void
engine_wire(paraph_engine *e)
{
	e->terms = termbase_vocabulary(e->termbase);
	e->with.terms = e->termbase;
	e->with.joins = e->joins;
	e->with.words = &e->words;
	e->with.vocabulary = (vocabulary){ .user = e, .knows = knows, .read = read_word };
}

/* ---- of a session: the words of the project in hand too ---- */

static bool
session_knows(void *user, slice form, language l)
{
	const paraph_session *s = user;

	return (s->project != NULL && wordlist_has(&s->project->words, form)) ||
	       wordlist_has(&s->engine->words, form) || s->terms.knows(s->terms.user, form, l);
}

static void
session_read(void *user, words *table, uint32_t id, language l)
{
	const paraph_session *s = user;

	s->terms.read(s->terms.user, table, id, l);
	joins_read(table, id, l);
}

void
engine_wire_session(paraph_session *s)
{
	pthread_mutex_lock(&s->engine->lock); /* projects may be adding rules */
	s->with = s->engine->with;
	pthread_mutex_unlock(&s->engine->lock);
	s->with.memories = s->memories;
	s->terms = s->engine->terms;
	s->with.vocabulary =
		(vocabulary){ .user = s, .knows = session_knows, .read = session_read };
}

static int64_t
seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

/* Now and then it is seen whether a database that did not answer is there again. */
static bool
is_to_be_asked(const paraph_session *s)
{
	return s->memories != NULL && tm_usage_missing(s->memories) != NULL &&
	       seconds_now() - s->memories_opened >= ASKED_AGAIN;
}

/* Each session asks through stores of its own, opened with its first document. */
static status
enter_memories(paraph_session *s, const project *p)
{
	const char *const *paths =
		p != NULL && p->memories.n != 0 ? p->memories.at : s->engine->choice.memories;
	bool reachable =
		s->engine->choice.allow_incomplete || (p != NULL && p->allow_incomplete);

	if (paths == s->memory_paths && reachable == s->memories_reachable &&
		!is_to_be_asked(s))
		return STATUS_OK;
	tm_usage_close(s->memories);
	s->memories = s->with.memories = NULL;
	s->memory_paths = NULL;
	if (paths[0] != NULL)
		TRY(tm_usage_open(&s->memories, &s->context, paths, reachable));
	s->with.memories = s->memories;
	s->memory_paths = paths;
	s->memories_reachable = reachable;
	s->memories_opened = seconds_now();
	return STATUS_OK;
}

/* Rules of a project that nobody met before: the check is made anew, since it goes by their
 * list. */
static status
enter_rules(paraph_session *s)
{
	size_t before = s->with.rule_count;

	pthread_mutex_lock(&s->engine->lock);
	s->with.rule_count = s->engine->with.rule_count;
	pthread_mutex_unlock(&s->engine->lock);
	if (s->with.rule_count == before)
		return STATUS_OK;
	check_free(&s->check);
	return check_init(&s->check, &s->context, &s->with);
}

/* Another project knows other words: what was learned of words is forgotten. */
status
engine_enter(paraph_session *s, const project *p)
{
	TRY(enter_rules(s));
	TRY(enter_memories(s, p));
	if (p == s->project)
		return STATUS_OK;
	s->project = p;
	s->with.terms = p != NULL && p->terms != NULL ? p->terms : s->engine->termbase;
	s->terms = termbase_vocabulary(s->with.terms);
	return words_trim(&s->check.words, 0);
}

status
engine_enter_project_of(paraph_session *s, const char *path)
{
	document_settings settings;
	status found = project_find(s, path, &s->check.scratch, &settings);

	arena_reset(&s->check.scratch);
	return found == STATUS_OK ? engine_enter(s, settings.project) : found;
}
