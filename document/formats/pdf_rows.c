/* Words of a page to rows and pieces, and pieces to lines. */
#include <stdlib.h>

#include "document/formats/pdf_page.h"
#include "document/marker.h"

#define ROW 45         /* hundredths of the size: words so near in height are one row */
#define PIECE_GAP 120  /* likewise: a wider gap cuts a row */
#define MARKER_GAP 500 /* … but not after a list marker */

static int32_t
middle_of(const pdf_word *w)
{
	return w->y1 + (w->y2 - w->y1) / 2;
}

static int
by_key(const void *left, const void *right)
{
	const pdf_placed *a = left, *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->index < b->index ? -1 : a->index > b->index;
}

bool
pdf_is_leader(slice s)
{
	size_t dots = 0;

	for (size_t i = 0; i < s.n; i++)
		dots += s.p[i] == '.' || s.p[i] == '_';
	return dots == s.n && s.n > 3;
}

/* The size that most of its characters have, by its first words. */
static int32_t
size_of(const pdf_page_reader *r, const pdf_piece *p)
{
	uint32_t count = p->count < 64 ? p->count : 64;
	int32_t size = 0;
	size_t most = 0;

	for (uint32_t i = 0; i < count; i++) {
		const pdf_word *w = pdf_page_word(r, p->first + i);
		size_t n = 0;
		for (uint32_t k = 0; k < count; k++) {
			const pdf_word *other = pdf_page_word(r, p->first + k);
			n += abs(other->size - w->size) * 20 < w->size ? other->n : 0u;
		}
		if (n > most) {
			most = n;
			size = w->size;
		}
	}
	return size;
}

void
pdf_piece_measure(const pdf_page_reader *r, pdf_piece *p)
{
	int32_t size = p->size = size_of(r, p);
	bool begun = false;

	for (uint32_t i = 0; i < p->count; i++) {
		const pdf_word *w = pdf_page_word(r, p->first + i);
		p->x1 = i == 0 || w->x1 < p->x1 ? w->x1 : p->x1;
		p->x2 = i == 0 || w->x2 > p->x2 ? w->x2 : p->x2;
		if (abs(w->size - size) * 10 > size)
			continue;
		p->y1 = !begun || w->y1 < p->y1 ? w->y1 : p->y1;
		p->y2 = !begun || w->y2 > p->y2 ? w->y2 : p->y2;
		begun = true;
	}
}

/* "12." and what else can only be the marker of a list, alone in its piece. A raised number is
 * that of a note. */
static bool
is_marker(const pdf_page_reader *r, const pdf_piece *p, int32_t next_size)
{
	if (p->count != 1)
		return false;
	slice s = pdf_page_text(r, p->first);
	const pdf_word *w = pdf_page_word(r, p->first);
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
add_piece(pdf_page_reader *r, pdf_row *line, pdf_piece p)
{
	TRY(ARRAY_RESERVE(r->context->memory, &r->pieces, 1));
	pdf_piece_measure(r, &p);
	if (line->count != 0) {
		pdf_piece *before = &r->pieces.at[r->pieces.n - 1];
		if (before->first + before->count == p.first &&
			p.x1 - before->x2 < (int64_t)p.size * MARKER_GAP / 100 &&
			is_marker(r, before, p.size) && line->count == 1) {
			before->count += p.count;
			before->marked = true;
			pdf_piece_measure(r, before);
			return STATUS_OK;
		}
	}
	r->pieces.at[r->pieces.n++] = p;
	line->count++;
	return STATUS_OK;
}

/* The words order[start … end) stand at one height, from left to right. */
static status
cut_row(pdf_page_reader *r, uint32_t start, uint32_t end)
{
	pdf_row line = { .first = (uint32_t)r->pieces.n };
	pdf_piece p = { .first = start };
	int32_t right = 0, size = 0;

	for (uint32_t i = start; i < end; i++) {
		const pdf_word *w = pdf_page_word(r, i);
		bool leader = pdf_is_leader(pdf_word_text(r->out->pages, w));
		int32_t larger = w->size > size ? w->size : size;
		if (p.count != 0 &&
			(leader || w->x1 - right > (int64_t)larger * PIECE_GAP / 100)) {
			TRY(add_piece(r, &line, p));
			p = (pdf_piece){ .first = i };
		}
		if (leader) {
			p = (pdf_piece){ .first = i + 1 };
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
	const pdf_piece *first = &r->pieces.at[line.first],
			*last = &r->pieces.at[r->pieces.n - 1];
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
status
pdf_rows_find(pdf_page_reader *r, pdf_placed *list, size_t n)
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

status
pdf_piece_put(pdf_page_reader *r, const pdf_piece *p, unsigned flags, uint32_t cell)
{
	pdf_lines *out = r->out;
	bool bold = true;

	for (uint32_t i = 0; i < p->count; i++)
		bold = bold && (pdf_page_word(r, p->first + i)->flags & PDF_BOLD) != 0;
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

/* ---- white strips ---- */

static size_t
bin_of(int32_t x)
{
	int32_t i = x < 0 ? 0 : x / PDF_BIN;

	return i >= PDF_BINS ? PDF_BINS - 1 : (size_t)i;
}

void
pdf_bins_cover(uint16_t *bins, const pdf_piece *p)
{
	for (size_t i = bin_of(p->x1); i <= bin_of(p->x2); i++)
		if (bins[i] != UINT16_MAX)
			bins[i]++;
}

/* Runs of bins that at most so many pieces cover, at least so wide, between covered ones. */
size_t
pdf_bins_white(const uint16_t *bins, uint32_t most, int32_t least, pdf_strip *out, size_t room)
{
	size_t n = 0, left = 0, right = PDF_BINS;

	while (left < PDF_BINS && bins[left] <= most)
		left++;
	while (right > left && bins[right - 1] <= most)
		right--;
	for (size_t i = left, start; i < right && n < room; i++) {
		for (start = i; i < right && bins[i] <= most; i++)
			;
		if (i > start && (int32_t)(i - start) * PDF_BIN >= least)
			out[n++] =
				(pdf_strip){ (int32_t)start * PDF_BIN, (int32_t)i * PDF_BIN };
	}
	return n;
}

static int32_t
centre(const pdf_strip *s)
{
	return s->from + (s->to - s->from) / 2;
}

/* The column that most of the piece stands over. */
size_t
pdf_column_of(const pdf_strip *strips, size_t n, const pdf_piece *p)
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
