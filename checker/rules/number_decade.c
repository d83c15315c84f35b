/* « the 1990's »: a decade is a plural, not a genitive. */
#include "checker/quotation.h"
#include "checker/rules/number.h"

static status
look(check *c, const rule *r, size_t i)
{
	slice s = check_token(c, i);

	if (s.n < 6 || s.n > 8 || s.p[3] != '0' || s.p[s.n - 1] != 's' ||
		(s.p[4] != '\'' && s.p[4] != '\xE2') || i == 0)
		return STATUS_OK;
	uint32_t year = number_of(slice_sub(s, 0, 4));
	static const char *const before[] = { "the", "early", "late", "mid", "since", "of",
		NULL };
	if (year < 1500 || year > 2100 || !spacing_word_in(c, &c->tokens.at[i - 1], before) ||
		quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, i, i, FIX_SAFE, check_printf(c, "%us", year));
}

const rule rule_number_decade = {
	.id = "number/decade",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.en = true,
	.on = FEATURE_CODE,
	.source = "EN-NUM-07: digest of the Editorial Manual by UNDRR (A)",
	.summary_en = "a decade with an apostrophe",
	.summary_fr = "décennie écrite avec une apostrophe",
	.explanation_en =
		"A decade is a plural and takes no apostrophe: the 1990s. A year in the "
		"genitive (2015’s results) is something else and is left alone.",
	.explanation_fr =
		"En anglais, une décennie est un pluriel et ne prend pas d’apostrophe\u00A0: "
		"the "
		"1990s. Une année au génitif (2015’s results) est autre chose et n’est pas "
		"relevée.",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN, "Since the 1990's, the situation has changed.",
					  "Since the 1990s, the situation has changed." },
		{ LANGUAGE_EN, "Since the early 1990’s, the situation has changed.",
			"Since the early 1990s, the situation has changed." },
		{ LANGUAGE_EN, NULL, "Compared with 2015’s results, the 1990s were better." }),
	.token = look,
};
