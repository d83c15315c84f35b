/* The part of the reader of PDF that runs no other program: for its tests, which say what the
 * helper would. */
#ifndef DOCUMENT_FORMATS_PDF_H
#define DOCUMENT_FORMATS_PDF_H

#include "document/document.h"

/* Text, blocks and source of the document, whose arena, path and options are set, from the
 * stream of pdf_stream.h. Nothing of the stream is kept. */
MUST_USE status pdf_read_stream(document *d, context *c, slice said);

#endif
