/* “• support;”: in English bulleted items have a full stop when they are sentences and no mark
 * otherwise, never a semicolon. One finding a list. */
#include "checker/rules/list.h"

static bool
is_bullet(const list_item *item)
{
	return item->series == LIST_SIGNS && item->form == LIST_BARE;
}

static status
look(check *c, const rule *r, const list_run *items)
{
	uint32_t told = UINT32_MAX;

	for (size_t i = 0; i < items->count; i++) {
		const list_item *item = &items->at[i];
		span text = c->document->blocks[item->block].text;
		if (!is_bullet(item) || item->list == told ||
			c->document->text.p[text.end - 1] != ';')
			continue;
		told = item->list;
		text.start = text.end - 1;
		TRY(check_report_fix(c, r, text, SLICE(""), r->fix));
	}
	return STATUS_OK;
}

static status
finish(check *c, const rule *r)
{
	return list_each_run(c, r, look);
}

const rule rule_list_bullet = {
	.id = "list/bullet",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.en = true,
	.source = "EN-PUN-11: UN Editorial Manual, Paragraphs (A)",
	.summary_en = "a bulleted item that ends in a semicolon",
	.summary_fr = "un point précédé d’une puce qui finit par un point-virgule",
	.explanation_en = "Short items behind bullets have no mark at the end, sentences a "
			  "full stop, and "
			  "none a semicolon. The first item of each list is reported.",
	.explanation_fr =
		"En anglais, les points brefs précédés d’une puce n’ont pas de signe final, "
		"les "
		"phrases ont un point, aucun n’a de point-virgule. Le premier point de chaque "
		"liste est signalé.",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN, "It offers:\n\n• Support;\n\n• Advice",
					  "It offers:\n\n• Support\n\n• Advice" },
		{ LANGUAGE_EN, NULL, "It decides:\n\n(a) To read;\n\n(b) To write." }),
	.document = finish,
};
