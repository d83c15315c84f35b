/* Two texts side by side by their words: beads hold every passage once, and what stands in them
 * belongs together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "document/alignment.h"
#include "document/document.h"
#include "document/edge.h"
#include "tests/unit/faults.h"

static void
add(passages *p, const char *text, language l)
{
	slice s = slice_of(text);

	assert_int_equal(passages_add(p, s, (span){ 0, (uint32_t)s.n }, l, BLOCK_PARAGRAPH, 1),
		STATUS_OK);
}

static void
open_sides(passages sides[2])
{
	for (int k = 0; k < 2; k++)
		assert_int_equal(passages_init(&sides[k], &memory_libc), STATUS_OK);
}

static void
close_sides(passages sides[2])
{
	passages_free(&sides[0]);
	passages_free(&sides[1]);
}

static void
say_beads(const beads *b, char *out, size_t size)
{
	out[0] = '\0';
	for (size_t i = 0; i < b->list.n; i++) {
		const bead *x = &b->list.at[i];
		size_t n = strlen(out);
		snprintf(out + n, size - n, "%s%u-%u%s", i == 0 ? "" : " ", x->count[0],
			x->count[1], x->crossing ? "x" : "");
	}
}

static void
assert_each_once(const beads *b, const passages sides[2])
{
	for (int k = 0; k < 2; k++) {
		size_t n = sides[k].list.n;
		uint8_t *seen = calloc(n + 1, 1);
		for (size_t i = 0; i < b->list.n; i++) {
			const bead *x = &b->list.at[i];
			assert_true(x->count[0] + x->count[1] > 0);
			assert_true(x->confidence >= 0 && x->confidence <= 1.0001f);
			for (uint32_t c = 0; c < x->count[k]; c++) {
				assert_true(x->first[k] + c < n);
				assert_int_equal(seen[x->first[k] + c]++, 0);
			}
		}
		for (size_t i = 0; i < n; i++)
			assert_int_equal(seen[i], 1);
		free(seen);
	}
}

static void
assert_aligned(const char *const *en, const char *const *fr, const char *expected)
{
	passages sides[2];
	beads b;
	char said[512];

	open_sides(sides);
	for (; *en != NULL; en++)
		add(&sides[0], *en, LANGUAGE_EN);
	for (; *fr != NULL; fr++)
		add(&sides[1], *fr, LANGUAGE_FR);
	assert_int_equal(alignment_find(&memory_libc, sides, NULL, &b), STATUS_OK);
	assert_each_once(&b, sides);
	say_beads(&b, said, sizeof(said));
	assert_string_equal(said, expected);
	ARRAY_FREE(&memory_libc, &b.list);
	close_sides(sides);
}

static void
numbers_and_names_tell(void **state)
{
	static const char *const en[] = { "Letter dated 5 February 2018 from the Chair",
		"The Committee met on 2 January 2018 in Geneva.",
		"It adopted resolution 2344 (2017) without a vote.",
		"The report (A/72/312) was submitted by the Secretary-General.",
		"The Committee thanked UNAMA and UNICEF for the 150 vehicles.",
		"It will meet again in Geneva on 15 March.", NULL };
	static const char *const joined[] = { "Lettre datée du 5 février 2018 du Président",
		"Le Comité s’est réuni à Genève le 2 janvier 2018 et a adopté la résolution "
		"2344 "
		"(2017) sans vote.",
		"Le rapport (A/72/312) a été présenté par le Secrétaire général.",
		"Le Comité a remercié la MANUA et l’UNICEF des 150 véhicules.",
		"Il se réunira de nouveau à Genève le 15 mars.", NULL };
	static const char *const missing[] = { "Lettre datée du 5 février 2018 du Président",
		"Le Comité s’est réuni à Genève le 2 janvier 2018.",
		"Le rapport (A/72/312) a été présenté par le Secrétaire général.",
		"Le Comité a remercié la MANUA et l’UNICEF des 150 véhicules.",
		"Il se réunira de nouveau à Genève le 15 mars.", NULL };

	(void)state;
	assert_aligned(en, joined, "1-1 2-1 1-1 1-1 1-1");
	assert_aligned(en, missing, "1-1 1-1 1-0 1-1 1-1 1-1");
	assert_aligned(missing, en, "1-1 1-1 0-1 1-1 1-1 1-1");
}

/* Three that are alike in all but what nobody can know, and one translation. */
static void
what_is_known(void **state)
{
	static const char *const en[] = { "The proposal was carried.",
		"The proposal was put off.", "The proposal was dropped." };
	static const passage_name names[2][2] = { { { 1, 4711 }, { 2, 4712 } },
		{ { 0, 4711 } } };
	passages sides[2];
	beads b;
	char said[64];

	(void)state;
	open_sides(sides);
	for (int i = 0; i < 3; i++)
		add(&sides[0], en[i], LANGUAGE_EN);
	add(&sides[1], "Le texte est reporté.", LANGUAGE_FR);
	uint32_t before = sides[0].list.at[2].count;
	assert_int_equal(passages_add_names(&sides[0], NULL, 0), STATUS_OK);
	assert_int_equal(passages_add_names(&sides[0], names[0], 2), STATUS_OK);
	assert_int_equal(passages_add_names(&sides[1], names[1], 1), STATUS_OK);
	assert_int_equal(sides[0].list.at[2].count, before + 1);
	assert_int_equal(sides[0].list.at[2].first, sides[0].words.n - before - 1);
	assert_false(sides[0].list.at[0].known);
	assert_true(sides[0].list.at[1].known && sides[1].list.at[0].known);
	assert_int_equal(alignment_find(&memory_libc, sides, NULL, &b), STATUS_OK);
	assert_each_once(&b, sides);
	say_beads(&b, said, sizeof(said));
	assert_string_equal(said, "1-0 1-1 1-0");
	assert_true(b.list.at[1].confidence > 0.95f);
	ARRAY_FREE(&memory_libc, &b.list);
	close_sides(sides);
}

static void
an_empty_text(void **state)
{
	static const char *const none[] = { NULL }, *const one[] = { "Un texte.", NULL };

	(void)state;
	assert_aligned(none, none, "");
	assert_aligned(one, none, "1-0");
	assert_aligned(none, one, "0-1");
}

static void
number_value_ignores_language(void **state)
{
	passages sides[2];

	(void)state;
	open_sides(sides);
	add(&sides[0], "1,250.5", LANGUAGE_EN);
	add(&sides[1], "1 250,5", LANGUAGE_FR);
	assert_int_equal(sides[0].list.at[0].count, 1);
	assert_int_equal(sides[1].list.at[0].count, 1);
	assert_true(sides[0].vocabulary.at[0].hash == sides[1].vocabulary.at[0].hash);
	close_sides(sides);
}

static void
markers_are_read(void **state)
{
	passages p[2];

	(void)state;
	open_sides(p);
	add(&p[0], "(b) staff", LANGUAGE_EN);
	add(&p[0], "12. The report", LANGUAGE_EN);
	add(&p[0], "The report", LANGUAGE_EN);
	add(&p[1], "b) personnel", LANGUAGE_FR);
	assert_true(p[0].list.at[0].marker != 0);
	assert_int_equal(p[0].list.at[0].marker, p[1].list.at[0].marker);
	assert_true(p[0].list.at[1].marker != 0);
	assert_int_equal(p[0].list.at[2].marker, 0);
	close_sides(p);
}

static void
edges_are_read(void **state)
{
	static const struct {
		const char *text;
		edge first, last;
	} known[] = {
		{ "The Council met.", EDGE_CAPITAL, EDGE_STOP },
		{ "« Écoles »", EDGE_CAPITAL, EDGE_WORD },
		{ "“Is it so?”", EDGE_CAPITAL, EDGE_ASKING },
		{ "l’achat de machines\u00A0; et", EDGE_SMALL, EDGE_SEMICOLON },
		{ "the purchase of machinery; or", EDGE_SMALL, EDGE_SEMICOLON },
		{ "États membres", EDGE_CAPITAL, EDGE_WORD },
		{ "Act [Repealed]", EDGE_CAPITAL, EDGE_BRACKET },
		{ "(a) Décide\u00A0:", EDGE_ROUND, EDGE_COLON },
		{ "70", EDGE_DIGIT, EDGE_WORD },
		{ "et", EDGE_SMALL, EDGE_WORD },
		{ "", EDGE_OTHER, EDGE_OTHER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		assert_int_equal(edge_first(slice_of(known[i].text)), known[i].first);
		assert_int_equal(edge_last(slice_of(known[i].text)), known[i].last);
	}
}

/* --- long texts, made up --- */

static uint32_t
next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33);
}

/* A sentence of made-up words; the other language has other words in the same order. */
static void
make_sentence(char *out, size_t size, uint64_t seed, bool french)
{
	unsigned length = 4 + next_random(&seed) % 12;

	out[0] = '\0';
	for (unsigned i = 0; i < length; i++) {
		unsigned w = next_random(&seed) % 700;
		size_t n = strlen(out);
		snprintf(out + n, size - n, "%s%c%c%s%c", i == 0 ? "" : " ",
			'a' + (int)(w % 26), 'a' + (int)(w / 26 % 27 % 26),
			french ? "oir" : "ing", 'a' + (int)(w * 7 % 26));
	}
}

/* n sentences of which one in `drop` is missing on either side; *right counts what stays. */
static void
make_texts(passages sides[2], size_t n, unsigned drop, size_t *both)
{
	uint64_t seed = 42;
	char text[512];

	*both = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned what = next_random(&seed) % drop;
		uint64_t sentence = (uint64_t)next_random(&seed) << 20;
		for (int k = 0; k < 2; k++) {
			if (what == (unsigned)k)
				continue;
			make_sentence(text, sizeof(text), sentence, k == 1);
			add(&sides[k], text, k == 1 ? LANGUAGE_FR : LANGUAGE_EN);
		}
		*both += what > 1;
	}
}

static void
long_texts_with_gaps(void **state)
{
	passages sides[2];
	beads b;
	size_t both, pairs = 0;

	(void)state;
	open_sides(sides);
	make_texts(sides, 12000, 40, &both);
	assert_int_equal(alignment_find(&memory_libc, sides, NULL, &b), STATUS_OK);
	assert_each_once(&b, sides);
	for (size_t i = 0; i < b.list.n; i++)
		pairs += b.list.at[i].count[0] == 1 && b.list.at[i].count[1] == 1;
	assert_true(pairs > both * 97 / 100 && pairs < both * 102 / 100);
	ARRAY_FREE(&memory_libc, &b.list);
	close_sides(sides);
}

/* Paragraphs first: sentences do not leave theirs. */
/* A hundred thousand paragraphs in which no word stands once. */
static void
no_anchor_at_all(void **state)
{
	passages sides[2];
	beads b;
	char text[64];

	(void)state;
	open_sides(sides);
	for (int i = 0; i < 100000; i++) {
		snprintf(text, sizeof(text), "Decision %d follows paragraph %d.", i, i);
		add(&sides[0], text, LANGUAGE_EN);
		snprintf(text, sizeof(text), "La décision %d suit le paragraphe %d.", i, i);
		add(&sides[1], text, LANGUAGE_FR);
	}
	assert_int_equal(alignment_find(&memory_libc, sides, NULL, &b), STATUS_OK);
	assert_int_equal(b.list.n, 100000);
	for (uint32_t i = 0; i < 100000; i += 999)
		assert_true(b.list.at[i].first[0] == i && b.list.at[i].first[1] == i);
	ARRAY_FREE(&memory_libc, &b.list);
	close_sides(sides);
}

static void
paragraphs_hold(void **state)
{
	passages sides[2];
	beads b;
	size_t both;
	uint32_t starts[301], n = 0;

	(void)state;
	open_sides(sides);
	make_texts(sides, 900, 1 << 20, &both);
	for (uint32_t i = 0; i < sides[0].list.n; i += 3)
		starts[n++] = i;
	starts[n] = (uint32_t)sides[0].list.n;
	paragraphs in = { { starts, starts }, { n, n } };
	assert_int_equal(alignment_find(&memory_libc, sides, &in, &b), STATUS_OK);
	assert_each_once(&b, sides);
	for (size_t i = 0; i < b.list.n; i++)
		if (b.list.at[i].count[0] != 0 && b.list.at[i].count[1] != 0)
			assert_int_equal(b.list.at[i].first[0] / 3, b.list.at[i].first[1] / 3);
	ARRAY_FREE(&memory_libc, &b.list);
	close_sides(sides);
}

/* A paragraph that was moved is found where it went. */
static void
a_moved_passage(void **state)
{
	static const char moved[] = "The Advisory Committee 2018 notes UNAMA 4711 A/RES/70/1 "
				    "Kabul Herat Kandahar.";
	static const char there[] =
		"Le Comité consultatif 2018 prend note UNAMA 4711 A/RES/70/1 "
		"Kabul Herat Kandahar.";
	passages sides[2];
	beads b;
	char text[512];
	size_t crossing = 0;

	(void)state;
	open_sides(sides);
	for (uint64_t i = 0; i < 60; i++) {
		if (i == 10)
			add(&sides[0], moved, LANGUAGE_EN);
		if (i == 45)
			add(&sides[1], there, LANGUAGE_FR);
		for (int k = 0; k < 2; k++) {
			make_sentence(text, sizeof(text), (i + 1) << 24, k == 1);
			add(&sides[k], text, k == 1 ? LANGUAGE_FR : LANGUAGE_EN);
		}
	}
	assert_int_equal(alignment_find(&memory_libc, sides, NULL, &b), STATUS_OK);
	assert_each_once(&b, sides);
	for (size_t i = 0; i < b.list.n; i++)
		if (b.list.at[i].crossing) {
			crossing++;
			assert_int_equal(b.list.at[i].first[0], 10);
			assert_int_equal(b.list.at[i].first[1], 45);
		}
	assert_int_equal(crossing, 1);
	ARRAY_FREE(&memory_libc, &b.list);
	close_sides(sides);
}

/* “Act respecting … [Repealed]” faces two lines, though its name and its length fit the first
 * of them alone. */
static void
what_ends_alike(void **state)
{
	passages sides[2];
	beads b;
	char name[400], text[512];
	size_t joined = 0, right = 0;

	(void)state;
	open_sides(sides);
	for (uint64_t i = 0; i < 80; i++) {
		bool join = i % 8 == 7;
		make_sentence(name, sizeof(name), (i + 1) << 24, false);
		snprintf(text, sizeof(text), "Act respecting %s%s", name,
			join ? " [Repealed]" : "");
		add(&sides[0], text, LANGUAGE_EN);
		if (!join)
			add(&sides[0], "[Repealed]", LANGUAGE_EN);
		make_sentence(name, sizeof(name), (i + 1) << 24, true);
		snprintf(text, sizeof(text), "Loi concernant %s", name);
		add(&sides[1], text, LANGUAGE_FR);
		add(&sides[1], "[Abrogé]", LANGUAGE_FR);
		joined += join;
	}
	assert_int_equal(alignment_find(&memory_libc, sides, NULL, &b), STATUS_OK);
	for (size_t i = 0; i < b.list.n; i++)
		right += b.list.at[i].count[0] == 1 && b.list.at[i].count[1] == 2;
	assert_int_equal(right, joined);
	ARRAY_FREE(&memory_libc, &b.list);
	close_sides(sides);
}

/* Lines that a text has many times are alike everywhere: where one is lost here and another
 * there, nothing was moved. */
static void
repeated_lines_stay(void **state)
{
	static const char repeated[] = "Adopted without a vote 2018 UNAMA A/RES/70/1 Kabul.";
	passages sides[2];
	beads b;
	char text[512];

	(void)state;
	open_sides(sides);
	for (uint64_t i = 0; i < 60; i++)
		for (int k = 0; k < 2; k++) {
			make_sentence(text, sizeof(text), (i + 1) << 24, k == 1);
			add(&sides[k], text, k == 1 ? LANGUAGE_FR : LANGUAGE_EN);
			if (i % 3 == 0 && i != (k == 0 ? 12 : 45) && i != (k == 0 ? 18 : 36))
				add(&sides[k], repeated, k == 1 ? LANGUAGE_FR : LANGUAGE_EN);
		}
	assert_int_equal(alignment_find(&memory_libc, sides, NULL, &b), STATUS_OK);
	assert_each_once(&b, sides);
	for (size_t i = 0; i < b.list.n; i++)
		assert_false(b.list.at[i].crossing);
	ARRAY_FREE(&memory_libc, &b.list);
	close_sides(sides);
}

/* --- memory that runs out --- */

static status
align_with(const memory *m)
{
	static const char *const text[] = { "It met in 2018.", "It adopted 2344 (2017).",
		"Done." };
	static const uint32_t starts[] = { 0, 2, 3 };
	passages sides[2] = { 0 };
	paragraphs in = { { starts, starts }, { 2, 2 } };
	beads b = { 0 };

	status done = passages_init(&sides[0], m);
	if (done == STATUS_OK)
		done = passages_init(&sides[1], m);
	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < 3 && done == STATUS_OK; i++) {
			slice s = slice_of(text[i]);
			done = passages_add(&sides[k], s, (span){ 0, (uint32_t)s.n },
				LANGUAGE_EN, BLOCK_PARAGRAPH, 1);
		}
	if (done == STATUS_OK)
		done = alignment_find(m, sides, &in, &b);
	ARRAY_FREE(m, &b.list);
	close_sides(sides);
	return done;
}

static void
memory_runs_out(void **state)
{
	(void)state;
	for (int for_good = 0; for_good < 2; for_good++) {
		status done = STATUS_MEMORY;
		for (long n = 0; done != STATUS_OK; n++) {
			faults f = { .left = n, .for_good = for_good };
			memory m = { faulty_alloc, faulty_free, &f };
			assert_true(n < 10000);
			done = align_with(&m);
			assert_true(done == STATUS_OK || done == STATUS_MEMORY);
			assert_int_equal(f.live, 0);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_and_names_tell),
		cmocka_unit_test(what_is_known),
		cmocka_unit_test(an_empty_text),
		cmocka_unit_test(number_value_ignores_language),
		cmocka_unit_test(markers_are_read),
		cmocka_unit_test(edges_are_read),
		cmocka_unit_test(what_ends_alike),
		cmocka_unit_test(repeated_lines_stay),
		cmocka_unit_test(long_texts_with_gaps),
		cmocka_unit_test(no_anchor_at_all),
		cmocka_unit_test(paragraphs_hold),
		cmocka_unit_test(a_moved_passage),
		cmocka_unit_test(memory_runs_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
