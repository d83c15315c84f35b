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
#include "text/lexicon_view.h"
#include "text/suggest.h"
#include "text/suggest_search.h"

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

/* What the search says of a spelling near the word; UINT32_MAX: nothing. */
static uint32_t
cost_of(const char *word, const char *spelling, uint32_t bound)
{
	static search_result found;
	uint32_t group = lexicon_map_folded(lexicon_view(fr), slice_of(spelling));

	search_near(lexicon_view(fr), slice_of(word), bound, SUGGEST_BUDGET, &found);
	for (size_t i = 0; i < found.n; i++)
		if (found.hits[i].group == group)
			return found.hits[i].cost;
	return UINT32_MAX;
}

static void
costs(void **state)
{
	(void)state;
	assert_int_equal(cost_of("rappel", "rappel", 0), 0);
	assert_int_equal(cost_of("rapel", "rappel", 205), 55); /* doubled or not */
	assert_int_equal(cost_of("rapppel", "rappel", 205), 55);
	assert_int_equal(cost_of("rapple", "rappel", 205), 65); /* exchanged */
	assert_int_equal(cost_of("arppel", "rappel", 205), 65);
	assert_int_equal(cost_of("rabpel", "rappel", 205), 75); /* alike by ear */
	assert_int_equal(cost_of("ratacher", "rattacher", 205), 55);
	assert_int_equal(cost_of("ryhtme", "rythme", 205), 65);
	assert_int_equal(cost_of("rytme", "rythme", 205), 75);   /* an h */
	assert_int_equal(cost_of("roppel", "rappel", 205), 85);  /* vowels */
	assert_int_equal(cost_of("rapmel", "rappel", 205), 100); /* any other */
	assert_int_equal(cost_of("rappzel", "rappel", 205), 100);
	assert_int_equal(cost_of("tappel", "rappel", 205), 130); /* the first letter */
	assert_int_equal(cost_of("appel", "rappel", 205), 130);
	assert_int_equal(cost_of("arcenciel", "arc-en-ciel", 205), 60); /* joints */
	assert_int_equal(cost_of("arc en'ciel", "arc-en-ciel", 205), 60);
	assert_int_equal(cost_of("rapmzel", "rappel", 205), 200);
	assert_int_equal(cost_of("rapmzel", "rappel", 199), UINT32_MAX);
	assert_int_equal(
		cost_of("zzzzrappel", "rappel", 900), UINT32_MAX); /* out of the band */
}

static bool
has_hit(const search_result *found, search_hit hit)
{
	for (size_t i = 0; i < found->n; i++)
		if (found->hits[i].group == hit.group)
			return found->hits[i].cost == hit.cost;
	return false;
}

/* A smaller bound leaves out what lies beyond it, and no single edit. */
static void
bounds_of_search(void **state)
{
	static const char *const words[] = { "rapel", "arcenciel", "saskatchewan", "d'lecole",
		"lettre", "3eme", "hyperinternationnalisation", "qsdfgh", "phylosofie" };
	static search_result all, some;

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		search_near(lexicon_view(fr), slice_of(words[i]), 205, UINT32_MAX, &all);
		for (uint32_t bound = 0; bound <= 205; bound += 5) {
			search_near(
				lexicon_view(fr), slice_of(words[i]), bound, UINT32_MAX, &some);
			for (size_t k = 0; k < some.n; k++) {
				assert_true(some.hits[k].cost <= bound);
				assert_true(has_hit(&all, some.hits[k]));
			}
			for (size_t k = 0; k < all.n; k++)
				if (all.hits[k].cost <= SEARCH_EDIT && bound >= SEARCH_EDIT)
					assert_true(has_hit(&some, all.hits[k]));
		}
	}
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
		cmocka_unit_test(costs),
		cmocka_unit_test(bounds_of_search),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
