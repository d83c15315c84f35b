/* Days that no calendar has: 31 juin, 29 February 2015; and years that a slip of two figures
 * makes (« le 30 juin 1297 » for 1997). */
#include "checker/rules/date.h"

/* Full dates of an earlier year are of the history books, not of United Nations documents; the
 * Gregorian calendar itself begins in 1582. */
#define YEAR_FIRST 1700
#define YEAR_LAST 2100

static status
report_day(check *c, const rule *r, const date *d)
{
	finding f = { .text = check_span(c, d->first, d->last) };
	const char *month = date_month_name(c->context->ui, d->month);

	if (d->month == 2 && d->day == 29)
		f.message = check_message(
			c, "%s %u has 28 days", "%s %u compte 28 jours", month, d->year);
	else
		f.message = check_message(c, "%s has %u days", "%s compte %u jours", month,
			date_days_in(d->month, d->year));
	return check_report(c, r, f);
}

static status
judge(check *c, const rule *r, const date *d)
{
	if (d->year == 0 && (d->month_first || d->day > 31))
		return STATUS_OK;
	if (d->day > date_days_in(d->month, d->year))
		return report_day(c, r, d);
	if (d->year == 0 || (d->year >= YEAR_FIRST && d->year <= YEAR_LAST) || d->day == 0)
		return STATUS_OK;
	return check_report(c, r,
		(finding){ .text = check_span(c, d->year_at, d->year_at),
			.severity = SEVERITY_WARNING,
			.message = check_message(c, "the year %u is unlikely in a full date",
				"l’année %u est peu vraisemblable dans une date", d->year) });
}

static status
look(check *c, const rule *r, size_t i)
{
	return date_each(c, r, i, judge);
}

const rule rule_date_impossible = {
	.id = "date/impossible",
	.severity = SEVERITY_ERROR,
	.fix = FIX_NONE,
	.fr = true,
	.en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = date_months,
	.source =
		"FR-NUM-11: the calendar; Repertoire of the Practice of the Security Council, "
		"in French, which gave « 30 juin 1297 » (A)",
	.summary_en = "a date that does not exist",
	.summary_fr = "date qui n’existe pas",
	.explanation_en =
		"The month has fewer days than the date says (“31 June”, “29 February 2015”), "
		"or the year of a full date lies so far off that two figures must have "
		"changed places. Only the author knows which part is wrong, so nothing is "
		"suggested.",
	.explanation_fr =
		"Le mois compte moins de jours que la date n’en annonce («\u00A031 "
		"juin\u00A0», «\u00A029 "
		"février 2015\u00A0»), ou l’année d’une date complète est si lointaine que "
		"deux "
		"chiffres ont dû être intervertis. Seul l’auteur sait ce qui est faux\u00A0: "
		"rien n’est proposé.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Le Comité s’est réuni le 31 juin 2015 à Genève.",
			"Le Comité s’est réuni le 30 juin 2015 à Genève." },
		{ LANGUAGE_FR, "La mission a été créée le 30 juin 1297 par le Conseil.",
			"La mission a été créée le 30 juin 1997 par le Conseil." },
		{ LANGUAGE_EN, "The Committee met on 29 February 2015 in Geneva.",
			"The Committee met on 29 February 2016 in Geneva." },
		{ LANGUAGE_EN, "The Committee met from 28 to 31 September in Geneva.",
			"The Committee met from 28 to 30 September in Geneva." },
		{ LANGUAGE_EN, NULL, "In May 35 people were moved, and 12 in June." },
		{ LANGUAGE_FR, NULL,
			"Les 31 mai et 30 juin, le 29 février 2024, le 1er mars 1945 et, au 31 "
			"mai, 1170 personnes." }),
	.token = look,
};
