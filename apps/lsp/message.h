/* The JSON of messages, in small. All references that these take or give are the caller's. */
#ifndef APPS_LSP_MESSAGE_H
#define APPS_LSP_MESSAGE_H

#include <jansson.h>

#include "apps/cli/bytes.h"
#include "apps/lsp/lines.h"

/* Codes of errors, of JSON-RPC and of the protocol. */
enum {
	CODE_PARSE = -32700,
	CODE_REQUEST = -32600,
	CODE_METHOD = -32601,
	CODE_PARAMS = -32602,
	CODE_NOT_INITIALIZED = -32002,
	CODE_FAILED = -32803,
	CODE_CANCELLED = -32800,
};

/* Of a path of names through objects ("textDocument", "uri"), ended by NULL: what is there,
 * borrowed; NULL: nothing. */
json_t *message_at(const json_t *from, ...);
/* The same of texts; NULL where there is none. */
const char *message_text(const json_t *object, const char *name);

json_t *message_string(paraph_text t); /* bytes that are not UTF-8 come out as U+FFFD */
/* JSON that is written out already and kept in a string, so that it is counted who needs it.
 * Such strings, in a list, are a text in pieces. */
json_t *message_keep(const bytes *b);
json_t *message_position(position p);
json_t *message_range(const lines *l, line_cursor *c, size_t start, size_t end, bool in_bytes);
void message_write_range(bytes *b, const char *key, position start, position end);
/* False: there is no such position in it. */
bool message_read_position(const json_t *from, position *out);

#endif
