/* Words that do not agree where they stand as prepositions, adverbs or in set phrases: «
 * quelques 120 personnes », « Vus les articles », « y comprises les annexes », « travailler
 * ensembles »; nul et non avenu, both of whose halves do, and demi behind its noun. The rows
 * are in data/lang/wordings-fr.tsv; what hangs on any verb or noun beside the word is here. */
#include "checker/inflection.h"
#include "checker/quotation.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"

static const char *const watched[] = { "ensembles", "quelque", "demi", "demie", "demis",
	"demies", NULL };

/* « elles viendront ensembles. » */
static bool
ends_clause_behind_verb(const check *c, size_t i)
{
	const uint32_t plurals = PERSON_1PL | PERSON_2PL | PERSON_3PL;
	const token *next = &c->tokens.at[i + 1];

	if (i == 0 || !grammar_spaced(c, i) || c->tokens.at[i - 1].kind != TOKEN_WORD ||
		(next->kind != TOKEN_EDGE && (next->features & FEATURE_STOP) == 0) ||
		next->word == ':')
		return false;
	uint32_t before = words_at(&c->words, c->tokens.at[i - 1].word)->in[0].grammar;
	return (before & plurals) != 0 &&
	       (before & (POS_NOUN | POS_ADJECTIVE | POS_PARTICIPLE | POS_ADVERB)) == 0;
}

/* « quelque amis »: about, before a number alone, else the article of a singular. */
static bool
counts_no_number(const check *c, size_t i)
{
	static const char *const clauses[] = { "que", "qu’", NULL };

	return c->tokens.at[i + 1].kind == TOKEN_WORD && grammar_spaced(c, i + 1) &&
	       nominal_is_noun(c, i + 1, true) &&
	       (nominal_parts(c, i + 1) & POS_PARTS & ~(uint32_t)POS_ADJECTIVE) == POS_NOUN &&
	       (phrase_cells(c, i + 1) & CELLS_SINGULAR) == 0 &&
	       !check_word_is(c, i + 2, clauses);
}

/* « trois heures et demi »: behind its noun, which a number counts, demi has its gender and no
 * plural; empty where it is right. Midi et demi and minuit et demie are written both ways. */
static slice
half(check *c, size_t i)
{
	const token *next = &c->tokens.at[i + 1];
	static const char *const and[] = { "et", NULL };
	static const char *const one[] = { "un", "une", NULL };

	if (i < 3 || !grammar_next(c, i - 1, and) || !grammar_spaced(c, i) ||
		c->tokens.at[i - 2].kind != TOKEN_WORD || !grammar_spaced(c, i - 2) ||
		(nominal_parts(c, i - 2) & ~(uint32_t)POS_VERB) != POS_NOUN ||
		!nominal_stands_free(c, i, i))
		return (slice){ 0 };
	bool counted = c->tokens.at[i - 3].kind == TOKEN_NUMBER ||
		       (phrase_grammar(c, i - 3) & POS_NUMERAL) != 0 ||
		       check_word_is(c, i - 3, one);
	/* « un verre et demi litre », « une heure et demie-heure » */
	if (!counted ||
		(next->kind == TOKEN_WORD && (next->features & FEATURE_NOUN) != 0 &&
			(phrase_grammar(c, i + 1) & (POS_PREPOSITION | POS_ADVERB)) == 0))
		return (slice){ 0 };
	unsigned cells = phrase_cells(c, i - 2);
	bool masculine = (cells & CELLS_MASCULINE) != 0,
	     feminine = (cells & CELLS_FEMININE) != 0;
	const char *form = masculine ? "demi" : "demie";
	return masculine == feminine || slice_is(check_lower(c, i), form) ? (slice){ 0 }
									  : slice_of(form);
}

static status
look(check *c, const rule *r, size_t i)
{
	slice shown = check_token(c, i), right = { 0 };

	if (slice_starts(check_lower(c, i), SLICE("demi")))
		right = half(c, i);
	else if (slice_is(check_lower(c, i), "ensembles") && ends_clause_behind_verb(c, i))
		right = slice_sub(shown, 0, shown.n - 1);
	else if (slice_is(check_lower(c, i), "quelque") && counts_no_number(c, i))
		right = check_printf(c, "%.*ss", SLICE_ARG(shown));
	if (right.p == NULL || quotation_holds(c, i))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i, i), right, r->fix);
}

const rule rule_grammar_invariable = {
	.id = "grammar/invariable",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-TRT-12; Grevisse, Le Bon Usage; Académie française, Dictionnaire (A)",
	.summary_en = "a word that does not agree here, or a set phrase that does",
	.summary_fr = "mot qui ne s’accorde pas ici, ou locution qui s’accorde",
	.explanation_en =
		"Quelque before a number means about and takes no s; vu, excepté and y compris "
		"before their noun, ensemble, bien and possible as adverbs stay as they are. "
		"In "
		"nul et non avenu both words agree; demi has the gender of the noun before it "
		"and no plural: trois heures et demie. Set phrases have their complement in "
		"one "
		"number: un appel d’offres, des armes à feu.",
	.explanation_fr =
		"Devant un nombre, «\u00A0quelque\u00A0» signifie environ et ne prend pas "
		"d’s\u00A0; "
		"vu, excepté et y compris placés devant leur nom, ensemble, bien et possible "
		"employés comme adverbes ne varient pas. Dans «\u00A0nul et non avenu\u00A0», "
		"les "
		"deux mots s’accordent\u00A0; demi prend le genre du nom qui le précède, "
		"jamais le "
		"pluriel\u00A0: trois heures et demie. Le complément des locutions garde son "
		"nombre\u00A0: un "
		"appel d’offres, des armes à feu.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Il y avait quelques 120 personnes.",
					  "Il y avait quelque 120 personnes." },
		{ LANGUAGE_FR, "Les textes, y comprises les annexes, sont prêts.",
			"Les textes, y compris les annexes, sont prêts." },
		{ LANGUAGE_FR, "Elles viendront ensembles.", "Elles viendront ensemble." },
		{ LANGUAGE_FR, "Il reste quelque amis.", "Il reste quelques amis." },
		{ LANGUAGE_FR, "La base de donnée est prête.",
			"La base de données est prête." },
		{ LANGUAGE_FR, "Le vote a duré trois heures et demi.",
			"Le vote a duré trois heures et demie." },
		{ LANGUAGE_FR, NULL, "Il a duré deux ans et demi, de midi et demi à la fin." },
		{ LANGUAGE_FR, NULL, "Quelque dix personnes, à quelque temps de là." },
		{ LANGUAGE_FR, NULL,
			"Quelques milliers de personnes ; les annexes y comprises ; les "
			"ensembles." }),
	.token = look,
};
