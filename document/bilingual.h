/* What the formats of segment pairs share: the document that the events of their readers
 * make. A format is a reader of bitext/ and a few facts. */
#ifndef DOCUMENT_BILINGUAL_H
#define DOCUMENT_BILINGUAL_H

#include "document/format.h"

/* charset: what the file says of its encoding; empty: nothing. */
MUST_USE status bilingual_read(document *d, context *c, slice charset, bitext_read *read);

/* Unit, segment, side, context, file, row and state of a block. */
void bilingual_locate(const document *d, size_t index, span text, location *out);

#endif
