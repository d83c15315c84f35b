#include "tm/pretranslate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xml.h"

#define TRANSLATIONS_MOST 3 /* of one segment that are told */
#define HEAD 4096           /* bytes by which a format is recognised */

const tm_format *
tm_work_format_for(slice path, slice bytes)
{
	const tm_format *f =
		tm_format_for(path, slice_sub(bytes, 0, bytes.n < HEAD ? bytes.n : HEAD));

	return f == NULL || f->work == NULL ? NULL : f;
}

status
work_add(tm_work *w, const work_segment *s)
{
	TRY(ARRAY_RESERVE(w->context->memory, &w->segments, 1));
	w->segments.at[w->segments.n++] = *s;
	return STATUS_OK;
}

status
work_splice(tm_work *w, size_t from, size_t to, slice with)
{
	tm_splice s = { from, to, SLICE(""), w->splices.n };

	assert(from <= to && to <= w->bytes.n);
	TRY(arena_copy(&w->keep, with, &s.with));
	TRY(ARRAY_RESERVE(w->context->memory, &w->splices, 1));
	w->splices.at[w->splices.n++] = s;
	return STATUS_OK;
}

void
work_put_score(buffer *out, int score)
{
	buffer_printf(out, "%d", score > 10000 ? 100 : score / 100);
}

/* --- codes --- */

static bool
same_code(const tm_code *a, const tm_code *b)
{
	return slice_equal(a->name, b->name) && slice_equal(a->pair, b->pair) &&
	       slice_equal(a->attributes, b->attributes) && slice_equal(a->content, b->content);
}

/* Which code of the unit's source a code of its target is; each is one only once. */
static bool
origin_of(const tm_segment *source, const tm_code *code, bool *taken, size_t *out)
{
	for (size_t i = 0; i < source->codes.n; i++)
		if (!taken[i] && source->codes.at[i].kind == code->kind &&
			same_code(&source->codes.at[i], code)) {
			taken[i] = true;
			*out = i;
			return true;
		}
	return false;
}

/* The unit's target with the codes of the file in the places of its own. *done is false when
 * they are not the same codes in turn. */
static status
put_mapped(tm_work *w, const work_segment *s, const tm_match *m, bool *done)
{
	const tm_segment *source = &m->unit.side[TM_SOURCE], *target = &m->unit.side[TM_TARGET];
	size_t n = s->source.codes.n, at = 0, which;

	*done = false;
	if (n == 0 || source->codes.n != n || target->codes.n != n || m->carried != 0)
		return STATUS_OK;
	for (size_t i = 0; i < n; i++)
		if (source->codes.at[i].kind != s->source.codes.at[i].kind)
			return STATUS_OK;
	bool *taken = memory_alloc(w->context->memory, n);
	if (taken == NULL)
		return STATUS_MEMORY;
	memset(taken, 0, n);
	*done = true;
	for (size_t i = 0; i < n && *done; i++) {
		const tm_code *code = &target->codes.at[i];
		*done = origin_of(source, code, taken, &which);
		if (!*done)
			break;
		xml_put_text(&w->text, slice_sub(target->text, at, code->at));
		at = code->at;
		buffer_put(&w->text, s->source.codes.at[which].content);
	}
	if (*done)
		xml_put_text(&w->text, slice_sub(target->text, at, target->text.n));
	else
		buffer_clear(&w->text);
	memory_free(w->context->memory, taken);
	return STATUS_OK;
}

/* Codes around the whole of a segment go around the whole of its translation. */
static bool
are_around(const tm_segment *s)
{
	for (size_t i = 0; i < s->codes.n; i++)
		if (s->codes.at[i].at != 0 && s->codes.at[i].at != s->text.n)
			return false;
	return true;
}

static void
put_around(tm_work *w, const tm_segment *s, slice text)
{
	size_t i = 0;

	for (; i < s->codes.n && s->codes.at[i].at == 0; i++)
		buffer_put(&w->text, s->codes.at[i].content);
	xml_put_text(&w->text, text);
	for (; i < s->codes.n; i++)
		buffer_put(&w->text, s->codes.at[i].content);
}

/* Into w->text. *whole is false when codes of the segment stay away. */
static status
put_markup(tm_work *w, const work_segment *s, const tm_match *m, bool *whole)
{
	buffer_clear(&w->text);
	TRY(put_mapped(w, s, m, whole));
	if (*whole)
		return w->text.status;
	*whole = are_around(&s->source);
	if (*whole)
		put_around(w, &s->source, m->target);
	else
		xml_put_text(&w->text, m->target);
	return w->text.status;
}

/* --- matches --- */

/* The best match, and others of another translation; the array is the matcher's. */
static size_t
choose(const tm_match *found, size_t n, tm_match *out)
{
	size_t kept = 0;

	for (size_t i = 0; i < n && kept < TRANSLATIONS_MOST; i++) {
		bool known = false;
		for (size_t k = 0; k < kept; k++)
			known |= slice_equal(out[k].target, found[i].target);
		if (!known)
			out[kept++] = found[i];
	}
	return kept;
}

static void
count(tm_pretranslated *n, int score)
{
	if (score >= TM_SCORE_CONTEXT)
		n->context++;
	else if (score >= TM_SCORE_EXACT)
		n->exact++;
	else
		n->fuzzy++;
}

static status
fill(tm_work *w, const tm_format *f, const work_segment *s, const tm_match *found, size_t n)
{
	tm_match kept[TRANSLATIONS_MOST];
	work_match m = { .at = kept, .n = choose(found, n, kept) };
	bool whole = s->source.codes.n == 0;

	m.markup = kept[0].target;
	if (f->work->xml) {
		TRY(put_markup(w, s, &kept[0], &whole));
		TRY(arena_copy(&w->keep, buffer_slice(&w->text), &m.markup));
	}
	bool disputed = m.n > 1 && kept[1].score == kept[0].score;
	m.sound = whole && kept[0].score >= TM_SCORE_EXACT && kept[0].carried == 0 && !disputed;
	buffer_clear(&w->text);
	return f->work->fill(w, s, &m);
}

static status
translate(tm_work *w, tm_matcher *x, const tm_format *f, const tm_pretranslation *how, size_t i,
	tm_pretranslated *counts)
{
	const work_segment *s = &w->segments.at[i];
	const tm_match *found;
	size_t n;
	tm_query q = how->penalties;

	counts->segments++;
	if (s->translated) {
		counts->translated++;
		return STATUS_OK;
	}
	q.text = s->source.text;
	q.source = w->source;
	q.target = w->target;
	q.segment = &s->source;
	q.threshold = how->threshold;
	q.most = 10;
	q.previous = i > 0 ? s[-1].source.text : SLICE("");
	q.next = i + 1 < w->segments.n ? s[1].source.text : SLICE("");
	TRY(tm_matcher_find(x, &q, &found, &n));
	if (n == 0) {
		counts->none++;
		return STATUS_OK;
	}
	count(counts, found[0].score);
	return fill(w, f, s, found, n);
}

/* --- the file --- */

static int
by_place(const void *a, const void *b)
{
	const tm_splice *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static status
write_out(tm_work *w, buffer *out)
{
	size_t at = 0;

	if (w->splices.n > 1)
		qsort(w->splices.at, w->splices.n, sizeof(*w->splices.at), by_place);
	for (size_t i = 0; i < w->splices.n; i++) {
		const tm_splice *s = &w->splices.at[i];
		assert(s->from >= at);
		buffer_put(out, slice_sub(w->bytes, at, s->from));
		buffer_put(out, s->with);
		at = s->to;
	}
	buffer_put(out, slice_sub(w->bytes, at, w->bytes.n));
	return out->status;
}

static status
work(tm_work *w, tm_matcher *x, const tm_format *f, const tm_pretranslation *how, buffer *out,
	tm_pretranslated *counts)
{
	w->source = how->source.n != 0 ? how->source : how->usual_source;
	w->target = how->target.n != 0 ? how->target : how->usual_target;
	TRY(f->work->read(w));
	for (size_t i = 0; i < w->segments.n; i++)
		TRY(translate(w, x, f, how, i, counts));
	if (f->work->end != NULL)
		TRY(f->work->end(w));
	return write_out(w, out);
}

status
tm_pretranslate(tm_matcher *x, context *c, const tm_format *format, slice name, slice bytes,
	const tm_pretranslation *how, buffer *out, tm_pretranslated *counts)
{
	tm_work w = { .context = c, .name = name, .bytes = bytes };

	*counts = (tm_pretranslated){ 0 };
	w.wanted_source = how->source;
	w.wanted_target = how->target;
	arena_init(&w.keep, c->memory);
	buffer_init(&w.text, c->memory, c->limits.output);
	status done = work(&w, x, format, how, out, counts);
	for (size_t i = 0; i < w.segments.n; i++)
		ARRAY_FREE(c->memory, &w.segments.at[i].source.codes);
	ARRAY_FREE(c->memory, &w.segments);
	ARRAY_FREE(c->memory, &w.splices);
	buffer_free(&w.text);
	arena_free(&w.keep);
	return done;
}
