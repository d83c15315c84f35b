/* Any bytes through the reader of OpenDocument texts and the writer of corrections.
 *
 * Most inputs are the XML of content.xml, put into a sound package: a changed byte of a zip
 * file is caught by its checksum. An input that is a zip file is read as it is. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/package.h"
#include "document/edit.h"
#include "text/utf8.h"

#define CLAIM(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *
pack(slice body, size_t *n)
{
	static char bytes[1 << 20];
	zip_error_t error;

	zip_error_init(&error);
	zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *zip = zip_open_from_source(out, ZIP_TRUNCATE, &error);
	CLAIM(zip != NULL);
	zip_source_keep(out);
	zip_source_t *in = zip_source_buffer(zip, body.p, body.n, 0);
	CLAIM(zip_file_add(zip, "content.xml", in, 0) >= 0);
	CLAIM(zip_close(zip) == 0);
	CLAIM(zip_source_open(out) == 0);
	zip_int64_t got = zip_source_read(out, bytes, sizeof(bytes));
	CLAIM(got >= 0);
	zip_source_close(out);
	zip_source_free(out);
	*n = (size_t)got;
	return bytes;
}

/* Blocks are in order, apart, valid UTF-8, and lie in the text. */
static void
claim_document(const document *d)
{
	utf8_facts facts;
	uint32_t at = 0;

	CLAIM(utf8_check(d->text, &facts) == d->text.n);
	for (size_t i = 0; i < d->block_count; i++) {
		span s = d->blocks[i].text;
		CLAIM(s.start >= at && s.end > s.start && s.end <= d->text.n);
		at = s.end;
	}
}

static status
read(document *d, context *c, slice bytes)
{
	return document_read_as(d, c, SLICE("fuzz.odt"), bytes, LANGUAGE_UNKNOWN, SLICE("odt"));
}

/* Every letter e becomes "x&": what is written reads again as the text with the changes made. A
 * tracked one may be written where the file is not sound. */
static void
claim_edits(context *c, const document *d, bool tracked)
{
	edit edits[16];
	edit_note note = { { 0, 0 }, SLICE("said") };
	size_t n = 0;
	edit_style style = {
		.tracked = tracked, .author = "a<&", .date = "2020-01-01T00:00:00Z"
	};
	document again;
	buffer out;

	for (uint32_t i = 0; i < d->text.n && n < 16; i++)
		if (d->text.p[i] == 'e')
			edits[n++] = (edit){ { i, i + 1 }, SLICE("x&") };
	if (tracked && d->block_count != 0) {
		note.text = (span){ d->blocks[0].text.start, d->blocks[0].text.start };
		style.notes = &note;
		style.note_count = 1;
	}
	buffer_init(&out, c->memory, 1 << 24);
	if (document_edit(&out, c, d, edits, n, &style) != STATUS_OK) {
		/* Another part of the zip file is damaged. */
		CLAIM(c->message[0] != '\0');
		buffer_free(&out);
		return;
	}
	CLAIM(style.made <= n);
	CLAIM(read(&again, c, buffer_slice(&out)) == STATUS_OK);
	CLAIM(again.text.n == d->text.n + style.made);
	CLAIM(again.block_count == d->block_count);
	document_free(&again);
	buffer_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	slice bytes = { (const char *)data, size };
	size_t n = size;
	document d;
	context c;

	if (size > 1 << 16)
		return 0;
	context_init(&c, &memory_libc);
	c.limits.file = 1 << 22;
	c.limits.output = 1 << 24;
	if (!package_is_zip(bytes))
		bytes = (slice){ pack(bytes, &n), 0 };
	bytes.n = n;
	if (read(&d, &c, bytes) != STATUS_OK) {
		CLAIM(c.message[0] != '\0');
		return 0;
	}
	claim_document(&d);
	if (d.package.n != 0) {
		claim_edits(&c, &d, false);
		claim_edits(&c, &d, true);
	}
	document_free(&d);
	return 0;
}
