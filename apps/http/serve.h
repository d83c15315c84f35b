/* The server behind `paraph serve`: HTTP on one address, one engine, stores opened once. */
#ifndef APPS_HTTP_SERVE_H
#define APPS_HTTP_SERVE_H

#include "apps/http/stores.h"
#include "apps/http/tokens.h"

typedef struct serve_options {
	paraph_options engine; /* with the language of messages */
	const char *address, *port;
	const char *dictionary;        /* the personal one, there or not; NULL: none */
	const char *tokens;            /* a file; NULL: none */
	const char *certificate, *key; /* files for TLS; NULL: none */
	const char *const *origins, *const *hosts; /* allowed; end with NULL */
	size_t threads;
	const char *termbase; /* one's own, there or not; NULL: none */
	stores_options stores;
	size_t text_most;   /* bytes of a text that is posted */
	size_t upload_most; /* bytes of a document */
	unsigned rate;      /* requests a minute of one client; 0: any number */
	bool log;           /* a line for each request, without its text */
	void (*say)(void *user, bool ready, const char *message); /* ready: of the address */
	void *user;
} serve_options;

/* Serves until SIGTERM or SIGINT. False with a message when it cannot begin. */
bool serve(const serve_options *o, char *message, size_t message_size);

#endif
