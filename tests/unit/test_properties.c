/* What must hold of real documents, whatever the rules come to find in them: the same findings
 * however the text is wrapped and whatever was checked before it, a correction that leaves
 * nothing to correct, and findings that point at the bytes of the file. */
#include "tests/unit/api.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "tests/unit/corpus.h"

#define LETTER "letter/S_2018_7_fr.txt"

static const char *const texts[] = { LETTER, "gold_un_artifacts/fr_lines.tsv",
	"un_text/raw_un_charter_fr.txt", "un_text/raw_un_charter_en.txt",
	"un_text/udhr2_fr.txt", "un_text/udhr2_en.txt" };
#define TEXTS (sizeof(texts) / sizeof(*texts))

/* Skips the test where the corpora are not. */
static file
read_text(const char *name)
{
	char path[4096];
	context c;
	file f;

	context_init(&c, &memory_libc);
	snprintf(path, sizeof(path), "%s/corpora/%s", corpus_folder(), name);
	if (file_open(&f, &c, path) != STATUS_OK) {
		print_message("%s: not there, skipped\n", name);
		skip();
	}
	return f;
}

static paraph_result *
check_file(api *a, file f)
{
	return api_check_bytes(a, "x.txt", f.bytes.p, f.bytes.n);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Appends t with runs of white space as one space. */
static void
put_folded(buffer *out, paraph_text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (!is_space(t.p[i]))
			buffer_put_char(out, t.p[i]);
		else if (i == 0 || !is_space(t.p[i - 1]))
			buffer_put_char(out, ' ');
}

/* Rule, text and suggestions of every finding, a line each, without places. */
static buffer
summary(const paraph_result *r)
{
	buffer out;

	buffer_init(&out, &memory_libc, limits_default.output);
	for (size_t i = 0; i < paraph_result_count(r); i++) {
		paraph_finding f = paraph_result_finding(r, i);
		buffer_printf(&out, "%s %d ", f.rule, (int)f.severity);
		put_folded(&out, f.text);
		for (size_t k = 0; k < f.suggestion_count; k++) {
			buffer_put(&out, SLICE(" | "));
			put_folded(&out, paraph_result_suggestion(r, i, k));
		}
		buffer_put_char(&out, '\n');
	}
	assert_int_equal(out.status, STATUS_OK);
	return out;
}

static void
assert_same(const buffer *a, const buffer *b, const char *what)
{
	if (slice_equal(buffer_slice(a), buffer_slice(b)))
		return;
	fail_msg("%s differ:\n%.*s-- and --\n%.*s", what, SLICE_ARG(buffer_slice(a)),
		SLICE_ARG(buffer_slice(b)));
}

/* The file with the physical lines of each paragraph, as the reader found them, on one line. */
static buffer
joined(const paraph_result *r)
{
	paraph_text t = paraph_result_text(r);
	buffer out;

	buffer_init(&out, &memory_libc, limits_default.output);
	buffer_put(&out, (slice){ t.p, t.n });
	assert_int_equal(out.status, STATUS_OK);
	return out;
}

static void
wrapping_changes_no_finding(void **state)
{
	file f = read_text(LETTER);
	api a = api_open((paraph_options){ 0 });
	paraph_result *wrapped = check_file(&a, f);
	buffer text = joined(wrapped);
	paraph_result *whole = api_check_bytes(&a, "x.txt", text.p, text.n);
	buffer one = summary(wrapped), two = summary(whole);

	(void)state;
	assert_true(paraph_result_count(wrapped) >= 12);
	assert_false(slice_equal(buffer_slice(&text), f.bytes));
	assert_same(&one, &two, "findings in the wrapped and in the joined letter");
	buffer_free(&one);
	buffer_free(&two);
	paraph_result_free(whole);
	paraph_result_free(wrapped);
	buffer_free(&text);
	file_close(&f, &memory_libc);
	api_close(&a);
}

static void
fix_twice(api *a, const char *name, file f)
{
	paraph_result *r = check_file(a, f);
	char *once, *twice;
	size_t once_n, twice_n, applied, again;

	assert_int_equal(
		paraph_result_fix(a->session, r, false, &once, &once_n, &applied), PARAPH_OK);
	paraph_result_free(r);
	r = api_check_bytes(a, "x.txt", once, once_n);
	assert_int_equal(
		paraph_result_fix(a->session, r, false, &twice, &twice_n, &again), PARAPH_OK);
	print_message("%s: %zu corrections, then %zu\n", name, applied, again);
	assert_int_equal(again, 0);
	assert_int_equal(once_n, twice_n);
	assert_memory_equal(once, twice, once_n);
	paraph_result_free(r);
	paraph_bytes_free(a->session, once);
	paraph_bytes_free(a->session, twice);
}

static void
a_correction_leaves_nothing_to_correct(void **state)
{
	api a = api_open((paraph_options){ 0 });

	(void)state;
	for (size_t i = 0; i < TEXTS; i++) {
		file f = read_text(texts[i]);
		fix_twice(&a, texts[i], f);
		file_close(&f, &memory_libc);
	}
	api_close(&a);
}

static void
claim_bytes(const paraph_result *r)
{
	paraph_text bytes = paraph_result_bytes(r);
	size_t at = 0;

	for (size_t i = 0; i < paraph_result_count(r); i++) {
		paraph_finding f = paraph_result_finding(r, i);
		assert_true(f.start >= at && f.end >= f.start && f.end <= bytes.n);
		assert_int_equal(f.text.n, f.end - f.start);
		assert_true(
			f.text.n == 0 || memcmp(f.text.p, bytes.p + f.start, f.text.n) == 0);
		at = f.start;
	}
}

static void
findings_are_the_bytes_of_the_file(void **state)
{
	api a = api_open((paraph_options){ 0 });

	(void)state;
	for (size_t i = 0; i < TEXTS; i++) {
		file f = read_text(texts[i]);
		paraph_result *r = check_file(&a, f);
		assert_string_equal(paraph_result_encoding(r), "UTF-8");
		claim_bytes(r);
		paraph_result_free(r);
		file_close(&f, &memory_libc);
	}
	api_close(&a);
}

static void
what_was_checked_before_changes_nothing(void **state)
{
	api warm = api_open((paraph_options){ 0 });

	(void)state;
	for (size_t i = 2 * TEXTS; i-- > 0;) {
		file f = read_text(texts[i % TEXTS]);
		api fresh = api_open((paraph_options){ 0 });
		paraph_result *first = check_file(&fresh, f), *later = check_file(&warm, f);
		buffer one = summary(first), two = summary(later);
		assert_same(&one, &two, texts[i % TEXTS]);
		buffer_free(&one);
		buffer_free(&two);
		paraph_result_free(first);
		paraph_result_free(later);
		api_close(&fresh);
		file_close(&f, &memory_libc);
	}
	api_close(&warm);
}

/* What `paraph check -jN` prints of the corpora's texts. */
static buffer
output_of(unsigned threads)
{
	char program[4096], command[9000], part[4096];
	ssize_t n = readlink("/proc/self/exe", program, sizeof(program) - 1);
	buffer out;

	assert_true(n > 0);
	program[n] = '\0';
	*strrchr(program, '/') = '\0';
	snprintf(command, sizeof(command),
		"'%s/../paraph' check --format json -j%u '%s/corpora/letter' "
		"'%s/corpora/un_text/'*.txt; test $? -le 1",
		program, threads, corpus_folder(), corpus_folder());
	buffer_init(&out, &memory_libc, limits_default.output);
	FILE *f = popen(command, "r");
	assert_non_null(f);
	while ((n = (ssize_t)fread(part, 1, sizeof(part), f)) > 0)
		buffer_put(&out, (slice){ part, (size_t)n });
	assert_int_equal(pclose(f), 0);
	return out;
}

static void
threads_change_no_byte(void **state)
{
	file f = read_text(LETTER);
	buffer one = output_of(1), four = output_of(4);

	(void)state;
	assert_true(one.n > 10000);
	assert_int_equal(one.n, four.n);
	assert_memory_equal(one.p, four.p, one.n);
	buffer_free(&one);
	buffer_free(&four);
	file_close(&f, &memory_libc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrapping_changes_no_finding),
		cmocka_unit_test(a_correction_leaves_nothing_to_correct),
		cmocka_unit_test(findings_are_the_bytes_of_the_file),
		cmocka_unit_test(what_was_checked_before_changes_nothing),
		cmocka_unit_test(threads_change_no_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
