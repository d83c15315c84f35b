/* A text composed where its bytes lie must tell the same about its file as one read beside it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "document/original.h"

typedef struct pair { /* the same file, kept and overwritten */
	context context;
	document kept, over;
	char *bytes;
	slice file;
} pair;

static void
begin(pair *p, slice file)
{
	document_options options = { .overwrite = true, .format_name = SLICE("txt") };

	context_init(&p->context, &memory_libc);
	p->file = file;
	p->bytes = malloc(file.n + 1);
	memcpy(p->bytes, file.p, file.n);
	assert_int_equal(document_read_with(&p->over, &p->context, SLICE("a.txt"),
				 (slice){ p->bytes, file.n }, &options),
		STATUS_OK);
	options.overwrite = false;
	assert_int_equal(
		document_read_with(&p->kept, &p->context, SLICE("a.txt"), file, &options),
		STATUS_OK);
}

static void
end(pair *p)
{
	document_free(&p->kept);
	document_free(&p->over);
	free(p->bytes);
}

static void
compare_texts(const pair *p)
{
	assert_true(slice_equal(p->kept.text, p->over.text));
	assert_int_equal(p->kept.block_count, p->over.block_count);
	assert_int_equal(p->kept.map.count, p->over.map.count);
	assert_memory_equal(
		p->kept.map.runs, p->over.map.runs, p->kept.map.count * sizeof(run));
	assert_int_equal(document_size(&p->over), p->file.n);
}

static void
compare_bytes(const pair *p)
{
	arena a;

	arena_init(&a, &memory_libc);
	for (uint32_t start = 0; start <= p->file.n; start++)
		for (uint32_t n = 0; n <= p->file.n - start; n += 1 + n / 8) {
			slice s;
			assert_int_equal(
				document_bytes(&p->over, (span){ start, start + n }, &a, &s),
				STATUS_OK);
			assert_int_equal(s.n, n);
			assert_memory_equal(s.p, p->file.p + start, n);
		}
	arena_free(&a);
}

static void
compare_places(const pair *p)
{
	file_places kept, over;

	file_places_init(&kept, &memory_libc, &p->kept);
	file_places_init(&over, &memory_libc, &p->over);
	for (uint32_t i = 0; i <= p->kept.text.n; i++) {
		position a, b;
		span s = source_map_file(&p->kept.map, (span){ i, i });
		assert_int_equal(file_place_of(&kept, s.start, &a), STATUS_OK);
		assert_int_equal(file_place_of(&over, s.start, &b), STATUS_OK);
		assert_int_equal(a.line, b.line);
		assert_int_equal(a.column, b.column);
		assert_int_equal(a.utf16, b.utf16);
	}
	file_places_free(&kept);
	file_places_free(&over);
}

static void
compare_lines(const pair *p)
{
	for (uint32_t start = 0; start <= p->kept.text.n; start++)
		for (uint32_t n = 0; n <= p->kept.text.n - start && n < 40; n++) {
			span s = { start, start + n };
			assert_int_equal(document_crosses_line(&p->kept, s),
				document_crosses_line(&p->over, s));
		}
}

static void
compare(slice file, bool overwritten)
{
	pair p;

	begin(&p, file);
	assert_int_equal(p.over.original != NULL, overwritten);
	compare_texts(&p);
	compare_bytes(&p);
	compare_places(&p);
	compare_lines(&p);
	end(&p);
}

#define E_ACUTE "e\xCC\x81" /* in two */

static void
little_is_composed_in_place(void **state)
{
	(void)state;
	compare(SLICE("Le re" E_ACUTE "sume\xCC\x81 de l\xE2\x80\x99" E_ACUTE
		      "tat\net la suite " E_ACUTE "crite.\n\nUn autre alin" E_ACUTE
		      "a, " E_ACUTE E_ACUTE " et a\xCC\x80.\n"),
		true);
	/* at the very ends, and beyond the first plane */
	compare(SLICE(E_ACUTE), true);
	compare(SLICE(E_ACUTE "\xF0\x9F\x98\x80\n\xF0\x9F\x98\x80" E_ACUTE "x\r\n" E_ACUTE
			      "\r"),
		true);
	/* several accents on one letter, and a Korean syllable in three */
	compare(SLICE("o\xCC\x82\xCC\x81x \xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB y"), true);
}

static void
filled_lines_are_joined(void **state)
{
	char text[8192];
	size_t n = 0;

	(void)state;
	for (int i = 0; i < 40; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
			"les mots de cette ligne-ci vont jusqu\xE2\x80\x99%s la marge de la "
			"page\n",
			i % 3 == 0 ? "a\xCC\x80" : "\xC3\xA0");
	compare((slice){ text, n }, true);
}

static void
the_rest_is_kept(void **state)
{
	char many[4 * 300];

	(void)state;
	compare(SLICE("rien \xC3\xA0 composer\n"), false);
	compare(SLICE(""), false);
	/* one character that becomes two, and a byte order mark */
	compare(SLICE("x\xCD\x84y e\xCC\x81\n"), false);
	compare(SLICE("\xEF\xBB\xBF" E_ACUTE " \n"), false);
	for (size_t i = 0; i < sizeof(many); i += 4)
		memcpy(many + i, E_ACUTE " ", 4);
	compare((slice){ many, sizeof(many) }, false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(little_is_composed_in_place),
		cmocka_unit_test(filled_lines_are_joined),
		cmocka_unit_test(the_rest_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
