#include "document/formats/pdf_lines.h"

#include <stdlib.h>

#include "document/marker.h"
#include "text/utf8.h"

#define ROW 45            /* hundredths of the size: words so near in height are one row */
#define PIECE_GAP 120     /* likewise: a wider gap cuts a row */
#define MARKER_GAP 500    /* … but not after a list marker */
#define CELL_GAP 42       /* likewise: divides cells where a strip is */
#define STRIP 70          /* likewise: the least white strip between columns */
#define ROWS_APART 300    /* likewise: farther rows are not one table */
#define JUSTIFIED_GAP 300 /* likewise: in a line that is filled to both margins */
#define STRETCHED_MOST 4  /* lines */
#define STRIPS_MOST 64
#define COLUMN_LINES 6 /* the least on either side of a gutter */

typedef struct piece {         /* of a row; also a whole line */
	uint32_t first, count; /* in order */
	int32_t x1, x2, y1, y2, size;
	bool marked;
} piece;

typedef struct row {
	uint32_t first, count; /* of pieces */
	int32_t middle, x1, x2, size;
} row;

typedef struct strip {
	int32_t from, to;
} strip;

typedef struct page_reader {
	pdf_lines *out;
	context *context;
	const pdf_page *page;
	uint32_t number;
	ARRAY(piece) pieces;
	ARRAY(row) rows;
} page_reader;

static const pdf_word *
word_at(const page_reader *r, uint32_t i)
{
	return &r->out->pages->words.at[r->out->order[i]];
}

static int32_t
middle_of(const pdf_word *w)
{
	return w->y1 + (w->y2 - w->y1) / 2;
}

/* ---- rows and pieces ---- */

typedef struct placed { /* what words are sorted by */
	int32_t key;
	uint32_t index;
} placed;

static int
by_key(const void *left, const void *right)
{
	const placed *a = left, *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->index < b->index ? -1 : a->index > b->index;
}

static bool
is_leader(slice s)
{
	size_t dots = 0;

	for (size_t i = 0; i < s.n; i++)
		dots += s.p[i] == '.' || s.p[i] == '_';
	return dots == s.n && s.n > 3;
}

/* The size that most of its characters have, by its first words. */
static int32_t
size_of(const page_reader *r, const piece *p)
{
	uint32_t count = p->count < 64 ? p->count : 64;
	int32_t size = 0;
	size_t most = 0;

	for (uint32_t i = 0; i < count; i++) {
		const pdf_word *w = word_at(r, p->first + i);
		size_t n = 0;
		for (uint32_t k = 0; k < count; k++) {
			const pdf_word *other = word_at(r, p->first + k);
			n += abs(other->size - w->size) * 20 < w->size ? other->n : 0u;
		}
		if (n > most) {
			most = n;
			size = w->size;
		}
	}
	return size;
}

static void
measure(const page_reader *r, piece *p)
{
	int32_t size = p->size = size_of(r, p);
	bool begun = false;

	for (uint32_t i = 0; i < p->count; i++) {
		const pdf_word *w = word_at(r, p->first + i);
		p->x1 = i == 0 || w->x1 < p->x1 ? w->x1 : p->x1;
		p->x2 = i == 0 || w->x2 > p->x2 ? w->x2 : p->x2;
		if (abs(w->size - size) * 10 > size)
			continue;
		p->y1 = !begun || w->y1 < p->y1 ? w->y1 : p->y1;
		p->y2 = !begun || w->y2 > p->y2 ? w->y2 : p->y2;
		begun = true;
	}
}

static slice
text_at(const page_reader *r, uint32_t i)
{
	return pdf_word_text(r->out->pages, word_at(r, i));
}

/* "12." and what else can only be the marker of a list, alone in its piece. A raised number is
 * that of a note. */
static bool
is_marker(const page_reader *r, const piece *p, int32_t next_size)
{
	if (p->count != 1)
		return false;
	slice s = text_at(r, p->first);
	const pdf_word *w = word_at(r, p->first);
	marker m = marker_read(s);
	bool digits = s.n <= 3;
	for (size_t i = 0; i < s.n; i++)
		digits = digits && (unsigned char)(s.p[i] - '0') < 10;
	if ((digits || slice_is(s, "*") || s.n == 1) && w->size * 10 < next_size * 9)
		return true;
	bool numbers = s.n >= 3 && s.n <= 7 && memchr(s.p, '.', s.n) != NULL; /* 6.17 */
	for (size_t i = 0; i < s.n; i++)
		numbers = numbers && (s.p[i] == '.' || (unsigned char)(s.p[i] - '0') < 10);
	return (m.kind != MARKER_NONE && m.length == s.n) || numbers ||
	       (s.n >= 2 && s.n <= 3 && s.p[s.n - 1] == '.' &&
		       (unsigned char)(s.p[0] - 'A') < 26);
}

static status
add_piece(page_reader *r, row *line, piece p)
{
	TRY(ARRAY_RESERVE(r->context->memory, &r->pieces, 1));
	measure(r, &p);
	if (line->count != 0) {
		piece *before = &r->pieces.at[r->pieces.n - 1];
		if (before->first + before->count == p.first &&
			p.x1 - before->x2 < (int64_t)p.size * MARKER_GAP / 100 &&
			is_marker(r, before, p.size) && line->count == 1) {
			before->count += p.count;
			before->marked = true;
			measure(r, before);
			return STATUS_OK;
		}
	}
	r->pieces.at[r->pieces.n++] = p;
	line->count++;
	return STATUS_OK;
}

/* The words order[start … end) stand at one height, from left to right. */
static status
cut_row(page_reader *r, uint32_t start, uint32_t end)
{
	row line = { .first = (uint32_t)r->pieces.n };
	piece p = { .first = start };
	int32_t right = 0, size = 0;

	for (uint32_t i = start; i < end; i++) {
		const pdf_word *w = word_at(r, i);
		bool leader = is_leader(pdf_word_text(r->out->pages, w));
		int32_t larger = w->size > size ? w->size : size;
		if (p.count != 0 &&
			(leader || w->x1 - right > (int64_t)larger * PIECE_GAP / 100)) {
			TRY(add_piece(r, &line, p));
			p = (piece){ .first = i };
		}
		if (leader) {
			p = (piece){ .first = i + 1 };
			continue;
		}
		right = p.count == 0 || w->x2 > right ? w->x2 : right;
		size = w->size;
		p.count++;
	}
	if (p.count != 0)
		TRY(add_piece(r, &line, p));
	if (line.count == 0)
		return STATUS_OK;
	const piece *first = &r->pieces.at[line.first], *last = &r->pieces.at[r->pieces.n - 1];
	line.x1 = first->x1;
	line.x2 = last->x2;
	line.middle = first->y1 + (first->y2 - first->y1) / 2;
	line.size = first->size;
	TRY(ARRAY_RESERVE(r->context->memory, &r->rows, 1));
	r->rows.at[r->rows.n++] = line;
	return STATUS_OK;
}

/* Sorts the words of the page that stand upright by height, and those of one height from left
 * to right; cuts the rows. */
static status
find_rows(page_reader *r, placed *list, size_t n)
{
	uint32_t base = r->page->first;

	for (size_t i = 0; i < n; i++)
		list[i].key = middle_of(&r->out->pages->words.at[list[i].index]);
	qsort(list, n, sizeof(*list), by_key);
	for (size_t start = 0, end; start < n; start = end) {
		const pdf_word *first = &r->out->pages->words.at[list[start].index];
		int32_t size = first->size, top = list[start].key;
		for (end = start; end < n; end++) {
			const pdf_word *w = &r->out->pages->words.at[list[end].index];
			size = w->size > size ? w->size : size;
			if ((int64_t)(list[end].key - top) * 100 > (int64_t)size * ROW)
				break;
		}
		for (size_t i = start; i < end; i++)
			list[i].key = r->out->pages->words.at[list[i].index].x1;
		qsort(list + start, end - start, sizeof(*list), by_key);
		for (size_t i = start; i < end; i++)
			r->out->order[base + i] = list[i].index;
		TRY(cut_row(r, base + (uint32_t)start, base + (uint32_t)end));
	}
	return STATUS_OK;
}

/* ---- lines ---- */

static status
put_line(page_reader *r, const piece *p, unsigned flags, uint32_t cell)
{
	pdf_lines *out = r->out;
	bool bold = true;

	for (uint32_t i = 0; i < p->count; i++)
		bold = bold && (word_at(r, p->first + i)->flags & PDF_BOLD) != 0;
	TRY(ARRAY_RESERVE(r->context->memory, &out->lines, 1));
	out->lines.at[out->lines.n++] = (pdf_line){ .first = p->first,
		.count = p->count,
		.x1 = p->x1,
		.y1 = p->y1,
		.x2 = p->x2,
		.y2 = p->y2,
		.size = p->size,
		.page = r->number,
		.cell = cell,
		.region = out->regions,
		.flags = (uint16_t)(flags | (bold ? PDF_LINE_BOLD : 0u) |
				    (p->marked ? PDF_LINE_MARKED : 0u)) };
	return STATUS_OK;
}

/* ---- tables ---- */

typedef struct zone {        /* rows that leave the same strips white */
	uint32_t first, end; /* rows */
	strip strips[STRIPS_MOST];
	size_t count;
} zone;

static const piece *
piece_at(const page_reader *r, const row *line, uint32_t i)
{
	return &r->pieces.at[line->first + i];
}

/* What of the strip the words of the row leave white, the widest part of it. */
static strip
still_white(const page_reader *r, const row *line, strip s)
{
	const piece *last = piece_at(r, line, line->count - 1);
	uint32_t start = piece_at(r, line, 0)->first, end = last->first + last->count;
	strip best = { 0, 0 };
	int32_t from = s.from;

	for (uint32_t i = start; i < end; i++) {
		const pdf_word *w = word_at(r, i);
		if (w->x2 <= from || is_leader(text_at(r, i)))
			continue;
		if (w->x1 >= s.to)
			break;
		if (w->x1 - from > best.to - best.from)
			best = (strip){ from, w->x1 };
		from = w->x2;
	}
	if (s.to - from > best.to - best.from)
		best = (strip){ from, s.to };
	return best;
}

static size_t
narrow(const page_reader *r, const row *line, const strip *in, size_t n, strip *out)
{
	int32_t least = (int32_t)((int64_t)line->size * STRIP / 100);
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		strip s = still_white(r, line, in[i]);
		if (s.to - s.from >= least)
			out[kept++] = s;
	}
	return kept;
}

static bool
is_near(const row *above, const row *below)
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
trim(const page_reader *r, const zone *z, uint32_t end)
{
	while (end > z->first + 1) {
		const row *last = &r->rows.at[end - 1], *above = last - 1;
		if (last->count > 1)
			break;
		const piece *p = piece_at(r, last, 0);
		bool tight = (last->middle - above->middle) * 10 < last->size * 13;
		bool inside = p->x1 > z->strips[0].from;
		if (tight && (inside || starts_low(text_at(r, p->first))))
			break;
		end--;
	}
	return end;
}

static size_t
gaps_of(const page_reader *r, const row *line, strip *out)
{
	size_t n = 0;

	for (uint32_t i = 0; i + 1 < line->count && n < STRIPS_MOST; i++)
		out[n++] = (strip){ piece_at(r, line, i)->x2, piece_at(r, line, i + 1)->x1 };
	return n;
}

/* A line of prose under a wide table: it may end before the last column, but runs across most
 * of the gaps that the row with most cells has. */
static bool
runs_across(const page_reader *r, const row *line, const strip *gaps, size_t n)
{
	strip kept[STRIPS_MOST];

	return line->count == 1 && narrow(r, line, gaps, n, kept) * 2 <= n;
}

/* One piece, well below the row above, that does not begin in the first column: the cells of a
 * table go on closely, its heads begin at the left. */
static bool
begins_anew(const row *above, const row *line, const strip *strips)
{
	return line->count == 1 && (line->middle - above->middle) * 10 > line->size * 15 &&
	       line->x1 >= strips[0].to;
}

static zone
find_zone(const page_reader *r, uint32_t first, uint32_t end)
{
	zone z = { .first = first, .end = first + 1 };
	strip kept[STRIPS_MOST], gaps[STRIPS_MOST];
	uint32_t most = r->rows.at[first].count;
	size_t gap_count = gaps_of(r, &r->rows.at[first], gaps);

	memcpy(z.strips, gaps, gap_count * sizeof(*gaps));
	z.count = gap_count;
	while (z.end < end && is_near(&r->rows.at[z.end - 1], &r->rows.at[z.end])) {
		const row *line = &r->rows.at[z.end];
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

#define BINS 2048
#define BIN 100 /* hundredths of a point */

static size_t
bin_of(int32_t x)
{
	int32_t i = x < 0 ? 0 : x / BIN;

	return i >= BINS ? BINS - 1 : (size_t)i;
}

static void
cover(uint16_t *bins, const piece *p)
{
	for (size_t i = bin_of(p->x1); i <= bin_of(p->x2); i++)
		if (bins[i] != UINT16_MAX)
			bins[i]++;
}

/* Runs of bins that at most so many pieces cover, at least so wide, between covered ones. */
static size_t
white_runs(const uint16_t *bins, uint32_t most, int32_t least, strip *out, size_t room)
{
	size_t n = 0, left = 0, right = BINS;

	while (left < BINS && bins[left] <= most)
		left++;
	while (right > left && bins[right - 1] <= most)
		right--;
	for (size_t i = left, start; i < right && n < room; i++) {
		for (start = i; i < right && bins[i] <= most; i++)
			;
		if (i > start && (int32_t)(i - start) * BIN >= least)
			out[n++] = (strip){ (int32_t)start * BIN, (int32_t)i * BIN };
	}
	return n;
}

/* In a table a gap that is narrow, but clearly wider than a space, may divide cells. */
static status
cut_piece(page_reader *r, piece p, row *out)
{
	piece part = p;

	for (uint32_t i = 1; i <= p.count; i++) {
		if (i < p.count) {
			int32_t left = word_at(r, p.first + i - 1)->x2;
			int32_t right = word_at(r, p.first + i)->x1;
			if ((p.marked && i == 1) ||
				(int64_t)(right - left) * 100 < (int64_t)p.size * CELL_GAP)
				continue;
		}
		part.count = p.first + i - part.first;
		measure(r, &part);
		TRY(ARRAY_RESERVE(r->context->memory, &r->pieces, 1));
		r->pieces.at[r->pieces.n++] = part;
		out->count++;
		part.first = p.first + i;
		part.marked = false;
	}
	return STATUS_OK;
}

static status
cut_cells(page_reader *r, const zone *z)
{
	for (uint32_t i = z->first; i < z->end; i++) {
		row old = r->rows.at[i], line = old;
		line.first = (uint32_t)r->pieces.n;
		line.count = 0;
		for (uint32_t k = 0; k < old.count; k++)
			TRY(cut_piece(r, *piece_at(r, &old, k), &line));
		r->rows.at[i] = line;
	}
	return STATUS_OK;
}

/* Columns of a table: strips that nearly all its rows leave white. Rows that are one piece
 * (headings inside the table) and a few more (heads of several columns) may cross them. */
static size_t
find_strips(const page_reader *r, const zone *z, strip *out)
{
	uint16_t bins[BINS] = { 0 };
	uint32_t rows = 0;
	int32_t size = r->rows.at[z->first].size;

	for (uint32_t i = z->first; i < z->end; i++) {
		const row *line = &r->rows.at[i];
		size = line->size < size ? line->size : size;
		if (line->count < 2)
			continue;
		rows++;
		for (uint32_t k = 0; k < line->count; k++)
			cover(bins, piece_at(r, line, k));
	}
	int32_t least = (int32_t)((int64_t)size * (rows < 4 ? STRIP : CELL_GAP) / 100);
	return white_runs(bins, rows / 5, least, out, STRIPS_MOST);
}

static int32_t
centre(const strip *s)
{
	return s->from + (s->to - s->from) / 2;
}

/* The column that most of the piece stands over. */
static size_t
column_of(const strip *strips, size_t n, const piece *p)
{
	int32_t from = INT32_MIN / 2, most = -1;
	size_t best = 0;

	for (size_t i = 0; i <= n; i++) {
		int32_t to = i < n ? centre(&strips[i]) : INT32_MAX / 2;
		int32_t left = p->x1 > from ? p->x1 : from, right = p->x2 < to ? p->x2 : to;
		if (right - left > most) {
			most = right - left;
			best = i;
		}
		from = to;
	}
	return best;
}

/* A row of one piece is a head of the rows below, or goes on with a cell: it begins in its own
 * column and may run into the next. */
static size_t
column_in_row(const strip *strips, size_t n, const row *line, const piece *p)
{
	size_t i = 0;

	if (line->count > 1)
		return column_of(strips, n, p);
	while (i < n && p->x1 >= centre(&strips[i]))
		i++;
	return i;
}

/* The smallest distance of neighbouring rows, and whether there are clearly larger ones. */
static int32_t
pitch_of(const page_reader *r, const zone *z, bool *spaced)
{
	int32_t least = INT32_MAX, most = 0;

	for (uint32_t i = z->first + 1; i < z->end; i++) {
		int32_t d = r->rows.at[i].middle - r->rows.at[i - 1].middle;
		if (d * 20 < r->rows.at[i].size * 19)
			continue; /* cells that are not quite level */
		least = d < least ? d : least;
		most = d > most ? d : most;
	}
	*spaced = most > least + least / 6;
	return least;
}

/* Does the row go on with the cells of the one above, rather than begin new ones? */
static bool
goes_on(const page_reader *r, const row *above, const row *line, int32_t pitch, bool spaced)
{
	int32_t d = line->middle - above->middle;

	if (d * 20 < line->size * 19)
		return true;
	if (d * 20 > pitch * 23 || d * 10 > line->size * 14)
		return false;
	if (spaced)
		return true;
	return line->count == 1 && line->count <= above->count &&
	       starts_low(text_at(r, piece_at(r, line, 0)->first));
}

/* Pieces of one row that came to lie in one column are one line again. */
static status
put_cell_line(page_reader *r, const row *line, const strip *strips, size_t n, size_t column,
	uint32_t cell)
{
	piece all = { 0 };

	for (uint32_t k = 0; k < line->count; k++) {
		const piece *p = piece_at(r, line, k);
		if (column_in_row(strips, n, line, p) != column)
			continue;
		if (all.count == 0)
			all = *p;
		all.count = p->first + p->count - all.first;
	}
	if (all.count == 0)
		return STATUS_OK;
	measure(r, &all);
	return put_line(r, &all, PDF_LINE_CELL, cell);
}

static status
put_table_row(page_reader *r, uint32_t first, uint32_t end, const strip *strips, size_t n)
{
	for (size_t column = 0; column <= n; column++) {
		uint32_t cell = ++r->out->cells;
		for (uint32_t i = first; i < end; i++)
			TRY(put_cell_line(r, &r->rows.at[i], strips, n, column, cell));
	}
	return STATUS_OK;
}

static status
put_table(page_reader *r, const zone *z)
{
	strip strips[STRIPS_MOST];
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
has_wide_gap(const page_reader *r, const row *line)
{
	for (uint32_t i = 0; i + 1 < line->count; i++)
		if ((int64_t)(piece_at(r, line, i + 1)->x1 - piece_at(r, line, i)->x2) * 100 >
			(int64_t)line->size * JUSTIFIED_GAP)
			return true;
	return false;
}

static bool
spans(const row *wide, const row *line)
{
	return line->x1 <= wide->x1 + line->size && line->x2 >= wide->x2 - line->size;
}

/* Lines of filled prose whose gaps were drawn out: they reach from margin to margin, like a
 * line next to them that is whole. */
static bool
is_stretched(const page_reader *r, const zone *z, uint32_t start, uint32_t end)
{
	const row *above = z->first > start ? &r->rows.at[z->first - 1] : NULL;
	const row *below = z->end < end ? &r->rows.at[z->end] : NULL;

	if (z->end > z->first + STRETCHED_MOST)
		return false;
	for (uint32_t i = z->first; i < z->end; i++) {
		const row *line = &r->rows.at[i];
		if (has_wide_gap(r, line) ||
			!((above != NULL && above->count == 1 && spans(above, line)) ||
				(below != NULL && below->count == 1 && spans(below, line))))
			return false;
	}
	return true;
}

static status
put_whole(page_reader *r, const row *line)
{
	piece all = *piece_at(r, line, 0);
	const piece *last = piece_at(r, line, line->count - 1);

	all.count = last->first + last->count - all.first;
	measure(r, &all);
	return put_line(r, &all, 0, 0);
}

static status
put_rows(page_reader *r, uint32_t start, uint32_t end)
{
	for (uint32_t i = start; i < end;) {
		if (r->rows.at[i].count == 1) {
			TRY(put_line(r, piece_at(r, &r->rows.at[i], 0), 0, 0));
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

/* ---- columns of prose ---- */

#define GUTTERS_MOST 3

/* White strips of the page that hardly a piece crosses. More of them than prose has columns: 0.
 */
static size_t
find_white(const page_reader *r, strip *out)
{
	uint16_t bins[BINS] = { 0 };
	int32_t size = 0;

	for (size_t i = 0; i < r->pieces.n; i++) {
		const piece *p = &r->pieces.at[i];
		size = p->size > size && p->count > 3 ? p->size : size;
		cover(bins, p);
	}
	uint32_t most = (uint32_t)r->pieces.n / 12;
	size_t n = white_runs(
		bins, most, (int32_t)((int64_t)size * STRIP / 100), out, GUTTERS_MOST + 1);
	return n > GUTTERS_MOST ? 0 : n;
}

static bool
crosses(const piece *p, const strip *gutters, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p->x1 < gutters[i].from - BIN && p->x2 > gutters[i].to + BIN)
			return true;
	return false;
}

/* Most lines of every column are long and reach nearly from margin to margin: that is prose; a
 * table has short cells. */
static bool
are_filled(const page_reader *r, const strip *gutters, size_t n)
{
	struct {
		int32_t x1, x2;
		uint32_t lines, filled;
	} columns[GUTTERS_MOST + 1] = { 0 };

	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < r->pieces.n; i++) {
			const piece *p = &r->pieces.at[i];
			size_t c = column_of(gutters, n, p);
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
put_column(page_reader *r, uint32_t start, uint32_t end, const strip *gutters, size_t n,
	size_t column)
{
	uint32_t first = (uint32_t)r->rows.n;

	for (uint32_t i = start; i < end; i++) {
		row line = r->rows.at[i], part = line;
		part.count = 0;
		for (uint32_t k = 0; k < line.count; k++) {
			const piece *p = piece_at(r, &line, k);
			if (column_of(gutters, n, p) != column)
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
	TRY(put_rows(r, first, last));
	r->rows.n = first;
	r->out->regions++;
	return STATUS_OK;
}

static bool
is_across(const page_reader *r, const row *line, const strip *gutters, size_t n)
{
	for (uint32_t i = 0; i < line->count; i++)
		if (crosses(piece_at(r, line, i), gutters, n))
			return true;
	return false;
}

/* Between lines that go across all columns, one column after the other. */
static status
put_columns(page_reader *r, const strip *gutters, size_t n)
{
	uint32_t total = (uint32_t)r->rows.n;

	for (uint32_t i = 0, end; i < total; i = end) {
		bool across = is_across(r, &r->rows.at[i], gutters, n);
		for (end = i + 1; end < total; end++)
			if (is_across(r, &r->rows.at[end], gutters, n) != across)
				break;
		if (across) {
			TRY(put_rows(r, i, end));
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
put_rotated(page_reader *r, uint32_t start, uint32_t end)
{
	piece p = { .first = start };

	for (uint32_t i = start; i < end; i++) {
		const pdf_word *w = word_at(r, i);
		if (p.count != 0) {
			const pdf_word *before = word_at(r, i - 1);
			int32_t apart = abs(w->x1 + w->x2 - before->x1 - before->x2) / 2;
			if (apart * 2 > w->size) {
				measure(r, &p);
				TRY(put_line(r, &p, PDF_LINE_CELL | PDF_LINE_ROTATED,
					++r->out->cells));
				p = (piece){ .first = i };
			}
		}
		p.count++;
	}
	if (p.count == 0)
		return STATUS_OK;
	measure(r, &p);
	return put_line(r, &p, PDF_LINE_CELL | PDF_LINE_ROTATED, ++r->out->cells);
}

/* Single letters that stand upright among rotated ones run with them: a letter has no
 * direction. */
static bool
is_rotated(const page_reader *r, uint32_t i)
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
read_upright(page_reader *r, placed *list, size_t n)
{
	strip gutters[GUTTERS_MOST + 1];

	TRY(find_rows(r, list, n));
	size_t gutter_count = find_white(r, gutters);
	if (gutter_count != 0 && are_filled(r, gutters, gutter_count))
		return put_columns(r, gutters, gutter_count);
	return put_rows(r, 0, (uint32_t)r->rows.n);
}

static status
read_page(page_reader *r)
{
	uint32_t first = r->page->first, n = r->page->count, upright = 0;
	placed *list = memory_alloc(r->context->memory, (n + 1) * sizeof(*list));

	if (list == NULL)
		return STATUS_MEMORY;
	for (uint32_t i = first; i < first + n; i++)
		if (!is_rotated(r, i))
			list[upright++] = (placed){ 0, i };
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
	page_reader r = { .out = out, .context = c };
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
