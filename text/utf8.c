#include "text/utf8.h"

#include <unicode/uchar.h>

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

bool
utf8_is_letter(uint32_t c)
{
	return u_isalpha((UChar32)c) || utf8_is_odd(c);
}

bool
utf8_is_upper(uint32_t c)
{
	return c < 0x80 ? c >= 'A' && c <= 'Z' : u_isupper((UChar32)c) || u_istitle((UChar32)c);
}

bool
utf8_is_lower(uint32_t c)
{
	return c < 0x80 ? c >= 'a' && c <= 'z' : u_islower((UChar32)c);
}

bool
utf8_is_space(uint32_t c)
{
	return u_isUWhiteSpace((UChar32)c);
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
