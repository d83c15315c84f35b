/* See agreement_two_nouns.h. Both nouns have their determiners. The adjective may belong to the
 * second noun, which has been excluded, or to both: then it is a plural, and of the gender of
 * both, or masculine. A feminine behind a feminine noun is left to those who let the nearest
 * noun decide (le panneau et la paroi latérales). Where the two nouns begin their clause
 * nothing else can have it; elsewhere it may fit something before them (noun_chain.h). */
#include "checker/rules/agreement_two_nouns.h"

#include "checker/quotation.h"
#include "checker/rules/clause.h"
#include "checker/rules/grammar.h"
#include "checker/rules/nominal.h"
#include "checker/rules/noun_chain.h"

/* Tokens. */
typedef struct nouns {
	size_t first, one, link, other, adjective;
} nouns;

/* The cells of the noun at i with its determiner or l’ before it, 0: it is none, or has none.
 */
static unsigned
noun_cells(const check *c, size_t i)
{
	const token *before = &c->tokens.at[i - 1];
	uint32_t parts = nominal_parts(c, i);

	if (c->tokens.at[i].kind != TOKEN_WORD || (parts & POS_NOUN) == 0 ||
		(parts & ~(uint32_t)(POS_AGREEING | POS_VERB)) != 0 ||
		(phrase_shape(c, i) & (SHAPE_LOWER | SHAPE_TITLE)) == 0)
		return 0;
	if (before->kind == TOKEN_ELISION)
		return slice_is(check_lower(c, i - 1), "l’") && c->tokens.at[i].gap == GAP_NONE
			       ? phrase_cells(c, i) & CELLS_SINGULAR
			       : 0;
	if (before->kind != TOKEN_WORD || !nominal_follows(c, i))
		return 0;
	const determiner *d = determiner_at(c->words.hot.at[before->word].determiner);
	return d == NULL ? 0 : d->cells & phrase_cells(c, i);
}

static bool
is_joined(const check *c, size_t i)
{
	return c->tokens.at[i].gap == GAP_SPACE || c->tokens.at[i].gap == GAP_NO_BREAK ||
	       c->tokens.at[i].gap == GAP_UNUSUAL;
}

static bool
find_nouns(const check *c, size_t i, nouns *p)
{
	static const char *const links[] = { "et", "ou", NULL };

	if (i < 5 || (phrase_grammar(c, i - 3) & POS_CONJUNCTION) == 0 ||
		(phrase_cells(c, i) & phrase_cells(c, i - 1)) != 0 ||
		!check_word_is(c, i - 3, links))
		return false;
	*p = (nouns){
		.first = i - 5, .one = i - 4, .link = i - 3, .other = i - 1, .adjective = i
	};
	return nominal_follows(c, p->link) && is_joined(c, p->link + 1) &&
	       nominal_follows(c, i) && nominal_stands_free(c, p->first, i);
}

/* Not « la mère et la fille grands amis »: what follows is no noun. */
static bool
ends_phrase(const check *c, size_t i)
{
	const token *after = &c->tokens.at[i + 1];

	if (after->kind == TOKEN_WORD)
		return (phrase_grammar(c, i + 1) & (POS_NOUN | POS_ADJECTIVE)) == 0 ||
		       (phrase_grammar(c, i + 1) & (PERSONS | POS_PREPOSITION)) != 0;
	return after->kind != TOKEN_MARK || after->word != ',';
}

/* Can both nouns have it? With ou between them a singular may be of either gender (le contrat
 * ou l’opération assujetti à …). */
static bool
both_fit(const check *c, const nouns *p, unsigned own, unsigned one, unsigned other)
{
	if ((own & CELLS_PLURAL) == 0)
		return slice_is(phrase_lower(c, p->link), "ou");
	return ((own & CELLS_MASCULINE) != 0 && ((one | other) & CELLS_MASCULINE) != 0) ||
	       ((own & CELLS_FEMININE) != 0 && (other & CELLS_FEMININE) != 0);
}

/* « le type, la largeur et la hauteur proposés »: there are more nouns, or may be in the line
 * above. */
static bool
ends_list(const check *c, const nouns *p)
{
	static const char *const links[] = { "et", "ou", "ni", NULL };
	const token *before = &c->tokens.at[p->first] - 1;

	if (p->first == 0)
		return grammar_goes_on(c);
	return before->kind == TOKEN_MARK ? before->word == ','
					  : check_word_is(c, p->first - 1, links);
}

static status
report(check *c, const rule *r, const nouns *p, unsigned genders)
{
	unsigned cell = (genders & CELLS_MASCULINE) != 0 ? CELL_MP : CELL_FP;
	slice form = inflection_form(
		c, check_token(c, p->adjective), cell, POS_ADJECTIVE | POS_PARTICIPLE);

	return phrase_report_last(c, r, p->one, p->adjective, form, (slice){ 0 });
}

status
agreement_two_nouns(check *c, const rule *r, size_t i, bool *told)
{
	nouns p;

	*told = false;
	if (!find_nouns(c, i, &p) ||
		!(nominal_is_adjective(c, i) || nominal_is_relational(c, i)) ||
		clause_is_unbound(c, i) || nominal_stands_in_front(c, i) ||
		!ends_phrase(c, i) || ends_list(c, &p))
		return STATUS_OK;
	unsigned one = noun_cells(c, p.one), other = noun_cells(c, p.other);
	unsigned own = phrase_cells(c, i);
	if (one == 0 || other == 0 || (own & other) != 0 || both_fit(c, &p, own, one, other))
		return STATUS_OK;
	/* « le conseil et le comité mondiale »: of the second, more likely */
	if ((own & CELLS_PLURAL) == 0 && (own & one) == 0 && (other & CELLS_SINGULAR) != 0)
		return STATUS_OK;
	if (!clause_opens(c, p.first) && ((own & one) != 0 || noun_chain_fits(c, p.one, i)))
		return STATUS_OK;
	if (quotation_holds(c, i))
		return STATUS_OK;
	*told = true;
	return report(c, r, &p, one | other);
}
