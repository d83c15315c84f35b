/* See agreement_preamble.h. A resolution, and many a treaty, is one sentence: who speaks stands
 * in a paragraph that ends with a comma, and every paragraph of the preamble says something of
 * it, and ends so, too. One that begins with an adjective or participle and its complement
 * agrees with that author, however far up it stands. Two authors, and those that may be of
 * either gender (le Président), are left alone. */
#include "checker/rules/agreement_preamble.h"

#include "checker/quotation.h"
#include "checker/rules/clause.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"
#include "text/fold.h"

#define REACH 80         /* blocks up to the author */
#define AUTHOR_BYTES 160 /* of its name */

/* Who speaks. */
typedef struct author {
	slice text; /* without the comma */
	unsigned cells;
} author;

static bool
contains(slice s, slice part)
{
	for (size_t i = 0; i + part.n <= s.n; i++)
		if (slice_starts(slice_sub(s, i, s.n), part))
			return true;
	return false;
}

/* Cuts the determiner off a name in lower case; what it agrees with, 0: it has none. */
static unsigned
cut_determiner(slice *name)
{
	slice first, rest;

	if (slice_starts(*name, SLICE("l’"))) {
		*name = slice_sub(*name, sizeof("l’") - 1, name->n);
		return CELLS_SINGULAR;
	}
	if (!slice_cut(*name, ' ', &first, &rest))
		return 0;
	const determiner *d = determiner_find(first);
	*name = rest;
	return d == NULL ? 0 : d->cells;
}

/* “l’assemblée générale”: the cells of the noun; 0: no author, or one of which they are not
 * certain. */
static unsigned
cells_of(check *c, slice name)
{
	unsigned cells = cut_determiner(&name);
	slice noun = name, rest;

	if (cells == 0 || contains(name, SLICE(",")) || contains(name, SLICE(" et ")) ||
		contains(name, SLICE("\n")))
		return 0;
	if (slice_cut(name, ' ', &noun, &rest) && noun.n == 0)
		return 0;
	uint32_t grammar = grammar_of(c, noun);
	if ((grammar & POS_NOUN) == 0)
		return 0;
	cells &= inflection_cells(grammar);
	if ((cells & CELLS_FEMININE) == 0 &&
		(slice_ends(noun, SLICE("eur")) || slice_ends(noun, SLICE("eurs")) ||
			inflection_form(c, noun, CELL_FS, POS_NOUN).n != 0))
		return 0; /* le Président, les signataires */
	return cells;
}

/* Reads a paragraph above; true when it ends the search. */
static bool
read_author(check *c, slice text, author *out)
{
	char lower[AUTHOR_BYTES * 3 + 4];

	if (!slice_ends(text, SLICE(",")))
		return true;
	if (text.n > AUTHOR_BYTES)
		return false;
	slice name = slice_sub(text, 0, text.n - 1);
	slice small = { lower, text_lower(lower, name) }, rest = small;
	if (cut_determiner(&rest) == 0)
		return false;
	if (slice_equal(slice_sub(name, 0, 1), slice_sub(small, 0, 1)))
		return true; /* it goes on from the paragraph before */
	*out = (author){ .text = name, .cells = cells_of(c, small) };
	return true;
}

/* The text of a block before that in hand. */
static slice
text_of(const check *c, size_t i)
{
	span s = c->document->blocks[i].text;

	return slice_trim(slice_sub(c->document->text, s.start, s.end));
}

/* « Le Canada et », « Le Royaume de Belgique, »: another stands before it. */
static bool
has_partner(const check *c, size_t i)
{
	slice before = i == 0 ? (slice){ 0 } : text_of(c, i - 1);

	return slice_ends(before, SLICE(",")) || slice_ends(before, SLICE(" et")) ||
	       slice_equal(before, SLICE("et"));
}

static author
find_author(check *c)
{
	author found = { .cells = 0 };

	c->remembered = true; /* other blocks decide */
	for (size_t n = 0, i = (size_t)(c->block - c->document->blocks); n < REACH && i-- > 0;
		n++)
		if (read_author(c, text_of(c, i), &found)) {
			if (found.cells != 0 && has_partner(c, i))
				found.cells = 0;
			break;
		}
	return found;
}

/* The adjective or participle that begins the block, behind an adverb or not; SIZE_MAX: none.
 */
static size_t
find_adjective(const check *c)
{
	static const char *const complements[] = { "par", "de", "d’", "du", "des", "que", "qu’",
		"à", "au", "aux", "en", "dans", NULL };
	const uint32_t others =
		POS_PARTS & ~(uint32_t)(POS_ADJECTIVE | POS_PARTICIPLE | POS_NOUN);

	if (c->tokens.count < 3 || c->tokens.at[0].kind != TOKEN_WORD ||
		(phrase_shape(c, 0) & SHAPE_TITLE) == 0)
		return SIZE_MAX;
	size_t i = (phrase_grammar(c, 0) & POS_PARTS) == POS_ADVERB;
	uint32_t bits = phrase_grammar(c, i);
	if (i == 1 && (!nominal_follows(c, 1) || (phrase_shape(c, 1) & SHAPE_LOWER) == 0))
		return SIZE_MAX;
	if ((bits & (POS_ADJECTIVE | POS_PARTICIPLE)) == 0 || (bits & others) != 0 ||
		((bits & POS_NOUN) != 0 && (bits & POS_PARTICIPLE) == 0) ||
		clause_is_unbound(c, i))
		return SIZE_MAX;
	return check_word_is(c, clause_skip_adverbs(c, i + 1), complements) ? i : SIZE_MAX;
}

/* « Soucieux de vous répondre, je … », « Établie en mai, la liste donne les noms. »: a letter,
 * whose writer is somebody else, or a whole sentence with a subject of its own. */
static bool
names_its_own(const check *c)
{
	static const char *const subjects[] = { "je", "j’", "nous", NULL };
	const token *last = &c->tokens.at[c->tokens.count - 1];

	if (last->kind == TOKEN_MARK && (last->word == '.' || last->word == '?'))
		return true;

	for (size_t i = 1; i < c->tokens.count; i++)
		if (check_word_is(c, i, subjects))
			return true;
	return false;
}

static status
report(check *c, const rule *r, size_t i, const author *a)
{
	unsigned cell = a->cells & (~a->cells + 1);
	slice form =
		inflection_form(c, check_token(c, i), cell, POS_ADJECTIVE | POS_PARTICIPLE);

	return phrase_report_last(c, r, i, i, form, phrase_at_odds(c, i, a->text));
}

status
agreement_preamble(check *c, const rule *r)
{
	if (c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR] == NULL)
		return STATUS_OK;
	size_t i = find_adjective(c);
	if (i == SIZE_MAX || names_its_own(c) || quotation_holds(c, i))
		return STATUS_OK;
	author a = find_author(c);
	if (a.cells == 0 || (a.cells & phrase_cells(c, i)) != 0)
		return STATUS_OK;
	return report(c, r, i, &a);
}
