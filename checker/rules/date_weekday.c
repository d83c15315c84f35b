/* A day of the week that the date contradicts: « le jeudi 19 janvier 2018 », which was a
 * Friday. Only dates with a year can be tested. */
#include <string.h>

#include "checker/rules/date.h"

#define YEAR_FIRST 1800 /* before, calendars differ from country to country */
#define YEAR_LAST 2100

/* 0 (Sunday) to 6; 7 for any other token. */
static uint32_t
weekday_named(const check *c, size_t i)
{
	slice s = check_lower(c, i);
	uint32_t day = 0;

	if (s.n < 5 || s.n > 9 ||
		!slice_ends(s, c->language == LANGUAGE_FR ? SLICE("di") : SLICE("day")))
		if (!slice_is(s, "dimanche"))
			return 7;
	for (; day < 7; day++) {
		const char *name = date_weekday_name(c->language, day);
		if (s.n == strlen(name) && memcmp(s.p + 1, name + 1, s.n - 1) == 0 &&
			s.p[0] == (name[0] | 0x20))
			break;
	}
	return day;
}

/* The token that names the day of the week of d: before it, or before a comma before it. */
static uint32_t
find_weekday(const check *c, const date *d, size_t *at)
{
	if (d->first == 0)
		return 7;
	*at = d->first - 1;
	if (*at > 0 && slice_is(check_lower(c, *at), "le"))
		(*at)--;
	if (*at > 0 && number_is_mark(c, *at, ','))
		(*at)--;
	return weekday_named(c, *at);
}

/* Dates before our era are of another calendar. */
static bool
is_before_era(const check *c, size_t after)
{
	static const char *const eras[] = { "avant", "av", "bc", "bce", "julien", NULL };

	return spacing_word_in(c, &c->tokens.at[after], eras);
}

/* The last token of figures that begin at i: i itself (10.06.2014), or the fifth one from there
 * (10/06/2014). */
static size_t
figures_end(const check *c, size_t i)
{
	uint32_t mark = c->tokens.at[i + 1].word;

	return (mark == '/' || mark == '-') && number_is_joint(c, i + 1, mark) &&
			       number_is_joint(c, i + 3, mark)
		       ? i + 4
		       : i;
}

/* 10-06-2014, 10/06/2014, 10.06.2014. In French only, since English writers put the month first
 * as often as not. */
static bool
read_figures(const check *c, size_t i, date *out)
{
	uint32_t parts[3] = { 0 };
	size_t part = 0, digits = 0, last = i;

	if (c->language != LANGUAGE_FR || i == 0 || i + 1 >= c->tokens.count ||
		(c->tokens.at[i].length < 8 && c->tokens.at[i + 1].gap != GAP_NONE))
		return false;
	last = figures_end(c, i);
	slice s = check_text(c, check_span(c, i, last));
	if (s.n < 8 || s.n > 10)
		return false;
	char mark = s.p[s.p[1] >= '0' && s.p[1] <= '9' ? 2 : 1];
	if (strchr("-/.", mark) == NULL)
		return false;
	for (size_t k = 0; k < s.n; k++) {
		if (s.p[k] == mark && digits > 0 && part < 2) {
			part++;
			digits = 0;
		} else if (s.p[k] < '0' || s.p[k] > '9' || ++digits > 4)
			return false;
		else
			parts[part] = 10 * parts[part] + (uint32_t)(s.p[k] - '0');
	}
	*out = (date){
		.day = parts[0], .month = parts[1], .year = parts[2], .first = i, .last = last
	};
	return part == 2 && digits == 4 && out->month >= 1 && out->month <= 12;
}

static status
judge(check *c, const rule *r, const date *d)
{
	size_t at;

	if (d->year < YEAR_FIRST || d->year > YEAR_LAST || d->day == 0 ||
		d->day > date_days_in(d->month, d->year))
		return STATUS_OK;
	uint32_t named = find_weekday(c, d, &at),
		 real = date_weekday(d->year, d->month, d->day);
	if (named == 7 || named == real || is_before_era(c, d->last + 1))
		return STATUS_OK;
	slice right = slice_of(date_weekday_name(c->language, real));
	const char *said = date_weekday_name(c->context->ui, real);
	return check_report(c, r,
		(finding){ .text = check_span(c, at, at),
			.message = check_message(
				c, "this date is a %s", "cette date tombe un %s", said),
			.suggestions = &right,
			.suggestion_count = 1 });
}

/* i is a month, the first mark of figures, or figures in one piece. */
static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	date d;

	if (t->kind == TOKEN_WORD)
		return date_each(c, r, i, judge);
	if (t->kind == TOKEN_MARK)
		return i > 0 && t[-1].length <= 2 && read_figures(c, i - 1, &d)
			       ? judge(c, r, &d)
			       : STATUS_OK;
	return t->length >= 8 && read_figures(c, i, &d) ? judge(c, r, &d) : STATUS_OK;
}

const rule rule_date_weekday = {
	.id = "date/weekday",
	.severity = SEVERITY_ERROR,
	.fix = FIX_NONE,
	.fr = true,
	.en = true,
	.on = FEATURE_NUMBER | FEATURE_CODE | FEATURE_SLASH | FEATURE_DASH |
	      (uint32_t)FEATURE_WATCHED,
	.wants_mark = number_has_marks,
	.watch = date_months,
	.source = "FR-NUM-10: the calendar; S/2018/7, whose meeting days bear their dates (A)",
	.summary_en = "the day of the week does not match the date",
	.summary_fr = "le jour de la semaine ne correspond pas à la date",
	.explanation_en =
		"The Gregorian calendar gives the day of the week of every date; the one "
		"named here is another. Either the day or the date is wrong: check which "
		"before you accept the suggestion. Dates without a year and dates before "
		"1800 are not tested.",
	.explanation_fr =
		"Le calendrier grégorien donne le jour de la semaine de chaque date\u00A0; "
		"celui "
		"du texte en est un autre. Soit le jour, soit la date est faux\u00A0: vérifiez "
		"lequel avant d’accepter la proposition. Les dates sans année et celles "
		"d’avant 1800 ne sont pas vérifiées.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Le débat aura lieu le jeudi 19 janvier 2018 à New York.",
			"Le débat aura lieu le vendredi 19 janvier 2018 à New York." },
		{ LANGUAGE_EN, "The debate will be held on Thursday, 19 January 2018.",
			"The debate will be held on Friday, 19 January 2018." },
		{ LANGUAGE_EN, "The debate was held on Monday, 19 January 2018.",
			"The debate was held on Friday, 19 January 2018." },
		{ LANGUAGE_FR, "La réunion se tiendra jeudi, le 19-01-2018.",
			"La réunion se tiendra vendredi, le 19-01-2018." },
		{ LANGUAGE_FR, NULL,
			"Le lundi 1er juin 2015, puis le jeudi 19 janvier, le jeudi "
			"suivant." }),
	.token = look,
};
