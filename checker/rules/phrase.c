/* The corrections of a noun phrase (phrase.h): it is written anew in each gender and number,
 * and what costs least comes first. */
#include "checker/rules/phrase.h"

#include <string.h>

#include "checker/rules/vowel.h"
#include "checker/rules/wording.h"
#include "text/fold.h"
#include "text/joins.h"
#include "text/utf8.h"

#define AROUND 65536 /* bytes: what a document says of its own words, at a bounded price */
#define SECTION 2048 /* bytes: what follows a heading tells what it names */
#define FORM_BYTES 64
#define SELDOM 10 /* times */
#define COST_MOST 40

static void
append(char *out, size_t room, size_t *n, slice s)
{
	if (s.n > room - *n)
		s.n = room - *n;
	memcpy(out + *n, s.p, s.n);
	*n += s.n;
}

/* The determiner as it should be, with the capital of the one that stands there. */
static bool
write_determiner(
	check *c, const phrase *p, unsigned cell, slice next, char *out, size_t room, size_t *n)
{
	if ((p->determined & cell) != 0) {
		append(out, room, n, check_token(c, p->first));
		append(out, room, n, SLICE(" "));
		return true;
	}
	slice made = determiner_form(p->determiner, cell, next);
	if (made.n != 0 && (phrase_shape(c, p->first) & SHAPE_LOWER) == 0)
		made = wording_capital(c, made);
	if (made.n == 0) /* before an h nobody knows whether it is l’ */
		return false;
	append(out, room, n, made);
	return true;
}

/* An adverb between the noun and its adjective stays as it is (pas du tout, tout à fait). */
static bool
fits(const check *c, const phrase *p, size_t i, unsigned cell)
{
	static const char *const groups[] = { "du", "tout", "ou", "à", "fait", NULL };

	if (i > p->noun && i < p->last &&
		((phrase_grammar(c, i) & POS_ADVERB) != 0 || check_word_is(c, i, groups)))
		return true;
	unsigned cells = phrase_cells(c, i);
	/* CELL_MP is CELL_MS * 2 */
	if (p->divided && i > p->first && i < p->noun && (cells & cell / 2) != 0 &&
		(cell & CELLS_PLURAL) != 0)
		return true;
	return (cells & cell) != 0;
}

/* The word at i of the phrase in the cell; empty when it has no such form. An adjective follows
 * the vowel of its noun (un nouvel accord). */
static slice
word_in(check *c, const phrase *p, size_t i, unsigned cell)
{
	uint32_t parts =
		i == p->noun ? (uint32_t)POS_NOUN : (uint32_t)(POS_ADJECTIVE | POS_PARTICIPLE);

	if (fits(c, p, i, cell))
		return check_token(c, i);
	slice form = inflection_form(c, check_token(c, i), cell, parts);
	return i + 1 == p->noun && cell == CELL_MS && vowel_opens(phrase_lower(c, p->noun))
		       ? inflection_before_vowel(form)
		       : form;
}

/* The whole phrase in one cell; empty when a word of it has no such form. */
static slice
phrase_in(check *c, const phrase *p, unsigned cell)
{
	char out[512];
	size_t n = 0, i = p->first;

	if (p->determiner != NULL) {
		char small[256];
		slice next = phrase_lower(c, i + 1);
		if (next.n > sizeof(small))
			return (slice){ 0 };
		if (!write_determiner(c, p, cell, next, out, sizeof(out), &n))
			return (slice){ 0 };
		i++;
	}
	for (; i <= p->last; i++) {
		slice form = word_in(c, p, i, cell);
		if (form.n == 0)
			return (slice){ 0 };
		append(out, sizeof(out), &n, form);
		if (i < p->last)
			append(out, sizeof(out), &n, SLICE(" "));
	}
	return n < sizeof(out) ? check_printf(c, "%.*s", (int)n, out) : (slice){ 0 };
}

static bool
has(const slice *list, size_t n, slice s)
{
	for (size_t i = 0; i < n; i++)
		if (slice_equal(list[i], s))
			return true;
	return false;
}

/* « l’échelle mondial », « de façon hâtif »: no plural can stand there. */
static bool
stays_singular(const check *c, const phrase *p)
{
	static const char *const elided[] = { "l’", NULL };
	static const char *const prepositions[] = { "de", "en", NULL };
	static const char *const bare[] = { "façon", "manière", "matière", NULL };

	if (p->first == 0 || p->determiner != NULL)
		return false;
	return (check_word_is(c, p->first - 1, elided) &&
		       c->tokens.at[p->first].gap == GAP_NONE) ||
	       (check_word_is(c, p->first, bare) &&
		       check_word_is(c, p->first - 1, prepositions));
}

/* The cells that the noun has where the dictionary calls it a noun: caractéristique may be an
 * adjective of either gender, as a noun it is feminine. */
static unsigned
noun_cells(const check *c, size_t noun)
{
	const analysis *a;
	size_t n = phrase_analyses(c, noun, &a);
	unsigned cells = 0;

	for (size_t k = 0; k < n; k++)
		if ((a[k].grammar & POS_NOUN) != 0)
			cells |= inflection_cells(a[k].grammar);
	return cells != 0 ? cells : phrase_cells(c, noun);
}

/* How many words of the phrase have to change for it to stand in the cell. */
static unsigned
changes(const check *c, const phrase *p, unsigned cell)
{
	size_t i = p->first;
	unsigned n = 0;

	if (p->determiner != NULL) {
		n += (p->determined & cell) == 0;
		i++;
	}
	for (; i <= p->last; i++)
		n += !fits(c, p, i, cell);
	return n;
}

/* A noun changes its number more easily than its gender, and the determiner is right more
 * often than the ending of the noun. */
static unsigned
cost(const check *c, const phrase *p, unsigned cell)
{
	unsigned noun = phrase_cells(c, p->noun), n = 4 * changes(c, p, cell);
	unsigned gender = cell & CELLS_MASCULINE ? CELLS_MASCULINE : CELLS_FEMININE;

	if ((noun & gender) == 0)
		n += 16;
	else if ((noun_cells(c, p->noun) & gender) == 0)
		n += 2;
	if (p->determiner != NULL && (p->determined & cell) == 0)
		n += 1;
	/* leur and leurs sound alike, the noun with and without its s often does not */
	if ((cell & CELLS_SINGULAR) != 0 && p->determiner != NULL &&
		(slice_is(p->determiner->text, "leur") ||
			slice_is(p->determiner->text, "quelque")))
		n += 2;
	/* au alinéas: the determiner cannot stand before this vowel, so it is the one to change
	 */
	if (p->determiner != NULL && (p->determined & cell) != 0 && p->noun == p->first + 1 &&
		(p->determined & CELLS_PLURAL) == 0 &&
		slice_ends(determiner_form(p->determiner, cell, phrase_lower(c, p->noun)),
			SLICE("\u2019")))
		n += 8;
	/* des élections libre: their determiner stays as it is */
	if (p->led != 0 && (p->led & cell) == 0)
		n += COST_MOST;
	if ((cell & CELLS_PLURAL) == 0)
		n += p->several ? 8 : p->heading ? 2 : 0;
	else if (stays_singular(c, p))
		n += COST_MOST;
	return n;
}

/* How often the reference texts have a determiner and its noun side by side in the cell. */
static uint32_t
times_seen(check *c, const phrase *p, unsigned cell)
{
	slice s = phrase_in(c, p, cell), first, second;
	char folded[512 * 3 + 4];

	if (s.n > 512 || !slice_cut(s, ' ', &first, &second))
		return 0;
	size_t n = text_lower(folded, s);
	if (!slice_cut((slice){ folded, n }, ' ', &first, &second))
		return 0;
	return joins_find(c->with->joins, LANGUAGE_FR, first, second).apart;
}

/* « au termes »: the x is silent, and « aux termes » what everybody writes. */
static bool
is_seldom_seen(check *c, const phrase *p, unsigned cell)
{
	unsigned other = (cell & CELLS_SINGULAR) != 0 ? cell * 2 : cell / 2;

	if (p->determiner == NULL || p->last != p->first + 1 ||
		!slice_equal(p->determiner->text, SLICE("au")))
		return false;
	return (times_seen(c, p, cell) + 1) * SELDOM < times_seen(c, p, other);
}

/* So many bytes before and after the block, which is among them. */
static slice
text_around(check *c, size_t before, size_t after)
{
	size_t start = c->block->text.start, end = c->block->text.end;
	slice text = c->document->text;

	c->remembered = true; /* other blocks decide, too */
	return slice_sub(text, start > before ? start - before : 0,
		text.n - end > after ? end + after : text.n);
}

static bool
stands_alone(slice text, size_t start, size_t end)
{
	uint32_t before = 0, after = 0;

	if (start > 0)
		utf8_get(text.p + utf8_back(text, start), start - utf8_back(text, start),
			&before);
	if (end < text.n)
		utf8_get(text.p + end, text.n - end, &after);
	return !utf8_is_letter(before) && !utf8_is_letter(after);
}

static size_t
count_in(slice text, slice wanted, size_t most)
{
	size_t count = 0;

	for (size_t at = 0; count < most && at + wanted.n <= text.n; at++) {
		const char *found =
			memchr(text.p + at, wanted.p[0], text.n - wanted.n - at + 1);
		if (found == NULL)
			break;
		at = (size_t)(found - text.p);
		count += memcmp(found, wanted.p, wanted.n) == 0 &&
			 stands_alone(text, at, at + wanted.n);
	}
	return count;
}

uint32_t
phrase_frequency(const check *c, size_t noun)
{
	const analysis *a;
	const lexicon *x = c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR];
	uint32_t own = words_form(&c->words, phrase_lower_id(c, noun), LANGUAGE_FR);
	size_t n = phrase_analyses(c, noun, &a);
	uint32_t most = 0;

	for (size_t k = 0; k < n; k++) {
		if ((a[k].grammar & POS_NOUN) == 0)
			continue;
		slice lemma = lexicon_lemma(x, a[k].lemma);
		uint32_t frequency = slice_equal(lemma, phrase_lower(c, noun))
					     ? lexicon_frequency_of(x, own)
					     : lexicon_frequency(x, lemma);
		most = frequency > most ? frequency : most;
	}
	return most;
}

size_t
phrase_count_around(check *c, slice wanted, size_t most)
{
	return count_in(text_around(c, AROUND, AROUND), wanted, most);
}

/* Of a form that begins with a capital: with or without it. */
static size_t
count_form(slice text, slice form, size_t most)
{
	char small[FORM_BYTES];

	if (form.n == 0 || form.n > sizeof(small) || form.p[0] < 'A' || form.p[0] > 'Z')
		return 0;
	memcpy(small, form.p, form.n);
	small[0] = (char)(small[0] - 'A' + 'a');
	return count_in(text, form, most) + count_in(text, (slice){ small, form.n }, most);
}

/* A heading of two words that lacks one s, where what follows speaks of the noun in the plural
 * and nothing around in the singular: « Objectif pratiques », and then “les objectifs”. */
static bool
text_says_plural(check *c, const phrase *p)
{
	unsigned noun = phrase_cells(c, p->noun), other = phrase_cells(c, p->last);
	unsigned cell = noun & CELLS_MASCULINE ? CELL_MP : CELL_FP;

	if (!p->alone || p->last != p->noun + 1 || noun != cell / 2 || (other & cell) == 0)
		return false;
	slice one = check_token(c, p->noun);
	slice many = inflection_form(c, one, cell, POS_NOUN);
	return count_form(text_around(c, AROUND, AROUND), one, 2) == 1 &&
	       count_form(text_around(c, 0, SECTION), many, 1) != 0;
}

#define SUGGESTIONS 2

/* The corrections that cost least, best first; how many there are. */
static size_t
correct(check *c, const phrase *p, slice *made)
{
	unsigned costs[CELL_FP + 1];
	slice text = check_text(c, check_span(c, p->first, p->last));
	size_t count = 0;

	for (unsigned cell = CELL_MS; cell <= CELL_FP; cell *= 2)
		costs[cell] = cost(c, p, cell) + (is_seldom_seen(c, p, cell) ? 2 : 0);
	for (unsigned wanted = 0; wanted < COST_MOST; wanted++)
		for (unsigned cell = CELL_MS; cell <= CELL_FP; cell *= 2) {
			if (costs[cell] != wanted || count == SUGGESTIONS)
				continue;
			slice s = phrase_in(c, p, cell);
			if (s.n != 0 && !slice_equal(s, text) && !has(made, count, s))
				made[count++] = s;
		}
	return count;
}

static slice
disagreement(check *c, span where)
{
	slice text = check_text(c, where);

	return check_message(c, "the words of “%.*s” do not agree",
		"les mots de «\u00A0%.*s\u00A0» ne s’accordent pas", SLICE_ARG(text));
}

slice
phrase_at_odds(check *c, size_t i, slice noun)
{
	return check_message(c, "“%.*s” does not agree with “%.*s”",
		"«\u00A0%.*s\u00A0» ne s’accorde pas avec «\u00A0%.*s\u00A0»",
		SLICE_ARG(check_token(c, i)), SLICE_ARG(noun));
}

status
phrase_report_last(
	check *c, const rule *r, size_t first, size_t last, slice form, slice message)
{
	span whole = check_span(c, first, last);
	span before = { whole.start, c->tokens.at[last].start };
	slice made =
		check_printf(c, "%.*s%.*s", SLICE_ARG(check_text(c, before)), SLICE_ARG(form));
	finding f = { .text = whole,
		.fix = form.n == 0 ? FIX_NONE : FIX_REVIEW,
		.suggestions = &made,
		.suggestion_count = form.n != 0,
		.message = message.n != 0 ? message : disagreement(c, whole) };

	return check_report(c, r, f);
}

status
phrase_report(check *c, const rule *r, const phrase *p)
{
	slice made[SUGGESTIONS];
	size_t count = correct(c, p, made);
	finding f = { .text = check_span(c, p->first, p->last),
		.fix = count == 0 ? FIX_NONE : FIX_REVIEW,
		.suggestions = made,
		.suggestion_count = count };

	if (count != 0 && text_says_plural(c, p))
		f.fix = FIX_SAFE;
	f.message = disagreement(c, f.text);
	return check_report(c, r, f);
}
