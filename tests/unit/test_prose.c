/* What paraph writes is written as paraph wants it: the summaries, explanations and right
 * examples of every rule, in both languages, give no finding at warning or above. A wrong form
 * that the prose mentions stands in quotation marks. The prose of
 * the command (usage, options, messages) is judged by tests/prose.py, which reads the sources.
 */
#include "tests/unit/api.h"

/* What stands between quotation marks is mentioned, often because it is wrong: a word stands in
 * for it. The copy is the caller's. */
static char *
without_mentions(const char *text, paraph_language l)
{
	static const char *const marks[][2] = { { "«", "»" }, { "“", "”" } };
	char *out = calloc(1, 4 * strlen(text) + 16), *p = out;

	assert_non_null(out);
	while (*text != '\0') {
		const char *const *m = NULL, *end = NULL;
		for (size_t i = 0; i < 2 && m == NULL; i++)
			if (strncmp(text, marks[i][0], strlen(marks[i][0])) == 0)
				m = marks[i];
		if (m != NULL)
			end = strstr(text, m[1]);
		if (end == NULL) {
			*p++ = *text++;
			continue;
		}
		p += sprintf(p, "%s", l == PARAPH_LANGUAGE_FR ? "« mot »" : "“word”");
		text = end + strlen(m[1]);
	}
	return out;
}

static int
judge(api *a, const char *id, const char *what, const char *text)
{
	paraph_result *r = api_check(a, "x.txt", text);
	int bad = 0;

	for (size_t i = 0; i < paraph_result_count(r); i++) {
		paraph_finding f = paraph_result_finding(r, i);
		if (f.severity < PARAPH_WARNING)
			continue;
		print_error("%s, %s: %s on “%.*s” in: %s\n", id, what, f.rule, (int)f.text.n,
			f.text.p, text);
		bad++;
	}
	paraph_result_free(r);
	return bad;
}

static int
judge_prose(api *a, const char *id, const char *what, const char *text, paraph_language l)
{
	char *prose = without_mentions(text, l);
	int bad = judge(a, id, what, prose);

	free(prose);
	return bad;
}

static int
judge_language(paraph_language l)
{
	api a = api_open((paraph_options){ .language = l });
	int bad = 0;

	for (size_t i = 0; i < paraph_rule_count(); i++) {
		paraph_rule r = paraph_rule_at(i, l);
		const char *wrong, *right;
		paraph_language of;
		bad += judge_prose(&a, r.id, "summary", r.summary, l);
		bad += judge_prose(&a, r.id, "explanation", r.explanation, l);
		for (size_t k = 0; paraph_rule_example(i, k, &wrong, &right, &of); k++)
			if (of == l && paraph_rule_example_profile(i, k) == NULL)
				bad += judge(&a, r.id, "right example", right);
	}
	api_close(&a);
	return bad;
}

static void
french_prose_is_clean(void **state)
{
	(void)state;
	assert_int_equal(judge_language(PARAPH_LANGUAGE_FR), 0);
}

static void
english_prose_is_clean(void **state)
{
	(void)state;
	assert_int_equal(judge_language(PARAPH_LANGUAGE_EN), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(french_prose_is_clean),
		cmocka_unit_test(english_prose_is_clean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
