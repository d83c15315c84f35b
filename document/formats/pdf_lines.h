/* The lines of PDF pages in the order in which a person reads them, out of words that stand
 * somewhere on a page.
 *
 * Words at one height are a row; wide gaps cut it into pieces. Rows that leave the same strips
 * white are a table (or what is laid out like one), read cell by cell; two or three strips of
 * filled lines are columns of prose, read one after the other. Everything else is a line. */
#ifndef DOCUMENT_FORMATS_PDF_LINES_H
#define DOCUMENT_FORMATS_PDF_LINES_H

#include "document/formats/pdf_stream.h"

enum {
	PDF_LINE_BOLD = 1 << 0,   /* all of it */
	PDF_LINE_CELL = 1 << 1,   /* of a table; its cell is numbered */
	PDF_LINE_MARKED = 1 << 2, /* a list marker stands apart before it */
	PDF_LINE_ROTATED = 1 << 3,
	PDF_LINE_FURNITURE = 1 << 4, /* running head, page number: not text */
	PDF_LINE_NOTE = 1 << 5,      /* of a footnote */
	PDF_LINE_NOTE_START = 1 << 6,
};

typedef struct pdf_line {
	uint32_t first, count;  /* of its words in pdf_lines.order */
	int32_t x1, y1, x2, y2; /* of its words of full size */
	int32_t size;           /* of most of its characters */
	uint32_t page;          /* from 0 */
	uint32_t cell;          /* of PDF_LINE_CELL, unique in the document */
	uint32_t region;        /* lines of one column of one page */
	uint16_t flags;
} pdf_line;

typedef struct pdf_lines {
	const pdf_pages *pages;
	uint32_t *order; /* indices of words; on the arena */
	ARRAY(pdf_line) lines;
	uint32_t cells, regions;
} pdf_lines;

/* a lives as long as the lines; free them with ARRAY_FREE of lines. */
MUST_USE status pdf_lines_find(pdf_lines *out, context *c, arena *a, const pdf_pages *pages);

static inline const pdf_word *
pdf_line_word(const pdf_lines *l, const pdf_line *line, size_t i)
{
	return &l->pages->words.at[l->order[line->first + i]];
}

static inline slice
pdf_word_text(const pdf_pages *p, const pdf_word *w)
{
	return slice_sub(p->stream, w->text, w->text + w->n);
}

/* Stands higher than the line, in smaller type: a note call, an exponent. */
bool pdf_word_is_raised(const pdf_line *line, const pdf_word *w);

/* Leaves out what pages repeat at the same place, and page numbers. */
MUST_USE status pdf_furniture_mark(pdf_lines *l, context *c);

/* Tells footnotes from the text above them. */
void pdf_notes_mark(pdf_lines *l);

/* The commonest size of type, by characters. */
int32_t pdf_body_size(const pdf_lines *l);

#endif
