/* Places as people and editors count them, from bytes and back.
 *
 * Lines end at \n, \r\n or \r and are counted from 1; columns count code points from 1 (the
 * design contract) or UTF-16 units from 0 (the Language Server Protocol). The text is the bytes
 * of a file in any encoding of text/encoding.h. Offsets inside a character or past the end are
 * clamped to its start or to the end. Starts of lines are found as far as they are asked for,
 * and a question behind the last one on the same line goes on from there: findings come in
 * ascending order, and a line may be as long as a file. */
#ifndef TEXT_POSITION_H
#define TEXT_POSITION_H

#include "text/encoding.h"

typedef struct position {
	uint32_t line, column; /* both from 1; column in code points */
	uint32_t utf16;        /* from 0, in UTF-16 units from the start of the line */
} position;

typedef struct positions {
	const memory *memory;
	slice text;
	encoding encoding;
	ARRAY(uint32_t) lines; /* starts found so far */
	size_t scanned;        /* bytes looked at for line ends */
	position last;         /* the answer to the last question, at last_offset */
	uint32_t last_offset;
} positions;

void positions_init(positions *p, const memory *m, slice text, encoding e);
void positions_free(positions *p);

MUST_USE status position_of(positions *p, uint32_t offset, position *out);

/* The byte offset of a line and a column in code points; columns past the end of the line give
 * its end (before the line break), lines past the last one the end of the text. */
MUST_USE status position_offset(positions *p, uint32_t line, uint32_t column, uint32_t *out);
/* The same with a line from 0 and UTF-16 units from 0, as editors send them. */
MUST_USE status position_offset_utf16(
	positions *p, uint32_t line, uint32_t units, uint32_t *out);

/* The bytes of a line without its end; empty past the last one. */
MUST_USE status position_line(positions *p, uint32_t line, span *out);

#endif
