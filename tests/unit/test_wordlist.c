/* Word lists: what is a word in the file, what counts as the same word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "text/wordlist.h"

static void
lines(void **state)
{
	wordlist l;

	(void)state;
	wordlist_init(&l, &memory_libc);
	assert_false(wordlist_has(&l, SLICE("Kairat")));
	assert_int_equal(
		wordlist_add_lines(&l,
			SLICE("\xEF\xBB\xBF# names\nKairat\r\n  Umarov # a person\n\nN’Diaye\n"
			      "Kairat\nGulnora")),
		STATUS_OK);
	assert_int_equal(l.words.n, 4);
	assert_true(wordlist_has(&l, SLICE("Kairat")));
	assert_true(wordlist_has(&l, SLICE("Umarov")));
	assert_true(wordlist_has(&l, SLICE("Gulnora")));
	assert_true(wordlist_has(&l, SLICE("N'Diaye")));
	assert_true(wordlist_has(&l, SLICE("N’Diaye")));
	assert_false(wordlist_has(&l, SLICE("kairat")));
	assert_false(wordlist_has(&l, SLICE("Kaïrat")));
	assert_false(wordlist_has(&l, SLICE("names")));
	assert_false(wordlist_has(&l, SLICE("")));
	wordlist_free(&l);
}

static void
many(void **state)
{
	wordlist l;
	char text[32];

	(void)state;
	wordlist_init(&l, &memory_libc);
	for (int i = 0; i < 5000; i++)
		assert_int_equal(
			wordlist_add(&l, (slice){ text, (size_t)snprintf(text, sizeof(text),
								"w%d", i) }),
			STATUS_OK);
	for (int i = 0; i < 10000; i++)
		assert_int_equal(
			wordlist_has(&l, (slice){ text, (size_t)snprintf(text, sizeof(text),
								"w%d", i) }),
			i < 5000);
	wordlist_free(&l);
}

static void
missing_file(void **state)
{
	wordlist l;
	context c;

	(void)state;
	context_init(&c, &memory_libc);
	wordlist_init(&l, &memory_libc);
	assert_int_equal(wordlist_read(&l, &c, "/nonexistent/words"), STATUS_NOT_FOUND);
	wordlist_free(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(many),
		cmocka_unit_test(missing_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
