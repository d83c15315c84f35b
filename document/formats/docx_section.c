/* What hangs together over paragraphs: sections with their headers and footers, notes and their
 * numbers, pages. */
#include "document/formats/docx_reader.h"

static uint32_t
at(const docx_reader *r)
{
	return docx_xml_at(&r->xml);
}

/* --- sections --- */

void
docx_note_style(docx_reader *r, slice element, const XML_Char **all)
{
	note_style *s = r->in_notes;
	slice value = docx_attribute(all, "val");

	if (slice_is(element, "numFmt") && value.n < sizeof(s->format))
		memcpy(s->format, value.p, value.n + 1);
	else if (slice_is(element, "numStart"))
		s->start = docx_number(all, "val", 1);
	else if (slice_is(element, "numRestart")) {
		s->by_section = slice_is(value, "eachSect");
		s->by_page = slice_is(value, "eachPage");
	}
}

void
docx_section_property(docx_reader *r, slice element, const XML_Char **all)
{
	bool footer = slice_is(element, "footerReference");
	slice type = docx_attribute(all, "type");
	unsigned n = r->section_head_count;

	if ((footer || slice_is(element, "headerReference")) && n < 8) {
		slice id;
		docx_xml_fail(&r->xml, arena_copy(&r->keep, docx_attribute(all, "id"), &id));
		r->section_heads[n].id = id;
		r->section_heads[n].type = (uint8_t)(type.n == 0 ? 'd' : type.p[0]);
		r->section_heads[n].is_footer = footer;
		r->section_head_count++;
	} else if (slice_is(element, "titlePg"))
		r->title_page = docx_is_on(all);
	else if (slice_is(element, "footnotePr") || slice_is(element, "endnotePr"))
		r->in_notes = &r->note_styles[slice_is(element, "endnotePr")];
	else if (r->in_notes != NULL)
		docx_note_style(r, element, all);
}

static status
number_note(docx_reader *r, docx_note *n)
{
	const note_style *s = &r->note_styles[n->part == PART_ENDNOTE];
	int *number = &r->note_numbers[n->part == PART_ENDNOTE];
	buffer out;

	if (n->custom || n->part == PART_COMMENT || (s->by_page && !r->has_pages))
		return STATUS_OK;
	if (s->by_page && n->page != r->note_page) {
		r->note_page = n->page;
		*number = 0;
	}
	++*number;
	buffer_init(&out, r->context->memory, 256);
	docx_put_number(&out, slice_of(s->format), *number + (s->start > 0 ? s->start - 1 : 0));
	status done = out.status;
	if (done == STATUS_OK)
		done = arena_copy(&r->document->arena, buffer_slice(&out), &n->number);
	buffer_free(&out);
	return done == STATUS_LIMIT ? STATUS_OK : done;
}

static void
number_notes(docx_reader *r)
{
	for (size_t i = 0; i < 2; i++)
		if (r->note_styles[i].by_section)
			r->note_numbers[i] = 0;
	for (; r->section_note < r->notes.n; r->section_note++)
		docx_xml_fail(&r->xml, number_note(r, &r->notes.at[r->section_note]));
}

static bool
is_head_known(const docx_reader *r, slice path)
{
	for (size_t i = 0; i < r->heads.n; i++)
		if (slice_equal(r->heads.at[i].path, path))
			return true;
	return false;
}

static status
add_head(docx_reader *r, unsigned i)
{
	const docx_relation *x = docx_parts_find(&r->parts, r->section_heads[i].id);
	uint8_t type = r->section_heads[i].type;

	if (x == NULL || (type == 'f' && !r->title_page) || (type == 'e' && !r->even_heads) ||
		is_head_known(r, x->path) || r->heads.n >= PARTS_MOST)
		return STATUS_OK;
	TRY(ARRAY_RESERVE(r->context->memory, &r->heads, 1));
	r->heads.at[r->heads.n++] = (docx_head){ x->path, r->section_heads[i].is_footer,
		docx_hold_add(
			r, r->pending != 0 ? 0 : r->point, r->pending != 0 ? 0 : r->point) };
	return STATUS_OK;
}

/* Its properties stand at the end of a section. */
void
docx_section_end(docx_reader *r)
{
	r->in_section = false;
	r->in_notes = NULL;
	number_notes(r);
	for (unsigned i = 0; i < r->section_head_count; i++)
		docx_xml_fail(&r->xml, add_head(r, i));
	r->section_head_count = 0;
	r->title_page = false;
	r->note_styles[0] = r->document_notes[0];
	r->note_styles[1] = r->document_notes[1];
	r->point_is_late = r->pending != 0;
	r->wants_point = true;
}

/* A section may end in the properties of its only paragraph, before its point is known. */
void
docx_section_point(docx_reader *r)
{
	r->point = at(r);
	r->pending = 0;
	r->wants_point = r->point_is_late;
	r->point_is_late = false;
	for (size_t i = 0; i < r->heads.n; i++) {
		uint32_t hold = r->heads.at[i].hold;
		if (hold != 0 && r->holds.at[hold - 1].end == 0)
			r->holds.at[hold - 1].start = r->holds.at[hold - 1].end = r->point;
	}
}

/* The place after the properties of the first paragraph of a section. */
void
docx_section_look(docx_reader *r, slice element)
{
	paragraph *p = docx_inner(r);

	if (r->in_properties || slice_is(element, "pPr"))
		return;
	if (r->pending != 0)
		docx_section_point(r);
	if (p != NULL && p->is_first) {
		p->is_first = false;
		p->hold = docx_hold_add(r, at(r), at(r));
	}
}

/* --- notes --- */

void
docx_note_reference(docx_reader *r, block_part part, const XML_Char **all)
{
	paragraph *p = docx_inner(r);
	run_state *s = &r->run;

	if (r->skip != 0 || s->hidden || s->codes != 0 || r->part != PART_BODY)
		return;
	uint32_t hold = s->field;
	if (hold == 0 && r->reading != NULL && p->runs.n != 0 && s->runs != 0) {
		if (s->outer == 0) /* its end is not known yet */
			s->outer = docx_hold_add(r, p->runs.at[s->run].start, 0);
		hold = s->outer;
	}
	status done = ARRAY_RESERVE(r->context->memory, &r->notes, 1);
	docx_xml_fail(&r->xml, done);
	if (done != STATUS_OK)
		return;
	r->notes.at[r->notes.n++] = (docx_note){ .id = docx_number(all, "id", -1),
		.part = (uint8_t)part,
		.custom = docx_attribute(all, "customMarkFollows").n != 0,
		.hold = hold,
		.page = r->page };
	if (part == PART_COMMENT)
		return;
	/* A space before the mark of a note is not one before what follows the mark. */
	if (p->text.n != 0 && (p->text.p[p->text.n - 1] == ' ' ||
				      slice_ends(buffer_slice(&p->text), SLICE("\u00A0")) ||
				      slice_ends(buffer_slice(&p->text), SLICE("\u202F"))))
		docx_put_object(r);
}

/* A note that nothing refers to is not shown. */
void
docx_note_begin(docx_reader *r, const XML_Char **all)
{
	int id = docx_number(all, "id", -1);
	for (size_t i = 0; i < r->notes.n; i++) {
		const docx_note *n = &r->notes.at[i];
		if (n->id != id || n->part != r->part)
			continue;
		if (n->hold != 0)
			r->part_hold = n->hold;
		r->part_number = n->number;
		r->page = n->page;
		return;
	}
	r->skip = r->xml.depth;
}

/* What paraph has said itself is not to be checked. */
void
docx_comment_begin(docx_reader *r, const XML_Char **all)
{
	if (slice_is(docx_attribute(all, "author"), "paraph"))
		r->skip = r->xml.depth;
	else
		docx_note_begin(r, all);
}

/* --- pages --- */

void
docx_page(docx_reader *r, bool rendered)
{
	if (!docx_is_text_body(r) || r->run.hidden)
		return;
	if (rendered && r->page_broken) {
		r->page_broken = false;
		r->has_pages = true;
		return;
	}
	r->has_pages = r->has_pages || rendered;
	r->page_broken = !rendered;
	r->page++;
}
