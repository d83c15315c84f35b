/* Words that have two right spellings: data/lang/spelling-variants.tsv, made into a table at
 * build time by tools/spelling_variants.sh. */
#ifndef CHECKER_RULES_SPELLING_VARIANTS_H
#define CHECKER_RULES_SPELLING_VARIANTS_H

#include "text/lexicon.h"

/* Room for the longest; pointers would be relocated at every start. */
#define SPELLING_VARIANT_BYTES 24

typedef struct spelling_variant {
	char text[SPELLING_VARIANT_BYTES], other[SPELLING_VARIANT_BYTES];
	language language;
	uint8_t side;    /* 0 or 1: which of both spellings */
	uint16_t family; /* words that are one choice */
	bool open;       /* counts only where the profile leaves the spelling open */
	bool reform;     /* side 1 is the spelling of 1990 */
} spelling_variant;

/* By language, then by text; English first. */
extern const spelling_variant spelling_variants[];
extern const size_t spelling_variant_count, spelling_family_count;

/* Their texts, for rule.watch; ends with NULL. */
extern const char *const spelling_variant_words[];

#endif
