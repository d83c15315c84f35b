/* The heap goes on on large pages, and is as good as before where that cannot be. */
#include "apps/cli/heap.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cmocka.h>

#define BLOCKS 3000
#define BLOCK 1000

/* Which have a heap of their own. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED true
#else
#define SANITIZED false
#endif

enum {
	HOLDS = 1,
	ON_LARGE_PAGES = 2,
};

/* Were large pages asked for where p lies? The kernel tells with "hg". */
static bool
is_on_large_pages(const void *p)
{
	FILE *f = fopen("/proc/self/smaps", "r");
	char line[512];
	unsigned long start, end;
	bool inside = false, asked = false;

	if (f == NULL)
		return false;
	while (fgets(line, sizeof(line), f) != NULL)
		if (sscanf(line, "%lx-%lx ", &start, &end) == 2)
			inside = start <= (uintptr_t)p && (uintptr_t)p < end;
		else if (inside && strncmp(line, "VmFlags:", 8) == 0)
			asked = strstr(line, " hg") != NULL;
	fclose(f);
	return asked;
}

/* In a process of its own, since the heap is prepared once; most is what its heap may have, 0
 * what it wants. */
static int
in_child(size_t most)
{
	static char *kept[BLOCKS];
	struct rlimit limit = { most, most };
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child != 0) {
		assert_int_equal(waitpid(child, &status, 0), child);
		return WIFEXITED(status) ? WEXITSTATUS(status) : 0;
	}
	if (most != 0 && setrlimit(RLIMIT_DATA, &limit) != 0)
		_exit(0);
	heap_on_large_pages();
	for (int i = 0; i < BLOCKS; i++) {
		kept[i] = malloc(BLOCK);
		if (kept[i] == NULL)
			_exit(0);
		memset(kept[i], i, BLOCK);
	}
	for (int i = 0; i < BLOCKS; i++)
		if (kept[i][0] != (char)i || kept[i][BLOCK - 1] != (char)i)
			_exit(0);
	_exit(HOLDS | (is_on_large_pages(kept[0]) && is_on_large_pages(kept[BLOCKS - 1])
				      ? ON_LARGE_PAGES
				      : 0));
}

static void
small_blocks_lie_on_large_pages(void **state)
{
	int seen = in_child(0);

	(void)state;
	assert_true((seen & HOLDS) != 0);
	if (SANITIZED || access("/sys/kernel/mm/transparent_hugepage/enabled", F_OK) != 0)
		skip();
	assert_true((seen & ON_LARGE_PAGES) != 0);
}

/* There is no room for the addresses of large pages. */
static void
a_small_heap_is_enough(void **state)
{
	(void)state;
	if (SANITIZED)
		skip();
	assert_int_equal(in_child((size_t)12 << 20), HOLDS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_blocks_lie_on_large_pages),
		cmocka_unit_test(a_small_heap_is_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
