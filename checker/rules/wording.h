/* What rules about wording ask of the tokens around. */
#ifndef CHECKER_RULES_WORDING_H
#define CHECKER_RULES_WORDING_H

#include "checker/quotation.h"
#include "checker/rule.h"
#include "checker/terms.h"

uint16_t wording_shape(const check *c, size_t i); /* 0 where token i is no word */

/* What the dictionary of the block's language allows the form to be: POS_* and other bits. */
uint32_t wording_grammar(const check *c, slice form);

/* The token is a word in the middle of a sentence: a word in small letters or a comma stands
 * before it. */
bool wording_inside_sentence(const check *c, size_t i);

/* Words of others: a quotation, or a passage in the other language. */
static inline bool
wording_is_quoted(check *c, size_t first, size_t last)
{
	return quotation_holds(c, first) || terms_in_foreign_text(c, first, last);
}

/* Text in lower case, with a capital in front; on keep. */
slice wording_small(check *c, slice s);
slice wording_capital(check *c, slice s);

#endif
