#include "engine/place.h"

#include <string.h>

void
place_begin(place_walk *w, slice bytes, const char *encoding)
{
	*w = (place_walk){ .bytes = bytes, .line = 1 };
	if (strncmp(encoding, "UTF-16", 6) == 0) {
		w->unit = 2;
		w->big_endian = strcmp(encoding, "UTF-16BE") == 0;
	} else if (strcmp(encoding, "UTF-8") != 0)
		w->unit = 1;
}

static unsigned
unit_at(const place_walk *w, size_t i)
{
	const unsigned char *p = (const unsigned char *)w->bytes.p + i;

	if (w->unit < 2)
		return p[0];
	if (i + 1 >= w->bytes.n)
		return 0xFFFD;
	return w->big_endian ? (unsigned)p[0] << 8 | p[1] : (unsigned)p[1] << 8 | p[0];
}

static size_t
step(const place_walk *w)
{
	return w->unit < 2 ? 1 : 2;
}

/* The end of the line that holds i, past its terminator, or the end of the bytes. */
static size_t
next_line(const place_walk *w, size_t i, size_t end)
{
	for (; i < end; i += step(w)) {
		unsigned c = unit_at(w, i);
		if (c == '\n')
			return i + step(w);
		if (c != '\r')
			continue;
		size_t after = i + step(w);
		return after < w->bytes.n && unit_at(w, after) == '\n' ? after + step(w)
								       : after;
	}
	return SIZE_MAX;
}

static bool
counts(const place_walk *w, size_t i)
{
	unsigned c = unit_at(w, i);

	if (w->unit == 2)
		return (c & 0xFC00) != 0xDC00 && !(i == 0 && c == 0xFEFF);
	return w->unit == 1 || (c & 0xC0) != 0x80;
}

static size_t
first_byte(const place_walk *w)
{
	bool mark =
		w->unit == 0 && w->bytes.n >= 3 && memcmp(w->bytes.p, "\xEF\xBB\xBF", 3) == 0;

	return w->line_start == 0 && mark ? 3 : w->line_start;
}

place
place_of(place_walk *w, size_t offset)
{
	uint32_t column = 1;
	size_t next;

	if (offset < w->line_start) {
		w->line_start = 0;
		w->line = 1;
	}
	while ((next = next_line(w, w->line_start, offset)) <= offset) {
		w->line_start = next;
		w->line++;
	}
	for (size_t i = first_byte(w); i < offset; i += step(w))
		column += counts(w, i);
	return (place){ w->line, column };
}
