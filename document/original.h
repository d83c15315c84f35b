/* The file of a text that was composed (NFC) where its bytes lay. A long file in which a few
 * accents stand apart would else be kept twice. What little was changed is kept, so that every
 * byte of the file can be told. */
#ifndef DOCUMENT_ORIGINAL_H
#define DOCUMENT_ORIGINAL_H

#include "base/buffer.h"
#include "document/document.h"
#include "text/position.h"

#define ORIGINAL_CHANGES_MOST 256 /* a file with more is kept as it is, beside its text */

typedef struct original_change {
	span file;       /* in the file */
	span composed;   /* what became of it */
	uint32_t at;     /* of its bytes, in original.changed */
	uint32_t points; /* code points that it had more */
	uint32_t utf16;  /* UTF-16 units that it had more */
} original_change;

typedef struct original {
	slice composed;                 /* where the file lay */
	size_t size;                    /* of the file */
	const original_change *changes; /* in order */
	size_t count;
	const char *changed; /* the bytes of the changed places, one after the other */
} original;

/* Where a place of the file lies in the composed text: inside a change, its beginning. */
uint32_t original_place(const original *o, uint32_t file);

/* --- of any document --- */

/* Bytes in the file. */
size_t document_size(const document *d);

/* Appends bytes of the file. */
void document_put_bytes(buffer *out, const document *d, span file);

/* The same, borrowed where the file is there; with p == NULL when memory is out. */
MUST_USE status document_bytes(const document *d, span file, arena *a, slice *out);

/* What the span of the text stands for, as it stands in the file but for composed letters. */
slice document_lines(const document *d, span text);

/* Does a line end in the file within it? */
bool document_crosses_line(const document *d, span text);

/* Lines and columns of the file: text/position.h, for a file that may be overwritten. */
typedef struct file_places {
	positions positions; /* of the file, or of the composed text */
	const original *original;
} file_places;

void file_places_init(file_places *p, const memory *m, const document *d);
void file_places_free(file_places *p);
MUST_USE status file_place_of(file_places *p, uint32_t file, position *out);

#endif
