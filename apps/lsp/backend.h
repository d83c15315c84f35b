/* What the server works with: the engine that the settings ask for, the documents as they were
 * checked last, each with its session, and the termbases and memories that requests ask. All of
 * it belongs to the worker's thread. */
#ifndef APPS_LSP_BACKEND_H
#define APPS_LSP_BACKEND_H

#include "apps/cli/settings.h"
#include "apps/lsp/message.h"

/* A document as it was checked last. */
typedef struct checked {
	char *uri, *name;
	lines text;              /* that the result borrows */
	paraph_session *session; /* its own, which remembers */
	paraph_result *result;   /* NULL: it could not be checked */
	json_t *items;           /* its diagnostics, written out */
	unsigned long state;     /* another when they changed */
	struct checked *next;
} checked;

/* A memory that was asked before, and the state of its file then. */
typedef struct known_memory known_memory;
/* The same of a baseline, that could be read or not. */
typedef struct known_baseline known_baseline;

typedef struct backend {
	const settings *cli;
	json_t *options; /* of the client; NULL: none */
	bool bytes;      /* positions count bytes */
	paraph_language ui;
	paraph_language usual; /* where the settings say nothing */
	known_memory *memories;
	known_baseline *baselines;
	paraph_engine *engine;
	paraph_termbase *termbase;
	char *termbase_settings; /* the paraph.yaml it was opened for; "" for none */
	checked *documents;
	bool (*wanted)(void *user); /* see paraph_session_watch */
	void *wanted_user;
	unsigned long states; /* that were given so far */
	char message[512];    /* of the last failure, or of what went wrong beside */
} backend;

/* Forgets what was opened; the next request opens it as options say, which are taken. */
void backend_configure(backend *b, json_t *options);
void backend_close(backend *b);

/* Checks a text, whose bytes are taken; what the baseline of its project knows is left out.
 * False, with the message, when it cannot be checked; true with a message when it was, but for
 * the baseline. */
bool backend_check(backend *b, const char *uri, const char *name, lines *text);
void backend_forget(backend *b, const char *uri);
checked *backend_find(backend *b, const char *uri);

/* The termbases that hold for a document; NULL with the message. */
paraph_termbase *backend_terms(backend *b, const char *name);
/* Closes them, so that the next question sees what was written. */
void backend_close_terms(backend *b);

/* The memory of that path, opened once and again when somebody has written to it; NULL: it
 * cannot be opened. One that failed is to be forgotten. */
paraph_tm *backend_memory(backend *b, const char *path);
void backend_forget_memory(backend *b, const char *path);

/* The memories that hold for a document, one after the other; stops where false is answered. */
void backend_memories(const checked *d, bool (*each)(void *user, const char *path), void *user);

const char *backend_say(const backend *b, const char *en, const char *fr);

#endif
