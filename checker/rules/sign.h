/* The French signs that take a space on their inner side: before : ; ! ? », after «. */
#ifndef CHECKER_RULES_SIGN_H
#define CHECKER_RULES_SIGN_H

#include "checker/check.h"

/* Token i is such a sign, used as one, and wants a space before it, after it. */
bool sign_wants_before(const check *c, size_t i);
bool sign_wants_after(const check *c, size_t i);

#endif
