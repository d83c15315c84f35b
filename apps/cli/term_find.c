/* paraph term find: the concepts met in a document, with their place, status and term in the
 * other language. --format tsv gives one row a term with all that is known. */
#include <stdio.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/each.h"

typedef struct listing {
	const settings *s;
	paraph_text path;
	bool columns; /* tab-separated, for programs */
} listing;

/* On one line: a term can run over several. */
static void
put(paraph_text t)
{
	bool blank = false;

	for (size_t i = 0; i < t.n; i++) {
		bool space =
			t.p[i] == ' ' || t.p[i] == '\t' || t.p[i] == '\n' || t.p[i] == '\r';
		if (!space || !blank)
			putchar(space ? ' ' : t.p[i]);
		blank = space;
	}
}

static void
put_with_acronym(paraph_text term, paraph_text acronym)
{
	put(term);
	if (acronym.n == 0)
		return;
	fputs(term.n == 0 ? "" : " (", stdout);
	put(acronym);
	fputs(term.n == 0 ? "" : ")", stdout);
}

static const char *
status_label(const settings *s, paraph_text status)
{
	static const char *const labels[][2] = { { "preferred", "privilégié" },
		{ "admitted", "admis" }, { "deprecated", "déconseillé" },
		{ "superseded", "remplacé" } };

	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (strlen(labels[i][0]) == status.n &&
			memcmp(labels[i][0], status.p, status.n) == 0)
			return say(s, labels[i][0], labels[i][1]);
	return "?";
}

static paraph_status
put_line(const listing *l, const paraph_term *t)
{
	put(l->path);
	printf(":%u:%u: ", t->line, t->column);
	put(t->text);
	printf(" [%s]", status_label(l->s, t->status));
	if (t->other.n != 0 || t->other_acronym.n != 0) {
		fputs(" \u2192 ", stdout);
		put_with_acronym(t->other, t->other_acronym);
	}
	putchar('\n');
	return PARAPH_OK;
}

static paraph_status
put_columns(const listing *l, const paraph_term *t)
{
	paraph_text cells[] = { t->text, t->term, t->status, t->acronym, t->other,
		t->other_acronym, t->concept };

	put(l->path);
	printf("\t%u\t%u\t%zu\t%zu", t->line, t->column, t->start, t->end);
	for (size_t i = 0; i < sizeof(cells) / sizeof(*cells); i++) {
		putchar('\t');
		put(cells[i]);
	}
	putchar('\n');
	return PARAPH_OK;
}

static paraph_status
put_term(void *user, const paraph_term *t)
{
	const listing *l = user;

	return l->columns ? put_columns(l, t) : put_line(l, t);
}

static int
find(const settings *s, paraph_session *session, const paraph_result *r)
{
	listing l = { .s = s,
		.path = paraph_result_path(r),
		.columns = s->format != NULL && strcmp(s->format, "tsv") == 0 };

	if (paraph_result_terms(session, r, put_term, &l) != PARAPH_OK)
		return complain(s, "%s", "%s", paraph_session_message(session));
	return EXIT_CLEAN;
}

static int
term_find(const settings *s)
{
	if (s->format != NULL && strcmp(s->format, "text") != 0 &&
		strcmp(s->format, "tsv") != 0)
		return complain(s, "--format: “%s” is not one of its values: text, tsv",
			"--format : « %s » n’est pas une de ses valeurs : text, tsv",
			s->format);
	if (s->format != NULL && strcmp(s->format, "tsv") == 0)
		puts("path\tline\tcolumn\tstart\tend\ttext\tterm\tstatus\tacronym\tother\t"
		     "other_acronym\tconcept");
	return each_file(s, find);
}

const command command_term_find = {
	.name = "term find",
	.bit = IN_TERM_FIND,
	.arguments_en = "[OPTION…] FILE…",
	.arguments_fr = "[OPTION…] FICHIER…",
	.summary_en = "list the terms met in documents",
	.summary_fr = "dresser la liste des termes rencontrés dans les documents",
	.help_en = "Lists the terms of the glossaries met in the documents, with their place, "
		   "their\n"
		   "status and the term in the other language (--format tsv for a table).",
	.help_fr =
		"Dresse la liste des termes des glossaires rencontrés dans les documents, avec "
		"leur\n"
		"place, leur statut et le terme dans l’autre langue (--format tsv : tableau).",
	.run = term_find,
};
