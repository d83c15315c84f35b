/* Where what is compiled from files is kept: $XDG_CACHE_HOME/paraph or ~/.cache/paraph, under
 * names made of checksums, so that nothing in it is ever out of date and all of it may be
 * deleted. */
#ifndef TERMBASE_CACHE_H
#define TERMBASE_CACHE_H

#include "base/context.h"

#define CACHE_PATH_BYTES 4096

/* The place of what has that checksum; false where there is no home to write to. */
bool cache_path(char out[CACHE_PATH_BYTES], uint64_t sum, const char *suffix);

/* Adds to a checksum: a number, and all bytes of a file. */
void cache_sum(uint64_t *sum, uint64_t number);
MUST_USE status cache_sum_file(uint64_t *sum, context *c, const char *path);

/* Adds what changes when a store is written to; the second for a file of SQLite: its first page
 * has a counter of changes, and what is not in it yet waits in a file beside it. */
MUST_USE status cache_sum_store(uint64_t *sum, context *c, const char *path);
MUST_USE status cache_sum_file_store(uint64_t *sum, context *c, const char *path);

#endif
