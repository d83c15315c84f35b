/* Word documents (Office Open XML, WordprocessingML): the text as Word shows it, a block for
 * each paragraph, table cell and note. Read are the body, then footnotes, endnotes, headers and
 * footers that are shown, comments.
 *
 * A part that a relation promises must be there, or the document is damaged. */
#include <stdlib.h>

#include "document/format.h"
#include "document/formats/docx_reader.h"

/* --- settings --- */

static void
on_setting(void *user, const XML_Char *name, const XML_Char **all)
{
	docx_reader *r = user;
	slice element = docx_word(name);

	if (slice_is(element, "evenAndOddHeaders"))
		r->even_heads = docx_is_on(all);
	else if (slice_is(element, "footnotePr") || slice_is(element, "endnotePr"))
		r->in_notes = &r->document_notes[slice_is(element, "endnotePr")];
	else if (r->in_notes != NULL)
		docx_note_style(r, element, all);
}

static void
on_setting_end(void *user, const XML_Char *name)
{
	docx_reader *r = user;
	slice element = docx_word(name);

	if (slice_is(element, "footnotePr") || slice_is(element, "endnotePr"))
		r->in_notes = NULL;
}

/* A part that need not be there, but must when a relation says so. */
static status
require(docx_reader *r, slice part, status done)
{
	return done == STATUS_NOT_FOUND ? docx_parts_missing(&r->package, part) : done;
}

static status
read_settings(docx_reader *r)
{
	slice part = docx_parts_of(&r->parts, "settings");

	strcpy(r->document_notes[0].format, "decimal");
	strcpy(r->document_notes[1].format, "lowerRoman");
	r->xml.start = on_setting;
	r->xml.end = on_setting_end;
	r->xml.text = NULL;
	if (part.n != 0)
		TRY(require(r, part, docx_xml_read(&r->xml, part.p)));
	r->in_notes = NULL;
	r->note_styles[0] = r->document_notes[0];
	r->note_styles[1] = r->document_notes[1];
	return STATUS_OK;
}

/* --- parts --- */

static slice
part_or(const docx_reader *r, const char *kind, const char *path)
{
	slice part = docx_parts_of(&r->parts, kind);

	return part.n == 0 ? slice_of(path) : part;
}

static status
read_definitions(docx_reader *r)
{
	slice styles = docx_parts_of(&r->parts, "styles");
	slice lists = docx_parts_of(&r->parts, "numbering");

	if (styles.n != 0 && !package_has(&r->package, styles.p))
		return docx_parts_missing(&r->package, styles);
	if (lists.n != 0 && !package_has(&r->package, lists.p))
		return docx_parts_missing(&r->package, lists);
	TRY(docx_styles_read(
		&r->styles, &r->package, part_or(r, "styles", "word/styles.xml").p, &r->keep));
	TRY(docx_lists_read(&r->lists, &r->package,
		part_or(r, "numbering", "word/numbering.xml").p, &r->keep));
	return read_settings(r);
}

static status
read_part(docx_reader *r, slice part, block_part kind)
{
	r->part = kind;
	r->part_fixed = kind == PART_COMMENT;
	r->part_number = SLICE("");
	/* Only the body bears comments: elsewhere they need a place there, or have none. */
	r->part_hold = kind == PART_BODY ? 0 : docx_hold_add(r, 0, 0);
	if (part.n == 0)
		return STATUS_OK;
	return require(r, part, docx_text_read(r, part));
}

static status
read_texts(docx_reader *r)
{
	r->page = 1;
	r->wants_point = true;
	TRY(read_part(r, r->parts.body, PART_BODY));
	TRY(read_part(r, docx_parts_of(&r->parts, "footnotes"), PART_FOOTNOTE));
	TRY(read_part(r, docx_parts_of(&r->parts, "endnotes"), PART_ENDNOTE));
	for (size_t i = 0; i < r->heads.n; i++) {
		docx_head h = r->heads.at[i];
		TRY(read_part(r, SLICE(""), h.is_footer ? PART_FOOTER : PART_HEADER));
		r->part_hold = h.hold != 0 ? h.hold : r->part_hold;
		TRY(require(r, h.path, docx_text_read(r, h.path)));
	}
	return read_part(r, docx_parts_of(&r->parts, "comments"), PART_COMMENT);
}

/* --- the document --- */

static status
keep_array(arena *a, const void *at, size_t n, size_t bytes, void *out)
{
	void *copy = arena_array(a, n, bytes, alignof(max_align_t));

	if (copy == NULL)
		return STATUS_MEMORY;
	if (n != 0)
		memcpy(copy, at, n * bytes);
	*(void **)out = copy;
	return STATUS_OK;
}

#define KEEP(array, out) \
	TRY(keep_array(a, (array).at, (array).n, sizeof(*(array).at), (void *)(out)))

static int
by_size(const void *left, const void *right)
{
	const uint32_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

static status
keep_reading(docx_reader *r)
{
	docx_reading *x = r->reading;
	arena *a = &r->document->arena;

	KEEP(r->pieces, &x->layout.pieces);
	KEEP(r->holds, &x->layout.holds);
	KEEP(r->runs, &x->runs);
	KEEP(r->names, &x->parts);
	KEEP(r->ids, &x->ids);
	KEEP(r->mentions, &x->mentions);
	x->mention_count = r->mentions.n;
	x->layout.piece_count = r->pieces.n;
	x->layout.hold_count = r->holds.n;
	x->part_count = r->names.n;
	x->id_count = r->ids.n;
	if (x->id_count > 1)
		qsort(x->ids, x->id_count, sizeof(*x->ids), by_size);
	x->is_signed = r->parts.is_signed;
	TRY(arena_copy(a, r->parts.body, &x->body));
	TRY(arena_copy(a, r->parts.relations, &x->relations));
	return arena_copy(a, docx_parts_of(&r->parts, "comments"), &x->comments);
}

static void *
hand_on(void **at, size_t *n, size_t *capacity)
{
	void *array = *at;

	*at = NULL;
	*n = *capacity = 0;
	return array;
}

/* The reader has it no longer. */
#define HAND_ON(array) hand_on((void **)&(array).at, &(array).n, &(array).capacity)

static status
keep(docx_reader *r)
{
	document *d = r->document;

	if (r->reading != NULL)
		return r->text_n == r->reading->text.n ? keep_reading(r) : STATUS_DAMAGED;
	for (size_t i = 0; i < r->places.n && !r->has_pages; i++)
		r->places.at[i].page = 0;
	/* As large as the document: handed on and not copied. */
	d->built = r->text;
	d->text = d->built.n == 0 ? SLICE("") : buffer_slice(&d->built);
	buffer_init(&r->text, r->context->memory, r->text.ceiling);
	d->block_count = r->blocks.n;
	d->blocks = HAND_ON(r->blocks);
	d->kept[0] = d->blocks;
	d->kept[1] = HAND_ON(r->places);
	d->places = d->kept[1];
	d->encoding = "UTF-8";
	d->package = d->bytes;
	/* Places are those of the text: nobody can look at a byte of the zip file. */
	d->bytes = d->text;
	return STATUS_OK;
}

static status
read_package(docx_reader *r)
{
	TRY(package_open(&r->package, r->context, r->document->path.p, r->document->bytes));
	status done = docx_parts_read(&r->parts, &r->package, &r->keep);
	if (done == STATUS_OK)
		done = read_definitions(r);
	if (done == STATUS_OK)
		done = read_texts(r);
	package_close(&r->package);
	return done == STATUS_OK ? keep(r) : done;
}

static void
free_reader(docx_reader *r)
{
	const memory *m = r->context->memory;

	for (unsigned i = 0; i < NESTED_MOST; i++)
		if (r->open[i].text.memory != NULL) {
			buffer_free(&r->open[i].text);
			buffer_free(&r->open[i].label);
			ARRAY_FREE(m, &r->open[i].pieces);
			ARRAY_FREE(m, &r->open[i].runs);
		}
	docx_parts_free(&r->parts, m);
	docx_styles_free(&r->styles, m);
	docx_lists_free(&r->lists, m);
	buffer_free(&r->text);
	ARRAY_FREE(m, &r->blocks);
	ARRAY_FREE(m, &r->places);
	ARRAY_FREE(m, &r->notes);
	ARRAY_FREE(m, &r->heads);
	ARRAY_FREE(m, &r->pieces);
	ARRAY_FREE(m, &r->runs);
	ARRAY_FREE(m, &r->holds);
	ARRAY_FREE(m, &r->ids);
	ARRAY_FREE(m, &r->mentions);
	ARRAY_FREE(m, &r->names);
	arena_free(&r->keep);
	memory_free(m, r);
}

static status
read_document(document *d, context *c, docx_reading *reading)
{
	docx_reader *r = memory_alloc(c->memory, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->context = c;
	r->document = d;
	r->reading = reading;
	r->xml = (docx_xml){ .context = c, .package = &r->package, .user = r };
	arena_init(&r->keep, c->memory);
	buffer_init(&r->text, c->memory, c->limits.output);
	status done = read_package(r);
	free_reader(r);
	return done;
}

status
docx_read_again(document *again, context *c, const document *d, docx_reading *reading)
{
	*again = (document){ .path = d->path, .bytes = d->package };
	reading->text = d->text;
	arena_init(&again->arena, c->memory);
	return read_document(again, c, reading);
}

/* Word before 2007, and what is encrypted: OLE compound files. */
static bool
is_compound(slice bytes)
{
	return slice_starts(bytes, SLICE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
}

/* The names of the streams of a compound file are UTF-16. */
static bool
is_encrypted(slice bytes)
{
	static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

	for (size_t i = 0; i + sizeof(name) <= bytes.n; i += 4)
		if (memcmp(bytes.p + i, name, sizeof(name)) == 0)
			return true;
	return false;
}

static status
refuse_compound(const document *d, context *c)
{
	if (is_encrypted(d->bytes))
		return context_fail(c, STATUS_FORMAT,
			"%.*s: an encrypted document; save it without a password",
			"%.*s\u00A0: un document chiffré\u00A0; enregistrez-le sans mot de "
			"passe",
			SLICE_ARG(d->path));
	return context_fail(c, STATUS_FORMAT,
		"%.*s: a document of Word before 2007; save it as .docx in Word or LibreOffice",
		"%.*s\u00A0: un document de Word d’avant 2007\u00A0; enregistrez-le en .docx "
		"dans "
		"Word ou LibreOffice",
		SLICE_ARG(d->path));
}

static status
read(document *d, context *c)
{
	return is_compound(d->bytes) ? refuse_compound(d, c) : read_document(d, c, NULL);
}

static int
probe(slice path, slice bytes)
{
	(void)path;
	return package_is_zip(bytes) || is_compound(bytes) ? 90 : 0;
}

const format format_docx = { .name = "docx", .probe = probe, .read = read, .edit = docx_edit };
