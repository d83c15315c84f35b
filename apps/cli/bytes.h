/* Bytes that grow, and the JSON that is written into them. A failed allocation, or passing the
 * ceiling, is remembered: what is put afterwards is dropped, and whoever sends the bytes looks
 * once. */
#ifndef APPS_CLI_BYTES_H
#define APPS_CLI_BYTES_H

#include "include/paraph.h"

#define BYTES_CEILING ((size_t)256 << 20)

typedef struct bytes {
	char *p;
	size_t n, capacity;
	bool failed;
	bool follows; /* a member or an element was written: a comma is due */
} bytes;

void bytes_free(bytes *b);
void bytes_put(bytes *b, const char *p, size_t n);
void bytes_text(bytes *b, const char *terminated);
void bytes_char(bytes *b, char c);
void bytes_format(bytes *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A zero after the last byte, which n does not count. False: memory is out. */
bool bytes_terminate(bytes *b);
paraph_text bytes_view(const bytes *b);
/* For what the library writes piece by piece; user is the bytes. */
paraph_status bytes_take(void *user, const char *p, size_t n);

/* Commas are put where they are due. A key is NULL in a list. */
void write_open(bytes *b, const char *key, char bracket); /* '{' or '[' */
void write_close(bytes *b, char bracket);                 /* '}' or ']' */
void write_string(bytes *b, const char *key, paraph_text value);
void write_word(bytes *b, const char *key, const char *terminated);
void write_number(bytes *b, const char *key, uint64_t value);
void write_bool(bytes *b, const char *key, bool value);
void write_hex(bytes *b, const char *key, uint64_t value);    /* sixteen digits, a string */
void write_json(bytes *b, const char *key, paraph_text json); /* a value that is JSON already */

paraph_text text_of(const char *terminated); /* NULL gives the empty text */
bool same_text(paraph_text t, const char *terminated);

#endif
