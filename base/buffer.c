#include "base/buffer.h"

#include <stdio.h>
#include <string.h>

void
buffer_init(buffer *b, const memory *m, size_t ceiling)
{
	*b = (buffer){ .memory = m, .ceiling = ceiling };
}

void
buffer_free(buffer *b)
{
	memory_free(b->memory, b->p);
	buffer_init(b, b->memory, b->ceiling);
}

void
buffer_clear(buffer *b)
{
	b->n = 0;
	b->status = STATUS_OK;
}

static bool
make_room(buffer *b, size_t extra)
{
	if (b->status != STATUS_OK)
		return false;
	if (extra > b->ceiling || b->n > b->ceiling - extra) {
		b->status = STATUS_LIMIT;
		return false;
	}
	if (extra <= b->capacity - b->n)
		return true;
	b->status = memory_grow(b->memory, (void **)&b->p, &b->capacity, b->n, extra, 1);
	return b->status == STATUS_OK;
}

void
buffer_reserve(buffer *b, size_t extra)
{
	/* Not one byte more than asked for: such a buffer is large. */
	if (b->capacity == 0 && extra <= b->ceiling && b->status == STATUS_OK) {
		b->p = memory_alloc(b->memory, extra);
		b->capacity = b->p == NULL ? 0 : extra;
		b->status = b->p == NULL ? STATUS_MEMORY : STATUS_OK;
	} else
		(void)make_room(b, extra);
}

void
buffer_put(buffer *b, slice s)
{
	if (s.n == 0 || !make_room(b, s.n))
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

void
buffer_put_char(buffer *b, char c)
{
	if (make_room(b, 1))
		b->p[b->n++] = c;
}

void
buffer_put_number(buffer *b, uint64_t n)
{
	char digits[20];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + n % 10);
	while ((n /= 10) != 0);
	buffer_put(b, (slice){ digits + at, sizeof(digits) - at });
}

void
buffer_printf(buffer *b, const char *format, ...)
{
	va_list arguments, again;
	size_t room = b->status == STATUS_OK ? b->capacity - b->n : 0;

	va_start(arguments, format);
	va_copy(again, arguments);
	/* Nearly always there is room enough, and the text need not be made twice. */
	int n = vsnprintf(room == 0 ? NULL : b->p + b->n, room, format, arguments);
	va_end(arguments);
	if (n >= 0 && (size_t)n < room && b->n + (size_t)n < b->ceiling)
		b->n += (size_t)n;
	else if (n >= 0 && make_room(b, (size_t)n + 1)) {
		vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

slice
buffer_slice(const buffer *b)
{
	return (slice){ b->p, b->n };
}
