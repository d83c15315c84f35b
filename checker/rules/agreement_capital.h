/* The part of grammar/agreement that looks at an adjective with a capital that it has by
 * mistake. */
#ifndef CHECKER_RULES_AGREEMENT_CAPITAL_H
#define CHECKER_RULES_AGREEMENT_CAPITAL_H

#include "checker/rule.h"

/* A word with a capital that, but for this, is an adjective and nothing else. */
bool agreement_has_capital(const word *w, const word_reading *r);

/* Un changement Fondamentale: the adjective is token i, right behind a noun. */
MUST_USE status agreement_capital(check *c, const rule *r, size_t i);

#endif
