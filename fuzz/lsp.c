/* The language server on bytes that are meant to be a client’s: frames, JSON, texts and their
 * edits. What the lines of a text are after an edit is compared with what they are counted
 * anew, and places are turned into positions and back. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "apps/lsp/frame.h"
#include "apps/lsp/lines.h"
#include "apps/lsp/message.h"

/* Where lines begin, counted anew. */
static void
compare(const lines *l)
{
	lines anew = { 0 }, copy = { 0 };

	lines_copy(&copy, l);
	lines_set(&anew, copy.bytes, copy.n);
	if (copy.n != l->n || copy.count != l->count || anew.count != l->count ||
		memcmp(anew.starts, copy.starts, l->count * sizeof(*l->starts)) != 0)
		abort();
	lines_free(&anew);
	lines_free(&copy);
}

/* A place turned into a position and back is the same place; between CR and LF, which no
 * position names, it is the end of the line. */
static void
go_round(const lines *l, size_t at, bool bytes)
{
	line_cursor c = { 0 };

	while (at < l->n && ((unsigned char)l->bytes[at] & 0xC0) == 0x80)
		at++;
	bool inside = at > 0 && at < l->n && l->bytes[at - 1] == '\r' && l->bytes[at] == '\n';
	if (lines_offset(l, lines_position(l, &c, at, bytes), bytes) != (inside ? at - 1 : at))
		abort();
}

static void
edit(lines *l, const json_t *change)
{
	const json_t *text = json_object_get(change, "text");
	position first, last;

	if (!json_is_string(text))
		return;
	if (!message_read_position(message_at(change, "range", "start", NULL), &first) ||
		!message_read_position(message_at(change, "range", "end", NULL), &last)) {
		lines_set(l, json_string_value(text), json_string_length(text));
		return;
	}
	bool bytes = (first.column & 1) != 0;
	size_t start = lines_offset(l, first, bytes), end = lines_offset(l, last, bytes);
	if (start > l->n || end > l->n)
		abort();
	lines_edit(l, start, end < start ? start : end, json_string_value(text),
		json_string_length(text));
	compare(l);
	for (size_t at = 0; at <= l->n; at += 1 + l->n / 16)
		go_round(l, at, bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	frame_reader r = { 0 };
	lines l = { 0 };
	const char *body, *why;
	size_t n, piece = size == 0 ? 1 : 1 + data[0] % 64;

	lines_set(&l, "", 0);
	for (size_t i = 0; i < size; i += piece) {
		frame_put(&r, (const char *)data + i, size - i < piece ? size - i : piece);
		frame_state s;
		while ((s = frame_next(&r, &body, &n, &why)) == FRAME_MESSAGE) {
			json_t *m = json_loadb(body, n, JSON_ALLOW_NUL, NULL);
			const json_t *one;
			size_t k;
			json_array_foreach(message_at(m, "params", "contentChanges", NULL), k,
				one) edit(&l, one);
			json_decref(m);
		}
		if (s == FRAME_BROKEN)
			break;
	}
	lines_free(&l);
	frame_free(&r);
	return 0;
}
