/* The table of words: what it keeps of the dictionary is what the dictionary answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "text/fold.h"
#include "text/lexicon_map.h"
#include "text/lexicon_view.h"
#include "text/word.h"

#define FORMS_EVERY 11

static lexicon *
open_lexicon(language l)
{
	const char *folder = getenv("PARAPH_DATA");
	lexicon *x;
	context c;

	context_init(&c, &memory_libc);
	assert_int_equal(
		lexicon_open(&x, &c, l, folder == NULL ? "build/data" : folder), STATUS_OK);
	return x;
}

static void
expect_form(words *w, language l, slice text)
{
	const lexicon *x = w->lexicons[l - LANGUAGE_FR];
	const analysis *first, *again;
	uint32_t id;

	assert_int_equal(words_intern(w, text, &id), STATUS_OK);
	for (int i = 0; i < 2; i++) {
		slice own = words_at(w, id)->text;
		assert_int_equal(words_form(w, id, l), lexicon_find(x, own));
		assert_int_equal(
			words_analyses(w, id, l, &again), lexicon_analyses(x, own, &first));
		assert_ptr_equal(first, again);
	}
}

/* Forms, the same in other cases, and what is no form. */
static void
forms_are_those_of_the_lexicon(void **state)
{
	char text[3 * 1024];
	words w;

	(void)state;
	assert_int_equal(words_init(&w, &memory_libc), STATUS_OK);
	for (language l = LANGUAGE_FR; l <= LANGUAGE_EN; l++) {
		lexicon *x = open_lexicon(l);
		const lexicon_map *m = lexicon_view(x);
		w.lexicons[l - LANGUAGE_FR] = x;
		for (uint32_t i = 0; i < m->form_count; i += FORMS_EVERY) {
			slice form = lexicon_map_form(m, i);
			expect_form(&w, l, form);
			expect_form(&w, l, (slice){ text, text_capitalise(text, form) });
			size_t n = text_small(text, form);
			text[n] = 'q';
			expect_form(&w, l, (slice){ text, n + 1 });
		}
		w.lexicons[l - LANGUAGE_FR] = NULL;
		lexicon_close(x);
	}
	words_free(&w);
}

/* Without a dictionary nothing is a form, the empty word included. */
static void
no_dictionary_has_no_forms(void **state)
{
	const analysis *a;
	uint32_t id;
	words w;

	(void)state;
	assert_int_equal(words_init(&w, &memory_libc), STATUS_OK);
	assert_int_equal(words_intern(&w, SLICE("loi"), &id), STATUS_OK);
	assert_int_equal(words_form(&w, id, LANGUAGE_FR), LEXICON_NONE);
	assert_int_equal(words_analyses(&w, id, LANGUAGE_FR, &a), 0);
	assert_int_equal(words_form(&w, 0, LANGUAGE_FR), LEXICON_NONE);
	words_free(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_are_those_of_the_lexicon),
		cmocka_unit_test(no_dictionary_has_no_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
