/* Which passages of two texts belong together, by their lengths alone: W. Gale and K. Church,
 * “A program for aligning sentences in bilingual corpora”, 1993. Passages are paragraphs or
 * sentences; one may face one, two or none. */
#ifndef TEXT_ALIGN_H
#define TEXT_ALIGN_H

#include "base/memory.h"

typedef struct align_bead { /* passages that belong together: of the first, of the second text
			     */
	uint32_t first[2];
	uint8_t count[2]; /* 0 to 2 */
} align_bead;

typedef struct align_beads {
	ARRAY(align_bead) list;
} align_beads;

/* lengths in characters. Beads come in order and hold every passage once; the list is on m.
 * STATUS_LIMIT when the texts are too long, or too unlike, to be compared. */
MUST_USE status align_by_length(const memory *m, const uint32_t *first, size_t n,
	const uint32_t *second, size_t k, align_beads *out);

#endif
