/* Word documents when memory is out, and where corrections go; what is read and written stands
 * in tests/cases/docx. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "document/edit.h"
#include "tests/unit/faults.h"

static const char letter[] = "fuzz/corpus/read_docx/letter";

/* Reads the letter and writes « l’accord » for « l ’accord » into it. */
static status
correct(context *c, slice bytes, bool tracked, size_t *n)
{
	edit_style style = {
		.tracked = tracked, .author = "a", .date = "2020-01-01T00:00:00Z"
	};
	document d;
	buffer out;

	TRY(document_read(&d, c, slice_of(letter), bytes, LANGUAGE_UNKNOWN));
	const char *at = strstr(d.text.p, "l \u2019accord");
	assert_non_null(at);
	uint32_t start = (uint32_t)(at - d.text.p);
	edit e = { { start, start + 11 }, SLICE("l\u2019accord") };
	buffer_init(&out, c->memory, 1 << 24);
	status done = document_edit(&out, c, &d, &e, 1, &style);
	*n = done == STATUS_OK ? style.made : 0;
	buffer_free(&out);
	document_free(&d);
	return done;
}

static void
every_allocation_may_fail(void **state)
{
	context plain;
	file f;

	(void)state;
	context_init(&plain, &memory_libc);
	assert_int_equal(file_open(&f, &plain, letter), STATUS_OK);
	for (int kind = 0; kind < 4; kind++)
		for (long n = 0;; n++) {
			faults x = { .left = n, .for_good = kind / 2 != 0 };
			memory m = { faulty_alloc, faulty_free, &x };
			context c;
			size_t made = 0;
			context_init(&c, &m);
			status done = correct(&c, f.bytes, kind % 2 != 0, &made);
			assert_int_equal(x.live, 0);
			if (!x.failed) {
				assert_int_equal(done, STATUS_OK);
				assert_int_equal(made, 1);
				assert_true(n > 20);
				break;
			}
			assert_int_equal(done, STATUS_MEMORY);
		}
	file_close(&f, &memory_libc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_allocation_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
