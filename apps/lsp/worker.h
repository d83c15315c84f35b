/* The thread that does the work, so that typing never waits: the main thread reads messages,
 * keeps the texts and writes; whatever asks libparaph goes through this queue, in order. A
 * check that waits is overtaken by a newer one of the same document. */
#ifndef APPS_LSP_WORKER_H
#define APPS_LSP_WORKER_H

#include "apps/lsp/backend.h"

typedef enum job_kind { JOB_CHECK, JOB_FORGET, JOB_CONFIGURE, JOB_REQUEST } job_kind;

typedef struct fault { /* of a request; code 0: none */
	int code;
	char message[512];
} fault;

/* What a request does on the worker's thread; the answer is its result. d is NULL for requests
 * that are of no document, and for a document that is not known. */
typedef json_t *(*request_work)(backend *b, checked *d, const json_t *params, fault *f);

typedef struct job {
	job_kind kind;
	char *uri, *name; /* NULL: of no document */
	lines text;       /* of a check */
	json_int_t version;
	unsigned long serial; /* of a check: the state of the document */
	json_t *id, *params;  /* of a request; of a configuration: the options */
	request_work work;
	bool written; /* the result is written out, a list of pieces */
	/* the answer */
	json_t *result; /* of a check: diagnostics, written out */
	fault fault;
	bool begun;     /* a check that has only begun */
	bool unwanted;  /* a check whose findings nobody will see */
	bool cancelled; /* … that did not come to its end */
	size_t size;
	struct job *next;
} job;

typedef struct worker worker;

/* The options of the command line, and whether positions count bytes. */
worker *worker_start(const settings *s);
/* Cuts a check in hand short, waits for anything else, drops the others. */
void worker_stop(worker *w);
/* From then on positions count bytes, messages are in that language. Before the first job. */
void worker_agree(worker *w, bool in_bytes, paraph_language ui);

job *worker_new_job(job_kind kind, const char *uri);
void worker_free_job(job *j);
void worker_give(worker *w, job *j);
/* Takes a request out of the queue; NULL when it is not (or no longer) there. */
job *worker_cancel(worker *w, const json_t *id);

/* What can be polled for answers, and the next of them: NULL when there is none. */
int worker_signal(const worker *w);
job *worker_take(worker *w);

#endif
