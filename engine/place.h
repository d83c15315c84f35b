/* Lines and columns of a file in any of the encodings that are read, for offsets asked in
 * ascending order: one walk over the bytes serves all findings. */
#ifndef ENGINE_PLACE_H
#define ENGINE_PLACE_H

#include "base/slice.h"

typedef struct place {
	uint32_t line,
		column; /* from 1; columns in code points, a byte-order mark not counted */
} place;

typedef struct place_walk {
	slice bytes;
	unsigned unit; /* bytes of a code unit; 0 for UTF-8, whose code points vary */
	bool big_endian;
	size_t line_start;
	uint32_t line;
} place_walk;

void place_begin(place_walk *w, slice bytes, const char *encoding);
place place_of(place_walk *w, size_t offset);

#endif
