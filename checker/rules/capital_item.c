/* “(a) to protect civilians” among items that begin with a capital. A document whose lettered
 * items have small letters throughout is told so once: its author chose; one that mixes both is
 * told of each slip. */
#include <string.h>

#include "checker/rules/list.h"
#include "checker/rules/wording.h"
#include "text/fold.h"
#include "text/utf8.h"

typedef struct item_habit { /* of the lettered items in one language */
	size_t kept, broken;
	span first; /* broken */
	bool told;
} item_habit;

static item_habit *
habit_of(check *c, const rule *r)
{
	void **note = check_note(c, r);

	if (*note == NULL) {
		*note = ARENA_ARRAY(c->keep, item_habit, LANGUAGES);
		if (*note != NULL)
			memset(*note, 0, LANGUAGES * sizeof(item_habit));
	}
	return *note == NULL ? NULL : (item_habit *)*note + (c->language - LANGUAGE_FR);
}

/* « (ii) the space objects » at the head of a line of a PDF, where its list runs on inside a
 * paragraph: (i) stands in the line above, and the place in the list is not the number. « ii »
 * may have been read as the letter behind « hh ». */
static bool
runs_on(const list_item *item)
{
	return item->value > item->place + (item->series == LIST_ROMANS ? 1u : 26u);
}

static bool
is_lettered(const list_item *item)
{
	return (item->series == LIST_LETTERS || item->series == LIST_ROMANS) &&
	       !runs_on(item) && (item->form == LIST_RIGHT || item->form == LIST_BOTH);
}

/* The first word of the item. Names and codes keep their small letters: al-Qaida, pH, www. */
static span
first_word(const check *c, const list_item *item)
{
	span text = item->text;
	slice s = check_text(c, text);
	size_t n = 0, plain = 0;

	for (size_t i = 0; i < s.n; n = i) {
		uint32_t p = utf8_next(s, &i);
		if (p == ' ' || p == '\n' || p == ',' || p == ';')
			break;
		plain += text_lower_char(p) == p && (text_upper_char(p) != p || p == 0x2019);
		if (text_lower_char(p) != p || (p != 0x2019 && text_upper_char(p) == p))
			return (span){ text.start, text.start };
	}
	return (span){ text.start, text.start + (uint32_t)(plain > 0 ? n : 0) };
}

static bool
begins_small(const check *c, const list_item *item, span *at)
{
	*at = first_word(c, item);
	return at->end > at->start;
}

static status
count(check *c, const rule *r, const list_run *items)
{
	item_habit *h = habit_of(c, r);
	span at;

	if (h == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < items->count; i++) {
		const list_item *item = &items->at[i];
		if (!is_lettered(item))
			continue;
		if (!begins_small(c, item, &at))
			h->kept++;
		else if (h->broken++ == 0)
			h->first = at;
	}
	return STATUS_OK;
}

static slice
with_capital(check *c, span at)
{
	slice s = check_text(c, at);
	char first[8];
	size_t i = 0, n = utf8_put(first, text_upper_char(utf8_next(s, &i)));

	return check_printf(c, "%.*s%.*s", (int)n, first, SLICE_ARG(slice_sub(s, i, s.n)));
}

static status
report_habit(check *c, const rule *r, item_habit *h)
{
	h->told = true;
	return check_report(c, r,
		(finding){ .text = h->first,
			.severity = SEVERITY_INFO,
			.message = check_message(c,
				"lettered items begin with a capital (%zu of this document do "
				"not)",
				"les points d’une liste commencent par une majuscule (%zu du "
				"document n’en ont pas)",
				h->broken) });
}

static status
judge(check *c, const rule *r, const list_run *items)
{
	item_habit *h = habit_of(c, r);
	span at;

	if (h->broken == 0 || h->told)
		return STATUS_OK;
	if (h->broken * 4 > h->kept)
		return report_habit(c, r, h);
	for (size_t i = 0; i < items->count; i++) {
		if (!is_lettered(&items->at[i]) || !begins_small(c, &items->at[i], &at))
			continue;
		TRY(check_report_fix(c, r, at, with_capital(c, at), r->fix));
	}
	return STATUS_OK;
}

static status
finish(check *c, const rule *r)
{
	TRY(list_each_run(c, r, count));
	return list_each_run(c, r, judge);
}

const rule rule_capital_item = {
	.id = "capital/item",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.source = "EN-CAP-04 (A): UN Editorial Manual, Capitalization; FR-LIS-01 (A): S/2018/7",
	.summary_en = "a lettered item begins with a capital",
	.summary_fr = "un point d’une liste commence par une majuscule",
	.explanation_en =
		"Subparagraphs and the items of a vertical list begin with a capital, even in "
		"the middle of a sentence. Where at most one item in five has none, each is "
		"reported; a document that has small letters throughout is told so once.",
	.explanation_fr =
		"Les alinéas et les points d’une liste commencent par une majuscule, même au "
		"milieu d’une phrase. Quand un point sur cinq au plus n’en a pas, chacun est "
		"signalé\u00A0; un document qui écrit partout des minuscules est averti une "
		"fois.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_EN,
			"It decides:\n\n(a) To read;\n\n(b) To speak;\n\n(c) to "
			"write;\n\n"
			"(d) To rest;\n\n(e) To go.",
			"It decides:\n\n(a) To read;\n\n(b) To speak;\n\n(c) To "
			"write;\n\n"
			"(d) To rest;\n\n(e) To go." },
		{ LANGUAGE_FR,
			"Il décide :\n\na) De lire ;\n\nb) De parler ;\n\nc) d’écrire ;\n\n"
			"d) De juger ;\n\ne) De noter.",
			"Il décide :\n\na) De lire ;\n\nb) De parler ;\n\nc) D’écrire ;\n\n"
			"d) De juger ;\n\ne) De noter." },
		{ LANGUAGE_EN, NULL, "It names:\n\n(a) Al-Qaida;\n\n(b) eBay;\n\n(c) Daesh." }),
	.document = finish,
};
