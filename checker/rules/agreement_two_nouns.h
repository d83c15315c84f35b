/* The part of grammar/agreement that looks at an adjective behind two nouns with et or ou
 * between them. */
#ifndef CHECKER_RULES_AGREEMENT_TWO_NOUNS_H
#define CHECKER_RULES_AGREEMENT_TWO_NOUNS_H

#include "checker/rule.h"

/* La paix et la sécurité menacés, la force et le talent reconnues: token i is the adjective,
 * which does not agree with the noun right before it. Sets *told where it reports. */
MUST_USE status agreement_two_nouns(check *c, const rule *r, size_t i, bool *told);

#endif
