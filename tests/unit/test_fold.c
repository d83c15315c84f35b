/* Case and folding, by examples and by what must hold for every character. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "text/fold.h"
#include "text/utf8.h"

static void
expect(size_t (*f)(char *, slice), const char *in, const char *out)
{
	char text[256];
	slice s = { text, f(text, slice_of(in)) };

	if (!slice_equal(s, slice_of(out)))
		fail_msg("“%s” became “%.*s”, not “%s”", in, SLICE_ARG(s), out);
}

static void
lower(void **state)
{
	(void)state;
	expect(text_lower, "ÉTATS Membres", "états membres");
	expect(text_lower, "L'Assemblée", "l’assemblée");
	expect(text_lower, "L’ŒUVRE", "l’œuvre");
	expect(text_lower, "ΑΘΗΝΑ Москва", "αθηνα москва");
	expect(text_lower, "中国 𝔸 42", "中国 𝔸 42");
	expect(text_lower, "", "");
}

static void
fold(void **state)
{
	(void)state;
	expect(text_fold, "ÉTATS Membres", "etats membres");
	expect(text_fold, "Œuvre, ÆQUO, çà, Straße", "oeuvre, aequo, ca, strasse");
	expect(text_fold, "L’A\u2011B\u2010C ʼd", "l'a-b-c 'd");
	expect(text_fold, "mo\u00ADdè\u200Ble", "modele");
	expect(text_fold, "e\u0301tat", "etat");
	expect(text_fold, "ﬁn eﬃcace", "fin efficace");
	expect(text_fold, "Łódź, Ñandú, Đorđe, Ångström", "lodz, nandu, dorde, angstrom");
	expect(text_fold, "Ёлка Ἀθῆναι", "елка αθηναι");
	expect(text_fold, "", "");
}

/* Folding twice is folding once, case does not change it, and the room that the header asks
 * for is enough. */
static void
every_character(void **state)
{
	(void)state;
	for (uint32_t c = 1; c < 0x11000; c++) {
		char one[8], folded[16], again[48], small[16];
		if (c >= 0xD800 && c < 0xE000)
			continue;
		slice s = { one, utf8_put(one, c) };
		slice f = { folded, text_fold(folded, s) };
		slice ff = { again, text_fold(again, f) };
		assert_true(f.n <= 3 * s.n + 4);
		if (!slice_equal(f, ff))
			fail_msg("U+%04X is folded to “%.*s”, then “%.*s”", c, SLICE_ARG(f),
				SLICE_ARG(ff));
		slice l = { small, text_small(small, s) };
		slice fl = { again, text_fold(again, l) };
		if (!slice_equal(f, fl))
			fail_msg("U+%04X and its lower case are folded differently", c);
	}
}

static void
decoding(void **state)
{
	static const char bad[] = "a\xC3\x80\xFF\xE2\x82\xF0\x9F\x92\xA9\x80";
	static const uint32_t expected[] = { 'a', 0xC0, 0xFFFD, 0xFFFD, 0xFFFD, 0x1F4A9,
		0xFFFD };
	slice s = { bad, sizeof(bad) - 1 };
	size_t at = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(expected) / sizeof(*expected); i++) {
		assert_true(at < s.n);
		assert_int_equal(utf8_read(s, &at), expected[i]);
	}
	assert_int_equal(at, s.n);
}

static void
kinds_of_case(void **state)
{
	(void)state;
	assert_int_equal(text_case_of(SLICE("asie")), CASE_LOWER);
	assert_int_equal(text_case_of(SLICE("1999")), CASE_LOWER);
	assert_int_equal(text_case_of(SLICE("Asie")), CASE_CAPITAL);
	assert_int_equal(text_case_of(SLICE("A")), CASE_CAPITAL);
	assert_int_equal(text_case_of(SLICE("ÉTATS")), CASE_UPPER);
	assert_int_equal(text_case_of(SLICE("B-52")), CASE_CAPITAL);
	assert_int_equal(text_case_of(SLICE("AB-52")), CASE_UPPER);
	assert_int_equal(text_case_of(SLICE("eBay")), CASE_MIXED);
	assert_int_equal(text_case_of(SLICE("OpenOffice")), CASE_MIXED_CAPITAL);
	assert_int_equal(text_case_of(SLICE("")), CASE_LOWER);
}

static void
capitalising(void **state)
{
	(void)state;
	expect(text_capitalise, "éTATS", "États");
	expect(text_capitalise, "l'asie", "L'asie");
	expect(text_capitalise, "", "");
	expect(text_small, "L'ASIE’", "l'asie’");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lower),
		cmocka_unit_test(fold),
		cmocka_unit_test(every_character),
		cmocka_unit_test(decoding),
		cmocka_unit_test(kinds_of_case),
		cmocka_unit_test(capitalising),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
