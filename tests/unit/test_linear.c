/* Time grows with the size of a text and not with its square, whatever stands in it: the wrong
 * examples of every rule and fragments that invite looking far ahead or back, as one long
 * paragraph and as many short ones. What is timed is what a user waits for: check, report,
 * corrections; laying texts side by side; and comments where some are already.
 *
 * Processor time, and the best of five, because other programs run on the machine. */
#define _POSIX_C_SOURCE 200809L
#include "tests/unit/api.h"

#include <time.h>
#include <unistd.h>

#include "document/edit.h"
#include "tests/unit/zip_of.h"

#ifdef __SANITIZE_ADDRESS__
#define SMALL 25000 /* seven times slower, and it is faults that are looked for */
#else
#define SMALL 100000
#endif
#define RATIO 3.0
#define ATTEMPTS 5
#define TOO_SHORT 0.004 /* seconds: start-up and the clock's own step weigh too much */

static const char *const nasty[] = { "« mo dèle » ", "mo dèle ", "l ’ ", "l ’accord ", "( ",
	") ", "« « ", "» » ", "\" ", "' ", "’ ", "a b c d ", "à a à a ", "@", "a@", "@a.", "a.",
	"a. ", "http://", "http://a ", "www.", "e\u0301", "\u0301", "e\u0301 ",
	"États membres ", "Organisation des Nations Unies pour ", "xyzzyq ", "xyzzyq", "1",
	"1 000", "a1", "1 ", "1 2", "12,", "A/", "A/RES/", "-", "- ", "a-", "-t-il ", "– ", ".",
	". . ", "…", "\u00A0", "\u00A0 ", "  ", "\t", "le le ", "de la ", "A B ", "M. ",
	"p. ex. ", "1) ", "a) ", "• ", "[", "{", "_", "I", "XX", "UNAMA ", "MANUA (UNAMA) ",
	"\u200B", "\u00AD", "😀", "中", "Al-", "L’", "d’l’", "|", "||",
	"résolution 2255 (2015) ", "c o m m i s s i o n ", "(a", "«a", "a»", ", ", " ,", " ;",
	"quand sont nées la loi ", "quand est adopté la loi ", "\r", "mot\r", "mot\f" };

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static paraph_status
swallow(void *user, const char *bytes, size_t n)
{
	(void)bytes;
	*(size_t *)user += n;
	return PARAPH_OK;
}

static void
write_report(api *a, const paraph_result *r, const char *format)
{
	size_t written = 0;
	paraph_report_options options = {
		.format = format, .write = swallow, .user = &written
	};
	paraph_report *report;

	assert_int_equal(paraph_report_open(&report, a->engine, &options, NULL, 0), PARAPH_OK);
	assert_int_equal(paraph_report_add(report, r), PARAPH_OK);
	assert_int_equal(paraph_report_close(report), PARAPH_OK);
	assert_true(written > 0);
}

static paraph_status
count_term(void *user, const paraph_term *term)
{
	(void)term;
	++*(size_t *)user;
	return PARAPH_OK;
}

static void
find_terms(api *a, const paraph_result *r)
{
	size_t count = 0;

	assert_int_equal(paraph_result_terms(a->session, r, count_term, &count), PARAPH_OK);
}

static double
time_of(api *a, const char *text, size_t n)
{
	double start = now();
	paraph_result *r = api_check_bytes(a, "x.txt", text, n);
	size_t fixed_n, applied;
	char *fixed;

	write_report(a, r, "text");
	write_report(a, r, "json");
	find_terms(a, r);
	assert_int_equal(
		paraph_result_fix(a->session, r, false, &fixed, &fixed_n, &applied), PARAPH_OK);
	paraph_bytes_free(a->session, fixed);
	paraph_result_free(r);
	return now() - start;
}

/* The fragment over and over, between two words; as paragraphs of about 80 bytes or as one. */
static char *
repeated(const char *fragment, size_t size, bool paragraphs, size_t *n)
{
	size_t part = strlen(fragment), line = 0;
	char *text = malloc(size + part + 8);

	assert_non_null(text);
	for (*n = 0; *n < size;) {
		memcpy(text + *n, fragment, part);
		*n += part;
		line += part;
		if (paragraphs && line >= 80) {
			memcpy(text + *n, "\n\n", 2);
			*n += 2;
			line = 0;
		}
	}
	return text;
}

static double
ratio_of(api *a, const char *fragment, bool paragraphs)
{
	size_t small_n, large_n;
	char *small = repeated(fragment, SMALL, paragraphs, &small_n);
	char *large = repeated(fragment, 2 * SMALL, paragraphs, &large_n);
	double best = 1e9;

	for (int i = 0; i < ATTEMPTS && best >= RATIO; i++) {
		double one = time_of(a, small, small_n), two = time_of(a, large, large_n);
		double ratio =
			two < 2 * TOO_SHORT ? 0 : two / (one < TOO_SHORT ? TOO_SHORT : one);
		best = ratio < best ? ratio : best;
	}
	free(small);
	free(large);
	return best;
}

static int
judge(api *a, const char *name, const char *fragment)
{
	int bad = 0;

	for (int paragraphs = 0; paragraphs < 2; paragraphs++) {
		double ratio = ratio_of(a, fragment, paragraphs != 0);
		if (ratio < RATIO)
			continue;
		print_error("%s: twice as much of « %s » as %s takes %.1f times as long\n",
			name, fragment, paragraphs ? "paragraphs" : "one line", ratio);
		bad++;
	}
	return bad;
}

static api
open_for(paraph_language l)
{
	static const char *const all[] = { "all", NULL };

	return api_open((paraph_options){ .language = l, .enable = all, .suggestions = 3 });
}

static void
fragments_take_linear_time(void **state)
{
	int bad = 0;

	(void)state;
	for (int l = PARAPH_LANGUAGE_FR; l <= PARAPH_LANGUAGE_EN; l++) {
		api a = open_for((paraph_language)l);
		for (size_t i = 0; i < sizeof(nasty) / sizeof(*nasty); i++)
			bad += judge(
				&a, l == PARAPH_LANGUAGE_FR ? "French" : "English", nasty[i]);
		api_close(&a);
	}
	assert_int_equal(bad, 0);
}

static int
judge_examples(api *a, paraph_language l)
{
	const char *wrong, *right;
	paraph_language of;
	int bad = 0;

	for (size_t i = 0; i < paraph_rule_count(); i++)
		for (size_t k = 0; paraph_rule_example(i, k, &wrong, &right, &of); k++) {
			char fragment[1024];
			if (wrong == NULL || of != l)
				continue;
			snprintf(fragment, sizeof(fragment), "%s ", wrong);
			bad += judge(a, paraph_rule_at(i, l).id, fragment);
		}
	return bad;
}

static void
examples_take_linear_time(void **state)
{
	int bad = 0;

	(void)state;
	for (int l = PARAPH_LANGUAGE_FR; l <= PARAPH_LANGUAGE_EN; l++) {
		api a = open_for((paraph_language)l);
		bad += judge_examples(&a, (paraph_language)l);
		api_close(&a);
	}
	assert_int_equal(bad, 0);
}

/* Paragraphs in which no name, acronym or number comes twice. */
static char *
distinct_names(size_t count, size_t *n)
{
	static const char *const syllables[] = { "ba", "ke", "di", "lo", "mu", "na", "re", "si",
		"to", "vu", "ga", "pe", "zi", "fo", "hu", "ja" };
	size_t size = count * 128;
	char *text = malloc(size);

	assert_non_null(text);
	*n = 0;
	for (size_t i = 0; i < count; i++) {
		char name[16] = "", acronym[8];
		for (size_t k = 0, rest = i * 2654435761u; k < 5; k++, rest >>= 4)
			strcat(name, syllables[rest & 15]);
		for (size_t k = 0, rest = i; k < 5; k++, rest /= 26)
			acronym[k] = (char)('A' + rest % 26);
		acronym[5] = '\0';
		name[0] = (char)(name[0] - 'a' + 'A');
		*n += (size_t)snprintf(text + *n, size - *n,
			"M. %s (%s) a parlé au nom de la %s de %s, page %zu.\n\n", name,
			acronym, acronym, name, i);
	}
	return text;
}

static void
many_names_take_linear_time(void **state)
{
	api a = open_for(PARAPH_LANGUAGE_FR);
	size_t small_n, large_n;
	char *small = distinct_names(4000, &small_n), *large = distinct_names(16000, &large_n);
	double best = 1e9;

	(void)state;
	for (int i = 0; i < ATTEMPTS && best >= 2 * RATIO; i++) {
		double ratio = time_of(&a, large, large_n) / time_of(&a, small, small_n);
		best = ratio < best ? ratio : best;
	}
	free(small);
	free(large);
	api_close(&a);
	assert_true(best < 2 * RATIO); /* four times as much text */
}

/* --- two texts of which a memory knows a line that stands everywhere --- */

static char *
join(const char *folder, const char *name)
{
	size_t size = strlen(folder) + strlen(name) + 2;
	char *path = malloc(size);

	assert_non_null(path);
	snprintf(path, size, "%s/%s", folder, name);
	return path;
}

static void
write_lines(const char *path, const char *line, const char *numbered, size_t n)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	for (size_t i = 0; i < n; i++)
		if (i % 10 == 0)
			fprintf(f, "%s %zu.\n", numbered, 7 * i);
		else
			fprintf(f, "%s\n", line);
	assert_int_equal(fclose(f), 0);
}

static void
fill_memory(const char *path, const char *en, const char *fr)
{
	paraph_tm_unit unit = { .source = { en, strlen(en) },
		.target = { fr, strlen(fr) },
		.source_language = { "en", 2 },
		.target_language = { "fr", 2 } };
	paraph_tm_options options = { .path = path, .write = true };
	char message[512] = "";
	bool added;
	paraph_tm *tm;

	assert_int_equal(paraph_tm_open(&tm, &options, message, sizeof(message)), PARAPH_OK);
	assert_int_equal(paraph_tm_add(tm, &unit, &added), PARAPH_OK);
	paraph_tm_close(tm);
}

static double
align_time(api *a, const paraph_align *what, size_t n)
{
	paraph_alignment *made;

	write_lines(what->source, "It is so ordered.", "Section", n);
	write_lines(what->target, "Ainsi ordonné.", "Article", n);
	double begun = now();
	assert_int_equal(paraph_align_files(a->session, what, &made), PARAPH_OK);
	double time = now() - begun;
	assert_true(paraph_alignment_count(made) >= n);
	paraph_alignment_free(made);
	return time;
}

static void
known_lines_take_linear_time(void **state)
{
	char folder[] = "/tmp/paraph-linear-XXXXXX";
	double best = 1e9;

	(void)state;
	assert_non_null(mkdtemp(folder));
	char *en = join(folder, "en"), *fr = join(folder, "fr"), *known = join(folder, "known");
	fill_memory(known, "It is so ordered.", "Ainsi ordonné.");
	const char *memories[] = { known, NULL };
	api a = api_open((paraph_options){ .memories = memories });
	paraph_align what = { .source = en,
		.target = fr,
		.lines = true,
		.source_language = PARAPH_LANGUAGE_EN,
		.target_language = PARAPH_LANGUAGE_FR };
	for (int i = 0; i < ATTEMPTS && best >= 2 * RATIO; i++) {
		double small = align_time(&a, &what, SMALL / 5);
		double ratio = align_time(&a, &what, 4 * (SMALL / 5)) / small;
		best = ratio < best ? ratio : best;
	}
	api_close(&a);
	char *const paths[] = { en, fr, known, join(folder, "known-wal"),
		join(folder, "known-shm") };
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		unlink(paths[i]);
		free(paths[i]);
	}
	assert_int_equal(rmdir(folder), 0);
	assert_true(best < 2 * RATIO); /* four times as many lines */
}

/* --- comments of an earlier run, which somebody has moved to one place --- */

#define COMMENTS (SMALL / 12)
#define WORD "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static void
put_numbered(buffer *b, const char *before, size_t n, const char *behind)
{
	for (size_t i = 1; i <= n; i++)
		buffer_printf(b, "%s%zu%s", before, i, behind);
}

static const char *
terminated(buffer *b)
{
	buffer_put_char(b, '\0');
	assert_int_equal(b->status, STATUS_OK);
	return buffer_slice(b).p;
}

static char *
word_file(size_t n, size_t *bytes)
{
	buffer body, comments;

	buffer_init(&body, &memory_libc, 1 << 26);
	buffer_init(&comments, &memory_libc, 1 << 26);
	buffer_put(&body, SLICE("<w:document " WORD "><w:body>"));
	put_numbered(&body, "<w:p><w:r><w:t>mot ", n, "</w:t></w:r></w:p>");
	buffer_put(&body, SLICE("<w:p><w:r><w:t>Fin</w:t></w:r>"));
	put_numbered(&body, "<w:commentRangeStart w:id='", n, "'/>");
	put_numbered(&body, "<w:commentRangeEnd w:id='", n, "'/>");
	put_numbered(&body, "<w:r><w:commentReference w:id='", n, "'/></w:r>");
	buffer_put(&body, SLICE("</w:p></w:body></w:document>"));
	buffer_put(&comments, SLICE("<w:comments " WORD ">"));
	put_numbered(&comments, "<w:comment w:author='a' w:id='", n,
		"'><w:p><w:r><w:t>faux</w:t></w:r></w:p></w:comment>");
	buffer_put(&comments, SLICE("</w:comments>"));
	const char *const parts[] = { "[Content_Types].xml",
		"<Types><Override PartName='/word/document.xml' "
		"ContentType='application/vnd.openxmlformats-officedocument."
		"wordprocessingml.document.main+xml'/></Types>",
		"_rels/.rels",
		"<Relationships><Relationship Id='r' Type='" RELATION
		"officeDocument' Target='word/document.xml'/></Relationships>",
		"word/_rels/document.xml.rels",
		"<Relationships><Relationship Id='r' Type='" RELATION
		"comments' Target='comments.xml'/></Relationships>",
		"word/document.xml", terminated(&body), "word/comments.xml",
		terminated(&comments), NULL };
	char *made = zip_of(parts, bytes);
	buffer_free(&body);
	buffer_free(&comments);
	return made;
}

/* The names of the ends are those of no comment. */
static char *
odt_file(size_t n, size_t *bytes)
{
	buffer body;

	buffer_init(&body, &memory_libc, 1 << 26);
	buffer_put(&body, SLICE("<office:document-content xmlns:office='urn:oasis:names:tc:"
				"opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:"
				"opendocument:xmlns:text:1.0' xmlns:dc='http://purl.org/dc/"
				"elements/1.1/'><office:body><office:text>"));
	put_numbered(&body, "<text:p>mot ", n, "</text:p>");
	buffer_put(&body, SLICE("<text:p>Fin"));
	put_numbered(&body, "<office:annotation office:name='a", n,
		"'><dc:creator>a</dc:creator><text:p>faux</text:p></office:annotation>");
	put_numbered(&body, "<office:annotation-end office:name='b", n, "'/>");
	buffer_put(&body,
		SLICE("</text:p></office:text></office:body></office:document-content>"));
	const char *const parts[] = { "mimetype", "application/vnd.oasis.opendocument.text",
		"content.xml", terminated(&body), NULL };
	char *made = zip_of(parts, bytes);
	buffer_free(&body);
	return made;
}

/* A comment on each « mot », which has none. */
static double
comment_time(const char *name, slice bytes, size_t n)
{
	edit_style style = { .author = "a", .date = "2020-01-01T00:00:00Z", .note_count = n };
	edit_note *notes = calloc(n, sizeof(*notes));
	context c;
	document d;
	buffer out;

	assert_non_null(notes);
	context_init(&c, &memory_libc);
	if (document_read(&d, &c, slice_of(name), bytes, LANGUAGE_UNKNOWN) != STATUS_OK)
		fail_msg("%s", c.message);
	const char *at = d.text.p;
	for (size_t i = 0; i < n; i++, at++) {
		at = strstr(at, "mot");
		assert_non_null(at);
		uint32_t start = (uint32_t)(at - d.text.p);
		notes[i] = (edit_note){ { start, start + 3 }, SLICE("faux"), 1 };
	}
	style.notes = notes;
	buffer_init(&out, &memory_libc, 1 << 26);
	double begun = now();
	assert_int_equal(document_edit(&out, &c, &d, NULL, 0, &style), STATUS_OK);
	double time = now() - begun;
	assert_int_equal(style.noted, n);
	buffer_free(&out);
	document_free(&d);
	free(notes);
	return time;
}

static void
moved_comments_take_linear_time(void **state)
{
	static const struct {
		const char *name;
		char *(*make)(size_t n, size_t *bytes);
	} kinds[] = { { "a.docx", word_file }, { "a.odt", odt_file } };

	(void)state;
	for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++) {
		size_t few_n, many_n;
		char *few = kinds[k].make(COMMENTS, &few_n);
		char *many = kinds[k].make(4 * COMMENTS, &many_n);
		double best = 1e9;
		for (int i = 0; i < ATTEMPTS && best >= 2 * RATIO; i++) {
			double one =
				comment_time(kinds[k].name, (slice){ few, few_n }, COMMENTS);
			double four = comment_time(
				kinds[k].name, (slice){ many, many_n }, 4 * COMMENTS);
			best = four / one < best ? four / one : best;
		}
		free(few);
		free(many);
		if (best >= 2 * RATIO)
			fail_msg("%s: four times as many comments take %.1f times as long",
				kinds[k].name, best);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fragments_take_linear_time),
		cmocka_unit_test(examples_take_linear_time),
		cmocka_unit_test(many_names_take_linear_time),
		cmocka_unit_test(known_lines_take_linear_time),
		cmocka_unit_test(moved_comments_take_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
