/* What paraph-pdf says of a PDF: words with their places, and nothing that needs judgement. The
 * helper reads an untrusted format with a foreign library, so not a length or a number of it is
 * believed here.
 *
 *	paraph-pdf 1                      the first line
 *	pages N
 *	page NUMBER WIDTH HEIGHT [scan|recognised|lost]
 *	w X1 Y1 X2 Y2 SIZE FLAGS TEXT     … the words of that page
 *	end                               the last line
 *	error KIND                        instead: encrypted, damaged, sandbox, …
 *
 * Numbers are whole; places and sizes are hundredths of a point from the top left corner of the
 * page. A page is a scan when an image covers it and it has no text, recognised when it has
 *some (told of the first pages only), lost when it cannot be read. FLAGS: 1 bold, 2 italic, 4
 *runs up or down the page. TEXT is what the font says, without white space. Words stand in the
 *helper's order, which is not that of reading. */
#ifndef DOCUMENT_FORMATS_PDF_STREAM_H
#define DOCUMENT_FORMATS_PDF_STREAM_H

#include "base/context.h"

enum { PDF_BOLD = 1, PDF_ITALIC = 2, PDF_ROTATED = 4 };

typedef struct pdf_word {
	int32_t x1, y1, x2, y2; /* x1 <= x2, y1 <= y2 */
	int32_t size;           /* of the font, never 0 */
	uint32_t text;          /* offset into the stream */
	uint16_t n;             /* bytes, never 0 */
	uint8_t flags;
} pdf_word;

typedef struct pdf_page {
	int32_t width, height;
	uint32_t first, count; /* of its words */
	bool scan, recognised, lost;
} pdf_page;

typedef struct pdf_pages {
	slice stream;
	ARRAY(pdf_word) words;
	ARRAY(pdf_page) pages;
	slice trouble; /* the helper's "error"; empty: none */
} pdf_pages;

/* stream must outlive the answer. STATUS_FORMAT when it is not such a stream, or one that was
 * broken off. Free the answer whatever happens. */
MUST_USE status pdf_stream_read(pdf_pages *out, context *c, slice path, slice stream);
void pdf_pages_free(pdf_pages *p, const memory *m);

#endif
