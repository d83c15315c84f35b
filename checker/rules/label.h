/* Letters that name something: « le point d est adopté », « les alinéas c et d ont changé »,
 * “annex a”. Rules about lost apostrophes and broken words ask, since such a letter is a word.
 */
#ifndef CHECKER_RULES_LABEL_H
#define CHECKER_RULES_LABEL_H

#include "checker/rule.h"

/* Does a word that numbers things stand before token i? */
bool label_is_announced(const check *c, size_t i);

/* Is token i, a single letter, named so, itself or behind another letter and « et »? */
bool label_names(const check *c, size_t i);

#endif
