/* Tokens of both languages: what is one token, what is cut, and which gap stands before. The
 * expected column writes each token as KIND:text, the kinds as the first letters below. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "tests/unit/faults.h"
#include "tests/unit/random_text.h"
#include "text/token.h"

typedef struct fixture {
	words words;
	tokens tokens;
	buffer shown;
} fixture;

static int
set_up(void **state)
{
	static fixture f;

	assert_int_equal(words_init(&f.words, &memory_libc), STATUS_OK);
	tokens_init(&f.tokens, &memory_libc);
	buffer_init(&f.shown, &memory_libc, 1 << 20);
	*state = &f;
	return 0;
}

static int
tear_down(void **state)
{
	fixture *f = *state;

	words_free(&f->words);
	tokens_free(&f->tokens);
	buffer_free(&f->shown);
	return 0;
}

static void
read_tokens(fixture *f, const char *text, language l)
{
	slice s = slice_of(text);

	assert_int_equal(tokens_read(&f->tokens, &f->words, s, (span){ 0, (uint32_t)s.n }, l),
		STATUS_OK);
}

static void
expect(fixture *f, language l, const char *text, const char *expected)
{
	static const char kinds[] = "?WENCSAM";

	read_tokens(f, text, l);
	buffer_clear(&f->shown);
	for (size_t i = 0; i < f->tokens.count; i++) {
		const token *t = &f->tokens.at[i];
		buffer_printf(&f->shown, "%s%c:%.*s", i == 0 ? "" : "|", kinds[t->kind],
			(int)t->length, text + t->start);
	}
	buffer_put_char(&f->shown, '\0');
	assert_string_equal(f->shown.p, expected);
}

static void
french_words(void **state)
{
	expect(*state, LANGUAGE_FR, "l’Asie et qu'il", "E:l’|W:Asie|W:et|E:qu'|W:il");
	expect(*state, LANGUAGE_FR, "aujourd’hui, a-t-il", "W:aujourd’hui|M:,|W:a-t-il");
	expect(*state, LANGUAGE_FR, "la main-d’œuvre", "W:la|W:main-d’œuvre");
	expect(*state, LANGUAGE_FR, "JUSQU’À L’ONU", "E:JUSQU’|W:À|E:L’|W:ONU");
	expect(*state, LANGUAGE_FR, "l ’Asie", "W:l|M:’|W:Asie");
	expect(*state, LANGUAGE_FR, "ci -jointe", "W:ci|M:-|W:jointe");
	expect(*state, LANGUAGE_FR, "États\xE2\x80\x91Unis", "W:États\xE2\x80\x91Unis");
}

static void
english_words(void **state)
{
	expect(*state, LANGUAGE_EN, "don’t States’ O’Brien", "W:don’t|W:States|M:’|W:O’Brien");
	expect(*state, LANGUAGE_EN, "mid-2018 COVID-19", "C:mid-2018|C:COVID-19");
}

static void
numbers(void **state)
{
	expect(*state, LANGUAGE_FR, "1 250,5 et 12.5", "N:1 250,5|W:et|N:12.5");
	expect(*state, LANGUAGE_FR, "1\u00A0250\u202F000", "N:1\u00A0250\u202F000");
	expect(*state, LANGUAGE_FR, "2018 120", "N:2018|N:120");
	expect(*state, LANGUAGE_FR, "1, 2", "N:1|M:,|N:2");
	expect(*state, LANGUAGE_FR, "1er 19e 1941-1945", "C:1er|C:19e|N:1941|M:-|N:1945");
}

static void
symbols_and_addresses(void **state)
{
	expect(*state, LANGUAGE_FR, "voir S/2018/7, A/RES/70/1.",
		"W:voir|S:S/2018/7|M:,|S:A/RES/70/1|M:.");
	expect(*state, LANGUAGE_EN, "E/CN.4/2006/1/Add.1 and/or",
		"S:E/CN.4/2006/1/Add.1|W:and|M:/|W:or");
	expect(*state, LANGUAGE_EN, "see https://example.org/a?b=1.",
		"W:see|A:https://example.org/a?b=1|M:.");
	expect(*state, LANGUAGE_EN, "write to j.smith@un.org, undocs.org/A/70/1",
		"W:write|W:to|A:j.smith@un.org|M:,|A:undocs.org/A/70/1");
	expect(*state, LANGUAGE_FR, "fin.Toutefois", "W:fin|M:.|W:Toutefois");
	expect(*state, LANGUAGE_FR, "FAO/OMS", "W:FAO|M:/|W:OMS");
}

static void
gaps(void **state)
{
	static const token_gap wanted[] = { GAP_START, GAP_SPACE, GAP_WIDE, GAP_NO_BREAK,
		GAP_NONE, GAP_UNUSUAL };
	fixture *f = *state;

	read_tokens(f, " a b  c\xC2\xA0;d\te", LANGUAGE_FR);
	assert_int_equal(f->tokens.count, 6);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(f->tokens.at[i].gap, wanted[i]);
	assert_int_equal(f->tokens.at[-1].kind, TOKEN_EDGE);
	assert_int_equal(f->tokens.at[6].kind, TOKEN_EDGE);
}

static void
features_follow_the_word(void **state)
{
	fixture *f = *state;

	read_tokens(f, "De de l'ONU conﬂit", LANGUAGE_FR);
	assert_true(f->tokens.at[0].features & FEATURE_TITLE);
	assert_true(f->tokens.at[1].features & FEATURE_REPEATED);
	assert_true(f->tokens.at[2].features & FEATURE_STRAIGHT);
	assert_true(f->tokens.at[3].features & FEATURE_CAPITALS);
	assert_true(f->tokens.at[3].features & FEATURE_TIGHT);
	assert_true(f->tokens.at[4].features & FEATURE_ODD);
	assert_false(f->tokens.at[3].features & FEATURE_REPEATED);
}

/* Whatever the bytes, tokens are in order, inside the block and never empty. */
static void
tokens_stay_inside(void **state)
{
	fixture *f = *state;
	char text[4096];
	uint32_t seed = 1;
	static const char *const parts[] = { "a", "’", "é", " ", "1", "-", "/", "A", "@", ".",
		"://", "\xC2\xA0", "œ", "\xE2\x80\xAF", "ﬁ", "漢", "😀", "'", "S/2", "www.org" };

	for (int round = 0; round < 500; round++) {
		size_t n = random_text(text, 200, parts, sizeof(parts) / sizeof(*parts), &seed);
		text[n] = '\0';
		read_tokens(f, text, round % 2 == 0 ? LANGUAGE_FR : LANGUAGE_EN);
		uint32_t end = 0;
		for (size_t i = 0; i < f->tokens.count; i++) {
			const token *t = &f->tokens.at[i];
			assert_true(t->start >= end && t->length > 0);
			end = t->start + t->length;
			assert_true(end <= n);
			assert_true(((unsigned char)text[t->start] & 0xC0) != 0x80);
		}
	}
}

static size_t
mix(char *out, size_t most, uint32_t *seed)
{
	static const char *const parts[] = { "a", "le ", "mot ", "l’", "d'", "été ", "×", "÷",
		" ", " ", "droits", "humanitaires ", "internationalement ", "1", "12 ", "-",
		"A/1", "@", ". ", ", ", "(", "«\u00A0", "\u00A0»", "œuvre ", "é", "ﬁ", "漢",
		"mot", "ė", "·" };

	return random_text(out, most, parts, sizeof(parts) / sizeof(*parts), seed);
}

/* Also where they stand at the end of the sixty-four bytes that are looked at together. */
static void
signs_are_no_letters(void **state)
{
	fixture *f = *state;
	char text[256];

	expect(f, LANGUAGE_FR, "a×b é÷d ė ŗ", "W:a|M:×|W:b|W:é|M:÷|W:d|W:ė|W:ŗ");
	for (int k = 1; k < 100; k++) {
		memset(text, 'a', (size_t)k);
		strcpy(text + k, "×b é");
		read_tokens(f, text, LANGUAGE_FR);
		assert_int_equal(f->tokens.count, 4);
		assert_int_equal(f->tokens.at[1].word, 0xD7);
	}
}

static void
assert_same_tokens(const tokens *a, const tokens *b, uint32_t shift)
{
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		const token *x = &a->at[i], *y = &b->at[i];
		assert_int_equal(x->start, y->start + shift);
		assert_int_equal(x->length, y->length);
		assert_int_equal(x->kind, y->kind);
		assert_int_equal(x->gap, y->gap);
		assert_int_equal(x->features, y->features);
		assert_int_equal(x->word, y->word);
		assert_int_equal(x->lower, y->lower);
		assert_int_equal(x->calls, y->calls);
	}
}

/* Near the end of a text tokens go a longer way than elsewhere, and windows begin wherever the
 * words do: the tokens are the same. */
static void
tokens_are_the_same_wherever_they_stand(void **state)
{
	fixture *f = *state;
	static char wide[2000];
	tokens other;
	uint32_t seed = 7;

	tokens_init(&other, &memory_libc);
	for (size_t round = 0; round < 400; round++) {
		language l = round % 3 == 0 ? LANGUAGE_EN : LANGUAGE_FR;
		size_t shift = 1 + round % 101;
		memset(wide, round % 5 == 0 ? ' ' : 'z', sizeof(wide));
		wide[shift - 1] = '\n';
		size_t n = mix(wide + shift, round * 4, &seed);
		size_t step = round % 2 == 0 ? n : 15;
		for (size_t i = 0, next; i < n; i = next) {
			next = n - i < step ? n : i + step;
			while (next < n && ((unsigned char)wide[shift + next] & 0xC0) == 0x80)
				next++;
			char *alone = copy_alone((slice){ wide + shift, next });
			assert_int_equal(tokens_read(&other, &f->words, (slice){ alone, next },
						 (span){ (uint32_t)i, (uint32_t)next }, l),
				STATUS_OK);
			assert_int_equal(tokens_read(&f->tokens, &f->words,
						 (slice){ wide, sizeof(wide) },
						 (span){ (uint32_t)(shift + i),
							 (uint32_t)(shift + next) },
						 l),
				STATUS_OK);
			assert_same_tokens(&f->tokens, &other, (uint32_t)shift);
			free(alone);
		}
	}
	tokens_free(&other);
}

static void
long_runs_are_cut(void **state)
{
	fixture *f = *state;
	static char text[200001];

	memset(text, 'a', 200000);
	read_tokens(f, text, LANGUAGE_FR);
	assert_true(f->tokens.count >= 190);
	assert_true(f->tokens.at[0].length <= 1024);
}

/* token.word holds either; rules compare it with code points. */
static void
no_word_has_the_id_of_a_mark(void **state)
{
	fixture *f = *state;
	char text[16];
	uint32_t id = 0;

	for (int i = 0; i < 9000; i++) {
		size_t n = (size_t)snprintf(text, sizeof(text), "w%dx", i);
		assert_int_equal(words_intern(&f->words, (slice){ text, n }, &id), STATUS_OK);
		assert_true(id >= 0x100 && (id < 0x2000 || id >= 0x2100));
	}
	assert_true(id >= 0x2100);
	for (int i = 0; i < 9000; i++) { /* after the table grew, too */
		size_t n = (size_t)snprintf(text, sizeof(text), "w%dx", i);
		assert_int_equal(words_intern(&f->words, (slice){ text, n }, &id), STATUS_OK);
		assert_true(slice_equal(words_at(&f->words, id)->text, (slice){ text, n }));
	}
}

/* The table keeps the first and the last eight bytes of a word: a word that is nothing else is
 * not taken for a longer one that it meets there. */
static void
short_words_are_not_taken_for_long_ones(void **state)
{
	fixture *f = *state;
	char text[64], middle[16];
	uint32_t id;

	for (int i = 0; i < 9000; i++) {
		bool is_long = i % 30 != 29; /* the thirtieth has the same ends */
		snprintf(middle, sizeof(middle), "%d", i);
		int n = snprintf(text, sizeof(text), "re%04dco%stionnels", i / 30,
			is_long ? middle : "");
		slice made = { text, (size_t)n };
		assert_int_equal(words_intern(&f->words, made, &id), STATUS_OK);
		assert_true(slice_equal(words_at(&f->words, id)->text, made));
	}
}

/* Of a text whose size is known, no array is copied on the way. */
static void
expected_words_find_room(void **state)
{
	fixture *f = *state;
	words *w = &f->words;
	char text[16];
	uint32_t id;

	assert_int_equal(words_expect(w, 5000000), STATUS_OK);
	const word *list = w->list.at;
	const word_hot *hot = w->hot.at;
	for (int i = 0; i < 9000; i++) {
		size_t n = (size_t)snprintf(text, sizeof(text), "w%dx", i);
		assert_int_equal(words_intern(w, (slice){ text, n }, &id), STATUS_OK);
		assert_int_equal(w->keys[0].at[id], 0);
	}
	assert_ptr_equal(w->list.at, list);
	assert_ptr_equal(w->hot.at, hot);
	assert_int_equal(words_expect(w, 100), STATUS_OK); /* there is more already */
	assert_ptr_equal(w->list.at, list);
}

/* Of names, each with its small letters; `first` as well, which moves all others by one. */
static status
intern_names(words *w, const char *first)
{
	char text[8];
	uint32_t id, lower;

	TRY(words_intern(w, slice_of(first), &id));
	for (unsigned i = 0; i < 2000; i++) {
		int n = snprintf(text, sizeof(text), "N%04u", i);
		TRY(words_intern(w, (slice){ text, (size_t)n }, &id));
		text[0] = 'n';
		TRY(words_intern(w, (slice){ text, (size_t)n }, &lower));
		assert_int_equal(words_at(w, id)->lower, lower);
	}
	return STATUS_OK;
}

/* Memory that ran out between a name and its small letters leaves no name without them. */
static void
words_are_whole_after_a_failure(void **state)
{
	static const char *const firsts[] = { "a", "A" };

	(void)state;
	for (size_t k = 0; k < 2; k++) {
		faults f = { .left = -1 };
		memory m = { faulty_alloc, faulty_free, &f };
		words w;
		f.failed = true;
		for (long n = 0; f.failed; n++) {
			assert_int_equal(words_init(&w, &m), STATUS_OK);
			f.failed = false;
			f.left = n;
			status s = intern_names(&w, firsts[k]);
			assert_int_equal(s, f.failed ? STATUS_MEMORY : STATUS_OK);
			f.left = -1;
			assert_int_equal(words_trim(&w, SIZE_MAX), STATUS_OK);
			assert_int_equal(intern_names(&w, firsts[k]), STATUS_OK);
			words_free(&w);
		}
		assert_int_equal(f.live, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(french_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(english_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(numbers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(symbols_and_addresses, set_up, tear_down),
		cmocka_unit_test_setup_teardown(gaps, set_up, tear_down),
		cmocka_unit_test_setup_teardown(features_follow_the_word, set_up, tear_down),
		cmocka_unit_test_setup_teardown(tokens_stay_inside, set_up, tear_down),
		cmocka_unit_test_setup_teardown(signs_are_no_letters, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			tokens_are_the_same_wherever_they_stand, set_up, tear_down),
		cmocka_unit_test_setup_teardown(long_runs_are_cut, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			short_words_are_not_taken_for_long_ones, set_up, tear_down),
		cmocka_unit_test_setup_teardown(expected_words_find_room, set_up, tear_down),
		cmocka_unit_test(words_are_whole_after_a_failure),
		cmocka_unit_test_setup_teardown(
			no_word_has_the_id_of_a_mark, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
