/* A file format: recognises its bytes and reads them into a document. To add one: write
 * document/formats/NAME.c and add FORMAT(NAME) to formats.def. */
#ifndef DOCUMENT_FORMAT_H
#define DOCUMENT_FORMAT_H

#include "document/document.h"

typedef struct format {
	const char *name; /* as in "format":"txt" */
	/* How sure the format is that the file is its own: 0 not at all, 100 certain. */
	int (*probe)(slice path, slice bytes);
	/* Fills text, map, blocks (language LANGUAGE_UNKNOWN where the file does not say),
	 * reflowed, encoding. */
	status (*read)(document *d, context *c);
} format;

#define FORMAT(name) extern const format format_##name;
#include "document/formats.def"
#undef FORMAT

#endif
