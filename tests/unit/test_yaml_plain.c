/* What is read without libyaml is what libyaml reads, place by place; and our profiles are read
 * so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/yaml_plain.h"
#include "tests/unit/random_text.h"

static void
assert_same(const yaml *a, const yaml *b)
{
	for (; a != NULL && b != NULL; a = a->next, b = b->next) {
		assert_int_equal(a->kind, b->kind);
		assert_int_equal(a->quoted, b->quoted);
		assert_int_equal(a->line, b->line);
		assert_int_equal(a->column, b->column);
		assert_int_equal(a->key_line, b->key_line);
		assert_int_equal(a->key_column, b->key_column);
		assert_true(slice_equal(a->text, b->text));
		assert_true(slice_equal(a->key, b->key));
		assert_same(a->first, b->first);
	}
	assert_true(a == NULL && b == NULL);
}

/* Whether it was plain. */
static bool
compare(slice bytes)
{
	context c;
	arena a;
	yaml *plain, *any;

	context_init(&c, &memory_libc);
	arena_init(&a, &memory_libc);
	assert_int_equal(yaml_read_plain(&a, bytes, &plain), STATUS_OK);
	if (plain != NULL) {
		assert_int_equal(yaml_read_any(&c, &a, SLICE("x"), bytes, &any), STATUS_OK);
		assert_same(plain, any);
	}
	arena_free(&a);
	return plain != NULL;
}

static void
test_random(void **state)
{
	static const char *const parts[] = { "a", "rule/x-1", ":", ": ", ":\n", "\n", "\n  ",
		"\n    ", "\n ", " ", "  ", "#", " # é", "é", "’", "b: c\n", "options:\n  ",
		"a: b", "k: 9h30", "- ", "'", "\"", "\t", "\r\n", "---\n", "...", "&a", "*a",
		"!t", "|", ">", "%", "{", "[", ",", "\xC2\x85", "\xE2\x80\xA8", "\xC3",
		"\xEF\xBB\xBF", "\x7F", "null", "~", "?", "x y", "d:\n  e: f\n",
		"g:\n    h: i" };
	char text[160];
	uint32_t seed = 1;
	size_t plain = 0;

	(void)state;
	for (int i = 0; i < 300000; i++) {
		size_t few = 8 + random_next(&seed) % (sizeof(text) - 8);
		/* Also of the first parts alone, which are oftener plain. */
		size_t of = random_next(&seed) % 2 == 0 ? 19 : sizeof(parts) / sizeof(*parts);
		size_t n = random_text(text, few, parts, of, &seed);
		char *alone = copy_alone((slice){ text, n });
		assert_non_null(alone);
		plain += compare((slice){ alone, n });
		free(alone);
	}
	assert_true(plain > 1000);
}

static void
test_profiles(void **state)
{
	static const char *const names[] = { "un-fr", "un-en", "extracted-text" };
	char path[200];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		file f;
		context c;
		context_init(&c, &memory_libc);
		snprintf(path, sizeof(path), "data/profiles/%s.yaml", names[i]);
		assert_int_equal(file_open(&f, &c, path), STATUS_OK);
		assert_true(compare(f.bytes));
		file_close(&f, &memory_libc);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_profiles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
