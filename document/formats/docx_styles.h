/* The styles of a Word document, each with what it says or inherits: what makes a heading, a
 * list, a quotation, hidden text, a language. */
#ifndef DOCUMENT_FORMATS_DOCX_STYLES_H
#define DOCUMENT_FORMATS_DOCX_STYLES_H

#include "document/formats/docx_xml.h"

#define DOCX_UNSAID (-1)

typedef struct docx_style {
	slice id, based_on;
	int heading; /* level from 1, 0 for none; all ints may be DOCX_UNSAID */
	int hidden;
	int list, level; /* w:numId and w:ilvl */
	int quotation;
	uint8_t language; /* enum language */
} docx_style;

typedef struct docx_styles {
	ARRAY(docx_style) list; /* by id */
	docx_style plain;       /* of paragraphs that name none: the default one */
	docx_style all;         /* what the document says of all text */
} docx_styles;

/* A document without the part has no styles. Strings go to keep. */
MUST_USE status docx_styles_read(docx_styles *s, package *p, const char *part, arena *keep);
void docx_styles_free(docx_styles *s, const memory *m);
/* NULL for an id that is not there; ids of headings in Word's own templates always are. */
const docx_style *docx_styles_find(const docx_styles *s, slice id);

/* "fr-FR" is LANGUAGE_FR, "ru-RU" LANGUAGE_OTHER, "" and "x-none" LANGUAGE_UNKNOWN. */
language docx_language(slice tag);

#endif
