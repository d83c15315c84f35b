/* Suggestions: what comes first for the slips that matter, the same answer every time, and
 * nothing but known words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/lexicon_source.h"
#include "text/suggest.h"

static char data_folder[] = "/tmp/paraph-test-suggest-XXXXXX";
static lexicon *fr, *en;

static void
expect_first(lexicon *x, const char *wrong, const char *right)
{
	arena scratch;
	suggestion out[5];

	arena_init(&scratch, &memory_libc);
	size_t n = suggest_word(x, &scratch, slice_of(wrong), out, 5, SUGGEST_BUDGET);
	if (n == 0)
		fail_msg("nothing for “%s”", wrong);
	if (!slice_equal(out[0].text, slice_of(right)))
		fail_msg("“%s” for “%s”, not “%s”", out[0].text.p, wrong, right);
	arena_free(&scratch);
}

static void
accents_and_case(void **state)
{
	(void)state;
	expect_first(fr, "deja", "déjà");
	expect_first(fr, "remèdier", "remédier");
	expect_first(fr, "coeur", "cœur");
	expect_first(fr, "asie", "Asie");
	expect_first(fr, "intéret", "intérêt");
	expect_first(fr, "m2", "m²");
}

static void
letters(void **state)
{
	(void)state;
	expect_first(fr, "rapel", "rappel");
	expect_first(fr, "contencieux", "contentieux");
	expect_first(fr, "développment", "développement");
	expect_first(fr, "toujorus", "toujours");
	expect_first(fr, "authorisation", "autorisation");
	expect_first(en, "becuase", "because");
	expect_first(en, "goverment", "government");
	expect_first(en, "imediatly", "immediately");
	expect_first(en, "didnt", "didn’t");
}

static void
cuts(void **state)
{
	(void)state;
	expect_first(en, "onthe", "on the");
	expect_first(en, "hesaid", "he said");
	expect_first(fr, "cidessous", "ci-dessous");
	expect_first(fr, "laloi", "la loi");
}

static void
written_alike(void **state)
{
	(void)state;
	expect_first(fr, "Developpement", "Développement");
	expect_first(fr, "DEVELOPPMENT", "DÉVELOPPEMENT");
	expect_first(fr, "l’etat", "l’état");
	expect_first(fr, "aujourd'hiu", "aujourd'hui");
	expect_first(fr, "aujourd’hiu", "aujourd’hui");
	expect_first(fr, "vice-présidant", "vice-président");
}

static const char *const wrong[] = { "rapel", "Developpement", "xqzptw", "a", "aa", "l’etat",
	"hyperinternationnalisation", "vice-présidant", "3ème", "ﬁnn", "....", "-", "’", "é",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	"\xFF\xC3", "中国", "d’l’m’n’", "a-b-c-d-e-f-g-h-i-j-k-lx" };

static void
known_and_repeatable(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		arena scratch;
		suggestion a[10], b[10];
		slice word = slice_of(wrong[i]);
		arena_init(&scratch, &memory_libc);
		size_t n = suggest_word(fr, &scratch, word, a, 10, SUGGEST_BUDGET);
		size_t m = suggest_word(fr, &scratch, word, b, 10, SUGGEST_BUDGET);
		assert_int_equal(n, m);
		for (size_t k = 0; k < n; k++) {
			assert_true(slice_equal(a[k].text, b[k].text));
			assert_int_equal(a[k].score, b[k].score);
			assert_false(slice_equal(a[k].text, word));
			assert_true(k == 0 || a[k].score >= a[k - 1].score);
			for (size_t j = 0; j < k; j++)
				assert_false(slice_equal(a[k].text, a[j].text));
		}
		arena_free(&scratch);
	}
}

/* A budget of nothing still gives what needs no search; max is kept to. */
static void
bounds(void **state)
{
	arena scratch;
	suggestion out[3];

	(void)state;
	arena_init(&scratch, &memory_libc);
	assert_int_equal(suggest_word(fr, &scratch, SLICE("rapel"), out, 0, 1000), 0);
	assert_true(suggest_word(fr, &scratch, SLICE("rapel"), out, 3, SUGGEST_BUDGET) == 3);
	(void)suggest_word(fr, &scratch, SLICE("rapel"), out, 3, 0);
	assert_int_equal(suggest_word(fr, &scratch, SLICE(""), out, 3, SUGGEST_BUDGET), 0);
	arena_free(&scratch);
}

static int
open_all(void **state)
{
	context c;
	char path[512], frequencies[512];

	(void)state;
	context_init(&c, &memory_libc);
	if (mkdtemp(data_folder) == NULL)
		return 1;
	for (language l = LANGUAGE_FR; l <= LANGUAGE_EN; l++) {
		snprintf(path, sizeof(path), "%s/%s.lexicon", data_folder, language_name(l));
		snprintf(frequencies, sizeof(frequencies), "data/lang/%s-frequency.tsv",
			language_name(l));
		if (lexicon_compile(&c, l, lexicon_source_folder(), frequencies, path) !=
				STATUS_OK ||
			lexicon_open(l == LANGUAGE_FR ? &fr : &en, &c, l, data_folder) !=
				STATUS_OK)
			return 1;
	}
	return 0;
}

static int
close_all(void **state)
{
	char command[512];

	(void)state;
	lexicon_close(fr);
	lexicon_close(en);
	snprintf(command, sizeof(command), "rm -r '%s'", data_folder);
	return system(command);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accents_and_case),
		cmocka_unit_test(letters),
		cmocka_unit_test(cuts),
		cmocka_unit_test(written_alike),
		cmocka_unit_test(known_and_repeatable),
		cmocka_unit_test(bounds),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
