/* Corrections and comments go into the XML of the parts as splices. A run that is touched is
 * written anew, every other byte of a part stays, and parts that are not touched are copied as
 * they are, compressed. */
#include <string.h>

#include "base/package_stream.h"
#include "document/formats/docx_writer.h"

/* --- numbers --- */

uint32_t
docx_new_id(docx_writer *w)
{
	const docx_reading *r = &w->reading;

	for (; w->next_used < r->id_count && r->ids[w->next_used] <= w->next_id; w->next_used++)
		if (r->ids[w->next_used] == w->next_id)
			w->next_id++;
	return w->next_id++;
}

/* --- parts --- */

static status
new_part(docx_writer *w, slice name, docx_part **out)
{
	docx_part *p = ARENA_NEW(&w->keep, docx_part);

	if (p == NULL)
		return STATUS_MEMORY;
	p->name = name;
	buffer_init(&p->bytes, w->context->memory, w->context->limits.output);
	p->next = w->parts;
	w->parts = p;
	*out = p;
	return STATUS_OK;
}

status
docx_part_open(docx_writer *w, slice name, docx_part **out)
{
	for (*out = w->parts; *out != NULL; *out = (*out)->next)
		if (slice_equal((*out)->name, name))
			return STATUS_OK;
	if (!package_has(&w->package, name.p))
		return STATUS_NOT_FOUND;
	TRY(new_part(w, name, out));
	return package_read(&w->package, name.p, &(*out)->bytes);
}

status
docx_part_add(docx_writer *w, slice name, docx_part **out)
{
	return new_part(w, name, out);
}

status
docx_part_splice(docx_writer *w, docx_part *p, uint32_t raw, uint32_t raw_n, slice with)
{
	docx_splice s = { raw, raw_n, SLICE("") };

	TRY(arena_copy(&w->keep, with, &s.with));
	TRY(ARRAY_RESERVE(w->context->memory, &p->splices, 1));
	p->splices.at[p->splices.n++] = s;
	return STATUS_OK;
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
	slice s = buffer_slice(&p->bytes);

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

static status
splice_parts(docx_writer *w)
{
	const layout_plan *plan = &w->plan;

	for (size_t i = 0, end; i < plan->marks.n; i = end) {
		uint32_t part = plan->marks.at[i].part;
		docx_part *p;
		for (end = i; end < plan->marks.n && plan->marks.at[end].part == part;)
			end++;
		status done = docx_part_open(w, w->reading.parts[part], &p);
		TRY(done == STATUS_NOT_FOUND ? STATUS_DAMAGED : done);
		TRY(splice_marks(w, p, plan->marks.at + i, end - i));
	}
	return STATUS_OK;
}

/* --- the package --- */

typedef struct part_source { /* hands out a part with its splices, bit by bit */
	const docx_part *part;
	size_t splice; /* the next */
	bool in_splice;
	size_t at; /* in the part, or in what the splice puts there */
} part_source;

static size_t
part_size(const docx_part *p)
{
	size_t n = p->bytes.n;

	for (size_t i = 0; i < p->splices.n; i++)
		n = n + p->splices.at[i].with.n - p->splices.at[i].raw_n;
	return n;
}

/* The bytes that come next; empty at the end. */
static slice
next_bytes(part_source *s)
{
	const docx_part *p = s->part;

	for (;;) {
		bool more = s->splice < p->splices.n;
		const docx_splice *x = more ? &p->splices.at[s->splice] : NULL;
		if (s->in_splice) {
			if (s->at < x->with.n)
				return slice_sub(x->with, s->at, x->with.n);
			s->at = x->raw + x->raw_n;
			s->in_splice = false;
			s->splice++;
			continue;
		}
		size_t end = more ? x->raw : p->bytes.n;
		if (s->at < end)
			return slice_sub(buffer_slice(&p->bytes), s->at, end);
		if (!more)
			return SLICE("");
		s->in_splice = true;
		s->at = 0;
	}
}

static size_t
read_part(void *user, char *out, size_t n)
{
	part_source *s = user;
	size_t done = 0;

	while (done < n) {
		slice bytes = next_bytes(s);
		if (bytes.n == 0)
			break;
		size_t take = bytes.n < n - done ? bytes.n : n - done;
		memcpy(out + done, bytes.p, take);
		done += take;
		s->at += take;
	}
	return done;
}

static void
rewind_part(void *user)
{
	part_source *s = user;

	s->splice = s->at = 0;
	s->in_splice = false;
}

static status
write_package(docx_writer *w, buffer *out)
{
	size_t count = 0, i;

	for (const docx_part *p = w->parts; p != NULL; p = p->next)
		count++;
	package_change *changes = ARENA_ARRAY(&w->keep, package_change, count);
	part_source *sources = ARENA_ARRAY(&w->keep, part_source, count);
	if (changes == NULL || sources == NULL)
		return STATUS_MEMORY;
	/* New parts come to the end, in the order in which they were made. */
	i = count;
	for (const docx_part *p = w->parts; p != NULL; p = p->next) {
		sources[--i].part = p;
		changes[i] = (package_change){ p->name.p, part_size(p), &sources[i], read_part,
			rewind_part };
	}
	return package_stream(out, w->context, w->document->path.p, w->document->package,
		changes, count, w->style->draft);
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
write_changes(docx_writer *w, buffer *out)
{
	const document *d = w->document;

	if (w->plan.marks.n == 0) {
		buffer_put(out, d->package);
		return out->status;
	}
	TRY(check_signature(w));
	TRY(package_open(&w->package, w->context, d->path.p, d->package));
	status done = docx_comments_number(w);
	if (done == STATUS_OK)
		done = splice_parts(w);
	if (done == STATUS_OK)
		done = docx_comments_write(w);
	package_close(&w->package);
	return done == STATUS_OK ? write_package(w, out) : done;
}

static status
edit_again(docx_writer *w, document *again, buffer *out, const edit *edits, size_t count)
{
	if (!slice_equal(again->text, w->document->text))
		return STATUS_DAMAGED;
	/* The same text is there already; the parts that are to be changed need the room. */
	document_free_text(again);
	TRY(layout_make(&w->plan, w->document, &w->reading.layout, edits, count, w->style));
	return write_changes(w, out);
}

static void
free_writer(docx_writer *w)
{
	const memory *m = w->context->memory;

	for (docx_part *p = w->parts; p != NULL; p = p->next) {
		buffer_free(&p->bytes);
		ARRAY_FREE(m, &p->splices);
	}
	layout_free(&w->plan);
	arena_free(&w->keep);
}

status
docx_edit(buffer *out, context *c, const document *d, const edit *edits, size_t count,
	edit_style *style)
{
	docx_writer w = { .context = c,
		.document = d,
		.style = style,
		.plan = { .memory = c->memory },
		.next_id = 1 };
	document again;

	arena_init(&w.keep, c->memory);
	status done = collect_wanted(&w, edits, count);
	if (done == STATUS_OK) {
		done = docx_read_again(&again, c, d, &w.reading);
		if (done == STATUS_OK)
			done = edit_again(&w, &again, out, edits, count);
		document_free(&again);
	}
	free_writer(&w);
	return done;
}
