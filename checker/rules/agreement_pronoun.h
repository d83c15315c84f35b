/* The part of grammar/agreement that looks behind celui, celle, ceux and celles. */
#ifndef CHECKER_RULES_AGREEMENT_PRONOUN_H
#define CHECKER_RULES_AGREEMENT_PRONOUN_H

#include "checker/rule.h"

/* Celles adopté par le Conseil, ceux relatif à la paix: token i is the pronoun. */
MUST_USE status agreement_pronoun(check *c, const rule *r, size_t i);

#endif
