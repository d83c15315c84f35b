#include "report/excerpt.h"

#include <limits.h>
#include <string.h>

#include "text/scan.h"
#include "text/utf8.h"
#include "text/width.h"

/* What stands for a code point on the terminal. */
static uint32_t
picture(uint32_t c)
{
	if (c == '\t')
		return ' ';
	if (c < 0x20)
		return 0x2400 + c;
	if (c == 0x7F)
		return 0x2421;
	return c >= 0x80 && c < 0xA0 ? 0xFFFD : c;
}

/* Characters that are shown as they are: of ASCII but for controls, and those of two bytes or
 * more but for the C1 controls (U+0080 to U+009F). */
static size_t
shown_as_is(slice s, size_t i)
{
	for (; s.n - i >= SCAN_BYTES; i += SCAN_BYTES) {
		scan_block b = scan_load(s.p + i);
		if ((scan_spaces(b) ^ scan_equal(b, ' ')) != 0 ||
			(scan_equal(b, 0x7F) | scan_equal(b, 0xC2)) != 0)
			break;
	}
	for (; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < 0x20 || c == 0x7F ||
			(c == 0xC2 && (i + 1 == s.n || (unsigned char)s.p[i + 1] < 0xA0)))
			break;
	}
	return i;
}

void
excerpt_put_shown(buffer *out, slice s)
{
	char bytes[4];

	for (size_t i = 0; i < s.n;) {
		size_t end = shown_as_is(s, i);
		buffer_put(out, slice_sub(s, i, end));
		for (i = end; i < s.n && shown_as_is(s, i) == i;) {
			uint32_t c = picture(utf8_next(s, &i));
			buffer_put(out, (slice){ bytes, utf8_put(bytes, c) });
		}
	}
}

/* Of the character at *i, which it passes: ASCII is one column, as the pictures of controls. */
static inline unsigned
next_width(slice s, size_t *i)
{
	if ((unsigned char)s.p[*i] < 0x80) {
		++*i;
		return 1;
	}
	return width_of(picture(utf8_next(s, i)));
}

/* The bytes of ASCII from i on, each of which is a column; `most` at most. */
static unsigned
plain_bytes(slice s, size_t i, unsigned most)
{
	unsigned n = 0, left = s.n - i < most ? (unsigned)(s.n - i) : most;

	for (; left - n >= SCAN_BYTES; n += SCAN_BYTES) {
		unsigned high = scan_high(scan_load(s.p + i + n));
		if (high != 0)
			return n + (unsigned)__builtin_ctz(high);
	}
	while (n < left && (unsigned char)s.p[i + n] < 0x80)
		n++;
	return n;
}

unsigned
excerpt_width(slice s)
{
	unsigned columns = 0;

	for (size_t i = 0; i < s.n;) {
		unsigned plain = plain_bytes(s, i, UINT_MAX);
		i += plain;
		columns += plain + (i < s.n ? next_width(s, &i) : 0);
	}
	return columns;
}

/* The bytes of ASCII before i, `most` at most and no more than a block. */
static unsigned
plain_before(slice s, size_t i, unsigned most)
{
	unsigned n = 0;

	if (i >= SCAN_BYTES && most >= SCAN_BYTES) {
		unsigned high = scan_high(scan_load(s.p + i - SCAN_BYTES));
		return high == 0 ? SCAN_BYTES : (unsigned)__builtin_clz(high << 16);
	}
	while (n < most && n < i && (unsigned char)s.p[i - 1 - n] < 0x80)
		n++;
	return n;
}

/* Moves back from i by at most the given columns, which become what they are. */
static size_t
back(slice s, size_t i, unsigned *columns)
{
	unsigned left = *columns;

	for (;;) {
		unsigned plain = plain_before(s, i, left);
		i -= plain;
		left -= plain;
		if (plain != 0)
			continue;
		size_t before = utf8_back(s, i), next = before;
		unsigned w = i == 0 ? 0 : next_width(s, &next);
		if (i == 0 || w > left)
			break;
		left -= w;
		i = before;
	}
	*columns -= left;
	return i;
}

/* The same forward. */
static size_t
forward(slice s, size_t i, unsigned *columns)
{
	unsigned left = *columns;

	while (i < s.n) {
		unsigned plain = plain_bytes(s, i, left);
		size_t next = i += plain;
		left -= plain;
		if (i == s.n)
			break;
		unsigned w = next_width(s, &next);
		if (w > left)
			break;
		left -= w;
		i = next;
	}
	*columns -= left;
	return i;
}

static bool
ends_line(char c)
{
	return c == '\n' || c == '\r';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Where the line ends that i stands in, or at last. */
static size_t
line_end(slice text, size_t i, size_t last)
{
	const char *end = i < last ? memchr(text.p + i, '\n', last - i) : NULL;

	last = end == NULL ? last : (size_t)(end - text.p);
	end = i < last ? memchr(text.p + i, '\r', last - i) : NULL;
	return end == NULL ? last : (size_t)(end - text.p);
}

/* Where the line begins that i stands in, or at first. */
static size_t
line_start(slice text, size_t first, size_t i)
{
	for (; i - first >= SCAN_BYTES; i -= SCAN_BYTES) {
		scan_block b = scan_load(text.p + i - SCAN_BYTES);
		if ((scan_equal(b, '\n') | scan_equal(b, '\r')) != 0)
			break;
	}
	while (i > first && !ends_line(text.p[i - 1]))
		i--;
	return i;
}

/* The line without its indentation. A line can be as long as the file and hold a finding at
 * every word, so it is never read to its ends. */
view
excerpt_view(slice text, span s)
{
	size_t start = s.start, end = s.start;
	size_t first = s.start > EXCERPT_REACH ? s.start - EXCERPT_REACH : 0;
	size_t last = text.n - s.start > EXCERPT_REACH ? s.start + EXCERPT_REACH : text.n;

	while (utf8_is_inside(text, first))
		first++;
	while (last > s.start && utf8_is_inside(text, last))
		last--;
	start = line_start(text, first, start);
	end = line_end(text, end, last);
	bool cut_before = start > 0 && !ends_line(text.p[start - 1]);
	bool cut_after = end < text.n && !ends_line(text.p[end]);
	while (start < s.start && is_blank(text.p[start]))
		start++;
	while (end > s.end && is_blank(text.p[end - 1]))
		end--;
	size_t stop = s.end < end ? s.end : end;
	return (view){ slice_sub(text, start, end), s.start - start, stop - start, cut_before,
		cut_after };
}

/* Is all of the line seen, and shown? */
static bool
is_whole(const view *v, unsigned *columns)
{
	return !v->cut_before && !v->cut_after && forward(v->line, 0, columns) == v->line.n;
}

excerpt_mark
excerpt_put(buffer *out, const view *v, excerpt_size size)
{
	slice dots = SLICE("…");
	size_t from = 0, to = v->line.n;
	unsigned shown = size.whole, column = size.lead;

	if (is_whole(v, &shown))
		column = excerpt_width(slice_sub(v->line, 0, v->start));
	else {
		from = back(v->line, v->start, &column);
		shown = size.window;
		to = forward(v->line, from, &shown);
	}
	if (to < v->end) {
		shown = size.window;
		to = forward(v->line, v->start, &shown);
		shown += column;
	}
	size_t shown_end = v->end < to ? v->end : to;
	bool before = from > 0 || v->cut_before, after = to < v->line.n || v->cut_after;

	buffer_put(out, before ? dots : (slice){ 0 });
	excerpt_put_shown(out, slice_sub(v->line, from, to));
	buffer_put(out, after ? dots : (slice){ 0 });
	unsigned wide = excerpt_width(slice_sub(v->line, v->start, shown_end));
	return (excerpt_mark){
		.column = column + before, .wide = wide, .width = before + shown + after
	};
}
