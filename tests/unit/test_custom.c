/* Files of rules: faults are told with their place, no failing allocation is fatal, and a
 * pattern without end does not hold a check up. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "tests/unit/api.h"

#include <time.h>
#include <unistd.h>

#include "checker/profile.h"

static char path[] = "/tmp/paraph-rules-XXXXXX";

static void
write_rules(const char *text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static int
make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd < 0 ? -1 : close(fd);
}

static int
remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

static void
refuse(const char *text, const char *wanted)
{
	const char *files[] = { path, NULL };
	paraph_options options = { .rules = files };
	char message[512] = "";
	paraph_engine *engine;

	write_rules(text);
	assert_int_not_equal(
		paraph_engine_open(&engine, &options, message, sizeof(message)), PARAPH_OK);
	if (strcmp(message + strlen(path), wanted) != 0)
		fail_msg("“%s” instead of “%s”", message + strlen(path), wanted);
}

#define HEAD "rules:\n  - id: house/a\n    message: a\n"

static void
faults_are_told_with_their_place(void **state)
{
	(void)state;
	refuse("rule: []\n", ":1:1: there is no “rule” here; did you mean “rules”?");
	refuse("rules:\n  - message: a\n    words: [a]\n", ":2:5: a rule has an id");
	refuse("rules:\n  - id: a\n    message: a\n",
		":2:9: the name of a rule is family/name, in small letters and hyphens");
	refuse("rules:\n  - id: spacing/double\n", ":2:9: paraph has a rule of this name");
	refuse(HEAD,
		":2:5: a rule has one of: replace, words, either, pattern, or if and then");
	refuse(HEAD "    wrods: [a]\n    words: [b]\n",
		":4:5: there is no “wrods” here; did you mean “words”?");
	refuse(HEAD "    words: ['* b']\n",
		":4:12: “* b” is not a phrase: it begins with a word, and each alternative is "
		"one");
	refuse(HEAD "    words: [b]\n    level: loud\n",
		":5:12: a level is off, info, warning or error");
	refuse(HEAD "    either: [[b]]\n", ":4:14: a choice has two forms at least");
	refuse(HEAD "    pattern: 'b['\n", ":4:14: the regular expression has a fault at "
					   "character 3: missing terminating ] "
					   "for character class");
	refuse(HEAD "    if: b\n",
		":2:5: a rule has one of: replace, words, either, pattern, or if and then");
	refuse(HEAD "    words: [b]\n  - id: house/a\n    message: a\n    words: [b]\n",
		":5:9: another rule has this name");
}

/* A search that is cut off costs milliseconds, once a document and not once a paragraph. */
static void
a_pattern_without_end_is_cut_off(void **state)
{
	static char text[400 * 1024];
	const char *files[] = { path, NULL }, *only[] = { "house/", NULL };
	size_t n = 0;

	(void)state;
	for (int k = 0; k < 100; k++) {
		n += (size_t)sprintf(text + n, "The committee took note of ");
		memset(text + n, 'a', 3000);
		n += 3000;
		n += (size_t)sprintf(text + n, "b in its report.\n\n");
	}
	write_rules(HEAD "    pattern: '(a+)+$'\n");
	api a = api_open((paraph_options){ .rules = files, .only = only });
	clock_t start = clock();
	paraph_result *r = api_check(&a, "x.txt", text);
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 5);
	assert_int_equal(paraph_result_count(r), 1);
	assert_non_null(strstr(paraph_result_finding(r, 0).message.p, "cut off"));
	paraph_result_free(r);
	api_close(&a);
}

static void
rules_obey_comments_and_options(void **state)
{
	static const char text[] =
		"The plan is ready. paraph: ignore house/a\n\nThe plan is ready now.\n";
	const char *files[] = { path, NULL }, *off[] = { "house/a", NULL };

	(void)state;
	write_rules(HEAD "    replace: {plan: programme}\n");
	api a = api_open((paraph_options){ .rules = files });
	paraph_result *r = api_check(&a, "x.txt", text);
	assert_int_equal(paraph_result_count(r), 1);
	assert_int_equal(paraph_result_finding(r, 0).line, 3);
	assert_text(paraph_result_suggestion(r, 0, 0), "programme");
	paraph_result_free(r);
	api_close(&a);
	a = api_open((paraph_options){ .rules = files, .disable = off });
	r = api_check(&a, "x.txt", text);
	assert_int_equal(paraph_result_count(r), 0);
	paraph_result_free(r);
	api_close(&a);
}

static void
write_many(size_t count, char *text)
{
	static char rules[256 * 1024];
	size_t n = (size_t)sprintf(rules, "rules:\n"), t = strlen(text);

	for (size_t i = 0; i < count; i++) {
		char word[] = { 'z', (char)('a' + i / 26), (char)('a' + i % 26), 'z', '\0' };
		n += (size_t)sprintf(rules + n,
			"  - id: house/%s\n    message: a\n    pattern: %s\n", word, word);
		t += (size_t)sprintf(text + t, "The %s is here, and the FAO knows.\n\n", word);
	}
	write_rules(rules);
}

/* What is remembered for several rules has places of its own, which the last of very many rules
 * of users do not share: each finds its word. */
static void
as_many_rules_as_there_may_be(void **state)
{
	static char text[64 * 1024] = "The FAO and the WHO met on 12 March 2018.\n\n";
	const char *files[] = { path, NULL };
	size_t count = RULES_MAX - paraph_rule_count(), found = 0;

	(void)state;
	write_many(count, text);
	api a = api_open((paraph_options){ .rules = files });
	paraph_result *r = api_check(&a, "x.txt", text);
	for (size_t i = 0; i < paraph_result_count(r); i++)
		found += strncmp(paraph_result_finding(r, i).rule, "house/", 6) == 0;
	assert_int_equal(found, count);
	paraph_result_free(r);
	api_close(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_are_told_with_their_place),
		cmocka_unit_test(a_pattern_without_end_is_cut_off),
		cmocka_unit_test(rules_obey_comments_and_options),
		cmocka_unit_test(as_many_rules_as_there_may_be),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
