/* Notes and their calls, in raised figures: « les États¹ » and « ¹ S/2018/7. » at the head of a
 * line. A number that is skipped or stands twice, a call without a note, a note that nothing
 * calls: what is left when a passage with a note is cut or moved by hand.
 *
 * The whole text is read once at the end, and not at all where it has no ¹. Numbers may begin
 * again at 1 on every page or annex. A raised 2 or 3 after a short word is a unit (km²), any
 * after a figure a power. Calls are held against notes only where the text has some: extracted
 * pages may have lost theirs, and what a gap of one or two leaves is believed after two numbers
 * in order only. */
#include <string.h>

#include "checker/rule.h"
#include "text/utf8.h"

#define NOTES_MOST 2000
#define VALUE_MOST 1000
#define GAP_MOST 2
#define UNIT_MOST 2 /* bytes: m², km² */

typedef struct raised {
	span text;
	uint32_t value;
	bool head; /* opens its line: the note itself */
} raised;

typedef struct raised_list {
	raised at[NOTES_MOST];
	size_t count, heads;
	bool called[VALUE_MOST], noted[VALUE_MOST];
} raised_list;

/* The digit that a raised figure stands for; 10 for anything else. */
static unsigned
digit_of(uint32_t c)
{
	switch (c) {
	case 0xB9:
		return 1;
	case 0xB2:
		return 2;
	case 0xB3:
		return 3;
	case 0x2070:
		return 0;
	default:
		return c >= 0x2074 && c <= 0x2079 ? c - 0x2070 : 10;
	}
}

static bool
is_letter_byte(char b)
{
	return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b & 0x80) != 0;
}

/* What stands before makes a unit or a power of it: km², 10³, m⁻¹. */
static bool
is_exponent(slice text, size_t at)
{
	slice before = slice_sub(text, 0, at);
	size_t n = 0;

	if (slice_ends(before, SLICE("»")) || slice_ends(before, SLICE("”")) ||
		slice_ends(before, SLICE("’")))
		return false;
	while (n < at && n <= UNIT_MOST && is_letter_byte(text.p[at - n - 1]))
		n++;
	if (n == 0)
		return at == 0 || strchr(".,;:!?)]}\"'", text.p[at - 1]) == NULL;
	return n <= UNIT_MOST;
}

static bool
opens_line(slice text, size_t at)
{
	while (at > 0 && (text.p[at - 1] == ' ' || text.p[at - 1] == '\t'))
		at--;
	return at == 0 || text.p[at - 1] == '\n';
}

/* Reads the figure at *i and goes past it; false where it numbers no note. */
static bool
read_figure(slice text, size_t *i, raised *out)
{
	size_t start = *i, next = start;
	unsigned digit;

	*out = (raised){ 0 };
	while (next < text.n && (digit = digit_of(utf8_next(text, &next))) < 10) {
		out->value = out->value >= VALUE_MOST ? VALUE_MOST : 10 * out->value + digit;
		*i = next;
	}
	out->text = (span){ (uint32_t)start, (uint32_t)*i };
	out->head = opens_line(text, start);
	return *i > start && out->value > 0 && out->value < VALUE_MOST &&
	       (out->head || !is_exponent(text, start));
}

static void
collect(slice text, raised_list *all)
{
	for (size_t i = 0; i < text.n && all->count < NOTES_MOST;) {
		raised found;
		size_t at = i;
		if ((unsigned char)text.p[i] != 0xC2 && (unsigned char)text.p[i] != 0xE2) {
			i++;
			continue;
		}
		if (read_figure(text, &i, &found)) {
			all->at[all->count++] = found;
			all->heads += found.head;
			(found.head ? all->noted : all->called)[found.value] = true;
		}
		if (i == at)
			utf8_next(text, &i);
	}
}

/* The next number of the calls or of the notes, after `last`, which ended `in_order` numbers
 * that run on. */
static slice
fault_of_series(check *c, const raised *n, uint32_t last, size_t in_order)
{
	unsigned value = n->value, before = last;

	if (in_order < 2 || value < last || value == last + 1 || value > last + 1 + GAP_MOST)
		return (slice){ 0 };
	if (value > last)
		return n->head ? check_message(c, "note %u follows note %u: %u is missing",
					 "la note %u suit la note %u\u00A0: la note %u manque",
					 value, before, before + 1)
			       : check_message(c, "note call %u follows %u: %u is missing",
					 "l’appel de note %u suit l’appel %u\u00A0: l’appel %u "
					 "manque",
					 value, before, before + 1);
	return n->head ? check_message(c, "two notes have number %u",
				 "deux notes portent le numéro %u", value)
		       : (slice){ 0 };
}

static slice
fault_of_pair(check *c, const raised_list *all, const raised *n)
{
	if (all->heads == 0 || all->heads == all->count)
		return (slice){ 0 };
	if (n->head && !all->called[n->value])
		return check_message(c, "nothing in the text calls note %u",
			"aucun appel ne renvoie à la note %u", (unsigned)n->value);
	if (!n->head && !all->noted[n->value])
		return check_message(c, "there is no note %u", "il n’y a pas de note %u",
			(unsigned)n->value);
	return (slice){ 0 };
}

static status
judge(check *c, const rule *r, const raised_list *all)
{
	uint32_t last[2] = { 0 };
	size_t in_order[2] = { 0 };

	for (size_t i = 0; i < all->count; i++) {
		const raised *n = &all->at[i];
		finding f = { .text = n->text, .fix = FIX_NONE };
		f.message = fault_of_pair(c, all, n);
		if (f.message.n == 0)
			f.message = fault_of_series(c, n, last[n->head], in_order[n->head]);
		if (f.message.n != 0)
			TRY(check_report(c, r, f));
		in_order[n->head] = n->value == last[n->head] + 1 ? in_order[n->head] + 1 : 1;
		last[n->head] = n->value;
	}
	return STATUS_OK;
}

static status
look(check *c, const rule *r)
{
	slice text = c->document->text;
	bool applies = c->language == LANGUAGE_FR ? r->fr : r->en;

	if (!applies || text.n == 0 || !c->document->raised)
		return STATUS_OK;
	raised_list *all = ARENA_NEW(c->keep, raised_list);
	if (all == NULL)
		return STATUS_MEMORY;
	collect(text, all);
	return judge(c, r, all);
}

const rule rule_reference_note_number = {
	.id = "reference/note-number",
	.severity = SEVERITY_WARNING,
	.fix = FIX_NONE,
	.fr = true,
	.en = true,
	.source = "FR-REF-08, EN-REF-03: Directives éditoriales of FAO (B), United Nations "
		  "Editorial Manual (A)",
	.summary_en = "notes and their calls do not go together",
	.summary_fr = "les notes et leurs appels ne se correspondent pas",
	.explanation_en =
		"Notes and their calls in raised figures run on from 1 without a gap, every "
		"call has its note and every note its call. Numbers that begin again, units "
		"(km²) and powers are left alone, and so are calls in a text without notes.",
	.explanation_fr =
		"Les notes et leurs appels, en chiffres supérieurs, se suivent à partir de "
		"1\u00A0; "
		"chaque appel a sa note et chaque note son appel. Les numéros qui "
		"recommencent, "
		"les unités (km²), les puissances et les appels d’un texte sans notes ne sont "
		"pas signalés.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Les États¹ et les comités² siègent avec les experts⁴.",
			"Les États¹ et les comités² siègent avec les experts³." },
		{ LANGUAGE_EN, "The States¹ and the committees² met the experts.⁴",
			"The States¹ and the committees² met the experts.³" },
		{ LANGUAGE_FR, NULL, "Les États¹, les comités² et les experts³ (12 km²)." },
		{ LANGUAGE_EN, NULL, "An area of 10 km² and 10³ tonnes, as stated.¹" }),
	.document = look,
};
