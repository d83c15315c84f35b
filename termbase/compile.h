/* Files in formats of exchange, compiled into stores. */
#ifndef TERMBASE_COMPILE_H
#define TERMBASE_COMPILE_H

#include "termbase/exchange.h"
#include "termbase/store.h"

/* Opens a store for reading: the file itself when it is one; otherwise what it compiles to,
 * from the cache ($XDG_CACHE_HOME/paraph or ~/.cache/paraph) where a file of that checksum was
 * compiled before. Where there is no cache to write to, it is compiled in memory. Anything in
 * the file that would have to be left out is refused with its place. */
MUST_USE status compile_open(store **out, context *c, const char *path);

/* The same in memory, from the bytes of a file of that name. The store may be written to. */
MUST_USE status compile_bytes(store **out, context *c, const char *name, slice bytes);

/* Is the file a store, by its first bytes? */
MUST_USE status compile_is_store(context *c, const char *path, bool *is);

#endif
