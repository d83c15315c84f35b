/* Larger numbers and measures in words: “twelve experts”, « trente-deux projets », « un enfant
 * âgé de sept ans », where the house writes figures. Off unless asked for: conventions and
 * legal texts write « trente jours » as they always have. */
#include "checker/quotation.h"
#include "checker/rules/number.h"
#include "checker/rules/number_words.h"

static const char *const watched[] = { "deux", "trois", "quatre", "cinq", "six", "sept", "huit",
	"neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "vingt",
	"trente", "quarante", "cinquante", "soixante", "eleven", "twelve", "thirteen",
	"fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
	"thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "ten", NULL };

/* What French has in figures at any size. */
static bool
measures(const check *c, size_t i)
{
	static const char *const units[] = { "kilomètres", "mètres", "kilogrammes", "tonnes",
		"hectares", "litres", "degrés", "dollars", "euros", "francs", NULL };
	static const char *const aged[] = { "âgé", "âgée", "âgés", "âgées", "enfant", "enfants",
		NULL };
	bool age = i >= 2 && slice_is(check_lower(c, i + 1), "ans") &&
		   slice_is(check_lower(c, i - 1), "de") && check_word_is(c, i - 2, aged);

	return age || check_word_is(c, i + 1, units) ||
	       (slice_is(check_lower(c, i + 1), "pour") &&
		       slice_is(check_lower(c, i + 2), "cent"));
}

/* A number of several words, of which token i is one: deux cents, twenty-two thousand. */
static bool
is_part_of_number(const check *c, size_t i)
{
	static const char *const large[] = { "cent", "cents", "mille", "million", "millions",
		"milliard", "milliards", "et", "hundred", "thousand", "billion", "or", "to",
		"ou", "à", NULL };

	return check_word_is(c, i + 1, large) || check_word_is(c, i - 1, large) ||
	       number_of_words(check_lower(c, i - 1), c->language) != 0;
}

/* A capital begins a sentence or a name. */
static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	slice s = check_token(c, i);

	if (i == 0 || t->kind != TOKEN_WORD || t[-1].kind != TOKEN_WORD ||
		(t->features & (FEATURE_TITLE | FEATURE_CAPITALS)) != 0 || !number_in_prose(c))
		return STATUS_OK;
	uint32_t n = number_of_words(s, c->language), most = number_most_in_words(c);
	if (n < 2 || is_part_of_number(c, i) || quotation_holds(c, i))
		return STATUS_OK;
	if (!(c->language == LANGUAGE_FR && measures(c, i)) &&
		!(most != 0 && n > most && number_counts_noun(c, i)))
		return STATUS_OK;
	return number_report(c, r, i, i, FIX_REVIEW, check_printf(c, "%u", n));
}

const rule rule_number_in_figures = {
	.id = "number/in-figures",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.off = true,
	.on = FEATURE_HYPHEN | (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "EN-NUM-01: Editorial Manual, Numbers, dates and time (A); FR-NUM-01, "
		  "FR-NUM-02: Directives éditoriales of FAO (B)",
	.summary_en = "a number in words that the house writes in figures",
	.summary_fr = "nombre en lettres que l’usage veut en chiffres",
	.explanation_en =
		"From ten up, numbers are figures (12 experts), and French has figures at "
		"any size for ages, measures, money and percentages (un enfant âgé de 7 "
		"ans). The profile says where figures begin (numbers-in-words). Off by "
		"default: conventions and rules of procedure keep words.",
	.explanation_fr =
		"À partir de dix, les nombres s’écrivent en chiffres (32 projets)\u00A0; le "
		"français met toujours en chiffres les âges, mesures, sommes et "
		"pourcentages (un enfant âgé de 7 ans). Le profil dit où commencent les "
		"chiffres (numbers-in-words). Désactivée par défaut\u00A0: les conventions et "
		"les règlements gardent les lettres.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Le Fonds finance trente-deux projets dans la région.",
			"Le Fonds finance 32 projets dans la région." },
		{ LANGUAGE_FR, "Le camp accueille un enfant âgé de sept ans.",
			"Le camp accueille un enfant âgé de 7 ans." },
		{ LANGUAGE_EN, "The group had about twelve experts at that time.",
			"The group had about 12 experts at that time." },
		{ LANGUAGE_EN, NULL,
			"Twelve experts met nine times; it cost twenty-two thousand dollars." },
		{ LANGUAGE_FR, NULL,
			"Trente États ont cité neuf projets et deux cents notes en cinq "
			"ans." }),
	.token = look,
};
