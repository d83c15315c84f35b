/* Words that are French with accents only: securite, REPUBLIQUE. */
#ifndef CHECKER_RULES_ACCENTS_H
#define CHECKER_RULES_ACCENTS_H

#include "checker/check.h"

#define ACCENTS_BYTES 60 /* longer words have no form */

/* The forms of the French dictionary that have the letters of the word and at least one accent
 * more; the first in *form. 0 when the dictionary knows the word without it, or as a name. */
size_t accents_forms(const check *c, slice shown, slice *form);

/* Has a text an accented letter? Signs and figures are none. */
bool accents_in(slice text);

#endif
