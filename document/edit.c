#include "document/edit.h"

#include <assert.h>

#include "base/xml.h"
#include "document/format.h"
#include "document/original.h"
#include "text/encoding.h"
#include "text/utf8.h"

typedef struct writer {
	buffer *out;
	context *context;
	const document *document;
	encoding encoding;
	encoding_table table; /* of Windows-1252, when that is the encoding */
} writer;

static void
put_unit(writer *w, uint32_t unit)
{
	char high = (char)(unit >> 8 & 0xFF), low = (char)(unit & 0xFF);
	bool little = w->encoding == ENCODING_UTF16LE;

	buffer_put_char(w->out, little ? low : high);
	buffer_put_char(w->out, little ? high : low);
}

static void
put_utf16(writer *w, uint32_t c)
{
	if (c < 0x10000) {
		put_unit(w, c);
		return;
	}
	put_unit(w, 0xD7C0 + (c >> 10));
	put_unit(w, 0xDC00 + (c & 0x3FF));
}

static status
put_1252(writer *w, uint32_t c)
{
	if (c < 0x80) {
		buffer_put_char(w->out, (char)c);
		return STATUS_OK;
	}
	for (unsigned i = 0; i < 128; i++)
		if (w->table.high[i] == c) {
			buffer_put_char(w->out, (char)(unsigned char)(0x80 + i));
			return STATUS_OK;
		}
	return context_fail(w->context, STATUS_FORMAT,
		"%.*s: U+%04X cannot be written in %s; convert the file to UTF-8",
		"%.*s\u00A0: U+%04X ne peut s’écrire en %s\u00A0; convertissez le fichier en "
		"UTF-8",
		SLICE_ARG(w->document->path), c, encoding_name(w->encoding));
}

static status
put(writer *w, slice s)
{
	if (w->encoding == ENCODING_UTF8) {
		buffer_put(w->out, s);
		return STATUS_OK;
	}
	for (size_t i = 0; i < s.n;) {
		uint32_t c = utf8_next(s, &i);
		if (w->encoding == ENCODING_WINDOWS_1252)
			TRY(put_1252(w, c));
		else
			put_utf16(w, c);
	}
	return STATUS_OK;
}

static status
edit_bytes(buffer *out, context *c, const document *d, const edit *edits, size_t count)
{
	writer w = { .out = out,
		.context = c,
		.document = d,
		.encoding = encoding_of_name(d->encoding) };
	size_t at = 0;

	if (w.encoding == ENCODING_WINDOWS_1252)
		TRY(encoding_table_init(&w.table, c));
	for (size_t i = 0; i < count; i++) {
		assert(edits[i].file.start >= at);
		document_put_bytes(out, d, (span){ (uint32_t)at, edits[i].file.start });
		TRY(put(&w, edits[i].with));
		at = edits[i].file.end;
	}
	document_put_bytes(out, d, (span){ (uint32_t)at, (uint32_t)document_size(d) });
	return out->status;
}

/* ---- corrections around markup ---- */

/* How far back the start of a CDATA section is looked for. */
#define CDATA_REACH ((uint32_t)1 << 20)

static bool
is_in_cdata(slice bytes, uint32_t at)
{
	static const slice begin = { "<![CDATA[", 9 }, end = { "]]>", 3 };

	for (uint32_t i = at; i > 0 && at - i < CDATA_REACH; i--) {
		slice here = slice_sub(bytes, i - 1, bytes.n);
		if (here.p[0] == ']' && slice_starts(here, end))
			return false;
		if (here.p[0] == '<' && slice_starts(here, begin))
			return true;
	}
	return false;
}

void
format_escape_xml(buffer *out, const document *d, uint32_t at, slice with)
{
	if (d->cdata && is_in_cdata(d->bytes, at))
		buffer_put(out, with);
	else
		xml_put_text(out, with);
}

typedef struct rewriting {
	context *context;
	const document *document;
	buffer *out;
	encoding encoding;
	encoding_table table;
	uint32_t at; /* the place of the file up to which it is written */
} rewriting;

span
edit_narrow(slice old, slice with, slice *left)
{
	size_t head = 0, tail = 0;

	while (head < old.n && head < with.n && old.p[head] == with.p[head])
		head++;
	while (head > 0 && (utf8_is_inside(old, head) || utf8_is_inside(with, head)))
		head--;
	while (tail < old.n - head && tail < with.n - head &&
		old.p[old.n - 1 - tail] == with.p[with.n - 1 - tail])
		tail++;
	while (tail > 0 && utf8_is_inside(old, old.n - tail))
		tail--;
	*left = slice_sub(with, head, with.n - tail);
	return (span){ (uint32_t)head, (uint32_t)(old.n - tail) };
}

/* Bytes of the file, decoded. */
static void
copy(rewriting *w, uint32_t until)
{
	slice bytes = slice_sub(w->document->bytes, w->at, until);
	char character[4];

	w->at = until;
	if (w->encoding == ENCODING_UTF8) {
		buffer_put(w->out, bytes);
		return;
	}
	for (size_t i = 0, n; i < bytes.n; i += n) {
		uint32_t c;
		n = encoding_get(w->encoding, &w->table, bytes, i, &c);
		if (n == 0)
			return;
		buffer_put(w->out, (slice){ character, utf8_put(character, c) });
	}
}

static bool
is_encodable(const rewriting *w, uint32_t c)
{
	if (w->encoding != ENCODING_WINDOWS_1252 || c < 0x80)
		return true;
	for (unsigned i = 0; i < 128; i++)
		if (w->table.high[i] == c)
			return true;
	return false;
}

/* Is the character before that place a part of a comment? There nothing is decoded. */
static bool
is_in_comment(const document *d, uint32_t at)
{
	size_t low = 0, high = d->comment_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (d->comments[middle].end < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low < d->comment_count && d->comments[low].start < at;
}

/* In place of the text until there. */
static status
put_correction(rewriting *w, uint32_t until, slice with)
{
	const format *f = w->document->format;
	bool said = is_in_comment(w->document, until);
	buffer written;

	buffer_init(&written, w->context->memory, w->context->limits.output);
	if (f->escape != NULL && !said)
		f->escape(&written, w->document, w->at, with);
	else
		buffer_put(&written, with);
	slice s = buffer_slice(&written);
	for (size_t i = 0, n; i < s.n; i += n) {
		uint32_t c;
		n = utf8_get(s.p + i, s.n - i, &c);
		if (f->references && !said && !is_encodable(w, c))
			buffer_printf(w->out, "&#x%X;", c);
		else
			buffer_put(w->out, slice_sub(s, i, i + n));
	}
	status done = written.status;
	buffer_free(&written);
	return done;
}

/* Leaves out what stands for a span of the text inside run i; false when it cannot. */
static bool
drop(rewriting *w, size_t i, span gone)
{
	const source_map *m = &w->document->map;
	const run *r = &m->runs[i];
	bool hidden = r[1].text == r->text;

	if (hidden || (r->kind >= RUN_MADE && (gone.start > r->text || gone.end < r[1].text)))
		return hidden;
	if (r->kind == RUN_MARKUP)
		return false;
	uint32_t from = gone.start < r->text ? r->text : gone.start;
	uint32_t to = gone.end < r[1].text ? gone.end : r[1].text;
	span file = source_map_file(m, (span){ from, to });
	copy(w, file.start);
	w->at = file.end;
	return true;
}

/* The place behind the character before this one in the span, so that what is inserted stands
 * inside the markup that ends there. */
static uint32_t
insertion_place(const document *d, span text, uint32_t at)
{
	if (at == text.start)
		return source_map_file(&d->map, (span){ at, text.end > at ? at + 1 : at })
			.start;
	return source_map_file(&d->map, (span){ at - 1, at }).end;
}

static size_t
first_run(const source_map *m, uint32_t text)
{
	size_t low = 0, high = m->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (m->runs[middle].text <= text)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static status
rewrite(rewriting *w, span text, slice with, bool *possible)
{
	const document *d = w->document;
	const source_map *m = &d->map;
	span file = source_map_file(m, text);
	slice left;
	span gone = edit_narrow(slice_sub(d->text, text.start, text.end), with, &left);

	gone.start += text.start;
	gone.end += text.start;
	w->at = file.start;
	*possible = true;
	if (gone.start == gone.end)
		copy(w, insertion_place(d, text, gone.start));
	for (size_t i = first_run(m, gone.start);
		gone.start < gone.end && i + 1 < m->count && m->runs[i].text < gone.end; i++)
		if (m->runs[i + 1].text > gone.start && !drop(w, i, gone))
			*possible = false;
	TRY(put_correction(w, gone.end, left));
	copy(w, file.end);
	return w->out->status;
}

status
document_rewrite(
	buffer *out, context *c, const document *d, span text, slice with, bool *possible)
{
	rewriting w = { .context = c,
		.document = d,
		.out = out,
		.encoding = encoding_of_name(d->encoding) };

	*possible = true;
	if (d->map.count == 0) {
		buffer_put(out, with);
		return out->status;
	}
	if (w.encoding == ENCODING_WINDOWS_1252)
		TRY(encoding_table_init(&w.table, c));
	return rewrite(&w, text, with, possible);
}

status
document_edit(buffer *out, context *c, const document *d, const edit *edits, size_t count,
	edit_style *style)
{
	if (d->format->edit != NULL)
		return d->format->edit(out, c, d, edits, count, style);
	style->made = count;
	for (size_t i = 0; style->each != NULL && i < count; i++)
		style->each[i] = true;
	style->noted = 0;
	if (!style->tracked && style->note_count == 0)
		return edit_bytes(out, c, d, edits, count);
	return context_fail(c, STATUS_USAGE,
		"%.*s: changes and comments are for documents of Word and LibreOffice only",
		"%.*s\u00A0: le suivi des modifications et les commentaires sont pour les "
		"documents Word et LibreOffice",
		SLICE_ARG(d->path));
}
