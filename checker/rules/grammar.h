/* What the grammar rules ask of single words. */
#ifndef CHECKER_RULES_GRAMMAR_H
#define CHECKER_RULES_GRAMMAR_H

#include "checker/rule.h"

/* de, d’: one list for all rules, since what is asked of neighbours is counted by list. */
extern const char *const grammar_de[];

/* Token i is a word of the list, one space after the token before it. */
bool grammar_next(const check *c, size_t i, const char *const *list);

/* Nothing but one space, or a no-break space, stands before token i. */
static inline bool
grammar_spaced(const check *c, size_t i)
{
	return c->tokens.at[i].gap == GAP_SPACE || c->tokens.at[i].gap == GAP_NO_BREAK;
}

/* Token i is the first word of its block, or of a sentence inside it. */
bool grammar_opens_sentence(const check *c, size_t i);

/* The block begins in small letters and may go on from what stands before it in the document,
 * as a line of a paragraph that was taken apart does, or an item of a list. */
bool grammar_goes_on(const check *c);

/* What the French dictionary allows a form in lower case to be: POS_* and other bits. */
uint32_t grammar_of(const check *c, slice lower);

#endif
