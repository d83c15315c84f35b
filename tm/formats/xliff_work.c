/* XLIFF 1.2 and 2.x to be translated; units of 1.2 that are cut into segments are the business
 * of tm/formats/xliff_cut.h. A segment without a target gets one: of the very text it is
 * "translated", of a similar one it wants review. What else is known — the match as it stands
 * in the memory, its score, its document — goes into alt-trans (1.2) or the matches module
 * (2.x), where translators' tools show it. */
#include <string.h>

#include "tm/formats/xliff_cut.h"

#define MATCHES_MODULE "urn:oasis:names:tc:xliff:matches:2.0"

typedef struct reader {
	work_reader base;
	work_segment segment;
	size_t unit_start; /* behind the start tag of a unit of XLIFF 2 */
	bool two, keep_unit, keep_segment, has_matches;
	size_t skip; /* depth of alt-trans, ignorable or matches; 0: none */
	size_t in_segment, in_target;
	bool target_said;
	xliff_cut cut; /* the unit in hand, where it is cut into segments */
} reader;

static bool
says_no(const char *value)
{
	return value != NULL && strcmp(value, "no") == 0;
}

static status
start_segment(reader *r, const char **attributes)
{
	const char *id = xml_attribute(attributes, "id");
	const char *approved = xml_attribute(attributes, "approved");
	work_reader *b = &r->base;

	r->segment = (work_segment){ .no_marks = r->has_matches };
	r->in_segment = b->xml.depth;
	r->target_said = false;
	cut_forget(&r->cut);
	r->keep_segment = r->keep_unit || says_no(xml_attribute(attributes, "translate")) ||
			  (approved != NULL && strcmp(approved, "yes") == 0);
	r->segment.tag = work_here(b);
	r->segment.tag_end = work_tag_end(b);
	r->segment.before = r->unit_start;
	if (r->two && id == NULL)
		r->segment.no_marks = true;
	return arena_copy(&b->work->keep, slice_of(id), &r->segment.id);
}

static status
start_root(reader *r, const char **attributes)
{
	const char *version = xml_attribute(attributes, "version");

	r->two = version != NULL && version[0] == '2';
	if (!r->two)
		return STATUS_OK;
	if (xml_attribute(attributes, "trgLang") == NULL)
		r->base.work->root_tag_end = work_tag_end(&r->base);
	return work_languages(&r->base, xml_attribute(attributes, "srcLang"),
		xml_attribute(attributes, "trgLang"));
}

static void
start_target(reader *r)
{
	work_reader *b = &r->base;

	r->segment.has_target = true;
	r->in_target = b->xml.depth;
	r->segment.from = work_here(b);
	r->segment.tag = r->two ? r->segment.tag : work_here(b);
	r->segment.tag_end = r->two ? r->segment.tag_end : work_tag_end(b);
}

static status
on_start(void *user, const char *full, const char **attributes)
{
	reader *r = user;
	work_reader *b = &r->base;
	const char *name = work_local(full);

	if (work_in_source(b))
		return work_start_inline(b, name, attributes);
	if (cut_is_read(&r->cut))
		return cut_start(&r->cut, b, name, attributes);
	if (b->xml.depth == 1) {
		if (strcmp(name, "xliff") != 0)
			return work_refuse(b, "not XLIFF", "ce n’est pas du XLIFF");
		return start_root(r, attributes);
	}
	if (r->skip != 0 || r->in_target != 0) {
		r->target_said |= r->in_target != 0;
		if (r->in_target != 0)
			cut_start_in_target(&r->cut, b, name, attributes);
		return STATUS_OK;
	}
	if (strcmp(name, "file") == 0 && !r->two)
		return work_languages(b, xml_attribute(attributes, "source-language"),
			xml_attribute(attributes, "target-language"));
	if (strcmp(name, "unit") == 0) {
		r->unit_start = work_tag_end(b);
		r->keep_unit = says_no(xml_attribute(attributes, "translate"));
		r->has_matches = false;
	} else if (strcmp(name, "alt-trans") == 0 || strcmp(name, "ignorable") == 0 ||
		   strcmp(name, "matches") == 0) {
		r->has_matches |= strcmp(name, "matches") == 0;
		r->skip = b->xml.depth;
	} else if (strcmp(name, r->two ? "segment" : "trans-unit") == 0) {
		return start_segment(r, attributes);
	} else if (r->in_segment != 0 && strcmp(name, "source") == 0) {
		work_start_source(b);
	} else if (r->in_segment != 0 && strcmp(name, "seg-source") == 0) {
		return cut_begin(&r->cut, b);
	} else if (r->in_segment != 0 && strcmp(name, "target") == 0) {
		start_target(r);
	}
	return STATUS_OK;
}

static status
end_segment(reader *r)
{
	work_segment *s = &r->segment;
	work_reader *b = &r->base;

	r->in_segment = 0;
	if (cut_end_unit(&r->cut, b, s, r->keep_segment))
		return STATUS_OK;
	s->translated = r->keep_segment || (s->has_target && r->target_said);
	return work_add_source(b, s);
}

static status
on_end(void *user, const char *full)
{
	reader *r = user;
	work_reader *b = &r->base;
	size_t depth = b->xml.depth + 1;
	const char *name = work_local(full);

	if (cut_is_read(&r->cut))
		return cut_end(&r->cut, b, name);
	if (work_in_source(b)) {
		TRY(work_end_inline(b, name));
		if (!work_in_source(b))
			r->segment.from = r->segment.to = work_end(b);
		return STATUS_OK;
	}
	if (depth == r->skip)
		r->skip = 0;
	cut_end_in_target(&r->cut, b);
	if (depth == r->in_target) {
		r->in_target = 0;
		r->segment.to = work_end(b);
	} else if (depth == r->in_segment) {
		return end_segment(r);
	}
	return STATUS_OK;
}

static status
on_text(void *user, slice s)
{
	reader *r = user;

	if (work_in_source(&r->base))
		return work_text_inline(&r->base, s);
	if (slice_trim(s).n == 0)
		return STATUS_OK;
	if (r->in_target != 0 || cut_is_read(&r->cut))
		cut_text(&r->cut, &r->base);
	r->target_said |= r->in_target != 0;
	return STATUS_OK;
}

static status
xliff_work_read(tm_work *w)
{
	static const xml_events events = { on_start, on_end, on_text };
	reader *r = memory_alloc(w->context->memory, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	status done = work_read_xml(&r->base, w, &events, r, xliff_inline_names);
	memory_free(w->context->memory, r);
	return done;
}

/* --- what goes in --- */

const char *const xliff_states[] = { "state", "state-qualifier", NULL };

void
xliff_put_tag(buffer *out, slice tag, const char *const *without, slice with)
{
	size_t end = tag.n - 1 - (tag.n > 1 && tag.p[tag.n - 2] == '/'), i = 1;

	while (i < end && strchr(" \t\r\n", tag.p[i]) == NULL)
		i++;
	buffer_put(out, slice_sub(tag, 0, i));
	while (i < end) {
		size_t start = i, name, name_end;
		while (i < end && strchr(" \t\r\n", tag.p[i]) != NULL)
			i++;
		for (name = i; i < end && strchr(" \t\r\n=", tag.p[i]) == NULL;)
			i++;
		name_end = i;
		while (i < end && tag.p[i] != '"' && tag.p[i] != '\'')
			i++;
		if (i == end)
			break;
		const char *close = memchr(tag.p + i + 1, tag.p[i], end - i - 1);
		i = close == NULL ? end : (size_t)(close - tag.p) + 1;
		if (!slice_is_one_of(slice_sub(tag, name, name_end), without))
			buffer_put(out, slice_sub(tag, start, i));
	}
	buffer_put(out, with);
	buffer_put_char(out, '>');
}

static void
put_origin(buffer *out, const tm_match *m)
{
	if (m->unit.document.n == 0)
		return;
	buffer_put(out, SLICE(" origin=\""));
	xml_put_attribute(out, m->unit.document);
	buffer_put_char(out, '"');
}

static void
put_sides(buffer *out, const tm_match *m)
{
	buffer_put(out, SLICE("><source>"));
	xml_put_text(out, m->unit.side[TM_SOURCE].text);
	buffer_put(out, SLICE("</source><target>"));
	xml_put_text(out, m->unit.side[TM_TARGET].text);
	buffer_put(out, SLICE("</target>"));
}

void
xliff_put_alternatives(buffer *out, const work_match *m, slice of_segment)
{
	for (size_t i = 0; i < m->n; i++) {
		buffer_put(out, SLICE("<alt-trans"));
		if (of_segment.n != 0) {
			buffer_put(out, SLICE(" mid=\""));
			xml_put_attribute(out, of_segment);
			buffer_put_char(out, '"');
		}
		buffer_put(out, SLICE(" match-quality=\""));
		work_put_score(out, m->at[i].score);
		buffer_put(out, SLICE("%\""));
		put_origin(out, &m->at[i]);
		put_sides(out, &m->at[i]);
		buffer_put(out, SLICE("</alt-trans>"));
	}
}

static status
fill_one(tm_work *w, const work_segment *s, const work_match *m)
{
	slice state = m->sound ? SLICE(" state=\"translated\" state-qualifier=\"exact-match\"")
		      : m->at[0].score >= TM_SCORE_EXACT
			      ? SLICE(" state=\"needs-review-translation\""
				      " state-qualifier=\"leveraged-tm\"")
			      : SLICE(" state=\"needs-review-translation\""
				      " state-qualifier=\"fuzzy-match\"");

	if (s->has_target)
		xliff_put_tag(
			&w->text, slice_sub(w->bytes, s->tag, s->tag_end), xliff_states, state);
	else
		buffer_printf(&w->text, "<target%.*s>", SLICE_ARG(state));
	buffer_put(&w->text, m->markup);
	buffer_put(&w->text, SLICE("</target>"));
	xliff_put_alternatives(&w->text, m, SLICE(""));
	TRY(w->text.status);
	return work_splice(w, s->from, s->to, buffer_slice(&w->text));
}

/* A unit has one element of matches, whatever the number of its segments: the next one goes on
 * where the last one ended. */
static void
go_on(tm_work *w, const work_segment *s)
{
	static const slice end = { "</mtc:matches>", 14 };
	tm_splice *last = w->marked == 0 ? NULL : &w->splices.at[w->marked - 1];

	if (last != NULL && last->from == s->before && slice_ends(last->with, end))
		last->with.n -= end.n;
	else
		buffer_put(&w->text, SLICE("<mtc:matches xmlns:mtc=\"" MATCHES_MODULE "\">"));
}

/* In the order of the schema: before the segments. */
static status
put_matches_module(tm_work *w, const work_segment *s, const work_match *m)
{
	buffer_clear(&w->text);
	go_on(w, s);
	for (size_t i = 0; i < m->n; i++) {
		buffer_put(&w->text, SLICE("<mtc:match ref=\"#"));
		xml_put_attribute(&w->text, s->id);
		buffer_put(&w->text, SLICE("\" matchQuality=\""));
		work_put_score(&w->text, m->at[i].score);
		buffer_put_char(&w->text, '"');
		put_origin(&w->text, &m->at[i]);
		put_sides(&w->text, &m->at[i]);
		buffer_put(&w->text, SLICE("</mtc:match>"));
	}
	buffer_put(&w->text, SLICE("</mtc:matches>"));
	TRY(w->text.status);
	TRY(work_splice(w, s->before, s->before, buffer_slice(&w->text)));
	w->marked = w->splices.n;
	return STATUS_OK;
}

/* Where there are targets, XLIFF 2 wants their language said. */
static status
say_language(tm_work *w)
{
	size_t at = w->root_tag_end - 1;

	buffer_clear(&w->text);
	buffer_put(&w->text, SLICE(" trgLang=\""));
	xml_put_attribute(&w->text, w->target);
	buffer_put_char(&w->text, '"');
	w->root_tag_end = 0;
	TRY(w->text.status);
	TRY(work_splice(w, at, at, buffer_slice(&w->text)));
	buffer_clear(&w->text);
	return STATUS_OK;
}

static status
fill_two(tm_work *w, const work_segment *s, const work_match *m)
{
	static const char *const said[] = { "state", "subState", NULL };

	if (w->root_tag_end != 0)
		TRY(say_language(w));
	xliff_put_tag(&w->text, slice_sub(w->bytes, s->tag, s->tag_end), said,
		m->sound ? SLICE(" state=\"translated\"")
			 : SLICE(" state=\"initial\" subState=\"paraph:fuzzy\""));
	TRY(w->text.status);
	TRY(work_splice(w, s->tag, s->tag_end, buffer_slice(&w->text)));
	buffer_clear(&w->text);
	buffer_printf(&w->text, "<target>%.*s</target>", SLICE_ARG(m->markup));
	TRY(w->text.status);
	TRY(work_splice(w, s->from, s->to, buffer_slice(&w->text)));
	return s->no_marks ? STATUS_OK : put_matches_module(w, s, m);
}

static status
xliff_work_fill(tm_work *w, const work_segment *s, const work_match *m)
{
	if (s->unit != NULL)
		return cut_fill(w, s, m);
	return s->before != 0 ? fill_two(w, s, m) : fill_one(w, s, m);
}

const tm_work_format tm_work_xliff = {
	.xml = true,
	.read = xliff_work_read,
	.fill = xliff_work_fill,
	.end = cut_write,
};
