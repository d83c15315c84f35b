/* « Abou Mohamed Al Adnani »: the Arabic article and « bin », « ibn » are in small letters
 * inside a name, and have a capital at the head of it. */
#include "checker/rules/wording.h"

static const char *const watched[] = { "al", "bin", "ibn", NULL };

/* A part of a name: no word of the language, no title of a person. */
static bool
is_name(const check *c, size_t i)
{
	static const char *const titles[] = { "m", "mm", "mme", "cheikh", "cheik", "docteur",
		"dr", "président", "général", "émir", "roi", "ministre", "groupe", "front",
		"mouvement", NULL };
	const uint32_t plain = POS_NOUN | POS_VERB | POS_ADJECTIVE | POS_PREPOSITION |
			       POS_ADVERB | POS_DETERMINER | POS_CONJUNCTION;
	slice lower = check_lower(c, i);

	return (wording_shape(c, i) & SHAPE_TITLE) != 0 && lower.n > 2 &&
	       !check_word_is(c, i, titles) && (wording_grammar(c, lower) & plain) == 0;
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (i == 0 || (t->features & FEATURE_TITLE) == 0 || t->gap == GAP_NONE ||
		t[1].gap == GAP_NONE || !is_name(c, i - 1) ||
		(wording_shape(c, i + 1) & SHAPE_TITLE) == 0 || wording_is_quoted(c, i, i))
		return STATUS_OK;
	return check_report_fix(
		c, r, check_span(c, i, i), wording_small(c, check_token(c, i)), r->fix);
}

const rule rule_capital_particle = {
	.id = "capital/particle",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-MAJ-16: « Emploi de la majuscule » (A)",
	.summary_en = "the particle inside an Arabic name is in small letters",
	.summary_fr = "la particule d’un nom arabe s’écrit en minuscules",
	.explanation_en =
		"In French the Arabic article (al) and bin or ibn have a capital at the "
		"beginning of a name and small letters inside it: Abou Mohamed al Adnani.",
	.explanation_fr = "L’article arabe (al), bin et ibn prennent la majuscule au début "
			  "d’un nom et la "
			  "minuscule à l’intérieur\u00A0: Abou Mohamed al Adnani.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Il s’agit d’Abou Mohamed Al Adnani.",
					  "Il s’agit d’Abou Mohamed al Adnani." },
		{ LANGUAGE_FR, NULL,
			"M. Al Adnani, Abou Mohamed al Adnani et Al-Qaida, le Cheikh Bin "
			"Zayed." }),
	.token = look,
};
