#include "termbase/splices.h"

#include <stdlib.h>

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The blanks before a place, when nothing else stands before it on its line. */
static bool
indent_before(slice file, size_t at, slice *indent)
{
	size_t start = at;

	while (start > 0 && is_blank(file.p[start - 1]))
		start--;
	*indent = slice_sub(file, start, at);
	return start > 0 && file.p[start - 1] == '\n';
}

static void
find_ending(splices *s)
{
	s->ending = SLICE("\n");
	for (size_t i = 0; i < s->file.n; i++)
		if (s->file.p[i] == '\n') {
			if (i > 0 && s->file.p[i - 1] == '\r')
				s->ending = SLICE("\r\n");
			return;
		}
}

/* How much further than the line before it the first line stands that stands further. */
static void
find_unit(splices *s)
{
	slice rest = s->file, line, last = SLICE("");

	s->unit = SLICE("");
	while (s->unit.n == 0 && slice_line(&rest, &line)) {
		size_t n = 0;
		while (n < line.n && is_blank(line.p[n]))
			n++;
		slice indent = slice_sub(line, 0, n);
		if (n == line.n || line.p[n] != '<')
			continue;
		if (n > last.n && slice_starts(indent, last))
			s->unit = slice_sub(indent, last.n, n);
		last = indent;
	}
}

void
splices_init(splices *s, const memory *m, slice file, size_t ceiling)
{
	*s = (splices){ .memory = m, .file = file };
	buffer_init(&s->texts, m, ceiling);
	find_ending(s);
	find_unit(s);
}

void
splices_free(splices *s)
{
	buffer_free(&s->texts);
	ARRAY_FREE(s->memory, &s->list);
}

static status
add(splices *s, size_t start, size_t end, size_t from)
{
	TRY(s->texts.status);
	TRY(ARRAY_RESERVE(s->memory, &s->list, 1));
	s->list.at[s->list.n] = (splice){ start, end, from, s->texts.n, s->list.n };
	s->list.n++;
	return STATUS_OK;
}

status
splices_replace(splices *s, size_t start, size_t end, slice text)
{
	size_t from = s->texts.n;

	buffer_put(&s->texts, text);
	return add(s, start, end, from);
}

status
splices_remove(splices *s, size_t start, size_t end)
{
	slice indent;

	if (indent_before(s->file, start, &indent)) {
		start -= indent.n + 1;
		if (start > 0 && s->file.p[start - 1] == '\r')
			start--;
	}
	return add(s, start, end, s->texts.n);
}

/* "<langSec xml:lang="fr">" and not "<term>lettre</term>". */
static bool
opens(slice line)
{
	for (size_t i = 0; i + 1 < line.n; i++)
		if ((line.p[i] == '<' || line.p[i] == '/') &&
			(line.p[i + 1] == '/' || (line.p[i] == '/' && line.p[i + 1] == '>')))
			return false;
	return slice_starts(line, SLICE("<"));
}

/* first: does the first line need its ending and indentation too? */
static void
put_lines(splices *s, slice lines, slice indent, bool on_lines, bool first)
{
	slice line;
	size_t depth = 0;

	while (slice_line(&lines, &line)) {
		if (slice_starts(line, SLICE("</")) && depth > 0)
			depth--;
		if (on_lines && first) {
			buffer_put(&s->texts, s->ending);
			buffer_put(&s->texts, indent);
			for (size_t i = 0; i < depth; i++)
				buffer_put(&s->texts, s->unit);
		}
		buffer_put(&s->texts, line);
		depth += opens(line);
		first = true;
	}
}

status
splices_insert(splices *s, size_t at, size_t beside, bool inner, slice lines)
{
	size_t from = s->texts.n;
	slice indent;
	bool on_lines = indent_before(s->file, beside, &indent);
	buffer own;

	buffer_init(&own, s->memory, s->file.n + 1);
	if (inner)
		/* beside may be the end of the tag itself: its line tells. */
		while (!on_lines && beside > 0 && s->file.p[beside - 1] != '\n')
			on_lines = indent_before(s->file, --beside, &indent);
	buffer_put(&own, indent);
	if (inner)
		buffer_put(&own, s->unit);
	put_lines(s, lines, buffer_slice(&own), on_lines, true);
	status done = own.status == STATUS_OK ? add(s, at, at, from) : own.status;
	buffer_free(&own);
	return done;
}

status
splices_put_instead(splices *s, size_t start, size_t end, slice lines)
{
	size_t from = s->texts.n;
	slice indent;
	bool on_lines = indent_before(s->file, start, &indent);

	put_lines(s, lines, indent, on_lines, false);
	return add(s, start, end, from);
}

/* What only puts in goes before what takes out at the same place. */
static int
by_place(const void *left, const void *right)
{
	const splice *a = left, *b = right;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if ((a->end == a->start) != (b->end == b->start))
		return a->end == a->start ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

status
splices_apply(splices *s, buffer *out)
{
	size_t at = 0;

	TRY(s->texts.status);
	if (s->list.n > 1)
		qsort(s->list.at, s->list.n, sizeof(*s->list.at), by_place);
	for (size_t i = 0; i < s->list.n; i++) {
		const splice *x = &s->list.at[i];
		if (x->start < at)
			continue;
		buffer_put(out, slice_sub(s->file, at, x->start));
		buffer_put(out, slice_sub(buffer_slice(&s->texts), x->from, x->until));
		at = x->end;
	}
	buffer_put(out, slice_sub(s->file, at, s->file.n));
	return out->status;
}
