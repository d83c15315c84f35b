/* Units of XLIFF 1.2 that are cut into segments: <seg-source> has a <mrk mtype="seg" mid="…">
 * for each. A translation of one of them goes into the mrk of that mid in the target. Where
 * there is no target, or nothing in it, it is made of what stands in seg-source, code for code
 * and space for space, with each segment's translation in its place and nothing where there is
 * none. The state is said of the unit as a whole. */
#ifndef TM_FORMATS_XLIFF_CUT_H
#define TM_FORMATS_XLIFF_CUT_H

#include "tm/formats/work_xml.h"

typedef struct work_unit work_unit;

typedef struct xliff_cut {
	work_unit *unit; /* the one in hand; NULL: it is not cut */
	size_t depth;    /* of seg-source while it is read; 0 */
	size_t mark;     /* depth of the mrk in the target that is read; 0 */
	size_t mark_of;  /* its segment */
	size_t searched; /* the segment whose mrk was found last */
	work_segment segment;
} xliff_cut;

void cut_forget(xliff_cut *c);
bool cut_is_read(const xliff_cut *c); /* inside seg-source */
MUST_USE status cut_begin(xliff_cut *c, work_reader *r);
MUST_USE status cut_start(
	xliff_cut *c, work_reader *r, const char *name, const char **attributes);
MUST_USE status cut_end(xliff_cut *c, work_reader *r, const char *name);
void cut_start_in_target(
	xliff_cut *c, const work_reader *r, const char *name, const char **attributes);
void cut_end_in_target(xliff_cut *c, const work_reader *r);
void cut_text(xliff_cut *c, const work_reader *r); /* in seg-source or in the target */
/* The unit ends, whose target is that of `whole`. False: it is not cut into segments, and where
 * a target goes is in `whole`. */
bool cut_end_unit(xliff_cut *c, const work_reader *r, work_segment *whole, bool keep);

MUST_USE status cut_fill(tm_work *w, const work_segment *s, const work_match *m);
MUST_USE status cut_write(tm_work *w); /* the unit of which segments were filled last */

/* --- of tm/formats/xliff_work.c --- */

extern const char *const xliff_states[]; /* attributes that say the state */
/* The start tag with attributes set anew, those it had before left out. */
void xliff_put_tag(buffer *out, slice tag, const char *const *without, slice with);
void xliff_put_alternatives(buffer *out, const work_match *m, slice of_segment);

#endif
