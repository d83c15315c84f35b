/* Input read piece by piece, for files that may be larger than memory: exchange formats of a
 * million concepts. It reads a file, standard input ("-") or bytes in memory. */
#ifndef BASE_STREAM_H
#define BASE_STREAM_H

#include "base/context.h"

typedef struct stream {
	context *context;
	const char *name; /* for messages */
	int file;         /* -1: bytes in memory */
	slice bytes;
	char *buffer;
	size_t capacity, start, end; /* what the buffer holds and nobody took yet */
	bool ended;
	uint64_t taken; /* bytes handed out so far */
	uint64_t size;  /* of the whole, 0 when it is not known */
} stream;

typedef struct stream_place { /* in the input; 0: not known */
	unsigned line, column;
} stream_place;

MUST_USE status stream_open(stream *s, context *c, const char *path);
void stream_of_bytes(stream *s, context *c, const char *name, slice bytes);
void stream_close(stream *s);

/* The first bytes, at most 4096 of them, which stay to be read. */
MUST_USE status stream_peek(stream *s, slice *head);

/* Some bytes, valid until the next call; none at the end. */
MUST_USE status stream_next(stream *s, slice *piece);

/* A line without its end (\n or \r\n), valid until the next call. *more is false, and the line
 * empty, after the last one. STATUS_LIMIT for a line longer than limits.paragraph. */
MUST_USE status stream_line(stream *s, slice *line, bool *more);

/* For an input that cannot be read on: NAME:LINE:COLUMN: why. */
status stream_refuse(const stream *s, stream_place at, const char *why);

#endif
