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

#define NORMAL_ANYWHERE UINT64_MAX

/* The next piece from *at on that NFC changes; *at moves behind it. False when there is none.
 * parts: where in the text to look, as in utf8_facts. Characters that carry more than 128
 * accents are composed in parts. */
MUST_USE status normal_next(
	context *c, slice text, uint64_t parts, size_t *at, normal_change *out, bool *found);

#endif
