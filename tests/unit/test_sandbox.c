/* What paraph-pdf gives up before it reads a byte. */
#define _GNU_SOURCE
#include "apps/pdf/sandbox.c"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum {
	ENTERED = 1,
	READS = 2,
	NO_NETWORK = 4,
	NO_WRITING = 8,
	NO_PROGRAM = 16,
	NO_SIGNAL = 32
};

/* In a process of its own: there is no way back. */
static int
look_around(void)
{
	char *const args[] = { NULL };
	int found = 0;

	found |= sandbox_enter() ? ENTERED : 0;
	found |= open("/dev/null", O_RDONLY) >= 0 ? READS : 0;
	found |= socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EPERM ? NO_NETWORK : 0;
	found |= open("/dev/null", O_WRONLY) < 0 && errno == EPERM ? NO_WRITING : 0;
	found |= execve("/bin/true", args, args) < 0 && errno == EPERM ? NO_PROGRAM : 0;
	found |= kill(getppid(), 0) < 0 && errno == EPERM ? NO_SIGNAL : 0;
	return found;
}

static void
gives_up_what_it_does_not_need(void **state)
{
	int how = 0;

	(void)state;
#if !defined(__linux__) || !(defined(__x86_64__) || defined(__aarch64__))
	skip();
#endif
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(look_around());
	assert_int_equal(waitpid(child, &how, 0), child);
	assert_true(WIFEXITED(how));
	assert_int_equal(WEXITSTATUS(how),
		ENTERED | READS | NO_NETWORK | NO_WRITING | NO_PROGRAM | NO_SIGNAL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_up_what_it_does_not_need),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
