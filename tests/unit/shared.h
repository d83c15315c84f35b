/* Tests of a store that are run on every engine: on SQLite first, then the program runs itself
 * again beside a PostgreSQL server (tests/unit/postgres.h). */
#ifndef TESTS_UNIT_SHARED_H
#define TESTS_UNIT_SHARED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/postgres_schema.h"
#include "termbase/postgres_schema.h"
#include "tests/unit/postgres.h"

static inline bool
shared_is_tested(void)
{
	return getenv("PARAPH_POSTGRES") != NULL;
}

/* The tables of a termbase in the server's database, with nothing in them. */
static inline void
shared_make_store(char *out, size_t size)
{
	const postgres_part *const parts[] = { &store_postgres_part, NULL };
	postgres_made made;
	postgres *p;
	context c;

	context_init(&c, &memory_libc);
	snprintf(out, size, "%s", postgres_test_url());
	if (postgres_open(&p, &c, out) != STATUS_OK ||
		postgres_execute(p, "DROP SCHEMA IF EXISTS paraph CASCADE") != STATUS_OK ||
		postgres_schema_apply(p, parts, true, &made) != STATUS_OK) {
		fprintf(stderr, "%s\n", c.message);
		abort();
	}
	postgres_close(p);
}

static inline int
shared_run(char **argv, const struct CMUnitTest *tests, size_t n)
{
	int failed = _cmocka_run_group_tests(
		shared_is_tested() ? "postgresql" : "sqlite", tests, n, NULL, NULL);

	if (failed != 0 || shared_is_tested() || !postgres_test_begin(argv))
		return failed;
	return 0;
}

#endif
