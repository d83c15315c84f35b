/* Short strings in long texts, many bytes at a time: what rules ask of a whole document. */
#ifndef TEXT_FIND_H
#define TEXT_FIND_H

#include "base/slice.h"

/* The first place at or after `from`; text.n when there is none. `what` is not empty. */
size_t text_find(slice text, size_t from, slice what);

/* How often it stands there; of places that overlap each counts. Past n it stops: more than n
 * is all that is known then. */
size_t text_count_to(slice text, slice what, size_t n);

#endif
