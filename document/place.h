/* Where a person finds a block, in words. */
#ifndef DOCUMENT_PLACE_H
#define DOCUMENT_PLACE_H

#include "base/buffer.h"
#include "document/document.h"

/* "footnote", "header", …; "" for the body. As in JSON. */
const char *place_part(block_part part);

/* The part of this name: the body where there is none. */
block_part place_part_named(slice name);

/* "paragraph 12 (b), page 3"; nothing where nothing is known. heading: of a heading. */
void place_put(buffer *out, const block_place *p, bool heading, language ui);
/* The same of a block of a document. */
void place_describe(buffer *out, const document *d, size_t index, language ui);

/* The title of the section that the block stands in, on one line, cut when it is long. */
void place_heading(buffer *out, const document *d, size_t index);

/* The block that holds a place of the text. */
size_t place_block(const document *d, uint32_t at);

#endif
