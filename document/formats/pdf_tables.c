/* Rows to lines: tables cell by cell, everything else line by line. */
#include <stdlib.h>

#include "document/formats/pdf_page.h"
#include "text/utf8.h"

#define ROWS_APART 300    /* likewise: farther rows are not one table */
#define JUSTIFIED_GAP 300 /* likewise: in a line that is filled to both margins */
#define STRETCHED_MOST 4  /* lines */
#define STRIPS_MOST 64
#define CELL_GAP 42 /* likewise: divides cells where a strip is */

static int32_t
centre(const pdf_strip *s)
{
	return s->from + (s->to - s->from) / 2;
}

typedef struct zone {        /* rows that leave the same strips white */
	uint32_t first, end; /* rows */
	pdf_strip strips[STRIPS_MOST];
	size_t count;
} zone;

/* What of the strip the words of the row leave white, the widest part of it. */
static pdf_strip
still_white(const pdf_page_reader *r, const pdf_row *line, pdf_strip s)
{
	const pdf_piece *last = pdf_row_piece(r, line, line->count - 1);
	uint32_t start = pdf_row_piece(r, line, 0)->first, end = last->first + last->count;
	pdf_strip best = { 0, 0 };
	int32_t from = s.from;

	for (uint32_t i = start; i < end; i++) {
		const pdf_word *w = pdf_page_word(r, i);
		if (w->x2 <= from || pdf_is_leader(pdf_page_text(r, i)))
			continue;
		if (w->x1 >= s.to)
			break;
		if (w->x1 - from > best.to - best.from)
			best = (pdf_strip){ from, w->x1 };
		from = w->x2;
	}
	if (s.to - from > best.to - best.from)
		best = (pdf_strip){ from, s.to };
	return best;
}

static size_t
narrow(const pdf_page_reader *r, const pdf_row *line, const pdf_strip *in, size_t n,
	pdf_strip *out)
{
	int32_t least = (int32_t)((int64_t)line->size * PDF_STRIP / 100);
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		pdf_strip s = still_white(r, line, in[i]);
		if (s.to - s.from >= least)
			out[kept++] = s;
	}
	return kept;
}

static bool
is_near(const pdf_row *above, const pdf_row *below)
{
	int32_t size = above->size > below->size ? above->size : below->size;

	return (int64_t)(below->middle - above->middle) * 100 < (int64_t)size * ROWS_APART;
}

static bool
starts_low(slice s)
{
	size_t i = 0;

	return s.n != 0 && utf8_is_lower(utf8_next(s, &i));
}

/* Rows of one piece at the end of a table belong to it when they go on with a cell. */
static uint32_t
trim(const pdf_page_reader *r, const zone *z, uint32_t end)
{
	while (end > z->first + 1) {
		const pdf_row *last = &r->rows.at[end - 1], *above = last - 1;
		if (last->count > 1)
			break;
		const pdf_piece *p = pdf_row_piece(r, last, 0);
		bool tight = (last->middle - above->middle) * 10 < last->size * 13;
		bool inside = p->x1 > z->strips[0].from;
		if (tight && (inside || starts_low(pdf_page_text(r, p->first))))
			break;
		end--;
	}
	return end;
}

static size_t
gaps_of(const pdf_page_reader *r, const pdf_row *line, pdf_strip *out)
{
	size_t n = 0;

	for (uint32_t i = 0; i + 1 < line->count && n < STRIPS_MOST; i++)
		out[n++] = (pdf_strip){ pdf_row_piece(r, line, i)->x2,
			pdf_row_piece(r, line, i + 1)->x1 };
	return n;
}

/* A line of prose under a wide table: it may end before the last column, but runs across most
 * of the gaps that the row with most cells has. */
static bool
runs_across(const pdf_page_reader *r, const pdf_row *line, const pdf_strip *gaps, size_t n)
{
	pdf_strip kept[STRIPS_MOST];

	return line->count == 1 && narrow(r, line, gaps, n, kept) * 2 <= n;
}

/* One piece, well below the row above, that does not begin in the first column: the cells of a
 * table go on closely, its heads begin at the left. */
static bool
begins_anew(const pdf_row *above, const pdf_row *line, const pdf_strip *strips)
{
	return line->count == 1 && (line->middle - above->middle) * 10 > line->size * 15 &&
	       line->x1 >= strips[0].to;
}

static zone
find_zone(const pdf_page_reader *r, uint32_t first, uint32_t end)
{
	zone z = { .first = first, .end = first + 1 };
	pdf_strip kept[STRIPS_MOST], gaps[STRIPS_MOST];
	uint32_t most = r->rows.at[first].count;
	size_t gap_count = gaps_of(r, &r->rows.at[first], gaps);

	memcpy(z.strips, gaps, gap_count * sizeof(*gaps));
	z.count = gap_count;
	while (z.end < end && is_near(&r->rows.at[z.end - 1], &r->rows.at[z.end])) {
		const pdf_row *line = &r->rows.at[z.end];
		size_t n = narrow(r, line, z.strips, z.count, kept);
		if (n == 0 || runs_across(r, line, gaps, gap_count) ||
			begins_anew(line - 1, line, z.strips))
			break;
		if (line->count > most) {
			most = line->count;
			gap_count = gaps_of(r, line, gaps);
		}
		memcpy(z.strips, kept, n * sizeof(*kept));
		z.count = n;
		z.end++;
	}
	z.end = trim(r, &z, z.end);
	return z;
}

/* ---- columns and cells ---- */

/* In a table a gap that is narrow, but clearly wider than a space, may divide cells. */
static status
cut_piece(pdf_page_reader *r, pdf_piece p, pdf_row *out)
{
	pdf_piece part = p;

	for (uint32_t i = 1; i <= p.count; i++) {
		if (i < p.count) {
			int32_t left = pdf_page_word(r, p.first + i - 1)->x2;
			int32_t right = pdf_page_word(r, p.first + i)->x1;
			if ((p.marked && i == 1) ||
				(int64_t)(right - left) * 100 < (int64_t)p.size * CELL_GAP)
				continue;
		}
		part.count = p.first + i - part.first;
		pdf_piece_measure(r, &part);
		TRY(ARRAY_RESERVE(r->context->memory, &r->pieces, 1));
		r->pieces.at[r->pieces.n++] = part;
		out->count++;
		part.first = p.first + i;
		part.marked = false;
	}
	return STATUS_OK;
}

static status
cut_cells(pdf_page_reader *r, const zone *z)
{
	for (uint32_t i = z->first; i < z->end; i++) {
		pdf_row old = r->rows.at[i], line = old;
		line.first = (uint32_t)r->pieces.n;
		line.count = 0;
		for (uint32_t k = 0; k < old.count; k++)
			TRY(cut_piece(r, *pdf_row_piece(r, &old, k), &line));
		r->rows.at[i] = line;
	}
	return STATUS_OK;
}

/* Columns of a table: strips that nearly all its rows leave white. Rows that are one piece
 * (headings inside the table) and a few more (heads of several columns) may cross them. */
static size_t
find_strips(const pdf_page_reader *r, const zone *z, pdf_strip *out)
{
	uint16_t bins[PDF_BINS] = { 0 };
	uint32_t rows = 0;
	int32_t size = r->rows.at[z->first].size;

	for (uint32_t i = z->first; i < z->end; i++) {
		const pdf_row *line = &r->rows.at[i];
		size = line->size < size ? line->size : size;
		if (line->count < 2)
			continue;
		rows++;
		for (uint32_t k = 0; k < line->count; k++)
			pdf_bins_cover(bins, pdf_row_piece(r, line, k));
	}
	int32_t least = (int32_t)((int64_t)size * (rows < 4 ? PDF_STRIP : CELL_GAP) / 100);
	return pdf_bins_white(bins, rows / 5, least, out, STRIPS_MOST);
}

/* A row of one piece is a head of the rows below, or goes on with a cell: it begins in its own
 * column and may run into the next. */
static size_t
column_in_row(const pdf_strip *strips, size_t n, const pdf_row *line, const pdf_piece *p)
{
	size_t i = 0;

	if (line->count > 1)
		return pdf_column_of(strips, n, p);
	while (i < n && p->x1 >= centre(&strips[i]))
		i++;
	return i;
}

/* The smallest distance of neighbouring rows, and whether there are clearly larger ones. */
static int32_t
pitch_of(const pdf_page_reader *r, const zone *z, bool *spaced)
{
	int32_t least = INT32_MAX, most = 0;

	for (uint32_t i = z->first + 1; i < z->end; i++) {
		int32_t d = r->rows.at[i].middle - r->rows.at[i - 1].middle;
		if (d * 20 < r->rows.at[i].size * 19)
			continue; /* cells that are not quite level */
		least = d < least ? d : least;
		most = d > most ? d : most;
	}
	if (most == 0)
		least = 0;
	*spaced = most > least + least / 6;
	return least;
}

/* Does the row go on with the cells of the one above, rather than begin new ones? */
static bool
goes_on(const pdf_page_reader *r, const pdf_row *above, const pdf_row *line, int32_t pitch,
	bool spaced)
{
	int32_t d = line->middle - above->middle;

	if (d * 20 < line->size * 19)
		return true;
	if (d * 20 > pitch * 23 || d * 10 > line->size * 14)
		return false;
	if (spaced)
		return true;
	return line->count == 1 && line->count <= above->count &&
	       starts_low(pdf_page_text(r, pdf_row_piece(r, line, 0)->first));
}

/* Pieces of one row that came to lie in one column are one line again. */
static status
put_cell_line(pdf_page_reader *r, const pdf_row *line, const pdf_strip *strips, size_t n,
	size_t column, uint32_t cell)
{
	pdf_piece all = { 0 };

	for (uint32_t k = 0; k < line->count; k++) {
		const pdf_piece *p = pdf_row_piece(r, line, k);
		if (column_in_row(strips, n, line, p) != column)
			continue;
		if (all.count == 0)
			all = *p;
		all.count = p->first + p->count - all.first;
	}
	if (all.count == 0)
		return STATUS_OK;
	pdf_piece_measure(r, &all);
	return pdf_piece_put(r, &all, PDF_LINE_CELL, cell);
}

static status
put_table_row(
	pdf_page_reader *r, uint32_t first, uint32_t end, const pdf_strip *strips, size_t n)
{
	for (size_t column = 0; column <= n; column++) {
		uint32_t cell = ++r->out->cells;
		for (uint32_t i = first; i < end; i++)
			TRY(put_cell_line(r, &r->rows.at[i], strips, n, column, cell));
	}
	return STATUS_OK;
}

static status
put_table(pdf_page_reader *r, const zone *z)
{
	pdf_strip strips[STRIPS_MOST];
	bool spaced;

	TRY(cut_cells(r, z));
	size_t n = find_strips(r, z, strips);
	int32_t pitch = pitch_of(r, z, &spaced);
	for (uint32_t start = z->first, end; start < z->end; start = end) {
		end = start + 1;
		while (end < z->end &&
			goes_on(r, &r->rows.at[end - 1], &r->rows.at[end], pitch, spaced))
			end++;
		TRY(put_table_row(r, start, end, strips, n));
	}
	r->out->regions++;
	return STATUS_OK;
}

static bool
has_wide_gap(const pdf_page_reader *r, const pdf_row *line)
{
	for (uint32_t i = 0; i + 1 < line->count; i++)
		if ((int64_t)(pdf_row_piece(r, line, i + 1)->x1 -
			      pdf_row_piece(r, line, i)->x2) *
				100 >
			(int64_t)line->size * JUSTIFIED_GAP)
			return true;
	return false;
}

static bool
spans(const pdf_row *wide, const pdf_row *line)
{
	return line->x1 <= wide->x1 + line->size && line->x2 >= wide->x2 - line->size;
}

/* Lines of filled prose whose gaps were drawn out: they reach from margin to margin, like a
 * line next to them that is whole. */
static bool
is_stretched(const pdf_page_reader *r, const zone *z, uint32_t start, uint32_t end)
{
	const pdf_row *above = z->first > start ? &r->rows.at[z->first - 1] : NULL;
	const pdf_row *below = z->end < end ? &r->rows.at[z->end] : NULL;

	if (z->end > z->first + STRETCHED_MOST)
		return false;
	for (uint32_t i = z->first; i < z->end; i++) {
		const pdf_row *line = &r->rows.at[i];
		if (has_wide_gap(r, line) ||
			!((above != NULL && above->count == 1 && spans(above, line)) ||
				(below != NULL && below->count == 1 && spans(below, line))))
			return false;
	}
	return true;
}

static status
put_whole(pdf_page_reader *r, const pdf_row *line)
{
	pdf_piece all = *pdf_row_piece(r, line, 0);
	const pdf_piece *last = pdf_row_piece(r, line, line->count - 1);

	all.count = last->first + last->count - all.first;
	pdf_piece_measure(r, &all);
	return pdf_piece_put(r, &all, 0, 0);
}

status
pdf_rows_put(pdf_page_reader *r, uint32_t start, uint32_t end)
{
	for (uint32_t i = start; i < end;) {
		if (r->rows.at[i].count == 1) {
			TRY(pdf_piece_put(r, pdf_row_piece(r, &r->rows.at[i], 0), 0, 0));
			i++;
			continue;
		}
		zone z = find_zone(r, i, end);
		bool stretched = is_stretched(r, &z, start, end);
		for (; stretched && i < z.end; i++)
			TRY(put_whole(r, &r->rows.at[i]));
		if (!stretched)
			TRY(put_table(r, &z));
		i = z.end;
	}
	return STATUS_OK;
}
