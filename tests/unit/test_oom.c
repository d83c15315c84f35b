/* Every allocation of ours fails, the n-th for every n: once, and then for good. The answer is
 * PARAPH_MEMORY or a whole result, never a crash and never a leak. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "include/paraph.h"

static const char text[] =
	"Lettre datée du 3 mars 2021, adressée au Secrétaire  général\n"
	"\n"
	"J’ai l’honneur de vous faire tenir ci -joint le texte de l ’accord, que les deux\n"
	"parties ont signé dans l e cadre de la résolution 2255 (2015).\n"
	"\n"
	"The  Secretary -General of the United Nations has the honour to to refer to t he "
	"note.\n";

typedef struct faults {
	long left; /* allocations until the failure; negative: never */
	long live, made;
	bool for_good;
} faults;

static void *
faulty_alloc(void *user, size_t bytes)
{
	faults *f = user;

	f->made++;
	if (f->left == 0) {
		if (!f->for_good)
			f->left = -1;
		return NULL;
	}
	if (f->left > 0)
		f->left--;
	void *p = malloc(bytes);
	f->live += p != NULL;
	return p;
}

static void
faulty_free(void *user, void *p)
{
	faults *f = user;

	f->live -= p != NULL;
	free(p);
}

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
report_in(paraph_engine *engine, const paraph_result *result, const char *format)
{
	paraph_report_options options = { .format = format, .write = ignore_bytes };
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
		s = report_in(engine, result, "text");
	if (s == PARAPH_OK)
		s = report_in(engine, result, "json");
	return s;
}

static paraph_status
check_and_fix(paraph_engine *engine)
{
	paraph_session *session;
	paraph_result *result;
	char *fixed;
	size_t n, applied;
	paraph_status s = paraph_session_open(&session, engine);

	if (s != PARAPH_OK)
		return s;
	s = paraph_check(session, "x.txt", (paraph_text){ text, sizeof(text) - 1 }, &result);
	if (s == PARAPH_OK) {
		assert_true(paraph_result_count(result) > 0);
		s = tell(engine, session, result);
		if (s == PARAPH_OK)
			s = paraph_result_fix(session, result, true, &fixed, &n, &applied);
		if (s == PARAPH_OK)
			paraph_bytes_free(session, fixed);
		paraph_result_free(result);
	}
	paraph_session_close(session);
	return s;
}

static paraph_status
run(faults *f)
{
	paraph_options options = { .memory = { faulty_alloc, faulty_free, f } };
	paraph_engine *engine;
	paraph_status s = paraph_engine_open(&engine, &options, NULL, 0);

	if (s != PARAPH_OK) {
		assert_null(engine);
		return s;
	}
	s = check_and_fix(engine);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_allocation_fails_once),
		cmocka_unit_test(each_allocation_fails_for_good),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
