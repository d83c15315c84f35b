/* « franco allemand », « belgo luxembourgeoise »: the form in -o of the name of a people stands
 * only before the adjective that it is joined to with a hyphen. « Franco » by itself is also an
 * adverb (« franco de port ») and a name, so an adjective in small letters must follow. */
#include "checker/rules/wording.h"

static const char *const watched[] = { "afro", "américano", "anglo", "arabo", "austro", "belgo",
	"canado", "franco", "germano", "gréco", "hispano", "ibéro", "indo", "irano", "israélo",
	"italo", "luso", "nippo", "russo", "serbo", "sino", "soviéto", "turco", NULL };

static bool
is_joined_adjective(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->kind != TOKEN_WORD || t->gap != GAP_SPACE ||
		(wording_shape(c, i) & SHAPE_LOWER) == 0)
		return false;
	return (wording_grammar(c, check_lower(c, i)) & POS_ADJECTIVE) != 0;
}

static status
look(check *c, const rule *r, size_t i)
{
	if ((wording_shape(c, i) & SHAPE_LOWER) == 0 || !is_joined_adjective(c, i + 1) ||
		wording_is_quoted(c, i, i + 1))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i, i + 1),
		check_printf(c, "%.*s-%.*s", SLICE_ARG(check_token(c, i)),
			SLICE_ARG(check_token(c, i + 1))),
		FIX_SAFE);
}

const rule rule_hyphen_nationality = {
	.id = "hyphen/nationality",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-TRT-01 (C): Imprimerie nationale, composés de noms de peuples",
	.summary_en = "the names of two peoples are joined by a hyphen",
	.summary_fr = "deux noms de peuples se joignent par un trait d’union",
	.explanation_en =
		"In French the first of two adjectives of peoples ends in -o and is joined to "
		"the second by a hyphen: l’accord franco-allemand, l’Union "
		"belgo-luxembourgeoise.",
	.explanation_fr =
		"Le premier de deux adjectifs de peuples, en -o, se joint au second par un "
		"trait d’union\u00A0: l’accord franco-allemand, l’Union belgo-luxembourgeoise.",
	.examples =
		RULE_EXAMPLES({ LANGUAGE_FR, "L’accord franco allemand est entré en vigueur.",
				      "L’accord franco-allemand est entré en vigueur." },
			{ LANGUAGE_FR, "L’Union belgo luxembourgeoise a signé.",
				"L’Union belgo-luxembourgeoise a signé." },
			{ LANGUAGE_FR, NULL,
				"Les colis sont livrés franco de port ; le franco est rare." }),
	.token = look,
};
