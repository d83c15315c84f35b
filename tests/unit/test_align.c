/* Passages laid side by side by their lengths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/align.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* "1-1 0-1 …" */
static void
assert_beads(const uint32_t *a, size_t n, const uint32_t *b, size_t k, const char *expected)
{
	align_beads beads = { 0 };
	char said[512] = "";
	uint32_t at[2] = { 0, 0 };

	assert_int_equal(align_by_length(&memory_libc, a, n, b, k, &beads), STATUS_OK);
	for (size_t i = 0; i < beads.list.n; i++) {
		const align_bead *x = &beads.list.at[i];
		for (int side = 0; side < 2; side++) {
			assert_int_equal(x->first[side], at[side]);
			at[side] += x->count[side];
		}
		snprintf(said + strlen(said), sizeof(said) - strlen(said), "%s%u-%u",
			i == 0 ? "" : " ", x->count[0], x->count[1]);
	}
	assert_string_equal(said, expected);
	assert_int_equal(at[0], n);
	assert_int_equal(at[1], k);
	ARRAY_FREE(&memory_libc, &beads.list);
}

static void
lengths_tell(void **state)
{
	static const uint32_t en[] = { 44, 120, 28, 300, 17 }, fr[] = { 50, 138, 31, 340, 20 };
	static const uint32_t added[] = { 50, 138, 31, 700, 340, 20 };
	static const uint32_t joined[] = { 50, 170, 340, 20 };
	static const uint32_t cut[] = { 50, 138, 31, 150, 190, 20 };

	(void)state;
	assert_beads(en, COUNT(en), fr, COUNT(fr), "1-1 1-1 1-1 1-1 1-1");
	assert_beads(en, COUNT(en), added, COUNT(added), "1-1 1-1 1-1 0-1 1-1 1-1");
	assert_beads(en, COUNT(en), joined, COUNT(joined), "1-1 2-1 1-1 1-1");
	assert_beads(en, COUNT(en), cut, COUNT(cut), "1-1 1-1 1-1 1-2 1-1");
}

static void
nothing_faces_nothing(void **state)
{
	static const uint32_t one[] = { 10, 20 };

	(void)state;
	assert_beads(NULL, 0, NULL, 0, "");
	assert_beads(one, 2, NULL, 0, "1-0 1-0");
	assert_beads(NULL, 0, one, 2, "0-1 0-1");
}

/* A thousand passages of which every 25th is missing on one side, every 27th on the other:
 * those that are there on both must still meet, most of them. */
static void
gaps_are_found(void **state)
{
	static uint32_t lengths[2][1000];
	static int number[2][1000];
	size_t n[2] = { 0, 0 }, met = 0, both = 0;
	uint32_t seed = 7;
	align_beads beads = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++) {
		seed = seed * 1664525 + 1013904223;
		uint32_t length = 20 + (seed >> 8) % 400;
		both += i % 25 != 0 && i % 27 != 0;
		for (int side = 0; side < 2; side++) {
			if (i % (side == 0 ? 25 : 27) == 0)
				continue;
			lengths[side][n[side]] = length + (side == 0 ? 0 : length / 8);
			number[side][n[side]++] = i;
		}
	}
	assert_int_equal(
		align_by_length(&memory_libc, lengths[0], n[0], lengths[1], n[1], &beads),
		STATUS_OK);
	for (size_t i = 0; i < beads.list.n; i++) {
		const align_bead *x = &beads.list.at[i];
		met += x->count[0] == 1 && x->count[1] == 1 &&
		       number[0][x->first[0]] == number[1][x->first[1]];
	}
	assert_true(met * 10 > both * 9);
	ARRAY_FREE(&memory_libc, &beads.list);
}

static void
texts_too_long_are_refused(void **state)
{
	size_t n = 60000;
	uint32_t *long_text = calloc(n, sizeof(*long_text)), one = 5;
	align_beads beads = { 0 };

	(void)state;
	assert_non_null(long_text);
	assert_int_equal(
		align_by_length(&memory_libc, long_text, n, &one, 1, &beads), STATUS_LIMIT);
	ARRAY_FREE(&memory_libc, &beads.list);
	free(long_text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lengths_tell),
		cmocka_unit_test(nothing_faces_nothing),
		cmocka_unit_test(gaps_are_found),
		cmocka_unit_test(texts_too_long_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
