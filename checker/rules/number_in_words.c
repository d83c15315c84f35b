/* Small numbers in prose: “eight children”, not “8 children”; how far words go is the house's
 * choice. Figures stay where something is measured (units, money, ages, hours, votes), in
 * references, and where another figure stands near: the rule for the highest number of a series
 * governs all of it. */
#include "checker/quotation.h"
#include "checker/rules/number.h"
#include "checker/rules/number_words.h"

#define AROUND 12 /* tokens before and after in which another figure makes a series */

/* Measures, which keep their figures at any size. */
static bool
counts_measure(const check *c, size_t i)
{
	static const char *const measures[] = { "ans", "années", "mois", "jours", "semaines",
		"heures", "minutes", "secondes", "points", "voix", "degrés", "mètres",
		"centimètres", "millimètres", "kilomètres", "microgrammes", "milligrammes",
		"hectares", "litres", "tonnes", "grammes", "kilogrammes", "fois", "pieds",
		"milles", "nœuds", "bars", "watts", "volts", "kelvins", "francs", "roubles",
		"livres", "yens", "florins", "pages", "lignes", "colonnes", "mars", "years",
		"months", "days", "weeks", "hours", "seconds", "votes", "degrees", "metres",
		"meters", "centimetres", "millimetres", "micrograms", "milligrams",
		"kilometres", "kilometers", "hectares", "liters", "tons", "grams", "kilograms",
		"times", "feet", "miles", "knots", "pounds", "inches", "acres", "lines",
		"columns", "grades", "calls", "aims", "seeks", "ci-dessus", "ci-dessous",
		NULL };
	static const char *const adjectives[] = { "premiers", "premières", "derniers",
		"dernières", "prochains", "prochaines", "first", "last", "next", NULL };

	i += check_word_is(c, i + 1, adjectives);
	return number_counts_units(c, i) || check_word_is(c, i + 1, measures);
}

/* « partie 8 », “solution 6”: the figure is the name of what stands before it. */
static bool
is_label(const check *c, size_t i)
{
	static const char *const names[] = { "alinéa", "alinéas", "partie", "parties", "phase",
		"phases", "étape", "groupe", "groupes", "catégorie", "classe", "niveau",
		"option", "options", "titre", "type", "variante", "axe", "axes", "volet",
		"priorité", "résultat", "activité", "question", "scénario", "solution", "step",
		"stage", "level", "group", "groups", "category", "class", "part", "parts",
		"item", "items", "pillar", "priority", "action", "output", "outcome",
		"activity", "scenario", "annex", "schedule", NULL };

	if (check_word_is(c, i - 1, names))
		return true;
	return number_follows_reference(c, i) && !slice_is(check_lower(c, i - 1), "par");
}

static bool
is_among_figures(const check *c, size_t i)
{
	size_t first = i > AROUND ? i - AROUND : 0;
	uint32_t figures = FEATURE_NUMBER | FEATURE_CODE | FEATURE_RATE;

	for (size_t k = first; k < c->tokens.count && k <= i + AROUND; k++)
		if (k != i && (c->tokens.at[k].features & figures) != 0)
			return true;
	return false;
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	uint32_t others = FEATURE_TITLE | FEATURE_CAPITALS | FEATURE_SINGLE | FEATURE_UNKNOWN;

	if (t->length > 2 || i == 0 || t[-1].kind != TOKEN_WORD ||
		(t[-1].features & others) != 0 || !number_is_next(c, i))
		return STATUS_OK;
	uint32_t n = number_plain(c, i);
	if (n == NUMBER_NONE || n < 2 || n > number_most_in_words(c) ||
		check_token(c, i).p[0] == '0' || !number_counts_noun(c, i) ||
		counts_measure(c, i) || is_label(c, i) || !number_in_prose(c) ||
		is_among_figures(c, i) || quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, i, i, FIX_REVIEW, number_cardinal(c, c->language, n));
}

const rule rule_number_in_words = {
	.id = "number/in-words",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_NUMBER,
	.after = FEATURE_WORD,
	.source = "EN-NUM-01, EN-NUM-10: Editorial Manual, Numbers, dates and time; Corrigenda "
		  "(A); FR-NUM-01, FR-NUM-02: Directives éditoriales of FAO (B)",
	.summary_en = "a small number in figures",
	.summary_fr = "petit nombre en chiffres",
	.explanation_en =
		"In prose, numbers below ten are words: eight children. The profile says "
		"how far words go (numbers-in-words). Measures, money, ages, hours and "
		"votes keep their figures, and so does a number that has another figure "
		"near it.",
	.explanation_fr =
		"Dans le texte, les nombres inférieurs à dix s’écrivent en lettres\u00A0: "
		"trois "
		"membres du Conseil. Le profil dit jusqu’où (numbers-in-words). Mesures, "
		"sommes, âges, heures et votes gardent leurs chiffres, de même qu’un nombre "
		"voisin d’un autre en chiffres.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Le texte a été présenté par 3 membres du Conseil.",
			"Le texte a été présenté par trois membres du Conseil." },
		{ LANGUAGE_EN, "The school receives about 8 pupils from the camp.",
			"The school receives about eight pupils from the camp." },
		{ LANGUAGE_EN, NULL,
			"It has 8 kilometres of road. In section 3 cases are listed. Of 20 "
			"schools, 8 schools closed." },
		{ LANGUAGE_FR, NULL, "Un enfant de 7 ans, à 3 kilomètres du camp." }),
	.token = look,
};
