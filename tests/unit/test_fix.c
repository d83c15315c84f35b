/* Corrections: applied twice they are the same as once, they touch nothing outside the
 * findings, and they are written in the encoding of the file. */
#include "tests/unit/api.h"

static char *
fix(api *a, const void *bytes, size_t n, bool unsafe, size_t *fixed_n, size_t *applied)
{
	paraph_result *r = api_check_bytes(a, "x.txt", bytes, n);
	char *fixed;

	if (paraph_result_fix(a->session, r, unsafe, &fixed, fixed_n, applied) != PARAPH_OK)
		fail_msg("%s", paraph_session_message(a->session));
	paraph_result_free(r);
	return fixed;
}

static void
expect(api *a, const char *text, const char *wanted, size_t corrections)
{
	size_t n, applied, again;
	char *fixed = fix(a, text, strlen(text), false, &n, &applied);

	assert_text(((paraph_text){ fixed, n }), wanted);
	assert_int_equal(applied, corrections);
	char *twice = fix(a, fixed, n, false, &n, &again);
	assert_text(((paraph_text){ twice, n }), wanted);
	assert_int_equal(again, 0);
	paraph_bytes_free(a->session, twice);
	paraph_bytes_free(a->session, fixed);
}

static void
safe_corrections_are_applied(void **state)
{
	api a = api_open((paraph_options){ 0 });

	(void)state;
	expect(&a, "Le texte de l ’accord est joint à la  présente lettre.\n",
		"Le texte de l’accord est joint à la présente lettre.\n", 2);
	expect(&a, "Rien n’est à corriger dans cette phrase.\n",
		"Rien n’est à corriger dans cette phrase.\n", 0);
	expect(&a, "", "", 0);
	api_close(&a);
}

/* One finding takes in the faults it touches, or the next round finds them. */
static void
faults_side_by_side_are_all_corrected(void **state)
{
	api a = api_open((paraph_options){ 0 });

	(void)state;
	expect(&a, "Le texte de l ’accord  joint à la note est celui de la Commission.\n",
		"Le texte de l’accord joint à la note est celui de la Commission.\n", 1);
	api_close(&a);
}

static void
corrections_that_want_review_wait(void **state)
{
	static const char text[] = "Le texte de la la présente lettre est joint à la note.\n";
	const char *repeated[] = { "grammar/repeated-word", NULL };
	api a = api_open((paraph_options){ .only = repeated });
	size_t n, applied;
	char *fixed = fix(&a, text, sizeof(text) - 1, false, &n, &applied);

	(void)state;
	assert_text(((paraph_text){ fixed, n }), text);
	assert_int_equal(applied, 0);
	paraph_bytes_free(a.session, fixed);
	fixed = fix(&a, text, sizeof(text) - 1, true, &n, &applied);
	assert_text(((paraph_text){ fixed, n }),
		"Le texte de la présente lettre est joint à la note.\n");
	assert_int_equal(applied, 1);
	paraph_bytes_free(a.session, fixed);
	api_close(&a);
}

/* Line ends, odd spaces, a byte order mark, decomposed accents: nobody asked about them. */
static void
other_bytes_stay_as_they_are(void **state)
{
	static const char text[] = "\xEF\xBB\xBFPremie\u0300re ligne\t.\r\n\r\n\r\n"
				   "Le texte de l ’accord\u00A0: e\u0301crit.\r\n   \r\nFin\f";
	const char *apostrophes[] = { "spacing/apostrophe", NULL };
	api a = api_open((paraph_options){ .only = apostrophes });
	paraph_result *r = api_check(&a, "x.txt", text);
	size_t n, applied;
	char *fixed;

	(void)state;
	assert_int_equal(paraph_result_count(r), 1);
	paraph_finding f = paraph_result_finding(r, 0);
	paraph_text with = paraph_result_suggestion(r, 0, 0);
	assert_int_equal(
		paraph_result_fix(a.session, r, false, &fixed, &n, &applied), PARAPH_OK);
	assert_int_equal(n, sizeof(text) - 1 - (f.end - f.start) + with.n);
	assert_memory_equal(fixed, text, f.start);
	assert_memory_equal(fixed + f.start, with.p, with.n);
	assert_memory_equal(fixed + f.start + with.n, text + f.end, sizeof(text) - 1 - f.end);
	paraph_bytes_free(a.session, fixed);
	paraph_result_free(r);
	api_close(&a);
}

static void
a_windows_file_stays_one(void **state)
{
	static const char text[] =
		"Le texte \xE9tabli \xE0 la  pr\xE9sente r\xE9union est joint.\n";
	api a = api_open((paraph_options){ 0 });
	size_t n, applied;
	char *fixed = fix(&a, text, sizeof(text) - 1, false, &n, &applied);

	(void)state;
	assert_int_equal(applied, 1);
	assert_text(((paraph_text){ fixed, n }),
		"Le texte \xE9tabli \xE0 la pr\xE9sente r\xE9union est joint.\n");
	paraph_bytes_free(a.session, fixed);
	api_close(&a);
}

static size_t
widen(unsigned char *out, const char *ascii, bool big)
{
	size_t n = 0;

	out[n++] = big ? 0xFE : 0xFF;
	out[n++] = big ? 0xFF : 0xFE;
	for (; *ascii != '\0'; ascii++) {
		out[n + (big ? 1 : 0)] = (unsigned char)*ascii;
		out[n + (big ? 0 : 1)] = 0;
		n += 2;
	}
	return n;
}

static void
a_utf16_file_stays_one(void **state)
{
	api a = api_open((paraph_options){ 0 });

	(void)state;
	for (int big = 0; big < 2; big++) {
		unsigned char text[512], wanted[512];
		size_t n = widen(text, "The text of the  agreement is annexed.\n", big);
		size_t wanted_n = widen(wanted, "The text of the agreement is annexed.\n", big);
		size_t fixed_n, applied;
		char *fixed = fix(&a, text, n, false, &fixed_n, &applied);
		assert_int_equal(applied, 1);
		assert_int_equal(fixed_n, wanted_n);
		assert_memory_equal(fixed, wanted, wanted_n);
		paraph_bytes_free(a.session, fixed);
	}
	api_close(&a);
}

/* What a person chose is corrected: another suggestion than the first, what wants review, and
 * nothing that was not chosen. */
static void
chosen_corrections_are_those_and_no_others(void **state)
{
	static const char text[] = "Le texte de l ’accord est jiont à la  note.\n";
	api a = api_open((paraph_options){ 0 });
	paraph_result *r = api_check(&a, "x.txt", text);
	size_t n, applied, unknown = SIZE_MAX;
	char *fixed;

	(void)state;
	for (size_t i = 0; i < paraph_result_count(r); i++)
		if (strcmp(paraph_result_finding(r, i).rule, "spelling/unknown") == 0)
			unknown = i;
	assert_true(unknown < paraph_result_count(r));
	assert_true(paraph_result_finding(r, unknown).suggestion_count > 1);
	assert_int_equal(paraph_result_choose(r, paraph_result_count(r), 0), PARAPH_USAGE);
	assert_int_equal(paraph_result_choose(r, unknown,
				 paraph_result_finding(r, unknown).suggestion_count),
		PARAPH_USAGE);
	paraph_text second = paraph_result_suggestion(r, unknown, 1);
	char wanted[sizeof(text) + 64];
	snprintf(wanted, sizeof(wanted), "Le texte de l ’accord est %.*s à la  note.\n",
		(int)second.n, second.p);
	assert_int_equal(paraph_result_choose(r, unknown, 1), PARAPH_OK);
	assert_int_equal(
		paraph_result_fix(a.session, r, false, &fixed, &n, &applied), PARAPH_OK);
	assert_text(((paraph_text){ fixed, n }), wanted);
	assert_int_equal(applied, 1);
	paraph_bytes_free(a.session, fixed);
	paraph_result_free(r);
	api_close(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(safe_corrections_are_applied),
		cmocka_unit_test(faults_side_by_side_are_all_corrected),
		cmocka_unit_test(corrections_that_want_review_wait),
		cmocka_unit_test(other_bytes_stay_as_they_are),
		cmocka_unit_test(a_windows_file_stays_one),
		cmocka_unit_test(a_utf16_file_stays_one),
		cmocka_unit_test(chosen_corrections_are_those_and_no_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
