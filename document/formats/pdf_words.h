/* The words of lines as text: which gaps are spaces, what a hyphen at a line end is, ligatures
 * and raised figures; and where each word stands. */
#ifndef DOCUMENT_FORMATS_PDF_WORDS_H
#define DOCUMENT_FORMATS_PDF_WORDS_H

#include "base/buffer.h"
#include "document/formats/pdf_text.h"

typedef struct pdf_words {
	context *context;
	const pdf_lines *lines;
	const document_options *options; /* NULL: no dictionaries */
	buffer text;
	ARRAY(pdf_place) places;
	arena scratch;
	bool hyphenated; /* words of this document are divided at line ends */
} pdf_words;

void pdf_words_init(
	pdf_words *w, context *c, const pdf_lines *lines, const document_options *options);
void pdf_words_free(pdf_words *w);

/* Looks whether line ends divide words: once, before the first line is added. */
void pdf_words_look(pdf_words *w);

/* Adds a line; unless it is the first of its paragraph, after a space or joined to the word
 * that the line before left off. */
MUST_USE status pdf_words_add(pdf_words *w, const pdf_line *line, bool first);

#endif
