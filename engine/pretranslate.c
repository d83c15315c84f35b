/* Documents with what a memory has for them: paraph_tm_pretranslate. */
#include <string.h>

#include "base/xml.h"
#include "engine/memories.h"
#include "tm/pretranslate.h"

/* --- a document as XLIFF --- */

static slice
file_name(slice path)
{
	for (size_t i = path.n; i > 0; i--)
		if (path.p[i - 1] == '/')
			return slice_sub(path, i, path.n);
	return path;
}

static void
put_head(buffer *out, const document *d, slice format, slice source, slice target)
{
	buffer_put(out, SLICE("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			      "<xliff version=\"1.2\""
			      " xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n"
			      "<file original=\""));
	xml_put_attribute(out, file_name(d->path));
	buffer_put(out, SLICE("\" source-language=\""));
	xml_put_attribute(out, source);
	buffer_put(out, SLICE("\" target-language=\""));
	xml_put_attribute(out, target);
	buffer_printf(out, "\" datatype=\"%s%.*s\">\n<body>\n",
		slice_is(format, "txt") ? "plaintext" : "x-",
		slice_is(format, "txt") ? 0 : (int)format.n, format.p);
}

/* Characters that XML has no place for, and line breaks, are spaces. */
static void
put_segment(buffer *out, slice text)
{
	size_t from = 0;

	for (size_t i = 0; i < text.n; i++) {
		if ((unsigned char)text.p[i] >= ' ')
			continue;
		xml_put_text(out, slice_sub(text, from, i));
		buffer_put_char(out, ' ');
		from = i + 1;
	}
	xml_put_text(out, slice_sub(text, from, text.n));
}

static status
put_block(paraph_tm *t, const document *d, const block *b, size_t *number, buffer *out)
{
	t->segments.spans.n = 0;
	TRY(segment_block(t->segmenter, &t->context, d->text, b->text, (language)b->language,
		&t->segments));
	for (size_t i = 0; i < t->segments.spans.n; i++) {
		span at = t->segments.spans.at[i];
		buffer_printf(out, "<trans-unit id=\"%zu\"><source>", ++*number);
		put_segment(out, slice_sub(d->text, at.start, at.end));
		buffer_put(out, SLICE("</source></trans-unit>\n"));
	}
	return out->status;
}

static status
make_xliff(paraph_tm *t, const document *d, const char *format, const char *source,
	const char *target, buffer *out)
{
	size_t number = 0;

	if (t->segmenter == NULL)
		TRY(segmenter_open(&t->segmenter, &t->context));
	put_head(out, d, slice_of(format), slice_of(source), slice_of(target));
	for (size_t i = 0; i < d->block_count; i++)
		TRY(put_block(t, d, &d->blocks[i], &number, out));
	buffer_put(out, SLICE("</body>\n</file>\n</xliff>\n"));
	return out->status;
}

/* --- */

static status
pretranslate(paraph_tm *t, const paraph_result *r, const paraph_tm_pretranslation *how,
	buffer *made, buffer *out, paraph_tm_pretranslated *counts)
{
	const char *source = how->source, *target = how->target;
	paraph_text path = paraph_result_path(r), all = paraph_result_bytes(r);
	slice bytes = { all.p, all.n }, name = { path.p, path.n };
	tm_pretranslated n = { 0 };

	if (how->threshold < TM_SCORE_LEAST || how->threshold > TM_SCORE_CONTEXT)
		return context_fail(&t->context, STATUS_USAGE,
			"matches are found from 50 to 101 per cent",
			"on trouve des correspondances de 50 à 101\u00A0%%");
	TRY(memory_matcher(t, &source, &target));
	const tm_format *format = tm_work_format_for(name, bytes);
	counts->bilingual = format != NULL;
	if (format == NULL) {
		TRY(make_xliff(t, &r->document, paraph_result_format(r), source, target, made));
		bytes = buffer_slice(made);
		format = tm_format_named(SLICE("xliff"));
	}
	tm_pretranslation x = { .source = slice_of(how->source),
		.target = slice_of(how->target),
		.usual_source = slice_of(source),
		.usual_target = slice_of(target),
		.threshold = how->threshold };
	memory_penalty(&x.penalties, &how->penalty);
	TRY(tm_pretranslate(t->matcher, &t->context, format, name, bytes, &x, out, &n));
	counts->segments = n.segments;
	counts->translated = n.translated;
	counts->context = n.context;
	counts->exact = n.exact;
	counts->fuzzy = n.fuzzy;
	counts->none = n.none;
	return STATUS_OK;
}

paraph_status
paraph_tm_pretranslate(paraph_tm *t, paraph_session *session, const paraph_result *r,
	const paraph_tm_pretranslation *how, char **bytes, size_t *n,
	paraph_tm_pretranslated *counts)
{
	buffer made, out;

	*bytes = NULL;
	*n = 0;
	*counts = (paraph_tm_pretranslated){ 0 };
	t->context.message[0] = '\0';
	buffer_init(&made, &t->memory, t->context.limits.output);
	buffer_init(&out, &session->engine->memory, t->context.limits.output);
	status done = pretranslate(t, r, how, &made, &out, counts);
	buffer_free(&made);
	if (done == STATUS_OK) {
		*bytes = out.p;
		*n = out.n;
	} else {
		buffer_free(&out);
	}
	return memory_answer(t, done);
}
