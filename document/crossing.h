/* Passages that were moved: what is alone on both sides after alignment, and alike. */
#ifndef DOCUMENT_CROSSING_H
#define DOCUMENT_CROSSING_H

#include "document/alignment.h"
#include "document/explainer.h"

/* Pairs beads without a second side, whose passages are likest to each other and to nothing
 * else nearly as much, and marks them. What is needed meanwhile is on a. */
MUST_USE status crossing_find(
	beads *b, const passages sides[2], const explainer *learned, arena *a);

#endif
