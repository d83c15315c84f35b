/* Which language a text is in does not hang on where its words lie in the bytes that are looked
 * at together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/language.h"

static const struct {
	const char *text;
	language language;
} told[] = {
	{ "Le Conseil est saisi de l’état des affaires", LANGUAGE_FR },
	{ "l'été à Genève", LANGUAGE_FR },
	{ "the report of the Secretary-General", LANGUAGE_EN },
	{ "El informe del Secretario General sobre la situación en los años", LANGUAGE_OTHER },
	{ "Der Bericht über die Lage und für das Jahr", LANGUAGE_OTHER },
	{ "Доклад Генерального секретаря", LANGUAGE_OTHER },
	{ "Jakarta-le 3le", LANGUAGE_UNKNOWN },
};

static language
detect(const language_detector *d, const char *text, size_t before, size_t after)
{
	size_t n = strlen(text), all = before + n + after;
	char *bytes = malloc(all); /* no more, so that a look behind its end is seen */

	assert_non_null(bytes);
	memset(bytes, '.', all);
	memcpy(bytes + before, text, n);
	language found = language_detect(d, (slice){ bytes, all });
	free(bytes);
	return found;
}

static void
test_place_is_nothing(void **state)
{
	language_detector *d = malloc(sizeof(*d));

	(void)state;
	assert_non_null(d);
	language_detector_init(d);
	for (size_t i = 0; i < sizeof(told) / sizeof(*told); i++)
		for (size_t before = 0; before < 140; before++)
			for (size_t after = 0; after < 80; after++)
				assert_int_equal(detect(d, told[i].text, before, after),
					told[i].language);
	free(d);
}

/* What lies behind the first 320 bytes is not read, also where they end inside a letter. */
static void
test_end_of_reading(void **state)
{
	static const char cut[] = "é the report of the Council is on the table";
	language_detector *d = malloc(sizeof(*d));

	(void)state;
	assert_non_null(d);
	language_detector_init(d);
	assert_int_equal(detect(d, cut, 319, 0), LANGUAGE_UNKNOWN);
	assert_int_equal(detect(d, cut, 200, 0), LANGUAGE_EN);
	free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_place_is_nothing),
		cmocka_unit_test(test_end_of_reading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
