/* Engines and their sessions, shared by all requests.
 *
 * Most requests want the same settings, and get a session of the same engine. Some want another
 * profile (fr-CA) or rules that are off by default: for each such choice another engine is
 * opened, which takes five milliseconds, and a few are kept. An engine knows the personal
 * dictionary as it was when it was opened; when the file is another one a new engine takes its
 * place, so that a word that was added is known to the next request.
 *
 * A session remembers the words it met. It is closed after eight megabytes of text, so that
 * what a server remembers does not grow with what it is sent. */
#ifndef APPS_HTTP_ENGINES_H
#define APPS_HTTP_ENGINES_H

#include "include/paraph.h"

typedef struct engines engines;

typedef struct engine_wish {
	const char *profile; /* NULL: that of the server */
	const char *enable; /* rules that are off by default, commas between them; NULL: none */
} engine_wish;

typedef struct lease {
	struct variant *variant;
	paraph_session *session;
	size_t bytes; /* of text that the session has seen */
} lease;

/* Opens what most requests want. dictionary: path of a list of words, there or not; NULL: none;
 * termbase: one that goes under the others, likewise. Names and paths must live as long as the
 * engines. */
paraph_status engines_open(engines **out, const paraph_options *options, const char *dictionary,
	const char *termbase, char *message, size_t message_size);
/* The next request gets an engine that has read the termbases anew. */
void engines_renew(engines *e);
/* When nothing is leased any more. */
void engines_close(engines *e);

paraph_status engines_take(
	engines *e, const engine_wish *wish, lease *out, char *message, size_t message_size);
/* bytes: how much text was looked at. */
void engines_give(engines *e, lease *l, size_t bytes);

#endif
