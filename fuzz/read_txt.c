/* Any bytes as a text file: reading, segmentation and places must keep their invariants. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document/document.h"
#include "text/position.h"
#include "text/segment.h"
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
check_map(const document *d)
{
	const source_map *m = &d->map;

	if (m->count == 0) {
		CLAIM(slice_equal(d->text, d->bytes));
		return;
	}
	for (size_t i = 0; i + 1 < m->count; i++) {
		const run *r = &m->runs[i];
		uint32_t text = r[1].text - r->text, file = r[1].file - r->file;
		CLAIM(r[1].text >= r->text && r[1].file >= r->file);
		CLAIM(r[1].text <= d->text.n && r[1].file <= d->bytes.n);
		CLAIM(r->kind != RUN_WIDE || file == 2 * text);
		CLAIM(r->kind != RUN_VERBATIM ||
			(file == text &&
				memcmp(d->text.p + r->text, d->bytes.p + r->file, text) == 0));
	}
	CLAIM(m->runs[m->count - 1].text == d->text.n);
}

static void
check_segments(const document *d, context *c, const segmenter *s, const block *b)
{
	segments list = { 0 };
	uint32_t at = b->text.start;

	CLAIM(segment_block(s, c, d->text, b->text, (language)b->language, &list) == STATUS_OK);
	CLAIM(list.spans.n > 0);
	for (size_t i = 0; i < list.spans.n; i++) {
		CLAIM(list.spans.at[i].start >= at);
		CLAIM(list.spans.at[i].end > list.spans.at[i].start);
		at = list.spans.at[i].end;
	}
	CLAIM(at <= b->text.end);
	ARRAY_FREE(c->memory, &list.spans);
}

static void
check_blocks(const document *d, context *c, const segmenter *s)
{
	uint32_t at = 0;

	for (size_t i = 0; i < d->block_count; i++) {
		const block *b = &d->blocks[i];
		CLAIM(b->text.start >= at && b->text.end > b->text.start);
		CLAIM(b->text.end <= d->text.n);
		at = b->text.end;
		check_segments(d, c, s, b);
	}
}

static void
check_places(const document *d, const context *c)
{
	positions p;
	position before = { 1, 1, 0 }, now;

	positions_init(&p, c->memory, d->bytes, encoding_of_name(d->encoding));
	for (size_t i = 0; i < d->block_count; i++) {
		span place = source_map_file(&d->map, d->blocks[i].text);
		uint32_t back;
		CLAIM(place.end >= place.start && place.end <= d->bytes.n);
		CLAIM(position_of(&p, place.start, &now) == STATUS_OK);
		CLAIM(now.line > before.line ||
			(now.line == before.line && now.column >= before.column));
		CLAIM(position_offset(&p, now.line, now.column, &back) == STATUS_OK);
		CLAIM(back == place.start);
		before = now;
	}
	positions_free(&p);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static segmenter *tables;
	context c;
	document d;
	utf8_facts facts;

	context_init(&c, &memory_libc);
	if (tables == NULL && segmenter_open(&tables, &c) != STATUS_OK)
		return 0;
	slice bytes = { (const char *)data, size };
	if (document_read(&d, &c, SLICE("fuzz.txt"), bytes, LANGUAGE_UNKNOWN) != STATUS_OK) {
		CLAIM(c.message[0] != 0);
		return 0;
	}
	CLAIM(utf8_check(d.text, &facts) == d.text.n);
	check_map(&d);
	check_blocks(&d, &c, tables);
	check_places(&d, &c);
	document_free(&d);
	return 0;
}
