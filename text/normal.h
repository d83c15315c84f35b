/* Composed form (NFC) of UTF-8, piece by piece, so that the caller can keep a map. */
#ifndef TEXT_NORMAL_H
#define TEXT_NORMAL_H

#include "base/context.h"

/* A piece of text that NFC changes. */
typedef struct normal_change {
	span text;        /* what it replaces */
	char bytes[1600]; /* by what */
	size_t n;
} normal_change;

/* The next piece from *at on that NFC changes; *at moves behind it. False when there is none.
 * Characters that carry more than 128 accents are composed in parts. */
MUST_USE status normal_next(
	context *c, slice text, size_t *at, normal_change *out, bool *found);

#endif
