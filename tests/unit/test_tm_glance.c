/* A glance at a text never denies a phrase that cutting it into pieces finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tm/glance.h"

static const char *const parts[] = { "the", "The", "THE", "subject", "subjects", "subjected",
	"directrice", "directeurs", "régional", "REGIONAUX", "œuvre", "oeuvres", "travail",
	"travaux", "l’accord", "l'", "d’", "État", "ETATS", "of", "UNAMA", "2018", "3rd",
	"1 250,5", "1,250b", "2 January 2018", "January", "S/2018/7", "a/b", "www.un.org",
	"https://un.org/é", "name@un.org", "3D", "2bis", "日本", "ひe", "été", "pays-Bas",
	"actif", "active", "ﬁn", "ancienne", "ancien", "e\xCC\x81tat" };
static const char *const gaps[] = { " ", " ", " ", ", ", ".", "-", "\xC2\xA0", " « ", "’", "",
	"(", "@", "/" };

static slice
make(char *out, size_t words)
{
	size_t n = 0;

	for (size_t i = 0; i < words; i++) {
		const char *gap =
			i == 0 ? "" : gaps[(size_t)rand() % (sizeof(gaps) / sizeof(*gaps))];
		const char *part = parts[(size_t)rand() % (sizeof(parts) / sizeof(*parts))];
		for (const char *p = gap; *p != '\0'; p++)
			out[n++] = *p;
		for (const char *p = part; *p != '\0'; p++)
			out[n++] = *p;
	}
	return (slice){ out, n };
}

static bool
holds(const tm_pieces *text, const tm_pieces *phrase)
{
	for (size_t at = 0; at + phrase->n <= text->n; at++) {
		size_t i = 0;
		while (i < phrase->n && text->at[at + i].word == phrase->at[i].word)
			i++;
		if (i == phrase->n)
			return true;
	}
	return false;
}

static void
no_phrase_is_denied(void **state)
{
	char text_bytes[2048], phrase_bytes[512];
	tm_pieces *text, *phrase;
	size_t held = 0, refused = 0;

	(void)state;
	assert_int_equal(tm_pieces_open(&text, &memory_libc), STATUS_OK);
	assert_int_equal(tm_pieces_open(&phrase, &memory_libc), STATUS_OK);
	srand(9);
	for (size_t i = 0; i < 200000; i++) {
		tm_glance g;
		slice t = make(text_bytes, 1 + (size_t)rand() % 14);
		slice p = make(phrase_bytes, 1 + (size_t)rand() % 2);
		assert_int_equal(tm_pieces_cut(text, t), STATUS_OK);
		assert_int_equal(tm_pieces_cut(phrase, p), STATUS_OK);
		if (phrase->n == 0)
			continue;
		tm_glance_init(&g, p, phrase);
		bool may = tm_glance_may_hold(&g, t), does = holds(text, phrase);
		if (does && !may)
			fail_msg("“%.*s” stands in “%.*s”", (int)p.n, p.p, (int)t.n, t.p);
		held += does;
		refused += !may;
	}
	assert_true(held > 10000);
	assert_true(refused > 20000); /* it is of use, too */
	tm_pieces_close(text);
	tm_pieces_close(phrase);
}

/* As many words as are looked for at most, and all but the last of them in a text. */
static void
a_long_phrase(void **state)
{
	static const char start[] = "a b c d e f g h i j k l m n o p q r s t u v w x y z "
				    "aa bb cc dd ee ";
	char bytes[2][128];
	tm_pieces *phrase;
	tm_glance g;

	(void)state;
	assert_int_equal(tm_pieces_open(&phrase, &memory_libc), STATUS_OK);
	for (int i = 0; i < 2; i++)
		snprintf(bytes[i], sizeof(bytes[i]), "%s%s", start, i == 0 ? "fold" : "fuel");
	assert_int_equal(tm_pieces_cut(phrase, slice_of(bytes[0])), STATUS_OK);
	assert_int_equal(phrase->n, GLANCE_WORDS);
	tm_glance_init(&g, slice_of(bytes[0]), phrase);
	assert_int_equal(g.n, GLANCE_WORDS);
	assert_true(tm_glance_may_hold(&g, slice_of(bytes[0])));
	assert_false(tm_glance_may_hold(&g, slice_of(bytes[1])));
	tm_pieces_close(phrase);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(no_phrase_is_denied),
		cmocka_unit_test(a_long_phrase) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
