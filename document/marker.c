/* « M. Umarov » opens no list and « 2018. » is no paragraph number: numbers have up to three
 * digits, and of the capitals only roman numerals and A to H count. */
#include "document/marker.h"

#include <string.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t';
}

/* ASCII white space and U+00A0. */
static size_t
skip_space(slice line, size_t i)
{
	for (;;) {
		if (i < line.n && is_space(line.p[i]))
			i++;
		else if (i + 1 < line.n && memcmp(line.p + i, "\xC2\xA0", 2) == 0)
			i += 2;
		else
			return i;
	}
}

/* The marker ends at end, and white space or the end of the line must follow it. */
static marker
closed(slice line, marker_kind kind, size_t end, uint32_t number)
{
	size_t after = skip_space(line, end);

	if (after == end && end < line.n)
		return (marker){ 0 };
	return (marker){ kind, after, number };
}

static marker
read_symbol(slice line)
{
	static const char bullets[][4] = { "•", "▪", "■", "●", "○", "◦", "‣", "⁃", "➢", "·",
		"\xEF\x82\xB7", "\xEF\x82\xA7" };
	static const char dashes[][4] = { "-", "–", "—", "−", "*" };

	for (size_t i = 0; i < sizeof(bullets) / sizeof(bullets[0]); i++)
		if (slice_starts(line, slice_of(bullets[i])))
			return (marker){ MARKER_BULLET, skip_space(line, strlen(bullets[i])),
				0 };
	for (size_t i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++)
		if (slice_starts(line, slice_of(dashes[i])))
			return closed(line, MARKER_DASH, strlen(dashes[i]), 0);
	return (marker){ 0 };
}

/* 12.  12)  3.1.  12.bis is none. */
static marker
read_number(slice line, size_t start)
{
	size_t i = start;
	uint32_t number = 0;

	while (i < line.n && i - start < 3 && is_digit(line.p[i]))
		number = number * 10 + (uint32_t)(line.p[i++] - '0');
	if (i == start || i == line.n)
		return (marker){ 0 };
	while (i + 1 < line.n && line.p[i] == '.' && is_digit(line.p[i + 1]))
		for (i++; i < line.n && is_digit(line.p[i]); i++)
			;
	if (i == line.n || (line.p[i] != '.' && line.p[i] != ')'))
		return (marker){ 0 };
	if (start == 1 && line.p[i] != ')')
		return (marker){ 0 };
	i++;
	/* "1.)" */
	if (i < line.n && line.p[i] == ')')
		i++;
	return closed(line, MARKER_NUMBER, i, number);
}

static size_t
letters_among(slice line, size_t start, const char *set, size_t most)
{
	size_t i = start;

	while (i < line.n && i - start < most && line.p[i] != 0 &&
		strchr(set, line.p[i]) != NULL)
		i++;
	return i;
}

/* a)  (a)  (iv)  bb) */
static marker
read_letter(slice line, size_t start)
{
	size_t reach = line.n - start < 7 ? line.n - start : 7;

	/* Most lines begin with a word. */
	if (memchr(line.p + start, ')', reach) == NULL)
		return (marker){ 0 };
	size_t i = letters_among(line, start, "ivxlc", 6);
	if (i == start || i == line.n || line.p[i] != ')')
		i = letters_among(line, start, "abcdefghijklmnopqrstuvwxyz", 2);
	if (i == start || i == line.n || line.p[i] != ')')
		i = letters_among(line, start, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1);
	if (i == start || i == line.n || line.p[i] != ')')
		return (marker){ 0 };
	return closed(line, MARKER_LETTER, i + 1, 0);
}

/* IV.  A.  but not M. */
static marker
read_capital(slice line)
{
	size_t i = letters_among(line, 0, "IVX", 6);

	if (i == 0)
		i = letters_among(line, 0, "ABCDEFGH", 1);
	if (i == 0 || i == line.n || line.p[i] != '.')
		return (marker){ 0 };
	return closed(line, MARKER_ROMAN, i + 1, 0);
}

marker
marker_read(slice line)
{
	if (line.n == 0)
		return (marker){ 0 };
	char c = line.p[0];
	size_t start = c == '(' ? 1 : 0;
	if (start < line.n && is_digit(line.p[start]))
		return read_number(line, start);
	if (c == '(' || (c >= 'a' && c <= 'z'))
		return read_letter(line, start);
	if (c >= 'A' && c <= 'Z') {
		/* A word: most lines begin so. */
		if (line.n > 1 && line.p[1] >= 'a' && line.p[1] <= 'z')
			return (marker){ 0 };
		marker m = read_capital(line);
		return m.kind == MARKER_NONE ? read_letter(line, 0) : m;
	}
	return read_symbol(line);
}
