/* A file that a translator works on, and what a memory has for it: the segments that have no
 * translation yet get the best match, written into the file as splices, so that every other
 * byte of it stays.
 *
 * A format finds the segments and says where translations go; which matches go there is decided
 * once for all of them (tm/pretranslate.h). To add one: give a tm_format a `work`. */
#ifndef TM_WORK_H
#define TM_WORK_H

#include "tm/exchange.h"
#include "tm/match.h"

typedef struct work_segment {
	tm_segment source;   /* content of its codes: the element as the file writes it */
	bool translated;     /* it has a translation, or is not to be translated */
	size_t tag, tag_end; /* the start tag or line that says the state; equal: none */
	size_t from, to;     /* where the translation goes, in place of what stands there */
	size_t before;       /* where what is known of matches goes */
	slice id;
	bool has_target; /* an element for it is there */
	bool no_marks;   /* there is something already where marks would go */
	bool nested;     /* of those: inside a code, where alt-trans may not refer to it */
	struct work_unit *unit; /* of XLIFF: it is one of the segments into which this is cut */
} work_segment;

typedef struct tm_splice {
	size_t from, to;
	slice with;
	size_t order; /* of splices at one place */
} tm_splice;

typedef struct tm_work {
	context *context;
	slice name, bytes;
	slice wanted_source, wanted_target; /* languages; empty: those of the file */
	arena keep;
	slice source, target; /* those wanted, else of the file, else of the memory */
	ARRAY(work_segment) segments;
	ARRAY(tm_splice) splices;
	size_t marked;       /* by formats that mark several segments in one place: which */
	size_t root_tag_end; /* of formats that must be told the target language there; 0: no */
	struct work_unit *cut; /* of which segments were filled, and it is not written yet */
	buffer text;           /* scratch */
} tm_work;

/* What becomes of a segment. */
typedef struct work_match {
	const tm_match *at; /* the best one first, each with another translation */
	size_t n;
	bool sound;   /* the very text, of one translation, codes where they belong */
	slice markup; /* the translation with codes, as XML; of text formats plain */
} work_match;

typedef struct tm_work_format {
	bool xml; /* translations are written as XML, with codes */
	status (*read)(tm_work *w);
	status (*fill)(tm_work *w, const work_segment *s, const work_match *m);
	status (*end)(tm_work *w); /* after the last one; NULL: nothing is left to do */
} tm_work_format;

MUST_USE status work_add(tm_work *w, const work_segment *s);
MUST_USE status work_splice(tm_work *w, size_t from, size_t to, slice with);

/* The matches of a segment as XML text: "87" of 8750. */
void work_put_score(buffer *out, int score);

#endif
