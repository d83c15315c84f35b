/* Word documents (Office Open XML, WordprocessingML): the text as Word shows it, a block for
 * each paragraph, table cell and note. Read are the body, then footnotes, endnotes, headers,
 * footers.
 *
 * Left out are deletions and what was moved away, hidden text, the code of fields, what repeats
 * a text box for older programs (Fallback), and alternatives of all kinds. A paragraph inside a
 * paragraph (a text box) is a block of its own, before the one that holds it. */
#include <expat.h>
#include <stdio.h>
#include <string.h>

#include "base/package.h"
#include "document/format.h"
#include "document/formats/docx.h"
#include "text/normal.h"
#include "text/utf8.h"

#define DEPTH_MOST 2000
#define NESTED_MOST 32 /* paragraphs inside paragraphs */
#define PARTS_MOST 400
#define STYLES_MOST 4096

typedef struct paragraph { /* being read */
	buffer text;
	ARRAY(docx_piece) pieces; /* places in it, until it is a block */
	block_kind kind;
	unsigned depth;      /* of its element */
	bool mark_deleted;   /* it goes on with the next */
	bool in_run, hidden; /* of the run around it, in a text box */
} paragraph;

typedef struct part {
	slice path;
	bool is_note;
} part;

typedef struct reader {
	context *context;
	document *document;
	package package;
	XML_Parser parser;
	status status;
	const char *part_name;
	arena keep;
	buffer text; /* of the document */
	ARRAY(block) blocks;
	ARRAY(docx_piece) pieces;
	ARRAY(slice) names;    /* of the parts that were read */
	ARRAY(part) parts;     /* beside the body, in the order in which they are read */
	ARRAY(slice) headings; /* ids of styles of headings */
	slice style;           /* in styles.xml */
	/* in a part */
	paragraph open[NESTED_MOST];
	unsigned nested, depth;
	unsigned skip;     /* depth of the element whose content is left out; 0: none */
	unsigned cells;    /* of tables, that are open */
	unsigned fields;   /* that are open */
	uint64_t codes;    /* of those, from the innermost, whose code is being read */
	size_t text_start; /* in the paragraph, of the piece of text in hand */
	bool in_run, hidden, in_text, in_properties, preserve;
	bool exact;            /* the part is UTF-8: its bytes can be pointed at */
	uint32_t tag, tag_end; /* of the <w:t> in hand */
	uint32_t properties, properties_end; /* of the run in hand */
	bool is_note;
} reader;

/* --- XML --- */

static void
fail(reader *r, status s)
{
	if (s == STATUS_OK || r->status != STATUS_OK)
		return;
	r->status = s;
	XML_StopParser(r->parser, XML_FALSE);
}

static status
damaged(const reader *r, const char *why)
{
	return context_fail(r->context, STATUS_FORMAT, "%.*s: %s: %s",
		"%.*s\u00A0: %s\u00A0: %s", SLICE_ARG(r->document->path), r->part_name, why);
}

/* The element of WordprocessingML in its transitional or strict form; "" for all others. */
static slice
word_name(const XML_Char *name)
{
	static const char *const spaces[] = {
		"http://schemas.openxmlformats.org/wordprocessingml/2006/main|",
		"http://purl.oclc.org/ooxml/wordprocessingml/main|"
	};
	slice s = slice_of(name);

	for (size_t i = 0; i < 2; i++)
		if (slice_starts(s, slice_of(spaces[i])))
			return slice_sub(s, strlen(spaces[i]), s.n);
	return SLICE("");
}

static slice
local_name(const XML_Char *name)
{
	const char *bar = strrchr(name, '|');

	return slice_of(bar == NULL ? name : bar + 1);
}

static slice
attribute(const XML_Char **all, const char *name)
{
	for (; all[0] != NULL; all += 2)
		if (slice_is(local_name(all[0]), name))
			return slice_of(all[1]);
	return SLICE("");
}

/* <w:vanish/> is on, <w:vanish w:val="false"/> is off. */
static bool
is_on(const XML_Char **all)
{
	static const char *const off[] = { "0", "false", "off", NULL };

	return !slice_is_one_of(attribute(all, "val"), off);
}

static void
on_entity(void *user, const XML_Char *name, int parameter, const XML_Char *value, int length,
	const XML_Char *base, const XML_Char *system, const XML_Char *public,
	const XML_Char *notation)
{
	reader *r = user;

	(void)name, (void)parameter, (void)value, (void)length, (void)base, (void)system;
	(void)public, (void)notation;
	fail(r, damaged(r, "<!ENTITY"));
}

static status
parse(reader *r, slice bytes, XML_StartElementHandler on_start, XML_EndElementHandler on_end,
	XML_CharacterDataHandler on_text)
{
	r->parser = XML_ParserCreateNS(NULL, '|');
	if (r->parser == NULL)
		return STATUS_MEMORY;
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, on_start, on_end);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetEntityDeclHandler(r->parser, on_entity);
	r->status = STATUS_OK;
	enum XML_Status done;
	do { /* a part without a byte has no element */
		size_t n = bytes.n > 1 << 20 ? 1 << 20 : bytes.n;
		slice piece = slice_sub(bytes, 0, n);
		bytes = slice_sub(bytes, n, bytes.n);
		done = XML_Parse(r->parser, piece.p, (int)piece.n, bytes.n == 0);
	} while (done == XML_STATUS_OK && bytes.n != 0);
	enum XML_Error error = XML_GetErrorCode(r->parser);
	XML_ParserFree(r->parser);
	r->parser = NULL;
	if (r->status != STATUS_OK || done == XML_STATUS_OK)
		return r->status;
	return error == XML_ERROR_NO_MEMORY ? STATUS_MEMORY
					    : damaged(r, XML_ErrorString(error));
}

static status
keep_name(reader *r, const char *name)
{
	slice kept;

	TRY(arena_copy(&r->document->arena, slice_of(name), &kept));
	TRY(ARRAY_RESERVE(r->context->memory, &r->names, 1));
	r->names.at[r->names.n++] = kept;
	return STATUS_OK;
}

/* Reads a part that may be missing. */
static status
parse_part(reader *r, const char *name, XML_StartElementHandler on_start,
	XML_EndElementHandler on_end, XML_CharacterDataHandler on_text, bool *there)
{
	buffer bytes;

	r->part_name = name;
	buffer_init(&bytes, r->context->memory, r->context->limits.file);
	status done = package_read(&r->package, name, &bytes);
	*there = done != STATUS_NOT_FOUND;
	r->exact = bytes.n > 1 && bytes.p[0] == '<' && bytes.p[1] != '\0';
	if (done == STATUS_OK)
		done = keep_name(r, name);
	if (done == STATUS_OK)
		done = parse(r, buffer_slice(&bytes), on_start, on_end, on_text);
	buffer_free(&bytes);
	return *there ? done : STATUS_OK;
}

static void
on_nothing(void *user, const XML_Char *name)
{
	(void)user;
	(void)name;
}

/* --- which parts --- */

/* "footnotes.xml" of the relations of word/document.xml is word/footnotes.xml. */
static void
on_relation(void *user, const XML_Char *name, const XML_Char **all)
{
	static const char *const read[] = { "footnotes", "endnotes", "header", "footer", NULL };
	reader *r = user;
	slice type = attribute(all, "Type"), target = attribute(all, "Target"), kind, path;
	char whole[512];

	if (!slice_is(local_name(name), "Relationship") || type.n == 0)
		return;
	for (kind = type; memchr(kind.p, '/', kind.n) != NULL;)
		slice_cut(kind, '/', &path, &kind);
	if (!slice_is_one_of(kind, read) ||
		slice_is(attribute(all, "TargetMode"), "External") || target.n > 400 ||
		r->parts.n >= PARTS_MOST)
		return;
	bool absolute = target.n > 0 && target.p[0] == '/';
	int n = snprintf(whole, sizeof(whole), "%s%.*s", absolute ? "" : "word/",
		(int)(target.n - absolute), target.p + absolute);
	fail(r, arena_copy(&r->keep, (slice){ whole, (size_t)n }, &path));
	if (r->status != STATUS_OK)
		return;
	status s = ARRAY_RESERVE(r->context->memory, &r->parts, 1);
	if (s == STATUS_OK)
		r->parts.at[r->parts.n++] = (part){ path, slice_ends(kind, SLICE("notes")) };
	fail(r, s);
}

/* Styles with a place in the outline are those of headings. */
static void
on_style(void *user, const XML_Char *name, const XML_Char **all)
{
	reader *r = user;
	slice element = word_name(name);

	if (slice_is(element, "style"))
		fail(r, arena_copy(&r->keep, attribute(all, "styleId"), &r->style));
	if (!slice_is(element, "outlineLvl") || r->style.n == 0 ||
		r->headings.n >= STYLES_MOST || slice_is(attribute(all, "val"), "9"))
		return;
	status s = ARRAY_RESERVE(r->context->memory, &r->headings, 1);
	if (s == STATUS_OK)
		r->headings.at[r->headings.n++] = r->style;
	fail(r, s);
}

/* --- text --- */

static paragraph *
inner(reader *r)
{
	return r->nested == 0 ? NULL : &r->open[r->nested - 1];
}

static bool
is_heading_style(const reader *r, slice id)
{
	if (slice_starts(id, SLICE("Heading")) || slice_starts(id, SLICE("Titre")) ||
		slice_is(id, "Title"))
		return true;
	for (size_t i = 0; i < r->headings.n; i++)
		if (slice_equal(r->headings.at[i], id))
			return true;
	return false;
}

static void
begin_paragraph(reader *r)
{
	paragraph *p = inner(r);

	/* One that goes on after a deleted mark. */
	if (p != NULL && p->mark_deleted && p->depth == r->depth) {
		p->mark_deleted = false;
		return;
	}
	if (r->nested == NESTED_MOST) {
		fail(r, damaged(r, "paragraphs nested too deep"));
		return;
	}
	p = &r->open[r->nested++];
	if (p->text.memory == NULL)
		buffer_init(&p->text, r->context->memory, r->context->limits.paragraph);
	buffer_clear(&p->text);
	p->pieces.n = 0;
	p->depth = r->depth;
	p->mark_deleted = false;
	p->in_run = r->in_run;
	p->hidden = r->hidden;
	r->in_run = r->hidden = false;
	p->kind = r->is_note ? BLOCK_NOTE : r->cells != 0 ? BLOCK_CELL : BLOCK_PARAGRAPH;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* The pieces of a paragraph whose text from `lost` on became n bytes of the document. */
static status
keep_pieces(reader *r, const paragraph *p, size_t lost, size_t n)
{
	uint32_t start = (uint32_t)(r->text.n - n);

	TRY(ARRAY_RESERVE(r->context->memory, &r->pieces, p->pieces.n));
	for (size_t i = 0; i < p->pieces.n; i++) {
		docx_piece x = p->pieces.at[i];
		if (x.text < lost || x.text + x.n > lost + n)
			continue; /* white space at the ends */
		x.text += start - (uint32_t)lost;
		r->pieces.at[r->pieces.n++] = x;
	}
	return STATUS_OK;
}

/* What is typed with combining accents is composed, as in every other format. */
static status
put_composed(reader *r, slice s)
{
	normal_change change;
	size_t at = 0, copied = 0;
	bool found;

	for (;;) {
		TRY(normal_next(r->context, s, &at, &change, &found));
		if (!found)
			break;
		buffer_put(&r->text, slice_sub(s, copied, change.text.start));
		buffer_put(&r->text, (slice){ change.bytes, change.n });
		copied = change.text.end;
	}
	buffer_put(&r->text, slice_sub(s, copied, s.n));
	return r->text.status;
}

/* The text of a paragraph, without white space at its ends, becomes a block. */
static status
add_block(reader *r, const paragraph *p)
{
	slice s = buffer_slice(&p->text);

	TRY(p->text.status);
	while (s.n != 0 && is_blank(s.p[0]))
		s = slice_sub(s, 1, s.n);
	while (s.n != 0 && is_blank(s.p[s.n - 1]))
		s.n--;
	if (s.n == 0)
		return STATUS_OK;
	if (r->text.n + s.n > UINT32_MAX / 3)
		return context_fail(r->context, STATUS_LIMIT, "%.*s: too much text",
			"%.*s\u00A0: trop de texte", SLICE_ARG(r->document->path));
	TRY(ARRAY_RESERVE(r->context->memory, &r->blocks, 1));
	uint32_t start = (uint32_t)r->text.n;
	TRY(put_composed(r, s));
	if (r->text.n - start == s.n)
		TRY(keep_pieces(r, p, (size_t)(s.p - p->text.p), s.n));
	r->blocks.at[r->blocks.n++] = (block){ .text = { start, (uint32_t)r->text.n },
		.kind = (uint8_t)p->kind,
		.language = LANGUAGE_UNKNOWN };
	buffer_put_char(&r->text, '\n');
	return r->text.status;
}

static void
close_paragraph(reader *r)
{
	paragraph *p = &r->open[--r->nested];

	r->in_run = p->in_run;
	r->hidden = p->hidden;
	fail(r, add_block(r, p));
}

static void
end_paragraph(reader *r)
{
	paragraph *p = inner(r);

	if (p == NULL || p->depth != r->depth || p->mark_deleted)
		return;
	close_paragraph(r);
}

/* What ends a cell, a note or the part ends a paragraph whose mark is deleted. */
static void
end_all(reader *r, unsigned depth)
{
	while (r->nested != 0 && inner(r)->depth > depth)
		close_paragraph(r);
}

static bool
is_shown(reader *r)
{
	return inner(r) != NULL && r->skip == 0 && !r->hidden && r->codes == 0;
}

static void
put(reader *r, slice s)
{
	if (!is_shown(r))
		return;
	buffer_put(&inner(r)->text, s);
	fail(r, inner(r)->text.status);
}

static uint32_t
byte_index(const reader *r)
{
	XML_Index i = XML_GetCurrentByteIndex(r->parser);

	return i < 0 || i > INT32_MAX ? 0 : (uint32_t)i;
}

static uint32_t
byte_end(const reader *r)
{
	return byte_index(r) + (uint32_t)XML_GetCurrentByteCount(r->parser);
}

/* Text of the part: where it stands is kept. */
static void
put_piece(reader *r, slice s)
{
	paragraph *p = inner(r);

	if (!is_shown(r))
		return;
	if (r->exact) {
		status done = ARRAY_RESERVE(r->context->memory, &p->pieces, 1);
		if (done != STATUS_OK) {
			fail(r, done);
			return;
		}
		p->pieces.at[p->pieces.n++] = (docx_piece){ .text = (uint32_t)p->text.n,
			.n = (uint32_t)s.n,
			.raw = byte_index(r),
			.raw_n = (uint32_t)XML_GetCurrentByteCount(r->parser),
			.tag = r->tag,
			.tag_end = r->tag_end,
			.properties = r->properties,
			.properties_end = r->properties_end,
			.part = (uint32_t)r->names.n - 1,
			.preserve = r->preserve,
			.in_field = r->fields != 0 };
	}
	put(r, s);
}

/* Without xml:space="preserve" white space at the ends of a piece of text is not text. */
static void
end_text(reader *r)
{
	paragraph *p = inner(r);
	size_t start = r->text_start, skipped = start, before = p == NULL ? 0 : p->text.n;

	r->in_text = false;
	if (r->preserve || p == NULL || p->text.n <= start)
		return;
	while (p->text.n > start && is_blank(p->text.p[p->text.n - 1]))
		p->text.n--;
	while (skipped < p->text.n && is_blank(p->text.p[skipped]))
		skipped++;
	memmove(p->text.p + start, p->text.p + skipped, p->text.n - skipped);
	p->text.n -= skipped - start;
	/* A correction would have to say that space is preserved, and show what is not text:
	 * such pieces, which Word does not write, are not corrected. */
	if (p->text.n != before)
		while (p->pieces.n != 0 && p->pieces.at[p->pieces.n - 1].text >= start)
			p->pieces.n--;
}

/* --- elements --- */

/* What the properties were before they were changed. */
static bool
is_past(slice element)
{
	return slice_ends(element, SLICE("PrChange")) || slice_is(element, "numberingChange");
}

/* Content that Word does not show. */
static bool
is_left_out(slice element)
{
	static const char *const names[] = { "del", "moveFrom", "delText", "instrText",
		"delInstrText", "sdtPr", "sectPr", "rubyPr", "rt", "binData", NULL };

	return slice_is_one_of(element, names);
}

/* Between begin and separate stands the code of a field, between separate and end what it
 * shows. Fields nest; more than sixty-four of them are taken for one. */
static void
on_field(reader *r, const XML_Char **all)
{
	slice type = attribute(all, "fldCharType");

	if (slice_is(type, "begin")) {
		r->fields++;
		r->codes = r->codes << 1 | 1;
	} else if (slice_is(type, "separate"))
		r->codes &= ~UINT64_C(1);
	else if (slice_is(type, "end") && r->fields > 0) {
		r->fields--;
		r->codes >>= 1;
	}
}

static void
on_property(reader *r, slice element, const XML_Char **all)
{
	paragraph *p = inner(r);

	if (r->in_run) {
		if (slice_is(element, "vanish") || slice_is(element, "webHidden"))
			r->hidden = is_on(all);
		return;
	}
	if (slice_is(element, "del"))
		p->mark_deleted = true;
	else if (p->kind != BLOCK_PARAGRAPH)
		return;
	else if (slice_is(element, "pStyle") && is_heading_style(r, attribute(all, "val")))
		p->kind = BLOCK_HEADING;
	else if (slice_is(element, "outlineLvl") && !slice_is(attribute(all, "val"), "9"))
		p->kind = BLOCK_HEADING;
	else if (slice_is(element, "numPr"))
		p->kind = BLOCK_ITEM;
}

static void
on_run_content(reader *r, slice element, const XML_Char **all)
{
	if (slice_is(element, "t")) {
		r->in_text = true;
		r->tag = byte_index(r);
		r->tag_end = byte_end(r);
		r->preserve = slice_is(attribute(all, "space"), "preserve");
		r->text_start = inner(r) == NULL ? 0 : inner(r)->text.n;
	} else if (slice_is(element, "tab") || slice_is(element, "ptab"))
		put(r, SLICE("\t"));
	else if (slice_is(element, "br") || slice_is(element, "cr"))
		put(r, SLICE("\n"));
	else if (slice_is(element, "noBreakHyphen"))
		put(r, SLICE("\u2011"));
	else if (slice_is(element, "fldChar"))
		on_field(r, all);
}

static void
open_element(reader *r, slice element, const XML_Char **all)
{
	if (slice_is(element, "p"))
		begin_paragraph(r);
	else if (slice_is(element, "tc"))
		r->cells++;
	else if (slice_is(element, "pPr") || slice_is(element, "rPr")) {
		r->in_properties = true;
		if (r->in_run)
			r->properties = byte_index(r);
	} else if (inner(r) != NULL && r->in_properties)
		on_property(r, element, all);
	else if (slice_is(element, "r")) {
		r->in_run = true;
		r->hidden = false;
		r->properties = r->properties_end = 0;
	} else if (r->in_run)
		on_run_content(r, element, all);
}

static void
on_start(void *user, const XML_Char *name, const XML_Char **all)
{
	reader *r = user;
	slice element = word_name(name);

	if (++r->depth > DEPTH_MOST) {
		fail(r, damaged(r, "elements nested too deep"));
		return;
	}
	if (r->skip != 0)
		return;
	bool property = r->in_properties;
	if (slice_is(local_name(name), "Fallback") || is_past(element) ||
		(!property && is_left_out(element))) {
		r->skip = r->depth;
		return;
	}
	if (element.n != 0)
		open_element(r, element, all);
}

static void
on_end(void *user, const XML_Char *name)
{
	reader *r = user;
	slice element = word_name(name);

	if (r->skip == r->depth)
		r->skip = 0;
	else if (r->skip == 0 && element.n != 0) {
		if (slice_is(element, "p"))
			end_paragraph(r);
		else if (slice_is(element, "pPr") || slice_is(element, "rPr")) {
			r->in_properties = slice_is(element, "rPr") && !r->in_run;
			if (r->in_run)
				r->properties_end = byte_end(r);
		} else if (slice_is(element, "r"))
			r->in_run = r->hidden = false;
		else if (slice_is(element, "t"))
			end_text(r);
		else if (slice_is(element, "tc")) {
			end_all(r, r->depth);
			r->cells--;
		} else if (slice_is(element, "footnote") || slice_is(element, "endnote") ||
			   slice_is(element, "txbxContent"))
			end_all(r, r->depth);
	}
	r->depth--;
}

static void
on_text(void *user, const XML_Char *s, int n)
{
	reader *r = user;

	if (r->in_text)
		put_piece(r, (slice){ s, (size_t)n });
}

/* --- the document --- */

static status
read_text(reader *r, const char *name, bool is_note, bool *there)
{
	r->nested = r->depth = r->skip = r->cells = r->fields = 0;
	r->codes = 0;
	r->in_run = r->hidden = r->in_text = r->in_properties = false;
	r->is_note = is_note;
	TRY(parse_part(r, name, on_start, on_end, on_text, there));
	end_all(r, 0);
	return r->status;
}

static status
read_parts(reader *r)
{
	bool there;

	r->style = SLICE("");
	TRY(parse_part(r, "word/styles.xml", on_style, on_nothing, NULL, &there));
	TRY(parse_part(
		r, "word/_rels/document.xml.rels", on_relation, on_nothing, NULL, &there));
	TRY(read_text(r, "word/document.xml", false, &there));
	if (!there)
		return context_fail(r->context, STATUS_FORMAT,
			"%.*s: a zip file that is no Word document",
			"%.*s\u00A0: un fichier zip qui n’est pas un document Word",
			SLICE_ARG(r->document->path));
	for (size_t i = 0; i < r->parts.n; i++)
		TRY(read_text(r, r->parts.at[i].path.p, r->parts.at[i].is_note, &there));
	return STATUS_OK;
}

static status
keep_source(reader *r)
{
	arena *a = &r->document->arena;
	docx_source *source = ARENA_NEW(a, docx_source);
	docx_piece *pieces = ARENA_ARRAY(a, docx_piece, r->pieces.n);
	slice *names = ARENA_ARRAY(a, slice, r->names.n);

	if (source == NULL || pieces == NULL || names == NULL)
		return STATUS_MEMORY;
	if (r->pieces.n != 0)
		memcpy(pieces, r->pieces.at, r->pieces.n * sizeof(*pieces));
	memcpy(names, r->names.at, r->names.n * sizeof(*names));
	*source = (docx_source){ pieces, r->pieces.n, names, r->names.n };
	r->document->source = source;
	return STATUS_OK;
}

static status
keep(reader *r)
{
	document *d = r->document;
	slice text = buffer_slice(&r->text);

	TRY(arena_copy(&d->arena, text, &d->text));
	d->blocks = ARENA_ARRAY(&d->arena, block, r->blocks.n);
	if (d->blocks == NULL)
		return STATUS_MEMORY;
	if (r->blocks.n != 0)
		memcpy(d->blocks, r->blocks.at, r->blocks.n * sizeof(*d->blocks));
	d->block_count = r->blocks.n;
	d->encoding = "UTF-8";
	d->package = d->bytes;
	TRY(keep_source(r));
	/* Places are those of the text: nobody can look at a byte of the zip file. */
	d->bytes = d->text;
	return STATUS_OK;
}

static status
read_package(reader *r, slice bytes)
{
	TRY(package_open(&r->package, r->context, r->document->path.p, bytes));
	status done = read_parts(r);
	package_close(&r->package);
	return done == STATUS_OK ? keep(r) : done;
}

static void
free_reader(reader *r)
{
	const memory *m = r->context->memory;

	for (unsigned i = 0; i < NESTED_MOST; i++)
		if (r->open[i].text.memory != NULL) {
			buffer_free(&r->open[i].text);
			ARRAY_FREE(m, &r->open[i].pieces);
		}
	buffer_free(&r->text);
	ARRAY_FREE(m, &r->blocks);
	ARRAY_FREE(m, &r->pieces);
	ARRAY_FREE(m, &r->names);
	ARRAY_FREE(m, &r->parts);
	ARRAY_FREE(m, &r->headings);
	arena_free(&r->keep);
	memory_free(m, r);
}

/* Word before 2007, and what is encrypted: OLE compound files. */
static bool
is_compound(slice bytes)
{
	return slice_starts(bytes, SLICE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
}

static status
read(document *d, context *c)
{
	if (is_compound(d->bytes))
		return context_fail(c, STATUS_FORMAT,
			"%.*s: a document of Word before 2007, or an encrypted one; save it as "
			".docx without a password",
			"%.*s\u00A0: un document de Word d’avant 2007, ou chiffré\u00A0; "
			"enregistrez-le en .docx sans mot de passe",
			SLICE_ARG(d->path));
	reader *r = memory_alloc(c->memory, sizeof(*r));
	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->context = c;
	r->document = d;
	arena_init(&r->keep, c->memory);
	buffer_init(&r->text, c->memory, c->limits.output);
	status done = read_package(r, d->bytes);
	free_reader(r);
	return done;
}

static int
probe(slice path, slice bytes)
{
	(void)path;
	return package_is_zip(bytes) || is_compound(bytes) ? 90 : 0;
}

const format format_docx = { .name = "docx", .probe = probe, .read = read, .edit = docx_edit };
