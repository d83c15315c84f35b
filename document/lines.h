/* The physical lines of a text and what can be said of each without its neighbours. */
#ifndef DOCUMENT_LINES_H
#define DOCUMENT_LINES_H

#include "base/context.h"

enum {
	LINE_FURNITURE = 1 << 0, /* page number, document symbol, job number */
	LINE_NEW_PAGE = 1 << 1,  /* a form feed stands before it */
	LINE_COLUMNS = 1 << 2,   /* cells kept apart by tabs or runs of spaces */
	LINE_TERMINAL = 1 << 3,  /* ends a sentence: . ! ? … and what closes after it */
	LINE_PAUSE = 1 << 4,     /* ends with : or ; */
	LINE_HYPHEN = 1 << 5,    /* ends with a letter and a hyphen */
	LINE_LOWER = 1 << 6,     /* goes on: begins with a small letter or a closing sign */
	LINE_RULE = 1 << 7,      /* ____ or ---- */
};

typedef struct line {
	uint32_t start, end; /* bytes, without white space at either end; never empty */
	uint16_t width;      /* code points, at most UINT16_MAX */
	uint16_t indent;     /* white space before it, bytes, at most UINT16_MAX */
	uint8_t first;       /* code points of its first word, at most 255 */
	uint8_t gap;         /* empty lines before it, at most 255 */
	uint16_t flags;
} line;

/* One line off *at, without its end (\n, \r\n, \r, \f); false at the end of the text. */
typedef struct line_reader {
	slice text;
	size_t at;
	bool carriage_returns, form_feeds; /* whether the text has any: set by line_reader_of */
	bool page;                         /* a form feed ended the line before this one */
} line_reader;

line_reader line_reader_of(slice text);
bool line_next(line_reader *r, slice *raw);

typedef struct line_list {
	ARRAY(line) lines;
} line_list;

/* The lines that are not empty. The list is on the allocator. */
MUST_USE status lines_read(context *c, slice text, line_list *out);

slice lines_trim_any(slice s);

/* White space at either end gone: ASCII, U+00A0, U+202F, U+3000, U+FEFF. Nearly every line
 * begins and ends with a sign or letter of ASCII. */
static inline slice
lines_trim(slice s)
{
	bool plain = s.n != 0 && (unsigned char)(s.p[0] - '!') <= '~' - '!' &&
		     (unsigned char)(s.p[s.n - 1] - '!') <= '~' - '!';

	return plain ? s : lines_trim_any(s);
}

#endif
