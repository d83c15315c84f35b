/* One request from its first line to its answer, as libmicrohttpd calls us.
 *
 * The body is read by ourselves: its type says nothing (apps/http/form.h). Short texts are
 * checked at once, on the thread that reads the connection; longer ones would keep its other
 * connections waiting and go to the workers, while the connection is suspended. What is refused
 * before its body has come is answered after it, as clients read only then; a body past the
 * limit is read and dropped, and cut off when it goes on. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "apps/http/events.h"
#include "apps/http/presence.h"
#include "apps/http/server.h"

#define SHORT_BODY 16384 /* bytes: checked within a few milliseconds */
#define IDLE_SECONDS 30
#define BODY_SECONDS 30
#define ANSWER_SECONDS 60
#define BODY_SLOWEST 16384 /* bytes a second of a long body */
#define HELD_TIMES 8       /* the largest document: bytes of all bodies at a time */

/* How much of a body that is not wanted is read, so that its client reads the answer. */
#define DROPPED(most) (4 * (most) + SHORT_BODY)

typedef struct exchange {
	request request;
	server *server;
	struct MHD_Connection *connection;
	char *uri, method[16];
	bytes body;
	size_t received, dropped, held, most;
	bool begun, done, refused, too_large, counted;
	bool queued;  /* a worker does it, and the connection was suspended */
	bool streams; /* the answer is a stream, and was queued */
	atomic_int holders;
	unsigned scopes; /* of the token */
	events *events;  /* NULL: none */
	struct MHD_Response *stream;
	uint64_t start; /* as metrics_now tells it */
	bool interim;   /* the client understands answers before the answer */
	presence client;
} exchange;

static connection *
connection_of(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info =
		mhd.get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info == NULL ? NULL : info->socket_context;
}

void
exchange_connection(void *user, struct MHD_Connection *c, void **state,
	enum MHD_ConnectionNotificationCode what)
{
	server *s = user;

	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		metrics_subtract(s->metrics, METRIC_CONNECTIONS_OPEN, 1);
		connections_remove(s->connections, *state);
		*state = NULL;
		return;
	}
	metrics_add(s->metrics, METRIC_CONNECTIONS, 1);
	metrics_add(s->metrics, METRIC_CONNECTIONS_OPEN, 1);
	const union MHD_ConnectionInfo *info =
		mhd.get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
	*state = info == NULL ? NULL : connections_add(s->connections, info->connect_fd);
}

void *
exchange_begin(void *user, const char *uri, struct MHD_Connection *c)
{
	exchange *x = calloc(1, sizeof(*x));

	if (x == NULL)
		return NULL;
	x->server = user;
	atomic_init(&x->holders, 1);
	x->connection = c;
	x->uri = strdup(uri);
	x->start = metrics_now();
	if (x->uri != NULL) {
		atomic_fetch_add(&x->server->begun, 1);
		return x;
	}
	free(x);
	return NULL;
}

static const char *
header(const exchange *x, const char *name)
{
	return mhd.lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

/* --- refusing --- */

static void
refuse(exchange *x, unsigned status, const char *en, const char *fr)
{
	if (x->refused)
		return;
	x->refused = true;
	answer_error(&x->request, status, en, fr);
}

static void
refuse_for(exchange *x, metric why, unsigned status, const char *en, const char *fr)
{
	if (!x->refused)
		metrics_add(x->server->metrics, why, 1);
	refuse(x, status, en, fr);
}

static uint64_t
client_of(const exchange *x)
{
	const union MHD_ConnectionInfo *info =
		mhd.get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const unsigned char *p;
	uint64_t h = 0;
	size_t n;

	if (info == NULL || info->client_addr == NULL)
		return 0;
	p = (const unsigned char *)info->client_addr;
	/* The address behind family and port; of IPv6 the network. */
	n = info->client_addr->sa_family == AF_INET ? 4 : 8;
	p += n == 4 ? 4 : 8;
	for (size_t i = 0; i < n; i++)
		h = h << 8 | p[i];
	return h;
}

static void
judge_origin(exchange *x)
{
	const serve_options *o = x->server->options;
	const char *host = header(x, "Host"), *origin = header(x, "Origin");

	if (!guard_host(host, o->hosts))
		refuse_for(x, METRIC_REFUSED_HOST, 403,
			"this host name is not ours (--allow-host)",
			"ce nom d’hôte n’est pas le nôtre (--allow-host)");
	if (!guard_origin(origin, host, o->origins))
		refuse_for(x, METRIC_REFUSED_ORIGIN, 403,
			"pages of other sites may not ask (--allow-origin)",
			"les pages d’autres sites ne peuvent rien demander (--allow-origin)");
	if (x->server->rate != NULL && !guard_rate_allows(x->server->rate, client_of(x)))
		refuse_for(x, METRIC_REFUSED_RATE, 429,
			"too many requests; try again in a minute",
			"trop de demandes\u00A0; réessayez dans une minute");
}

static void
judge_route(exchange *x)
{
	request *r = &x->request;
	bool other;

	r->route = route_find(r->method, r->path, &other);
	if (r->route == NULL && strcmp(r->method, "HEAD") == 0)
		r->route = route_find("GET", r->path, &other);
	if (r->route == NULL && strcmp(r->method, "OPTIONS") != 0)
		refuse(x, other ? 405 : 404,
			other ? "the path has no such method" : "there is nothing at this path",
			other ? "cette méthode n’existe pas pour ce chemin"
			      : "il n’y a rien à ce chemin");
	/* Three bytes for one in forms that are encoded. */
	x->most = SHORT_BODY + (r->route == NULL ? 0
				       : r->route->size == DOCUMENT
					       ? x->server->options->upload_most
					       : 3 * x->server->options->text_most);
	const char *length = header(x, "Content-Length");
	if (length != NULL && strtoull(length, NULL, 10) > DROPPED(x->most))
		x->too_large = true;
}

/* A document is not taken from somebody who may not send one. The token of a form may stand in
 * its body; that of a document in the query, which is read later. */
static void
judge_sender(exchange *x)
{
	const route *found = x->request.route;

	if (x->server->options->tokens == NULL || found == NULL || found->size != DOCUMENT ||
		strstr(x->request.query.n == 0 ? "" : x->request.query.p, "apiKey=") != NULL)
		return;
	if (token_file_find(&x->server->tokens, guard_bearer(header(x, "Authorization"))) ==
		NULL)
		refuse_for(
			x, METRIC_REFUSED_TOKEN, 401, "a token is needed", "il faut un jeton");
}

static enum MHD_Result send_answer(exchange *x);

/* The headers are there. */
static enum MHD_Result
begin(exchange *x, const char *method, const char *version)
{
	request *r = &x->request;
	char *query = strchr(x->uri, '?');

	x->begun = true;
	x->interim =
		strcmp(version, "HTTP/1.1") == 0 && x->server->options->certificate == NULL;
	snprintf(x->method, sizeof(x->method), "%s", method);
	if (query != NULL)
		*query++ = '\0';
	*r = (request){ .server = x->server,
		.method = x->method,
		.path = x->uri,
		.query = text_of(query),
		.ui = x->server->options->engine.ui };
	judge_origin(x);
	judge_route(x);
	judge_sender(x);
	if (!x->too_large) {
		connections_give(x->server->connections, connection_of(x->connection),
			BODY_SECONDS + (unsigned)(x->most / BODY_SLOWEST));
		return MHD_YES;
	}
	refuse_for(x, METRIC_REFUSED_SIZE, 413, "the request is too large",
		"la demande est trop grande");
	return send_answer(x);
}

/* --- the body --- */

static void
drop_body(exchange *x)
{
	bytes_free(&x->body);
	atomic_fetch_sub(&x->server->held, x->held);
	x->held = 0;
}

static enum MHD_Result
take_body(exchange *x, const char *data, size_t *n)
{
	size_t room = HELD_TIMES * x->server->options->upload_most;

	x->received += *n;
	if (!x->refused && x->body.n + *n > x->most)
		refuse_for(x, METRIC_REFUSED_SIZE, 413, "the request is too large",
			"la demande est trop grande");
	if (!x->refused && atomic_load(&x->server->held) + *n > room)
		refuse_for(x, METRIC_REFUSED_BUSY, 503,
			"too much is being sent at once; try again",
			"trop de données arrivent à la fois\u00A0; réessayez");
	if (x->refused) {
		drop_body(x);
		x->dropped += *n;
	} else {
		bytes_put(&x->body, data, *n);
		x->held += *n;
		atomic_fetch_add(&x->server->held, *n);
	}
	*n = 0;
	return x->dropped > DROPPED(x->most) ? MHD_NO : MHD_YES;
}

/* --- the answer --- */

static void
add_header(struct MHD_Response *r, const char *name, const char *value)
{
	(void)mhd.add_response_header(r, name, value);
}

static void
add_origin(exchange *x, struct MHD_Response *r)
{
	const char *origin = header(x, "Origin");

	if (origin == NULL || !guard_is_allowed(origin, x->server->options->origins))
		return;
	add_header(r, "Access-Control-Allow-Origin", origin);
	add_header(r, "Access-Control-Expose-Headers", "ETag, Content-Disposition");
	add_header(r, "Vary", "Origin");
	if (strcmp(x->method, "OPTIONS") != 0)
		return;
	add_header(r, "Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
	add_header(r, "Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match");
	add_header(r, "Access-Control-Max-Age", "600");
}

static void
add_headers(exchange *x, struct MHD_Response *r, const struct answer *a)
{
	add_header(r, "Content-Type", a->type == NULL ? "application/json" : a->type);
	add_header(r, "X-Content-Type-Options", "nosniff");
	add_header(r, "Cache-Control", a->policy == NULL ? "no-store" : "no-cache");
	add_header(r, "Referrer-Policy", "no-referrer");
	add_header(r, "Content-Security-Policy",
		a->policy == NULL ? "default-src 'none'; frame-ancestors 'none'" : a->policy);
	if (a->tag[0] != '\0')
		add_header(r, "ETag", a->tag);
	if (a->disposition != NULL)
		add_header(r, "Content-Disposition", a->disposition);
	if (a->status == 401)
		add_header(r, "WWW-Authenticate", "Bearer realm=\"paraph\"");
	if (a->status == 503 || a->status == 429)
		add_header(r, "Retry-After", a->status == 503 ? "1" : "60");
	add_origin(x, r);
}

static void
note(const exchange *x)
{
	char when[32], line[256];
	time_t now = time(NULL);
	struct tm tm;

	double ms = (double)(metrics_now() - x->start) / 1e6;
	gmtime_r(&now, &tm);
	strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &tm);
	snprintf(line, sizeof(line), "%s %s %s %u %zu %.1f\n", when, x->method,
		x->request.route == NULL ? "-" : x->request.route->path,
		x->request.answer.status, x->body.n, ms);
	fputs(line, stderr);
}

/* Before the client has the answer, so that it finds itself counted. What nobody waits for any
 * longer is no answer: exchange_end counts the client that went. */
static void
count(exchange *x, unsigned status)
{
	metrics *m = x->server->metrics;

	if (x->counted || x->client.gone)
		return;
	x->counted = true;
	metrics_request(m, x->request.route, status, metrics_now() - x->start);
	metrics_add(m, METRIC_REQUEST_BYTES, x->received);
	metrics_add(m, METRIC_RESPONSE_BYTES, x->events != NULL ? 0 : x->request.answer.body.n);
}

static enum MHD_Result
send_answer(exchange *x)
{
	struct answer *a = &x->request.answer;

	if (a->body.failed) {
		bytes_free(&a->body);
		answer_error(&x->request, 503, "out of memory", "plus assez de mémoire");
	}
	a->status = a->status == 0 ? 200 : a->status;
	count(x, a->status);
	if (x->server->options->log)
		note(x);
	struct MHD_Response *r = mhd.create_response_from_buffer(a->body.n,
		a->body.p == NULL ? (void *)x->method : a->body.p,
		a->body.p == NULL ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_MUST_FREE);
	if (r == NULL)
		return MHD_NO;
	a->body = (bytes){ 0 }; /* the response's own now */
	add_headers(x, r, a);
	connections_give(x->server->connections, connection_of(x->connection), ANSWER_SECONDS);
	enum MHD_Result queued = mhd.queue_response(x->connection, a->status, r);
	mhd.destroy_response(r);
	return queued;
}

/* What happens while a worker is at it, who writes the answer meanwhile: that is not looked at.
 */
static enum MHD_Result
send_stream(exchange *x)
{
	static const struct answer stream = { .type = "text/event-stream" };

	x->streams = true;
	add_header(x->stream, "X-Accel-Buffering", "no"); /* of nginx */
	add_headers(x, x->stream, &stream);
	enum MHD_Result queued = mhd.queue_response(x->connection, 200, x->stream);
	mhd.destroy_response(x->stream);
	return queued;
}

/* Without a header for it, clients of LanguageTool give the token as the parameter apiKey. The
 * token is looked at where anybody may ask as well: the status tells what it allows. */
static bool
may(exchange *x)
{
	request *r = &x->request;
	paraph_text said = guard_bearer(header(x, "Authorization"));

	if (x->server->options->tokens == NULL)
		return true;
	if (said.n == 0)
		said = form_get(&r->form, "apiKey");
	const token *known = token_file_find(&x->server->tokens, said);
	x->scopes = known == NULL ? 0 : known->scopes;
	r->user = known == NULL || known->name[0] == '\0' ? NULL : known->name;
	if (request_allows(r, r->route->scope))
		return true;
	metrics_add(x->server->metrics,
		known == NULL ? METRIC_REFUSED_TOKEN : METRIC_REFUSED_SCOPE, 1);
	if (known == NULL)
		answer_error(r, 401, "a token is needed", "il faut un jeton");
	else
		answer_error(r, 403, "this token does not allow that",
			"ce jeton ne permet pas cela");
	return false;
}

/* The parameter ui, else the first of French and English that the client names, else that of
 * the server. */
static void
choose_language(exchange *x)
{
	request *r = &x->request;
	paraph_text said = form_get(&r->form, "ui");
	const char *accepted = header(x, "Accept-Language");

	if (strncmp(r->path, "/api/", 5) != 0)
		return;
	if (said.n == 0 && accepted != NULL)
		said = text_of(accepted);
	if (said.n >= 2 && strncmp(said.p, "fr", 2) == 0)
		r->ui = PARAPH_LANGUAGE_FR;
	else if (said.n >= 2 && strncmp(said.p, "en", 2) == 0)
		r->ui = PARAPH_LANGUAGE_EN;
}

/* A worker and the connection may hold it, whoever is done last frees it. */
static void
release(exchange *x)
{
	if (atomic_fetch_sub(&x->holders, 1) != 1)
		return;
	drop_body(x);
	bytes_free(&x->request.answer.body);
	free(x->uri);
	free(x);
}

static void
end_work(exchange *x)
{
	x->done = true;
	if (!x->queued)
		return;
	if (x->events != NULL) {
		count(x, 200);
		if (!x->counted) /* the client went */
			metrics_add(x->server->metrics, METRIC_ABANDONED, 1);
		events_end(x->events);
	} else
		mhd.resume_connection(x->connection);
	release(x);
}

void
exchange_work(void *what)
{
	exchange *x = what;
	request *r = &x->request;

	r->body = bytes_view(&x->body);
	if (!request_is_wanted(r))
		answer_error(
			r, 503, "nobody waits for it any longer", "plus personne ne l’attend");
	else if (x->body.failed ||
		 !form_read(&r->form, r->query,
			 r->route->size != DOCUMENT ? r->body : (paraph_text){ 0 }))
		answer_error(r, 503, "out of memory", "plus assez de mémoire");
	else if (may(x)) {
		choose_language(x);
		r->route->answer(r);
	}
	form_free(&r->form);
	end_work(x);
}

/* --- what routes ask of it --- */

static exchange *
exchange_of(const request *r)
{
	return (exchange *)(uintptr_t)r; /* its first member */
}

const char *
request_header(const request *r, const char *name)
{
	return header(exchange_of(r), name);
}

bool
request_allows(const request *r, scope what)
{
	const exchange *x = exchange_of(r);

	return x->server->options->tokens == NULL || what == SCOPE_NONE ||
	       (x->scopes & ((unsigned)what | SCOPE_ADMIN)) != 0;
}

void
request_begin_events(request *r)
{
	exchange *x = exchange_of(r);
	const char *accepted = header(x, "Accept");

	if (!x->queued || accepted == NULL || strstr(accepted, "text/event-stream") == NULL)
		return;
	x->events = events_open(x->connection, &x->stream);
	r->events = x->events != NULL;
	if (r->events)
		mhd.resume_connection(x->connection);
}

bool
request_event(request *r, const char *name, paraph_text data)
{
	return !r->events || events_put(exchange_of(r)->events, name, data);
}

bool
request_is_wanted(void *asked)
{
	exchange *x = exchange_of(asked);

	if (x->events != NULL)
		return events_are_wanted(x->events);
	return !x->queued || presence_holds(&x->client);
}

static presence
client_presence(const exchange *x)
{
	const union MHD_ConnectionInfo *info =
		mhd.get_connection_info(x->connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	return (presence){ .socket = info == NULL ? -1 : info->connect_fd,
		.interim = x->interim };
}

static enum MHD_Result
work_or_queue(exchange *x)
{
	connections_give(x->server->connections, connection_of(x->connection), 0);
	if (x->body.n <= SHORT_BODY && x->request.route->size == FORM) {
		exchange_work(x);
		return send_answer(x);
	}
	x->queued = true;
	x->client = client_presence(x);
	atomic_store(&x->holders, 2);
	mhd.suspend_connection(x->connection);
	if (workers_add(x->server->workers, x))
		return MHD_YES;
	x->queued = false;
	atomic_store(&x->holders, 1);
	metrics_add(x->server->metrics, METRIC_REFUSED_BUSY, 1);
	answer_error(&x->request, 503, "too much is waiting already; try again",
		"trop de demandes attendent déjà\u00A0; réessayez");
	x->done = true;
	mhd.resume_connection(x->connection);
	return MHD_YES;
}

enum MHD_Result
exchange_step(void *user, struct MHD_Connection *c, const char *url, const char *method,
	const char *version, const char *data, size_t *n, void **state)
{
	exchange *x = *state;

	(void)user;
	(void)c;
	(void)url;
	if (x == NULL)
		return MHD_NO;
	if (!x->begun)
		return begin(x, method, version);
	if (*n != 0)
		return take_body(x, data, n);
	if (x->events != NULL)
		return x->streams ? MHD_YES : send_stream(x);
	if (x->done || x->refused)
		return send_answer(x);
	if (x->request.route == NULL) { /* OPTIONS of an origin that may ask */
		x->request.answer.status = 204;
		return send_answer(x);
	}
	return work_or_queue(x);
}

void
exchange_end(
	void *user, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode why)
{
	server *s = user;
	exchange *x = *state;

	(void)why;
	connections_give(s->connections, connection_of(c), IDLE_SECONDS);
	*state = NULL;
	if (x == NULL)
		return;
	if (x->events == NULL && !x->counted) /* a stream is counted by its worker */
		metrics_add(s->metrics, METRIC_ABANDONED, 1);
	if (x->stream != NULL && !x->streams) /* it was to be sent, and the client went */
		mhd.destroy_response(x->stream);
	atomic_fetch_sub(&s->begun, 1);
	release(x);
}
