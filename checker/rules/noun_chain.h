/* The nouns before a noun that share what stands behind it: an adjective after « organes de
 * contrôle » may belong to either. */
#ifndef CHECKER_RULES_NOUN_CHAIN_H
#define CHECKER_RULES_NOUN_CHAIN_H

#include "checker/inflection.h"

/* Can something before token noun, in the phrase that it completes, have the adjective that
 * stands behind the noun? True also where that cannot be told. */
bool noun_chain_fits(const check *c, size_t noun, size_t adjective);

/* Stricter, for participles, which reach over verbs (visant à réduire le capital …): nothing at
 * all before the noun in its sentence can have an adjective of these cells. */
bool noun_chain_is_only(const check *c, size_t noun, unsigned wanted);

/* Is token i the que of « tant la paix que la sécurité », « aussi bien à la paix qu’à la
 * sécurité », « la paix ainsi que la sécurité »? Two nouns may have an adjective together
 * there. */
bool noun_chain_correlates(const check *c, size_t i);

#endif
