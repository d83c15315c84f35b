/* Any bytes through the reader of Word documents and the writer of corrections.
 *
 * Most inputs are the XML of a body, put into a sound package: a changed byte of a zip file is
 * caught by its checksum. An input that is a zip file is read as it is. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/package.h"
#include "document/compose.h"
#include "text/utf8.h"

#define CLAIM(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
add(zip_t *zip, const char *name, slice content)
{
	zip_source_t *in = zip_source_buffer(zip, content.p, content.n, 0);

	CLAIM(zip_file_add(zip, name, in, 0) >= 0);
}

/* A sound package around a body; to be freed. */
static char *
pack(slice body, size_t *n)
{
	size_t room = body.n + 4096;
	char *bytes = malloc(room);
	zip_error_t error;

	zip_error_init(&error);
	zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *zip = zip_open_from_source(out, ZIP_TRUNCATE, &error);
	CLAIM(zip != NULL && bytes != NULL);
	zip_source_keep(out);
	add(zip, "[Content_Types].xml",
		SLICE("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
		      "content-types\"/>"));
	add(zip, "word/document.xml", body);
	CLAIM(zip_close(zip) == 0);
	CLAIM(zip_source_open(out) == 0);
	zip_int64_t got = zip_source_read(out, bytes, room);
	CLAIM(got > 0 && (size_t)got < room);
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
	return document_read(d, c, SLICE("fuzz.docx"), bytes, LANGUAGE_UNKNOWN);
}

/* White space at the ends of paragraphs is not text. */
static bool
skip_space(slice s, size_t *i)
{
	while (*i < s.n && (s.p[*i] == ' ' || s.p[*i] == '\t' || s.p[*i] == '\n'))
		++*i;
	return *i < s.n;
}

static void
claim_same_words(slice a, slice b)
{
	size_t i = 0, k = 0;

	for (bool more = true; more;) {
		more = skip_space(a, &i);
		CLAIM(skip_space(b, &k) == more);
		if (more)
			CLAIM(a.p[i++] == b.p[k++]);
	}
}

/* --- rejecting --- */

#define MINE "author=\"paraph\""

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

/* A deletion is taken back: its text is text again. */
static void
put_kept(buffer *out, slice s)
{
	size_t at, from = 0;

	while (find(s, "delText", from, &at)) {
		buffer_put(out, slice_sub(s, from, at));
		buffer_put(out, SLICE("t"));
		from = at + 7;
	}
	buffer_put(out, slice_sub(s, from, s.n));
}

/* The XML of a part without the changes that are ours. */
static void
reject(slice s, buffer *out)
{
	size_t mine, from = 0;

	while (find(s, MINE, from, &mine)) {
		size_t start = mine, name = 0, open, close;
		char end[64];
		while (start > from && s.p[start] != '<')
			start--;
		while (s.p[start + 1 + name] != ' ')
			name++;
		snprintf(end, sizeof(end), "</%.*s>", (int)name, s.p + start + 1);
		CLAIM(find(s, ">", mine, &open) && find(s, end, open, &close));
		buffer_put(out, slice_sub(s, from, start));
		if (s.p[start + name - 2] == 'd')
			put_kept(out, slice_sub(s, open + 1, close));
		from = close + strlen(end);
	}
	buffer_put(out, slice_sub(s, from, s.n));
}

/* Rejecting all changes gives the text that was there. */
static void
claim_rejected(context *c, const document *d, slice tracked)
{
	package p;
	buffer part, before;
	document again;
	size_t n;

	buffer_init(&part, c->memory, 1 << 24);
	buffer_init(&before, c->memory, 1 << 24);
	CLAIM(package_open(&p, c, "fuzz.docx", tracked) == STATUS_OK);
	CLAIM(package_read(&p, "word/document.xml", &part) == STATUS_OK);
	package_close(&p);
	reject(buffer_slice(&part), &before);
	char *bytes = pack(buffer_slice(&before), &n);
	CLAIM(read(&again, c, (slice){ bytes, n }) == STATUS_OK);
	CLAIM(slice_equal(again.text, d->text));
	document_free(&again);
	free(bytes);
	buffer_free(&part);
	buffer_free(&before);
}

/* --- edits --- */

/* Every letter e becomes "x&" or a tab, every second o gets a comment: what is written reads
 * again as the text with the changes made. */
static size_t
make_edits(const document *d, edit *edits, size_t *n, edit_note *notes, size_t most)
{
	static const char *const words[] = { "x&", "\t", "", "y\n" };
	size_t note_count = 0;

	*n = 0;
	for (uint32_t i = 0; i < d->text.n; i++) {
		if (d->text.p[i] == 'e' && *n < most) {
			edits[*n] =
				(edit){ { i, i + 1 }, slice_of(words[*n % 4]), SLICE("said") };
			++*n;
		}
		if (d->text.p[i] == 'o' && note_count < most)
			notes[note_count++] =
				(edit_note){ { i, i + 1 }, SLICE("a note\nof <two>") };
	}
	return note_count;
}

static void
claim_edits(context *c, const document *d, bool tracked, bool notes_too, bool bare)
{
	edit edits[16];
	edit_note notes[16];
	bool each[16];
	size_t n;
	edit_style style = { .tracked = tracked,
		.breaks_signature = true,
		.author = "paraph",
		.date = "2020-01-01T00:00:00Z",
		.each = each };
	document again;
	buffer out, text;

	style.note_count = make_edits(d, edits, &n, notes, 16);
	style.notes = notes;
	if (!notes_too) {
		style.note_count = 0;
		for (size_t i = 0; i < n; i++)
			edits[i].said = SLICE("");
	}
	buffer_init(&out, c->memory, 1 << 24);
	buffer_init(&text, c->memory, 1 << 24);
	if (document_edit(&out, c, d, edits, n, &style) != STATUS_OK) {
		/* Another part of the zip file is damaged. */
		CLAIM(c->message[0] != '\0');
		buffer_free(&out);
		return;
	}
	size_t made = 0;
	for (size_t i = 0; i < n; i++)
		if (each[i])
			edits[made++] = edits[i];
	CLAIM(style.made == made);
	CLAIM(read(&again, c, buffer_slice(&out)) == STATUS_OK);
	edits_apply(&text, d->text, edits, made);
	CLAIM(edits_hash(d->text, edits, made) == edits_hash(buffer_slice(&text), NULL, 0));
	claim_same_words(again.text, buffer_slice(&text));
	document_free(&again);
	if (tracked && bare)
		claim_rejected(c, d, buffer_slice(&out));
	buffer_free(&text);
	buffer_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	slice bytes = { (const char *)data, size };
	char *packed = NULL;
	size_t n = size;
	document d;
	context c;

	if (size > 1 << 16)
		return 0;
	context_init(&c, &memory_libc);
	c.limits.file = 1 << 22;
	c.limits.output = 1 << 24;
	bool bare = !package_is_zip(bytes);
	if (bare) {
		packed = pack(bytes, &n);
		bytes.p = packed;
	}
	bytes.n = n;
	if (read(&d, &c, bytes) != STATUS_OK) {
		CLAIM(c.message[0] != '\0');
		free(packed);
		return 0;
	}
	claim_document(&d);
	if (d.package.n != 0) {
		claim_edits(&c, &d, false, false, bare);
		claim_edits(&c, &d, true, false, bare);
		claim_edits(&c, &d, true, true, bare);
	}
	document_free(&d);
	free(packed);
	return 0;
}
