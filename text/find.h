/* Short strings in long texts, many bytes at a time: what rules ask of a whole document. */
#ifndef TEXT_FIND_H
#define TEXT_FIND_H

#include "base/slice.h"

/* The first place at or after `from`; text.n when there is none. `what` is not empty. */
size_t text_find(slice text, size_t from, slice what);

/* How often it stands there; of places that overlap each counts. */
size_t text_count(slice text, slice what);

/* Does it stand there more than so many times? No more is read than it takes to know. */
bool text_has_more(slice text, slice what, size_t n);

#endif
