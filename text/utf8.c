/* Workload: French, ASCII with an accent or an apostrophe every 20 bytes. Sixteen bytes are
 * asked together whether they are nothing else. Where they are, eight ASCII bytes are skipped
 * at a time; of the others only the lead byte is looked up. */
#include "text/utf8.h"

#include <string.h>

#include <unicode/uchar.h>

#include "text/scan.h"

#define HIGH_BITS UINT64_C(0x8080808080808080)

static bool
is_continuation(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

/* The lowest and highest second byte after a lead byte (Unicode 15, table 3-7). */
static bool
second_fits(unsigned char lead, unsigned char second)
{
	unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
	unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;

	return second >= low && second <= high;
}

/* The length of the sequence at p, or 0 with *good bytes of it well formed. */
static size_t
sequence(const unsigned char *p, size_t n, size_t *good)
{
	*good = 0;
	if (p[0] < 0xC2 || p[0] > 0xF4)
		return 0;
	size_t length = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	*good = 1;
	if (n < 2 || !second_fits(p[0], p[1]))
		return 0;
	for (*good = 2; *good < length; ++*good)
		if (*good >= n || !is_continuation(p[*good]))
			return 0;
	return length;
}

/* Characters below U+0300 and general punctuation are their own NFC, save the two spaces
 * U+2000 and U+2001. */
static bool
is_unusual(const unsigned char *p)
{
	if (p[0] < 0xCC)
		return false;
	if (p[0] != 0xE2 || p[1] > 0x82)
		return true;
	return p[1] == 0x80 && p[2] < 0x82;
}

static void
note(const unsigned char *p, size_t i, size_t n, utf8_facts *facts)
{
	facts->multibyte = true;
	if (!is_unusual(p + i))
		return;
	facts->unusual = true;
	facts->parts |= UINT64_C(1) << i / utf8_part(n);
}

static size_t
first_high(uint64_t high)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return (size_t)__builtin_clzll(high) / 8;
#else
	return (size_t)__builtin_ctzll(high) / 8;
#endif
}

static size_t
skip_ascii(const unsigned char *p, size_t i, size_t n)
{
	while (n - i >= 8) {
		uint64_t word;
		memcpy(&word, p + i, 8);
		if ((word & HIGH_BITS) != 0)
			return i + first_high(word & HIGH_BITS);
		i += 8;
	}
	while (i < n && p[i] < 0x80)
		i++;
	return i;
}

/* Where to point when the sequence at i breaks off after good bytes. */
static size_t
blame(const unsigned char *p, size_t i, size_t good, size_t n)
{
	unsigned char breaker;

	if (good == 0 || i + good >= n)
		return i;
	breaker = p[i + good];
	if (breaker < 0x80 || (breaker >= 0xC2 && breaker <= 0xF4) || is_continuation(breaker))
		return i;
	return i + good;
}

/* Passes blocks that are plain, behind two bytes at least. Answers where the last character
 * that may be cut begins. */
static size_t
skip_plain(const unsigned char *p, size_t i, size_t n)
{
	size_t start = i;

	while (n - i >= SCAN_BYTES &&
		scan_is_plain(scan_load(p + i - 2), scan_load(p + i - 1), scan_load(p + i)))
		i += SCAN_BYTES;
	while (i > start && is_continuation(p[i - 1]))
		i--;
	return i > start && p[i - 1] >= 0xC0 ? i - 1 : i;
}

size_t
utf8_check(slice s, utf8_facts *facts)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0, slow_end = 1; /* so that the first of more than one byte is noted */

	*facts = (utf8_facts){ 0 };
	for (;;) {
		size_t good;
		if (i >= slow_end) {
			i = skip_plain(p, i, s.n);
			slow_end = i + SCAN_BYTES;
		}
		i = skip_ascii(p, i, s.n);
		if (i == s.n)
			return s.n;
		size_t length = sequence(p + i, s.n - i, &good);
		if (length == 0)
			return blame(p, i, good, s.n);
		note(p, i, s.n, facts);
		i += length;
	}
}

size_t
utf8_put(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

size_t
utf8_count(slice s)
{
	size_t count = 0;
	size_t i = 0;

	/* A continuation byte has bit 7 and not bit 6. */
	for (; s.n - i >= 8; i += 8) {
		uint64_t word;
		memcpy(&word, s.p + i, 8);
		uint64_t continuation = (word >> 7) & ~(word >> 6) & (HIGH_BITS >> 7);
		count += 8 - (size_t)(continuation * (HIGH_BITS >> 7) >> 56);
	}
	for (; i < s.n; i++)
		count += !is_continuation((unsigned char)s.p[i]);
	return count;
}

bool
utf8_is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
	return u_isalpha((UChar32)c) || utf8_is_odd(c);
}

bool
utf8_is_upper(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z';
	if (c >= 0xC0 && c < 0x100)
		return c < 0xDF && c != 0xD7;
	return u_isupper((UChar32)c) || u_istitle((UChar32)c);
}

bool
utf8_is_lower(uint32_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z';
	if (c >= 0xC0 && c < 0x100)
		return c >= 0xDF && c != 0xF7;
	return u_islower((UChar32)c);
}

bool
utf8_is_space(uint32_t c)
{
	return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : u_isUWhiteSpace((UChar32)c);
}

bool
utf8_is_odd(uint32_t c)
{
	if (c < 0xAD)
		return false;
	if (c == 0xAD || (c >= 0xFB00 && c <= 0xFB06) || (c >= 0x300 && c <= 0x36F))
		return true;
	return (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF ||
	       (c >= 0xE000 && c <= 0xF8FF);
}
