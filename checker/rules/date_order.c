/* Periods that end before they begin: « du 12 au 9 juin », “from 5 March 2018 to 3 March 2018”.
 * Without its month the first day belongs to the month of the second; without their years two
 * months may well belong to two of them. */
#include "checker/quotation.h"
#include "checker/rules/date.h"

static const char *const froms[] = { "du", "from", "entre", "between", NULL };

static uint32_t
as_number(const date *d)
{
	return d->year * 10000 + d->month * 100 + d->day;
}

/* « du 12 au 9 juin »: the day before « au », token i - 2. */
static bool
is_day_later(const check *c, size_t i, const date *end)
{
	static const char *const to[] = { "au", "to", NULL };
	uint32_t day = number_plain(c, i - 2);

	return check_word_is(c, i - 1, to) && day <= 31 && day >= end->day && day != 0 &&
	       end->day != 0 && check_word_is(c, i - 3, froms);
}

/* « du 5 mars 2018 au 3 mars 2018 », « entre le 5 mars 2018 et le 3 mars 2018 »: the day of the
 * first date; 0 where it is not later, or there is none. */
static size_t
find_later_date(const check *c, size_t i, const date *end)
{
	static const char *const to[] = { "au", "to", "et", "and", NULL };
	size_t article = slice_is(check_lower(c, i - 1), "le");
	date first;

	if (i < 5 + article || end->year == 0 || !check_word_is(c, i - 1 - article, to))
		return 0;
	size_t day = i - 4 - article;
	size_t before = day - 1 - (day > 1 && slice_is(check_lower(c, day - 1), "le"));
	if (!check_word_is(c, before, froms) || !date_read(c, day, &first) ||
		first.last != day + 2 || first.year == 0 || as_number(&first) < as_number(end))
		return 0;
	return day;
}

/* The second date. */
static status
judge(check *c, const rule *r, const date *end)
{
	size_t i = end->day_at;

	if (i < 3 || end->month_first)
		return STATUS_OK;
	size_t first = is_day_later(c, i, end) ? i - 2 : find_later_date(c, i, end);
	if (first == 0 || quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, first, end->last, FIX_NONE, (slice){ 0 });
}

static status
look(check *c, const rule *r, size_t i)
{
	return date_each(c, r, i, judge);
}

const rule rule_date_order = {
	.id = "date/order",
	.severity = SEVERITY_WARNING,
	.fix = FIX_NONE,
	.fr = true,
	.en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = date_months,
	.source = "FR-NUM-11: the calendar (A)",
	.summary_en = "a period that ends before it begins",
	.summary_fr = "période qui finit avant de commencer",
	.explanation_en =
		"The second day of a period comes after the first: from 9 to 12 June. A day "
		"without its month belongs to the month that follows; a period over the turn "
		"of "
		"a month names both.",
	.explanation_fr = "Le second jour d’une période vient après le premier\u00A0: du 9 au "
			  "12 juin. Un "
			  "jour "
			  "sans mois est du mois qui suit\u00A0; une période à cheval sur deux "
			  "mois les nomme "
			  "tous deux.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Le Comité siège du 12 au 9 juin 2018 à Genève.",
			"Le Comité siège du 9 au 12 juin 2018 à Genève." },
		{ LANGUAGE_EN, "The term runs from 5 March 2018 to 3 March 2018 in Geneva.",
			"The term runs from 3 March 2018 to 5 March 2018 in Geneva." },
		{ LANGUAGE_FR, NULL,
			"Du 28 février au 3 mars, du 5 décembre au 3 février 2018 et du 1er au "
			"9 "
			"juin." }),
	.token = look,
};
