/* TMX to be translated: units without a variant in the target language, or with an empty one,
 * get one. Its properties say what it comes from. */
#include <string.h>
#include <strings.h>

#include "tm/formats/work_xml.h"

typedef struct reader {
	work_reader base;
	work_segment segment;
	char header[64], unit[64]; /* the source language: of the file, of the unit */
	size_t in_unit, in_tuv, in_seg;
	enum { OTHER, SOURCE, TARGET } side; /* of the variant in hand */
	bool said;
} reader;

static void
copy(char out[64], const char *s)
{
	size_t n = s == NULL ? 0 : strlen(s);

	if (n >= 64)
		n = 63;
	memcpy(out, s == NULL ? "" : s, n);
	out[n] = '\0';
}

static bool
is_source(const reader *r, slice tag)
{
	const tm_work *w = r->base.work;

	if (w->wanted_source.n != 0)
		return tm_same_language(tag, w->wanted_source);
	return strcasecmp(r->unit, "*all*") == 0 || r->unit[0] == '\0'
		       ? tm_same_language(tag, w->source)
		       : tm_same_language(tag, slice_of(r->unit));
}

static void
start_tuv(reader *r, const char **attributes)
{
	const char *tag = xml_attribute(attributes, "xml:lang");

	if (tag == NULL)
		tag = xml_attribute(attributes, "lang");
	r->in_tuv = r->base.xml.depth;
	r->side = OTHER;
	if (tag != NULL && is_source(r, slice_of(tag)))
		r->side = SOURCE;
	else if (tag != NULL && tm_same_language(slice_of(tag), r->base.work->target))
		r->side = TARGET;
}

static void
start_seg(reader *r)
{
	work_reader *b = &r->base;

	if (r->side == SOURCE) {
		work_start_source(b);
	} else if (r->side == TARGET) {
		r->in_seg = b->xml.depth;
		r->segment.has_target = true;
		r->segment.from = work_here(b);
	}
}

static status
on_start(void *user, const char *name, const char **attributes)
{
	reader *r = user;
	work_reader *b = &r->base;

	if (work_in_source(b))
		return work_start_inline(b, name, attributes);
	if (b->xml.depth == 1)
		return strcasecmp(name, "tmx") == 0
			       ? STATUS_OK
			       : work_refuse(b, "not TMX", "ce n’est pas du TMX");
	r->said |= r->in_seg != 0;
	if (strcasecmp(name, "header") == 0) {
		copy(r->header, xml_attribute(attributes, "srclang"));
		if (strcasecmp(r->header, "*all*") != 0)
			return work_languages(b, r->header, NULL);
	} else if (strcasecmp(name, "tu") == 0) {
		const char *source = xml_attribute(attributes, "srclang");
		copy(r->unit, source == NULL ? r->header : source);
		r->segment = (work_segment){ 0 };
		r->in_unit = b->xml.depth;
		r->said = false;
		buffer_clear(&b->text);
	} else if (r->in_unit != 0 && strcasecmp(name, "tuv") == 0) {
		start_tuv(r, attributes);
	} else if (r->in_tuv != 0 && strcasecmp(name, "seg") == 0) {
		start_seg(r);
	}
	return STATUS_OK;
}

static status
on_end(void *user, const char *name)
{
	reader *r = user;
	work_reader *b = &r->base;
	size_t depth = b->xml.depth + 1;

	if (work_in_source(b))
		return work_end_inline(b, name);
	if (depth == r->in_seg) {
		r->in_seg = 0;
		r->segment.to = work_end(b);
	} else if (depth == r->in_tuv) {
		r->in_tuv = 0;
	} else if (depth == r->in_unit) {
		r->in_unit = 0;
		r->segment.translated = r->said;
		if (!r->segment.has_target)
			r->segment.from = r->segment.to = work_here(b);
		return work_add_source(b, &r->segment);
	}
	return STATUS_OK;
}

static status
on_text(void *user, slice s)
{
	reader *r = user;

	if (work_in_source(&r->base))
		return work_text_inline(&r->base, s);
	r->said |= r->in_seg != 0 && slice_trim(s).n != 0;
	return STATUS_OK;
}

static status
tmx_work_read(tm_work *w)
{
	static const xml_events events = { on_start, on_end, on_text };
	reader *r = memory_alloc(w->context->memory, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	status done = work_read_xml(&r->base, w, &events, r, tmx_inline_names);
	memory_free(w->context->memory, r);
	return done;
}

static status
tmx_work_fill(tm_work *w, const work_segment *s, const work_match *m)
{
	buffer_clear(&w->text);
	if (!s->has_target) {
		buffer_put(&w->text, SLICE("<tuv xml:lang=\""));
		xml_put_attribute(&w->text, w->target);
		buffer_put(&w->text, SLICE("\"><prop type=\"x-match\">"));
		work_put_score(&w->text, m->sound                           ? TM_SCORE_EXACT
					 : m->at[0].score >= TM_SCORE_EXACT ? TM_SCORE_EXACT - 1
									    : m->at[0].score);
		buffer_put(&w->text, SLICE("</prop>"));
		if (m->at[0].unit.document.n != 0) {
			buffer_put(&w->text, SLICE("<prop type=\"x-document\">"));
			xml_put_text(&w->text, m->at[0].unit.document);
			buffer_put(&w->text, SLICE("</prop>"));
		}
	}
	buffer_put(&w->text, SLICE("<seg>"));
	buffer_put(&w->text, m->markup);
	buffer_put(&w->text, s->has_target ? SLICE("</seg>") : SLICE("</seg></tuv>"));
	TRY(w->text.status);
	return work_splice(w, s->from, s->to, buffer_slice(&w->text));
}

const tm_work_format tm_work_tmx = {
	.xml = true,
	.read = tmx_work_read,
	.fill = tmx_work_fill,
};
