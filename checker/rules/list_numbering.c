/* Letters and numbers of a list that skip or repeat one: a) b) d).
 *
 * A list that is quoted in part, or of which an item was lost in extraction, looks the same; so
 * two items must stand in order before the gap, and it must be small. */
#include "checker/rules/list.h"

#define GAP_MOST 2 /* missing items; more is another list */

/* The label that belongs at a place of the series, without its brackets. */
static slice
label(check *c, list_series series, uint32_t value)
{
	static const char *const tens[] = { "", "x", "xx", "xxx", "xl" };
	static const char *const ones[] = { "", "i", "ii", "iii", "iv", "v", "vi", "vii",
		"viii", "ix" };
	char first = series == LIST_CAPITALS ? 'A' : 'a';

	if (series == LIST_NUMBERS)
		return check_printf(c, "%u", (unsigned)value);
	if (series == LIST_ROMANS)
		return value >= 50
			       ? SLICE("")
			       : check_printf(c, "%s%s", tens[value / 10], ones[value % 10]);
	if (value > 26)
		return check_printf(c, "%c%c", first + (int)(value - 27) % 26,
			first + (int)(value - 27) % 26);
	return check_printf(c, "%c", first + (int)value - 1);
}

static status
judge(check *c, const rule *r, const list_run *items, size_t i)
{
	const list_item *item = &items->at[i], *last = &items->at[item->previous];
	const list_item *second = &items->at[last->previous];

	if (item->series == LIST_SIGNS || item->place < 2 || second->value + 1 != last->value ||
		item->value == last->value + 1 || item->value < last->value ||
		item->value > last->value + 1 + GAP_MOST)
		return STATUS_OK;
	slice shown = check_text(c, item->marker);
	slice before = check_text(c, last->marker);
	slice wanted = label(c, item->series, last->value + 1);
	const char *open = item->form == LIST_BOTH ? "(" : "";
	finding f = { .text = item->marker, .fix = FIX_NONE };
	if (item->value == last->value)
		f.message = check_message(c, "“%.*s” is the label of two items in a row",
			"«\u00A0%.*s\u00A0» introduit deux points de suite", SLICE_ARG(shown));
	else
		f.message = check_message(c, "“%.*s” follows “%.*s”: “%s%.*s)” is missing",
			"«\u00A0%.*s\u00A0» suit «\u00A0%.*s\u00A0»\u00A0: "
			"«\u00A0%s%.*s)\u00A0» manque",
			SLICE_ARG(shown), SLICE_ARG(before), open, SLICE_ARG(wanted));
	return check_report(c, r, f);
}

static status
look(check *c, const rule *r, const list_run *items)
{
	for (size_t i = 0; i < items->count; i++)
		TRY(judge(c, r, items, i));
	return STATUS_OK;
}

static status
finish(check *c, const rule *r)
{
	return list_each_run(c, r, look);
}

const rule rule_list_numbering = {
	.id = "list/numbering",
	.severity = SEVERITY_WARNING,
	.fix = FIX_NONE,
	.fr = true,
	.en = true,
	.source = "FR-LIS-06 (B): reports of the Secretary-General on paragraph lettering",
	.summary_en = "a letter or number of the list is missing or repeated",
	.summary_fr = "une lettre ou un numéro de la liste manque ou se répète",
	.explanation_en =
		"Items that are lettered or numbered follow each other without a gap and "
		"without "
		"a repetition: a), b), c); i), ii), iii). Lists inside an item are counted by "
		"themselves. Two items must stand in order before the gap.",
	.explanation_fr =
		"Les points d’une liste se suivent sans lacune ni répétition\u00A0: a), b), "
		"c)\u00A0; "
		"i), "
		"ii), iii). Les listes placées dans un point sont comptées à part. Deux points "
		"doivent se suivre correctement avant la lacune.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"Le Comité décide :\n\na) De se réunir ;\n\nb) De délibérer ;\n\n"
			"d) De faire rapport.",
			"Le Comité décide :\n\na) De se réunir ;\n\nb) De délibérer ;\n\n"
			"c) De faire rapport." },
		{ LANGUAGE_EN,
			"The Council decides:\n\n(a) To meet;\n\n(b) To deliberate;\n\n(b) To "
			"report.",
			"The Council decides:\n\n(a) To meet;\n\n(b) To deliberate;\n\n(c) To "
			"report." },
		{ LANGUAGE_FR, NULL,
			"Le Comité décide :\n\na) De se réunir :\n\ni) À New York ;\n\nii) À "
			"Genève ;\n\nb) De délibérer ;\n\nc) De faire rapport." }),
	.document = finish,
};
