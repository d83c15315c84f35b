/* « n° 5 », « N° 5 »: « numéro » is abbreviated with the letter o, raised where the format
 * allows it, not with the sign of degrees. */
#include "checker/rules/number.h"

static const char *const watched[] = { "nº", NULL };

/* More numbers follow: « n° 3 et 4 ». */
static bool
is_plural(const check *c, size_t i)
{
	static const char *const joints[] = { "et", "à", "ou", NULL };
	const token *t = &c->tokens.at[i];

	return (spacing_word_in(c, &t[1], joints) || spacing_is_mark(&t[1], ',')) &&
	       t[2].kind == TOKEN_NUMBER && t[2].length <= 3 && t[2].gap != GAP_NONE &&
	       t[3].kind != TOKEN_WORD;
}

/* The token that begins « n° » before the number at i; i when there is none. */
static size_t
find_sign(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (i == 0)
		return i;
	slice before = check_lower(c, i - 1);
	if (slice_equal(before, SLICE("nº")))
		return i - 1;
	if (i < 2 || !spacing_is_mark(&t[-1], 0xB0) || t[-1].gap != GAP_NONE)
		return i;
	before = check_lower(c, i - 2);
	return slice_equal(before, SLICE("n")) || slice_equal(before, SLICE("no")) ? i - 2 : i;
}

/* i is the sign of degrees, or « nº » in one word. */
static status
look(check *c, const rule *r, size_t i)
{
	size_t sign = c->tokens.at[i + 1].kind == TOKEN_NUMBER ? find_sign(c, ++i) : i;

	if (sign == i)
		return STATUS_OK;
	const char *right = is_plural(c, i) ? "nos" : "no";
	if (c->tokens.at[i].gap != GAP_NONE)
		return number_report(c, r, sign, i - 1, FIX_REVIEW, slice_of(right));
	return number_report(c, r, sign, i, FIX_REVIEW,
		check_printf(
			c, "%s%s%.*s", right, number_space(c), SLICE_ARG(check_token(c, i))));
}

const rule rule_typography_numero = {
	.id = "typography/numero",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_RATE | (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.after = FEATURE_NUMBER,
	.source = "FR-LET-10: Traitement des textes français à l’ONU, ST/DCS/5 (C)",
	.summary_en = "“numéro” abbreviated with the sign of degrees",
	.summary_fr = "«\u00A0numéro\u00A0» abrégé avec le signe du degré",
	.explanation_en =
		"The French abbreviation of “numéro” is the letters no, the o raised where the "
		"file "
		"format allows it, and nos in the plural. The sign of degrees (n°, N°) stands "
		"for "
		"something else.",
	.explanation_fr =
		"«\u00A0Numéro\u00A0» s’abrège par les lettres no, la seconde en exposant si "
		"le format "
		"du "
		"fichier le permet, et nos au pluriel. Le signe du degré (n°, N°) veut dire "
		"autre "
		"chose.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Voir le Supplément N° 5 du rapport annuel.",
					  "Voir le Supplément no 5 du rapport annuel." },
		{ LANGUAGE_FR, "Voir le Supplément n°5 du rapport annuel.",
			"Voir le Supplément no 5 du rapport annuel." },
		{ LANGUAGE_FR, "Voir les suppléments n° 3 et 4.",
			"Voir les suppléments nos 3 et 4." },
		{ LANGUAGE_FR, NULL, "Voir le Supplément no 5, à 12° 30 de latitude nord." }),
	.token = look,
};
