/* See collocation.h. */
#include "checker/rules/collocation.h"

#include <string.h>

#include "checker/rules/nominal.h"
#include "checker/rules/noun_chain.h"
#include "text/data.h"

#define REACH 30 /* tokens back to another noun */

/* Below 0 where the noun of a row, which ends with a tab, comes before it. */
static int
compare(const char *row, slice noun)
{
	int order = strncmp(row, noun.p, noun.n);

	return order != 0 ? order : (unsigned char)row[noun.n] - '\t';
}

/* The adjectives of a noun; empty when the table does not have it. */
static slice
adjectives_of(slice noun)
{
	slice table = EMBEDDED(collocations_fr), row, rest;
	size_t low = 0, high = collocation_row_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2, at = collocation_rows[middle];
		int order = compare(table.p + at, noun);
		if (order == 0) {
			slice_cut(
				slice_sub(table, at + noun.n + 1, table.n), '\n', &row, &rest);
			return row;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return (slice){ 0 };
}

static bool
has_word(slice list, slice wanted)
{
	slice one;

	while (list.n != 0) {
		slice_cut(list, ' ', &one, &list);
		if (slice_equal(one, wanted))
			return true;
	}
	return false;
}

bool
collocation_is_known(const check *c, size_t noun, size_t adjective)
{
	const lexicon *x = c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR];
	const analysis *of_noun, *of_adjective;
	size_t nouns = phrase_analyses(c, noun, &of_noun);
	size_t adjectives = phrase_analyses(c, adjective, &of_adjective);

	for (size_t n = 0; n < nouns; n++) {
		if ((of_noun[n].grammar & POS_NOUN) == 0)
			continue;
		slice list = adjectives_of(lexicon_lemma(x, of_noun[n].lemma));
		for (size_t a = 0; list.n != 0 && a < adjectives; a++)
			if ((of_adjective[a].grammar & POS_ADJECTIVE) != 0 &&
				has_word(list, lexicon_lemma(x, of_adjective[a].lemma)))
				return true;
	}
	return false;
}

/* « la paix et la sécurité internationales »: two nouns may have it together. Its determiner is
 * right before the noun. */
static bool
is_linked(const check *c, size_t noun)
{
	static const char *const links[] = { "et", "ou", "ni", "comme", "aussi", "voire",
		NULL };
	static const char *const between[] = { "de", "d’", "à", "par", "pour", "dans", "sur",
		"avec", NULL };
	size_t i = noun < 2 ? 0 : noun - 2;

	if (noun < 2)
		return false;
	if (i > 0 && check_word_is(c, i, between))
		i--;
	const token *t = &c->tokens.at[i];
	return (t->kind == TOKEN_MARK && t->word == ',') || check_word_is(c, i, links) ||
	       noun_chain_correlates(c, i);
}

bool
collocation_is_sure(const check *c, size_t noun, size_t adjective)
{
	unsigned cells = phrase_cells(c, adjective);

	if (((cells & CELLS_PLURAL) != 0 && is_linked(c, noun)) ||
		!collocation_is_known(c, noun, adjective))
		return false;
	for (size_t n = 0, i = noun; n < REACH && i-- > 0; n++) {
		const token *t = &c->tokens.at[i];
		if (t->kind == TOKEN_MARK && (t->features & FEATURE_STOP) != 0 &&
			t->word != ',')
			break;
		if ((phrase_grammar(c, i) & POS_NOUN) != 0 &&
			(phrase_cells(c, i) & cells) != 0 &&
			collocation_is_known(c, i, adjective))
			return false;
	}
	return true;
}
