/* “the UNESCO has decided”: in English the acronyms of organizations take no article. In “the
 * UNDP office” the article belongs to the office, so what follows must begin something else. */
#include "checker/quotation.h"
#include "checker/rules/acronyms.h"
#include "checker/terms.h"

/* Neither a noun nor an adjective. */
static bool
stands_alone(const check *c, size_t i)
{
	static const char *const others[] = { "has", "have", "had", "is", "was", "were", "will",
		"would", "shall", "should", "may", "can", "could", "must", "and", "or", "to",
		"in", "for", "at", "on", "with", "by", "from", "of", "which", "that", "who",
		"also", "continues", "continued", "reported", "supports", "supported", NULL };
	const token *next = &c->tokens.at[i + 1];

	return next->kind == TOKEN_EDGE || (next->features & FEATURE_STOP) != 0 ||
	       check_word_is(c, i + 1, others);
}

static status
look(check *c, const rule *r, size_t i)
{
	static const char *const the[] = { "the", NULL };
	const termbase *t = c->with->terms;
	term_match m;

	if (t == NULL || i == 0 || !check_word_is(c, i - 1, the) || !stands_alone(c, i) ||
		!termbase_match_at(
			&m, t, &c->words, &c->tokens, c->document->text, LANGUAGE_EN, i) ||
		m.first != m.last)
		return STATUS_OK;
	term_view term = termbase_term(t, m.term);
	concept_view k = termbase_concept(t, m.term);
	if (term.flags != TERM_ACRONYM || term.status != TERM_PREFERRED ||
		!slice_equal(k.subject, SLICE("programme")) ||
		k.evidence == EVIDENCE_UNVERIFIED || terms_in_capitals(c, i, i) ||
		quotation_holds(c, i))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i - 1, i), check_token(c, i), r->fix);
}

const rule rule_acronym_the = {
	.id = "acronym/the",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.en = true,
	.on = FEATURE_CAPITALS,
	.source = "EN-ABB-03: United Nations Editorial Guide, UNDRR editorial manual (A)",
	.summary_en = "an article before the acronym of an organization",
	.summary_fr = "un article devant le sigle d’une organisation",
	.explanation_en =
		"In English the acronyms of funds, programmes and agencies stand without an "
		"article: UNDP has agreed. The article of a noun that follows (the UNDP "
		"office) is no matter.",
	.explanation_fr =
		"En anglais, le sigle d’un fonds, d’un programme ou d’une institution n’a pas "
		"d’article\u00A0: UNDP has agreed. L’article d’un nom qui suit (the UNDP "
		"office) "
		"n’est pas en cause.",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN, "Last year the UNDP has agreed to it.",
					  "Last year UNDP has agreed to it." },
		{ LANGUAGE_EN, NULL,
			"UNESCO agreed, and the UNDP office in Geneva has, too." }),
	.token = look,
};
