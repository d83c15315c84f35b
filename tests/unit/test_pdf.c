/* PDF without a PDF: what the helper would say is written here, so that each decision about
 * spaces, line ends, order and paragraphs stands alone. Whole files are in tests/cases/pdf. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/process.h"
#include "document/format.h"
#include "document/formats/pdf.h"
#include "tests/unit/faults.h"
#include "text/lexicon.h"

static document_options options;

/* A page of words at 10 points, each "X Y TEXT" in points, 5 points wide a character. */
typedef struct page {
	char said[65536];
	size_t n;
} page;

static void
begin(page *p, int pages)
{
	p->n = (size_t)sprintf(p->said, "paraph-pdf 1\npages %d\n", pages);
}

static void
next_page(page *p, int number)
{
	p->n += (size_t)sprintf(p->said + p->n, "page %d 61200 79200\n", number);
}

static void
word(page *p, double x, double y, double size, const char *text)
{
	size_t points = 0;

	for (const char *c = text; *c != '\0'; c++)
		points += ((unsigned char)*c & 0xC0) != 0x80;
	p->n += (size_t)sprintf(p->said + p->n, "w %ld %ld %ld %ld %ld 0 %s\n", (long)(x * 100),
		(long)((y - size) * 100), (long)((x + (double)points * size / 2) * 100),
		(long)(y * 100), (long)(size * 100), text);
}

/* Words between spaces, 3 points apart. */
static void
words(page *p, double x, double y, const char *line)
{
	char one[128];

	while (*line != '\0') {
		size_t n = strcspn(line, " "), points = 0;
		memcpy(one, line, n);
		one[n] = '\0';
		for (size_t i = 0; i < n; i++)
			points += ((unsigned char)one[i] & 0xC0) != 0x80;
		word(p, x, y, 10, one);
		x += 5 * (double)points + 3;
		line += n + (line[n] == ' ');
	}
}

static void
expect(page *p, const char *text)
{
	document d = { .path = SLICE("a.pdf"), .format = &format_pdf, .options = options };
	context c;

	p->n += (size_t)sprintf(p->said + p->n, "end\n");
	context_init(&c, &memory_libc);
	arena_init(&d.arena, c.memory);
	assert_int_equal(pdf_read_stream(&d, &c, (slice){ p->said, p->n }), STATUS_OK);
	char *got = calloc(1, d.text.n + 1);
	memcpy(got, d.text.p, d.text.n);
	assert_string_equal(got, text);
	free(got);
	document_free(&d);
}

/* « l ’Asie »: 0.12 of the size is letter-spacing, 0.25 is a space, in a line of either. */
static void
letter_spacing_is_no_space(void **state)
{
	page p;

	(void)state;
	begin(&p, 1);
	next_page(&p, 1);
	word(&p, 100, 100, 10, "de");
	word(&p, 112.5, 100, 10, "l");
	word(&p, 118.7, 100, 10, "’Asie");
	word(&p, 150.2, 100, 10, "mo");
	word(&p, 161.4, 100, 10, "dèle");
	expect(&p, "de l’Asie modèle\n");
}

/* A line that is drawn out draws out its letter-spacing too: the same gap is a space in one
 * line and none in the other. */
static void
gaps_are_held_against_their_line(void **state)
{
	page p;

	(void)state;
	begin(&p, 1);
	next_page(&p, 1);
	for (int i = 0; i < 6; i++)
		word(&p, 100 + 27.6 * i, 100, 10, "trois");
	word(&p, 100 + 27.6 * 5 + 25 + 1.6, 100, 10, "§");
	for (int i = 0; i < 6; i++)
		word(&p, 100 + 31 * i, 150, 10, "trois");
	word(&p, 100 + 31 * 5 + 25 + 1.9, 150, 10, "§");
	expect(&p, "trois trois trois trois trois trois §\n"
		   "trois trois trois trois trois trois§\n");
}

static void
letters_far_apart_are_words(void **state)
{
	page p;
	const char *letters[] = { "L", "A", "P", "A", "I", "X" };

	(void)state;
	begin(&p, 1);
	next_page(&p, 1);
	for (int i = 0; i < 6; i++)
		word(&p, 100 + 9 * i + (i > 1 ? 6 : 0), 100, 10, letters[i]);
	expect(&p, "LA PAIX\n");
}

/* The dictionary joins what is no word; a compound keeps its hyphen, also in a text that
 * divides words; a suspended hyphen keeps its space. */
static void
hyphens_at_line_ends(void **state)
{
	page p;

	(void)state;
	if (options.lexicons[0] == NULL)
		skip();
	begin(&p, 1);
	next_page(&p, 1);
	words(&p, 100, 100, "les moyens de renforcer le déve-");
	words(&p, 100, 112, "loppement de toute la région ci-");
	words(&p, 100, 124, "jointe et des mesures pré- et anté-");
	words(&p, 100, 136, "rieures prévues pour la période 2019-");
	words(&p, 100, 148, "2020 dans les pays avant- et");
	expect(&p,
		"les moyens de renforcer le développement de toute la région ci-jointe et des "
		"mesures pré- et antérieures prévues pour la période 2019-2020 dans les pays "
		"avant- et\n");
}

static void
raised_figures_and_ligatures(void **state)
{
	page p;

	(void)state;
	begin(&p, 1);
	next_page(&p, 1);
	words(&p, 100, 100, "\uFB01xer");
	word(&p, 123, 96, 6, "12");
	word(&p, 132, 100, 10, "le");
	word(&p, 145, 100, 10, "1");
	word(&p, 150, 96, 6, "er");
	word(&p, 160, 100, 10, "e\u0301te\u0301");
	expect(&p, "fixer¹² le 1er été\n");
}

/* A paragraph ends where the next word would have had room. */
static void
paragraphs_by_their_lines(void **state)
{
	page p;

	(void)state;
	begin(&p, 1);
	next_page(&p, 1);
	words(&p, 100, 100, "Une ligne qui va de la marge à la marge opposée.");
	words(&p, 100, 112, "Une autre qui est courte.");
	words(&p, 100, 124, "Elle ouvre le paragraphe suivant et va à la marge");
	words(&p, 100, 136, "opposée.");
	words(&p, 100, 170, "Une distance plus grande en ouvre un autre encore");
	words(&p, 120, 182, "et une première ligne rentrée aussi.");
	expect(&p,
		"Une ligne qui va de la marge à la marge opposée. Une autre qui est courte.\n"
		"Elle ouvre le paragraphe suivant et va à la marge opposée.\n"
		"Une distance plus grande en ouvre un autre encore et une première ligne "
		"rentrée aussi.\n");
}

/* The running head changes its number; what stands once at the head of a page is text. */
/* Headings with numbers at the head of several pages are text: the numbers do not count pages.
 */
static void
headings_are_no_running_heads(void **state)
{
	page p;
	const char *articles[] = { "Article 13", "Article 39", "Article 52", "Article 57" };

	(void)state;
	begin(&p, 4);
	for (int i = 1; i <= 4; i++) {
		next_page(&p, i);
		words(&p, 100, 60, articles[i - 1]);
		words(&p, 100, 300, "Le Conseil en décide.");
	}
	expect(&p, "Article 13\nLe Conseil en décide.\nArticle 39\nLe Conseil en décide.\n"
		   "Article 52\nLe Conseil en décide.\nArticle 57\nLe Conseil en décide.\n");
}

static void
running_heads_are_left_out(void **state)
{
	page p;
	char number[32];

	(void)state;
	begin(&p, 4);
	for (int i = 1; i <= 4; i++) {
		next_page(&p, i);
		sprintf(number, "Rapport %d", i);
		words(&p, 100, 40, number);
		words(&p, 100, 80, i == 2 ? "Deux" : i == 1 ? "Une" : "Autre");
		if (i == 1)
			words(&p, 100, 120, "Une ligne entière, qui donne sa marge à la page.");
		sprintf(number, "%d", i);
		words(&p, 300, 770, number);
	}
	expect(&p,
		"Une\nUne ligne entière, qui donne sa marge à la page.\nDeux\nAutre\nAutre\n");
}

#define TABLE \
	"paraph-pdf 1\npages 2\npage 1 61200 79200\n" \
	"w 6000 10000 9000 11000 1000 0 e\u0301te\u0301\n" \
	"w 6000 20000 9000 21000 1000 0 un\n" \
	"w 30000 20000 33000 21000 1000 0 deux\n" \
	"w 6000 21200 9000 22200 1000 0 trois\n" \
	"w 30000 21200 33000 22200 1000 0 quatre\n" \
	"w 50000 30000 51000 33000 1000 4 debout\n" \
	"w 6000 70000 6300 70500 500 0 1\n" \
	"w 6400 70000 9000 70850 850 0 Note.\n" \
	"page 2 61200 79200 scan\nend\n"

/* Whichever allocation fails, and all after it, nothing leaks and memory is what is told. */
static void
memory_may_run_out(void **state)
{
	status done = STATUS_MEMORY;

	(void)state;
	for (long k = 0; done != STATUS_OK; k++) {
		faults f = { .left = k, .for_good = true };
		memory m = { faulty_alloc, faulty_free, &f };
		document d = { .path = SLICE("a.pdf"), .format = &format_pdf };
		context c;
		context_init(&c, &m);
		arena_init(&d.arena, c.memory);
		done = pdf_read_stream(&d, &c, SLICE(TABLE));
		assert_true(done == STATUS_OK || done == STATUS_MEMORY);
		document_free(&d);
		assert_int_equal(f.live, 0);
		assert_true(k < 1000);
	}
}

static void
find_lexicons(void)
{
	static context c;
	const char *folder = getenv("PARAPH_DATA");

	context_init(&c, &memory_libc);
	if (lexicon_open(&options.lexicons[0], &c, LANGUAGE_FR,
		    folder == NULL ? "build/data" : folder) != STATUS_OK) {
		print_message("skipped: no compiled dictionary\n");
		options.lexicons[0] = NULL;
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letter_spacing_is_no_space),
		cmocka_unit_test(gaps_are_held_against_their_line),
		cmocka_unit_test(letters_far_apart_are_words),
		cmocka_unit_test(hyphens_at_line_ends),
		cmocka_unit_test(raised_figures_and_ligatures),
		cmocka_unit_test(paragraphs_by_their_lines),
		cmocka_unit_test(headings_are_no_running_heads),
		cmocka_unit_test(running_heads_are_left_out),
		cmocka_unit_test(memory_may_run_out),
	};

	find_lexicons();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	lexicon_close(options.lexicons[0]);
	return failed;
}
