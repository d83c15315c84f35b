/* A hash of the text of each block, by which what was told of it before is found again. After a
 * key in an editor only blocks in the lines that are others are read: the difference to the
 * text before is known (document/facts.h), and so are the hashes of its blocks. */
#ifndef DOCUMENT_HASHES_H
#define DOCUMENT_HASHES_H

#include "document/document.h"

/* Fills in d->hashes where facts of the text are kept. */
MUST_USE status document_hash_blocks(document *d);

#endif
