#include "report/markup.h"

#include "text/utf8.h"

const char *
markup_entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return NULL;
	}
}

static void
put_special(buffer *out, unsigned char c)
{
	const char *name = markup_entity((char)c);
	char picture[4];

	if (name != NULL)
		buffer_put(out, slice_of(name));
	else if (c == '\t' || c == '\n' || c == '\r')
		buffer_put_char(out, ' ');
	else
		buffer_put(out, (slice){ picture, utf8_put(picture, 0x2400u + c) });
}

static bool
is_special(unsigned char c)
{
	return c < 0x20 || markup_entity((char)c) != NULL;
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

void
markup_profile(report *r, const report_document *d)
{
	buffer name;

	buffer_init(&name, r->memory, 4096);
	report_put_profile(&name, d->profile, d->modifiers);
	buffer_put(&r->out, SLICE("<?paraph"));
	markup_attribute(&r->out, "profile", buffer_slice(&name));
	buffer_put(&r->out, SLICE("?>\n"));
	report_free_part(&r->out, &name);
}
