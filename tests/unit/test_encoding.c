/* What bytes are taken for, and where it is said that they are damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "text/encoding.h"
#include "text/normal.h"
#include "text/utf8.h"

static context c;

static status
recognise(slice bytes, encoding_verdict *v)
{
	return encoding_recognise(&c, SLICE("note.txt"), bytes, v);
}

static void
test_recognised(void **state)
{
	static const struct {
		slice bytes;
		encoding encoding;
		size_t mark;
	} cases[] = {
		{ { "", 0 }, ENCODING_UTF8, 0 },
		{ { "abc", 3 }, ENCODING_UTF8, 0 },
		{ { "\xEF\xBB\xBF\xC3\xA9", 5 }, ENCODING_UTF8, 3 },
		{ { "\xFF\xFE\xE9\0", 4 }, ENCODING_UTF16LE, 2 },
		{ { "\xFE\xFF\0\xE9", 4 }, ENCODING_UTF16BE, 2 },
		{ { "L\0e\0 \0p\0", 8 }, ENCODING_UTF16LE, 0 },
		{ { "\0L\0e\0 \0p", 8 }, ENCODING_UTF16BE, 0 },
		{ { "L\x92\xE9t\xE9 a commenc\xE9 \xE0 No\xEBl", 23 }, ENCODING_WINDOWS_1252,
			0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		encoding_verdict v;
		assert_int_equal(recognise(cases[i].bytes, &v), STATUS_OK);
		assert_int_equal(v.encoding, cases[i].encoding);
		assert_int_equal(v.mark, cases[i].mark);
	}
}

static void
test_refused(void **state)
{
	static const slice cases[] = {
		{ "a\0b", 3 },                     /* a zero */
		{ "caf\xC3\xA9 et th\xE9", 12 },   /* UTF-8 with a damaged letter */
		{ "\xEF\xBB\xBFth\xE9", 6 },       /* a mark promises UTF-8 */
		{ "\xFF\xFE\x00\xD8", 4 },         /* half a surrogate pair */
		{ "\xFF\xFE\x41", 3 },             /* half a unit */
		{ "\x80\x81\x82\x83\x84\x85", 6 }, /* nothing known */
		{ "\xEF\xF0\xE8\xE2\xE5\xF2 \xEC\xE8\xF0",
			10 },                    /* Cyrillic of another code page */
		{ "\x7F\x45LF\x02\x01\xC8", 7 }, /* controls */
	};
	encoding_verdict v;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(recognise(cases[i], &v), STATUS_FORMAT);
		assert_non_null(strstr(c.message, "note.txt"));
	}
}

/* 0xFF at every position of a text is diagnosed at exactly that position. */
static void
test_bad_byte_everywhere(void **state)
{
	static const char text[] = "é\nL’État a signé.\nFin « là »\n";
	size_t n = sizeof(text) - 1;

	(void)state;
	for (size_t at = 0; at <= n; at++) {
		char bytes[sizeof(text) + 1], offset[48];
		encoding_verdict v;
		utf8_facts facts;
		memcpy(bytes, text, at);
		bytes[at] = '\xFF';
		memcpy(bytes + at + 1, text + at, n - at);
		assert_int_equal(utf8_check((slice){ bytes, n + 1 }, &facts), at);
		/* Before the first letter of two bytes this could be Windows-1252. */
		if (at < 2)
			continue;
		assert_int_equal(recognise((slice){ bytes, n + 1 }, &v), STATUS_FORMAT);
		snprintf(offset, sizeof(offset), "(offset %zu)", at);
		assert_non_null(strstr(c.message, offset));
		assert_non_null(strstr(c.message, "0xFF"));
	}
}

static void
test_line_and_column(void **state)
{
	encoding_verdict v;

	(void)state;
	assert_int_equal(recognise(SLICE("é\r\nun\ndéj\xE0 vu"), &v), STATUS_FORMAT);
	assert_non_null(strstr(c.message, "line 3, column 4"));
	c.ui = LANGUAGE_FR;
	assert_int_equal(recognise(SLICE("é\r\nun\ndéj\xE0 vu"), &v), STATUS_FORMAT);
	assert_non_null(strstr(c.message, "ligne 3, colonne 4"));
	c.ui = LANGUAGE_EN;
}

/* Unicode 15, table 3-7: what may follow each lead byte. */
static void
test_ill_formed(void **state)
{
	static const struct {
		slice bytes;
		size_t bad;
	} cases[] = {
		{ { "\xC0\x80", 2 }, 0 },
		{ { "a\xC1\xBF", 3 }, 1 },
		{ { "\xE0\x80\x80", 3 }, 0 },
		{ { "\xED\xA0\x80", 3 }, 0 },
		{ { "\xF4\x90\x80\x80", 4 }, 0 },
		{ { "\xF5\x80\x80\x80", 4 }, 0 },
		{ { "ab\xC3", 3 }, 2 },
		{ { "ab\xE2\x80", 4 }, 2 },
		{ { "ab\xE2\x80z", 5 }, 2 },
		{ { "\x80", 1 }, 0 },
	};
	utf8_facts facts;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(utf8_check(cases[i].bytes, &facts), cases[i].bad);
}

/* Every character there is survives writing, checking and reading. */
static void
test_every_character(void **state)
{
	(void)state;
	for (uint32_t character = 0; character < 0x110000; character++) {
		char bytes[4];
		uint32_t back;
		utf8_facts facts;
		if (character >= 0xD800 && character <= 0xDFFF)
			continue;
		size_t n = utf8_put(bytes, character);
		assert_int_equal(utf8_check((slice){ bytes, n }, &facts), n);
		assert_int_equal(utf8_get(bytes, n, &back), n);
		assert_int_equal(back, character);
		assert_int_equal(utf8_count((slice){ bytes, n }), 1);
	}
}

static void
check_composed(slice text, slice expected)
{
	char out[256];
	size_t at = 0, copied = 0, n = 0;
	normal_change change;
	bool found = true;

	while (found) {
		assert_int_equal(normal_next(&c, text, &at, &change, &found), STATUS_OK);
		size_t until = found ? change.text.start : text.n;
		memcpy(out + n, text.p + copied, until - copied);
		n += until - copied;
		if (found) {
			memcpy(out + n, change.bytes, change.n);
			n += change.n;
			copied = change.text.end;
		}
	}
	assert_int_equal(n, expected.n);
	assert_memory_equal(out, expected.p, n);
}

static void
test_composition(void **state)
{
	(void)state;
	check_composed(SLICE("déjà"), SLICE("déjà"));
	check_composed(SLICE("de\xCC\x81ja\xCC\x80"), SLICE("déjà"));
	check_composed(SLICE("e\xCC\x81"), SLICE("é"));
	check_composed(SLICE("e\xCC\xA3\xCC\x82x"), SLICE("ệx"));
	check_composed(SLICE("\xE2\x84\xAB"), SLICE("Å")); /* the sign of the unit */
	check_composed(
		SLICE("a\xE2\x80\x80z"), SLICE("a\xE2\x80\x82z")); /* a quad is a space */
	check_composed(SLICE("\xCC\x81x"), SLICE("\xCC\x81x"));    /* nothing to stand on */
	check_composed(SLICE("\xE1\x84\x80\xE1\x85\xA1"), SLICE("가"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_recognised),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_bad_byte_everywhere),
		cmocka_unit_test(test_line_and_column),
		cmocka_unit_test(test_ill_formed),
		cmocka_unit_test(test_every_character),
		cmocka_unit_test(test_composition),
	};

	context_init(&c, &memory_libc);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
