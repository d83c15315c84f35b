/* A figure that begins a sentence: “60 staff members received awards.” Only where the sentence
 * before ends without doubt, or a whole sentence follows at the head of a paragraph, and where
 * a word in small letters comes next: paragraph numbers, notes and tables begin with figures
 * for good reasons, and a year has no other form. */
#include "checker/quotation.h"
#include "checker/rules/number.h"
#include "checker/rules/number_words.h"
#include "checker/rules/wording.h"
#include "text/utf8.h"

#define SENTENCE_LEAST 6 /* tokens; fewer at the head of a block are a label */

/* « … pour. 15 États »: the word before the stop is no abbreviation. */
static bool
ends_sentence(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];
	uint32_t others = FEATURE_CAPITALS | FEATURE_SINGLE | FEATURE_UNKNOWN;

	return i >= 4 && number_is_next(c, i) && spacing_is_mark(&t[-1], '.') &&
	       t[-1].gap == GAP_NONE && t[-2].kind == TOKEN_WORD && t[-2].length > 4 &&
	       (t[-2].features & others) == 0 && t[-3].kind == TOKEN_WORD;
}

/* What follows begins no reference and no list: a word in small letters, not a unit. */
static bool
begins_sentence(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i + 1];
	uint32_t others = FEATURE_CAPITALS | FEATURE_SINGLE | FEATURE_UNKNOWN | FEATURE_HYPHEN;
	bool state = c->language == LANGUAGE_FR && slice_is(check_lower(c, i + 1), "états");

	return t->kind == TOKEN_WORD && number_is_next(c, i + 1) && t->length > 3 &&
	       (t->features & others) == 0 && (state || (t->features & FEATURE_TITLE) == 0) &&
	       t[1].kind == TOKEN_WORD;
}

/* The text before the block ends with a full stop: the block is no line of a paragraph that was
 * broken. */
static bool
follows_stop(const check *c)
{
	slice before = slice_trim(check_text(c, (span){ 0, c->block->text.start }));

	return before.n != 0 && before.p[before.n - 1] == '.';
}

/* The block is a sentence of its own that begins by counting something. */
static bool
opens_block(const check *c, size_t i)
{
	size_t count = c->tokens.count;

	return i == 0 && count >= SENTENCE_LEAST && number_is_mark(c, count - 1, '.') &&
	       number_counts_noun(c, 0) && follows_stop(c);
}

static status
look(check *c, const rule *r, size_t i)
{
	uint32_t n;

	if (i != 0 && !spacing_is_mark(&c->tokens.at[i] - 1, '.'))
		return STATUS_OK;
	n = number_plain(c, i);
	if (n == NUMBER_NONE || n < 2 || (n >= 1900 && n <= 2100) ||
		!(opens_block(c, i) || ends_sentence(c, i)) || !begins_sentence(c, i) ||
		c->block->kind != BLOCK_PARAGRAPH || quotation_holds(c, i))
		return STATUS_OK;
	/* « vingt et un » or « vingt et une »: the noun decides. */
	bool gendered = c->language == LANGUAGE_FR && n % 10 == 1 && n / 10 != 1 &&
			n / 10 != 7 && n / 10 != 9;
	if (n > NUMBER_WORDS_MOST || gendered)
		return number_report(c, r, i, i, FIX_NONE, (slice){ 0 });
	return number_report(
		c, r, i, i, FIX_REVIEW, wording_capital(c, number_cardinal(c, c->language, n)));
}

const rule rule_number_sentence_start = {
	.id = "number/sentence-start",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.not_extracted = true,
	.on = FEATURE_NUMBER,
	.after = FEATURE_WORD,
	.source =
		"EN-NUM-02: Editorial Manual, Numbers, dates and time (A); FR-NUM-03: Guide du "
		"rédacteur, Canada (B)",
	.summary_en = "a sentence that begins with a figure",
	.summary_fr = "phrase qui commence par un chiffre",
	.explanation_en =
		"A sentence does not begin with a figure: write the number in words or turn "
		"the sentence. In text extracted from a PDF, where note calls and page "
		"numbers fall among the words, nothing is said.",
	.explanation_fr =
		"Une phrase ne commence pas par un chiffre\u00A0: écrivez le nombre en lettres "
		"ou tournez la phrase autrement. La règle se tait dans un texte extrait "
		"d’un PDF, où appels de note et numéros de page tombent au milieu des mots.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_EN,
			"Mr.\u00A0Umarov closed the meeting. 60 staff members received "
			"awards.",
			"Mr.\u00A0Umarov closed the meeting. Sixty staff members "
			"received "
			"awards." },
		{ LANGUAGE_FR,
			"Le texte\u00A0: il est adopté par le Conseil. 15 personnes ont voté "
			"pour.",
			"Le texte\u00A0: il est adopté par le Conseil. Quinze personnes ont "
			"voté "
			"pour." },
		{ LANGUAGE_FR, NULL,
			"Le texte\u00A0: il figure à l’art. 15 du règlement. 2. Les "
			"autres." }),
	.token = look,
};
