/* Words that sound alike, by frames where one of them cannot stand: the rows of
 * data/lang/wordings-fr.tsv for what a few fixed words decide, and ce before any verb
 * (homophone_se.c). */
#include "checker/rules/homophone_se.h"

static const char *const ce[] = { "ce", NULL };
static const char *const ce_or_elided[] = { "ce", "c’", NULL };

static const rule of_auxiliaries = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = ce_or_elided,
	.after = (uint32_t)FEATURE_WATCHED, /* as forms of être are */
	.token = homophone_se_been };

const rule rule_grammar_homophone = {
	.id = "grammar/homophone",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = ce,
	.wants_after = homophone_se_verb,
	.also = &of_auxiliaries,
	.source = "FR-TRT-11; Académie française, Dictionnaire; Grevisse, Le Bon Usage (A)",
	.summary_en = "a word that sounds like the right one",
	.summary_fr = "mot confondu avec un homophone",
	.explanation_en =
		"A and à, ou and où, quelque and quel que, parti and partie, du and dû sound "
		"alike, as do a prit and a pris. They are reported only in fixed frames where "
		"the other word is the "
		"only possible one: “par rapport a”, “au cas ou”, “quelque soit”. Ce stands "
		"before no verb but être and a few more (ce doit être, ce faisant), so that "
		"“le Comité ce réunit”, “doit ce réunir” and “le Comité c’est réuni” want se.",
	.explanation_fr =
		"A et à, ou et où, quelque et quel que, parti et partie, du et dû se "
		"prononcent de même. Ils ne sont signalés que dans des tours figés où seul "
		"l’autre mot est possible\u00A0: «\u00A0par rapport a\u00A0», «\u00A0au cas "
		"ou\u00A0», «\u00A0quelque soit\u00A0"
		"». «\u00A0Ce\u00A0» ne précède aucun verbe autre qu’être et quelques-uns (ce "
		"doit être, ce faisant)\u00A0: dans «\u00A0le Comité ce réunit\u00A0», "
		"«\u00A0doit ce réunir\u00A0», «\u00A0le Comité c’est réuni\u00A0», il faut "
		"«\u00A0se\u00A0».",
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
		{ LANGUAGE_FR, "La Commission ce félicite de ce résultat.",
			"La Commission se félicite de ce résultat." },
		{ LANGUAGE_FR, "Le Comité c’est réuni à Genève.",
			"Le Comité s’est réuni à Genève." },
		{ LANGUAGE_FR, "Les experts doivent ce réunir demain.",
			"Les experts doivent se réunir demain." },
		{ LANGUAGE_FR, NULL,
			"Ce faisant, c’est réunis qu’ils ont fait ce qu’il fallait pour ce "
			"faire ; ce devrait être tout, ce me semble." },
		{ LANGUAGE_FR, NULL, "Le Conseil a l’intention de tenir une séance." },
		{ LANGUAGE_FR, NULL, "Il a pris le parti de se taire, quelque part." },
		{ LANGUAGE_FR, NULL, "le cas ou le terme, ce cas ou un autre" }),
	.token = homophone_se,
};
