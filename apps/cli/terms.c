#include "apps/cli/terms.h"

#include <stdlib.h>
#include <string.h>

#include "apps/cli/open.h"

int
open_terms(const settings *s, paraph_termbase **out)
{
	return open_terms_and(s, NULL, out);
}

int
open_terms_and(const settings *s, const char *last, paraph_termbase **out)
{
	char message[512] = "";
	const char **termbases = termbases_in_force(s);
	size_t n = 0;

	while (termbases != NULL && termbases[n] != NULL)
		n++;
	if (last != NULL) {
		termbases = allocate(termbases, n + 2, sizeof(*termbases));
		termbases[n] = last;
		termbases[n + 1] = NULL;
	}
	paraph_termbase_options options = { .data_folder = s->data,
		.ui = s->ui,
		.no_builtin = s->no_builtin,
		.settings = s->config,
		.find_settings = !s->no_config,
		.paths = termbases };

	paraph_status opened = paraph_termbase_open(out, &options, message, sizeof(message));
	free(termbases);
	if (opened == PARAPH_OK)
		return EXIT_CLEAN;
	return complain(s, "%s", "%s", message);
}

static paraph_status
add(void *user, const paraph_fact *fact)
{
	facts *f = user;

	if (f->n == f->capacity) {
		f->capacity = f->capacity == 0 ? 32 : 2 * f->capacity;
		f->at = allocate(f->at, f->capacity, sizeof(*f->at));
	}
	f->at[f->n++] = *fact;
	return PARAPH_OK;
}

paraph_status
facts_read(facts *f, paraph_termbase *t, paraph_text concept)
{
	f->n = 0;
	return paraph_termbase_show(t, concept, add, f);
}

const char *
facts_retired(const facts *f)
{
	return f->n != 0 && text_is(f->at[0].category, "x-retired") ? f->at[0].layer : NULL;
}

void
facts_free(facts *f)
{
	free(f->at);
}

static paraph_status
keep_id(void *user, paraph_text concept)
{
	ids *all = user;

	if (all->n == all->capacity) {
		all->capacity = all->capacity == 0 ? 1024 : 2 * all->capacity;
		all->at = allocate(all->at, all->capacity, sizeof(*all->at));
	}
	char *id = allocate(NULL, concept.n + 1, 1);
	memcpy(id, concept.p, concept.n);
	id[concept.n] = '\0';
	all->at[all->n++] = id;
	return PARAPH_OK;
}

paraph_status
ids_read(ids *all, paraph_termbase *t)
{
	*all = (ids){ 0 };
	return paraph_termbase_each(t, keep_id, all);
}

void
ids_free(ids *all)
{
	for (size_t i = 0; i < all->n; i++)
		free(all->at[i]);
	free(all->at);
}

bool
text_is(paraph_text t, const char *s)
{
	size_t n = strlen(s);

	return t.n == n && (n == 0 || memcmp(t.p, s, n) == 0);
}

bool
text_equal(paraph_text a, paraph_text b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

paraph_text
facts_value(const facts *f, paraph_text language, paraph_text term, const char *category)
{
	for (size_t i = 0; i < f->n; i++)
		if (text_is(f->at[i].category, category) &&
			text_equal(f->at[i].language, language) &&
			text_equal(f->at[i].term, term))
			return f->at[i].value;
	return (paraph_text){ "", 0 };
}

const char *
term_status_word(const settings *s, paraph_text status)
{
	static const char *const names[][2] = { { "preferred", "privilégié" },
		{ "admitted", "admis" }, { "deprecated", "déconseillé" },
		{ "superseded", "remplacé" } };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		size_t n = strlen(names[i][0]);
		if (status.n >= n && memcmp(status.p, names[i][0], n) == 0)
			return say(s, names[i][0], names[i][1]);
	}
	return say(s, names[0][0], names[0][1]);
}
