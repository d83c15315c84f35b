/* The elements of a part with text. What Word does not show is left out: deletions and what was
 * moved away, hidden text, the code of fields, all alternatives but one. A paragraph inside a
 * paragraph (a text box) is a block of its own, before the one that holds it. */
#include "document/formats/docx_reader.h"
#include "document/formats/docx_symbols.h"

static const char mc[] = "http://schemas.openxmlformats.org/markup-compatibility/2006|";
static const char math[] = "/math|oMath";
static const char xml_space[] = "http://www.w3.org/XML/1998/namespace|space";

static uint32_t
at(const docx_reader *r)
{
	return docx_xml_at(&r->xml);
}

static uint32_t
end_of(const docx_reader *r)
{
	return docx_xml_at(&r->xml) + docx_xml_length(&r->xml);
}

bool
docx_is_text_body(const docx_reader *r)
{
	return r->part == PART_BODY && r->boxes == 0;
}

/* --- what comments stand around --- */

uint32_t
docx_hold_add(docx_reader *r, uint32_t start, uint32_t end)
{
	if (r->reading == NULL)
		return 0;
	status done = ARRAY_RESERVE(r->context->memory, &r->holds, 1);
	docx_xml_fail(&r->xml, done);
	if (done != STATUS_OK)
		return 0;
	r->holds.at[r->holds.n++] = (layout_hold){ (uint32_t)r->names.n - 1, start, end };
	return (uint32_t)r->holds.n;
}

static void
end_hold(docx_reader *r, uint32_t hold, uint32_t end)
{
	if (hold != 0)
		r->holds.at[hold - 1].end = end;
}

/* --- alternatives --- */

static void
begin_choices(docx_reader *r)
{
	if (r->choice_count < CHOICES_MOST)
		r->choices[r->choice_count].taken = false;
	else
		docx_xml_fail(
			&r->xml, docx_xml_damaged(&r->xml, "alternatives nested too deep"));
	if (r->choice_count < CHOICES_MOST)
		r->choices[r->choice_count++].depth = r->xml.depth;
}

/* Word takes the first choice whose extensions it knows: those of its own makers. */
static bool
is_known_extension(slice prefix)
{
	static const char *const known[] = { "wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15",
		"w16", "w16cid", "w16se", "w16cex", "w16sdtdh", "a14", "am3d", "aink", "cx",
		"cx1", "cx2", "cx3", "cx4", "cx5", "cx6", "cx7", "cx8", "v", "o", "c14", "c16",
		"c16r2", "p14", "asvg", "we", "wetp", "oel", NULL };

	return slice_is_one_of(prefix, known);
}

static bool
is_understood(slice required)
{
	slice one;

	for (bool more = required.n != 0; more;) {
		more = slice_cut(required, ' ', &one, &required);
		if (one.n != 0 && !is_known_extension(one))
			return false;
	}
	return true;
}

static void
on_alternative(docx_reader *r, slice element, const XML_Char **all)
{
	if (slice_is(element, "AlternateContent")) {
		begin_choices(r);
		return;
	}
	bool *taken = r->choice_count == 0 ? NULL : &r->choices[r->choice_count - 1].taken;
	bool choice = slice_is(element, "Choice");
	if (taken == NULL || (!choice && !slice_is(element, "Fallback")))
		return;
	if (*taken || (choice && !is_understood(docx_attribute(all, "Requires"))))
		r->skip = r->xml.depth;
	else
		*taken = true;
}

/* --- fields --- */

/* What Word works out whenever it shows a page: programs that write such fields leave out what
 * they would show. */
static bool
is_worked_out(slice code)
{
	static const char *const known[] = { "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION",
		"DATE", "TIME", NULL };
	slice first, rest;

	while (slice_starts(code, SLICE(" ")))
		code = slice_sub(code, 1, code.n);
	slice_cut(code, ' ', &first, &rest);
	return slice_is_one_of(first, known);
}

/* The end of a field that has no result of its own. */
static void
end_without_result(docx_reader *r)
{
	slice code = { r->code, r->code_n };

	r->code_n = 0;
	if (is_worked_out(code))
		docx_put_object(r);
}

static void
begin_simple_field(docx_reader *r, slice code)
{
	const paragraph *p = docx_inner(r);

	r->simple_text = p == NULL ? 0 : p->text.n;
	r->code_n = code.n < sizeof(r->code) ? code.n : sizeof(r->code);
	memcpy(r->code, code.p, r->code_n);
}

static void
end_simple_field(docx_reader *r)
{
	const paragraph *p = docx_inner(r);

	if (p != NULL && p->text.n == r->simple_text)
		end_without_result(r);
}

/* Between begin and separate stands the code of a field, between separate and end what it
 * shows. Fields nest; more than sixty-four of them are taken for one. */
static void
on_field(docx_reader *r, const XML_Char **all)
{
	slice type = docx_attribute(all, "fldCharType");
	run_state *s = &r->run;
	paragraph *p = docx_inner(r);

	if (slice_is(type, "begin")) {
		if (s->fields++ == 0 && r->reading != NULL && p->runs.n != 0 && s->runs != 0) {
			s->field = s->field_ends
					   ? s->field
					   : docx_hold_add(r, p->runs.at[s->run].start, 0);
			s->field_ends = false;
		}
		s->codes = s->codes << 1 | 1;
		r->code_n = 0;
	} else if (slice_is(type, "separate"))
		s->codes &= ~UINT64_C(1);
	else if (slice_is(type, "end") && s->fields > 0) {
		bool bare = (s->codes & 1) != 0;
		s->codes >>= 1;
		if (bare)
			end_without_result(r);
		s->field_ends = --s->fields == 0;
	}
}

/* --- runs --- */

/* The run in hand is not to be written anew: something else stands in it. */
static void
hold_outer(docx_reader *r)
{
	run_state *s = &r->run;

	if (r->reading != NULL && docx_inner(r) != NULL && s->runs != 0 && s->outer == 0)
		s->outer = docx_hold_add(r, docx_inner(r)->runs.at[s->run].start, 0);
}

static void
begin_run(docx_reader *r)
{
	paragraph *p = docx_inner(r);
	run_state *s = &r->run;
	const docx_style *style = p->style;

	s->raised = false;
	s->hidden = style->hidden == 1 || (style->hidden < 0 && r->styles.all.hidden == 1);
	s->language =
		style->language != LANGUAGE_UNKNOWN ? style->language : r->styles.all.language;
	if (r->reading == NULL) {
		s->runs++;
		return;
	}
	if (s->runs++ != 0) { /* one inside another: ruby */
		hold_outer(r);
		return;
	}
	status done = ARRAY_RESERVE(r->context->memory, &p->runs, 1);
	docx_xml_fail(&r->xml, done);
	if (done != STATUS_OK)
		return;
	bool inserted = r->insert_depth != 0 && r->insert_depth + 1 == r->xml.depth;
	r->xml.odd = false;
	s->run = p->runs.n;
	p->runs.at[p->runs.n++] = (docx_run){ .start = at(r),
		.content = end_of(r),
		.insert = inserted ? r->insert : 0,
		.insert_end = inserted ? r->insert_end : 0,
		.kept_space = r->space_depth != 0 };
}

/* The pieces of a run that is not to be written anew. */
static void
hold_run(docx_reader *r, paragraph *p, uint32_t hold)
{
	for (size_t i = p->pieces.n; i > 0 && p->pieces.at[i - 1].owner >= r->run.run; i--) {
		layout_piece *x = &p->pieces.at[i - 1];
		x->fixed = true;
		if (x->hold == 0)
			x->hold = hold;
	}
}

static void
end_run(docx_reader *r)
{
	paragraph *p = docx_inner(r);
	run_state *s = &r->run;

	s->runs -= s->runs > 0;
	s->hidden = false;
	s->language = LANGUAGE_UNKNOWN;
	if (r->reading == NULL || p == NULL || p->runs.n == 0 || s->runs != 0)
		return;
	docx_run *now = &p->runs.at[s->run];
	now->content_end = at(r);
	now->end = end_of(r);
	if (r->xml.odd && s->outer == 0)
		s->outer = docx_hold_add(r, now->start, 0);
	if (s->outer != 0) {
		end_hold(r, s->outer, now->end);
		hold_run(r, p, s->outer);
		s->outer = 0;
	}
	if (s->field_ends) {
		end_hold(r, s->field, now->end);
		s->field = 0;
		s->field_ends = false;
	}
}

static void
begin_text(docx_reader *r, const XML_Char **all)
{
	paragraph *p = docx_inner(r);
	slice space = docx_attribute(all, "space");

	r->in_text = true;
	r->preserve = space.n != 0 ? slice_is(space, "preserve") : r->space_depth != 0;
	r->text_start = p->text.n;
	r->text_piece = p->pieces.n;
}

/* The places of text that was cut at its start. */
static void
cut_pieces(docx_reader *r, paragraph *p, size_t from, size_t to)
{
	size_t kept = r->text_piece;

	for (size_t i = r->text_piece; i < p->pieces.n; i++) {
		layout_piece x = p->pieces.at[i];
		size_t end = x.text + x.n < to ? x.text + x.n : to;
		size_t start = x.text > from ? x.text : from;
		if (start >= end || (!x.verbatim && end - start != x.n))
			continue;
		if (x.verbatim) {
			x.raw += (uint32_t)start - x.text;
			x.raw_n = (uint32_t)(end - start);
		}
		x.text = (uint32_t)(start - (from - r->text_start));
		x.n = (uint32_t)(end - start);
		p->pieces.at[kept++] = x;
	}
	p->pieces.n = kept;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* Without xml:space="preserve" white space at the ends of a piece of text is not text. */
static void
end_text(docx_reader *r)
{
	paragraph *p = docx_inner(r);
	size_t start = r->text_start;

	r->in_text = false;
	if (r->preserve || p == NULL || p->text.n <= start)
		return;
	size_t from = start, to = p->text.n;
	while (to > start && is_blank(p->text.p[to - 1]))
		to--;
	while (from < to && is_blank(p->text.p[from]))
		from++;
	if (from == start && to == p->text.n)
		return;
	memmove(p->text.p + start, p->text.p + from, to - from);
	p->text.n = start + to - from;
	if (r->reading != NULL)
		cut_pieces(r, p, from, to);
}

static void
on_run_content(docx_reader *r, slice element, const XML_Char **all)
{
	char sign[4];

	r->shown = at(r);
	if (slice_is(element, "t"))
		begin_text(r, all);
	else if (slice_is(element, "tab") || slice_is(element, "ptab"))
		docx_put(r, SLICE("\t"), false);
	else if (slice_is(element, "br") || slice_is(element, "cr")) {
		docx_put(r, SLICE("\n"), false);
		if (slice_is(docx_attribute(all, "type"), "page"))
			docx_page(r, false);
	} else if (slice_is(element, "noBreakHyphen"))
		docx_put(r, SLICE("\u2011"), false);
	else if (slice_is(element, "sym"))
		docx_put(r,
			docx_symbol(
				docx_attribute(all, "font"), docx_attribute(all, "char"), sign),
			false);
	else if (slice_is(element, "instrText"))
		r->code_depth = r->xml.depth;
	else if (slice_is(element, "fldChar"))
		on_field(r, all);
	else if (slice_is(element, "lastRenderedPageBreak"))
		docx_page(r, true);
	else if (slice_is(element, "footnoteReference"))
		docx_note_reference(r, PART_FOOTNOTE, all);
	else if (slice_is(element, "endnoteReference"))
		docx_note_reference(r, PART_ENDNOTE, all);
	else if (slice_is(element, "commentReference"))
		docx_note_reference(r, PART_COMMENT, all);
	else if (slice_is(element, "object"))
		docx_put_object(r);
}

/* --- properties --- */

static void
on_run_property(docx_reader *r, slice element, const XML_Char **all)
{
	run_state *s = &r->run;
	const docx_style *style;

	if (slice_is(element, "vanish"))
		s->hidden = docx_is_on(all);
	else if (slice_is(element, "vertAlign"))
		s->raised = slice_is(docx_attribute(all, "val"), "superscript");
	else if (slice_is(element, "rStyle")) {
		style = docx_styles_find(&r->styles, docx_attribute(all, "val"));
		/* What two styles say of a toggle is the opposite of what one of them says. */
		if (style != NULL && style->hidden == 1)
			s->hidden = !s->hidden;
		if (style != NULL && style->language != LANGUAGE_UNKNOWN)
			s->language = style->language;
	} else if (slice_is(element, "lang")) {
		language l = docx_language(docx_attribute(all, "val"));
		if (l != LANGUAGE_UNKNOWN)
			s->language = l;
	}
}

static void
on_paragraph_property(docx_reader *r, slice element, const XML_Char **all)
{
	paragraph *p = docx_inner(r);
	int value = docx_number(all, "val", -1);

	if (slice_is(element, "del") || slice_is(element, "moveFrom"))
		p->mark_deleted = true;
	else if (slice_is(element, "vanish") || slice_is(element, "specVanish"))
		p->mark_hidden = docx_is_on(all);
	else if (slice_is(element, "pStyle")) {
		const docx_style *s = docx_styles_find(&r->styles, docx_attribute(all, "val"));
		p->style = s == NULL ? &r->styles.plain : s;
	} else if (slice_is(element, "outlineLvl"))
		p->heading = value >= 0 && value < 9 ? value + 1 : 0;
	else if (slice_is(element, "numId"))
		p->list = value < 0 ? 0 : value;
	else if (slice_is(element, "ilvl"))
		p->level = value < 0 ? 0 : value;
}

static void
on_property(docx_reader *r, slice element, const XML_Char **all)
{
	if (r->run.runs != 0)
		on_run_property(r, element, all);
	else if (r->in_paragraph_properties)
		on_paragraph_property(r, element, all);
}

/* Of a content control: what a program fills in again, or locks, is not to be changed. */
static void
on_control(docx_reader *r, slice element, const XML_Char **all)
{
	slice value = docx_attribute(all, "val");
	bool locked = slice_is(element, "lock") &&
		      (slice_is(value, "contentLocked") || slice_is(value, "sdtContentLocked"));

	if ((locked || slice_is(element, "dataBinding") ||
		    slice_is(element, "showingPlcHdr")) &&
		r->fixed_depth == 0 && r->xml.depth > 2)
		r->fixed_depth = r->xml.depth - 2;
}

/* --- elements --- */

/* What the properties were before they were changed. */
static bool
is_past(slice element)
{
	return slice_ends(element, SLICE("PrChange")) || slice_is(element, "numberingChange");
}

/* Content that Word does not show, and properties that do not matter here. */
static bool
is_left_out(slice element)
{
	static const char *const names[] = { "del", "moveFrom", "delText", "delInstrText",
		"rubyPr", "rt", "binData", "tblPr", "tblPrEx", "tblGrid", "sdtEndPr", "fldData",
		NULL };

	return slice_is_one_of(element, names);
}

/* Properties of a row or cell of a table: whether it is deleted is all that matters. */
static void
on_table_property(docx_reader *r, slice element)
{
	if (!slice_is(element, "del") && !slice_is(element, "cellDel"))
		return;
	r->skip = r->table_depth - 1;
	r->table_depth = 0;
}

static void
begin_paragraph(docx_reader *r)
{
	docx_paragraph_begin(r);
	if (docx_inner(r) != NULL && r->in_control) {
		docx_inner(r)->is_first = r->reading != NULL;
		r->in_control = false;
	}
	if (r->wants_point && r->nested == 1 && docx_is_text_body(r))
		r->pending = r->xml.depth;
}

/* A text box interrupts a run. */
static void
begin_box(docx_reader *r)
{
	if (r->boxes == NESTED_MOST) {
		docx_xml_fail(&r->xml, docx_xml_damaged(&r->xml, "text boxes nested too deep"));
		return;
	}
	hold_outer(r);
	r->box_states[r->boxes++] = r->run;
	r->run = (run_state){ 0 };
}

static void
end_box(docx_reader *r)
{
	docx_paragraph_end_all(r, r->xml.depth);
	if (r->boxes != 0)
		r->run = r->box_states[--r->boxes];
}

/* Elements around text. */
static bool
begin_around(docx_reader *r, slice element, const XML_Char **all)
{
	if (slice_is(element, "tc")) {
		if (r->cells++ == 0 && docx_is_text_body(r))
			r->page = r->row_page;
	} else if (slice_is(element, "tr")) {
		if (r->cells == 0 && docx_is_text_body(r))
			r->row_page = r->cell_page = r->page;
	} else if (slice_is(element, "txbxContent"))
		begin_box(r);
	else if (slice_is(element, "tbl")) {
		docx_paragraph_end_all(r, r->xml.depth - 1);
		if (docx_inner(r) != NULL && docx_inner(r)->waits)
			docx_paragraph_close(r);
	} else if (slice_is(element, "footnote") || slice_is(element, "endnote"))
		docx_note_begin(r, all);
	else if (slice_is(element, "comment"))
		docx_comment_begin(r, all);
	else if (slice_is(element, "sdt"))
		r->in_control = docx_inner(r) == NULL || docx_inner(r)->waits ||
				docx_inner(r)->boxes < r->boxes;
	else if (slice_is(element, "ins") || slice_is(element, "moveTo")) {
		r->insert_depth = r->xml.depth;
		r->insert = at(r);
		r->insert_end = end_of(r);
	} else if (slice_is(element, "fldSimple")) {
		if (r->simple_depth == 0) {
			r->simple_depth = r->xml.depth;
			begin_simple_field(r, docx_attribute(all, "instr"));
			if (r->run.field == 0)
				r->run.field = docx_hold_add(r, at(r), 0);
		}
	} else
		return false;
	return true;
}

static void
open_element(docx_reader *r, slice element, const XML_Char **all)
{
	if (slice_is(element, "p"))
		begin_paragraph(r);
	else if (r->table_depth != 0)
		on_table_property(r, element);
	else if (slice_is(element, "trPr") || slice_is(element, "tcPr"))
		r->table_depth = r->xml.depth;
	else if (slice_is(element, "sectPr"))
		r->in_section = true;
	else if (r->in_section)
		docx_section_property(r, element, all);
	else if (slice_is(element, "pPr"))
		r->in_properties = r->in_paragraph_properties = true;
	else if (slice_is(element, "rPr"))
		r->in_properties = true;
	else if (docx_inner(r) != NULL && r->in_properties)
		on_property(r, element, all);
	else if (slice_is(element, "dataBinding") || slice_is(element, "lock") ||
		 slice_is(element, "showingPlcHdr"))
		on_control(r, element, all);
	else if (begin_around(r, element, all))
		return;
	else if (docx_inner(r) == NULL)
		return;
	else if (slice_is(element, "r"))
		begin_run(r);
	else if (r->run.runs != 0)
		on_run_content(r, element, all);
}

/* Elements of other vocabularies. */
static void
on_foreign(docx_reader *r, const XML_Char *name, const XML_Char **all)
{
	slice s = slice_of(name), local = docx_local(name);

	if (slice_starts(s, slice_of(mc)))
		on_alternative(r, local, all);
	else if (slice_ends(s, slice_of(math))) {
		docx_put_object(r);
		r->skip = r->xml.depth;
	} else if (slice_is(local, "inline"))
		docx_put_object(r);
}

static void
keep_id(docx_reader *r, const XML_Char **all)
{
	int id = docx_number(all, "id", -1);

	if (id < 0)
		return;
	status done = ARRAY_RESERVE(r->context->memory, &r->ids, 1);
	docx_xml_fail(&r->xml, done);
	if (done == STATUS_OK)
		r->ids.at[r->ids.n++] = (uint32_t)id;
}

/* Where comments are spoken of, and the highest number of a note. */
static void
keep_mention(docx_reader *r, slice element, const XML_Char **all)
{
	static const char *const tags[] = { "commentRangeStart", "commentRangeEnd",
		"commentReference", "comment", NULL };
	bool note = slice_is(element, "footnote") || slice_is(element, "endnote");
	int id;

	if ((!note && !slice_is_one_of(element, tags)) || (id = docx_number(all, "id", -1)) < 0)
		return;
	if (note) {
		if ((uint32_t)id > r->reading->highest_note)
			r->reading->highest_note = (uint32_t)id;
		return;
	}
	status done = ARRAY_RESERVE(r->context->memory, &r->mentions, 1);
	docx_xml_fail(&r->xml, done);
	if (done == STATUS_OK)
		r->mentions.at[r->mentions.n++] = (docx_mention){ (uint32_t)r->names.n - 1,
			at(r), r->xml.exact ? docx_xml_length(&r->xml) : 0, (uint32_t)id };
}

static void
on_space(docx_reader *r, const XML_Char **all)
{
	for (; all[0] != NULL; all += 2)
		if (strcmp(all[0], xml_space) == 0 && strcmp(all[1], "preserve") == 0 &&
			r->space_depth == 0)
			r->space_depth = r->xml.depth;
}

static void
check_root(docx_reader *r, const XML_Char *name, slice element)
{
	if (r->part != PART_BODY || r->xml.depth != 1)
		return;
	if (r->reading != NULL)
		r->reading->is_strict = docx_is_strict(name);
	if (!slice_is(element, "document"))
		docx_xml_fail(&r->xml,
			context_fail(r->context, STATUS_FORMAT,
				"%s: a zip file that is no Word document",
				"%s\u00A0: un fichier zip qui n’est pas un document Word",
				r->package.name));
}

static void
on_start(void *user, const XML_Char *name, const XML_Char **all)
{
	docx_reader *r = user;
	slice element = docx_word(name);

	if (r->reading != NULL && element.n != 0) {
		keep_id(r, all);
		keep_mention(r, element, all);
	}
	if (r->skip != 0)
		return;
	check_root(r, name, element);
	docx_section_look(r, element);
	if (!slice_is(element, "t"))
		on_space(r, all);
	if (is_past(element) ||
		(!r->in_properties && r->table_depth == 0 && is_left_out(element)))
		r->skip = r->xml.depth;
	else if (element.n == 0)
		on_foreign(r, name, all);
	else
		open_element(r, element, all);
}

/* --- ends --- */

/* An end tag that stands apart belongs to what its element shows. */
static void
lengthen_piece(docx_reader *r, slice element)
{
	static const char *const shown[] = { "tab", "ptab", "br", "cr", "noBreakHyphen", "sym",
		NULL };
	paragraph *p = docx_inner(r);

	if (r->reading == NULL || p == NULL || p->pieces.n == 0 || r->run.runs == 0 ||
		docx_xml_length(&r->xml) == 0 || !slice_is_one_of(element, shown))
		return;
	layout_piece *x = &p->pieces.at[p->pieces.n - 1];
	if (x->raw == r->shown)
		x->raw_n = end_of(r) - x->raw;
}

static void
end_cell(docx_reader *r)
{
	docx_paragraph_end_all(r, r->xml.depth);
	r->cells -= r->cells > 0;
	if (r->cells == 0 && docx_is_text_body(r)) {
		if (r->page > r->cell_page)
			r->cell_page = r->page;
	}
}

static void
end_paragraph(docx_reader *r)
{
	paragraph *p = docx_inner(r);

	if (p == NULL || p->depth != r->xml.depth)
		return;
	if (r->pending == r->xml.depth) {
		if (docx_xml_length(&r->xml) != 0)
			docx_section_point(r);
		r->pending = 0;
	}
	p->waits = p->mark_deleted || p->mark_hidden;
	if (!p->waits)
		docx_paragraph_close(r);
}

static void
end_properties(docx_reader *r, slice element)
{
	paragraph *p = docx_inner(r);
	bool of_paragraph = slice_is(element, "pPr");

	if (of_paragraph)
		r->in_paragraph_properties = false;
	r->in_properties = r->in_paragraph_properties;
	if (p == NULL)
		return;
	if (of_paragraph)
		docx_paragraph_describe(r, p);
	else if (r->run.runs == 1 && r->reading != NULL && p->runs.n != 0)
		p->runs.at[r->run.run].content = end_of(r);
}

static void
close_element(docx_reader *r, slice element)
{
	if (slice_is(element, "p"))
		end_paragraph(r);
	else if (slice_is(element, "sectPr"))
		docx_section_end(r);
	else if (r->in_section) {
		if (slice_is(element, "footnotePr") || slice_is(element, "endnotePr"))
			r->in_notes = NULL;
	} else if (slice_is(element, "pPr") || slice_is(element, "rPr"))
		end_properties(r, element);
	else if (r->in_properties)
		return;
	else if (slice_is(element, "r"))
		end_run(r);
	else if (slice_is(element, "t"))
		end_text(r);
	else if (slice_is(element, "tc"))
		end_cell(r);
	else if (slice_is(element, "tr") && r->cells == 0 && docx_is_text_body(r))
		r->page = r->cell_page;
	else if (slice_is(element, "footnote") || slice_is(element, "endnote") ||
		 slice_is(element, "comment"))
		docx_paragraph_end_all(r, r->xml.depth);
	else if (slice_is(element, "txbxContent"))
		end_box(r);
	else
		lengthen_piece(r, element);
}

/* What was open since its depth is over. */
static void
end_depths(docx_reader *r)
{
	unsigned depth = r->xml.depth;

	if (r->space_depth == depth)
		r->space_depth = 0;
	if (r->fixed_depth == depth)
		r->fixed_depth = 0;
	if (r->table_depth == depth)
		r->table_depth = 0;
	if (r->code_depth == depth)
		r->code_depth = 0;
	if (r->insert_depth == depth)
		r->insert_depth = 0;
	if (r->simple_depth == depth) {
		r->simple_depth = 0;
		end_simple_field(r);
		if (r->run.fields == 0) {
			end_hold(r, r->run.field, end_of(r));
			r->run.field = 0;
		}
	}
	if (r->choice_count != 0 && r->choices[r->choice_count - 1].depth == depth)
		r->choice_count--;
}

static void
on_end(void *user, const XML_Char *name)
{
	docx_reader *r = user;
	slice element = docx_word(name);

	if (r->skip == r->xml.depth) {
		r->skip = 0;
		/* What was begun before it was known to be deleted. */
		if (slice_is(element, "tc") || slice_is(element, "tr"))
			close_element(r, element);
	} else if (r->skip == 0 && element.n != 0)
		close_element(r, element);
	if (r->skip == 0)
		end_depths(r);
}

/* The letter of a note, typed and raised behind a word of a table: no part of the word. Nor is
 * « 1er », « Mme » or « no » such a letter. */
static bool
is_note_letter(const docx_reader *r, slice s)
{
	slice before = buffer_slice(&r->open[r->nested - 1].text);
	size_t n = before.n;

	return r->run.raised && (s.n == 1 || (s.n == 3 && s.p[1] == ',')) && s.p[0] >= 'a' &&
	       s.p[0] <= 'z' && n > 2 && before.p[n - 1] >= 'a' && before.p[n - 1] <= 'z' &&
	       before.p[n - 2] >= 'a' && before.p[n - 2] <= 'z';
}

/* Line breaks in the XML are spaces. */
static void
on_text(void *user, slice s)
{
	docx_reader *r = user;
	bool line_break = s.n == 1 && (*s.p == '\n' || *s.p == '\r');

	if (r->code_depth != 0 && r->skip == 0)
		for (size_t i = 0; i < s.n && r->code_n < sizeof(r->code); i++)
			r->code[r->code_n++] = s.p[i];
	if (!r->in_text || r->skip != 0 || docx_inner(r) == NULL)
		return;
	if (is_note_letter(r, s))
		docx_put_object(r);
	docx_put(r, line_break ? SLICE(" ") : s, true);
}

static status
keep_name(docx_reader *r, slice part)
{
	slice kept;

	TRY(arena_copy(&r->document->arena, part, &kept));
	TRY(ARRAY_RESERVE(r->context->memory, &r->names, 1));
	r->names.at[r->names.n++] = kept;
	return STATUS_OK;
}

status
docx_text_read(docx_reader *r, slice part)
{
	r->nested = r->skip = r->cells = r->boxes = 0;
	r->run = (run_state){ 0 };
	r->in_text = r->in_properties = r->in_paragraph_properties = r->in_section =
		r->preserve = false;
	r->space_depth = r->fixed_depth = r->simple_depth = r->insert_depth = 0;
	r->table_depth = r->code_depth = 0;
	r->code_n = 0;
	r->choice_count = r->pending = 0;
	r->in_control = false;
	r->xml.start = on_start;
	r->xml.end = on_end;
	r->xml.text = on_text;
	TRY(keep_name(r, part));
	status done = docx_xml_read(&r->xml, part.p);
	if (done != STATUS_OK)
		return done;
	docx_paragraph_end_all(r, 0);
	return r->xml.status;
}
