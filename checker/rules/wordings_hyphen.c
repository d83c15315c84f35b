/* Hyphens that a list decides: data/lang/wordings-*.tsv. */
#include "checker/rule.h"

const rule rule_hyphen_compound = {
	.id = "hyphen/compound",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.source =
		"FR-TRT-01 (C), FR-TRT-05 (C): S/2018/7, Imprimerie nationale, UNTERM; "
		"EN-SPE-07 (A), EN-SPE-08 (C), EN-SPE-09 (A), EN-SPE-10 (A), EN-SPE-13 (B): UN "
		"Editorial Manual, UN spelling list 2005, WFP word index",
	.summary_en = "this compound is written in another way",
	.summary_fr = "ce composé s’écrit autrement",
	.explanation_en =
		"Compounds whose hyphens are fixed: cooperation and subregional have none, "
		"well-being and self-determination have one, a website is one word.",
	.explanation_fr = "Composés dont le trait d’union est fixé\u00A0: ci-joint, vis-à-vis, "
			  "cessez-le-feu, "
			  "vice-président, sous-région en ont\u00A0; compte rendu et point de "
			  "vue n’en ont "
			  "pas.",
	.examples = { { LANGUAGE_FR, "Vous trouverez ci joint le rapport.",
			      "Vous trouverez ci-joint le rapport." },
		{ LANGUAGE_FR, "Le compte-rendu de la séance est paru.",
			"Le compte rendu de la séance est paru." },
		{ LANGUAGE_FR, "Le vice président de la Commission a parlé.",
			"Le vice-président de la Commission a parlé." },
		{ LANGUAGE_FR, "La paix au Moyen Orient est menacée.",
			"La paix au Moyen-Orient est menacée." },
		{ LANGUAGE_FR, NULL,
			"Le cessez-le-feu, ci-après dénommé la trêve, de ce point de vue." },
		{ LANGUAGE_EN, "The web site is down.", "The website is down." },
		{ LANGUAGE_EN, "Regional co-operation grows.", "Regional cooperation grows." },
		{ LANGUAGE_EN, NULL,
			"The Organization for Security and Co-operation in Europe agreed." } },
};

const rule rule_hyphen_prefix = {
	.id = "hyphen/prefix",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.source = "FR-TRT-04 (B): S/2018/7, peacekeeping.un.org",
	.summary_en = "this prefix is joined without a hyphen",
	.summary_fr = "ce préfixe se joint sans trait d’union",
	.explanation_en = "In French, inter, extra, multi, anti, co, trans and other learned "
			  "prefixes are joined to the word; “sous-” keeps its hyphen.",
	.explanation_fr =
		"Inter, extra, multi, anti, co, trans et d’autres préfixes savants "
		"se joignent au "
		"mot sans trait d’union\u00A0: interrégional, extrabudgétaire, antimines\u00A0"
		"; sous-régional "
		"garde le sien.",
	.examples = { { LANGUAGE_FR, "La coopération inter-régionale se développe.",
			      "La coopération interrégionale se développe." },
		{ LANGUAGE_FR, "Les ressources extra-budgétaires manquent.",
			"Les ressources extrabudgétaires manquent." },
		{ LANGUAGE_FR, NULL,
			"La coopération sous-régionale et interrégionale, l’ex-président." } },
};

const rule rule_hyphen_fraction = {
	.id = "hyphen/fraction",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.en = true,
	.source = "EN-SPE-12 (A): UN spelling list 2005",
	.summary_en = "a fraction in words has no hyphen here",
	.summary_fr = "une fraction en toutes lettres n’a pas ici de trait d’union",
	.explanation_en =
		"Fractions in words have no hyphen unless they modify a noun: one third "
		"of the total, a one-third share.",
	.explanation_fr = "En anglais, une fraction en toutes lettres n’a de trait d’union que "
			  "devant le nom "
			  "qu’elle qualifie\u00A0: one third of the total, a one-third share.",
	.examples = { { LANGUAGE_EN, "Some two-thirds of the members agreed.",
			      "Some two thirds of the members agreed." },
		{ LANGUAGE_EN, NULL, "It needs a two-thirds majority of the members." } },
};
