/* The public API: what it finds, where it says it is, and what it answers when asked for what
 * does not exist. */
#include "tests/unit/api.h"

static const char letter[] = "Le texte de l ’accord est joint à la  présente lettre.\n"
			     "\n"
			     "Les États de l ’Asie centrale y sont parties.\n";

static void
findings_point_at_the_bytes(void **state)
{
	api a = api_open((paraph_options){ 0 });
	paraph_result *r = api_check(&a, "x.txt", letter);

	(void)state;
	assert_int_equal(paraph_result_count(r), 3);
	for (size_t i = 0; i < 3; i++) {
		paraph_finding f = paraph_result_finding(r, i);
		assert_int_equal(f.text.n, f.end - f.start);
		assert_memory_equal(f.text.p, letter + f.start, f.text.n);
		assert_true(f.suggestion_count > 0);
	}
	paraph_finding last = paraph_result_finding(r, 2);
	assert_string_equal(last.rule, "spacing/apostrophe");
	assert_text(last.text, "l ’Asie");
	assert_text(paraph_result_suggestion(r, 2, 0), "l’Asie");
	assert_int_equal(last.line, 3);
	assert_int_equal(last.column, 14);
	assert_int_equal(last.end_line, 3);
	assert_int_equal(last.end_column, 21);
	assert_int_equal(last.paragraph, 2);
	assert_int_equal(last.severity, PARAPH_ERROR);
	assert_int_equal(last.fix, PARAPH_FIX_SAFE);
	paraph_result_free(r);
	api_close(&a);
}

static void
a_result_tells_of_its_document(void **state)
{
	api a = api_open((paraph_options){ 0 });
	paraph_result *r = api_check(&a, "folder/x.txt", letter);

	(void)state;
	assert_text(paraph_result_path(r), "folder/x.txt");
	assert_string_equal(paraph_result_format(r), "txt");
	assert_string_equal(paraph_result_language(r), "fr");
	assert_string_equal(paraph_result_profile(r), "un-fr");
	assert_string_equal(paraph_result_encoding(r), "UTF-8");
	assert_true(paraph_result_words(r) > 10);
	paraph_result_free(r);
	r = api_check(
		&a, "x.txt", "The text of the agreement is annexed to the present letter.");
	assert_string_equal(paraph_result_profile(r), "un-en");
	assert_int_equal(paraph_result_count(r), 0);
	paraph_result_free(r);
	api_close(&a);
}

/* More than are copied. */
static void
many_findings_are_in_order_and_outlive_their_session(void **state)
{
	static const char line[] = "Le texte de l ’accord est joint à la  présente lettre.\n\n";
	enum { LINES = 3000 };
	api a = api_open((paraph_options){ 0 });
	char *text = malloc(LINES * (sizeof(line) - 1) + 1);

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < LINES; i++)
		memcpy(text + i * (sizeof(line) - 1), line, sizeof(line));
	paraph_result *first = api_check(&a, "x.txt", text);
	size_t n = paraph_result_count(first);
	assert_true(n >= 2 * LINES);
	paraph_result *second = api_check(&a, "y.txt", letter);
	paraph_result *third = api_check(&a, "x.txt", text);
	paraph_session_close(a.session);
	assert_int_equal(paraph_result_count(second), 3);
	assert_int_equal(paraph_result_count(third), n);
	for (size_t i = 0; i < n; i++) {
		paraph_finding f = paraph_result_finding(first, i);
		paraph_finding same = paraph_result_finding(third, i);
		assert_string_equal(f.rule, same.rule);
		assert_int_equal(f.start, same.start);
		assert_memory_equal(f.text.p, text + f.start, f.text.n);
		if (i > 0)
			assert_true(paraph_result_finding(first, i - 1).start <= f.start);
	}
	paraph_result_free(first);
	paraph_result_free(second);
	paraph_result_free(third);
	paraph_engine_close(a.engine);
	free(text);
}

static uint64_t
last_fingerprint(api *a, const char *path, const char *text)
{
	paraph_result *r = api_check(a, path, text);

	assert_true(paraph_result_count(r) > 0);
	uint64_t fingerprint = paraph_result_finding(r, paraph_result_count(r) - 1).fingerprint;
	paraph_result_free(r);
	return fingerprint;
}

static void
fingerprints_outlive_edits_elsewhere(void **state)
{
	static const char before[] = "Un autre paragraphe est venu avant.\n\n"
				     "Les États de l ’Asie centrale  y sont parties.\n";
	static const char same[] = "Les États de l ’Asie centrale y sont parties.\n";
	static const char other[] = "Les Parties de l ’Asie centrale y sont reconnues.\n";
	const char *apostrophes[] = { "spacing/apostrophe", NULL };
	api a = api_open((paraph_options){ .only = apostrophes });
	uint64_t first = last_fingerprint(&a, "x.txt", same);

	(void)state;
	assert_true(last_fingerprint(&a, "x.txt", before) == first);
	assert_true(last_fingerprint(&a, "./x.txt", same) == first);
	assert_false(last_fingerprint(&a, "y.txt", same) == first);
	assert_false(last_fingerprint(&a, "x.txt", other) == first);
	api_close(&a);
}

/* The same fault three times in the same words: three names, the first the one it has alone. */
static void
fingerprints_tell_copies_apart(void **state)
{
	static const char once[] = "Les États de l ’Asie centrale y sont parties.\n";
	static const char thrice[] = "Les États de l ’Asie centrale y sont parties.\n\n"
				     "Les États de l ’Asie centrale y sont parties.\n\n"
				     "Les États de l ’Asie centrale y sont parties.\n";
	api a = api_open((paraph_options){ 0 });
	paraph_result *r = api_check(&a, "x.txt", thrice);
	uint64_t names[3];

	(void)state;
	assert_int_equal(paraph_result_count(r), 3);
	for (size_t i = 0; i < 3; i++)
		names[i] = paraph_result_finding(r, i).fingerprint;
	assert_true(names[0] != names[1] && names[1] != names[2] && names[0] != names[2]);
	assert_true(names[0] == last_fingerprint(&a, "x.txt", once));
	assert_true(names[2] == last_fingerprint(&a, "x.txt", thrice));
	paraph_result_free(r);
	api_close(&a);
}

static bool
is_first(void *user, const paraph_finding *f)
{
	(void)user;
	return f->line == 1;
}

/* The second of two copies is the second, too, where the first was taken out before somebody
 * asked for its name. */
static void
fingerprints_are_those_of_all_that_was_found(void **state)
{
	static const char twice[] = "Les États de l ’Asie centrale y sont parties.\n\n"
				    "Les États de l ’Asie centrale y sont parties.\n";
	api a = api_open((paraph_options){ 0 });
	paraph_result *r = api_check(&a, "x.txt", twice);

	(void)state;
	assert_int_equal(paraph_result_omit(r, is_first, NULL), 1);
	assert_int_equal(paraph_result_count(r), 1);
	assert_true(paraph_result_finding(r, 0).fingerprint ==
		    last_fingerprint(&a, "x.txt", twice));
	paraph_result_free(r);
	api_close(&a);
}

static void
the_gravest_finding_counts(void **state)
{
	api a = api_open((paraph_options){ 0 });
	paraph_result *r = api_check(&a, "x.txt", letter);
	paraph_severity highest = (paraph_severity)0;

	(void)state;
	for (size_t i = 0; i < paraph_result_count(r); i++)
		if (paraph_result_finding(r, i).severity > highest)
			highest = paraph_result_finding(r, i).severity;
	assert_int_equal(paraph_result_highest(r), highest);
	assert_int_equal(highest, PARAPH_ERROR);
	paraph_result_free(r);
	r = api_check(&a, "x.txt", "Les États y sont parties.\n");
	assert_int_equal(paraph_result_count(r), 0);
	assert_int_equal(paraph_result_highest(r), 0);
	paraph_result_free(r);
	api_close(&a);
}

static void
rules_are_turned_on_and_off(void **state)
{
	const char *doubles[] = { "spacing/double", NULL };
	const char *family[] = { "spacing/", NULL };
	api a = api_open((paraph_options){ .only = doubles });
	paraph_result *r = api_check(&a, "x.txt", letter);

	(void)state;
	assert_int_equal(paraph_result_count(r), 1);
	assert_string_equal(paraph_result_finding(r, 0).rule, "spacing/double");
	paraph_result_free(r);
	api_close(&a);
	a = api_open((paraph_options){ .disable = family });
	r = api_check(&a, "x.txt", letter);
	assert_int_equal(paraph_result_count(r), 0);
	paraph_result_free(r);
	api_close(&a);
}

static void
refuse(paraph_options options, paraph_status wanted, const char *in_message)
{
	char message[512] = "";
	paraph_engine *engine;

	assert_int_equal(
		paraph_engine_open(&engine, &options, message, sizeof(message)), wanted);
	assert_null(engine);
	if (strstr(message, in_message) == NULL)
		fail_msg("no “%s” in “%s”", in_message, message);
}

static void
what_does_not_exist_is_said(void **state)
{
	const char *mistyped[] = { "spacing/doubel", NULL };
	const char *family[] = { "spcaing/", NULL };
	const char *nothing[] = { "zzzzzzzz", NULL };
	const char *missing[] = { "/nonexistent/words.tsv", NULL };

	(void)state;
	refuse((paraph_options){ .enable = mistyped }, PARAPH_USAGE,
		"did you mean “spacing/double”?");
	refuse((paraph_options){ .disable = family }, PARAPH_USAGE, "did you mean “spacing/”?");
	refuse((paraph_options){ .only = nothing }, PARAPH_USAGE, "paraph rules");
	refuse((paraph_options){ .only = nothing, .ui = PARAPH_LANGUAGE_FR }, PARAPH_USAGE,
		"il n’y a pas de règle");
	refuse((paraph_options){ .profile = "un-martian" }, PARAPH_USAGE, "un-martian");
	refuse((paraph_options){ .data_folder = "/nonexistent" }, PARAPH_NOT_FOUND,
		"/nonexistent");
	refuse((paraph_options){ .termbases = missing }, PARAPH_NOT_FOUND,
		"/nonexistent/words.tsv");
	refuse((paraph_options){ .words = missing }, PARAPH_NOT_FOUND,
		"/nonexistent/words.tsv");
}

static void
a_file_that_is_not_there_is_named(void **state)
{
	api a = api_open((paraph_options){ .ui = PARAPH_LANGUAGE_FR });
	paraph_result *r;

	(void)state;
	assert_int_equal(
		paraph_check_file(a.session, "/nonexistent/x.txt", &r), PARAPH_NOT_FOUND);
	assert_null(r);
	assert_non_null(strstr(paraph_session_message(a.session), "/nonexistent/x.txt"));
	assert_non_null(strstr(paraph_session_message(a.session), "n’existe pas"));
	api_close(&a);
}

static void
messages_are_in_the_language_asked_for(void **state)
{
	const char *doubles[] = { "spacing/double", NULL };
	api a = api_open((paraph_options){ .ui = PARAPH_LANGUAGE_FR, .only = doubles });
	paraph_result *r = api_check(&a, "x.txt", letter);

	(void)state;
	assert_text(paraph_result_finding(r, 0).message, "deux espaces de suite");
	paraph_result_free(r);
	api_close(&a);
}

typedef struct met {
	size_t n;
	bool council, mission;
} met;

static paraph_status
meet(void *user, const paraph_term *t)
{
	met *m = user;

	m->n++;
	m->council =
		m->council || (api_is(t->text, "Conseil de sécurité") &&
				      api_is(t->other, "Security Council") && t->line == 1 &&
				      t->column == 4 && api_is(t->status, "preferred"));
	m->mission = m->mission || (api_is(t->acronym, "MANUA") &&
					   api_is(t->other_acronym, "UNAMA") && t->line == 2);
	return PARAPH_OK;
}

static paraph_status
stop(void *user, const paraph_term *t)
{
	(void)t;
	++*(size_t *)user;
	return PARAPH_LIMIT;
}

static void
terms_are_told_in_order(void **state)
{
	static const char text[] = "Le Conseil de sécurité a entendu un exposé.\n"
				   "La MANUA y était représentée.\n";
	api a = api_open((paraph_options){ 0 });
	paraph_result *r = api_check(&a, "x.txt", text);
	met m = { 0 };
	size_t calls = 0;

	(void)state;
	assert_int_equal(paraph_result_terms(a.session, r, meet, &m), PARAPH_OK);
	assert_true(m.n >= 2);
	assert_true(m.council);
	assert_true(m.mission);
	assert_int_equal(paraph_result_terms(a.session, r, stop, &calls), PARAPH_LIMIT);
	assert_int_equal(calls, 1);
	paraph_result_free(r);
	api_close(&a);
}

/* The text (UTF-8 without a character past U+FFFF) in UTF-16LE with its mark. */
static size_t
widen(unsigned char *wide, const char *text)
{
	size_t n = 2;

	wide[0] = 0xFF;
	wide[1] = 0xFE;
	for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; n += 2) {
		unsigned c = *p++;
		if (c >= 0xE0) {
			c = (c & 0xFU) << 12 | (*p++ & 0x3FU) << 6;
			c |= *p++ & 0x3FU;
		} else if (c >= 0xC0)
			c = (c & 0x1FU) << 6 | (*p++ & 0x3FU);
		wide[n] = (unsigned char)c;
		wide[n + 1] = (unsigned char)(c >> 8);
	}
	return n;
}

/* "l ’A" on the second line of a file in an encoding of two bytes a character. */
static void
places_count_characters_in_any_encoding(void **state)
{
	static const char text[] = "Oui.\n\nLes États de l ’Asie centrale y sont parties.\n";
	unsigned char wide[2 + 2 * sizeof(text)];
	api a = api_open((paraph_options){ .language = PARAPH_LANGUAGE_FR });

	(void)state;
	paraph_result *r = api_check_bytes(&a, "x.txt", wide, widen(wide, text));
	assert_int_equal(paraph_result_count(r), 1);
	paraph_finding f = paraph_result_finding(r, 0);
	assert_text(f.text, "l ’Asie");
	assert_int_equal(f.line, 3);
	assert_int_equal(f.column, 14);
	assert_int_equal(f.start, 2 + 2 * (6 + 13));
	assert_int_equal(f.end, f.start + 2 * 7);
	paraph_result_free(r);
	api_close(&a);
}

static void
assert_texts(const paraph_result *r, const char *first, const char *second)
{
	assert_int_equal(paraph_result_count(r), 2);
	assert_text(paraph_result_finding(r, 0).text, first);
	assert_text(paraph_result_finding(r, 1).text, second);
}

/* Accents that combine and ends of lines are those of the file, whatever its encoding. */
static void
texts_are_what_the_bytes_say(void **state)
{
	static const char text[] =
		"La Bie\u0301lorussie et les autorités de la Corée\r\n"
		"du Sud ont répondu aux questions des membres du Conseil.\r\n";
	static const char western[] = "La Bi\xE9lorussie et les autorit\xE9s de la Cor\xE9"
				      "e\r\ndu Sud ont r\xE9pondu aux questions.\r\n";
	const char *only[] = { "term/deprecated", NULL };
	unsigned char wide[2 + 2 * sizeof(text)];
	api a = api_open((paraph_options){ .only = only });

	(void)state;
	paraph_result *r = api_check(&a, "x.txt", text);
	assert_texts(r, "La Bie\u0301lorussie", "Corée\r\ndu Sud");
	paraph_result_free(r);
	r = api_check_bytes(&a, "x.txt", wide, widen(wide, text));
	assert_texts(r, "La Bie\u0301lorussie", "Corée\r\ndu Sud");
	paraph_result_free(r);
	r = api_check(&a, "x.txt", western);
	assert_string_equal(paraph_result_encoding(r), "windows-1252");
	assert_texts(r, "La Biélorussie", "Corée\r\ndu Sud");
	paraph_result_free(r);
	api_close(&a);
}

static void
assert_language(api *a, const char *text, const char *language, size_t findings)
{
	paraph_result *r = api_check(a, "x.txt", text);

	if (strcmp(paraph_result_language(r), language) != 0 ||
		paraph_result_count(r) != findings)
		fail_msg("%s: %s, %zu findings", text, paraph_result_language(r),
			paraph_result_count(r));
	paraph_result_free(r);
}

/* Without a function word or a telling ending the dictionaries decide; names are no evidence.
 */
static void
a_short_text_is_in_the_language_of_its_words(void **state)
{
	api a = api_open((paraph_options){ 0 });

	(void)state;
	assert_language(&a, "Etats Membres.", "fr", 1);
	assert_language(&a, "Projet de texte", "fr", 0);
	assert_language(&a, "Whaling", "en", 0);
	assert_language(&a, "Kairat Umarov\nBerlin, Pristina\n", "unknown", 0);
	assert_language(&a, "Lashkar Jhangvi, Umarov, Hekmatyar, Membres", "unknown", 0);
	assert_language(&a, "12.3 % (2015)", "unknown", 0);
	assert_language(&a, "", "unknown", 0);
	api_close(&a);
}

static void
every_rule_can_be_found(void **state)
{
	char message[512] = "";
	size_t found;

	(void)state;
	assert_true(paraph_rule_count() > 0);
	for (size_t i = 0; i < paraph_rule_count(); i++) {
		paraph_rule r = paraph_rule_at(i, PARAPH_LANGUAGE_FR);
		assert_int_equal(paraph_rule_find(r.id, PARAPH_LANGUAGE_AUTO, &found, message,
					 sizeof(message)),
			PARAPH_OK);
		assert_int_equal(found, i);
	}
	assert_int_equal(paraph_rule_find("spacing/doubble", PARAPH_LANGUAGE_AUTO, &found,
				 message, sizeof(message)),
		PARAPH_NOT_FOUND);
	assert_non_null(strstr(message, "spacing/double"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(findings_point_at_the_bytes),
		cmocka_unit_test(a_result_tells_of_its_document),
		cmocka_unit_test(many_findings_are_in_order_and_outlive_their_session),
		cmocka_unit_test(fingerprints_outlive_edits_elsewhere),
		cmocka_unit_test(fingerprints_tell_copies_apart),
		cmocka_unit_test(fingerprints_are_those_of_all_that_was_found),
		cmocka_unit_test(the_gravest_finding_counts),
		cmocka_unit_test(rules_are_turned_on_and_off),
		cmocka_unit_test(what_does_not_exist_is_said),
		cmocka_unit_test(a_file_that_is_not_there_is_named),
		cmocka_unit_test(messages_are_in_the_language_asked_for),
		cmocka_unit_test(terms_are_told_in_order),
		cmocka_unit_test(places_count_characters_in_any_encoding),
		cmocka_unit_test(texts_are_what_the_bytes_say),
		cmocka_unit_test(a_short_text_is_in_the_language_of_its_words),
		cmocka_unit_test(every_rule_can_be_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
