/* The part of grammar/agreement that looks at nouns of which colours are called (abricot,
 * ocre): as adjectives they never change, so that the gender and number of the word say
 * nothing. */
#ifndef CHECKER_RULES_AGREEMENT_COLOUR_H
#define CHECKER_RULES_AGREEMENT_COLOUR_H

#include "checker/rule.h"

/* For rule.wants: such a noun, in the singular. */
bool agreement_colour_noun(const check *c, const word *w, const word_reading *r, language l);

/* For rule.wants_before: a determiner of the plural, and never a pronoun. */
bool agreement_leads_several(const check *c, const word *w, const word_reading *r, language l);

/* « des abricot »: token i is the noun. */
MUST_USE status agreement_colour(check *c, const rule *r, size_t i);

#endif
