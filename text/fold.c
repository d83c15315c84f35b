/* Case and folding by one table look-up per character, so that every word of a document can be
 * folded. The table (text/fold_table.inc, made by tools/fold_table.py) covers U+0000–U+058F and
 * U+1E00–U+1FFF: all Latin, Greek and Cyrillic that letters of the United Nations contain.
 *
 * Invariants: the result of text_fold folds to itself; no function keeps any state. */
#include "text/fold.h"

#include <string.h>
#include <unicode/uchar.h>

struct fold_entry {
	uint16_t lower, upper;
	uint8_t fold_bytes;
	unsigned char fold[3];
};

#include "text/fold_table.inc"
#include "text/utf8.h"

#define HIGH_FIRST 0x1E00
#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const struct fold_entry *
find(uint32_t c)
{
	if (c < COUNT(fold_low))
		return &fold_low[c];
	if (c >= HIGH_FIRST && c - HIGH_FIRST < COUNT(fold_high))
		return &fold_high[c - HIGH_FIRST];
	return NULL;
}

uint32_t
text_lower_char(uint32_t c)
{
	const struct fold_entry *e = find(c);

	return e == NULL ? c : e->lower;
}

uint32_t
text_upper_char(uint32_t c)
{
	const struct fold_entry *e = find(c);

	return e == NULL ? c : e->upper;
}

bool
text_case_is_known(uint32_t c)
{
	if (find(c) != NULL)
		return true;
	return c < 0x10000 && u_tolower((UChar32)c) == (UChar32)c &&
	       u_toupper((UChar32)c) == (UChar32)c;
}

static size_t
copy(char *out, slice s)
{
	memcpy(out, s.p, s.n);
	return s.n;
}

/* Most letters are ASCII: those from *at on in lower case, up to another byte, or to an
 * apostrophe where that is not to be kept. */
static size_t
lower_ascii(char *out, slice s, size_t *at, bool apostrophes)
{
	size_t n = 0;

	for (; *at < s.n; ++*at) {
		unsigned char c = (unsigned char)s.p[*at];
		if (c >= 0x80 || (c == '\'' && !apostrophes))
			break;
		out[n++] = (char)((unsigned)(c - 'A') < 26 ? c | 0x20 : c);
	}
	return n;
}

size_t
text_lower(char *out, slice s)
{
	size_t at = 0, n = lower_ascii(out, s, &at, false);

	for (; at < s.n; n += lower_ascii(out + n, s, &at, false)) {
		size_t start = at;
		uint32_t c = utf8_read(s, &at);
		const struct fold_entry *e = find(c);
		if (c == '\'')
			n += copy(out + n, SLICE("’"));
		else if (e != NULL)
			n += utf8_put(out + n, e->lower);
		else
			n += copy(out + n, slice_sub(s, start, at));
	}
	return n;
}

/* What stands outside the table and is more than itself when folded. */
static slice
fold_other(uint32_t c, slice itself)
{
	switch (c) {
	case 0x200B:
	case 0x200C:
	case 0x200D:
	case 0x2060:
	case 0xFEFF:
		return SLICE("");
	case 0x2010:
	case 0x2011:
		return SLICE("-");
	case 0x2018:
	case 0x2019:
	case 0x201B:
	case 0xFF07:
		return SLICE("'");
	case 0xFB00:
		return SLICE("ff");
	case 0xFB01:
		return SLICE("fi");
	case 0xFB02:
		return SLICE("fl");
	case 0xFB03:
		return SLICE("ffi");
	case 0xFB04:
		return SLICE("ffl");
	case 0xFB05:
	case 0xFB06:
		return SLICE("st");
	default:
		return itself;
	}
}

/* U+2070, U+2074–U+2079, U+2080–U+2089; ¹ ² ³ stand in the table. */
static bool
is_script_digit(uint32_t c)
{
	return c == 0x2070 || (c >= 0x2074 && c <= 0x2079) || (c >= 0x2080 && c <= 0x2089);
}

size_t
text_fold(char *out, slice s)
{
	size_t at = 0, n = lower_ascii(out, s, &at, true);

	for (; at < s.n; n += lower_ascii(out + n, s, &at, true)) {
		size_t start = at;
		uint32_t c = utf8_read(s, &at);
		const struct fold_entry *e = find(c);
		if (c == 0x02BC)
			out[n++] = '\'';
		else if (is_script_digit(c))
			out[n++] = (char)('0' + (c & 0xF));
		else if (e != NULL)
			for (unsigned i = 0; i < e->fold_bytes; i++)
				out[n++] = (char)e->fold[i];
		else
			n += copy(out + n, fold_other(c, slice_sub(s, start, at)));
	}
	return n;
}

text_case
text_case_of(slice word)
{
	size_t n = 0, capitals = 0, neutral = 0;
	bool first = false;

	for (size_t at = 0; at < word.n; n++) {
		uint32_t c = utf8_read(word, &at);
		uint32_t lower = text_lower_char(c);
		if (n == 0)
			first = c != lower;
		capitals += c != lower;
		neutral += text_upper_char(c) == lower;
	}
	if (capitals == 0)
		return CASE_LOWER;
	if (capitals == 1 && first)
		return CASE_CAPITAL;
	if (capitals == n || capitals + neutral == n)
		return CASE_UPPER;
	return first ? CASE_MIXED_CAPITAL : CASE_MIXED;
}

size_t
text_small(char *out, slice s)
{
	size_t at = 0, n = lower_ascii(out, s, &at, true);

	for (; at < s.n; n += lower_ascii(out + n, s, &at, true))
		n += utf8_put(out + n, text_lower_char(utf8_read(s, &at)));
	return n;
}

size_t
text_capitalise(char *out, slice s)
{
	size_t at = 0, n;

	if (s.n == 0)
		return 0;
	n = utf8_put(out, text_upper_char(text_lower_char(utf8_read(s, &at))));
	return n + text_small(out + n, slice_sub(s, at, s.n));
}
