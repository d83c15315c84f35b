/* Words that sound alike, by frames where one of them cannot stand: the rows of
 * data/lang/wordings-fr.tsv for what a few fixed words decide. */
#include "checker/rule.h"

const rule rule_grammar_homophone = {
	.id = "grammar/homophone",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.source = "FR-TRT-11; Académie française, Dictionnaire; Grevisse, Le Bon Usage (A)",
	.summary_en = "a word that sounds like the right one",
	.summary_fr = "mot confondu avec un homophone",
	.explanation_en =
		"A and à, ou and où, quelque and quel que, parti and partie, du and dû sound "
		"alike, as do a prit and a pris. They are reported only in fixed frames where "
		"the other word is the "
		"only possible one: “par rapport a”, “au cas ou”, “quelque soit”.",
	.explanation_fr =
		"A et à, ou et où, quelque et quel que, parti et partie, du et dû se "
		"prononcent de même. Ils ne sont signalés que dans des tours figés où seul "
		"l’autre mot est possible\u00A0: «\u00A0par rapport a\u00A0», «\u00A0au cas "
		"ou\u00A0», «\u00A0quelque soit\u00A0"
		"».",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "L’aide a augmenté par rapport a 2016.",
					  "L’aide a augmenté par rapport à 2016." },
		{ LANGUAGE_FR, "Au cas ou la situation l’exigerait, il se réunit.",
			"Au cas où la situation l’exigerait, il se réunit." },
		{ LANGUAGE_FR, "Il protège les civils, quelque soit leur statut.",
			"Il protège les civils, quel que soit leur statut." },
		{ LANGUAGE_FR, "La décision à été prise hier.",
			"La décision a été prise hier." },
		{ LANGUAGE_FR, "Le texte engage les États Membre.",
			"Le texte engage les États Membres." },
		{ LANGUAGE_FR, "Ce texte fait parti de l’accord.",
			"Ce texte fait partie de l’accord." },
		{ LANGUAGE_FR, "Le Comité est sensé être indépendant.",
			"Le Comité est censé être indépendant." },
		{ LANGUAGE_FR, NULL, "Le Conseil a l’intention de tenir une séance." },
		{ LANGUAGE_FR, NULL, "Il a pris le parti de se taire, quelque part." },
		{ LANGUAGE_FR, NULL, "le cas ou le terme, ce cas ou un autre" }),
};
