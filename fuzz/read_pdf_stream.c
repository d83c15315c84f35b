/* Any bytes as what the helper paraph-pdf says of a PDF: nothing in it may be believed. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document/format.h"
#include "document/formats/pdf.h"
#include "document/formats/pdf_text.h"
#include "text/utf8.h"

#define CLAIM(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Blocks and places are in order, apart, and lie in the text, which is UTF-8. */
static void
claim_document(const document *d)
{
	const pdf_source *s = d->source;
	utf8_facts facts;
	uint32_t at = 0;

	CLAIM(utf8_check(d->text, &facts) == d->text.n);
	for (size_t i = 0; i < d->block_count; i++) {
		span b = d->blocks[i].text;
		CLAIM(b.start >= at && b.end > b.start && b.end <= d->text.n);
		at = b.end;
	}
	at = 0;
	for (size_t i = 0; i < s->place_count; i++) {
		const pdf_place *p = &s->places[i];
		CLAIM(p->text >= at && p->n > 0 && p->text + p->n <= d->text.n);
		CLAIM(p->x1 <= p->x2 && p->y1 <= p->y2);
		CLAIM(p->page >= 1 && p->page <= s->page_count);
		at = p->text + p->n;
	}
}

static void
claim_places(const document *d)
{
	for (uint32_t i = 0; i + 7 < d->text.n; i += 5) {
		location where = { .count = 0 };
		d->format->locate(d, 0, (span){ i, i + 7 }, &where);
		CLAIM(where.count <= 1 && where.rectangle_count <= LOCATION_RECTANGLES);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	document d = { .path = SLICE("fuzz.pdf"), .format = &format_pdf };
	context c;

	if (size > 1 << 16)
		return 0;
	context_init(&c, &memory_libc);
	c.limits.output = 1 << 24;
	arena_init(&d.arena, c.memory);
	if (pdf_read_stream(&d, &c, (slice){ (const char *)data, size }) == STATUS_OK) {
		claim_document(&d);
		claim_places(&d);
	} else
		CLAIM(c.message[0] != '\0');
	document_free(&d);
	return 0;
}
