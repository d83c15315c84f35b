/* A zip file written anew with some of its parts changed: all other entries are copied as they
 * are, compressed, in their order and with their times, so that the same changes give the same
 * file whenever they are made. */
#ifndef BASE_PACKAGE_STREAM_H
#define BASE_PACKAGE_STREAM_H

#include "base/buffer.h"
#include "base/context.h"

typedef struct package_change {
	const char *part; /* a new one when the file has none of this name */
	size_t size;      /* of its new content, in bytes */
	void *user;
	/* Hands out the content bit by bit: at most n bytes of it, 0 at the end. */
	size_t (*read)(void *user, char *out, size_t n);
	void (*rewind)(void *user);
} package_change;

/* Appends the file to out. name is that of the file, for messages. A draft is for reading again
 * only: what is no XML, as pictures, is left out of it. */
MUST_USE status package_stream(buffer *out, context *c, const char *name, slice before,
	const package_change *changes, size_t count, bool draft);

#endif
