/* Months, days of the week and times of the day. */
#include "checker/bilingual/fact_reader.h"

static const struct {
	const char *en, *fr, *short_en, *short_fr;
} months[] = { { "january", "janvier", "jan", "janv" },
	{ "february", "février", "feb", "févr" }, { "march", "mars", "mar", "mars" },
	{ "april", "avril", "apr", "avr" }, { "may", "mai", "may", "mai" },
	{ "june", "juin", "jun", "juin" }, { "july", "juillet", "jul", "juil" },
	{ "august", "août", "aug", "août" }, { "september", "septembre", "sept", "sept" },
	{ "october", "octobre", "oct", "oct" }, { "november", "novembre", "nov", "nov" },
	{ "december", "décembre", "dec", "déc" } };

static const struct {
	const char *en, *fr;
} weekdays[] = { { "sunday", "dimanche" }, { "monday", "lundi" }, { "tuesday", "mardi" },
	{ "wednesday", "mercredi" }, { "thursday", "jeudi" }, { "friday", "vendredi" },
	{ "saturday", "samedi" } };

/* 1 to 12; 0: no month. English months have a capital. */
unsigned
fact_month(const fact_reader *r, size_t i)
{
	slice s = fact_lower(r, i);
	bool fr = r->language == LANGUAGE_FR;

	if (s.n < 3 || s.n > 10 || (!fr && !fact_has_capital(r, i)))
		return 0;
	for (unsigned k = 0; k < 12; k++)
		if (slice_is(s, fr ? months[k].fr : months[k].en) ||
			slice_is(s, fr ? months[k].short_fr : months[k].short_en))
			return k + 1;
	return 0;
}

/* January-April, end-March, mi-mars: the months inside may be met on the other side. */
status
fact_read_months_inside(fact_reader *r, size_t i)
{
	slice part, rest = fact_lower(r, i);
	bool fr = r->language == LANGUAGE_FR;

	if (memchr(rest.p, '-', rest.n) == NULL)
		return STATUS_OK;
	for (bool more = true; more;) {
		more = slice_cut(rest, '-', &part, &rest);
		for (unsigned k = 0; k < 12; k++)
			if (slice_is(part, fr ? months[k].fr : months[k].en))
				TRY(fact_add(r,
					(fact){ .kind = FACT_MONTH,
						.topic = TOPIC_DATE,
						.soft = true,
						.time = NO_TIME,
						.value = numeral_of(k + 1) },
					i, i));
	}
	return STATUS_OK;
}

static bool
weekday_of(const fact_reader *r, size_t i, unsigned *out)
{
	slice s = fact_lower(r, i);
	bool fr = r->language == LANGUAGE_FR;

	if (s.n < 5 || s.n > 10 || (!fr && !fact_has_capital(r, i)))
		return false;
	if (slice_ends(s, SLICE("s")))
		s.n--;
	for (*out = 0; *out < 7; ++*out)
		if (slice_is(s, fr ? weekdays[*out].fr : weekdays[*out].en))
			return true;
	return false;
}

/* A month beside a figure is one of a date; alone it may be May. */
static bool
has_day(const fact_reader *r, size_t i)
{
	size_t before = i;

	if (before > 0 &&
		fact_is_word(r, before - 1, (const char *const[]){ "of", "de", NULL }))
		before--;
	return (before > 0 && fact_is_numeric(r, before - 1)) || fact_is_numeric(r, i + 1) ||
	       (fact_is_mark(r, i + 1, ',') && fact_is_numeric(r, i + 2));
}

/* Numbers before a month are days: 17 to 24 March. */
static void
claim_days(fact_reader *r, size_t i)
{
	fact *f = fact_last(r);
	size_t next = i;

	if (next > 0 && fact_is_word(r, next - 1, (const char *const[]){ "of", "de", NULL }))
		next--;
	for (; f != NULL && f >= r->out->list.at && f->kind == FACT_NUMBER; f--) {
		size_t k = next;
		while (k > f->last + 1 && fact_joins(r, k - 1))
			k--;
		if (k != f->last + 1 || f->value.exponent < 0)
			break;
		f->topic = TOPIC_DATE;
		next = f->first;
	}
}

status
fact_read_calendar(fact_reader *r, size_t i, size_t *taken)
{
	unsigned n = fact_month(r, i);

	if (n != 0) {
		bool dated = has_day(r, i);
		if (!dated && slice_is(fact_lower(r, i), "sept"))
			return STATUS_OK; /* seven */
		if (dated)
			claim_days(r, i);
		*taken = 1;
		return fact_add(r,
			(fact){ .kind = FACT_MONTH,
				.topic = TOPIC_DATE,
				.soft = !dated,
				.time = NO_TIME,
				.value = numeral_of(n) },
			i, i);
	}
	if (!weekday_of(r, i, &n))
		return STATUS_OK;
	*taken = 1;
	return fact_add(r,
		(fact){ .kind = FACT_WEEKDAY,
			.topic = TOPIC_DATE,
			.time = NO_TIME,
			.value = numeral_of(n) },
		i, i);
}

/* --- times --- */

static bool
is_meridiem(const fact_reader *r, size_t i, bool *afternoon)
{
	slice s = fact_lower(r, i);

	if (r->language == LANGUAGE_FR)
		return false;
	*afternoon = slice_is(s, "p") || slice_is(s, "pm");
	if (slice_is(s, "am") || slice_is(s, "pm"))
		return true;
	return (slice_is(s, "a") || slice_is(s, "p")) && fact_is_mark(r, i + 1, '.') &&
	       slice_is(fact_lower(r, i + 2), "m");
}

/* Whole digits of a token: 3 of "3", 3 and 30 of "3.30". */
static bool
hour_and_minute(slice s, int *hour, int *minute)
{
	size_t i = 0;

	*hour = *minute = 0;
	while (i < s.n && fact_is_digit(s.p[i]) && i < 2)
		*hour = *hour * 10 + (s.p[i++] - '0');
	if (i == 0)
		return false;
	if (i == s.n)
		return *hour <= 24;
	if (s.n != i + 3 || (s.p[i] != '.' && s.p[i] != ':' && s.p[i] != 'h'))
		return false;
	if (!fact_is_digit(s.p[i + 1]) || !fact_is_digit(s.p[i + 2]))
		return false;
	*minute = (s.p[i + 1] - '0') * 10 + (s.p[i + 2] - '0');
	return *hour <= 24 && *minute < 60;
}

static status
add_time(fact_reader *r, size_t first, size_t last, int hour, int minute, bool also_number)
{
	fact f = { .kind = FACT_TIME,
		.topic = TOPIC_DATE,
		.time = (int16_t)(hour % 24 * 60 + minute) };

	if (also_number) { /* « 15 heures » may last fifteen hours */
		f.kind = FACT_NUMBER;
		f.topic = TOPIC_NUMBER;
		f.value = numeral_of((uint64_t)hour);
	}
	return fact_add(r, f, first, last);
}

/* Two digits below 60, as a token of their own. */
static bool
minutes_of(const fact_reader *r, size_t i, int *out)
{
	slice s = fact_text(r, i);

	if (fact_token(r, i)->kind != TOKEN_NUMBER || s.n != 2 || !fact_is_digit(s.p[0]) ||
		!fact_is_digit(s.p[1]))
		return false;
	*out = (s.p[0] - '0') * 10 + (s.p[1] - '0');
	return *out < 60;
}

/* 10:30, of which token i is the hour. */
static bool
has_colon(const fact_reader *r, size_t i, int *minute)
{
	return fact_is_mark(r, i + 1, ':') && fact_is_tight(r, i + 1) &&
	       fact_is_tight(r, i + 2) && minutes_of(r, i + 2, minute);
}

status
fact_read_english_time(fact_reader *r, size_t i, size_t *taken)
{
	int hour, minute;
	bool afternoon = false;

	if (!hour_and_minute(fact_text(r, i), &hour, &minute))
		return STATUS_OK;
	bool clock = has_colon(r, i, &minute);
	size_t next = clock ? i + 3 : i + 1;
	if (is_meridiem(r, next, &afternoon)) {
		if (hour > 12)
			return STATUS_OK;
		hour = hour % 12 + (afternoon ? 12 : 0);
		next += fact_is_mark(r, next + 1, '.') ? 3 : 1;
		if (fact_is_mark(r, next, '.') && fact_is_tight(r, next) && next > i + 3)
			next++;
		clock = true;
	}
	if (!clock)
		return STATUS_OK;
	*taken = next - i;
	return add_time(r, i, next - 1, hour, minute, false);
}

/* 15 h, 15 h 30, 15 heures 30, 15h30 */
status
fact_read_french_time(fact_reader *r, size_t i, size_t *taken)
{
	static const char *const hours[] = { "h", "heure", "heures", NULL };
	static const char *const minutes[] = { "minute", "minutes", NULL };
	int hour, minute;

	if (!hour_and_minute(fact_text(r, i), &hour, &minute))
		return STATUS_OK;
	if (memchr(fact_text(r, i).p, 'h', fact_token(r, i)->length) != NULL) {
		*taken = 1;
		return add_time(r, i, i, hour, minute, false);
	}
	bool clock = has_colon(r, i, &minute);
	if (!clock && (minute != 0 || !fact_is_word(r, i + 1, hours)))
		return STATUS_OK;
	if (!clock && fact_is_word(r, i + 3, minutes)) /* 1 heure 15 minutes */
		return STATUS_OK;
	if (clock || minutes_of(r, i + 2, &minute)) {
		*taken = 3;
		return add_time(r, i, i + 2, hour, minute, false);
	}
	*taken = 2;
	return add_time(r, i, i + 1, hour, 0, true);
}

/* noon, midi, midnight, minuit */
status
fact_read_noon(fact_reader *r, size_t i, size_t *taken)
{
	slice s = fact_lower(r, i);
	bool noon = slice_is(s, "noon") || slice_is(s, "midi");

	if (!noon && !slice_is(s, "midnight") && !slice_is(s, "minuit"))
		return STATUS_OK;
	*taken = 1;
	return fact_add(r,
		(fact){ .kind = FACT_TIME,
			.topic = TOPIC_DATE,
			.soft = true,
			.time = (int16_t)(noon ? 720 : 0) },
		i, i);
}
