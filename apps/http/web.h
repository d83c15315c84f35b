/* The files of data/web, compiled into the program (tools/web.mk). The server gives them out as
 * they are; what they ask of it is /api/v1. */
#ifndef APPS_HTTP_WEB_H
#define APPS_HTTP_WEB_H

#include <stddef.h>

typedef struct web_file {
	const char *path; /* "/index.html", as it is asked for */
	const char *type; /* of its content, with the charset */
	const char *etag; /* with its quotation marks; another one for other bytes */
	const unsigned char *bytes;
	size_t size;
} web_file;

extern const web_file web_files[];
extern const size_t web_file_count;

/* Nothing from elsewhere, and no script or style inside the page. */
#define WEB_POLICY \
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " \
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

#endif
