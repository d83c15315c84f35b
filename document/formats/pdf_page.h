/* What the parts of the reader of lines share: a page while it is read. pdf_rows.c makes rows
 * and their pieces of its words, pdf_tables.c lines of rows, pdf_lines.c the order of the page.
 */
#ifndef DOCUMENT_FORMATS_PDF_PAGE_H
#define DOCUMENT_FORMATS_PDF_PAGE_H

#include "document/formats/pdf_lines.h"

#define PDF_STRIP 70 /* hundredths of the size: the least white strip between columns */

typedef struct pdf_piece {     /* of a row; also a whole line */
	uint32_t first, count; /* in order */
	int32_t x1, x2, y1, y2, size;
	bool marked;
} pdf_piece;

typedef struct pdf_row {
	uint32_t first, count; /* of pieces */
	int32_t middle, x1, x2, size;
} pdf_row;

typedef struct pdf_strip {
	int32_t from, to;
} pdf_strip;

typedef struct pdf_page_reader {
	pdf_lines *out;
	context *context;
	const pdf_page *page;
	uint32_t number;
	ARRAY(pdf_piece) pieces;
	ARRAY(pdf_row) rows;
} pdf_page_reader;

typedef struct pdf_placed { /* what words are sorted by */
	int32_t key;
	uint32_t index;
} pdf_placed;

static inline const pdf_word *
pdf_page_word(const pdf_page_reader *r, uint32_t i)
{
	return &r->out->pages->words.at[r->out->order[i]];
}

static inline slice
pdf_page_text(const pdf_page_reader *r, uint32_t i)
{
	return pdf_word_text(r->out->pages, pdf_page_word(r, i));
}

static inline const pdf_piece *
pdf_row_piece(const pdf_page_reader *r, const pdf_row *line, uint32_t i)
{
	return &r->pieces.at[line->first + i];
}

/* Dots or strokes that lead to a page number: no text. */
bool pdf_is_leader(slice s);

/* Works out the place and the size of type of a piece. */
void pdf_piece_measure(const pdf_page_reader *r, pdf_piece *p);

/* A line of the page: the next one in reading order. */
MUST_USE status pdf_piece_put(
	pdf_page_reader *r, const pdf_piece *p, unsigned flags, uint32_t cell);

/* Rows of the n words listed, which is left in disorder. */
MUST_USE status pdf_rows_find(pdf_page_reader *r, pdf_placed *list, size_t n);

/* Lines of rows start to end: of tables cell by cell. */
MUST_USE status pdf_rows_put(pdf_page_reader *r, uint32_t start, uint32_t end);

/* How many pieces cover each point of the width of a page. */
#define PDF_BINS 2048
#define PDF_BIN 100 /* hundredths of a point */

void pdf_bins_cover(uint16_t *bins, const pdf_piece *p);

/* Runs of bins that at most so many pieces cover, at least so wide, between covered ones. */
size_t pdf_bins_white(
	const uint16_t *bins, uint32_t most, int32_t least, pdf_strip *out, size_t room);

/* The column that most of the piece stands over; n strips part n + 1 columns. */
size_t pdf_column_of(const pdf_strip *strips, size_t n, const pdf_piece *p);

#endif
