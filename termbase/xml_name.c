#include "termbase/xml_name.h"

#include "text/utf8.h"

#define ESCAPE_MOST 9 /* bytes of _xHHHHHH_ */

static bool
is_name_start(uint32_t c)
{
	/* Of the letters beyond Latin-1, those of the first Unicode blocks are names in every
	 * edition of XML. */
	if (c >= 0x80)
		return c >= 0xC0 && c < 0x2000 && utf8_is_letter(c);
	return (unsigned char)((c | 0x20) - 'a') < 26 || c == '_';
}

static bool
is_name_part(uint32_t c)
{
	return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	char lower = (char)(c | 0x20);
	return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The character that s begins with an escape of; *length is the escape's, 0 for none. */
static uint32_t
escape_at(slice s, size_t *length)
{
	uint32_t c = 0;
	size_t i = 2;

	*length = 0;
	if (s.n < 7 || s.p[0] != '_' || s.p[1] != 'x')
		return 0;
	for (; i < s.n && i < ESCAPE_MOST && hex_value(s.p[i]) >= 0; i++)
		c = c << 4 | (uint32_t)hex_value(s.p[i]);
	bool digits = i == 6 || i == 8;
	bool character = c != 0 && c < 0x110000 && (c < 0xD800 || c > 0xDFFF);
	if (digits && character && i < s.n && s.p[i] == '_')
		*length = i + 1;
	return c;
}

void
xml_name_put(buffer *out, slice id)
{
	for (size_t i = 0, next; i < id.n; i = next) {
		size_t length;
		next = i;
		uint32_t c = utf8_next(id, &next);
		(void)escape_at(slice_sub(id, i, id.n), &length);
		if (length == 0 && (i == 0 ? is_name_start(c) : is_name_part(c)))
			buffer_put(out, slice_sub(id, i, next));
		else
			buffer_printf(out, c > 0xFFFF ? "_x%06X_" : "_x%04X_", (unsigned)c);
	}
}

void
xml_name_read(buffer *out, slice name)
{
	for (size_t i = 0, length; i < name.n; i += length) {
		char bytes[4];
		uint32_t c = escape_at(slice_sub(name, i, name.n), &length);
		if (length != 0)
			buffer_put(out, (slice){ bytes, utf8_put(bytes, c) });
		else
			buffer_put_char(out, name.p[i + length++]);
	}
}
