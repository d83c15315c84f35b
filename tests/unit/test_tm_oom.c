/* Every allocation of a translation memory fails, the n-th for every n: once, and then for
 * good. The answer is PARAPH_MEMORY or a whole one, never a crash, a leak or a lost unit. */
#define _DEFAULT_SOURCE /* mkstemps */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "include/paraph.h"
#include "tests/unit/faults.h"

static const char tmx[] =
	"<tmx version='1.4'><header srclang='en'/><body>"
	"<tu tuid='1' creationid='ana'><prop type='x-document'>A/1</prop><note>n</note>"
	"<tuv xml:lang='en'><seg>The <bpt i='1'>b</bpt>Council<ept i='1'/> met on 2 January "
	"2018 in Geneva.</seg></tuv><tuv xml:lang='fr'><seg>Le Conseil s’est réuni à Genève "
	"le 2 janvier 2018.</seg></tuv></tu>"
	"<tu><tuv xml:lang='en'><seg>The Council met again.</seg></tuv><tuv xml:lang='fr'>"
	"<seg>Le Conseil s’est à nouveau réuni.</seg></tuv></tu>"
	"<tu><tuv xml:lang='en'><seg>The Council met again.</seg></tuv><tuv xml:lang='fr'>"
	"<seg>Autre chose.</seg></tuv></tu></body></tmx>";

static char source[] = "/tmp/paraph-oom-XXXXXX.tmx", store[] = "/tmp/paraph-oom-XXXXXX.ptm";

static void
remove_store(void)
{
	char path[64];

	unlink(store);
	snprintf(path, sizeof(path), "%s-wal", store);
	unlink(path);
	snprintf(path, sizeof(path), "%s-shm", store);
	unlink(path);
}

static int
write_file(void **state)
{
	int fd = mkstemps(source, 4);

	(void)state;
	if (fd < 0 || write(fd, tmx, sizeof(tmx) - 1) != (ssize_t)(sizeof(tmx) - 1))
		return -1;
	close(fd);
	fd = mkstemps(store, 4);
	return fd < 0 ? -1 : close(fd);
}

static int
remove_files(void **state)
{
	(void)state;
	remove_store();
	return unlink(source);
}

static paraph_status
ignore_match(void *user, const paraph_tm_match *m)
{
	++*(int *)user;
	return m->score > 0 ? PARAPH_OK : PARAPH_USAGE;
}

static paraph_status
ignore_occurrence(void *user, const paraph_tm_occurrence *o)
{
	(void)user;
	return o->mark_count > 0 ? PARAPH_OK : PARAPH_USAGE;
}

static paraph_status
ignore_step(void *user, paraph_change change, paraph_text a, paraph_text b)
{
	(void)user;
	return change == PARAPH_CHANGE_NONE || a.n + b.n > 0 ? PARAPH_OK : PARAPH_USAGE;
}

static paraph_status
ignore_bytes(void *user, const char *bytes, size_t n)
{
	(void)user;
	(void)bytes;
	return n > 0 ? PARAPH_OK : PARAPH_USAGE;
}

static paraph_status
ignore_conflict(void *user, bool first, const paraph_tm_unit *u)
{
	(void)user;
	(void)first;
	return u->source.n > 0 ? PARAPH_OK : PARAPH_USAGE;
}

static paraph_status
use(paraph_tm *tm)
{
	static const char text[] = "The Council met on 3 March 2019 in Geneva.";
	paraph_tm_import import = { .path = source };
	paraph_tm_query query = { .text = { text, sizeof(text) - 1 },
		.previous = { "x", 1 },
		.threshold = 5000,
		.most = 3 };
	paraph_tm_filter filter = { 0 };
	paraph_tm_duplicates twice;
	paraph_tm_counts counts;
	uint64_t units, lost;
	bool mended;
	size_t total;
	int matches = 0;
	paraph_status s = paraph_tm_import_file(tm, &import, &counts);

	if (s == PARAPH_OK)
		s = paraph_tm_find(tm, &query, ignore_match, &matches);
	if (s == PARAPH_OK)
		assert_true(matches > 0);
	if (s == PARAPH_OK)
		s = paraph_tm_difference(
			tm, query.text, (paraph_text){ "The Council", 11 }, ignore_step, NULL);
	if (s == PARAPH_OK)
		s = paraph_tm_concordance(tm, (paraph_text){ "council met", 11 }, false, NULL,
			5, ignore_occurrence, NULL, &total);
	if (s == PARAPH_OK)
		s = paraph_tm_export(tm, &filter, "tmx", ignore_bytes, NULL, &units, &lost);
	if (s == PARAPH_OK)
		s = paraph_tm_dedupe(tm, true, ignore_conflict, NULL, &twice);
	return s == PARAPH_OK ? paraph_tm_repair(tm, &mended) : s;
}

static paraph_status
run(faults *f)
{
	paraph_tm_options options = {
		.memory = { faulty_alloc, faulty_free, f }, .path = store, .write = true
	};
	paraph_tm *tm;

	remove_store();
	paraph_status s = paraph_tm_open(&tm, &options, NULL, 0);
	if (s != PARAPH_OK) {
		assert_null(tm);
		return s;
	}
	s = use(tm);
	paraph_tm_close(tm);
	return s;
}

static void
fail_each(bool for_good)
{
	faults count = { .left = -1 };

	assert_int_equal(run(&count), PARAPH_OK);
	assert_int_equal(count.live, 0);
	assert_true(count.made > 50);
	for (long n = 0; n < count.made; n++) {
		faults f = { .left = n, .for_good = for_good };
		paraph_status s = run(&f);
		if (s != PARAPH_OK && s != PARAPH_MEMORY)
			fail_msg("allocation %ld: status %d", n, (int)s);
		if (for_good && s == PARAPH_OK)
			fail_msg("allocation %ld: nothing failed", n);
		if (f.live != 0)
			fail_msg("allocation %ld: %ld blocks leak", n, f.live);
	}
	print_message("%ld allocations, each failed %s\n", count.made,
		for_good ? "for good" : "once");
}

static void
each_allocation_fails_once(void **state)
{
	(void)state;
	fail_each(false);
}

static void
each_allocation_fails_for_good(void **state)
{
	(void)state;
	fail_each(true);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_allocation_fails_once),
		cmocka_unit_test(each_allocation_fails_for_good),
	};

	return cmocka_run_group_tests(tests, write_file, remove_files);
}
