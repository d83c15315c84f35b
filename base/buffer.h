/* Text that we build: a growing buffer with a ceiling and a sticky status. Append as often as
 * you like and look at the status once, at the end. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdarg.h>

#include "base/memory.h"

typedef struct buffer {
	const memory *memory;
	char *p;
	size_t n, capacity;
	size_t ceiling; /* bytes; passing it gives STATUS_LIMIT */
	status status;
} buffer;

void buffer_init(buffer *b, const memory *m, size_t ceiling);
void buffer_free(buffer *b);
void buffer_clear(buffer *b); /* empties it, keeps its memory, forgets its status */
void buffer_reserve(buffer *b, size_t extra); /* when the size is known beforehand */
void buffer_put(buffer *b, slice s);
void buffer_put_char(buffer *b, char c);
void buffer_put_number(buffer *b, uint64_t n); /* in decimal digits */
void buffer_printf(buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
slice buffer_slice(const buffer *b); /* valid until the next append */

#endif
