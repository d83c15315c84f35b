/* The part of grammar/agreement that looks at a determiner, or at an adjective that needs none,
 * and the noun behind it. */
#ifndef CHECKER_RULES_AGREEMENT_DETERMINER_H
#define CHECKER_RULES_AGREEMENT_DETERMINER_H

#include "checker/rule.h"

/* Les État, la pleines participation; token i is the determiner. */
MUST_USE status agreement_determiner(check *c, const rule *r, size_t i);

/* Autres entité publique; token i is an adjective before a noun. */
MUST_USE status agreement_several(check *c, const rule *r, size_t i);

/* An adjective that means several, and so needs no determiner before it: for rule.wants. */
bool agreement_means_several(const check *c, const word *w);

/* « l’accords », « l’arrivées », where the word can be no verb (nous l’avions) and is no name;
 * token i is the l’. */
MUST_USE status agreement_elided(check *c, const rule *r, size_t i);

#endif
