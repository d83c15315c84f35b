/* Searching a translation memory: what the index finds is what scoring every unit finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/unit/tm_stores.h"
#include "tm/match.h"

#define OK(expression) assert_int_equal((expression), STATUS_OK)
#define SAME(a, b) assert_true(slice_equal((a), SLICE(b)))

static context ctx;

static void
add_in(tm_store *s, const char *source, const char *target, const char *document)
{
	tm_unit u;
	bool added;

	tm_unit_init(&u, &memory_libc);
	OK(tm_unit_set(&u, &u.side[0].language, SLICE("en")));
	OK(tm_unit_set(&u, &u.side[1].language, SLICE("fr")));
	OK(tm_unit_set(&u, &u.side[0].text, slice_of(source)));
	OK(tm_unit_set(&u, &u.side[1].text, slice_of(target)));
	OK(tm_unit_set(&u, &u.document, slice_of(document)));
	OK(tm_store_add(s, &u, &added));
	tm_unit_free(&u);
}

static void
add(tm_store *s, const char *source, const char *target)
{
	add_in(s, source, target, "A/1");
}

static tm_query
query(const char *text, int threshold, size_t most)
{
	return (tm_query){ .text = slice_of(text),
		.source = SLICE("en"),
		.target = SLICE("fr"),
		.threshold = threshold,
		.most = most };
}

typedef struct fixture {
	tm_store *store;
	tm_matcher *matcher;
	const tm_match *at;
	size_t n;
} fixture;

static void
set_up(fixture *f, const char *name)
{
	OK(tm_store_open(&f->store, &ctx, tm_stores_path(name), TM_STORE_WRITE));
	OK(tm_matcher_open(&f->matcher, &ctx, f->store));
}

static void
tear_down(fixture *f)
{
	tm_matcher_close(f->matcher);
	tm_store_close(f->store);
}

static void
ask(fixture *f, const char *text)
{
	tm_query q = query(text, 5000, 10);

	OK(tm_matcher_find(f->matcher, &q, &f->at, &f->n));
}

/* --- scores --- */

static void
test_scores(void **state)
{
	fixture f;

	(void)state;
	set_up(&f, "scores");
	add(f.store, "The Security Council adopted the resolution.",
		"Le Conseil de sécurité a adopté la résolution.");
	ask(&f, "The Security Council adopted the resolution.");
	assert_int_equal(f.n, 1);
	assert_int_equal(f.at[0].score, 10000);
	ask(&f, "The security council adopted the resolution");
	assert_in_range(f.at[0].score, 9500, 9999);
	ask(&f, "The Security Council adopted the resolutions.");
	assert_in_range(f.at[0].score, 9500, 9999);
	/* one word of six is another: 1 - 1/6 */
	ask(&f, "The Security Council rejected the resolution.");
	assert_int_equal(f.at[0].score, 8333);
	assert_int_equal(f.at[0].plain, 8333);
	/* one form and one word: 1 - 1.25/6 */
	ask(&f, "The Security Council rejected the resolutions.");
	assert_int_equal(f.at[0].score, 7916);
	ask(&f, "Something else altogether was said here.");
	assert_int_equal(f.n, 0);
	tear_down(&f);
}

static void
test_placeables(void **state)
{
	fixture f;

	(void)state;
	set_up(&f, "placeables");
	add(f.store, "On 2 January 2018 it had 1,250.5 dollars (A/RES/70/1).",
		"Au 2 janvier 2018, elle avait 1 250,5 dollars (A/RES/70/1).");
	ask(&f, "On 1 March 2019 it had 13,000.25 dollars (S/2018/7).");
	assert_int_equal(f.n, 1);
	assert_int_equal(f.at[0].score, 10000);
	assert_int_equal(f.at[0].carried, 3);
	SAME(f.at[0].target, "Au 1er mars 2019, elle avait 13\u00A0000,25 dollars (S/2018/7).");
	/* no-break spaces join a date, and stay */
	add(f.store, "In force on September\u00A01, 2001.",
		"En vigueur le 1er\u00A0septembre 2001.");
	ask(&f, "In force on March 3, 2021.");
	assert_int_equal(f.at[0].score, 10000);
	SAME(f.at[0].target, "En vigueur le 3\u00A0mars 2021.");
	/* a number that the translation does not have cannot be carried over */
	add(f.store, "It met 3 times.", "Elle s’est réunie trois fois.");
	ask(&f, "It met 4 times.");
	assert_int_equal(f.n, 1);
	assert_in_range(f.at[0].score, 9500, 9999);
	SAME(f.at[0].target, "Elle s’est réunie trois fois.");
	/* nothing but placeables: only the same is the same */
	add(f.store, "2018", "2018");
	ask(&f, "2019");
	assert_int_equal(f.n, 0);
	tear_down(&f);
}

static void
test_names_in_capitals(void **state)
{
	fixture f;

	(void)state;
	set_up(&f, "names");
	add(f.store, "The mandate of MINUSMA ends.", "Le mandat de la MINUSMA prend fin.");
	ask(&f, "The mandate of MINUSCA ends.");
	assert_int_equal(f.at[0].score, 10000);
	SAME(f.at[0].target, "Le mandat de la MINUSCA prend fin.");
	add(f.store, "The head of UNAMA spoke.", "Le chef de la MANUA a pris la parole.");
	ask(&f, "The head of UNMIK spoke.");
	assert_in_range(f.at[0].score, 9500, 9999);
	tear_down(&f);
}

static void
test_context(void **state)
{
	fixture f;
	tm_query q = query("Repealed.", 5000, 2);

	(void)state;
	set_up(&f, "context");
	add_in(f.store, "First.", "Un.", "D/1");
	add_in(f.store, "Repealed.", "Abrogé.", "D/1");
	add_in(f.store, "Second.", "Deux.", "D/2");
	add_in(f.store, "Repealed.", "Abrogée.", "D/2");
	OK(tm_matcher_find(f.matcher, &q, &f.at, &f.n));
	assert_int_equal(f.n, 2);
	assert_int_equal(f.at[0].score, 10000);
	SAME(f.at[0].target, "Abrogée."); /* the newer of equals */
	q.previous = SLICE("First.");
	OK(tm_matcher_find(f.matcher, &q, &f.at, &f.n));
	assert_int_equal(f.at[0].score, 10100);
	SAME(f.at[0].target, "Abrogé.");
	tear_down(&f);
}

static void
test_codes(void **state)
{
	tm_code bold = { 4, TM_CODE_OPEN, SLICE("bpt"), SLICE("1"), SLICE(""), SLICE("<b>") };
	tm_query q = query("The text", 5000, 1);
	tm_unit u;
	bool added;
	fixture f;

	(void)state;
	set_up(&f, "codes");
	tm_unit_init(&u, &memory_libc);
	OK(tm_unit_set(&u, &u.side[0].language, SLICE("en-GB")));
	OK(tm_unit_set(&u, &u.side[1].language, SLICE("FR")));
	OK(tm_unit_set(&u, &u.side[0].text, SLICE("The text")));
	OK(tm_unit_set(&u, &u.side[1].text, SLICE("Le texte")));
	OK(tm_unit_add_code(&u, TM_SOURCE, bold));
	OK(tm_store_add(f.store, &u, &added));
	OK(tm_matcher_find(f.matcher, &q, &f.at, &f.n));
	assert_int_equal(f.n, 1);
	assert_in_range(f.at[0].score, 9500, 9999);
	assert_int_equal(f.at[0].unit.side[0].codes.n, 1);
	q.segment = &u.side[0];
	OK(tm_matcher_find(f.matcher, &q, &f.at, &f.n));
	assert_int_equal(f.at[0].score, 10000);
	tm_unit_free(&u);
	tear_down(&f);
}

static void
test_penalties(void **state)
{
	fixture f;
	tm_query q = query("The same text as ever.", 5000, 1);

	(void)state;
	set_up(&f, "penalties");
	add_in(f.store, "The same text as ever.", "Le même texte.", "A/2");
	q.penalty.document = SLICE("S/");
	q.penalty.other_document = 300;
	OK(tm_matcher_find(f.matcher, &q, &f.at, &f.n));
	assert_int_equal(f.at[0].score, 9700);
	q.penalty.document = SLICE("A/");
	OK(tm_matcher_find(f.matcher, &q, &f.at, &f.n));
	assert_int_equal(f.at[0].score, 10000);
	tear_down(&f);
}

/* --- the property --- */

static uint32_t
random_of(uint32_t n)
{
	static uint64_t seed = 7;

	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(seed >> 33) % n;
}

/* Common words often, rare ones seldom; some in other forms, numbers among them. */
static void
random_text(char *out, size_t words)
{
	size_t n = 0;

	for (size_t i = 0; i < words; i++) {
		uint32_t k = random_of(4) == 0 ? random_of(400) : random_of(12);
		if (k % 11 == 5)
			n += (size_t)sprintf(out + n, "%u ", random_of(30));
		else
			n += (size_t)sprintf(out + n, "%cord%c%c%s ", random_of(5) ? 'w' : 'W',
				'a' + (char)(k % 26), 'a' + (char)(k / 26),
				random_of(6) ? "" : "s");
	}
	out[n == 0 ? 0 : n - 1] = '\0';
}

static void
edit_text(char *text)
{
	size_t n = strlen(text);

	for (uint32_t i = random_of(4); i > 0 && n > 8; i--)
		text[random_of((uint32_t)n)] = "abw 7"[random_of(5)];
}

static void
compare(fixture *f, const char *text)
{
	static const int thresholds[] = { 5000, 5500, 6000, 6667, 7000, 7500, 8000, 8500, 9000,
		9500, 9999, 10000, 10100 };
	static const size_t most[] = { 1, 3, 10 };

	uint32_t ids[10];
	int scores[10];
	tm_query q = query(text, 5000, 10);

	/* All that any of the questions below may be answered with. */
	OK(tm_matcher_scan(f->matcher, &q, &f->at, &f->n));
	size_t all = f->n;
	for (size_t j = 0; j < all; j++) {
		ids[j] = f->at[j].id;
		scores[j] = f->at[j].score;
	}
	for (size_t i = 0; i < sizeof(thresholds) / sizeof(*thresholds); i++)
		for (size_t k = 0; k < 3; k++) {
			size_t n = 0;
			q = query(text, thresholds[i], most[k]);
			while (n < all && n < most[k] && scores[n] >= thresholds[i])
				n++;
			OK(tm_matcher_find(f->matcher, &q, &f->at, &f->n));
			assert_int_equal(f->n, n);
			for (size_t j = 0; j < n; j++) {
				assert_int_equal(f->at[j].score, scores[j]);
				assert_int_equal(f->at[j].id, ids[j]);
			}
		}
}

static size_t
random_length(void)
{
	uint32_t kind = random_of(20);

	return kind == 0 ? 60 + random_of(150) : kind < 4 ? random_of(4) : 4 + random_of(25);
}

static void
fill(fixture *f, char (*texts)[2048], size_t n, bool at_once)
{
	if (at_once)
		OK(tm_store_begin(f->store));
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || random_of(3) != 0) {
			random_text(texts[i], random_length());
		} else {
			strcpy(texts[i], texts[random_of((uint32_t)i)]);
			edit_text(texts[i]);
		}
		add(f->store, texts[i], "x");
	}
	if (at_once)
		OK(tm_store_commit(f->store));
}

static void
compare_many(fixture *f, char (*texts)[2048], size_t n, size_t queries)
{
	char text[2048];

	if (tm_stores_shards != 0)
		queries /= 4; /* each is a few round trips */
	for (size_t i = 0; i < queries; i++) {
		if (random_of(5) == 0) {
			random_text(text, random_length());
		} else {
			strcpy(text, texts[random_of((uint32_t)n)]);
			edit_text(text);
		}
		compare(f, text);
	}
}

static void
test_search_is_exact(void **state)
{
	static char texts[1500][2048];
	fixture f;

	(void)state;
	set_up(&f, "exact");
	fill(&f, texts, 700, true); /* commonness is measured on these */
	compare_many(&f, texts, 700, 60);
	fill(&f, texts + 700, 40, false); /* one by one */
	compare_many(&f, texts + 700, 40, 20);
	fill(&f, texts + 740, 760, true);
	compare_many(&f, texts, 1500, 40);
	OK(tm_store_reindex(f.store));
	compare_many(&f, texts, 1500, 30);
	tear_down(&f);
	set_up(&f, "exact"); /* as another program sees it */
	compare_many(&f, texts, 1500, 10);
	tear_down(&f);
}

/* A reader keeps up with a writer that measures commonness anew. */
static void
test_reader_beside_a_writer(void **state)
{
	static char texts[700][2048];
	fixture f, reader;

	(void)state;
	set_up(&f, "beside");
	fill(&f, texts, 30, false);
	OK(tm_store_open(&reader.store, &ctx, tm_stores_path("beside"), TM_STORE_READ));
	OK(tm_matcher_open(&reader.matcher, &ctx, reader.store));
	compare_many(&reader, texts, 30, 5);
	fill(&f, texts + 30, 670, true);
	OK(tm_store_tune(f.store));
	compare_many(&reader, texts, 700, 10);
	tear_down(&reader);
	tear_down(&f);
}

static void
test_difference(void **state)
{
	fixture f;
	const tm_steps *steps;
	const tm_pieces *a, *b;

	(void)state;
	set_up(&f, "difference");
	OK(tm_matcher_difference(f.matcher, SLICE("the new text is long"),
		SLICE("the old texts is very long"), &steps, &a, &b));
	const tm_change expected[] = { CHANGE_NONE, CHANGE_WORD, CHANGE_FORM, CHANGE_NONE,
		CHANGE_MORE, CHANGE_NONE };
	assert_int_equal(steps->list.n, 6);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(steps->list.at[i].change, expected[i]);
	tear_down(&f);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scores),
		cmocka_unit_test(test_placeables),
		cmocka_unit_test(test_names_in_capitals),
		cmocka_unit_test(test_context),
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_penalties),
		cmocka_unit_test(test_search_is_exact),
		cmocka_unit_test(test_reader_beside_a_writer),
		cmocka_unit_test(test_difference),
	};

	(void)argc;
	context_init(&ctx, &memory_libc);
	return TM_STORES_RUN(argv, tests, tests);
}
