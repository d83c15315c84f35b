/* Which language a passage is really in, by the words that only one of the two dictionaries
 * has. */
#ifndef CHECKER_BILINGUAL_FOREIGN_H
#define CHECKER_BILINGUAL_FOREIGN_H

#include "checker/bilingual/pair.h"

typedef enum word_home { HOME_NEITHER, HOME_SOURCE, HOME_TARGET, HOME_BOTH } word_home;

/* Whose word is token i of the target? */
MUST_USE status foreign_home(check *c, const check_pair *p, size_t i, word_home *out);

/* Was the target left in the language of the source? */
MUST_USE status foreign_judge(check *c, const check_pair *p, bool *out);

/* Is the source in the language of the target? */
MUST_USE status foreign_judge_source(check *c, const check_pair *p, bool *out);

#endif
