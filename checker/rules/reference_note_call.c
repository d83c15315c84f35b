/* Note calls in raised figures: before the punctuation in French (« les États¹. »), after it in
 * English (“the States.¹”), as the profile says. */
#include "checker/rules/number.h"

static bool
is_raised(uint32_t c)
{
	return c == 0xB9 || c == 0xB2 || c == 0xB3 || c == 0x2070 ||
	       (c >= 0x2074 && c <= 0x2079);
}

static bool
is_call(const token *t)
{
	return t->kind == TOKEN_MARK && t->gap == GAP_NONE && is_raised(t->word);
}

static bool
is_stop(const token *t)
{
	return t->kind == TOKEN_MARK && t->gap == GAP_NONE &&
	       (t->word == '.' || t->word == ',');
}

/* The marks of the call from token i on: « ¹² » are two. */
static size_t
call_end(const check *c, size_t i)
{
	while (is_call(&c->tokens.at[i]))
		i++;
	return i;
}

static status
report(check *c, const rule *r, size_t first, size_t middle, size_t end)
{
	slice before = check_text(c, check_span(c, first, middle - 1));
	slice after = check_text(c, check_span(c, middle, end - 1));

	return number_report(c, r, first, end - 1, FIX_REVIEW,
		check_printf(c, "%.*s%.*s", SLICE_ARG(after), SLICE_ARG(before)));
}

/* i is a stop, and a call stands behind it. */
static status
look_behind_stop(check *c, const rule *r, size_t i)
{
	return i < 2 || c->tokens.at[i - 1].kind == TOKEN_NUMBER
		       ? STATUS_OK
		       : report(c, r, i, i + 1, call_end(c, i + 1));
}

/* i is a stop, and a call stands before it. km². and m². are units: a call follows a word of
 * three letters at least. */
static status
look_before_stop(check *c, const rule *r, size_t i)
{
	size_t first = i;

	while (first > 1 && is_call(&c->tokens.at[first - 1]))
		first--;
	if (i < 2 || first == i || c->tokens.at[first - 1].kind != TOKEN_WORD ||
		c->tokens.at[first - 1].length < 4)
		return STATUS_OK;
	return report(c, r, first, i, i + 1);
}

/* i is a mark of a call: of several the one beside the stop. */
static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (!is_call(t))
		return STATUS_OK;
	switch (check_profile(c)->note_call) {
	case NOTE_CALL_BEFORE_STOP:
		return is_stop(&t[-1]) ? look_behind_stop(c, r, i - 1) : STATUS_OK;
	case NOTE_CALL_AFTER_STOP:
		return is_stop(&t[1]) ? look_before_stop(c, r, i + 1) : STATUS_OK;
	default:
		return STATUS_OK;
	}
}

const rule rule_reference_note_call = {
	.id = "reference/note-call",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_MARK,
	.wants_mark = is_raised,
	.before = FEATURE_STOP,
	.after = FEATURE_STOP,
	.source = "FR-REF-08: Directives éditoriales of FAO (B)",
	.summary_en = "a note call on the wrong side of the punctuation",
	.summary_fr = "appel de note du mauvais côté de la ponctuation",
	.explanation_en =
		"A note call in raised figures stands before the comma or full stop in "
		"French (“les États¹.”) and after it in English (the States.¹). The profile "
		"says which.",
	.explanation_fr =
		"L’appel de note, en chiffres supérieurs, précède la virgule ou le point en "
		"français (les États¹.) et les suit en anglais («\u00A0the States.¹\u00A0»). "
		"Le profil "
		"dit lequel.",
	.examples =
		RULE_EXAMPLES({ LANGUAGE_FR, "Il s’adresse à tous les États.¹ Il les remercie.",
				      "Il s’adresse à tous les États¹. Il les remercie." },
			{ LANGUAGE_FR, NULL, "Il couvre 12 km². Il s’adresse aux États¹." }),
	.token = look,
};
