/* Two numbers that meet: “twenty 15-cent stamps”, not “20 15-cent stamps”. */
#include "checker/quotation.h"
#include "checker/rules/number.h"
#include "checker/rules/number_words.h"

/* The figure at the head of a compound such as 15-cent; NUMBER_NONE for other tokens. */
static uint32_t
compound_number(slice s)
{
	slice number, noun;

	if (!slice_cut(s, '-', &number, &noun) || noun.n < 3 || noun.p[0] < 'a' ||
		noun.p[0] > 'z')
		return NUMBER_NONE;
	return number_of(number);
}

/* The smaller of the two in words; empty when neither is small enough. */
static slice
in_words(check *c, size_t i, uint32_t count, uint32_t measure)
{
	slice first = check_token(c, i - 1), second = check_token(c, i), number, noun;

	slice_cut(second, '-', &number, &noun);
	if (count <= NUMBER_WORDS_MOST)
		return check_printf(c, "%.*s %.*s",
			SLICE_ARG(number_cardinal(c, LANGUAGE_EN, count)), SLICE_ARG(second));
	if (measure > NUMBER_WORDS_MOST)
		return (slice){ 0 };
	return check_printf(c, "%.*s %.*s-%.*s", SLICE_ARG(first),
		SLICE_ARG(number_cardinal(c, LANGUAGE_EN, measure)), SLICE_ARG(noun));
}

/* i is the compound. A year before it counts nothing. */
static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (i == 0 || t[-1].kind != TOKEN_NUMBER || !number_is_next(c, i))
		return STATUS_OK;
	uint32_t measure = compound_number(check_token(c, i)), count = number_plain(c, i - 1);
	if (measure == NUMBER_NONE || (count >= 1900 && count <= 2100) || !number_in_prose(c) ||
		number_follows_reference(c, i - 1) || quotation_holds(c, i))
		return STATUS_OK;
	slice right = in_words(c, i, count, measure);
	return number_report(c, r, i - 1, i, right.p == NULL ? FIX_NONE : FIX_REVIEW, right);
}

const rule rule_number_adjacent = {
	.id = "number/adjacent",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.en = true,
	.on = FEATURE_CODE,
	.source = "EN-NUM-09: Editorial Manual, Corrigenda (A)",
	.summary_en = "two figures side by side",
	.summary_fr = "deux chiffres qui se suivent",
	.explanation_en =
		"Where two numbers meet, one of them is written in words: twenty 15-cent "
		"stamps.",
	.explanation_fr = "En anglais, quand deux nombres se suivent, l’un d’eux s’écrit en "
			  "lettres\u00A0: "
			  "twenty 15-cent stamps.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_EN, "The Office sold 20 15-cent stamps to visitors.",
			"The Office sold twenty 15-cent stamps to visitors." },
		{ LANGUAGE_EN, "The Office sold 9,300 12-sheet blocks to visitors.",
			"The Office sold 9,300 twelve-sheet blocks to visitors." },
		{ LANGUAGE_EN, NULL,
			"In 2018 15-member bodies met, and 12 COVID-19 cases were found." }),
	.token = look,
};
