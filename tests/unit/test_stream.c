/* base/stream.h: lines and pieces, from memory and from files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/stream.h"

static void
lines_come_one_by_one(void **state)
{
	static const char *const expected[] = { "one", "", "two", "last" };
	context c;
	stream s;
	slice line;
	bool more;

	(void)state;
	context_init(&c, &memory_libc);
	stream_of_bytes(&s, &c, "x", SLICE("one\n\r\ntwo\r\nlast"));
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(stream_line(&s, &line, &more), STATUS_OK);
		assert_true(more);
		assert_true(slice_is(line, expected[i]));
	}
	assert_int_equal(stream_line(&s, &line, &more), STATUS_OK);
	assert_false(more);
	assert_int_equal(s.taken, 15);
	stream_close(&s);
}

/* A line that runs over several fillings of the buffer, and one past the limit. */
static void
long_lines_are_whole_or_refused(void **state)
{
	static char text[300001];
	context c;
	stream s;
	slice line;
	bool more;

	(void)state;
	context_init(&c, &memory_libc);
	memset(text, 'a', sizeof(text));
	text[300000] = '\n';
	stream_of_bytes(&s, &c, "x", (slice){ text, sizeof(text) });
	assert_int_equal(stream_line(&s, &line, &more), STATUS_OK);
	assert_int_equal(line.n, 300000);
	stream_close(&s);
	c.limits.paragraph = 1000;
	stream_of_bytes(&s, &c, "x", (slice){ text, sizeof(text) });
	assert_int_equal(stream_line(&s, &line, &more), STATUS_LIMIT);
	assert_non_null(strstr(c.message, "x: a line of more than 1000 bytes"));
	stream_close(&s);
}

static void
a_look_ahead_takes_nothing(void **state)
{
	context c;
	stream s;
	slice head, piece;

	(void)state;
	context_init(&c, &memory_libc);
	stream_of_bytes(&s, &c, "x", SLICE("abc"));
	assert_int_equal(stream_peek(&s, &head), STATUS_OK);
	assert_true(slice_is(head, "abc"));
	assert_int_equal(stream_next(&s, &piece), STATUS_OK);
	assert_true(slice_is(piece, "abc"));
	assert_int_equal(stream_next(&s, &piece), STATUS_OK);
	assert_int_equal(piece.n, 0);
	stream_close(&s);
}

static void
what_cannot_be_opened_is_named(void **state)
{
	context c;
	stream s;

	(void)state;
	context_init(&c, &memory_libc);
	assert_int_equal(stream_open(&s, &c, "/nonexistent/x"), STATUS_NOT_FOUND);
	assert_non_null(strstr(c.message, "/nonexistent/x"));
	assert_int_equal(stream_open(&s, &c, "/"), STATUS_IO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_come_one_by_one),
		cmocka_unit_test(long_lines_are_whole_or_refused),
		cmocka_unit_test(a_look_ahead_takes_nothing),
		cmocka_unit_test(what_cannot_be_opened_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
