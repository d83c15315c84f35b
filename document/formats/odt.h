/* Where the text of an OpenDocument text stands in its parts, for corrections and comments. */
#ifndef DOCUMENT_FORMATS_ODT_H
#define DOCUMENT_FORMATS_ODT_H

#include "document/edit.h"

#define ODT_LEVELS 8 /* of notes and text boxes inside each other */
#define ODT_READINGS (ODT_LEVELS + 1)

/* One reading of a part: content.xml is read once for the body, and again for what hangs on
 * its paragraphs (notes, text boxes), whose text comes after it. */
typedef struct odt_reading {
	uint32_t origin; /* in the map */
	bool styles;     /* of styles.xml, else of content.xml */
} odt_reading;

typedef struct odt_style { /* of the text from there on */
	uint32_t text;
	slice name; /* of the innermost span; empty: none */
} odt_style;

typedef struct odt_block {
	bool anchored;   /* of a note or text box: a comment may stand at anchor */
	uint32_t anchor; /* byte of content.xml */
} odt_block;

/* Where tracked changes are listed: of the body in content.xml, of each header and footer at
 * its head. */
typedef struct odt_list_place {
	uint32_t at;      /* byte of the part */
	bool has_changes; /* the list is there: the place is before its end */
} odt_list_place;

typedef struct odt_margin {  /* a header or footer */
	uint32_t start, end; /* bytes of styles.xml */
	odt_list_place changes;
} odt_margin;

typedef struct odt_source {
	source_map map; /* to the readings, one after the other */
	odt_reading readings[ODT_READINGS];
	size_t reading_count;
	slice content, styles; /* the parts; styles may be empty */
	const odt_style *style;
	size_t style_count;
	const odt_block *blocks; /* as those of the document */
	odt_list_place changes;
	const odt_margin *margins; /* in their order */
	size_t margin_count;
} odt_source;

MUST_USE status odt_edit(buffer *out, context *c, const document *d, const edit *edits,
	size_t count, edit_style *style);

#endif
