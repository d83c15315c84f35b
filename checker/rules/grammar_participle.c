/* A past participle behind avoir that agrees with what follows it or with the subject: « le
 * Comité a adoptée la résolution », « elles ont signées un accord ». It agrees with its object
 * only where that stands before it, as que, les, quelles mesures do (Grevisse, Le Bon Usage, §
 * 942–945).
 *
 * Seen only where the subject stands right before the verb, where its object follows right
 * behind the participle, and where nothing before them in the sentence can be an object of the
 * verb. */
#include "checker/quotation.h"
#include "checker/rules/clause.h"
#include "checker/rules/grammar.h"
#include "checker/rules/phrase.h"

#define REACH 40     /* tokens back to the beginning of the sentence */
#define SELF_REACH 5 /* from rendues back to se */

static const char *const watched[] = { "a", "ont", "avait", "avaient", "aura", "auront",
	"aurait", "auraient", "ait", "aient", NULL };
static const char *const rendered[] = { "rendue", "rendus", "rendues", NULL };

/* What can be an object that stands before the verb, or lead one. */
static bool
may_have_object_before(const check *c, size_t verb)
{
	static const char *const objects[] = { "que", "qu’", "combien", "quel", "quels",
		"quelle", "quelles", "lequel", "laquelle", "lesquels", "lesquelles", "autant",
		"tant", "plus", "moins", "trop", "dont", "où", NULL };

	for (size_t n = 0, i = verb; n < REACH && i-- > 0; n++) {
		const token *t = &c->tokens.at[i];
		if (t->kind == TOKEN_MARK && (t->features & FEATURE_STOP) != 0 &&
			t->word != ',')
			return false;
		if (check_word_is(c, i, objects))
			return true;
	}
	return false;
}

/* Il, elle, ils, elles or a noun: no pronoun that could be the object stands between; lui,
 * leur, y and ne cannot. */
static bool
is_behind_subject(const check *c, size_t verb)
{
	static const char *const pronouns[] = { "il", "elle", "ils", "elles", "on", "qui",
		NULL };
	static const char *const between[] = { "lui", "leur", "y", "ne", "n’", NULL };

	if (verb > 1 && check_word_is(c, verb - 1, between) &&
		(grammar_spaced(c, verb) || c->tokens.at[verb].gap == GAP_NONE))
		verb--;
	if (verb == 0 || !grammar_spaced(c, verb) || c->tokens.at[verb - 1].kind != TOKEN_WORD)
		return false;
	return check_word_is(c, verb - 1, pronouns) ||
	       (phrase_grammar(c, verb - 1) & (POS_NOUN | POS_NAME)) != 0;
}

/* A determiner right behind the participle leads its object. */
static bool
leads_object(const check *c, size_t i)
{
	static const char *const determiners[] = { "le", "la", "les", "l’", "un", "une", "ce",
		"cet", "cette", "ces", "son", "sa", "ses", "leur", "leurs", "plusieurs",
		"aucun", "aucune", "que", "qu’", NULL };

	return grammar_spaced(c, i) && check_word_is(c, i, determiners);
}

/* « a faites siennes », « a vues partir »: what follows decides; others have no object at all.
 */
static bool
is_bound(const check *c, size_t i)
{
	static const char *const others[] = { "faire", "laisser", "voir", "entendre", "sentir",
		"être", NULL };

	return clause_has_lemma(c, i, others);
}

/* « elles se sont rendues compte »: compte is the object, and stands behind. i is rendues. */
static status
look_rendered(check *c, const rule *r, size_t i)
{
	static const char *const account[] = { "compte", NULL }, *const held[] = { "tenu",
		NULL };
	static const char *const selves[] = { "se", "s’", "nous", "vous", "me", "m’", "te",
		"t’", NULL };

	if (!grammar_spaced(c, i + 1) || !check_word_is(c, i + 1, account) ||
		check_word_is(c, i + 2, held) || quotation_holds(c, i))
		return STATUS_OK;
	for (size_t n = 1; n <= SELF_REACH && n <= i; n++)
		if (check_word_is(c, i - n, selves))
			return check_report_fix(
				c, r, check_span(c, i, i), SLICE("rendu"), r->fix);
	return STATUS_OK;
}

static status
look(check *c, const rule *r, size_t i)
{
	size_t at = clause_skip_adverbs(c, i + 1);

	if (c->tokens.at[at].kind != TOKEN_WORD || !grammar_spaced(c, at) ||
		(phrase_grammar(c, at) & POS_PARTICIPLE) == 0 ||
		(phrase_shape(c, at) & SHAPE_LOWER) == 0)
		return STATUS_OK;
	if ((phrase_cells(c, at) & CELL_MS) != 0 || phrase_cells(c, at) == 0 ||
		!leads_object(c, at + 1) || !is_behind_subject(c, i) || is_bound(c, at) ||
		may_have_object_before(c, i) || quotation_holds(c, i))
		return STATUS_OK;
	slice form =
		inflection_form(c, check_token(c, at), CELL_MS, POS_PARTICIPLE | POS_ADJECTIVE);
	if (form.n == 0)
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, at, at), form, r->fix);
}

static const rule of_rendered = {
	.fr = true, .on = (uint32_t)FEATURE_WATCHED, .watch = rendered, .token = look_rendered
};

const rule rule_grammar_participle = {
	.id = "grammar/participle",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.wants_after = clause_may_lead_attribute,
	.also = &of_rendered,
	.source = "Grevisse, Le Bon Usage, § 942–945 (A)",
	.summary_en = "participle after avoir that agrees with nothing before it",
	.summary_fr = "participe accordé après «\u00A0avoir\u00A0» sans objet qui précède",
	.explanation_en =
		"After avoir the past participle agrees with its direct object only where the "
		"object stands before it (les mesures qu’il a adoptées). Behind a subject, "
		"with "
		"the object after it, it keeps the masculine singular.",
	.explanation_fr = "Après avoir, le participe passé ne s’accorde avec son complément "
			  "direct que si "
			  "celui-ci le précède (les mesures qu’il a adoptées). Derrière un "
			  "sujet, et suivi "
			  "de son complément, il reste au masculin singulier.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "La Commission a invités les parties à poursuivre le dialogue.",
			"La Commission a invité les parties à poursuivre le dialogue." },
		{ LANGUAGE_FR, "Elles ont signées un accord.", "Elles ont signé un accord." },
		{ LANGUAGE_FR, "Le Comité a également adoptée la résolution.",
			"Le Comité a également adopté la résolution." },
		{ LANGUAGE_FR, "Elles se sont rendues compte du danger.",
			"Elles se sont rendu compte du danger." },
		{ LANGUAGE_FR, "Les États lui ont donnés une réponse.",
			"Les États lui ont donné une réponse." },
		{ LANGUAGE_FR, NULL,
			"Les décisions rendues compte tenu du droit ont été lues." },
		{ LANGUAGE_FR, NULL, "Les mesures que le Comité a adoptées les obligent." },
		{ LANGUAGE_FR, NULL,
			"Quelles mesures le Comité a-t-il adoptées ? Il les a prises." },
		{ LANGUAGE_FR, NULL, "Le Comité a pris les mesures et a remis un rapport." }),
	.token = look,
};
