/* Words that both texts have once: which of them the way through both is expected to pass. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "document/anchors.h"
#include "document/document.h"

#define LINES 200

/* A line of words that all lines have, and of names that stand once. */
static void
add_line(passages *p, const char *names)
{
	char text[128];
	int n = snprintf(text, sizeof(text), "the same words %s", names);

	assert_int_equal(passages_add(p, slice_of(text), (span){ 0, (uint32_t)n }, LANGUAGE_EN,
				 BLOCK_PARAGRAPH, 1),
		STATUS_OK);
}

typedef struct shared_word { /* the lines that have it */
	const char *letters;
	uint32_t at[2];
} shared_word;

static void
assert_found(const shared_word *given, size_t n, const char *expected)
{
	passages sides[2];
	translations alike;
	anchors found = { 0 };
	arena a;
	char said[512] = "";

	arena_init(&a, &memory_libc);
	for (int k = 0; k < 2; k++) {
		assert_int_equal(passages_init(&sides[k], &memory_libc), STATUS_OK);
		for (uint32_t i = 0; i < LINES; i++) {
			char names[100] = "";
			for (size_t w = 0; w < n; w++)
				if (given[w].at[k] == i)
					strcat(strcat(names, " "), given[w].letters);
			add_line(&sides[k], names);
		}
	}
	assert_int_equal(translations_guess(&alike, &a, sides), STATUS_OK);
	assert_int_equal(anchors_find(&found, &a, sides, &alike), STATUS_OK);
	for (size_t i = 0; i < found.list.n; i++)
		snprintf(said + strlen(said), sizeof(said) - strlen(said), "%s%u-%u",
			i == 0 ? "" : " ", found.list.at[i].at[0], found.list.at[i].at[1]);
	assert_string_equal(said, expected);
	ARRAY_FREE(&memory_libc, &found.list);
	passages_free(&sides[0]);
	passages_free(&sides[1]);
	arena_free(&a);
}

static void
those_that_lead_away(void **state)
{
	static const shared_word given[] = { { "kabul", { 10, 11 } }, { "herat", { 20, 120 } },
		{ "faizabad", { 20, 120 } }, { "kunduz", { 130, 129 } },
		{ "zaranj", { 150, 150 } } };

	(void)state;
	assert_found(given, 5, "10-11 130-129 150-150");
}

/* Eighty lines that one text lacks, and later others that the other lacks. */
static void
those_that_stay_away(void **state)
{
	static const shared_word given[] = { { "kabul", { 10, 10 } }, { "herat", { 20, 100 } },
		{ "faizabad", { 30, 110 } }, { "kunduz", { 40, 120 } },
		{ "zaranj", { 50, 130 } }, { "bamyan", { 180, 180 } } };

	(void)state;
	assert_found(given, 6, "10-10 20-100 30-110 40-120 50-130 180-180");
}

/* Two that cross each other; several in one line. */
static void
forward_and_once(void **state)
{
	static const shared_word given[] = { { "kabul", { 10, 10 } }, { "herat", { 10, 10 } },
		{ "faizabad", { 30, 20 } }, { "kunduz", { 25, 22 } }, { "bamyan", { 28, 24 } },
		{ "zaranj", { 50, 50 } } };

	(void)state;
	assert_found(given, 6, "10-10 25-22 28-24 50-50");
}

static void
none(void **state)
{
	(void)state;
	assert_found(NULL, 0, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(those_that_lead_away),
		cmocka_unit_test(those_that_stay_away), cmocka_unit_test(forward_and_once),
		cmocka_unit_test(none) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
