#include "apps/lsp/message.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "apps/cli/settings.h"

json_t *
message_at(const json_t *from, ...)
{
	va_list names;
	const char *name;
	json_t *at = NULL;

	va_start(names, from);
	while ((name = va_arg(names, const char *)) != NULL) {
		at = json_object_get(from, name);
		from = at;
	}
	va_end(names);
	return at;
}

const char *
message_text(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

json_t *
message_string(paraph_text t)
{
	json_t *s = json_stringn(t.n == 0 ? "" : t.p, t.n);

	return s != NULL ? s : json_string("\uFFFD");
}

json_t *
message_keep(const bytes *b)
{
	return b->failed ? NULL : json_stringn_nocheck(b->n == 0 ? "" : b->p, b->n);
}

static void
write_position(bytes *b, const char *key, position p)
{
	write_open(b, key, '{');
	write_number(b, "line", p.line);
	write_number(b, "character", p.column);
	write_close(b, '}');
}

void
message_write_range(bytes *b, const char *key, position start, position end)
{
	write_open(b, key, '{');
	write_position(b, "start", start);
	write_position(b, "end", end);
	write_close(b, '}');
}

json_t *
message_position(position p)
{
	return json_pack(
		"{s:I, s:I}", "line", (json_int_t)p.line, "character", (json_int_t)p.column);
}

json_t *
message_range(const lines *l, line_cursor *c, size_t start, size_t end, bool in_bytes)
{
	json_t *first = message_position(lines_position(l, c, start, in_bytes));

	return json_pack("{s:o, s:o}", "start", first, "end",
		message_position(lines_position(l, c, end, in_bytes)));
}

bool
message_read_position(const json_t *from, position *out)
{
	const json_t *line = json_object_get(from, "line");
	const json_t *column = json_object_get(from, "character");

	if (!json_is_integer(line) || !json_is_integer(column) ||
		json_integer_value(line) < 0 || json_integer_value(column) < 0)
		return false;
	*out = (position){ (size_t)json_integer_value(line),
		(size_t)json_integer_value(column) };
	return true;
}
