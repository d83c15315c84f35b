/* « la 72e session de l’Assemblée générale » for « la soixante-douzième session … ». */
#include "checker/quotation.h"
#include "checker/rules/number.h"
#include "checker/rules/number_words.h"

#define AHEAD 4 /* tokens to « Assemblée » */

static bool
is_of_assembly(const check *c, size_t i)
{
	for (size_t k = i; k < i + AHEAD && k < c->tokens.count; k++)
		if (slice_is(check_token(c, k), "Assemblée"))
			return true;
	return false;
}

static status
look(check *c, const rule *r, size_t i)
{
	slice s = check_token(c, i);
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	uint32_t number = n <= 2 ? number_of(slice_sub(s, 0, n)) : NUMBER_NONE;
	slice end = slice_sub(s, n, s.n);
	if (number == NUMBER_NONE || number < 2 ||
		!(slice_is(end, "e") || slice_is(end, "ème")) ||
		!slice_is(check_lower(c, i + 1), "session") || !is_of_assembly(c, i + 2) ||
		quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, i, i, FIX_REVIEW, number_ordinal_fr(c, number));
}

const rule rule_number_session = {
	.id = "number/session",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_CODE,
	.source = "FR-NUM-16: S/RES/2255 (2015) in French and usage (B)",
	.summary_en = "the number of a session of the Assembly in figures",
	.summary_fr = "numéro d’une session de l’Assemblée en chiffres",
	.explanation_en = "French documents spell out the sessions of the General Assembly "
			  "(soixante-douzième "
			  "session); meetings stay in figures (7590e séance).",
	.explanation_fr =
		"Les sessions de l’Assemblée générale s’écrivent en toutes lettres "
		"(soixante-douzième session) ; les séances restent en chiffres (7590e séance).",
	.examples = { { LANGUAGE_FR, "Rapport sur la 72e session de l’Assemblée générale.",
			      "Rapport sur la soixante-douzième session de l’Assemblée "
			      "générale." },
		{ LANGUAGE_FR, "Rapport sur la 59e session de l’Assemblée générale.",
			"Rapport sur la cinquante-neuvième session de l’Assemblée générale." },
		{ LANGUAGE_FR, "Rapport sur la 71e session de l’Assemblée générale.",
			"Rapport sur la soixante et onzième session de l’Assemblée générale." },
		{ LANGUAGE_FR, NULL, "À sa 7590e séance et à la 5e session du Comité." } },
	.token = look,
};
