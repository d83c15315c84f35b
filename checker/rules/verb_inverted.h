/* The part of grammar/verb that looks at subjects behind their verb. */
#ifndef CHECKER_RULES_VERB_INVERTED_H
#define CHECKER_RULES_VERB_INVERTED_H

#include "checker/rule.h"

/* For rule.watch: que, dont, auxquelles … */
extern const char *const verb_inverted_openers[];

/* « les problèmes que pose les mines », « auxquelles sont confrontées la population »: token i
 * is the word before the verb. */
MUST_USE status verb_inverted(check *c, const rule *r, size_t i);

#endif
