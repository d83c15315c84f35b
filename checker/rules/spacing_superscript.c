/* The abbreviation « no » whose raised letters an extraction has left apart: « n o 5 ». Those
 * of ordinals belong to typography/ordinal. */
#include "checker/rules/places.h"
#include "checker/rules/spacing.h"

/* « n o 5 », « n os 3 et 4 » */
static bool
is_number_sign(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];
	slice letters = check_token(c, i);

	if (i == 0 || !spacing_is_white(c, i) || t[-1].length != 1 ||
		(t[1].kind != TOKEN_NUMBER && t[1].kind != TOKEN_CODE))
		return false;
	return (slice_equal(letters, SLICE("o")) || slice_equal(letters, SLICE("os"))) &&
	       slice_equal(check_token(c, i - 1), SLICE("n"));
}

static status
look_apart(check *c, const rule *r, size_t i)
{
	if (!is_number_sign(c, i))
		return STATUS_OK;
	slice a = check_token(c, i - 1), b = check_token(c, i);
	slice joined = check_printf(c, "%.*s%.*s", SLICE_ARG(a), SLICE_ARG(b));
	return places_report(
		c, r, check_span(c, i - 1, i), joined, (finding){ .fix = FIX_SAFE });
}

static const char *const raised[] = { "o", "os", NULL };

const rule rule_spacing_superscript = {
	.id = "spacing/superscript",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = raised,
	.source = "FR-LET-09: copies of A/AC.96 documents as extracted (A)",
	.summary_en = "raised letters of «\u00A0no\u00A0» apart",
	.summary_fr = "lettres supérieures de «\u00A0no\u00A0» séparées",
	.explanation_en =
		"The raised letters of no and nos are set small and high, and a PDF gives them "
		"back as a word of their own. They belong to the n before them.",
	.explanation_fr =
		"Les lettres supérieures de no et nos sont petites et hautes, et un PDF les "
		"rend comme un mot à part. Elles se joignent au n qui les précède.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "le Supplément n o 5 du rapport",
					  "le Supplément no 5 du rapport" },
		{ LANGUAGE_FR, "les suppléments n os 3 et 4", "les suppléments nos 3 et 4" },
		{ LANGUAGE_FR, NULL, "de 1 à 3, n ou o 5, le e de Noël, no 5" }),
	.token = look_apart,
};
