#define _GNU_SOURCE /* pipe2 */
#include "apps/http/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "apps/http/api.h"
#include "apps/http/server.h"
#include "apps/http/work.h"

extern char **environ;

#define ARGUMENTS 128
#define LOOK_MS 100 /* after which the client is looked for */

typedef struct child {
	pid_t pid;
	int to, from; /* our ends; -1: closed */
} child;

static void
close_end(int *end)
{
	if (*end >= 0)
		close(*end);
	*end = -1;
}

/* The arguments this program was started with: the helper is the same program with the same
 * options. */
static bool
read_arguments(char *text, size_t size, char *list[ARGUMENTS])
{
	int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
	size_t n = 0, count = 0;
	ssize_t got;

	if (file < 0)
		return false;
	while (n < size && (got = read(file, text + n, size - n)) > 0)
		n += (size_t)got;
	close(file);
	if (n == 0 || n == size || text[n - 1] != '\0')
		return false;
	for (char *p = text; p < text + n; p += strlen(p) + 1) {
		if (count == ARGUMENTS - 1)
			return false;
		list[count++] = p;
	}
	list[count] = NULL;
	return true;
}

/* The environment with one variable more. */
static char **
make_environment(void)
{
	static char work[] = WORK_ENVIRONMENT "=1";
	size_t n = 0;

	while (environ[n] != NULL)
		n++;
	char **all = malloc((n + 2) * sizeof(*all));
	if (all == NULL)
		return NULL;
	memcpy(all, environ, n * sizeof(*all));
	all[n] = work;
	all[n + 1] = NULL;
	return all;
}

static bool
start(child *c)
{
	posix_spawn_file_actions_t actions;
	char text[65536], *list[ARGUMENTS], **environment = make_environment();
	int in[2] = { -1, -1 }, out[2] = { -1, -1 };
	bool done = false;

	c->to = c->from = -1;
	if (environment == NULL || !read_arguments(text, sizeof(text), list) ||
		pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) {
		close_end(&in[0]);
		close_end(&in[1]);
		free(environment);
		return false;
	}
	if (posix_spawn_file_actions_init(&actions) == 0) {
		posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
		posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
		done = posix_spawn(&c->pid, "/proc/self/exe", &actions, NULL, list,
			       environment) == 0;
		posix_spawn_file_actions_destroy(&actions);
	}
	free(environment);
	close_end(&in[0]);
	close_end(&out[1]);
	c->to = in[1];
	c->from = out[0];
	if (done && fcntl(c->to, F_SETFL, O_NONBLOCK) == 0 &&
		fcntl(c->from, F_SETFL, O_NONBLOCK) == 0)
		return true;
	close_end(&c->to);
	close_end(&c->from);
	if (done) {
		kill(c->pid, SIGKILL);
		waitpid(c->pid, NULL, 0);
	}
	return false;
}

static int
left(const struct timespec *end)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	long long ms =
		(end->tv_sec - now.tv_sec) * 1000LL + (end->tv_nsec - now.tv_nsec) / 1000000;
	return ms < 0 ? 0 : (int)ms;
}

/* Writes what can be written. False: the helper reads no more. */
static bool
give(child *c, const paraph_text *pieces, size_t count, size_t *piece, size_t *at)
{
	while (*piece < count && *at == pieces[*piece].n) {
		(*piece)++;
		*at = 0;
	}
	if (*piece == count) {
		close_end(&c->to);
		return true;
	}
	ssize_t n = write(c->to, pieces[*piece].p + *at, pieces[*piece].n - *at);
	if (n > 0)
		*at += (size_t)n;
	return n >= 0 || errno == EAGAIN || errno == EINTR;
}

/* False at the end. */
static bool
get(child *c, bytes *out)
{
	char piece[65536];
	ssize_t n = read(c->from, piece, sizeof(piece));

	if (n > 0)
		bytes_put(out, piece, (size_t)n);
	return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

/* Writes and reads by turns, whatever the helper does. False: it took too long, or nobody waits
 * for it any longer. */
static bool
talk(request *r, child *c, const paraph_text *pieces, size_t count, bytes *out)
{
	struct timespec end;
	size_t piece = 0, at = 0;

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += HELPER_SECONDS;
	for (;;) {
		struct pollfd ends[2] = { { .fd = c->from, .events = POLLIN },
			{ .fd = c->to, .events = POLLOUT } };
		int ready = poll(ends, 2, left(&end) < LOOK_MS ? left(&end) : LOOK_MS);
		if (!request_is_wanted(r) || (ready < 0 && errno != EINTR) ||
			(ready == 0 && left(&end) == 0))
			return false;
		if (ready <= 0)
			continue;
		if (ends[1].revents != 0 && !give(c, pieces, count, &piece, &at))
			close_end(&c->to);
		if (ends[0].revents != 0 && !get(c, out))
			return true;
	}
}

/* The line of the answer tells what was found, where something was checked. */
static void
count_check(request *r, const json_t *line, const helper_document *documents, size_t n)
{
	metrics *m = r->server->metrics;
	const json_t *found = json_object_get(line, "found");

	if (!json_is_array(found))
		return;
	metrics_add(m, n == 2 ? METRIC_CHECKS_TRANSLATION : METRIC_CHECKS_TEXT, 1);
	for (size_t i = 0; i < n; i++)
		metrics_add(m, METRIC_CHECKED_BYTES, documents[i].bytes.n);
	for (size_t i = 0; i < PARAPH_ERROR; i++)
		metrics_add(m, (metric)(METRIC_FINDINGS_INFO + i),
			(uint64_t)json_integer_value(json_array_get(found, i)));
}

/* Takes the line of the answer off. */
static bool
take_answer(request *r, bytes *out, const helper_document *documents, size_t count)
{
	const char *end = out->n == 0 ? NULL : memchr(out->p, '\n', out->n);
	json_t *line = end == NULL ? NULL : json_loadb(out->p, (size_t)(end - out->p), 0, NULL);
	json_int_t status = json_integer_value(json_object_get(line, "status"));
	const char *type = json_string_value(json_object_get(line, "type"));
	const char *name = json_string_value(json_object_get(line, "name"));

	if (type == NULL || name == NULL || status < 200 || status > 599) {
		json_decref(line);
		return false;
	}
	size_t head = (size_t)(end - out->p) + 1;
	count_check(r, line, documents, count);
	if (status != 200) {
		bytes_terminate(out);
		api_error(r, (unsigned)status, out->p + head, out->p + head);
		if (status >= 500)
			stores_doubt_memory(r);
	} else {
		bytes_put(&r->answer.body, out->p + head, out->n - head);
		api_type(r, type);
		if (name[0] != '\0')
			api_download(r, name);
	}
	json_decref(line);
	return true;
}

static bool
prepare(request *r, json_t *question, const helper_document *documents, size_t count)
{
	json_t *sizes = json_array(), *names = json_array();
	bool done = sizes != NULL && names != NULL;

	for (size_t i = 0; i < count && done; i++) {
		done = json_array_append_new(
			       sizes, json_integer((json_int_t)documents[i].bytes.n)) == 0 &&
		       json_array_append_new(names, json_string(documents[i].name)) == 0;
	}
	done = json_object_set_new(question, "sizes", sizes) == 0 && done;
	done = json_object_set_new(question, "names", names) == 0 && done;
	return json_object_set_new(question, "ui",
		       json_string(r->ui == PARAPH_LANGUAGE_FR ? "fr" : "en")) == 0 &&
	       done;
}

static void
count_end(request *r, bool answered, bool in_time)
{
	metric how = answered               ? METRIC_HELPERS_ANSWERED
		     : in_time              ? METRIC_HELPERS_FAILED
		     : request_is_wanted(r) ? METRIC_HELPERS_KILLED
					    : METRIC_HELPERS_ABANDONED;

	metrics_add(r->server->metrics, how, 1);
}

bool
helper_answer(request *r, json_t *question, const helper_document *documents, size_t count)
{
	paraph_text pieces[4];
	metrics *m = r->server->metrics;
	bytes out = { 0 };
	child c;

	char *line = prepare(r, question, documents, count) ? json_dumps(question, JSON_COMPACT)
							    : NULL;
	if (line == NULL || !start(&c)) {
		free(line);
		metrics_add(m, METRIC_HELPERS_REFUSED, 1);
		api_error(r, 503, "documents cannot be read: no process can be started",
			"les documents ne peuvent être lus\u00A0: aucun processus ne peut être "
			"lancé");
		return false;
	}
	metrics_add(m, METRIC_HELPERS_STARTED, 1);
	pieces[0] = text_of(line);
	pieces[1] = text_of("\n");
	for (size_t i = 0; i < count; i++)
		pieces[2 + i] = documents[i].bytes;
	bool in_time = talk(r, &c, pieces, 2 + count, &out);
	close_end(&c.to);
	close_end(&c.from);
	if (!in_time)
		kill(c.pid, SIGKILL);
	while (waitpid(c.pid, NULL, 0) < 0 && errno == EINTR)
		;
	bool answered = !out.failed && in_time && take_answer(r, &out, documents, count);
	count_end(r, answered, in_time);
	if (!answered)
		api_error(r, in_time ? 422 : 503,
			in_time ? "the document cannot be read within the limits"
				: "the document takes too long",
			in_time ? "le document ne peut être lu dans les limites fixées"
				: "le document prend trop de temps");
	bytes_free(&out);
	free(line);
	return r->answer.status < 400;
}
