/* Corrections in mail: splices into the bodies that are plain text and stand in the file as
 * they are or quoted-printable. What base64 hides, HTML, the subject and bodies in other
 * character sets stay. */
#include <string.h>

#include "document/formats/eml.h"

#define LINE_MOST 76 /* of quoted-printable: RFC 2045, 6.7 */

typedef struct walker { /* along a body: a place of it and that of the decoded bytes */
	slice body;
	bool quoted;
	size_t at, decoded;
} walker;

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* The bytes of a line break that is none, at the walker; 0 when there is none. */
static size_t
soft_break(const walker *w)
{
	slice s = slice_sub(w->body, w->at, w->body.n);

	if (!w->quoted || s.n < 2 || s.p[0] != '=')
		return 0;
	if (s.p[1] == '\n')
		return 2;
	return s.p[1] != '\r' ? 0 : s.n > 2 && s.p[2] == '\n' ? 3 : 2;
}

/* Past one byte of what is decoded. */
static void
step(walker *w)
{
	for (size_t n; (n = soft_break(w)) != 0;)
		w->at += n;
	slice s = slice_sub(w->body, w->at, w->body.n);
	bool escape =
		w->quoted && s.n >= 3 && s.p[0] == '=' && is_hex(s.p[1]) && is_hex(s.p[2]);
	w->at += escape ? 3 : s.n != 0;
	w->decoded++;
}

static void
walk_to(walker *w, size_t decoded)
{
	while (w->decoded < decoded && w->at < w->body.n)
		step(w);
}

static bool
is_ascii(slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static void
put_text(buffer *out, const mail_part *p, slice with)
{
	for (size_t i = 0; i < with.n; i++) {
		unsigned char c = (unsigned char)with.p[i];
		if (p->quoted && (c == '=' || c > '~'))
			buffer_printf(out, "=%02X", c);
		else
			buffer_put_char(out, (char)c);
	}
}

/* One line without its end, which is eol; longer ones are cut as the encoding wants it. */
static void
put_line(buffer *out, slice line, slice eol)
{
	while (line.n > LINE_MOST) {
		size_t n = LINE_MOST - 1;
		for (size_t i = 1; i <= 2; i++)
			if (line.p[n - i] == '=')
				n -= i;
		buffer_put(out, slice_sub(line, 0, n));
		buffer_put_char(out, '=');
		buffer_put(out, eol);
		line = slice_sub(line, n, line.n);
	}
	bool space = line.n != 0 && strchr(" \t", line.p[line.n - 1]) != NULL;
	buffer_put(out, slice_sub(line, 0, line.n - space));
	if (space)
		buffer_printf(out, "=%02X", (unsigned char)line.p[line.n - 1]);
}

static void
put_lines(buffer *out, slice body)
{
	size_t at = 0;

	while (at < body.n) {
		const char *end = memchr(body.p + at, '\n', body.n - at);
		size_t stop = end == NULL ? body.n : (size_t)(end - body.p);
		bool cr = end != NULL && stop > at && body.p[stop - 1] == '\r';
		put_line(out, slice_sub(body, at, stop - cr), cr ? SLICE("\r\n") : SLICE("\n"));
		if (cr)
			buffer_put_char(out, '\r');
		if (end != NULL)
			buffer_put_char(out, '\n');
		at = stop + (end != NULL);
	}
}

/* The decoded bytes that the edit takes away, and what comes there; false: it cannot be. */
static bool
find_edit(const document *d, const mail_part *p, const edit *e, span *gone, slice *with)
{
	span text = edit_narrow(slice_sub(d->text, e->file.start, e->file.end), e->with, with);

	text.start += e->file.start - p->text.start;
	text.end += e->file.start - p->text.start;
	*gone = source_map_file(&p->map, text);
	if (memchr(with->p, '\n', with->n) != NULL || (!p->utf8 && !is_ascii(*with)))
		return false;
	if (text.start == text.end)
		return gone->start == gone->end;
	/* Whole characters, also where one is composed of several. */
	span back = source_map_text(&p->map, *gone);
	return back.start == text.start && back.end == text.end;
}

static void
edit_one(const document *d, const mail_part *p, const edit *e, walker *w, size_t *copied,
	buffer *out, bool *made)
{
	slice with;
	span gone;

	*made = find_edit(d, p, e, &gone, &with) && gone.start >= w->decoded;
	if (!*made)
		return;
	walk_to(w, gone.start);
	for (size_t n; gone.end > gone.start && (n = soft_break(w)) != 0;)
		w->at += n;
	buffer_put(out, slice_sub(w->body, *copied, w->at));
	put_text(out, p, with);
	walk_to(w, gone.end);
	*copied = w->at;
}

typedef struct turn { /* the edits that are left */
	const edit *edits;
	size_t count, at;
	edit_style *style;
} turn;

/* The body with its edits; those before it are passed by. */
static status
edit_body(buffer *out, context *c, const document *d, const mail_part *p, turn *t)
{
	walker w = { .body = slice_sub(d->package, p->body.start, p->body.end),
		.quoted = p->quoted };
	size_t copied = 0, before = t->style->made;
	buffer body;

	buffer_init(&body, c->memory, c->limits.output);
	for (; t->at < t->count && t->edits[t->at].file.start < p->text.end; t->at++) {
		const edit *e = &t->edits[t->at];
		bool made = false;
		if (e->file.start >= p->text.start && e->file.end <= p->text.end)
			edit_one(d, p, e, &w, &copied, &body, &made);
		t->style->made += made;
		if (t->style->each != NULL)
			t->style->each[t->at] = made;
	}
	buffer_put(&body, slice_sub(w.body, copied, w.body.n));
	if (body.status == STATUS_OK && p->quoted && t->style->made > before)
		put_lines(out, buffer_slice(&body));
	else
		buffer_put(out, buffer_slice(&body));
	status done = body.status;
	buffer_free(&body);
	return done == STATUS_OK ? out->status : done;
}

status
eml_edit(buffer *out, context *c, const document *d, const edit *edits, size_t count,
	edit_style *style)
{
	const mail_source *s = d->source;
	turn t = { edits, count, 0, style };
	size_t copied = 0;

	style->made = style->noted = 0;
	if (style->tracked || style->note_count != 0)
		return context_fail(c, STATUS_USAGE,
			"%.*s: changes and comments are for documents of Word and LibreOffice "
			"only",
			"%.*s\u00A0: le suivi des modifications et les commentaires sont pour "
			"les documents Word et LibreOffice",
			SLICE_ARG(d->path));
	for (size_t i = 0; style->each != NULL && i < count; i++)
		style->each[i] = false;
	for (size_t i = 0; i < s->count; i++) {
		const mail_part *p = &s->parts[i];
		if (!p->open)
			continue;
		buffer_put(out, slice_sub(d->package, copied, p->body.start));
		TRY(edit_body(out, c, d, p, &t));
		copied = p->body.end;
	}
	buffer_put(out, slice_sub(d->package, copied, d->package.n));
	return out->status;
}
