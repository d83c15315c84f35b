/* The French signs that take a space on their inner side: before : ; ! ? », after «. */
#ifndef CHECKER_RULES_SIGN_H
#define CHECKER_RULES_SIGN_H

#include "checker/check.h"

/* Is the mark one of those that take it before them? */
bool sign_may_want_before(uint32_t mark);

/* Token i is such a sign, used as one, and wants a space before it, after it. */
bool sign_wants_before(const check *c, size_t i);
bool sign_wants_after(const check *c, size_t i);

/* What the house puts on the inner side of a sign (or before %, ‰), and the space to suggest:
 * "" where there is none. */
enum profile_space_before_colon sign_space(const check *c, const token *t);
const char *sign_space_text(enum profile_space_before_colon space);

#endif
