/* A glance at a text: can a phrase stand in it at all? Cutting a text into pieces costs many
 * times as much, and of the units that have all words of a question, common ones above all, few
 * have them as a phrase. A glance may be wrong by saying yes, never by saying no.
 *
 * It goes from word to word as tm_pieces_cut does where there are only words, and keeps, as
 * bits, how many words of the phrase end here (shift-and: Baeza-Yates & Gonnet 1992). Where a
 * text has what pieces are otherwise cut from (addresses, symbols, scripts without spaces) it
 * says yes. */
#ifndef TM_GLANCE_H
#define TM_GLANCE_H

#include "base/slice.h"
#include "tm/piece.h"

#define GLANCE_WORDS 32 /* bits */
#define GLANCE_HEAD 3   /* bytes of a folded word that its stem has as well (text/stem.c) */

typedef struct tm_glance {
	size_t n;             /* words of the phrase; 0: it says yes to everything */
	uint32_t begin[0x80]; /* which of them begin with an ASCII letter, as it is folded */
	struct {
		uint64_t key;
		char head[GLANCE_HEAD];
		size_t head_n;
	} of[GLANCE_WORDS];
} tm_glance;

/* The phrase is the text that the pieces were cut from. */
void tm_glance_init(tm_glance *g, slice phrase, const tm_pieces *pieces);
bool tm_glance_may_hold(const tm_glance *g, slice text);

#endif
