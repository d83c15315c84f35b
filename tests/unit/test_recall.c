/* The cache of findings never changes a result: cold, warm, with other settings, glossaries or
 * options, with a damaged entry, with an entry of another document, and with eight programs at
 * once. That it is used at all is shown by an entry that was forged. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "tests/unit/api.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/slice.h"
#include "tests/unit/files.h"

#define LETTER \
	"Le rapport de l ’Union est joint.  Il a été remis le 31 février 2018 au Conseil " \
	"des révisions, qui s’est réuni avec Kairat.\n\nLes membre de la MINUSS et de UNAMA " \
	"l’ont approuvé , sans débat.\n"
#define REPORT_MAX 65536
#define HEADER_BYTES (12 * 8) /* engine/recall.c */

typedef struct place {
	char folder[64], cache[96], document[96], settings[96], words[96], terms[96];
} place;

static void
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static int
begin(void **state)
{
	static place p;

	p = (place){ .folder = "/tmp/paraph-recall-XXXXXX" };
	if (mkdtemp(p.folder) == NULL)
		return -1;
	snprintf(p.cache, sizeof(p.cache), "%s/cache/deep", p.folder);
	snprintf(p.document, sizeof(p.document), "%s/letter.txt", p.folder);
	snprintf(p.settings, sizeof(p.settings), "%s/paraph.yaml", p.folder);
	snprintf(p.words, sizeof(p.words), "%s/words.txt", p.folder);
	snprintf(p.terms, sizeof(p.terms), "%s/terms.tsv", p.folder);
	write_file(p.document, LETTER);
	*state = &p;
	return 0;
}

static int
end(void **state)
{
	const place *p = *state;
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", p->folder);
	return system(command);
}

/* --- reports --- */

typedef struct text {
	char at[REPORT_MAX];
	size_t n;
} text;

static paraph_status
append(void *user, const char *bytes, size_t n)
{
	text *t = user;

	assert_true(t->n + n < REPORT_MAX);
	memcpy(t->at + t->n, bytes, n);
	t->n += n;
	t->at[t->n] = '\0';
	return PARAPH_OK;
}

/* Everything that a report for programs says of the document. */
static text
report(const place *p, paraph_options options, bool cached)
{
	text t = { .n = 0 };
	paraph_result *r;
	paraph_report *written;

	options.find_settings = true;
	options.cache_folder = cached ? p->cache : NULL;
	api a = api_open(options);
	paraph_report_options how = { .format = "json", .write = append, .user = &t };
	if (paraph_check_file(a.session, p->document, &r) != PARAPH_OK)
		fail_msg("%s", paraph_session_message(a.session));
	assert_int_equal(paraph_report_open(&written, a.engine, &how, NULL, 0), PARAPH_OK);
	assert_int_equal(paraph_report_add(written, r), PARAPH_OK);
	assert_int_equal(paraph_report_close(written), PARAPH_OK);
	paraph_result_free(r);
	api_close(&a);
	return t;
}

/* Twice with the cache, cold or not, and without: all the same. */
static text
agree(const place *p, paraph_options options)
{
	text without = report(p, options, false), first = report(p, options, true),
	     second = report(p, options, true);

	assert_string_equal(without.at, first.at);
	assert_string_equal(without.at, second.at);
	return without;
}

static void
assert_differ(const text *a, const text *b)
{
	assert_string_not_equal(a->at, b->at);
}

/* --- what is kept --- */

static char entry_path[2048];
static size_t entries;

static void
note_entry(const char *path)
{
	snprintf(entry_path, sizeof(entry_path), "%s", path);
	entries++;
}

static size_t
count_entries(const place *p)
{
	entries = 0;
	each_file_below(p->cache, "", note_entry);
	return entries;
}

static size_t
read_entry(char *out, size_t size)
{
	FILE *f = fopen(entry_path, "rb");

	assert_non_null(f);
	size_t n = fread(out, 1, size, f);
	fclose(f);
	assert_true(n > HEADER_BYTES && n < size);
	return n;
}

static void
write_entry(const char *bytes, size_t n)
{
	FILE *f = fopen(entry_path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	fclose(f);
}

static void
only_entry(const place *p)
{
	char mark[160];

	snprintf(mark, sizeof(mark), "%s/looked-through", p->cache);
	unlink(mark);
	assert_int_equal(count_entries(p), 1);
}

/* --- tests --- */

static void
cold_and_warm_are_the_same(void **state)
{
	const place *p = *state;
	text t = agree(p, (paraph_options){ 0 });

	assert_non_null(strstr(t.at, "spacing/apostrophe"));
	assert_non_null(strstr(t.at, "date/impossible"));
	only_entry(p);
	assert_non_null(
		strstr(agree(p, (paraph_options){ .ui = PARAPH_LANGUAGE_FR }).at, "espace"));
}

/* A forged entry, with the right checksum, is believed: so the cache is used. */
static void
an_entry_is_used(void **state)
{
	const place *p = *state;
	char bytes[REPORT_MAX];
	text t = report(p, (paraph_options){ 0 }, true);

	only_entry(p);
	size_t n = read_entry(bytes, sizeof(bytes));
	char *at = NULL;
	for (size_t i = HEADER_BYTES; i + 10 < n && at == NULL; i++)
		if (memcmp(bytes + i, "apostrophe", 10) == 0 && bytes[i - 1] == ' ')
			at = bytes + i;
	assert_non_null(at);
	memcpy(at, "APOSTROPHE", 10);
	uint64_t sum = slice_hash((slice){ bytes + HEADER_BYTES, n - HEADER_BYTES });
	memcpy(bytes + HEADER_BYTES - 8, &sum, sizeof(sum));
	write_entry(bytes, n);
	text forged = report(p, (paraph_options){ 0 }, true);
	assert_differ(&t, &forged);
	assert_non_null(strstr(forged.at, "APOSTROPHE"));
}

/* Cut short at every tenth byte, or one byte changed, or another thing: looked at anew. */
static void
a_damaged_entry_is_none(void **state)
{
	const place *p = *state;
	char bytes[REPORT_MAX];
	text t = report(p, (paraph_options){ 0 }, true);

	only_entry(p);
	size_t n = read_entry(bytes, sizeof(bytes));
	for (size_t i = 0; i < n; i += 1 + n / 40) {
		write_entry(bytes, i);
		assert_string_equal(report(p, (paraph_options){ 0 }, true).at, t.at);
		bytes[i] ^= 0x20;
		write_entry(bytes, n);
		assert_string_equal(report(p, (paraph_options){ 0 }, true).at, t.at);
		bytes[i] ^= 0x20;
	}
	unlink(entry_path);
	assert_int_equal(mkdir(entry_path, 0700), 0);
	assert_string_equal(report(p, (paraph_options){ 0 }, true).at, t.at);
}

static void
another_document_under_the_name_is_another(void **state)
{
	const place *p = *state;
	text t = agree(p, (paraph_options){ 0 });

	write_file(p->document, "Le texte de l ’accord.\n");
	text other = agree(p, (paraph_options){ 0 });
	assert_differ(&t, &other);
	write_file(p->document, LETTER);
	assert_string_equal(agree(p, (paraph_options){ 0 }).at, t.at);
}

static void
other_settings_are_seen(void **state)
{
	const place *p = *state;
	text t = agree(p, (paraph_options){ 0 });

	write_file(p->settings, "rules: { spacing/apostrophe: off }\n");
	text without = agree(p, (paraph_options){ 0 });
	assert_null(strstr(without.at, "spacing/apostrophe"));
	write_file(p->settings, "paths: [{ match: letter.txt, rules: { spacing/: off } }]\n");
	text paths = agree(p, (paraph_options){ 0 });
	assert_null(strstr(paths.at, "spacing/"));
	write_file(p->settings, "ignore: [{ text: l ’Union }]\n");
	assert_string_not_equal(agree(p, (paraph_options){ 0 }).at, t.at);
	unlink(p->settings);
	assert_string_equal(agree(p, (paraph_options){ 0 }).at, t.at);
}

static void
other_words_are_seen(void **state)
{
	const place *p = *state;
	const char *words[] = { p->words, NULL };
	paraph_options options = { .words = words, .profile = NULL };

	write_file(p->document, "Nous remercions le brogneur de son exposé très clair.\n");
	write_file(p->words, "zzz\n");
	text unknown = agree(p, options);
	assert_non_null(strstr(unknown.at, "spelling/unknown"));
	write_file(p->words, "brogneur\n");
	text known = agree(p, options);
	assert_null(strstr(known.at, "spelling/unknown"));
	/* … and so they are when the settings name them. */
	write_file(p->settings, "words: words.txt\n");
	assert_null(strstr(agree(p, (paraph_options){ 0 }).at, "spelling/unknown"));
	write_file(p->words, "zzz\n");
	assert_non_null(strstr(agree(p, (paraph_options){ 0 }).at, "spelling/unknown"));
}

static void
another_glossary_is_seen(void **state)
{
	const place *p = *state;
	const char *bases[] = { p->terms, NULL };
	paraph_options options = { .termbases = bases };

	write_file(p->document, "Le bureau des révisions s’est réuni hier.\n");
	write_file(p->terms, "concept\tfr\tfr_deprecated\nx\tComité des révisions\t\n");
	text silent = agree(p, options);
	assert_null(strstr(silent.at, "term/deprecated"));
	write_file(p->terms,
		"concept\tfr\tfr_deprecated\nx\tComité des révisions\tbureau des révisions\n");
	text told = agree(p, options);
	assert_non_null(strstr(told.at, "term/deprecated"));
	write_file(p->settings, "termbases: terms.tsv\n");
	assert_non_null(strstr(agree(p, (paraph_options){ 0 }).at, "term/deprecated"));
	write_file(p->terms, "concept\tfr\tfr_deprecated\nx\tComité des révisions\t\n");
	assert_null(strstr(agree(p, (paraph_options){ 0 }).at, "term/deprecated"));
}

static void
other_options_are_seen(void **state)
{
	const place *p = *state;
	const char *only[] = { "date/", NULL };

	text all = agree(p, (paraph_options){ 0 });
	text dates = agree(p, (paraph_options){ .only = only });
	assert_differ(&all, &dates);
	text english = agree(p, (paraph_options){ .language = PARAPH_LANGUAGE_EN });
	assert_differ(&all, &english);
	text press = agree(p, (paraph_options){ .profile = "un-fr-press" });
	assert_differ(&all, &press);
}

/* Eight programs at once, beginning with no folder. */
static void
programs_do_not_disturb_each_other(void **state)
{
	const place *p = *state;
	text t = report(p, (paraph_options){ 0 }, false);

	for (int i = 0; i < 8; i++)
		if (fork() == 0) {
			for (int k = 0; k < 4; k++)
				if (strcmp(report(p, (paraph_options){ 0 }, true).at, t.at) !=
					0)
					_exit(1);
			_exit(0);
		}
	for (int i = 0; i < 8; i++) {
		int status;
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	only_entry(p);
}

/* Of a folder that has grown too large, what was used last stays. */
static void
the_folder_has_a_limit(void **state)
{
	const place *p = *state;
	paraph_options options = { .cache_folder = p->cache, .cache_bytes = 40960 };
	char name[32];
	api a = api_open(options);

	for (int i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), "%d.txt", i);
		paraph_result_free(api_check(&a, name, LETTER));
	}
	assert_int_equal(count_entries(p), 40);
	api_close(&a);
	assert_in_range(count_entries(p), 1, 11);
}

/* A folder that cannot be made does no harm. */
static void
no_folder_does_no_harm(void **state)
{
	place p = *(const place *)*state;
	text t = report(&p, (paraph_options){ 0 }, false);

	strcpy(p.cache, "/dev/null/below");
	assert_string_equal(report(&p, (paraph_options){ 0 }, true).at, t.at);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(cold_and_warm_are_the_same),
		TEST(an_entry_is_used),
		TEST(a_damaged_entry_is_none),
		TEST(another_document_under_the_name_is_another),
		TEST(other_settings_are_seen),
		TEST(other_words_are_seen),
		TEST(another_glossary_is_seen),
		TEST(other_options_are_seen),
		TEST(programs_do_not_disturb_each_other),
		TEST(the_folder_has_a_limit),
		TEST(no_folder_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
