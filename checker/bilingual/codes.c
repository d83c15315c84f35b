/* Inline codes: tags of XLIFF and TMX, %s of PO, and what stands as text in tables ({0}, <b>).
 * Each of the source stands in the translation as often, and none that the source has not.
 *
 * Their order may differ, since words do. Codes without an id are compared by their kind, and
 * marks that say something of the text (mrk, hi) are not asked for. */
#include <string.h>

#include "checker/bilingual/pair.h"
#include "checker/rule.h"

#define CODES_MOST 256

typedef struct code {
	slice name;
	span text; /* of those that stand in the text; else empty */
} code;

typedef struct codes {
	code at[CODES_MOST];
	size_t n;
} codes;

static void
add(codes *list, slice name, span text)
{
	if (list->n < CODES_MOST)
		list->at[list->n++] = (code){ name, text };
}

/* --- those of the file --- */

static slice
kind_name(code_kind k)
{
	switch (k) {
	case CODE_OPEN:
		return SLICE("<…>");
	case CODE_CLOSE:
		return SLICE("</…>");
	default:
		return SLICE("<…/>");
	}
}

static void
take_inline(const pair_half *h, codes *out)
{
	for (size_t i = 0; h->entry != NULL && i < h->entry->code_count; i++) {
		const inline_code *x = &h->entry->codes[i];
		if (x->kind == CODE_MARK || x->kind == CODE_MARK_END || x->kind == CODE_CLOSE)
			continue;
		add(out, x->id.n != 0 ? x->id : kind_name(x->kind), (span){ 0 });
	}
}

/* --- those in the text --- */

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_word_char(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

/* {0}, {name}, ${name}: the end, or 0. */
static size_t
brace_end(slice s, size_t i)
{
	size_t k = i + 1;

	while (k < s.n && k - i < 32 && is_word_char(s.p[k]))
		k++;
	return k > i + 1 && k < s.n && s.p[k] == '}' ? k + 1 : 0;
}

/* <b>, </b>, <br/>: a name and no space before it. */
static size_t
tag_end(slice s, size_t i)
{
	size_t k = i + 1;

	if (k < s.n && s.p[k] == '/')
		k++;
	if (k >= s.n || !is_letter(s.p[k]))
		return 0;
	while (k < s.n && k - i < 200 && s.p[k] != '>' && s.p[k] != '<')
		k++;
	return k < s.n && s.p[k] == '>' ? k + 1 : 0;
}

/* %s, %d, %1$s; « 5 % des » is none. */
static size_t
percent_end(slice s, size_t i)
{
	size_t k = i + 1;

	while (k < s.n && k - i < 6 && ((s.p[k] >= '0' && s.p[k] <= '9') || s.p[k] == '$'))
		k++;
	if (k >= s.n || strchr("sdiufxc@", s.p[k]) == NULL || s.p[k] == '\0')
		return 0;
	if (i > 0 && s.p[i - 1] >= '0' && s.p[i - 1] <= '9')
		return 0;
	return k + 1 >= s.n || !is_letter(s.p[k + 1]) ? k + 1 : 0;
}

static void
take_written(const pair_half *h, codes *out)
{
	slice s = slice_sub(h->document->text, h->at.start, h->at.end);

	for (size_t i = 0; i < s.n; i++) {
		size_t end = s.p[i] == '{'   ? brace_end(s, i)
			     : s.p[i] == '<' ? tag_end(s, i)
			     : s.p[i] == '%' ? percent_end(s, i)
					     : 0;
		if (end == 0)
			continue;
		add(out, slice_sub(s, i, end),
			(span){ h->at.start + (uint32_t)i, h->at.start + (uint32_t)end });
		i = end - 1;
	}
}

/* --- comparing --- */

static size_t
count_of(const codes *list, slice name)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++)
		n += slice_equal(list->at[i].name, name);
	return n;
}

static bool
met_before(const codes *list, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (slice_equal(list->at[k].name, list->at[i].name))
			return true;
	return false;
}

static status
report(check *c, const rule *r, const check_pair *p, const code *x, bool missing)
{
	return pair_report(c, r, p, missing ? (span){ 0 } : x->text,
		missing ? x->text : (span){ 0 },
		(finding){ .message = missing ? check_message(c,
							"the code “%.*s” of the source is "
							"missing",
							"il manque le code «\u00A0%.*s\u00A0» "
							"du texte "
							"source",
							SLICE_ARG(x->name))
					      : check_message(c,
							"the code “%.*s” is not in the source",
							"le code «\u00A0%.*s\u00A0» n’est pas "
							"dans le "
							"texte source",
							SLICE_ARG(x->name)) });
}

static status
compare(check *c, const rule *r, const check_pair *p, const codes *a, const codes *b,
	bool missing)
{
	for (size_t i = 0; i < a->n; i++)
		if (!met_before(a, i) &&
			count_of(a, a->at[i].name) > count_of(b, a->at[i].name))
			TRY(report(c, r, p, &a->at[i], missing));
	return STATUS_OK;
}

static status
look(check *c, const rule *r, const check_pair *p)
{
	codes *side = ARENA_ARRAY(&c->scratch, codes, PAIR_SIDES);

	if (!pair_has_both(p))
		return STATUS_OK;
	if (side == NULL)
		return STATUS_MEMORY;
	for (int k = 0; k < PAIR_SIDES; k++) {
		take_inline(&p->half[k], &side[k]);
		take_written(&p->half[k], &side[k]);
	}
	TRY(compare(c, r, p, &side[PAIR_SOURCE], &side[PAIR_TARGET], true));
	return compare(c, r, p, &side[PAIR_TARGET], &side[PAIR_SOURCE], false);
}

const rule rule_bilingual_code = {
	.id = "bilingual/code",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "quality checks of translation tools (B)",
	.summary_en = "an inline code that is missing, or that the source has not",
	.summary_fr = "un code interne qui manque, ou que le texte source n’a pas",
	.explanation_en =
		"The inline codes of a segment (tags of XLIFF and TMX, %s and {0} of messages) "
		"stand in the translation as often as in the source, in any order. Marks that "
		"only say something of the text are not asked for.",
	.explanation_fr =
		"Les codes internes d’un segment (balises de XLIFF et de TMX, %s et {0} des "
		"messages) se trouvent dans la traduction autant de fois que dans le texte "
		"source, dans un ordre quelconque. Les marques qui ne font que qualifier le "
		"texte ne sont pas exigées.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Le fichier est trop grand.", "Le fichier {0} est trop grand.",
			.source = "File {0} is too large." },
		{ LANGUAGE_FR, "un <b>grand fichier", "un <b>grand</b> fichier",
			.source = "a <b>large</b> file" },
		{ LANGUAGE_FR, NULL, "5 % des fichiers", .source = "5% of files" }),
	.pair = look,
};
