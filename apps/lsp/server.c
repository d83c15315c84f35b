#include "apps/lsp/server.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define READ_BYTES 65536
#define WRITE_BYTES 4096 /* a pipe that can be written to takes as many without waiting */
#define DEPTH_MOST 64

static const method *const methods[] = {
#define METHOD(name) &method_##name,
#include "apps/lsp/methods.def"
#undef METHOD
};

long long
server_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

const char *
server_say(const server *s, const char *en, const char *fr)
{
	return s->ui == PARAPH_LANGUAGE_FR ? fr : en;
}

/* ---- out ---- */

static void
put(server *s, const char *piece, size_t n)
{
	if (s->outbox_at == s->outbox_n)
		s->outbox_at = s->outbox_n = 0;
	if (s->outbox_room - s->outbox_n < n) {
		s->outbox_room = 2 * (s->outbox_n + n);
		s->outbox = allocate(s->outbox, s->outbox_room, 1);
	}
	memcpy(s->outbox + s->outbox_n, piece, n);
	s->outbox_n += n;
}

static void
put_header(server *s, size_t n)
{
	char header[64];

	put(s, header,
		(size_t)snprintf(header, sizeof(header), "Content-Length: %zu\r\n\r\n", n));
}

static void
fail(void)
{
	fputs("paraph: out of memory / plus assez de mémoire\n", stderr);
	exit(EXIT_TROUBLE);
}

static void
send_message(server *s, json_t *message)
{
	json_object_set_new(message, "jsonrpc", json_string("2.0"));
	char *body = json_dumps(message, JSON_COMPACT);
	json_decref(message);
	if (body == NULL)
		fail();
	put_header(s, strlen(body));
	put(s, body, strlen(body));
	free(body);
}

void
server_send(server *s, const json_t *pieces)
{
	const json_t *piece;
	size_t n = 0, i;

	if (pieces == NULL)
		fail();
	json_array_foreach(pieces, i, piece) n += json_string_length(piece);
	put_header(s, n);
	json_array_foreach(pieces, i, piece)
		put(s, json_string_value(piece), json_string_length(piece));
}

static void
reply_written(server *s, const json_t *id, json_t *result)
{
	char *name = json_dumps(id, JSON_COMPACT | JSON_ENCODE_ANY);
	json_t *pieces = json_pack("[s, s, s]",
		"{\"jsonrpc\":\"2.0\",\"id\":", name == NULL ? "null" : name, ",\"result\":");

	if (result == NULL || json_array_extend(pieces, result) != 0 ||
		json_array_append_new(pieces, json_string("}")) != 0)
		fail();
	server_send(s, pieces);
	json_decref(pieces);
	free(name);
}

/* Writes what can be written without waiting. */
static void
flush(server *s)
{
	size_t n = s->outbox_n - s->outbox_at;
	ssize_t written;

	if (n > WRITE_BYTES)
		n = WRITE_BYTES;
	if (s->out_is_socket)
		written =
			send(s->out, s->outbox + s->outbox_at, n, MSG_NOSIGNAL | MSG_DONTWAIT);
	else
		written = write(s->out, s->outbox + s->outbox_at, n);
	if (written >= 0)
		s->outbox_at += (size_t)written;
	else if (errno != EINTR && errno != EAGAIN)
		s->ended = true;
}

void
server_reply(server *s, const json_t *id, json_t *result)
{
	json_t *m = json_object();

	json_object_set_new(m, "id", id == NULL ? json_null() : json_deep_copy(id));
	json_object_set_new(m, "result", result == NULL ? json_null() : result);
	send_message(s, m);
}

void
server_refuse(server *s, const json_t *id, int code, const char *message)
{
	json_t *m = json_object();

	json_object_set_new(m, "id", id == NULL ? json_null() : json_deep_copy(id));
	json_object_set_new(m, "error",
		json_pack("{s:i, s:o}", "code", code, "message",
			message_string((paraph_text){ message, strlen(message) })));
	send_message(s, m);
}

void
server_notify(server *s, const char *name, json_t *params)
{
	send_message(s, json_pack("{s:s, s:o}", "method", name, "params", params));
}

void
server_ask(server *s, const char *name, json_t *params, const char *what)
{
	char key[32];

	snprintf(key, sizeof(key), "%lld", (long long)++s->last_id);
	json_object_set_new(s->asked, key, json_string(what));
	send_message(s, json_pack("{s:I, s:s, s:o*}", "id", s->last_id, "method", name,
				"params", params));
}

void
server_complain(server *s, const char *message)
{
	if (strcmp(s->complained, message) == 0)
		return;
	snprintf(s->complained, sizeof(s->complained), "%s", message);
	server_notify(s, "window/showMessage",
		json_pack("{s:i, s:o}", "type", 1, "message",
			message_string((paraph_text){ message, strlen(message) })));
}

/* ---- in ---- */

static void
give_request(server *s, const method *m, const json_t *id, const json_t *params)
{
	open_document *d = NULL;

	if (json_object_get(params, "textDocument") != NULL) {
		d = document_of(s, id, params);
		if (d == NULL)
			return;
		document_give(s, d);
	}
	job *j = worker_new_job(JOB_REQUEST, d == NULL ? NULL : d->uri);
	j->id = json_deep_copy(id);
	j->params = params == NULL ? NULL : json_deep_copy(params);
	j->work = m->work;
	j->written = m->written;
	worker_give(s->worker, j);
}

static const method *
find_method(const char *name)
{
	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
		if (strcmp(methods[i]->name, name) == 0)
			return methods[i];
	return NULL;
}

/* What is in order before initialize and after shutdown; else it is refused. */
static bool
may_be_taken(server *s, const method *m, const json_t *id)
{
	if (m == &method_exit)
		return true;
	if (s->shut_down) {
		if (id != NULL)
			server_refuse(s, id, CODE_REQUEST, "the server was shut down");
		return false;
	}
	if (s->initialized == (m != &method_initialize))
		return true;
	if (id != NULL)
		server_refuse(s, id, s->initialized ? CODE_REQUEST : CODE_NOT_INITIALIZED,
			s->initialized ? "initialized already" : "not initialized yet");
	return false;
}

static void
take_call(server *s, const char *name, const json_t *id, const json_t *params)
{
	const method *m = find_method(name);

	if (m == NULL || m->request != (id != NULL)) {
		if (id != NULL && (s->initialized || m != NULL))
			server_refuse(s, id, CODE_METHOD, name);
		else if (id != NULL)
			server_refuse(s, id, CODE_NOT_INITIALIZED, "not initialized yet");
		return;
	}
	if (!may_be_taken(s, m, id))
		return;
	if (params != NULL && !json_is_object(params) && !json_is_null(params)) {
		if (id != NULL)
			server_refuse(s, id, CODE_PARAMS, "params are no object");
		return;
	}
	if (m->work != NULL)
		give_request(s, m, id, params);
	else
		m->take(s, id, params);
}

/* An answer to a request of ours. */
static void
take_answer(server *s, const json_t *message)
{
	const json_t *id = json_object_get(message, "id");
	const json_t *result = json_object_get(message, "result");
	char key[32];

	if (!json_is_integer(id))
		return;
	snprintf(key, sizeof(key), "%lld", (long long)json_integer_value(id));
	const char *what = json_string_value(json_object_get(s->asked, key));
	if (what == NULL)
		return;
	if (strcmp(what, "configuration") == 0)
		server_take_options(s, json_array_get(result, 0));
	else if (strncmp(what, "progress ", 9) == 0 && result != NULL) {
		open_document *d = document_find(s, what + 9);
		if (d != NULL && d->progress != NULL && !d->progress_begun) {
			server_notify(s, "$/progress",
				json_pack("{s:O, s:{s:s, s:s}}", "token", d->progress, "value",
					"kind", "begin", "title",
					server_say(s, "paraph: checking",
						"paraph\u00A0: vérification")));
			d->progress_begun = true;
		}
	}
	json_object_del(s->asked, key);
}

static bool
is_id(const json_t *id)
{
	return json_is_integer(id) || json_is_string(id);
}

/* jansson reads into its own depth, 2048; nothing of the protocol needs so much. */
static bool
is_too_deep(const char *body, size_t n)
{
	int depth = 0;
	bool in_text = false;

	for (size_t i = 0; i < n; i++) {
		if (in_text && body[i] == '\\')
			i++;
		else if (body[i] == '"')
			in_text = !in_text;
		else if (!in_text && (body[i] == '{' || body[i] == '[') && ++depth > DEPTH_MOST)
			return true;
		else if (!in_text && (body[i] == '}' || body[i] == ']'))
			depth--;
	}
	return false;
}

static void
take_message(server *s, const char *body, size_t n)
{
	json_error_t error = { .text = "nested too deeply" };
	json_t *m = is_too_deep(body, n) ? NULL : json_loadb(body, n, JSON_ALLOW_NUL, &error);
	const json_t *id = json_object_get(m, "id"), *name = json_object_get(m, "method");

	if (m == NULL)
		server_refuse(s, NULL, CODE_PARSE, error.text);
	else if (!json_is_object(m) || (name == NULL && id == NULL) ||
		 (name != NULL && !json_is_string(name)) ||
		 (name != NULL && id != NULL && !is_id(id)))
		server_refuse(s, is_id(id) ? id : NULL, CODE_REQUEST, "no request");
	else if (name == NULL)
		take_answer(s, m);
	else
		take_call(s, json_string_value(name), id, json_object_get(m, "params"));
	json_decref(m);
}

static void
read_some(server *s)
{
	static char piece[READ_BYTES];
	const char *body, *why;
	size_t length;
	ssize_t n = read(s->in, piece, sizeof(piece));

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0) {
		s->ended = true;
		return;
	}
	frame_put(&s->reader, piece, (size_t)n);
	frame_state state = FRAME_MORE;
	while (!s->ended &&
		(state = frame_next(&s->reader, &body, &length, &why)) == FRAME_MESSAGE)
		take_message(s, body, length);
	if (state == FRAME_BROKEN) {
		server_refuse(s, NULL, CODE_PARSE, why);
		fprintf(stderr, "paraph lsp: %s\n", why);
		s->ended = true;
	}
}

/* ---- the worker's answers ---- */

static void
take_job(server *s, job *j)
{
	if (j->kind == JOB_CHECK)
		document_checked(s, j);
	else if (j->kind == JOB_REQUEST && j->fault.code != 0)
		server_refuse(s, j->id, j->fault.code, j->fault.message);
	else if (j->kind == JOB_REQUEST && j->written)
		reply_written(s, j->id, j->result);
	else if (j->kind == JOB_REQUEST) {
		/* What a command wants done beside its answer. */
		bool reload = json_is_true(json_object_get(j->result, "paraph.reload"));
		server_reply(s, j->id, reload ? NULL : json_incref(j->result));
		if (reload)
			server_reload(s);
	}
	worker_free_job(j);
}

static void
take_jobs(server *s)
{
	for (job *j = worker_take(s->worker); j != NULL; j = worker_take(s->worker))
		take_job(s, j);
}

static void
turn(server *s)
{
	bool full = s->outbox_at < s->outbox_n;
	struct pollfd p[] = { { s->in, POLLIN, 0 }, { worker_signal(s->worker), POLLIN, 0 },
		{ s->out, POLLOUT, 0 } };

	if (poll(p, full ? 3 : 2, document_wait(s)) < 0)
		return;
	if (p[1].revents != 0)
		take_jobs(s);
	if (p[0].revents != 0)
		read_some(s);
	if (full && p[2].revents != 0)
		flush(s);
	document_give_due(s);
}

int
server_run(server *s)
{
	json_object_seed(0);
	s->asked = json_object();
	s->worker = worker_start(s->cli);
	if (s->worker == NULL)
		return complain(s->cli, "no thread can be started",
			"impossible de lancer un fil d’exécution");
	while (!s->ended)
		turn(s);
	worker_stop(s->worker);
	/* The last words, to a client that still listens. */
	for (int i = 0; i < 1000 && s->outbox_at < s->outbox_n; i++) {
		struct pollfd p = { s->out, POLLOUT, 0 };
		s->ended = false;
		if (poll(&p, 1, 1000) <= 0 || (p.revents & POLLOUT) == 0)
			break;
		flush(s);
		if (s->ended)
			break;
	}
	documents_free(s);
	json_decref(s->asked);
	json_decref(s->options);
	frame_free(&s->reader);
	free(s->outbox);
	return s->shut_down ? EXIT_CLEAN : EXIT_FINDINGS;
}
