/* What an engine of the termbase is: where concepts lie. An engine is one const struct of
 * functions in its own file, named once in termbase/engines.def; the path that a store is
 * opened by says which one it is. What the functions mean is said in termbase/store.h, whose
 * functions hand on to them. */
#ifndef TERMBASE_ENGINE_H
#define TERMBASE_ENGINE_H

#include "termbase/search.h"
#include "termbase/store.h"

typedef struct store_engine {
	bool (*takes)(const char *path);
	bool shared; /* a path is a URL, not a file */
	status (*open)(store **out, context *c, const char *path, store_mode mode);
	void (*close)(store *s);
	status (*begin)(store *s);
	status (*commit)(store *s);
	void (*rollback)(store *s);
	status (*begin_read)(store *s); /* both NULL: nothing is gained by it */
	void (*end_read)(store *s);
	bool (*contended)(const store *s); /* NULL: never */
	status (*verify)(store *s);
	status (*put)(store *s, const entry *e, const store_change *by);
	status (*remove)(store *s, slice id, const store_change *by, bool *found);
	status (*get)(store *s, slice id, entry *out, bool *found);
	status (*expect)(store *s, const slice *ids, size_t n); /* NULL: the store is near */
	status (*each)(store *s, status (*take)(void *user, const entry *e), void *user);
	status (*each_name)(
		store *s, status (*take)(void *user, uint64_t key, slice id), void *user);
	/* NULL: by reading all names. */
	status (*find_named)(store *s, uint64_t key, buffer *id);
	status (*history)(store *s, slice id, status (*take)(void *user, const store_event *e),
		void *user);
	status (*count)(store *s, store_counts *out);
	status (*set_meta)(store *s, const char *key, slice value);
	status (*get_meta)(store *s, const char *key, buffer *value);
	status (*search)(store *s, context *c, arena *a, slice question, size_t most,
		search_hit **hits, size_t *count);
	/* Adds to a checksum what changes when the store is written to. */
	status (*sum)(uint64_t *sum, context *c, const char *path);
} store_engine;

#define STORE_ENGINE(name) extern const store_engine store_engine_##name;
#include "termbase/engines.def"
#undef STORE_ENGINE

/* What all engines have; an engine's own struct begins with it. */
struct store {
	const store_engine *engine;
	context *context;
	const char *path; /* borrowed */
};

const store_engine *store_engine_of(const char *path);

/* Puts an item into the concept that is being read. STATUS_DAMAGED, which is yet to be told:
 * it is of no element, or its owner is not there. */
MUST_USE status store_restore_item(entry *e, entry_owner owner, slice element, entry_item item);

/* each_name for an engine that has no better way than reading all concepts. */
MUST_USE status store_each_name_read(
	store *s, status (*take)(void *user, uint64_t key, slice id), void *user);

#endif
