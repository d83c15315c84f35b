#define _DEFAULT_SOURCE /* madvise */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define BLOCK_BYTES ((size_t)16384)
#define LARGE_PAGE ((size_t)2 << 20)
#define BLOCK_BYTES_MOST (2 * LARGE_PAGE) /* so that one large page at least lies in it */

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) unsigned char data[];
};

/* Large tables are read all over: on large pages, where the system has them, the processor
 * finds their addresses at once. A hint: whatever comes of it, the memory is there. */
static void *
large_alloc(size_t bytes)
{
	void *p;

	/* What is left over of the last one lies on it, too, where that is most of it. */
	size_t whole = (bytes + LARGE_PAGE / 2) & ~(LARGE_PAGE - 1);
	if (posix_memalign(&p, LARGE_PAGE, whole < bytes ? bytes : whole) != 0)
		return NULL;
#ifdef MADV_HUGEPAGE
	(void)madvise(p, whole, MADV_HUGEPAGE);
#endif
	return p;
}

static void *
libc_alloc(void *user, size_t bytes)
{
	(void)user;
	return bytes < LARGE_PAGE ? malloc(bytes) : large_alloc(bytes);
}

static void
libc_free(void *user, void *p)
{
	(void)user;
	free(p);
}

const memory memory_libc = { libc_alloc, libc_free, NULL };

void *
memory_alloc(const memory *m, size_t bytes)
{
	return m->alloc(m->user, bytes == 0 ? 1 : bytes);
}

void
memory_free(const memory *m, void *p)
{
	if (p != NULL)
		m->free(m->user, p);
}

status
memory_grow(const memory *m, void **at, size_t *capacity, size_t n, size_t extra, size_t bytes)
{
	if (extra > SIZE_MAX / 2 - n)
		return STATUS_MEMORY;
	if (n + extra <= *capacity)
		return STATUS_OK;
	size_t want = *capacity == 0 ? 16 : *capacity;
	while (want < n + extra)
		want += want / 2 + 1;
	if (want > SIZE_MAX / bytes)
		return STATUS_MEMORY;
	void *bigger = memory_alloc(m, want * bytes);
	if (bigger == NULL)
		return STATUS_MEMORY;
	if (n != 0)
		memcpy(bigger, *at, n * bytes);
	memory_free(m, *at);
	*at = bigger;
	*capacity = want;
	return STATUS_OK;
}

void
arena_init(arena *a, const memory *m)
{
	*a = (arena){ .memory = m };
}

static void
free_chain(arena *a, struct arena_block *b)
{
	while (b != NULL) {
		struct arena_block *next = b->next;
		memory_free(a->memory, b);
		b = next;
	}
}

void
arena_free(arena *a)
{
	free_chain(a, a->head);
	a->head = NULL;
}

void
arena_reset(arena *a)
{
	struct arena_block *largest = a->head;

	for (struct arena_block *b = a->head; b != NULL; b = b->next)
		if (b->size > largest->size)
			largest = b;
	while (a->head != NULL) {
		struct arena_block *next = a->head->next;
		if (a->head != largest)
			memory_free(a->memory, a->head);
		a->head = next;
	}
	if (largest != NULL) {
		largest->next = NULL;
		largest->used = 0;
	}
	a->head = largest;
}

/* Each block is half as large again as the one before. */
static size_t
next_block_bytes(const arena *a)
{
	size_t last = a->head == NULL ? 0 : a->head->size, size = last + last / 2;
	size_t least = a->least == 0 ? BLOCK_BYTES : a->least;

	return size < least ? least : size > BLOCK_BYTES_MOST ? BLOCK_BYTES_MOST : size;
}

static struct arena_block *
push_block(arena *a, size_t bytes)
{
	size_t size = next_block_bytes(a);

	size = bytes > size ? bytes : size;
	if (size > SIZE_MAX - sizeof(struct arena_block))
		return NULL;
	struct arena_block *b = memory_alloc(a->memory, sizeof(*b) + size);
	if (b == NULL)
		return NULL;
	*b = (struct arena_block){ .next = a->head, .size = size };
	a->head = b;
	return b;
}

void *
arena_room(arena *a, size_t bytes, size_t align)
{
	struct arena_block *b = a->head;
	size_t pad = b == NULL ? 0 : -b->used & (align - 1);

	if (b == NULL || pad > b->size - b->used || bytes > b->size - b->used - pad) {
		b = push_block(a, bytes);
		if (b == NULL)
			return NULL;
		pad = 0;
	}
	unsigned char *p = b->data + b->used + pad;
	b->used += pad + bytes;
	return p;
}

void *
arena_alloc(arena *a, size_t bytes, size_t align)
{
	void *p = arena_room(a, bytes, align);

	return p == NULL ? NULL : memset(p, 0, bytes);
}

void *
arena_array_room(arena *a, size_t count, size_t bytes, size_t align)
{
	if (bytes != 0 && count > SIZE_MAX / bytes)
		return NULL;
	return arena_room(a, count * bytes, align);
}

void *
arena_array(arena *a, size_t count, size_t bytes, size_t align)
{
	if (bytes != 0 && count > SIZE_MAX / bytes)
		return NULL;
	return arena_alloc(a, count * bytes, align);
}

void
arena_take(arena *a, arena *from)
{
	struct arena_block *last = from->head;

	if (last == NULL)
		return;
	while (last->next != NULL)
		last = last->next;
	/* Behind the block that is in use, whose end is still free. */
	struct arena_block **at = a->head == NULL ? &a->head : &a->head->next;
	last->next = *at;
	*at = from->head;
	from->head = NULL;
}

status
arena_copy(arena *a, slice s, slice *out)
{
	if (s.n == SIZE_MAX)
		return STATUS_MEMORY;
	char *p = arena_room(a, s.n + 1, 1);
	if (p == NULL)
		return STATUS_MEMORY;
	if (s.n != 0)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	*out = (slice){ p, s.n };
	return STATUS_OK;
}
