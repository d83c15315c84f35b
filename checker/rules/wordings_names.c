/* Names of another language: the list is data/lang/wordings-fr.tsv. */
#include "checker/rule.h"

const rule rule_term_foreign_name = {
	.id = "term/foreign-name",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.source = "FR-PAY-05 (A): page of the 1988 Committee; UNTERM, names of States",
	.summary_en = "the English name of a country or town in French text",
	.summary_fr = "le nom anglais d’un pays ou d’une ville dans un texte français",
	.explanation_en =
		"A French document has the French names of States and towns. Names that both "
		"languages share, longer names that hold one (Human Rights Watch Egypt), "
		"publishers in references, quotations and passages in English are left alone.",
	.explanation_fr =
		"Un document français donne les noms français des États et des villes. Les "
		"noms "
		"communs aux deux langues, les noms plus longs qui en contiennent un, les "
		"éditeurs cités dans les références, les citations et les passages en anglais "
		"ne sont pas relevés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "M. De La Gasca (Ecuador) a pris la parole.",
					  "M. De La Gasca (Équateur) a pris la parole." },
		{ LANGUAGE_FR, "La réunion se tiendra en Switzerland.",
			"La réunion se tiendra en Suisse." },
		{ LANGUAGE_FR, NULL,
			"La Colombie, le Chili et l’entreprise Air Algeria ont répondu." }),
};
