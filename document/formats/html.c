/* HTML, as a browser would show its text: a block for each element that begins a line, inline
 * elements looked through, white space collapsed, references decoded. Comments count when they
 * speak to paraph.
 *
 * Not read is what is no prose (script, style, code, pre, math …) and what says translate="no";
 * inside a line it leaves a gap (see builder_hole), as do images, notes' numbers and passages
 * of another language than the paragraph's. What is hidden or struck out leaves none. A lang
 * attribute is believed, except that French or English on the page as a whole is found out:
 * templates say the wrong one.
 *
 * Attributes that are prose are paragraphs of their own, before what their element shows. The
 * text has the order of the file: those inside a line that has begun are not read. */
#include <string.h>
#include <strings.h>

#include "document/builder.h"
#include "document/format.h"
#include "document/formats/html_attributes.h"
#include "document/gumbo.h"
#include "document/place.h"
#include "text/sniff.h"

typedef enum element_kind {
	INLINE,
	LINE,
	HEADING,
	ITEM,
	CELL,
	BREAK,
	NO_PROSE,
	OBJECT
} element_kind;

typedef struct level { /* of the tree, that is open */
	const GumboNode *node;
	unsigned child;
	uint8_t language; /* LANGUAGE_UNKNOWN: to be found out */
	uint8_t kind;     /* of blocks here */
	bool told;        /* the language is said, and not by the page alone */
} level;

typedef struct where { /* the element of a block */
	const char *element;
	slice attribute; /* empty: its content */
	slice id;
} where;

typedef struct reader {
	builder b;
	references references;
	ARRAY(level) levels;
	ARRAY(where) wheres; /* by block */
	where now;           /* of the open block */
	uint8_t now_language;
} reader;

static bool
is_in(GumboTag tag, const GumboTag *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == tag)
			return true;
	return false;
}
#define IS_IN(tag, list) is_in((tag), (list), sizeof(list) / sizeof(*(list)))

static element_kind
kind_of(GumboTag tag)
{
	static const GumboTag headings[] = { GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3,
		GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6, GUMBO_TAG_TITLE };
	static const GumboTag items[] = { GUMBO_TAG_LI, GUMBO_TAG_DT, GUMBO_TAG_DD };
	static const GumboTag cells[] = { GUMBO_TAG_TD, GUMBO_TAG_TH };
	static const GumboTag lines[] = { GUMBO_TAG_P, GUMBO_TAG_DIV, GUMBO_TAG_BODY,
		GUMBO_TAG_HEAD, GUMBO_TAG_HTML, GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE,
		GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER, GUMBO_TAG_NAV, GUMBO_TAG_ASIDE,
		GUMBO_TAG_FIGURE, GUMBO_TAG_FIGCAPTION, GUMBO_TAG_ADDRESS, GUMBO_TAG_MAIN,
		GUMBO_TAG_FORM, GUMBO_TAG_FIELDSET, GUMBO_TAG_LEGEND, GUMBO_TAG_SUMMARY,
		GUMBO_TAG_DETAILS, GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_DL, GUMBO_TAG_TABLE,
		GUMBO_TAG_TR, GUMBO_TAG_THEAD, GUMBO_TAG_TBODY, GUMBO_TAG_TFOOT,
		GUMBO_TAG_CAPTION, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_CENTER, GUMBO_TAG_HR,
		GUMBO_TAG_SELECT, GUMBO_TAG_OPTION, GUMBO_TAG_OPTGROUP, GUMBO_TAG_NOSCRIPT,
		GUMBO_TAG_DIR, GUMBO_TAG_MENU, GUMBO_TAG_HGROUP };
	static const GumboTag no_prose[] = { GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_PRE,
		GUMBO_TAG_TEXTAREA, GUMBO_TAG_TEMPLATE, GUMBO_TAG_IFRAME, GUMBO_TAG_XMP,
		GUMBO_TAG_LISTING, GUMBO_TAG_PLAINTEXT, GUMBO_TAG_NOEMBED, GUMBO_TAG_NOFRAMES };
	static const GumboTag objects[] = { GUMBO_TAG_CODE, GUMBO_TAG_KBD, GUMBO_TAG_SAMP,
		GUMBO_TAG_VAR, GUMBO_TAG_MATH, GUMBO_TAG_SVG, GUMBO_TAG_IMG, GUMBO_TAG_TT,
		GUMBO_TAG_OBJECT, GUMBO_TAG_CANVAS, GUMBO_TAG_VIDEO, GUMBO_TAG_AUDIO,
		GUMBO_TAG_INPUT, GUMBO_TAG_EMBED };

	return tag == GUMBO_TAG_BR    ? BREAK
	       : IS_IN(tag, headings) ? HEADING
	       : IS_IN(tag, items)    ? ITEM
	       : IS_IN(tag, cells)    ? CELL
	       : IS_IN(tag, lines)    ? LINE
	       : IS_IN(tag, no_prose) ? NO_PROSE
	       : IS_IN(tag, objects)  ? OBJECT
				      : INLINE;
}

/* ---- places ---- */

static uint32_t
place_of(const reader *r, const char *p)
{
	return (uint32_t)(p - r->b.in.text.p);
}

static span
span_of(const reader *r, GumboStringPiece s)
{
	uint32_t at = place_of(r, s.data);

	return (span){ at, at + (uint32_t)s.length };
}

/* From its start tag to its end tag; to the end of its start tag where there is no other. */
static span
whole(const reader *r, const GumboElement *e)
{
	span s = span_of(r, e->original_tag);

	if (e->original_end_tag.length != 0)
		s.end = span_of(r, e->original_end_tag).end;
	return s;
}

/* ---- attributes ---- */

static const char *
attribute(const GumboElement *e, const char *name)
{
	const GumboAttribute *a = gumbo_get_attribute(&e->attributes, name);

	return a == NULL ? NULL : a->value;
}

static bool
begins_like(slice s, const char *lower)
{
	size_t n = strlen(lower);

	s = slice_trim(s);
	return s.n >= n && strncasecmp(s.p, lower, n) == 0;
}

/* display: none in the element itself; style sheets are not read. */
static bool
is_not_displayed(const GumboElement *e)
{
	slice rest = slice_of(attribute(e, "style")), one, name, value;

	for (bool more = rest.n != 0; more;) {
		more = slice_cut(rest, ';', &one, &rest);
		if (slice_cut(one, ':', &name, &value) && begins_like(name, "display") &&
			begins_like(value, "none"))
			return true;
	}
	return false;
}

/* What belongs to no sentence: what is hidden, words that are struck out, how the characters of
 * a ruby are read. */
static bool
is_left_out(const GumboElement *e)
{
	return attribute(e, "hidden") != NULL || is_not_displayed(e) ||
	       e->tag == GUMBO_TAG_DEL || e->tag == GUMBO_TAG_RT || e->tag == GUMBO_TAG_RP;
}

static bool
is_not_read(const GumboElement *e)
{
	const char *translate = attribute(e, "translate"), *class = attribute(e, "class");

	return (translate != NULL && strcasecmp(translate, "no") == 0) ||
	       (class != NULL && strcmp(class, "notranslate") == 0);
}

static void
read_language(const GumboElement *e, level *l)
{
	const char *tag = attribute(e, "lang");
	bool page = e->tag == GUMBO_TAG_HTML || e->tag == GUMBO_TAG_BODY;

	if (tag == NULL)
		tag = attribute(e, "xml:lang");
	if (tag == NULL || tag[0] == '\0')
		return;
	language said = document_language_of(slice_of(tag));
	l->told = !page || said == LANGUAGE_OTHER;
	l->language = (uint8_t)(l->told ? said : LANGUAGE_UNKNOWN);
}

/* <sup>1</sup>, <sup><a href="#n1">(1)</a></sup>: a call of a note, or the exponent of a unit.
 */
static bool
is_note_call(const reader *r, const GumboElement *e)
{
	bool digit = false, in_tag = false;
	span s = whole(r, e);

	if (e->tag != GUMBO_TAG_SUP || e->original_end_tag.length == 0)
		return false;
	for (uint32_t i = s.start; i < s.end; i++) {
		char c = r->b.in.text.p[i];
		if (c == '<' || c == '>')
			in_tag = c == '<';
		else if (!in_tag && strchr("0123456789 ()[]*\n\r\t", c) == NULL)
			return false;
		else if (!in_tag)
			digit = digit || (c >= '0' && c <= '9') || c == '*';
	}
	return digit;
}

/* ---- text ---- */

static status
close_block(reader *r)
{
	uint32_t index;

	if (!r->b.open)
		return STATUS_OK;
	TRY(builder_close(&r->b, &index));
	if (index == UINT32_MAX)
		return STATUS_OK;
	TRY(ARRAY_RESERVE(r->b.context->memory, &r->wheres, 1));
	r->wheres.at[r->wheres.n++] = r->now;
	return STATUS_OK;
}

/* The element's own id, if it has one. */
static status
take_id(reader *r, const GumboElement *e)
{
	slice id = slice_of(attribute(e, "id"));

	return id.n == 0 ? STATUS_OK : arena_copy(&r->b.document->arena, id, &r->now.id);
}

/* The element that holds a block, and its nearest id. */
static status
find_where(reader *r)
{
	r->now = (where){ 0 };
	for (size_t i = r->levels.n; i-- > 0 && r->now.id.n == 0;) {
		const GumboElement *e = &r->levels.at[i].node->v.element;
		if (r->levels.at[i].node->type != GUMBO_NODE_ELEMENT)
			continue;
		if (r->now.element == NULL && kind_of(e->tag) != INLINE)
			r->now.element = gumbo_normalized_tagname(e->tag);
		TRY(take_id(r, e));
	}
	return STATUS_OK;
}

static status
open_block(reader *r, const level *l)
{
	static const block_kind kinds[] = { [HEADING] = BLOCK_HEADING,
		[ITEM] = BLOCK_ITEM,
		[CELL] = BLOCK_CELL,
		[OBJECT] = BLOCK_PARAGRAPH };

	if (r->b.open)
		return STATUS_OK;
	TRY(find_where(r));
	r->now_language = l->language;
	return builder_open(&r->b, kinds[l->kind], (language)l->language);
}

/* The bytes of a reference at a place; 0 when none stands there. */
static size_t
reference_length(slice s, size_t at)
{
	size_t i = at + 1;

	while (i < s.n && i - at < 40 &&
		((unsigned char)((s.p[i] | 0x20) - 'a') < 26 ||
			(s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] == '#' && i == at + 1)))
		i++;
	return i < s.n && s.p[i] == ';' && i > at + 1 ? i + 1 - at : 0;
}

static status
put_reference(reader *r, size_t at, size_t n)
{
	span file = { (uint32_t)at, (uint32_t)(at + n) };
	slice meant;

	TRY(references_decode(
		&r->references, r->b.context, slice_sub(r->b.in.text, at, at + n), &meant));
	return meant.n == 0 ? builder_put(&r->b, file) : builder_make_text(&r->b, meant, file);
}

static bool
is_letter(slice s, size_t at)
{
	return at < s.n && (unsigned char)((s.p[at] | 0x20) - 'a') < 26;
}

/* Behind the first > that stands in no value between quotation marks. */
static size_t
skip_tag(slice s, size_t at)
{
	bool value = false; /* may begin here: behind = and white space */
	char mark = '\0';   /* that ends the value; NUL: in none */

	for (; at < s.n && (mark != '\0' || s.p[at] != '>'); at++) {
		char c = s.p[at];
		if (mark != '\0')
			mark = c == mark ? '\0' : mark;
		else if (value && (c == '"' || c == '\''))
			mark = c;
		else if (value && strchr(" \t\n\r\f", c) != NULL && c != '\0')
			continue;
		value = c == '=';
	}
	return at < s.n ? at + 1 : s.n;
}

/* Where a tag or comment that gumbo passed over inside a text ends. */
static size_t
skip_markup(slice s, size_t at)
{
	const char *end;

	if (is_letter(s, at + 1) ||
		(at + 1 < s.n && s.p[at + 1] == '/' && is_letter(s, at + 2)))
		return skip_tag(s, at);
	if (at + 1 >= s.n || strchr("/!?", s.p[at + 1]) == NULL || s.p[at + 1] == '\0')
		return at;
	end = memchr(s.p + at, '>', s.n - at);
	return end == NULL ? s.n : (size_t)(end - s.p) + 1;
}

static status
put_raw(reader *r, size_t start, size_t end)
{
	return start == end ? STATUS_OK
			    : builder_put(&r->b, (span){ (uint32_t)start, (uint32_t)end });
}

static status
put_text(reader *r, span s, bool marked_up)
{
	slice all = slice_sub(r->b.in.text, 0, s.end);
	size_t from = s.start, at = s.start;

	while (at < s.end) {
		size_t n = all.p[at] == '&' ? reference_length(all, at) : 0;
		size_t behind = marked_up && all.p[at] == '<' ? skip_markup(all, at) : at;
		if (n == 0 && behind == at) {
			at++;
			continue;
		}
		TRY(put_raw(r, from, at));
		if (n != 0)
			TRY(put_reference(r, at, n));
		at = n != 0 ? at + n : behind;
		from = at;
	}
	return put_raw(r, from, at);
}

static bool
is_blank(slice s)
{
	return slice_trim(s).n == 0;
}

static status
take_text(reader *r, const level *l, const GumboNode *n)
{
	span s = span_of(r, n->v.text.original_text);

	if (s.end > r->b.in.text.n || s.start > s.end)
		return STATUS_OK;
	if (!r->b.open && is_blank(slice_sub(r->b.in.text, s.start, s.end)))
		return STATUS_OK;
	TRY(open_block(r, l));
	if (l->told && l->language != r->now_language) {
		builder_hole(&r->b, s);
		return STATUS_OK;
	}
	return put_text(r, s, true);
}

/* ---- elements ---- */

static status
take_attribute(reader *r, const level *l, const GumboElement *e, const GumboAttribute *a)
{
	span s = span_of(r, a->original_value);
	where outside;

	s = (span){ s.start + 1, s.end - 1 };
	if (s.end > r->b.in.text.n || is_blank(slice_sub(r->b.in.text, s.start, s.end)))
		return STATUS_OK;
	TRY(open_block(r, l));
	outside = r->now;
	r->now.element = gumbo_normalized_tagname(e->tag);
	TRY(take_id(r, e));
	TRY(arena_copy(&r->b.document->arena, slice_of(a->name), &r->now.attribute));
	TRY(put_text(r, s, false));
	TRY(close_block(r));
	r->now = outside;
	return STATUS_OK;
}

static status
take_attributes(reader *r, level l, const GumboElement *e)
{
	const GumboAttribute *a;

	if (r->b.open)
		return STATUS_OK;
	read_language(e, &l);
	l.kind = OBJECT;
	for (unsigned i = 0; (a = html_next_prose(e, &i)) != NULL;)
		TRY(take_attribute(r, &l, e, a));
	return STATUS_OK;
}

static status
push(reader *r, level l)
{
	TRY(ARRAY_RESERVE(r->b.context->memory, &r->levels, 1));
	r->levels.at[r->levels.n++] = l;
	return STATUS_OK;
}

static status
enter(reader *r, level l, const GumboNode *n)
{
	const GumboElement *e = &n->v.element;
	element_kind kind = kind_of(e->tag);

	if (is_left_out(e))
		return STATUS_OK;
	if (kind == BREAK)
		return r->b.open ? builder_make(&r->b, SLICE("\n"), whole(r, e), RUN_MARKUP)
				 : STATUS_OK;
	if (kind != INLINE && kind != OBJECT)
		TRY(close_block(r));
	if (!is_not_read(e))
		TRY(take_attributes(r, l, e));
	if (kind == NO_PROSE || (kind != INLINE && kind != OBJECT && is_not_read(e)))
		return STATUS_OK;
	if (kind == OBJECT || is_not_read(e) || is_note_call(r, e)) {
		if (r->b.open && e->original_tag.length != 0)
			builder_hole(&r->b, whole(r, e));
		return STATUS_OK;
	}
	l.node = n;
	l.child = 0;
	if (kind == HEADING || kind == ITEM || kind == CELL)
		l.kind = (uint8_t)kind;
	read_language(e, &l);
	return push(r, l);
}

static status
take_node(reader *r, const level *l, const GumboNode *n)
{
	switch (n->type) {
	case GUMBO_NODE_TEXT:
	case GUMBO_NODE_WHITESPACE:
	case GUMBO_NODE_CDATA:
		return take_text(r, l, n);
	case GUMBO_NODE_COMMENT:
		return builder_comment(&r->b, span_of(r, n->v.text.original_text));
	case GUMBO_NODE_ELEMENT:
		return enter(r, *l, n);
	case GUMBO_NODE_DOCUMENT:
	case GUMBO_NODE_TEMPLATE:
		break;
	}
	return STATUS_OK;
}

static const GumboVector *
children(const GumboNode *n)
{
	return n->type == GUMBO_NODE_DOCUMENT ? &n->v.document.children
					      : &n->v.element.children;
}

static status
walk(reader *r, const GumboNode *root)
{
	TRY(push(r, (level){ .node = root, .kind = OBJECT }));
	while (r->levels.n > 0) {
		level *l = &r->levels.at[r->levels.n - 1];
		const GumboVector *v = children(l->node);
		if (l->child < v->length) {
			level here = *l;
			const GumboNode *n = v->data[l->child++];
			TRY(take_node(r, &here, n));
			continue;
		}
		bool line = l->node->type == GUMBO_NODE_DOCUMENT ||
			    kind_of(l->node->v.element.tag) != INLINE;
		if (line)
			TRY(close_block(r));
		r->levels.n--;
	}
	return STATUS_OK;
}

static status
keep_wheres(reader *r, document *d)
{
	where *copy = ARENA_ARRAY(&d->arena, where, d->block_count);

	if (copy == NULL)
		return STATUS_MEMORY;
	assert(r->wheres.n == d->block_count);
	if (r->wheres.n != 0)
		memcpy(copy, r->wheres.at, r->wheres.n * sizeof(*copy));
	d->source = copy;
	return STATUS_OK;
}

static status
read_all(reader *r, document *d, context *c)
{
	char space[SNIFF_BYTES];
	slice head = sniff_head(d->bytes, space), charset = sniff_xml_charset(head);
	gumbo_tree tree;

	TRY(builder_begin(
		&r->b, c, d, charset.n != 0 ? charset : sniff_value(head, "charset")));
	r->b.white = WHITE_COLLAPSE;
	r->b.drops_soft_hyphens = true;
	status done = gumbo_tree_read(&tree, c, d->path, r->b.in.text);
	if (done == STATUS_OK)
		done = walk(r, tree.output->document);
	gumbo_tree_free(&tree);
	TRY(done);
	TRY(builder_finish(&r->b));
	return keep_wheres(r, d);
}

static status
read(document *d, context *c)
{
	reader *r = memory_alloc(c->memory, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	status done = read_all(r, d, c);
	builder_abandon(&r->b);
	ARRAY_FREE(c->memory, &r->levels);
	ARRAY_FREE(c->memory, &r->wheres);
	memory_free(c->memory, r);
	return done;
}

static bool
starts(slice s, const char *with)
{
	return s.n >= strlen(with) && strncasecmp(s.p, with, strlen(with)) == 0;
}

static int
probe(slice path, slice bytes)
{
	char space[SNIFF_BYTES];
	slice head = slice_trim(sniff_head(bytes, space));
	bool named = sniff_path_ends(path, ".html") || sniff_path_ends(path, ".htm") ||
		     sniff_path_ends(path, ".xhtml");

	if (starts(head, "<!doctype html") || starts(head, "<html"))
		return 90;
	if (starts(head, "<?xml"))
		for (size_t i = 0; i + 5 < head.n; i++)
			if (starts(slice_sub(head, i, head.n), "<html"))
				return 85;
	return named ? 80 : 0;
}

static void
locate(const document *d, size_t index, span text, location *out)
{
	const where *w = (const where *)d->source + index;

	location_text(out, "element", slice_of(w->element));
	location_text(out, "attribute", w->attribute);
	location_text(out, "id", w->id);
	format_locate_heading(d, index, text, out);
}

static slice
reference_for(char mark)
{
	switch (mark) {
	case '"':
		return SLICE("&quot;");
	case '\'':
		return SLICE("&#39;");
	default:
		return SLICE("");
	}
}

/* In an attribute, quotation marks are references, too. */
static void
escape(buffer *out, const document *d, uint32_t at, slice with)
{
	const where *w = d->source;
	size_t index = place_block(d, source_map_text(&d->map, (span){ at, at }).start);
	size_t from = 0;

	if (d->block_count == 0 || w[index].attribute.n == 0) {
		format_escape_xml(out, d, at, with);
		return;
	}
	for (size_t i = 0; i < with.n; i++) {
		slice reference = reference_for(with.p[i]);
		if (reference.n == 0)
			continue;
		format_escape_xml(out, d, at, slice_sub(with, from, i));
		buffer_put(out, reference);
		from = i + 1;
	}
	format_escape_xml(out, d, at, slice_sub(with, from, with.n));
}

const format format_html = {
	.name = "html",
	.probe = probe,
	.read = read,
	.marked_up = true,
	.escape = escape,
	.references = true,
	.locate = locate,
};
