/* What one look at a text tells, against what a slow reading of it says, wherever in the blocks
 * of bytes that are looked at together something stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "document/facts.h"
#include "tests/unit/random_text.h"

static bool
holds_letter(slice word)
{
	for (size_t i = 0; i < word.n; i++) {
		unsigned char c = (unsigned char)word.p[i];
		if ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
			(c >= 0xC3 && c != 0xE2))
			return true;
	}
	return false;
}

static size_t
count_words(slice text)
{
	size_t words = 0, start = 0;

	for (size_t i = 0; i <= text.n; i++)
		if (i == text.n || (unsigned char)text.p[i] <= ' ') {
			words += holds_letter(slice_sub(text, start, i));
			start = i + 1;
		}
	return words;
}

static void
words_are_counted(void **state)
{
	static const char *const parts[] = { "a", "mot ", "été ", " ", "\n", "«\u00A0",
		"\u00A0»", "12 ", "— ", "’", "(", "...", "é", "internationalement ", "pa", "ph",
		"\t", "E\u0301" };
	uint32_t seed = 3;

	(void)state;
	for (size_t round = 0; round < 600; round++) {
		char text[1024];
		size_t n =
			random_text(text, round, parts, sizeof(parts) / sizeof(*parts), &seed);
		char *alone = copy_alone((slice){ text, n });
		text_survey found = facts_survey((slice){ alone, n });
		assert_int_equal(found.words, count_words((slice){ text, n }));
		assert_false(found.commented);
		assert_false(found.raised);
		free(alone);
	}
}

static text_survey
survey_of(const char *what, size_t before, size_t after)
{
	char text[512];
	size_t n = strlen(what);

	memset(text, 'p', sizeof(text));
	memcpy(text + before, what, n);
	return facts_survey((slice){ text, before + n + after });
}

static void
marks_are_seen_wherever_they_stand(void **state)
{
	(void)state;
	for (size_t before = 0; before < 150; before++)
		for (size_t after = 0; after < 150; after += 7) {
			assert_true(survey_of("mot\u00B9", before, after).raised);
			assert_false(survey_of("mot\u00B2", before, after).raised);
			assert_true(survey_of("paraph: off", before, after).commented);
			assert_true(survey_of("paraph\u00A0 :", before, after).commented);
			assert_false(survey_of("paraph off", before, after).commented);
			assert_false(survey_of("parapher:", before, after).commented);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_counted),
		cmocka_unit_test(marks_are_seen_wherever_they_stand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
