/* UTF-8, one code point at a time, over text already known to be valid. */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "base/slice.h"

/* The code point at *i, which moves past it. */
static inline uint32_t
utf8_next(slice s, size_t *i)
{
	const unsigned char *p = (const unsigned char *)s.p + *i;
	size_t left = s.n - *i;

	if (p[0] < 0x80) {
		*i += 1;
		return p[0];
	}
	if (p[0] < 0xE0 && left >= 2) {
		*i += 2;
		return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
	}
	if (p[0] < 0xF0 && left >= 3) {
		*i += 3;
		return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 |
		       (p[2] & 0x3F);
	}
	if (left >= 4) {
		*i += 4;
		return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
		       (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
	}
	*i = s.n;
	return 0xFFFD;
}

/* Start of the code point that ends before i. */
static inline size_t
utf8_back(slice s, size_t i)
{
	while (i > 0 && ((unsigned char)s.p[--i] & 0xC0) == 0x80)
		;
	return i;
}

/* Writes c and returns how many bytes it took (1 to 4). */
size_t utf8_put(char *out, uint32_t c);

bool utf8_is_letter(uint32_t c);
bool utf8_is_upper(uint32_t c); /* title case included */
bool utf8_is_lower(uint32_t c);
bool utf8_is_space(uint32_t c); /* white space of any kind, no-break ones included */

/* A character that prose should not hold: presentation ligatures, soft hyphens, zero-width
 * and combining characters, private use. */
bool utf8_is_odd(uint32_t c);

#endif
