/* Messages of the Language Server Protocol as they come in: a few header lines, an empty one,
 * and so many bytes. A client that breaks the frame cannot be understood any more, so
 * everything that is not exactly that ends the conversation; what a message may weigh is
 * bounded before room is made for it. */
#ifndef APPS_LSP_FRAME_H
#define APPS_LSP_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#define FRAME_HEADER_MOST 4096
#define FRAME_BODY_MOST ((size_t)256 << 20)

typedef enum frame_state { FRAME_MORE, FRAME_MESSAGE, FRAME_BROKEN } frame_state;

typedef struct frame_reader {
	char *bytes;
	size_t n, capacity;
	size_t taken; /* of bytes: headers and bodies that were handed out */
} frame_reader;

/* Bytes as they come. */
void frame_put(frame_reader *r, const char *bytes, size_t n);

/* The next message, valid until the reader is used again; *why says in English what is wrong
 * with a broken one. */
frame_state frame_next(frame_reader *r, const char **body, size_t *n, const char **why);
void frame_free(frame_reader *r);

#endif
