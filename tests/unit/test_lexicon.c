/* The compiled lexicon against Hunspell, which is the authority: the same verdict on every
 * form, on forms with other capitals and on every word of the corpora. And what happens to a
 * compiled file that is missing, cut off or damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/corpus.h"
#include "text/fold.h"
#include "text/hunspell.h"
#include "text/lexicon.h"
#include "text/lexicon_source.h"
#include "text/lexicon_view.h"
#include "text/rolling.h"
#include "text/utf8.h"

#define CAPITALS_EVERY 7 /* forms whose capitalised and upper-case variants are compared */

/* Hunspell under AddressSanitizer takes ten times as long: there a sample has to do, the whole
 * list being compared by the ordinary build. */
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define SAMPLED
#endif
#endif
#if defined(SAMPLED) || defined(__SANITIZE_ADDRESS__)
#define FORMS_EVERY 15
#else
#define FORMS_EVERY 1
#endif

static char data_folder[] = "/tmp/paraph-test-lexicon-XXXXXX";

typedef struct languages {
	lexicon *lexicon;
	hunspell *hunspell[LEXICON_SIDES];
	size_t compared, different, known;
} languages;

static void
open_language(languages *t, language l)
{
	context c;
	char aff[512], dic[512];

	*t = (languages){ .compared = 0 };
	context_init(&c, &memory_libc);
	assert_int_equal(lexicon_open(&t->lexicon, &c, l, data_folder), STATUS_OK);
	for (size_t side = 0; lexicon_source_name(l, side) != NULL; side++) {
		const char *folder = lexicon_source_folder();
		assert_int_equal(
			lexicon_source_path(aff, sizeof(aff), folder, l, side, 0), STATUS_OK);
		assert_int_equal(
			lexicon_source_path(dic, sizeof(dic), folder, l, side, 1), STATUS_OK);
		assert_int_equal(
			hunspell_open(&t->hunspell[side], &memory_libc, aff, dic), STATUS_OK);
	}
}

static void
close_language(languages *t)
{
	lexicon_close(t->lexicon);
	for (size_t side = 0; side < LEXICON_SIDES; side++)
		hunspell_close(t->hunspell[side]);
}

static bool
hunspell_says(languages *t, slice word)
{
	for (size_t side = 0; side < LEXICON_SIDES; side++)
		if (t->hunspell[side] != NULL && hunspell_knows(t->hunspell[side], word))
			return true;
	return false;
}

static void
compare(languages *t, slice word)
{
	bool ours = lexicon_knows(t->lexicon, word);

	t->compared++;
	t->known += ours;
	if (ours == hunspell_says(t, word))
		return;
	if (++t->different <= 40)
		print_message("  “%.*s”: we say %s\n", SLICE_ARG(word), ours ? "yes" : "no");
}

static void
compare_capitals(languages *t, slice form)
{
	char text[4096];
	size_t n = 0;

	if (form.n > 300)
		return;
	compare(t, (slice){ text, text_capitalise(text, form) });
	for (size_t at = 0; at < form.n;)
		n += utf8_put(text + n, text_upper_char(utf8_read(form, &at)));
	compare(t, (slice){ text, n });
	compare(t, (slice){ text, text_small(text, form) });
	memcpy(text, form.p, form.n);
	text[form.n] = '.';
	compare(t, (slice){ text, form.n + 1 });
}

static void
report(const char *what, const languages *t)
{
	print_message("%s: %zu compared, %zu known, %zu different, %zu asked of Hunspell\n",
		what, t->compared, t->known, t->different, lexicon_asked_hunspell(t->lexicon));
}

static void
compare_forms(language l)
{
	languages t;

	open_language(&t, l);
	const lexicon_map *m = lexicon_view(t.lexicon);
	for (uint32_t i = 0; i < m->form_count; i += FORMS_EVERY) {
		compare(&t, lexicon_map_form(m, i));
		if (i / FORMS_EVERY % CAPITALS_EVERY == 0)
			compare_capitals(&t, lexicon_map_form(m, i));
	}
	report(language_name(l), &t);
	if (FORMS_EVERY > 1)
		print_message("one form in %d compared, the rest skipped\n", FORMS_EVERY);
	assert_true(t.compared > 300000 / FORMS_EVERY);
	assert_int_equal(t.different, 0);
	assert_true(
		lexicon_asked_hunspell(t.lexicon) < 20); /* upper case of “ℓ” and the like */
	close_language(&t);
}

static void
forms_fr(void **state)
{
	(void)state;
	compare_forms(LANGUAGE_FR);
}

static void
forms_en(void **state)
{
	(void)state;
	compare_forms(LANGUAGE_EN);
}

static void
expect_ends(const lexicon *x, slice left, slice right)
{
	uint32_t first = lexicon_find(x, left), last = lexicon_find(x, right);
	bool letter_before = utf8_count(left) == 1, letter_after = utf8_count(right) == 1;
	unsigned after =
		letter_after ? LEXICON_LETTER_AFTER : lexicon_bit_after(rolling_hash(right));
	unsigned before =
		letter_before ? LEXICON_LETTER_BEFORE : lexicon_bit_before(rolling_hash(left));

	if (first != LEXICON_NONE && (letter_after || !letter_before))
		assert_true((lexicon_ends_of(x, first).after & after) != 0);
	if (last != LEXICON_NONE && (letter_before || !letter_after))
		assert_true((lexicon_ends_of(x, last).before & before) != 0);
}

/* Of a form in two pieces, the one that is a form itself knows of the other. */
static void
ends_of_forms(void **state)
{
	languages t;
	char room[3 * 1024];

	(void)state;
	open_language(&t, LANGUAGE_FR);
	const lexicon_map *m = lexicon_view(t.lexicon);
	for (uint32_t i = 0; i < m->form_count; i += 11) {
		slice form = { room, text_lower(room, lexicon_map_form(m, i)) };
		bool plain = memchr(form.p, '-', form.n) == NULL &&
			     memchr(form.p, '\'', form.n) == NULL;
		for (size_t at = 1; plain && at < form.n; at++) {
			slice left = slice_sub(form, 0, at),
			      right = slice_sub(form, at, form.n);
			if (((unsigned char)form.p[at] & 0xC0) != 0x80)
				expect_ends(t.lexicon, left, right);
		}
	}
	lexicon_ends rare =
		lexicon_ends_of(t.lexicon, lexicon_find(t.lexicon, SLICE("locataire")));
	lexicon_ends none = lexicon_ends_of(t.lexicon, LEXICON_NONE);
	assert_int_equal(rare.after, LEXICON_LETTER_AFTER); /* locataires */
	assert_true((none.before & none.after) == UINT16_MAX);
	close_language(&t);
}

/* Texts of both languages are put to both lexicons. */
static const char *const corpora[] = { "bench/canlaw_fr_50MB.txt.xz", "bench/en_24MB.txt.xz",
	"letter/S_2018_7_fr.txt", "gold_un_artifacts/fr_lines.tsv",
	"gold_un_artifacts/en_lines.tsv", "gold_un_artifacts/en_clean_lines.tsv",
	"gold_un_artifacts/fr_clean_lines.tsv", "gold_un_artifacts/en_docxgold_pypdf.tsv",
	"fr_errors/grammalecte_tests_dev.tsv", "fr_errors/grammalecte_correct_dev.txt",
	"fr_errors/libreoffice_autocorr_fr.tsv", "fr_errors/libreoffice_autocorr_en-GB.tsv",
	"un_text/treaties_fr_dev.txt.xz", "un_text/un_treaty_body_recommendations_fr_dev.txt",
	"tm/canlaw_dev_120k.tsv.gz", "un_text/E_ICEF_672_PartI_1980_fr_ocr.txt",
	"tm/un_charter_en_fr.tsv", "tm/un_sdg_metadata_dev.tsv", "tm/tatoeba_test_en_fr.tsv",
	"glossary/unterm_countries_en_fr.tsv" };

static void
corpora_words(void **state)
{
	corpus_words words = { .size = 0 };

	(void)state;
	arena_init(&words.arena, &memory_libc);
	for (size_t i = 0; i < sizeof(corpora) / sizeof(*corpora); i++)
		if (!corpus_read(&words, corpora[i]))
			print_message("skipped: %s/corpora/%s is not there\n", corpus_folder(),
				corpora[i]);
	for (language l = LANGUAGE_FR; l <= LANGUAGE_EN && words.words.n > 0; l++) {
		languages t;
		open_language(&t, l);
		for (size_t i = 0; i < words.words.n; i++)
			compare(&t, words.words.at[i]);
		report(l == LANGUAGE_FR ? "corpora, fr" : "corpora, en", &t);
		assert_int_equal(t.different, 0);
		assert_true(lexicon_asked_hunspell(t.lexicon) < words.words.n / 1000);
		close_language(&t);
	}
	corpus_free(&words);
}

/* Strings made to meet the rules about capitals, break points, periods and conversions. */
static const char *const odd[] = { "", ".", "..", "-", "--", "a", "A", "à", "À", "É", "'", "’",
	"'a", "a'", "''", "l'", "l’", "L’", "qu'", "-a", "a-", "a-b", "A-B", "-a-", "--a",
	"a--b", "a-b-c-d-e-f-g-h-i-j-k-l", "le-la-les", "Le-La-Les", "LE-LA-LES", "le.la",
	"Le.La.", "LE.LA", "candidat·e·s", "1", "12", "1,5", "1.5", "1..5", "1-", "-1", "1,",
	"3e", "3E", "1er", "1ER", "21st", "21ST", "11th", "11st", "112th", "1234th", "1234TH",
	"101st", "5th-6th", "l’Asie", "L’ASIE", "l'asie", "L'Asie", "l’Europe-Asie", "d’Asie",
	"D’ASIE", "qu’il", "QU’IL", "Qu’elle", "aujourd’hui", "AUJOURD’HUI", "Aujourd’hui",
	"prud’homme", "Prud’hommes", "O’Brien", "O'BRIEN", "don’t", "DON’T", "Don’t", "nato",
	"Nato", "NATO", "NATO’s", "NATO’S", "onu", "Onu", "ONU", "l’ONU", "L’ONU", "d’onu",
	"kg", "Kg", "KG", "km", "kW", "KW", "MW", "ﬁn", "eﬀet", "cœur", "CŒUR", "Œuvre",
	"œuvre", "oeuvre", "ſ", "e\u0301tat", "Éc\u0327a", "E\u0301tat", "ıI", "İ", "ß", "ẞ",
	"Straße", "STRASSE", "Ω", "ω", "Москва", "中国", "中国-a", "𝔸", "a𝔸", "Ⅳ", "ⅳ", "№",
	"n°", "m²", "CO₂", "co₂", "H₂O", "h₂o", "etc.", "etc", "ETC.", "M.", "Mme", "MME", "p.",
	"S.E.", "A/RES/70/1", "pomme-de-terre", "Vice-Président", "VICE-PRÉSIDENT",
	"vice-Président", "McDonald", "MCDONALD", "Mcdonald", "OpenOffice", "OPENOFFICE",
	"Openoffice", "iPhone", "IPHONE", "Iphone", " a", "a ", "a priori", "l''a", "lorsqu’il",
	"puisqu’Anne", "jusqu’à", "JUSQU’À", "s’il", "S’IL", "t’a", "n’y", "c’est", "C’EST",
	"Y", "y", "-t-il", "a-t-il", "Y-a-t-il", "dit-elle", "DIT-ELLE", "va-t’en", "e-mail",
	"E-MAIL", "x-ray", "X-Ray", "co-operate", "self-", "-self", "'tis", "’tis", "rock’n",
	"kilogrammes", "Kilogrammes", "KILOGRAMMES", "yottagrammes", "mm", "Mm", "MM", "dB",
	"DB" };

static void
odd_strings(void **state)
{
	(void)state;
	for (language l = LANGUAGE_FR; l <= LANGUAGE_EN; l++) {
		languages t;
		open_language(&t, l);
		for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
			compare(&t, slice_of(odd[i]));
		report("odd", &t);
		assert_int_equal(t.different, 0);
		close_language(&t);
	}
}

/* All one- and two-letter strings over the letters with a case, and very long words. */
static void
alphabet(void **state)
{
	(void)state;
	for (language l = LANGUAGE_FR; l <= LANGUAGE_EN; l++) {
		languages t;
		char text[700];
		open_language(&t, l);
		for (uint32_t c = 0x20; c < 0x590; c++) {
			size_t n = utf8_put(text, c);
			compare(&t, (slice){ text, n });
			text[n] = 'e';
			compare(&t, (slice){ text, n + 1 });
			memcpy(text + 64, "ab", 2);
			compare(&t, (slice){ text + 64, 2 + utf8_put(text + 66, c) });
		}
		for (size_t n = 90; n < 600; n++) {
			memset(text, 'a', n);
			compare(&t, (slice){ text, n });
			text[n / 2] = '-';
			compare(&t, (slice){ text, n });
			memset(text, '1', n);
			compare(&t, (slice){ text, n });
		}
		report("alphabet", &t);
		assert_int_equal(t.different, 0);
		close_language(&t);
	}
}

/* ---- what the lexicon says about a form ---- */

static bool
has_reading(const lexicon *x, const char *form, const char *lemma, uint32_t grammar)
{
	const analysis *a;
	size_t n = lexicon_analyses(x, slice_of(form), &a);

	for (size_t i = 0; i < n; i++)
		if (a[i].grammar == grammar &&
			slice_equal(lexicon_lemma(x, a[i].lemma), slice_of(lemma)))
			return true;
	return false;
}

static void
readings_fr(void **state)
{
	languages t;
	const uint32_t masculine = GENDER_MASCULINE, feminine = GENDER_FEMININE;
	const uint32_t singular = NUMBER_SINGULAR, plural = NUMBER_PLURAL;

	(void)state;
	open_language(&t, LANGUAGE_FR);
	const lexicon *x = t.lexicon;
	assert_true(has_reading(x, "chevaux", "cheval", POS_NOUN | masculine | plural));
	assert_true(has_reading(x, "objectif", "objectif", POS_NOUN | masculine | singular));
	assert_true(
		has_reading(x, "objectif", "objectif", POS_ADJECTIVE | masculine | singular));
	assert_true(has_reading(
		x, "pratiques", "pratique", POS_ADJECTIVE | masculine | feminine | plural));
	assert_true(has_reading(
		x, "adoptées", "adopter", POS_PARTICIPLE | POS_ADJECTIVE | feminine | plural));
	/* j’adopte, il adopte; adopte ! (imperative) */
	assert_true(has_reading(x, "adopte", "adopter", POS_VERB | PERSON_1SG | PERSON_3SG));
	assert_true(has_reading(x, "adopte", "adopter", POS_VERB | PERSON_2SG));
	assert_true(has_reading(x, "adoptent", "adopter", POS_VERB | PERSON_3PL));
	assert_true(has_reading(x, "adopter", "adopter", POS_VERB | VERB_INFINITIVE));
	assert_true(has_reading(x, "adoptant", "adopter", POS_VERB));
	assert_true(has_reading(x, "Bucarest", "Bucarest",
		POS_NAME | masculine | feminine | singular | plural));
	assert_true(has_reading(x, "aujourd’hui", "aujourd'hui", POS_ADVERB));
	const analysis *a;
	assert_int_equal(lexicon_analyses(x, SLICE("Chevaux"), &a), 0);
	assert_int_equal(lexicon_analyses(x, SLICE("chevals"), &a), 0);
	close_language(&t);
}

static void
readings_en(void **state)
{
	languages t;

	(void)state;
	open_language(&t, LANGUAGE_EN);
	assert_true(has_reading(t.lexicon, "nations", "nation", POS_OTHER));
	assert_true(has_reading(t.lexicon, "countries", "country", POS_OTHER));
	assert_true(has_reading(t.lexicon, "operations", "operation", POS_OTHER));
	assert_true(has_reading(t.lexicon, "colour", "colour", POS_OTHER));
	assert_true(has_reading(t.lexicon, "color", "color", POS_OTHER));
	close_language(&t);
}

static bool
unfolds_to(const lexicon *x, const char *folded, const char *form)
{
	slice out[32];
	size_t n = lexicon_unfold(x, slice_of(folded), out, 32);

	for (size_t i = 0; i < n; i++)
		if (slice_equal(out[i], slice_of(form)))
			return true;
	return false;
}

static void
unfolding(void **state)
{
	languages t;
	slice out[1];

	(void)state;
	open_language(&t, LANGUAGE_FR);
	assert_true(unfolds_to(t.lexicon, "cote", "côté"));
	assert_true(unfolds_to(t.lexicon, "cote", "cote"));
	assert_true(unfolds_to(t.lexicon, "coeur", "cœur"));
	assert_true(unfolds_to(t.lexicon, "etat", "état"));
	assert_true(unfolds_to(t.lexicon, "asie", "Asie"));
	assert_int_equal(lexicon_unfold(t.lexicon, SLICE("cote"), out, 1), 1);
	assert_int_equal(lexicon_unfold(t.lexicon, SLICE("kairat"), out, 1), 0);
	assert_int_equal(lexicon_unfold(t.lexicon, SLICE(""), out, 1), 0);
	/* every form is found again under its folded spelling */
	const lexicon_map *m = lexicon_view(t.lexicon);
	for (uint32_t i = 0; i < m->form_count; i += 11) {
		char folded[4096];
		uint32_t first = 0, end = 0;
		slice key = { folded, text_fold(folded, lexicon_map_form(m, i)) };
		if (key.n == 0)
			continue;
		assert_true(lexicon_map_group(m, lexicon_map_folded(m, key), &first, &end));
		assert_in_range(i, first, end - 1);
	}
	close_language(&t);
}

/* Forms that differ in case alone have one frequency. */
static void
expect_same_frequency(const lexicon *x, slice form)
{
	char text[3 * 1024];
	uint32_t frequency = lexicon_frequency(x, form);
	uint32_t small = lexicon_find(x, (slice){ text, text_small(text, form) });
	uint32_t capitalised = lexicon_find(x, (slice){ text, text_capitalise(text, form) });

	assert_int_equal(frequency, lexicon_frequency_straight(x, form));
	if (small != LEXICON_NONE)
		assert_int_equal(frequency, lexicon_frequency_of(x, small));
	if (capitalised != LEXICON_NONE)
		assert_int_equal(frequency, lexicon_frequency_of(x, capitalised));
}

static void
frequencies(void **state)
{
	languages t;

	(void)state;
	open_language(&t, LANGUAGE_FR);
	if (lexicon_frequency(t.lexicon, SLICE("de")) == 0) {
		print_message("skipped: compiled without frequencies\n");
	} else {
		assert_true(lexicon_frequency(t.lexicon, SLICE("de")) > 10000);
		assert_int_equal(lexicon_frequency(t.lexicon, SLICE("DE")),
			lexicon_frequency(t.lexicon, SLICE("de")));
		assert_true(lexicon_frequency(t.lexicon, SLICE("loi")) > 100);
		assert_int_equal(lexicon_frequency(t.lexicon, SLICE("xyzzy")), 0);
		const lexicon_map *m = lexicon_view(t.lexicon);
		for (uint32_t i = 0; i < m->form_count; i++)
			expect_same_frequency(t.lexicon, lexicon_map_form(m, i));
	}
	close_language(&t);
}

/* ---- the file ---- */

static void
file_path(char *out, size_t room, const char *folder)
{
	snprintf(out, room, "%s/fr.lexicon", folder);
}

/* Writes the first n bytes of the sound file to folder/fr.lexicon, byte `at` changed. */
static void
write_damaged(const char *folder, size_t n, size_t at)
{
	char path[512];
	context c;
	lexicon_map m;

	context_init(&c, &memory_libc);
	file_path(path, sizeof(path), data_folder);
	assert_int_equal(lexicon_map_open(&m, path, LANGUAGE_FR), STATUS_OK);
	n = n > m.file.bytes.n ? m.file.bytes.n : n;
	char *copy = malloc(n + 1);
	memcpy(copy, m.file.bytes.p, n);
	if (at < n)
		copy[at] ^= 0x55;
	file_path(path, sizeof(path), folder);
	unlink(path);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(copy, 1, n, f), n);
	fclose(f);
	free(copy);
	lexicon_map_close(&m);
}

static void
damaged_is_seen(void **state)
{
	char folder[] = "/tmp/paraph-test-damaged-XXXXXX", path[512];
	lexicon_map m;
	const size_t sizes[] = { 0, 1, 100, sizeof(struct lexicon_header) - 1,
		sizeof(struct lexicon_header), 4096, 1000000 };

	(void)state;
	assert_non_null(mkdtemp(folder));
	file_path(path, sizeof(path), folder);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		write_damaged(folder, sizes[i], SIZE_MAX);
		assert_int_equal(lexicon_map_open(&m, path, LANGUAGE_FR), STATUS_DAMAGED);
	}
	for (size_t at = 0; at < sizeof(struct lexicon_header); at += 5) {
		write_damaged(folder, 1000000000, at);
		assert_int_equal(lexicon_map_open(&m, path, LANGUAGE_FR), STATUS_DAMAGED);
		at += at > 64 ? 60 : 0;
	}
	assert_int_equal(lexicon_map_open(&m, "/nonexistent/x", LANGUAGE_FR), STATUS_NOT_FOUND);
	unlink(path);
	rmdir(folder);
}

/* A damaged body is not seen at once, but no answer may reach outside the file. */
static void
damaged_body_is_harmless(void **state)
{
	char folder[] = "/tmp/paraph-test-body-XXXXXX", path[512];
	lexicon_map m;
	context c;

	(void)state;
	context_init(&c, &memory_libc);
	assert_non_null(mkdtemp(folder));
	file_path(path, sizeof(path), folder);
	write_damaged(folder, 1000000000, SIZE_MAX);
	assert_int_equal(lexicon_map_open(&m, path, LANGUAGE_FR), STATUS_OK);
	size_t size = m.file.bytes.n;
	lexicon_map_close(&m);
	FILE *f = fopen(path, "r+b");
	assert_non_null(f);
	for (size_t at = sizeof(struct lexicon_header); at < size; at += 37) {
		fseek(f, (long)at, SEEK_SET);
		fputc((int)(at * 2654435761u >> 7 & 0xFF), f);
	}
	fclose(f);
	lexicon *x;
	assert_int_equal(lexicon_open(&x, &c, LANGUAGE_FR, folder), STATUS_OK);
	assert_int_equal(lexicon_verify(x, &c), STATUS_DAMAGED);
	static const char *const words[] = { "cheval", "chevaux", "État", "données", "xyz",
		"a-b-c", "l’Asie", "cote", "adoptées", "développement", "Kairat", "ci-jointe",
		"1er" };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		const analysis *a;
		slice out[8], word = slice_of(words[i]);
		(void)lexicon_knows(x, word);
		(void)lexicon_frequency(x, word);
		(void)lexicon_unfold(x, word, out, 8);
		for (size_t n = lexicon_analyses(x, word, &a); n > 0; n--)
			(void)lexicon_lemma(x, a[n - 1].lemma);
	}
	lexicon_close(x);
	unlink(path);
	rmdir(folder);
}

/* One bit anywhere is seen by who asks. */
static void
one_bit_is_seen(void **state)
{
	char folder[] = "/tmp/paraph-test-bit-XXXXXX", path[512];
	lexicon_map m;

	(void)state;
	assert_non_null(mkdtemp(folder));
	file_path(path, sizeof(path), folder);
	write_damaged(folder, 1000000000, SIZE_MAX);
	assert_int_equal(lexicon_map_open(&m, path, LANGUAGE_FR), STATUS_OK);
	assert_true(lexicon_map_is_sound(&m));
	for (size_t i = 0; i < SECTION_COUNT; i++) {
		long at = (long)m.header->sections[i].offset;
		FILE *f = fopen(path, "r+b");
		assert_non_null(f);
		fseek(f, at, SEEK_SET);
		int byte = fgetc(f);
		fseek(f, at, SEEK_SET);
		fputc(byte ^ 4, f);
		fflush(f);
		assert_false(lexicon_map_is_sound(&m));
		fseek(f, at, SEEK_SET);
		fputc(byte, f);
		fclose(f);
		assert_true(lexicon_map_is_sound(&m));
	}
	lexicon_map_close(&m);
	unlink(path);
	rmdir(folder);
}

static void
damaged_is_rebuilt(void **state)
{
	char folder[] = "/tmp/paraph-test-rebuild-XXXXXX", path[512];
	context c;
	lexicon *x;
	lexicon_map m;

	(void)state;
	context_init(&c, &memory_libc);
	assert_non_null(mkdtemp(folder));
	file_path(path, sizeof(path), folder);
	write_damaged(folder, 5000, 9);
	assert_int_equal(lexicon_open(&x, &c, LANGUAGE_FR, folder), STATUS_OK);
	assert_true(lexicon_knows(x, SLICE("chevaux")));
	lexicon_close(x);
	assert_int_equal(lexicon_map_open(&m, path, LANGUAGE_FR), STATUS_OK);
	lexicon_map_close(&m);
	unlink(path);
	rmdir(folder);
}

static void
copy_source(const char *name, const char *folder, const char *more)
{
	char command[1024];

	snprintf(command, sizeof(command),
		"cat '%s/%s' > '%s/%s' && printf '%%s' '%s' >> '%s/%s'",
		lexicon_source_folder(), name, folder, name, more, folder, name);
	assert_int_equal(system(command), 0);
}

/* The dictionary changes: the file is made again; only its time changes: it is not. */
static void
changed_dictionary_is_noticed(void **state)
{
	char folder[] = "/tmp/paraph-test-changed-XXXXXX", command[1024], path[512];
	context c;
	lexicon *x;
	struct stat before, after;

	(void)state;
	context_init(&c, &memory_libc);
	assert_non_null(mkdtemp(folder));
	file_path(path, sizeof(path), folder);
	copy_source("fr.aff", folder, "");
	copy_source("fr.dic", folder, "");
	setenv("PARAPH_DICTIONARIES", folder, 1);
	assert_int_equal(lexicon_open(&x, &c, LANGUAGE_FR, folder), STATUS_OK);
	assert_false(lexicon_knows(x, SLICE("zorglub")));
	lexicon_close(x);
	assert_int_equal(stat(path, &before), 0);
	snprintf(command, sizeof(command), "touch -d 2001-01-01 '%s/fr.dic'", folder);
	assert_int_equal(system(command), 0);
	assert_int_equal(lexicon_open(&x, &c, LANGUAGE_FR, folder), STATUS_OK);
	lexicon_close(x);
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	unsetenv("PARAPH_DICTIONARIES");
	copy_source("fr.dic", folder, "zorglub\n");
	setenv("PARAPH_DICTIONARIES", folder, 1);
	assert_int_equal(lexicon_open(&x, &c, LANGUAGE_FR, folder), STATUS_OK);
	assert_true(lexicon_knows(x, SLICE("zorglub")));
	lexicon_close(x);
	unsetenv("PARAPH_DICTIONARIES");
	snprintf(command, sizeof(command), "rm -r '%s'", folder);
	assert_int_equal(system(command), 0);
}

static void
missing_dictionary_is_said(void **state)
{
	context c;
	lexicon *x = NULL;

	(void)state;
	context_init(&c, &memory_libc);
	setenv("PARAPH_DICTIONARIES", "/dev/null/none", 1);
	setenv("XDG_CACHE_HOME", "/dev/null/none", 1);
	assert_int_equal(lexicon_open(&x, &c, LANGUAGE_FR, "/dev/null/none"), STATUS_NOT_FOUND);
	assert_null(x);
	assert_non_null(strstr(c.message, "/dev/null/none"));
	unsetenv("PARAPH_DICTIONARIES");
	unsetenv("XDG_CACHE_HOME");
	assert_int_equal(lexicon_open(&x, &c, LANGUAGE_OTHER, data_folder), STATUS_USAGE);
}

/* A dictionary without rules in the folder, to which so many words are to be written. */
static FILE *
open_plain(const char *folder, unsigned count)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/fr.aff", folder);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	fputs("SET UTF-8\n", f);
	fclose(f);
	snprintf(path, sizeof(path), "%s/fr.dic", folder);
	f = fopen(path, "wb");
	assert_non_null(f);
	fprintf(f, "%u\n", count);
	return f;
}

/* Words of six letters e, each with one of five accents or in capitals: all are folded alike.
 */
static void
write_alike(const char *folder, unsigned count)
{
	static const char *const letters[] = { "e", "é", "è", "ê", "ë", "E", "É", "È", "Ê",
		"Ë" };
	FILE *f = open_plain(folder, count);

	for (unsigned i = 0; i < count; i++) {
		unsigned rest = i;
		for (int k = 0; k < 6; k++, rest /= 10)
			fputs(letters[rest % 10], f);
		fputc('\n', f);
	}
	fclose(f);
}

/* A group has room for 4095 forms. */
static void
many_alike_are_refused(void **state)
{
	char folder[] = "/tmp/paraph-test-alike-XXXXXX", command[512], path[512];
	context c;
	lexicon_map m;
	uint32_t first, end;

	(void)state;
	context_init(&c, &memory_libc);
	assert_non_null(mkdtemp(folder));
	file_path(path, sizeof(path), folder);
	write_alike(folder, LEXICON_GROUP_MAX);
	assert_int_equal(
		lexicon_compile(&c, LANGUAGE_FR, folder, "data/lang/fr-frequency.tsv", path),
		STATUS_OK);
	assert_int_equal(lexicon_map_open(&m, path, LANGUAGE_FR), STATUS_OK);
	assert_true(
		lexicon_map_group(&m, lexicon_map_folded(&m, SLICE("eeeeee")), &first, &end));
	assert_int_equal(end - first, LEXICON_GROUP_MAX);
	assert_int_not_equal(lexicon_map_find(&m, SLICE("éêeeee")), LEXICON_NONE);
	lexicon_map_close(&m);
	write_alike(folder, LEXICON_GROUP_MAX + 1);
	assert_int_equal(
		lexicon_compile(&c, LANGUAGE_FR, folder, "data/lang/fr-frequency.tsv", path),
		STATUS_LIMIT);
	assert_non_null(strstr(c.message, "eeeeee"));
	snprintf(command, sizeof(command), "rm -r '%s'", folder);
	assert_int_equal(system(command), 0);
}

/* Words of so many bytes each, the number of each at its end. */
static void
write_long(const char *folder, unsigned count, int bytes)
{
	FILE *f = open_plain(folder, count);

	for (unsigned i = 0; i < count; i++) {
		unsigned rest = i;
		for (int k = 0; k < bytes; k++, rest /= 16)
			fputc((int)('a' + rest % 16), f);
		fputc('\n', f);
	}
	fclose(f);
}

/* A compiled dictionary has room for 16 MB of forms: more is refused, and nothing is written.
 */
static void
much_text_is_refused(void **state)
{
	char folder[] = "/tmp/paraph-test-much-XXXXXX", command[512], path[512];
	context c;

	(void)state;
	context_init(&c, &memory_libc);
	assert_non_null(mkdtemp(folder));
	file_path(path, sizeof(path), folder);
	write_long(folder, 17000, 1000);
	assert_int_equal(
		lexicon_compile(&c, LANGUAGE_FR, folder, "data/lang/fr-frequency.tsv", path),
		STATUS_LIMIT);
	assert_non_null(strstr(c.message, "has room for"));
	assert_int_not_equal(access(path, F_OK), 0);
	if (FORMS_EVERY == 1) {
		write_long(folder, 16000, 1000);
		assert_int_equal(lexicon_compile(&c, LANGUAGE_FR, folder,
					 "data/lang/fr-frequency.tsv", path),
			STATUS_OK);
	}
	snprintf(command, sizeof(command), "rm -r '%s'", folder);
	assert_int_equal(system(command), 0);
}

static int
compile_all(void **state)
{
	context c;
	char path[512], frequencies_path[512];

	(void)state;
	context_init(&c, &memory_libc);
	if (mkdtemp(data_folder) == NULL)
		return 1;
	for (language l = LANGUAGE_FR; l <= LANGUAGE_EN; l++) {
		snprintf(path, sizeof(path), "%s/%s.lexicon", data_folder, language_name(l));
		snprintf(frequencies_path, sizeof(frequencies_path),
			"data/lang/%s-frequency.tsv", language_name(l));
		if (lexicon_compile(&c, l, lexicon_source_folder(), frequencies_path, path) !=
			STATUS_OK)
			return 1;
	}
	return 0;
}

static int
remove_all(void **state)
{
	char command[512];

	(void)state;
	snprintf(command, sizeof(command), "rm -r '%s'", data_folder);
	return system(command);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(odd_strings),
		cmocka_unit_test(alphabet),
		cmocka_unit_test(readings_fr),
		cmocka_unit_test(readings_en),
		cmocka_unit_test(unfolding),
		cmocka_unit_test(frequencies),
		cmocka_unit_test(damaged_is_seen),
		cmocka_unit_test(damaged_body_is_harmless),
		cmocka_unit_test(one_bit_is_seen),
		cmocka_unit_test(damaged_is_rebuilt),
		cmocka_unit_test(changed_dictionary_is_noticed),
		cmocka_unit_test(many_alike_are_refused),
		cmocka_unit_test(much_text_is_refused),
		cmocka_unit_test(missing_dictionary_is_said),
		cmocka_unit_test(ends_of_forms),
		cmocka_unit_test(forms_fr),
		cmocka_unit_test(forms_en),
		cmocka_unit_test(corpora_words),
	};

	return cmocka_run_group_tests(tests, compile_all, remove_all);
}
