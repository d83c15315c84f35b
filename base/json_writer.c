#include "base/json_writer.h"

#include <assert.h>

void
json_init(json_writer *j, buffer *out)
{
	*j = (json_writer){ .out = out };
}

static void
before_value(json_writer *j)
{
	if (!j->keyed && j->filled[j->depth])
		buffer_put_char(j->out, ',');
	j->filled[j->depth] = true;
	j->keyed = false;
}

static void
begin(json_writer *j, char bracket)
{
	before_value(j);
	buffer_put_char(j->out, bracket);
	assert(j->depth + 1 < JSON_DEPTH_MAX);
	j->filled[++j->depth] = false;
}

static void
end(json_writer *j, char bracket)
{
	assert(j->depth > 0 && !j->keyed);
	j->depth--;
	buffer_put_char(j->out, bracket);
}

void
json_begin_object(json_writer *j)
{
	begin(j, '{');
}

void
json_end_object(json_writer *j)
{
	end(j, '}');
}

void
json_begin_list(json_writer *j)
{
	begin(j, '[');
}

void
json_end_list(json_writer *j)
{
	end(j, ']');
}

/* Bytes of the valid UTF-8 sequence at i, 0 when there is none (surrogates and overlong forms
 * are not valid). */
static size_t
sequence(slice s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.p + i;
	size_t left = s.n - i;
	size_t n = p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : p[0] < 0xF5 ? 4 : 0;

	if (n == 0 || n > left)
		return 0;
	for (size_t k = 1; k < n; k++)
		if ((p[k] & 0xC0) != 0x80)
			return 0;
	if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
		(p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
		return 0;
	return n;
}

static void
escape(buffer *out, unsigned char c)
{
	switch (c) {
	case '"':
		buffer_put(out, SLICE("\\\""));
		break;
	case '\\':
		buffer_put(out, SLICE("\\\\"));
		break;
	case '\n':
		buffer_put(out, SLICE("\\n"));
		break;
	case '\r':
		buffer_put(out, SLICE("\\r"));
		break;
	case '\t':
		buffer_put(out, SLICE("\\t"));
		break;
	default:
		buffer_printf(out, "\\u%04x", c);
	}
}

static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

static void
put_quoted(buffer *out, slice s)
{
	size_t start = 0, i = 0;

	buffer_put_char(out, '"');
	for (;;) {
		while (i < s.n && is_plain((unsigned char)s.p[i]))
			i++;
		if (i == s.n)
			break;
		unsigned char c = (unsigned char)s.p[i];
		size_t n = c < 0x80 ? 0 : sequence(s, i);
		if (n != 0) {
			i += n;
			continue;
		}
		buffer_put(out, slice_sub(s, start, i));
		if (c < 0x80)
			escape(out, c);
		else
			buffer_put(out, SLICE("\uFFFD"));
		start = ++i;
	}
	buffer_put(out, slice_sub(s, start, i));
	buffer_put_char(out, '"');
}

void
json_key(json_writer *j, const char *key)
{
	assert(!j->keyed);
	before_value(j);
	buffer_put_char(j->out, '"');
	buffer_put(j->out, slice_of(key));
	buffer_put(j->out, SLICE("\":"));
	j->keyed = true;
}

void
json_slice(json_writer *j, slice s)
{
	before_value(j);
	put_quoted(j->out, s);
}

void
json_number(json_writer *j, uint64_t n)
{
	before_value(j);
	buffer_put_number(j->out, n);
}

void
json_bool(json_writer *j, bool yes)
{
	before_value(j);
	buffer_put(j->out, yes ? SLICE("true") : SLICE("false"));
}

void
json_raw(json_writer *j, slice json)
{
	before_value(j);
	buffer_put(j->out, json);
}

void
json_nothing(json_writer *j)
{
	before_value(j);
	buffer_put(j->out, SLICE("null"));
}

void
json_put_string(json_writer *j, const char *key, slice s)
{
	json_key(j, key);
	json_slice(j, s);
}

void
json_put_number(json_writer *j, const char *key, uint64_t n)
{
	json_key(j, key);
	json_number(j, n);
}
