/* The table of words with two right spellings is one that a search can trust. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/slice.h"
#include "checker/rules/spelling_variants.h"

static const spelling_variant *
find(const char *text, language l)
{
	for (size_t i = 0; i < spelling_variant_count; i++)
		if (spelling_variants[i].language == l &&
			strcmp(spelling_variants[i].text, text) == 0)
			return &spelling_variants[i];
	return NULL;
}

static void
table_is_sorted(void **state)
{
	(void)state;
	assert_true(spelling_variant_count > 100);
	for (size_t i = 1; i < spelling_variant_count; i++) {
		const spelling_variant *a = &spelling_variants[i - 1], *b = a + 1;
		if (a->language != b->language)
			assert_int_equal(a->language, LANGUAGE_EN);
		else
			assert_true(slice_compare(slice_of(a->text), slice_of(b->text)) < 0);
	}
}

/* Also shows that no word stands in two families, for the table keeps one row of a word. */
static void
each_word_answers_its_other_spelling(void **state)
{
	(void)state;
	for (size_t i = 0; i < spelling_variant_count; i++) {
		const spelling_variant *v = &spelling_variants[i],
				       *other = find(v->other, v->language);
		assert_non_null(other);
		assert_string_equal(other->other, v->text);
		assert_int_equal(other->family, v->family);
		assert_int_equal(other->side, 1 - v->side);
		assert_true(v->family < spelling_family_count);
		assert_string_equal(spelling_variant_words[i], v->text);
	}
	assert_null(spelling_variant_words[spelling_variant_count]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_sorted),
		cmocka_unit_test(each_word_answers_its_other_spelling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
