/* An elision that has lost its apostrophe: « qu il », « l État », « jusqu à », « n est pas ».
 *
 * Old files lose the curly apostrophe when their characters are converted, and a blank is left.
 * Qu, jusqu and lorsqu are no words, so that a vowel behind them is proof. A single letter also
 * stands for a point of a list, a unit or a variable (« l’alinéa d », « 10 l », « n est pair
 * »): what may follow each of them is listed, a noun behind l and d, a few verbs behind the
 * others, and what names letters or counts them may not stand before. */
#include <string.h>

#include "checker/quotation.h"
#include "checker/rules/grammar.h"
#include "checker/rules/vowel.h"

static const char *const watched[] = { "l", "d", "n", "s", "c", "j", "m", "t", "qu", "jusqu",
	"lorsqu", "puisqu", "quoiqu", "quelqu", NULL };

/* Any vowel, before anything is looked up. */
static bool
may_open_with_vowel(const check *c, size_t i)
{
	static const char *const first = "aeiouyhAEIOUYH\303\305";
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_WORD && grammar_spaced(c, i) &&
	       strchr(first, c->document->text.p[t->start]) != NULL;
}

/* « l État », « d autres », « l Iran », « d un ». */
static bool
follows_article(const check *c, size_t i)
{
	static const char *const small[] = { "un", "une", "on", "ici", "où", NULL };
	const word *w = words_at(&c->words, c->tokens.at[i].word);
	const word_reading *r = &w->in[LANGUAGE_FR - LANGUAGE_FR];

	if (w->points < 3 || slice_is_one_of(w->text, small))
		return slice_is_one_of(w->text, small);
	if ((w->shape & SHAPE_LOWER) == 0)
		return vowel_opens_name(w->text);
	return (r->grammar & (POS_NOUN | POS_ADJECTIVE | POS_DETERMINER)) != 0 &&
	       (r->grammar & POS_NAME) == 0 && vowel_opens(w->text);
}

static bool
is_denied(const check *c, size_t i)
{
	static const char *const negations[] = { "pas", "plus", "jamais", "aucun", "aucune",
		"rien", "guère", "point", "que", "ni", NULL };

	for (size_t k = i + 1; k < i + 6; k++) {
		if (c->tokens.at[k].kind == TOKEN_EDGE)
			return false;
		if (check_word_is(c, k, negations))
			return true;
	}
	return false;
}

static bool
may_follow(const check *c, size_t i, int letter)
{
	static const char *const reflexive[] = { "il", "ils", "est", "était", "étaient", "agit",
		"agissait", "agissant", "agir", "y", "impose", "imposent", "applique",
		"appliquent", "appliquera", "élève", "élèvent", "engage", "engagent", "inscrit",
		"inscrivent", "ajoute", "ajoutent", "étend", "efforce", "efforcent", NULL };
	static const char *const being[] = { "est", "était", "étaient", "est-à-dire", NULL };
	static const char *const having[] = { "a", "ai", "ont", "avait", "avaient", "avais",
		"aura", "auraient", "aurait", "y", "en", NULL };

	switch (letter) {
	case 'l':
	case 'd':
		return follows_article(c, i);
	case 's':
		return check_word_is(c, i, reflexive);
	case 'c':
		return check_word_is(c, i, being);
	case 'n':
		return (grammar_of(c, check_lower(c, i)) & (POS_VERB | POS_PRONOUN)) != 0 &&
		       is_denied(c, i);
	default:
		return check_word_is(c, i, having);
	}
}

/* What stands before makes a name or a quantity of the letter; a capital is one that opens a
 * sentence. */
static bool
is_label(const check *c, size_t i)
{
	static const char *const names[] = { "alinéa", "alinéas", "point", "points", "lettre",
		"lettres", "annexe", "annexes", "variable", NULL };
	static const char *const counts[] = { "nombre", "nombres", NULL };
	const token *t = &c->tokens.at[i];

	if ((words_at(&c->words, t->word)->shape & SHAPE_LOWER) == 0 &&
		!grammar_opens_sentence(c, i))
		return true;
	/* « M est l’élévation » opens the legend of a formula */
	if (i == 0)
		return strchr("mtns", check_lower(c, i).p[0]) != NULL;
	if (t[-1].kind == TOKEN_MARK)
		return t->gap == GAP_NONE || (t[-1].features & FEATURE_STOP) == 0;
	if (t[-1].kind != TOKEN_WORD || t->gap == GAP_NONE)
		return true;
	return check_word_is(c, i - 1, names) ||
	       (slice_is(check_lower(c, i), "n") && check_word_is(c, i - 1, counts));
}

static status
look(check *c, const rule *r, size_t i)
{
	slice lower = check_lower(c, i);

	if (c->tokens.at[i].kind != TOKEN_WORD || c->block->kind == BLOCK_CELL ||
		!may_open_with_vowel(c, i + 1))
		return STATUS_OK;
	if (lower.n == 1 && (!may_follow(c, i + 1, lower.p[0]) || is_label(c, i)))
		return STATUS_OK;
	if (quotation_holds(c, i) && lower.n == 1)
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i, i + 1),
		check_printf(c, "%.*s’%.*s", SLICE_ARG(check_token(c, i)),
			SLICE_ARG(check_token(c, i + 1))),
		r->fix);
}

const rule rule_typography_missing_apostrophe = {
	.id = "typography/missing-apostrophe",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-ESP-08; Académie française, Dictionnaire, « apostrophe » (A)",
	.summary_en = "an elision has lost its apostrophe",
	.summary_fr = "apostrophe manquante dans une élision",
	.explanation_en =
		"When characters are converted, the apostrophe is easily lost and a space is "
		"left: qu il, l État, jusqu à. Single letters are reported only before words "
		"that they elide with, and never as labels, units or variables.",
	.explanation_fr =
		"Lors d’une conversion de caractères, l’apostrophe se perd facilement et "
		"laisse "
		"une espace : qu il, l État, jusqu à. Une lettre seule n’est signalée que "
		"devant un mot avec lequel elle s’élide, jamais comme numéro d’alinéa, unité "
		"ou variable.",
	.examples = { { LANGUAGE_FR, "Le Comité demande qu il soit entendu.",
			      "Le Comité demande qu’il soit entendu." },
		{ LANGUAGE_FR, "le rapport de l État partie", "le rapport de l’État partie" },
		{ LANGUAGE_FR, "Il siège jusqu à la fin.", "Il siège jusqu’à la fin." },
		{ LANGUAGE_FR, "Le texte n est pas adopté.", "Le texte n’est pas adopté." },
		{ LANGUAGE_FR, "Il s agit de la paix.", "Il s’agit de la paix." },
		{ LANGUAGE_FR, NULL, "L’alinéa d est supprimé, ainsi que 10 l environ." },
		{ LANGUAGE_FR, NULL, "Le nombre n est pair ; les points l et m." } },
	.token = look,
};
