/* A line of a text, or the part of it around a place, as a person sees it: cut to a width, with
 * the columns at which the place is to be marked. Control characters never reach the terminal:
 * they are shown as their pictures (U+2400). */
#ifndef REPORT_EXCERPT_H
#define REPORT_EXCERPT_H

#include "base/buffer.h"

#define EXCERPT_REACH 1024 /* bytes looked at on either side of where a place starts */

/* Where a place is shown: a line of text, or what of it lies within reach, and the place in
 * it. */
typedef struct view {
	slice line;
	size_t start, end;
	bool cut_before, cut_after; /* there is more of the line */
} view;

/* The line of text that the span begins in, without its indentation. */
view excerpt_view(slice text, span s);

typedef struct excerpt_size {
	unsigned whole;  /* columns of a line that is shown whole */
	unsigned window; /* columns shown of a longer one */
	unsigned lead;   /* of which before the place, at most */
} excerpt_size;

typedef struct excerpt_mark { /* columns */
	unsigned column, wide;
	unsigned width; /* of all that was written */
} excerpt_mark;

/* Appends what is shown of the line; says where the place stands in it. */
excerpt_mark excerpt_put(buffer *out, const view *v, excerpt_size size);

void excerpt_put_shown(buffer *out, slice s);
unsigned excerpt_width(slice s);

#endif
