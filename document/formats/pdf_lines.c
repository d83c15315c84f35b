#include "document/formats/pdf_lines.h"

#include <stdlib.h>

#include "document/formats/pdf_page.h"
#include "text/utf8.h"

#define COLUMN_LINES 6 /* the least on either side of a gutter */

/* ---- columns of prose ---- */

#define GUTTERS_MOST 3

/* White strips of the page that hardly a piece crosses. More of them than prose has columns: 0.
 */
static size_t
find_white(const pdf_page_reader *r, pdf_strip *out)
{
	uint16_t bins[PDF_BINS] = { 0 };
	int32_t size = 0;

	for (size_t i = 0; i < r->pieces.n; i++) {
		const pdf_piece *p = &r->pieces.at[i];
		size = p->size > size && p->count > 3 ? p->size : size;
		pdf_bins_cover(bins, p);
	}
	uint32_t most = (uint32_t)r->pieces.n / 12;
	size_t n = pdf_bins_white(
		bins, most, (int32_t)((int64_t)size * PDF_STRIP / 100), out, GUTTERS_MOST + 1);
	return n > GUTTERS_MOST ? 0 : n;
}

static bool
crosses(const pdf_piece *p, const pdf_strip *gutters, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p->x1 < gutters[i].from - PDF_BIN && p->x2 > gutters[i].to + PDF_BIN)
			return true;
	return false;
}

/* Most lines of every column are long and reach nearly from margin to margin: that is prose; a
 * table has short cells. */
static bool
are_filled(const pdf_page_reader *r, const pdf_strip *gutters, size_t n)
{
	struct {
		int32_t x1, x2;
		uint32_t lines, filled;
	} columns[GUTTERS_MOST + 1] = { 0 };

	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < r->pieces.n; i++) {
			const pdf_piece *p = &r->pieces.at[i];
			size_t c = pdf_column_of(gutters, n, p);
			if (crosses(p, gutters, n))
				continue;
			if (round == 1) {
				columns[c].lines++;
				columns[c].filled +=
					p->count > 3 &&
					(p->x2 - p->x1) >
						(columns[c].x2 - columns[c].x1) / 5 * 3;
				continue;
			}
			if (columns[c].x2 == 0 || p->x1 < columns[c].x1)
				columns[c].x1 = p->x1;
			columns[c].x2 = p->x2 > columns[c].x2 ? p->x2 : columns[c].x2;
		}
	for (size_t i = 0; i <= n; i++)
		if (columns[i].lines < COLUMN_LINES ||
			columns[i].filled * 3 < columns[i].lines * 2)
			return false;
	return true;
}

/* The rows of one column among rows start to end, as rows of their own. */
static status
put_column(pdf_page_reader *r, uint32_t start, uint32_t end, const pdf_strip *gutters, size_t n,
	size_t column)
{
	uint32_t first = (uint32_t)r->rows.n;

	for (uint32_t i = start; i < end; i++) {
		pdf_row line = r->rows.at[i], part = line;
		part.count = 0;
		for (uint32_t k = 0; k < line.count; k++) {
			const pdf_piece *p = pdf_row_piece(r, &line, k);
			if (pdf_column_of(gutters, n, p) != column)
				continue;
			if (part.count++ == 0) {
				part.first = line.first + k;
				part.x1 = p->x1;
				part.size = p->size;
				part.middle = p->y1 + (p->y2 - p->y1) / 2;
			}
			part.x2 = p->x2;
		}
		if (part.count == 0)
			continue;
		TRY(ARRAY_RESERVE(r->context->memory, &r->rows, 1));
		r->rows.at[r->rows.n++] = part;
	}
	uint32_t last = (uint32_t)r->rows.n;
	TRY(pdf_rows_put(r, first, last));
	r->rows.n = first;
	r->out->regions++;
	return STATUS_OK;
}

static bool
is_across(const pdf_page_reader *r, const pdf_row *line, const pdf_strip *gutters, size_t n)
{
	for (uint32_t i = 0; i < line->count; i++)
		if (crosses(pdf_row_piece(r, line, i), gutters, n))
			return true;
	return false;
}

/* Between lines that go across all columns, one column after the other. */
static status
put_columns(pdf_page_reader *r, const pdf_strip *gutters, size_t n)
{
	uint32_t total = (uint32_t)r->rows.n;

	for (uint32_t i = 0, end; i < total; i = end) {
		bool across = is_across(r, &r->rows.at[i], gutters, n);
		for (end = i + 1; end < total; end++)
			if (is_across(r, &r->rows.at[end], gutters, n) != across)
				break;
		if (across) {
			TRY(pdf_rows_put(r, i, end));
			r->out->regions++;
			continue;
		}
		for (size_t c = 0; c <= n; c++)
			TRY(put_column(r, i, end, gutters, n, c));
	}
	return STATUS_OK;
}

/* ---- what does not stand upright, and pages ---- */

/* Lines that run up or down the page, in the helper's order: each is a cell. */
static status
put_rotated(pdf_page_reader *r, uint32_t start, uint32_t end)
{
	pdf_piece p = { .first = start };

	for (uint32_t i = start; i < end; i++) {
		const pdf_word *w = pdf_page_word(r, i);
		if (p.count != 0) {
			const pdf_word *before = pdf_page_word(r, i - 1);
			int32_t apart = abs(w->x1 + w->x2 - before->x1 - before->x2) / 2;
			if (apart * 2 > w->size) {
				pdf_piece_measure(r, &p);
				TRY(pdf_piece_put(r, &p, PDF_LINE_CELL | PDF_LINE_ROTATED,
					++r->out->cells));
				p = (pdf_piece){ .first = i };
			}
		}
		p.count++;
	}
	if (p.count == 0)
		return STATUS_OK;
	pdf_piece_measure(r, &p);
	return pdf_piece_put(r, &p, PDF_LINE_CELL | PDF_LINE_ROTATED, ++r->out->cells);
}

/* Single letters that stand upright among rotated ones run with them: a letter has no
 * direction. */
static bool
is_rotated(const pdf_page_reader *r, uint32_t i)
{
	const pdf_word *words = r->out->pages->words.at, *w = &words[i];
	uint32_t first = r->page->first, end = first + r->page->count;

	if ((w->flags & PDF_ROTATED) != 0)
		return true;
	size_t at = 0;
	slice s = pdf_word_text(r->out->pages, w);
	utf8_next(s, &at);
	if (at != s.n)
		return false;
	for (int side = -1; side <= 1; side += 2) {
		uint32_t k = i + (uint32_t)side;
		if (k >= first && k < end && (words[k].flags & PDF_ROTATED) != 0 &&
			abs(words[k].x1 - w->x1) * 4 < w->size)
			return true;
	}
	return false;
}

static status
read_upright(pdf_page_reader *r, pdf_placed *list, size_t n)
{
	pdf_strip gutters[GUTTERS_MOST + 1];

	TRY(pdf_rows_find(r, list, n));
	size_t gutter_count = find_white(r, gutters);
	if (gutter_count != 0 && are_filled(r, gutters, gutter_count))
		return put_columns(r, gutters, gutter_count);
	return pdf_rows_put(r, 0, (uint32_t)r->rows.n);
}

static status
read_page(pdf_page_reader *r)
{
	uint32_t first = r->page->first, n = r->page->count, upright = 0;
	pdf_placed *list = memory_alloc(r->context->memory, (n + 1) * sizeof(*list));

	if (list == NULL)
		return STATUS_MEMORY;
	for (uint32_t i = first; i < first + n; i++)
		if (!is_rotated(r, i))
			list[upright++] = (pdf_placed){ 0, i };
	uint32_t at = first + upright;
	for (uint32_t i = first; i < first + n; i++)
		if (is_rotated(r, i))
			r->out->order[at++] = i;
	r->pieces.n = r->rows.n = 0;
	r->out->regions++;
	status done = read_upright(r, list, upright);
	memory_free(r->context->memory, list);
	TRY(done);
	r->out->regions++;
	return put_rotated(r, first + upright, first + n);
}

status
pdf_lines_find(pdf_lines *out, context *c, arena *a, const pdf_pages *pages)
{
	pdf_page_reader r = { .out = out, .context = c };
	status done = STATUS_OK;

	*out = (pdf_lines){ .pages = pages };
	out->order = ARENA_ARRAY(a, uint32_t, pages->words.n + 1);
	if (out->order == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < pages->pages.n && done == STATUS_OK; i++) {
		r.page = &pages->pages.at[i];
		r.number = (uint32_t)i;
		done = read_page(&r);
	}
	ARRAY_FREE(c->memory, &r.pieces);
	ARRAY_FREE(c->memory, &r.rows);
	return done;
}

bool
pdf_word_is_raised(const pdf_line *line, const pdf_word *w)
{
	int32_t foot = line->y2 - line->size / 5, own = w->y2 - w->size / 5;

	return w->size * 20 < line->size * 17 && (foot - own) * 8 > line->size;
}
