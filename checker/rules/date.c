#include "checker/rules/date.h"

static const char *const months[LANGUAGES][12] = {
	{ "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
		"octobre", "novembre", "décembre" },
	{ "January", "February", "March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December" },
};

static const char *const weekdays[LANGUAGES][7] = {
	{ "dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi" },
	{ "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" },
};

const char *const date_months[] = { "janvier", "février", "mars", "avril", "mai", "juin",
	"juillet", "août", "aout", "septembre", "octobre", "novembre", "décembre", "january",
	"february", "march", "april", "may", "june", "july", "august", "september", "october",
	"november", "december", NULL };

const char *
date_month_name(language l, uint32_t month)
{
	return months[l - LANGUAGE_FR][month - 1];
}

const char *
date_weekday_name(language l, uint32_t weekday)
{
	return weekdays[l - LANGUAGE_FR][weekday];
}

uint32_t
date_days_in(uint32_t month, uint32_t year)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

/* Sakamoto's congruence for the Gregorian calendar. */
uint32_t
date_weekday(uint32_t year, uint32_t month, uint32_t day)
{
	static const unsigned char shift[] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 };
	uint32_t y = month < 3 ? year - 1 : year;

	return (y + y / 4 - y / 100 + y / 400 + shift[month - 1] + day) % 7;
}

/* Same letters, the first one in any case: the names begin with an ASCII letter. */
static bool
is_name(slice s, const char *name)
{
	return (s.p[0] | 0x20) == (name[0] | 0x20) && s.n == strlen(name) &&
	       memcmp(s.p + 1, name + 1, s.n - 1) == 0;
}

uint32_t
date_month(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->kind != TOKEN_WORD || t->length < 3 || t->length > 10)
		return 0;
	slice s = check_token(c, i);
	if (slice_is(s, "may")) /* the verb */
		return 0;
	if (c->language == LANGUAGE_FR && slice_is(s, "aout"))
		return 8;
	for (uint32_t m = 1; m <= 12; m++)
		if (is_name(s, months[c->language - LANGUAGE_FR][m - 1]))
			return m;
	return 0;
}

/* 2 · 02 · 1er · 2nd: the day, its digits and what follows them. */
static bool
read_day(const check *c, size_t i, date *out)
{
	slice s = check_token(c, i);
	size_t digits = 0;

	while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9')
		digits++;
	out->digits = slice_sub(s, 0, digits);
	out->end = slice_sub(s, digits, s.n);
	out->day = digits <= 2 ? number_of(out->digits) : NUMBER_NONE;
	out->day_at = out->first = out->last = i;
	return out->day != NUMBER_NONE && out->end.n <= 4 &&
	       (out->end.n == 0) == (c->tokens.at[i].kind == TOKEN_NUMBER);
}

static bool
is_year(const check *c, size_t i)
{
	return c->tokens.at[i].length == 4 && number_is_next(c, i) &&
	       number_plain(c, i) != NUMBER_NONE;
}

/* « au 31 mai, 1170 personnes »: after a comma a figure is a year only where it looks like one.
 */
static bool
is_year_after_comma(const check *c, size_t i)
{
	uint32_t year = is_year(c, i) ? number_plain(c, i) : 0;

	return year >= 1700 && year <= 2100 && !number_counts_noun(c, i);
}

/* What follows the day and month: 2018 · , 2018 */
static void
read_year(const check *c, date *out)
{
	size_t i = out->last + 1;

	out->comma = number_is_mark(c, i, ',') && is_year_after_comma(c, i + 1);
	i += out->comma;
	if (!is_year(c, i))
		return;
	out->year = number_plain(c, i);
	out->last = out->year_at = i;
}

/* January 2; in French only where a comma and a year leave no doubt: « novembre 11, 1991 ». */
static bool
may_follow_month(const check *c, size_t i)
{
	if (i == 0 || !number_is_next(c, i))
		return false;
	return c->language == LANGUAGE_EN ||
	       ((i < 2 || c->tokens.at[i - 2].kind != TOKEN_NUMBER) &&
		       number_is_mark(c, i + 1, ',') && is_year_after_comma(c, i + 2));
}

bool
date_read(const check *c, size_t i, date *out)
{
	*out = (date){ 0 };
	if (c->tokens.at[i].length > 6)
		return false;
	size_t of = c->language == LANGUAGE_EN && slice_is(check_lower(c, i + 1), "of");
	out->month = number_is_next(c, i + 1 + of) ? date_month(c, i + 1 + of) : 0;
	if (out->month != 0) {
		out->month_at = i + 1 + of;
	} else if (may_follow_month(c, i)) {
		out->month = date_month(c, i - 1);
		out->month_at = i - 1;
		out->month_first = true;
	}
	if (out->month == 0 || !read_day(c, i, out))
		return false;
	out->first = out->month_first ? out->month_at : i;
	out->last = out->month_first ? i : out->month_at;
	read_year(c, out);
	return true;
}

/* The dates around the month that was looked at last: several rules ask for them. */
typedef struct around {
	const char *month; /* in the text */
	size_t count;
	date dates[2];
} around;

/* Reads the date whose day is token day, if its month is token month. */
static void
try_day(const check *c, size_t day, size_t month, around *a)
{
	const token *t = &c->tokens.at[day];
	date *d = &a->dates[a->count];

	if ((t->kind == TOKEN_NUMBER || t->kind == TOKEN_CODE) && date_read(c, day, d))
		a->count += d->month_at == month;
}

static void
read_around(const check *c, size_t i, around *a)
{
	bool of = i > 1 && c->language == LANGUAGE_EN && slice_is(check_lower(c, i - 1), "of");

	a->count = 0;
	if (i > of)
		try_day(c, i - 1 - of, i, a);
	if (i + 1 < c->tokens.count)
		try_day(c, i + 1, i, a);
}

status
date_each(check *c, const rule *r, size_t i, date_look *look)
{
	const char *month = check_token(c, i).p;
	around *a = c->caches[CHECK_DATES];

	if (a == NULL)
		a = c->caches[CHECK_DATES] = ARENA_NEW(c->keep, around);
	if (a == NULL)
		return STATUS_MEMORY;
	if (a->month != month) {
		read_around(c, i, a);
		a->month = month;
	}
	for (size_t n = 0; n < a->count; n++)
		TRY(look(c, r, &a->dates[n]));
	return STATUS_OK;
}
