#include "apps/lsp/lsp.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <unistd.h>

#include "apps/lsp/server.h"

#define BACKLOG 16

/* Nothing but messages may come out there: what else is printed goes to standard error. */
static int
take_stdout(void)
{
	int own = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);

	if (own >= 0)
		dup2(STDERR_FILENO, STDOUT_FILENO);
	return own;
}

int
lsp_over_stdio(const settings *s)
{
	server own = { .cli = s, .ui = s->ui, .in = STDIN_FILENO, .out = take_stdout() };

	signal(SIGPIPE, SIG_IGN);
	if (own.out < 0)
		return complain(
			s, "standard output is closed", "la sortie standard est fermée");
	return server_run(&own);
}

static int
fail(const settings *s, unsigned port)
{
	return complain(s, "127.0.0.1:%u: %s", "127.0.0.1:%u\u00A0: %s", port,
		paraph_system_message(errno, s->ui));
}

static int
listen_on(const settings *s, unsigned port, int *out)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);
	int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);

	if (listener < 0)
		return fail(s, port);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(listener, (struct sockaddr *)&at, sizeof(at)) != 0 ||
		listen(listener, BACKLOG) != 0 ||
		getsockname(listener, (struct sockaddr *)&at, &size) != 0) {
		int trouble = fail(s, port);
		close(listener);
		return trouble;
	}
	fprintf(stderr,
		say(s, "paraph lsp: listening on 127.0.0.1:%u\n",
			"paraph lsp\u00A0: à l’écoute sur 127.0.0.1:%u\n"),
		ntohs(at.sin_port));
	*out = listener;
	return EXIT_CLEAN;
}

/* A process for each client: what one of them does to it is no matter of the others. It ends
 * with the one that listens. */
static int
serve(const settings *s, int talk)
{
	server own = { .cli = s, .ui = s->ui, .in = talk, .out = talk, .out_is_socket = true };

	signal(SIGCHLD, SIG_DFL); /* helper programs are waited for */
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
	fcntl(talk, F_SETFD, FD_CLOEXEC);
	return server_run(&own);
}

static bool
is_passing(int error)
{
	return error == EINTR || error == ECONNABORTED || error == EAGAIN;
}

int
lsp_over_socket(const settings *s, unsigned port)
{
	int listener = -1;

	int trouble = listen_on(s, port, &listener);
	if (trouble != EXIT_CLEAN)
		return trouble;
	signal(SIGCHLD, SIG_IGN); /* nobody waits for them */
	for (;;) {
		int talk = accept(listener, NULL, NULL);
		if (talk < 0 && is_passing(errno))
			continue;
		if (talk < 0)
			return fail(s, port);
		pid_t child = fork();
		if (child == 0) {
			close(listener);
			exit(serve(s, talk));
		}
		if (child < 0)
			(void)fail(s, port); /* that client is turned away */
		close(talk);
	}
}
