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

/* One part of a compound: its value, 0 for none. */
static uint32_t
part_value(slice s, language l)
{
	const char *const *ones = l == LANGUAGE_FR ? french : english;
	const char *const *tens = l == LANGUAGE_FR ? french_tens : english_tens;

	for (uint32_t n = 1; n < 20; n++)
		if (slice_is(s, ones[n]))
			return n;
	for (uint32_t n = 2; n < 10; n++)
		if (slice_is(s, tens[n]))
			return 10 * n;
	return 0;
}

/* The parts add up, but for the quatre of quatre-vingt. */
uint32_t
number_of_words(slice s, language l)
{
	static const char *const eighty[] = { "quatre-vingts", "quatre-vingt", NULL };
	uint32_t sum = 0;

	if (l == LANGUAGE_FR && slice_is_one_of(s, eighty))
		return 80;
	if (l == LANGUAGE_FR && slice_starts(s, SLICE("quatre-vingt-"))) {
		sum = 80;
		s = slice_sub(s, sizeof("quatre-vingt-") - 1, s.n);
	}
	while (s.n != 0) {
		slice part;
		slice_cut(s, '-', &part, &s);
		uint32_t value = part_value(part, l);
		if (value == 0 || (sum != 0 && (value >= 20 || sum % 10 != 0)))
			return 0;
		sum += value;
	}
	return sum > NUMBER_WORDS_MOST ? 0 : sum;
}

uint32_t
number_most_in_words(const check *c)
{
	switch (check_profile(c)->numbers_in_words) {
	case NUMBERS_UP_TO_9:
		return 9;
	case NUMBERS_UP_TO_10:
		return 10;
	case NUMBERS_UP_TO_16:
		return 16;
	default:
		return 0;
	}
}
