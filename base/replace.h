/* A file that takes the place of another, whole or not at all. */
#ifndef BASE_REPLACE_H
#define BASE_REPLACE_H

#include "base/context.h"

/* Writes the bytes beside the file, flushes them to the disk and renames them over it; a link
 * stays a link, permissions stay. STATUS_IO with a message; the old file is as it was then. */
MUST_USE status file_replace(context *c, const char *path, slice bytes);
/* The same for compiled data, whether or not there is a file: whoever has the old one mapped
 * keeps it. No link is followed. */
MUST_USE status file_put(context *c, const char *path, slice bytes);
/* A file that is not there yet; STATUS_IO when it is. */
MUST_USE status file_create(context *c, const char *path, slice bytes);

/* Keeps other runs of paraph from reading what this one is about to replace, until the answer
 * is closed; waits while another holds the file. -1 when it cannot be opened: reading it says
 * why. */
MUST_USE int file_lock(const char *path);

#endif
