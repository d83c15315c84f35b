/* From the lines of pages to the text of a document: paragraphs, what line ends divide, and
 * where every word of the text stands. */
#ifndef DOCUMENT_FORMATS_PDF_TEXT_H
#define DOCUMENT_FORMATS_PDF_TEXT_H

#include "document/document.h"
#include "document/formats/pdf_lines.h"

typedef struct pdf_place { /* of a word, or of the part of one before or after a line end */
	uint32_t text, n;  /* in the text of the document */
	uint32_t page;     /* from 1 */
	int32_t x1, y1, x2, y2;
	bool rotated;
} pdf_place;

typedef struct pdf_source {
	const pdf_place *places; /* by text */
	size_t place_count;
	uint32_t page_count, scans, recognised, lost;
} pdf_source;

/* Fills text, blocks and source of the document. */
MUST_USE status pdf_text_write(document *d, context *c, const pdf_lines *lines);

#endif
