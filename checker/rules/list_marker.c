/* The letter of an item: « a) » in French, “(a)” in English, as the profile says. A document
 * that has it the other way throughout is told once; one that mixes both is told of each slip.
 */
#include <string.h>

#include "checker/rules/list.h"

typedef struct marker_habit { /* of the lists in one language */
	size_t kept, broken;
	span first; /* broken */
	bool told;
} marker_habit;

static bool
is_label(const list_item *item)
{
	return (item->series == LIST_LETTERS || item->series == LIST_ROMANS) &&
	       (item->form == LIST_RIGHT || item->form == LIST_BOTH);
}

static bool
keeps(const check *c, const list_item *item)
{
	return (check_profile(c)->item_letters == ITEM_LETTERS_BRACKETED) ==
	       (item->form == LIST_BOTH);
}

static marker_habit *
habit_of(check *c, const rule *r)
{
	void **note = check_note(c, r);

	if (*note == NULL) {
		*note = ARENA_ARRAY(c->keep, marker_habit, LANGUAGES);
		if (*note != NULL)
			memset(*note, 0, LANGUAGES * sizeof(marker_habit));
	}
	return *note == NULL ? NULL : (marker_habit *)*note + (c->language - LANGUAGE_FR);
}

static status
count(check *c, const rule *r, const list_run *items)
{
	marker_habit *h = habit_of(c, r);

	if (h == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < items->count; i++) {
		const list_item *item = &items->at[i];
		if (!is_label(item))
			continue;
		if (keeps(c, item))
			h->kept++;
		else if (h->broken++ == 0)
			h->first = item->marker;
	}
	return STATUS_OK;
}

static status
report_slip(check *c, const rule *r, const list_item *item)
{
	slice shown = check_text(c, item->marker);
	slice right = item->form == LIST_BOTH ? slice_sub(shown, 1, shown.n)
					      : check_printf(c, "(%.*s", SLICE_ARG(shown));
	finding f = { .text = item->marker,
		.fix = r->fix,
		.suggestions = &right,
		.suggestion_count = 1,
		.message = check_message(c, "the other items of the document have “%.*s”",
			"les autres points du document portent «\u00A0%.*s\u00A0»",
			SLICE_ARG(right)) };

	return check_report(c, r, f);
}

static status
report_habit(check *c, const rule *r, const marker_habit *h)
{
	bool bracketed = check_profile(c)->item_letters == ITEM_LETTERS_BRACKETED;
	finding f = { .text = h->first,
		.severity = SEVERITY_INFO,
		.fix = FIX_NONE,
		.message = check_message(c,
			"the profile writes the letters of items as %s (%zu items here)",
			"le profil écrit %s les lettres des points (%zu points ici)",
			bracketed ? "(a)" : "a)", h->broken) };

	return check_report(c, r, f);
}

static status
judge(check *c, const rule *r, const list_run *items)
{
	marker_habit *h = habit_of(c, r);

	if (h->broken == 0 || check_profile(c)->item_letters == ITEM_LETTERS_ANY || h->told)
		return STATUS_OK;
	if (h->broken >= h->kept) {
		h->told = true;
		return report_habit(c, r, h);
	}
	for (size_t i = 0; i < items->count; i++)
		if (is_label(&items->at[i]) && !keeps(c, &items->at[i]))
			TRY(report_slip(c, r, &items->at[i]));
	return STATUS_OK;
}

static status
finish(check *c, const rule *r)
{
	TRY(list_each_run(c, r, count));
	return list_each_run(c, r, judge);
}

const rule rule_list_marker = {
	.id = "list/marker",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.source = "FR-LIS-02 (A), EN-REF-02 (A): United Nations Editorial Manual on paragraphs",
	.summary_en = "the letters of items have another form",
	.summary_fr = "les lettres des points ont une autre forme",
	.explanation_en =
		"Items are lettered a), b), c) in French, (a), (b), (c) in English. A document "
		"that has the other form throughout is told so once; where both are mixed, "
		"each slip is reported.",
	.explanation_fr =
		"Les points d’une liste sont désignés par a), b), c) en français, par (a), "
		"(b), "
		"(c) en anglais. Un document qui suit partout l’autre usage est signalé une "
		"fois\u00A0; quand les deux se mêlent, chaque écart est signalé.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"Le Comité décide :\n\na) De se réunir ;\n\nb) De délibérer ;\n\n"
			"(c) De faire rapport.",
			"Le Comité décide :\n\na) De se réunir ;\n\nb) De délibérer ;\n\n"
			"c) De faire rapport." },
		{ LANGUAGE_EN,
			"The Council decides:\n\n(a) To meet;\n\nb) To deliberate;\n\n(c) To "
			"report.",
			"The Council decides:\n\n(a) To meet;\n\n(b) To deliberate;\n\n(c) To "
			"report." },
		{ LANGUAGE_FR, NULL, "Il décide :\n\na) De lire ;\n\nb) D’écrire." }),
	.document = finish,
};
