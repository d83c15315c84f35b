/* See collocation.h. The table is sorted by the bytes of its nouns and searched as it stands:
 * only words that disagree are ever looked up, a few in a million. */
#include "checker/rules/collocation.h"

#include <string.h>

#include "checker/rules/nominal.h"
#include "checker/rules/noun_chain.h"
#include "text/data.h"

#define REACH 30 /* tokens back to another noun */

/* The adjectives of a noun; empty when the table does not have it. */
static slice
adjectives_of(slice noun)
{
	slice table = EMBEDDED(collocations_fr), name, rest;
	size_t low = 0, high = table.n;

	while (low < high) {
		size_t at = low + (high - low) / 2;
		while (at > low && table.p[at - 1] != '\n')
			at--;
		slice row = slice_sub(table, at, table.n);
		slice_cut(row, '\n', &row, &rest);
		slice_cut(row, '\t', &name, &rest);
		int order = row.n != 0 && row.p[0] == '#' ? -1 : slice_compare(name, noun);
		if (order == 0)
			return rest;
		if (order < 0)
			low = at + row.n + 1;
		else
			high = at;
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
	size_t nouns = lexicon_analyses(x, phrase_lower(c, noun), &of_noun);
	size_t adjectives = lexicon_analyses(x, phrase_lower(c, adjective), &of_adjective);

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
