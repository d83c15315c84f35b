/* Whole numbers up to 99 from figures to words and back. */
#ifndef CHECKER_RULES_NUMBER_WORDS_H
#define CHECKER_RULES_NUMBER_WORDS_H

#include "checker/check.h"

#define NUMBER_WORDS_MOST 99

/* Cardinal in the language, in small letters, on keep: soixante-douze, seventy-two. */
slice number_cardinal(check *c, language l, uint32_t n);

/* French ordinal, feminine: première, soixante-douzième. */
slice number_ordinal_fr(check *c, uint32_t n);

/* The largest number that the house writes in words; 0 where it does not say. */
uint32_t number_most_in_words(const check *c);

/* The value of a cardinal of one word, in small letters: vingt-deux, twenty-two, eighty. 0 for
 * anything else: « vingt et un » is three words. */
uint32_t number_of_words(slice s, language l);

#endif
