/* Numbers of paragraphs and of headings that skip or repeat one: 1., 2., 4. The numbers are the
 * same in all languages of a document, so that a slip in one breaks every reference.
 *
 * A paragraph lost in extraction looks the same, and so do lists and notes that are numbered
 * among the paragraphs: three numbers must stand in order before the gap, and two after it. */
#include "checker/rules/numbered.h"

#define HEADS_MOST 4000
#define GAP_MOST 2 /* missing numbers; more is another series */

typedef struct heads {
	numbered at[HEADS_MOST];
	size_t count;
} heads;

typedef struct series {
	uint32_t last, run; /* the last number, how many stand in order up to it */
} series;

static status
read_heads(check *c, heads *arabic, heads *roman)
{
	const block *b;
	numbered head;
	size_t k = 0;

	arabic->count = roman->count = 0;
	for (;;) {
		TRY(numbered_next(c, &k, &head, &b));
		if (b == NULL)
			return STATUS_OK;
		heads *h = head.roman ? roman : arabic;
		if (h->count < HEADS_MOST)
			h->at[h->count++] = head;
	}
}

/* The number stands among the heads, out of its place, or inside the text before head k, where
 * an extraction has put it. */
static bool
stands(const check *c, const heads *h, size_t k, uint32_t value)
{
	slice between = check_text(c, (span){ h->at[k - 1].label.end, h->at[k].label.start }),
	      part;

	for (size_t n = 0; n < h->count; n++)
		if (h->at[n].value == value)
			return true;
	while (!h->at[k].roman && between.n != 0) {
		slice_cut(between, '.', &part, &between);
		size_t start = part.n;
		while (start > 0 && part.p[start - 1] >= '0' && part.p[start - 1] <= '9')
			start--;
		if (number_of(slice_sub(part, start, part.n)) == value)
			return true;
	}
	return false;
}

static status
report(check *c, const rule *r, const heads *h, size_t k)
{
	slice shown = check_text(c, h->at[k].label), before = check_text(c, h->at[k - 1].label);
	finding f = { .text = h->at[k].label };

	if (h->at[k].value == h->at[k - 1].value)
		f.message = check_message(c, "number %.*s stands twice",
			"le numéro %.*s revient deux fois", SLICE_ARG(shown));
	else
		f.message = check_message(c, "%.*s follows %.*s: a number is missing",
			"%.*s suit %.*s\u00A0: il manque un numéro", SLICE_ARG(shown),
			SLICE_ARG(before));
	return check_report(c, r, f);
}

/* Where every number stands twice the document repeats its headings. */
static bool
is_repeated(const heads *h, size_t k)
{
	uint32_t value = h->at[k].value;

	return k >= 3 && h->at[k - 1].value == value && h->at[k - 2].value + 1 == value &&
	       h->at[k - 3].value + 2 == value;
}

/* The series goes on after the gap or the repetition as it went before. */
static bool
is_slip(const check *c, const heads *h, size_t k, const series *s)
{
	uint32_t value = h->at[k].value;
	size_t least = h->at[k].roman ? 2 : 3;

	if (s->run < least || k + 1 >= h->count || h->at[k + 1].value != value + 1)
		return false;
	if (value == s->last)
		return is_repeated(h, k);
	return value > s->last + 1 && value <= s->last + 1 + GAP_MOST &&
	       h->at[k - 1].value == s->last && !stands(c, h, k, s->last + 1);
}

static status
judge(check *c, const rule *r, const heads *h)
{
	series s = { 0 };

	for (size_t k = 0; k < h->count; k++) {
		uint32_t value = h->at[k].value;
		if (value == s.last + 1) {
			s.run++;
		} else if (k > 0 && is_slip(c, h, k, &s)) {
			TRY(report(c, r, h, k));
			s.run = 1;
		} else if (value == 1) {
			s.run = 1;
		} else {
			continue;
		}
		s.last = value;
	}
	return STATUS_OK;
}

static status
finish(check *c, const rule *r)
{
	heads *h = arena_room(&c->scratch, 2 * sizeof(*h), alignof(heads)); /* mostly unused */

	if (h == NULL)
		return STATUS_MEMORY;
	TRY(read_heads(c, &h[0], &h[1]));
	TRY(judge(c, r, &h[0]));
	return judge(c, r, &h[1]);
}

const rule rule_reference_numbering = {
	.id = "reference/numbering",
	.severity = SEVERITY_WARNING,
	.fix = FIX_NONE,
	.fr = true,
	.en = true,
	.source = "FR-REF-09: Editorial Manual, Paragraphs; S/2018/7 in French (A)",
	.summary_en = "a number of a paragraph or heading is missing or repeated",
	.summary_fr = "un numéro de paragraphe ou de titre manque ou se répète",
	.explanation_en =
		"Paragraphs have consecutive arabic numerals, the same in all languages, "
		"and headings I., II., III.: a gap or a repetition breaks the references to "
		"them. Three numbers (two of headings) must stand in order before it, and "
		"the series must go on after it.",
	.explanation_fr =
		"Les paragraphes portent des numéros consécutifs, les mêmes dans toutes les "
		"langues, et les titres I., II., III.\u00A0: une lacune ou une répétition "
		"fausse "
		"les renvois. Trois numéros (deux pour les titres) doivent se suivre "
		"auparavant, et la série doit reprendre ensuite.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"1. Le Comité s’est réuni.\n\n2. Il a délibéré.\n\n3. Il a "
			"voté.\n\n"
			"5. Il a décidé.\n\n6. Il s’est séparé.",
			"1. Le Comité s’est réuni.\n\n2. Il a délibéré.\n\n3. Il a "
			"voté.\n\n"
			"4. Il a décidé.\n\n5. Il s’est séparé." },
		{ LANGUAGE_EN,
			"I. Introduction\n\nII. Mandate\n\nIV. Activities\n\nV. Conclusions",
			"I. Introduction\n\nII. Mandate\n\nIII. Activities\n\nIV. "
			"Conclusions" }),
	.document = finish,
};
