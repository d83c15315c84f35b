/* Markdown (CommonMark with GitHub's tables, task lists and strike-through), by md4c: a block
 * for each paragraph, heading, item and cell; emphasis and links are looked through.
 *
 * Front matter, code and raw HTML are not read; a piece of code or an image inside a line
 * leaves a gap (see builder_hole), as does a call of a note. A line break inside a paragraph is
 * a space. */
#include <md4c.h>
#include <string.h>

#include "document/builder.h"
#include "document/format.h"
#include "document/gumbo.h"
#include "text/sniff.h"

typedef struct reader {
	builder b;
	references references;
	status status;
	unsigned items;     /* that are open */
	unsigned objects;   /* images that are open */
	bool in_code_block; /* or a block of HTML */
	bool broken;        /* a line ended */
	bool in_html;       /* a tag or a comment stands before the next text */
	bool hard;
	block_kind kind;
} reader;

/* The first failure stays: md4c goes on after some of them. */
static int
stop(reader *r, status s)
{
	if (r->status == STATUS_OK)
		r->status = s;
	return r->status != STATUS_OK;
}

/* The place of a piece; false for what md4c made itself. */
static bool
place_of(const reader *r, const char *p, size_t n, span *out)
{
	const char *start = r->b.in.text.p, *end = start + r->b.in.text.n;

	if (p < start || p > end || n > (size_t)(end - p))
		return false;
	out->start = (uint32_t)(p - start);
	out->end = out->start + (uint32_t)n;
	return true;
}

/* A line break, once it is known what follows: what is only white space in the file may be
 * corrected, the sign of a quotation may not. */
static status
put_break(reader *r, uint32_t until)
{
	span file = { (uint32_t)r->b.file, until };
	bool hard = r->hard;

	if (!r->broken || !r->b.open || until < r->b.file)
		return STATUS_OK;
	r->broken = r->hard = false;
	slice gap = slice_sub(r->b.in.text, file.start, file.end);
	run_kind kind = !hard && slice_trim(gap).n == 0 && gap.n != 0 ? RUN_MADE : RUN_MARKUP;
	return builder_make(&r->b, hard ? SLICE("\n") : SLICE(" "), file, kind);
}

static bool
is_note_call(slice s, size_t at, size_t *n)
{
	const char *end;

	if (at + 3 >= s.n || s.p[at] != '[' || s.p[at + 1] != '^')
		return false;
	end = memchr(s.p + at, ']', s.n - at);
	if (end == NULL || memchr(s.p + at, ' ', (size_t)(end - s.p) - at) != NULL)
		return false;
	*n = (size_t)(end - s.p) + 1 - at;
	*n += at + *n < s.n && s.p[at + *n] == ':';
	return true;
}

/* {#id} {.class} of other dialects. */
static bool
is_attribute(slice s, size_t at, size_t *n)
{
	const char *end;

	if (at + 2 >= s.n || s.p[at] != '{' || (s.p[at + 1] != '#' && s.p[at + 1] != '.'))
		return false;
	end = memchr(s.p + at, '}', s.n - at);
	*n = end == NULL ? 0 : (size_t)(end - s.p) + 1 - at;
	return end != NULL;
}

static status
put_text(reader *r, span s)
{
	slice all = slice_sub(r->b.in.text, 0, s.end);
	uint32_t from = s.start;
	size_t n;

	for (uint32_t at = s.start; at < s.end; at++) {
		bool call = is_note_call(all, at, &n);
		if (!call && !is_attribute(all, at, &n))
			continue;
		if (at > from)
			TRY(builder_put(&r->b, (span){ from, at }));
		if (call)
			builder_hole(&r->b, (span){ at, at + (uint32_t)n });
		from = at + (uint32_t)n;
		at = from - 1;
	}
	return from < s.end ? builder_put(&r->b, (span){ from, s.end }) : STATUS_OK;
}

static status
put_entity(reader *r, span s)
{
	slice meant;

	TRY(references_decode(
		&r->references, r->b.context, slice_sub(r->b.in.text, s.start, s.end), &meant));
	return meant.n == 0 ? builder_put(&r->b, s) : builder_make_text(&r->b, meant, s);
}

/* « mot <!-- note --> mot »: of the spaces on both sides of a comment or a tag one is seen. */
static span
without_second_space(reader *r, span s)
{
	slice before = buffer_slice(&r->b.text), all = r->b.in.text;

	if (r->in_html && r->b.open && before.n != 0 && before.p[before.n - 1] == ' ')
		while (s.start < s.end && all.p[s.start] == ' ')
			s.start++;
	r->in_html = false;
	return s;
}

static status
take_text(reader *r, MD_TEXTTYPE type, const char *p, size_t n)
{
	span s;

	if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
		r->broken = true;
		r->hard = type == MD_TEXT_BR;
		return STATUS_OK;
	}
	if (n == 0 || !place_of(r, p, n, &s))
		return STATUS_OK;
	if (type == MD_TEXT_HTML) {
		r->in_html = true;
		return builder_comment(&r->b, s);
	}
	if (r->in_code_block)
		return STATUS_OK;
	s = without_second_space(r, s);
	if (s.start == s.end)
		return STATUS_OK;
	if (!r->b.open)
		TRY(builder_open(&r->b, r->kind, LANGUAGE_UNKNOWN));
	TRY(put_break(r, s.start));
	if (r->objects != 0 || type == MD_TEXT_CODE || type == MD_TEXT_LATEXMATH) {
		builder_hole(&r->b, s);
		return STATUS_OK;
	}
	return type == MD_TEXT_ENTITY ? put_entity(r, s) : put_text(r, s);
}

static int
on_text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *user)
{
	reader *r = user;

	return r->status != STATUS_OK || stop(r, take_text(r, type, p, n));
}

static int
on_block(MD_BLOCKTYPE type, void *detail, void *user)
{
	reader *r = user;

	(void)detail;
	if (r->b.open && stop(r, builder_close(&r->b, NULL)))
		return 1;
	r->broken = r->hard = false;
	r->items += type == MD_BLOCK_LI;
	r->in_code_block = type == MD_BLOCK_CODE || type == MD_BLOCK_HTML;
	r->kind = type == MD_BLOCK_H                           ? BLOCK_HEADING
		  : type == MD_BLOCK_TD || type == MD_BLOCK_TH ? BLOCK_CELL
		  : r->items != 0                              ? BLOCK_ITEM
							       : BLOCK_PARAGRAPH;
	return 0;
}

static int
on_block_end(MD_BLOCKTYPE type, void *detail, void *user)
{
	reader *r = user;

	(void)detail;
	r->items -= type == MD_BLOCK_LI;
	r->in_code_block = false;
	r->broken = r->hard = false;
	r->kind = r->items != 0 ? BLOCK_ITEM : BLOCK_PARAGRAPH;
	return r->b.open ? stop(r, builder_close(&r->b, NULL)) : r->status != STATUS_OK;
}

static int
on_span(MD_SPANTYPE type, void *detail, void *user)
{
	reader *r = user;

	(void)detail;
	r->objects += type == MD_SPAN_IMG;
	return 0;
}

static int
on_span_end(MD_SPANTYPE type, void *detail, void *user)
{
	reader *r = user;

	(void)detail;
	r->objects -= type == MD_SPAN_IMG;
	return 0;
}

/* Where the text begins behind --- … --- or +++ … +++. */
static size_t
front_matter(slice text)
{
	slice rest = text, line, mark;

	if (!slice_line(&rest, &mark) || mark.n != 3 ||
		(!slice_is(mark, "---") && !slice_is(mark, "+++")))
		return 0;
	while (slice_line(&rest, &line))
		if (slice_equal(line, mark) || (mark.p[0] == '-' && slice_is(line, "...")))
			return text.n - rest.n;
	return 0;
}

static status
parse(reader *r)
{
	MD_PARSER parser = { .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH |
				      MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEAUTOLINKS,
		.enter_block = on_block,
		.leave_block = on_block_end,
		.enter_span = on_span,
		.leave_span = on_span_end,
		.text = on_text };
	slice text = slice_sub(r->b.in.text, front_matter(r->b.in.text), r->b.in.text.n);

	if (md_parse(text.p, (MD_SIZE)text.n, &parser, r) != 0 && r->status == STATUS_OK)
		return STATUS_MEMORY;
	return r->status;
}

static status
read(document *d, context *c)
{
	reader *r = memory_alloc(c->memory, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	status done = builder_begin(&r->b, c, d, SLICE(""));
	if (done == STATUS_OK)
		done = parse(r);
	if (done == STATUS_OK)
		done = builder_finish(&r->b);
	builder_abandon(&r->b);
	memory_free(c->memory, r);
	return done;
}

static int
probe(slice path, slice bytes)
{
	(void)bytes;
	return sniff_path_ends(path, ".md") || sniff_path_ends(path, ".markdown") ? 70 : 0;
}

static void
escape(buffer *out, const document *d, uint32_t at, slice with)
{
	(void)d;
	(void)at;
	for (size_t i = 0; i < with.n; i++) {
		if (strchr("\\*`<[", with.p[i]) != NULL && with.p[i] != '\0')
			buffer_put_char(out, '\\');
		buffer_put_char(out, with.p[i]);
	}
}

const format format_markdown = {
	.name = "markdown",
	.probe = probe,
	.read = read,
	.marked_up = true,
	.escape = escape,
	.locate = format_locate_heading,
};
