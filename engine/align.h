/* What stands behind paraph_alignment: two documents, cut into segments, and the beads. */
#ifndef ENGINE_ALIGN_H
#define ENGINE_ALIGN_H

#include "document/alignment.h"
#include "engine/engine.h"
#include "report/pairs.h"

typedef struct aligned_side {
	paraph_result *result; /* NULL in lines */
	file file;             /* in lines */
	slice text;
	language language;          /* what was said, or */
	language guessed;           /* … what it looks like */
	slice name;                 /* of the file */
	ARRAY(span) spans;          /* of the segments, in text */
	ARRAY(uint32_t) paragraphs; /* the first segment of each */
} aligned_side;

struct paraph_alignment {
	memory memory;
	arena keep; /* texts of several segments together */
	aligned_side sides[2];
	beads beads;
	pair *pairs; /* parallel to the beads */
};

/* Of a source without text, or a translation, and of documents that are swapped, by what was
 * said of their languages, nothing is made. */
MUST_USE status engine_align(
	paraph_session *s, const paraph_align *what, paraph_alignment **out);
bool engine_language_is_ours(language l); /* French or English */
/* "French", « français »: in the language of messages. */
const char *engine_language_in(const context *c, language l);

#endif
