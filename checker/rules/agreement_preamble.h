/* The part of grammar/agreement that looks at the paragraphs of a preamble. */
#ifndef CHECKER_RULES_AGREEMENT_PREAMBLE_H
#define CHECKER_RULES_AGREEMENT_PREAMBLE_H

#include "checker/rule.h"

/* “Le Conseil de sécurité,” and further down, in a block of its own, “Profondément préoccupée
 * par …”: for the block in hand. */
MUST_USE status agreement_preamble(check *c, const rule *r);

#endif
