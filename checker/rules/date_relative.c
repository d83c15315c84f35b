/* « last month », « this year », « biannual »: words whose date nobody knows once the document
 * is on a shelf. Off by default: a statement read out may well say « this year ». */
#include "checker/quotation.h"
#include "checker/rules/number.h"

static const char *const ambiguous[] = { "biannual", "biannually", "bimonthly", "biweekly",
	"semi-weekly", NULL };
static const char *const relative[] = { "this", "last", "next", NULL };
static const char *const periods[] = { "week", "month", "year", "decade", "summer", "winter",
	"spring", "autumn", NULL };

static const char *const watched[] = { "biannual", "biannually", "bimonthly", "biweekly",
	"semi-weekly", "last", "next", "this", NULL };

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	bool pair = t->kind == TOKEN_WORD && spacing_word_in(c, &t[1], periods) &&
		    spacing_word_in(c, t, relative) && number_is_next(c, i + 1);

	if ((!pair && !spacing_word_in(c, t, ambiguous)) || quotation_holds(c, i))
		return STATUS_OK;
	/* « the last week of June », « next year’s » in a series, name their date themselves.
	 */
	if (pair && slice_is(check_lower(c, i + 2), "of"))
		return STATUS_OK;
	return number_report(c, r, i, i + pair, FIX_NONE, (slice){ 0 });
}

const rule rule_date_relative = {
	.id = "date/relative",
	.severity = SEVERITY_INFO,
	.fix = FIX_NONE,
	.en = true,
	.off = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "EN-NUM-12: Editorial Manual, Numbers, dates and time; digest by UNDRR (A)",
	.summary_en = "a date or period that depends on when it is read",
	.summary_fr = "date ou période qui dépend du moment où l’on lit",
	.explanation_en =
		"A document is read years later: name the month or the year instead of "
		"“last month” or “this year”. “Biannual” and “bimonthly” mean two things "
		"each: write “twice a year” or “every two years”.",
	.explanation_fr =
		"Un document se lit des années plus tard\u00A0: nommez le mois ou l’année au "
		"lieu de «\u00A0last month\u00A0» ou «\u00A0this year\u00A0». "
		"«\u00A0Biannual\u00A0» et «\u00A0bimonthly\u00A0» ont "
		"chacun deux sens\u00A0: écrivez «\u00A0twice a year\u00A0» ou «\u00A0every "
		"two years\u00A0».",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN, "The Committee met last month in Geneva.",
					  "The Committee met in December 2017 in Geneva." },
		{ LANGUAGE_EN, "The biannual report of the Office was late.",
			"The twice-yearly report of the Office was late." },
		{ LANGUAGE_EN, NULL,
			"In the last week of June, this report and the next one." }),
	.token = look,
};
