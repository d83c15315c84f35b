/* A file format: recognises its bytes and reads them into a document. To add one: write
 * document/formats/NAME.c and add FORMAT(NAME) to formats.def. */
#ifndef DOCUMENT_FORMAT_H
#define DOCUMENT_FORMAT_H

#include "document/edit.h"

typedef struct format {
	const char *name; /* as in "format":"txt" */
	/* How sure the format is that the file is its own: 0 not at all, 100 certain. */
	int (*probe)(slice path, slice bytes);
	/* Fills text, map, blocks (language LANGUAGE_UNKNOWN where the file does not say),
	 * reflowed, encoding. */
	status (*read)(document *d, context *c);
	/* Of packages: as document_edit; NULL: the bytes are edited themselves. */
	status (*edit)(buffer *out, context *c, const document *d, const edit *edits,
		size_t count, edit_style *style);
} format;

#define FORMAT(name) extern const format format_##name;
#include "document/formats.def"
#undef FORMAT

#endif
