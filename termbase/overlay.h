/* The layers over the built-in termbase (termbase/layers.h) as one matching index: every
 * concept that they speak of, as all layers together have it. Those of the built-in index that
 * they change or retire are hidden there, so that what is matched is what `paraph term show`
 * tells.
 *
 * The index is kept in the cache under a checksum of the layers and of the built-in index, so
 * that it is mapped at the next start. */
#ifndef TERMBASE_OVERLAY_H
#define TERMBASE_OVERLAY_H

#include "termbase/termbase.h"

/* Adds the layers of those paths, the last one uppermost, to a termbase that has the built-in
 * index or none at all; builtin is the store of the built-in one, NULL for none. */
MUST_USE status overlay_add(
	termbase *t, context *c, const char *builtin, const char *const *paths, size_t count);

#endif
