/* One concept of a TBX file changed, everything else kept byte for byte: comments, elements
 * that paraph does not know, order, indentation, also inside the concept. What is new is
 * written in the style of the file, on lines of its own where the file has such. */
#ifndef TERMBASE_EDIT_TBX_H
#define TERMBASE_EDIT_TBX_H

#include "base/buffer.h"
#include "termbase/tbx.h"

typedef struct tbx_change {
	slice id;           /* of the concept */
	const entry *after; /* what it is to be; NULL: it goes */
	tbx_style style;
	bool whole; /* the concept is written anew, whatever it has in common with the old one
		     */
} tbx_change;

/* Appends the changed text. *able is false where splices cannot do it: the file is not UTF-8,
 * or has no body. */
MUST_USE status edit_tbx(
	buffer *out, context *c, slice text, const tbx_change *change, bool *able);

#endif
