/* Words that do not agree where they stand as prepositions, adverbs or in set phrases: «
 * quelques 120 personnes », « Vus les articles », « y comprises les annexes », « travailler
 * ensembles »; and nul et non avenu, both of whose halves do. The rows are in
 * data/lang/wordings-fr.tsv. */
#include "checker/rule.h"

const rule rule_grammar_invariable = {
	.id = "grammar/invariable",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.source = "FR-TRT-12; Grevisse, Le Bon Usage; Académie française, Dictionnaire (A)",
	.summary_en = "a word that does not agree here, or a set phrase that does",
	.summary_fr = "mot qui ne s’accorde pas ici, ou locution qui s’accorde",
	.explanation_en =
		"Quelque before a number means about and takes no s; vu, excepté and y compris "
		"before their noun, ensemble, bien and possible as adverbs stay as they are. "
		"In "
		"nul et non avenu both words agree.",
	.explanation_fr =
		"Devant un nombre, «\u00A0quelque\u00A0» signifie environ et ne prend pas "
		"d’s\u00A0; "
		"vu, excepté et y compris placés devant leur nom, ensemble, bien et possible "
		"employés comme adverbes ne varient pas. Dans «\u00A0nul et non avenu\u00A0», "
		"les "
		"deux mots s’accordent.",
	.examples = { { LANGUAGE_FR, "Il y avait quelques 120 personnes.",
			      "Il y avait quelque 120 personnes." },
		{ LANGUAGE_FR, "Les textes, y comprises les annexes, sont prêts.",
			"Les textes, y compris les annexes, sont prêts." },
		{ LANGUAGE_FR, NULL,
			"Quelques milliers de personnes ; les annexes y comprises ; les "
			"ensembles." } },
};
