/* « Signé : Kairat Umarov » for « (Signé) Kairat Umarov »: the block of a signature begins with
 * the word in brackets. */
#include "checker/rules/number.h"

#define NAME_MOST 12 /* tokens after the word */

/* Both in either language: a name says little about the language of its block. */
static const char *const watched[] = { "signé", "signed", NULL };

/* A name after the sign, and nothing else in the block: capitals at the head of the first and
 * of the last word. */
static bool
is_name(const check *c, size_t first)
{
	const token *t = c->tokens.at;
	size_t count = c->tokens.count;

	return count > first + 1 && count - first <= NAME_MOST && t[first].kind == TOKEN_WORD &&
	       (t[first].features & FEATURE_TITLE) != 0 &&
	       (t[first + 1].features & (FEATURE_TITLE | FEATURE_CAPITALS)) != 0;
}

static status
look(check *c, const rule *r, size_t i)
{
	if (i != 0 || !number_is_mark(c, 1, ':') ||
		!spacing_word_in(c, &c->tokens.at[0], watched) || !is_name(c, 2))
		return STATUS_OK;
	return number_report(c, r, 0, 1, FIX_REVIEW,
		check_printf(c, "(%.*s)", SLICE_ARG(check_token(c, 0))));
}

const rule rule_reference_signature = {
	.id = "reference/signature",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-REF-11: S/2018/7 and S/2015/648 in French (A)",
	.summary_en = "“Signed” without its brackets",
	.summary_fr = "«\u00A0Signé\u00A0» sans ses parenthèses",
	.explanation_en = "Letters reproduced in documents carry (Signed), in italics and in "
			  "brackets, before the name.",
	.explanation_fr =
		"Les lettres reproduites dans les documents portent (Signé), en italique et "
		"entre parenthèses, devant le nom.",
	.examples =
		RULE_EXAMPLES({ LANGUAGE_FR, "Signé : Kairat Umarov", "(Signé) Kairat Umarov" },
			{ LANGUAGE_FR, NULL, "Signé : le texte du présent accord est joint." }),
	.token = look,
};
