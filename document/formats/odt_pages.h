/* The pages of an OpenDocument text, where the file says them: a program that lays pages out
 * notes where one ended by itself (text:soft-page-break); the others end where a style asks for
 * it.
 *
 * They are believed when they are as many as meta.xml says and somebody looked at the document:
 * LibreOffice 7.4 lays out no more than it needs when it converts a file without a window, and
 * notes half of the pages (`soffice --convert-to odt`, the DOCX of the corpora: 13 pages of
 * 21). Its settings.xml then has no view. */
#ifndef DOCUMENT_FORMATS_ODT_PAGES_H
#define DOCUMENT_FORMATS_ODT_PAGES_H

#include "base/memory.h"
#include "base/slice.h"

typedef struct odt_page_style {
	slice name, parent;
	bool table;     /* of tables, else of paragraphs */
	uint8_t before; /* what it says of the page before what has the style: enum odt_says */
	uint8_t after;
	uint8_t master; /* another kind of page begins with it */
	size_t order;   /* of the definition: of two with one name the last counts */
} odt_page_style;

typedef struct odt_pages {
	arena *keep;
	const memory *memory;
	ARRAY(odt_page_style) styles;
	bool in_style; /* what is being defined is the last of them */
	bool sorted;   /* all are defined */
	bool noted;    /* the file says where pages end */
	/* of the reading */
	uint32_t page;                /* from 1 */
	bool begun;                   /* something stands on it */
	bool ends;                    /* behind what stands there */
	uint32_t row_page, cell_page; /* a page may end in each cell of a row */
} odt_pages;

void odt_pages_free(odt_pages *p);

/* Are they to be believed, when the whole text was read? meta, settings: those parts, empty
 * when they are not there. */
bool odt_pages_are_sound(const odt_pages *p, slice meta, slice settings);

/* An element of the definitions. */
MUST_USE status odt_pages_define(odt_pages *p, const char *name, const char **attributes);

/* The text is read from its start. attributes: of office:text. */
void odt_pages_begin(odt_pages *p);
void odt_pages_text(odt_pages *p, const char **attributes);

/* What stands in the body begins: a paragraph or table, not inside a table. */
void odt_pages_paragraph(odt_pages *p, const char **attributes);
void odt_pages_table(odt_pages *p, const char **attributes);

/* A page ended by itself. */
void odt_pages_soft(odt_pages *p);

/* Rows and cells of the outermost table. */
void odt_pages_row(odt_pages *p, bool begins);
void odt_pages_cell(odt_pages *p, bool begins);

#endif
