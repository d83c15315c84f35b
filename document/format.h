/* A file format: recognises its bytes and reads them into a document. To add one: write
 * document/formats/NAME.c and add FORMAT(NAME) to formats.def. */
#ifndef DOCUMENT_FORMAT_H
#define DOCUMENT_FORMAT_H

#include "document/edit.h"
#include "document/location.h"

typedef struct document_place { /* points from the top left corner of the page */
	uint32_t page;          /* from 1 */
	double x, y, width, height;
} document_place;

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
	/* The file has markup, which corrections go around. */
	bool marked_up;
	/* Of these: how a correction is written at a place of the file; NULL: as it is. */
	void (*escape)(buffer *out, const document *d, uint32_t at, slice with);
	bool references; /* … and a character that its encoding lacks as &#x202F; */
	/* Where a place of the text, in the block of that index, is; NULL: nothing to say
	 * beside line and paragraph. */
	void (*locate)(const document *d, size_t block, span text, location *out);
} format;

/* The escape of XML formats: references for & < >, except in a CDATA section. */
void format_escape_xml(buffer *out, const document *d, uint32_t at, slice with);

/* A locate for texts with headings: the one that the block stands under. */
void format_locate_heading(const document *d, size_t index, span text, location *out);

#define FORMAT(name) extern const format format_##name;
#include "document/formats.def"
#undef FORMAT

#endif
