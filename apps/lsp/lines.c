#include "apps/lsp/lines.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "apps/cli/settings.h"

void
lines_free(lines *l)
{
	free(l->bytes);
	free(l->starts);
	*l = (lines){ 0 };
}

static void
make_room(lines *l, size_t n)
{
	if (n <= l->capacity)
		return;
	l->capacity = n + n / 8 + 64;
	l->bytes = allocate(l->bytes, l->capacity, 1);
}

/* Room for n more starts at i; those behind move. */
static void
open_gap(lines *l, size_t i, size_t n)
{
	if (l->room < l->count + n) {
		l->room = 2 * (l->count + n) + 16;
		l->starts = allocate(l->starts, l->room, sizeof(*l->starts));
	}
	memmove(l->starts + i + n, l->starts + i, (l->count - i) * sizeof(*l->starts));
	l->count += n;
}

/* Does a line begin right behind byte i? */
static bool
ends_line(const lines *l, size_t i)
{
	return l->bytes[i] == '\n' ||
	       (l->bytes[i] == '\r' && (i + 1 == l->n || l->bytes[i + 1] != '\n'));
}

/* How many lines begin in (from, to]. */
static size_t
count_ends(const lines *l, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		n += ends_line(l, i);
	return n;
}

static void
fill_starts(lines *l, size_t i, size_t from, size_t to)
{
	for (size_t k = from; k < to; k++)
		if (ends_line(l, k))
			l->starts[i++] = k + 1;
}

/* The line in which the place is: the last that begins at or before it. */
static size_t
find_line(const lines *l, size_t offset)
{
	size_t low = 0, high = l->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (l->starts[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

void
lines_set(lines *l, const char *bytes, size_t n)
{
	l->count = 0;
	make_room(l, n);
	if (n != 0)
		memcpy(l->bytes, bytes, n);
	l->n = n;
	open_gap(l, 0, 1 + count_ends(l, 0, n));
	l->starts[0] = 0;
	fill_starts(l, 1, 0, n);
}

void
lines_copy(lines *l, const lines *from)
{
	l->count = 0;
	make_room(l, from->n);
	open_gap(l, 0, from->count);
	if (from->n != 0)
		memcpy(l->bytes, from->bytes, from->n);
	if (from->count != 0)
		memcpy(l->starts, from->starts, from->count * sizeof(*l->starts));
	l->n = from->n;
}

void
lines_edit(lines *l, size_t start, size_t end, const char *bytes, size_t n)
{
	/* A CR before the place may become the first half of a line's end, or cease to be. */
	size_t from = start > 0 ? start - 1 : 0;
	size_t first = find_line(l, from) + 1, gone = 0;

	/* Lines that begin in (from, end] are found again; one that begins right behind the
	 * edit's end may be the second half of CR LF. */
	size_t until = end < l->n ? end + 1 : end;
	while (first + gone < l->count && l->starts[first + gone] <= until)
		gone++;
	make_room(l, l->n - (end - start) + n);
	memmove(l->bytes + start + n, l->bytes + end, l->n - end);
	if (n != 0)
		memcpy(l->bytes + start, bytes, n);
	l->n = l->n - (end - start) + n;
	size_t to = until - end + start + n;
	size_t came = count_ends(l, from, to);
	for (size_t i = first + gone; i < l->count; i++)
		l->starts[i] = l->starts[i] - (end - start) + n;
	if (came > gone)
		open_gap(l, first + gone, came - gone);
	else {
		memmove(l->starts + first + came, l->starts + first + gone,
			(l->count - first - gone) * sizeof(*l->starts));
		l->count -= gone - came;
	}
	fill_starts(l, first, from, to);
}

/* The units of the character that the byte begins: 0 for the rest of one. */
static size_t
units(char byte, bool bytes)
{
	unsigned char b = (unsigned char)byte;

	if (bytes)
		return 1;
	return (b & 0xC0) == 0x80 ? 0 : b >= 0xF0 ? 2 : 1;
}

/* The same of eight bytes. Each has a bit of its own after the shifts: the rest of a character
 * is 10xxxxxx, the first of four bytes 1111xxxx. */
static size_t
units_of_eight(const char *p)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t eight;

	memcpy(&eight, p, sizeof(eight));
	if ((eight & ones << 7) == 0)
		return 8;
	uint64_t rest = eight >> 7 & ~(eight >> 6) & ones;
	uint64_t four = eight >> 7 & eight >> 6 & eight >> 5 & eight >> 4 & ones;
	return 8 - (size_t)(rest * ones >> 56) + (size_t)(four * ones >> 56);
}

/* Where the line ends, before what ends it. */
static size_t
line_end(const lines *l, size_t line)
{
	size_t end = line + 1 < l->count ? l->starts[line + 1] : l->n;

	if (line + 1 == l->count)
		return end;
	if (end > l->starts[line] && l->bytes[end - 1] == '\n')
		end--;
	if (end > l->starts[line] && l->bytes[end - 1] == '\r')
		end--;
	return end;
}

size_t
lines_offset(const lines *l, position p, bool bytes)
{
	if (p.line >= l->count)
		return l->n;
	size_t at = l->starts[p.line], end = line_end(l, p.line), column = 0;
	while (at < end) {
		column += units(l->bytes[at], bytes);
		if (column > p.column)
			break; /* in the middle of a character: before it */
		at++;
	}
	/* Never inside a character. */
	while (at > l->starts[p.line] && at < l->n && (l->bytes[at] & 0xC0) == 0x80)
		at--;
	return at;
}

/* To a place before the cursor in its line, where that is nearer than from the line's start. */
static void
step_back(const lines *l, line_cursor *c, size_t offset, bool bytes)
{
	if (c->line >= l->count || offset < l->starts[c->line] || offset >= c->at ||
		c->at - offset > offset - l->starts[c->line])
		return;
	for (; c->at > offset; c->at--)
		c->column -= units(l->bytes[c->at - 1], bytes);
}

position
lines_position(const lines *l, line_cursor *c, size_t offset, bool bytes)
{
	if (offset > l->n)
		offset = l->n;
	size_t line = c->line, next = line + 1;
	step_back(l, c, offset, bytes);
	if (line >= l->count || offset < c->at ||
		(next < l->count && offset >= l->starts[next])) {
		line = find_line(l, offset);
		*c = (line_cursor){ .line = line, .at = l->starts[line] };
	}
	if (bytes) {
		c->column += offset - c->at;
		c->at = offset;
	}
	for (; offset - c->at >= 8; c->at += 8)
		c->column += units_of_eight(l->bytes + c->at);
	for (; c->at < offset; c->at++)
		c->column += units(l->bytes[c->at], false);
	return (position){ c->line, c->column };
}
