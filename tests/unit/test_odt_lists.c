/* The numbers of lists, asked for as an OpenDocument reader does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "document/formats/odt_lists.h"

#define LOOKED_AT 4096 /* as many of the last styles as are looked at */

static void
define(odt_lists *l, const char *name, const char *format)
{
	const char *style[] = { "style:name", name, NULL };
	const char *level[] = { "text:level", "1", "style:num-format", format,
		"style:num-suffix", ".", NULL };

	assert_int_equal(odt_lists_define(l, "text:list-style", style), STATUS_OK);
	assert_int_equal(odt_lists_define(l, "text:list-level-style-number", level), STATUS_OK);
	odt_lists_defined(l, "text:list-style");
}

/* The label of the first item of a list of the style. */
static void
assert_label(odt_lists *l, const char *style, const char *expected)
{
	const char *list[] = { "text:style-name", style, NULL }, *nothing[] = { NULL };
	buffer label;

	buffer_init(&label, &memory_libc, 100);
	assert_int_equal(odt_lists_begin(l, list), STATUS_OK);
	assert_int_equal(odt_lists_item(l, nothing, false), STATUS_OK);
	assert_int_equal(odt_lists_count(l, nothing, 0, &label), STATUS_OK);
	odt_lists_end(l);
	buffer_put_char(&label, '\0');
	assert_string_equal(label.p, expected);
	buffer_free(&label);
}

/* The last of a name is meant; a file with very many styles is not searched for long. */
static void
the_last_styles_are_looked_at(void **state)
{
	arena keep;
	char name[32];

	(void)state;
	arena_init(&keep, &memory_libc);
	odt_lists l = { .keep = &keep, .memory = &memory_libc };
	define(&l, "first", "A");
	define(&l, "twice", "1");
	define(&l, "twice", "i");
	for (int i = 2; i < LOOKED_AT; i++) {
		snprintf(name, sizeof(name), "L%d", i);
		define(&l, name, "1");
	}
	assert_label(&l, "L9", "1.");
	assert_label(&l, "twice", "i.");
	assert_label(&l, "first", "");
	assert_label(&l, "nowhere", "");
	odt_lists_free(&l);
	arena_free(&keep);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_last_styles_are_looked_at) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
