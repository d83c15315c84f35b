/* Comments that an earlier run left in the document: what they say is not said a second time at
 * the same place. A comment is known by its author and its words, its place by the text that
 * lies between: where it stood before, none does. Word may put other elements there, bookmarks
 * or marks of its proofing, and gives comments other numbers when it saves. */
#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "document/formats/docx_writer.h"

#define IN_TEXT UINT32_MAX

typedef struct spot { /* in a part */
	uint32_t part, raw;
	uint32_t before; /* pieces of text; IN_TEXT: it stands in one */
} spot;

typedef struct stand { /* where a comment begins and ends */
	spot start, end;
	bool has_start, has_end;
} stand;

typedef struct earlier { /* comment of ours */
	uint32_t id;
	slice text; /* its paragraphs, with \n between them */
	stand at;
	size_t met; /* of those that are like this one, the first of them: again, in this run */
} earlier;

typedef struct search {
	docx_writer *w;
	ARRAY(earlier) there; /* by id, then by words and place */
	stand *planned;       /* one for each comment of the plan */
	layout_piece *pieces; /* by part and place */
	size_t piece_count;
} search;

/* --- the part of the comments --- */

typedef struct reader {
	XML_Parser parser;
	search *out;
	bool ours, in_text;
	unsigned paragraphs; /* of the comment */
	uint32_t id;
	buffer text;
	status status;
} reader;

static const char *
local_name(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon == NULL ? name : colon + 1;
}

static void
begin_comment(reader *r, const XML_Char **all)
{
	r->ours = false;
	r->paragraphs = 0;
	buffer_clear(&r->text);
	for (; all[0] != NULL; all += 2) {
		if (strcmp(local_name(all[0]), "author") == 0)
			r->ours = strcmp(all[1], r->out->w->style->author) == 0;
		else if (strcmp(local_name(all[0]), "id") == 0)
			r->id = (uint32_t)strtoul(all[1], NULL, 10);
	}
}

static void
on_start(void *user, const XML_Char *name, const XML_Char **all)
{
	reader *r = user;
	const char *element = local_name(name);

	if (strcmp(element, "comment") == 0)
		begin_comment(r, all);
	else if (r->ours && strcmp(element, "p") == 0) {
		if (r->paragraphs++ != 0)
			buffer_put_char(&r->text, '\n');
	} else
		r->in_text = r->ours && strcmp(element, "t") == 0;
}

static status
end_comment(reader *r)
{
	search *x = r->out;
	earlier e = { .id = r->id };

	TRY(r->text.status);
	TRY(arena_copy(&x->w->keep, buffer_slice(&r->text), &e.text));
	TRY(ARRAY_RESERVE(x->w->context->memory, &x->there, 1));
	x->there.at[x->there.n++] = e;
	return STATUS_OK;
}

static void
on_end(void *user, const XML_Char *name)
{
	reader *r = user;

	r->in_text = false;
	if (!r->ours || strcmp(local_name(name), "comment") != 0)
		return;
	r->ours = false;
	if (r->status == STATUS_OK)
		r->status = end_comment(r);
}

static void
on_text(void *user, const XML_Char *s, int n)
{
	reader *r = user;

	if (r->in_text)
		buffer_put(&r->text, (slice){ s, (size_t)n });
}

static int
by_id(const void *left, const void *right)
{
	const earlier *a = left, *b = right;

	return (a->id > b->id) - (a->id < b->id);
}

/* A part that is no XML is told when the comments are written. */
static status
parse(search *x, slice part)
{
	reader r = { .parser = XML_ParserCreate(NULL), .out = x };

	if (r.parser == NULL)
		return STATUS_MEMORY;
	buffer_init(&r.text, x->w->context->memory, 1 << 20);
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, on_start, on_end);
	XML_SetCharacterDataHandler(r.parser, on_text);
	if (part.n < INT32_MAX &&
		XML_Parse(r.parser, part.p, (int)part.n, 1) != XML_STATUS_OK &&
		XML_GetErrorCode(r.parser) == XML_ERROR_NO_MEMORY)
		r.status = STATUS_MEMORY;
	XML_ParserFree(r.parser);
	buffer_free(&r.text);
	if (x->there.n > 1)
		qsort(x->there.at, x->there.n, sizeof(*x->there.at), by_id);
	return r.status == STATUS_LIMIT ? STATUS_OK : r.status;
}

static status
read_comments(search *x)
{
	buffer part;

	buffer_init(&part, x->w->context->memory, x->w->context->limits.output);
	status done = package_read(&x->w->package, x->w->reading.comments.p, &part);
	if (done == STATUS_OK)
		done = parse(x, buffer_slice(&part));
	buffer_free(&part);
	return done;
}

/* --- places --- */

static void
stand_starts(stand *s, spot at)
{
	s->start = at;
	s->has_start = true;
}

static void
stand_ends(stand *s, spot at)
{
	s->end = at;
	s->has_end = true;
}

static void
find_stands(search *x)
{
	const docx_reading *r = &x->w->reading;

	for (size_t i = 0; i < r->mention_count; i++) {
		const docx_mention *m = &r->mentions[i];
		earlier wanted = { .id = m->id };
		earlier *e = bsearch(&wanted, x->there.at, x->there.n, sizeof(wanted), by_id);
		if (e == NULL || slice_equal(r->parts[m->part], r->comments))
			continue;
		/* The start, the end, the reference: in this order. */
		if (!e->at.has_start)
			stand_starts(&e->at, (spot){ .part = m->part, .raw = m->raw });
		else if (!e->at.has_end)
			stand_ends(&e->at, (spot){ .part = m->part, .raw = m->raw });
	}
}

static void
find_planned(search *x)
{
	const layout_plan *plan = &x->w->plan;

	for (size_t i = 0; i < plan->marks.n; i++) {
		const layout_mark *m = &plan->marks.at[i];
		spot at = { .part = m->part, .raw = m->raw };
		if (m->kind == MARK_START || m->kind == MARK_POINT)
			stand_starts(&x->planned[m->note], at);
		if (m->kind == MARK_END || m->kind == MARK_POINT)
			stand_ends(&x->planned[m->note], at);
	}
}

static int
by_place(const void *left, const void *right)
{
	const layout_piece *a = left, *b = right;

	if (a->part != b->part)
		return a->part < b->part ? -1 : 1;
	return (a->raw > b->raw) - (a->raw < b->raw);
}

static status
sort_pieces(search *x)
{
	const layout *l = &x->w->reading.layout;

	x->piece_count = l->piece_count;
	x->pieces = ARENA_ARRAY(&x->w->keep, layout_piece, l->piece_count + 1);
	if (x->pieces == NULL)
		return STATUS_MEMORY;
	if (l->piece_count != 0)
		memcpy(x->pieces, l->pieces, l->piece_count * sizeof(*l->pieces));
	if (l->piece_count > 1)
		qsort(x->pieces, l->piece_count, sizeof(*x->pieces), by_place);
	return STATUS_OK;
}

/* Between two places of a part with the same count there is no text. Of paragraphs without
 * findings none is known, but the words of a comment are, which lie between its end and that of
 * one elsewhere. */
static void
count_before(const search *x, spot *at)
{
	size_t low = 0, high = x->piece_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const layout_piece *p = &x->pieces[middle];
		if (p->part < at->part || (p->part == at->part && p->raw + p->raw_n <= at->raw))
			low = middle + 1;
		else
			high = middle;
	}
	bool in_text = low < x->piece_count && x->pieces[low].part == at->part &&
		       x->pieces[low].raw < at->raw;
	at->before = in_text ? IN_TEXT : (uint32_t)low;
}

static int
compare_spots(spot a, spot b)
{
	if (a.part != b.part)
		return a.part < b.part ? -1 : 1;
	return (a.before > b.before) - (a.before < b.before);
}

static int
by_words(const void *left, const void *right)
{
	const earlier *a = left, *b = right;
	int order = slice_compare(a->text, b->text);

	if (order == 0)
		order = compare_spots(a->at.start, b->at.start);
	return order != 0 ? order : compare_spots(a->at.end, b->at.end);
}

/* Those that have a place. */
static void
sort_there(search *x)
{
	size_t kept = 0;

	for (size_t i = 0; i < x->there.n; i++) {
		earlier e = x->there.at[i];
		if (!e.at.has_end)
			continue;
		count_before(x, &e.at.start);
		count_before(x, &e.at.end);
		x->there.at[kept++] = e;
	}
	x->there.n = kept;
	if (kept > 1)
		qsort(x->there.at, kept, sizeof(*x->there.at), by_words);
}

/* --- the plan --- */

static bool
is_there(search *x, const stand *at, slice text)
{
	earlier wanted = { .text = text, .at = *at };
	size_t low = 0, high = x->there.n;

	count_before(x, &wanted.at.start);
	count_before(x, &wanted.at.end);
	if (wanted.at.start.before == IN_TEXT || wanted.at.end.before == IN_TEXT)
		return false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (by_words(&x->there.at[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	size_t next = low < x->there.n ? low + x->there.at[low].met : low;
	if (next >= x->there.n || by_words(&x->there.at[next], &wanted) != 0)
		return false;
	x->there.at[low].met++;
	return true;
}

/* The numbers that are left are made anew; SIZE_MAX: it is there. */
static status
number_anew(search *x, size_t *numbers)
{
	layout_plan *plan = &x->w->plan;
	size_t kept = 0;
	buffer text;

	buffer_init(&text, x->w->context->memory, x->w->context->limits.output);
	for (size_t i = 0; i < plan->comments.n; i++) {
		buffer_clear(&text);
		docx_comment_text(x->w, &plan->comments.at[i], &text);
		bool known = text.status == STATUS_OK &&
			     is_there(x, &x->planned[i], buffer_slice(&text));
		numbers[i] = known ? SIZE_MAX : kept;
		if (!known)
			plan->comments.at[kept++] = plan->comments.at[i];
	}
	status done = text.status == STATUS_MEMORY ? STATUS_MEMORY : STATUS_OK;
	buffer_free(&text);
	x->w->style->noted -= plan->comments.n - kept;
	plan->comments.n = kept;
	return done;
}

static void
drop_marks(layout_plan *plan, const size_t *numbers)
{
	size_t kept = 0;

	for (size_t i = 0; i < plan->marks.n; i++) {
		layout_mark m = plan->marks.at[i];
		if (m.kind != MARK_DELETE && m.kind != MARK_INSERT) {
			if (numbers[m.note] == SIZE_MAX)
				continue;
			m.note = (uint32_t)numbers[m.note];
		}
		plan->marks.at[kept++] = m;
	}
	plan->marks.n = kept;
}

static status
drop_known(search *x)
{
	docx_writer *w = x->w;
	size_t n = w->plan.comments.n;
	size_t *numbers = ARENA_ARRAY(&w->keep, size_t, n);

	x->planned = ARENA_ARRAY(&w->keep, stand, n);
	if (numbers == NULL || x->planned == NULL)
		return STATUS_MEMORY;
	memset(x->planned, 0, n * sizeof(*x->planned));
	find_stands(x);
	find_planned(x);
	TRY(sort_pieces(x));
	sort_there(x);
	TRY(number_anew(x, numbers));
	drop_marks(&w->plan, numbers);
	return STATUS_OK;
}

status
docx_comments_drop_known(docx_writer *w)
{
	search x = { .w = w };

	if (w->plan.comments.n == 0 || w->reading.comments.n == 0)
		return STATUS_OK;
	status done = read_comments(&x);
	if (done == STATUS_OK && x.there.n != 0)
		done = drop_known(&x);
	ARRAY_FREE(w->context->memory, &x.there);
	return done;
}
