/* The terms of a document, in order: what `paraph term find` shows. */
#include "engine/engine.h"

#include "document/original.h"
#include "termbase/match.h"
#include "termbase/surface.h"
#include "text/utf8.h"

typedef struct search {
	paraph_session *session;
	const paraph_result *result;
	file_places places;
	term_matches matches;
	paraph_status (*found)(void *user, const paraph_term *term);
	status (*met)(void *user, span text, slice concept); /* asked instead, when not NULL */
	void *user;
} search;

static paraph_text
preferred(const termbase *t, term_ref of, language l, uint8_t flags)
{
	term_ref ref;

	if (!termbase_preferred(t, of, l, flags, &ref))
		return (paraph_text){ 0 };
	return engine_text(termbase_term(t, ref).text);
}

/* --- what is not sure --- */

static bool
has_capital(slice s)
{
	size_t i = 0;

	return s.n > 0 && utf8_is_upper(utf8_next(s, &i));
}

static slice
token_text(const search *x, size_t i)
{
	const token *t = &x->session->check.tokens.at[i];

	return slice_sub(x->result->document.text, t->start, t->start + t->length);
}

static bool
is_title_word(const search *x, size_t i)
{
	const token *t = &x->session->check.tokens.at[i];

	return t->kind == TOKEN_WORD && has_capital(token_text(x, i));
}

/* A common noun with capitals, inside a sentence, is part of a name: Forum on Sustainable
 * Development. */
static bool
is_in_title(const search *x, const term_match *m, slice term)
{
	if (m->first == 0 || has_capital(term) || !is_title_word(x, m->first))
		return false;
	token_kind before = (token_kind)x->session->check.tokens.at[m->first - 1].kind;
	if (before != TOKEN_WORD && before != TOKEN_ELISION)
		return false;
	return (m->differences & DIFFERS_CAPITALS) == 0;
}

/* An English name that goes on: United Nations Register of Conventional Arms. */
static bool
goes_on(const search *x, const term_match *m, const term_view *term)
{
	const token *next = &x->session->check.tokens.at[m->last + 1];

	if (term->language != LANGUAGE_EN || !has_capital(term->text) || term->pieces < 2 ||
		(m->differences & DIFFERS_POSSESSIVE))
		return false;
	return next->gap == GAP_SPACE && is_title_word(x, m->last + 1);
}

/* A name in small letters: a general assembly of shareholders. */
static bool
is_lowered(const search *x, const term_match *m, slice term)
{
	return has_capital(term) && m->first == m->last
		       ? (m->differences & DIFFERS_CASE) != 0
		       : has_capital(term) && !has_capital(token_text(x, m->first));
}

static bool
is_uncertain(const search *x, const term_match *m)
{
	const termbase *t = x->session->with.terms;
	term_view term = termbase_term(t, m->term);
	slice subject = termbase_concept(t, m->term).subject;

	if (term.flags & TERM_CONTEXT)
		return true;
	if (term.flags & TERM_ACRONYM)
		return false;
	if (is_in_title(x, m, term.text) || is_lowered(x, m, term.text))
		return true;
	return !slice_equal(subject, SLICE("title")) && !slice_equal(subject, SLICE("State")) &&
	       goes_on(x, m, &term);
}

static status
tell(search *x, const term_match *m, language l)
{
	const termbase *t = x->session->with.terms;
	const document *d = &x->result->document;
	language other = l == LANGUAGE_FR ? LANGUAGE_EN : LANGUAGE_FR;
	if (x->met != NULL)
		return x->met(x->user, m->text, termbase_concept(t, m->term).id);
	span bytes = source_map_file(&d->map, m->text);
	position at;

	TRY(file_place_of(&x->places, bytes.start, &at));
	term_view term = termbase_term(t, m->term);
	paraph_term row = { .concept = engine_text(termbase_concept(t, m->term).id),
		.term = engine_text(term.text),
		.status = engine_text(slice_of(term_status_name(term.status))),
		.other = preferred(t, m->term, other, 0),
		.acronym = preferred(t, m->term, l, TERM_ACRONYM),
		.other_acronym = preferred(t, m->term, other, TERM_ACRONYM),
		.text = engine_text(slice_sub(d->text, m->text.start, m->text.end)),
		.start = bytes.start,
		.end = bytes.end,
		.line = at.line,
		.column = at.column,
		.uncertain = is_uncertain(x, m) };

	return (status)x->found(x->user, &row);
}

static status
search_block(search *x, const block *b)
{
	check *c = &x->session->check;
	const document *d = &x->result->document;
	language l = (language)b->language;

	if (l != LANGUAGE_FR && l != LANGUAGE_EN)
		return STATUS_OK;
	TRY(words_trim(&c->words, CHECK_WORDS_MOST));
	TRY(tokens_read(&c->tokens, &c->words, d->text, b->text, l));
	TRY(termbase_match(
		&x->matches, x->session->with.terms, &c->words, &c->tokens, d->text, l));
	for (size_t i = 0; i < x->matches.list.n; i++)
		TRY(tell(x, &x->matches.list.at[i], l));
	return STATUS_OK;
}

static status
search_all(search *x)
{
	const document *d = &x->result->document;
	const memory *m = &x->session->engine->memory;

	term_matches_init(&x->matches, m);
	file_places_init(&x->places, m, d);
	/* The project of the document names termbases too. */
	status s = engine_enter_project_of(x->session, d->path.p);
	for (size_t i = 0; i < d->block_count && s == STATUS_OK; i++)
		s = search_block(x, &d->blocks[i]);
	file_places_free(&x->places);
	term_matches_free(&x->matches);
	return s;
}

paraph_status
paraph_result_terms(paraph_session *session, const paraph_result *result,
	paraph_status (*found)(void *user, const paraph_term *term), void *user)
{
	search x = { .session = session, .result = result, .found = found, .user = user };

	session->context.message[0] = '\0';
	return engine_answer(session, search_all(&x));
}

status
engine_each_concept(paraph_session *session, const paraph_result *result,
	status (*met)(void *user, span text, slice concept), void *user)
{
	search x = { .session = session, .result = result, .met = met, .user = user };

	return search_all(&x);
}
