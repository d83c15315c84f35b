/* What bytes are taken for, and where it is said that they are damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/random_text.h"
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

/* Piece by piece, each too short for many bytes to be asked together. */
static size_t
check_slowly(slice s, utf8_facts *facts)
{
	size_t i = 0, step;

	*facts = (utf8_facts){ 0 };
	do {
		utf8_facts piece;
		step = utf8_check(slice_sub(s, i, s.n - i < 17 ? s.n : i + 17), &piece);
		facts->multibyte |= piece.multibyte;
		facts->unusual |= piece.unusual;
		i += step;
	} while (step != 0);
	return i;
}

/* What many bytes together say is what each of them says, wherever an error or a character that
 * is rare stands among them. */
static void
test_blocks_of_bytes(void **state)
{
	static const char *const parts[] = { "a", "loi ", "é", "l’", "«\u00A0", "ʼ", "€", "…",
		"œ", "\u202F", "État ", "\u2001", "e\u0301", "漢", "😀", "−", "я", "\xC3",
		"\xE2\x80", "\x80", "\xFF", "\xC0", "\xE9" };
	const size_t all = sizeof(parts) / sizeof(*parts), common = 11, sound = 17;
	uint32_t seed = 5;

	(void)state;
	for (size_t round = 0; round < 20000; round++) {
		char text[320];
		size_t n = 0, most = round % 300;
		for (;;) {
			uint32_t r = random_next(&seed);
			size_t of = r % 64 == 0 && round % 2 == 0 ? all
				    : r % 16 == 1                 ? sound
								  : common;
			const char *part = parts[random_next(&seed) % of];
			if (n + strlen(part) > most)
				break;
			memcpy(text + n, part, strlen(part));
			n += strlen(part);
		}
		char *alone = copy_alone((slice){ text, n });
		utf8_facts facts, slow;
		size_t bad = check_slowly((slice){ text, n }, &slow);
		assert_int_equal(utf8_check((slice){ alone, n }, &facts), bad);
		assert_int_equal(facts.multibyte, slow.multibyte);
		assert_int_equal(facts.unusual, slow.unusual);
		free(alone);
	}
}

/* What the end of a block cuts is no character before the next block has the rest of it. */
static void
test_cut_at_a_block(void **state)
{
	utf8_facts facts;

	(void)state;
	for (size_t at = 0; at < 100; at++) {
		char text[140];
		memset(text, 'a', sizeof(text));
		text[at] = '\xC3';
		assert_int_equal(utf8_check((slice){ text, sizeof(text) }, &facts), at);
		assert_false(facts.multibyte);
		assert_int_equal(utf8_check((slice){ text, at + 1 }, &facts), at);
		text[at + 1] = '\xA9';
		assert_int_equal(
			utf8_check((slice){ text, sizeof(text) }, &facts), sizeof(text));
		assert_true(facts.multibyte);
	}
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
check_parts_composed(slice text, uint64_t parts, slice expected)
{
	char out[256];
	size_t at = 0, copied = 0, n = 0;
	normal_change change;
	bool found = true;

	while (found) {
		assert_int_equal(normal_next(&c, text, parts, &at, &change, &found), STATUS_OK);
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
check_composed(slice text, slice expected)
{
	utf8_facts facts;

	assert_int_equal(utf8_check(text, &facts), text.n);
	check_parts_composed(text, NORMAL_ANYWHERE, expected);
	check_parts_composed(text, facts.parts, expected);
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

/* What NFC changes is found wherever it stands among letters and punctuation that it leaves. */
static void
test_composition_in_long_text(void **state)
{
	static const char filler[] = "L’État « a signé » — hier…\u202F; ";
	static const slice rare[][2] = { { { "e\xCC\x81", 3 }, { "é", 2 } },
		{ { "\xE2\x84\xAB", 3 }, { "Å", 2 } },
		{ { "\xE2\x80\x81", 3 }, { "\xE2\x80\x83", 3 } } };
	const size_t n = sizeof(filler) - 1;

	(void)state;
	for (size_t k = 0; k < 3; k++)
		for (size_t before = 0; before < 160; before++) {
			char text[256], expected[256];
			size_t start = before % n;
			memset(text, 'a', sizeof(text));
			for (size_t i = start; i + n <= before; i += n)
				memcpy(text + i, filler, n);
			memcpy(expected, text, before);
			memcpy(text + before, rare[k][0].p, rare[k][0].n);
			memcpy(expected + before, rare[k][1].p, rare[k][1].n);
			memcpy(text + before + rare[k][0].n, filler, n);
			memcpy(expected + before + rare[k][1].n, filler, n);
			check_composed((slice){ text, before + rare[k][0].n + n },
				(slice){ expected, before + rare[k][1].n + n });
		}
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
		cmocka_unit_test(test_blocks_of_bytes),
		cmocka_unit_test(test_cut_at_a_block),
		cmocka_unit_test(test_every_character),
		cmocka_unit_test(test_composition),
		cmocka_unit_test(test_composition_in_long_text),
	};

	context_init(&c, &memory_libc);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
