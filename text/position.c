#include "text/position.h"

#include "text/scan.h"
#include "text/utf8.h"

void
positions_init(positions *p, const memory *m, slice text, encoding e)
{
	*p = (positions){ .memory = m, .text = text, .encoding = e };
}

void
positions_free(positions *p)
{
	ARRAY_FREE(p->memory, &p->lines);
}

static bool
is_wide(encoding e)
{
	return e == ENCODING_UTF16LE || e == ENCODING_UTF16BE;
}

/* The length of a character in bytes and in UTF-16 units; a broken one counts as one unit. */
static size_t
step(const positions *p, size_t i, uint32_t *character, uint32_t *units)
{
	/* High characters of Windows-1252 are one unit each, whatever they are. */
	static const encoding_table any = { 0 };
	size_t n = encoding_get(p->encoding, &any, p->text, i, character);

	*units = n == 4 ? 2 : 1;
	if (n == 0) {
		*character = 0xFFFD;
		n = is_wide(p->encoding) && p->text.n - i >= 2 ? 2 : 1;
	}
	return n;
}

static bool
is_break(uint32_t c)
{
	return c == '\n' || c == '\r';
}

/* The same as find_break where a character of ASCII is a byte. */
static size_t
find_break_byte(slice text, size_t i)
{
	for (; text.n - i >= SCAN_BYTES; i += SCAN_BYTES) {
		scan_block b = scan_load(text.p + i);
		unsigned breaks = scan_equal(b, '\n') | scan_equal(b, '\r');
		if (breaks != 0)
			return i + (unsigned)__builtin_ctz(breaks);
	}
	while (i < text.n && !is_break((unsigned char)text.p[i]))
		i++;
	return i;
}

/* The next \n or \r from i on, or the end. */
static size_t
find_break(const positions *p, size_t i)
{
	if (!is_wide(p->encoding))
		return find_break_byte(p->text, i);
	uint32_t character, units;
	for (; i < p->text.n; i += step(p, i, &character, &units)) {
		step(p, i, &character, &units);
		if (is_break(character))
			return i;
	}
	return p->text.n;
}

/* The start of the line after the break at i. */
static size_t
after_break(const positions *p, size_t i)
{
	uint32_t first, second = 0, units;
	if (!is_wide(p->encoding) && p->text.p[i] == '\n')
		return i + 1;
	size_t next = i + step(p, i, &first, &units);

	if (first != '\r' || next >= p->text.n)
		return next;
	size_t length = step(p, next, &second, &units);
	return second == '\n' ? next + length : next;
}

/* A byte order mark is no column. */
static size_t
mark_length(const positions *p)
{
	uint32_t character = 0, units;
	size_t n = p->text.n == 0 ? 0 : step(p, 0, &character, &units);

	return character == 0xFEFF ? n : 0;
}

static status
add_line(positions *p, size_t start)
{
	TRY(ARRAY_RESERVE(p->memory, &p->lines, 1));
	p->lines.at[p->lines.n++] = (uint32_t)start;
	return STATUS_OK;
}

/* Finds lines until one begins after offset, or there are more than count, or none is left. */
static status
scan(positions *p, size_t offset, size_t count)
{
	if (p->lines.n == 0)
		TRY(add_line(p, mark_length(p)));
	while (p->scanned < p->text.n && p->lines.n <= count &&
		p->lines.at[p->lines.n - 1] <= offset) {
		size_t end = find_break(p, p->scanned);
		p->scanned = end;
		if (end >= p->text.n)
			break;
		p->scanned = after_break(p, end);
		TRY(add_line(p, p->scanned));
	}
	return STATUS_OK;
}

static size_t
line_index(const positions *p, uint32_t offset)
{
	size_t low = 0, high = p->lines.n, last = p->last.line;

	/* Mostly the line of the place before it. */
	if (last != 0 && p->lines.at[last - 1] <= offset &&
		(last == high || p->lines.at[last] > offset))
		return last - 1;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (p->lines.at[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* Past the characters of ASCII, no further than end. */
static uint32_t
skip_plain(const positions *p, uint32_t i, uint32_t end)
{
	unsigned others = 0;

	while (others == 0 && end - i >= SCAN_BYTES) {
		others = scan_high(scan_load(p->text.p + i));
		i += others == 0 ? SCAN_BYTES : (unsigned)__builtin_ctz(others);
	}
	while (others == 0 && i < end && (unsigned char)p->text.p[i] < 0x80)
		i++;
	return i;
}

/* The first n of sixteen bytes of UTF-8, from the start of a character on: how many of them are
 * whole characters of up to three bytes, and how many characters. 0: they must be looked at one
 * by one. */
static unsigned
count_whole(scan_block b, unsigned n, unsigned *characters)
{
	unsigned three = scan_from(b, 0xE1) & ~scan_from(b, 0xF0) & ~scan_equal(b, 0xED);
	unsigned two = scan_from(b, 0xC2) & ~scan_from(b, 0xE0);
	unsigned high = scan_high(b), rest = high & ~scan_from(b, 0xC0);

	if (((two | three) << 1 >> n & 1) != 0)
		n -= 1;
	else if ((three << 2 >> n & 1) != 0)
		n -= 2;
	unsigned whole = (1u << n) - 1;
	if ((((two << 1 | three << 1 | three << 2) ^ rest) & whole) != 0 ||
		(high & ~(two | three | rest) & whole) != 0)
		return 0;
	*characters = n - scan_count(rest & whole);
	return n;
}

/* The same as walk, of UTF-8, as far as sixteen bytes at a time can go. */
static uint32_t
walk_blocks(const positions *p, position *at, uint32_t i, uint32_t offset)
{
	uint32_t columns = 0;

	while (i < offset && p->text.n - i >= SCAN_BYTES) {
		scan_block b = scan_load(p->text.p + i);
		unsigned n = offset - i < SCAN_BYTES ? offset - i : SCAN_BYTES, characters = n;
		if ((scan_high(b) & ((1u << n) - 1)) != 0)
			n = count_whole(b, n, &characters);
		if (n == 0)
			break;
		i += n;
		columns += characters;
	}
	at->column += columns;
	at->utf16 += columns;
	return i;
}

/* From the place in *at forward to the character that holds offset. */
static uint32_t
walk(const positions *p, position *at, uint32_t i, uint32_t offset)
{
	bool wide = is_wide(p->encoding), utf8 = p->encoding == ENCODING_UTF8;

	while (i < offset) {
		uint32_t character, units;
		if (utf8)
			i = walk_blocks(p, at, i, offset);
		uint32_t start = i;
		i = wide ? i : skip_plain(p, i, offset);
		at->column += i - start;
		at->utf16 += i - start;
		if (i == offset)
			break;
		size_t n = step(p, i, &character, &units);
		if (i + n > offset)
			break;
		i += (uint32_t)n;
		at->column++;
		at->utf16 += units;
	}
	return i;
}

status
position_of(positions *p, uint32_t offset, position *out)
{
	if (offset > p->text.n)
		offset = (uint32_t)p->text.n;
	TRY(scan(p, offset, SIZE_MAX - 1));
	size_t index = line_index(p, offset);
	*out = (position){ (uint32_t)index + 1, 1, 0 };
	uint32_t from = p->lines.at[index];
	if (p->last.line == out->line && p->last_offset <= offset) {
		*out = p->last;
		from = p->last_offset;
	}
	p->last_offset = walk(p, out, from, offset);
	p->last = *out;
	return STATUS_OK;
}

status
position_line(positions *p, uint32_t line, span *out)
{
	uint32_t end = (uint32_t)p->text.n;

	TRY(scan(p, p->text.n, line));
	*out = (span){ end, end };
	if (line == 0 || line > p->lines.n)
		return STATUS_OK;
	uint32_t start = p->lines.at[line - 1];
	*out = (span){ start, (uint32_t)find_break(p, start) };
	return STATUS_OK;
}

status
position_offset(positions *p, uint32_t line, uint32_t column, uint32_t *out)
{
	uint32_t character, units;
	span s;

	TRY(position_line(p, line, &s));
	for (*out = s.start; column > 1 && *out < s.end; column--)
		*out += (uint32_t)step(p, *out, &character, &units);
	return STATUS_OK;
}

status
position_offset_utf16(positions *p, uint32_t line, uint32_t units, uint32_t *out)
{
	uint32_t character, wide;
	span s;

	if (line == UINT32_MAX)
		line--;
	TRY(position_line(p, line + 1, &s));
	for (*out = s.start; *out < s.end;) {
		size_t n = step(p, *out, &character, &wide);
		if (wide > units)
			break;
		units -= wide;
		*out += (uint32_t)n;
	}
	return STATUS_OK;
}
