/* Files of segment pairs: what the pairs say, and properties over the conformance suites. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "fuzz/read_document.h"
#include "tests/unit/corpus.h"
#include "tests/unit/files.h"

static context context_of_test;
static file opened;

static void
open_document(document *d, const char *path)
{
	context_init(&context_of_test, &memory_libc);
	assert_int_equal(file_open(&opened, &context_of_test, path), STATUS_OK);
	status done = document_read(
		d, &context_of_test, slice_of(path), opened.bytes, LANGUAGE_UNKNOWN);
	if (done != STATUS_OK)
		fprintf(stderr, "%s\n", context_of_test.message);
	assert_int_equal(done, STATUS_OK);
}

static void
close_document(document *d)
{
	document_free(d);
	file_close(&opened, &memory_libc);
}

static void
assert_text(const document *d, const pair_segment *s, const char *expected)
{
	slice text = slice_sub(d->text, s->text.start, s->text.end);

	if (!slice_is(text, expected))
		fprintf(stderr, "“%.*s” is not “%s”\n", SLICE_ARG(text), expected);
	assert_true(slice_is(text, expected));
}

static void
assert_file(const document *d, span s, const char *expected)
{
	assert_true(slice_is(slice_sub(d->bytes, s.start, s.end), expected));
}

static void
xliff_1_has_states_and_codes(void **state)
{
	document d;

	(void)state;
	open_document(&d, "fuzz/corpus/read_xliff/codes");
	assert_string_equal(d.format->name, "xliff");
	assert_true(document_is_bilingual(&d));
	assert_int_equal(d.pair_count, 3);
	assert_int_equal(d.language, LANGUAGE_FR);
	const doc_pair *p = d.pairs;
	assert_true(slice_is(p[0].unit, "1"));
	assert_true(slice_is(p[0].file, "letter.docx"));
	assert_true(slice_is(p[0].note, "see annex"));
	assert_int_equal(p[0].state, PAIR_TRANSLATED);
	assert_text(&d, &p[0].side[0], "The Security Council  adopted \uFFFC the resolution.");
	assert_int_equal(p[0].side[0].code_count, 3);
	const inline_code *codes = p[0].side[0].codes;
	assert_int_equal(codes[0].kind, CODE_OPEN);
	assert_file(&d, codes[0].file, "<g id=\"1\">");
	assert_int_equal(codes[1].kind, CODE_CLOSE);
	assert_file(&d, codes[1].file, "</g>");
	assert_int_equal(codes[2].kind, CODE_ALONE);
	assert_true(slice_is(codes[2].id, "2"));
	assert_file(&d, codes[2].file, "<x id=\"2\"/>");
	/* An empty target is a tag that is to be replaced. */
	assert_int_equal(p[1].state, PAIR_UNTRANSLATED);
	assert_true(p[1].side[1].there);
	assert_file(&d, p[1].side[1].file, "<target/>");
	/* What was not translated is not French. */
	assert_int_equal(d.blocks[p[2].side[1].block].language, LANGUAGE_EN);
	close_document(&d);
}

static void
xliff_2_has_segments(void **state)
{
	document d;

	(void)state;
	open_document(&d, "fuzz/corpus/read_xliff/notes");
	assert_int_equal(d.pair_count, 3);
	const doc_pair *p = d.pairs;
	assert_true(slice_is(p[0].unit, "u1") && slice_is(p[0].segment, "s1"));
	assert_true(slice_is(p[0].context, "title"));
	assert_true(slice_is(p[1].note, "See the annex."));
	assert_int_equal(p[0].state, PAIR_REVIEWED);
	assert_true(slice_is(p[0].side[1].language, "fr-CA"));
	/* A line break with its indentation is a space … */
	assert_text(&d, &p[0].side[1], "Le Conseil s’est réuni.");
	/* … and two spaces are two. */
	assert_text(&d, &p[1].side[0], "Then  it left.");
	assert_int_equal(p[1].state, PAIR_UNTRANSLATED);
	assert_false(p[1].side[1].there);
	assert_int_equal(p[1].side[1].file.start, p[1].side[1].file.end);
	assert_memory_equal(d.bytes.p + p[1].side[1].file.start - 9, "</source>", 9);
	assert_true(p[2].keep);
	assert_int_equal(d.blocks[p[2].side[1].block].language, LANGUAGE_OTHER);
	close_document(&d);
}

static void
po_has_plurals_and_placeholders(void **state)
{
	document d;

	(void)state;
	open_document(&d, "fuzz/corpus/read_po/codes");
	assert_string_equal(d.format->name, "po");
	assert_int_equal(d.pair_count, 3);
	const doc_pair *p = d.pairs;
	assert_true(slice_is(p[0].context, "menu"));
	assert_true(slice_is(p[0].note, "a note"));
	assert_true(slice_is(p[0].segment, "0") && slice_is(p[1].segment, "1"));
	assert_text(&d, &p[0].side[1], "Le \uFFFC  membre de l ’Asie");
	assert_text(&d, &p[1].side[0], "\uFFFC member");
	assert_text(&d, &p[1].side[1], "Les \uFFFC membres ci -joints de « \uFFFC »");
	assert_true(slice_is(p[1].side[1].codes[1].id, "%s"));
	assert_int_equal(p[2].state, PAIR_DRAFT);
	assert_file(&d, p[2].side[1].file, "Oui ,oui");
	close_document(&d);
}

static void
tables_have_rows(void **state)
{
	document d;

	(void)state;
	context_init(&context_of_test, &memory_libc);
	slice bytes = SLICE("id\ten\tfr\n1\tYes.\tOui.\n\n2\tNo.\n");
	assert_int_equal(
		document_read(&d, &context_of_test, SLICE("a.tsv"), bytes, LANGUAGE_UNKNOWN),
		STATUS_OK);
	assert_int_equal(d.pair_count, 2);
	assert_int_equal(d.pairs[0].row, 2);
	assert_text(&d, &d.pairs[0].side[1], "Oui.");
	assert_true(slice_is(d.pairs[0].side[1].language, "fr"));
	assert_int_equal(d.pairs[1].row, 4);
	assert_int_equal(d.pairs[1].state, PAIR_UNTRANSLATED);
	document_free(&d);
	/* A table of something else is text. */
	assert_int_equal(document_read(&d, &context_of_test, SLICE("a.txt"),
				 SLICE("1\t2\n3\t4\n"), LANGUAGE_UNKNOWN),
		STATUS_OK);
	assert_false(document_is_bilingual(&d));
	document_free(&d);
}

static void
tmx_pairs_the_source_with_each_language(void **state)
{
	document d;

	(void)state;
	context_init(&context_of_test, &memory_libc);
	slice bytes = SLICE(
		"<tmx version='1.4'><header srclang='EN'/><body><tu tuid='7'><note>n</note>"
		"<tuv xml:lang='fr'><seg>Oui.</seg></tuv><tuv xml:lang='EN-us'><seg>Yes<ph "
		"x='1'/>"
		"</seg></tuv><tuv xml:lang='de'><seg>Ja.</seg></tuv></tu></body></tmx>");
	assert_int_equal(
		document_read(&d, &context_of_test, SLICE("x"), bytes, LANGUAGE_UNKNOWN),
		STATUS_OK);
	assert_int_equal(d.pair_count, 2);
	assert_text(&d, &d.pairs[0].side[0], "Yes\uFFFC");
	assert_text(&d, &d.pairs[0].side[1], "Oui.");
	assert_text(&d, &d.pairs[1].side[1], "Ja.");
	assert_int_equal(d.blocks[d.pairs[1].side[1].block].language, LANGUAGE_OTHER);
	assert_true(slice_is(d.pairs[1].unit, "7") && slice_is(d.pairs[1].note, "n"));
	document_free(&d);
}

static size_t read_well;

/* Whatever is read keeps its invariants, and is written back byte for byte. */
static void
keep_invariants(const char *path)
{
	context c;
	document d;
	file f;

	context_init(&c, &memory_libc);
	assert_int_equal(file_open(&f, &c, path), STATUS_OK);
	if (document_read(&d, &c, slice_of(path), f.bytes, LANGUAGE_UNKNOWN) == STATUS_OK) {
		read_well++;
		buffer out;
		edit_style style = { 0 };
		buffer_init(&out, c.memory, 1 << 28);
		assert_int_equal(document_edit(&out, &c, &d, NULL, 0, &style), STATUS_OK);
		assert_true(slice_equal(buffer_slice(&out), f.bytes));
		buffer_free(&out);
		claim_document(&c, &d, d.format->name, SLICE("x&"));
		document_free(&d);
	} else {
		assert_true(strstr(c.message, path) != NULL);
	}
	file_close(&f, &memory_libc);
}

static void
conformance_suites_round_trip(void **state)
{
	static const struct {
		const char *folder, *end;
		size_t least;
	} suites[] = { { "xliff/xliff-21/test-suite/core/valid", ".xlf", 25 },
		{ "xliff/xliff-21/test-suite/modules/valid", ".xlf", 34 },
		{ "xliff/xliff-21/test-suite/core/in-out", ".xlf", 18 },
		{ "xliff", ".xlf", 400 }, { "tmx", ".tmx", 23 }, { "tmx", ".po", 0 } };
	char path[2048];

	(void)state;
	for (size_t i = 0; i < sizeof(suites) / sizeof(*suites); i++) {
		snprintf(path, sizeof(path), "%s/corpora/conformance/%s", corpus_folder(),
			suites[i].folder);
		read_well = 0;
		if (each_file_below(path, suites[i].end, keep_invariants) == 0)
			skip();
		if (read_well < suites[i].least)
			fprintf(stderr, "%s: %zu of %s\n", path, read_well, suites[i].end);
		assert_true(read_well >= suites[i].least);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(xliff_1_has_states_and_codes),
		cmocka_unit_test(xliff_2_has_segments),
		cmocka_unit_test(po_has_plurals_and_placeholders),
		cmocka_unit_test(tables_have_rows),
		cmocka_unit_test(tmx_pairs_the_source_with_each_language),
		cmocka_unit_test(conformance_suites_round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
