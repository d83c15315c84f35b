/* Places in UTF-16 units, which browsers and editors count in, of a text in UTF-8. */
#ifndef APPS_HTTP_UTF16_H
#define APPS_HTTP_UTF16_H

#include "include/paraph.h"

typedef struct utf16 {
	paraph_text text;
	uint32_t *marks; /* units before every 64th byte */
} utf16;

/* False: memory is out. The text must outlive it. */
bool utf16_open(utf16 *u, paraph_text text);
void utf16_close(utf16 *u);

/* Units before a byte of the text, which is the first of a character, or its end. */
size_t utf16_at(const utf16 *u, size_t byte);

#endif
