/* See agreement_pronoun.h. What stands right behind these pronouns says something of them and
 * of nothing else, unless they come in a pair (celui ou celle désigné par l’État). */
#include "checker/rules/agreement_pronoun.h"

#include "checker/quotation.h"
#include "checker/rules/nominal.h"

static unsigned
pronoun_cell(slice lower)
{
	static const char *const pronouns[] = { "celui", "ceux", "celle", "celles", NULL };

	for (unsigned k = 0; pronouns[k] != NULL; k++)
		if (slice_is(lower, pronouns[k]))
			return 1u << k;
	return 0;
}

/* Behind the pronoun no noun can stand, so the dictionary may call the word one, too. */
static bool
may_agree(const check *c, size_t i)
{
	uint32_t parts = nominal_parts(c, i);

	return (parts & (POS_ADJECTIVE | POS_PARTICIPLE)) != 0 &&
	       (parts & ~(uint32_t)POS_AGREEING) == 0 &&
	       (phrase_shape(c, i) & SHAPE_LOWER) != 0;
}

status
agreement_pronoun(check *c, const rule *r, size_t i)
{
	static const char *const links[] = { "et", "ou", "/", NULL };
	static const char *const unbound[] = { "compris", "vu", "attendu", "excepté", "passé",
		"inclus", "exclu", "présent", "possible", "seul", "même", NULL };
	unsigned cell = pronoun_cell(check_lower(c, i));

	if (cell == 0 || (phrase_cells(c, i + 1) & cell) != 0 || !nominal_follows(c, i + 1) ||
		!may_agree(c, i + 1) || check_word_is(c, i + 1, unbound) ||
		(i > 1 && check_word_is(c, i - 1, links) &&
			pronoun_cell(check_lower(c, i - 2)) != 0) ||
		!nominal_stands_free(c, i, i + 1) || quotation_holds(c, i))
		return STATUS_OK;
	slice form =
		inflection_form(c, check_token(c, i + 1), cell, POS_ADJECTIVE | POS_PARTICIPLE);
	return phrase_report_last(c, r, i, i + 1, form, (slice){ 0 });
}
