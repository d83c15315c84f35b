/* UTF-8 by hand: one strict pass that also notes what later steps would otherwise have to look
 * for (is there anything that normalisation may change), and the decoding of single characters
 * of text that passed it. */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "base/slice.h"

typedef struct utf8_facts {
	bool multibyte; /* a valid sequence of two bytes or more stands before the first error
			 */
	bool unusual;   /* a character that NFC may change */
	uint64_t parts; /* a bit for each part of the text that such a one begins in */
} utf8_facts;

/* Bytes of a part: there are sixty-four of them at most. */
static inline size_t
utf8_part(size_t n)
{
	return n / 64 + 1;
}

/* The offset of the first byte that is not valid UTF-8, or s.n. Of a sequence that is broken
 * off by a character that is valid itself, that is the first byte of the sequence; otherwise
 * it is the byte that can stand nowhere. Facts are those of the text before it. */
size_t utf8_check(slice s, utf8_facts *facts);

/* Writes the character (up to four bytes) and returns its length in bytes. */
size_t utf8_put(char *out, uint32_t character);

/* Code points in valid UTF-8. */
size_t utf8_count(slice s);

/* The character at p, which has n > 0 valid bytes after it, and its length in bytes. */
static inline size_t
utf8_get(const char *p, size_t n, uint32_t *character)
{
	const unsigned char *u = (const unsigned char *)p;

	if (u[0] < 0xC2 || n < 2) {
		*character = u[0];
		return 1;
	}
	if (u[0] < 0xE0 || n < 3) {
		*character = (uint32_t)(u[0] & 0x1F) << 6 | (u[1] & 0x3F);
		return 2;
	}
	if (u[0] < 0xF0 || n < 4) {
		*character = (uint32_t)(u[0] & 0x0F) << 12 | (uint32_t)(u[1] & 0x3F) << 6 |
			     (u[2] & 0x3F);
		return 3;
	}
	*character = (uint32_t)(u[0] & 0x07) << 18 | (uint32_t)(u[1] & 0x3F) << 12 |
		     (uint32_t)(u[2] & 0x3F) << 6 | (u[3] & 0x3F);
	return 4;
}

/* The code point at *i, which moves past it. */
static inline uint32_t
utf8_next(slice s, size_t *i)
{
	uint32_t character;

	*i += utf8_get(s.p + *i, s.n - *i, &character);
	return character;
}

/* How many bytes the character at s.p[i] has; 0 for a byte that begins none. */
static inline size_t
utf8_length(slice s, size_t i)
{
	unsigned char lead = (unsigned char)s.p[i];
	size_t n = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;

	if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4 || n > s.n - i)
		return 0;
	for (size_t k = 1; k < n; k++)
		if (((unsigned char)s.p[i + k] & 0xC0) != 0x80)
			return 0;
	return n;
}

/* The same as utf8_next for text that need not be valid: a byte that begins no character is
 * U+FFFD. */
static inline uint32_t
utf8_read(slice s, size_t *i)
{
	if (utf8_length(s, *i) != 0)
		return utf8_next(s, i);
	(*i)++;
	return 0xFFFD;
}

/* The byte at i is not the first of its code point. */
static inline bool
utf8_is_inside(slice s, size_t i)
{
	return i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80;
}

/* Start of the code point that ends before i. */
static inline size_t
utf8_back(slice s, size_t i)
{
	while (i > 0 && ((unsigned char)s.p[--i] & 0xC0) == 0x80)
		;
	return i;
}

bool utf8_is_letter(uint32_t c);
bool utf8_is_upper(uint32_t c); /* title case included */
bool utf8_is_lower(uint32_t c);
bool utf8_is_space(uint32_t c); /* white space of any kind, no-break ones included */

/* A character that prose should not hold: presentation ligatures, soft hyphens, zero-width
 * and combining characters, private use. */
bool utf8_is_odd(uint32_t c);

#endif
