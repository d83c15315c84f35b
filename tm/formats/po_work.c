/* PO to be translated: entries whose msgstr is empty. What is not the very text is marked
 * fuzzy, with the msgid that the memory has as the previous one, which editors of PO show as
 * the difference. */
#include <string.h>

#include "tm/work.h"

typedef struct line {
	size_t start, end, next; /* end: without the line break */
	slice text;
} line;

typedef struct reader {
	tm_work *w;
	size_t at;
	line now;
	buffer id[2], str[2]; /* singular and plural */
	work_segment segments[2];
	bool seen[2], fuzzy, header_seen, in_previous;
	buffer *into;       /* that lines go on with */
	work_segment *open; /* whose msgstr goes on */
	size_t flags;       /* the end of the flags; 0: none */
	size_t begin;       /* where msgctxt or msgid begins */
	char language[64];
} reader;

static bool
next_line(reader *r)
{
	slice all = r->w->bytes;

	if (r->at >= all.n)
		return false;
	const char *p = memchr(all.p + r->at, '\n', all.n - r->at);
	r->now.start = r->at;
	r->now.next = p == NULL ? all.n : (size_t)(p - all.p) + 1;
	r->now.end = p == NULL ? all.n : (size_t)(p - all.p);
	if (r->now.end > r->now.start && all.p[r->now.end - 1] == '\r')
		r->now.end--;
	r->now.text = slice_trim(slice_sub(all, r->now.start, r->now.end));
	r->at = r->now.next;
	return true;
}

/* "…" with its escapes; anything else is nothing. */
static void
put_string(buffer *out, slice s)
{
	s = slice_trim(s);
	if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
		return;
	for (size_t i = 1; i + 1 < s.n; i++) {
		char c = s.p[i];
		if (c == '\\' && i + 2 < s.n) {
			c = s.p[++i];
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
		}
		buffer_put_char(out, c);
	}
}

static void
read_header(reader *r)
{
	slice rest = buffer_slice(&r->str[0]), l;

	r->header_seen = true;
	while (slice_line(&rest, &l))
		if (slice_starts(l, SLICE("Language:"))) {
			slice tag = slice_trim(slice_sub(l, 9, l.n));
			size_t n =
				tag.n < sizeof(r->language) ? tag.n : sizeof(r->language) - 1;
			memcpy(r->language, tag.p, n);
			r->language[n] = '\0';
		}
}

static status
end_entry(reader *r)
{
	tm_work *w = r->w;

	if (r->id[0].n == 0 && r->seen[0] && !r->header_seen)
		read_header(r);
	for (size_t i = 0; i < 2; i++) {
		work_segment *s = &r->segments[i];
		slice text = buffer_slice(&r->id[i]);
		TRY(r->id[i].status);
		TRY(r->str[i].status);
		if (!r->seen[i] || slice_trim(text).n == 0)
			continue;
		s->tag = s->tag_end = r->flags;
		s->before = r->begin;
		s->translated = r->str[i].n != 0 || r->fuzzy;
		TRY(arena_copy(&w->keep, text, &s->source.text));
		TRY(work_add(w, s));
	}
	return STATUS_OK;
}

static void
begin_entry(reader *r)
{
	for (size_t i = 0; i < 2; i++) {
		buffer_clear(&r->id[i]);
		buffer_clear(&r->str[i]);
		r->segments[i] = (work_segment){ 0 };
		r->seen[i] = false;
	}
	r->fuzzy = false;
	r->into = NULL;
	r->open = NULL;
	r->flags = r->begin = 0;
}

static void
take_comment(reader *r)
{
	r->into = NULL;
	r->open = NULL;
	if (!slice_starts(r->now.text, SLICE("#,")))
		return;
	r->flags = r->now.end;
	for (size_t i = 0; i + 5 <= r->now.text.n; i++)
		r->fuzzy |= memcmp(r->now.text.p + i, "fuzzy", 5) == 0;
}

static void
take_target(reader *r, size_t i, size_t word)
{
	work_segment *s = &r->segments[i];

	r->seen[i] = true;
	s->from = r->now.start;
	s->to = r->now.end;
	s->tag_end = word;
	s->id = slice_sub(r->now.text, 0, word);
	r->open = s;
	r->into = &r->str[i];
	put_string(r->into, slice_sub(r->now.text, word, r->now.text.n));
}

static void
take_line(reader *r)
{
	static const slice words[] = { { "msgctxt", 7 }, { "msgid_plural", 12 }, { "msgid", 5 },
		{ "msgstr[0]", 9 }, { "msgstr[1]", 9 }, { "msgstr[", 7 }, { "msgstr", 6 } };
	slice text = r->now.text;
	size_t i = 0;

	while (i < 7 && !slice_starts(text, words[i]))
		i++;
	if (i == 7) {
		if (r->into != NULL)
			put_string(r->into, text);
		if (r->open != NULL)
			r->open->to = r->now.end;
		return;
	}
	r->open = NULL;
	r->into = NULL;
	if (i <= 2 && r->begin == 0)
		r->begin = r->now.start;
	if (i == 1 || i == 2) {
		r->into = &r->id[i == 1];
		put_string(r->into, slice_sub(text, words[i].n, text.n));
	} else if (i == 3 || i == 4 || i == 6) {
		take_target(r, i == 4, words[i].n);
	}
}

static bool
begins_entry(const reader *r)
{
	slice t = r->now.text;

	return t.n == 0 ||
	       (r->seen[0] && (t.p[0] == '#' || slice_starts(t, SLICE("msgctxt")) ||
				      (slice_starts(t, SLICE("msgid")) &&
					      !slice_starts(t, SLICE("msgid_plural")))));
}

static status
read_lines(reader *r)
{
	while (next_line(r)) {
		if (begins_entry(r)) {
			TRY(end_entry(r));
			begin_entry(r);
		}
		if (r->now.text.n == 0 || slice_starts(r->now.text, SLICE("#~")))
			continue;
		if (r->now.text.p[0] == '#')
			take_comment(r);
		else
			take_line(r);
	}
	TRY(end_entry(r));
	if (r->w->wanted_target.n == 0 && r->language[0] != '\0')
		return arena_copy(&r->w->keep, slice_of(r->language), &r->w->target);
	return STATUS_OK;
}

static status
po_work_read(tm_work *w)
{
	const memory *m = w->context->memory;
	reader *r = memory_alloc(m, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->w = w;
	r->at = slice_starts(w->bytes, SLICE("\xEF\xBB\xBF")) ? 3 : 0;
	for (size_t i = 0; i < 2; i++) {
		buffer_init(&r->id[i], m, w->context->limits.paragraph);
		buffer_init(&r->str[i], m, w->context->limits.paragraph);
	}
	status done = read_lines(r);
	for (size_t i = 0; i < 2; i++) {
		buffer_free(&r->id[i]);
		buffer_free(&r->str[i]);
	}
	memory_free(m, r);
	return done;
}

/* --- what goes in --- */

/* As a string, one line of the text a line of the file. */
static void
put_quoted(buffer *out, slice head, slice text, slice end)
{
	bool lines = memchr(text.p, '\n', text.n > 0 ? text.n - 1 : 0) != NULL;

	buffer_put(out, head);
	buffer_put(out, lines ? SLICE(" \"\"") : SLICE(" \""));
	if (lines) {
		buffer_put(out, end);
		buffer_put(out, slice_starts(head, SLICE("#|")) ? SLICE("#| \"") : SLICE("\""));
	}
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		const char *as = c == '\n'   ? "\\n"
				 : c == '\t' ? "\\t"
				 : c == '\r' ? "\\r"
				 : c == '"'  ? "\\\""
				 : c == '\\' ? "\\\\"
					     : NULL;
		if (as == NULL)
			buffer_put_char(out, c);
		else
			buffer_put(out, slice_of(as));
		if (lines && c == '\n' && i + 1 < text.n) {
			buffer_put_char(out, '"');
			buffer_put(out, end);
			buffer_put(out,
				slice_starts(head, SLICE("#|")) ? SLICE("#| \"") : SLICE("\""));
		}
	}
	buffer_put_char(out, '"');
}

static slice
line_end(const tm_work *w, size_t at)
{
	return at + 1 < w->bytes.n && w->bytes.p[at] == '\r' ? SLICE("\r\n") : SLICE("\n");
}

static status
mark_fuzzy(tm_work *w, const work_segment *s, const work_match *m, slice end)
{
	if (w->marked == s->before + 1)
		return STATUS_OK; /* the other number of the same entry */
	w->marked = s->before + 1;
	if (s->tag != 0)
		TRY(work_splice(w, s->tag, s->tag, SLICE(", fuzzy")));
	buffer_clear(&w->text);
	if (s->tag == 0) {
		buffer_put(&w->text, SLICE("#, fuzzy"));
		buffer_put(&w->text, end);
	}
	slice there = m->at[0].unit.side[TM_SOURCE].text;
	if (!slice_equal(there, s->source.text)) {
		put_quoted(&w->text, SLICE("#| msgid"), there, end);
		buffer_put(&w->text, end);
	}
	TRY(w->text.status);
	return work_splice(w, s->before, s->before, buffer_slice(&w->text));
}

static status
po_work_fill(tm_work *w, const work_segment *s, const work_match *m)
{
	slice end = line_end(w, s->to);

	if (!m->sound)
		TRY(mark_fuzzy(w, s, m, end));
	buffer_clear(&w->text);
	put_quoted(&w->text, s->id, m->markup, end);
	TRY(w->text.status);
	return work_splice(w, s->from, s->to, buffer_slice(&w->text));
}

const tm_work_format tm_work_po = {
	.read = po_work_read,
	.fill = po_work_fill,
};
