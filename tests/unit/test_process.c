/* Other programs as filters, with limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/process.h"

typedef struct answer {
	context context;
	buffer out;
	process_end end;
	int code;
} answer;

static status
run(answer *a, const char *script, process p)
{
	const char *args[] = { "-c", script, NULL };

	context_init(&a->context, &memory_libc);
	if (a->out.memory == NULL)
		buffer_init(&a->out, &memory_libc, 1 << 24);
	p.path = p.path == NULL ? "/bin/sh" : p.path;
	p.args = args;
	return process_run(&p, &a->context, &a->out, &a->end, &a->code);
}

static void
passes_bytes_through(void **state)
{
	static char big[3 << 20];
	slice input[] = { SLICE("head "), { big, sizeof(big) }, SLICE(""), SLICE(" tail") };
	answer a = { 0 };

	(void)state;
	memset(big, 'x', sizeof(big));
	assert_int_equal(
		run(&a, "exec cat", (process){ .input = input, .input_count = 4 }), STATUS_OK);
	assert_int_equal(a.end, PROCESS_DONE);
	assert_int_equal(a.out.n, sizeof(big) + 10);
	assert_true(slice_starts(buffer_slice(&a.out), SLICE("head xxx")));
	assert_true(slice_ends(buffer_slice(&a.out), SLICE("xxx tail")));
	buffer_free(&a.out);
}

/* A program that ends without reading must not kill this one, nor one that closes its output.
 */
static void
needs_no_reader(void **state)
{
	static char big[1 << 20];
	slice input = { big, sizeof(big) };
	answer a = { 0 };

	(void)state;
	assert_int_equal(
		run(&a, "exit 3", (process){ .input = &input, .input_count = 1 }), STATUS_OK);
	assert_int_equal(a.end, PROCESS_FAILED);
	assert_int_equal(a.code, 3);
	assert_int_equal(run(&a, "exec >&-; sleep 0.1; exit 4", (process){ 0 }), STATUS_OK);
	assert_int_equal(a.code, 4);
	buffer_free(&a.out);
}

static void
tells_how_it_ended(void **state)
{
	answer a = { 0 };

	(void)state;
	assert_int_equal(run(&a, "kill -SEGV $$", (process){ 0 }), STATUS_OK);
	assert_int_equal(a.end, PROCESS_KILLED);
	assert_int_equal(a.code, 11);
	assert_int_equal(run(&a, "", (process){ .path = "/nowhere/at/all" }), STATUS_OK);
	assert_int_equal(a.end, PROCESS_MISSING);
	buffer_free(&a.out);
}

static void
is_held_to_its_limits(void **state)
{
	answer a = { 0 };
	time_t start = time(NULL);

	(void)state;
	assert_int_equal(run(&a, "exec sleep 60", (process){ .seconds = 1 }), STATUS_OK);
	assert_int_equal(a.end, PROCESS_LATE);
	assert_int_equal(
		run(&a, "exec >&- <&-; exec sleep 60", (process){ .seconds = 1 }), STATUS_OK);
	assert_int_equal(a.end, PROCESS_LATE);
	assert_int_equal(
		run(&a, "while :; do :; done", (process){ .cpu_seconds = 1, .seconds = 60 }),
		STATUS_OK);
	assert_int_equal(a.end, PROCESS_LATE);
	assert_true(time(NULL) - start < 30);
	assert_int_equal(
		run(&a, "ulimit -v", (process){ .memory = (size_t)512 << 20 }), STATUS_OK);
	assert_true(slice_is(buffer_slice(&a.out), "524288\n"));
	buffer_free(&a.out);
	buffer_init(&a.out, &memory_libc, 100000);
	assert_int_equal(run(&a, "exec cat /dev/zero", (process){ 0 }), STATUS_LIMIT);
	buffer_free(&a.out);
}

static void
knows_nothing_of_its_parent(void **state)
{
	answer a = { 0 };

	(void)state;
	assert_int_equal(run(&a, "echo ${HOME-none}; ls /proc/self/fd | wc -l", (process){ 0 }),
		STATUS_OK);
	/* ls has the folder itself open. */
	assert_true(slice_is(buffer_slice(&a.out), "none\n4\n"));
	buffer_free(&a.out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(passes_bytes_through),
		cmocka_unit_test(needs_no_reader),
		cmocka_unit_test(tells_how_it_ended),
		cmocka_unit_test(is_held_to_its_limits),
		cmocka_unit_test(knows_nothing_of_its_parent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
