/* file: URIs and paths. Documents that have no file (untitled:) get a name that only says what
 * they are. */
#ifndef APPS_LSP_URI_H
#define APPS_LSP_URI_H

#include <stdbool.h>

/* The path of a file: URI, to be freed; NULL for any other. */
char *uri_path(const char *uri);

/* The name that a document is checked under: its path, else "untitled" with the extension of
 * the client's language id. To be freed. */
char *uri_name(const char *uri, const char *language_id);

#endif
