/* What stands on a page but is not its text: running heads and feet, page numbers, job numbers.
 * A line near an edge of the page is furniture when other pages have the same line there, or
 * one that differs by a number which counts the pages (« Article 13 » and « Article 39 » at the
 * head of two pages are headings); or when it is a page number, the symbol of the document or
 * the number of its print job and stands apart from the text. Heads of a table that are
 * repeated on its next pages go the same way; the first one stands in the text. */
#include <stdlib.h>

#include "document/formats/pdf_lines.h"
#include "document/lines.h"

#define ROWS_MOST 4 /* from an edge, that may be furniture */
#define EDGE 12     /* per cent of the page */
#define LONGEST 200 /* bytes of such a line */
#define NEAR 1500   /* hundredths of a point: the same height on two pages */

typedef struct candidate {
	uint64_t key;        /* of its text, figures aside */
	uint64_t exact;      /* of its text */
	int64_t first, last; /* of its numbers; -1: none */
	uint32_t line;
	int32_t y; /* its middle */
	bool top, pattern;
} candidate;

typedef struct finder {
	pdf_lines *lines;
	context *context;
	ARRAY(candidate) list;
} finder;

static size_t
write_text(const pdf_lines *l, const pdf_line *found, char *out, size_t size)
{
	size_t n = 0;

	for (uint32_t i = 0; i < found->count; i++) {
		const pdf_word *w = pdf_line_word(l, found, i);
		const pdf_word *before = i == 0 ? w : pdf_line_word(l, found, i - 1);
		bool gap = i != 0 && (w->x1 - before->x2) * 6 > w->size;
		if (n + w->n + gap > size)
			break;
		if (gap)
			out[n++] = ' ';
		memcpy(out + n, l->pages->stream.p + w->text, w->n);
		n += w->n;
	}
	return n;
}

/* Reads what is compared of a line. The key is 0 without a letter: figures at the same height
 * of many pages are those of tables. */
static void
read_text(const pdf_lines *l, const pdf_line *found, candidate *out)
{
	char text[LONGEST];
	size_t n = write_text(l, found, text, sizeof(text)), kept = 0;
	bool letters = false;

	out->exact = slice_hash((slice){ text, n });
	out->first = out->last = -1;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		bool digit = (unsigned char)(c - '0') < 10;
		letters = letters || (unsigned char)((c | 0x20) - 'a') < 26 || c >= 0xC3;
		if (digit && kept != 0 && text[kept - 1] == '0') {
			if (out->last < INT32_MAX)
				out->last = out->last * 10 + (c - '0');
			continue;
		}
		if (digit) {
			out->first = out->first < 0 ? out->last : out->first;
			out->last = c - '0';
		}
		text[kept++] = digit ? '0' : (char)c;
	}
	out->first = out->first < 0 ? out->last : out->first;
	out->key = letters ? slice_hash((slice){ text, kept }) : 0;
}

static int32_t
middle_of(const pdf_line *found)
{
	return found->y1 + (found->y2 - found->y1) / 2;
}

static int
by_height(const void *left, const void *right)
{
	const candidate *a = left, *b = right;

	if (a->y != b->y)
		return a->y < b->y ? -1 : 1;
	return a->line < b->line ? -1 : a->line > b->line;
}

/* A page number or a symbol, well apart from the line next to it on the way to the text. */
static bool
is_alone(const pdf_lines *l, const candidate *list, size_t n, size_t i)
{
	const pdf_line *found = &l->lines.at[list[i].line];
	size_t k = i;

	while (list[i].top ? k + 1 < n : k > 0) {
		k += list[i].top ? 1 : (size_t)-1;
		int32_t apart = abs(list[k].y - list[i].y);
		if (apart * 2 < found->size || list[k].pattern)
			continue; /* of the same row, or furniture too */
		return apart * 10 > found->size * 16;
	}
	return true;
}

/* 180225: the dates of a job number. */
static bool
is_job_date(slice word)
{
	for (size_t i = 0; i < word.n; i++)
		if ((unsigned char)(word.p[i] - '0') >= 10)
			return false;
	return word.n == 6;
}

/* Nor do they count the asterisk of a reissue: 25-03579* */
static size_t
without_dates(char *text, size_t n)
{
	slice rest = { text, n }, word;
	size_t kept = 0;

	for (bool more = true; more;) {
		more = slice_cut(rest, ' ', &word, &rest);
		if (is_job_date(word))
			continue;
		if (word.n > 2 && word.p[word.n - 1] == '*' && word.p[0] != '*')
			word.n--;
		if (kept != 0)
			text[kept++] = ' ';
		memmove(text + kept, word.p, word.n);
		kept += word.n;
	}
	return kept;
}

static status
is_pattern(finder *f, const pdf_line *found, bool *answer)
{
	char text[LONGEST];
	line_list one = { 0 };
	size_t n = write_text(f->lines, found, text, sizeof(text)),
	       kept = without_dates(text, n);

	*answer = kept == 0 && n != 0;
	if (kept == 0)
		return STATUS_OK;
	status done = lines_read(f->context, (slice){ text, kept }, &one);
	if (done == STATUS_OK)
		*answer = one.lines.n == 1 && (one.lines.at[0].flags & LINE_FURNITURE) != 0;
	ARRAY_FREE(f->context->memory, &one.lines);
	return done;
}

/* Of a page's lines, by height, those in the outermost rows at the top or at the bottom. */
static status
keep_edges(finder *f, candidate *list, size_t n)
{
	const pdf_page *page =
		&f->lines->pages->pages.at[f->lines->lines.at[list[0].line].page];

	for (int side = 0; side < 2; side++) {
		int rows = 0;
		int32_t last = 0;
		for (size_t k = 0; k < n; k++) {
			size_t i = side == 0 ? k : n - 1 - k;
			pdf_line *found = &f->lines->lines.at[list[i].line];
			if (k == 0 || abs(list[i].y - last) * 2 > found->size)
				rows++;
			last = list[i].y;
			int64_t depth = side == 0 ? list[i].y : page->height - list[i].y;
			if (rows > ROWS_MOST || depth * 100 > (int64_t)page->height * EDGE)
				break;
			list[i].top = side == 0;
			read_text(f->lines, found, &list[i]);
			TRY(is_pattern(f, found, &list[i].pattern));
			TRY(ARRAY_RESERVE(f->context->memory, &f->list, 1));
			f->list.at[f->list.n++] = list[i];
		}
	}
	for (size_t i = 0; i < n; i++)
		if (list[i].pattern && is_alone(f->lines, list, n, i))
			f->lines->lines.at[list[i].line].flags |= PDF_LINE_FURNITURE;
	return STATUS_OK;
}

static status
find_candidates(finder *f)
{
	pdf_lines *l = f->lines;
	ARRAY(candidate) page = { 0 };
	status done = STATUS_OK;

	for (size_t i = 0, end; i < l->lines.n && done == STATUS_OK; i = end) {
		page.n = 0;
		for (end = i; end < l->lines.n && l->lines.at[end].page == l->lines.at[i].page;
			end++) {
			if ((l->lines.at[end].flags & PDF_LINE_ROTATED) != 0)
				continue;
			done = ARRAY_RESERVE(f->context->memory, &page, 1);
			if (done != STATUS_OK)
				break;
			page.at[page.n++] = (candidate){ .line = (uint32_t)end,
				.y = middle_of(&l->lines.at[end]) };
		}
		if (done != STATUS_OK || page.n == 0)
			continue;
		qsort(page.at, page.n, sizeof(*page.at), by_height);
		done = keep_edges(f, page.at, page.n);
	}
	ARRAY_FREE(f->context->memory, &page);
	return done;
}

static int
by_text(const void *left, const void *right)
{
	const candidate *a = left, *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->top != b->top)
		return a->top ? -1 : 1;
	return a->line < b->line ? -1 : a->line > b->line;
}

static uint32_t
page_of(const finder *f, const candidate *c)
{
	return f->lines->lines.at[c->line].page;
}

/* The same line on two pages, at about the same height. */
static bool
is_same(const finder *f, const candidate *a, const candidate *b)
{
	int64_t pages = (int64_t)page_of(f, b) - page_of(f, a);

	if (pages == 0 || abs(b->y - a->y) > NEAR)
		return false;
	return a->exact == b->exact || (a->first >= 0 && b->first - a->first == pages) ||
	       (a->last >= 0 && b->last - a->last == pages);
}

/* Marks those that are the same as their neighbour of another page, if they are enough. */
static void
mark_group(finder *f, candidate *list, size_t n)
{
	size_t pages = f->lines->pages->pages.n, count = 0;
	uint32_t last = UINT32_MAX;

	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < n; i++) {
			bool same = (i > 0 && is_same(f, &list[i - 1], &list[i])) ||
				    (i + 1 < n && is_same(f, &list[i], &list[i + 1]));
			if (!same)
				continue;
			if (round == 1)
				f->lines->lines.at[list[i].line].flags |= PDF_LINE_FURNITURE;
			count += round == 0 && page_of(f, &list[i]) != last;
			last = page_of(f, &list[i]);
		}
		/* Twice in a file of three pages, of which the first may have a head of its
		 * own. */
		if (count < 2 || (count < 3 && pages > 3))
			return;
	}
}

static void
mark_repeated(finder *f)
{
	candidate *list = f->list.at;
	size_t n = f->list.n;

	qsort(list, n, sizeof(*list), by_text);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1;
			end < n && list[end].key == list[i].key && list[end].top == list[i].top;
			end++)
			;
		if (list[i].key != 0)
			mark_group(f, list + i, end - i);
	}
}

status
pdf_furniture_mark(pdf_lines *l, context *c)
{
	finder f = { .lines = l, .context = c };
	status done = find_candidates(&f);

	if (done == STATUS_OK && f.list.n != 0)
		mark_repeated(&f);
	ARRAY_FREE(c->memory, &f.list);
	return done;
}

/* ---- footnotes ---- */

#define SIZES 800 /* quarters of a point */

int32_t
pdf_body_size(const pdf_lines *l)
{
	uint64_t bytes[SIZES] = { 0 };
	size_t most = 0;

	for (size_t i = 0; i < l->lines.n; i++) {
		const pdf_line *found = &l->lines.at[i];
		if ((found->flags & PDF_LINE_FURNITURE) != 0)
			continue;
		for (uint32_t k = 0; k < found->count; k++) {
			const pdf_word *w = pdf_line_word(l, found, k);
			size_t at = (size_t)w->size / 25;
			bytes[at < SIZES ? at : SIZES - 1] += w->n;
		}
	}
	for (size_t i = 1; i < SIZES; i++)
		if (bytes[i] > bytes[most])
			most = i;
	return (int32_t)most * 25 + 12;
}

/* ¹ or * or a raised letter, which opens a note. */
static bool
opens_note(const pdf_lines *l, const pdf_line *found)
{
	const pdf_word *w = pdf_line_word(l, found, 0);
	slice s = pdf_word_text(l->pages, w);

	if (found->count < 2 || s.n > 4)
		return false;
	return pdf_word_is_raised(found, w) || s.p[0] == '*' || slice_starts(s, SLICE("†"));
}

static bool
is_small(const pdf_line *found, int32_t body)
{
	return found->size * 100 < body * 93;
}

/* The notes of a page are its last lines: in small type, from the first that a call opens. */
static void
mark_notes(pdf_lines *l, size_t start, size_t end, int32_t body)
{
	size_t first = end;

	for (size_t i = end; i-- > start;) {
		pdf_line *found = &l->lines.at[i];
		if ((found->flags & (PDF_LINE_FURNITURE | PDF_LINE_ROTATED)) != 0)
			continue;
		if (!is_small(found, body) || (found->flags & PDF_LINE_CELL) != 0)
			break;
		if (opens_note(l, found)) {
			first = i;
			found->flags |= PDF_LINE_NOTE_START;
		}
	}
	for (size_t i = first; i < end; i++)
		if ((l->lines.at[i].flags & (PDF_LINE_FURNITURE | PDF_LINE_ROTATED)) == 0)
			l->lines.at[i].flags |= PDF_LINE_NOTE;
}

void
pdf_notes_mark(pdf_lines *l)
{
	int32_t body = pdf_body_size(l);

	for (size_t i = 0, end; i < l->lines.n; i = end) {
		for (end = i; end < l->lines.n && l->lines.at[end].page == l->lines.at[i].page;
			end++)
			;
		mark_notes(l, i, end, body);
	}
}
