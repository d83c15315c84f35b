/* What requests share. */
#ifndef APPS_HTTP_SERVER_H
#define APPS_HTTP_SERVER_H

#include <stdatomic.h>

#include "apps/http/connections.h"
#include "apps/http/engines.h"
#include "apps/http/guard.h"
#include "apps/http/metrics.h"
#include "apps/http/microhttpd.h"
#include "apps/http/serve.h"
#include "apps/http/shelf.h"
#include "apps/http/stores.h"
#include "apps/http/workers.h"

typedef struct server {
	const serve_options *options;
	engines *engines;
	connections *connections;
	metrics *metrics;
	workers *workers;
	guard_rate *rate; /* NULL: none */
	tokens tokens;
	shelf *shelf;
	stores *stores;
	atomic_size_t begun; /* requests that are not at their end */
	atomic_size_t held;  /* bytes of their bodies */
	bool loopback;
} server;

/* Callbacks of the library (exchange.c). */
void *exchange_begin(void *user, const char *uri, struct MHD_Connection *connection);
enum MHD_Result exchange_step(void *user, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *data, size_t *n, void **state);
void exchange_end(void *user, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode why);
void exchange_connection(void *user, struct MHD_Connection *connection, void **state,
	enum MHD_ConnectionNotificationCode what);
void exchange_work(void *exchange); /* of a worker */

#endif
