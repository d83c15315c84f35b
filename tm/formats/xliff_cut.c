#include "tm/formats/xliff_cut.h"

#include <string.h>

#define SEGMENTS_MOST 1000 /* of a unit; one of more stays as it is */
#define NO_SEGMENT SIZE_MAX

struct work_unit {
	size_t first, n;         /* its segments in the work */
	size_t inner, inner_end; /* what stands in seg-source */
	size_t place;            /* behind it */
	size_t tag, tag_end;     /* the start tag of the target; equal: it has none */
	size_t target_end;
	bool said;     /* there is something in the target */
	bool has_text; /* in seg-source, besides its segments */
	/* what was filled: */
	size_t filled, sound, exact; /* exact: with 100 or more */
	struct filled_segment {
		slice markup, alternatives;
		bool is;
	} * segments;
};

void
cut_forget(xliff_cut *c)
{
	*c = (xliff_cut){ .mark_of = NO_SEGMENT };
}

bool
cut_is_read(const xliff_cut *c)
{
	return c->depth != 0;
}

status
cut_begin(xliff_cut *c, work_reader *r)
{
	tm_work *w = r->work;

	c->unit = ARENA_NEW(&w->keep, work_unit);
	if (c->unit == NULL)
		return STATUS_MEMORY;
	*c->unit = (work_unit){ .first = w->segments.n, .inner = work_tag_end(r) };
	c->unit->inner_end = c->unit->place = c->unit->inner;
	c->depth = r->xml.depth;
	return STATUS_OK;
}

static bool
is_segment(const char *name, const char **attributes)
{
	const char *type = xml_attribute(attributes, "mtype");

	return strcmp(name, "mrk") == 0 && type != NULL && strcmp(type, "seg") == 0 &&
	       xml_attribute(attributes, "mid") != NULL;
}

status
cut_start(xliff_cut *c, work_reader *r, const char *name, const char **attributes)
{
	if (!is_segment(name, attributes))
		return STATUS_OK;
	work_start_source(r);
	c->segment = (work_segment){
		.unit = c->unit, .nested = r->xml.depth != c->depth + 1, .from = work_tag_end(r)
	};
	return arena_copy(
		&r->work->keep, slice_of(xml_attribute(attributes, "mid")), &c->segment.id);
}

status
cut_end(xliff_cut *c, work_reader *r, const char *name)
{
	size_t before = r->work->segments.n;

	if (work_in_source(r)) {
		TRY(work_end_inline(r, name));
		if (work_in_source(r))
			return STATUS_OK;
		c->segment.to = work_here(r);
		TRY(work_add_source(r, &c->segment));
		c->unit->n += r->work->segments.n - before;
	} else if (r->xml.depth + 1 == c->depth) {
		c->unit->inner_end = work_here(r);
		c->unit->place = work_end(r);
		c->depth = 0;
	}
	return STATUS_OK;
}

/* --- the target --- */

static work_segment *
segments_of(const tm_work *w, const work_unit *u)
{
	return w->segments.at + u->first;
}

static size_t
find_segment(xliff_cut *c, const tm_work *w, slice id)
{
	const work_segment *at = segments_of(w, c->unit);

	for (size_t i = 0; i < c->unit->n && i < SEGMENTS_MOST; i++) {
		size_t k = (c->searched + i) % c->unit->n;
		if (slice_equal(at[k].id, id)) {
			c->searched = k + 1;
			return k;
		}
	}
	return NO_SEGMENT;
}

void
cut_start_in_target(
	xliff_cut *c, const work_reader *r, const char *name, const char **attributes)
{
	if (c->unit == NULL)
		return;
	if (c->mark != 0 || !is_segment(name, attributes)) {
		cut_text(c, r); /* a code is something, too */
		return;
	}
	c->mark_of = find_segment(c, r->work, slice_of(xml_attribute(attributes, "mid")));
	if (c->mark_of == NO_SEGMENT)
		return;
	c->mark = r->xml.depth;
	work_segment *s = &segments_of(r->work, c->unit)[c->mark_of];
	s->has_target = true;
	s->tag = work_here(r);
	s->tag_end = work_tag_end(r);
}

void
cut_end_in_target(xliff_cut *c, const work_reader *r)
{
	if (c->mark == r->xml.depth + 1)
		c->mark = 0;
}

void
cut_text(xliff_cut *c, const work_reader *r)
{
	if (c->unit == NULL)
		return;
	if (c->depth != 0) {
		c->unit->has_text = true;
		return;
	}
	c->unit->said = true;
	if (c->mark != 0)
		segments_of(r->work, c->unit)[c->mark_of].translated = true;
}

bool
cut_end_unit(xliff_cut *c, const work_reader *r, work_segment *whole, bool keep)
{
	work_unit *u = c->unit;

	if (u == NULL)
		return false;
	if (u->n == 0) { /* seg-source without segments: the unit is one */
		if (!whole->has_target)
			whole->from = whole->to = u->place;
		return false;
	}
	if (whole->has_target) {
		u->tag = whole->tag;
		u->tag_end = whole->tag_end;
		u->target_end = whole->to;
	}
	keep |= u->has_text || u->n > SEGMENTS_MOST;
	for (size_t i = 0; i < u->n; i++) {
		work_segment *s = &segments_of(r->work, u)[i];
		s->translated |= keep || (u->said && !s->has_target);
	}
	return true;
}

/* --- what goes in --- */

static status
begin_filling(tm_work *w, work_unit *u)
{
	TRY(cut_write(w));
	u->segments = ARENA_ARRAY(&w->keep, struct filled_segment, u->n);
	if (u->segments == NULL)
		return STATUS_MEMORY;
	w->cut = u;
	return STATUS_OK;
}

status
cut_fill(tm_work *w, const work_segment *s, const work_match *m)
{
	work_unit *u = s->unit;

	if (w->cut != u)
		TRY(begin_filling(w, u));
	struct filled_segment *f = &u->segments[s - segments_of(w, u)];
	f->is = true;
	f->markup = m->markup;
	u->filled++;
	u->sound += m->sound;
	u->exact += m->at[0].score >= TM_SCORE_EXACT;
	buffer_clear(&w->text);
	xliff_put_alternatives(&w->text, m, s->nested ? SLICE("") : s->id);
	TRY(w->text.status);
	return arena_copy(&w->keep, buffer_slice(&w->text), &f->alternatives);
}

static bool
says_untranslated(slice tag)
{
	static const slice states[] = { { "needs-translation", 17 }, { "\"new\"", 5 },
		{ "'new'", 5 } };

	for (size_t k = 0; k < sizeof(states) / sizeof(*states); k++)
		for (size_t i = 0; i + states[k].n <= tag.n; i++)
			if (memcmp(tag.p + i, states[k].p, states[k].n) == 0)
				return true;
	return false;
}

/* Of the whole unit; nothing where it may stay as it is. */
static slice
state_of(const tm_work *w, const work_unit *u)
{
	size_t there = 0;

	for (size_t i = 0; i < u->n; i++)
		there += segments_of(w, u)[i].translated;
	if (there + u->filled < u->n)
		return SLICE(" state=\"needs-translation\"");
	if (u->sound == u->filled && u->said)
		return says_untranslated(slice_sub(w->bytes, u->tag, u->tag_end))
			       ? SLICE(" state=\"translated\"")
			       : SLICE("");
	if (u->sound == u->filled)
		return SLICE(" state=\"translated\" state-qualifier=\"exact-match\"");
	return u->exact == u->filled ? SLICE(" state=\"needs-review-translation\""
					     " state-qualifier=\"leveraged-tm\"")
				     : SLICE(" state=\"needs-review-translation\""
					     " state-qualifier=\"fuzzy-match\"");
}

static void
put_target(tm_work *w, const work_unit *u, slice state)
{
	size_t at = u->inner;

	if (u->tag_end > u->tag)
		xliff_put_tag(
			&w->text, slice_sub(w->bytes, u->tag, u->tag_end), xliff_states, state);
	else
		buffer_printf(&w->text, "<target%.*s>", SLICE_ARG(state));
	for (size_t i = 0; i < u->n; i++) {
		const work_segment *s = &segments_of(w, u)[i];
		buffer_put(&w->text, slice_sub(w->bytes, at, s->from));
		buffer_put(&w->text, u->segments[i].markup);
		at = s->to;
	}
	buffer_put(&w->text, slice_sub(w->bytes, at, u->inner_end));
	buffer_put(&w->text, SLICE("</target>"));
}

/* Into a mrk that is there and empty. */
static status
fill_mark(tm_work *w, const work_segment *s, slice markup)
{
	slice tag = slice_sub(w->bytes, s->tag, s->tag_end);
	size_t name = 1;

	if (tag.n < 3 || tag.p[tag.n - 2] != '/')
		return work_splice(w, s->tag_end, s->tag_end, markup);
	while (name < tag.n - 2 && strchr(" \t\r\n", tag.p[name]) == NULL)
		name++;
	buffer_clear(&w->text);
	buffer_put(&w->text, slice_sub(tag, 0, tag.n - 2));
	buffer_put_char(&w->text, '>');
	buffer_put(&w->text, markup);
	buffer_printf(&w->text, "</%.*s>", SLICE_ARG(slice_sub(tag, 1, name)));
	TRY(w->text.status);
	return work_splice(w, s->tag, s->tag_end, buffer_slice(&w->text));
}

static status
fill_marks(tm_work *w, const work_unit *u, slice state)
{
	if (state.n != 0) {
		buffer_clear(&w->text);
		xliff_put_tag(
			&w->text, slice_sub(w->bytes, u->tag, u->tag_end), xliff_states, state);
		TRY(w->text.status);
		TRY(work_splice(w, u->tag, u->tag_end, buffer_slice(&w->text)));
	}
	for (size_t i = 0; i < u->n; i++)
		if (u->segments[i].is)
			TRY(fill_mark(w, &segments_of(w, u)[i], u->segments[i].markup));
	buffer_clear(&w->text);
	return STATUS_OK;
}

status
cut_write(tm_work *w)
{
	const work_unit *u = w->cut;

	w->cut = NULL;
	if (u == NULL)
		return STATUS_OK;
	buffer_clear(&w->text);
	slice state = state_of(w, u);
	if (u->said)
		TRY(fill_marks(w, u, state));
	else
		put_target(w, u, state);
	for (size_t i = 0; i < u->n; i++)
		buffer_put(&w->text, u->segments[i].alternatives);
	TRY(w->text.status);
	bool there = u->tag_end > u->tag;
	size_t end = there ? u->target_end : u->place;
	size_t from = !there || u->said ? end : u->tag;
	status done = work_splice(w, from, end, buffer_slice(&w->text));
	buffer_clear(&w->text);
	return done;
}
