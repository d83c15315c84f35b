/* Maps: lookups by hand on every kind of run, and composition against doing it in two steps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "document/source_map.h"

static void
check_file(const source_map *m, uint32_t a, uint32_t b, uint32_t start, uint32_t end)
{
	span s = source_map_file(m, (span){ a, b });

	assert_int_equal(s.start, start);
	assert_int_equal(s.end, end);
}

static void
check_text(const source_map *m, uint32_t a, uint32_t b, uint32_t start, uint32_t end)
{
	span s = source_map_text(m, (span){ a, b });

	assert_int_equal(s.start, start);
	assert_int_equal(s.end, end);
}

static void
test_identity(void **state)
{
	source_map m = { 0 };

	(void)state;
	check_file(&m, 3, 9, 3, 9);
	check_text(&m, 3, 3, 3, 3);
}

/* text:  abc é(2) ' ' de | fg
 * file:  0-3 3-4  4-7  7-9 | 9-11 dropped | 11-13 */
static const run runs[] = { { 0, 0, RUN_VERBATIM }, { 3, 3, RUN_MADE }, { 5, 4, RUN_MADE },
	{ 6, 7, RUN_VERBATIM }, { 8, 9, RUN_MADE }, { 8, 11, RUN_VERBATIM },
	{ 10, 13, RUN_MADE } };
static const source_map mixed = { runs, sizeof(runs) / sizeof(runs[0]) };

static void
test_file_places(void **state)
{
	(void)state;
	check_file(&mixed, 0, 3, 0, 3);
	check_file(&mixed, 2, 5, 2, 4);    /* ends with the decoded letter */
	check_file(&mixed, 3, 4, 3, 4);    /* half of it is the whole */
	check_file(&mixed, 5, 6, 4, 7);    /* the space is the line break */
	check_file(&mixed, 6, 8, 7, 9);    /* stops before what was dropped */
	check_file(&mixed, 8, 10, 11, 13); /* begins after it */
	check_file(&mixed, 7, 9, 8, 12);   /* and reaches over it */
	check_file(&mixed, 3, 3, 3, 3);
	check_file(&mixed, 4, 4, 3, 4);
	check_file(&mixed, 8, 8, 11, 11);
	check_file(&mixed, 10, 10, 13, 13);
}

static void
test_text_places(void **state)
{
	(void)state;
	check_text(&mixed, 0, 3, 0, 3);
	check_text(&mixed, 3, 4, 3, 5);
	check_text(&mixed, 5, 6, 5, 6);  /* inside the line break */
	check_text(&mixed, 9, 11, 8, 8); /* nothing shows it */
	check_text(&mixed, 8, 12, 7, 9);
	check_text(&mixed, 13, 13, 10, 10);
}

static void
test_wide(void **state)
{
	static const run wide[] = { { 0, 0, RUN_MADE }, { 0, 2, RUN_WIDE },
		{ 4, 10, RUN_MADE } };
	source_map m = { wide, 3 };

	(void)state;
	check_file(&m, 1, 3, 4, 8);
	check_text(&m, 4, 8, 1, 3);
	check_text(&m, 0, 2, 0, 0);
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 16;
}

/* Random maps, the second from the text of the first; cuts only where a run begins. */
static void
random_map(arena *a, uint32_t *seed, const source_map *inner, uint32_t *length, source_map *out)
{
	source_map_builder b = { .memory = a->memory };
	uint32_t text = 0, file = 0;

	while (file < *length) {
		uint32_t n = 1 + next_random(seed) % 5;
		if (file + n > *length)
			n = *length - file;
		/* Ends on a boundary of inner when that is a made run. */
		while (inner != NULL && file + n < *length) {
			span s = source_map_file(inner, (span){ file + n, file + n });
			if (s.start == s.end)
				break;
			n++;
		}
		bool made = next_random(seed) % 3 == 0;
		assert_int_equal(source_map_add(&b, text, file, made ? RUN_MADE : RUN_VERBATIM),
			STATUS_OK);
		text += made ? next_random(seed) % 3 : n;
		file += n;
	}
	assert_int_equal(source_map_finish(&b, a, text, file, out), STATUS_OK);
	*length = text;
}

static void
test_composition(void **state)
{
	uint32_t seed = 11;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		arena a;
		source_map inner, outer, both;
		uint32_t length = 40;
		arena_init(&a, &memory_libc);
		random_map(&a, &seed, NULL, &length, &inner);
		random_map(&a, &seed, &inner, &length, &outer);
		assert_int_equal(source_map_compose(&outer, &inner, &a, &both), STATUS_OK);
		for (size_t i = 1; i < both.count; i++) {
			assert_true(both.runs[i].text >= both.runs[i - 1].text);
			assert_true(both.runs[i].file >= both.runs[i - 1].file);
		}
		for (uint32_t i = 0; i < length; i++) {
			span middle = source_map_file(&outer, (span){ i, i + 1 });
			if (middle.end == middle.start)
				continue;
			span file = source_map_file(&inner, middle);
			span direct = source_map_file(&both, (span){ i, i + 1 });
			assert_true(direct.start <= file.start && direct.end >= file.end);
		}
		arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_identity),
		cmocka_unit_test(test_file_places),
		cmocka_unit_test(test_text_places),
		cmocka_unit_test(test_wide),
		cmocka_unit_test(test_composition),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
