/* A run that is touched is written anew: what is kept, deleted, inserted, and where comments
 * begin and end. Elements are opened at the first byte of their content, so that none is left
 * empty; each piece repeats the properties of the run. */
#include <string.h>

#include "document/formats/docx_writer.h"

typedef enum run_mode { MODE_KEPT, MODE_DELETED, MODE_INSERTED } run_mode;

typedef struct run_writer {
	docx_writer *w;
	buffer *out;
	slice part; /* the run, with the tag of w:ins before it */
	const docx_run *run;
	slice prefix; /* "w:" */
	uint32_t tag_end;
	const layout_mark *marks;
	size_t n, next;
	uint32_t deleted_to; /* the end of what is being deleted */
	run_mode mode;
	bool run_open, text_open;
	bool insert_closed; /* of somebody else, around the run */
	bool header_used;
} run_writer;

slice
docx_prefix(slice tag)
{
	for (size_t i = 1; i < tag.n; i++)
		if (tag.p[i] == ':')
			return slice_sub(tag, 1, i + 1);
		else if (strchr(" />\t\r\n", tag.p[i]) != NULL)
			break;
	return SLICE("");
}

void
docx_put_escaped(buffer *out, slice s)
{
	for (size_t i = 0; i < s.n; i++)
		switch (s.p[i]) {
		case '&':
			buffer_put(out, SLICE("&amp;"));
			break;
		case '<':
			buffer_put(out, SLICE("&lt;"));
			break;
		case '>':
			buffer_put(out, SLICE("&gt;"));
			break;
		case '"':
			buffer_put(out, SLICE("&quot;"));
			break;
		default:
			buffer_put_char(out, s.p[i]);
		}
}

/* --- copies of tags --- */

/* Where a tag that begins at i ends; '>' may stand in an attribute. */
static size_t
tag_end(slice s, size_t i)
{
	char quote = '\0';

	for (; i < s.n; i++)
		if (quote != '\0')
			quote = s.p[i] == quote ? '\0' : quote;
		else if (s.p[i] == '"' || s.p[i] == '\'')
			quote = s.p[i];
		else if (s.p[i] == '>')
			return i + 1;
	return s.n;
}

static bool
find(slice s, const char *what, size_t from, size_t *at)
{
	size_t n = strlen(what);

	for (size_t i = from; i + n <= s.n; i++)
		if (memcmp(s.p + i, what, n) == 0) {
			*at = i;
			return true;
		}
	return false;
}

/* No two annotations share a number. */
static void
put_with_new_id(run_writer *x, slice tag)
{
	docx_put_with_id(x->out, tag, docx_new_id(x->w));
}

/* The properties of the run; of those that somebody changed the change too, except for what is
 * new. */
static void
put_properties(run_writer *x)
{
	slice s = slice_sub(x->part, x->tag_end, x->run->content);
	size_t at, end;

	if (!find(s, "rPrChange", 0, &at)) {
		buffer_put(x->out, s);
		return;
	}
	while (at > 0 && s.p[at] != '<')
		at--;
	buffer_put(x->out, slice_sub(s, 0, at));
	size_t first = tag_end(s, at);
	if (!find(s, "rPrChange", first, &end))
		end = at; /* an element without content */
	end = tag_end(s, end);
	if (x->mode != MODE_INSERTED) {
		put_with_new_id(x, slice_sub(s, at, first));
		buffer_put(x->out, slice_sub(s, first, end < first ? first : end));
	}
	buffer_put(x->out, slice_sub(s, end, s.n));
}

/* --- opening and closing --- */

static void
put_tag(run_writer *x, const char *format, const char *name)
{
	buffer_printf(x->out, format, SLICE_ARG(x->prefix), name);
}

static void
close_text(run_writer *x)
{
	if (x->text_open)
		put_tag(x, "</%.*s%s>", x->mode == MODE_DELETED ? "delText" : "t");
	x->text_open = false;
}

static void
close_run(run_writer *x)
{
	close_text(x);
	if (!x->run_open)
		return;
	put_tag(x, "</%.*s%s>", "r");
	if (x->mode != MODE_KEPT)
		put_tag(x, "</%.*s%s>", x->mode == MODE_DELETED ? "del" : "ins");
	x->run_open = false;
}

/* Somebody else's insertion ends before ours, and goes on after it. */
static void
toggle_insert(run_writer *x, bool close)
{
	const docx_run *inside = x->run;
	slice tag = slice_sub(x->part, inside->insert, inside->insert_end), name;

	if (inside->insert_end == 0 || close == x->insert_closed)
		return;
	x->insert_closed = close;
	if (!close) {
		put_with_new_id(x, tag);
		return;
	}
	size_t n = 1;
	while (n < tag.n && strchr(" />\t\r\n", tag.p[n]) == NULL)
		n++;
	name = slice_sub(tag, 1, n);
	buffer_printf(x->out, "</%.*s>", SLICE_ARG(name));
}

static void
open_change(run_writer *x, const char *name)
{
	const edit_style *style = x->w->style;

	buffer_printf(x->out, "<%.*s%s %.*sid=\"%u\" %.*sauthor=\"", SLICE_ARG(x->prefix), name,
		SLICE_ARG(x->prefix), docx_new_id(x->w), SLICE_ARG(x->prefix));
	docx_put_escaped(x->out, slice_of(style->author));
	buffer_printf(x->out, "\" %.*sdate=\"%s\">", SLICE_ARG(x->prefix), style->date);
}

static void
open_run(run_writer *x, run_mode mode)
{
	if (x->run_open && x->mode == mode)
		return;
	close_run(x);
	x->mode = mode;
	x->run_open = true;
	toggle_insert(x, mode == MODE_INSERTED);
	if (mode != MODE_KEPT)
		open_change(x, mode == MODE_DELETED ? "del" : "ins");
	if (mode == MODE_KEPT && !x->header_used) {
		buffer_put(x->out, slice_sub(x->part, x->run->start, x->run->content));
		x->header_used = true;
		return;
	}
	put_tag(x, "<%.*s%s>", "r");
	put_properties(x);
}

static void
open_text(run_writer *x, run_mode mode)
{
	open_run(x, mode);
	if (!x->text_open)
		put_tag(x, "<%.*s%s xml:space=\"preserve\">",
			mode == MODE_DELETED ? "delText" : "t");
	x->text_open = true;
}

/* --- content --- */

/* Text of the part. */
static void
put_raw_text(run_writer *x, slice raw, run_mode mode)
{
	if (raw.n == 0)
		return;
	open_text(x, mode);
	buffer_put(x->out, raw);
}

static void
put_child(run_writer *x, slice raw, run_mode mode)
{
	open_run(x, mode);
	close_text(x);
	docx_put_renumbered(x->w, x->out, raw);
}

static const char *
element_for(slice s, size_t i, size_t *n)
{
	*n = 1;
	if (s.p[i] == '\t')
		return "tab";
	if (s.p[i] == '\n')
		return "br";
	*n = 3;
	if (i + 3 <= s.n && memcmp(s.p + i, "\u2011", 3) == 0)
		return "noBreakHyphen";
	return NULL;
}

/* New words; what Word has an element for is written as one. */
static void
put_words(run_writer *x, slice s, run_mode mode)
{
	size_t from = 0, n;

	for (size_t i = 0; i <= s.n; i++) {
		const char *element = i == s.n ? NULL : element_for(s, i, &n);
		if (i < s.n && element == NULL)
			continue;
		if (i > from) {
			open_text(x, mode);
			docx_put_escaped(x->out, slice_sub(s, from, i));
		}
		if (element == NULL)
			return;
		open_run(x, mode);
		close_text(x);
		put_tag(x, "<%.*s%s/>", element);
		from = i + n;
		i = from - 1;
	}
}

/* --- marks --- */

void
docx_mark_write(docx_writer *w, slice prefix, const layout_mark *m, buffer *out)
{
	uint32_t id = w->comment_ids[m->note];

	if (m->kind == MARK_START || m->kind == MARK_POINT)
		buffer_printf(out, "<%.*scommentRangeStart %.*sid=\"%u\"/>", SLICE_ARG(prefix),
			SLICE_ARG(prefix), id);
	if (m->kind == MARK_END || m->kind == MARK_POINT)
		buffer_printf(out,
			"<%.*scommentRangeEnd %.*sid=\"%u\"/><%.*sr>"
			"<%.*scommentReference %.*sid=\"%u\"/></%.*sr>",
			SLICE_ARG(prefix), SLICE_ARG(prefix), id, SLICE_ARG(prefix),
			SLICE_ARG(prefix), SLICE_ARG(prefix), id, SLICE_ARG(prefix));
}

static void
apply_mark(run_writer *x, const layout_mark *m)
{
	bool tracked = x->w->style->tracked;

	if (m->kind == MARK_DELETE)
		x->deleted_to = m->raw + m->raw_n;
	else if (m->kind == MARK_INSERT)
		put_words(x, m->with, tracked ? MODE_INSERTED : MODE_KEPT);
	else {
		close_run(x);
		docx_mark_write(x->w, x->prefix, m, x->out);
	}
}

static void
apply_until(run_writer *x, uint32_t at)
{
	while (x->next < x->n && x->marks[x->next].raw <= at)
		apply_mark(x, &x->marks[x->next++]);
}

/* The bytes from `from` on that are all deleted or all kept. */
static uint32_t
same_until(const run_writer *x, uint32_t from, uint32_t end)
{
	if (x->deleted_to > from && x->deleted_to < end)
		end = x->deleted_to;
	if (x->next < x->n && x->marks[x->next].raw < end)
		end = x->marks[x->next].raw;
	return end;
}

static void
write_text(run_writer *x, uint32_t from, uint32_t end)
{
	for (;;) {
		apply_until(x, from);
		if (from >= end)
			return;
		uint32_t until = same_until(x, from, end);
		bool deleted = x->deleted_to > from;
		slice raw = slice_sub(x->part, from, until);
		if (!deleted)
			put_raw_text(x, raw, MODE_KEPT);
		else if (x->w->style->tracked)
			put_raw_text(x, raw, MODE_DELETED);
		from = until;
	}
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* xml:space="preserve" in the tag itself; else what is said around the run. */
static bool
keeps_space(const run_writer *x, slice tag)
{
	static const char word[] = "preserve";
	size_t at;

	if (!find(tag, "xml:space", 0, &at))
		return x->run->kept_space;
	return find(tag, word, at, &at) && at + sizeof(word) <= tag.n &&
	       strchr("\"'", tag.p[at + sizeof(word) - 1]) != NULL;
}

/* A <w:t>; without marks it stays as it is. */
static void
write_text_element(run_writer *x, uint32_t start, uint32_t from, uint32_t to, uint32_t end)
{
	slice tag = slice_sub(x->part, start, from);

	apply_until(x, start);
	bool touched = x->deleted_to > from || (x->next < x->n && x->marks[x->next].raw <= to);
	if (!touched) {
		put_child(x, slice_sub(x->part, start, end), MODE_KEPT);
		return;
	}
	if (!keeps_space(x, tag)) {
		while (from < to && is_blank(x->part.p[from]))
			from++;
		while (to > from && is_blank(x->part.p[to - 1]))
			to--;
	}
	write_text(x, from, to);
}

/* The end of the element that begins at start. */
static uint32_t
element_end(slice s, uint32_t start, uint32_t most)
{
	unsigned depth = 0;
	size_t i = start;

	while (i < most) {
		bool closes = i + 1 < most && s.p[i + 1] == '/';
		size_t end = tag_end(s, i);
		bool empty = s.p[end - 2] == '/';
		if (closes)
			depth--;
		else if (!empty)
			depth++;
		i = end;
		if (depth == 0)
			break;
		while (i < most && s.p[i] != '<')
			i++;
	}
	return i < most ? (uint32_t)i : most;
}

static bool
is_text(const run_writer *x, slice tag)
{
	size_t n = x->prefix.n;

	return tag.n > n + 2 && slice_starts(slice_sub(tag, 1, tag.n), x->prefix) &&
	       tag.p[1 + n] == 't' && strchr(" />\t\r\n", tag.p[2 + n]) != NULL;
}

static void
write_child(run_writer *x, uint32_t start, uint32_t end)
{
	uint32_t from = (uint32_t)tag_end(x->part, start);
	slice raw = slice_sub(x->part, start, end);

	if (is_text(x, raw) && x->part.p[from - 2] != '/') {
		uint32_t to = end;
		while (to > from && x->part.p[to - 1] != '<')
			to--;
		write_text_element(x, start, from, to > from ? to - 1 : from, end);
		return;
	}
	apply_until(x, start);
	if (x->deleted_to <= start)
		put_child(x, raw, MODE_KEPT);
	else if (x->w->style->tracked)
		put_child(x, raw, MODE_DELETED);
}

static void
write_children(run_writer *x)
{
	uint32_t at = x->run->content, end = x->run->content_end;

	while (at < end) {
		uint32_t next = at;
		if (x->part.p[at] == '<') {
			next = element_end(x->part, at, end);
			write_child(x, at, next);
		} else
			while (next < end && x->part.p[next] != '<')
				next++;
		at = next;
	}
	apply_until(x, UINT32_MAX);
	close_run(x);
	toggle_insert(x, false);
}

/* The run by itself: the tag of w:ins around it, where there is one, and its element. */
static bool
put_alone(buffer *out, const docx_part *p, const docx_run *which)
{
	slice insert = docx_part_slice(p, which->insert, which->insert_end);
	slice element = docx_part_slice(p, which->start, which->end);

	if (which->insert_end != 0)
		buffer_put(out, insert);
	buffer_put(out, element);
	return element.n != 0 && (which->insert_end == 0 || insert.n != 0);
}

/* Places of the part as places behind the tag of w:ins. */
static status
write_alone(docx_writer *w, buffer *out, slice alone, const docx_run *which,
	const layout_mark *marks, size_t n)
{
	uint32_t at = which->insert_end - which->insert, from = which->start;
	docx_run here = { .start = at,
		.content = which->content - from + at,
		.content_end = which->content_end - from + at,
		.end = which->end - from + at,
		.insert_end = at,
		.kept_space = which->kept_space };
	layout_mark *moved = memory_alloc(w->context->memory, n * sizeof(*moved));

	if (moved == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++) {
		moved[i] = marks[i];
		moved[i].raw = marks[i].raw - from + at;
	}
	run_writer x = { .w = w,
		.out = out,
		.part = alone,
		.run = &here,
		.prefix = docx_prefix(slice_sub(alone, here.start, here.content)),
		.tag_end = (uint32_t)tag_end(alone, here.start),
		.marks = moved,
		.n = n };
	write_children(&x);
	memory_free(w->context->memory, moved);
	return out->status;
}

status
docx_run_write(
	docx_writer *w, docx_part *p, const docx_run *which, const layout_mark *marks, size_t n)
{
	buffer alone, out;

	buffer_init(&alone, w->context->memory, w->context->limits.output);
	buffer_init(&out, w->context->memory, w->context->limits.output);
	status done = put_alone(&alone, p, which) ? alone.status : STATUS_DAMAGED;
	if (done == STATUS_OK)
		done = write_alone(w, &out, buffer_slice(&alone), which, marks, n);
	if (done == STATUS_OK)
		done = docx_part_splice(
			w, p, which->start, which->end - which->start, buffer_slice(&out));
	buffer_free(&alone);
	buffer_free(&out);
	return done;
}
