/* Reading text files: the same paragraphs whatever the encoding, the form of accents or the
 * width of the lines, and every byte of the text traced to the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "document/document.h"
#include "text/utf8.h"

static context c;

static const char *const paragraphs[] = {
	"Le Comité des archives a tenu sa troisième session à Nairobi, du 4 au 8 mars, sous la "
	"présidence de Mme Adeyemi. Il a examiné les dossiers que les bureaux régionaux lui "
	"avaient "
	"transmis et en a pris acte sans les mettre aux voix.",
	"Les participants ont rappelé que la conservation des documents suppose des moyens "
	"stables, "
	"des agents formés et des locaux sûrs, et ils ont souligné que la région ne dispose "
	"pas "
	"encore de ces moyens dans tous les pays.",
	"Il est proposé de confier l’étude à un groupe de travail qui rendra compte au Comité, "
	"par "
	"l’intermédiaire du secrétariat, avant la fin de l’année prochaine.",
};
#define PARAGRAPHS (sizeof(paragraphs) / sizeof(paragraphs[0]))

static void
read_bytes(document *d, slice bytes)
{
	status s = document_read(d, &c, SLICE("note.txt"), bytes, LANGUAGE_UNKNOWN);

	if (s != STATUS_OK)
		fail_msg("%s", c.message);
}

/* The invariants of document.h and source_map.h. */
static void
check_invariants(const document *d)
{
	utf8_facts facts;
	uint32_t at = 0;

	assert_int_equal(utf8_check(d->text, &facts), d->text.n);
	for (size_t i = 0; i < d->block_count; i++) {
		span s = d->blocks[i].text;
		assert_true(s.start >= at && s.end > s.start && s.end <= d->text.n);
		assert_true((unsigned char)d->text.p[s.start] > ' ');
		assert_true((unsigned char)d->text.p[s.end - 1] > ' ');
		at = s.end;
	}
	for (size_t i = 0; i + 1 < d->map.count; i++) {
		const run *r = &d->map.runs[i];
		assert_true(r[1].text >= r->text && r[1].file >= r->file);
		if (r->kind != RUN_VERBATIM)
			continue;
		assert_int_equal(r[1].text - r->text, r[1].file - r->file);
		assert_memory_equal(
			d->text.p + r->text, d->bytes.p + r->file, r[1].text - r->text);
	}
	if (d->map.count == 0)
		assert_true(slice_equal(d->text, d->bytes));
}

static void
check_paragraphs(const document *d)
{
	assert_int_equal(d->block_count, PARAGRAPHS);
	for (size_t i = 0; i < PARAGRAPHS; i++) {
		span s = d->blocks[i].text;
		slice text = slice_sub(d->text, s.start, s.end);
		if (!slice_equal(text, slice_of(paragraphs[i])))
			fail_msg("%.*s", SLICE_ARG(text));
		assert_int_equal(d->blocks[i].language, LANGUAGE_FR);
	}
}

/* Fills the paragraphs to a width; after every line comes end, after a paragraph gap as well.
 */
static void
fill(buffer *b, size_t width, const char *end, const char *gap)
{
	for (size_t i = 0; i < PARAGRAPHS; i++) {
		slice rest = slice_of(paragraphs[i]), word;
		size_t column = 0;
		while (rest.n != 0) {
			slice_cut(rest, ' ', &word, &rest);
			if (column != 0 && column + 1 + utf8_count(word) > width) {
				buffer_put(b, slice_of(end));
				column = 0;
			}
			if (column != 0)
				buffer_put_char(b, ' ');
			buffer_put(b, word);
			column += utf8_count(word) + 1;
		}
		buffer_put(b, slice_of(end));
		buffer_put(b, slice_of(gap));
	}
}

/* The paragraphs filled to the width come back whole. */
static void
check_filled(size_t width, const char *end, const char *gap)
{
	buffer b;
	document d;

	buffer_init(&b, &memory_libc, 1 << 20);
	fill(&b, width, end, gap);
	read_bytes(&d, buffer_slice(&b));
	assert_true(d.reflowed);
	check_invariants(&d);
	check_paragraphs(&d);
	document_free(&d);
	buffer_free(&b);
}

static void
test_filled_text(void **state)
{
	static const struct {
		const char *end, *gap;
	} styles[] = { { "\n", "\n" }, { " \n\n", "\n \n" }, { "\r\n", "\r\n" },
		{ "  \n", "\n" }, { "\r", "\r" } };

	(void)state;
	for (size_t k = 0; k < sizeof(styles) / sizeof(styles[0]); k++)
		for (size_t width = 50; width <= 110; width += 4)
			check_filled(width, styles[k].end, styles[k].gap);
}

/* Columns of a leaflet, and a list of entries that are about as full. */
static void
test_narrow_columns(void **state)
{
	static const char list[] = "lutte contre le terrorisme\nsystème des Nations Unies\n"
				   "pérennisation de la paix\nmoyens de mise en œuvre\n"
				   "organe principal de l’ONU\ncohérence des politiques\n"
				   "contributions volontaires\ncommandant de la force\n"
				   "prévention des conflits\nrégion des Grands Lacs\n";
	document d;

	(void)state;
	for (size_t width = 30; width < 50; width++)
		check_filled(width, "\n", "\n");
	read_bytes(&d, slice_of(list));
	assert_false(d.reflowed);
	assert_int_equal(d.block_count, 10);
	document_free(&d);
}

static void
test_one_paragraph_a_line(void **state)
{
	buffer b;
	document d;

	(void)state;
	buffer_init(&b, &memory_libc, 1 << 20);
	fill(&b, 100000, "\n", "");
	read_bytes(&d, buffer_slice(&b));
	assert_false(d.reflowed);
	assert_int_equal(d.map.count, 0);
	assert_ptr_equal(d.text.p, d.bytes.p);
	check_invariants(&d);
	check_paragraphs(&d);
	assert_int_equal(d.language, LANGUAGE_FR);
	document_free(&d);
	buffer_free(&b);
}

/* ---- encodings ---- */

static void
put_wide(buffer *b, uint32_t unit, bool big)
{
	buffer_put_char(b, (char)(big ? unit >> 8 : unit & 0xFF));
	buffer_put_char(b, (char)(big ? unit & 0xFF : unit >> 8));
}

static void
encode_wide(buffer *b, slice text, bool big)
{
	put_wide(b, 0xFEFF, big);
	for (size_t i = 0, n; i < text.n; i += n) {
		uint32_t character;
		n = utf8_get(text.p + i, text.n - i, &character);
		put_wide(b, character, big);
	}
}

static void
encode_western(buffer *b, slice text)
{
	for (size_t i = 0, n; i < text.n; i += n) {
		uint32_t character;
		n = utf8_get(text.p + i, text.n - i, &character);
		buffer_put_char(b, (char)(character == 0x2019 ? 0x92 : character));
	}
}

/* é as e and U+0301, è, à with U+0300. */
static void
encode_decomposed(buffer *b, slice text)
{
	for (size_t i = 0, n; i < text.n; i += n) {
		uint32_t character;
		n = utf8_get(text.p + i, text.n - i, &character);
		if (character == 0xE9)
			buffer_put(b, SLICE("e\xCC\x81"));
		else if (character == 0xE8)
			buffer_put(b, SLICE("e\xCC\x80"));
		else if (character == 0xE0)
			buffer_put(b, SLICE("a\xCC\x80"));
		else
			buffer_put(b, slice_sub(text, i, i + n));
	}
}

/* Every character of the text points at the bytes that say the same in the encoding. */
static void
check_encoded(slice original, slice encoded, const char *name, void (*encode)(buffer *, slice))
{
	document d;

	read_bytes(&d, encoded);
	assert_string_equal(d.encoding, name);
	check_invariants(&d);
	check_paragraphs(&d);
	(void)original;
	for (uint32_t i = 0, n; i < d.text.n; i += n) {
		uint32_t character;
		n = (uint32_t)utf8_get(d.text.p + i, d.text.n - i, &character);
		span place = source_map_file(&d.map, (span){ i, i + n });
		span back = source_map_text(&d.map, place);
		assert_true(back.start <= i && back.end >= i + n);
		if (character == ' ')
			continue;
		buffer b;
		buffer_init(&b, &memory_libc, 100);
		encode(&b, slice_sub(d.text, i, i + n));
		assert_int_equal(place.end - place.start, b.n);
		assert_memory_equal(encoded.p + place.start, b.p, b.n);
		buffer_free(&b);
	}
	document_free(&d);
}

static void
encode_little_bare(buffer *b, slice text)
{
	buffer whole;

	buffer_init(&whole, &memory_libc, 100);
	encode_wide(&whole, text, false);
	buffer_put(b, slice_sub(buffer_slice(&whole), 2, whole.n));
	buffer_free(&whole);
}

static void
encode_big_bare(buffer *b, slice text)
{
	buffer whole;

	buffer_init(&whole, &memory_libc, 100);
	encode_wide(&whole, text, true);
	buffer_put(b, slice_sub(buffer_slice(&whole), 2, whole.n));
	buffer_free(&whole);
}

static void
test_encodings(void **state)
{
	buffer text, encoded;

	(void)state;
	for (size_t width = 70; width < 200000; width *= 2000) {
		buffer_init(&text, &memory_libc, 1 << 20);
		buffer_init(&encoded, &memory_libc, 1 << 20);
		fill(&text, width, "\n", "\n");
		slice original = buffer_slice(&text);
		encode_wide(&encoded, original, false);
		check_encoded(original, buffer_slice(&encoded), "UTF-16LE", encode_little_bare);
		buffer_clear(&encoded);
		encode_wide(&encoded, original, true);
		check_encoded(original, buffer_slice(&encoded), "UTF-16BE", encode_big_bare);
		buffer_clear(&encoded);
		encode_western(&encoded, original);
		check_encoded(original, buffer_slice(&encoded), "windows-1252", encode_western);
		buffer_clear(&encoded);
		encode_decomposed(&encoded, original);
		check_encoded(original, buffer_slice(&encoded), "UTF-8", encode_decomposed);
		buffer_clear(&encoded);
		buffer_put(&encoded, SLICE("\xEF\xBB\xBF"));
		buffer_put(&encoded, original);
		document d;
		read_bytes(&d, buffer_slice(&encoded));
		check_invariants(&d);
		check_paragraphs(&d);
		document_free(&d);
		buffer_free(&encoded);
		buffer_free(&text);
	}
}

/* ---- structure ---- */

typedef struct expected_block {
	block_kind kind;
	const char *text;
} expected_block;

static void
check_blocks(const char *source, const expected_block *expected, size_t count)
{
	document d;

	read_bytes(&d, slice_of(source));
	check_invariants(&d);
	for (size_t i = 0; i < d.block_count && i < count; i++) {
		span s = d.blocks[i].text;
		char text[1024];
		snprintf(
			text, sizeof(text), "%.*s", (int)(s.end - s.start), d.text.p + s.start);
		assert_string_equal(text, expected[i].text);
		assert_int_equal(d.blocks[i].kind, expected[i].kind);
	}
	assert_int_equal(d.block_count, count);
	document_free(&d);
}

#define CHECK_BLOCKS(source, blocks) \
	check_blocks((source), (blocks), sizeof(blocks) / sizeof((blocks)[0]))

static void
test_page_furniture(void **state)
{
	static const char source[] = "II. Travaux du groupe\n\n"
				     "12. Le groupe de travail s’est réuni trois fois et il a "
				     "entendu les exposés des\n"
				     "bureaux régionaux, qui ont présenté leurs moyens, leurs "
				     "besoins et l’état de leurs\n"
				     "\n24-00417 2/4\n\n\fA/79/9001\n\n"
				     "collections, y compris celles qui ont été versées au "
				     "cours de la période examinée\n"
				     "par le secrétariat.\n\n"
				     "13. Il a décidé de poursuivre ses travaux en sous-\n"
				     "groupes et de rendre compte de ces travaux à la session "
				     "suivante du Comité, sous la\n"
				     "forme d’un rapport :\n"
				     "a) Sur les locaux ;\n"
				     "b) Sur la formation des agents qui sont chargés de la "
				     "conservation des documents\n"
				     "dans les bureaux régionaux.\n\n"
				     "(Signé) Amina Adeyemi\n";
	static const expected_block blocks[] = {
		{ BLOCK_HEADING, "Travaux du groupe" },
		{ BLOCK_ITEM,
			"Le groupe de travail s’est réuni trois fois et il a entendu les "
			"exposés des bureaux régionaux, qui ont présenté leurs moyens, leurs "
			"besoins et l’état de leurs collections, y compris celles qui ont été "
			"versées au cours de la période examinée par le secrétariat." },
		{ BLOCK_ITEM,
			"Il a décidé de poursuivre ses travaux en sous-groupes et de rendre "
			"compte de ces travaux à la session suivante du Comité, sous la forme "
			"d’un rapport :" },
		{ BLOCK_ITEM, "Sur les locaux ;" },
		{ BLOCK_ITEM,
			"Sur la formation des agents qui sont chargés de la conservation des "
			"documents dans les bureaux régionaux." },
		{ BLOCK_SIGNATURE, "(Signé) Amina Adeyemi" },
	};

	(void)state;
	CHECK_BLOCKS(source, blocks);
}

static void
test_left_alone(void **state)
{
	static const char list[] = "riz\nmil\nsorgho\nblé dur\n";
	static const expected_block items[] = { { BLOCK_PARAGRAPH, "riz" },
		{ BLOCK_PARAGRAPH, "mil" }, { BLOCK_PARAGRAPH, "sorgho" },
		{ BLOCK_PARAGRAPH, "blé dur" } };
	static const char verse[] = "Le vent se lève sur la plaine endormie,\n"
				    "Il porte au loin la voix des vieux bateliers,\n"
				    "Et la rivière, à peine refroidie,\n"
				    "Répond tout bas sous les grands peupliers.\n";
	static const expected_block lines[] = {
		{ BLOCK_PARAGRAPH, "Le vent se lève sur la plaine endormie," },
		{ BLOCK_PARAGRAPH, "Il porte au loin la voix des vieux bateliers," },
		{ BLOCK_PARAGRAPH, "Et la rivière, à peine refroidie," },
		{ BLOCK_PARAGRAPH, "Répond tout bas sous les grands peupliers." },
	};

	(void)state;
	CHECK_BLOCKS(list, items);
	CHECK_BLOCKS(verse, lines);
}

static void
test_empty(void **state)
{
	static const char *const files[] = { "", "\n", " \n\t\n", "\f", "\xEF\xBB\xBF", "•\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		document d;
		read_bytes(&d, slice_of(files[i]));
		assert_int_equal(d.block_count, 0);
		assert_int_equal(d.words, files[i][0] == '\0' ? 0 : d.words);
		document_free(&d);
	}
}

static void
test_languages(void **state)
{
	static const struct {
		const char *text;
		language language;
	} cases[] = {
		{ "Le rapport est soumis à l’Assemblée par le Secrétaire général.",
			LANGUAGE_FR },
		{ "The report is submitted to the Assembly by the Secretary-General.",
			LANGUAGE_EN },
		{ "l’Asie centrale", LANGUAGE_FR },
		{ "El informe se presenta a la Asamblea por conducto del Consejo y de la Mesa.",
			LANGUAGE_OTHER },
		{ "Der Bericht wird der Versammlung von dem Rat und den Staaten vorgelegt.",
			LANGUAGE_OTHER },
		{ "Доклад представляется Ассамблее", LANGUAGE_OTHER },
		{ "大会第七十九届会议", LANGUAGE_OTHER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		document d;
		read_bytes(&d, slice_of(cases[i].text));
		if (d.blocks[0].language != cases[i].language)
			fail_msg("%s: %s", cases[i].text,
				language_name((language)d.blocks[0].language));
		document_free(&d);
	}
}

/* A name between two English blocks is English, in a document that is French otherwise. */
static void
test_inherited(void **state)
{
	static const char source[] =
		"Le Conseil a tenu sa séance dans la salle du Comité, et il l’a levée.\n"
		"The members of the Council met in the room of the Committee.\n"
		"Amina Adeyemi\n"
		"They agreed on the text of the statement.\n"
		"Nairobi\n"
		"La séance est levée par la Présidente avec les remerciements du Conseil.\n";
	static const language expected[] = { LANGUAGE_FR, LANGUAGE_EN, LANGUAGE_EN, LANGUAGE_EN,
		LANGUAGE_FR, LANGUAGE_FR };
	document d;

	(void)state;
	read_bytes(&d, slice_of(source));
	assert_int_equal(d.block_count, 6);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(d.blocks[i].language, expected[i]);
	assert_int_equal(d.language, LANGUAGE_FR);
	document_free(&d);
	assert_int_equal(
		document_read(&d, &c, SLICE("-"), slice_of(source), LANGUAGE_EN), STATUS_OK);
	assert_int_equal(d.blocks[0].language, LANGUAGE_EN);
	document_free(&d);
}

static void
test_words(void **state)
{
	document d;

	(void)state;
	read_bytes(&d, SLICE("« Trois mots » – l’État,\n(deux) 15 États ; A/70/1 …\n"));
	assert_int_equal(d.words, 7);
	document_free(&d);
}

static void
check_extracted(slice text, bool expected)
{
	document d;

	read_bytes(&d, text);
	assert_int_equal(d.extracted, expected);
	document_free(&d);
}

static void
test_extracted(void **state)
{
	(void)state;
	check_extracted(SLICE("Le thème : « l’eau » est le sujet de la séance."), true);
	check_extracted(SLICE("Le thème\xC2\xA0: l’eau est le sujet de la séance."), false);
	check_extracted(SLICE("Le thème\xE2\x80\xAF: l’eau est le sujet de la séance."), false);
	check_extracted(SLICE("Le thème : l'eau est le sujet de l'année."), false);
	check_extracted(SLICE("Le thème: la mer. Le lieu: la salle. L’heure: midi."), false);
}

/* ---- limits ---- */

static void
test_limits(void **state)
{
	context small = c;
	document d;
	char line[200];

	(void)state;
	small.limits.paragraph = 100;
	memset(line, 'x', sizeof(line));
	assert_int_equal(
		document_read(&d, &small, SLICE("-"), (slice){ line, 101 }, LANGUAGE_FR),
		STATUS_LIMIT);
	assert_int_equal(
		document_read(&d, &small, SLICE("-"), (slice){ line, 100 }, LANGUAGE_FR),
		STATUS_OK);
	document_free(&d);
	/* A paragraph of many short lines. */
	buffer b;
	buffer_init(&b, &memory_libc, 1 << 20);
	fill(&b, 70, "\n", "\n");
	assert_int_equal(document_read(&d, &small, SLICE("-"), buffer_slice(&b), LANGUAGE_FR),
		STATUS_LIMIT);
	buffer_free(&b);
}

/* Every allocation fails once: a status, no leak (run under a checker), no crash. */
typedef struct counter {
	size_t until_failure;
} counter;

static void *
counted_alloc(void *user, size_t bytes)
{
	counter *count = user;

	return count->until_failure-- == 0 ? NULL : malloc(bytes);
}

static void
counted_free(void *user, void *p)
{
	(void)user;
	free(p);
}

static void
test_failing_allocations(void **state)
{
	buffer b;
	bool failed = true;

	(void)state;
	buffer_init(&b, &memory_libc, 1 << 20);
	fill(&b, 70, "\n", "\n");
	buffer_put(&b, SLICE("e\xCC\x81t\n"));
	for (size_t n = 0; failed; n++) {
		counter count = { n };
		memory m = { counted_alloc, counted_free, &count };
		context limited;
		document d;
		context_init(&limited, &m);
		status s = document_read(
			&d, &limited, SLICE("-"), buffer_slice(&b), LANGUAGE_UNKNOWN);
		failed = s != STATUS_OK;
		if (failed)
			assert_int_equal(s, STATUS_MEMORY);
		else
			document_free(&d);
		assert_true(n < 1000);
	}
	buffer_free(&b);
}

static double
seconds_to_read(size_t copies, size_t width, const char *end)
{
	buffer b;
	document d;

	buffer_init(&b, &memory_libc, (size_t)1 << 30);
	for (size_t i = 0; i < copies; i++)
		fill(&b, width, end, "\n");
	clock_t start = clock();
	read_bytes(&d, buffer_slice(&b));
	double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	document_free(&d);
	buffer_free(&b);
	return seconds;
}

static void
test_linear(void **state)
{
	static const struct {
		size_t width;
		const char *end;
	} styles[] = { { 70, "\n" }, { 70, "\n\n" }, { 100000, "\n" }, { 70, "\r" } };

	(void)state;
	for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++) {
		double one = 1e9, four = 1e9;
		for (int round = 0; round < 3; round++) {
			double s = seconds_to_read(2000, styles[i].width, styles[i].end);
			one = s < one ? s : one;
			s = seconds_to_read(8000, styles[i].width, styles[i].end);
			four = s < four ? s : four;
		}
		assert_true(four / one < 9);
	}
}

/* ---- the letter of the corpora ---- */

static void
test_letter(void **state)
{
	const char *root = getenv("PARAPH_SHARED");
	char path[512];
	file f;
	document d, joined;
	buffer b;

	(void)state;
	snprintf(path, sizeof(path), "%s/corpora/letter/S_2018_7_fr.txt",
		root == NULL ? "../shared" : root);
	if (file_open(&f, &c, path) != STATUS_OK) {
		printf("skipped: %s is not there\n", path);
		return;
	}
	read_bytes(&d, f.bytes);
	check_invariants(&d);
	assert_true(d.reflowed && d.extracted);
	assert_int_equal(d.language, LANGUAGE_FR);
	buffer_init(&b, &memory_libc, 1 << 20);
	for (size_t i = 0; i < d.block_count; i++) {
		span s = d.blocks[i].text;
		buffer_put(&b, slice_sub(d.text, s.start, s.end));
		buffer_put_char(&b, '\n');
	}
	read_bytes(&joined, buffer_slice(&b));
	assert_false(joined.reflowed);
	assert_int_equal(joined.block_count, d.block_count);
	for (size_t i = 0; i < d.block_count; i++) {
		span x = d.blocks[i].text, y = joined.blocks[i].text;
		assert_true(slice_equal(slice_sub(d.text, x.start, x.end),
			slice_sub(joined.text, y.start, y.end)));
		assert_int_equal(d.blocks[i].language, joined.blocks[i].language);
	}
	assert_int_equal(d.block_count, 39);
	document_free(&joined);
	document_free(&d);
	buffer_free(&b);
	file_close(&f, &memory_libc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_filled_text),
		cmocka_unit_test(test_narrow_columns),
		cmocka_unit_test(test_one_paragraph_a_line),
		cmocka_unit_test(test_encodings),
		cmocka_unit_test(test_page_furniture),
		cmocka_unit_test(test_left_alone),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_inherited),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_extracted),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_failing_allocations),
		cmocka_unit_test(test_linear),
		cmocka_unit_test(test_letter),
	};

	context_init(&c, &memory_libc);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
