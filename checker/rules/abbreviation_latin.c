/* “e.g.”, “i.e.” and “etc.” belong in notes and between brackets; in running text they are
 * written out. */
#include "checker/rules/number.h"
#include "checker/rules/wording.h"

#define BRACKET_FAR 60 /* tokens back */

static const char *const watched[] = { "g", "e", "etc", NULL };

static bool
in_brackets(const check *c, size_t i)
{
	size_t closed = 0;

	for (size_t n = 0; i > 0 && n < BRACKET_FAR; n++) {
		i--;
		if (number_is_mark(c, i, ')') || number_is_mark(c, i, ']'))
			closed++;
		else if ((number_is_mark(c, i, '(') || number_is_mark(c, i, '[')) &&
			 closed-- == 0)
			return true;
	}
	return false;
}

static status
report(check *c, const rule *r, size_t first, size_t last, const char *right)
{
	if (!number_in_prose(c) || in_brackets(c, first) || wording_is_quoted(c, first, last))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, first, last), slice_of(right), r->fix);
}

static status
look(check *c, const rule *r, size_t i)
{
	bool stop = number_is_mark(c, i + 1, '.');

	if (slice_equal(check_lower(c, i), SLICE("etc")))
		return stop ? report(c, r, i, i + 1, "and so on") : STATUS_OK;
	if (i < 2 || !stop || !number_is_joint(c, i - 1, '.'))
		return STATUS_OK;
	slice first = check_token(c, i - 2), second = check_token(c, i);
	if (slice_equal(first, SLICE("e")) && slice_equal(second, SLICE("g")))
		return report(c, r, i - 2, i + 1, "for example");
	if (slice_equal(first, SLICE("i")) && slice_equal(second, SLICE("e")))
		return report(c, r, i - 2, i + 1, "that is");
	return STATUS_OK;
}

const rule rule_abbreviation_latin = {
	.id = "abbreviation/latin",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "EN-ABB-07: digest of the Editorial Manual by UNDRR (B)",
	.summary_en = "e.g., i.e. and etc. are for notes and brackets",
	.summary_fr = "«\u00A0e.g.\u00A0», «\u00A0i.e.\u00A0» et «\u00A0etc.\u00A0» sont "
		      "réservés aux notes et aux parenthèses",
	.explanation_en =
		"In running text these abbreviations are written out: for example, that is, "
		"and so on. Brackets, notes, tables and quotations are left alone.",
	.explanation_fr =
		"Dans le corps d’un texte anglais, ces abréviations s’écrivent en toutes "
		"lettres\u00A0: for example, that is, and so on. Les parenthèses, les notes, "
		"les "
		"tableaux et les citations ne sont pas relevés.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_EN, "Some agencies, e.g. the World Bank, have agreed.",
			"Some agencies, for example the World Bank, have agreed." },
		{ LANGUAGE_EN, "It is a draft, i.e. it may change.",
			"It is a draft, that is it may change." },
		{ LANGUAGE_EN, NULL, "Some agencies (e.g. the World Bank) have agreed." }),
	.token = look,
};
