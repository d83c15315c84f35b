/* Adjectives that belong to a noun because they often stand behind it: la société civile, le
 * droit international. What decides where grammar allows more than one noun (les organes de la
 * société civil). */
#ifndef CHECKER_RULES_COLLOCATION_H
#define CHECKER_RULES_COLLOCATION_H

#include "checker/check.h"

/* Made at build time by tools/collocations.sh: where the rows of the table begin, by the bytes
 * of their nouns. */
extern const uint32_t collocation_rows[];
extern const size_t collocation_row_count;

/* Do the lemmas of the words stand together in data/lang/collocations-fr.tsv? */
bool collocation_is_known(const check *c, size_t noun, size_t adjective);

/* Does the adjective right behind the noun belong to that, and to no noun before it that it
 * agrees with? The noun has its own determiner. */
bool collocation_is_sure(const check *c, size_t noun, size_t adjective);

#endif
