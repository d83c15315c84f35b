/* Corrections and comments go into the XML of the parts as splices. A run that is touched is
 * written anew, every other byte of a part stays, and parts that are not touched are copied as
 * they are, compressed. */
#include "document/formats/docx_writer.h"

#define CHANCE_FROM (UINT32_C(1) << 30)

/* --- numbers --- */

/* Above those of the document (why: docx_mentions.c). Those of some bookmarks are made by
 * chance, and near the end of what there is. */
static uint32_t
first_id(const docx_reading *r)
{
	size_t n = r->id_count;

	while (n > 0 && r->ids[n - 1] >= CHANCE_FROM)
		n--;
	return n == 0 ? 1 : r->ids[n - 1] + 1;
}

uint32_t
docx_new_id(docx_writer *w)
{
	const docx_reading *r = &w->reading;

	if (w->next_id == 0)
		w->next_id = first_id(r);
	for (; w->next_used < r->id_count && r->ids[w->next_used] <= w->next_id; w->next_used++)
		if (r->ids[w->next_used] == w->next_id)
			w->next_id++;
	return w->next_id++;
}

/* --- splices --- */

/* A comment at the edge of what it stands around, between elements. */
static status
splice_mark(docx_writer *w, docx_part *p, slice prefix, const layout_mark *m)
{
	buffer b;

	buffer_init(&b, w->context->memory, 8192);
	docx_mark_write(w, prefix, m, &b);
	status done = b.status;
	if (done == STATUS_OK)
		done = docx_part_splice(w, p, m->raw, 0, buffer_slice(&b));
	buffer_free(&b);
	return done;
}

/* The prefix of WordprocessingML in a part, from its root element. */
static slice
root_prefix(const docx_part *p)
{
	slice s = docx_part_head(p);

	for (size_t i = 0; i + 1 < s.n; i++)
		if (s.p[i] == '<' && s.p[i + 1] != '?' && s.p[i + 1] != '!')
			return docx_prefix(slice_sub(s, i, s.n < i + 64 ? s.n : i + 64));
	return SLICE("");
}

static status
splice_marks(docx_writer *w, docx_part *p, const layout_mark *marks, size_t n)
{
	slice prefix = root_prefix(p);

	if (prefix.n == 0)
		return context_fail(w->context, STATUS_FORMAT,
			"%.*s: %.*s: elements without a prefix; save the document in Word",
			"%.*s\u00A0: %.*s\u00A0: des éléments sans préfixe\u00A0; enregistrez "
			"le document dans Word",
			SLICE_ARG(w->document->path), SLICE_ARG(p->name));
	for (size_t i = 0, end; i < n; i = end) {
		end = i + 1;
		if (marks[i].owner == LAYOUT_NO_OWNER) {
			TRY(splice_mark(w, p, prefix, &marks[i]));
			continue;
		}
		while (end < n && marks[end].owner == marks[i].owner)
			end++;
		TRY(docx_run_write(w, p, &w->reading.runs[marks[i].owner], marks + i, end - i));
	}
	return STATUS_OK;
}

/* What is looked at of a part that may be as large as a book: the runs that are written anew,
 * and the tags of w:ins around them. */
static status
open_part(docx_writer *w, slice name, const layout_mark *marks, size_t n, docx_part **out)
{
	size_t most = 2 * n + w->reading.mention_count + 1, count = 0;
	docx_range *ranges = memory_alloc(w->context->memory, most * sizeof(*ranges));

	if (ranges == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++) {
		if (marks[i].owner == LAYOUT_NO_OWNER ||
			(i > 0 && marks[i].owner == marks[i - 1].owner))
			continue;
		const docx_run *r = &w->reading.runs[marks[i].owner];
		ranges[count++] = (docx_range){ .raw = r->start, .n = r->end - r->start };
		if (r->insert_end != 0)
			ranges[count++] = (docx_range){ .raw = r->insert,
				.n = r->insert_end - r->insert };
	}
	count = docx_renumber_ranges(w, name, ranges, count);
	status done = docx_part_glance(w, name, ranges, count, out);
	memory_free(w->context->memory, ranges);
	return done;
}

static status
splice_part(docx_writer *w, slice name, const layout_mark *marks, size_t n)
{
	docx_part *p;
	status done = open_part(w, name, marks, n, &p);

	TRY(done == STATUS_NOT_FOUND ? STATUS_DAMAGED : done);
	if (n != 0)
		TRY(splice_marks(w, p, marks, n));
	return docx_renumber_part(w, p, marks, n);
}

/* Marks are in the order of the parts. Some have none of ours but tags of a comment that gets
 * another number: Word has comments in notes. */
static status
splice_parts(docx_writer *w)
{
	const docx_reading *r = &w->reading;
	const layout_plan *plan = &w->plan;

	for (size_t part = 0, i = 0, end; part < r->part_count; part++, i = end) {
		for (end = i; end < plan->marks.n && plan->marks.at[end].part == part;)
			end++;
		if (end == i && !docx_renumbers(w, part))
			continue;
		TRY(splice_part(w, r->parts[part], plan->marks.at + i, end - i));
	}
	return STATUS_OK;
}

/* --- all of it --- */

/* The places that are looked at, in order; edits and notes both are. */
static status
collect_wanted(docx_writer *w, const edit *edits, size_t count)
{
	const edit_style *style = w->style;
	span *wanted = ARENA_ARRAY(&w->keep, span, count + style->note_count);
	size_t n = 0, k = 0;

	if (wanted == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < count || k < style->note_count;) {
		if (i == count || (k < style->note_count &&
					  style->notes[k].text.start < edits[i].file.start))
			wanted[n++] = style->notes[k++].text;
		else
			wanted[n++] = edits[i++].file;
	}
	w->reading.wanted = wanted;
	w->reading.wanted_count = n;
	return STATUS_OK;
}

static status
check_signature(const docx_writer *w)
{
	if (!w->reading.is_signed || w->style->breaks_signature)
		return STATUS_OK;
	return context_fail(w->context, STATUS_USAGE,
		"%.*s: a signed document, which no longer is one when it is changed; "
		"--break-signature does it",
		"%.*s\u00A0: un document signé, qui ne l’est plus s’il est modifié\u00A0; "
		"--break-signature passe outre",
		SLICE_ARG(w->document->path));
}

static status
write_parts(docx_writer *w, buffer *out)
{
	TRY(check_signature(w));
	TRY(docx_comments_number(w));
	TRY(docx_renumber(w));
	TRY(splice_parts(w));
	TRY(docx_comments_write(w));
	return docx_parts_write(w, out);
}

static status
leave(const docx_writer *w, buffer *out)
{
	buffer_put(out, w->document->package);
	return out->status;
}

static status
write_changes(docx_writer *w, buffer *out)
{
	const document *d = w->document;

	if (w->plan.marks.n == 0)
		return leave(w, out);
	TRY(package_open(&w->package, w->context, d->path.p, d->package));
	status done = docx_comments_drop_known(w);
	if (done == STATUS_OK)
		done = w->plan.marks.n == 0 ? leave(w, out) : write_parts(w, out);
	package_close(&w->package);
	return done;
}

static status
edit_again(docx_writer *w, buffer *out, const edit *edits, size_t count)
{
	TRY(layout_make(&w->plan, w->document, &w->reading.layout, edits, count, w->style));
	return write_changes(w, out);
}

static void
free_writer(docx_writer *w)
{
	docx_parts_free_all(w);
	layout_free(&w->plan);
	arena_free(&w->keep);
}

status
docx_edit(buffer *out, context *c, const document *d, const edit *edits, size_t count,
	edit_style *style)
{
	docx_writer w = {
		.context = c, .document = d, .style = style, .plan = { .memory = c->memory }
	};
	document again;

	arena_init(&w.keep, c->memory);
	status done = collect_wanted(&w, edits, count);
	if (done == STATUS_OK) {
		done = docx_read_again(&again, c, d, &w.reading);
		if (done == STATUS_OK)
			done = edit_again(&w, out, edits, count);
		document_free(&again);
	}
	free_writer(&w);
	return done;
}
