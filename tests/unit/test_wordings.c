/* Every row of the wordings: its form, between words that satisfy its conditions, gives one
 * finding over just that form with the correction of the row; the correction gives none; and
 * its rule exists. */
#include "tests/unit/api.h"

#include "checker/rule.h"
#include "checker/wordings.h"

#define PIECE 256
#define TEXT (8 * PIECE)

/* The first word of the list of a condition ("+next="); empty when the row has none. */
static void
wanted(const wording *w, const char *condition, char out[PIECE])
{
	const char *found = strstr(wording_strings + w->when, condition);

	*out = 0;
	if (found == NULL)
		return;
	found += strlen(condition);
	size_t n = strcspn(found, ",;");
	memcpy(out, found, n);
	out[n] = 0;
	if (strcmp(out, "#") == 0 || strcmp(out, "##") == 0)
		strcpy(out, "12");
	else if (strcmp(out, "Aa") == 0)
		strcpy(out, "Paris");
	else if (strcmp(out, "N") == 0 || strcmp(out, "F") == 0)
		strcpy(out, "population");
	else if (strcmp(out, "aa") == 0)
		strcpy(out, "petit");
	else if (strcmp(out, "^") == 0)
		*out = 0;
}

static void
form(const wording *w, char out[PIECE])
{
	const char *p = wording_strings + w->words;

	*out = 0;
	for (size_t i = 0; i < w->count; i++, p += strlen(p) + 1) {
		size_t n = strlen(out);
		bool elided = n >= 3 && memcmp(out + n - 3, "’", 3) == 0;
		snprintf(out + n, PIECE - n, "%s%s", n == 0 || elided ? "" : " ", p);
	}
}

static void
sentence(const wording *w, language l, const char middle[PIECE], char out[TEXT])
{
	char prev[PIECE], next[PIECE], second[PIECE], near[PIECE];

	wanted(w, "+prev=", prev);
	wanted(w, "+next=", next);
	wanted(w, "+second=", second);
	wanted(w, "+near=", near);
	if (*prev == 0)
		strcpy(prev, l == LANGUAGE_FR ? "ainsi " : "thus ");
	else if (strstr(prev, "’") == NULL)
		strcat(prev, " ");
	if (*next == 0)
		strcpy(next, *second != 0 ? "x" : "");
	snprintf(out, TEXT, "%s, %s%s %s %s ; %s.", l == LANGUAGE_FR ? "Donc" : "Then", prev,
		middle, next, second, near);
}

static int
judge(api *a, const wording *w, language l)
{
	char wrong[PIECE], text[TEXT], right[PIECE] = "";
	const char *corrections = wording_strings + w->right;
	int bad = 0;

	form(w, wrong);
	sentence(w, l, wrong, text);
	paraph_result *r = api_check(a, "x.txt", text);
	paraph_finding f = { 0 };
	if (paraph_result_count(r) == 1)
		f = paraph_result_finding(r, 0);
	memcpy(right, corrections, strcspn(corrections, "|"));
	if (f.rule == NULL || strcmp(f.rule, wording_rules[w->rule]) != 0 ||
		!api_is(f.text, wrong) ||
		(*right != 0 && !api_is(paraph_result_suggestion(r, 0, 0), right))) {
		print_error(
			"%zu findings, not “%s”: %s\n", paraph_result_count(r), right, text);
		bad = 1;
	}
	paraph_result_free(r);
	sentence(w, l, right, text);
	r = api_check(a, "x.txt", text);
	if (paraph_result_count(r) != 0) {
		print_error("the correction of “%s” is not right either: %s\n", wrong, text);
		bad = 1;
	}
	paraph_result_free(r);
	return bad;
}

static void
rows_hold(language l)
{
	api a = api_open((paraph_options){
		.only = wording_rules, .language = (paraph_language)l, .no_builtin = 1 });
	size_t opening = wording_opening_first[l - LANGUAGE_FR], seen = 0;
	int bad = 0;

	for (; opening < wording_opening_first[l - LANGUAGE_FR + 1]; opening++) {
		const wording_opening *o = &wording_openings[opening];
		for (uint32_t k = 0; k < o->rows; k++, seen++)
			bad += judge(&a, &wording_rows[o->first + k], l);
	}
	api_close(&a);
	assert_int_equal(bad, 0);
	assert_true(seen > 500);
}

static void
french_rows_hold(void **state)
{
	(void)state;
	rows_hold(LANGUAGE_FR);
}

static void
english_rows_hold(void **state)
{
	(void)state;
	rows_hold(LANGUAGE_EN);
}

static void
every_rule_exists(void **state)
{
	(void)state;
	for (size_t i = 0; wording_rules[i] != NULL; i++) {
		bool found = false;
		for (size_t k = 0; k < rule_count(); k++)
			found = found || strcmp(rule_at(k)->id, wording_rules[i]) == 0;
		if (!found)
			fail_msg("no rule %s", wording_rules[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_rule_exists),
		cmocka_unit_test(french_rows_hold),
		cmocka_unit_test(english_rows_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
