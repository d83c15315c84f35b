/* The pairs of passages of a document whose translations are compared with each other, for
 * those who compare several documents. */
#ifndef CHECKER_BILINGUAL_INCONSISTENT_H
#define CHECKER_BILINGUAL_INCONSISTENT_H

#include "checker/bilingual/pair.h"

typedef struct seen_pair {
	uint64_t hash[PAIR_SIDES]; /* of the letters and digits, folded */
	span at[PAIR_SIDES];
	uint32_t order; /* in the document */
} seen_pair;

typedef struct seen_pairs { /* on the arena of the document */
	seen_pair *at;
	size_t n, capacity;
	const document *document[PAIR_SIDES];
} seen_pairs;

/* Those of the document that was checked last, and the level of what is said of them; NULL: the
 * rule is off, or there are none. Valid as long as the document. */
const seen_pairs *inconsistent_pairs(const check *c, severity *level);

#endif
