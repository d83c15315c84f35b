/* The card of a term: its names in both languages with what is said of them. */
#include <stdlib.h>
#include <string.h>

#include "apps/lsp/page.h"

#define FACTS_MOST 60

static bool
is(paraph_text t, const char *s)
{
	return t.n == strlen(s) && memcmp(t.p, s, t.n) == 0;
}

/* ---- which concept ---- */

typedef struct place {
	size_t at, size; /* the shortest term over the place */
	char *concept;
} place;

static paraph_status
look(void *user, const paraph_term *t)
{
	place *p = user;

	if (t->start > p->at || t->end <= p->at || t->uncertain)
		return PARAPH_OK;
	if (p->concept != NULL && t->end - t->start >= p->size)
		return PARAPH_OK;
	free(p->concept);
	p->concept = copy_bytes(t->concept.p, t->concept.n);
	p->size = t->end - t->start;
	return PARAPH_OK;
}

/* ---- the card ---- */

typedef struct card {
	page *page;
	const backend *backend;
	paraph_text language; /* of the last line */
	bool open;            /* a term's remarks stand behind it in brackets */
	size_t facts;
} card;

static const char *
status_word(const backend *b, paraph_text status)
{
	if (is(status, "deprecatedTerm-admn-sts") || is(status, "deprecated"))
		return backend_say(b, "deprecated", "à éviter");
	if (is(status, "supersededTerm-admn-sts") || is(status, "superseded"))
		return backend_say(b, "superseded", "remplacé");
	if (is(status, "admittedTerm-admn-sts") || is(status, "admitted"))
		return backend_say(b, "admitted", "admis");
	return NULL;
}

static void
put_term(card *c, const paraph_fact *f)
{
	if (c->language.n == f->language.n &&
		memcmp(c->language.p, f->language.p, f->language.n) == 0)
		page_put(c->page, " · ");
	else
		page_printf(c->page, "%s**%.*s** ", c->facts == 0 ? "" : "\n\n",
			(int)f->language.n, f->language.p);
	c->language = f->language;
	page_text(c->page, f->value);
}

static paraph_status
put_fact(void *user, const paraph_fact *f)
{
	card *c = user;

	if (c->facts >= FACTS_MOST)
		return PARAPH_OK;
	if (is(f->category, "term"))
		put_term(c, f);
	else if (is(f->category, "administrativeStatus") &&
		 status_word(c->backend, f->value) != NULL)
		page_printf(c->page, " (%s)", status_word(c->backend, f->value));
	else if (is(f->category, "definition") || is(f->category, "note")) {
		page_put(c->page, "\n\n");
		page_text(c->page, f->value);
	} else
		return PARAPH_OK;
	c->facts++;
	return PARAPH_OK;
}

void
hover_term(page *p, backend *b, const checked *d, size_t at)
{
	place where = { .at = at };

	if (paraph_result_terms(d->session, d->result, look, &where) != PARAPH_OK ||
		where.concept == NULL) {
		free(where.concept);
		return;
	}
	paraph_termbase *t = backend_terms(b, d->name);
	card c = { .page = p, .backend = b };
	if (t != NULL) {
		page_part(p);
		(void)!paraph_termbase_show(
			t, (paraph_text){ where.concept, strlen(where.concept) }, put_fact, &c);
	}
	free(where.concept);
}
