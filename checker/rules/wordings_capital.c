/* Capitals that the house style fixes: the rules are lists, data/lang/wordings-*.tsv. */
#include "checker/quotation.h"
#include "checker/rule.h"

#define HOW_EN " Quotations and text in another language are left alone."
#define HOW_FR " Les citations et les passages dans une autre langue ne sont pas relevés."

const rule rule_capital_state = {
	.id = "capital/state",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.source = "FR-MAJ-01 (A), FR-MAJ-11 (A): « Emploi de la majuscule », S/2018/7; "
		  "EN-CAP-01 (A), EN-CAP-02 (A): UNDRR digest of the UN Editorial Manual, "
		  "A/RES/70/1",
	.summary_en = "“State” takes other capitals here",
	.summary_fr = "«\u00A0État\u00A0» prend ici d’autres majuscules",
	.explanation_en =
		"A State, as a subject of international law, takes a capital; so does "
		"“Member” for the Members of the United Nations, while “parties” to a "
		"treaty does not. The members of other organizations are “member "
		"States”." HOW_EN,
	.explanation_fr =
		"«\u00A0État\u00A0» prend la majuscule pour le sujet du droit international, "
		"et «\u00A0Membre\u00A0» "
		"pour les Membres de l’ONU\u00A0; «\u00A0parties\u00A0» à un traité ne la "
		"prend "
		"pas. Les membres "
		"d’autres organisations sont des «\u00A0États membres\u00A0», et l’on écrit "
		"«\u00A0"
		"état de droit\u00A0», "
		"«\u00A0état d’urgence\u00A0»." HOW_FR,
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"Les États membres de l’Organisation des Nations Unies sont "
			"réunis.",
			"Les États Membres de l’Organisation des Nations Unies sont "
			"réunis." },
		{ LANGUAGE_FR, "Il importe de promouvoir l’État de droit.",
			"Il importe de promouvoir l’état de droit." },
		{ LANGUAGE_FR, "Les États Membres de l’Union européenne sont convenus d’agir.",
			"Les États membres de l’Union européenne sont convenus d’agir." },
		{ LANGUAGE_FR, "Les chefs d’état de la région sont réunis.",
			"Les chefs d’État de la région sont réunis." },
		{ LANGUAGE_FR, NULL,
			"Les États membres de l’Union africaine et les États parties à la "
			"Convention." },
		{ LANGUAGE_FR, NULL, "Il a dit que « l’État de droit » était menacé." },
		{ LANGUAGE_EN, "The member states agreed on it.",
			"The Member States agreed on it." },
		{ LANGUAGE_EN, "This concerns small island developing states.",
			"This concerns small island developing States." },
		{ LANGUAGE_EN, NULL,
			"The Member States of the United Nations and the States parties." },
		{ LANGUAGE_EN, NULL, "The patients were in two different states of mind." }),
};

const rule rule_capital_body = {
	.id = "capital/body",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.source = "FR-MAJ-02 (A), FR-MAJ-03 (A), FR-MAJ-04 (A), FR-MAJ-08 (A), FR-MAJ-09 (A), "
		  "FR-MAJ-17 (A): « Emploi de la majuscule », S/2018/7; EN-CAP-06 (A), "
		  "EN-CAP-09 (A), EN-CAP-10 "
		  "(B): UN Editorial Manual, Capitalization",
	.summary_en = "the name of this body takes other capitals",
	.summary_fr = "le nom de cet organe prend d’autres majuscules",
	.explanation_en =
		"Names of organs, bodies and offices have fixed capitals: the Security "
		"Council, the General Assembly, the United Nations." HOW_EN,
	.explanation_fr =
		"En français de l’ONU, le premier nom seul prend la majuscule dans un nom "
		"d’organe "
		"ou de fonction\u00A0: Conseil de sécurité, Assemblée générale, Secrétaire "
		"général\u00A0"
		"; "
		"«\u00A0Nations Unies\u00A0», «\u00A0Cour internationale de Justice\u00A0» et "
		"«\u00A0Organisation "
		"internationale du Travail\u00A0» font exception." HOW_FR,
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le Conseil de Sécurité s’est réuni hier.",
					  "Le Conseil de sécurité s’est réuni hier." },
		{ LANGUAGE_FR, "Les organismes des Nations unies sont présents.",
			"Les organismes des Nations Unies sont présents." },
		{ LANGUAGE_FR, "La Cour internationale de justice a rendu son arrêt.",
			"La Cour internationale de Justice a rendu son arrêt." },
		{ LANGUAGE_FR, NULL,
			"Le pays a créé un conseil de sécurité nationale et une assemblée "
			"générale des actionnaires." },
		{ LANGUAGE_EN, "The security council met yesterday.",
			"The Security Council met yesterday." },
		{ LANGUAGE_EN, NULL,
			"The national security council of the country met yesterday." }),
};

const rule rule_capital_title = {
	.id = "capital/title",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.source =
		"FR-MAJ-02 (A), FR-MAJ-05 (A): « Emploi de la majuscule », S/2018/7; FR-MAJ-07 "
		"(B): presse de l’ONU; EN-CAP-06 (A): UN Correspondence Manual",
	.summary_en = "this title takes other capitals or hyphens",
	.summary_fr = "ce titre prend d’autres majuscules",
	.explanation_en =
		"The Secretary-General of the United Nations and his or her deputies have "
		"fixed "
		"capitals and hyphens. Other organizations write “Secretary General”." HOW_EN,
	.explanation_fr =
		"Dans un titre, le premier nom prend la majuscule et l’adjectif la "
		"minuscule\u00A0: "
		"Secrétaire général, Représentant permanent\u00A0; on écrit «\u00A0Premier "
		"Ministre\u00A0»." HOW_FR,
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le Secrétaire Général a pris la parole.",
					  "Le Secrétaire général a pris la parole." },
		{ LANGUAGE_FR, "Le Premier ministre a ouvert la séance.",
			"Le Premier Ministre a ouvert la séance." },
		{ LANGUAGE_FR, NULL, "Le Représentant permanent et le premier ministre." },
		{ LANGUAGE_EN, "The Secretary General opened the meeting.",
			"The Secretary-General opened the meeting." },
		{ LANGUAGE_EN, NULL, "The Secretary General of NATO opened the meeting." }),
};

const rule rule_capital_place = {
	.id = "capital/place",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.source = "FR-MAJ-12 (A): S/PRST/2019/7, S/2018/7; EN-CAP-07 (A): UN Editorial Manual, "
		  "Capitalization",
	.summary_en = "this geographical name takes other capitals",
	.summary_fr = "ce nom géographique prend d’autres majuscules",
	.explanation_en =
		"In French the generic word is in small letters and the specific one "
		"has the capital: golfe de Guinée, océan Indien; adjectives have none, "
		"points of the compass in names of regions do. In English the generic word "
		"before “of” is in small letters: the city of Chicago." HOW_EN,
	.explanation_fr =
		"Le nom générique prend la minuscule et le spécifique la majuscule\u00A0: "
		"golfe de "
		"Guinée, océan Indien\u00A0; l’adjectif reste en minuscules (Asie centrale) et "
		"le "
		"point "
		"cardinal qui nomme une région prend la majuscule (Afrique de l’Ouest). En "
		"anglais, "
		"le générique suivi de «\u00A0of\u00A0» prend la minuscule\u00A0: the city of "
		"Chicago." HOW_FR,
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "La situation en Asie Centrale est stable.",
					  "La situation en Asie centrale est stable." },
		{ LANGUAGE_FR, "La piraterie sévit dans le Golfe de Guinée.",
			"La piraterie sévit dans le golfe de Guinée." },
		{ LANGUAGE_FR, "Il s’agit de l’Afrique de l’ouest.",
			"Il s’agit de l’Afrique de l’Ouest." },
		{ LANGUAGE_FR, NULL,
			"Il s’agit de l’Afrique de l’Ouest et du sud de l’Afrique, en Asie "
			"centrale et dans l’océan Indien." },
		{ LANGUAGE_EN, "He lived in the City of Chicago.",
			"He lived in the city of Chicago." },
		{ LANGUAGE_EN, NULL, "He lived in the City of London and in Mexico City." }),
};

/* « 3 Mètres »: the names of the units of the International System and of those beside it, in
 * the plural and, where a number may stand before it, in the singular. */
static const char *const units[] = { "mètre", "mètres", "kilomètre", "kilomètres",
	"hectomètres", "décamètres", "décimètres", "centimètre", "centimètres", "millimètre",
	"millimètres", "micromètres", "nanomètres", "gramme", "grammes", "kilogramme",
	"kilogrammes", "milligrammes", "tonne", "tonnes", "quintaux", "litre", "litres",
	"hectolitres", "décilitres", "centilitres", "millilitres", "hectare", "hectares",
	"ares", "secondes", "millisecondes", "minutes", "heures", "jours", "semaines", "mois",
	"ans", "ampères", "volts", "kilovolts", "watts", "kilowatts", "mégawatts", "gigawatts",
	"ohms", "joules", "kilojoules", "kelvins", "hertz", "kilohertz", "mégahertz", "pascals",
	"newtons", "moles", "calories", "kilocalories", "décibels", "octets", "mégaoctets",
	"gigaoctets", "barils", "milles", "pieds", NULL };

static status
look_unit(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	/* « 2 Hectares » may be a heading with its number, « les 24 Heures du Mans » a name */
	if (i < 2 || t[-1].kind != TOKEN_NUMBER || t[-2].kind == TOKEN_MARK ||
		(t->gap != GAP_SPACE && t->gap != GAP_NO_BREAK) ||
		(t->features & FEATURE_TITLE) == 0 || (t[1].features & FEATURE_TITLE) != 0 ||
		check_word_is(c, i - 2, (const char *const[]){ "les", "des", "aux", NULL }) ||
		c->block->kind == BLOCK_HEADING || quotation_holds(c, i))
		return STATUS_OK;
	return check_report_fix(
		c, r, check_span(c, i, i), words_at(&c->words, t->lower)->text, FIX_REVIEW);
}

const rule rule_capital_word = {
	.id = "capital/word",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = units,
	.before = FEATURE_NUMBER,
	.source = "FR-MAJ-18 (A): « Emploi de la majuscule »; FR-MAJ-21 (A): S/2018/7, "
		  "peacekeeping.un.org",
	.summary_en = "this word takes other capitals",
	.summary_fr = "ce mot prend d’autres majuscules",
	.explanation_en =
		"Casques bleus, Internet and Web (site Web) have their capitals in "
		"French; foreign names of movements keep theirs; the names of units have none "
		"behind a figure." HOW_EN,
	.explanation_fr =
		"Casques bleus, Internet et Web (site Web) prennent la "
		"majuscule\u00A0; les noms "
		"étrangers de mouvements gardent les leurs\u00A0; les noms d’unités n’en ont "
		"pas après un nombre." HOW_FR,
	.examples =
		RULE_EXAMPLES({ LANGUAGE_FR, "Le rapport est sur le site web de la Mission.",
				      "Le rapport est sur le site Web de la Mission." },
			{ LANGUAGE_FR, "Les casques bleus sont arrivés.",
				"Les Casques bleus sont arrivés." },
			{ LANGUAGE_FR, "Il en faut 3 Mètres.", "Il en faut 3 mètres." },
			{ LANGUAGE_FR, NULL, "Les 24 Heures du Mans, le 100 Mètres Haies." },
			{ LANGUAGE_FR, NULL, "Les casques blancs et les bérets bleus." }),
	.token = look_unit,
};

const rule rule_capital_people = {
	.id = "capital/people",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.source = "FR-MAJ-13 (A): S/2018/7",
	.summary_en = "a people takes a capital, an adjective none",
	.summary_fr = "le nom d’un peuple prend la majuscule, l’adjectif non",
	.explanation_en =
		"In French the noun that names people has a capital (les Afghans), the "
		"adjective none (l’économie afghane). Behind a word that can only be a "
		"noun, it is the adjective." HOW_EN,
	.explanation_fr =
		"Le nom de peuple prend la majuscule (les Afghans), l’adjectif la minuscule "
		"(l’économie afghane). Derrière un mot qui ne peut être qu’un nom, c’est "
		"l’adjectif." HOW_FR,
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "L’économie Afghane se relève.",
					  "L’économie afghane se relève." },
		{ LANGUAGE_FR, "Il salue les afghans qui reviennent.",
			"Il salue les Afghans qui reviennent." },
		{ LANGUAGE_FR, NULL,
			"Les Afghans, un ancien Français et l’économie afghane." }),
};

const rule rule_capital_government = {
	.id = "capital/government",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.source = "FR-MAJ-15 (A): mandate of MINUSCA in French, « Emploi de la majuscule »",
	.summary_en = "the Government of a named State takes a capital",
	.summary_fr = "le Gouvernement d’un État désigné prend la majuscule",
	.explanation_en =
		"«\u00A0Gouvernement\u00A0» takes a capital before the name or the adjective "
		"of one "
		"State (le Gouvernement centrafricain, le Gouvernement du Mali); the plural "
		"and any government in general take none." HOW_EN,
	.explanation_fr = "«\u00A0Gouvernement\u00A0» prend la majuscule devant le nom ou "
			  "l’adjectif d’un État "
			  "(le Gouvernement centrafricain, le Gouvernement du Mali)\u00A0; le "
			  "pluriel et le "
			  "sens général n’en prennent pas." HOW_FR,
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Hier, le gouvernement centrafricain a signé.",
					  "Hier, le Gouvernement centrafricain a signé." },
		{ LANGUAGE_FR, "Il a écrit au gouvernement du Mali.",
			"Il a écrit au Gouvernement du Mali." },
		{ LANGUAGE_FR, NULL,
			"Les gouvernements africains, un gouvernement malien et le "
			"gouvernement "
			"en place." }),
};

const rule rule_capital_month = {
	.id = "capital/month",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.source = "FR-MAJ-14 (A): S/2018/7",
	.summary_en = "French months and days have no capital",
	.summary_fr = "les noms de mois et de jours n’ont pas de majuscule",
	.explanation_en =
		"In French the names of months and days are in small letters; streets and "
		"holidays that bear a date are left alone." HOW_EN,
	.explanation_fr =
		"Les noms de mois et de jours s’écrivent en minuscules\u00A0; les rues et les "
		"fêtes qui portent une date ne sont pas relevées." HOW_FR,
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "La séance du 19 Janvier est close.",
					  "La séance du 19 janvier est close." },
		{ LANGUAGE_FR, "La séance du Vendredi 19 janvier est close.",
			"La séance du vendredi 19 janvier est close." },
		{ LANGUAGE_FR, NULL, "Il habite rue du 8 Mai, et Mars est une planète." }),
};
