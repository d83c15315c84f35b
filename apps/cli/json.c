#include "apps/cli/json.h"

#include <stdio.h>

/* The length of the character at byte i, 0 when it is none. */
static size_t
length_at(paraph_text t, size_t i)
{
	unsigned char lead = (unsigned char)t.p[i];
	size_t n = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;

	if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4 || n > t.n - i)
		return 0;
	for (size_t k = 1; k < n; k++)
		if (((unsigned char)t.p[i + k] & 0xC0) != 0x80)
			return 0;
	if (n == 1)
		return 1;
	/* Overlong, surrogate, past U+10FFFF. */
	unsigned char next = (unsigned char)t.p[i + 1];
	bool bad = (lead == 0xE0 && next < 0xA0) || (lead == 0xED && next > 0x9F) ||
		   (lead == 0xF0 && next < 0x90) || (lead == 0xF4 && next > 0x8F);
	return bad ? 0 : n;
}

void
json_text(output *o, paraph_text t)
{
	char escape[8];

	output_write(o, "\"", 1);
	for (size_t i = 0, n; i < t.n; i += n == 0 ? 1 : n) {
		unsigned char c = (unsigned char)t.p[i];
		n = length_at(t, i);
		if (n == 0)
			output_write(o, "\uFFFD", 3);
		else if (c == '"' || c == '\\') {
			output_write(o, "\\", 1);
			output_write(o, &t.p[i], 1);
		} else if (c < 0x20)
			output_write(o, escape,
				(size_t)snprintf(escape, sizeof(escape), "\\u%04x", c));
		else
			output_write(o, &t.p[i], n);
	}
	output_write(o, "\"", 1);
}
