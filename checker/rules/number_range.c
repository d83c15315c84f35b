/* Ranges in French prose: « de 5 à 10 jours », not « de 5-10 jours ». */
#include "checker/quotation.h"
#include "checker/rules/number.h"

static status
look(check *c, const rule *r, size_t i)
{
	static const char *const before[] = { "de", "entre", NULL };
	const token *t = &c->tokens.at[i];
	uint32_t low = number_plain(c, i), high;

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

const rule rule_number_range = {
	.id = "number/range",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_NUMBER,
	.source = "FR-NUM-15: Guide du rédacteur, Canada (C)",
	.summary_en = "a range with a hyphen after “de” or “entre”",
	.summary_fr = "intervalle à trait d’union après « de » ou « entre »",
	.explanation_en =
		"In French prose « de » calls for « à » and « entre » for « et »: de 5 à 10 "
		"jours. "
		"Without the preposition the hyphen may stay.",
	.explanation_fr =
		"Dans le texte, « de » appelle « à » et « entre » appelle « et » : de 5 à 10 "
		"jours. "
		"Sans préposition, le trait d’union peut rester.",
	.examples = { { LANGUAGE_FR, "Un délai de 5-10 jours suffit au Comité.",
			      "Un délai de 5 à 10 jours suffit au Comité." },
		{ LANGUAGE_FR, NULL, "Le budget de 2018-2019 prévoit de 5 à 10 jours." } },
	.token = look,
};
