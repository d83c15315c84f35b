/* Which passages of two texts are translations of each other.
 *
 * A way through both texts is a row of beads: passages that belong together, one to three of
 * one side facing none to three of the other. How likely a bead is follows from its kind, from
 * the lengths (Gale and Church, 1993), from how its passages begin, and from their words: each
 * is weighed by how much better the other side explains it than chance does (R. Moore, “Fast
 * and accurate sentence alignment of bilingual corpora”, 2002, took the same two sources in
 * turn). The words’ translations are learned from the texts themselves, in a few passes, each
 * on the pairs that the pass before held likely.
 *
 * All ways are summed up (forward and backward), which tells for every bead how sure it is; of
 * all ways that one is taken on which most beads are expected to be right. In a row of passages
 * that are all alike, where one is missing nobody can say which, it then errs least.
 *
 * Memory and time grow with the length of the texts: only states near the diagonal are looked
 * at, which passes through words that occur once on either side, and after the first pass only
 * those that it did not rule out. */
#ifndef DOCUMENT_ALIGNMENT_H
#define DOCUMENT_ALIGNMENT_H

#include "document/translations.h"

typedef struct bead {
	uint32_t first[2];
	uint8_t count[2]; /* 0 to 3; never both 0 */
	bool crossing;    /* its passages stand at other places in the two texts */
	float confidence; /* the chance that it is right, 0 to 1 */
} bead;

typedef struct beads {
	ARRAY(bead) list;
} beads;

/* Beads in the order of the first text hold every passage once; crossing ones stand where their
 * first passage does. The list is on m.
 *
 * Of texts in paragraphs, starts[k] holds the first passage of each paragraph of side k, and at
 * last the number of passages: paragraphs are aligned first, then the passages inside them.
 * When too much finds no counterpart in that way, because the paragraphs of one side are not
 * those of the other, it is as if there were none. NULL: there are none. */
typedef struct paragraphs {
	const uint32_t *starts[2];
	size_t n[2];
} paragraphs;

MUST_USE status alignment_find(
	const memory *m, const passages sides[2], const paragraphs *in, beads *out);

#endif
