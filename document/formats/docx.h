/* Where the text of a Word document stands in its parts, for corrections to be put there. */
#ifndef DOCUMENT_FORMATS_DOCX_H
#define DOCUMENT_FORMATS_DOCX_H

#include "document/layout.h"

/* <w:r …><w:rPr>…</w:rPr> | content | </w:r>, which is written anew when it is touched. */
typedef struct docx_run {
	uint32_t start, content, content_end, end;
	uint32_t insert, insert_end; /* the tag of w:ins directly around it; both 0: none */
	bool kept_space;             /* xml:space is "preserve" around it */
} docx_run;

/* The tag of a comment, of its start, end or reference. */
typedef struct docx_mention {
	uint32_t part, raw, raw_n;
	uint32_t id;
} docx_mention;

typedef struct docx_reading { /* arrays on the arena of the document that was read */
	slice text;           /* in: what must come out again */
	const span *wanted;   /* in: places of it, in order */
	size_t wanted_count;
	layout layout;
	const docx_run *runs; /* the owners of pieces */
	const slice *parts;   /* "word/document.xml" */
	size_t part_count;
	slice body, relations, comments; /* comments: "" when there is no such part */
	uint32_t *ids;                   /* in use, in order of their size */
	size_t id_count;
	const docx_mention *mentions; /* of all comments that are there, by part and place */
	size_t mention_count;
	uint32_t highest_note; /* the id of a footnote or endnote; 0 where there is none */
	bool is_signed, is_strict;
} docx_reading;

/* Reads the bytes of d->package again, for places; `again` has no text, holds the answer and is
 * to be freed as a document. STATUS_DAMAGED when another text comes out. */
MUST_USE status docx_read_again(
	document *again, context *c, const document *d, docx_reading *reading);

MUST_USE status docx_edit(buffer *out, context *c, const document *d, const edit *edits,
	size_t count, edit_style *style);

#endif
