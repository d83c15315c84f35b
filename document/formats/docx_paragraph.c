/* From the text of a paragraph to a block: without white space at its ends, composed, with its
 * kind, its number, its page, and with the places of its pieces where they are wanted. */
#include "document/formats/docx_reader.h"
#include "text/normal.h"

#define LABEL_MOST 256

paragraph *
docx_inner(docx_reader *r)
{
	return r->nested == 0 ? NULL : &r->open[r->nested - 1];
}

/* --- begin --- */

static void
clear(docx_reader *r, paragraph *p)
{
	const memory *m = r->context->memory;
	buffer text = p->text, label = p->label;

	if (text.memory == NULL) {
		buffer_init(&text, m, r->context->limits.paragraph);
		buffer_init(&label, m, LABEL_MOST);
	}
	buffer_clear(&text);
	buffer_clear(&label);
	p->text = text;
	p->label = label;
	p->pieces.n = p->runs.n = 0;
	p->style = &r->styles.plain;
	p->heading = p->list = p->level = DOCX_UNSAID;
	p->counted = p->is_item = p->object = false;
	p->mark_deleted = p->mark_hidden = p->waits = false;
	p->page = 0;
	p->is_first = false;
	p->hold = 0;
	p->boxes = r->boxes;
	memset(p->bytes, 0, sizeof(p->bytes));
}

/* Of the state around text only fields go on from one paragraph to the next. */
static void
resume(docx_reader *r, const run_state *before)
{
	run_state now = *before;

	now.fields = r->run.fields;
	now.codes = r->run.codes;
	now.field = r->run.field;
	now.field_ends = r->run.field_ends;
	r->run = now;
}

/* One that goes on after a mark that is deleted or hidden. Properties are those of the last;
 * but where text stands before a hidden mark, its number stands before it. */
static void
go_on(docx_reader *r, paragraph *p)
{
	bool keeps_number = p->mark_hidden && !p->mark_deleted && p->text.n != 0;

	p->mark_deleted = p->mark_hidden = p->waits = false;
	p->depth = r->xml.depth;
	if (keeps_number)
		docx_paragraph_describe(r, p);
	p->style = &r->styles.plain;
	p->heading = p->list = p->level = DOCX_UNSAID;
	if (keeps_number && p->kind == BLOCK_HEADING)
		p->kind = BLOCK_PARAGRAPH; /* a heading with the text that it runs into */
}

void
docx_paragraph_begin(docx_reader *r)
{
	paragraph *p = docx_inner(r);

	if (p != NULL && p->waits) {
		go_on(r, p);
		return;
	}
	if (r->nested == NESTED_MOST) {
		docx_xml_fail(&r->xml, docx_xml_damaged(&r->xml, "paragraphs nested too deep"));
		return;
	}
	p = &r->open[r->nested++];
	clear(r, p);
	p->depth = r->xml.depth;
	p->in_table = r->cells != 0;
	bool is_note = r->part == PART_FOOTNOTE || r->part == PART_ENDNOTE;
	p->kind = is_note ? BLOCK_NOTE : p->in_table ? BLOCK_CELL : BLOCK_PARAGRAPH;
	p->around = r->run;
	resume(r, &(run_state){ 0 });
}

/* --- properties --- */

static void
count(docx_reader *r, paragraph *p)
{
	const docx_style *s = p->style;
	int list = p->list != DOCX_UNSAID ? p->list : s->list;
	int level = p->level;

	p->counted = true;
	if (list <= 0)
		return;
	if (level == DOCX_UNSAID)
		level = p->list == DOCX_UNSAID && s->level == DOCX_UNSAID
				? docx_lists_level(&r->lists, list, s->id)
			: s->level == DOCX_UNSAID ? 0
						  : s->level;
	docx_lists_count(&r->lists, list, level, &p->label, &p->is_item);
	if (p->label.status == STATUS_MEMORY)
		docx_xml_fail(&r->xml, STATUS_MEMORY);
}

/* The last of paragraphs that are joined gives them its properties. */
void
docx_paragraph_describe(docx_reader *r, paragraph *p)
{
	int heading = p->heading != DOCX_UNSAID ? p->heading : p->style->heading;

	if (p->mark_deleted || p->mark_hidden || p->counted)
		return;
	count(r, p);
	if (p->kind != BLOCK_PARAGRAPH)
		return;
	if (heading > 0)
		p->kind = BLOCK_HEADING;
	else if (p->is_item)
		p->kind = BLOCK_ITEM;
}

/* --- text --- */

static bool
is_shown(docx_reader *r)
{
	return docx_inner(r) != NULL && r->skip == 0 && !r->run.hidden && r->run.codes == 0;
}

static void
append(docx_reader *r, paragraph *p, slice s)
{
	if (p->text.n == 0 || p->page == 0)
		p->page = r->page;
	buffer_put(&p->text, s);
	p->bytes[r->run.language] += s.n;
	docx_xml_fail(&r->xml, p->text.status);
}

static void
keep_place(docx_reader *r, paragraph *p, slice s, bool verbatim)
{
	uint32_t at = docx_xml_at(&r->xml), n = docx_xml_length(&r->xml);
	status done = ARRAY_RESERVE(r->context->memory, &p->pieces, 1);

	if (done != STATUS_OK || p->runs.n == 0) {
		docx_xml_fail(&r->xml, done);
		return;
	}
	uint32_t hold = r->part_hold != 0   ? r->part_hold
			: p->hold != 0      ? p->hold
			: r->run.outer != 0 ? r->run.outer
					    : r->run.field;
	p->pieces.at[p->pieces.n++] = (layout_piece){ .text = (uint32_t)p->text.n,
		.n = (uint32_t)s.n,
		.raw = at,
		.raw_n = n,
		.part = (uint32_t)r->names.n - 1,
		.owner = (uint32_t)r->run.run,
		.hold = hold,
		.verbatim = verbatim && n == s.n,
		.fixed = r->part_fixed || r->fixed_depth != 0 || r->run.fields != 0 ||
			 r->simple_depth != 0 || r->run.outer != 0 || r->xml.raw };
}

void
docx_put(docx_reader *r, slice s, bool verbatim)
{
	paragraph *p = docx_inner(r);

	if (!is_shown(r))
		return;
	if (p->object && p->text.n != 0)
		append(r, p, SLICE("\uFFFC"));
	p->object = false;
	if (r->reading != NULL && r->xml.exact && r->run.runs != 0)
		keep_place(r, p, s, verbatim);
	append(r, p, s);
}

void
docx_put_object(docx_reader *r)
{
	if (is_shown(r))
		docx_inner(r)->object = true;
}

/* --- blocks --- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

static bool
is_wanted(const docx_reader *r, uint32_t start, uint32_t end)
{
	const docx_reading *x = r->reading;
	size_t low = 0, high = x->wanted_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (x->wanted[middle].end < start)
			low = middle + 1;
		else
			high = middle;
	}
	return low < x->wanted_count && x->wanted[low].start <= end;
}

/* The piece between two places of its text, moved. */
static status
add_piece(docx_reader *r, layout_piece x, uint32_t from, uint32_t to, int64_t shift,
	uint32_t first_run)
{
	if (from >= to)
		return STATUS_OK;
	if (x.verbatim) {
		x.raw += from - x.text;
		x.raw_n = to - from;
	} else if (from != x.text || to != x.text + x.n)
		return STATUS_OK;
	x.text = (uint32_t)(from + shift);
	x.n = to - from;
	x.owner += first_run;
	TRY(ARRAY_RESERVE(r->context->memory, &r->pieces, 1));
	r->pieces.at[r->pieces.n++] = x;
	return STATUS_OK;
}

/* The places of the text between from and to of the paragraph, which became the text of the
 * document from `start` on. */
static status
add_places(docx_reader *r, const paragraph *p, uint32_t from, uint32_t to, uint32_t start)
{
	uint32_t first_run = (uint32_t)(r->runs.n - p->runs.n);

	for (size_t i = 0; i < p->pieces.n; i++) {
		layout_piece x = p->pieces.at[i];
		uint32_t end = x.text + x.n;
		TRY(add_piece(r, x, x.text > from ? x.text : from, end < to ? end : to,
			(int64_t)start - from, first_run));
	}
	return STATUS_OK;
}

static status
put_text(docx_reader *r, slice s)
{
	size_t at = r->text_n;

	r->text_n += s.n;
	if (r->reading != NULL)
		return slice_equal(slice_sub(r->reading->text, at, r->text_n), s)
			       ? STATUS_OK
			       : STATUS_DAMAGED;
	buffer_put(&r->text, s);
	return r->text.status;
}

/* What is typed with combining accents is composed, as in every other format. A character made
 * of several has no place. */
static status
put_composed(docx_reader *r, const paragraph *p, slice s, bool places)
{
	normal_change change;
	size_t at = 0, copied = 0;
	uint32_t lost = (uint32_t)(s.p - p->text.p);
	bool found;

	for (;;) {
		TRY(normal_next(r->context, s, NORMAL_ANYWHERE, &at, &change, &found));
		size_t until = found ? change.text.start : s.n;
		if (places && until > copied)
			TRY(add_places(r, p, lost + (uint32_t)copied, lost + (uint32_t)until,
				(uint32_t)r->text_n));
		TRY(put_text(r, slice_sub(s, copied, until)));
		if (!found)
			return STATUS_OK;
		TRY(put_text(r, (slice){ change.bytes, change.n }));
		copied = change.text.end;
	}
}

static language
marked_language(const paragraph *p)
{
	language most = LANGUAGE_UNKNOWN;

	for (language l = LANGUAGE_FR; l <= LANGUAGE_OTHER; l++)
		if (p->bytes[l] > p->bytes[most])
			most = l;
	return most;
}

/* --- places for people --- */

static status
put_number(docx_reader *r, const paragraph *p, slice text, buffer *out)
{
	bool told = p->label.status == STATUS_OK;
	number_block b = { .label = told ? buffer_slice(&p->label) : SLICE(""),
		.text = text,
		.is_item = p->is_item,
		.is_heading = p->kind == BLOCK_HEADING,
		.alone = r->part != PART_BODY || p->in_table || r->boxes != 0 };

	return number_of_block(&r->path, b, out);
}

static status
add_place(docx_reader *r, const paragraph *p, slice text)
{
	block_place place = { .heading = r->heading,
		.page = p->page,
		.part = (uint8_t)(r->part == PART_BODY && r->boxes != 0 ? PART_BOX : r->part),
		.number = r->part_number };
	buffer number;

	if (r->part_number.n == 0) {
		buffer_init(&number, r->context->memory, LABEL_MOST);
		status done = put_number(r, p, text, &number);
		if (done == STATUS_OK && number.n != 0)
			done = arena_copy(
				&r->document->arena, buffer_slice(&number), &place.number);
		buffer_free(&number);
		if (done != STATUS_OK && done != STATUS_LIMIT)
			return done;
	}
	if (r->part != PART_BODY && r->part != PART_FOOTNOTE && r->part != PART_ENDNOTE)
		place.heading = place.page = 0;
	TRY(ARRAY_RESERVE(r->context->memory, &r->places, 1));
	r->places.at[r->places.n++] = place;
	if (p->kind == BLOCK_HEADING && r->part == PART_BODY && r->boxes == 0)
		r->heading = (uint32_t)r->places.n;
	return STATUS_OK;
}

static status
add_runs(docx_reader *r, const paragraph *p)
{
	TRY(ARRAY_RESERVE(r->context->memory, &r->runs, p->runs.n));
	if (p->runs.n != 0)
		memcpy(r->runs.at + r->runs.n, p->runs.at, p->runs.n * sizeof(*p->runs.at));
	r->runs.n += p->runs.n;
	return STATUS_OK;
}

static status
note_block(docx_reader *r, const paragraph *p, span text)
{
	TRY(ARRAY_RESERVE(r->context->memory, &r->blocks, 1));
	r->blocks.at[r->blocks.n++] = (block){ .text = text,
		.kind = (uint8_t)p->kind,
		.language = LANGUAGE_UNKNOWN,
		.hint = (uint8_t)marked_language(p),
		.quoted = p->style->quotation == 1 };
	return STATUS_OK;
}

static status
add_text(docx_reader *r, const paragraph *p, slice s)
{
	uint32_t start = (uint32_t)r->text_n;
	bool places = r->reading != NULL && is_wanted(r, start, start + (uint32_t)s.n);

	if (places)
		TRY(add_runs(r, p));
	TRY(put_composed(r, p, s, places));
	if (r->reading == NULL)
		TRY(note_block(r, p, (span){ start, (uint32_t)r->text_n }));
	return put_text(r, SLICE("\n"));
}

/* What the systems of the United Nations write into a comment: the number of the job, the
 * symbol of the document. */
static bool
is_made(const docx_reader *r, slice s)
{
	return r->part == PART_COMMENT && slice_starts(s, SLICE("<<")) &&
	       slice_ends(s, SLICE(">>"));
}

/* The text of a paragraph, without white space at its ends, becomes a block. */
static status
add_block(docx_reader *r, paragraph *p)
{
	slice s = buffer_slice(&p->text);

	TRY(p->text.status);
	if (!p->counted)
		docx_paragraph_describe(r, p);
	while (s.n != 0 && is_blank(s.p[0]))
		s = slice_sub(s, 1, s.n);
	while (s.n != 0 && is_blank(s.p[s.n - 1]))
		s.n--;
	if (s.n == 0 || is_made(r, s))
		return STATUS_OK;
	if (r->text_n + s.n > UINT32_MAX / 3)
		return context_fail(r->context, STATUS_LIMIT, "%.*s: too much text",
			"%.*s\u00A0: trop de texte", SLICE_ARG(r->document->path));
	if (r->reading == NULL)
		TRY(add_place(r, p, s));
	return add_text(r, p, s);
}

void
docx_paragraph_close(docx_reader *r)
{
	paragraph *p = &r->open[r->nested - 1];

	p->mark_deleted = p->mark_hidden = false;
	docx_xml_fail(&r->xml, add_block(r, p));
	r->nested--;
	resume(r, &p->around);
}

void
docx_paragraph_end_all(docx_reader *r, unsigned depth)
{
	while (r->nested != 0 && docx_inner(r)->depth > depth)
		docx_paragraph_close(r);
}
