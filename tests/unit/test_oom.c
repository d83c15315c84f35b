/* Every allocation of ours fails, the n-th for every n: once, and then for good. The answer is
 * PARAPH_MEMORY or a whole result, never a crash and never a leak. */
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

static const char text[] =
	"Lettre datée du 3 mars 2021, adressée au Secrétaire  général\n"
	"\n"
	"J’ai l’honneur de vous faire tenir ci -joint le texte de l ’accord, que les deux\n"
	"parties ont signé dans l e cadre de la résolution 2255 (2015) et du documment.\n"
	"\n"
	"La Mission d’assistance des Nations Unies en Afghanistan et l’UNAMA.\n"
	"\n"
	"The  Secretary -General of the United Nations has the honour to to refer to t he "
	"note on the agrement. paraph: ignore spacing/ \u2014 as it came\n";

/* The same kind of text in another encoding: « l ’été  là », UTF-16LE with its mark. */
static const char wide[] = "\xFF\xFEl\0 \0\x19\x20\xE9\0t\0\xE9\0 \0 \0l\0\xE0\0";

static paraph_status
ignore_term(void *user, const paraph_term *term)
{
	(void)user;
	(void)term;
	return PARAPH_OK;
}

static paraph_status
ignore_bytes(void *user, const char *bytes, size_t n)
{
	(void)user;
	(void)bytes;
	(void)n;
	return PARAPH_OK;
}

static paraph_status
report_in(paraph_engine *engine, const paraph_result *result, const char *format,
	paraph_status (*put)(void *user, const char *bytes, size_t n), void *user)
{
	paraph_report_options options = { .format = format, .write = put, .user = user };
	paraph_report *report;
	paraph_status s = paraph_report_open(&report, engine, &options, NULL, 0);

	if (s != PARAPH_OK)
		return s;
	s = paraph_report_add(report, result);
	paraph_status closed = paraph_report_close(report);
	return s != PARAPH_OK ? s : closed;
}

static paraph_status
tell(paraph_engine *engine, paraph_session *session, const paraph_result *result)
{
	paraph_status s = paraph_result_terms(session, result, ignore_term, NULL);

	if (s == PARAPH_OK)
		s = report_in(engine, result, "text", ignore_bytes, NULL);
	if (s == PARAPH_OK)
		s = report_in(engine, result, "json", ignore_bytes, NULL);
	return s;
}

static paraph_status
check_and_use(paraph_engine *engine, paraph_session *session, paraph_text bytes)
{
	paraph_result *result;
	size_t n, applied;
	char *fixed;
	paraph_status s = paraph_check(session, "x.txt", bytes, &result);

	if (s != PARAPH_OK)
		return s;
	assert_true(paraph_result_count(result) > 0);
	s = tell(engine, session, result);
	if (s == PARAPH_OK)
		s = paraph_result_fix(session, result, true, &fixed, &n, &applied);
	if (s == PARAPH_OK)
		paraph_bytes_free(session, fixed);
	paraph_result_free(result);
	return s;
}

static paraph_status
check_all(paraph_engine *engine)
{
	paraph_session *session;
	paraph_status s = paraph_session_open(&session, engine);

	if (s != PARAPH_OK)
		return s;
	s = check_and_use(engine, session, (paraph_text){ text, sizeof(text) - 1 });
	if (s == PARAPH_OK)
		s = check_and_use(engine, session, (paraph_text){ wide, sizeof(wide) - 1 });
	paraph_session_close(session);
	return s;
}

static char glossary[] = "/tmp/paraph-oom-XXXXXX.tsv", words[] = "/tmp/paraph-oom-XXXXXX.txt";
static char rules[] = "/tmp/paraph-oom-XXXXXX.yml";
static char project[] = "/tmp/paraph-oom-XXXXXX.yml";

static int
write_file(char *path, const char *content)
{
	int fd = mkstemps(path, 4);
	size_t n = strlen(content);

	if (fd < 0 || write(fd, content, n) != (ssize_t)n)
		return -1;
	return close(fd);
}

static int
write_files(void **state)
{
	(void)state;
	return write_file(glossary,
		       "concept\ten\tfr\tfr_deprecated\tsource\n"
		       "note\tcovering note\tnote de couverture\tnote liminaire\tours\n") |
	       write_file(words, "# ours\nxyzzyq\nplugh\n") |
	       write_file(project, "profile: un-fr-press\n"
				   "rules: {spacing/double: warning}\n"
				   "ignore: [{text: nothing, path: '*.txt'}]\n"
				   "paths: [{match: x.txt, rules: {our/: info}}]\n") |
	       write_file(rules,
		       "rules:\n"
		       "- {id: our/word, message: ours, replace: {letter: note}}\n"
		       "- {id: our/form, message: ours, either: [[note, letter]]}\n"
		       "- {id: our/year, message: ours, pattern: '(\\d+) 2', suggest: "
		       "$1}\n"
		       "- {id: our/if, message: ours, if: note, then: xyzzy, scope: "
		       "document}\n");
}

static int
remove_files(void **state)
{
	(void)state;
	return unlink(glossary) | unlink(words) | unlink(rules) | unlink(project);
}

static paraph_status
run(faults *f)
{
	const char *termbases[] = { glossary, NULL }, *lists[] = { words, NULL };
	const char *files[] = { rules, NULL };
	paraph_options options = { .memory = { faulty_alloc, faulty_free, f },
		.termbases = termbases,
		.words = lists,
		.rules = files,
		.settings = project,
		.profile = "fr-CA,un-en-resolution" };
	paraph_engine *engine;
	paraph_status s = paraph_engine_open(&engine, &options, NULL, 0);

	if (s != PARAPH_OK) {
		assert_null(engine);
		return s;
	}
	s = check_all(engine);
	paraph_engine_close(engine);
	return s;
}

static void
fail_each(bool for_good)
{
	faults count = { .left = -1 };

	assert_int_equal(run(&count), PARAPH_OK);
	assert_int_equal(count.live, 0);
	assert_true(count.made > 20);
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

typedef struct written {
	char bytes[32768];
	size_t n;
} written;

static paraph_status
keep_bytes(void *user, const char *bytes, size_t n)
{
	written *w = user;

	assert_true(n <= sizeof(w->bytes) - w->n);
	memcpy(w->bytes + w->n, bytes, n);
	w->n += n;
	return PARAPH_OK;
}

/* Each allocation of a report fails once: it says so, or nothing is missing. */
static void
report_each(faults *f, paraph_engine *engine, const paraph_result *result, const char *format)
{
	static written whole, w;
	long before = f->made;

	whole.n = 0;
	assert_int_equal(report_in(engine, result, format, keep_bytes, &whole), PARAPH_OK);
	long made = f->made - before;
	for (long n = 0; n < made; n++) {
		f->left = n;
		w.n = 0;
		paraph_status s = report_in(engine, result, format, keep_bytes, &w);
		f->left = -1;
		if (s == PARAPH_OK &&
			(w.n != whole.n || memcmp(w.bytes, whole.bytes, w.n) != 0))
			fail_msg("%s, allocation %ld: not all is told", format, n);
	}
}

static void
reports_are_whole(void **state)
{
	faults f = { .left = -1 };
	paraph_options options = { .memory = { faulty_alloc, faulty_free, &f } };
	paraph_engine *engine;
	paraph_session *session;
	paraph_result *result;
	const char *format;

	(void)state;
	assert_int_equal(paraph_engine_open(&engine, &options, NULL, 0), PARAPH_OK);
	assert_int_equal(paraph_session_open(&session, engine), PARAPH_OK);
	assert_int_equal(
		paraph_check(session, "x.md", (paraph_text){ text, sizeof(text) - 1 }, &result),
		PARAPH_OK);
	for (size_t i = 0; (format = paraph_report_format(i, PARAPH_LANGUAGE_EN, NULL)) != NULL;
		i++)
		report_each(&f, engine, result, format);
	paraph_result_free(result);
	paraph_session_close(session);
	paraph_engine_close(engine);
	assert_int_equal(f.live, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reports_are_whole),
		cmocka_unit_test(each_allocation_fails_once),
		cmocka_unit_test(each_allocation_fails_for_good),
	};

	return cmocka_run_group_tests(tests, write_files, remove_files);
}
