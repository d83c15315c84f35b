/* Translation memories through the public API: units added one by one. */
#include <unistd.h>

#include "tests/unit/api.h"

#define TEXT(s) \
	{ \
		s, sizeof(s) - 1 \
	}

static const paraph_tm_unit unit = { .source = TEXT("The Committee considered 12 reports."),
	.target = TEXT("Le Comité a examiné 12 rapports."),
	.source_language = TEXT("en"),
	.target_language = TEXT("fr"),
	.document = TEXT("A/1"),
	.author = TEXT("somebody") };

static paraph_tm *
open_memory(const char *path, bool write)
{
	paraph_tm_options o = { .path = path, .write = write };
	char message[512] = "";
	paraph_tm *tm;

	if (paraph_tm_open(&tm, &o, message, sizeof(message)) != PARAPH_OK)
		fail_msg("%s", message);
	return tm;
}

static paraph_status
note_match(void *user, const paraph_tm_match *m)
{
	char *out = user;

	snprintf(out, 256, "%d %.*s %.*s", m->score, (int)m->proposed.n, m->proposed.p,
		(int)m->unit.author.n, m->unit.author.p);
	return PARAPH_OK;
}

static void
a_unit_is_kept_when_it_was_added(void **state)
{
	char path[] = "/tmp/paraph-memory-XXXXXX", found[256] = "";
	int file = mkstemp(path);
	bool added;

	(void)state;
	assert_true(file >= 0);
	close(file);
	paraph_tm *tm = open_memory(path, true), *reader = open_memory(path, false);
	assert_int_equal(paraph_tm_add(tm, &unit, &added), PARAPH_OK);
	assert_true(added);
	assert_int_equal(paraph_tm_add(tm, &unit, &added), PARAPH_OK);
	assert_false(added);
	/* Another program reads it while this one may write more. */
	paraph_tm_query q = { .text = TEXT("The Committee considered 14 reports."),
		.threshold = 7000,
		.most = 1 };
	assert_int_equal(paraph_tm_find(reader, &q, note_match, found), PARAPH_OK);
	assert_string_equal(found, "10000 Le Comité a examiné 14 rapports. somebody");
	paraph_tm_close(reader);
	paraph_tm_close(tm);
	remove(path);
}

static void
what_is_no_unit_is_refused(void **state)
{
	char path[] = "/tmp/paraph-memory-XXXXXX";
	int file = mkstemp(path);
	paraph_tm_stats stats;
	bool added;

	(void)state;
	assert_true(file >= 0);
	close(file);
	paraph_tm *tm = open_memory(path, true);
	paraph_tm_unit bad = unit;
	bad.target_language = (paraph_text)TEXT("");
	assert_int_equal(paraph_tm_add(tm, &bad, &added), PARAPH_USAGE);
	assert_true(strlen(paraph_tm_message(tm)) > 0);
	bad = unit;
	bad.target = (paraph_text)TEXT("\xC3");
	assert_int_equal(paraph_tm_add(tm, &bad, &added), PARAPH_FORMAT);
	assert_false(added);
	assert_int_equal(paraph_tm_count(tm, &stats, NULL, NULL), PARAPH_OK);
	assert_int_equal(stats.units, 0);
	paraph_tm_close(tm);
	remove(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_unit_is_kept_when_it_was_added),
		cmocka_unit_test(what_is_no_unit_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
