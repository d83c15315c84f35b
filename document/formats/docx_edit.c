/* Corrections go into the XML of the parts as splices, and every other byte of a part stays. A
 * tracked one closes the run before the words, repeats its properties for what is deleted and
 * for what is inserted, and opens it again behind them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/package.h"
#include "document/formats/docx.h"
#include "text/utf8.h"

typedef struct splice { /* of a part */
	uint32_t part, raw, raw_n;
	slice with;
	size_t order; /* of splices at one place: the later edit stands later */
} splice;

typedef struct editor {
	context *context;
	const document *document;
	const docx_source *source;
	edit_style *style;
	arena keep;
	ARRAY(splice) splices;
	buffer part; /* the part in hand, as it was */
	uint32_t part_index;
	unsigned next_id; /* of tracked changes */
	buffer comments;  /* the elements that comments.xml is to get */
	unsigned comment; /* the id of the next */
} editor;

/* --- one correction --- */

static status
add_splice(editor *x, uint32_t part, uint32_t raw, uint32_t raw_n, slice with)
{
	splice s = { part, raw, raw_n, SLICE(""), x->splices.n };

	TRY(arena_copy(&x->keep, with, &s.with));
	TRY(ARRAY_RESERVE(x->context->memory, &x->splices, 1));
	x->splices.at[x->splices.n++] = s;
	return STATUS_OK;
}

static status
load_part(editor *x, uint32_t index)
{
	package p;

	if (x->part_index == index)
		return STATUS_OK;
	buffer_clear(&x->part);
	TRY(package_open(&p, x->context, x->document->path.p, x->document->package));
	status done = package_read(&p, x->source->parts[index].p, &x->part);
	package_close(&p);
	x->part_index = done == STATUS_OK ? index : UINT32_MAX;
	return done == STATUS_NOT_FOUND ? STATUS_DAMAGED : done;
}

static slice
raw(const editor *x, uint32_t start, uint32_t end)
{
	return slice_sub(buffer_slice(&x->part), start, end);
}

/* "w" of <w:t …>; false when the namespace has no prefix, which nobody writes. */
static bool
prefix_of(const editor *x, const docx_piece *p, slice *prefix)
{
	slice tag = raw(x, p->tag, p->tag_end), rest;

	return tag.n > 3 && slice_cut(slice_sub(tag, 1, tag.n), ':', prefix, &rest) &&
	       slice_starts(rest, SLICE("t"));
}

static void
put_escaped(buffer *out, slice s)
{
	for (size_t i = 0; i < s.n; i++)
		switch (s.p[i]) {
		case '&':
			buffer_put(out, SLICE("&amp;"));
			break;
		case '<':
			buffer_put(out, SLICE("&lt;"));
			break;
		case '>':
			buffer_put(out, SLICE("&gt;"));
			break;
		default:
			buffer_put_char(out, s.p[i]);
		}
}

static void
put_change(editor *x, buffer *b, const docx_piece *p, slice w, const char *what, slice text,
	bool escaped)
{
	slice properties = raw(x, p->properties, p->properties_end);
	const char *element = what[0] == 'd' ? "delText" : "t";

	buffer_printf(b, "<%.*s:%s %.*s:id=\"%u\" %.*s:author=\"", SLICE_ARG(w), what,
		SLICE_ARG(w), x->next_id++, SLICE_ARG(w));
	put_escaped(b, slice_of(x->style->author));
	buffer_printf(b, "\" %.*s:date=\"%s\"><%.*s:r>%.*s<%.*s:%s xml:space=\"preserve\">",
		SLICE_ARG(w), x->style->date, SLICE_ARG(w), SLICE_ARG(properties), SLICE_ARG(w),
		element);
	if (escaped)
		buffer_put(b, text);
	else
		put_escaped(b, text);
	buffer_printf(b, "</%.*s:%s></%.*s:r></%.*s:%s>", SLICE_ARG(w), element, SLICE_ARG(w),
		SLICE_ARG(w), what);
}

static status
splice_tracked(editor *x, const docx_piece *p, uint32_t start, uint32_t end, slice with)
{
	slice w, properties = raw(x, p->properties, p->properties_end);
	buffer b;

	if (!prefix_of(x, p, &w))
		return STATUS_OK;
	buffer_init(&b, x->context->memory, x->context->limits.output);
	buffer_printf(&b, "</%.*s:t></%.*s:r>", SLICE_ARG(w), SLICE_ARG(w));
	if (end > start)
		put_change(x, &b, p, w, "del", raw(x, start, end), true);
	if (with.n != 0)
		put_change(x, &b, p, w, "ins", with, false);
	buffer_printf(&b, "<%.*s:r>%.*s<%.*s:t xml:space=\"preserve\">", SLICE_ARG(w),
		SLICE_ARG(properties), SLICE_ARG(w));
	status done = b.status;
	if (done == STATUS_OK)
		done = add_splice(x, p->part, start, end - start, buffer_slice(&b));
	buffer_free(&b);
	return done;
}

static status
splice_plain(editor *x, const docx_piece *p, uint32_t start, uint32_t end, slice with)
{
	buffer b;

	buffer_init(&b, x->context->memory, x->context->limits.output);
	put_escaped(&b, with);
	status done = b.status;
	if (done == STATUS_OK)
		done = add_splice(x, p->part, start, end - start, buffer_slice(&b));
	buffer_free(&b);
	return done;
}

/* The bytes of a piece for a span of text inside it; false when it would cut a reference. */
static bool
raw_of(const docx_piece *p, uint32_t start, uint32_t end, uint32_t *from, uint32_t *to)
{
	if (p->raw_n == p->n) {
		*from = p->raw + (start - p->text);
		*to = p->raw + (end - p->text);
		return true;
	}
	*from = p->raw;
	*to = p->raw + p->raw_n;
	return start == p->text && end == p->text + p->n;
}

static status
edit_piece(editor *x, const docx_piece *p, uint32_t start, uint32_t end, slice with)
{
	uint32_t from, to;

	if (!raw_of(p, start, end, &from, &to))
		return STATUS_OK;
	TRY(load_part(x, p->part));
	/* Half of a text may begin or end with a space now. */
	if (!p->preserve)
		TRY(add_splice(
			x, p->part, p->tag_end - 1, 0, SLICE(" xml:space=\"preserve\"")));
	return x->style->tracked ? splice_tracked(x, p, from, to, with)
				 : splice_plain(x, p, from, to, with);
}

static size_t
first_piece(const docx_source *s, uint32_t at)
{
	size_t low = 0, high = s->piece_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (s->pieces[middle].text + s->pieces[middle].n <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Is every byte of the span in some piece that can be pointed at? */
static bool
is_covered(const docx_source *s, size_t first, span e)
{
	uint32_t at = e.start;

	for (size_t i = first; i < s->piece_count && s->pieces[i].text <= at && at < e.end;
		i++) {
		uint32_t from, to, end = s->pieces[i].text + s->pieces[i].n;
		if (!raw_of(&s->pieces[i], at, end < e.end ? end : e.end, &from, &to))
			return false;
		at = end;
	}
	return at >= e.end;
}

static status
insert(editor *x, uint32_t at, slice with)
{
	const docx_source *s = x->source;
	size_t i = first_piece(s, at == 0 ? 0 : at - 1);

	if (i == s->piece_count || s->pieces[i].text > at ||
		s->pieces[i].raw_n != s->pieces[i].n)
		return STATUS_OK;
	x->style->made++;
	return edit_piece(x, &s->pieces[i], at, at, with);
}

static status
replace(editor *x, span e, slice with)
{
	const docx_source *s = x->source;
	size_t i = first_piece(s, e.start);

	if (e.start == e.end)
		return with.n == 0 ? STATUS_OK : insert(x, e.start, with);
	if (!is_covered(s, i, e))
		return STATUS_OK;
	x->style->made++;
	for (uint32_t at = e.start; at < e.end; i++) {
		const docx_piece *p = &s->pieces[i];
		uint32_t end = p->text + p->n < e.end ? p->text + p->n : e.end;
		/* What is inserted stands behind the last piece that is deleted. */
		TRY(edit_piece(x, p, at, end, end == e.end ? with : SLICE("")));
		at = end;
	}
	return STATUS_OK;
}

/* What both have at their ends is no change; characters stay whole. */
static status
apply(editor *x, const edit *e)
{
	slice old = slice_sub(x->document->text, e->file.start, e->file.end), with = e->with;
	size_t head = 0, tail = 0;

	while (head < old.n && head < with.n && old.p[head] == with.p[head])
		head++;
	while (head > 0 &&
		((head < old.n && ((unsigned char)old.p[head] & 0xC0) == 0x80) ||
			(head < with.n && ((unsigned char)with.p[head] & 0xC0) == 0x80)))
		head--;
	while (tail < old.n - head && tail < with.n - head &&
		old.p[old.n - 1 - tail] == with.p[with.n - 1 - tail])
		tail++;
	while (tail > 0 && ((unsigned char)old.p[old.n - tail] & 0xC0) == 0x80)
		tail--;
	span left = { e->file.start + (uint32_t)head, e->file.end - (uint32_t)tail };
	return replace(x, left, slice_sub(with, head, with.n - tail));
}

/* --- comments --- */

static const char body_part[] = "word/document.xml";
static const char comments_part[] = "word/comments.xml";

/* Closes the run at a place of a piece, says something, and opens it again. */
static status
splice_mark(editor *x, const docx_piece *p, uint32_t at, const char *end, unsigned id)
{
	slice w, properties;
	buffer b;

	TRY(load_part(x, p->part));
	if (!prefix_of(x, p, &w))
		return STATUS_OK;
	properties = raw(x, p->properties, p->properties_end);
	buffer_init(&b, x->context->memory, x->context->limits.output);
	buffer_printf(&b, "</%.*s:t></%.*s:r><%.*s:commentRange%s %.*s:id=\"%u\"/>",
		SLICE_ARG(w), SLICE_ARG(w), SLICE_ARG(w), end, SLICE_ARG(w), id);
	if (end[0] == 'E')
		buffer_printf(&b, "<%.*s:r><%.*s:commentReference %.*s:id=\"%u\"/></%.*s:r>",
			SLICE_ARG(w), SLICE_ARG(w), SLICE_ARG(w), id, SLICE_ARG(w));
	buffer_printf(&b, "<%.*s:r>%.*s<%.*s:t xml:space=\"preserve\">", SLICE_ARG(w),
		SLICE_ARG(properties), SLICE_ARG(w));
	status done = b.status;
	if (done == STATUS_OK && !p->preserve)
		done = add_splice(
			x, p->part, p->tag_end - 1, 0, SLICE(" xml:space=\"preserve\""));
	if (done == STATUS_OK)
		done = add_splice(x, p->part, p->raw + (at - p->text), 0, buffer_slice(&b));
	buffer_free(&b);
	return done;
}

/* May a comment begin or end in the piece? Not in notes, headers and footers, which have none.
 */
static bool
takes_comments(const editor *x, const docx_piece *p)
{
	return p->raw_n == p->n && !p->in_field &&
	       slice_is(x->source->parts[p->part], body_part);
}

static void
put_comment(editor *x, slice said, unsigned id)
{
	buffer *b = &x->comments;

	buffer_printf(b, "<w:comment w:id=\"%u\" w:author=\"", id);
	put_escaped(b, slice_of(x->style->author));
	buffer_printf(b,
		"\" w:date=\"%s\" w:initials=\"p\"><w:p><w:r>"
		"<w:t xml:space=\"preserve\">",
		x->style->date);
	put_escaped(b, said);
	buffer_put(b, SLICE("</w:t></w:r></w:p></w:comment>"));
}

static status
add_note(editor *x, const edit_note *note)
{
	const docx_source *s = x->source;
	span e = note->text;
	size_t first = first_piece(s, e.start),
	       last = first_piece(s, e.end == 0 ? 0 : e.end - 1);

	if (last >= s->piece_count || e.end <= e.start || s->pieces[first].text > e.start ||
		s->pieces[last].text >= e.end || !takes_comments(x, &s->pieces[first]) ||
		!takes_comments(x, &s->pieces[last]))
		return STATUS_OK;
	unsigned id = x->comment++;
	TRY(splice_mark(x, &s->pieces[first], e.start, "Start", id));
	TRY(splice_mark(x, &s->pieces[last], e.end, "End", id));
	put_comment(x, note->said, id);
	x->style->noted++;
	return x->comments.status;
}

/* The first id that no comment of the part has. */
static unsigned
free_id(slice part)
{
	unsigned most = 0;

	for (size_t i = 0; i + 5 < part.n; i++) {
		if (memcmp(part.p + i, ":id=\"", 5) != 0)
			continue;
		unsigned id = 0;
		for (size_t k = i + 5;
			k < part.n && k < i + 14 && part.p[k] >= '0' && part.p[k] <= '9'; k++)
			id = id * 10 + (unsigned)(part.p[k] - '0');
		if (id >= most)
			most = id + 1;
	}
	return most;
}

static status
add_notes(editor *x)
{
	package p;
	buffer there;

	x->style->noted = 0;
	if (x->style->note_count == 0)
		return STATUS_OK;
	buffer_init(&there, x->context->memory, x->context->limits.output);
	TRY(package_open(&p, x->context, x->document->path.p, x->document->package));
	status done = package_read(&p, comments_part, &there);
	package_close(&p);
	if (done == STATUS_OK)
		x->comment = free_id(buffer_slice(&there));
	else if (done == STATUS_NOT_FOUND)
		done = STATUS_OK;
	buffer_free(&there);
	for (size_t i = 0; i < x->style->note_count && done == STATUS_OK; i++)
		done = add_note(x, &x->style->notes[i]);
	return done;
}

/* --- parts --- */

static int
by_place(const void *left, const void *right)
{
	const splice *a = left, *b = right;

	if (a->part != b->part)
		return a->part < b->part ? -1 : 1;
	if (a->raw != b->raw)
		return a->raw < b->raw ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

/* The part with its splices; the same attribute is not added twice. */
static status
build_part(editor *x, const splice *s, size_t n, buffer *out)
{
	slice all;
	size_t at = 0;

	TRY(load_part(x, s[0].part));
	all = buffer_slice(&x->part);
	for (size_t i = 0; i < n; i++) {
		bool again = i > 0 && s[i].raw == s[i - 1].raw && s[i].raw_n == 0 &&
			     slice_equal(s[i].with, s[i - 1].with);
		if (again || s[i].raw < at)
			continue;
		buffer_put(out, slice_sub(all, at, s[i].raw));
		buffer_put(out, s[i].with);
		at = s[i].raw + s[i].raw_n;
	}
	buffer_put(out, slice_sub(all, at, all.n));
	return out->status;
}

static status
zip_trouble(const editor *x)
{
	return context_fail(x->context, STATUS_IO, "%.*s: the zip file cannot be written",
		"%.*s\u00A0: impossible d’écrire le fichier zip", SLICE_ARG(x->document->path));
}

static status
replace_part(editor *x, zip_t *zip, const char *name, const buffer *bytes)
{
	zip_int64_t at = zip_name_locate(zip, name, ZIP_FL_NOCASE);
	zip_stat_t before;
	char *copy = malloc(bytes->n == 0 ? 1 : bytes->n);

	if (copy == NULL)
		return STATUS_MEMORY;
	memcpy(copy, bytes->p, bytes->n);
	zip_source_t *source = zip_source_buffer(zip, copy, bytes->n, 1);
	if (source == NULL)
		free(copy);
	if (source == NULL || at < 0 || zip_stat_index(zip, (zip_uint64_t)at, 0, &before) != 0)
		return zip_trouble(x);
	if (zip_file_replace(zip, (zip_uint64_t)at, source, 0) != 0) {
		zip_source_free(source);
		return zip_trouble(x);
	}
	/* The same corrections give the same file, whenever they are made. */
	if ((before.valid & ZIP_STAT_MTIME) != 0)
		(void)zip_file_set_mtime(zip, (zip_uint64_t)at, before.mtime, 0);
	return STATUS_OK;
}

static status
replace_parts(editor *x, zip_t *zip)
{
	for (size_t i = 0; i < x->splices.n;) {
		size_t end = i;
		buffer bytes;
		while (end < x->splices.n && x->splices.at[end].part == x->splices.at[i].part)
			end++;
		buffer_init(&bytes, x->context->memory, x->context->limits.output);
		status done = build_part(x, &x->splices.at[i], end - i, &bytes);
		if (done == STATUS_OK)
			done = replace_part(
				x, zip, x->source->parts[x->splices.at[i].part].p, &bytes);
		buffer_free(&bytes);
		TRY(done);
		i = end;
	}
	return STATUS_OK;
}

static status
read_back(const editor *x, zip_source_t *source, buffer *out)
{
	char piece[65536];
	zip_int64_t n;

	if (zip_source_open(source) != 0)
		return zip_trouble(x);
	while ((n = zip_source_read(source, piece, sizeof(piece))) > 0)
		buffer_put(out, (slice){ piece, (size_t)n });
	zip_source_close(source);
	return n < 0 ? zip_trouble(x) : out->status;
}

/* --- the part of the comments --- */

/* Puts text into a part, before the end of its root element. */
static status
append_to_root(editor *x, zip_t *zip, const char *name, slice root, slice text)
{
	buffer part, out;
	package p = { x->context, x->document->path.p, zip };

	buffer_init(&part, x->context->memory, x->context->limits.output);
	buffer_init(&out, x->context->memory, x->context->limits.output);
	status done = package_read(&p, name, &part);
	slice all = buffer_slice(&part);
	size_t at = all.n;
	while (done == STATUS_OK && at > 0 && !slice_starts(slice_sub(all, at, all.n), root))
		at--;
	if (done == STATUS_OK && at == 0)
		done = context_fail(x->context, STATUS_FORMAT, "%.*s: %s has no end",
			"%.*s\u00A0: %s n’a pas de fin", SLICE_ARG(x->document->path), name);
	if (done == STATUS_OK) {
		buffer_put(&out, slice_sub(all, 0, at));
		buffer_put(&out, text);
		buffer_put(&out, slice_sub(all, at, all.n));
		done = out.status;
	}
	if (done == STATUS_OK)
		done = replace_part(x, zip, name, &out);
	buffer_free(&part);
	buffer_free(&out);
	return done;
}

static status
make_comments(editor *x, zip_t *zip)
{
	buffer b;

	buffer_init(&b, x->context->memory, x->context->limits.output);
	buffer_put(&b, SLICE("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
			     "<w:comments xmlns:w=\"http://schemas.openxmlformats.org/"
			     "wordprocessingml/2006/main\">"));
	buffer_put(&b, buffer_slice(&x->comments));
	buffer_put(&b, SLICE("</w:comments>"));
	char *copy = b.status == STATUS_OK ? malloc(b.n) : NULL;
	status done = copy == NULL ? STATUS_MEMORY : STATUS_OK;
	if (done == STATUS_OK) {
		memcpy(copy, b.p, b.n);
		zip_source_t *source = zip_source_buffer(zip, copy, b.n, 1);
		zip_int64_t at =
			source == NULL ? -1 : zip_file_add(zip, comments_part, source, 0);
		if (at < 0 || zip_file_set_mtime(zip, (zip_uint64_t)at, 315532800, 0) != 0)
			done = zip_trouble(x);
	}
	buffer_free(&b);
	TRY(done);
	TRY(append_to_root(x, zip, "[Content_Types].xml", SLICE("</Types>"),
		SLICE("<Override PartName=\"/word/comments.xml\" ContentType=\"application/"
		      "vnd.openxmlformats-officedocument.wordprocessingml.comments+xml\"/>")));
	return append_to_root(x, zip, "word/_rels/document.xml.rels", SLICE("</Relationships>"),
		SLICE("<Relationship Id=\"rParaphComments\" Type=\"http://"
		      "schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" "
		      "Target=\"comments.xml\"/>"));
}

static status
write_comments(editor *x, zip_t *zip)
{
	if (x->comments.n == 0)
		return STATUS_OK;
	if (zip_name_locate(zip, comments_part, ZIP_FL_NOCASE) < 0)
		return make_comments(x, zip);
	return append_to_root(
		x, zip, comments_part, SLICE("</w:comments>"), buffer_slice(&x->comments));
}

/* Entries that are not replaced are copied as they are, compressed. */
static status
write_package(editor *x, buffer *out)
{
	slice before = x->document->package;
	zip_error_t error;

	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(before.p, before.n, 0, &error);
	zip_t *zip = source == NULL ? NULL : zip_open_from_source(source, 0, &error);
	zip_error_fini(&error);
	if (zip == NULL) {
		zip_source_free(source);
		return zip_trouble(x);
	}
	zip_source_keep(source);
	status done = replace_parts(x, zip);
	if (done == STATUS_OK)
		done = write_comments(x, zip);
	if (done != STATUS_OK)
		zip_discard(zip);
	else if (zip_close(zip) != 0) {
		zip_discard(zip);
		done = zip_trouble(x);
	}
	if (done == STATUS_OK)
		done = read_back(x, source, out);
	zip_source_free(source);
	return done;
}

status
docx_edit(buffer *out, context *c, const document *d, const edit *edits, size_t count,
	edit_style *style)
{
	editor x = { .context = c,
		.document = d,
		.source = d->source,
		.style = style,
		.part_index = UINT32_MAX,
		.next_id = 900000000 }; /* beyond those that programs give out */
	status done = STATUS_OK;

	arena_init(&x.keep, c->memory);
	buffer_init(&x.part, c->memory, c->limits.output);
	buffer_init(&x.comments, c->memory, c->limits.output);
	for (size_t i = 0; i < count && done == STATUS_OK; i++)
		done = apply(&x, &edits[i]);
	if (done == STATUS_OK)
		done = add_notes(&x);
	if (done == STATUS_OK && x.splices.n > 1)
		qsort(x.splices.at, x.splices.n, sizeof(splice), by_place);
	if (done == STATUS_OK && x.splices.n == 0) {
		buffer_put(out, d->package);
		done = out->status;
	} else if (done == STATUS_OK)
		done = write_package(&x, out);
	ARRAY_FREE(c->memory, &x.splices);
	buffer_free(&x.part);
	buffer_free(&x.comments);
	arena_free(&x.keep);
	return done;
}
