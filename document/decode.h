/* The bytes of a text file as UTF-8 in NFC, with a map back to them. Steps which have nothing
 * to do pass their input on as it is: most files are their own text, and the map is empty. */
#ifndef DOCUMENT_DECODE_H
#define DOCUMENT_DECODE_H

#include "document/original.h"
#include "text/encoding.h"

typedef struct decoded {
	slice text; /* the bytes themselves, or on the arena */
	source_map map;
	const char *encoding;     /* as in struct document */
	const original *original; /* when the text lies where the bytes were; else NULL */
} decoded;

/* STATUS_FORMAT with a message that names path and place. */
MUST_USE status document_decode(context *c, arena *a, slice path, slice bytes, decoded *out);

/* The same over the bytes themselves, where little is to be composed. */
MUST_USE status document_decode_over(
	context *c, arena *a, slice path, slice bytes, decoded *out);

/* The same for a file that names its encoding (empty: it does not), which is believed unless a
 * byte order mark says another one. */
MUST_USE status document_decode_as(
	context *c, arena *a, slice path, slice bytes, slice charset, decoded *out);

#endif
