/* Le, la, les, leur before a word that can be a noun and a verb: « les mesure » in « il les
 * mesure » and in « adopter les mesure ». */
#ifndef CHECKER_RULES_AGREEMENT_ARTICLE_H
#define CHECKER_RULES_AGREEMENT_ARTICLE_H

#include "checker/inflection.h"
#include "checker/rule.h"

/* May token i, the determiner d, be a pronoun before the verb that token i + 1 can be? False
 * only where what stands around it excludes that. */
bool article_may_be_pronoun(const check *c, size_t i, const determiner *d);

/* Token i, an article, stands behind a preposition, where it is no pronoun of the finite verb
 * that token i + 1 could be. */
bool article_follows_preposition(const check *c, size_t i);

/* Token i can be a finite verb only of nous, vous, je or tu, and none of these stands before it
 * in its sentence. */
bool article_lacks_subject(const check *c, size_t i);

#endif
