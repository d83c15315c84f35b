#include "document/lines.h"

#include <string.h>

#include "text/find.h"
#include "text/scan.h"
#include "text/utf8.h"

line_reader
line_reader_of(slice text)
{
	return (line_reader){
		.text = text,
		.carriage_returns = text.n != 0 && memchr(text.p, '\r', text.n) != NULL,
		.form_feeds = text.n != 0 && memchr(text.p, '\f', text.n) != NULL,
	};
}

static bool
is_line_end(char c)
{
	return c == '\n' || c == '\r' || c == '\f';
}

/* The offset of the first of the three line ends from at on, or the end. All are looked for at
 * once: the next \n may be a whole book away. */
static size_t
line_end(const line_reader *r)
{
	slice text = r->text;
	size_t i = r->at;

	for (; text.n - i >= SCAN_BYTES; i += SCAN_BYTES) {
		scan_block b = scan_load(text.p + i);
		unsigned ends = scan_equal(b, '\n') | scan_equal(b, '\r') | scan_equal(b, '\f');
		if (ends != 0)
			return i + (unsigned)__builtin_ctz(ends);
	}
	while (i < text.n && !is_line_end(text.p[i]))
		i++;
	return i;
}

/* The same as line_next where lines end with \n alone. */
static bool
next_plain(line_reader *r, slice *raw)
{
	const char *p = r->text.p + r->at, *end = memchr(p, '\n', r->text.n - r->at);
	size_t n = end == NULL ? r->text.n - r->at : (size_t)(end - p);

	*raw = (slice){ p, n };
	r->at += n + (end != NULL);
	return true;
}

bool
line_next(line_reader *r, slice *raw)
{
	if (r->at >= r->text.n)
		return false;
	if (!r->carriage_returns && !r->form_feeds)
		return next_plain(r, raw);
	size_t end = line_end(r);
	*raw = slice_sub(r->text, r->at, end);
	r->page = r->at > 0 && r->text.p[r->at - 1] == '\f';
	r->at = end;
	if (end < r->text.n) {
		bool pair = r->text.p[end] == '\r' && end + 1 < r->text.n &&
			    r->text.p[end + 1] == '\n';
		r->at = end + (pair ? 2 : 1);
	}
	return true;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t
space_at_start(slice s)
{
	static const char wide[][4] = { "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\xA8",
		"\xE2\x80\xA9", "\xE3\x80\x80", "\xEF\xBB\xBF" };

	if (s.n != 0 && is_space(s.p[0]))
		return 1;
	if (s.n >= 2 && memcmp(s.p, "\xC2\xA0", 2) == 0)
		return 2;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]) && s.n >= 3; i++)
		if (memcmp(s.p, wide[i], 3) == 0)
			return 3;
	return 0;
}

static size_t
space_at_end(slice s)
{
	if (s.n != 0 && is_space(s.p[s.n - 1]))
		return 1;
	for (size_t n = 2; n <= 3 && n <= s.n; n++)
		if (space_at_start(slice_sub(s, s.n - n, s.n)) == n)
			return n;
	return 0;
}

slice
lines_trim_any(slice s)
{
	size_t n;

	while ((n = space_at_start(s)) != 0)
		s = slice_sub(s, n, s.n);
	while ((n = space_at_end(s)) != 0)
		s = slice_sub(s, 0, s.n - n);
	return s;
}

static bool
ends_with_any(slice s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (slice_ends(s, slice_of(*list)))
			return true;
	return false;
}

static bool
starts_with_any(slice s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (slice_starts(s, slice_of(*list)))
			return true;
	return false;
}

static bool
is_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

/* Without quotes, brackets and note signs at its end. */
static slice
without_closers(slice s)
{
	static const char *const closers[] = { "»", "”", "’", "\"", "'", ")", "]", " ",
		"\xC2\xA0", "\xE2\x80\xAF", "*", NULL };

	while (ends_with_any(s, closers))
		do
			s.n--;
		while (s.n != 0 && ((unsigned char)s.p[s.n] & 0xC0) == 0x80);
	return s;
}

static unsigned
end_flags(slice s)
{
	static const char *const terminals[] = { ".", "!", "?", "…", NULL };
	static const char *const pauses[] = { ":", ";", NULL };

	if (s.n != 0 && is_letter(s.p[s.n - 1])) /* most lines of a page */
		return 0;
	slice bare = without_closers(s);

	if (ends_with_any(bare, terminals))
		return LINE_TERMINAL;
	if (ends_with_any(bare, pauses))
		return LINE_PAUSE;
	if (s.n < 2 || s.p[s.n - 1] != '-')
		return 0;
	unsigned char before = (unsigned char)s.p[s.n - 2];
	return before >= 0x80 || is_letter((char)before) ? LINE_HYPHEN : 0;
}

static bool
starts_small(slice s)
{
	unsigned char a = (unsigned char)s.p[0];
	unsigned char b = s.n > 1 ? (unsigned char)s.p[1] : 0;

	if (a >= 'a' && a <= 'z')
		return true;
	if (a == 0xC3)
		return b >= 0x9F;
	return a == 0xC5 && b == 0x93;
}

static unsigned
start_flags(slice s)
{
	static const char *const openers[] = { "«", "“", "‘", "(", "[", "\"", "'", " ",
		"\xC2\xA0", "\xE2\x80\xAF", NULL };
	static const char *const closers[] = { "»", "”", ")", ",", ";", ":", "%", NULL };

	if (s.n != 0 && is_letter(s.p[0]))
		return s.p[0] >= 'a' ? LINE_LOWER : 0;
	if (starts_with_any(s, closers))
		return LINE_LOWER;
	while (starts_with_any(s, openers))
		do
			s = slice_sub(s, 1, s.n);
		while (s.n != 0 && ((unsigned char)s.p[0] & 0xC0) == 0x80);
	return s.n != 0 && starts_small(s) ? LINE_LOWER : 0;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
digits(slice s, size_t i)
{
	size_t start = i;

	while (i < s.n && is_digit(s.p[i]))
		i++;
	return i - start;
}

/* S/2018/7, A/RES/70/1, E/CN.4/2006/1/Add.1, A/80/604/Add.12* */
static bool
is_symbol(slice word)
{
	bool slash = false, digit = false;

	if (word.n < 4 || word.p[0] < 'A' || word.p[0] > 'Z')
		return false;
	for (size_t i = 0; i < word.n; i++) {
		char c = word.p[i];
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		slash |= c == '/';
		digit |= is_digit(c);
		if (!letter && !is_digit(c) && memchr("/.()-*", c, 6) == NULL)
			return false;
	}
	return slash && digit && word.p[word.n - 1] != '.' && word.p[1] != '-';
}

/* 2/4, 18-00033, *1800033*, (F): what the foot of a page is made of. */
static bool
is_page_code(slice word)
{
	size_t a = digits(word, 0);

	if (word.n == 3 && word.p[0] == '(' && word.p[2] == ')')
		return word.p[1] >= 'A' && word.p[1] <= 'Z';
	if (word.n > 6 && word.p[0] == '*')
		return digits(word, 1) == word.n - 2 && word.p[word.n - 1] == '*';
	if (a == 0 || a == word.n)
		return false;
	size_t b = digits(word, a + 1);
	if (b == 0 || a + 1 + b != word.n)
		return false;
	return (word.p[a] == '/' && a <= 3 && b <= 3) || (word.p[a] == '-' && a == 2 && b == 5);
}

static bool
is_page_word(slice word)
{
	static const char *const words[] = { "Page", "page", "p.", "-", "–", "—", "/", "/…",
		"/...", "…", "...", "|", NULL };

	return slice_is_one_of(word, words);
}

/* Nothing but symbols, page numbers and job numbers. */
static bool
is_furniture(slice s)
{
	size_t numbers = 0, words = 0;
	slice rest = s, word;

	if (s.n > 120)
		return false;
	while (slice_cut(rest, ' ', &word, &rest) || word.n != 0) {
		bool number = word.n <= 4 && word.n != 0 && digits(word, 0) == word.n;
		if (word.n == 0)
			continue;
		if (!number && !is_symbol(word) && !is_page_code(word) && !is_page_word(word))
			return false;
		numbers += number;
		words++;
	}
	return words != 0 && numbers <= 2 && (words != 2 || numbers != 2);
}

static bool
is_rule(slice s)
{
	if (s.n < 4 || (s.p[0] != '_' && s.p[0] != '-' && s.p[0] != '*' && s.p[0] != '='))
		return false;
	for (size_t i = 1; i < s.n; i++)
		if (s.p[i] != s.p[0] && s.p[i] != ' ')
			return false;
	return true;
}

/* Cells: a tab after the first word, or two gaps of three spaces, or one of eight. */
static bool
has_columns(slice s)
{
	size_t gaps = 0, run = 0;
	const char *tab = memchr(s.p, '\t', s.n);

	if (tab != NULL &&
		(tab - s.p > 8 || memchr(tab + 1, '\t', s.n - (size_t)(tab - s.p) - 1) != NULL))
		return true;
	if (text_find(s, 0, SLICE("   ")) == s.n)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != ' ') {
			gaps += run >= 8 ? 2 : run >= 3 ? 1 : 0;
			run = 0;
		} else
			run++;
	}
	return gaps >= 2;
}

static size_t
first_word(slice s)
{
	size_t end = 0;

	while (end < s.n && !is_space(s.p[end]))
		end++;
	return utf8_count(slice_sub(s, 0, end));
}

static line
classify(slice text, slice raw, slice content)
{
	size_t width = utf8_count(content);
	size_t indent = (size_t)(content.p - raw.p);
	line l = {
		.start = (uint32_t)(content.p - text.p),
		.end = (uint32_t)(content.p - text.p + (ptrdiff_t)content.n),
		.width = (uint16_t)(width > UINT16_MAX ? UINT16_MAX : width),
		.indent = (uint16_t)(indent > UINT16_MAX ? UINT16_MAX : indent),
	};

	size_t first = first_word(content);
	l.first = (uint8_t)(first > UINT8_MAX ? UINT8_MAX : first);
	unsigned flags = end_flags(content) | start_flags(content);
	if (is_furniture(content))
		flags |= LINE_FURNITURE;
	if (is_rule(content))
		flags |= LINE_RULE;
	if (has_columns(content))
		flags |= LINE_COLUMNS;
	l.flags = (uint16_t)flags;
	return l;
}

static status
read_all(context *c, slice text, line_list *out)
{
	line_reader r = line_reader_of(text);
	unsigned gap = 0;
	bool page = false;
	slice raw;

	while (line_next(&r, &raw)) {
		slice content = lines_trim(raw);
		page |= r.page;
		if (content.n == 0) {
			gap++;
			continue;
		}
		TRY(ARRAY_RESERVE(c->memory, &out->lines, 1));
		line l = classify(text, raw, content);
		l.gap = (uint8_t)(gap > UINT8_MAX ? UINT8_MAX : gap);
		l.flags = (uint16_t)(l.flags | (page ? LINE_NEW_PAGE : 0));
		out->lines.at[out->lines.n++] = l;
		gap = 0;
		page = false;
	}
	return STATUS_OK;
}

status
lines_read(context *c, slice text, line_list *out)
{
	*out = (line_list){ 0 };
	status s = read_all(c, text, out);
	if (s != STATUS_OK)
		ARRAY_FREE(c->memory, &out->lines);
	return s;
}
