/* « trois voies : Établissement d’un partenariat »: behind a colon the sentence goes on in
 * small letters, unless a quotation, a name or an item on a new line follows.
 *
 * Names and titles begin with a capital everywhere, so the word must be a plain noun that goes
 * on with « de » or « à », begin no term, and stand in a sentence that has a verb before the
 * colon; even so it may be a title, which is why this is a remark. */
#include "checker/rules/number.h"
#include "checker/rules/wording.h"

#define BEFORE_LEAST 5 /* tokens before the colon */

/* A plain noun, asked once for each distinct word. */
static bool
wants(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)w;
	(void)l;
	return (r->grammar & POS_NOUN) != 0 && (r->grammar & (POS_NAME | POS_VERB)) == 0 &&
	       (r->features & FEATURE_TERM) == 0;
}

static bool
has_verb(const check *c, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if ((wording_grammar(c, check_lower(c, i)) &
			    (POS_VERB | POS_NOUN | POS_ADJECTIVE | POS_PREPOSITION |
				    POS_ADVERB | POS_DETERMINER | POS_PRONOUN)) == POS_VERB)
			return true;
	return false;
}

/* Where the sentence with token i begins. */
static size_t
sentence_start(const check *c, size_t i)
{
	while (i > 0 && !number_is_mark(c, i - 1, '.') && !number_is_mark(c, i - 1, ';'))
		i--;
	return i;
}

static status
look(check *c, const rule *r, size_t i)
{
	static const char *const of[] = { "de", "d\u2019", "du", "des", "à", "au", "aux",
		NULL };

	if (i < BEFORE_LEAST || !number_is_mark(c, i - 1, ':') || !number_in_prose(c) ||
		!check_word_is(c, i + 1, of))
		return STATUS_OK;
	size_t start = sentence_start(c, i - 1);
	if (i - 1 - start < BEFORE_LEAST || !has_verb(c, start, i - 1) ||
		spacing_breaks_line(c, i) || wording_is_quoted(c, i, i))
		return STATUS_OK;
	return check_report_fix(
		c, r, check_span(c, i, i), wording_small(c, check_token(c, i)), r->fix);
}

const rule rule_capital_colon = {
	.id = "capital/colon",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_TITLE,
	.wants = wants,
	.before = FEATURE_STOP,
	.source = "FR-MAJ-20: S/2018/7 in French (A)",
	.summary_en = "small letters behind a colon",
	.summary_fr = "minuscule après un deux-points",
	.explanation_en =
		"Behind a colon the sentence goes on in small letters, unless a quotation, a "
		"name or an item on a new line follows. Reported is a plain noun that begins "
		"no "
		"name of the termbase; the title of a work would be one, too.",
	.explanation_fr =
		"Après un deux-points, la phrase se poursuit en minuscules, sauf devant une "
		"citation, un nom propre ou un point de liste à la ligne. Est signalé un nom "
		"commun qui ne commence aucun nom de la base terminologique\u00A0; ce peut "
		"être "
		"aussi le titre d’un ouvrage.",
	.examples =
		RULE_EXAMPLES({ LANGUAGE_FR,
				      "Le Conseil prévoit une seule voie : Établissement d’un "
				      "partenariat.",
				      "Le Conseil prévoit une seule voie : établissement d’un "
				      "partenariat." },
			{ LANGUAGE_FR, NULL,
				"Le Comité en a retenu trois : Paris, la paix et Conseil de "
				"sécurité." }),
	.token = look,
};
