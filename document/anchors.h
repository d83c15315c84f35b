/* Anchors: words that both texts have once, written alike. Between them the way through both
 * texts is expected near the straight line. */
#ifndef DOCUMENT_ANCHORS_H
#define DOCUMENT_ANCHORS_H

#include "document/translations.h"

typedef struct anchor { /* passages, one of each text */
	uint32_t at[2];
} anchor;

typedef struct anchors {
	ARRAY(anchor) list;
} anchors;

/* The longest row of anchors that goes forward on both sides, without those few that lead away
 * from the others and back; each place once. The list is on the memory of the passages. */
MUST_USE status anchors_find(
	anchors *out, arena *scratch, const passages sides[2], const translations *alike);

#endif
