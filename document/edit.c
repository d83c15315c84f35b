#include "document/edit.h"

#include <assert.h>
#include <string.h>

#include "text/utf8.h"

typedef enum encoding { WRITES_UTF8, WRITES_UTF16LE, WRITES_UTF16BE, WRITES_NOT } encoding;

static encoding
encoding_of(const document *d)
{
	if (strcmp(d->encoding, "UTF-8") == 0)
		return WRITES_UTF8;
	if (strcmp(d->encoding, "UTF-16LE") == 0)
		return WRITES_UTF16LE;
	return strcmp(d->encoding, "UTF-16BE") == 0 ? WRITES_UTF16BE : WRITES_NOT;
}

static void
put_unit(buffer *out, uint32_t unit, encoding e)
{
	char high = (char)(unit >> 8 & 0xFF), low = (char)(unit & 0xFF);

	buffer_put_char(out, e == WRITES_UTF16LE ? low : high);
	buffer_put_char(out, e == WRITES_UTF16LE ? high : low);
}

static void
put_utf16(buffer *out, slice s, encoding e)
{
	for (size_t i = 0; i < s.n;) {
		uint32_t c = utf8_next(s, &i);
		if (c < 0x10000) {
			put_unit(out, c, e);
			continue;
		}
		put_unit(out, 0xD7C0 + (c >> 10), e);
		put_unit(out, 0xDC00 + (c & 0x3FF), e);
	}
}

static void
put(buffer *out, slice s, encoding e)
{
	if (e == WRITES_UTF8)
		buffer_put(out, s);
	else
		put_utf16(out, s, e);
}

status
document_edit(buffer *out, context *c, const document *d, const edit *edits, size_t count)
{
	encoding e = encoding_of(d);
	size_t at = 0;

	if (e == WRITES_NOT && count != 0)
		return context_fail(c, STATUS_FORMAT,
			"%.*s: corrections cannot be written in %s; convert the file to UTF-8",
			"%.*s : les corrections ne peuvent être écrites en %s ; convertissez "
			"le "
			"fichier en UTF-8",
			SLICE_ARG(d->path), d->encoding);
	for (size_t i = 0; i < count; i++) {
		assert(edits[i].file.start >= at);
		buffer_put(out, slice_sub(d->bytes, at, edits[i].file.start));
		put(out, edits[i].with, e);
		at = edits[i].file.end;
	}
	buffer_put(out, slice_sub(d->bytes, at, d->bytes.n));
	return out->status;
}
