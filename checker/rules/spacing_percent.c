/* The space before %: a no-break one in French, none in English and in the French press
 * service. As with other signs the document's own habit counts: slips are reported, a habit
 * against the profile once. */
#include "checker/rules/number.h"
#include "checker/rules/places.h"
#include "checker/rules/sign.h"

#define HABIT_RATIO 4

typedef struct percent_habit {
	size_t kept;
	places broken;
} percent_habit;

static percent_habit *
habit_of(check *c, const rule *r)
{
	void **note = check_note(c, r);

	if (*note == NULL && (*note = ARENA_NEW(c->keep, percent_habit)) != NULL)
		*(percent_habit *)*note = (percent_habit){ .kept = 0 };
	return *note;
}

static status
look(check *c, const rule *r, size_t i)
{
	enum profile_space_before_colon wanted = check_profile(c)->space_before_percent;
	const token *t = &c->tokens.at[i];

	if (wanted == SPACE_ANY || t->word != '%' || i == 0 || t[-1].kind != TOKEN_NUMBER ||
		(t[1].gap == GAP_NONE && t[1].kind != TOKEN_EDGE && t[1].kind != TOKEN_MARK))
		return STATUS_OK; /* the last: 5%C3 */
	percent_habit *h = habit_of(c, r);
	if (h == NULL)
		return STATUS_MEMORY;
	if ((t->gap == GAP_NONE) != (wanted == SPACE_NONE))
		return places_add(c, &h->broken, check_span(c, i - 1, i));
	h->kept++;
	return STATUS_OK;
}

/* The figure and the sign, as the house has them. */
static slice
right_form(check *c, span place)
{
	slice s = check_text(c, place);
	bool none = check_profile(c)->space_before_percent == SPACE_NONE;
	size_t n = s.n - 1;

	while (n > 0 && ((unsigned char)s.p[n - 1] < '0' || (unsigned char)s.p[n - 1] > '9'))
		n--;
	const char *space = none ? ""
			    : c->document->extracted
				    ? " "
				    : sign_space_text(check_profile(c)->space_before_percent);
	return check_printf(c, "%.*s%s%%", (int)n, s.p, space);
}

static status
report(check *c, const rule *r, span place)
{
	return check_report_fix(c, r, place, right_form(c, place), r->fix);
}

static status
judge(check *c, const rule *r)
{
	percent_habit *h = *check_note(c, r);

	if (h == NULL || h->broken.count == 0)
		return STATUS_OK;
	if (h->kept >= HABIT_RATIO * h->broken.count)
		return places_each(c, r, &h->broken, report);
	slice right = right_form(c, h->broken.first->at[0]);
	return check_report(c, r,
		(finding){ .text = h->broken.first->at[0],
			.severity = SEVERITY_INFO,
			.fix = FIX_REVIEW,
			.suggestions = &right,
			.suggestion_count = 1,
			.message = check_message(c,
				"the profile writes %.*s (%zu signs of the document otherwise)",
				"le profil écrit %.*s (%zu signes du document font autrement)",
				SLICE_ARG(right), h->broken.count) });
}

const rule rule_spacing_percent = {
	.id = "spacing/percent",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_RATE,
	.source = "FR-ESP-12: guide of the Council of Europe, Université de Montréal, Code de "
		  "rédaction of the European Union (B)",
	.summary_en = "the space before the per cent sign",
	.summary_fr = "l’espace devant le signe du pourcentage",
	.explanation_en =
		"In French a no-break space stands before the per cent sign, in English and in "
		"the French press service none. Slips from the habit of a document are "
		"reported one by one; a document that does otherwise throughout is told once, "
		"for information.",
	.explanation_fr =
		"En français, une espace insécable précède le signe du pourcentage\u00A0; "
		"aucune en "
		"anglais ni dans les communiqués de presse. Les écarts à l’habitude du "
		"document sont signalés un à un\u00A0; un document qui fait partout autrement "
		"n’est "
		"signalé qu’une fois, pour information.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "De 5\u00A0% à 6\u00A0%, de 7\u00A0% à 8\u00A0%, puis 9%.",
			"De 5\u00A0% à 6\u00A0%, de 7\u00A0% à 8\u00A0%, puis "
			"9\u00A0%." },
		{ LANGUAGE_FR, "De 5% à 6%, de 7% à 8%, puis 9\u00A0%.",
			"De 5% à 6%, de 7% à 8%, puis 9%.", "un-fr-press" },
		{ LANGUAGE_FR, NULL, "De 5\u00A0% à 6\u00A0%, soit le % voulu." }),
	.token = look,
	.document = judge,
};
