/* See agreement_front.h. Only the closed list of adjectives that stand in front of their noun,
 * and of two with et between them those that are no nouns, so that the first cannot be a noun
 * of its own (le Président et grande figure du parti).
 *
 * Two adjectives may divide a noun in the plural (les première et deuxième parties, les anciens
 * et nouveau présidents); their genders must be its gender all the same. */
#include "checker/rules/agreement_front.h"

#include "checker/quotation.h"
#include "checker/rules/nominal.h"

static bool
is_plain_noun(const check *c, size_t i)
{
	return nominal_is_noun(c, i, true) &&
	       (nominal_parts(c, i) & (POS_ADJECTIVE | POS_PARTICIPLE)) == 0;
}

/* « d’autre mesures », « en bonne conditions » */
static bool
follows_preposition(const check *c, size_t i)
{
	static const char *const prepositions[] = { "de", "à", "pour", "sans", "avec", "en",
		"par", "sous", "contre", "entre", "comme", "sur", NULL };
	const token *t = &c->tokens.at[i];

	if (i == 0)
		return false;
	if (t[-1].kind == TOKEN_ELISION)
		return t->gap == GAP_NONE && slice_is(check_lower(c, i - 1), "d’");
	return nominal_follows(c, i) && check_word_is(c, i - 1, prepositions);
}

status
agreement_front(check *c, const rule *r, size_t i)
{
	/* adverbs and nouns, too: de nouveau, à même, au plus haut, de long en large */
	static const char *const loose[] = { "même", "mêmes", "haut", "long", "seul", "grand",
		"certain", "bon", "mieux", "premier", "nouveau", NULL };

	if ((phrase_cells(c, i) & phrase_cells(c, i + 1)) != 0 || !nominal_follows(c, i + 1) ||
		!follows_preposition(c, i) || !nominal_stands_in_front(c, i) ||
		!is_plain_noun(c, i + 1) || !nominal_stands_free(c, i, i + 1))
		return STATUS_OK;
	if ((phrase_shape(c, i) & phrase_shape(c, i + 1) & SHAPE_LOWER) == 0 ||
		check_word_is(c, i, loose) || quotation_holds(c, i))
		return STATUS_OK;
	phrase p = { .first = i,
		.noun = i + 1,
		.last = i + 1,
		.determined = CELLS_ALL,
		.several = slice_is(phrase_lower(c, i), "autre") };
	return nominal_is_doubtful(c, &p) ? STATUS_OK : phrase_report(c, r, &p);
}

/* An adjective and no noun, or one of those that stand in front. */
static bool
is_in_front(const check *c, size_t i)
{
	return (phrase_shape(c, i) & SHAPE_LOWER) != 0 &&
	       (nominal_parts(c, i) == POS_ADJECTIVE || nominal_stands_in_front(c, i));
}

static unsigned
genders(unsigned cells)
{
	return (cells & CELLS_MASCULINE ? CELLS_MASCULINE : 0) |
	       (cells & CELLS_FEMININE ? CELLS_FEMININE : 0);
}

static bool
two_fit(unsigned determined, unsigned one, unsigned other, unsigned noun)
{
	if ((genders(determined) & genders(one) & genders(other) & genders(noun)) == 0)
		return false;
	return (determined & CELLS_PLURAL) != 0 || (determined & one & other & noun) != 0 ||
	       (one & other & CELLS_SINGULAR) != 0;
}

status
agreement_two_in_front(check *c, const rule *r, size_t i)
{
	static const char *const links[] = { "et", "ou", NULL };
	static const char *const others[] = { "autre", "autres",
		NULL }; /* les bons ou autres … */
	const determiner *d = determiner_at(c->words.hot.at[c->tokens.at[i].word].determiner);

	if (d == NULL || i + 4 >= c->tokens.count || !check_word_is(c, i + 2, links) ||
		check_word_is(c, i + 3, others))
		return STATUS_OK;
	for (size_t k = i + 1; k <= i + 4; k++)
		if (!nominal_follows(c, k))
			return STATUS_OK;
	if (two_fit(d->cells, phrase_cells(c, i + 1), phrase_cells(c, i + 3),
		    phrase_cells(c, i + 4)) ||
		!is_in_front(c, i + 1) || !is_in_front(c, i + 3) || !is_plain_noun(c, i + 4) ||
		!nominal_stands_free(c, i, i + 4) || quotation_holds(c, i))
		return STATUS_OK;
	phrase p = { .first = i,
		.noun = i + 4,
		.last = i + 4,
		.determiner = d,
		.determined = d->cells };
	return nominal_is_doubtful(c, &p) ? STATUS_OK : phrase_report(c, r, &p);
}
