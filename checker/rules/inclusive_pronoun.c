/* “Every Permanent Representative must submit his credentials”: no generic masculine. A hint,
 * off unless asked for: it cannot know whether the person is known. */
#include "checker/rules/wording.h"

#define BACK 14 /* tokens */

static const char *const watched[] = { "his", "he", "him", "himself", NULL };

/* every, each, any … before it in the same sentence, and no man named between. */
static bool
speaks_of_anyone(const check *c, size_t i)
{
	static const char *const anyone[] = { "every", "each", "any", "everyone", "anyone",
		"everybody", "anybody", "nobody", "whoever", NULL };
	static const char *const known[] = { "mr", "his", "he", "him", "her", "she", "they",
		"their", "or", NULL };

	for (size_t n = 0; i > 0 && n < BACK; n++) {
		i--;
		if (check_word_is(c, i, anyone))
			return true;
		if (c->tokens.at[i].kind == TOKEN_MARK && c->tokens.at[i].word == '.')
			return false;
		if (check_word_is(c, i, known))
			return false;
	}
	return false;
}

static status
look(check *c, const rule *r, size_t i)
{
	static const char *const other[] = { "or", NULL };

	if (!speaks_of_anyone(c, i) || check_word_is(c, i + 1, other) ||
		(c->tokens.at[i + 1].features & FEATURE_SLASH) != 0 ||
		wording_is_quoted(c, i, i))
		return STATUS_OK;
	return check_report(c, r, (finding){ .text = check_span(c, i, i) });
}

const rule rule_inclusive_pronoun = {
	.id = "inclusive/pronoun",
	.severity = SEVERITY_INFO,
	.fix = FIX_NONE,
	.en = true,
	.off = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "EN-GEN-02: UN guidelines for gender-inclusive language, UN Today (A)",
	.summary_en = "a masculine pronoun for anyone",
	.summary_fr = "un pronom masculin pour tout le monde",
	.explanation_en =
		"Where the person may be anyone (every, each, any), the guidelines prefer the "
		"plural, “he or she” or the singular “they” to a masculine pronoun.",
	.explanation_fr =
		"Quand il s’agit de n’importe qui (every, each, any), les lignes directrices "
		"préfèrent en anglais le pluriel, «\u00A0he or she\u00A0» ou "
		"«\u00A0they\u00A0» singulier au "
		"pronom masculin.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_EN, "Every Permanent Representative must submit his credentials.",
			"All Permanent Representatives must submit their credentials." },
		{ LANGUAGE_EN, NULL,
			"Every representative submits his or her credentials. Mr. Umarov read "
			"his letter." }),
	.token = look,
};
