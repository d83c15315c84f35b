/* See agreement_capital.h. A capital makes a name of most adjectives behind a common noun (la
 * compagnie Royal Air, les catégories Technique et Soutien), so the noun must be a singular
 * with its determiner, the two be known to go together, and no name go on behind them. */
#include "checker/rules/agreement_capital.h"

#include "checker/quotation.h"
#include "checker/rules/collocation.h"
#include "checker/rules/nominal.h"

bool
agreement_has_capital(const word *w, const word_reading *r)
{
	return (w->shape & SHAPE_TITLE) != 0 && (r->grammar & POS_ADJECTIVE) != 0 &&
	       (r->grammar & POS_PARTS & ~(uint32_t)(POS_NOUN | POS_ADJECTIVE)) == 0;
}

/* The article or determiner right before the noun fits it. */
static bool
is_led(const check *c, size_t noun)
{
	const token *before = &c->tokens.at[noun] - 1;

	if (before->kind == TOKEN_ELISION)
		return slice_is(check_lower(c, noun - 1), "l’") &&
		       c->tokens.at[noun].gap == GAP_NONE;
	if (before->kind != TOKEN_WORD || !nominal_follows(c, noun))
		return false;
	const determiner *d = determiner_at(c->words.hot.at[before->word].determiner);
	return d != NULL && (d->cells & phrase_cells(c, noun)) != 0;
}

/* « la société Civil Aviation », « le groupe Social 3 » */
static bool
goes_on(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i + 1];

	return t->kind == TOKEN_NUMBER || t->kind == TOKEN_CODE ||
	       (t->kind == TOKEN_WORD &&
		       (t->features & (FEATURE_TITLE | FEATURE_CAPITALS)) != 0);
}

status
agreement_capital(check *c, const rule *r, size_t i)
{
	if (i < 2)
		return STATUS_OK;
	size_t noun = i - 1;
	unsigned cells = phrase_cells(c, noun);
	if ((cells & CELLS_PLURAL) != 0 || (cells & phrase_cells(c, i)) != 0 ||
		!nominal_follows(c, i) || (phrase_shape(c, noun) & SHAPE_LOWER) == 0 ||
		(nominal_parts(c, noun) & POS_NOUN) == 0 || !is_led(c, noun) || goes_on(c, i))
		return STATUS_OK;
	if (!nominal_stands_free(c, noun, i) || !collocation_is_known(c, noun, i) ||
		quotation_holds(c, i))
		return STATUS_OK;
	slice form =
		inflection_form(c, phrase_lower(c, i), cells & (~cells + 1), POS_ADJECTIVE);
	return phrase_report_last(c, r, noun, i, form, (slice){ 0 });
}
