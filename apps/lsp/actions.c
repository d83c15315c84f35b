/* What can be done about findings: their suggestions, all like them, all that are safe, a
 * comment that silences the rule here, the word into the dictionary, the words into the
 * glossary. */
#include <stdlib.h>
#include <string.h>

#include "apps/lsp/diagnostic.h"
#include "apps/lsp/server.h"

#define SUGGESTIONS_MOST 5
#define WORD_MOST 200 /* bytes that may become an entry */

typedef struct request {
	backend *backend;
	checked *document;
	const json_t *params;
	line_cursor cursor;
	json_t *actions;
	json_t *rules;     /* whose findings can be corrected all at once by an action */
	size_t start, end; /* the range asked about */
	bool faulty;       /* what is selected is wrong, not only unknown */
} request;

static bool
is_wanted(const request *r, const char *kind)
{
	const json_t *only = message_at(r->params, "context", "only", NULL), *one;
	size_t i;

	if (!json_is_array(only))
		return strncmp(kind, "source", 6) != 0; /* those are asked for by name */
	json_array_foreach(only, i, one)
	{
		const char *wanted = json_string_value(one);
		size_t n = wanted == NULL ? 0 : strlen(wanted);
		if (wanted != NULL && strncmp(kind, wanted, n) == 0 &&
			(n == 0 || kind[n] == '.' || kind[n] == '\0'))
			return true;
	}
	return false;
}

static json_t *
text_edit(request *r, size_t start, size_t end, paraph_text with)
{
	json_t *range =
		message_range(&r->document->text, &r->cursor, start, end, r->backend->bytes);

	return json_pack("{s:o, s:o}", "range", range, "newText", message_string(with));
}

static json_t *
workspace_edit(const request *r, json_t *edits)
{
	return json_pack("{s:{s:o}}", "changes", r->document->uri, edits);
}

/* The action is taken; edits may be NULL. */
static void
add(request *r, json_t *action, const char *kind, json_t *edits)
{
	json_object_set_new(action, "kind", json_string(kind));
	if (edits != NULL)
		json_object_set_new(action, "edit", workspace_edit(r, edits));
	json_array_append_new(r->actions, action);
}

static bool
correction(request *r, size_t i, size_t k, json_t *edits)
{
	char *text;
	size_t start, end, n;

	if (paraph_result_correction(r->document->session, r->document->result, i, k, &start,
		    &end, &text, &n) != PARAPH_OK)
		return false;
	json_array_append_new(edits, text_edit(r, start, end, (paraph_text){ text, n }));
	paraph_bytes_free(r->document->session, text);
	return true;
}

/* What is too long is cut, between two characters. */
static json_t *
title(const backend *b, const char *en, const char *fr, paraph_text t)
{
	size_t n = t.n > WORD_MOST ? WORD_MOST : t.n;

	while (n < t.n && ((unsigned char)t.p[n] & 0xC0) == 0x80)
		n--;
	return json_sprintf(backend_say(b, en, fr), (int)n, t.p);
}

static void
add_suggestions(request *r, const paraph_finding *f, size_t i)
{
	for (size_t k = 0; k < f->suggestion_count && k < SUGGESTIONS_MOST; k++) {
		json_t *edits = json_array();
		paraph_text s = paraph_result_suggestion(r->document->result, i, k);
		json_t *name =
			s.n == 0 ? json_string(backend_say(r->backend, "Delete", "Supprimer"))
				 : title(r->backend, "Replace with “%.*s”",
					   "Remplacer par «\u00A0%.*s\u00A0»", s);
		json_t *action = json_pack("{s:o, s:[o]}", "title",
			name != NULL ? name : json_string("…"), "diagnostics",
			diagnostic_of(r->backend, r->document, &r->cursor, i));
		if (!correction(r, i, k, edits)) {
			json_decref(edits);
			json_decref(action);
			continue;
		}
		if (k == 0 && f->fix == PARAPH_FIX_SAFE)
			json_object_set_new(action, "isPreferred", json_true());
		add(r, action, "quickfix", edits);
	}
}

/* Corrections of one rule, or of all that are safe (NULL), as edits that do not overlap. */
static json_t *
collect(request *r, const char *rule, size_t *n)
{
	const paraph_result *result = r->document->result;
	json_t *edits = json_array();
	size_t at = 0;

	*n = 0;
	for (size_t i = 0; i < paraph_result_count(result); i++) {
		paraph_finding f = paraph_result_finding(result, i);
		if (f.suggestion_count == 0 || f.fix != PARAPH_FIX_SAFE || f.start < at ||
			(rule != NULL && strcmp(rule, f.rule) != 0))
			continue;
		if (!correction(r, i, 0, edits))
			continue;
		at = f.end;
		++*n;
	}
	return edits;
}

static void
add_all_of_rule(request *r, const paraph_finding *f)
{
	size_t n;

	if (f->fix != PARAPH_FIX_SAFE || json_object_get(r->rules, f->rule) != NULL)
		return;
	json_object_set_new(r->rules, f->rule, json_true());
	json_t *edits = collect(r, f->rule, &n);
	if (n < 2) {
		json_decref(edits);
		return;
	}
	json_t *name = json_sprintf(backend_say(r->backend, "Correct all of %s (%zu)",
					    "Corriger tout ce que signale %s (%zu)"),
		f->rule, n);
	add(r, json_pack("{s:o}", "title", name), "quickfix", edits);
}

static void
add_fix_all(request *r)
{
	size_t n;

	if (!is_wanted(r, "source.fixAll.paraph"))
		return;
	json_t *edits = collect(r, NULL, &n);
	if (n == 0) {
		json_decref(edits);
		return;
	}
	json_t *name = json_sprintf(backend_say(r->backend, "Make the safe corrections (%zu)",
					    "Faire les corrections sûres (%zu)"),
		n);
	add(r, json_pack("{s:o}", "title", name), "source.fixAll.paraph", edits);
}

/* How the format writes a comment that no reader sees; NULL: it has none. */
static const char *
comment_form(const request *r)
{
	const char *format = paraph_result_format(r->document->result);
	const char *dot = strrchr(r->document->name, '.');

	if (strcmp(format, "md") == 0 || strcmp(format, "markdown") == 0 ||
		strcmp(format, "html") == 0)
		return " <!-- paraph: ignore %s -->";
	if (dot != NULL && (strcmp(dot, ".tex") == 0 || strcmp(dot, ".sty") == 0))
		return " %% paraph: ignore %s";
	return NULL;
}

static void
add_ignore(request *r, const paraph_finding *f)
{
	const char *form = comment_form(r);
	const lines *l = &r->document->text;
	position p = lines_position(l, &r->cursor, f->end, r->backend->bytes);

	if (form == NULL)
		return;
	p.column = SIZE_MAX;
	size_t at = lines_offset(l, p, true);
	json_t *words = json_sprintf(form, f->rule);
	json_t *edits = json_pack("[o]",
		text_edit(r, at, at,
			(paraph_text){ json_string_value(words), json_string_length(words) }));
	json_decref(words);
	add(r,
		json_pack("{s:o}", "title",
			json_sprintf(backend_say(r->backend, "Silence %s in this line",
					     "Faire taire %s dans cette ligne"),
				f->rule)),
		"quickfix", edits);
}

static void
add_command(request *r, json_t *name, const char *command, json_t *argument)
{
	json_t *c = json_pack(
		"{s:O, s:s, s:[o]}", "title", name, "command", command, "arguments", argument);

	add(r, json_pack("{s:o, s:o}", "title", name, "command", c), "quickfix", NULL);
}

static void
add_word(request *r, const paraph_finding *f)
{
	if (strncmp(f->rule, "spelling/", 9) != 0 || f->text.n == 0 || f->text.n > WORD_MOST ||
		memchr(f->text.p, '\n', f->text.n) != NULL)
		return;
	json_t *name = title(r->backend, "Add “%.*s” to my dictionary",
		"Ajouter «\u00A0%.*s\u00A0» à mon dictionnaire", f->text);
	add_command(
		r, name, "paraph.addWord", json_pack("{s:o}", "word", message_string(f->text)));
}

static void
add_of_finding(request *r, size_t i)
{
	paraph_finding f = paraph_result_finding(r->document->result, i);

	if (f.end < r->start || f.start > r->end)
		return;
	r->faulty = r->faulty || strncmp(f.rule, "spelling/", 9) != 0;
	add_suggestions(r, &f, i);
	add_all_of_rule(r, &f);
	add_word(r, &f);
	add_ignore(r, &f);
}

/* Of what is selected, or of the word of a finding of the speller that is asked about. */
static void
add_term(request *r)
{
	paraph_text t = { r->document->text.bytes + r->start, r->end - r->start };

	if (t.n == 0 || t.n > WORD_MOST || memchr(t.p, '\n', t.n) != NULL ||
		memchr(t.p, '\r', t.n) != NULL || t.p[0] == ' ' || t.p[t.n - 1] == ' ')
		return;
	size_t start, end;
	const char *language;
	if (paraph_result_segment(r->document->session, r->document->result, r->start, &start,
		    &end, &language) != PARAPH_OK)
		return;
	json_t *name = title(r->backend, "Add “%.*s” to my glossary",
		"Ajouter «\u00A0%.*s\u00A0» à mon glossaire", t);
	add_command(r, name, "paraph.addTerm", json_pack("{s:o}", language, message_string(t)));
}

static json_t *
actions(backend *b, checked *d, const json_t *params, fault *f)
{
	request r = { .backend = b, .document = d, .params = params };
	position first, last;

	if (!message_read_position(message_at(params, "range", "start", NULL), &first) ||
		!message_read_position(message_at(params, "range", "end", NULL), &last)) {
		f->code = CODE_PARAMS;
		strcpy(f->message, "no range");
		return NULL;
	}
	r.actions = json_array();
	if (!diagnostics_exist(d))
		return r.actions;
	r.rules = json_object();
	r.start = lines_offset(&d->text, first, b->bytes);
	r.end = lines_offset(&d->text, last, b->bytes);
	for (size_t i = 0; is_wanted(&r, "quickfix") && i < paraph_result_count(d->result); i++)
		add_of_finding(&r, i);
	if (is_wanted(&r, "quickfix") && r.start < r.end && !r.faulty)
		add_term(&r);
	add_fix_all(&r);
	json_decref(r.rules);
	return r.actions;
}

const method method_code_action = {
	.name = "textDocument/codeAction", .request = true, .work = actions
};
