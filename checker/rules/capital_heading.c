/* “Report Of The Secretary-General”, « Intervenants Et Participants »: in a heading only the
 * first word and names have capitals. Small words cannot be names, so that one of them with a
 * capital settles it; articles that begin names (La Haye, The Gambia) are not among them. */
#include "checker/rules/wording.h"

static const char *const small_fr[] = { "et", "ou", "de", "du", "des", "dans", "pour", "sur",
	"par", "avec", "aux", "au", "d’", "à", NULL };
static const char *const small_en[] = { "of", "and", "in", "on", "for", "to", "by", "with",
	"from", "at", "or", NULL };

/* Neither at the beginning nor behind a mark, and before another capital: a small word alone
 * may begin a line of its own. */
static bool
is_inside(const check *c, size_t i)
{
	const token *t = c->tokens.at;

	return i > 0 && i + 1 < c->tokens.count && t[i - 1].kind == TOKEN_WORD &&
	       t[i + 1].kind == TOKEN_WORD && t[i].gap != GAP_NONE &&
	       (wording_shape(c, i - 1) & SHAPE_UPPER) == 0 &&
	       (wording_shape(c, i + 1) & SHAPE_TITLE) != 0;
}

/* Out of line: few blocks are headings. */
static __attribute__((noinline)) status
look_at_heading(check *c, const rule *r)
{
	const char *const *small = c->language == LANGUAGE_FR ? small_fr : small_en;

	for (size_t i = 1; i < c->tokens.count; i++) {
		const token *t = &c->tokens.at[i];
		if ((t->features & FEATURE_TITLE) == 0 || t->length < 2 || !is_inside(c, i) ||
			!check_word_is(c, i, small) || wording_is_quoted(c, i, i))
			continue;
		TRY(check_report_fix(c, r, check_span(c, i, i),
			wording_small(c, check_token(c, i)), r->fix));
	}
	return STATUS_OK;
}

static status
look(check *c, const rule *r)
{
	return c->block->kind == BLOCK_HEADING ? look_at_heading(c, r) : STATUS_OK;
}

const rule rule_capital_heading = {
	.id = "capital/heading",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.source = "FR-MAJ-19 (A): S/2018/7; EN-CAP-05 (A): UN Editorial Manual, Instructions",
	.summary_en = "a small word in a heading has no capital",
	.summary_fr = "un petit mot n’a pas de majuscule dans un titre",
	.explanation_en = "In a heading the first word and names have capitals, no other word.",
	.explanation_fr = "Dans un titre, seuls le premier mot et les noms propres prennent la "
			  "majuscule.",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN,
					  "Rules Of Procedure\n\nThe report is short and "
					  "was read by all members of the Committee.\n",
					  "Rules of Procedure\n\nThe report is short and was "
					  "read by "
					  "all members of the Committee.\n" },
		{ LANGUAGE_FR, NULL, "Intervenants et participants" }),
	.block = look,
};
