/* OpenDocument text (.odt), as LibreOffice shows it with all changes accepted: body, tables,
 * notes, text boxes, headers and footers, a block for each paragraph, heading, item and cell.
 *
 * White space collapses, but for <text:s/>; what is deleted stands in a list that is not read;
 * annotations, forms, hidden text and the sources of indexes are left out. What a field shows
 * is text that no correction touches. Prefixes of names are those that every program writes. */
#include "document/formats/odt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/package.h"
#include "base/xml.h"
#include "document/builder.h"
#include "document/format.h"
#include "document/formats/odt_lists.h"
#include "document/formats/odt_pages.h"
#include "document/number.h"
#include "text/find.h"
#include "text/utf8.h"

#define SPACES_MOST 1000 /* that one element may stand for */
#define LABEL_MOST 256

typedef struct reader {
	builder b;
	xml_reader xml;
	document *document;
	odt_source *source;
	ARRAY(odt_style) styles;
	ARRAY(odt_block) blocks;
	ARRAY(block_place) places; /* by block */
	ARRAY(odt_margin) margins;
	ARRAY(slice) hidden; /* names of styles of hidden text */
	ARRAY(slice) spans;  /* that are open in the paragraph */
	arena keep;
	slice style; /* in the definitions: the name of the one in hand */
	/* of the reading */
	bool in_styles;
	size_t level, wanted, deepest; /* of notes and text boxes */
	size_t skip;                   /* depth of what is passed over; 0: nothing */
	size_t paragraph;              /* depth of the open paragraph; 0: none */
	size_t outer_paragraphs;       /* that are open below the wanted level */
	size_t drawing;                /* depth of the outermost drawing */
	uint32_t drawing_start;
	size_t field; /* depth of the field in hand */
	uint32_t field_start;
	buffer shown;              /* by the field */
	size_t cells, items, text; /* open table cells, list items, office:text */
	size_t margin;             /* depth of the header or footer in hand */
	block_part part;
	block_part parts[ODT_LEVELS + 1]; /* by level */
	odt_lists lists;
	odt_pages pages;
	uint32_t page; /* of the first character of the paragraph in hand */
	bool pages_sound;
	slice meta, settings; /* the parts */
	buffer label;         /* of the paragraph in hand, as shown */
	number_path path;
	uint32_t heading; /* of the section: number of a block, from 1 */
	bool anchored;
	uint32_t anchor;
	bool in_prelude; /* of office:text: forms and the list of changes */
} reader;

static bool
is(const char *name, const char *wanted)
{
	return strcmp(name, wanted) == 0;
}

static uint32_t
here(const reader *r)
{
	return (uint32_t)xml_at(&r->xml);
}

static uint32_t
behind(const reader *r)
{
	return here(r) + (uint32_t)xml_size(&r->xml);
}

/* ---- what is where ---- */

static const char *const looked_through[] = { "text:span", "text:a", "text:meta", "text:ruby",
	"text:ruby-base", "text:bookmark", "text:bookmark-start", "text:bookmark-end",
	"text:reference-mark", "text:reference-mark-start", "text:reference-mark-end",
	"text:change", "text:change-start", "text:change-end", "text:soft-page-break",
	"text:meta-field", "text:toc-mark-start", "text:toc-mark-end", "text:toc-mark",
	"text:alphabetical-index-mark", "text:alphabetical-index-mark-start",
	"text:alphabetical-index-mark-end", "text:user-index-mark", "text:note",
	"text:note-body", "text:list", "text:list-item", "text:p", "text:h", "text:section",
	NULL };

static const char *const passed_over[] = { "text:tracked-changes", "office:annotation",
	"office:annotation-end", "text:note-citation", "office:forms", "text:number",
	"text:ruby-text", "svg:title", "svg:desc", "office:event-listeners", "text:hidden-text",
	"text:hidden-paragraph", "draw:object", "draw:object-ole", "draw:image",
	"office:scripts", "text:notes-configuration", "text:script", "presentation:notes",
	NULL };

static bool
is_passed_over(const char *name)
{
	return slice_is_one_of(slice_of(name), passed_over) ||
	       (strncmp(name, "text:", 5) == 0 && slice_ends(slice_of(name), SLICE("-source")));
}

static bool
is_hidden_style(const reader *r, const char *name)
{
	for (size_t i = 0; name != NULL && i < r->hidden.n; i++)
		if (slice_is(r->hidden.at[i], name))
			return true;
	return false;
}

/* ---- styles ---- */

static status
start_style(reader *r, const char *name, const char **attributes)
{
	const char *style = xml_attribute(attributes, "style:name");
	const char *display = xml_attribute(attributes, "text:display");

	if (is(name, "style:style"))
		return arena_copy(&r->keep, slice_of(style), &r->style);
	if (!is(name, "style:text-properties") || display == NULL || !is(display, "none"))
		return STATUS_OK;
	TRY(ARRAY_RESERVE(r->b.context->memory, &r->hidden, 1));
	r->hidden.at[r->hidden.n++] = r->style;
	return STATUS_OK;
}

/* The innermost span from here on. */
static status
note_style(reader *r)
{
	slice name = r->spans.n == 0 ? SLICE("") : r->spans.at[r->spans.n - 1];

	TRY(ARRAY_RESERVE(r->b.context->memory, &r->styles, 1));
	r->styles.at[r->styles.n++] = (odt_style){ (uint32_t)r->b.text.n, name };
	return STATUS_OK;
}

static status
start_span(reader *r, const char **attributes)
{
	slice name;

	TRY(arena_copy(&r->document->arena,
		slice_of(xml_attribute(attributes, "text:style-name")), &name));
	TRY(ARRAY_RESERVE(r->b.context->memory, &r->spans, 1));
	r->spans.at[r->spans.n++] = name;
	return note_style(r);
}

/* ---- paragraphs ---- */

/* Is what is being read text of the wanted level, in a place that has text? */
static bool
is_read(const reader *r)
{
	return r->level == r->wanted && (r->text != 0 || r->margin != 0);
}

/* The number that is shown before it. */
static status
count_paragraph(reader *r, const char *name, const char **attributes)
{
	const char *level = xml_attribute(attributes, "text:outline-level");
	int outline = !is(name, "text:h") ? 0
		      : level == NULL     ? 1
					  : (int)strtol(level, NULL, 10);

	buffer_clear(&r->label);
	status done = odt_lists_count(&r->lists, attributes, outline, &r->label);
	if (done == STATUS_LIMIT) {
		buffer_clear(&r->label);
		return STATUS_OK;
	}
	return done;
}

static status
put_number(reader *r, const block *b, slice *out)
{
	buffer number;

	buffer_init(&number, r->b.context->memory, LABEL_MOST);
	number_block asked = { .label = buffer_slice(&r->label),
		.text = slice_sub(buffer_slice(&r->b.text), b->text.start, b->text.end),
		.is_item = r->lists.depth != 0,
		.is_heading = b->kind == BLOCK_HEADING,
		.alone = r->part != PART_BODY || r->cells != 0 };
	status done = number_of_block(&r->path, asked, &number);
	if (done == STATUS_OK && number.n != 0)
		done = arena_copy(&r->document->arena, buffer_slice(&number), out);
	buffer_free(&number);
	return done == STATUS_LIMIT ? STATUS_OK : done;
}

static status
add_place(reader *r, uint32_t index)
{
	const block *b = &r->b.blocks.at[index];
	bool body = r->part == PART_BODY;
	block_place place = { .part = (uint8_t)r->part, .page = r->in_styles ? 0 : r->page };

	if (body)
		place.heading = r->heading;
	TRY(put_number(r, b, &place.number));
	TRY(ARRAY_RESERVE(r->b.context->memory, &r->places, 1));
	r->places.at[r->places.n++] = place;
	if (b->kind == BLOCK_HEADING && body)
		r->heading = index + 1;
	return STATUS_OK;
}

static status
start_paragraph(reader *r, const char *name, const char **attributes)
{
	bool note = r->part == PART_FOOTNOTE || r->part == PART_ENDNOTE;
	block_kind kind = note                 ? BLOCK_NOTE
			  : is(name, "text:h") ? BLOCK_HEADING
			  : r->cells != 0      ? BLOCK_CELL
			  : r->items != 0      ? BLOCK_ITEM
					       : BLOCK_PARAGRAPH;

	if (is_hidden_style(r, xml_attribute(attributes, "text:style-name"))) {
		r->skip = r->xml.depth;
		return STATUS_OK;
	}
	if (r->level < r->wanted)
		r->outer_paragraphs++;
	if (!is_read(r) || r->paragraph != 0)
		return STATUS_OK;
	r->paragraph = r->xml.depth;
	r->page = r->pages.page;
	r->spans.n = 0;
	TRY(count_paragraph(r, name, attributes));
	TRY(builder_open(&r->b, kind, LANGUAGE_UNKNOWN));
	return note_style(r);
}

static status
end_paragraph(reader *r)
{
	uint32_t index;

	r->paragraph = 0;
	TRY(builder_close(&r->b, &index));
	if (index == UINT32_MAX)
		return STATUS_OK;
	TRY(ARRAY_RESERVE(r->b.context->memory, &r->blocks, 1));
	r->blocks.at[r->blocks.n++] = (odt_block){ r->anchored, r->anchor };
	return add_place(r, index);
}

static status
put_spaces(reader *r, const char **attributes)
{
	const char *count = xml_attribute(attributes, "text:c");
	long n = count == NULL ? 1 : strtol(count, NULL, 10);
	span file = { here(r), behind(r) };
	buffer spaces;

	n = n < 0 ? 0 : n > SPACES_MOST ? SPACES_MOST : n;
	buffer_init(&spaces, r->b.context->memory, SPACES_MOST);
	for (long i = 0; i < n; i++)
		buffer_put_char(&spaces, ' ');
	status done = spaces.status;
	if (done == STATUS_OK)
		done = builder_make(&r->b, buffer_slice(&spaces), file, RUN_MADE);
	buffer_free(&spaces);
	r->b.solid = r->b.text.n;
	return done;
}

static status
put_sign(reader *r, slice sign)
{
	TRY(builder_make(&r->b, sign, (span){ here(r), behind(r) }, RUN_MARKUP));
	r->b.solid = r->b.text.n;
	return STATUS_OK;
}

static status
start_inside(reader *r, const char *name, const char **attributes)
{
	if (r->field != 0)
		return STATUS_OK;
	if (is(name, "text:s"))
		return put_spaces(r, attributes);
	if (is(name, "text:tab"))
		return put_sign(r, SLICE("\t"));
	if (is(name, "text:line-break"))
		return put_sign(r, SLICE("\n"));
	if (is(name, "text:span")) {
		if (is_hidden_style(r, xml_attribute(attributes, "text:style-name")))
			r->skip = r->xml.depth;
		else
			return start_span(r, attributes);
	} else if (strncmp(name, "text:", 5) == 0 &&
		   !slice_is_one_of(slice_of(name), looked_through)) {
		r->field = r->xml.depth;
		r->field_start = here(r);
		buffer_clear(&r->shown);
	}
	return STATUS_OK;
}

static status
end_field(reader *r)
{
	slice shown = buffer_slice(&r->shown);

	r->field = 0;
	TRY(r->shown.status);
	return builder_make(&r->b, shown, (span){ r->field_start, behind(r) }, RUN_MARKUP);
}

/* ---- elements ---- */

/* Always, or as the condition was when the file was saved. */
static bool
is_hidden_section(const char **attributes)
{
	const char *display = xml_attribute(attributes, "text:display");
	const char *hidden = xml_attribute(attributes, "text:is-hidden");

	return display != NULL &&
	       (is(display, "none") ||
		       (is(display, "condition") && hidden != NULL && is(hidden, "true")));
}

/* A note or text box: what is in it is of the next level. */
static bool
is_hung(const char *name)
{
	return is(name, "text:note") || is(name, "draw:text-box") ||
	       is(name, "draw:custom-shape");
}

static void
start_hung(reader *r, const char *name, const char **attributes)
{
	const char *class = xml_attribute(attributes, "text:note-class");

	if (r->level == 0) {
		r->anchored = r->outer_paragraphs != 0;
		r->anchor = r->drawing != 0 ? r->drawing_start : here(r);
	}
	r->level++;
	if (r->level > r->deepest)
		r->deepest = r->level;
	if (r->level <= ODT_LEVELS)
		r->parts[r->level] = !is(name, "text:note")                  ? PART_BOX
				     : class != NULL && is(class, "endnote") ? PART_ENDNOTE
									     : PART_FOOTNOTE;
	r->part = r->parts[r->level < ODT_LEVELS ? r->level : ODT_LEVELS];
}

/* Where the list of changes is, or would be. */
static void
note_changes(reader *r, const char *name)
{
	odt_source *s = r->source;

	if (is(name, "office:text"))
		s->changes.at = behind(r);
	else if (r->in_prelude && !is(name, "office:forms") &&
		 !is(name, "text:tracked-changes"))
		r->in_prelude = false;
}

static status
start_margin(reader *r, block_part part)
{
	uint32_t at = behind(r);

	r->margin = r->xml.depth;
	r->part = part;
	TRY(ARRAY_RESERVE(r->b.context->memory, &r->margins, 1));
	r->margins.at[r->margins.n++] = (odt_margin){ .start = at, .changes = { .at = at } };
	return STATUS_OK;
}

/* Of the body, where it is read for itself or for what hangs on it. */
static void
count_pages(reader *r, const char *name, const char **attributes)
{
	if (is(name, "text:soft-page-break")) {
		odt_pages_soft(&r->pages);
		if (r->paragraph != 0 && r->b.text.n == r->b.now.text.start)
			r->page = r->pages.page;
	} else if (is(name, "office:text"))
		odt_pages_text(&r->pages, attributes);
	else if (r->cells == 0 && (is(name, "text:p") || is(name, "text:h")))
		odt_pages_paragraph(&r->pages, attributes);
	else if (r->cells == 0 && is(name, "table:table"))
		odt_pages_table(&r->pages, attributes);
	else if (r->cells == 0 && is(name, "table:table-row"))
		odt_pages_row(&r->pages, true);
	else if (r->cells == 0 && is(name, "table:table-cell"))
		odt_pages_cell(&r->pages, true);
}

static status
start_element(reader *r, const char *name, const char **attributes)
{
	if (!r->in_styles && r->level == 0)
		count_pages(r, name, attributes);
	if (!r->in_styles && r->wanted == 0 && (r->in_prelude || is(name, "office:text")))
		note_changes(r, name);
	if (is(name, "office:text"))
		r->in_prelude = ++r->text != 0;
	else if (r->in_styles && r->margin == 0 && strncmp(name, "style:header", 12) == 0 &&
		 strstr(name, "style:header-style") == NULL) {
		TRY(start_margin(r, PART_HEADER));
	} else if (r->in_styles && r->margin == 0 && strncmp(name, "style:footer", 12) == 0 &&
		   strstr(name, "style:footer-style") == NULL) {
		TRY(start_margin(r, PART_FOOTER));
	} else if (is(name, "table:table-cell"))
		r->cells++;
	else if (is(name, "text:list-item"))
		r->items++;
	else if (is(name, "text:section") && is_hidden_section(attributes))
		r->skip = r->xml.depth;
	if (is_hung(name))
		start_hung(r, name, attributes);
	else if (is(name, "text:p") || is(name, "text:h"))
		return start_paragraph(r, name, attributes);
	else if (r->paragraph != 0 && r->level == r->wanted)
		return start_inside(r, name, attributes);
	return STATUS_OK;
}

static status
start_list(reader *r, const char *name, const char **attributes)
{
	if (is(name, "text:list"))
		return odt_lists_begin(&r->lists, attributes);
	if (is(name, "text:list-item") || is(name, "text:list-header"))
		return odt_lists_item(&r->lists, attributes, is(name, "text:list-header"));
	return STATUS_OK;
}

/* A field that hides the paragraph that it stands in. */
static bool
hides_paragraph(const reader *r, const char *name, const char **attributes)
{
	const char *hidden = xml_attribute(attributes, "text:is-hidden");

	return r->paragraph != 0 && r->level == r->wanted && hidden != NULL &&
	       is(hidden, "true") && is(name, "text:hidden-paragraph");
}

static status
define(reader *r, const char *name, const char **attributes)
{
	if (strncmp(name, "style:", 6) == 0)
		TRY(start_style(r, name, attributes));
	if (r->text != 0)
		return STATUS_OK;
	TRY(odt_pages_define(&r->pages, name, attributes));
	return odt_lists_define(&r->lists, name, attributes);
}

/* With what stands in it before the field. */
static void
drop_paragraph(reader *r)
{
	uint32_t start = r->b.now.text.start;

	builder_drop(&r->b);
	while (r->styles.n != 0 && r->styles.at[r->styles.n - 1].text >= start)
		r->styles.n--;
	r->skip = r->paragraph;
}

static status
on_start(void *user, const char *name, const char **attributes)
{
	reader *r = user;

	if (r->skip != 0)
		return STATUS_OK;
	/* Once: those of styles.xml are known, and content.xml is read again for its notes. */
	if (!r->in_styles && r->wanted == 0)
		TRY(define(r, name, attributes));
	if (is_read(r))
		TRY(start_list(r, name, attributes));
	if (r->drawing == 0 && r->level == 0 && strncmp(name, "draw:", 5) == 0) {
		r->drawing = r->xml.depth;
		r->drawing_start = here(r);
	}
	if (hides_paragraph(r, name, attributes)) {
		drop_paragraph(r);
		return STATUS_OK;
	}
	if (is_passed_over(name)) {
		r->skip = r->xml.depth;
		return STATUS_OK;
	}
	return start_element(r, name, attributes);
}

static void
end_changes(reader *r, const char *name)
{
	bool body = !r->in_styles && r->wanted == 0 && r->in_prelude;
	odt_list_place *place =
		r->margin != 0 ? &r->margins.at[r->margins.n - 1].changes : &r->source->changes;

	if (body && is(name, "office:forms"))
		place->at = behind(r);
	if ((body || r->margin != 0) && is(name, "text:tracked-changes") &&
		xml_size(&r->xml) != 0)
		*place = (odt_list_place){ here(r), true };
}

static status
end_element(reader *r, const char *name, size_t depth)
{
	odt_lists_defined(&r->lists, name);
	if (is(name, "text:list") && is_read(r))
		odt_lists_end(&r->lists);
	if (r->field == depth)
		return end_field(r);
	if (r->paragraph == depth)
		return end_paragraph(r);
	if (is_hung(name)) {
		r->level--;
		r->part = r->parts[r->level < ODT_LEVELS ? r->level : ODT_LEVELS];
		return STATUS_OK;
	}
	if (is(name, "text:span") && r->paragraph != 0 && r->level == r->wanted &&
		r->field == 0 && r->spans.n != 0) {
		r->spans.n--;
		return note_style(r);
	}
	if ((is(name, "text:p") || is(name, "text:h")) && r->level < r->wanted)
		r->outer_paragraphs--;
	r->cells -= is(name, "table:table-cell");
	if (r->cells == 0 && r->level == 0 && !r->in_styles) {
		if (is(name, "table:table-cell"))
			odt_pages_cell(&r->pages, false);
		else if (is(name, "table:table-row"))
			odt_pages_row(&r->pages, false);
	}
	r->items -= is(name, "text:list-item");
	r->text -= is(name, "office:text");
	if (r->margin == depth) {
		r->margins.at[r->margins.n - 1].end = here(r);
		r->margin = 0;
		r->part = PART_BODY;
	}
	return STATUS_OK;
}

static status
on_end(void *user, const char *name)
{
	reader *r = user;
	size_t depth = r->xml.depth + 1;

	if (r->skip != 0) {
		if (r->skip == depth) {
			r->skip = 0;
			r->drawing = r->drawing == depth ? 0 : r->drawing;
			end_changes(r, name);
		}
		return r->skip == 0 && r->paragraph == depth ? end_paragraph(r) : STATUS_OK;
	}
	if (r->drawing == depth)
		r->drawing = 0;
	return end_element(r, name, depth);
}

static status
on_text(void *user, slice s)
{
	reader *r = user;
	span file = { here(r), behind(r) };

	if (r->skip != 0 || r->paragraph == 0 || r->level != r->wanted)
		return STATUS_OK;
	if (r->field != 0) {
		buffer_put(&r->shown, s);
		return r->shown.status;
	}
	if (file.end - file.start == s.n && file.end <= r->b.in.text.n &&
		memcmp(r->b.in.text.p + file.start, s.p, s.n) == 0)
		return builder_put(&r->b, file);
	return builder_make_text(&r->b, s, file);
}

/* ---- parts ---- */

static status
read_once(reader *r, slice part, const char *part_name)
{
	static const xml_events events = { on_start, on_end, on_text, NULL };
	odt_source *s = r->source;
	char name[512];
	stream in;

	s->readings[s->reading_count++] = (odt_reading){ (uint32_t)r->b.origin, r->in_styles };
	slice path = r->document->path;
	snprintf(name, sizeof(name), "%.*s: %s", (int)(path.n < 400 ? path.n : 400), path.p,
		part_name);
	r->b.in.text = part;
	r->b.white = WHITE_COLLAPSE;
	r->level = r->skip = r->paragraph = r->outer_paragraphs = r->field = 0;
	r->cells = r->items = r->text = r->margin = r->drawing = 0;
	r->part = r->parts[0] = PART_BODY;
	r->heading = 0;
	r->lists.depth = 0;
	odt_pages_begin(&r->pages);
	r->anchored = r->in_prelude = false;
	r->xml.utf8 = true;
	stream_of_bytes(&in, r->b.context, name, part);
	status done = xml_read(&r->xml, &in, &events, r);
	stream_close(&in);
	return done;
}

static status
read_content(reader *r)
{
	slice content = r->source->content;

	r->in_styles = false;
	do {
		TRY(read_once(r, content, "content.xml"));
		if (r->wanted == 0)
			r->pages_sound = odt_pages_are_sound(&r->pages, r->meta, r->settings);
		r->b.origin += content.n;
		r->wanted++;
	} while (r->wanted <= r->deepest && r->wanted < ODT_LEVELS);
	r->b.origin -= content.n;
	return STATUS_OK;
}

static status
read_styles(reader *r)
{
	if (r->source->styles.n == 0)
		return STATUS_OK;
	r->b.origin += r->source->content.n;
	r->in_styles = true;
	r->wanted = 0;
	return read_once(r, r->source->styles, "styles.xml");
}

/* A part, on the arena; UTF-8, as every program writes it. */
static status
load(reader *r, package *p, const char *part, slice *out)
{
	buffer bytes;
	utf8_facts facts;

	buffer_init(&bytes, r->b.context->memory, r->b.context->limits.file);
	status done = package_read(p, part, &bytes);
	slice s = buffer_slice(&bytes);
	if (done == STATUS_OK &&
		(utf8_check(s, &facts) != s.n || s.n > INT32_MAX / ODT_READINGS))
		done = context_fail(r->b.context, STATUS_FORMAT, "%.*s: %s: not UTF-8",
			"%.*s\u00A0: %s\u00A0: pas en UTF-8", SLICE_ARG(r->document->path),
			part);
	if (done == STATUS_OK)
		done = arena_copy(&r->document->arena, s, out);
	buffer_free(&bytes);
	return done;
}

static status
refuse(const reader *r, const char *en, const char *fr)
{
	return context_fail(r->b.context, STATUS_FORMAT, "%.*s: %s", "%.*s\u00A0: %s",
		SLICE_ARG(r->document->path), r->b.context->ui == LANGUAGE_FR ? fr : en);
}

static status
on_no_text(void *user, slice s)
{
	(void)user;
	(void)s;
	return STATUS_OK;
}

static status
on_style(void *user, const char *name, const char **attributes)
{
	reader *r = user;

	if (strncmp(name, "style:", 6) == 0)
		TRY(start_style(r, name, attributes));
	TRY(odt_pages_define(&r->pages, name, attributes));
	return odt_lists_define(&r->lists, name, attributes);
}

static status
on_style_end(void *user, const char *name)
{
	reader *r = user;

	odt_lists_defined(&r->lists, name);
	return STATUS_OK;
}

/* What is hidden, and how lists are numbered, before any text. */
static status
read_definitions(reader *r)
{
	static const xml_events events = { on_style, on_style_end, on_no_text, NULL };
	xml_reader x = { .utf8 = true };
	stream in;

	if (r->source->styles.n == 0)
		return STATUS_OK;
	stream_of_bytes(&in, r->b.context, r->document->path.p, r->source->styles);
	status done = xml_read(&x, &in, &events, r);
	stream_close(&in);
	return done;
}

/* One that a text can do without, for nothing but its pages. */
static status
load_if_sound(reader *r, package *p, const char *part, slice *out)
{
	status done = load(r, p, part, out);

	return done == STATUS_MEMORY ? done : STATUS_OK;
}

static status
load_parts(reader *r)
{
	slice manifest = SLICE("");
	package p;

	TRY(package_open(&p, r->b.context, r->document->path.p, r->document->bytes));
	status done = load(r, &p, "META-INF/manifest.xml", &manifest);
	if (done == STATUS_NOT_FOUND)
		done = STATUS_OK;
	if (done == STATUS_OK && text_find(manifest, 0, SLICE("encryption-data")) != manifest.n)
		done = refuse(r, "encrypted; save it without a password",
			"chiffré\u00A0; enregistrez-le sans mot de passe");
	if (done == STATUS_OK)
		done = load(r, &p, "content.xml", &r->source->content);
	if (done == STATUS_NOT_FOUND)
		done = refuse(r, "content.xml is missing", "content.xml manque");
	if (done == STATUS_OK)
		done = load(r, &p, "styles.xml", &r->source->styles);
	if (done == STATUS_OK || done == STATUS_NOT_FOUND)
		done = load_if_sound(r, &p, "meta.xml", &r->meta);
	if (done == STATUS_OK)
		done = load_if_sound(r, &p, "settings.xml", &r->settings);
	package_close(&p);
	return done;
}

static status
keep(reader *r)
{
	document *d = r->document;
	odt_source *s = r->source;
	odt_style *styles = ARENA_ARRAY(&d->arena, odt_style, r->styles.n);
	odt_block *blocks = ARENA_ARRAY(&d->arena, odt_block, r->blocks.n);
	block_place *places = ARENA_ARRAY(&d->arena, block_place, r->places.n);
	odt_margin *margins = ARENA_ARRAY(&d->arena, odt_margin, r->margins.n);

	if (styles == NULL || blocks == NULL || places == NULL || margins == NULL)
		return STATUS_MEMORY;
	if (r->margins.n != 0)
		memcpy(margins, r->margins.at, r->margins.n * sizeof(*margins));
	s->margins = margins;
	s->margin_count = r->margins.n;
	if (r->places.n != 0)
		memcpy(places, r->places.at, r->places.n * sizeof(*places));
	for (size_t i = 0; i < r->places.n && !r->pages_sound; i++)
		places[i].page = 0;
	d->places = places;
	if (r->styles.n != 0)
		memcpy(styles, r->styles.at, r->styles.n * sizeof(*styles));
	if (r->blocks.n != 0)
		memcpy(blocks, r->blocks.at, r->blocks.n * sizeof(*blocks));
	s->style = styles;
	s->style_count = r->styles.n;
	s->blocks = blocks;
	s->map = d->map;
	d->map = (source_map){ 0 };
	d->source = s;
	d->package = d->bytes;
	d->bytes = d->text;
	return STATUS_OK;
}

static status
read_all(reader *r)
{
	TRY(load_parts(r));
	TRY(read_definitions(r));
	TRY(read_content(r));
	TRY(read_styles(r));
	TRY(builder_finish(&r->b));
	return keep(r);
}

static status
read(document *d, context *c)
{
	reader *r = memory_alloc(c->memory, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->document = d;
	r->source = ARENA_NEW(&d->arena, odt_source);
	arena_init(&r->keep, c->memory);
	buffer_init(&r->shown, c->memory, c->limits.paragraph);
	buffer_init(&r->label, c->memory, LABEL_MOST);
	r->lists.keep = &r->keep;
	r->lists.memory = c->memory;
	r->pages.keep = &r->keep;
	r->pages.memory = c->memory;
	builder_begin_parts(&r->b, c, d);
	r->b.drops_soft_hyphens = true;
	status done = r->source == NULL ? STATUS_MEMORY : read_all(r);
	builder_abandon(&r->b);
	buffer_free(&r->shown);
	buffer_free(&r->label);
	odt_lists_free(&r->lists);
	odt_pages_free(&r->pages);
	ARRAY_FREE(c->memory, &r->places);
	ARRAY_FREE(c->memory, &r->styles);
	ARRAY_FREE(c->memory, &r->blocks);
	ARRAY_FREE(c->memory, &r->margins);
	ARRAY_FREE(c->memory, &r->hidden);
	ARRAY_FREE(c->memory, &r->spans);
	arena_free(&r->keep);
	memory_free(c->memory, r);
	return done;
}

/* The first part of the zip file says what it is. */
static int
probe(slice path, slice bytes)
{
	slice head = slice_sub(bytes, 0, bytes.n < 160 ? bytes.n : 160);
	slice type = SLICE("application/vnd.oasis.opendocument.text");

	(void)path;
	return package_is_zip(bytes) && text_find(head, 0, type) != head.n ? 98 : 0;
}

const format format_odt = { .name = "odt", .probe = probe, .read = read, .edit = odt_edit };
