#include "document/edit.h"

#include <assert.h>

#include "document/format.h"
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
		"%.*s : U+%04X ne peut s’écrire en %s ; convertissez le fichier en UTF-8",
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
		buffer_put(out, slice_sub(d->bytes, at, edits[i].file.start));
		TRY(put(&w, edits[i].with));
		at = edits[i].file.end;
	}
	buffer_put(out, slice_sub(d->bytes, at, d->bytes.n));
	return out->status;
}

status
document_edit(buffer *out, context *c, const document *d, const edit *edits, size_t count,
	edit_style *style)
{
	if (d->format->edit != NULL)
		return d->format->edit(out, c, d, edits, count, style);
	style->made = count;
	style->noted = 0;
	if (!style->tracked && style->note_count == 0)
		return edit_bytes(out, c, d, edits, count);
	return context_fail(c, STATUS_USAGE,
		"%.*s: changes and comments are for Word documents only",
		"%.*s\u00A0: le suivi des modifications et les commentaires sont pour les "
		"documents "
		"Word",
		SLICE_ARG(d->path));
}
