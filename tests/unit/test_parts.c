/* One large document on several threads: what is found is what one thread finds, whatever rules
 * run, and no rule keeps something in mind without saying so (rule.ordered). */
#include "tests/unit/api.h"

#include "checker/parts.h"
#include "engine/engine.h"

#define LEAST ((size_t)1300000)

typedef struct text_of_all {
	char *at;
	size_t n, capacity;
} text_of_all;

static void
add(text_of_all *t, const char *bytes, size_t n)
{
	if (t->n + n + 3 > t->capacity) {
		t->capacity = 2 * (t->n + n + 3);
		t->at = realloc(t->at, t->capacity);
		assert_non_null(t->at);
	}
	memcpy(t->at + t->n, bytes, n);
	memcpy(t->at + t->n + n, "\n\n", 3);
	t->n += n + 2;
}

/* The examples of all rules, right and wrong, again and again with numbers between: each rule
 * has something to look at, in many paragraphs. */
static text_of_all
make_document(paraph_language wanted)
{
	text_of_all t = { 0 };
	const char *wrong, *right;
	paraph_language in;
	char number[64];

	/* What one rule finds takes back what others offer, by the places of both. */
	static const char both[] = "La rÃ©solution a suivi l ’accord du  Conseil.";

	for (size_t round = 0; t.n < LEAST; round++) {
		add(&t, both, strlen(both));
		for (size_t i = 0; i < paraph_rule_count(); i++)
			for (size_t k = 0; paraph_rule_example(i, k, &wrong, &right, &in);
				k++) {
				if (in != wanted || paraph_rule_example_source(i, k) != NULL)
					continue;
				snprintf(number, sizeof(number), "%zu. A/RES/%zu/%zu.",
					round + 1, i % 70 + 1, k + 1);
				add(&t, number, strlen(number));
				if (wrong != NULL)
					add(&t, wrong, strlen(wrong));
				add(&t, right, strlen(right));
			}
	}
	return t;
}

static void
assert_same(const paraph_result *a, const paraph_result *b)
{
	assert_int_equal(paraph_result_count(a), paraph_result_count(b));
	for (size_t i = 0; i < paraph_result_count(a); i++) {
		paraph_finding x = paraph_result_finding(a, i), y = paraph_result_finding(b, i);
		assert_string_equal(x.rule, y.rule);
		assert_int_equal(x.start, y.start);
		assert_int_equal(x.end, y.end);
		assert_int_equal(x.severity, y.severity);
		assert_int_equal(x.fix, y.fix);
		assert_int_equal(x.fingerprint, y.fingerprint);
		assert_int_equal(x.message.n, y.message.n);
		assert_memory_equal(x.message.p, y.message.p, x.message.n);
		assert_int_equal(x.suggestion_count, y.suggestion_count);
		for (size_t k = 0; k < x.suggestion_count; k++) {
			paraph_text s = paraph_result_suggestion(a, i, k),
				    z = paraph_result_suggestion(b, i, k);
			assert_int_equal(s.n, z.n);
			assert_memory_equal(s.p, z.p, s.n);
		}
	}
}

static void
threads_find_the_same(paraph_options options, const char *path, const char *bytes, size_t n)
{
	api a = api_open(options);
	paraph_result *alone = api_check_bytes(&a, path, bytes, n);

	for (unsigned threads = 2; threads <= 5; threads += 3) {
		paraph_session_threads(a.session, threads);
		paraph_result *together = api_check_bytes(&a, path, bytes, n);
		assert_true(parts_are_wanted(&a.session->check));
		assert_false(a.session->check.repeated);
		assert_same(alone, together);
		paraph_result_free(together);
	}
	paraph_result_free(alone);
	api_close(&a);
}

static void
all_rules_on_their_examples(void **state)
{
	static const char *const all[] = { "all", NULL };

	(void)state;
	for (paraph_language l = PARAPH_LANGUAGE_FR; l <= PARAPH_LANGUAGE_EN; l++) {
		text_of_all t = make_document(l);
		threads_find_the_same((paraph_options){ .language = l }, "all.md", t.at, t.n);
		threads_find_the_same(
			(paraph_options){ .language = l, .enable = all }, "all.txt", t.at, t.n);
		free(t.at);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_rules_on_their_examples),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
