/* Where a person finds a block, in words. */
#ifndef DOCUMENT_PLACE_H
#define DOCUMENT_PLACE_H

#include "base/buffer.h"
#include "document/document.h"

/* "footnote", "header", …; "" for the body. As in JSON. */
const char *place_part(block_part part);

/* "paragraph 12 (b), page 3"; nothing where the document knows nothing of it. */
void place_describe(buffer *out, const document *d, size_t index, language ui);

/* The title of the section that the block stands in, on one line, cut when it is long. */
void place_heading(buffer *out, const document *d, size_t index);

/* The block that holds a place of the text. */
size_t place_block(const document *d, uint32_t at);

#endif
