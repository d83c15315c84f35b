#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/system.h"

#define ARGS_MOST 14
#define DESCRIPTORS 1024 /* that other threads may have open without CLOEXEC */
#define NOT_THERE 127    /* exit status of a child that could not become the program */
#define PIECE 65536

typedef struct child {
	context *context;
	const process *what;
	pid_t id;
	int in, out;      /* our ends; -1 once closed */
	size_t piece, at; /* of the input, what is to be written next */
	int64_t deadline; /* milliseconds; INT64_MAX: none */
	bool late;
} child;

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static status
failed(context *c, const char *path)
{
	return context_fail(
		c, STATUS_IO, "%s: %s", "%s\u00A0: %s", path, system_message(c->ui, errno));
}

/* --- in the child, between fork and exec: only what a signal handler may call --- */

static void
bound(int what, rlim_t most, rlim_t hard)
{
	struct rlimit r = { most, hard };

	if (most != 0)
		(void)setrlimit(what, &r);
}

static void
become(const process *p, int in, int out, char *const *args)
{
	static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin", locale[] = "LC_ALL=C.UTF-8";
	char *environment[] = { path, locale, NULL };
	struct sigaction plain = { .sa_handler = SIG_DFL };
	sigset_t none;

	int nothing = open("/dev/null", O_WRONLY);
	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
		dup2(nothing, STDERR_FILENO) < 0)
		_exit(NOT_THERE - 1);
	for (int i = STDERR_FILENO + 1; i < DESCRIPTORS; i++)
		close(i);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	sigaction(SIGPIPE, &plain, NULL);
	sigaction(SIGXFSZ, &plain, NULL);
	bound(RLIMIT_CPU, p->cpu_seconds, p->cpu_seconds + 1);
	bound(RLIMIT_AS, p->memory, p->memory);
	bound(RLIMIT_FSIZE, p->file, p->file);
	struct rlimit no_core = { 0, 0 };
	(void)setrlimit(RLIMIT_CORE, &no_core);
	execve(p->path, args, environment);
	_exit(NOT_THERE);
}

/* --- in the parent --- */

static status
start(child *k)
{
	const process *p = k->what;
	char *args[ARGS_MOST + 2] = { (char *)(uintptr_t)p->path };
	int in[2], out[2];

	for (size_t i = 0; i < ARGS_MOST && p->args[i] != NULL; i++)
		args[i + 1] = (char *)(uintptr_t)p->args[i];
	/* Sockets, because writing to a program that ended must not raise SIGPIPE here. */
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) != 0)
		return failed(k->context, p->path);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, out) != 0) {
		close(in[0]);
		close(in[1]);
		return failed(k->context, p->path);
	}
	k->id = fork();
	if (k->id == 0)
		become(p, in[1], out[1], args);
	close(in[1]);
	close(out[1]);
	k->in = in[0];
	k->out = out[0];
	if (k->id > 0)
		return STATUS_OK;
	close(in[0]);
	close(out[0]);
	return failed(k->context, p->path);
}

static void
shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* What the program does not want to read any more it need not. */
static void
feed(child *k)
{
	const process *p = k->what;

	while (k->piece < p->input_count && k->at == p->input[k->piece].n) {
		k->piece++;
		k->at = 0;
	}
	if (k->piece == p->input_count) {
		shut(&k->in);
		return;
	}
	slice rest = slice_sub(p->input[k->piece], k->at, p->input[k->piece].n);
	size_t n = rest.n < PIECE ? rest.n : PIECE;
	ssize_t sent = send(k->in, rest.p, n, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (sent > 0)
		k->at += (size_t)sent;
	else if (errno != EINTR && errno != EAGAIN)
		shut(&k->in);
}

static void
drain(child *k, buffer *out)
{
	char piece[PIECE];
	ssize_t n = read(k->out, piece, sizeof(piece));

	if (n > 0)
		buffer_put(out, (slice){ piece, (size_t)n });
	else if (n == 0 || (errno != EINTR && errno != EAGAIN))
		shut(&k->out);
}

static int
left(const child *k)
{
	int64_t ms = k->deadline == INT64_MAX ? 1000 : k->deadline - now();

	return ms < 0 ? 0 : ms > 1000 ? 1000 : (int)ms;
}

static bool
is_late(child *k)
{
	k->late = k->late || now() >= k->deadline;
	return k->late;
}

/* Until the program has said all, or more than it may. */
static void
converse(child *k, buffer *out)
{
	while (k->out >= 0 && out->status == STATUS_OK && !is_late(k)) {
		struct pollfd ends[2] = { { .fd = k->out, .events = POLLIN },
			{ .fd = k->in, .events = POLLOUT } };
		if (poll(ends, k->in >= 0 ? 2 : 1, left(k)) <= 0)
			continue;
		if (ends[0].revents != 0)
			drain(k, out);
		if (k->in >= 0 && ends[1].revents != 0)
			feed(k);
	}
}

/* A program may close its output and go on: it has until the deadline, too. */
static int
await_end(child *k, bool now_please)
{
	const struct timespec moment = { .tv_nsec = 2000000 };
	int how = 0;

	if (now_please)
		kill(k->id, SIGKILL);
	while (waitpid(k->id, &how, k->late || now_please ? 0 : WNOHANG) == 0) {
		if (is_late(k))
			kill(k->id, SIGKILL);
		else
			nanosleep(&moment, NULL);
	}
	return how;
}

static process_end
end_of(const child *k, int how, int *code)
{
	*code = WIFSIGNALED(how) ? WTERMSIG(how) : WEXITSTATUS(how);
	if (k->late)
		return PROCESS_LATE;
	if (WIFSIGNALED(how))
		return *code == SIGXCPU ? PROCESS_LATE : PROCESS_KILLED;
	if (*code == NOT_THERE)
		return PROCESS_MISSING;
	return *code == 0 ? PROCESS_DONE : PROCESS_FAILED;
}

status
process_run(const process *p, context *c, buffer *out, process_end *end, int *code)
{
	child k = { .context = c, .what = p, .in = -1, .out = -1, .deadline = INT64_MAX };

	if (p->seconds != 0)
		k.deadline = now() + (int64_t)p->seconds * 1000;
	TRY(start(&k));
	converse(&k, out);
	shut(&k.in);
	shut(&k.out);
	*end = end_of(&k, await_end(&k, k.late || out->status != STATUS_OK), code);
	return out->status;
}
