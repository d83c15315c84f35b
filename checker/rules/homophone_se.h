/* The part of grammar/homophone that looks at ce where se belongs. */
#ifndef CHECKER_RULES_HOMOPHONE_SE_H
#define CHECKER_RULES_HOMOPHONE_SE_H

#include "checker/rule.h"

/* For rule.wants_after of ce: a verb, which may be a noun in the feminine, and nothing before
 * which ce could stand as a determiner. */
bool homophone_se_verb(const check *c, const word *w, const word_reading *r, language l);

/* « la Commission ce félicite », « doit ce réunir », « en ce fondant »: token i is ce. */
MUST_USE status homophone_se(check *c, const rule *r, size_t i);

/* « le Comité c’est réuni », « qui ce sont tenues »: token i is c’ or ce. */
MUST_USE status homophone_se_been(check *c, const rule *r, size_t i);

#endif
