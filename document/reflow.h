/* Paragraphs out of physical lines.
 *
 * A text file holds one paragraph a line, or it was filled: by a mail program, an editor or,
 * most often here, by an extractor of PDF text, which may also leave a blank line after every
 * line and the running headers and page numbers of every page between them. Terms, names and
 * sentences run over such line ends, so the lines are joined before anything looks at them.
 *
 * The decision is taken for the whole text, from its figures, and only on clear evidence: many
 * lines that are filled to a common width and go on in lower case. Text that is not filled
 * (a paragraph a line, lists, verse, tables) keeps its lines, one block each. */
#ifndef DOCUMENT_REFLOW_H
#define DOCUMENT_REFLOW_H

#include "document/document.h"

typedef struct flow {
	slice text;     /* the input itself, or on the arena when lines were joined */
	source_map map; /* from text to the input; empty when nothing was joined */
	block *blocks;  /* on the arena, language LANGUAGE_UNKNOWN */
	size_t block_count;
	bool reflowed;
} flow;

/* text is valid UTF-8 and shorter than 4 GiB. The joined text replaces a line end and the white
 * space around it by one space, or by nothing after a hyphen; page furniture inside a paragraph
 * goes with the line end. STATUS_LIMIT when a line or a paragraph passes limits.paragraph. */
MUST_USE status document_reflow(context *c, arena *a, slice text, flow *out);

#endif
