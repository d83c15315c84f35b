/* paraph term list: concepts, or the terms found for a question, one a line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/output.h"
#include "apps/cli/terms.h"

#define FOUND_MOST 50

typedef struct lister {
	const settings *s;
	output *out;
	paraph_termbase *termbase;
	bool tsv;
	size_t n; /* found */
} lister;

static void
put(const lister *l, const char *s)
{
	output_write(l->out, s, strlen(s));
}

static void
put_text(const lister *l, paraph_text t)
{
	output_write(l->out, t.p, t.n);
}

static paraph_status
put_hit(void *user, const paraph_hit *hit)
{
	lister *l = user;
	const char *between = l->tsv ? "\t" : "  ";
	paraph_text status = { hit->status, strlen(hit->status) };

	put_text(l, hit->concept);
	put(l, between);
	put_text(l, hit->language);
	put(l, between);
	put_text(l, hit->term);
	if (l->tsv || strcmp(hit->status, "preferred") != 0) {
		put(l, l->tsv ? "\t" : "  (");
		put(l, l->tsv ? hit->status : term_status_word(l->s, status));
		put(l, l->tsv ? "" : ")");
	}
	put(l, "\n");
	l->n++;
	return PARAPH_OK;
}

static int
trouble(const lister *l)
{
	return complain(l->s, "%s", "%s", paraph_termbase_message(l->termbase));
}

static int
list_found(lister *l)
{
	if (l->tsv)
		put(l, "concept\tlanguage\tterm\tstatus\n");
	for (size_t i = 0; i < l->s->paths.n; i++) {
		paraph_text question = { l->s->paths.at[i], strlen(l->s->paths.at[i]) };
		if (paraph_termbase_search(l->termbase, question, FOUND_MOST, put_hit, l) !=
			PARAPH_OK)
			return trouble(l);
	}
	return l->n == 0 ? EXIT_FINDINGS : EXIT_CLEAN;
}

/* The preferred term of a language, or its first. */
static paraph_text
name_in(const facts *f, const char *language)
{
	paraph_text first = { "", 0 };

	for (size_t i = 0; i < f->n; i++) {
		const paraph_fact *x = &f->at[i];
		if (!text_is(x->category, "term") || !text_is(x->language, language))
			continue;
		if (first.n == 0)
			first = x->value;
		paraph_text status =
			facts_value(f, x->language, x->term, "administrativeStatus");
		if (status.n == 0 || strncmp(status.p, "preferred", 9) == 0)
			return x->value;
	}
	return first;
}

static int
list_concepts(lister *l)
{
	facts f = { 0 };
	ids all;
	int status = EXIT_CLEAN;

	if (ids_read(&all, l->termbase) != PARAPH_OK)
		status = trouble(l);
	if (l->tsv)
		put(l, "concept\ten\tfr\n");
	for (size_t i = 0; i < all.n && status == EXIT_CLEAN; i++) {
		paraph_text id = { all.at[i], strlen(all.at[i]) };
		if (facts_read(&f, l->termbase, id) != PARAPH_OK) {
			status = trouble(l);
			break;
		}
		put_text(l, id);
		put(l, l->tsv ? "\t" : "  ");
		put_text(l, name_in(&f, "en"));
		put(l, l->tsv ? "\t" : " | ");
		put_text(l, name_in(&f, "fr"));
		put(l, "\n");
	}
	ids_free(&all);
	facts_free(&f);
	return status;
}

static int
term_list(const settings *s)
{
	output out;
	lister l = { .s = s, .out = &out };

	l.tsv = s->format != NULL && strcmp(s->format, "tsv") == 0;
	if (s->format != NULL && !l.tsv && strcmp(s->format, "text") != 0)
		return complain(s, "--format: “%s” is not one of its values: text, tsv",
			"--format\u00A0: «\u00A0%s\u00A0» n’est pas une de ses valeurs\u00A0: "
			"text, tsv",
			s->format);
	int status = open_terms(s, &l.termbase);
	if (status != EXIT_CLEAN)
		return status;
	status = output_open(&out, s, NULL);
	if (status == EXIT_CLEAN) {
		status = s->paths.n == 0 ? list_concepts(&l) : list_found(&l);
		if (output_close(&out, s) != EXIT_CLEAN)
			status = EXIT_TROUBLE;
	}
	paraph_termbase_close(l.termbase);
	return status;
}

const command command_term_list = {
	.name = "term list",
	.bit = IN_TERM_LIST,
	.arguments_en = "[OPTION…] [QUESTION…]",
	.arguments_fr = "[OPTION…] [QUESTION…]",
	.summary_en = "list concepts, or the terms like a question",
	.summary_fr = "lister les notions, ou les termes qui ressemblent à une question",
	.help_en = "Lists the concepts of the termbases with their names, one a line; with\n"
		   "questions, the terms that are like them, the best first (exit status 1 "
		   "when\n"
		   "there are none).",
	.help_fr =
		"Dresse la liste des notions avec leurs noms, une par ligne\u00A0; avec des\n"
		"questions, celle des termes qui leur ressemblent, les meilleurs d’abord "
		"(état\n"
		"de sortie 1 s’il n’y en a pas).",
	.run = term_list,
};
