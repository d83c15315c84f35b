/* The text of an open document and where its lines begin. The protocol counts lines from 0 and
 * columns in UTF-16 units, unless client and server agree on bytes; lines end in CR LF, LF or
 * CR. A column past the end of its line means the end of the line, as the protocol wants. */
#ifndef APPS_LSP_LINES_H
#define APPS_LSP_LINES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct lines {
	char *bytes; /* UTF-8 */
	size_t n, capacity;
	size_t *starts; /* of the lines; the first is 0 */
	size_t count, room;
} lines;

typedef struct position {
	size_t line, column;
} position;

void lines_set(lines *l, const char *bytes, size_t n);
void lines_copy(lines *l, const lines *from);
/* Puts bytes where [start, end) was. */
void lines_edit(lines *l, size_t start, size_t end, const char *bytes, size_t n);
void lines_free(lines *l);

/* bytes: columns count bytes, not UTF-16 units. */
size_t lines_offset(const lines *l, position p, bool bytes);

/* Turns places into positions, quickly where each is near the one before. All zero is a good
 * start. */
typedef struct line_cursor {
	size_t line, at, column; /* place and column that were asked for last */
} line_cursor;
position lines_position(const lines *l, line_cursor *c, size_t offset, bool bytes);

#endif
