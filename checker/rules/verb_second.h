/* The part of grammar/verb that looks at the second of two verbs with one subject. */
#ifndef CHECKER_RULES_VERB_SECOND_H
#define CHECKER_RULES_VERB_SECOND_H

#include "checker/rule.h"

/* Il connaît et savent la réponse, les États coopère et œuvre: token i is the et between them.
 */
MUST_USE status verb_second(check *c, const rule *r, size_t i);

#endif
