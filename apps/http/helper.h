/* Asking the process that reads documents (apps/http/work.h says what is asked and answered):
 * it is started for one question, and ended when it takes too long. */
#ifndef APPS_HTTP_HELPER_H
#define APPS_HTTP_HELPER_H

#include <jansson.h>

#include "apps/http/request.h"

#define HELPER_SECONDS 90 /* of the clock */

/* What a document is asked with. */
typedef struct helper_document {
	const char *name;
	paraph_text bytes;
} helper_document;

/* Puts sizes, names and the language of messages into the question, asks it, and makes the
 * answer that of the request. False: it is an error. */
bool helper_answer(
	request *r, json_t *question, const helper_document *documents, size_t count);

#endif
