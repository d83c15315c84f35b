#include "document/layout.h"

#include <stdlib.h>

#include "text/utf8.h"

typedef struct planner {
	layout_plan *plan;
	const document *document;
	const layout *layout;
	edit_style *style;
} planner;

/* --- pieces --- */

/* The first piece that ends behind a place. */
static size_t
first_piece(const layout *l, uint32_t at)
{
	size_t low = 0, high = l->piece_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (l->pieces[middle].text + l->pieces[middle].n <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
ends_in(const layout_piece *p, uint32_t at)
{
	return p->text <= at && at <= p->text + p->n;
}

/* The byte of a part for a place inside a piece or at its ends. */
static bool
raw_at(const layout_piece *p, uint32_t at, uint32_t *raw)
{
	if (p->verbatim || at == p->text)
		*raw = p->raw + (at - p->text);
	else
		*raw = p->raw + p->raw_n;
	return p->verbatim || at == p->text || at == p->text + p->n;
}

static status
add_mark(planner *x, layout_mark m)
{
	layout_plan *plan = x->plan;

	TRY(ARRAY_RESERVE(plan->memory, &plan->marks, 1));
	m.order = (uint32_t)plan->marks.n;
	plan->marks.at[plan->marks.n++] = m;
	return STATUS_OK;
}

/* --- edits --- */

void
layout_shorten(slice text, span *at, slice *with)
{
	slice old = slice_sub(text, at->start, at->end), new = *with;
	size_t head = 0, tail = 0;

	while (head < old.n && head < new.n &&old.p[head] == new.p[head])
		head++;
	while (head > 0 &&
		((head < old.n && ((unsigned char)old.p[head] & 0xC0) == 0x80) ||
			(head < new.n && ((unsigned char)new.p[head] & 0xC0) == 0x80)))
		head--;
	while (tail < old.n - head &&
		tail < new.n - head &&old.p[old.n - 1 - tail] == new.p[new.n - 1 - tail])
		tail++;
	while (tail > 0 && ((unsigned char)old.p[old.n - tail] & 0xC0) == 0x80)
		tail--;
	at->start += (uint32_t)head;
	at->end -= (uint32_t)tail;
	*with = slice_sub(new, head, new.n - tail);
}

static bool
has_letter(slice s)
{
	for (size_t i = 0; i < s.n;)
		if (utf8_is_letter(utf8_next(s, &i)))
			return true;
	return false;
}

/* Letters that take the place of others are read more easily as whole words: within the edit
 * the change grows to the ends of its words. */
static void
widen_to_words(const edit *e, slice text, span *at, slice *with)
{
	slice old = slice_sub(text, at->start, at->end);
	size_t head, tail;

	if (!has_letter(old) || !has_letter(*with))
		return;
	slice whole = slice_sub(text, e->file.start, e->file.end);
	size_t from = at->start - e->file.start, to = at->end - e->file.start;
	for (head = from; head > 0;) {
		size_t before = utf8_back(whole, head), next = before;
		if (!utf8_is_letter(utf8_next(whole, &next)))
			break;
		head = before;
	}
	for (tail = to; tail < whole.n;) {
		size_t next = tail;
		if (!utf8_is_letter(utf8_next(whole, &next)))
			break;
		tail = next;
	}
	size_t start = (size_t)(with->p - e->with.p) - (from - head);
	*with = slice_sub(e->with, start, start + with->n + (from - head) + (tail - to));
	at->start -= (uint32_t)(from - head);
	at->end += (uint32_t)(tail - to);
}

/* May every byte of the span be deleted? */
static bool
is_free(const layout *l, size_t first, span s)
{
	uint32_t at = s.start, raw;

	for (size_t i = first; i < l->piece_count && at < s.end; i++) {
		const layout_piece *p = &l->pieces[i];
		uint32_t end = p->text + p->n < s.end ? p->text + p->n : s.end;
		if (p->text > at || p->fixed || !raw_at(p, at, &raw) || !raw_at(p, end, &raw))
			return false;
		at = end;
	}
	return at >= s.end;
}

/* Where nothing is deleted, words go to the end of what stands before them. */
static status
insert(planner *x, uint32_t at, slice with, bool *made)
{
	const layout *l = x->layout;
	size_t i = first_piece(l, at == 0 ? 0 : at - 1);
	uint32_t raw;

	for (; i < l->piece_count && l->pieces[i].text <= at; i++) {
		const layout_piece *p = &l->pieces[i];
		if (!ends_in(p, at) || p->fixed || !raw_at(p, at, &raw))
			continue;
		*made = true;
		return add_mark(x, (layout_mark){ .part = p->part,
					   .raw = raw,
					   .owner = p->owner,
					   .kind = MARK_INSERT,
					   .with = with });
	}
	return STATUS_OK;
}

/* What is inserted stands behind the last piece that is deleted. */
static status
replace(planner *x, span s, slice with, bool *made)
{
	const layout *l = x->layout;
	size_t i = first_piece(l, s.start);

	if (!is_free(l, i, s))
		return STATUS_OK;
	*made = true;
	for (uint32_t at = s.start; at < s.end; i++) {
		const layout_piece *p = &l->pieces[i];
		uint32_t end = p->text + p->n < s.end ? p->text + p->n : s.end, from = 0,
			 to = 0;
		if (!raw_at(p, at, &from) || !raw_at(p, end, &to))
			break;
		TRY(add_mark(x, (layout_mark){ .part = p->part,
					.raw = from,
					.raw_n = to - from,
					.owner = p->owner,
					.kind = MARK_DELETE }));
		if (end == s.end && with.n != 0)
			TRY(add_mark(x, (layout_mark){ .part = p->part,
						.raw = to,
						.owner = p->owner,
						.kind = MARK_INSERT,
						.with = with }));
		at = end;
	}
	return STATUS_OK;
}

static status
make_edit(planner *x, const edit *e, bool *made)
{
	span s = e->file;
	slice with = e->with;

	*made = false;
	layout_shorten(x->document->text, &s, &with);
	if (x->style->tracked)
		widen_to_words(e, x->document->text, &s, &with);
	if (s.start != s.end)
		return replace(x, s, with, made);
	if (with.n == 0) {
		*made = true;
		return STATUS_OK;
	}
	return insert(x, s.start, with, made);
}

/* --- comments --- */

typedef struct edge { /* where a comment begins or ends */
	uint32_t part, raw, owner;
	bool apart;
} edge;

/* In a hold the edge is the hold's. */
static bool
edge_of(const layout *l, const layout_piece *p, uint32_t at, bool is_end, edge *out)
{
	if (p->hold == 0) {
		*out = (edge){ .part = p->part, .owner = p->owner };
		if (!raw_at(p, at, &out->raw)) { /* inside what is taken whole */
			out->raw = is_end ? p->raw + p->raw_n : p->raw;
			out->apart = true;
		}
		return true;
	}
	const layout_hold *h = &l->holds[p->hold - 1];
	/* Of what has no end, as a field that is never closed, the start must do. */
	*out = (edge){ h->part, is_end && h->end != 0 ? h->end : h->start, LAYOUT_NO_OWNER,
		true };
	return out->raw != 0;
}

static bool
is_before(const edge *a, const edge *b)
{
	return a->part != b->part || a->raw > b->raw;
}

static bool
find_edges(const layout *l, span s, edge *start, edge *end)
{
	size_t first = first_piece(l, s.start);
	size_t last = first_piece(l, s.end > s.start ? s.end - 1 : s.end);

	/* Where there is no piece, as of a character made of two, the neighbours serve. */
	if (first == l->piece_count || l->pieces[first].text >= s.end)
		first -= first > 0;
	if (last == l->piece_count || l->pieces[last].text >= s.end)
		last -= last > 0;
	if (first >= l->piece_count || last >= l->piece_count)
		return false;
	const layout_piece *p = &l->pieces[first], *q = &l->pieces[last];
	uint32_t from = s.start < p->text ? p->text : s.start;
	uint32_t to = s.end > q->text + q->n ? q->text + q->n : s.end;
	return edge_of(l, p, from, false, start) && edge_of(l, q, to, true, end);
}

static status
comment(planner *x, span s, slice said)
{
	layout_plan *plan = x->plan;
	edge start, end;

	if (!find_edges(x->layout, s, &start, &end))
		return STATUS_OK;
	if (is_before(&start, &end)) {
		/* A comment does not lead from one part into another. */
		bool held = end.owner == LAYOUT_NO_OWNER;
		start = held ? end : start;
		end = start;
		start.apart = true;
	}
	TRY(ARRAY_RESERVE(plan->memory, &plan->comments, 1));
	uint32_t note = (uint32_t)plan->comments.n;
	plan->comments.at[plan->comments.n++] =
		(layout_comment){ s, said, start.apart || end.apart };
	x->style->noted++;
	if (start.raw == end.raw)
		return add_mark(x, (layout_mark){ .part = start.part,
					   .raw = start.raw,
					   .owner = start.owner,
					   .kind = MARK_POINT,
					   .note = note });
	TRY(add_mark(x, (layout_mark){ .part = start.part,
				.raw = start.raw,
				.owner = start.owner,
				.kind = MARK_START,
				.note = note }));
	return add_mark(x, (layout_mark){ .part = end.part,
				   .raw = end.raw,
				   .owner = end.owner,
				   .kind = MARK_END,
				   .note = note });
}

/* --- all of it --- */

static int
by_place(const void *left, const void *right)
{
	const layout_mark *a = left, *b = right;

	if (a->part != b->part)
		return a->part < b->part ? -1 : 1;
	if (a->raw != b->raw)
		return a->raw < b->raw ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

/* Notes and edits in one walk, so that comments come in the order of the text. */
static status
plan_all(planner *x, const edit *edits, size_t count)
{
	const edit_style *style = x->style;
	size_t k = 0;

	for (size_t i = 0; i < count || k < style->note_count;) {
		bool note =
			i == count || (k < style->note_count &&
					      style->notes[k].text.start < edits[i].file.start);
		if (note) {
			TRY(comment(x, style->notes[k].text, style->notes[k].said));
			k++;
			continue;
		}
		bool made;
		TRY(make_edit(x, &edits[i], &made));
		x->style->made += made;
		if (style->each != NULL)
			style->each[i] = made;
		if (!made && edits[i].said.n != 0)
			TRY(comment(x, edits[i].file, edits[i].said));
		i++;
	}
	return STATUS_OK;
}

status
layout_make(layout_plan *plan, const document *d, const layout *l, const edit *edits,
	size_t count, edit_style *style)
{
	planner x = { plan, d, l, style };

	style->made = style->noted = 0;
	TRY(plan_all(&x, edits, count));
	if (plan->marks.n > 1)
		qsort(plan->marks.at, plan->marks.n, sizeof(*plan->marks.at), by_place);
	return STATUS_OK;
}

void
layout_free(layout_plan *plan)
{
	ARRAY_FREE(plan->memory, &plan->marks);
	ARRAY_FREE(plan->memory, &plan->comments);
}
