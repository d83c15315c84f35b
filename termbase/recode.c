#include "termbase/recode.h"

#include <string.h>

#include "base/file.h"
#include "base/stream.h"
#include "text/encoding.h"
#include "text/utf8.h"

/* A character that two pieces share is looked at in neither: its first bytes end the one, and
 * the others begin the next, which is no fault of the file. */
static bool
is_sound(slice piece)
{
	utf8_facts facts = { 0 };

	for (int i = 0; i < 3 && piece.n != 0 && ((unsigned char)*piece.p & 0xC0) == 0x80; i++)
		piece = slice_sub(piece, 1, piece.n);
	size_t end = utf8_check(piece, &facts);
	return end + 4 > piece.n && memchr(piece.p, '\0', end) == NULL;
}

static status
look(context *c, const char *path, bool *sound)
{
	stream s;
	slice piece;

	*sound = true;
	TRY(stream_open(&s, c, path));
	status done = stream_next(&s, &piece);
	while (done == STATUS_OK && piece.n != 0 && *sound) {
		*sound = is_sound(piece);
		done = stream_next(&s, &piece);
	}
	stream_close(&s);
	return done;
}

static status
decode(context *c, slice bytes, const encoding_verdict *v, buffer *out)
{
	encoding_table table = { 0 };
	char utf8[4];

	if (v->encoding == ENCODING_WINDOWS_1252)
		TRY(encoding_table_init(&table, c));
	for (size_t i = v->mark, n; i < bytes.n; i += n) {
		uint32_t character;
		n = encoding_get(v->encoding, &table, bytes, i, &character);
		if (n == 0)
			return context_fail(c, STATUS_FORMAT, "half a character in UTF-16",
				"la moitié d’un caractère en UTF-16");
		buffer_put(out, (slice){ utf8, utf8_put(utf8, character) });
	}
	return out->status;
}

static status
recode_bytes(context *c, const char *path, slice bytes, buffer *out, const char **from)
{
	encoding_verdict v;
	status known = encoding_recognise(c, slice_of(path), bytes, &v);

	if (known == STATUS_FORMAT || (known == STATUS_OK && v.encoding == ENCODING_UTF8)) {
		c->message[0] = '\0';
		return STATUS_OK;
	}
	TRY(known);
	TRY(decode(c, bytes, &v, out));
	*from = encoding_name(v.encoding);
	return STATUS_OK;
}

status
recode(context *c, const char *path, buffer *out, const char **from)
{
	bool sound;
	file f;

	*from = NULL;
	if (strcmp(path, "-") == 0)
		return STATUS_OK;
	TRY(look(c, path, &sound));
	if (sound)
		return STATUS_OK;
	TRY(file_open(&f, c, path));
	status done = recode_bytes(c, path, f.bytes, out, from);
	file_close(&f, c->memory);
	return done;
}
