/* paraph term show: the record of a concept, for a person to read, by its id or by a term. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/json.h"
#include "apps/cli/output.h"
#include "apps/cli/terms.h"

#define OTHERS 5  /* concepts that are named beside the best one */
#define SURE 0.98 /* a score from which a term is the one that was meant */

typedef struct record {
	const settings *s;
	output *out;
	paraph_termbase *termbase;
	facts facts;
	bool json;
	size_t shown;
	size_t columns; /* of the terminal; 0: lines are not broken */
} record;

static void
put(const record *r, const char *s)
{
	output_write(r->out, s, strlen(s));
}

static void
put_text(const record *r, paraph_text t)
{
	output_write(r->out, t.p, t.n);
}

/* --- for people --- */

static size_t
width_of(const char *p, size_t n)
{
	size_t width = 0;

	for (size_t i = 0; i < n; i++)
		width += ((unsigned char)p[i] & 0xC0) != 0x80;
	return width;
}

/* Breaks a text at spaces; further lines begin in the column of the first. */
static void
put_wrapped(const record *r, size_t column, paraph_text t)
{
	size_t at = column, n;

	for (size_t i = 0; i < t.n; i += n) {
		const char *space = memchr(t.p + i + 1, ' ', t.n - i - 1);
		n = space == NULL ? t.n - i : (size_t)(space - t.p) - i;
		size_t width = width_of(t.p + i, n);
		if (i != 0 && t.p[i] == ' ' && r->columns > column + 10 &&
			at + width > r->columns) {
			put(r, "\n");
			for (at = 0; at < column; at++)
				put(r, " ");
			put_text(r, (paraph_text){ t.p + i + 1, n - 1 });
			at += width - 1;
			continue;
		}
		put_text(r, (paraph_text){ t.p + i, n });
		at += width;
	}
}

static bool
is_status(paraph_text category)
{
	return text_is(category, "administrativeStatus") || text_is(category, "termType") ||
	       text_is(category, "grammaticalGender") ||
	       text_is(category, "grammaticalNumber") || text_is(category, "x-article") ||
	       text_is(category, "x-contextDependent") || text_is(category, "x-exchangeable");
}

/* Labels of categories; those without one are shown by their name. */
static const char *
label_of(const settings *s, paraph_text category)
{
	static const char *const labels[][3] = {
		{ "subjectField", "subject", "domaine" },
		{ "definition", "definition", "définition" },
		{ "source", "source", "source" },
		{ "note", "note", "note" },
		{ "context", "context", "contexte" },
		{ "x-evidence", "evidence", "preuve" },
		{ "x-retired", "retired", "retirée" },
		{ "crossReference", "see", "voir" },
		{ "partOfSpeech", "part of speech", "catégorie" },
		{ "geographicalUsage", "region", "région" },
		{ "transactionType", "change", "modification" },
		{ "responsibility", "by", "par" },
		{ "date", "date", "date" },
	};

	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (text_is(category, labels[i][0]))
			return say(s, labels[i][1], labels[i][2]);
	return NULL;
}

static const char *
evidence_name(const settings *s, paraph_text value)
{
	return text_is(value, "verified")  ? say(s, "verified", "vérifiée")
	       : text_is(value, "partial") ? say(s, "partial", "partielle")
					   : say(s, "unverified", "non vérifiée");
}

/* "  source      S/2018/7"; further lines of a value under its first. */
static void
put_fact(const record *r, const char *indent, const paraph_fact *f)
{
	const char *label = label_of(r->s, f->category);
	size_t width = 0;

	put(r, indent);
	if (label == NULL)
		put_text(r, f->category);
	else
		put(r, label);
	for (const char *c = label; c != NULL && *c != '\0'; c++)
		width += ((unsigned char)*c & 0xC0) != 0x80;
	for (width = label == NULL ? f->category.n : width; width < 12; width++)
		put(r, " ");
	put(r, " ");
	if (text_is(f->category, "x-retired"))
		put(r, say(r->s, "yes", "oui"));
	else if (text_is(f->category, "x-evidence"))
		put(r, evidence_name(r->s, f->value));
	else
		put_wrapped(r, strlen(indent) + (width < 12 ? 12 : width) + 1, f->value);
	if (f->target.n != 0) {
		put(r, f->value.n == 0 ? "" : " \u2192 ");
		put_text(r, f->target);
	}
	if (strcmp(f->layer, "paraph") != 0) {
		put(r, "  [");
		put(r, f->layer);
		put(r, "]");
	}
	put(r, "\n");
}

static void
put_word(const record *r, size_t *n, const char *text)
{
	put(r, (*n)++ == 0 ? "  (" : ", ");
	put(r, text);
}

/* "(acronym, feminine, la, deprecated, depends on the context)" */
static void
put_status(const record *r, const paraph_fact *t)
{
	const facts *f = &r->facts;
	paraph_text type = facts_value(f, t->language, t->term, "termType");
	paraph_text gender = facts_value(f, t->language, t->term, "grammaticalGender");
	paraph_text article = facts_value(f, t->language, t->term, "x-article");
	paraph_text status = facts_value(f, t->language, t->term, "administrativeStatus");
	size_t n = 0;

	if (text_is(type, "acronym"))
		put_word(r, &n, say(r->s, "acronym", "sigle"));
	if (text_is(gender, "masculine") || text_is(gender, "feminine"))
		put_word(r, &n,
			text_is(gender, "feminine") ? say(r->s, "feminine", "féminin")
						    : say(r->s, "masculine", "masculin"));
	if (text_is(facts_value(f, t->language, t->term, "grammaticalNumber"), "plural"))
		put_word(r, &n, say(r->s, "plural", "pluriel"));
	if (article.n != 0) {
		put_word(r, &n, "");
		put_text(r, article);
	}
	if (status.n != 0 && strncmp(status.p, "preferred", 9) != 0)
		put_word(r, &n, term_status_word(r->s, status));
	if (text_is(facts_value(f, t->language, t->term, "x-contextDependent"), "yes"))
		put_word(r, &n, say(r->s, "depends on the context", "selon le contexte"));
	put(r, n == 0 ? "" : ")");
	if (strcmp(t->layer, "paraph") != 0) {
		put(r, "  [");
		put(r, t->layer);
		put(r, "]");
	}
	put(r, "\n");
}

static void
put_term(const record *r, const paraph_fact *f, bool first)
{
	put(r, "  ");
	put_text(r, first ? f->language : (paraph_text){ "  ", 2 });
	put(r, " ");
	for (size_t n = first ? f->language.n : 2; n < 2; n++)
		put(r, " ");
	put_wrapped(r, 5, f->value);
	put_status(r, f);
}

/* Its terms, each with what is said of it, and then what is said of the language. */
static void
put_language(const record *r, paraph_text language)
{
	bool first = true;

	for (int terms = 1; terms >= 0; terms--) {
		for (size_t i = 0; i < r->facts.n; i++) {
			const paraph_fact *f = &r->facts.at[i];
			bool term = text_is(f->category, "term");
			if (!text_equal(f->language, language) ||
				(term || f->term.n != 0) != terms)
				continue;
			if (term)
				put_term(r, f, first);
			else if (!is_status(f->category))
				put_fact(r, "       ", f);
			first = first && !term;
		}
		if (terms && first) {
			put(r, "  ");
			put_text(r, language);
			put(r, " –\n");
		}
	}
}

/* Does the language come here for the first time? */
static bool
begins_language(const record *r, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (text_equal(r->facts.at[k].language, r->facts.at[i].language))
			return false;
	return r->facts.at[i].language.n != 0;
}

static void
put_record(const record *r, paraph_text id)
{
	put_text(r, id);
	put(r, "\n");
	for (size_t i = 0; i < r->facts.n; i++)
		if (begins_language(r, i))
			put_language(r, r->facts.at[i].language);
	for (size_t i = 0; i < r->facts.n; i++)
		if (r->facts.at[i].language.n == 0)
			put_fact(r, "  ", &r->facts.at[i]);
}

/* What follows from how a term was given says nothing to a person. */
static bool
is_told(const char *line, size_t n)
{
	static const char type[] = "\" termType: ";
	static const char preferred[] = " administrativeStatus: preferredTerm-admn-sts";
	size_t ending = sizeof(preferred) - 1;

	for (size_t i = 0; i + sizeof(type) - 1 <= n; i++)
		if (memcmp(line + i, type, sizeof(type) - 1) == 0)
			return false;
	return n < ending || memcmp(line + n - ending, preferred, ending) != 0;
}

static void
put_change(const record *r, const char *line, size_t n)
{
	if (!is_told(line, n))
		return;
	put(r, "    ");
	put_text(r, (paraph_text){ line, n });
	put(r, "\n");
}

/* "2026-01-02T03:04:05Z  Ann  edit" and what changed, a line each. */
static paraph_status
put_event(void *user, const paraph_event *e)
{
	const record *r = user;
	paraph_text rest = e->what;

	put(r, "  ");
	put_text(r, e->when);
	put(r, "  ");
	put_text(r, e->who);
	put(r, e->who.n == 0 ? "" : "  ");
	put_text(r, e->action);
	put(r, "  [");
	put(r, e->layer);
	put(r, "]\n");
	while (rest.n != 0) {
		const char *end = memchr(rest.p, '\n', rest.n);
		size_t n = end == NULL ? rest.n : (size_t)(end - rest.p);
		put_change(r, rest.p, n);
		n += end != NULL;
		rest = (paraph_text){ rest.p + n, rest.n - n };
	}
	return PARAPH_OK;
}

static int
show_history(const record *r, paraph_text id)
{
	if (!r->s->history || r->json)
		return EXIT_CLEAN;
	put(r, say(r->s, "  history\n", "  historique\n"));
	if (paraph_termbase_history(r->termbase, id, put_event, (void *)(uintptr_t)r) ==
		PARAPH_OK)
		return EXIT_CLEAN;
	return complain(r->s, "%s", "%s", paraph_termbase_message(r->termbase));
}

/* --- for programs --- */

static void
put_member(const record *r, const char *key, paraph_text value)
{
	put(r, ",\"");
	put(r, key);
	put(r, "\":");
	json_text(r->out, value);
}

static void
put_json(const record *r, paraph_text id)
{
	put(r, r->shown == 0 ? "{\"concept\":" : ",\n{\"concept\":");
	json_text(r->out, id);
	put(r, ",\"facts\":[");
	for (size_t i = 0; i < r->facts.n; i++) {
		const paraph_fact *f = &r->facts.at[i];
		put(r, i == 0 ? "\n{\"category\":" : ",\n{\"category\":");
		json_text(r->out, f->category);
		put_member(r, "value", f->value);
		if (f->language.n != 0)
			put_member(r, "language", f->language);
		if (f->term.n != 0)
			put_member(r, "term", f->term);
		if (f->target.n != 0)
			put_member(r, "target", f->target);
		put_member(r, "layer", (paraph_text){ f->layer, strlen(f->layer) });
		put(r, "}");
	}
	put(r, "]}");
}

/* --- which one --- */

typedef struct meant { /* concepts found by a term, the best first */
	char ids[OTHERS + 1][512], terms[OTHERS + 1][512];
	double scores[OTHERS + 1];
	size_t n;
} meant;

static void
keep(char out[512], paraph_text t)
{
	snprintf(out, 512, "%.*s", t.n > 500 ? 500 : (int)t.n, t.p);
}

static paraph_status
gather(void *user, const paraph_hit *hit)
{
	meant *m = user;

	for (size_t i = 0; i < m->n; i++)
		if (text_is(hit->concept, m->ids[i]))
			return PARAPH_OK;
	if (m->n > OTHERS)
		return PARAPH_OK;
	keep(m->ids[m->n], hit->concept);
	keep(m->terms[m->n], hit->term);
	m->scores[m->n++] = hit->score;
	return PARAPH_OK;
}

static int
trouble(const record *r)
{
	return complain(r->s, "%s", "%s", paraph_termbase_message(r->termbase));
}

static void
put_others(const record *r, const meant *m)
{
	if (m->n < 2 || r->json)
		return;
	put(r, say(r->s, "\nAlso:\n", "\nAussi\u00A0:\n"));
	for (size_t i = 1; i < m->n; i++) {
		put(r, "  ");
		put(r, m->ids[i]);
		put(r, "  ");
		put(r, m->terms[i]);
		put(r, "\n");
	}
}

/* Shown for who wants to know why it is gone; but it is not there. */
static int
say_retired(const record *r, paraph_text id)
{
	const char *by = facts_retired(&r->facts);

	if (by == NULL)
		return EXIT_CLEAN;
	complain(r->s, "the concept “%.*s” was retired by %s",
		"la notion «\u00A0%.*s\u00A0» a été retirée par %s", (int)id.n, id.p, by);
	return EXIT_FINDINGS;
}

static int
show_id(record *r, paraph_text id)
{
	if (facts_read(&r->facts, r->termbase, id) != PARAPH_OK)
		return trouble(r);
	if (r->json)
		put_json(r, id);
	else {
		put(r, r->shown == 0 ? "" : "\n");
		put_record(r, id);
	}
	r->shown++;
	int status = show_history(r, id);
	return status == EXIT_CLEAN ? say_retired(r, id) : status;
}

static int
show_meant(record *r, const char *question)
{
	meant m = { .n = 0 };
	paraph_text asked = { question, strlen(question) };

	if (paraph_termbase_search(r->termbase, asked, 40, gather, &m) != PARAPH_OK)
		return trouble(r);
	if (m.n == 0) {
		complain(r->s, "no concept or term like “%s”",
			"pas de notion ni de terme comme «\u00A0%s\u00A0»", question);
		return EXIT_FINDINGS;
	}
	/* The very term of several concepts: all of them are meant. */
	int status = EXIT_CLEAN;
	size_t shown = 1;
	while (shown < m.n && m.scores[shown] >= SURE)
		shown++;
	for (size_t i = 0; i < shown && status == EXIT_CLEAN; i++)
		status = show_id(r, (paraph_text){ m.ids[i], strlen(m.ids[i]) });
	if (shown == 1 && m.scores[0] < SURE)
		put_others(r, &m);
	return status;
}

static int
show(record *r, const char *what)
{
	paraph_text id = { what, strlen(what) };
	paraph_status found = facts_read(&r->facts, r->termbase, id);

	if (found == PARAPH_OK)
		return show_id(r, id);
	return found == PARAPH_NOT_FOUND ? show_meant(r, what) : trouble(r);
}

static int
show_all(record *r)
{
	int status = EXIT_CLEAN;

	if (r->json)
		put(r, "[");
	for (size_t i = 0; i < r->s->paths.n; i++) {
		int one = show(r, r->s->paths.at[i]);
		status = one > status ? one : status;
	}
	if (r->json)
		put(r, "]\n");
	return status;
}

static int
term_show(const settings *s)
{
	output out;
	record r = { .s = s, .out = &out };

	r.json = s->format != NULL && strcmp(s->format, "json") == 0;
	if (s->format != NULL && !r.json && strcmp(s->format, "text") != 0)
		return complain(s, "--format: “%s” is not one of its values: text, json",
			"--format\u00A0: «\u00A0%s\u00A0» n’est pas une de ses valeurs\u00A0: "
			"text, json",
			s->format);
	if (s->paths.n == 0)
		return complain(s, "term show wants a concept or a term",
			"term show demande une notion ou un terme");
	int status = open_terms(s, &r.termbase);
	if (status != EXIT_CLEAN)
		return status;
	status = output_open(&out, s, NULL);
	if (status == EXIT_CLEAN) {
		r.columns = output_columns(&out);
		status = show_all(&r);
		if (output_close(&out, s) != EXIT_CLEAN)
			status = EXIT_TROUBLE;
	}
	facts_free(&r.facts);
	paraph_termbase_close(r.termbase);
	return status;
}

const command command_term_show = {
	.name = "term show",
	.bit = IN_TERM_SHOW,
	.arguments_en = "[OPTION…] CONCEPT|TERM…",
	.arguments_fr = "[OPTION…] NOTION|TERME…",
	.summary_en = "show what the termbases say of a concept",
	.summary_fr = "montrer ce que les bases disent d’une notion",
	.help_en =
		"Shows the record of a concept, by its id or by a term, whose accents, case,\n"
		"inflection, order of words and one slip in a word do not matter. What does "
		"not\n"
		"ship with paraph says which termbase it comes from.",
	.help_fr =
		"Montre la fiche d’une notion, par son identifiant ou par un terme, dont les\n"
		"accents, les majuscules, les accords, l’ordre des mots et une faute par "
		"mot\n"
		"n’importent pas. Ce qui n’est pas fourni avec paraph dit de quelle base il "
		"vient.",
	.run = term_show,
};
