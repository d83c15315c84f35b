#include "checker/bilingual/numeral.h"

#include <string.h>

#define DIGITS_MOST 18

static numeral
normal(uint64_t digits, int32_t exponent)
{
	while (digits != 0 && digits % 10 == 0) {
		digits /= 10;
		exponent++;
	}
	return (numeral){ digits, digits == 0 ? 0 : exponent, true };
}

numeral
numeral_of(uint64_t n)
{
	return normal(n, 0);
}

uint64_t
numeral_whole(numeral n)
{
	uint64_t v = n.digits;

	if (n.exponent < 0 || n.exponent > 6)
		return 0;
	for (int32_t i = 0; i < n.exponent; i++)
		v *= 10;
	return v;
}

numeral
numeral_times(numeral n, numeral by)
{
	return normal(n.digits * by.digits, n.exponent + by.exponent);
}

/* --- figures --- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
count_of(slice s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

/* Every mark has three digits behind it, and one to three stand before the first. */
static bool
is_grouped(slice s, char mark)
{
	size_t since = 0;
	bool first = true;

	for (size_t i = 0; i < s.n && (is_digit(s.p[i]) || s.p[i] == mark); i++) {
		if (is_digit(s.p[i])) {
			since++;
			continue;
		}
		if (first ? since == 0 || since > 3 : since != 3)
			return false;
		first = false;
		since = 0;
	}
	return !first && since == 3;
}

/* Digits alone, and those behind the decimal mark; everything else groups. */
static numeral
value_of(slice s, char decimal)
{
	uint64_t digits = 0;
	int32_t exponent = 0;
	bool behind = false;
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (decimal != '\0' && s.p[i] == decimal)
			behind = true;
		if (!is_digit(s.p[i]))
			continue;
		if (n++ < DIGITS_MOST) {
			digits = digits * 10 + (uint64_t)(s.p[i] - '0');
			exponent -= behind;
		} else
			exponent += !behind;
	}
	return normal(digits, exponent);
}

bool
numeral_of_figures(slice s, language l, numeral *out, numeral *other)
{
	size_t points = count_of(s, '.'), commas = count_of(s, ',');
	char group = l == LANGUAGE_FR ? '.' : ',';
	bool grouped = is_grouped(s, group);

	*other = (numeral){ 0 };
	if (points + commas == 0)
		*out = value_of(s, '\0');
	else if (points > 1 && !(l == LANGUAGE_FR && grouped))
		return false;
	else if (l == LANGUAGE_FR) {
		*out = value_of(s, commas != 0 ? ',' : points == 1 ? '.' : '\0');
		if (commas == 0 && grouped)
			*other = value_of(s, '\0');
	} else {
		bool decimal_comma = commas == 1 && points == 0 && !grouped;
		*out = value_of(s, decimal_comma ? ',' : '.');
	}
	return true;
}

static unsigned
roman_digit(char c)
{
	switch (c) {
	case 'I':
		return 1;
	case 'V':
		return 5;
	case 'X':
		return 10;
	case 'L':
		return 50;
	case 'C':
		return 100;
	case 'D':
		return 500;
	case 'M':
		return 1000;
	default:
		return 0;
	}
}

unsigned
numeral_of_roman(slice s)
{
	unsigned sum = 0, run = 0, largest = 1000;

	for (size_t i = 0; i < s.n; i++) {
		unsigned d = roman_digit(s.p[i]);
		unsigned next = i + 1 < s.n ? roman_digit(s.p[i + 1]) : 0;
		run = i > 0 && s.p[i] == s.p[i - 1] ? run + 1 : 1;
		if (d == 0 || run > 3 || (run > 1 && d % 10 == 5))
			return 0;
		if (next > d) { /* IV, IX, XL … */
			if ((next != 5 * d && next != 10 * d) || run > 1 || next > largest)
				return 0;
			sum += next - d;
			largest = d - 1;
			i++;
			continue;
		}
		if (d > largest)
			return 0;
		sum += d;
		largest = d;
	}
	return sum;
}

/* --- words --- */

typedef struct entry {
	const char *text;
	numeral_word word;
} entry;

#define UNIT(text, n) \
	{ \
		text, \
		{ \
			NUMERAL_UNIT, n, false, false \
		} \
	}
#define NTH(text, n) \
	{ \
		text, \
		{ \
			NUMERAL_UNIT, n, true, false \
		} \
	}
#define TEN(text, n) \
	{ \
		text, \
		{ \
			NUMERAL_TEN, n, false, false \
		} \
	}
#define TENTH(text, n) \
	{ \
		text, \
		{ \
			NUMERAL_TEN, n, true, false \
		} \
	}
#define ABOUT(text, n) \
	{ \
		text, \
		{ \
			NUMERAL_UNIT, n, false, true \
		} \
	}

static const entry english[] = { UNIT("zero", 0), UNIT("one", 1), UNIT("two", 2),
	UNIT("three", 3), UNIT("four", 4), UNIT("five", 5), UNIT("six", 6), UNIT("seven", 7),
	UNIT("eight", 8), UNIT("nine", 9), UNIT("ten", 10), UNIT("eleven", 11),
	UNIT("twelve", 12), UNIT("thirteen", 13), UNIT("fourteen", 14), UNIT("fifteen", 15),
	UNIT("sixteen", 16), UNIT("seventeen", 17), UNIT("eighteen", 18), UNIT("nineteen", 19),
	TEN("twenty", 20), TEN("thirty", 30), TEN("forty", 40), TEN("fifty", 50),
	TEN("sixty", 60), TEN("seventy", 70), TEN("eighty", 80), TEN("ninety", 90),
	NTH("first", 1), NTH("second", 2), NTH("third", 3), NTH("fourth", 4), NTH("fifth", 5),
	NTH("sixth", 6), NTH("seventh", 7), NTH("eighth", 8), NTH("ninth", 9), NTH("tenth", 10),
	NTH("eleventh", 11), NTH("twelfth", 12), NTH("thirteenth", 13), NTH("fourteenth", 14),
	NTH("fifteenth", 15), NTH("sixteenth", 16), NTH("seventeenth", 17),
	NTH("eighteenth", 18), NTH("nineteenth", 19), TENTH("twentieth", 20),
	TENTH("thirtieth", 30), TENTH("fortieth", 40), TENTH("fiftieth", 50),
	TENTH("sixtieth", 60), TENTH("seventieth", 70), TENTH("eightieth", 80),
	TENTH("ninetieth", 90), { "hundred", { NUMERAL_HUNDRED, 100, false, false } },
	{ "hundredth", { NUMERAL_HUNDRED, 100, true, false } },
	{ "thousand", { NUMERAL_SCALE, 1000, false, false } },
	{ "thousandth", { NUMERAL_SCALE, 1000, true, false } },
	{ "million", { NUMERAL_SCALE, 1000000, false, false } },
	{ "billion", { NUMERAL_SCALE, 1000000000, false, false } },
	{ "trillion", { NUMERAL_SCALE, UINT64_C(1000000000000), false, false } },
	ABOUT("both", 2), ABOUT("twice", 2), ABOUT("double", 2), ABOUT("doubled", 2),
	ABOUT("doubling", 2), ABOUT("half", 2), ABOUT("triple", 3), ABOUT("thirds", 3),
	ABOUT("quarter", 4), ABOUT("quarters", 4), ABOUT("quarterly", 3), ABOUT("fifths", 5),
	ABOUT("dozen", 12), ABOUT("dozens", 12), ABOUT("fortnight", 15), ABOUT("decade", 10),
	ABOUT("decades", 10), ABOUT("century", 100), ABOUT("hundreds", 100),
	ABOUT("thousands", 1000), ABOUT("millions", 1000000), ABOUT("billions", 1000000000),
	ABOUT("firstly", 1), ABOUT("secondly", 2), ABOUT("thirdly", 3), ABOUT("once", 1),
	ABOUT("thrice", 3), ABOUT("biennial", 2), ABOUT("biennium", 2), ABOUT("triennial", 3),
	ABOUT("quadrennial", 4), ABOUT("seconds", 2) };

static const entry french[] = { UNIT("zéro", 0), UNIT("un", 1), UNIT("une", 1), UNIT("deux", 2),
	UNIT("trois", 3), UNIT("quatre", 4), UNIT("cinq", 5), UNIT("six", 6), UNIT("sept", 7),
	UNIT("huit", 8), UNIT("neuf", 9), UNIT("dix", 10), UNIT("onze", 11), UNIT("douze", 12),
	UNIT("treize", 13), UNIT("quatorze", 14), UNIT("quinze", 15), UNIT("seize", 16),
	TEN("vingt", 20), TEN("vingts", 20), TEN("trente", 30), TEN("quarante", 40),
	TEN("cinquante", 50), TEN("soixante", 60), TEN("septante", 70), TEN("huitante", 80),
	TEN("octante", 80), TEN("nonante", 90), NTH("premier", 1), NTH("première", 1),
	NTH("premiers", 1), NTH("premières", 1), NTH("second", 2), NTH("seconde", 2),
	{ "cent", { NUMERAL_HUNDRED, 100, false, false } },
	{ "cents", { NUMERAL_HUNDRED, 100, false, false } },
	{ "mille", { NUMERAL_SCALE, 1000, false, false } },
	{ "mil", { NUMERAL_SCALE, 1000, false, false } },
	{ "million", { NUMERAL_SCALE, 1000000, false, false } },
	{ "milliard", { NUMERAL_SCALE, 1000000000, false, false } },
	{ "billion", { NUMERAL_SCALE, UINT64_C(1000000000000), false, false } },
	ABOUT("demi", 2), ABOUT("demie", 2), ABOUT("moitié", 2), ABOUT("double", 2),
	ABOUT("doubler", 2), ABOUT("triple", 3), ABOUT("tripler", 3), ABOUT("tiers", 3),
	ABOUT("quart", 4), ABOUT("quarts", 4), ABOUT("trimestre", 3), ABOUT("trimestriel", 3),
	ABOUT("semestre", 6), ABOUT("dizaine", 10), ABOUT("dizaines", 10),
	ABOUT("douzaine", 12), ABOUT("douzaines", 12), ABOUT("quinzaine", 15),
	ABOUT("vingtaine", 20), ABOUT("trentaine", 30), ABOUT("quarantaine", 40),
	ABOUT("cinquantaine", 50), ABOUT("soixantaine", 60), ABOUT("centaine", 100),
	ABOUT("centaines", 100), ABOUT("millier", 1000), ABOUT("milliers", 1000),
	ABOUT("millions", 1000000), ABOUT("milliards", 1000000000), ABOUT("décennie", 10),
	ABOUT("décennies", 10), ABOUT("siècle", 100), ABOUT("biennal", 2), ABOUT("biennale", 2),
	ABOUT("triennal", 3), ABOUT("triennale", 3), ABOUT("quadriennal", 4),
	ABOUT("quadriennale", 4), ABOUT("quinquennal", 5), ABOUT("quinquennale", 5),
	ABOUT("décennal", 10), ABOUT("décennale", 10), ABOUT("secondes", 2) };

static const numeral_word *
look_up(slice s, language l)
{
	const entry *list = l == LANGUAGE_FR ? french : english;
	size_t n = l == LANGUAGE_FR ? sizeof(french) / sizeof(*french)
				    : sizeof(english) / sizeof(*english);

	for (size_t i = 0; i < n; i++)
		if (list[i].text[1] == s.p[1] && slice_is(s, list[i].text))
			return &list[i].word;
	return NULL;
}

/* troisième, vingtièmes, unième: the cardinal with -ième behind it. */
static bool
of_french_ordinal(slice s, numeral_word *out)
{
	static const struct {
		const char *stem, *cardinal;
	} odd[] = { { "cinqu", "cinq" }, { "neuv", "neuf" }, { "quatr", "quatre" },
		{ "onz", "onze" }, { "douz", "douze" }, { "treiz", "treize" },
		{ "quatorz", "quatorze" }, { "quinz", "quinze" }, { "seiz", "seize" },
		{ "trent", "trente" }, { "quarant", "quarante" }, { "cinquant", "cinquante" },
		{ "soixant", "soixante" }, { "mill", "mille" }, { "un", "un" } };

	if (slice_ends(s, SLICE("s")))
		s.n--;
	if (!slice_ends(s, SLICE("ième")))
		return false;
	s.n -= sizeof("ième") - 1;
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		if (slice_is(s, odd[i].stem))
			s = slice_of(odd[i].cardinal);
	const numeral_word *w = look_up(s, LANGUAGE_FR);
	if (w == NULL || w->vague || w->ordinal)
		return false;
	*out = *w;
	out->ordinal = true;
	return true;
}

/* Words that say a number are short and begin with few letters: most are refused at once. */
bool
numeral_of_word(slice lower, language l, numeral_word *out)
{
	const char *first = l == LANGUAGE_FR ? "buzdtqcshnovpm" : "zotfsenbhmdqc";

	if (lower.n < 2 || lower.n > 16 || memchr(first, lower.p[0], strlen(first)) == NULL)
		return false;
	const numeral_word *w = look_up(lower, l);
	if (w != NULL) {
		*out = *w;
		return true;
	}
	if (l == LANGUAGE_FR)
		return of_french_ordinal(lower, out);
	if (lower.p[lower.n - 1] != 's')
		return false;
	w = look_up(slice_sub(lower, 0, lower.n - 1), l); /* five sixths */
	if (w == NULL || !w->ordinal || w->value < 3)
		return false;
	*out = *w;
	return true;
}

bool
numeral_of_scale(slice lower, language l, numeral *out)
{
	static const struct {
		const char *text;
		int32_t en, fr; /* power of ten; 0: not in the language */
	} scales[] = { { "million", 6, 6 }, { "millions", 6, 6 }, { "billion", 9, 12 },
		{ "billions", 9, 12 }, { "trillion", 12, 18 }, { "trillions", 12, 18 },
		{ "thousand", 3, 0 }, { "hundred", 2, 0 }, { "mille", 0, 3 },
		{ "milliard", 0, 9 }, { "milliards", 0, 9 }, { "milliers", 0, 3 } };

	for (size_t i = 0; i < sizeof(scales) / sizeof(*scales); i++) {
		int32_t power = l == LANGUAGE_FR ? scales[i].fr : scales[i].en;
		if (power == 0 || !slice_is(lower, scales[i].text))
			continue;
		*out = (numeral){ 1, power, true };
		return true;
	}
	return false;
}
