/* The server: what it knows of its client, and the documents that are open. All of it belongs
 * to the main thread.
 *
 * The worker (worker.h) does what takes time. The main thread keeps the text of each document
 * as the client's messages change it, and gives it to the worker when nothing was typed for a
 * while, or at once when something is asked of it. */
#ifndef APPS_LSP_SERVER_H
#define APPS_LSP_SERVER_H

#include "apps/lsp/frame.h"
#include "apps/lsp/worker.h"

typedef struct open_document {
	char *uri, *name; /* name: see uri_name */
	json_int_t version;
	lines text;
	unsigned long serial, given; /* changes met, and of those what the worker has */
	long long due;    /* ms: when the worker gets it, whatever is asked; 0: it has it */
	json_t *progress; /* token under which the client shows that work goes on */
	bool progress_begun;
	struct open_document *next;
} open_document;

typedef struct client { /* what it can do */
	bool bytes;     /* positions */
	bool pulls, refreshes, configuration, watches, progress;
} client;

typedef struct server {
	const settings *cli;
	paraph_language ui, usual; /* usual: where the settings say nothing */
	int in, out;
	bool out_is_socket;
	frame_reader reader;
	char *outbox;
	size_t outbox_n, outbox_room, outbox_at;
	worker *worker;
	client client;
	bool initialized, shut_down, ended;
	open_document *documents;
	json_t *asked; /* requests of ours: number -> what for */
	json_int_t last_id;
	long long pause; /* ms without a key before a document is checked */
	json_t *options; /* of the client */
	char complained[512];
} server;

/* The protocol's messages. Those with work are requests that the worker answers, of a document
 * when their parameters name one. */
typedef struct method {
	const char *name;
	bool request;
	/* Takes part on the main thread; id is NULL for notifications. params may be NULL. */
	void (*take)(server *s, const json_t *id, const json_t *params);
	request_work work;
	bool written; /* its answers are JSON that is written out, a list of pieces */
} method;

#define METHOD(name) extern const method method_##name;
#include "apps/lsp/methods.def"
#undef METHOD

/* Until the client is gone; the answer is the exit status. */
int server_run(server *s);

/* A message that is written out, in strings that follow each other (message_keep). */
void server_send(server *s, const json_t *pieces);
void server_reply(server *s, const json_t *id, json_t *result); /* result is taken */
void server_refuse(server *s, const json_t *id, int code, const char *message);
void server_notify(server *s, const char *name, json_t *params);
/* A request of ours; params may be NULL. By what it is for its answer is taken. */
void server_ask(server *s, const char *name, json_t *params, const char *what);
/* An error that the user should see, once. */
void server_complain(server *s, const char *message);
const char *server_say(const server *s, const char *en, const char *fr);
long long server_now(void); /* ms */

/* Has the settings anew, from the client where it can be asked. */
void server_configure(server *s);
void server_take_options(server *s, const json_t *options);
/* Opens everything anew and checks all documents. */
void server_reload(server *s);

/* --- documents (documents.c) --- */

open_document *document_find(server *s, const char *uri);
/* That of params.textDocument; refuses the request when it is not open. */
open_document *document_of(server *s, const json_t *id, const json_t *params);
/* The worker gets it after so many ms. */
void document_changed(open_document *d, long long wait);
/* Gives the worker what it does not have. */
void document_give(server *s, open_document *d);
void document_give_due(server *s);
/* ms until one is due; -1: none is. */
int document_wait(const server *s);
void document_close(server *s, open_document *d);
/* Diagnostics have come, or a check has begun. */
void document_checked(server *s, job *j);
void documents_free(server *s);

#endif
