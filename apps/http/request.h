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
	SCOPE_ALL = 15,
} scope;

typedef struct answer {
	unsigned status;         /* 0: 200 */
	const char *type;        /* NULL: application/json */
	const char *policy;      /* of content security; NULL: nothing is allowed */
	const char *disposition; /* Content-Disposition; NULL: none */
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
} request;

typedef void route_answer(request *r);

typedef enum route_size {
	FORM,     /* parameters, up to the largest text there may be */
	DOCUMENT, /* a raw body, up to the largest document */
} route_size;

typedef struct route {
	const char *method, *path;
	scope scope;
	route_size size;
	route_answer *answer;
} route;

/* The route for a method and a path; NULL with *other when only other methods are there. */
const route *route_find(const char *method, const char *path, bool *other);

/* An answer in plain text, in the language of the user. */
void answer_error(request *r, unsigned status, const char *en, const char *fr);
/* The same with what a status of the library and its message say. */
void answer_failure(request *r, paraph_status status, const char *message);

#define ROUTE(method, path, scope, size, function) void function(request *r);
#include "apps/http/routes.def"
#undef ROUTE

#endif
