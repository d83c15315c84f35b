/* Places: against counting from the start of the text, for every offset, in any order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "text/position.h"

static const char sample[] = "un\ndeux é\r\n𝄞 clé\r\rfin « oui »\n\nlà";

/* By the definition, from the start. */
static position
count(slice text, size_t offset)
{
	position at = { 1, 1, 0 };

	for (size_t i = 0; i < offset;) {
		unsigned char c = (unsigned char)text.p[i];
		size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
		bool pair = c == '\r' && i + 1 < text.n && text.p[i + 1] == '\n';
		if (i + n > offset)
			break;
		i += n;
		if ((c == '\n' || c == '\r') && !(pair && i < offset + 1 && i == offset)) {
			if (pair)
				i++;
			at = (position){ at.line + 1, 1, 0 };
			continue;
		}
		at.column++;
		at.utf16 += n == 4 ? 2 : 1;
	}
	return at;
}

static void
check(positions *p, slice text, uint32_t offset)
{
	position is, expected = count(text, offset);

	assert_int_equal(position_of(p, offset, &is), STATUS_OK);
	assert_int_equal(is.line, expected.line);
	assert_int_equal(is.column, expected.column);
	assert_int_equal(is.utf16, expected.utf16);
}

static void
test_every_offset(void **state)
{
	slice text = { sample, sizeof(sample) - 1 };
	positions p;

	(void)state;
	positions_init(&p, &memory_libc, text, ENCODING_UTF8);
	for (uint32_t i = 0; i <= text.n; i++)
		check(&p, text, i);
	for (uint32_t i = (uint32_t)text.n + 1; i-- > 0;)
		check(&p, text, i);
	for (uint32_t i = 0; i <= text.n; i++)
		check(&p, text, i * 7 % (uint32_t)(text.n + 1));
	positions_free(&p);
}

static void
test_round_trip(void **state)
{
	slice text = { sample, sizeof(sample) - 1 };
	positions p;

	(void)state;
	positions_init(&p, &memory_libc, text, ENCODING_UTF8);
	for (uint32_t i = 0; i <= text.n; i++) {
		position at;
		uint32_t back, units;
		if (i < text.n && ((unsigned char)text.p[i] & 0xC0) == 0x80)
			continue;
		if (i > 0 && i < text.n && text.p[i] == '\n' && text.p[i - 1] == '\r')
			continue;
		assert_int_equal(position_of(&p, i, &at), STATUS_OK);
		assert_int_equal(position_offset(&p, at.line, at.column, &back), STATUS_OK);
		assert_int_equal(back, i);
		assert_int_equal(
			position_offset_utf16(&p, at.line - 1, at.utf16, &units), STATUS_OK);
		assert_int_equal(units, i);
	}
	positions_free(&p);
}

/* Long lines, which are counted sixteen bytes at a time, with characters of every length at
 * every distance. */
static void
test_long_lines(void **state)
{
	static const char *const pieces[] = { "a", "bcdefghijklmnopq", "é", "’", "\uD7FF",
		"\uE000", "ﬀ", "𝄞", "\n", "« ", "日本語" };
	char bytes[600];
	uint32_t random = 1;

	(void)state;
	for (int round = 0; round < 200; round++) {
		slice text = { bytes, 0 };
		positions p;
		while (text.n < sizeof(bytes) - 20) {
			random = random * 1103515245 + 12345;
			const char *piece = pieces[(random >> 16) % (round < 100 ? 11 : 8)];
			memcpy(bytes + text.n, piece, strlen(piece));
			text.n += strlen(piece);
		}
		positions_init(&p, &memory_libc, text, ENCODING_UTF8);
		for (uint32_t i = 0; i <= text.n; i += 1 + random % 97, random = random * 5 + 1)
			check(&p, text, i);
		positions_free(&p);
	}
}

/* In one step as byte after byte, where no sixteen are there to be looked at. */
static void
test_broken_bytes(void **state)
{
	static const char *const broken[] = { "\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80",
		"\xED\xA0\x80", "\xF8\x80", "\xE2\x80", "\xC3" };
	char bytes[80];

	(void)state;
	for (size_t k = 0; k < sizeof(broken) / sizeof(*broken); k++)
		for (size_t at = 0; at < 20; at++) {
			size_t n = strlen(broken[k]);
			positions p, slow;
			position is, expected;
			memset(bytes, 'x', sizeof(bytes));
			memcpy(bytes + at, broken[k], n);
			positions_init(&p, &memory_libc, (slice){ bytes, sizeof(bytes) },
				ENCODING_UTF8);
			slow = p;
			assert_int_equal(position_of(&p, 70, &is), STATUS_OK);
			for (uint32_t i = 0; i <= 70; i++)
				assert_int_equal(position_of(&slow, i, &expected), STATUS_OK);
			assert_int_equal(is.column, expected.column);
			assert_int_equal(is.utf16, expected.utf16);
			positions_free(&p);
			positions_free(&slow);
		}
}

static void
test_clamping(void **state)
{
	slice text = SLICE("ab\ncd");
	positions p;
	position at;
	uint32_t offset;
	span line;

	(void)state;
	positions_init(&p, &memory_libc, text, ENCODING_UTF8);
	assert_int_equal(position_of(&p, 99, &at), STATUS_OK);
	assert_int_equal(at.line, 2);
	assert_int_equal(at.column, 3);
	assert_int_equal(position_offset(&p, 1, 99, &offset), STATUS_OK);
	assert_int_equal(offset, 2);
	assert_int_equal(position_offset(&p, 99, 1, &offset), STATUS_OK);
	assert_int_equal(offset, 5);
	assert_int_equal(position_offset_utf16(&p, 99, 1, &offset), STATUS_OK);
	assert_int_equal(offset, 5);
	assert_int_equal(position_line(&p, 2, &line), STATUS_OK);
	assert_int_equal(line.start, 3);
	assert_int_equal(line.end, 5);
	positions_free(&p);
	positions_init(&p, &memory_libc, (slice){ 0 }, ENCODING_UTF8);
	assert_int_equal(position_of(&p, 0, &at), STATUS_OK);
	assert_int_equal(at.line, 1);
	assert_int_equal(at.column, 1);
	positions_free(&p);
}

static void
test_other_encodings(void **state)
{
	/* A mark, é, line feed, x. */
	static const char wide[] = "\xFF\xFE\xE9\x00\n\x00x\x00";
	static const char western[] = "\xE9t\xE9\nx";
	positions p;
	position at;

	(void)state;
	positions_init(&p, &memory_libc, (slice){ wide, 8 }, ENCODING_UTF16LE);
	assert_int_equal(position_of(&p, 2, &at), STATUS_OK);
	assert_int_equal(at.column, 1);
	assert_int_equal(position_of(&p, 4, &at), STATUS_OK);
	assert_int_equal(at.column, 2);
	assert_int_equal(position_of(&p, 6, &at), STATUS_OK);
	assert_int_equal(at.line, 2);
	assert_int_equal(at.column, 1);
	positions_free(&p);
	positions_init(&p, &memory_libc, (slice){ western, sizeof(western) - 1 },
		ENCODING_WINDOWS_1252);
	assert_int_equal(position_of(&p, 2, &at), STATUS_OK);
	assert_int_equal(at.column, 3);
	positions_free(&p);
}

/* 200,000 questions in ascending order on one line of 4 MB: quadratic would be minutes. */
static void
test_long_line(void **state)
{
	size_t n = (size_t)4 << 20;
	char *text = malloc(n);
	positions p;
	position at;

	(void)state;
	assert_non_null(text);
	memset(text, 'x', n);
	positions_init(&p, &memory_libc, (slice){ text, n }, ENCODING_UTF8);
	clock_t start = clock();
	for (uint32_t i = 0; i < 200000; i++)
		assert_int_equal(position_of(&p, i * 20, &at), STATUS_OK);
	assert_int_equal(at.column, 199999 * 20 + 1);
	assert_true(clock() - start < 2 * CLOCKS_PER_SEC);
	positions_free(&p);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_offset),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test(test_broken_bytes),
		cmocka_unit_test(test_clamping),
		cmocka_unit_test(test_other_encodings),
		cmocka_unit_test(test_long_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
