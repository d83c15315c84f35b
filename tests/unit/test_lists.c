/* Lists of words that rules ask about: what is kept of the answers changes none of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "checker/lists.h"

static const char *const articles[] = { "le", "la", "l’", "les", NULL };
static const char *const nothing[] = { NULL };

typedef struct fixture {
	words words;
	word_lists lists;
} fixture;

static fixture
begin(void)
{
	fixture f;

	assert_int_equal(words_init(&f.words, &memory_libc), STATUS_OK);
	assert_int_equal(lists_init(&f.lists, &memory_libc), STATUS_OK);
	return f;
}

static void
end(fixture *f)
{
	lists_free(&f->lists);
	words_free(&f->words);
}

static bool
has(fixture *f, const char *text, const char *const *list)
{
	uint32_t id;

	assert_int_equal(words_intern(&f->words, slice_of(text), &id), STATUS_OK);
	assert_int_equal(lists_begin_block(&f->lists, &f->words), STATUS_OK);
	return lists_has(&f->lists, &f->words, f->words.list.at[id].lower, list);
}

static void
texts_without_a_number_are_found_too(void **state)
{
	static const char *const most[] = { "présent", "nouveau", "nouvel", "premier",
		"dernier", "deuxième", "second", "troisième", "grand", "petit", NULL };
	fixture f = begin();

	(void)state;
	for (int again = 0; again < 2; again++) {
		assert_true(lists_has_text(&f.lists, SLICE("la"), articles));
		assert_true(lists_has_text(&f.lists, SLICE("l’"), articles));
		assert_false(lists_has_text(&f.lists, SLICE("La"), articles));
		assert_false(lists_has_text(&f.lists, SLICE("lac"), articles));
		assert_false(lists_has_text(&f.lists, SLICE(""), articles));
		assert_false(lists_has_text(&f.lists, SLICE("la"), nothing));
		assert_true(has(&f, "la", articles));
		for (size_t i = 0; most[i] != NULL; i++)
			assert_true(lists_has_text(&f.lists, slice_of(most[i]), most));
		assert_false(lists_has_text(&f.lists, SLICE("grande"), most));
	}
	end(&f);
}

static void
words_are_found_in_their_lists(void **state)
{
	fixture f = begin();

	(void)state;
	for (int again = 0; again < 2; again++) {
		assert_true(has(&f, "la", articles));
		assert_true(has(&f, "La", articles));
		assert_true(has(&f, "l’", articles));
		assert_false(has(&f, "lac", articles));
		assert_false(has(&f, "l", articles));
		assert_false(has(&f, "la", nothing));
		assert_false(lists_has(&f.lists, &f.words, 0, articles));
	}
	end(&f);
}

#define MANY \
	3000 /* more than there are places, and more words than there are answers at first */

/* Each list has one of the words, and one they all have. */
static void
many_lists_are_kept_apart(void **state)
{
	static char texts[MANY][8];
	static const char *lists[MANY][3];
	fixture f = begin();

	(void)state;
	for (int i = 0; i < MANY; i++) {
		snprintf(texts[i], sizeof(texts[i]), "m%c%c%c", 'a' + i % 26, 'a' + i / 26 % 26,
			'a' + i / 676);
		lists[i][0] = "de";
		lists[i][1] = texts[i];
	}
	for (int again = 0; again < 2; again++)
		for (int i = 0; i < MANY; i++) {
			assert_true(has(&f, texts[i], lists[i]));
			assert_false(has(&f, texts[(i + 1) % MANY], lists[i]));
			assert_true(has(&f, "de", lists[i]));
		}
	end(&f);
}

/* When the table begins anew, the numbers stand for other words. */
static void
answers_end_with_the_words(void **state)
{
	fixture f = begin();

	(void)state;
	assert_true(has(&f, "la", articles));
	assert_int_equal(words_trim(&f.words, 0), STATUS_OK);
	assert_false(has(&f, "par", articles));
	assert_true(has(&f, "la", articles));
	end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_found_in_their_lists),
		cmocka_unit_test(texts_without_a_number_are_found_too),
		cmocka_unit_test(many_lists_are_kept_apart),
		cmocka_unit_test(answers_end_with_the_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
