/* What the routes of /api/v1 share. */
#ifndef APPS_HTTP_API_H
#define APPS_HTTP_API_H

#include <jansson.h>

#include "apps/http/request.h"

/* {"error":{"status":404,"message":"…"}} in the language of the user. */
void api_error(request *r, unsigned status, const char *en, const char *fr);
/* The same for what the library says. */
void api_failure(request *r, paraph_status status, const char *message);

/* "error", "warning", "info"; "safe", "review", NULL where nothing is to be corrected. */
const char *api_severity(paraph_severity s);
const char *api_correction(paraph_fix f);

/* The type of the answer; of those known. */
void api_type(request *r, const char *type);
/* The answer is a file to be kept under that name. */
void api_download(request *r, const char *name);

/* The object that the body is; NULL with an answer given. The caller releases it. */
json_t *api_body(request *r);
/* A member that is a string, NULL where there is none. */
const char *api_member(const json_t *object, const char *key);
/* The part of the path after its route, with what percent signs encode; empty when that is no
 * text, or too long. */
const char *api_rest(request *r);
/* A number among the parameters, within bounds; a default where there is none. */
size_t api_count(const request *r, const char *name, size_t least, size_t most, size_t usual);
/* A parameter as a string, which the caller frees; NULL: it is not there, or memory is out. */
char *api_parameter(const request *r, const char *name);

#endif
