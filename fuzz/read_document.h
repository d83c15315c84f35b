/* What the fuzz targets of the text formats share: any bytes are a document or a sentence; its
 * map, blocks and pairs keep their invariants; a correction of nothing changes nothing, and a
 * file with corrections reads as the text with corrections. */
#ifndef FUZZ_READ_DOCUMENT_H
#define FUZZ_READ_DOCUMENT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document/edit.h"
#include "document/format.h"
#include "text/utf8.h"

#define CLAIM(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

#define EDITS_MOST 12

static inline void
claim_map(const document *d)
{
	const source_map *m = &d->map;
	bool utf8 = strcmp(d->encoding, "UTF-8") == 0;

	for (size_t i = 0; i + 1 < m->count; i++) {
		const run *r = &m->runs[i];
		uint32_t text = r[1].text - r->text, bytes = r[1].file - r->file;
		CLAIM(r[1].text >= r->text && r[1].file >= r->file);
		CLAIM(r[1].text <= d->text.n && r[1].file <= d->bytes.n);
		CLAIM(!utf8 || r->kind != RUN_VERBATIM || text == 0 ||
			(bytes == text &&
				memcmp(d->text.p + r->text, d->bytes.p + r->file, text) == 0));
	}
}

static inline void
claim_blocks(const document *d)
{
	utf8_facts facts;
	uint32_t at = 0;

	CLAIM(utf8_check(d->text, &facts) == d->text.n);
	for (size_t i = 0; i < d->block_count; i++) {
		span s = d->blocks[i].text;
		location where = { .count = 0 };
		CLAIM(s.start >= at && s.end > s.start && s.end <= d->text.n);
		at = s.end;
		if (d->format->locate != NULL)
			d->format->locate(d, i, s, &where);
	}
}

static inline void
claim_pairs(const document *d)
{
	for (size_t i = 0; i < d->pair_count; i++)
		for (int k = 0; k < PAIR_SIDES; k++) {
			const pair_segment *s = &d->pairs[i].side[k];
			CLAIM(s->file.start <= s->file.end);
			CLAIM((s->block == PAIR_NO_BLOCK) == (s->text.end == s->text.start));
			if (s->block == PAIR_NO_BLOCK)
				continue;
			span b = d->blocks[s->block].text;
			CLAIM(b.start == s->text.start && b.end == s->text.end);
			for (size_t n = 0; n < s->code_count; n++)
				CLAIM(s->codes[n].at <= d->text.n &&
					s->codes[n].file.start <= s->codes[n].file.end);
		}
}

static inline void
claim_nothing_changes(context *c, const document *d)
{
	for (size_t i = 0; i < d->block_count && i < EDITS_MOST; i++) {
		span s = d->blocks[i].text, place = source_map_file(&d->map, s);
		bool possible;
		buffer b;
		buffer_init(&b, c->memory, 1 << 24);
		CLAIM(document_rewrite(&b, c, d, s, slice_sub(d->text, s.start, s.end),
			      &possible) == STATUS_OK);
		CLAIM(possible);
		CLAIM(strcmp(d->encoding, "UTF-8") != 0 ||
			slice_equal(
				buffer_slice(&b), slice_sub(d->bytes, place.start, place.end)));
		buffer_free(&b);
	}
}

/* Every letter "e" of the blocks becomes what replaces it, as a rule would ask for it. */
static inline size_t
make_edits(context *c, const document *d, slice with, edit *edits, buffer *space, buffer *text)
{
	uint32_t copied = 0, at = 0;
	size_t n = 0;

	for (size_t k = 0; k < d->block_count; k++)
		for (uint32_t i = d->blocks[k].text.start; i < d->blocks[k].text.end; i++) {
			span s = { i, i + 1 }, place = source_map_file(&d->map, s);
			bool possible;
			if (d->text.p[i] != 'e' || n == EDITS_MOST || place.start < at)
				continue;
			buffer_init(&space[n], c->memory, 1 << 20);
			CLAIM(document_rewrite(&space[n], c, d, s, with, &possible) ==
				STATUS_OK);
			if (!possible) {
				buffer_free(&space[n]);
				continue;
			}
			edits[n] = (edit){ place, buffer_slice(&space[n]), SLICE("") };
			at = place.end;
			n++;
			buffer_put(text, slice_sub(d->text, copied, i));
			buffer_put(text, with);
			copied = i + 1;
		}
	buffer_put(text, slice_sub(d->text, copied, d->text.n));
	return n;
}

/* Of a file that does not say that it is Windows-1252 that is a guess from how many of its
 * bytes are letters, which corrections may undo; « charset » may stand in a comment that is
 * read and corrected. */
static inline bool
is_of_another_encoding(const context *c, const document *d)
{
	return (strcmp(d->encoding, "windows-1252") == 0 &&
		       strstr(c->message, "Windows-1252") != NULL) ||
	       strstr(c->message, "in the encoding") != NULL;
}

/* What is written reads as the text that is expected. */
static inline void
claim_reads_as(context *c, const document *d, const char *format_name, slice out, slice text)
{
	document again;
	status done = document_read_as(
		&again, c, d->path, out, LANGUAGE_UNKNOWN, slice_of(format_name));

	if (done == STATUS_FORMAT && is_of_another_encoding(c, d))
		return;
	if (done != STATUS_OK)
		fprintf(stderr, "written:\n%.*s\n%s\n", SLICE_ARG(out), c->message);
	CLAIM(done == STATUS_OK);
	if (!slice_equal(again.text, text))
		fprintf(stderr, "%.*s: written:\n%.*s\nread as:\n%.*s\n", SLICE_ARG(d->path),
			SLICE_ARG(out), SLICE_ARG(again.text));
	CLAIM(slice_equal(again.text, text));
	CLAIM(again.block_count == d->block_count && again.pair_count == d->pair_count);
	document_free(&again);
}

static inline void
claim_edits(context *c, const document *d, const char *format_name, slice with)
{
	edit edits[EDITS_MOST];
	buffer space[EDITS_MOST], expected, out;
	edit_style style = { 0 };

	buffer_init(&expected, c->memory, 1 << 24);
	buffer_init(&out, c->memory, 1 << 24);
	size_t n = make_edits(c, d, with, edits, space, &expected);
	CLAIM(document_edit(&out, c, d, edits, n, &style) == STATUS_OK);
	claim_reads_as(c, d, format_name, buffer_slice(&out), buffer_slice(&expected));
	for (size_t i = 0; i < n; i++)
		buffer_free(&space[i]);
	buffer_free(&expected);
	buffer_free(&out);
}

/* with: what is written for "e"; empty: the format is only read. */
static inline void
claim_document(context *c, const document *d, const char *format_name, slice with)
{
	claim_map(d);
	claim_blocks(d);
	claim_pairs(d);
	claim_nothing_changes(c, d);
	if (with.n != 0)
		claim_edits(c, d, format_name, with);
}

static inline int
read_any_document(const char *format_name, slice with, const uint8_t *data, size_t size)
{
	slice bytes = { (const char *)data, size };
	document d;
	context c;

	if (size > 1 << 16)
		return 0;
	context_init(&c, &memory_libc);
	c.limits.output = 1 << 24;
	if (document_read_as(&d, &c, SLICE("fuzz"), bytes, LANGUAGE_UNKNOWN,
		    slice_of(format_name)) != STATUS_OK) {
		CLAIM(c.message[0] != '\0');
		return 0;
	}
	claim_document(&c, &d, format_name, with);
	document_free(&d);
	return 0;
}

#endif
