/* Writes the file that text/lexicon_file.h describes. Private to the lexicon's own files. */
#ifndef TEXT_LEXICON_WRITE_H
#define TEXT_LEXICON_WRITE_H

#include "base/context.h"
#include "text/lexicon_file.h"

typedef struct lexicon_part { /* what stands in a section */
	const void *at;
	size_t count, bytes; /* elements, and the bytes of one */
} lexicon_part;

/* Fills in what the header says of the sections and writes all to a new file that takes the
 * place of the old one at once. STATUS_IO with a message, STATUS_LIMIT for a path that is too
 * long. */
MUST_USE status lexicon_write(context *c, struct lexicon_header *h,
	const lexicon_part parts[SECTION_COUNT], const char *path);

#endif
