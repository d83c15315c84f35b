/* Patterns of paths, and that no pattern takes long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/glob.h"

static void
patterns_are_those_of_gitignore(void **state)
{
	static const struct {
		const char *pattern, *path;
		bool matches;
	} cases[] = {
		{ "*.txt", "a.txt", true },
		{ "*.txt", "folder/a.txt", true },
		{ "*.txt", "a.txt.old", false },
		{ "folder/*.txt", "folder/a.txt", true },
		{ "folder/*.txt", "folder/sub/a.txt", false },
		{ "./folder/*.txt", "folder/a.txt", true },
		{ "folder/**", "folder/sub/a.txt", true },
		{ "folder/**/a.txt", "folder/a.txt", true },
		{ "folder/**/a.txt", "folder/x/y/a.txt", true },
		{ "**/sub/*.txt", "folder/sub/a.txt", true },
		{ "**/sub/*.txt", "sub/a.txt", true },
		{ "**/sub/*.txt", "xsub/a.txt", false },
		{ "**/sub/*.txt", "a/xsub/sub/a.txt", true },
		{ "folder/", "folder/sub/a.txt", true },
		{ "folder/", "folders/a.txt", false },
		{ "a?.txt", "a1.txt", true },
		{ "x/a?b", "x/a/b", false },
		{ "a*b*c", "aXbXbXc", true },
		{ "a*b*c", "aXbXbX", false },
		{ "", "a", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (glob_matches(slice_of(cases[i].pattern), slice_of(cases[i].path)) !=
			cases[i].matches)
			fail_msg("“%s” against “%s”", cases[i].pattern, cases[i].path);
}

static void
many_stars_cost_little(void **state)
{
	char pattern[256], path[4096];
	clock_t start = clock();

	(void)state;
	for (size_t i = 0; i + 1 < sizeof(pattern); i += 2)
		memcpy(pattern + i, "*a", 2);
	memset(path, 'a', sizeof(path));
	path[sizeof(path) - 1] = 'b';
	assert_false(glob_matches((slice){ pattern, 254 }, (slice){ path, sizeof(path) }));
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_are_those_of_gitignore),
		cmocka_unit_test(many_stars_cost_little),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
