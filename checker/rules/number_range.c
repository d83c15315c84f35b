/* Ranges in French prose: « de 5 à 10 jours », not « de 5-10 jours »; years in full, 2018-2020.
 */
#include "checker/quotation.h"
#include "checker/rules/number.h"

#define YEARS_MOST 10

static bool
is_dash(const token *t)
{
	return spacing_is_mark(t, '-') || spacing_is_mark(t, 0x2013);
}

/* 2018-20 · 2018 - 20; but « S.C. 1967-68 » is how a law is cited. */
static status
look_years(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	uint32_t first = number_plain(c, i), last = number_plain(c, i + 2);

	if (first < 1900 || first > 2100 || !is_dash(&t[1]) || t[2].length != 2 ||
		(t[1].gap == GAP_NONE) != (t[2].gap == GAP_NONE) || last == NUMBER_NONE)
		return STATUS_OK;
	last += first / 100 * 100;
	if (last <= first || last > first + YEARS_MOST || (t->gap == GAP_NONE && i > 0) ||
		(t[3].gap == GAP_NONE && t[3].kind != TOKEN_EDGE &&
			(t[3].features & (FEATURE_STOP | FEATURE_BRACKET | FEATURE_QUOTE)) ==
				0) ||
		(i > 0 && spacing_is_mark(&t[-1], '.')) || quotation_holds(c, i))
		return STATUS_OK;
	slice right = check_printf(c, "%u-%u", first, last);
	return check_report(c, r,
		(finding){ .text = check_span(c, i, i + 2),
			.fix = FIX_REVIEW,
			.message = check_message(c,
				"the second year of a range is written in full",
				"la seconde année d’un intervalle s’écrit en entier"),
			.suggestions = &right,
			.suggestion_count = 1 });
}

/* « entre 1939-1945 »; « entre 2010-2015 et 2016-2020 » compares two periods. */
static status
look_between(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	uint32_t low = number_plain(c, i), high = number_plain(c, i + 2);

	if (i == 0 || !slice_is(check_lower(c, i - 1), "entre") || !is_dash(&t[1]) ||
		t[1].gap != GAP_NONE || t[2].gap != GAP_NONE || low == NUMBER_NONE ||
		high == NUMBER_NONE || high <= low || t[2].length != 4 ||
		t[3].gap == GAP_NONE || slice_is(check_lower(c, i + 3), "et") ||
		quotation_holds(c, i))
		return STATUS_OK;
	return number_report(
		c, r, i, i + 2, FIX_REVIEW, check_printf(c, "%u et %u", low, high));
}

static status
look(check *c, const rule *r, size_t i)
{
	static const char *const before[] = { "de", "entre", NULL };
	const token *t = &c->tokens.at[i];
	uint32_t low = number_plain(c, i), high;

	if (t->length == 4 && t[2].length == 2)
		return look_years(c, r, i);
	if (t->length == 4)
		return look_between(c, r, i);
	if (i == 0 || t->length > 3 || low == NUMBER_NONE ||
		!spacing_word_in(c, &t[-1], before) ||
		!(number_is_joint(c, i + 1, '-') || number_is_joint(c, i + 1, 0x2013)))
		return STATUS_OK;
	high = number_plain(c, i + 2);
	if (high == NUMBER_NONE || high <= low || t[2].length > 3 || !number_in_prose(c) ||
		(t[3].features & (FEATURE_NOUN | FEATURE_UNKNOWN)) != FEATURE_NOUN ||
		t[3].gap == GAP_NONE || quotation_holds(c, i))
		return STATUS_OK;
	const char *joint = slice_is(check_lower(c, i - 1), "entre") ? "et" : "à";
	return number_report(
		c, r, i, i + 2, FIX_REVIEW, check_printf(c, "%u %s %u", low, joint, high));
}

/* Dashes are rarer than figures. */
static status
look_at_dash(check *c, const rule *r, size_t i)
{
	return look(c, r, i - 1);
}

const rule rule_number_range = {
	.id = "number/range",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_DASH,
	.before = FEATURE_NUMBER,
	.source = "FR-NUM-15: Guide du rédacteur, Canada (C)",
	.summary_en = "a range with a hyphen after “de” or “entre”",
	.summary_fr =
		"intervalle à trait d’union après «\u00A0de\u00A0» ou «\u00A0entre\u00A0»",
	.explanation_en =
		"In French prose «\u00A0de\u00A0» calls for «\u00A0à\u00A0» and "
		"«\u00A0entre\u00A0» for «\u00A0et\u00A0»: de 5 à 10 "
		"jours. Without the preposition the hyphen may stay. Years are written in "
		"full: 2018-2020.",
	.explanation_fr =
		"Dans le texte, «\u00A0de\u00A0» appelle «\u00A0à\u00A0» et "
		"«\u00A0entre\u00A0» appelle «\u00A0et\u00A0»\u00A0: de 5 à "
		"10 jours. Sans préposition, le trait d’union peut rester. Les années "
		"s’écrivent en entier\u00A0: 2018-2020.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Un délai de 5-10 jours suffit au Comité.",
					  "Un délai de 5 à 10 jours suffit au Comité." },
		{ LANGUAGE_FR, "Le budget de l’exercice 2018 - 20 est adopté.",
			"Le budget de l’exercice 2018-2020 est adopté." },
		{ LANGUAGE_FR, NULL, "Le budget de 2018-2019 prévoit de 5 à 10 jours." }),
	.token = look_at_dash,
};
