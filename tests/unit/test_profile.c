/* Profiles: what is wrong with a file is told with its place, a profile takes over what it
 * extends, and each shipped profile can be read and says whose style it is. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "tests/unit/api.h"

#include <unistd.h>

#include "checker/profile.h"
#include "checker/rule.h"

static char folder[] = "/tmp/paraph-profile-XXXXXX";

static int
make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL;
}

static int
remove_folder(void **state)
{
	(void)state;
	return rmdir(folder);
}

/* Writes a file of that name and returns its path. */
static const char *
write_file(const char *name, const char *text)
{
	static char paths[4][128];
	static size_t next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return path;
}

static void
refuse(const char *text, const char *wanted)
{
	const char *path = write_file("p.yaml", text);
	char message[512] = "";
	paraph_engine *engine;
	paraph_options options = { .profile = path };

	assert_int_not_equal(
		paraph_engine_open(&engine, &options, message, sizeof(message)), PARAPH_OK);
	unlink(path);
	if (strncmp(message, path, strlen(path)) != 0 ||
		strcmp(message + strlen(path), wanted) != 0)
		fail_msg("“%s” instead of “%s”", message, wanted);
}

static void
faults_are_told_with_their_place(void **state)
{
	(void)state;
	refuse("extends: un-fr\nopttions:\n  per-cent: words\n",
		":2:1: there is no “opttions” here; did you mean “options”?");
	refuse("extends: un-fr\noptions:\n  per-cemt: words\n",
		":3:3: there is no “per-cemt” here; did you mean “per-cent”?");
	refuse("options: {per-cent: percent}\n",
		":1:21: “percent” is not a value of per-cent; these are: any, words, sign");
	refuse("rules:\n  spacing/doubel: off\n",
		":2:3: there is no “spacing/doubel” here; did you mean “spacing/double”?");
	refuse("rules:\n  spacing/double: loud\n",
		":2:19: “loud” is no level; these are: off, on, info, warning, error");
	refuse("rules: [spacing/double]\n",
		":1:8: a map (key: value) is expected here; found a list");
	refuse("rules: {}\nrules: {}\n", ":2:1: “rules” stands here twice; first on line 1");
	refuse("extends: un-fr\nlanguage: en\n",
		":2:11: a profile has the language of the one it extends, fr");
	refuse("options: &a {}\n", ":1:10: anchors, aliases and tags are not used here");
	refuse("extends: p.yaml\n", ":1:10: more than 8 profiles extend one another");
	refuse("options: {\n", ":2:1: this is not YAML: did not find expected node content");
}

static size_t
count_findings(const char *named, const char *text)
{
	api a = api_open((paraph_options){ .profile = named });
	paraph_result *r = api_check(&a, "x.txt", text);
	size_t n = paraph_result_count(r);

	paraph_result_free(r);
	api_close(&a);
	return n;
}

static const char letter[] = "Le texte de la présente  lettre est joint.\n";

static void
a_profile_takes_over_what_it_extends(void **state)
{
	(void)state;
	const char *house = write_file(
		"house.yaml", "extends: un-fr\nrules:\n  all: off\n  spacing/double: error\n");
	const char *ours = write_file("ours.yaml", "extends: ./house.yaml\n");
	const char *quiet =
		write_file("quiet.yaml", "extends: house.yaml\nrules:\n  spacing/: off\n");

	assert_int_equal(count_findings(NULL, letter), 1);
	assert_int_equal(count_findings(house, letter), 1);
	assert_int_equal(count_findings(ours, letter), 1);
	assert_int_equal(count_findings(quiet, letter), 0);
	api a = api_open((paraph_options){ .profile = ours });
	paraph_result *r = api_check(&a, "x.txt", letter);
	assert_int_equal(paraph_result_finding(r, 0).severity, PARAPH_ERROR);
	assert_string_equal(paraph_result_profile(r), ours);
	assert_string_equal(paraph_result_modifiers(r), "extracted-text");
	paraph_result_free(r);
	api_close(&a);
	unlink(house);
	unlink(ours);
	unlink(quiet);
}

static void
a_modifier_is_laid_over_both_languages(void **state)
{
	static const char english[] = "The text of the present  letter is annexed to it.\n";
	const char *path = write_file("mod.yaml", "rules:\n  spacing/double: off\n");
	char named[160];

	(void)state;
	assert_int_equal(count_findings(path, letter), 0);
	assert_int_equal(count_findings(path, english), 0);
	snprintf(named, sizeof(named), "fr-CA+%s", path);
	assert_int_equal(count_findings(named, letter), 0);
	assert_int_equal(count_findings(named, english), 1);
	unlink(path);
}

static void
shipped_profiles_can_be_read(void **state)
{
	static const char *const names[] = { "un-fr", "un-fr-resolution", "un-fr-press",
		"fao-fr", "eu-fr", "fr-CA", "un-en", "un-en-resolution", "extracted-text",
		NULL };
	const rule *rules[RULES_MAX];
	context c;
	arena a;

	(void)state;
	context_init(&c, &memory_libc);
	arena_init(&a, &memory_libc);
	for (size_t i = 0; i < rule_count(); i++)
		rules[i] = rule_at(i);
	profile_reader r = { &c, &a, "data/profiles", rules, rule_count() };
	for (size_t i = 0; names[i] != NULL; i++) {
		profile p;
		profile_init(&r, &p);
		if (profile_read(&r, slice_of(names[i]), &p) != STATUS_OK)
			fail_msg("%s", c.message);
		assert_true(p.source.n != 0);
		assert_string_equal(p.name.p, names[i]);
	}
	profile p;
	profile_init(&r, &p);
	assert_int_equal(profile_read(&r, SLICE("un-fr-resolution"), &p), STATUS_OK);
	assert_int_equal(p.per_cent, PER_CENT_WORDS);
	assert_int_equal(p.space_before_colon, SPACE_EITHER);
	arena_free(&a);
}

/* What a user may write is documented. */
static void
options_are_documented(void **state)
{
	char text[65536] = "", row[128];
	const char *name, *values;
	FILE *f = fopen("docs/PROFILES.md", "rb");

	(void)state;
	assert_non_null(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	fclose(f);
	for (size_t i = 0; (name = profile_option(i, &values)) != NULL; i++) {
		snprintf(row, sizeof(row), "\n| `%s`", name);
		for (char *c = row; *c != '\0'; c++)
			*c = *c == '_' ? '-' : *c;
		if (strstr(text, row) == NULL)
			fail_msg("docs/PROFILES.md does not tell of %s", name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_are_told_with_their_place),
		cmocka_unit_test(a_profile_takes_over_what_it_extends),
		cmocka_unit_test(a_modifier_is_laid_over_both_languages),
		cmocka_unit_test(shipped_profiles_can_be_read),
		cmocka_unit_test(options_are_documented),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
