/* Finding and counting, against the plain way at every length and offset. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/find.h"

static size_t
find_plainly(slice text, size_t from, slice what)
{
	for (size_t i = from; i + what.n <= text.n; i++)
		if (memcmp(text.p + i, what.p, what.n) == 0)
			return i;
	return text.n;
}

static size_t
count_plainly(slice text, slice what)
{
	size_t n = 0;

	for (size_t i = find_plainly(text, 0, what); i < text.n;
		i = find_plainly(text, i + 1, what))
		n++;
	return n;
}

/* Texts of two letters, so that the string and its beginnings are everywhere; each in memory of
 * its very size, for the sanitizers to watch its end. */
static void
answers_are_those_of_the_plain_way(void **state)
{
	static const char *const wanted[] = { "a", "ab", "aab", "abba", "\xC2\xB9",
		"aaaaaaaaaaaaaaaaab" };
	uint32_t seed = 7;
	size_t hits = 0;

	(void)state;
	for (size_t n = 0; n < 120; n++)
		for (int round = 0; round < 20; round++) {
			char *p = malloc(n + (n == 0));
			assert_non_null(p);
			for (size_t i = 0; i < n; i++) {
				seed = seed * 1664525 + 1013904223;
				p[i] = (seed >> 24) % 4 == 0 ? 'b' : 'a';
			}
			slice text = { p, n };
			for (size_t w = 0; w < sizeof(wanted) / sizeof(*wanted); w++) {
				slice what = slice_of(wanted[w]);
				size_t from = n == 0 ? 0 : seed % n;
				assert_int_equal(text_find(text, from, what),
					find_plainly(text, from, what));
				assert_int_equal(text_count_to(text, what, SIZE_MAX - 1),
					count_plainly(text, what));
				hits += text_count_to(text, what, SIZE_MAX - 1);
			}
			free(p);
		}
	assert_true(hits > 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_those_of_the_plain_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
