/* paraph term find: the concepts met in documents, with their place, status and term in the
 * other language. --format tsv gives one row a term with all that is known, json and jsonl the
 * same for programs. */
#include "apps/cli/term_find.h"

#include <stdio.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/each.h"
#include "apps/cli/inputs.h"
#include "apps/cli/json.h"
#include "apps/cli/output.h"

typedef enum form { FORM_TEXT, FORM_TSV, FORM_JSON, FORM_JSONL, FORMS } form;

static const char *const forms[FORMS] = { "text", "tsv", "json", "jsonl" };

typedef struct listing {
	const settings *s;
	output *out;
	form form;
	size_t documents, terms; /* terms of the document in hand */
	paraph_text path;
} listing;

static void
put_string(const listing *l, const char *s)
{
	output_write(l->out, s, strlen(s));
}

/* On one line: a term can run over several. */
static void
put(const listing *l, paraph_text t)
{
	bool blank = false;

	for (size_t i = 0; i < t.n; i++) {
		bool space =
			t.p[i] == ' ' || t.p[i] == '\t' || t.p[i] == '\n' || t.p[i] == '\r';
		if (!space || !blank)
			output_write(l->out, space ? " " : &t.p[i], 1);
		blank = space;
	}
}

static void
put_with_acronym(const listing *l, paraph_text term, paraph_text acronym)
{
	put(l, term);
	if (acronym.n == 0)
		return;
	put_string(l, term.n == 0 ? "" : " (");
	put(l, acronym);
	put_string(l, term.n == 0 ? "" : ")");
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

static void
put_line(const listing *l, const paraph_term *t)
{
	char place[64];

	put(l, l->path);
	snprintf(place, sizeof(place), ":%u:%u: ", t->line, t->column);
	put_string(l, place);
	put(l, t->text);
	put_string(l, " [");
	put_string(l, status_label(l->s, t->status));
	if (t->uncertain)
		put_string(l, say(l->s, ", uncertain", ", incertain"));
	put_string(l, "]");
	if (t->other.n != 0 || t->other_acronym.n != 0) {
		put_string(l, " \u2192 ");
		put_with_acronym(l, t->other, t->other_acronym);
	}
	put_string(l, "\n");
}

static void
put_columns(const listing *l, const paraph_term *t)
{
	paraph_text cells[] = { t->text, t->term, t->status, t->acronym, t->other,
		t->other_acronym, t->concept };
	char place[128];

	put(l, l->path);
	snprintf(place, sizeof(place), "\t%u\t%u\t%zu\t%zu", t->line, t->column, t->start,
		t->end);
	put_string(l, place);
	for (size_t i = 0; i < sizeof(cells) / sizeof(*cells); i++) {
		put_string(l, "\t");
		put(l, cells[i]);
	}
	put_string(l, t->uncertain ? "\tyes" : "\t");
	put_string(l, "\n");
}

static void
put_object(const listing *l, const paraph_term *t)
{
	const struct {
		const char *key;
		paraph_text value;
	} members[] = { { "text", t->text }, { "term", t->term }, { "status", t->status },
		{ "acronym", t->acronym }, { "other", t->other },
		{ "otherAcronym", t->other_acronym }, { "concept", t->concept } };
	char place[160];

	snprintf(place, sizeof(place), "%s{\"start\":%zu,\"end\":%zu,\"line\":%u,\"column\":%u",
		l->terms == 0 ? "" : ",", t->start, t->end, t->line, t->column);
	put_string(l, place);
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		put_string(l, ",\"");
		put_string(l, members[i].key);
		put_string(l, "\":");
		json_text(l->out, members[i].value);
	}
	put_string(l, t->uncertain ? ",\"uncertain\":true}" : ",\"uncertain\":false}");
}

static paraph_status
put_term(void *user, const paraph_term *t)
{
	listing *l = user;

	if (l->form == FORM_TEXT)
		put_line(l, t);
	else if (l->form == FORM_TSV)
		put_columns(l, t);
	else
		put_object(l, t);
	l->terms++;
	return l->out->error == 0 ? PARAPH_OK : PARAPH_IO;
}

static bool
is_json(const listing *l)
{
	return l->form == FORM_JSON || l->form == FORM_JSONL;
}

static int
find(void *user, paraph_session *session, const paraph_result *r)
{
	listing *l = user;

	l->path = paraph_result_path(r);
	l->terms = 0;
	if (is_json(l)) {
		put_string(l, l->form == FORM_JSON && l->documents != 0 ? ",\n" : "");
		put_string(l, "{\"path\":");
		json_text(l->out, l->path);
		put_string(l, ",\"terms\":[");
	}
	l->documents++;
	paraph_status found = paraph_result_terms(session, r, put_term, l);
	if (is_json(l))
		put_string(l, l->form == FORM_JSON ? "]}" : "]}\n");
	if (found == PARAPH_OK || l->out->error != 0)
		return EXIT_CLEAN; /* closing the output says what failed */
	return complain(l->s, "%s", "%s", paraph_session_message(session));
}

static void
begin(const listing *l)
{
	if (l->form == FORM_TSV)
		put_string(l, TERM_FIND_HEAD);
	if (l->form == FORM_JSON)
		put_string(l, "{\"schema\":\"paraph/terms/1\",\"tool\":{\"name\":\"paraph\","
			      "\"version\":\"" PARAPH_VERSION "\"},\"documents\":[\n");
}

static int
write_all(listing *l, const list *paths)
{
	int status = output_open(l->out, l->s, l->s->output);

	if (status != EXIT_CLEAN)
		return status;
	begin(l);
	status = each_file(l->s, paths, find, l);
	if (l->form == FORM_JSON)
		put_string(l, "\n]}\n");
	bool unread = status != EXIT_CLEAN && l->documents == 0;
	int closed = unread ? output_close_unread(l->out, l->s) : output_close(l->out, l->s);
	return closed != EXIT_CLEAN ? EXIT_TROUBLE : status;
}

static form
form_of(const settings *s)
{
	form f = FORM_TEXT;

	while (s->format != NULL && f < FORMS && strcmp(s->format, forms[f]) != 0)
		f++;
	return f;
}

static int
term_find(const settings *s)
{
	output out;
	list paths = { 0 };
	listing l = { .s = s, .out = &out, .form = form_of(s) };

	if (l.form == FORMS)
		return complain(s,
			"--format: “%s” is not one of its values: text, tsv, json, jsonl",
			"--format\u00A0: «\u00A0%s\u00A0» n’est pas une de ses valeurs\u00A0: "
			"text, tsv, json, "
			"jsonl",
			s->format);
	int missing = inputs_collect(s, &paths);
	int status = paths.n == 0 && missing != EXIT_CLEAN ? missing : write_all(&l, &paths);
	list_free(&paths);
	return missing != EXIT_CLEAN ? EXIT_TROUBLE : status;
}

const command command_term_find = {
	.name = "term find",
	.bit = IN_TERM_FIND,
	.arguments_en = "[OPTION…] PATH…",
	.arguments_fr = "[OPTION…] CHEMIN…",
	.summary_en = "list the terms met in documents",
	.summary_fr = "dresser la liste des termes rencontrés dans les documents",
	.help_en =
		"Lists the terms of the glossaries met in the documents, those of folders or\n"
		"standard input (-), with their place, their status and the term in the other\n"
		"language (--format tsv for a table, json or jsonl for programs).",
	.help_fr = "Dresse la liste des termes des glossaires rencontrés dans les documents, "
		   "ceux\n"
		   "de dossiers ou l’entrée standard (-), avec leur place, leur statut et le "
		   "terme\n"
		   "dans l’autre langue (--format tsv\u00A0: tableau\u00A0; json ou "
		   "jsonl\u00A0: programmes).",
	.run = term_find,
};
