/* Where memory comes from: an allocator that tests can count and make fail, arenas for what
 * dies together, and growing arrays.
 *
 * Arena: everything made for one document or one request dies at once. Error paths need no
 * clean-up: return the status, and the owner frees the arena. arena_reset keeps the largest
 * block, so that a scratch arena that is reset for every paragraph stops allocating. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "base/status.h"

typedef struct memory {
	void *(*alloc)(void *user, size_t bytes); /* NULL on failure */
	void (*free)(void *user, void *p);        /* p may be NULL */
	void *user;
} memory;

extern const memory memory_libc;

void *memory_alloc(const memory *m, size_t bytes);
void memory_free(const memory *m, void *p);

typedef struct arena {
	const memory *memory;
	struct arena_block *head;
	size_t least; /* bytes of a block, where many arenas are small; 0: 16384 */
} arena;

void arena_init(arena *a, const memory *m);
void arena_free(arena *a);
void arena_reset(arena *a);
void *arena_alloc(arena *a, size_t bytes, size_t align); /* zeroed, or NULL */
void *arena_room(arena *a, size_t bytes, size_t align);  /* whatever it holds, or NULL */
void *arena_array(arena *a, size_t count, size_t bytes, size_t align); /* checks the product */
void *arena_array_room(arena *a, size_t count, size_t bytes, size_t align);
#define ARENA_NEW(a, T) ((T *)arena_alloc((a), sizeof(T), alignof(T)))
#define ARENA_ARRAY(a, T, n) ((T *)arena_array((a), (n), sizeof(T), alignof(T)))
/* All that was made in from belongs to a from now on; both have one allocator. */
void arena_take(arena *a, arena *from);
MUST_USE status arena_copy(arena *a, slice s, slice *out); /* with a NUL after its end */

/* A growing array on the allocator: ARRAY(token) tokens = { 0 }; then array_reserve. */
#define ARRAY(T) \
	struct { \
		T *at; \
		size_t n, capacity; \
	}
/* Makes room for extra more elements; contents are kept; STATUS_MEMORY leaves it as it was. */
#define ARRAY_RESERVE(m, array, extra) \
	((array)->capacity - (array)->n >= (size_t)(extra) \
			? STATUS_OK \
			: memory_grow((m), (void **)&(array)->at, &(array)->capacity, \
				  (array)->n, (extra), sizeof(*(array)->at)))
#define ARRAY_FREE(m, array) \
	(memory_free((m), (array)->at), (array)->at = NULL, (array)->n = 0, \
		(array)->capacity = 0)
MUST_USE status memory_grow(
	const memory *m, void **at, size_t *capacity, size_t n, size_t extra, size_t bytes);

#endif
