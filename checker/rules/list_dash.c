/* « - La sécurité »: the dash of an item is an en dash in French. The hyphen is what keyboards
 * and plain text have, so a document that writes it throughout is told so once; one that mixes
 * both is told of each slip. */
#include "checker/rules/list.h"
#include "checker/rules/wording.h"

#define EN_DASH 0x2013

typedef struct dash_habit {
	size_t kept, broken;
	span first; /* broken */
	bool told;
} dash_habit;

static dash_habit *
habit_of(check *c, const rule *r)
{
	void **note = check_note(c, r);

	if (*note == NULL) {
		*note = ARENA_NEW(c->keep, dash_habit);
		if (*note != NULL)
			*(dash_habit *)*note = (dash_habit){ 0 };
	}
	return *note;
}

static bool
is_sign(const list_item *item, uint32_t sign)
{
	return item->series == LIST_SIGNS && item->value == sign;
}

static status
count(check *c, const rule *r, const list_run *items)
{
	dash_habit *h = habit_of(c, r);

	if (h == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < items->count; i++) {
		h->kept += is_sign(&items->at[i], EN_DASH);
		if (is_sign(&items->at[i], '-') && h->broken++ == 0)
			h->first = items->at[i].marker;
	}
	return STATUS_OK;
}

static status
report_habit(check *c, const rule *r, dash_habit *h)
{
	h->told = true;
	return check_report(c, r,
		(finding){ .text = h->first,
			.severity = SEVERITY_INFO,
			.message = check_message(c,
				"the dash before an item is an en dash (%zu hyphens here)",
				"le tiret d’un point de liste est un demi-cadratin (%zu traits "
				"d’union ici)",
				h->broken) });
}

static status
judge(check *c, const rule *r, const list_run *items)
{
	dash_habit *h = habit_of(c, r);

	if (h->broken == 0 || h->told || check_profile(c)->dash == DASH_ANY)
		return STATUS_OK;
	if (h->broken >= h->kept)
		return report_habit(c, r, h);
	for (size_t i = 0; i < items->count; i++)
		if (is_sign(&items->at[i], '-'))
			TRY(check_report_fix(
				c, r, items->at[i].marker, SLICE("\u2013"), r->fix));
	return STATUS_OK;
}

static status
finish(check *c, const rule *r)
{
	TRY(list_each_run(c, r, count));
	return list_each_run(c, r, judge);
}

const rule rule_list_dash = {
	.id = "list/dash",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.source = "FR-LIS-04 (A): S/2018/7, mandate of MINUSCA in French",
	.summary_en = "a hyphen for the dash of a list",
	.summary_fr = "trait d’union au lieu du tiret d’une liste",
	.explanation_en =
		"In French an item that has no letter begins with an en dash (–). Each hyphen "
		"is reported where most items have the dash; a document that writes hyphens "
		"throughout, as plain text does, is told so once.",
	.explanation_fr =
		"Un point de liste sans lettre commence par un demi-cadratin (–). Chaque trait "
		"d’union est signalé quand la plupart des points ont le tiret\u00A0; un "
		"document "
		"qui "
		"écrit partout des traits d’union, comme le texte brut, est averti une fois.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"Il cite :\n\n– La sécurité\n\n– Le développement\n\n- La "
			"justice",
			"Il cite :\n\n– La sécurité\n\n– Le développement\n\n– La "
			"justice" },
		{ LANGUAGE_FR, NULL, "Il cite :\n\n– La sécurité\n\n– Le développement" }),
	.document = finish,
};
