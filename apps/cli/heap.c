#define _DEFAULT_SOURCE /* sbrk, madvise */
#include "apps/cli/heap.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__GLIBC__) && defined(MADV_HUGEPAGE) && !defined(__SANITIZE_ADDRESS__) && \
	!defined(__SANITIZE_THREAD__)
#include <malloc.h>
#include <stdlib.h>

#define LARGE_PAGE ((uintptr_t)2 << 20)
#define ROOM (16 * LARGE_PAGE)  /* addresses, not memory */
#define STEP ((int)1 << 20)     /* by which the heap grows when that is used up */
#define LEAST ((uintptr_t)1024) /* bytes that malloc surely gives in one piece from its end */

static void *volatile skipped; /* addresses, too: never touched */

/* The first page that is touched decides for the large page around it. So the heap grows, its
 * large pages are asked for, and what lies before the first of them is skipped. */
void
heap_on_large_pages(void)
{
	/* Larger blocks than a large page base/memory.c puts on such pages itself. */
	(void)mallopt(M_MMAP_THRESHOLD, (int)LARGE_PAGE);
	(void)mallopt(M_TRIM_THRESHOLD, 2 * (int)ROOM);
	(void)mallopt(M_TOP_PAD, (int)ROOM);
	char *first = malloc(LARGE_PAGE / 8); /* more than there is */
	uintptr_t at = (uintptr_t)first, end = (uintptr_t)sbrk(0);
	uintptr_t start = (at + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);

	(void)mallopt(M_TOP_PAD, STEP);
	free(first);
	if (first == NULL || at > end || end - at < ROOM || start - at < LEAST)
		return;
	if (madvise((void *)start, (end - start) & ~(LARGE_PAGE - 1), MADV_HUGEPAGE) == 0)
		skipped = malloc(start - at);
}
#else
void
heap_on_large_pages(void)
{
}
#endif
