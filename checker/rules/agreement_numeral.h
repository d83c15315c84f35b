/* The part of grammar/agreement that looks at a noun behind a number word. */
#ifndef CHECKER_RULES_AGREEMENT_NUMERAL_H
#define CHECKER_RULES_AGREEMENT_NUMERAL_H

#include "checker/rule.h"

/* Deux résolution, les trois dernier mois; token i is the number word. Not « dix pour cent ».
 */
MUST_USE status agreement_numeral(check *c, const rule *r, size_t i);

/* Vingt-deux, soixante-et-un: for rule.wants. */
bool agreement_compound_numeral(
	const check *c, const word *w, const word_reading *r, language l);

#endif
