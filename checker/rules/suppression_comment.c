/* A comment that asks for silence from a rule that does not exist is silent about nothing: its
 * author must be told. */
#include "base/nearest.h"
#include "checker/rule.h"

static status
report(check *c, const rule *r, span name)
{
	const profile_reader all = { .rules = c->with->rules,
		.rule_count = c->with->rule_count };
	finding f = { .text = name };
	nearest n;

	nearest_init(&n, check_text(c, name));
	profile_offer_rules(&all, &n);
	if (nearest_found(&n)) {
		f.suggestions = &n.best;
		f.suggestion_count = 1;
		f.fix = FIX_REVIEW;
	}
	return check_report(c, r, f);
}

static status
look(check *c, const rule *r)
{
	for (size_t i = 0; i < c->suppressed.unknown_count; i++)
		TRY(report(c, r, c->suppressed.unknown[i]));
	return STATUS_OK;
}

const rule rule_suppression_comment = {
	.id = "suppression/comment",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.source = "docs/SUPPRESSION.md (A)",
	.summary_en = "a comment for paraph names a rule that does not exist",
	.summary_fr = "un commentaire pour paraph nomme une règle qui n’existe pas",
	.explanation_en =
		"A comment such as “paraph: ignore RULE — reason” silences a rule (or a "
		"family, "
		"such as spacing/, or all) in its line or paragraph. A name that no rule has "
		"silences nothing, so that it is reported, with the name that was perhaps "
		"meant.",
	.explanation_fr =
		"Un commentaire comme «\u00A0paraph: ignore RÈGLE — raison\u00A0» fait taire "
		"une règle "
		"(ou "
		"une famille, comme spacing/, ou toutes, all) dans sa ligne ou son paragraphe. "
		"Un nom qui n’est celui d’aucune règle ne fait rien taire\u00A0: il est "
		"signalé, "
		"avec "
		"le nom qui était peut-être voulu.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_EN,
			"The letter has been read. paraph: ignore spacing/doubel — as is",
			"The letter has been read. paraph: ignore spacing/double — as "
			"is" },
		{ LANGUAGE_FR, NULL,
			"La lettre a été lue. paraph : ignore spacing/double — tel quel" }),
	.document = look,
};
