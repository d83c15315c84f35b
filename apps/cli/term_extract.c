/* paraph term extract: what a termbase could take from documents. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/inputs.h"
#include "apps/cli/json.h"
#include "apps/cli/open.h"
#include "apps/cli/output.h"
#include "apps/cli/progress.h"
#include "apps/cli/terms.h"

#define TOP_DEFAULT 100

typedef enum form { FORM_TEXT, FORM_TSV, FORM_JSON, FORMS } form;

static const char *const forms[FORMS] = { "text", "tsv", "json" };

typedef struct extraction {
	const settings *s;
	output *out;
	progress progress;
	form form;
	size_t top, told; /* of the kind in hand */
	const char *kind;
	bool any;
} extraction;

static void
put(const extraction *x, const char *s)
{
	output_write(x->out, s, strlen(s));
}

/* In a table or on a line for people: without tabs and line breaks. */
static void
put_text(const extraction *x, paraph_text t)
{
	for (size_t i = 0; i < t.n; i++)
		output_write(x->out, (unsigned char)t.p[i] < ' ' ? " " : &t.p[i], 1);
}

static void
put_cell(const extraction *x, bool wanted, paraph_text t)
{
	if (wanted)
		put_text(x, t);
	put(x, "\t");
}

/* The columns of docs/TERMBASE.md, so that the table can be imported when it was read over. */
static void
put_row(const extraction *x, const paraph_candidate *c)
{
	bool fr = strcmp(c->language, "fr") == 0;
	paraph_text en = fr ? c->translation : c->text;
	paraph_text en_acronym = fr ? c->translation_acronym : c->acronym;
	char numbers[128];

	put_cell(x, true, fr ? c->text : c->translation);
	put_cell(x, true, fr ? c->acronym : c->translation_acronym);
	put_cell(x, true, en);
	put_cell(x, true, en_acronym);
	put_cell(x, fr, c->context);
	put_cell(x, !fr, c->context);
	snprintf(numbers, sizeof(numbers), "%s\t%u\t%u\t%.1f\t%.2f\t", c->kind, c->count,
		c->documents, c->score, c->likeness);
	put(x, numbers);
	put_text(x, c->concept);
	put(x, "\n");
}

static void
put_member(const extraction *x, const char *key, paraph_text value)
{
	put(x, ",\"");
	put(x, key);
	put(x, "\":");
	json_text(x->out, value);
}

static void
put_object(const extraction *x, const paraph_candidate *c)
{
	char text[256];

	snprintf(text, sizeof(text),
		"%s{\"kind\":\"%s\",\"language\":\"%s\",\"count\":%u,\"documents\":%u,"
		"\"score\":%.1f",
		x->any ? ",\n" : "", c->kind, c->language, c->count, c->documents, c->score);
	put(x, text);
	put_member(x, "text", c->text);
	put_member(x, "acronym", c->acronym);
	put_member(x, "context", c->context);
	put_member(x, "concept", c->concept);
	if (c->translation.n != 0) {
		put_member(x, "translation", c->translation);
		put_member(x, "translationAcronym", c->translation_acronym);
		put_member(x, "translationConcept", c->translation_concept);
		snprintf(text, sizeof(text), ",\"likeness\":%.2f", c->likeness);
		put(x, text);
	}
	put(x, "}");
}

static void
put_named(const extraction *x, paraph_text name, paraph_text acronym)
{
	put_text(x, name);
	if (acronym.n == 0)
		return;
	put(x, " (");
	put_text(x, acronym);
	put(x, ")");
}

static void
put_heading(const extraction *x, const char *kind)
{
	static const char *const headings[][3] = { { "acronym", "Acronyms", "Sigles" },
		{ "name", "Names", "Noms" }, { "term", "Terms", "Termes" } };

	put(x, x->any ? "\n" : "");
	for (size_t i = 0; i < 3; i++)
		if (strcmp(headings[i][0], kind) == 0)
			put(x, say(x->s, headings[i][1], headings[i][2]));
	put(x, "\n");
}

static void
put_line(const extraction *x, const paraph_candidate *c)
{
	char count[32];

	snprintf(count, sizeof(count), "%6u  ", c->count);
	put(x, count);
	put_named(x, c->text, c->acronym);
	if (c->translation.n != 0) {
		put(x, " \u2192 ");
		put_named(x, c->translation, c->translation_acronym);
		snprintf(count, sizeof(count), " %.0f\u00A0%%", 100 * c->likeness);
		put(x, count);
	}
	if (c->concept.n != 0) {
		put(x, " [");
		put_text(x, c->concept);
		put(x, "]");
	}
	put(x, "\n");
}

static paraph_status
take(void *user, const paraph_candidate *c)
{
	extraction *x = user;
	bool first = x->kind == NULL || strcmp(x->kind, c->kind) != 0;

	progress_clear(&x->progress);
	if (first)
		x->told = 0;
	if (x->told++ >= x->top)
		return PARAPH_OK;
	if (x->form == FORM_TSV)
		put_row(x, c);
	else if (x->form == FORM_JSON)
		put_object(x, c);
	else {
		if (first)
			put_heading(x, c->kind);
		put_line(x, c);
	}
	x->kind = c->kind;
	x->any = true;
	return x->out->error == 0 ? PARAPH_OK : PARAPH_IO;
}

static paraph_status
show_progress(void *user, size_t done, size_t of)
{
	extraction *x = user;

	(void)of;
	progress_show(&x->progress, done, "");
	return PARAPH_OK;
}

static bool
number(const char *text, size_t missing, size_t *out)
{
	char *end;

	*out = missing;
	if (text == NULL)
		return true;
	errno = 0;
	unsigned long n = strtoul(text, &end, 10);
	*out = n;
	return text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0 && n > 0 &&
	       n < UINT32_MAX;
}

static int
extract(extraction *x, const list *paths, size_t least)
{
	const settings *s = x->s;
	paraph_engine *engine;
	paraph_session *session = NULL;
	paraph_extract what = { .paths = (const char *const *)paths->at,
		.targets = s->targets.n == 0 ? NULL : (const char *const *)s->targets.at,
		.pairs = s->pairs,
		.only_new = s->only_new,
		.least = (uint32_t)least,
		.progress = show_progress };

	int status = open_engine(s, 0, &engine);
	if (status != EXIT_CLEAN)
		return status;
	if (paraph_session_open(&session, engine) != PARAPH_OK)
		status = complain(s, "out of memory", "plus assez de mémoire");
	progress_begin(&x->progress, x->s, paths->n);
	if (status == EXIT_CLEAN &&
		paraph_extract_terms(session, &what, take, x) != PARAPH_OK &&
		x->out->error == 0) {
		progress_clear(&x->progress);
		status = complain(s, "%s", "%s", paraph_session_message(session));
	}
	progress_clear(&x->progress);
	paraph_session_close(session);
	paraph_engine_close(engine);
	return status;
}

static int
write_all(extraction *x, const list *paths, size_t least)
{
	int status = output_open(x->out, x->s, x->s->output);

	if (status != EXIT_CLEAN)
		return status;
	if (x->form == FORM_TSV)
		put(x, "fr\tfr_acronym\ten\ten_acronym\tfr_context\ten_context\tx-kind\tx-"
		       "count\t"
		       "x-documents\tx-score\tx-likeness\tx-concept\n");
	if (x->form == FORM_JSON)
		put(x, "{\"schema\":\"paraph/candidates/1\",\"tool\":{\"name\":\"paraph\","
		       "\"version\":\"" PARAPH_VERSION "\"},\"candidates\":[\n");
	status = extract(x, paths, least);
	if (x->form == FORM_JSON)
		put(x, "\n]}\n");
	if (status != EXIT_CLEAN) {
		output_abandon(x->out);
		return status;
	}
	return output_close(x->out, x->s) != EXIT_CLEAN ? EXIT_TROUBLE : status;
}

static int
check_settings(extraction *x, size_t *least)
{
	const settings *s = x->s;

	while (s->format != NULL && x->form < FORMS && strcmp(s->format, forms[x->form]) != 0)
		x->form++;
	if (x->form == FORMS)
		return complain(s, "--format: “%s” is not one of its values: text, tsv, json",
			"--format\u00A0: «\u00A0%s\u00A0» n’est pas une de ses valeurs\u00A0: "
			"text, tsv, json",
			s->format);
	if (!number(s->least, 2, least))
		return complain(s, "--min: “%s” is no number of occurrences",
			"--min\u00A0: «\u00A0%s\u00A0» n’est pas un nombre d’occurrences",
			s->least);
	if (!number(s->most, TOP_DEFAULT, &x->top))
		return complain(s, "--top: “%s” is no number of candidates",
			"--top\u00A0: «\u00A0%s\u00A0» n’est pas un nombre de candidats",
			s->most);
	if (s->pairs && s->targets.n != 0)
		return complain(s, "--pairs and --target cannot both be meant",
			"--pairs et --target ne vont pas ensemble");
	return EXIT_CLEAN;
}

static int
term_extract(const settings *s)
{
	output out;
	list paths = { 0 };
	size_t least;
	extraction x = { .s = s, .out = &out };

	if (check_settings(&x, &least) != EXIT_CLEAN)
		return EXIT_TROUBLE;
	int missing = inputs_collect(s, &paths), status = missing;
	if (paths.n != 0 && s->targets.n != 0 && s->targets.n != paths.n)
		status = complain(s, "%zu documents and %zu translations",
			"%zu documents et %zu traductions", paths.n, s->targets.n);
	else if (paths.n != 0)
		status = write_all(&x, &paths, least);
	list_free(&paths);
	return missing != EXIT_CLEAN ? EXIT_TROUBLE : status;
}

const command command_term_extract = {
	.name = "term extract",
	.bit = IN_TERM_EXTRACT,
	.arguments_en = "[OPTION…] PATH…",
	.arguments_fr = "[OPTION…] CHEMIN…",
	.summary_en = "propose terms that documents use",
	.summary_fr = "proposer les termes que des documents emploient",
	.help_en =
		"Proposes what a termbase could take from documents or folders: acronyms with "
		"what\n"
		"they stand for, names with capitals, and terms of several words; with their "
		"count,\n"
		"the best first. With --target, or --pairs, also the likely translation. "
		"--format tsv\n"
		"gives a table to read over, which term import takes.",
	.help_fr = "Propose ce qu’une base terminologique pourrait prendre à des documents ou "
		   "dossiers\u00A0:\n"
		   "sigles avec leur forme développée, noms à majuscule, termes de plusieurs "
		   "mots, avec\n"
		   "leur nombre, les meilleurs d’abord. Avec --target ou --pairs, aussi la "
		   "traduction\n"
		   "probable. --format tsv donne un tableau à relire, que term import accepte.",
	.run = term_extract,
};
