/* A request and its answer, as the functions behind routes see them.
 *
 * To add a route: write apps/http/FAMILY.c with a function of the type route_answer, and add
 * ROUTE(method, path, scope, size, function) to routes.def. A path that ends with * stands for
 * all that begin so. The function runs on a thread of its own choosing of the server's, reads
 * the request and fills in the answer; it takes a session where it needs one
 * (apps/http/engines.h) and gives it back. */
#ifndef APPS_HTTP_REQUEST_H
#define APPS_HTTP_REQUEST_H

#include "apps/http/form.h"

/* What a token allows; without tokens everything is allowed. */
typedef enum scope {
	SCOPE_NONE = 0, /* anybody */
	SCOPE_CHECK = 1,
	SCOPE_READ = 2,  /* termbases, memories, dictionaries */
	SCOPE_WRITE = 4, /* likewise */
	SCOPE_ADMIN = 8,
	SCOPE_METRICS = 16, /* numbers about the server */
	SCOPE_ALL = 31,
} scope;

typedef struct answer {
	unsigned status;         /* 0: 200 */
	const char *type;        /* NULL: application/json */
	const char *policy;      /* of content security; NULL: nothing is allowed */
	const char *disposition; /* Content-Disposition; NULL: none */
	char file_name[1200];    /* room for it */
	char tag[24];            /* ETag, with its quotation marks; empty: none */
	bytes body;
} answer;

typedef struct request {
	struct server *server;
	const struct route *route; /* NULL: nothing is there */
	const char *method, *path; /* as they were sent, without the query */
	paraph_text query, body;
	form form;          /* of both, where the route reads forms */
	paraph_language ui; /* of messages */
	answer answer;
	uint64_t generation;    /* of the store in hand (apps/http/stores.h) … */
	uint64_t taken, locked; /* … and since when it is; since when that of terms is locked */
	char rest[1024];        /* of the path behind its route, decoded */
	const char *user;       /* the name of the token; NULL: nobody knows */
	bool events;            /* the answer is a stream of events, which has begun */
} request;

typedef void route_answer(request *r);

typedef enum route_size {
	FORM,     /* parameters, up to the largest text there may be */
	SLOW,     /* likewise; answered by a worker whatever its size */
	DOCUMENT, /* a raw body, up to the largest document; by a worker */
} route_size;

typedef struct route {
	const char *method, *path;
	scope scope;
	route_size size;
	route_answer *answer;
} route;

/* A header of the request; NULL: it is not there. */
const char *request_header(const request *r, const char *name);
/* May whoever asks do that, too? */
bool request_allows(const request *r, scope what);
/* Makes the answer a stream of events where the client accepts one: then r->events. */
void request_begin_events(request *r);
/* Sends one, where the answer is such a stream. False: the client is gone. */
bool request_event(request *r, const char *name, paraph_text data);

/* The table of routes: NULL past the last; the place of one of them. */
const route *route_at(size_t i);
size_t route_count(void);
size_t route_number(const route *r);

/* Is there still somebody who waits for the answer? It takes a request, and may be asked often
 * (paraph_session_watch). */
bool request_is_wanted(void *r);

/* The route for a method and a path; NULL with *other when only other methods are there. */
const route *route_find(const char *method, const char *path, bool *other);

/* An answer in plain text, in the language of the user. */
void answer_error(request *r, unsigned status, const char *en, const char *fr);
/* The code for a status of the library; nonsense: for what was asked and makes no sense. */
unsigned answer_code(paraph_status status, unsigned nonsense);
/* The same with what a status of the library and its message say. */
void answer_failure(request *r, paraph_status status, const char *message);

#define ROUTE(method, path, scope, size, function) void function(request *r);
#include "apps/http/routes.def"
#undef ROUTE

#endif
