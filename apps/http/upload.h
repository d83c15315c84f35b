/* Files of exchange that are sent to be imported: they lie in a temporary folder while they are
 * read. With Accept: text/event-stream the answer is what happened as events: "progress" as it
 * went, then "done" or "failed". */
#ifndef APPS_HTTP_UPLOAD_H
#define APPS_HTTP_UPLOAD_H

#include "apps/http/request.h"

#define UPLOAD_SKIPPED 100 /* further ones are counted only */

typedef struct upload {
	char path[4096];
	bytes counts, skipped; /* members of an object; elements of a list */
	size_t skips;
	request *request;
} upload;

void upload_count(upload *u, const char *name, uint64_t n);

/* For the library, which imports; user is the upload. An import whose client is gone ends. */
paraph_status upload_skipped(void *user, unsigned line, unsigned column, const char *why);
paraph_status upload_progress(void *user, uint64_t at, uint64_t of, uint64_t units);

/* Writes the body into a file named as the parameter name says, has it imported, and answers
 * with the counts. */
void upload_take(
	request *r, paraph_status (*import)(request *r, upload *u, char *message, size_t size));

#endif
