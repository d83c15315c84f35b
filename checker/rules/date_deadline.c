/* « d’ici 2030 »: the 2030 Agenda in French writes « d’ici à 2030 ». */
#include "checker/quotation.h"
#include "checker/rules/number.h"

static const char *const here[] = { "ici", NULL };

/* i is ici, and a number stands behind it. */
static status
look(check *c, const rule *r, size_t i)
{
	uint32_t year = c->tokens.at[i + 1].length == 4 ? number_plain(c, i + 1) : NUMBER_NONE;

	if (year < 1950 || year > 2100 || i < 1 || !number_is_next(c, i + 1) ||
		c->tokens.at[i - 1].kind != TOKEN_ELISION || quotation_holds(c, i + 1))
		return STATUS_OK;
	return number_report(
		c, r, i, i, FIX_SAFE, check_printf(c, "%.*s à", SLICE_ARG(check_token(c, i))));
}

const rule rule_date_deadline = {
	.id = "date/deadline",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = here,
	.after = FEATURE_NUMBER,
	.source = "FR-NUM-17: A/RES/70/1 in French, goals and targets (A)",
	.summary_en = "“d’ici” before a year without “à”",
	.summary_fr = "«\u00A0d’ici\u00A0» devant une année, sans «\u00A0à\u00A0»",
	.explanation_en =
		"The Sustainable Development Goals in French say «\u00A0d’ici à 2030\u00A0» "
		"throughout; a year after «\u00A0d’ici\u00A0» takes «\u00A0à\u00A0». Lengths "
		"of time (d’ici "
		"cinq ans) do not.",
	.explanation_fr = "Les objectifs de développement durable disent toujours «\u00A0d’ici "
			  "à 2030\u00A0»\u00A0; "
			  "une année qui suit «\u00A0d’ici\u00A0» se fait précéder de "
			  "«\u00A0à\u00A0». Les durées (d’ici "
			  "cinq ans) n’en prennent pas.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Ces objectifs doivent être atteints d’ici 2030.",
			"Ces objectifs doivent être atteints d’ici à 2030." },
		{ LANGUAGE_FR, NULL,
			"D’ici à 2030 et d’ici cinq ans ; ici 2030 personnes travaillent." }),
	.token = look,
};
