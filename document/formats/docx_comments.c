/* The part of the comments: those that are there stay, and where there are none the part is
 * made and made known to the package. commentsExtended and its like name comments that have
 * been answered or closed; new ones need no entry there. */
#include <expat.h>
#include <stdio.h>
#include <string.h>

#include "document/formats/docx_writer.h"
#include "document/place.h"

#define PREFIX "\x01"       /* stands for the prefix of the part */
#define QUOTATION_MOST 4096 /* bytes; longer words are not quoted */

status
docx_comments_number(docx_writer *w)
{
	size_t n = w->plan.comments.n;

	w->comment_ids = ARENA_ARRAY(&w->keep, uint32_t, n);
	if (w->comment_ids == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++)
		w->comment_ids[i] = docx_new_id(w);
	return STATUS_OK;
}

/* --- at the end of a root element --- */

typedef struct root { /* of a part */
	XML_Parser parser;
	unsigned depth;
	XML_Index start, end; /* its start tag, its end tag; the same: it is empty */
	int start_n;
} root;

static void
on_start(void *user, const XML_Char *name, const XML_Char **all)
{
	root *r = user;

	(void)name, (void)all;
	if (r->depth++ == 0) {
		r->start = XML_GetCurrentByteIndex(r->parser);
		r->start_n = XML_GetCurrentByteCount(r->parser);
	}
}

static void
on_end(void *user, const XML_Char *name)
{
	root *r = user;

	(void)name;
	if (--r->depth == 0)
		r->end = XML_GetCurrentByteIndex(r->parser);
}

static status
find_root(docx_writer *w, const docx_part *p, root *r)
{
	slice s = buffer_slice(&p->bytes);

	*r = (root){ .parser = XML_ParserCreate(NULL), .end = -1 };
	if (r->parser == NULL)
		return STATUS_MEMORY;
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, on_start, on_end);
	bool sound = s.n < INT32_MAX &&
		     XML_Parse(r->parser, s.p, (int)s.n, 1) == XML_STATUS_OK && r->end > 0;
	XML_ParserFree(r->parser);
	if (sound)
		return STATUS_OK;
	return context_fail(w->context, STATUS_FORMAT, "%.*s: a damaged file: %.*s",
		"%.*s\u00A0: le fichier est abîmé\u00A0: %.*s", SLICE_ARG(w->document->path),
		SLICE_ARG(p->name));
}

static void
put_prefixed(buffer *out, slice text, slice prefix)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == *PREFIX)
			buffer_put(out, prefix);
		else
			buffer_put_char(out, text.p[i]);
}

/* <Relationships/> must be opened to hold something. */
static status
splice_end(docx_writer *w, docx_part *p, const root *r, slice text)
{
	slice all = buffer_slice(&p->bytes);
	slice tag = slice_sub(all, (size_t)r->start, (size_t)r->start + (size_t)r->start_n);
	slice prefix = docx_prefix(tag);
	bool empty = tag.n > 2 && tag.p[tag.n - 2] == '/';
	buffer b;

	buffer_init(&b, w->context->memory, w->context->limits.output);
	if (empty)
		buffer_put_char(&b, '>');
	put_prefixed(&b, text, prefix);
	if (empty) {
		size_t n = 1;
		while (n < tag.n && strchr(" />\t\r\n", tag.p[n]) == NULL)
			n++;
		buffer_printf(&b, "</%.*s>", (int)n - 1, tag.p + 1);
	}
	status done = b.status;
	uint32_t at = (uint32_t)(empty ? r->start + r->start_n - 2 : r->end);
	if (done == STATUS_OK)
		done = docx_part_splice(w, p, at, empty ? 2 : 0, buffer_slice(&b));
	buffer_free(&b);
	return done;
}

status
docx_part_append(docx_writer *w, docx_part *p, slice text)
{
	root r;

	TRY(find_root(w, p, &r));
	return splice_end(w, p, &r, text);
}

/* --- comments --- */

static void
put_paragraph(buffer *out, slice s)
{
	buffer_printf(out, "<" PREFIX "p><" PREFIX "r><" PREFIX "t xml:space=\"preserve\">");
	docx_put_escaped(out, s);
	buffer_printf(out, "</" PREFIX "t></" PREFIX "r></" PREFIX "p>");
}

/* What the words are, when the comment does not stand on them: "footnote 3: “l ’accord”". */
static void
quote(const docx_writer *w, const layout_comment *c, buffer *out)
{
	const document *d = w->document;
	bool fr = w->context->ui == LANGUAGE_FR;
	size_t before = out->n;

	place_describe(out, d, place_block(d, c->text.start), w->context->ui);
	if (out->n != before)
		buffer_printf(out, "%s: ", fr ? "\u00A0" : "");
	buffer_printf(out, fr ? "«\u00A0%.*s\u00A0»" : "“%.*s”",
		(int)(c->text.end - c->text.start), d->text.p + c->text.start);
}

static void
put_quotation(docx_writer *w, const layout_comment *c, buffer *out)
{
	buffer b;

	buffer_init(&b, w->context->memory, QUOTATION_MOST);
	quote(w, c, &b);
	if (b.status == STATUS_OK)
		put_paragraph(out, buffer_slice(&b));
	else if (b.status == STATUS_MEMORY)
		out->status = STATUS_MEMORY;
	buffer_free(&b);
}

void
docx_comment_text(const docx_writer *w, const layout_comment *c, buffer *out)
{
	if (c->apart) {
		quote(w, c, out);
		buffer_put_char(out, '\n');
	}
	buffer_put(out, c->said);
}

static void
put_comment(docx_writer *w, size_t i, buffer *out)
{
	const layout_comment *c = &w->plan.comments.at[i];
	slice rest = c->said, line;

	buffer_printf(out, "<" PREFIX "comment " PREFIX "id=\"%u\" " PREFIX "author=\"",
		w->comment_ids[i]);
	docx_put_escaped(out, slice_of(w->style->author));
	buffer_printf(
		out, "\" " PREFIX "date=\"%s\" " PREFIX "initials=\"p\">", w->style->date);
	if (c->apart)
		put_quotation(w, c, out);
	while (slice_line(&rest, &line))
		put_paragraph(out, line);
	buffer_printf(out, "</" PREFIX "comment>");
}

static status
put_comments(docx_writer *w, buffer *out)
{
	for (size_t i = 0; i < w->plan.comments.n; i++)
		put_comment(w, i, out);
	return out->status;
}

/* --- a new part --- */

static const char *
word_space(const docx_writer *w)
{
	return w->reading.is_strict
		       ? "http://purl.oclc.org/ooxml/wordprocessingml/main"
		       : "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
}

static const char *
relation_type(const docx_writer *w)
{
	return w->reading.is_strict
		       ? "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
		       : "http://schemas.openxmlformats.org/officeDocument/2006/"
			 "relationships/comments";
}

/* "word/comments.xml", or the first name like it that is free. */
static status
free_name(docx_writer *w, slice *name)
{
	slice body = w->reading.body;
	size_t folder = body.n;
	char path[1024];

	while (folder > 0 && body.p[folder - 1] != '/')
		folder--;
	for (unsigned i = 0; i < 1000; i++) {
		int n = i == 0 ? snprintf(path, sizeof(path), "%.*scomments.xml", (int)folder,
					 body.p)
			       : snprintf(path, sizeof(path), "%.*scomments%u.xml", (int)folder,
					 body.p, i);
		if (!package_has(&w->package, path))
			return arena_copy(&w->keep, (slice){ path, (size_t)n }, name);
	}
	return STATUS_FORMAT;
}

static status
printf_append(docx_writer *w, docx_part *p, const char *format, slice a, const char *b)
{
	buffer text;

	buffer_init(&text, w->context->memory, 8192);
	buffer_printf(&text, format, SLICE_ARG(a), b);
	status done = text.status;
	if (done == STATUS_OK)
		done = docx_part_append(w, p, buffer_slice(&text));
	buffer_free(&text);
	return done;
}

static status
announce_type(docx_writer *w, slice name)
{
	docx_part *types;
	size_t n = name.n;
	status done = docx_part_open(w, SLICE("[Content_Types].xml"), &types);

	if (done == STATUS_NOT_FOUND)
		return context_fail(w->context, STATUS_FORMAT,
			"%.*s: a damaged file: [Content_Types].xml is missing",
			"%.*s\u00A0: le fichier est abîmé\u00A0: il manque [Content_Types].xml",
			SLICE_ARG(w->document->path));
	TRY(done);
	/* A type may be left over from a part that was taken out. */
	slice all = buffer_slice(&types->bytes);
	for (size_t i = 0; i + n + 2 <= all.n; i++)
		if (all.p[i] == '/' && memcmp(all.p + i + 1, name.p, n) == 0 &&
			all.p[i + 1 + n] == '"')
			return STATUS_OK;
	return printf_append(w, types,
		"<" PREFIX "Override PartName=\"/%.*s\" ContentType=\"application/"
		"vnd.openxmlformats-officedocument.wordprocessingml.comments+xml\"/>%s",
		name, "");
}

static bool
holds(slice s, slice what)
{
	for (size_t i = 0; i + what.n <= s.n; i++)
		if (memcmp(s.p + i, what.p, what.n) == 0)
			return true;
	return false;
}

static status
announce_relation(docx_writer *w, slice name)
{
	docx_part *relations;
	char id[64] = "rParaphComments", more[400];
	status done = docx_part_open(w, w->reading.relations, &relations);

	if (done == STATUS_NOT_FOUND) {
		TRY(docx_part_add(w, w->reading.relations, &relations));
		buffer_put(&relations->bytes,
			SLICE("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
			      "<Relationships xmlns=\"http://schemas.openxmlformats.org/"
			      "package/2006/relationships\"></Relationships>"));
		done = relations->bytes.status;
	}
	TRY(done);
	for (unsigned i = 1; holds(buffer_slice(&relations->bytes), slice_of(id)); i++)
		snprintf(id, sizeof(id), "rParaphComments%u", i);
	snprintf(more, sizeof(more), "\" Type=\"%s\" Id=\"%s\"/>", relation_type(w), id);
	return printf_append(
		w, relations, "<" PREFIX "Relationship Target=\"/%.*s%s", name, more);
}

static status
make_part(docx_writer *w, docx_part **out)
{
	slice name;

	TRY(free_name(w, &name));
	TRY(docx_part_add(w, name, out));
	buffer_printf(&(*out)->bytes,
		"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
		"<w:comments xmlns:w=\"%s\"></w:comments>",
		word_space(w));
	TRY((*out)->bytes.status);
	TRY(announce_type(w, name));
	return announce_relation(w, name);
}

status
docx_comments_write(docx_writer *w)
{
	docx_part *p;
	buffer text;

	if (w->plan.comments.n == 0)
		return STATUS_OK;
	if (w->reading.comments.n == 0)
		TRY(make_part(w, &p));
	else
		TRY(docx_part_open(w, w->reading.comments, &p));
	TRY(docx_renumber_part(w, p, NULL, 0));
	buffer_init(&text, w->context->memory, w->context->limits.output);
	status done = put_comments(w, &text);
	if (done == STATUS_OK)
		done = docx_part_append(w, p, buffer_slice(&text));
	buffer_free(&text);
	return done;
}
