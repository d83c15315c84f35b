/* Termbases one over the other: what ships with paraph, an organisation's, a project's, one's
 * own. A later layer overrides, extends or retires what an earlier one says of a concept of the
 * same id:
 *
 *   - a term in the same language and with the same text keeps what the later layer does not
 *     say anew; other terms are added;
 *   - a term that the later layer prefers takes the place of the one that was preferred, which
 *     is admitted from then on;
 *   - subject field, definition and evidence are replaced, notes, sources and all else added;
 *   - "retired" takes the concept back; a still later layer may bring it in again.
 *
 * A layer is a store, or a file in a format of exchange, which is compiled into one and kept in
 * the cache by its checksum. */
#ifndef TERMBASE_LAYERS_H
#define TERMBASE_LAYERS_H

#include "termbase/search.h"
#include "termbase/store.h"

#define LAYERS_MAX 64

typedef struct layers {
	context *context;
	struct {
		char *name; /* the path, or "paraph" for what ships with it */
		store *store;
	} of[LAYERS_MAX];
	size_t n;
} layers;

void layers_init(layers *l, context *c);
void layers_free(layers *l);

/* Opens one layer more, over those that are there. name NULL: the path. */
MUST_USE status layers_add(layers *l, const char *path, const char *name);

/* A concept as all layers together have it, and which layer each part came from. */
typedef struct layered {
	entry entry;
	ARRAY(uint16_t) of_terms, of_items; /* parallel to those of the entry */
	bool retired;   /* by the layer `by`; the entry is as it was before */
	uint16_t by;    /* the last layer that has it */
	uint32_t count; /* of layers that have it */
} layered;

void layered_init(layered *x, const memory *m);
void layered_free(layered *x);

MUST_USE status layers_get(layers *l, slice id, layered *out, bool *found);

/* The best terms of all layers, each concept's layers taken together; concepts that are retired
 * are left out. */
MUST_USE status layers_search(
	layers *l, arena *a, slice question, size_t most, search_hit **hits, size_t *count);

/* Every concept once, those of the earliest layer first. */
MUST_USE status layers_each(
	layers *l, status (*take)(void *user, const layered *x), void *user);

/* Every concept that the layers from `first` on speak of, once, also those that are retired. */
MUST_USE status layers_each_from(
	layers *l, size_t first, status (*take)(void *user, const layered *x), void *user);

#endif
