#include "report/markup.h"

#include "text/utf8.h"

static void
put_special(buffer *out, unsigned char c)
{
	char picture[4];

	switch (c) {
	case '&':
		buffer_put(out, SLICE("&amp;"));
		break;
	case '<':
		buffer_put(out, SLICE("&lt;"));
		break;
	case '>':
		buffer_put(out, SLICE("&gt;"));
		break;
	case '"':
		buffer_put(out, SLICE("&quot;"));
		break;
	case '\t':
	case '\n':
	case '\r':
		buffer_put_char(out, ' ');
		break;
	default:
		buffer_put(out, (slice){ picture, utf8_put(picture, 0x2400u + c) });
	}
}

static bool
is_special(unsigned char c)
{
	return c < 0x20 || c == '&' || c == '<' || c == '>' || c == '"';
}

static void
put_valid(buffer *out, slice s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (!is_special(c))
			continue;
		buffer_put(out, slice_sub(s, from, i));
		put_special(out, c);
		from = i + 1;
	}
	buffer_put(out, slice_sub(s, from, s.n));
}

void
markup_put(buffer *out, slice s)
{
	utf8_facts facts;

	while (s.n != 0) {
		size_t valid = utf8_check(s, &facts);
		put_valid(out, slice_sub(s, 0, valid));
		if (valid == s.n)
			return;
		buffer_put(out, SLICE("\uFFFD"));
		s = slice_sub(s, valid + 1, s.n);
	}
}

void
markup_attribute(buffer *out, const char *name, slice value)
{
	buffer_printf(out, " %s=\"", name);
	markup_put(out, value);
	buffer_put_char(out, '"');
}
