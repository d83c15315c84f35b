/* Numbers of paragraphs, which are the same in all languages, and notes.
 *
 * A paragraph that one side lacks shifts all numbers behind it, so only the place where they
 * part is told. Numbers are those that a word processor computes, or that are typed before the
 * text. */
#include <string.h>

#include "checker/bilingual/pair.h"
#include "checker/rule.h"
#include "document/number.h"

typedef struct numbering {
	bool parted; /* the pair before had different numbers */
} numbering;

/* What stands in the line before the text of a list item. */
static slice
typed_before(const document *d, uint32_t start)
{
	uint32_t from = start;

	while (from > 0 && start - from < 16 && d->text.p[from - 1] != '\n')
		from--;
	return from > 0 && d->text.p[from - 1] != '\n' ? SLICE("")
						       : slice_sub(d->text, from, start);
}

/* The digits and letters of the last part: "12 (b)" is b, "a)" is a. */
static slice
core_of(slice s)
{
	size_t end = s.n, start;

	while (end > 0 && strchr(" .)\t(", s.p[end - 1]) != NULL)
		end--;
	for (start = end; start > 0 && strchr(" .)\t(", s.p[start - 1]) == NULL;)
		start--;
	return slice_sub(s, start, end);
}

static slice
number_of(const pair_half *h)
{
	const document *d = h->document;
	size_t i = pair_block(h);
	slice first, second;

	if (i == SIZE_MAX)
		return SLICE("");
	if (d->places != NULL && d->places[i].number.n != 0)
		return core_of(d->places[i].number);
	slice before = core_of(typed_before(d, h->at.start));
	if (before.n != 0)
		return before;
	number_typed(slice_sub(d->text, h->at.start, h->at.end),
		d->blocks[i].kind == BLOCK_HEADING, &first, &second);
	return core_of(first);
}

static bool
is_counted(slice s)
{
	if (s.n == 0 || s.n > 6)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] < '0' || s.p[i] > '9') && (s.p[i] < 'a' || s.p[i] > 'z'))
			return false;
	return true;
}

static status
look_numbers(check *c, const rule *r, const check_pair *p)
{
	void **note = check_note(c, r);

	if (p->entry != NULL || !pair_has_both(p) || p->crossing || p->confidence < 0.8)
		return STATUS_OK;
	if (*note == NULL)
		*note = ARENA_NEW(c->keep, numbering);
	numbering *n = *note;
	if (n == NULL)
		return STATUS_MEMORY;
	slice a = number_of(&p->half[PAIR_SOURCE]), b = number_of(&p->half[PAIR_TARGET]);
	if (!is_counted(a) || !is_counted(b))
		return STATUS_OK;
	bool part = !slice_equal(a, b), told = n->parted;
	n->parted = part;
	if (!part || told)
		return STATUS_OK;
	return pair_report(c, r, p, (span){ 0 }, (span){ 0 },
		(finding){
			.message = check_message(c,
				"this paragraph is number %.*s, in the source %.*s",
				"ce paragraphe porte le numéro %.*s, %.*s dans le texte source",
				SLICE_ARG(b), SLICE_ARG(a)) });
}

/* --- calls of notes --- */

/* The value of superscript digits at i, past which *next is; 0: none. */
static unsigned
superscript_at(slice s, size_t i, size_t *next)
{
	static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸",
		"⁹" };
	unsigned value = 0;
	bool any = true;

	*next = i;
	while (any && value < 10000) {
		any = false;
		for (unsigned d = 0; d < 10 && !any; d++) {
			slice sign = slice_of(digits[d]);
			if (slice_starts(slice_sub(s, *next, s.n), sign)) {
				value = value * 10 + d;
				*next += sign.n;
				any = true;
			}
		}
	}
	return value;
}

/* m², km³: a letter of a unit stands before. */
static bool
is_power(slice s, size_t i, unsigned value)
{
	return (value == 2 || value == 3) && i > 0 && (s.p[i - 1] == 'm' || s.p[i - 1] == 'R');
}

static unsigned
next_call(slice s, size_t *i, span *where)
{
	while (*i < s.n) {
		size_t next;
		unsigned n = (unsigned char)s.p[*i] < 0xC2 ? 0 : superscript_at(s, *i, &next);
		size_t at = *i;
		if (n == 0) {
			++*i;
			continue;
		}
		*i = next;
		if (!is_power(s, at, n)) {
			*where = (span){ (uint32_t)at, (uint32_t)next };
			return n;
		}
	}
	return 0;
}

static bool
has_call(slice s, unsigned wanted)
{
	size_t i = 0;
	span where;

	for (unsigned n; (n = next_call(s, &i, &where)) != 0;)
		if (n == wanted)
			return true;
	return false;
}

static status
look_notes(check *c, const rule *r, const check_pair *p)
{
	if (!pair_has_both(p) || p->foreign)
		return STATUS_OK;
	for (int k = 0; k < PAIR_SIDES; k++) {
		slice s = pair_text(p, (pair_side)k), other = pair_text(p, (pair_side)(1 - k));
		uint32_t start = p->half[k].at.start;
		size_t i = 0;
		span at;
		for (unsigned n; (n = next_call(s, &i, &at)) != 0;) {
			if (has_call(other, n))
				continue;
			span here = { start + at.start, start + at.end };
			TRY(pair_report(c, r, p, k == PAIR_TARGET ? here : (span){ 0 },
				k == PAIR_SOURCE ? here : (span){ 0 }, (finding){ 0 }));
		}
	}
	return STATUS_OK;
}

static size_t
count_notes(const document *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->block_count; i++) {
		if (d->places != NULL)
			n += (d->places[i].part == PART_FOOTNOTE ||
				     d->places[i].part == PART_ENDNOTE) &&
			     d->places[i].number.n != 0;
		else
			n += d->blocks[i].kind == BLOCK_NOTE;
	}
	return n;
}

/* Of two documents: as many notes. */
static status
count_all_notes(check *c, const rule *r)
{
	const document *d = c->document;

	if (c->source == NULL || d->block_count == 0)
		return STATUS_OK;
	size_t a = count_notes(c->source->document), b = count_notes(d);
	if (a == b || c->source->document->block_count == 0)
		return STATUS_OK;
	span here = d->blocks[0].text, there = c->source->document->blocks[0].text;
	finding f = { .text = here,
		.message = check_message(c, "%zu notes here, %zu in the source",
			"%zu notes ici, %zu dans le texte source", b, a),
		.facing = { c->source->document, there, there, here } };
	return check_report(c, r, f);
}

const rule rule_bilingual_paragraph_number = {
	.id = "bilingual/paragraph-number",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.source = "BI-REF-04: paragraph numbering is the same in all languages (A)",
	.summary_en = "a paragraph that has another number than in the source",
	.summary_fr = "un paragraphe qui ne porte pas le numéro qu’il a dans le texte source",
	.explanation_en =
		"Of two documents side by side: the number or letter before a paragraph, "
		"computed "
		"or typed, is that of the paragraph which it translates. Where a paragraph is "
		"missing all numbers behind it differ; only the first place is told.",
	.explanation_fr =
		"Pour deux documents mis en regard\u00A0: le numéro ou la lettre d’un "
		"paragraphe, "
		"calculé "
		"ou tapé, est celui du paragraphe qu’il traduit. Là où un paragraphe manque, "
		"tous "
		"les numéros suivants diffèrent\u00A0; seul le premier endroit est signalé.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, NULL, "Le Conseil s’est réuni.", .source = "The Council met." }),
	.pair = look_numbers,
};

const rule rule_bilingual_note = {
	.id = "bilingual/note",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.source = "BI-REF-05: notes of documents in both languages (B)",
	.summary_en = "a call of a note that one side lacks, or another number of notes",
	.summary_fr = "un appel de note qui manque d’un côté, ou un autre nombre de notes",
	.explanation_en =
		"Calls of notes in superscript stand in both languages, before or behind the "
		"mark, "
		"and both documents have as many notes. Powers of units (km²) are no calls.",
	.explanation_fr = "Les appels de note en exposant se trouvent dans les deux langues, "
			  "avant ou après "
			  "le signe, et les deux documents ont autant de notes. Les puissances "
			  "d’unités (km²) "
			  "ne sont pas des appels.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "les États et le Conseil", "les États¹ et le Conseil",
			.source = "the States¹ and the Council" },
		{ LANGUAGE_FR, NULL, "les États¹, sur 5 km²",
			.source = "the States,¹ on 5 km²" }),
	.pair = look_notes,
	.document = count_all_notes,
};
