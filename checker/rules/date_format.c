/* Dates written in another way than the house's: 2 janvier 2018, 1er juin 2015, 2 January 2018.
 * A day and a month without a year are left alone where they could be something else (« In May
 * 20 people »). Quotations keep their dates. */
#include "checker/quotation.h"
#include "checker/rules/date.h"

/* 1er in French, figures elsewhere. */
static const char *
day_end(const check *c, uint32_t day)
{
	return c->language == LANGUAGE_FR && day == 1 ? "er" : "";
}

static bool
is_ordinal_end(const check *c, slice end)
{
	static const char *const ends[] = { "er", "e", "è", "ème", "eme", "ième", "nd", "st",
		"rd", "th", "ère", "ier" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (slice_is(end, ends[i]))
			return c->language == LANGUAGE_FR ? i < 7 || i > 9 : i >= 6 && i < 10;
	return false;
}

/* The month has the capital that its language wants, or the wrong one without doubt: Mars and
 * Mai begin names of streets and of months alike, so a year must follow. */
static bool
has_wrong_case(const check *c, const date *d)
{
	bool capital = (c->tokens.at[d->month_at].features & FEATURE_TITLE) != 0;

	return d->year != 0 && capital == (c->language == LANGUAGE_FR);
}

static bool
has_fault(const check *c, const date *d)
{
	if (d->month_first)
		return d->year != 0 || d->end.n != 0;
	if (d->digits.n == 2 && d->digits.p[0] == '0')
		return true;
	if (d->end.n == 0 && day_end(c, d->day)[0] != '\0')
		return true;
	return (d->end.n != 0 && !slice_is(d->end, day_end(c, d->day))) || d->comma ||
	       d->month_at != d->day_at + 1 || has_wrong_case(c, d);
}

/* Part of something longer: L.1 juin, 3-1 juin, « the 2nd May Day ». */
static bool
is_part(const check *c, const date *d)
{
	const token *t = &c->tokens.at[d->first];

	if (t->gap == GAP_NONE && t[-1].kind != TOKEN_EDGE &&
		(t[-1].features & (FEATURE_BRACKET | FEATURE_QUOTE)) == 0)
		return true;
	t = &c->tokens.at[d->last + 1];
	return t->gap == GAP_NONE && t->kind != TOKEN_EDGE && t->kind != TOKEN_MARK;
}

static status
report(check *c, const rule *r, const date *d)
{
	bool kept = !d->month_first && d->month_at == d->day_at + 1;
	bool article = !d->month_first && d->end.n != 0 && d->first > 0 &&
		       slice_is(check_lower(c, d->first - 1), "the");
	slice gap = kept ? number_gap(c, d->month_at) : slice_of(number_space(c));
	const char *month = date_month_name(c->language, d->month);
	slice s = check_printf(
		c, "%u%s%.*s%s", d->day, day_end(c, d->day), SLICE_ARG(gap), month);

	if (d->year != 0)
		s = check_printf(c, "%.*s %u", SLICE_ARG(s), d->year);
	return number_report(
		c, r, d->first - article, d->last, kept && !article ? FIX_SAFE : FIX_REVIEW, s);
}

/* 02/01/2018 · 02.01.2018: which is the month, English and American readers see differently. */
static status
report_numeric(check *c, const rule *r, size_t last, size_t i, const uint32_t parts[3])
{
	uint32_t day = parts[0], month = parts[1], year = parts[2];

	if (year < 1900 || year > 2100 || day == 0 || month == 0 || day > 31 || month > 31 ||
		(day > 12 && month > 12) || (c->language == LANGUAGE_FR && month > 12) ||
		quotation_holds(c, i))
		return STATUS_OK;
	if (c->language == LANGUAGE_EN && day <= 12 && month <= 12)
		return number_report(c, r, i, last, FIX_NONE, (slice){ 0 });
	if (month > 12) {
		day = parts[1];
		month = parts[0];
	}
	if (day > date_days_in(month, year))
		return STATUS_OK;
	return number_report(c, r, i, last, FIX_REVIEW,
		check_printf(c, "%u%s%s%s %u", day, day_end(c, day), number_space(c),
			date_month_name(c->language, month), year));
}

/* i is the first stroke. */
static status
look_numeric(check *c, const rule *r, size_t i)
{
	uint32_t parts[3] = { i == 0 ? NUMBER_NONE : number_plain(c, i - 1), 0, 0 };
	const token *t = &c->tokens.at[i] - 1;
	date d;

	if (parts[0] == NUMBER_NONE || t->length > 2 || !number_is_joint(c, i, '/') ||
		!number_is_joint(c, i + 2, '/') || t[4].length != 4 || !number_in_prose(c))
		return STATUS_OK;
	if ((t->gap == GAP_NONE && i > 1 && t[-1].kind != TOKEN_MARK) ||
		(t[5].gap == GAP_NONE && spacing_is_mark(&t[5], '/')) ||
		date_read(c, i - 1, &d))
		return STATUS_OK;
	parts[1] = number_plain(c, i + 1);
	parts[2] = number_plain(c, i + 3);
	return report_numeric(c, r, i + 3, i - 1, parts);
}

static status
look_dotted(check *c, const rule *r, size_t i)
{
	slice day, month, year;
	uint16_t length = c->tokens.at[i].length;

	if (length < 8 || length > 10 || !number_in_prose(c) ||
		!slice_cut(check_token(c, i), '.', &day, &month) ||
		!slice_cut(month, '.', &month, &year) || year.n != 4)
		return STATUS_OK;
	return report_numeric(c, r, i, i,
		(const uint32_t[3]){ number_of(day), number_of(month), number_of(year) });
}

static status
judge(check *c, const rule *r, const date *d)
{
	bool wanted = d->month_first && check_profile(c)->date == DATE_MONTH_DAY_YEAR;

	if ((d->end.n != 0 && !is_ordinal_end(c, d->end)) || wanted || !has_fault(c, d) ||
		is_part(c, d) || d->day == 0 || d->day > date_days_in(d->month, d->year) ||
		quotation_holds(c, d->day_at))
		return STATUS_OK;
	return report(c, r, d);
}

static status
look(check *c, const rule *r, size_t i)
{
	switch (c->tokens.at[i].kind) {
	case TOKEN_NUMBER:
		return look_dotted(c, r, i);
	case TOKEN_MARK:
		return look_numeric(c, r, i);
	default:
		return date_each(c, r, i, judge);
	}
}

const rule rule_date_format = {
	.id = "date/format",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_NUMBER | FEATURE_SLASH | (uint32_t)FEATURE_WATCHED,
	.wants_mark = number_has_marks,
	.watch = date_months,
	.source = "FR-NUM-08, FR-NUM-09: S/2018/7 and S/2015/648 in French (A); EN-NUM-06: "
		  "digest of the Editorial Manual by UNDRR (B)",
	.summary_en = "a date that is not written in the house’s way",
	.summary_fr = "date qui n’est pas écrite selon l’usage",
	.explanation_en =
		"A date is the day without leading zero, the month in letters and the year "
		"in four figures, without comma: 2 January 2018. In French the first of the "
		"month is 1er, and no other day is an ordinal. Dates in figures "
		"(“02/01/2018”) are read in two ways and have no place in running text; "
		"tables, notes and quotations may keep them.",
	.explanation_fr =
		"Une date se compose du jour sans zéro initial, du mois en lettres et de "
		"l’année en quatre chiffres, sans virgule\u00A0: 2 janvier 2018. Le premier du "
		"mois s’écrit 1er, aucun autre jour n’est ordinal, et le mois n’a pas de "
		"majuscule. Les dates en chiffres («\u00A002/01/2018\u00A0») se lisent de deux "
		"façons et "
		"n’ont pas leur place dans le texte courant\u00A0; les tableaux, notes et "
		"citations peuvent les garder.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "La lettre est datée du 02 janvier 2018.",
					  "La lettre est datée du 2 janvier 2018." },
		{ LANGUAGE_FR, "La lettre est datée du 1 juin 2015.",
			"La lettre est datée du 1er juin 2015." },
		{ LANGUAGE_FR, "La réunion s’est tenue le 2ème juin.",
			"La réunion s’est tenue le 2 juin." },
		{ LANGUAGE_FR, "La réunion du 2 juin, 2018 a eu lieu.",
			"La réunion du 2 juin 2018 a eu lieu." },
		{ LANGUAGE_FR, "La réunion du 2 Juin 2018 a eu lieu.",
			"La réunion du 2 juin 2018 a eu lieu." },
		{ LANGUAGE_FR, "La réunion a eu lieu le novembre 11, 2018.",
			"La réunion a eu lieu le 11 novembre 2018." },
		{ LANGUAGE_FR, "La lettre est datée du 02/01/2018.",
			"La lettre est datée du 2 janvier 2018." },
		{ LANGUAGE_FR, "Selon la lettre datée du 21.01.2018, la réunion est close.",
			"Selon la lettre datée du 21 janvier 2018, la réunion est close." },
		{ LANGUAGE_EN, "The letter is dated January 2nd, 2018.",
			"The letter is dated 2 January 2018." },
		{ LANGUAGE_EN, "The letter is dated January 2, 2018.",
			"The letter is dated 2 January 2018." },
		{ LANGUAGE_EN, "The letter is dated the 2nd of January.",
			"The letter is dated 2 January." },
		{ LANGUAGE_EN, "The letter is dated 02 January 2018.",
			"The letter is dated 2 January 2018." },
		{ LANGUAGE_EN, "The letter is dated 31/01/2018.",
			"The letter is dated 31 January 2018." },
		{ LANGUAGE_EN, NULL,
			"In May 20 people left; the report of 2 January 2018 said “January 2, "
			"2018”." },
		{ LANGUAGE_FR, NULL,
			"Le 1er mars 2018, aux pages 1 et 2, et le 2 mars, 15 personnes sont "
			"venues." }),
	.token = look,
};
