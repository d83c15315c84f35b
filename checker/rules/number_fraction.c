/* Simple fractions of something, in English prose: “three quarters of”, not “3/4 of”. */
#include "checker/quotation.h"
#include "checker/rules/number.h"

static slice
in_words(check *c, uint32_t n, uint32_t d)
{
	static const char *const counts[] = { "", "one", "two", "three", "four", "five", "six",
		"seven", "eight", "nine" };
	static const char *const parts[] = { "", "", "half", "third", "quarter", "fifth",
		"sixth", "seventh", "eighth", "ninth", "tenth" };

	return check_printf(c, "%s %s%s", counts[n], parts[d], n == 1 ? "" : "s");
}

static status
look(check *c, const rule *r, size_t i)
{
	uint32_t n = number_plain(c, i), d;

	if (n == 0 || n > 9 || c->tokens.at[i].length != 1 || i == 0 ||
		c->tokens.at[i].gap == GAP_NONE || !number_is_joint(c, i + 1, '/') ||
		c->tokens.at[i - 1].kind == TOKEN_NUMBER)
		return STATUS_OK;
	d = number_plain(c, i + 2);
	if (d <= n || d > 10 || !number_is_next(c, i + 3) || !number_in_prose(c) ||
		!slice_is(check_lower(c, i + 3), "of") || quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, i, i + 2, FIX_REVIEW, in_words(c, n, d));
}

const rule rule_number_fraction = {
	.id = "number/fraction",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.en = true,
	.on = FEATURE_NUMBER,
	.after = FEATURE_SLASH,
	.source = "EN-NUM-11: Editorial Manual, Numbers, dates and time (A)",
	.summary_en = "a simple fraction in figures",
	.summary_fr = "fraction simple en chiffres",
	.explanation_en =
		"A simple fraction of something is spelled out in running text: three "
		"quarters of the population. Fractions after a whole number (3 1/2) and in "
		"tables stay in figures.",
	.explanation_fr =
		"Dans un texte anglais, une fraction simple s’écrit en lettres\u00A0: three "
		"quarters of the population. Après un entier (3 1/2) et dans les tableaux, "
		"elle reste en chiffres.",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN, "It reaches 3/4 of the population.",
					  "It reaches three quarters of the population." },
		{ LANGUAGE_EN, NULL, "It lasted 3 1/2 of the years; see S/2018/7 and 9/11." }),
	.token = look,
};
