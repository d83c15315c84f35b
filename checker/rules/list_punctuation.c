/* How the items of a list end, and the sentence before it.
 *
 * list/punctuation: where all items of a list but one end alike, that one is a slip; the last
 * item of a list whose others end in « ; » ends in a full stop, but not in a resolution, all of
 * whose paragraphs end in « ; ». An item that introduces a list of its own (« : ») or is
 * followed by a paragraph says nothing.
 * list/introduction: « Les objectifs sont les suivants. » before a list wants a colon. */
#include <string.h>

#include "checker/rules/list.h"

#define ITEMS_LEAST 3 /* that end alike before one is a slip */

enum { END_OTHER, END_NONE, END_SEMICOLON, END_COMMA, END_STOP, ENDS };

/* A mark after an address would seem to belong to it, and is often left out. */
static bool
ends_with_address(slice s)
{
	size_t start = s.n;

	while (start > 0 && s.p[start - 1] != ' ' && s.p[start - 1] != '\n')
		start--;
	for (; start + 2 < s.n; start++)
		if (s.p[start] == ':' && s.p[start + 1] == '/' && s.p[start + 2] == '/')
			return true;
	return false;
}

/* How the item ends; a conjunction after the mark (« ; et ») does not count. */
static int
ending(slice s)
{
	static const char *const joiners[] = { " et", " ou", " and", " or", " et/ou", " and/or",
		" and,", " or,", NULL };
	unsigned char last;

	for (const char *const *w = joiners; *w != NULL; w++)
		if (slice_ends(s, slice_of(*w))) {
			s = slice_trim(slice_sub(s, 0, s.n - strlen(*w)));
			break;
		}
	if (s.n == 0 || ends_with_address(s))
		return END_OTHER;
	last = (unsigned char)s.p[s.n - 1];
	switch (last) {
	case ';':
		return END_SEMICOLON;
	case ',':
		return END_COMMA;
	case '.':
		return END_STOP;
	default:
		return (last | 0x20) >= 'a' && (last | 0x20) <= 'z' ? END_NONE : END_OTHER;
	}
}

/* Items of one list, those that a list inside or another block follows left out. */
typedef struct tally {
	size_t of[ENDS];
	size_t seen[ENDS]; /* the last item of each ending */
	size_t last;       /* item of the run */
	size_t total;
} tally;

/* One tally for each list of the run; the answer is how many. */
static size_t
count_lists(const check *c, const list_run *items, tally *tallies)
{
	size_t lists = 0;

	for (size_t i = 0; i < items->count; i++) {
		const list_item *item = &items->at[i];
		tally *t = &tallies[item->list];
		if (item->list >= lists)
			lists = item->list + 1;
		t->last = i;
		t->total++;
		if (i + 1 == items->count || items->at[i + 1].list != item->list)
			continue;
		int end = ending(list_text(c, item));
		t->of[end]++;
		t->seen[end] = i;
	}
	return lists;
}

/* Several sentences in an item make its full stop natural. */
static bool
has_sentence_inside(slice s)
{
	for (size_t i = 0; i + 2 < s.n; i++)
		if (s.p[i] == '.' && s.p[i + 1] == ' ')
			return true;
	return false;
}

static status
report_end(check *c, const rule *r, const list_item *item, const char *en, const char *fr)
{
	span text = c->document->blocks[item->block].text;
	span last = text;

	/* the last word with what closes it */
	for (last.start = text.end; last.start > text.start; last.start--) {
		char before = c->document->text.p[last.start - 1];
		if ((before == ' ' || before == '\n') && last.end - last.start > 2)
			break;
	}
	finding f = { .text = last, .fix = FIX_NONE };
	f.message = check_message(c, "%s", "%s", c->context->ui == LANGUAGE_FR ? fr : en);
	return check_report(c, r, f);
}

static status
judge_odd(check *c, const rule *r, const list_run *items, const tally *t)
{
	for (int common = END_NONE; common < ENDS; common++)
		for (int odd = END_NONE; odd < ENDS; odd++) {
			if (odd == common || t->of[odd] != 1 || t->of[common] < ITEMS_LEAST ||
				t->of[common] + 1 != t->total - 1)
				continue;
			const list_item *item = &items->at[t->seen[odd]];
			if (odd == END_STOP && has_sentence_inside(list_text(c, item)))
				continue;
			TRY(report_end(c, r, item,
				"this item does not end as the others of its list do",
				"ce point ne finit pas comme les autres de la liste"));
		}
	return STATUS_OK;
}

static bool
has_one_sentence(const check *c)
{
	const document *d = c->document;
	size_t of[ENDS] = { 0 };

	for (size_t i = 0; i < d->block_count; i++)
		if (list_is_numbered(c, &d->blocks[i]))
			of[ending(check_text(c, d->blocks[i].text))]++;
	return of[END_SEMICOLON] > of[END_STOP];
}

/* A resolution is one sentence: its numbered paragraphs end in semicolons, and so does the last
 * item of a list in one of them. Looked at once a document. */
static bool
is_one_sentence(check *c, const rule *r)
{
	static char yes, no;
	void **note = check_note(c, r);

	if (*note == NULL)
		*note = has_one_sentence(c) ? &yes : &no;
	return *note == &yes;
}

static status
judge_list(check *c, const rule *r, const list_run *items, const tally *t)
{
	if (t->total <= ITEMS_LEAST)
		return STATUS_OK;
	TRY(judge_odd(c, r, items, t));
	if (t->of[END_SEMICOLON] + 1 != t->total || t->last + 1 != items->count)
		return STATUS_OK;
	if (ending(list_text(c, &items->at[t->last])) != END_SEMICOLON || is_one_sentence(c, r))
		return STATUS_OK;
	return report_end(c, r, &items->at[t->last],
		"the last item of the list ends the sentence",
		"le dernier point de la liste finit la phrase");
}

static status
look_ends(check *c, const rule *r, const list_run *items)
{
	tally *tallies = ARENA_ARRAY(&c->scratch, tally, items->count);

	if (tallies == NULL)
		return STATUS_MEMORY;
	memset(tallies, 0, items->count * sizeof(tally));
	size_t lists = count_lists(c, items, tallies);
	for (size_t i = 0; i < lists; i++)
		TRY(judge_list(c, r, items, &tallies[i]));
	return STATUS_OK;
}

static status
finish_ends(check *c, const rule *r)
{
	return list_each_run(c, r, look_ends);
}

/* ---- the sentence before a list ---- */

static status
look_before(check *c, const rule *r, const list_run *items)
{
	static const char *const announces[] = { "suivant.", "suivants.", "suivante.",
		"suivantes.", "ci-après.", "following.", NULL };
	const document *d = c->document;
	uint32_t first = items->at[0].block;

	if (first == 0 || d->blocks[first - 1].kind != BLOCK_PARAGRAPH ||
		(items->at[0].series != LIST_SIGNS && items->at[0].value != 1))
		return STATUS_OK;
	span before = d->blocks[first - 1].text;
	slice s = check_text(c, before);
	for (const char *const *w = announces; *w != NULL; w++) {
		slice word_at_end = slice_of(*w);
		if (!slice_ends(s, word_at_end) || s.n == word_at_end.n ||
			s.p[s.n - word_at_end.n - 1] != ' ')
			continue;
		span where = { before.end - (uint32_t)word_at_end.n, before.end };
		const char *space = c->language == LANGUAGE_EN ? "" : "\302\240";
		return check_report_fix(c, r, where,
			check_printf(
				c, "%.*s%s:", (int)word_at_end.n - 1, word_at_end.p, space),
			r->fix);
	}
	return STATUS_OK;
}

static status
finish_before(check *c, const rule *r)
{
	return list_each_run(c, r, look_before);
}

const rule rule_list_punctuation = {
	.id = "list/punctuation",
	.severity = SEVERITY_WARNING,
	.fix = FIX_NONE,
	.fr = true,
	.en = true,
	.source =
		"FR-LIS-01 (A), FR-LIS-03 (B): S/2018/7, mandates in French, Council of Europe",
	.summary_en = "the items of a list do not end alike",
	.summary_fr = "les points d’une liste ne finissent pas de la même façon",
	.explanation_en =
		"The items of one sentence end in a semicolon and the last in a full stop; "
		"fragments after bullets end without a mark; sentences end in a full stop. "
		"Whichever it is, it is the same for all items: reported is the only one, "
		"among "
		"four or more, that ends otherwise, and a last item that ends in a semicolon "
		"where numbered paragraphs do not.",
	.explanation_fr =
		"Les points d’une même phrase finissent par un point-virgule et le dernier par "
		"un point\u00A0; les fragments précédés d’une puce n’ont pas de signe "
		"final\u00A0; les "
		"phrases ont un point. L’usage est le même pour tous les points\u00A0: est "
		"signalé "
		"le seul qui s’en écarte, parmi quatre au moins, et le dernier point qui finit "
		"par un point-virgule, sauf si les paragraphes numérotés finissent ainsi.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"Il décide :\n\na) De lire ;\n\nb) De parler\n\nc) De juger ;\n\n"
			"d) De noter ;\n\ne) D’écrire.",
			"Il décide :\n\na) De lire ;\n\nb) De parler ;\n\nc) De juger "
			";\n\n"
			"d) De noter ;\n\ne) D’écrire." },
		{ LANGUAGE_EN,
			"It decides:\n\n(a) To read;\n\n(b) To speak;\n\n(c) To note;\n\n(d) "
			"To "
			"write;",
			"It decides:\n\n(a) To read;\n\n(b) To speak;\n\n(c) To note;\n\n(d) "
			"To "
			"write." },
		{ LANGUAGE_FR, NULL,
			"Il décide :\n\na) De lire ;\n\nb) De parler :\n\ni) Ici ;\n\nii) Là "
			";\n\n"
			"c) De juger ;\n\nd) D’écrire." }),
	.document = finish_ends,
};

const rule rule_list_introduction = {
	.id = "list/introduction",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.source = "FR-LIS-05 (A): S/2018/7",
	.summary_en = "the sentence that introduces a list ends with a colon",
	.summary_fr = "la phrase qui introduit une liste finit par un deux-points",
	.explanation_en =
		"A sentence that announces the list below it (the following) ends with "
		"a colon, not with a full stop.",
	.explanation_fr =
		"La phrase qui annonce la liste placée dessous (les suivants, ci-après) "
		"finit par un deux-points, non par un point.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Les objectifs sont les suivants.\n\na) Lire ;\n\nb) Écrire.",
			"Les objectifs sont les suivants\302\240:\n\na) Lire ;\n\nb) "
			"Écrire." },
		{ LANGUAGE_EN, "The aims are the following.\n\n(a) To read;\n\n(b) To write.",
			"The aims are the following:\n\n(a) To read;\n\n(b) To write." },
		{ LANGUAGE_FR, NULL,
			"Le Comité se réunira le mois suivant.\n\nIl décidera alors." }),
	.document = finish_before,
};
