#include "apps/cli/bytes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
bytes_free(bytes *b)
{
	free(b->p);
	*b = (bytes){ 0 };
}

static bool
make_room(bytes *b, size_t extra)
{
	if (b->failed)
		return false;
	if (extra <= b->capacity - b->n)
		return true;
	size_t wanted = b->capacity < 512 ? 512 : 2 * b->capacity;
	if (extra > BYTES_CEILING || b->n + extra > BYTES_CEILING) {
		b->failed = true;
		return false;
	}
	while (wanted < b->n + extra)
		wanted *= 2;
	char *p = realloc(b->p, wanted);
	if (p == NULL) {
		b->failed = true;
		return false;
	}
	b->p = p;
	b->capacity = wanted;
	return true;
}

void
bytes_put(bytes *b, const char *p, size_t n)
{
	if (n == 0 || !make_room(b, n))
		return;
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

void
bytes_text(bytes *b, const char *terminated)
{
	bytes_put(b, terminated, strlen(terminated));
}

void
bytes_char(bytes *b, char c)
{
	bytes_put(b, &c, 1);
}

void
bytes_format(bytes *b, const char *format, ...)
{
	char text[1024];
	va_list arguments;

	va_start(arguments, format);
	int n = vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	if (n > 0)
		bytes_put(b, text, (size_t)n < sizeof(text) ? (size_t)n : sizeof(text) - 1);
}

bool
bytes_terminate(bytes *b)
{
	if (!make_room(b, 1))
		return false;
	b->p[b->n] = '\0';
	return true;
}

paraph_status
bytes_take(void *user, const char *p, size_t n)
{
	bytes *b = user;

	bytes_put(b, p, n);
	return b->failed ? PARAPH_LIMIT : PARAPH_OK;
}

paraph_text
bytes_view(const bytes *b)
{
	return (paraph_text){ b->p, b->n };
}

static void
begin_value(bytes *b, const char *key)
{
	size_t n = key == NULL ? 0 : strlen(key);
	bool follows = b->follows;

	b->follows = true;
	if (!make_room(b, n + 4))
		return;
	char *p = b->p + b->n;
	if (follows)
		*p++ = ',';
	if (key != NULL) {
		*p++ = '"';
		memcpy(p, key, n);
		p += n;
		*p++ = '"';
		*p++ = ':';
	}
	b->n = (size_t)(p - b->p);
}

void
write_open(bytes *b, const char *key, char bracket)
{
	begin_value(b, key);
	bytes_char(b, bracket);
	b->follows = false;
}

void
write_close(bytes *b, char bracket)
{
	bytes_char(b, bracket);
	b->follows = true;
}

#define ONES UINT64_C(0x0101010101010101)

/* Is there a zero among the eight bytes? */
static bool
has_zero(uint64_t eight)
{
	return ((eight - ONES) & ~eight & ONES << 7) != 0;
}

/* How many bytes need no escape. */
static size_t
plain(const char *p, size_t n)
{
	size_t i = 0;

	for (uint64_t eight; n - i >= sizeof(eight); i += sizeof(eight)) {
		memcpy(&eight, p + i, sizeof(eight));
		bool control = ((eight - ONES * 0x20) & ~eight & ONES << 7) != 0;
		if (control || has_zero(eight ^ ONES * '"') || has_zero(eight ^ ONES * '\\'))
			break;
	}
	while (i < n && (unsigned char)p[i] >= 0x20 && p[i] != '"' && p[i] != '\\')
		i++;
	return i;
}

void
write_string(bytes *b, const char *key, paraph_text value)
{
	begin_value(b, key);
	bytes_char(b, '"');
	for (size_t i = 0; i < value.n;) {
		size_t n = plain(value.p + i, value.n - i);
		bytes_put(b, value.p + i, n);
		i += n;
		if (i == value.n)
			break;
		unsigned char c = (unsigned char)value.p[i++];
		if (c < 0x20)
			bytes_format(b, "\\u%04x", c);
		else {
			bytes_char(b, '\\');
			bytes_char(b, (char)c);
		}
	}
	bytes_char(b, '"');
}

void
write_word(bytes *b, const char *key, const char *terminated)
{
	write_string(b, key, text_of(terminated));
}

void
write_number(bytes *b, const char *key, uint64_t value)
{
	char digits[20];
	size_t at = sizeof(digits);

	begin_value(b, key);
	do {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value != 0);
	bytes_put(b, digits + at, sizeof(digits) - at);
}

void
write_hex(bytes *b, const char *key, uint64_t value)
{
	char quoted[18];

	quoted[0] = quoted[17] = '"';
	for (size_t i = 16; i > 0; i--, value >>= 4)
		quoted[i] = "0123456789abcdef"[value & 15];
	begin_value(b, key);
	bytes_put(b, quoted, sizeof(quoted));
}

void
write_json(bytes *b, const char *key, paraph_text json)
{
	begin_value(b, key);
	bytes_put(b, json.p, json.n);
}

void
write_bool(bytes *b, const char *key, bool value)
{
	begin_value(b, key);
	bytes_text(b, value ? "true" : "false");
}

paraph_text
text_of(const char *terminated)
{
	return (paraph_text){ terminated, terminated == NULL ? 0 : strlen(terminated) };
}

bool
same_text(paraph_text t, const char *terminated)
{
	return strlen(terminated) == t.n && memcmp(t.p, terminated, t.n) == 0;
}
