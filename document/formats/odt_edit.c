/* Corrections and comments go into the XML of an OpenDocument text as splices. A tracked
 * deletion moves its words to the list of changes at the head of the text and leaves a mark; an
 * insertion stands between two marks. Spaces are written as <text:s/> wherever they would
 * collapse: in the list of changes a plain one at the end of a paragraph would be lost for
 * good.
 *
 * Each header and footer has a list of changes of its own. A comment on a note or a text box
 * stands where that hangs in the body, one on a header or footer at the beginning of the body;
 * it then quotes its words. What cannot be corrected is said in a comment where comments are
 * wanted. What a comment of an earlier run says is not said again (odt_earlier.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/package.h"
#include "base/package_stream.h"
#include "base/xml.h"
#include "document/formats/odt.h"
#include "document/formats/odt_changes.h"
#include "document/formats/odt_earlier.h"
#include "document/place.h"

typedef struct splice { /* of a part */
	bool styles;
	uint32_t at, n;
	slice with;
	size_t order; /* at one place the later one stands later */
} splice;

typedef struct editor {
	context *context;
	const document *document;
	const odt_source *source;
	edit_style *style;
	arena keep;
	ARRAY(splice) splices;
	buffer changes;      /* what a list is to get */
	bool in_margin;      /* … that of a header or footer */
	odt_list_place list; /* … which stands there */
	odt_insertions
		insertions[2]; /* of others, where changes are tracked: content, styles */
	odt_earlier earlier;
	unsigned next; /* number of a change or comment */
} editor;

typedef struct place { /* in a part */
	bool styles, unknown;
	uint32_t at;
} place;

static place
place_of(const editor *x, uint32_t joined)
{
	const odt_source *s = x->source;
	size_t i = s->reading_count;

	while (i > 0 && s->readings[i - 1].origin > joined)
		i--;
	if (i == 0)
		return (place){ .unknown = true };
	return (place){ s->readings[i - 1].styles, false, joined - s->readings[i - 1].origin };
}

static status
add_at(editor *x, place p, uint32_t n, slice with)
{
	splice s = { p.styles, p.at, n, SLICE(""), x->splices.n };

	TRY(arena_copy(&x->keep, with, &s.with));
	TRY(ARRAY_RESERVE(x->context->memory, &x->splices, 1));
	x->splices.at[x->splices.n++] = s;
	return STATUS_OK;
}

static status
add(editor *x, uint32_t joined, uint32_t n, slice with)
{
	return add_at(x, place_of(x, joined), n, with);
}

/* ---- text as XML ---- */

/* Spaces that may stand at an end of what is written, or beside another one, are elements. */
static void
put_text(buffer *out, slice s, bool plain_edges)
{
	for (size_t i = 0; i < s.n; i++) {
		bool edge = i == 0 || i + 1 == s.n;
		if (s.p[i] == ' ' && ((edge && !plain_edges) || (i > 0 && s.p[i - 1] == ' ')))
			buffer_put(out, SLICE("<text:s/>"));
		else if (s.p[i] == '\t')
			buffer_put(out, SLICE("<text:tab/>"));
		else if (s.p[i] == '\n')
			buffer_put(out, SLICE("<text:line-break/>"));
		else
			xml_put_text(out, slice_sub(s, i, i + 1));
	}
}

static void
put_info(editor *x, buffer *out)
{
	buffer_put(out, SLICE("<dc:creator xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"));
	xml_put_text(out, slice_of(x->style->author));
	buffer_printf(out,
		"</dc:creator><dc:date xmlns:dc=\"http://purl.org/dc/elements/1.1/\">%.19s"
		"</dc:date>",
		x->style->date);
}

static slice
style_at(const editor *x, uint32_t text)
{
	const odt_source *s = x->source;
	size_t low = 0, high = s->style_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (s->style[middle].text <= text)
			low = middle + 1;
		else
			high = middle;
	}
	return low == 0 ? SLICE("") : s->style[low - 1].name;
}

/* ---- one correction ---- */

/* Characters of the text from one run, and the bytes that stand for them. */
typedef struct piece {
	span text, file;
	uint32_t left; /* spaces of the same element that stay */
	bool firm;     /* no correction may touch it */
} piece;

static size_t
first_run(const source_map *m, uint32_t text)
{
	size_t low = 0, high = m->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (m->runs[middle].text <= text)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static bool
is_spaces(slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ' ')
			return false;
	return true;
}

/* The piece of run i that lies in the span; false when nothing of it does. */
static bool
piece_of(const editor *x, size_t i, span text, piece *out)
{
	const run *r = &x->source->map.runs[i];
	uint32_t from = text.start > r->text ? text.start : r->text;
	uint32_t to = text.end < r[1].text ? text.end : r[1].text;

	if (from >= to)
		return false;
	*out = (piece){ .text = { from, to }, .firm = r->kind == RUN_MARKUP };
	if (r->kind == RUN_VERBATIM) {
		out->file = (span){ r->file + (from - r->text), r->file + (to - r->text) };
		return true;
	}
	out->file = (span){ r->file, r[1].file };
	if (to - from != r[1].text - r->text) {
		out->left = r[1].text - r->text - (to - from);
		out->firm = out->firm ||
			    !is_spaces(slice_sub(x->document->text, r->text, r[1].text));
	}
	return true;
}

/* Is all of the span text that can be corrected? */
static bool
is_soft(const editor *x, span text)
{
	const source_map *m = &x->source->map;
	piece p;

	for (size_t i = first_run(m, text.start);
		i + 1 < m->count && m->runs[i].text < text.end; i++)
		if (piece_of(x, i, text, &p) && p.firm)
			return false;
	return true;
}

/* Where something can be put after the character before (or before the first). */
static bool
insertion_place(const editor *x, uint32_t text, uint32_t *at)
{
	const source_map *m = &x->source->map;
	bool start = text == 0 || x->document->text.p[text - 1] == '\n';
	span s = start ? (span){ text, text + 1 } : (span){ text - 1, text };
	piece p;

	if (s.end > x->document->text.n)
		return false;
	for (size_t i = first_run(m, s.start); i + 1 < m->count && m->runs[i].text < s.end; i++)
		if (piece_of(x, i, s, &p) && !p.firm && p.left == 0) {
			*at = start ? p.file.start : p.file.end;
			return true;
		}
	return false;
}

static status
put_element(editor *x, uint32_t joined, uint32_t n, const char *format, unsigned number)
{
	buffer b;

	buffer_init(&b, x->context->memory, 1 << 20);
	buffer_printf(&b, format, number, number);
	status done = b.status;
	if (done == STATUS_OK)
		done = add(x, joined, n, buffer_slice(&b));
	buffer_free(&b);
	return done;
}

/* An entry of the list of changes; of a deletion in what somebody has inserted, both. */
static void
put_region(editor *x, unsigned id, const char *what, slice deleted, slice style,
	const odt_insertion *inserted)
{
	buffer *b = &x->changes;

	buffer_printf(b,
		"<text:changed-region xml:id=\"paraph%u\" text:id=\"paraph%u\"><text:%s>"
		"<office:change-info>",
		id, id, what);
	put_info(x, b);
	buffer_put(b, SLICE("</office:change-info>"));
	if (deleted.n != 0) {
		buffer_put(b, SLICE("<text:p>"));
		if (style.n != 0) {
			buffer_put(b, SLICE("<text:span text:style-name=\""));
			xml_put_attribute(b, style);
			buffer_put(b, SLICE("\">"));
		}
		put_text(b, deleted, false);
		buffer_put(b, style.n != 0 ? SLICE("</text:span>") : SLICE(""));
		buffer_put(b, SLICE("</text:p>"));
	}
	buffer_printf(b, "</text:%s>", what);
	if (inserted != NULL) {
		buffer_put(b, SLICE("<text:insertion>"));
		buffer_put(b, inserted->info);
		buffer_put(b, SLICE("</text:insertion>"));
	}
	buffer_put(b, SLICE("</text:changed-region>"));
}

static status
insert(editor *x, uint32_t joined, slice with, bool plain_edges)
{
	bool tracked = x->style->tracked;
	unsigned id = x->next;
	buffer b;

	if (with.n == 0)
		return STATUS_OK;
	buffer_init(&b, x->context->memory, x->context->limits.output);
	if (tracked) {
		put_region(x, x->next++, "insertion", SLICE(""), SLICE(""), NULL);
		buffer_printf(&b, "<text:change-start text:change-id=\"paraph%u\"/>", id);
	}
	put_text(&b, with, plain_edges);
	if (tracked)
		buffer_printf(&b, "<text:change-end text:change-id=\"paraph%u\"/>", id);
	status done = b.status;
	if (done == STATUS_OK)
		done = add(x, joined, 0, buffer_slice(&b));
	buffer_free(&b);
	return done;
}

static status delete (editor *x, const piece *p)
{
	uint32_t n = p->file.end - p->file.start;
	char kept[64] = "";

	if (p->left == 1)
		strcpy(kept, "<text:s/>");
	else if (p->left > 1)
		snprintf(kept, sizeof(kept), "<text:s text:c=\"%u\"/>", p->left);
	if (!x->style->tracked)
		return add(x, p->file.start, n, slice_of(kept));
	slice gone = slice_sub(x->document->text, p->text.start, p->text.end);
	place where = place_of(x, p->file.start);
	put_region(x, x->next, "deletion", gone, style_at(x, p->text.start),
		odt_insertion_at(&x->insertions[where.styles], where.at));
	TRY(put_element(
		x, p->file.start, n, "<text:change text:change-id=\"paraph%u\"/>", x->next++));
	return kept[0] == '\0' ? STATUS_OK : add(x, p->file.end, 0, slice_of(kept));
}

/* Of one list all changes come in a row. */
static status
list_changes(editor *x)
{
	bool there = x->list.has_changes;
	buffer b;

	if (x->changes.n == 0)
		return x->changes.status;
	buffer_init(&b, x->context->memory, x->context->limits.output);
	buffer_put(&b, there ? SLICE("") : SLICE("<text:tracked-changes>"));
	buffer_put(&b, buffer_slice(&x->changes));
	buffer_put(&b, there ? SLICE("") : SLICE("</text:tracked-changes>"));
	status done = x->changes.status != STATUS_OK ? x->changes.status : b.status;
	if (done == STATUS_OK)
		done = add_at(
			x, (place){ x->in_margin, false, x->list.at }, 0, buffer_slice(&b));
	buffer_clear(&x->changes);
	buffer_free(&b);
	return done;
}

static const odt_margin *
margin_at(const odt_source *s, uint32_t at)
{
	size_t low = 0, high = s->margin_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (s->margins[middle].start <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low != 0 && at < s->margins[low - 1].end ? &s->margins[low - 1] : NULL;
}

/* The list for a change at that place is in hand; what was for another one is written. */
static status
find_list(editor *x, place where, bool *found)
{
	const odt_margin *m = where.styles ? margin_at(x->source, where.at) : NULL;
	odt_list_place list = m != NULL ? m->changes : x->source->changes;

	*found = !where.unknown && (!where.styles || m != NULL);
	if (!*found || (x->in_margin == where.styles && x->list.at == list.at))
		return STATUS_OK;
	TRY(list_changes(x));
	x->in_margin = where.styles;
	x->list = list;
	return STATUS_OK;
}

/* Is there a space, or an end of the paragraph, beside what is inserted? */
static bool
is_open_place(const editor *x, span gone)
{
	slice text = x->document->text;
	bool before = gone.start == 0 || strchr(" \n\t", text.p[gone.start - 1]) != NULL;
	bool after = gone.end >= text.n || strchr(" \n\t", text.p[gone.end]) != NULL;

	return before || after;
}

static status
replace(editor *x, span gone, slice with)
{
	const source_map *m = &x->source->map;
	bool plain_edges = !x->style->tracked && !is_open_place(x, gone);
	uint32_t at = 0;
	piece p;

	if (gone.start == gone.end && !insertion_place(x, gone.start, &at))
		return STATUS_OK;
	if (!is_soft(x, gone))
		return STATUS_OK;
	place where = place_of(x, gone.start == gone.end ? at : source_map_file(m, gone).start);
	bool found = false;
	if (x->style->tracked)
		TRY(find_list(x, where, &found));
	if (where.unknown || (x->style->tracked && !found))
		return STATUS_OK;
	x->style->made++;
	for (size_t i = first_run(m, gone.start);
		gone.start < gone.end && i + 1 < m->count && m->runs[i].text < gone.end; i++) {
		if (!piece_of(x, i, gone, &p))
			continue;
		TRY(delete (x, &p));
		at = p.file.end;
	}
	return insert(x, at, with, plain_edges);
}

/* ---- comments ---- */

static status
put_annotation(editor *x, uint32_t at, slice said, bool ranged)
{
	buffer b;

	buffer_init(&b, x->context->memory, x->context->limits.output);
	buffer_put(&b, SLICE("<office:annotation"));
	if (ranged)
		buffer_printf(&b, " office:name=\"paraph%u\"", x->next);
	buffer_put_char(&b, '>');
	put_info(x, &b);
	buffer_put(&b, SLICE("<text:p>"));
	put_text(&b, said, false);
	buffer_put(&b, SLICE("</text:p></office:annotation>"));
	status done = b.status;
	/* A place of content.xml is one of its first reading. */
	if (done == STATUS_OK)
		done = add(x, at, 0, buffer_slice(&b));
	buffer_free(&b);
	return done;
}

static status
read_earlier(editor *x)
{
	return x->earlier.document != NULL ? STATUS_OK
					   : odt_earlier_read(&x->earlier, x->context,
						     x->document, x->style->author);
}

/* Between two places of the joined readings, or at the first of them; unless it is there. */
static status
put_comment(editor *x, span joined, bool ranged, slice said)
{
	uint32_t from = place_of(x, joined.start).at;
	uint32_t to = ranged ? place_of(x, joined.end).at : from;

	TRY(read_earlier(x));
	if (odt_earlier_take(&x->earlier, from, to, said))
		return STATUS_OK;
	x->style->noted++;
	TRY(put_annotation(x, from, said, ranged));
	if (!ranged)
		return STATUS_OK;
	return put_element(
		x, to, 0, "<office:annotation-end office:name=\"paraph%u\"/>", x->next++);
}

/* Before the first word of the body. */
static bool
find_body(const editor *x, uint32_t *at)
{
	const document *d = x->document;

	for (size_t i = 0; i < d->block_count; i++)
		if (d->places[i].part == PART_BODY)
			return insertion_place(x, d->blocks[i].text.start, at);
	return false;
}

/* On words that the body does not have: "header: “l ’accord”", and then what is said. */
static status
annotate_apart(editor *x, const edit_note *n, size_t index, uint32_t at)
{
	bool fr = x->context->ui == LANGUAGE_FR;
	buffer b;

	buffer_init(&b, x->context->memory, x->context->limits.output);
	place_describe(&b, x->document, index, x->context->ui);
	buffer_printf(&b, fr ? "\u00A0: «\u00A0%.*s\u00A0»\n" : ": “%.*s”\n",
		SLICE_ARG(slice_sub(x->document->text, n->text.start, n->text.end)));
	buffer_put(&b, n->said);
	status done = b.status;
	if (done == STATUS_OK)
		done = put_comment(x, (span){ at, at }, false, buffer_slice(&b));
	buffer_free(&b);
	return done;
}

static status
annotate(editor *x, const edit_note *n)
{
	const document *d = x->document;
	size_t index = d->block_count == 0 ? 0 : place_block(d, n->text.start);
	const odt_block *b = &x->source->blocks[index];
	span file = source_map_file(&x->source->map, n->text);
	bool body = d->block_count != 0 && d->places[index].part == PART_BODY;
	uint32_t at = body ? 0 : b->anchor;

	if (d->block_count == 0 || (!body && !b->anchored && !find_body(x, &at)))
		return STATUS_OK;
	return body ? put_comment(x, file, n->text.end > n->text.start, n->said)
		    : annotate_apart(x, n, index, at);
}

/* *made: or there was nothing to do. */
static status
apply(editor *x, const edit *e, bool *made)
{
	slice left, old = slice_sub(x->document->text, e->file.start, e->file.end);
	span gone = edit_narrow(old, e->with, &left);
	size_t before = x->style->made;

	gone.start += e->file.start;
	gone.end += e->file.start;
	*made = gone.start == gone.end && left.n == 0;
	if (*made)
		return STATUS_OK;
	TRY(replace(x, gone, left));
	*made = x->style->made > before;
	return *made || e->said.n == 0 ? STATUS_OK
				       : annotate(x, &(edit_note){ e->file, e->said, 2 });
}

/* ---- parts ---- */

static int
by_place(const void *left, const void *right)
{
	const splice *a = left, *b = right;

	if (a->styles != b->styles)
		return a->styles - b->styles;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if ((a->n == 0) != (b->n == 0))
		return a->n == 0 ? -1 : 1; /* what is put there, before what is taken away */
	return (a->order > b->order) - (a->order < b->order);
}

static status
build(editor *x, bool styles, buffer *out, bool *changed)
{
	slice part = styles ? x->source->styles : x->source->content;
	uint32_t at = 0;
	size_t more = 0;

	*changed = false;
	for (size_t i = 0; i < x->splices.n; i++)
		if (x->splices.at[i].styles == styles) {
			*changed = true;
			more += x->splices.at[i].with.n;
		}
	if (!*changed)
		return STATUS_OK;
	buffer_reserve(out, part.n + more);
	for (size_t i = 0; i < x->splices.n; i++) {
		const splice *s = &x->splices.at[i];
		if (s->styles != styles || s->at < at)
			continue;
		buffer_put(out, slice_sub(part, at, s->at));
		buffer_put(out, s->with);
		at = s->at + s->n;
	}
	buffer_put(out, slice_sub(part, at, part.n));
	return out->status;
}

typedef struct part_bytes {
	buffer bytes;
	size_t at;
} part_bytes;

static size_t
read_part(void *user, char *out, size_t n)
{
	part_bytes *p = user;
	slice left = slice_sub(buffer_slice(&p->bytes), p->at, p->bytes.n);

	n = left.n < n ? left.n : n;
	if (n != 0)
		memcpy(out, left.p, n);
	p->at += n;
	return n;
}

static void
rewind_part(void *user)
{
	part_bytes *p = user;

	p->at = 0;
}

static status
write_parts(editor *x, buffer *out)
{
	static const char *const names[] = { "content.xml", "styles.xml" };
	package_change changes[2];
	part_bytes parts[2];
	size_t n = 0;
	bool changed;

	if (x->splices.n > 1)
		qsort(x->splices.at, x->splices.n, sizeof(*x->splices.at), by_place);
	status done = STATUS_OK;
	for (int i = 0; i < 2; i++) {
		buffer *b = &parts[i].bytes;
		buffer_init(b, x->context->memory, x->context->limits.output);
		if (done == STATUS_OK)
			done = build(x, i == 1, b, &changed);
		if (done == STATUS_OK && changed)
			changes[n++] = (package_change){ names[i], b->n, &parts[i], read_part,
				rewind_part };
	}
	if (done == STATUS_OK && n == 0)
		buffer_put(out, x->document->package);
	else if (done == STATUS_OK)
		done = package_stream(out, x->context, x->document->path.p,
			x->document->package, changes, n, x->style->draft);
	buffer_free(&parts[0].bytes);
	buffer_free(&parts[1].bytes);
	return done == STATUS_OK ? out->status : done;
}

/* Numbers for our changes and comments behind those of an earlier run. */
static unsigned
first_number(slice part)
{
	unsigned most = 0;

	for (size_t i = 0; i + 8 < part.n; i++) {
		if (part.p[i] != 'p' || memcmp(part.p + i, "paraph", 6) != 0)
			continue;
		unsigned number = 0;
		for (size_t k = i + 6;
			k < part.n && k < i + 14 && part.p[k] >= '0' && part.p[k] <= '9'; k++)
			number = number * 10 + (unsigned)(part.p[k] - '0');
		most = number >= most ? number + 1 : most;
	}
	return most;
}

static status
check_signature(const editor *x)
{
	package p;

	TRY(package_open(&p, x->context, x->document->path.p, x->document->package));
	bool is_signed = package_has(&p, "META-INF/documentsignatures.xml");
	package_close(&p);
	return !is_signed ? STATUS_OK
			  : context_fail(x->context, STATUS_USAGE,
				    "%.*s: signed; a change would break the signature",
				    "%.*s\u00A0: signé\u00A0; une modification invaliderait la "
				    "signature",
				    SLICE_ARG(x->document->path));
}

static status
read_insertions(editor *x)
{
	const odt_source *s = x->source;
	bool in_margins = false;

	for (size_t i = 0; i < s->margin_count; i++)
		in_margins = in_margins || s->margins[i].changes.has_changes;
	if (s->changes.has_changes)
		TRY(odt_insertions_read(&x->insertions[0], x->context, s->content));
	return !in_margins ? STATUS_OK
			   : odt_insertions_read(&x->insertions[1], x->context, s->styles);
}

static status
edit_all(editor *x, buffer *out, const edit *edits, size_t count)
{
	if (count != 0 || x->style->note_count != 0)
		TRY(check_signature(x));
	if (count != 0 && x->style->tracked)
		TRY(read_insertions(x));
	for (size_t i = 0; i < count; i++) {
		bool made;
		TRY(apply(x, &edits[i], &made));
		if (x->style->each != NULL)
			x->style->each[i] = made;
	}
	for (size_t i = 0; i < x->style->note_count; i++)
		TRY(annotate(x, &x->style->notes[i]));
	TRY(list_changes(x));
	return write_parts(x, out);
}

status
odt_edit(buffer *out, context *c, const document *d, const edit *edits, size_t count,
	edit_style *style)
{
	editor x = { .context = c, .document = d, .source = d->source, .style = style };

	style->made = style->noted = 0;
	arena_init(&x.keep, c->memory);
	buffer_init(&x.changes, c->memory, c->limits.output);
	unsigned in_styles = first_number(x.source->styles);
	x.next = first_number(x.source->content);
	x.next = in_styles > x.next ? in_styles : x.next;
	x.list = x.source->changes;
	status done = edit_all(&x, out, edits, count);
	ARRAY_FREE(c->memory, &x.splices);
	for (size_t i = 0; i < 2; i++)
		odt_insertions_free(&x.insertions[i], c->memory);
	odt_earlier_free(&x.earlier, c->memory);
	buffer_free(&x.changes);
	arena_free(&x.keep);
	return done;
}
