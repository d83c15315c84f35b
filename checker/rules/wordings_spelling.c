/* Spellings of United Nations English, set phrases, names of States with an article and
 * hints on usage: lists in data/lang/wordings-*.tsv. */
#include "checker/rule.h"

const rule rule_spelling_oxford = {
	.id = "spelling/oxford",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.en = true,
	.source = "EN-SPE-01 (A), EN-SPE-02 (A), EN-SPE-03 (A): UN Editorial Manual, Spelling",
	.summary_en = "United Nations English writes “-ize” here",
	.summary_fr = "l’anglais de l’ONU écrit ici «\u00A0-ize\u00A0»",
	.explanation_en =
		"The spelling is that of the Concise Oxford Dictionary: “-ize” where the "
		"suffix is the Greek one (organize), “-ise” where it is part of the root "
		"(advise, supervise), “-yse” in analyse. Names keep their own spelling.",
	.explanation_fr = "L’orthographe anglaise est celle du Concise Oxford "
			  "Dictionary\u00A0: «\u00A0-ize\u00A0» pour "
			  "le suffixe grec (organize), «\u00A0-ise\u00A0» quand il fait partie "
			  "de la racine "
			  "(advise, supervise), «\u00A0-yse\u00A0» dans analyse. Les noms "
			  "propres gardent la "
			  "leur.",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN, "The organisation of work goes on.",
					  "The organization of work goes on." },
		{ LANGUAGE_EN, "We must analyze the results.", "We must analyse the results." },
		{ LANGUAGE_EN, NULL,
			"They advise and supervise the Organisation for Economic "
			"Cooperation." }),
};

const rule rule_spelling_british = {
	.id = "spelling/british",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.en = true,
	.source = "EN-SPE-04 (A), EN-SPE-05 (B): UN Editorial Manual, Spelling; UNDRR digest",
	.summary_en = "United Nations English has the British spelling",
	.summary_fr = "l’anglais de l’ONU suit l’orthographe britannique",
	.explanation_en =
		"Labour, centre, programme, travelled, defence: the British spelling. A "
		"program is "
		"a computer program. Names (Center for Disease Control) keep their own.",
	.explanation_fr =
		"Labour, centre, programme, travelled, defence\u00A0: l’orthographe est "
		"britannique. "
		"Program est réservé à l’informatique. Les noms propres gardent la leur.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_EN, "The labor market is weak.", "The labour market is weak." },
		{ LANGUAGE_EN, "The work program is ready.", "The work programme is ready." },
		{ LANGUAGE_EN, NULL,
			"The Department of Labor runs a computer program in the Center." }),
};

const rule rule_spelling_variant = {
	.id = "spelling/variant",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.en = true,
	.source =
		"EN-SPE-06 (A), EN-SPE-14 (A): UN Editorial Manual, UN spelling list 2005, WFP "
		"word index",
	.summary_en = "United Nations English prefers another spelling",
	.summary_fr = "l’anglais de l’ONU préfère une autre graphie",
	.explanation_en = "Of two spellings that dictionaries allow, the house has chosen one: "
			  "acknowledgement, adviser, ageing, addenda, notes verbales.",
	.explanation_fr =
		"De deux graphies que les dictionnaires admettent, la maison en a choisi "
		"une\u00A0: acknowledgement, adviser, ageing, addenda, notes verbales.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_EN, "His advisor was present.", "His adviser was present." },
		{ LANGUAGE_EN, "The addendums were issued.", "The addenda were issued." },
		{ LANGUAGE_EN, NULL, "The judgment of the Court was read." }),
};

const rule rule_wording_set_phrase = {
	.id = "wording/set-phrase",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.source = "FR-TRT-13 (A): Charte, S/2018/7; FR-TRT-14 (A): A/RES/70/1; FR-TRT-17 (A): "
		  "S/RES/2255 (2015); FR-INC-03 (C): noms officiels",
	.summary_en = "the set phrase is another one",
	.summary_fr = "la formule consacrée est autre",
	.explanation_en =
		"Phrases that the United Nations writes in one way only: «\u00A0la paix et la "
		"sécurité "
		"internationales\u00A0», «\u00A0proroger le mandat\u00A0», «\u00A0Conseil des "
		"droits de l’homme\u00A0».",
	.explanation_fr = "Formules que l’ONU n’écrit que d’une façon\u00A0: «\u00A0la paix et "
			  "la sécurité "
			  "internationales\u00A0», «\u00A0proroger le mandat\u00A0», "
			  "«\u00A0Conseil des droits de l’homme\u00A0».",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Il maintient la paix et la sécurité internationale.",
			"Il maintient la paix et la sécurité internationales." },
		{ LANGUAGE_FR, NULL,
			"La sécurité internationale et la paix ; la paix et la sécurité "
			"internationales." }),
};

const rule rule_wording_state_article = {
	.id = "wording/state-article",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.source = "FR-PAY-02 (A): UNTERM, noms des États",
	.summary_en = "this State has another article or none",
	.summary_fr = "ce nom d’État prend un autre article ou n’en prend pas",
	.explanation_en =
		"UNTERM marks the States whose French name has no article: à Chypre, de "
		"Cabo Verde. The others have one of their own: le Cameroun, la Grèce, aux "
		"Philippines.",
	.explanation_fr =
		"UNTERM indique les États dont le nom n’a pas d’article\u00A0: à "
		"Chypre, de Cabo "
		"Verde, à Singapour. Les autres ont le leur\u00A0: le Cameroun, la Grèce, "
		"aux Philippines.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le représentant du Bahreïn a répondu.",
					  "Le représentant de Bahreïn a répondu." },
		{ LANGUAGE_FR, "Il vit au États-Unis.", "Il vit aux États-Unis." },
		{ LANGUAGE_FR, "La délégation de la Cameroun a répondu.",
			"La délégation du Cameroun a répondu." },
		{ LANGUAGE_FR, NULL, "Le représentant de Bahreïn et celui du Botswana." }),
};

const rule rule_wording_usage = {
	.id = "wording/usage",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.en = true,
	.source =
		"EN-SPE-15 (A), EN-SPE-16 (B): UN spelling list 2005, UNDRR digest; EN-GEN-05 "
		"(B): UNDP Editorial Style Manual",
	.summary_en = "the manuals advise another word",
	.summary_fr = "les manuels conseillent un autre mot",
	.explanation_en = "Clear cases of advice that the manuals give: fewer before what can "
			  "be counted, "
			  "about before quantities and around before dates, data as a plural.",
	.explanation_fr =
		"Cas sûrs de ce que les manuels conseillent en anglais\u00A0: fewer devant ce "
		"qui "
		"se "
		"compte, about devant une quantité et around devant une date, data au pluriel.",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN, "There were less States than before.",
					  "There were fewer States than before." },
		{ LANGUAGE_EN, "It reached around 3,000 persons.",
			"It reached about 3,000 persons." },
		{ LANGUAGE_EN, NULL, "It was built around 1990 with less water." }),
};
