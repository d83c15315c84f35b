/* Input files, read whole. Documents are read and not mapped: one that shrinks under a mapping
 * kills the process, and reading 50 MB takes 15 ms. Mapped are the program's own compiled data,
 * which are never written in place: a new file takes the place of the old one. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <sys/types.h>

#include "base/context.h"

typedef struct file {
	slice bytes; /* on the allocator, unless mapped */
	bool mapped;
} file;

/* Reads path whole; "-" is standard input. STATUS_NOT_FOUND, STATUS_IO or STATUS_LIMIT with a
 * message that names the path. Call file_close whatever happens after success. */
MUST_USE status file_open(file *f, context *c, const char *path);
void file_close(file *f, const memory *m);

/* Maps a file of compiled data for reading. Leaves no message: where it fails, errno says why;
 * STATUS_DAMAGED (and EINVAL) for what is no regular file. file_close unmaps it. */
MUST_USE status file_map(file *f, const char *path);

/* read() that goes on after a signal and waits for a pipe that has nothing yet. */
ssize_t file_read_some(int fd, char *out, size_t size);

/* What to return when errno says why a file could not be read, or when it is past the limit. */
status file_failed(context *c, const char *path);
status file_too_large(context *c, const char *path);

#endif
