/* Sets of gender and number, determiners and what they become. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "checker/inflection.h"

static void
cells_are_what_grammar_allows(void **state)
{
	(void)state;
	assert_int_equal(inflection_cells(0), CELLS_ALL);
	assert_int_equal(inflection_cells(GENDER_FEMININE), CELLS_FEMININE);
	assert_int_equal(inflection_cells(GENDER_MASCULINE | NUMBER_PLURAL), CELL_MP);
	assert_int_equal(inflection_cells(GENDER_MASCULINE | GENDER_FEMININE | NUMBER_SINGULAR),
		CELLS_SINGULAR);
}

static void
determiners_are_found_whole(void **state)
{
	(void)state;
	assert_int_equal(determiner_find(SLICE("cette"))->cells, CELL_FS);
	assert_int_equal(determiner_find(SLICE("plusieurs"))->cells, CELLS_PLURAL);
	assert_null(determiner_find(SLICE("cett")));
	assert_int_equal(determiner_find(SLICE("leur"))->cells, CELLS_SINGULAR);
	assert_true(determiner_find(SLICE("leur"))->pronoun); /* as often */
	assert_null(determiner_find(SLICE("")));
	assert_null(determiner_find(SLICE("lesquelles")));
	for (uint8_t i = determiner_number(SLICE("plusieurs")); i > 0; i--)
		assert_ptr_equal(determiner_find(determiner_at(i)->text), determiner_at(i));
}

static void
becomes(const char *from, unsigned cell, const char *before, const char *expected)
{
	const determiner *d = determiner_find(slice_of(from));

	assert_non_null(d);
	slice made = determiner_form(d, cell, slice_of(before));
	assert_true(slice_equal(made, slice_of(expected)));
}

static void
determiners_change_with_their_noun(void **state)
{
	(void)state;
	becomes("le", CELL_FS, "commission", "la ");
	becomes("le", CELL_FS, "organisation", "l’");
	becomes("du", CELL_FS, "prise", "de la ");
	becomes("ces", CELL_MS, "état", "cet ");
	becomes("ses", CELL_FS, "autorité", "son ");
	becomes("un", CELL_FP, "mesures", "des ");
	becomes("le", CELL_FS, "haine", ""); /* whether this h is aspirated is not known here */
	becomes("leur", CELL_FP, "fonctions", "leurs ");
	becomes("lesdits", CELL_FP, "prestations", "lesdites ");
	becomes("quelle", CELL_MP, "moyens", "quels ");
	becomes("plusieurs", CELL_MS, "conflit", "");
}

static void
vowels_are_certain(void **state)
{
	(void)state;
	assert_true(inflection_opens_with_vowel(SLICE("état")));
	assert_true(inflection_opens_with_vowel(SLICE("œuvre")));
	assert_false(inflection_opens_with_vowel(SLICE("homme")));
	assert_false(inflection_opens_with_vowel(SLICE("yaourt")));
	assert_false(inflection_opens_with_vowel(SLICE("çà")));
}

static void
adjectives_change_before_vowels(void **state)
{
	(void)state;
	assert_true(slice_is(inflection_before_vowel(SLICE("nouveau")), "nouvel"));
	assert_true(slice_is(inflection_before_vowel(SLICE("Vieux")), "Vieil"));
	assert_true(slice_is(inflection_before_vowel(SLICE("nouvelle")), "nouvelle"));
	assert_true(slice_is(inflection_before_vowel(SLICE("")), ""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_what_grammar_allows),
		cmocka_unit_test(determiners_are_found_whole),
		cmocka_unit_test(determiners_change_with_their_noun),
		cmocka_unit_test(vowels_are_certain),
		cmocka_unit_test(adjectives_change_before_vowels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
