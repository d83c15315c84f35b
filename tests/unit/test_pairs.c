/* Rules for translations as a whole: two documents side by side, however unlike or long they
 * are; the same findings whatever stands around them; memory that runs out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "tests/unit/api.h"

static const char *const only[] = { "bilingual/", NULL };

typedef struct text {
	char *p;
	size_t n, capacity;
} text;

static void
add(text *t, const char *s)
{
	size_t n = strlen(s);

	if (t->n + n + 1 > t->capacity) {
		t->capacity = 2 * (t->n + n + 1);
		t->p = realloc(t->p, t->capacity);
		assert_non_null(t->p);
	}
	memcpy(t->p + t->n, s, n + 1);
	t->n += n;
}

/* A table of n pairs, of which every 1,000th has another number in its translation. */
static text
table_of(size_t n)
{
	text t = { 0 };
	char line[256];

	add(&t, "en\tfr\n");
	for (size_t i = 0; i < n; i++) {
		size_t wrong = i % 1000 == 999 ? i + 10001 : i + 10000;
		snprintf(line, sizeof(line),
			"The Council heard speaker number %zu of the list in 2015.\t"
			"Le Conseil a entendu en 2015 l’orateur numéro %zu de la liste.\n",
			i + 10000, wrong);
		add(&t, line);
	}
	return t;
}

static double
seconds_for(api *a, size_t n, size_t *found)
{
	text t = table_of(n);
	clock_t start = clock();
	paraph_result *r;

	assert_int_equal(paraph_check(a->session, "pairs.tsv", (paraph_text){ t.p, t.n }, &r),
		PARAPH_OK);
	double spent = (double)(clock() - start) / CLOCKS_PER_SEC;
	*found = 0;
	for (size_t i = 0; i < paraph_result_count(r); i++)
		*found += strcmp(paraph_result_finding(r, i).rule, "bilingual/number") == 0;
	paraph_result_free(r);
	free(t.p);
	return spent;
}

static void
a_hundred_thousand_pairs(void **state)
{
	api a = api_open((paraph_options){ .only = only });
	size_t few, many;

	(void)state;
	double first = seconds_for(&a, 25000, &few);
	double second = seconds_for(&a, 100000, &many);
	assert_int_equal(few, 25);
	assert_int_equal(many, 100);
	if (second > 12 * first + 0.5)
		fail_msg("%.2f s for 25,000 pairs, %.2f s for 100,000", first, second);
	api_close(&a);
}

static paraph_status
compare(api *a, const char *source, const char *target, paraph_result **out)
{
	paraph_align what = { .source = "report.en.txt",
		.target = "report.fr.txt",
		.source_bytes = { source, strlen(source) },
		.target_bytes = { target, strlen(target) } };

	return paraph_check_translation(a->session, &what, out);
}

/* n paragraphs, each of them another; of every 50th the translation is left out. */
static void
add_paragraphs(text *t, size_t n, bool french, bool whole)
{
	char line[256];

	for (size_t i = 0; i < n; i++) {
		if (french && !whole && i % 50 == 49)
			continue;
		snprintf(line, sizeof(line),
			french ? "Le Comité %zu a examiné le rapport %zu du Secrétaire général "
				 "sur la question.\n\n"
			       : "Committee %zu considered report %zu of the Secretary-General "
				 "on "
				 "the matter.\n\n",
			i + 100, 3 * i + 7000);
		add(t, line);
	}
}

static size_t
count(const paraph_result *r, const char *rule)
{
	size_t n = 0;

	for (size_t i = 0; i < paraph_result_count(r); i++)
		n += strcmp(paraph_result_finding(r, i).rule, rule) == 0;
	return n;
}

static void
missing_paragraphs_are_told(void **state)
{
	api a = api_open((paraph_options){ .only = only });
	text en = { 0 }, fr = { 0 };
	paraph_result *r;

	(void)state;
	add_paragraphs(&en, 500, false, true);
	add_paragraphs(&fr, 500, true, false);
	assert_int_equal(compare(&a, en.p, fr.p, &r), PARAPH_OK);
	assert_in_range(count(r, "bilingual/missing"), 9, 10);
	assert_int_equal(count(r, "bilingual/added"), 0);
	assert_int_equal(count(r, "bilingual/number"), 0);
	paraph_finding f = paraph_result_finding(r, 0);
	assert_true(f.source_path.n > 0);
	assert_true(f.source_passage.n > 0);
	assert_memory_equal(f.text.p, paraph_result_text(r).p + f.text_start, f.text.n);
	assert_int_equal(f.text_end - f.text_start, f.text.n);
	assert_memory_equal(f.source_text.p, en.p + f.source_text_start, f.source_text.n);
	paraph_result_free(r);
	api_close(&a);
	free(en.p);
	free(fr.p);
}

static void
lengths_may_be_wildly_different(void **state)
{
	api a = api_open((paraph_options){ .only = only });
	text en = { 0 };
	paraph_result *r = NULL;

	(void)state;
	add_paragraphs(&en, 2000, false, true);
	paraph_status done = compare(&a, en.p,
		"Le Comité 105 a examiné le rapport 7015 du Secrétaire général sur la "
		"question.\n",
		&r);
	assert_true(done == PARAPH_OK || done == PARAPH_LIMIT);
	if (done != PARAPH_OK)
		assert_true(strlen(paraph_session_message(a.session)) > 0);
	paraph_result_free(r);
	api_close(&a);
	free(en.p);
}

static void
languages_are_looked_at(void **state)
{
	api a = api_open((paraph_options){ .only = only });
	const char *en =
		"The Council met in Geneva and adopted the resolution of the Committee.\n";
	const char *fr =
		"Le Conseil s’est réuni à Genève et a adopté la résolution du Comité.\n";
	paraph_result *r = NULL;

	(void)state;
	assert_int_equal(compare(&a, fr, fr, &r), PARAPH_USAGE);
	assert_non_null(strstr(paraph_session_message(a.session), "French"));
	assert_int_equal(compare(&a, en, "", &r), PARAPH_FORMAT);
	assert_int_equal(compare(&a, "", fr, &r), PARAPH_FORMAT);
	assert_int_equal(compare(&a, en, fr, &r), PARAPH_OK);
	paraph_result_free(r);
	api_close(&a);
}

/* --- memory that runs out --- */

typedef struct supply {
	size_t left;
} supply;

static void *
take(void *user, size_t bytes)
{
	supply *s = user;

	if (s->left == 0)
		return NULL;
	s->left--;
	return malloc(bytes);
}

static void
give(void *user, void *p)
{
	(void)user;
	free(p);
}

static void
memory_may_run_out(void **state)
{
	const char *pairs =
		"en\tfr\nThe Fifth Committee met on 2 May 2015. Mr. Umarov spoke.\t"
		"Le Cinquième Comité s’est réuni le 3 mai 2016. Mme Umarov a parlé.\n"
		"Nothing here.\t\n(a) The same [text] in 5 paragraphs (b).\ta) Le même "
		"texte en 6 paragraphes c).\n";
	supply s = { SIZE_MAX };
	paraph_engine *engine;
	paraph_options options = { .only = only, .memory = { take, give, &s } };

	(void)state;
	assert_int_equal(paraph_engine_open(&engine, &options, NULL, 0), PARAPH_OK);
	for (size_t n = 0, done = 0; !done; n++) {
		paraph_session *session = NULL;
		paraph_result *r = NULL;
		s.left = n;
		paraph_status opened = paraph_session_open(&session, engine);
		paraph_status checked =
			opened != PARAPH_OK
				? opened
				: paraph_check(session, "pairs.tsv",
					  (paraph_text){ pairs, strlen(pairs) }, &r);
		assert_true(checked == PARAPH_OK || checked == PARAPH_MEMORY);
		done = checked == PARAPH_OK;
		if (done)
			assert_true(paraph_result_count(r) >= 6);
		s.left = SIZE_MAX;
		paraph_result_free(r);
		paraph_session_close(session);
	}
	paraph_engine_close(engine);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hundred_thousand_pairs),
		cmocka_unit_test(missing_paragraphs_are_told),
		cmocka_unit_test(lengths_may_be_wildly_different),
		cmocka_unit_test(languages_are_looked_at),
		cmocka_unit_test(memory_may_run_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
