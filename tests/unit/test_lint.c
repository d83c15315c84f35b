/* The linter of termbases when memory is out; what it finds stands in tests/cases/term/lint*.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "termbase/lint.h"
#include "tests/unit/faults.h"

static status
count(void *user, const lint_finding *f)
{
	size_t *n = user;

	*n += strcmp(f->rule, "lint/contradiction") == 0;
	return STATUS_OK;
}

static status
lint_with(faults *f, const char *path, size_t *found)
{
	memory m = { faulty_alloc, faulty_free, f };
	lint_sink sink = { found, count };
	context c;

	context_init(&c, &m);
	*found = 0;
	return lint_file(&c, path, NULL, NULL, &sink);
}

static void
every_allocation_may_fail(void **state)
{
	static const char rows[] = "concept\ten\tfr\tfr_deprecated\na\tx\ty\tz\nb\tw\tz\t\n";
	char path[] = "/tmp/paraph-lint-XXXXXX";
	size_t found;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, rows, sizeof(rows) - 1), sizeof(rows) - 1);
	close(fd);
	for (long n = 0;; n++) {
		faults f = { .left = n, .for_good = true };
		status done = lint_with(&f, path, &found);
		assert_int_equal(f.live, 0);
		if (!f.failed) {
			assert_int_equal(done, STATUS_OK);
			assert_int_equal(found, 1);
			assert_true(n > 5);
			break;
		}
		assert_int_equal(done, STATUS_MEMORY);
	}
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_allocation_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
