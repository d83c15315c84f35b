/* JSON, written as it is known: no tree, nothing kept but the depth. Commas and quotation marks
 * are the writer's, the order of calls is the caller's; a call that makes no sense there is a
 * bug (assert). Strings are valid UTF-8; bytes that are not become U+FFFD, because one bad
 * path in a list of a thousand must not cost the reader the other 999. */
#ifndef BASE_JSON_WRITER_H
#define BASE_JSON_WRITER_H

#include "base/buffer.h"

#define JSON_DEPTH_MAX 32

typedef struct json_writer {
	buffer *out;
	unsigned depth;
	bool filled[JSON_DEPTH_MAX]; /* something stands in the list or object already */
	bool keyed;                  /* a key waits for its value */
} json_writer;

void json_init(json_writer *j, buffer *out);
void json_begin_object(json_writer *j);
void json_end_object(json_writer *j);
void json_begin_list(json_writer *j);
void json_end_list(json_writer *j);
void json_key(json_writer *j, const char *key); /* nothing in it needs to be escaped */
void json_slice(json_writer *j, slice s);
void json_number(json_writer *j, uint64_t n);
void json_bool(json_writer *j, bool yes);
void json_nothing(json_writer *j);
void json_raw(json_writer *j, slice json); /* a value that is JSON already */

/* A key and its value at once. */
void json_put_string(json_writer *j, const char *key, slice s);
void json_put_number(json_writer *j, const char *key, uint64_t n);

#endif
