/* Segments whose translation a memory has, and which stand in the other document. */
#ifndef ENGINE_REMEMBERED_H
#define ENGINE_REMEMBERED_H

#include "engine/align.h"

/* Gives a name that both have to each segment of the source and the segments of the target that
 * some memory of the session has as its translation, case, accents and typography aside. */
MUST_USE status engine_name_remembered(
	paraph_session *s, const aligned_side sides[2], passages of[2]);

#endif
