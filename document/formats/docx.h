/* Where the text of a Word document stands in its parts, for corrections to be put there. */
#ifndef DOCUMENT_FORMATS_DOCX_H
#define DOCUMENT_FORMATS_DOCX_H

#include "document/edit.h"

typedef struct docx_piece {    /* of a <w:t>; offsets into its part, which is UTF-8 */
	uint32_t text, n;      /* in the text of the document */
	uint32_t raw, raw_n;   /* not n: a reference, which is taken whole or not at all */
	uint32_t tag, tag_end; /* its start tag */
	uint32_t properties, properties_end; /* <w:rPr> of its run; both 0: none */
	uint32_t part;
	bool preserve; /* xml:space is there already */
	bool in_field; /* what a field shows: no place for a comment */
} docx_piece;

typedef struct docx_source {
	const docx_piece *pieces; /* by text */
	size_t piece_count;
	const slice *parts; /* "word/document.xml" */
	size_t part_count;
} docx_source;

MUST_USE status docx_edit(buffer *out, context *c, const document *d, const edit *edits,
	size_t count, edit_style *style);

#endif
