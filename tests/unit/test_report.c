/* Reports: JSON is what the schema says and parses, the caret stands under its word, and
 * nothing of the file reaches the terminal raw. */
#include "tests/unit/api.h"

#include <jansson.h>

typedef struct sink {
	char bytes[65536];
	size_t n, writes, fail_at;
} sink;

static paraph_status
collect(void *user, const char *bytes, size_t n)
{
	sink *s = user;

	if (++s->writes == s->fail_at)
		return PARAPH_IO;
	assert_true(s->n + n < sizeof(s->bytes));
	memcpy(s->bytes + s->n, bytes, n);
	s->n += n;
	s->bytes[s->n] = '\0';
	return PARAPH_OK;
}

static paraph_report *
open_report(api *a, sink *s, paraph_report_options options)
{
	char message[512] = "";
	paraph_report *r;

	*s = (sink){ 0 };
	options.write = collect;
	options.user = s;
	if (paraph_report_open(&r, a->engine, &options, message, sizeof(message)) != PARAPH_OK)
		fail_msg("%s", message);
	return r;
}

/* The report of two documents; the second is clean. */
static void
write_report(sink *s, paraph_report_options options, const char *text)
{
	const char *doubles[] = { "spacing/double", "spacing/apostrophe", NULL };
	api a = api_open((paraph_options){ .only = doubles });
	paraph_result *first = api_check(&a, "a \"b\".txt", text);
	paraph_result *second = api_check(&a, "b.txt", "The committee took note.\n");
	paraph_report *r = open_report(&a, s, options);

	assert_int_equal(paraph_report_add(r, first), PARAPH_OK);
	assert_int_equal(paraph_report_add(r, second), PARAPH_OK);
	assert_int_equal(paraph_report_close(r), PARAPH_OK);
	paraph_result_free(first);
	paraph_result_free(second);
	api_close(&a);
}

static const char letter[] = "Le texte de l ’accord est joint à la  présente lettre.\n";

static const char *
string_at(json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	if (s == NULL)
		fail_msg("no string %s", key);
	return s;
}

static size_t
number_at(json_t *object, const char *key)
{
	json_t *n = json_object_get(object, key);

	if (!json_is_integer(n))
		fail_msg("no number %s", key);
	return (size_t)json_integer_value(n);
}

static void
look_at_finding(json_t *f)
{
	const char *text = string_at(f, "text");
	size_t start = number_at(f, "start"), end = number_at(f, "end");

	assert_int_equal(end - start, strlen(text));
	assert_memory_equal(text, letter + start, strlen(text));
	assert_int_equal(number_at(f, "line"), 1);
	assert_int_equal(number_at(f, "endLine"), 1);
	assert_true(number_at(f, "endColumn") > number_at(f, "column"));
	assert_int_equal(number_at(json_object_get(f, "location"), "line"), 1);
	assert_string_equal(string_at(f, "fix"), "safe");
	assert_int_equal(strlen(string_at(f, "fingerprint")), 16);
	assert_true(json_array_size(json_object_get(f, "suggestions")) >= 1);
	assert_true(strlen(string_at(f, "message")) > 0);
	assert_true(strlen(string_at(f, "severity")) > 0);
}

static void
json_follows_the_schema(void **state)
{
	static sink s;
	json_error_t error;

	(void)state;
	write_report(&s, (paraph_report_options){ .format = "json" }, letter);
	json_t *root = json_loadb(s.bytes, s.n, JSON_REJECT_DUPLICATES, &error);
	if (root == NULL)
		fail_msg("line %d, column %d: %s", error.line, error.column, error.text);
	assert_string_equal(string_at(root, "schema"), "paraph/findings/1");
	assert_string_equal(string_at(json_object_get(root, "tool"), "name"), "paraph");
	assert_string_equal(
		string_at(json_object_get(root, "tool"), "version"), PARAPH_VERSION);
	json_t *documents = json_object_get(root, "documents");
	assert_int_equal(json_array_size(documents), 2);
	json_t *first = json_array_get(documents, 0);
	assert_string_equal(string_at(first, "path"), "a \"b\".txt");
	assert_string_equal(string_at(first, "format"), "txt");
	assert_string_equal(string_at(first, "language"), "fr");
	assert_string_equal(string_at(first, "profile"), "un-fr");
	json_t *findings = json_object_get(first, "findings");
	assert_int_equal(json_array_size(findings), 2);
	for (size_t i = 0; i < 2; i++)
		look_at_finding(json_array_get(findings, i));
	assert_string_equal(
		string_at(json_array_get(findings, 0), "rule"), "spacing/apostrophe");
	json_t *summary = json_object_get(root, "summary");
	assert_int_equal(number_at(summary, "documents"), 2);
	assert_int_equal(number_at(summary, "error"), 1);
	assert_int_equal(number_at(summary, "warning"), 1);
	assert_int_equal(number_at(summary, "info"), 0);
	assert_int_equal(number_at(summary, "words"),
		number_at(first, "words") + number_at(json_array_get(documents, 1), "words"));
	json_decref(root);
}

static void
each_line_of_jsonl_is_a_document(void **state)
{
	static sink s;
	size_t lines = 0;

	(void)state;
	write_report(&s, (paraph_report_options){ .format = "jsonl" }, letter);
	for (char *line = s.bytes, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		json_t *document = json_loadb(line, (size_t)(end - line), 0, NULL);
		assert_non_null(document);
		assert_int_equal(json_array_size(json_object_get(document, "findings")),
			lines == 0 ? 2 : 0);
		json_decref(document);
		lines++;
	}
	assert_int_equal(lines, 2);
}

static void
has(const sink *s, const char *wanted)
{
	if (strstr(s->bytes, wanted) == NULL)
		fail_msg("no “%s” in:\n%s", wanted, s->bytes);
}

static void
the_caret_stands_under_the_word(void **state)
{
	static sink s;

	(void)state;
	write_report(&s, (paraph_report_options){ 0 }, letter);
	has(&s, "a \"b\".txt:1:13: error: ");
	has(&s, "[spacing/apostrophe]\n"
		"    Le texte de l ’accord est joint à la  présente lettre.\n"
		"                ^~~~~~~~~ → l’accord\n");
	has(&s, "2 documents, ");
	has(&s, "1 error, 1 warning (2 that `paraph fix` corrects)\n");
	assert_null(strchr(s.bytes, '\033'));
}

/* A combining accent takes no column, an ideograph two. */
static void
the_caret_counts_columns_of_the_terminal(void **state)
{
	static sink s;

	(void)state;
	write_report(&s, (paraph_report_options){ 0 },
		"Le texte\u0301 中文 est joint à la  présente lettre.\n");
	has(&s, "                              ^~~~~~~~~~~~");
}

static void
long_lines_are_cut_around_the_finding(void **state)
{
	static sink s;
	char text[4096] = "";

	(void)state;
	for (int i = 0; i < 100; i++)
		strcat(text, i == 50 ? "la  lettre " : "le texte de la lettre ");
	write_report(&s, (paraph_report_options){ 0 }, text);
	has(&s, "\n    …");
	has(&s, "…\n");
	for (char *line = strtok(s.bytes, "\n"); line != NULL; line = strtok(NULL, "\n"))
		assert_true(strlen(line) < 120);
}

static void
colors_and_languages_are_as_asked(void **state)
{
	static sink s;

	(void)state;
	write_report(
		&s, (paraph_report_options){ .color = true, .ui = PARAPH_LANGUAGE_FR }, letter);
	has(&s, "\033[1;31merreur\u00A0:\033[0m");
	has(&s, "1 erreur, 1 avertissement");
}

static void
control_characters_are_shown_not_sent(void **state)
{
	static sink s;

	(void)state;
	write_report(&s, (paraph_report_options){ 0 },
		"Le texte \033[31m de l ’accord est joint à la présente lettre.\n");
	assert_null(strchr(s.bytes, '\033'));
	has(&s, "\u241B[31m");
}

static void
what_cannot_be_written_is_told(void **state)
{
	static sink s;
	api a = api_open((paraph_options){ 0 });
	char message[512] = "";
	paraph_report_options options = { .format = "yaml", .write = collect, .user = &s };
	paraph_report *r;

	(void)state;
	assert_int_equal(paraph_report_open(&r, a.engine, &options, message, sizeof(message)),
		PARAPH_USAGE);
	assert_null(r);
	assert_non_null(strstr(message, "yaml"));
	r = open_report(&a, &s, (paraph_report_options){ .format = "json" });
	s.fail_at = 1;
	assert_int_equal(paraph_report_close(r), PARAPH_IO);
	api_close(&a);
}

static void
formats_are_listed(void **state)
{
	const char *summary = NULL;
	size_t n = 0;

	(void)state;
	while (paraph_report_format(n, PARAPH_LANGUAGE_FR, &summary) != NULL) {
		assert_true(strlen(summary) > 0);
		n++;
	}
	assert_true(n >= 3);
	assert_string_equal(paraph_report_format(0, PARAPH_LANGUAGE_FR, NULL), "text");
}

/* A report of the letter, of a clean text alone, or of nothing. */
static void
write_form(api *a, sink *s, paraph_report_options options, const char *text)
{
	paraph_report *r = open_report(a, s, options);

	if (text != NULL) {
		paraph_result *result = api_check(a, "a, \"b\".txt", text);
		assert_int_equal(paraph_report_add(r, result), PARAPH_OK);
		paraph_result_free(result);
	}
	assert_int_equal(paraph_report_close(r), PARAPH_OK);
}

static void
what_paraph_wrote_is_known_again(void **state)
{
	static sink s;
	const char *const texts[] = { letter, "The committee took note.\n", NULL };
	const paraph_language languages[] = { PARAPH_LANGUAGE_EN, PARAPH_LANGUAGE_FR };
	api a = api_open((paraph_options){ 0 });
	const char *name;

	(void)state;
	for (size_t i = 0; (name = paraph_report_format(i, languages[0], NULL)) != NULL; i++)
		for (size_t n = 0; n < 6; n++) {
			write_form(&a, &s,
				(paraph_report_options){ .format = name,
					.ui = languages[n % 2],
					.summary = PARAPH_SUMMARY_OF_FINDINGS },
				texts[n / 2]);
			if (s.n != 0 && !paraph_report_begins(s.bytes, s.n))
				fail_msg("%s: %s", name, s.bytes);
			assert_true(s.n != 0 || n >= 2);
		}
	api_close(&a);
}

static void
what_others_wrote_is_no_report(void **state)
{
	static const char *const others[] = { "", "[", "[]", "[]\nNote.\n",
		"# paraph\n\nNote.\n", "main.c:3:1: error: expected ; [-Werror]\n",
		"a.py:3:1: error: item [0] has type a/b [list-item]\n",
		"a.txt:4:12:3: info: see [the note] and/or [the annex]\n",
		"note.txt:3:1: error: see [a/b] below\n", "note.txt:3: error: [a/b]\n",
		"note.txt:3:1: error: none\n[spacing/double]\n",
		"TAP version 13\nok 1 - note.txt\n", "{\"path\":\"a\",\n\"format\":\"\"}\n",
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
		"<testsuite name=\"a\" tests=\"1\">\n<testcase name=\"b\"/>\n",
		"<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<title>paraph</title>\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (paraph_report_begins(others[i], strlen(others[i])))
			fail_msg("a report: %s", others[i]);
	assert_true(paraph_report_begins(
		"TAP version 13\r\n# paraph\r\n", strlen("TAP version 13\r\n# paraph\r\n")));
	assert_true(paraph_report_begins("\xEF\xBB\xBFTAP version 13\n# paraph\n",
		strlen("\xEF\xBB\xBFTAP version 13\n# paraph\n")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_follows_the_schema),
		cmocka_unit_test(each_line_of_jsonl_is_a_document),
		cmocka_unit_test(the_caret_stands_under_the_word),
		cmocka_unit_test(the_caret_counts_columns_of_the_terminal),
		cmocka_unit_test(long_lines_are_cut_around_the_finding),
		cmocka_unit_test(colors_and_languages_are_as_asked),
		cmocka_unit_test(control_characters_are_shown_not_sent),
		cmocka_unit_test(what_cannot_be_written_is_told),
		cmocka_unit_test(formats_are_listed),
		cmocka_unit_test(what_paraph_wrote_is_known_again),
		cmocka_unit_test(what_others_wrote_is_no_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
