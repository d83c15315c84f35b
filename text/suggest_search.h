/* All folded spellings of a lexicon within a weighted distance of a folded word. */
#ifndef TEXT_SUGGEST_SEARCH_H
#define TEXT_SUGGEST_SEARCH_H

#include "text/lexicon_map.h"

#define SEARCH_BYTES 60 /* of the longest word that is searched for */
#define SEARCH_HITS 4096
#define SEARCH_EDIT 100 /* cost of one ordinary edit; likely slips cost less */

typedef struct search_hit {
	uint32_t group, cost;
} search_hit;

typedef struct search_result {
	search_hit hits[SEARCH_HITS];
	size_t n;
	uint32_t steps; /* edges that were looked at */
} search_result;

/* Finds every spelling at a cost up to bound, in their order, until `budget` edges have been
 * looked at or the hits are full. */
void search_near(const lexicon_map *m, slice folded, uint32_t bound, uint32_t budget,
	search_result *out);

#endif
