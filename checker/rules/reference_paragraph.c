/* Subparagraphs: « paragraphe 87 a) » in French, “paragraph 87 (a)” in English. Only letters
 * and small roman numerals in brackets that directly follow the number of a paragraph, section
 * or article are looked at, and what follows them in a series. */
#include "checker/quotation.h"
#include "checker/rules/number.h"

#define SERIES_MOST 12

static const char *const names[] = { "par", "paragraphe", "paragraphes", "alinéa", "alinéas",
	"para", "paras", "paragraph", "paragraphs", "subparagraph", "subparagraphs", "art",
	"article", "articles", "sect", "section", "sections", NULL };

/* a, b … or i, ii, iv … in small letters: the label of a subparagraph. */
static bool
is_label(const check *c, size_t i)
{
	slice s = check_token(c, i);

	if (c->tokens.at[i].kind != TOKEN_WORD || s.n > 4)
		return false;
	if (s.n == 1)
		return s.p[0] >= 'a' && s.p[0] <= 'z';
	for (size_t k = 0; k < s.n; k++)
		if (strchr("ivx", s.p[k]) == NULL)
			return false;
	return true;
}

/* « (a) » from token i on. */
static bool
is_bracketed(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return spacing_is_mark(t, '(') && is_label(c, i + 1) && t[1].gap == GAP_NONE &&
	       spacing_is_mark(&t[2], ')') && t[2].gap == GAP_NONE;
}

/* « a) » from token i on, without an opening bracket before it. */
static bool
is_half_bracketed(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return is_label(c, i) && spacing_is_mark(&t[1], ')') && t[1].gap == GAP_NONE &&
	       !spacing_is_mark(&t[-1], '(');
}

/* A label with the brackets of the other language, from token i on. */
static size_t
wrong_label(const check *c, size_t i)
{
	if (c->language == LANGUAGE_FR)
		return is_bracketed(c, i) ? 3 : 0;
	return is_half_bracketed(c, i) ? 2 : 0;
}

static status
report_label(check *c, const rule *r, size_t i, size_t n)
{
	slice right = n == 3 ? check_text(c, check_span(c, i + 1, i + 2))
			     : check_printf(c, "(%.*s)", SLICE_ARG(check_token(c, i)));

	return number_report(c, r, i, i + n - 1, FIX_SAFE, right);
}

/* The labels from token i on: (a), (b) et (c) (i). The first right one ends the series: what
 * comes after it may be a list (« paragraph 5 (a), and b) … »). */
static status
look_series(check *c, const rule *r, size_t i)
{
	static const char *const joints[] = { "et", "ou", "à", "and", "or", "to", NULL };

	for (size_t n = 0; n < SERIES_MOST && i < c->tokens.count; n++) {
		size_t wrong = wrong_label(c, i);
		if (wrong != 0)
			TRY(report_label(c, r, i, wrong));
		else if (n == 0 || !(number_is_mark(c, i, ',') ||
					   spacing_word_in(c, &c->tokens.at[i], joints)))
			break;
		i += wrong != 0 ? wrong : 1;
	}
	return STATUS_OK;
}

/* The number of a paragraph. */
static status
look_number(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->kind != TOKEN_NUMBER || t->length > 4 || !number_is_next(c, i + 1) ||
		wrong_label(c, i + 1) == 0 || quotation_holds(c, i))
		return STATUS_OK;
	return look_series(c, r, i + 1);
}

/* Words that a label may follow without a number. */
static const char *const own[] = { "alinéa", "alinéas", "subparagraph", "subparagraphs", NULL };

/* i is the word of a reference, which its stop may follow. « l’alinéa (a) »: without a number.
 */
static status
look(check *c, const rule *r, size_t i)
{
	if (c->tokens.at[i + 1].kind != TOKEN_WORD)
		TRY(look_number(c, r, i + 1 + number_is_mark(c, i + 1, '.')));
	if (!number_is_next(c, i + 1) || wrong_label(c, i + 1) == 0 ||
		!check_word_is(c, i, own) || quotation_holds(c, i))
		return STATUS_OK;
	return look_series(c, r, i + 1);
}

/* “subparagraph a)” */
static const rule of_letters = { .en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = own,
	.after = FEATURE_WORD,
	.token = look };

const rule rule_reference_paragraph = {
	.id = "reference/paragraph",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = names,
	.after = FEATURE_NUMBER | FEATURE_STOP | FEATURE_BRACKET,
	.also = &of_letters,
	.source = "FR-REF-06, EN-REF-02: Editorial Manual, Paragraphs; the page of the 1988 "
		  "Committee in French (A)",
	.summary_en = "the brackets of a subparagraph",
	.summary_fr = "parenthèses d’un alinéa",
	.explanation_en =
		"French names a subparagraph with the closing bracket only (“paragraphe 87 a) "
		"i)”), English with both (paragraph 87 (a) (i)). Letters and small roman "
		"numerals after the number of a paragraph, section or article are looked "
		"at.",
	.explanation_fr =
		"Le français désigne un alinéa par la seule parenthèse fermante (paragraphe "
		"87 a) i)), l’anglais par les deux («\u00A0paragraph 87 (a) (i)\u00A0»). Sont "
		"examinés "
		"les lettres et les petits chiffres romains qui suivent le numéro d’un "
		"paragraphe, d’une section ou d’un article.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Il est visé au paragraphe 87 (a) de la décision.",
			"Il est visé au paragraphe 87 a) de la décision." },
		{ LANGUAGE_FR, "Il est visé à l’alinéa (b) de la décision.",
			"Il est visé à l’alinéa b) de la décision." },
		{ LANGUAGE_FR, "Voir le par. 87 (a) de la décision.",
			"Voir le par. 87 a) de la décision." },
		{ LANGUAGE_EN, "As stated in para. 5 a) of the decision, it is due.",
			"As stated in para. 5 (a) of the decision, it is due." },
		{ LANGUAGE_EN, "As stated in subparagraph b) of the decision, it is due.",
			"As stated in subparagraph (b) of the decision, it is due." },
		{ LANGUAGE_FR, NULL,
			"Voir les paragraphes 87 a) et b), 12 (voir annexe) et les 3 (a) "
			"points." },
		{ LANGUAGE_EN, NULL,
			"See paragraphs 87 (a) and (b) (i), and a) the first, b) the "
			"second." }),
	.token = look,
};
