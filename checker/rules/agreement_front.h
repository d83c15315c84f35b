/* The part of grammar/agreement that looks at adjectives in front of their noun. */
#ifndef CHECKER_RULES_AGREEMENT_FRONT_H
#define CHECKER_RULES_AGREEMENT_FRONT_H

#include "checker/rule.h"

/* De nouveau problèmes, à grande vitesses: behind a preposition, without a determiner; token i
 * is the adjective. */
MUST_USE status agreement_front(check *c, const rule *r, size_t i);

/* La nouvelle et important étape, l’ordurier et sot personnages: two adjectives in front of the
 * noun; token i is et or ou. */
MUST_USE status agreement_two_in_front(check *c, const rule *r, size_t i);

/* Ce furent de large étude: the verb, or été, is token i. */
MUST_USE status agreement_named(check *c, const rule *r, size_t i);

#endif
