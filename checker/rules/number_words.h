/* Whole numbers in words, up to 99: what a figure at the beginning of a sentence becomes. */
#ifndef CHECKER_RULES_NUMBER_WORDS_H
#define CHECKER_RULES_NUMBER_WORDS_H

#include "checker/check.h"

#define NUMBER_WORDS_MOST 99

/* Cardinal in the language, in small letters, on keep: soixante-douze, seventy-two. */
slice number_cardinal(check *c, language l, uint32_t n);

/* French ordinal, feminine: première, soixante-douzième. */
slice number_ordinal_fr(check *c, uint32_t n);

#endif
