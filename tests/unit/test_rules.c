/* Every rule's own examples: the wrong text gives exactly one finding of that rule, the right
 * one gives none, and the first suggestion turns the one into the other. And every rule is
 * documented in both languages, with a source and at least one wrong example. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "include/paraph.h"

typedef struct fixture {
	paraph_engine *engine;
	paraph_session *session;
} fixture;

static int
open_engine(paraph_engine **engine, const char *only, paraph_language l, const char *profile)
{
	const char *rules[] = { only, NULL };
	char message[512] = "";
	paraph_options options = { .only = rules, .language = l, .profile = profile };
	paraph_status s = paraph_engine_open(engine, &options, message, sizeof(message));

	if (s != PARAPH_OK)
		print_error("%s\n", message);
	return (int)s;
}

/* Of a translation: a table with a pair for each line of both, until the next one. */
static const char *
as_table(const char *source, const char *text, paraph_language l)
{
	static char table[4096];
	size_t n = 0;

	n += (size_t)snprintf(
		table, sizeof(table), l == PARAPH_LANGUAGE_FR ? "en\tfr\n" : "fr\ten\n");
	for (;;) {
		int a = (int)strcspn(source, "\n"), b = (int)strcspn(text, "\n");
		n += (size_t)snprintf(
			table + n, sizeof(table) - n, "%.*s\t%.*s\n", a, source, b, text);
		assert_true(n < sizeof(table));
		assert_int_equal(source[a], text[b]); /* as many lines */
		if (source[a] == '\0')
			return table;
		source += a + 1;
		text += b + 1;
	}
}

/* What the text translates, and the language it is in; NULL: nothing. */
typedef struct origin {
	const char *source;
	paraph_language language;
} origin;

static paraph_result *
check_of(paraph_session *session, const char *text, const origin *o)
{
	paraph_result *result;
	const char *pair = o->source == NULL ? NULL : as_table(o->source, text, o->language);
	const char *bytes = pair == NULL ? text : pair;

	assert_int_equal(paraph_check(session, pair == NULL ? "example.txt" : "example.tsv",
				 (paraph_text){ bytes, strlen(bytes) }, &result),
		PARAPH_OK);
	return result;
}

/* The text with the first suggestion of finding 0 in place of the finding. */
static char *
corrected(const paraph_result *r, const char *text)
{
	paraph_finding f = paraph_result_finding(r, 0);
	paraph_text fix = paraph_result_suggestion(r, 0, 0);
	size_t n = strlen(text);
	char *out = malloc(n + fix.n + 1);

	assert_non_null(out);
	memcpy(out, text, f.start);
	memcpy(out + f.start, fix.p, fix.n);
	memcpy(out + f.start + fix.n, text + f.end, n - f.end + 1);
	return out;
}

static int
judge_wrong(paraph_session *session, const char *id, const char *wrong, const char *right,
	const origin *o)
{
	paraph_result *r = check_of(session, wrong, o);
	int bad = 0;

	if (paraph_result_count(r) != 1) {
		print_error("%s: %zu findings in the wrong example: %s\n", id,
			paraph_result_count(r), wrong);
		bad = 1;
	} else if (right != NULL && o->source == NULL &&
		   paraph_result_finding(r, 0).suggestion_count > 0) {
		char *got = corrected(r, wrong);
		if (strcmp(got, right) != 0) {
			print_error("%s: corrected to: %s\n  but documented as: %s\n", id, got,
				right);
			bad = 1;
		}
		free(got);
	}
	paraph_result_free(r);
	return bad;
}

static int
judge_right(paraph_session *session, const char *id, const char *right, const origin *o)
{
	paraph_result *r = check_of(session, right, o);
	int bad = 0;

	if (paraph_result_count(r) != 0) {
		paraph_text found = paraph_result_finding(r, 0).text;
		print_error("%s: cries on « %.*s » in the right example: %s\n", id,
			(int)found.n, found.p, right);
		bad = 1;
	}
	paraph_result_free(r);
	return bad;
}

static int
judge_example(paraph_session *session, const char *id, const char *wrong, const char *right,
	const origin *o)
{
	int bad = 0;

	if (wrong != NULL)
		bad += judge_wrong(session, id, wrong, right, o);
	if (right != NULL)
		bad += judge_right(session, id, right, o);
	return bad;
}

/* In a session of its own, under its profile. */
static int
judge_alone(const char *id, const char *wrong, const char *right, paraph_language l,
	const char *profile)
{
	paraph_engine *engine;
	paraph_session *session;

	assert_int_equal(open_engine(&engine, id, l, profile), PARAPH_OK);
	assert_int_equal(paraph_session_open(&session, engine), PARAPH_OK);
	int bad = judge_example(session, id, wrong, right, &(origin){ 0 });
	paraph_session_close(session);
	paraph_engine_close(engine);
	return bad;
}

static int
judge_examples(size_t rule, paraph_language l, int *wrongs)
{
	const char *id = paraph_rule_at(rule, PARAPH_LANGUAGE_EN).id, *wrong, *right;
	paraph_language of;
	paraph_engine *engine;
	paraph_session *session;
	int bad = 0;

	assert_int_equal(open_engine(&engine, id, l, NULL), PARAPH_OK);
	assert_int_equal(paraph_session_open(&session, engine), PARAPH_OK);
	for (size_t k = 0; paraph_rule_example(rule, k, &wrong, &right, &of); k++) {
		const char *profile = paraph_rule_example_profile(rule, k);
		if (of != l)
			continue;
		*wrongs += wrong != NULL;
		origin o = { paraph_rule_example_source(rule, k), l };
		bad += profile == NULL ? judge_example(session, id, wrong, right, &o)
				       : judge_alone(id, wrong, right, l, profile);
	}
	paraph_session_close(session);
	paraph_engine_close(engine);
	return bad;
}

/* Nothing is wrong for them without a memory or two documents; tests/cases has consistency/
 * translation, bilingual/published and bilingual/numbering. */
static bool
needs_more(size_t rule)
{
	const char *id = paraph_rule_at(rule, PARAPH_LANGUAGE_EN).id;

	return strcmp(id, "consistency/translation") == 0 ||
	       strcmp(id, "bilingual/published") == 0 ||
	       strcmp(id, "bilingual/paragraph-number") == 0;
}

static void
examples_hold(void **state)
{
	int bad = 0;

	(void)state;
	for (size_t i = 0; i < paraph_rule_count(); i++) {
		int wrongs = 0;
		bad += judge_examples(i, PARAPH_LANGUAGE_FR, &wrongs);
		bad += judge_examples(i, PARAPH_LANGUAGE_EN, &wrongs);
		if (wrongs == 0 && !needs_more(i)) {
			print_error("%s: no wrong example\n",
				paraph_rule_at(i, PARAPH_LANGUAGE_EN).id);
			bad++;
		}
	}
	assert_int_equal(bad, 0);
}

static void
rules_are_documented(void **state)
{
	(void)state;
	for (size_t i = 0; i < paraph_rule_count(); i++) {
		paraph_rule en = paraph_rule_at(i, PARAPH_LANGUAGE_EN);
		paraph_rule fr = paraph_rule_at(i, PARAPH_LANGUAGE_FR);
		assert_non_null(strchr(en.id, '/'));
		assert_true(en.source != NULL && *en.source != '\0');
		assert_true(strlen(en.summary) > 5 && strlen(fr.summary) > 5);
		assert_true(strlen(en.explanation) > 40 && strlen(fr.explanation) > 40);
		assert_string_not_equal(en.explanation, fr.explanation);
		assert_true(en.fr || en.en);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_hold),
		cmocka_unit_test(rules_are_documented),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
