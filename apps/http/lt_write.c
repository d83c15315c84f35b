/* The answer to a check, in the form of LanguageTool's API 1. Clients differ in what they
 * cannot do without, so every member is there. Some show nothing but the message, and look for
 * corrections in it: it ends with them, in straight quotation marks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/http/lt.h"

#define CONTEXT_BYTES 60     /* on either side */
#define PARAGRAPH_MOST 16384 /* bytes */
#define TOLD_MOST 3          /* corrections in a message */

/* --- what is wanted --- */

static bool
list_has_rule(paraph_text list, const char *rule)
{
	paraph_text one;

	while (form_next(&list, &one))
		if (lt_names_rule(one, rule))
			return true;
	return false;
}

static bool
list_has(paraph_text list, const char *id)
{
	paraph_text one;

	while (form_next(&list, &one))
		if (same_text(one, id))
			return true;
	return false;
}

/* "0-10,25-30", in the client's units. */
static bool
is_ignored(paraph_text ranges, size_t from, size_t to)
{
	paraph_text one;
	char text[64], *end;

	while (form_next(&ranges, &one)) {
		snprintf(text, sizeof(text), "%.*s", (int)(one.n < 60 ? one.n : 60), one.p);
		unsigned long long first = strtoull(text, &end, 10);
		if (*end == '-' && from < strtoull(end + 1, NULL, 10) && first < to)
			return true;
	}
	return false;
}

static bool
is_wanted(const lt_filter *f, const char *rule, const char *category)
{
	bool enabled =
		list_has_rule(f->enabled, rule) || list_has(f->enabled_categories, category);

	if (f->only || enabled)
		return enabled;
	return !list_has_rule(f->disabled, rule) && !list_has(f->disabled_categories, category);
}

/* --- a match --- */

typedef struct match {
	paraph_finding f;
	size_t i;          /* of the finding */
	size_t start, end; /* bytes of the text, never none */
	size_t from, to;   /* of the client */
	const lt_category *category;
} match;

static bool
is_inside(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

/* Clients cannot show an empty place: it takes the character before it, else the one behind. */
static void
widen(match *m, paraph_text t)
{
	if (m->end > t.n)
		m->end = t.n;
	if (m->start < m->end)
		return;
	if (m->start > 0) {
		do
			m->start--;
		while (m->start > 0 && is_inside((unsigned char)t.p[m->start]));
		return;
	}
	do
		m->end++;
	while (m->end < t.n && is_inside((unsigned char)t.p[m->end]));
	m->end = m->end > t.n ? t.n : m->end;
}

/* What takes the place of the widened one. */
static void
put_replacement(bytes *out, const match *m, paraph_text t, paraph_text suggestion)
{
	bytes joined = { 0 };

	if (m->start == m->f.start && m->end == m->f.end) {
		write_string(out, "value", suggestion);
		return;
	}
	bytes_put(&joined, t.p + m->start, m->f.start - m->start);
	bytes_put(&joined, suggestion.p, suggestion.n);
	bytes_put(&joined, t.p + m->f.end, m->end - m->f.end);
	write_string(out, "value", bytes_view(&joined));
	out->failed = out->failed || joined.failed;
	bytes_free(&joined);
}

static void
put_message(bytes *out, const lt_checked *c, const match *m)
{
	bytes said = { 0 };
	bool fr = c->ui == PARAPH_LANGUAGE_FR;

	bytes_put(&said, m->f.message.p, m->f.message.n);
	for (size_t k = 0; k < m->f.suggestion_count && k < TOLD_MOST; k++) {
		paraph_text one = paraph_result_suggestion(c->result, m->i, k);
		bytes_text(&said, k != 0 ? ", " : fr ? "\u00A0: " : ": ");
		bytes_char(&said, '"');
		bytes_put(&said, one.p, one.n);
		bytes_char(&said, '"');
	}
	write_string(out, "message", bytes_view(&said));
	out->failed = out->failed || said.failed;
	bytes_free(&said);
}

static void
put_replacements(bytes *out, const lt_checked *c, const match *m, paraph_text t)
{
	write_open(out, "replacements", '[');
	for (size_t k = 0; k < m->f.suggestion_count; k++) {
		write_open(out, NULL, '{');
		put_replacement(out, m, t, paraph_result_suggestion(c->result, m->i, k));
		write_close(out, '}');
	}
	write_close(out, ']');
}

/* The words around it on one line. */
static void
put_context(bytes *out, const match *m, paraph_text t)
{
	size_t start = m->start > CONTEXT_BYTES ? m->start - CONTEXT_BYTES : 0;
	size_t end = t.n - m->end > CONTEXT_BYTES ? m->end + CONTEXT_BYTES : t.n;
	bytes line = { 0 };

	while (start < m->start && is_inside((unsigned char)t.p[start]))
		start++;
	while (end > m->end && end < t.n && is_inside((unsigned char)t.p[end]))
		end--;
	bytes_put(&line, t.p + start, end - start);
	for (size_t i = 0; i < line.n; i++)
		if ((unsigned char)line.p[i] < ' ')
			line.p[i] = ' ';
	write_open(out, "context", '{');
	write_string(out, "text", bytes_view(&line));
	write_number(out, "offset", utf16_units(t.p + start, m->start - start));
	write_number(out, "length", utf16_units(t.p + m->start, m->end - m->start));
	write_close(out, '}');
	out->failed = out->failed || line.failed;
	bytes_free(&line);
}

static paraph_language
language_of(const lt_checked *c)
{
	if (c->wanted != NULL)
		return c->wanted->language;
	return strcmp(paraph_result_language(c->result), "fr") == 0 ? PARAPH_LANGUAGE_FR
								    : PARAPH_LANGUAGE_EN;
}

static void
put_rule(bytes *out, const lt_checked *c, const match *m, const char *summary)
{
	write_open(out, "rule", '{');
	write_word(out, "id", lt_rule_id(m->f.rule, language_of(c)));
	write_word(out, "description", summary);
	write_word(out, "issueType", m->category->issue);
	write_open(out, "category", '{');
	write_word(out, "id", m->category->id);
	write_word(out, "name",
		c->ui == PARAPH_LANGUAGE_FR ? m->category->name_fr : m->category->name_en);
	write_close(out, '}');
	write_close(out, '}');
}

/* The sentence; of a very long paragraph no more than the words, since it would be cut anew for
 * each of its findings. */
static void
put_sentence(bytes *out, const lt_checked *c, const match *m, paraph_text t)
{
	const char *language;
	size_t start, end;

	if (!paraph_result_paragraph(c->result, m->f.paragraph, &start, &end) ||
		end - start > PARAGRAPH_MOST ||
		paraph_result_segment(c->session, c->result, m->f.start, &start, &end,
			&language) != PARAPH_OK ||
		end > t.n || start > end) {
		start = m->start;
		end = m->end;
	}
	write_string(out, "sentence", (paraph_text){ t.p + start, end - start });
}

static const char *
summary_of(const char *rule, paraph_language ui)
{
	size_t i;

	if (paraph_rule_find(rule, ui, &i, NULL, 0) != PARAPH_OK)
		return rule; /* a rule of the user */
	return paraph_rule_at(i, ui).summary;
}

static void
put_match(bytes *out, const lt_checked *c, const match *m, paraph_text t)
{
	const char *summary = summary_of(m->f.rule, c->ui);
	bool spelling = strncmp(m->f.rule, "spelling/", 9) == 0;

	write_open(out, NULL, '{');
	put_message(out, c, m);
	write_word(out, "shortMessage", summary);
	put_replacements(out, c, m, t);
	write_number(out, "offset", m->from);
	write_number(out, "length", m->to - m->from);
	put_context(out, m, t);
	put_sentence(out, c, m, t);
	write_open(out, "type", '{');
	write_word(out, "typeName",
		spelling                       ? "UnknownWord"
		: m->f.severity == PARAPH_INFO ? "Hint"
					       : "Other");
	write_close(out, '}');
	put_rule(out, c, m, summary);
	write_bool(out, "ignoreForIncompleteSentence", false);
	write_number(out, "contextForSureMatch", 0);
	write_close(out, '}');
}

static void
put_matches(bytes *out, const lt_checked *c)
{
	paraph_text t = bytes_view(&c->text->text);

	write_open(out, "matches", '[');
	for (size_t i = 0; i < paraph_result_count(c->result); i++) {
		match m = { .f = paraph_result_finding(c->result, i), .i = i };
		m.start = m.f.start;
		m.end = m.f.end;
		m.category = lt_category_of(m.f.rule);
		widen(&m, t);
		annotated_place(c->text, m.start, m.end, &m.from, &m.to);
		if (m.to > m.from && is_wanted(c->filter, m.f.rule, m.category->id) &&
			!is_ignored(c->filter->ranges, m.from, m.to))
			put_match(out, c, &m, t);
	}
	write_close(out, ']');
}

/* --- the whole --- */

static void
put_language(bytes *out, const lt_checked *c)
{
	const char *found = paraph_result_language(c->result);
	const lt_language *l = c->wanted, *detected = lt_language_of(text_of(found));

	if (detected == NULL)
		detected = lt_language_of(text_of("en"));
	if (l == NULL)
		l = detected;
	write_open(out, "language", '{');
	write_word(out, "name", l->name);
	write_word(out, "code", l->long_code);
	write_open(out, "detectedLanguage", '{');
	write_word(out, "name", detected->name);
	write_word(out, "code", detected->long_code);
	write_number(out, "confidence", strcmp(found, detected->code) == 0);
	write_close(out, '}');
	write_close(out, '}');
}

void
lt_write(bytes *out, const lt_checked *c)
{
	write_open(out, NULL, '{');
	write_open(out, "software", '{');
	write_word(out, "name", "paraph");
	write_word(out, "version", PARAPH_VERSION);
	write_word(out, "buildDate", "");
	write_number(out, "apiVersion", 1);
	write_bool(out, "premium", false);
	write_word(out, "premiumHint", "");
	write_word(out, "status", "");
	write_close(out, '}');
	write_open(out, "warnings", '{');
	write_bool(out, "incompleteResults", false);
	write_close(out, '}');
	put_language(out, c);
	put_matches(out, c);
	write_close(out, '}');
}
