#include "checker/rules/number_words.h"

static const char *const french[] = { "zéro", "un", "deux", "trois", "quatre", "cinq", "six",
	"sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize",
	"dix-sept", "dix-huit", "dix-neuf" };
static const char *const french_tens[] = { "", "", "vingt", "trente", "quarante", "cinquante",
	"soixante", "soixante", "quatre-vingt", "quatre-vingt" };
static const char *const english[] = { "zero", "one", "two", "three", "four", "five", "six",
	"seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
	"sixteen", "seventeen", "eighteen", "nineteen" };
static const char *const english_tens[] = { "", "", "twenty", "thirty", "forty", "fifty",
	"sixty", "seventy", "eighty", "ninety" };

/* Soixante-dix and quatre-vingt-dix count on from the ten before them. */
static slice
french_cardinal(check *c, uint32_t n)
{
	uint32_t ten = n / 10, one = n % 10 + (ten == 7 || ten == 9 ? 10 : 0);

	if (n < 20)
		return slice_of(french[n]);
	if (one == 0)
		return check_printf(c, "%s%s", french_tens[ten], ten == 8 ? "s" : "");
	if ((one == 1 || one == 11) && ten < 8)
		return check_printf(c, "%s et %s", french_tens[ten], french[one]);
	return check_printf(c, "%s-%s", french_tens[ten], french[one]);
}

slice
number_cardinal(check *c, language l, uint32_t n)
{
	if (l == LANGUAGE_FR)
		return french_cardinal(c, n);
	if (n < 20)
		return slice_of(english[n]);
	if (n % 10 == 0)
		return slice_of(english_tens[n / 10]);
	return check_printf(c, "%s-%s", english_tens[n / 10], english[n % 10]);
}

/* cinq → cinquième, neuf → neuvième, quatre → quatrième, quatre-vingts → quatre-vingtième. */
slice
number_ordinal_fr(check *c, uint32_t n)
{
	slice s = french_cardinal(c, n);

	if (n == 1)
		return SLICE("première");
	if (n == 80 || slice_ends(s, SLICE("e")))
		s.n--;
	if (slice_ends(s, SLICE("neuf")))
		return check_printf(c, "%.*svième", (int)s.n - 1, s.p);
	if (slice_ends(s, SLICE("cinq")))
		return check_printf(c, "%.*suième", SLICE_ARG(s));
	return check_printf(c, "%.*sième", SLICE_ARG(s));
}
