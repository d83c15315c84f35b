/* What is known of words beside the dictionaries: the user's lists, the termbase's words and
 * keys, the evidence of broken words. One pair of hooks stands for all. */
#include "engine/engine.h"

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
	s->with = s->engine->with;
	s->with.memories = s->memories;
	s->terms = s->engine->terms;
	s->with.vocabulary =
		(vocabulary){ .user = s, .knows = session_knows, .read = session_read };
}

/* Another project knows other words: what was learned of words is forgotten. */
status
engine_enter(paraph_session *s, const project *p)
{
	if (p == s->project)
		return STATUS_OK;
	s->project = p;
	s->with.terms = p != NULL && p->terms != NULL ? p->terms : s->engine->termbase;
	s->terms = termbase_vocabulary(s->with.terms);
	return words_trim(&s->check.words, 0);
}
