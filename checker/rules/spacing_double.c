/* Two spaces where one belongs. Runs at the start and the end of a paragraph are not in the
 * block; a run of three or more is a column of a table drawn with spaces, and stays. */
#include "checker/rule.h"

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = c->tokens.at;
	span gap = { t[i - 1].start + t[i - 1].length, t[i].start };

	if (gap.end - gap.start != 2 || !slice_equal(check_text(c, gap), SLICE("  ")))
		return STATUS_OK;
	span where = { t[i - 1].start, t[i].start + t[i].length };
	slice before = check_token(c, i - 1), after = check_token(c, i);
	slice joined = check_printf(c, "%.*s %.*s", SLICE_ARG(before), SLICE_ARG(after));
	return check_report_fix(c, r, where, joined, FIX_SAFE);
}

const rule rule_spacing_double = {
	.id = "spacing/double",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_WIDE,
	.source = "FR-ESP-06, EN-ESP-03: letters and resolutions of the United Nations (A)",
	.summary_en = "two spaces in a row",
	.summary_fr = "deux espaces de suite",
	.explanation_en = "One space separates words and sentences, after a full stop too.",
	.explanation_fr =
		"Une seule espace sépare les mots et les phrases, y compris après un point.",
	.examples = { { LANGUAGE_FR, "un caractère  davantage régional",
			      "un caractère davantage régional" },
		{ LANGUAGE_EN, "the Security  Council", "the Security Council" },
		{ LANGUAGE_FR, NULL, "Oui   Non   Abstentions" } },
	.token = look,
};
