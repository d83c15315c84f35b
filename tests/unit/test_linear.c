/* Time grows with the size of a text and not with its square, whatever stands in it: the wrong
 * examples of every rule and fragments that invite looking far ahead or back, as one long
 * paragraph and as many short ones. What is timed is what a user waits for: check, report,
 * corrections; and laying texts side by side.
 *
 * Processor time, and the best of five, because other programs run on the machine. */
#define _POSIX_C_SOURCE 200809L
#include "tests/unit/api.h"

#include <time.h>
#include <unistd.h>

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fragments_take_linear_time),
		cmocka_unit_test(examples_take_linear_time),
		cmocka_unit_test(many_names_take_linear_time),
		cmocka_unit_test(known_lines_take_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
