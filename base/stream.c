#include "base/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define STEP ((size_t)1 << 16)
#define HEAD 4096

status
stream_open(stream *s, context *c, const char *path)
{
	struct stat st;

	*s = (stream){ .context = c, .name = path, .file = STDIN_FILENO };
	if (strcmp(path, "-") != 0)
		s->file = open(path, O_RDONLY | O_CLOEXEC);
	if (s->file < 0)
		return file_failed(c, path);
	if (fstat(s->file, &st) != 0 || S_ISDIR(st.st_mode)) {
		if (S_ISDIR(st.st_mode))
			errno = EISDIR;
		status failed = file_failed(c, path);
		stream_close(s);
		return failed;
	}
	s->size = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
	return STATUS_OK;
}

void
stream_of_bytes(stream *s, context *c, const char *name, slice bytes)
{
	*s = (stream){
		.context = c, .name = name, .file = -1, .bytes = bytes, .size = bytes.n
	};
}

void
stream_close(stream *s)
{
	if (s->file > STDIN_FILENO)
		close(s->file);
	memory_free(s->context->memory, s->buffer);
	*s = (stream){ .context = s->context, .file = -1 };
}

/* Room for STEP bytes more behind what the buffer holds. */
static status
make_room(stream *s)
{
	if (s->start > 0) {
		memmove(s->buffer, s->buffer + s->start, s->end - s->start);
		s->end -= s->start;
		s->start = 0;
	}
	return memory_grow(
		s->context->memory, (void **)&s->buffer, &s->capacity, s->end, STEP, 1);
}

static status
fill(stream *s)
{
	size_t n;

	TRY(make_room(s));
	if (s->file < 0) {
		n = s->bytes.n < STEP ? s->bytes.n : STEP;
		if (n != 0)
			memcpy(s->buffer + s->end, s->bytes.p, n);
		s->bytes = slice_sub(s->bytes, n, s->bytes.n);
	} else {
		ssize_t got = file_read_some(s->file, s->buffer + s->end, STEP);
		if (got < 0)
			return file_failed(s->context, s->name);
		n = (size_t)got;
	}
	s->ended = n == 0;
	s->end += n;
	return STATUS_OK;
}

status
stream_peek(stream *s, slice *head)
{
	while (!s->ended && s->end - s->start < HEAD)
		TRY(fill(s));
	size_t n = s->end - s->start;
	*head = n == 0 ? SLICE("") : (slice){ s->buffer + s->start, n < HEAD ? n : HEAD };
	return STATUS_OK;
}

status
stream_next(stream *s, slice *piece)
{
	if (s->start == s->end && !s->ended)
		TRY(fill(s));
	size_t n = s->end - s->start;
	*piece = n == 0 ? SLICE("") : (slice){ s->buffer + s->start, n };
	s->start = s->end;
	s->taken += n;
	return STATUS_OK;
}

/* Reads on until the buffer holds a line feed at or after *at, or the input has ended. */
static status
find_line_end(stream *s, size_t *length, bool *found)
{
	size_t looked = 0;

	for (;;) {
		size_t n = s->end - s->start;
		const char *p =
			n == looked ? NULL
				    : memchr(s->buffer + s->start + looked, '\n', n - looked);
		*found = p != NULL;
		*length = p != NULL ? (size_t)(p - (s->buffer + s->start)) : n;
		if (p != NULL || s->ended)
			return STATUS_OK;
		if (n > s->context->limits.paragraph)
			return context_fail(s->context, STATUS_LIMIT,
				"%s: a line of more than %zu bytes",
				"%s\u00A0: une ligne de plus de %zu octets", s->name,
				s->context->limits.paragraph);
		looked = n;
		TRY(fill(s));
	}
}

status
stream_line(stream *s, slice *line, bool *more)
{
	size_t n;
	bool found;

	TRY(find_line_end(s, &n, &found));
	*more = found || n > 0;
	*line = n == 0 ? SLICE("") : (slice){ s->buffer + s->start, n };
	s->start += n + found;
	s->taken += n + found;
	if (slice_ends(*line, SLICE("\r")))
		line->n--;
	return STATUS_OK;
}

status
stream_refuse(const stream *s, stream_place at, const char *why)
{
	if (at.line == 0)
		return context_fail(
			s->context, STATUS_FORMAT, "%s: %s", "%s\u00A0: %s", s->name, why);
	return context_fail(s->context, STATUS_FORMAT, "%s:%u:%u: %s", "%s:%u:%u: %s", s->name,
		at.line, at.column, why);
}
