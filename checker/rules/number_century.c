/* Centuries in figures: « le 21e siècle » for « le XXIe siècle ». */
#include "checker/quotation.h"
#include "checker/rules/number.h"

#define CENTURIES 30

static slice
roman(check *c, uint32_t n)
{
	static const char *const ones[] = { "", "I", "II", "III", "IV", "V", "VI", "VII",
		"VIII", "IX" };
	static const char *const tens[] = { "", "X", "XX", "XXX" };

	return check_printf(c, "%s%s%s", tens[n / 10], ones[n % 10], n == 1 ? "er" : "e");
}

/* « siècle » after token i, or after the other one of « 19e et 20e siècles ». */
static bool
is_century(const check *c, size_t i)
{
	static const char *const nouns[] = { "siècle", "siècles", NULL };
	static const char *const joints[] = { "et", "ou", "au", "à", NULL };

	if (spacing_word_in(c, &c->tokens.at[i + 1], nouns))
		return true;
	return spacing_word_in(c, &c->tokens.at[i + 1], joints) &&
	       c->tokens.at[i + 2].kind == TOKEN_CODE &&
	       spacing_word_in(c, &c->tokens.at[i + 3], nouns);
}

static status
look(check *c, const rule *r, size_t i)
{
	static const char *const ends[] = { "e", "è", "ème", "eme", "ième", "er", NULL };
	slice s = check_token(c, i);
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	uint32_t number = n <= 2 ? number_of(slice_sub(s, 0, n)) : NUMBER_NONE;
	if (number == NUMBER_NONE || number == 0 || number >= CENTURIES || !is_century(c, i) ||
		quotation_holds(c, i))
		return STATUS_OK;
	for (const char *const *end = ends; *end != NULL; end++)
		if (slice_is(slice_sub(s, n, s.n), *end))
			return number_report(c, r, i, i, FIX_SAFE, roman(c, number));
	return STATUS_OK;
}

const rule rule_number_century = {
	.id = "number/century",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.on = FEATURE_CODE,
	.source = "FR-NUM-13: notes on ordinals after the OQLF and the Imprimerie nationale; "
		  "Guide du rédacteur, Canada (B)",
	.summary_en = "a century in arabic figures",
	.summary_fr = "siècle en chiffres arabes",
	.explanation_en =
		"French writes centuries in roman figures: le XXIe siècle. Quotations are "
		"left alone.",
	.explanation_fr =
		"Le numéro d’un siècle s’écrit en chiffres romains, suivis de la "
		"terminaison de l’ordinal\u00A0: le XXIe siècle. Les citations ne sont pas "
		"relevées.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Les défis du 21ème siècle sont nombreux.",
					  "Les défis du XXIe siècle sont nombreux." },
		{ LANGUAGE_FR, NULL, "Le livre « L’Europe du 21e siècle » a paru." },
		{ LANGUAGE_FR, NULL, "Au XXIe siècle, au 21e jour de ce siècle." }),
	.token = look,
};
