/* The part of grammar/agreement that looks at an adjective in apposition to the subject. */
#ifndef CHECKER_RULES_AGREEMENT_APPOSITION_H
#define CHECKER_RULES_AGREEMENT_APPOSITION_H

#include "checker/rule.h"

/* Le Comité, (profondément) préoccupée par la situation, décide …: token comma is the first
 * comma, or another mark. */
MUST_USE status agreement_apposition(check *c, const rule *r, size_t comma);

/* « , une fois de plus saisie de la question »: the comma before an adverb of several words of
 * which token last is the last; 0: there is none. */
size_t agreement_apposition_comma(const check *c, size_t last);

#endif
