/* What editors ask of one checked text: the edit that makes a single correction, the sentence
 * around a place. */
#include "engine/engine.h"

#include <string.h>

#include "document/format.h"
#include "text/segment.h"

paraph_status
paraph_result_correction(paraph_session *s, const paraph_result *r, size_t i, size_t k,
	size_t *start, size_t *end, char **bytes, size_t *n)
{
	const document *d = &r->document;
	buffer b;

	*bytes = NULL;
	s->context.message[0] = '\0';
	if (d->package.n != 0 || d->original != NULL || i >= r->view.count ||
		k >= r->view.findings[i].found->suggestion_count)
		return engine_answer(s, STATUS_USAGE);
	const report_finding *f = &r->view.findings[i];
	slice with = f->found->suggestions[k];
	bool possible = true;
	buffer_init(&b, &s->engine->memory, s->context.limits.output);
	status done = STATUS_OK;
	if (d->format->marked_up)
		done = document_rewrite(&b, &s->context, d, f->found->text, with, &possible);
	else
		buffer_put(&b, with);
	if (done == STATUS_OK)
		done = possible ? b.status : STATUS_USAGE;
	if (done == STATUS_OK) {
		*start = f->file.start;
		*end = f->file.end;
		*bytes = (char *)(uintptr_t)buffer_slice(&b).p;
		*n = buffer_slice(&b).n;
	} else
		buffer_free(&b);
	return engine_answer(s, done);
}

/* The block whose part of the file has the place. */
static const block *
block_at(const document *d, size_t offset)
{
	size_t low = 0, high = d->block_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		span place = source_map_file(&d->map, d->blocks[middle].text);
		if (place.end < offset)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == d->block_count ||
		source_map_file(&d->map, d->blocks[low].text).start > offset)
		return NULL;
	return &d->blocks[low];
}

static status
find_sentence(paraph_session *s, const document *d, const block *b, size_t offset, span *out)
{
	context *c = &s->context;
	segments all = { 0 };

	*out = source_map_file(&d->map, b->text);
	if (s->segmenter == NULL)
		TRY(segmenter_open(&s->segmenter, c));
	status done =
		segment_block(s->segmenter, c, d->text, b->text, (language)b->language, &all);
	for (size_t i = 0; done == STATUS_OK && i < all.spans.n; i++) {
		span place = source_map_file(&d->map, all.spans.at[i]);
		if (place.start <= offset)
			*out = place;
	}
	ARRAY_FREE(c->memory, &all.spans);
	return done;
}

paraph_status
paraph_result_segment(paraph_session *s, const paraph_result *r, size_t offset, size_t *start,
	size_t *end, const char **name)
{
	const block *b = block_at(&r->document, offset);
	span found;

	s->context.message[0] = '\0';
	if (b == NULL)
		return engine_answer(s, STATUS_NOT_FOUND);
	status done = find_sentence(s, &r->document, b, offset, &found);
	if (done != STATUS_OK)
		return engine_answer(s, done);
	*start = found.start;
	*end = found.end;
	*name = language_name((language)b->language);
	return PARAPH_OK;
}
