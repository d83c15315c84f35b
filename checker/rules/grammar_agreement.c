/* Gender and number inside a French noun phrase, from the dictionary's morphology.
 *
 * Five shapes are looked at, each for its own traps:
 *   determiner + noun              les État, un conflits, cet décision
 *                                  (agreement_determiner.c)
 *   (determiner +) adjective + noun, for the closed list of adjectives that stand in front:
 *                                  la présent résolution, autres entité (agreement_front.c)
 *   noun + adjective               à caractère régionaux; in a heading: Objectif pratiques
 *                                  (agreement_adjective.c), un changement Fondamentale
 *                                  (agreement_capital.c)
 *   number word + noun             deux résolution
 *   noun, adjective, verb          la Commission, réuni à Genève, décide
 *                                  (agreement_apposition.c), or in paragraphs of their own
 *                                  (agreement_preamble.c)
 *
 * A pair disagrees only when *no* reading of the first word fits *any* reading of the second
 * (sets of cells, checker/inflection.h); a word that can also be a verb, an adverb or a name is
 * believed to be one wherever that would explain it. An adjective after a noun may belong to
 * any noun before it (« des organes de contrôle indépendants »), so it is looked at only when
 * nothing before it in its phrase fits (noun_chain.h). All this costs findings and buys
 * precision: the rule was read over law, treaties and United Nations texts until what it says
 * was true.
 *
 * The common path is a test of or-ed bits cached with each distinct word; the dictionary is
 * searched only for the suggestions of a finding. */
#include "checker/rules/agreement_adjective.h"
#include "checker/rules/agreement_apposition.h"
#include "checker/rules/agreement_capital.h"
#include "checker/rules/agreement_colour.h"
#include "checker/rules/agreement_determiner.h"
#include "checker/rules/agreement_front.h"
#include "checker/rules/agreement_numeral.h"
#include "checker/rules/agreement_preamble.h"
#include "checker/rules/agreement_pronoun.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"

/* Number words that count a noun in the plural. */
static const char *const numerals[] = { "deux", "trois", "quatre", "cinq", "six", "sept",
	"huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize",
	"vingt", "trente", "quarante", "cinquante", "soixante", "cent", "mille", NULL };

static const char *const links[] = { "et", "ou", NULL };

/* Verbs of « ce sont de larges études ». */
static const char *const naming[] = { "sont", "étaient", "seront", "seraient", "furent",
	"soient", "fussent", "été", NULL };

/* The article that needs a noun in the singular. */
static const char *const elided[] = { "l’", NULL };

/* What an adjective stands behind: adverbs between a noun and its adjective
 * (agreement_adjective.c), pronouns (agreement_pronoun.c). */
static const char *const before_adjective[] = { "très", "plus", "moins", "non", "trop", "assez",
	"peu", "mal", "plutôt", "toujours", "souvent", "déjà", "encore", "tout", "fait", "si",
	"fois", "nouveau", "reprises", "celui", "celle", "ceux", "celles", NULL };

/* A determiner; number words are looked at apart. */
static bool
is_no_numeral(const check *c, const word *w, const word_reading *r, language l)
{
	(void)r;
	(void)l;
	return !check_lower_is(c, w->lower, numerals);
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_WORD ? agreement_determiner(c, r, i) : STATUS_OK;
}

/* May token i lead a noun phrase of which word i + 1 is a part? */
static bool
leads_phrase(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_WORD && (t->features & FEATURE_DETERMINER) != 0 &&
	       (t[1].features & (FEATURE_NOUN | FEATURE_ADJECTIVE)) != 0 &&
	       !check_word_is(c, i, numerals);
}

/* « les bons et mauvais côtés » */
static const rule of_colours = { .fr = true,
	.on = FEATURE_NOUN,
	.wants = agreement_colour_noun,
	.wants_before = agreement_leads_several,
	.token = agreement_colour };

static const rule of_verbs = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = naming,
	.watch_after = grammar_de,
	.token = agreement_named,
	.also = &of_colours };

static const rule of_links = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = links,
	.before = FEATURE_ADJECTIVE,
	.token = agreement_two_in_front,
	.also = &of_verbs };

static bool
is_adverb(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)w;
	(void)l;
	return (r->grammar & POS_PARTS) == POS_ADVERB;
}

/* « les mesures directement applicable », « , profondément préoccupée »: i is the adverb. */
static status
look_at_adverb(check *c, const rule *r, size_t i)
{
	if ((c->tokens.at[i + 1].features & FEATURE_ADJECTIVE) == 0)
		return STATUS_OK;
	if (i > 0 && c->tokens.at[i - 1].kind == TOKEN_MARK)
		return agreement_apposition(c, r, i - 1);
	return i >= 2 && (leads_phrase(c, i - 2) || (c->tokens.at[i - 1].features &
							    (uint32_t)FEATURE_WATCHED) != 0)
		       ? agreement_apart(c, r, i + 1)
		       : STATUS_OK;
}

static const rule of_adverbs = { .fr = true,
	.on = FEATURE_WORD,
	.wants = is_adverb,
	.before = FEATURE_NOUN | FEATURE_ADJECTIVE | FEATURE_STOP,
	.token = look_at_adverb,
	.also = &of_links };

static status
look_behind_adverb(check *c, const rule *r, size_t i)
{
	/* pas du tout, tout à fait, plus ou moins */
	static const char *const inner[] = { "du", "à", "ou", NULL };
	const token *before = &c->tokens.at[i] - 1;
	size_t comma = i < 3 ? 0 : agreement_apposition_comma(c, i);

	if (comma != 0)
		return agreement_apposition(c, r, comma);
	if ((before->features & FEATURE_NOUN) != 0 ||
		(before->kind == TOKEN_WORD && before->length == 2 &&
			check_word_is(c, i - 1, inner)))
		TRY(agreement_apart(c, r, i + 1));
	return agreement_pronoun(c, r, i);
}

static const rule behind_adverb = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = before_adjective,
	.after = FEATURE_ADJECTIVE,
	.token = look_behind_adverb,
	.also = &of_adverbs };

static bool
may_lead(const check *c, const word *w, const word_reading *r, language l)
{
	return is_no_numeral(c, w, r, l) &&
	       (nominal_leads_noun(c, w, r) || agreement_means_several(c, w));
}

static status
look_before_noun(check *c, const rule *r, size_t i)
{
	if (c->tokens.at[i].kind != TOKEN_WORD)
		return STATUS_OK;
	TRY(agreement_several(c, r, i));
	return agreement_front(c, r, i);
}

static const rule before_noun = { .fr = true,
	.on = FEATURE_ADJECTIVE,
	.wants = may_lead,
	.after = FEATURE_NOUN,
	.disagree = true,
	.token = look_before_noun,
	.also = &behind_adverb };

static bool
may_agree(const check *c, const word *w, const word_reading *r, language l)
{
	return agreement_may_agree(c, w, r) && is_no_numeral(c, w, r, l);
}

static bool
may_agree_with_noun(const check *c, const word *w, const word_reading *r, language l)
{
	return may_agree(c, w, r, l) || agreement_has_capital(w, r);
}

static status
look_behind_noun(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->kind != TOKEN_WORD)
		return STATUS_OK;
	return (t->features & FEATURE_TITLE) != 0 ? agreement_capital(c, r, i)
						  : agreement_adjective(c, r, i);
}

static const rule behind_noun = { .fr = true,
	.on = FEATURE_ADJECTIVE,
	.wants = may_agree_with_noun,
	.before = FEATURE_NOUN,
	.disagree = true,
	.token = look_behind_noun,
	.also = &before_noun };

/* What may be a noun itself leads to another adjective only where a rule names it, or behind a
 * noun with its determiner. */
static status
look_behind_adjective(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->kind == TOKEN_WORD && t[-1].kind == TOKEN_MARK)
		return agreement_apposition(c, r, i - 1);
	if (t->kind != TOKEN_WORD)
		return STATUS_OK;
	if ((t[-1].features & FEATURE_NOUN) != 0 &&
		(t[-1].features & (uint32_t)FEATURE_WATCHED) == 0 &&
		(i < 3 || (t[-2].features & FEATURE_NOUN) == 0 || !leads_phrase(c, i - 3) ||
			(phrase_cells(c, i - 2) & phrase_cells(c, i)) != 0))
		return STATUS_OK;
	return agreement_apart(c, r, i);
}

static const rule behind_adjective = { .fr = true,
	.on = FEATURE_ADJECTIVE,
	.wants = may_agree,
	.before = FEATURE_ADJECTIVE | FEATURE_STOP,
	.token = look_behind_adjective,
	.also = &behind_noun };

static const rule of_compounds = { .fr = true,
	.on = FEATURE_WORD,
	.wants = agreement_compound_numeral,
	.after = FEATURE_NOUN | FEATURE_ADJECTIVE,
	.token = agreement_numeral,
	.also = &behind_adjective };

static const rule of_numerals = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = numerals,
	.after = FEATURE_NOUN | FEATURE_ADJECTIVE,
	.disagree = true,
	.token = agreement_numeral,
	.also = &of_compounds };

static const rule of_article = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = elided,
	.after = FEATURE_NOUN,
	.disagree = true,
	.token = agreement_elided,
	.also = &of_numerals };

static status
look_at_block(check *c, const rule *r)
{
	const token *t = c->tokens.at;

	TRY(agreement_title(c, r));
	/* “Convaincue”, “Vivement préoccupée” */
	if (c->tokens.count < 3 || (t[0].features & FEATURE_TITLE) == 0 ||
		((t[0].features | t[1].features) & FEATURE_ADJECTIVE) == 0)
		return STATUS_OK;
	return agreement_preamble(c, r);
}

const rule rule_grammar_agreement = {
	.id = "grammar/agreement",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.on = FEATURE_DETERMINER,
	.wants = is_no_numeral,
	.after = FEATURE_NOUN | FEATURE_ADJECTIVE,
	.disagree = true,
	.also = &of_article,
	.source = "FR-TRT-12: S/2018/7 in French; Grevisse, Le Bon Usage; morphology of the "
		  "Dicollecte dictionary (A)",
	.summary_en = "determiner, noun and adjective do not agree",
	.summary_fr = "le déterminant, le nom et l’adjectif ne s’accordent pas",
	.explanation_en =
		"In a French noun phrase the determiner and the adjective take the gender and "
		"the number of the noun. The rule speaks only where every reading that the "
		"dictionary gives of every word excludes agreement, and where the adjective "
		"cannot belong to an earlier noun, or is known to belong to this one (société "
		"civile). A word behind the noun that tells for whom or for what the thing is "
		"(le volet jeunes) and one that a capital makes a name (la compagnie Royal) "
		"are left alone. In apposition to the subject the adjective is looked at where "
		"the verb follows behind a comma, and at the head of the paragraphs of a "
		"preamble. The "
		"correction of the number of the noun, "
		"or of the other words, comes first according to how many words must change; "
		"check which one was meant. It is made without asking in a heading of two "
		"words only, where the lines that follow have the noun in the plural and the "
		"text never has it in the singular.",
	.explanation_fr =
		"Dans le groupe nominal, le déterminant et l’adjectif prennent le genre et le "
		"nombre du nom. La règle ne parle que lorsque aucune des lectures que le "
		"dictionnaire donne des mots ne permet l’accord et que l’adjectif ne peut se "
		"rapporter à un nom qui précède, ou qu’il est connu pour aller avec celui-ci "
		"(société civile). Un mot qui dit pour qui ou pour quoi est la chose (le volet "
		"jeunes) et celui dont la majuscule fait un nom propre (la compagnie Royal) "
		"sont laissés de côté. En apposition au sujet, l’adjectif est examiné lorsque "
		"le verbe suit après une virgule, et en tête des alinéas d’un préambule. La "
		"correction qui "
		"change le moins de mots "
		"vient en premier\u00A0; il reste à vérifier ce qui était voulu. Elle n’est "
		"faite "
		"sans demander que dans un intertitre de deux mots, quand la suite emploie le "
		"nom au pluriel et que le texte ne l’emploie jamais au singulier.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "les État parties à la Convention",
					  "les États parties à la Convention" },
		{ LANGUAGE_FR, "les parties à un conflits doivent négocier",
			"les parties à un conflit doivent négocier" },
		{ LANGUAGE_FR, "par la présent résolution", "par la présente résolution" },
		{ LANGUAGE_FR, "Autres entité publique", "Autres entités publiques" },
		{ LANGUAGE_FR, "Objectif pratiques", "Objectifs pratiques" },
		{ LANGUAGE_FR, "Ils agissent dans l’exercice de leur fonctions.",
			"Ils agissent dans l’exercice de leurs fonctions." },
		{ LANGUAGE_FR, "dans un délai de deux mois et de trois semaine",
			"dans un délai de deux mois et de trois semaines" },
		{ LANGUAGE_FR, "la pleines participation des femmes",
			"la pleine participation des femmes" },
		{ LANGUAGE_FR, "Il agit conformément aux principes suivantes.",
			"Il agit conformément aux principes suivants." },
		{ LANGUAGE_FR, "Le Conseil a examiné l’accords signé hier.",
			"Le Conseil a examiné l’accord signé hier." },
		{ LANGUAGE_FR, "Les mesure sont prises par le Conseil.",
			"Les mesures sont prises par le Conseil." },
		{ LANGUAGE_FR, "les organisations de la société civil",
			"les organisations de la société civile" },
		{ LANGUAGE_FR, "Il faut des mesures plus efficace.",
			"Il faut des mesures plus efficaces." },
		{ LANGUAGE_FR, "Il a pris d’autre mesures.", "Il a pris d’autres mesures." },
		{ LANGUAGE_FR, "Ce sont celles adopté par le Conseil.",
			"Ce sont celles adoptées par le Conseil." },
		{ LANGUAGE_FR, "Il a adopté les mesure demandées.",
			"Il a adopté les mesures demandées." },
		{ LANGUAGE_FR, "Il a pris les grandes et nécessaire mesures.",
			"Il a pris les grandes et nécessaires mesures." },
		{ LANGUAGE_FR, "Le Comité, préoccupée par la situation, reste saisi.",
			"Le Comité, préoccupé par la situation, reste saisi." },
		{ LANGUAGE_FR, "La paix et la sécurité menacés sont à défendre.",
			"La paix et la sécurité menacées sont à défendre." },
		{ LANGUAGE_FR, "Le Conseil a adopté deux résolution.",
			"Le Conseil a adopté deux résolutions." },
		{ LANGUAGE_FR, "Il parle d’une femme inconnu.",
			"Il parle d’une femme inconnue." },
		{ LANGUAGE_FR, "Le Comité a adopté une décision importants.",
			"Le Comité a adopté une décision importante." },
		{ LANGUAGE_FR, "Le Comité regrette une violation si graves.",
			"Le Comité regrette une violation si grave." },
		{ LANGUAGE_FR, "Un expert indépendant désignée par le Comité est venu.",
			"Un expert indépendant désigné par le Comité est venu." },
		{ LANGUAGE_FR, "Les premières blessés ont été évacués.",
			"Les premiers blessés ont été évacués." },
		{ LANGUAGE_FR,
			"Le Comité, une fois de plus saisie de la question, décide ceci.",
			"Le Comité, une fois de plus saisi de la question, décide ceci." },
		{ LANGUAGE_FR,
			"La Cour a constaté un changement Fondamentale de circonstances.",
			"La Cour a constaté un changement fondamental de circonstances." },
		{ LANGUAGE_FR, "Question diverses", "Questions diverses" },
		{ LANGUAGE_FR, NULL, "le volet jeunes, la compagnie Royal a fermé" },
		{ LANGUAGE_FR, NULL, "Ils prendront des mesures si nécessaire." },
		{ LANGUAGE_FR, NULL,
			"les zones fumeurs, un examen surprise, les ayants droit" },
		{ LANGUAGE_FR, NULL, "les secteurs public et privé" },
		{ LANGUAGE_FR, NULL, "L’an dernier, réunis à Genève, ils ont signé." },
		{ LANGUAGE_FR, NULL, "celles et ceux venus de loin, en première lecture" },
		{ LANGUAGE_FR, NULL,
			"la paix et la sécurité internationales, le type et la taille "
			"proposés" },
		{ LANGUAGE_FR, NULL, "ses numéro de téléphone et adresse électronique" },
		{ LANGUAGE_FR, NULL, "des organes de contrôle indépendants" },
		{ LANGUAGE_FR, NULL, "Le Conseil et le Comité réunis ont décidé." },
		{ LANGUAGE_FR, NULL, "Elle a vingt et un ans ; il leur faut des fonds." }),
	.token = look,
	.block = look_at_block,
};
