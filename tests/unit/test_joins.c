/* Evidence on broken and joined words: the compiled table, the probabilities that rules weigh
 * with, the near words; and that damaged tables are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text/joins.h"
#include "text/near.h"
#include "text/word.h"

typedef struct fixture {
	context context;
	joins *joins;
	lexicon *french, *english;
} fixture;

static const char *
data_folder(void)
{
	const char *folder = getenv("PARAPH_DATA");

	return folder == NULL ? "build/data" : folder;
}

static int
open_all(void **state)
{
	static fixture f;

	context_init(&f.context, &memory_libc);
	*state = &f;
	return joins_open(&f.joins, &f.context, data_folder()) != STATUS_OK ||
	       lexicon_open(&f.french, &f.context, LANGUAGE_FR, data_folder()) != STATUS_OK ||
	       lexicon_open(&f.english, &f.context, LANGUAGE_EN, data_folder()) != STATUS_OK;
}

static int
close_all(void **state)
{
	fixture *f = *state;

	joins_close(f->joins, &memory_libc);
	lexicon_close(f->french);
	lexicon_close(f->english);
	return 0;
}

static void
pairs_are_found(void **state)
{
	const fixture *f = *state;
	join_counts n = joins_find(f->joins, LANGUAGE_FR, SLICE("de"), SLICE("la"));

	assert_true(n.apart > 10000);
	assert_int_equal(n.joined, 0);
	n = joins_find(f->joins, LANGUAGE_EN, SLICE("an"), SLICE("other"));
	assert_true(n.joined > 100 * n.apart);
	n = joins_find(f->joins, LANGUAGE_EN, SLICE("la"), SLICE("de"));
	assert_int_equal(n.apart, 0);
	n = joins_find(f->joins, LANGUAGE_FR, SLICE("de la"), SLICE(""));
	assert_int_equal(n.apart, 0);
	n = joins_find(NULL, LANGUAGE_FR, SLICE("de"), SLICE("la"));
	assert_int_equal(n.apart, 0);
}

static double
apart(const fixture *f, slice a, bool a_known, slice b, bool b_known)
{
	return joins_apart(f->joins, f->french, LANGUAGE_FR, (join_word){ a, a_known },
		(join_word){ b, b_known });
}

static void
likely_pairs_weigh_more(void **state)
{
	const fixture *f = *state;
	double often = apart(f, SLICE("de"), true, SLICE("la"), true);
	double never = apart(f, SLICE("la"), true, SLICE("de"), true);
	double broken = apart(f, SLICE("mo"), false, SLICE("dèle"), false);

	assert_true(often < 0);
	assert_true(often > never + 1);
	assert_true(never > broken + 4);
}

static void
longer_strangers_are_rarer(void **state)
{
	const fixture *f = *state;
	join_word two = { SLICE("èl"), false }, five = { SLICE("éline"), false };

	assert_true(joins_word(f->french, LANGUAGE_FR, two) >
		    joins_word(f->french, LANGUAGE_FR, five) + 1);
	/* letters count, not bytes */
	assert_true(joins_word(f->french, LANGUAGE_FR, two) == joins_unknown(2));
}

static void
letters_that_are_words(void **state)
{
	(void)state;
	assert_true(joins_is_letter_word(LANGUAGE_FR, SLICE("à")));
	assert_true(joins_is_letter_word(LANGUAGE_FR, SLICE("y")));
	assert_false(joins_is_letter_word(LANGUAGE_FR, SLICE("i")));
	assert_true(joins_is_letter_word(LANGUAGE_EN, SLICE("i")));
	assert_false(joins_is_letter_word(LANGUAGE_EN, SLICE("à")));
}

static void
assert_near(const fixture *f, language l, slice wrong, slice right)
{
	near_word n = near_find(l == LANGUAGE_FR ? f->french : f->english, l, wrong);

	assert_int_equal(n.n, right.n);
	assert_memory_equal(n.text, right.p, right.n);
}

static void
one_slip_away(void **state)
{
	const fixture *f = *state;

	assert_near(f, LANGUAGE_FR, SLICE("mondaile"), SLICE("mondiale"));     /* exchanged */
	assert_near(f, LANGUAGE_FR, SLICE("ci-desous"), SLICE("ci-dessous"));  /* doubled */
	assert_near(f, LANGUAGE_FR, SLICE("necessaire"), SLICE("nécessaire")); /* accent */
	assert_near(f, LANGUAGE_FR, SLICE("celleci"), SLICE("celle-ci"));      /* hyphen */
	assert_near(f, LANGUAGE_EN, SLICE("goverment"), SLICE("government"));  /* left out */
	assert_near(f, LANGUAGE_EN, SLICE("oridinary"), SLICE("ordinary"));    /* put in */
	assert_near(f, LANGUAGE_EN, SLICE("xqzwvk"), SLICE(""));
	assert_near(f, LANGUAGE_EN, SLICE("q"), SLICE(""));
}

static void
write_file(const char *path, const void *bytes, size_t n)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static void
damage_is_refused(void **state)
{
	char folder[] = "/tmp/paraph-joins-XXXXXX", tsv[64], fr[64], en[64];
	static const char rows[] = "# words 1000\nde\tla\t7\t0\nau\ttour\t2\t9\n";
	char bytes[256];
	context c;
	joins *j;

	(void)state;
	context_init(&c, &memory_libc);
	assert_non_null(mkdtemp(folder));
	snprintf(tsv, sizeof(tsv), "%s/x.tsv", folder);
	snprintf(fr, sizeof(fr), "%s/fr.joins", folder);
	snprintf(en, sizeof(en), "%s/en.joins", folder);
	write_file(tsv, rows, sizeof(rows) - 1);
	assert_int_equal(joins_open(&j, &c, folder), STATUS_NOT_FOUND);
	assert_int_equal(joins_compile(&c, tsv, fr), STATUS_OK);
	assert_int_equal(joins_compile(&c, tsv, en), STATUS_OK);
	assert_int_equal(joins_open(&j, &c, folder), STATUS_OK);
	assert_int_equal(joins_find(j, LANGUAGE_FR, SLICE("au"), SLICE("tour")).joined, 9);
	/* made anew while somebody looks: who has the old table keeps it */
	write_file(tsv, "# words 1000\n", 13);
	assert_int_equal(joins_compile(&c, tsv, fr), STATUS_OK);
	assert_int_equal(joins_find(j, LANGUAGE_FR, SLICE("au"), SLICE("tour")).joined, 9);
	joins_close(j, &memory_libc);
	write_file(tsv, rows, sizeof(rows) - 1);
	assert_int_equal(joins_compile(&c, tsv, fr), STATUS_OK);

	FILE *f = fopen(fr, "rb");
	assert_non_null(f);
	size_t n = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	assert_int_equal(n, 16 + 2 * 16);
	for (size_t cut = 0; cut < n; cut++) {
		write_file(fr, bytes, cut);
		assert_int_equal(joins_open(&j, &c, folder), STATUS_DAMAGED);
		assert_null(j);
	}
	bytes[0] ^= 1;
	write_file(fr, bytes, n);
	assert_int_equal(joins_open(&j, &c, folder), STATUS_DAMAGED);
	write_file(tsv, "a\tb\tmany\t0\n", 11);
	assert_int_equal(joins_compile(&c, tsv, en), STATUS_FORMAT);
	assert_non_null(strstr(c.message, "x.tsv:1"));
	unlink(tsv);
	unlink(fr);
	unlink(en);
	rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_are_found),
		cmocka_unit_test(likely_pairs_weigh_more),
		cmocka_unit_test(longer_strangers_are_rarer),
		cmocka_unit_test(letters_that_are_words),
		cmocka_unit_test(one_slip_away),
		cmocka_unit_test(damage_is_refused),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
