/* The part of grammar/agreement that looks at an adjective behind its noun. */
#ifndef CHECKER_RULES_AGREEMENT_ADJECTIVE_H
#define CHECKER_RULES_AGREEMENT_ADJECTIVE_H

#include "checker/rule.h"

/* Can the word be an adjective of which agreement_adjective speaks, whatever stands around it?
 */
bool agreement_may_agree(const check *c, const word *w, const word_reading *r);

/* À caractère régionaux: the adjective or participle is token i. */
MUST_USE status agreement_adjective(check *c, const rule *r, size_t i);

/* Des mesures plus efficace, les forces armées congolaise: an adverb or another adjective
 * stands between the noun and token i. */
MUST_USE status agreement_apart(check *c, const rule *r, size_t i);

/* Objectif pratiques: a heading of two words. */
MUST_USE status agreement_title(check *c, const rule *r);

#endif
