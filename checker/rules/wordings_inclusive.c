/* Hints on inclusive language, off unless asked for: lists in data/lang/wordings-en.tsv. */
#include "checker/rule.h"

const rule rule_inclusive_noun = {
	.id = "inclusive/noun",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.en = true,
	.off = true,
	.source = "EN-GEN-01 (A): UN guidelines for gender-inclusive language, UNDRR digest",
	.summary_en = "a noun for all genders exists",
	.summary_fr = "un nom épicène existe",
	.explanation_en =
		"The guidelines of the United Nations prefer nouns that name no gender: "
		"Chair, spokesperson, police officer, humankind. Official titles of "
		"adopted texts keep their words.",
	.explanation_fr = "Les lignes directrices de l’ONU préfèrent en anglais les noms qui "
			  "ne marquent pas "
			  "le genre\u00A0: Chair, spokesperson, police officer, humankind. Les "
			  "titres des textes "
			  "adoptés gardent leurs mots.",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN, "The spokesman declined to comment.",
					  "The spokesperson declined to comment." },
		{ LANGUAGE_EN, NULL, "The spokesperson and the Chair declined." }),
};

const rule rule_inclusive_disability = {
	.id = "inclusive/disability",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.en = true,
	.off = true,
	.source = "EN-GEN-03 (A): UNDRR digest of the UN Editorial Manual",
	.summary_en = "the person comes first",
	.summary_fr = "la personne d’abord",
	.explanation_en = "Disability is named after the person: persons with disabilities, a "
			  "wheelchair user.",
	.explanation_fr =
		"En anglais, le handicap se nomme après la personne\u00A0: persons with "
		"disabilities, a wheelchair user.",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN, "This concerns disabled persons.",
					  "This concerns persons with disabilities." },
		{ LANGUAGE_EN, NULL, "Persons with disabilities took part." }),
};
