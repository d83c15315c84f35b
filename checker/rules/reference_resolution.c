/* Resolutions: « résolution 2344 (2017) », « resolution 70/1 ».
 *
 * Numbers of the Security Council rise with the years without a break since 1946, so that a few
 * resolutions whose year is known (data/lang/resolutions.tsv) leave one or two years for any
 * other number: a year outside them is wrong. Other bodies number in the same way (the
 * Parliamentary Assembly of the Council of Europe has a resolution 2344 of its own), so numbers
 * below 500 and sentences that name another body are left alone. */
#include "checker/quotation.h"
#include "checker/rules/number.h"
#include "text/data.h"

#define ANCHORS_MOST 500
#define NUMBER_FIRST 500 /* below, many bodies have resolutions of that number */
#define AROUND 12        /* tokens before and after that may name another body */

static const char *const names[] = { "résolution", "résolutions", "resolution", "resolutions",
	NULL };
static const char *const watched[] = { "résolution", "résolutions", "resolution", "resolutions",
	"unscr", NULL };
#define SERIES_MOST 60 /* tokens from the word to a number of its series */
#define SIGN_MOST 3    /* to the first number: « résolution n° 1267 » */

typedef struct anchor {
	uint32_t number, year;
} anchor;

typedef struct anchors {
	size_t count;
	anchor at[ANCHORS_MOST];
} anchors;

typedef struct years { /* in which a number can have been adopted; last 0: no limit */
	uint32_t first, last;
} years;

/* The table, read when the first resolution of the document is met. */
static const anchors *
find_anchors(check *c, const rule *r)
{
	void **note = check_note(c, r);
	slice rest = EMBEDDED(resolutions), row, number, year;

	if (*note != NULL)
		return *note;
	anchors *a = ARENA_NEW(c->keep, anchors);
	while (a != NULL && a->count < ANCHORS_MOST && data_row(&rest, &row)) {
		slice_cut(row, '\t', &number, &row);
		slice_cut(row, '\t', &year, &row);
		a->at[a->count++] = (anchor){ number_of(number), number_of(year) };
	}
	return *note = a;
}

static years
years_of(const anchors *a, uint32_t number)
{
	years y = { 1946, 0 };

	for (size_t i = 0; i < a->count; i++) {
		if (a->at[i].number <= number)
			y.first = a->at[i].year;
		if (a->at[i].number >= number) {
			y.last = a->at[i].year;
			break;
		}
	}
	return y;
}

static bool
names_near(const check *c, size_t i, const char *const *list)
{
	size_t first = i > AROUND ? i - AROUND : 0;

	for (size_t k = first; k < i + AROUND && k < c->tokens.count; k++)
		if (spacing_word_in(c, &c->tokens.at[k], list))
			return true;
	return false;
}

/* A body that numbers its resolutions in the same way. */
static bool
names_parliament(const check *c, size_t i)
{
	static const char *const list[] = { "parlementaire", "parliamentary", "apce", "pace",
		"interparlementaire", "inter-parliamentary", NULL };

	return names_near(c, i, list);
}

static bool
names_council(const check *c, size_t i)
{
	static const char *const list[] = { "sécurité", "security", NULL };
	static const char *const assembly[] = { "générale", "general", NULL };

	return names_near(c, i, list) && !names_near(c, i, assembly);
}

/* What stands between the word and the numbers of a series, beside these. */
static bool
continues_series(const check *c, size_t i)
{
	static const char *const joints[] = { "et", "and", "ou", "or", "n", "no", "nos", NULL };
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_NUMBER || spacing_is_mark(t, '(') || spacing_is_mark(t, ')') ||
	       spacing_is_mark(t, ',') || spacing_is_mark(t, 0xB0) ||
	       spacing_word_in(c, t, joints);
}

/* « résolution 2344 », « résolutions 1267 (1999), 1989 (2011) et 2253 »: does token i stand
 * where a resolution's number stands? Looks back over a series to its first word. */
static bool
is_number_of_resolution(const check *c, size_t i)
{
	size_t most = SERIES_MOST;

	while (i > 0 && most-- > 0) {
		const token *t = &c->tokens.at[--i];
		if (t->kind == TOKEN_WORD && spacing_word_in(c, t, names))
			return true;
		if (!continues_series(c, i))
			return false;
	}
	return false;
}

/* Calls look for the numbers behind the word at i, up to the next such word: a text has many
 * figures, and few resolutions. */
static status
each_number(
	check *c, const rule *r, size_t i, status (*look)(check *c, const rule *r, size_t i))
{
	size_t end = i + SERIES_MOST < c->tokens.count ? i + SERIES_MOST + 1 : c->tokens.count;

	for (size_t k = i + 1; k < end; k++) {
		if (c->tokens.at[k].kind == TOKEN_NUMBER)
			TRY(look(c, r, k));
		else if (spacing_word_in(c, &c->tokens.at[k], watched) ||
			 (k - i >= SIGN_MOST && !continues_series(c, k)))
			break;
	}
	return STATUS_OK;
}

/* « (2017) » after token i. */
static bool
has_year(const check *c, size_t i)
{
	return number_is_mark(c, i + 1, '(') && c->tokens.at[i + 2].length == 4 &&
	       number_plain(c, i + 2) != NUMBER_NONE && number_is_mark(c, i + 3, ')');
}

/* 2344 (2015): the year against the table. */
static status
look_year(check *c, const rule *r, size_t i, uint32_t number)
{
	uint32_t year = number_plain(c, i + 2);
	const anchors *a = find_anchors(c, r);

	if (a == NULL)
		return STATUS_MEMORY;
	years y = years_of(a, number);
	if (year >= y.first && (y.last == 0 || year <= y.last))
		return STATUS_OK;
	if (year < 1946 || year > 2100 || names_parliament(c, i) ||
		(number < NUMBER_FIRST && !names_council(c, i)))
		return STATUS_OK;
	finding f = { .text = check_span(c, i, i + 3), .severity = SEVERITY_ERROR };
	slice right = check_printf(c, "%u (%u)", number, y.first);
	if (y.first == y.last) {
		f.suggestions = &right;
		f.suggestion_count = 1;
		f.message = check_message(c, "resolution %u was adopted in %u",
			"la résolution %u a été adoptée en %u", number, y.first);
	} else if (y.last == 0) {
		f.message = check_message(c, "resolution %u was not adopted before %u",
			"la résolution %u n’a pas été adoptée avant %u", number, y.first);
	} else {
		f.message = check_message(c, "resolution %u was adopted between %u and %u",
			"la résolution %u a été adoptée entre %u et %u", number, y.first,
			y.last);
	}
	return check_report(c, r, f);
}

/* Something after token i tells the year, or that the number is another: (XXV), 2015/31,
 * 48/104, 217 A (III), « du 15 décembre 1995 ». At the end of a block without a stop a line of
 * a PDF may have been cut off before the brackets. */
static bool
is_told_apart(const check *c, size_t i)
{
	static const char *const dated[] = { "of", "dated", "de", "du", "en", "in", NULL };
	const token *after = &c->tokens.at[i + 1];

	if (after->kind == TOKEN_EDGE ||
		(after->features & (FEATURE_SINGLE | FEATURE_CAPITALS)) != 0)
		return true;
	if (after->kind == TOKEN_MARK)
		return after->word == '(' || after->word == '/' || after->word == '-' ||
		       after->word == '[';
	return spacing_word_in(c, after, dated) &&
	       (after[1].kind == TOKEN_NUMBER || after[1].kind == TOKEN_CODE);
}

/* « la résolution 2606 » of the Council, without its year. */
static status
look_missing(check *c, const rule *r, size_t i, uint32_t number)
{
	if (number < NUMBER_FIRST || number > 3500 || is_told_apart(c, i))
		return STATUS_OK;
	const anchors *a = find_anchors(c, r);
	if (a == NULL)
		return STATUS_MEMORY;
	years y = years_of(a, number);
	if (names_parliament(c, i) || !names_council(c, i) || quotation_holds(c, i))
		return STATUS_OK;
	finding f = { .text = check_span(c, i, i),
		.fix = FIX_REVIEW,
		.message = check_message(c, "the year of resolution %u is missing",
			"il manque l’année de la résolution %u", number) };
	slice right = check_printf(c, "%u%s(%u)", number, number_space(c), y.first);
	if (y.first == y.last) {
		f.suggestions = &right;
		f.suggestion_count = 1;
	}
	return check_report(c, r, f);
}

/* 2480/2019 → 2480 (2019); the Economic and Social Council writes the year first. */
static status
look_slash(check *c, const rule *r, size_t i, uint32_t number)
{
	uint32_t year = number_plain(c, i + 2);
	const anchors *a = find_anchors(c, r);

	if (a == NULL)
		return STATUS_MEMORY;
	years y = years_of(a, number);
	if (number < NUMBER_FIRST || c->tokens.at[i + 2].length != 4 || year < y.first ||
		year > 2100 || (y.last != 0 && year > y.last))
		return STATUS_OK;
	return number_report(c, r, i, i + 2, FIX_REVIEW,
		check_printf(c, "%u%s(%u)", number, number_space(c), year));
}

/* « résolution 2344 de 2017 » */
static status
look_of_year(check *c, const rule *r, size_t i, uint32_t number)
{
	static const char *const of[] = { "de", "of", NULL };
	uint32_t year = number_plain(c, i + 2);

	if (number < NUMBER_FIRST || c->tokens.at[i + 2].length != 4 ||
		!check_word_is(c, i + 1, of) || names_parliament(c, i) || quotation_holds(c, i))
		return STATUS_OK;
	const anchors *a = find_anchors(c, r);
	if (a == NULL)
		return STATUS_MEMORY;
	years y = years_of(a, number);
	if (year < y.first || year > 2100 || (y.last != 0 && year > y.last))
		return STATUS_OK;
	return number_report(c, r, i, i + 2, FIX_REVIEW,
		check_printf(c, "%u%s(%u)", number, number_space(c), year));
}

/* 62/228 (2007): a resolution of the Assembly has its session, and no year. The year must be
 * one in which that session met, lest the brackets hold something else. */
static status
look_session(check *c, const rule *r, size_t i, uint32_t session)
{
	size_t number = i + 2;
	uint32_t year = number_plain(c, number + 2);

	if (session < 31 || session > 120 || !has_year(c, number) || year < session + 1945 ||
		year > session + 1947)
		return STATUS_OK;
	return number_report(
		c, r, i, number + 3, FIX_REVIEW, check_text(c, check_span(c, i, number)));
}

/* « résolution 70-1 »: of the Assembly, with a hyphen for its stroke. « Résolutions 60-62 » are
 * three of another body. */
static status
look_hyphen(check *c, const rule *r, size_t i, uint32_t session)
{
	static const char *const one[] = { "résolution", "resolution", NULL };
	const token *t = &c->tokens.at[i];

	if (session < 31 || session > 120 || t[2].length > 3 ||
		number_plain(c, i + 2) == NUMBER_NONE || number_plain(c, i + 2) == 0 ||
		!check_word_is(c, i - 1, one) || (t[3].gap == GAP_NONE && t[3].word == '-') ||
		quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, i, i + 2, FIX_REVIEW,
		check_printf(c, "%u/%u", session, number_plain(c, i + 2)));
}

/* « résolution n° 1267 »: the words between the noun and the number. */
static status
look_sign(check *c, const rule *r, size_t i)
{
	static const char *const signs[] = { "n", "no", "nos", "n°", "nº", NULL };
	size_t sign = i - 1;

	if (sign > 0 && (number_is_mark(c, sign, 0xB0) || number_is_mark(c, sign, '.')))
		sign--;
	if (sign == 0 || !spacing_word_in(c, &c->tokens.at[sign], signs) ||
		!spacing_word_in(c, &c->tokens.at[sign - 1], names) ||
		number_plain(c, i) < NUMBER_FIRST || quotation_holds(c, i) ||
		!names_council(c, i))
		return STATUS_OK;
	return number_report(c, r, sign, i, FIX_REVIEW, check_token(c, i));
}

/* « UNSCR 2344 »: the year that follows, or the only possible one. */
static status
look_acronym(check *c, const rule *r, size_t i, uint32_t number)
{
	bool dated = has_year(c, i);
	slice acronym = check_token(c, i - 1);

	if (!slice_is(acronym, "UNSCR") || quotation_holds(c, i))
		return STATUS_OK;
	const anchors *a = find_anchors(c, r);
	if (a == NULL)
		return STATUS_MEMORY;
	years y = years_of(a, number);
	uint32_t year = dated ? number_plain(c, i + 2) : y.first;
	size_t last = dated ? i + 3 : i;
	if (!dated && (y.first != y.last || c->tokens.at[i + 1].kind == TOKEN_EDGE))
		return number_report(c, r, i - 1, last, FIX_NONE, (slice){ 0 });
	slice right =
		c->language == LANGUAGE_FR
			? check_printf(
				  c, "résolution %u (%u) du Conseil de sécurité", number, year)
			: check_printf(c, "Security Council resolution %u (%u)", number, year);
	return number_report(c, r, i - 1, last, FIX_REVIEW, right);
}

/* S/RES/2344 (2015) */
static status
look_symbol(check *c, const rule *r, size_t i)
{
	slice s = check_token(c, i);

	if (!slice_starts(s, SLICE("S/RES/")) || !has_year(c, i))
		return STATUS_OK;
	uint32_t number = number_of(slice_sub(s, 6, s.n)), year = number_plain(c, i + 2);
	const anchors *a = find_anchors(c, r);
	if (a == NULL)
		return STATUS_MEMORY;
	years y = years_of(a, number);
	if (number == NUMBER_NONE || (year >= y.first && (y.last == 0 || year <= y.last)))
		return STATUS_OK;
	slice right = check_printf(c, "S/RES/%u (%u)", number, y.first);
	return check_report(c, r,
		(finding){ .text = check_span(c, i, i + 3),
			.severity = SEVERITY_ERROR,
			.message = check_message(c, "resolution %u is of another year",
				"la résolution %u est d’une autre année", number),
			.suggestions = &right,
			.suggestion_count = y.first == y.last });
}

static status
look_number(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (i == 0 || t->length > 4 || t->gap == GAP_NONE)
		return STATUS_OK;
	uint32_t number = number_plain(c, i);
	if (number == NUMBER_NONE || number == 0)
		return STATUS_OK;
	if (t[-1].kind == TOKEN_WORD && (t[-1].features & FEATURE_CAPITALS) != 0)
		return look_acronym(c, r, i, number);
	TRY(look_sign(c, r, i));
	if (!is_number_of_resolution(c, i))
		return STATUS_OK;
	if (number_is_joint(c, i + 1, '-'))
		return look_hyphen(c, r, i, number);
	if (number_is_joint(c, i + 1, '/'))
		return number < 200 ? look_session(c, r, i, number)
				    : look_slash(c, r, i, number);
	if (has_year(c, i))
		return look_year(c, r, i, number);
	TRY(look_of_year(c, r, i, number));
	return look_missing(c, r, i, number);
}

static status
look(check *c, const rule *r, size_t i)
{
	return c->tokens.at[i].kind == TOKEN_SYMBOL ? look_symbol(c, r, i)
						    : each_number(c, r, i, look_number);
}

const rule rule_reference_resolution = {
	.id = "reference/resolution",
	.ordered = true,
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_SYMBOL | (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source =
		"FR-REF-01, FR-REF-02, FR-REF-04: S/PRST/2019/7, S/RES/2255 (2015) and the "
		"pages of the 1267 Committee (A); EN-REF-01: Editorial Manual, Footnotes (B); "
		"FR-REF-03 (C)",
	.summary_en = "a resolution that is not cited as it should be",
	.summary_fr = "résolution mal citée",
	.explanation_en =
		"A Security Council resolution has its number and, in brackets, the year of "
		"its adoption, at every mention: resolution 2344 (2017); not “2344/2017”, "
		"“UNSCR 2344” or “n° 2344”. Numbers rise with the years: a year that the "
		"resolutions before and after it exclude is an error. A resolution of the "
		"General Assembly has its session and number, without a year: resolution "
		"70/1. Resolutions of other bodies are left alone.",
	.explanation_fr =
		"Une résolution du Conseil de sécurité porte à chaque mention son numéro "
		"et, entre parenthèses, l’année de son adoption\u00A0: résolution 2344 (2017), "
		"et non «\u00A02344/2017\u00A0», «\u00A0UNSCR 2344\u00A0» ou «\u00A0n° "
		"2344\u00A0». Les numéros montent avec "
		"les "
		"années\u00A0: une année qu’excluent les résolutions voisines est une erreur. "
		"Une résolution de l’Assemblée générale a sa session et son numéro, sans "
		"année\u00A0: résolution 70/1. Les résolutions d’autres organes ne sont pas "
		"relevées.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Par sa résolution 2253 (2016), le Conseil a agi.",
			"Par sa résolution 2253 (2015), le Conseil a agi." },
		{ LANGUAGE_FR, "Le Conseil de sécurité rappelle sa résolution 2606 et agit.",
			"Le Conseil de sécurité rappelle sa résolution 2606 (2021) et agit." },
		{ LANGUAGE_FR, "Le Conseil rappelle sa résolution 2480/2019.",
			"Le Conseil rappelle sa résolution 2480 (2019)." },
		{ LANGUAGE_FR, "Le Conseil de sécurité cite la résolution n° 1267 (1999).",
			"Le Conseil de sécurité cite la résolution 1267 (1999)." },
		{ LANGUAGE_FR, "Selon la résolution 62/228 (2007), le Tribunal est créé.",
			"Selon la résolution 62/228, le Tribunal est créé." },
		{ LANGUAGE_FR, "Le Conseil rappelle sa résolution 2344 de 2017.",
			"Le Conseil rappelle sa résolution 2344 (2017)." },
		{ LANGUAGE_FR, "Selon la résolution 70-1, le Programme est adopté.",
			"Selon la résolution 70/1, le Programme est adopté." },
		{ LANGUAGE_EN, "The mandate stems from UNSCR 2359 on the Sahel.",
			"The mandate stems from Security Council resolution 2359 (2017) on the "
			"Sahel." },
		{ LANGUAGE_EN, "In its resolution 2349 (2018), the Council acted.",
			"In its resolution 2349 (2017), the Council acted." },
		{ LANGUAGE_EN, "See S/RES/2253 (2016) on the list.",
			"See S/RES/2253 (2015) on the list." },
		{ LANGUAGE_EN, NULL,
			"The Security Council adopted resolution 1031 of 15 December 1995 and "
			"resolution 2765" },
		{ LANGUAGE_EN, NULL,
			"Resolution 2344 (2020) of the Parliamentary Assembly, General "
			"Assembly "
			"resolutions 70/1 and 2625 (XXV), and resolution 2719 (2023)." },
		{ LANGUAGE_FR, NULL,
			"Les résolutions 60-62, 1267 (1999), 1989 (2011) et 2253 (2015), la "
			"résolution "
			"1996/31 et la résolution 2344 (2017) du Conseil de sécurité." }),
	.token = look,
};

/* --- the order of a series --- */

/* « …, 1989 (2011) et 1267 (1999) »: the number of the item before token i; 0: it has none. */
static uint32_t
number_before(const check *c, size_t i)
{
	static const char *const joints[] = { "et", "and", "ou", "or", NULL };

	i -= i > 1 && check_word_is(c, i - 1, joints);
	i -= i > 1 && number_is_mark(c, i - 1, ',');
	if (i < 5 || !has_year(c, i - 4))
		return 0;
	uint32_t number = number_plain(c, i - 4);
	return number == NUMBER_NONE ? 0 : number;
}

static status
look_order_at(check *c, const rule *r, size_t i)
{
	uint32_t number = number_plain(c, i);

	if (i < 6 || c->tokens.at[i].length > 4 || number == NUMBER_NONE || !has_year(c, i) ||
		number_before(c, i) <= number || !is_number_of_resolution(c, i) ||
		number < NUMBER_FIRST || names_parliament(c, i) || quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, i, i + 3, FIX_NONE, (slice){ 0 });
}

static status
look_order(check *c, const rule *r, size_t i)
{
	return each_number(c, r, i, look_order_at);
}

const rule rule_reference_order = {
	.id = "reference/order",
	.ordered = true,
	.severity = SEVERITY_INFO,
	.fix = FIX_NONE,
	.fr = true,
	.en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = names,
	.source = "FR-REF-04: S/PRST/2019/7 and S/RES/2255 (2015) in French (A)",
	.summary_en = "resolutions of a series are not in ascending order",
	.summary_fr = "résolutions citées dans le désordre",
	.explanation_en =
		"Resolutions cited together stand in ascending order, each with its year: "
		"resolutions 1267 (1999), 1989 (2011) and 2253 (2015). Some series have a "
		"reason for another order, so this is a hint.",
	.explanation_fr =
		"Les résolutions citées ensemble se suivent en ordre croissant, chacune "
		"avec son année\u00A0: résolutions 1267 (1999), 1989 (2011) et 2253 (2015). "
		"Une "
		"série peut avoir ses raisons de suivre un autre ordre\u00A0: ce n’est qu’un "
		"indice.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Les résolutions 2253 (2015) et 1267 (1999) sont citées.",
			"Les résolutions 1267 (1999) et 2253 (2015) sont citées." },
		{ LANGUAGE_EN, "It recalls resolutions 1701 (2006), and 1559 (2004) in full.",
			"It recalls resolutions 1559 (2004) and 1701 (2006) in full." },
		{ LANGUAGE_EN, NULL,
			"See resolutions 2253 (2015), 2255 (2015), and decision 1267 "
			"(1999)." }),
	.token = look_order,
};
