#include "apps/lsp/frame.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "apps/cli/settings.h"

void
frame_free(frame_reader *r)
{
	free(r->bytes);
	*r = (frame_reader){ 0 };
}

void
frame_put(frame_reader *r, const char *bytes, size_t n)
{
	if (r->taken != 0) {
		memmove(r->bytes, r->bytes + r->taken, r->n - r->taken);
		r->n -= r->taken;
		r->taken = 0;
	}
	if (n > r->capacity - r->n) {
		size_t wanted = r->capacity < 65536 ? 65536 : r->capacity;
		while (wanted - r->n < n)
			wanted *= 2;
		r->bytes = allocate(r->bytes, wanted, 1);
		r->capacity = wanted;
	}
	memcpy(r->bytes + r->n, bytes, n);
	r->n += n;
}

static bool
read_length(const char *value, size_t n, size_t *length)
{
	*length = 0;
	while (n > 0 && (*value == ' ' || *value == '\t')) {
		value++;
		n--;
	}
	while (n > 0 && (value[n - 1] == ' ' || value[n - 1] == '\t'))
		n--;
	if (n == 0 || n > 10)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (value[i] < '0' || value[i] > '9')
			return false;
		*length = *length * 10 + (size_t)(value[i] - '0');
	}
	return true;
}

static bool
is_named(const char *line, size_t n, const char *name)
{
	return n > strlen(name) && strncasecmp(line, name, strlen(name)) == 0;
}

/* One line of a header, without its end; NULL: it is in order. */
static const char *
take_line(const char *line, size_t n, bool *known, size_t *length)
{
	static const char name[] = "Content-Length:";

	if (memchr(line, ':', n) == NULL)
		return "a header line without a colon";
	if (!is_named(line, n, name))
		return NULL;
	if (*known)
		return "Content-Length is given twice";
	*known = true;
	if (!read_length(line + sizeof(name) - 1, n - (sizeof(name) - 1), length))
		return "Content-Length is no number of bytes";
	return *length > FRAME_BODY_MOST ? "the message is too large" : NULL;
}

/* The header: FRAME_MESSAGE when all of it is there, with its size and that of the body. */
static frame_state
read_header(const char *at, size_t n, size_t *header, size_t *length, const char **why)
{
	bool known = false;
	size_t from = 0;

	for (;;) {
		const char *end = memchr(at + from, '\n', n - from);
		if (end == NULL) {
			*why = "the header is too long";
			return n > FRAME_HEADER_MOST ? FRAME_BROKEN : FRAME_MORE;
		}
		size_t line = (size_t)(end - at) - from;
		size_t next = from + line + 1;
		if (line > 0 && at[from + line - 1] == '\r')
			line--;
		*header = next;
		*why = next > FRAME_HEADER_MOST ? "the header is too long" : NULL;
		if (*why == NULL && line == 0) {
			*why = "a message without Content-Length";
			return known ? FRAME_MESSAGE : FRAME_BROKEN;
		}
		if (*why == NULL)
			*why = take_line(at + from, line, &known, length);
		if (*why != NULL)
			return FRAME_BROKEN;
		from = next;
	}
}

frame_state
frame_next(frame_reader *r, const char **body, size_t *n, const char **why)
{
	size_t header, left = r->n - r->taken;

	if (left == 0)
		return FRAME_MORE;
	frame_state s = read_header(r->bytes + r->taken, left, &header, n, why);
	if (s != FRAME_MESSAGE)
		return s;
	if (left - header < *n)
		return FRAME_MORE;
	*body = r->bytes + r->taken + header;
	r->taken += header + *n;
	return FRAME_MESSAGE;
}
