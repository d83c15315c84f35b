/* Paragraphs out of lines, by geometry first: distance, indentation, and whether the first word
 * of a line would have had room at the end of the line before. Letters decide only what
 * geometry leaves open. A paragraph that runs over the end of a page is one, and the notes of
 * its pages come after it. */
#include "document/formats/pdf_text.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "document/formats/pdf_words.h"
#include "document/marker.h"
#include "text/utf8.h"

#define SIZES 64    /* points */
#define PITCHES 512 /* quarters of a point */
#define HEADING_BYTES 300
#define SKIPPED (PDF_LINE_FURNITURE)

typedef struct fit {   /* of a line among its neighbours */
	int32_t edge;  /* where the lines around it end */
	int32_t right; /* where those of its column do */
	int32_t left;
} fit;

typedef struct writer {
	const pdf_lines *lines;
	context *context;
	document *document;
	pdf_words words; /* text and places under construction */
	ARRAY(block) blocks;
	ARRAY(uint32_t) open, notes; /* lines of the paragraph in hand; of notes that wait */
	fit *fits;                   /* one a line */
	uint16_t (*pitches)[PITCHES];
	int32_t pitch[SIZES], body;
	int32_t right; /* where one line in ten ends or goes beyond */
} writer;

static const pdf_line *
line_at(const writer *w, uint32_t i)
{
	return &w->lines->lines.at[i];
}

static int32_t
middle_of(const pdf_line *l)
{
	return l->y1 + (l->y2 - l->y1) / 2;
}

static bool
same_size(const pdf_line *a, const pdf_line *b)
{
	return abs(a->size - b->size) * 12 < a->size;
}

static size_t
size_class(const pdf_line *l)
{
	size_t points = (size_t)(l->size + 50) / 100;

	return points < SIZES ? points : SIZES - 1;
}

/* ---- figures of the whole ---- */

static bool
is_prose(const pdf_line *l)
{
	return (l->flags & (SKIPPED | PDF_LINE_CELL | PDF_LINE_ROTATED)) == 0;
}

/* One under the other, in one column. */
static bool
are_neighbours(const pdf_line *a, const pdf_line *b)
{
	int32_t down = middle_of(b) - middle_of(a);

	return a->region == b->region && a->page == b->page && same_size(a, b) && is_prose(a) &&
	       is_prose(b) && down * 2 > a->size;
}

/* The usual distance of lines for each size of type: the commonest one, or a smaller one that
 * is common enough to be that inside paragraphs. */
static void
find_pitches(writer *w)
{
	const pdf_lines *l = w->lines;

	for (size_t i = 1; i < l->lines.n; i++) {
		const pdf_line *a = &l->lines.at[i - 1], *b = &l->lines.at[i];
		int32_t down = (middle_of(b) - middle_of(a) + 12) / 25;
		if (!are_neighbours(a, b) || down <= 0 || down >= PITCHES)
			continue;
		uint16_t *count = &w->pitches[size_class(b)][down];
		if (*count != UINT16_MAX)
			(*count)++;
	}
	for (size_t s = 0; s < SIZES; s++) {
		uint32_t total = 0, most = 0;
		for (size_t k = 0; k < PITCHES; k++) {
			total += w->pitches[s][k];
			most = w->pitches[s][k] > w->pitches[s][most] ? (uint32_t)k : most;
		}
		for (size_t k = s * 3; k < most; k++)
			if (w->pitches[s][k] * 6u > total) {
				most = (uint32_t)k;
				break;
			}
		w->pitch[s] = total == 0 ? 0 : (int32_t)most * 25;
	}
}

static int32_t
pitch_of(const writer *w, const pdf_line *l)
{
	int32_t usual = w->pitch[size_class(l)], least = l->size * 5 / 4;

	return usual > least && usual < l->size * 3 ? usual : least;
}

/* Lines start to end follow each other closely. Where at least two of them end at the same
 * place, that is their margin, though the column may be wider. */
static void
fit_run(writer *w, size_t start, size_t end)
{
	int32_t edge = 0;
	size_t there = 0;

	for (size_t i = start; i < end; i++)
		edge = line_at(w, (uint32_t)i)->x2 > edge ? line_at(w, (uint32_t)i)->x2 : edge;
	for (size_t i = start; i < end; i++) {
		const pdf_line *l = line_at(w, (uint32_t)i);
		there += edge - l->x2 < l->size / 2;
	}
	const pdf_line *first = line_at(w, (uint32_t)start);
	bool loud = (first->flags & PDF_LINE_BOLD) != 0 || first->size * 10 > w->body * 11;
	for (size_t i = start; i < end; i++)
		w->fits[i].edge =
			there > 1 || (loud && end - start > 1) ? edge : w->fits[i].right;
}

#define WIDEST 4096 /* points */

static void
find_right(writer *w)
{
	uint32_t *ends = ARENA_ARRAY(&w->words.scratch, uint32_t, WIDEST), total = 0,
		 beyond = 0;
	size_t at = WIDEST;

	if (ends == NULL)
		return;
	for (size_t i = 0; i < w->lines->lines.n; i++) {
		const pdf_line *l = line_at(w, (uint32_t)i);
		if (!is_prose(l) || l->x2 < 0 || l->x2 / 100 >= WIDEST)
			continue;
		ends[l->x2 / 100]++;
		total++;
	}
	while (at > 0 && beyond * 10 <= total)
		beyond += ends[--at];
	w->right = total == 0 ? 0 : (int32_t)at * 100;
}

static void
find_margins(writer *w)
{
	const pdf_lines *l = w->lines;

	for (size_t i = 0, end; i < l->lines.n; i = end) {
		int32_t left = INT32_MAX, right = 0;
		for (end = i;
			end < l->lines.n && l->lines.at[end].region == l->lines.at[i].region;
			end++)
			;
		/* Tables cut the column of a page: its margins are those of all its lines. */
		uint32_t page = l->lines.at[i].page;
		size_t from = i, to = end;
		while (from > 0 && l->lines.at[from - 1].page == page && i - from < 400)
			from--;
		while (to < l->lines.n && l->lines.at[to].page == page && to - end < 400)
			to++;
		int32_t low = INT32_MAX, high = 0;
		for (size_t k = i; k < end; k++)
			if (is_prose(&l->lines.at[k])) {
				low = l->lines.at[k].x1 < low ? l->lines.at[k].x1 : low;
				high = l->lines.at[k].x2 > high ? l->lines.at[k].x2 : high;
			}
		left = low;
		right = high;
		for (size_t k = from; k < to; k++) {
			const pdf_line *other = &l->lines.at[k];
			if (!is_prose(other) || other->x1 >= high || other->x2 <= low ||
				other->x1 + other->size < low - 20 * other->size)
				continue;
			right = other->x2 > right ? other->x2 : right;
		}
		for (size_t k = i; k < end; k++)
			w->fits[k] = (fit){ .edge = right, .right = right, .left = left };
	}
	for (size_t i = 0, end; i < l->lines.n; i = end) {
		for (end = i + 1; end < l->lines.n; end++) {
			const pdf_line *a = &l->lines.at[end - 1], *b = &l->lines.at[end];
			if (!are_neighbours(a, b) ||
				(middle_of(b) - middle_of(a)) * 10 > pitch_of(w, b) * 13 ||
				((a->flags ^ b->flags) & PDF_LINE_BOLD) != 0)
				break;
		}
		if (is_prose(&l->lines.at[i]))
			fit_run(w, i, end);
	}
}

/* ---- where a paragraph ends ---- */

static slice
first_text(const writer *w, const pdf_line *l)
{
	return pdf_word_text(w->lines->pages, pdf_line_word(w->lines, l, 0));
}

static bool
starts_low(slice s)
{
	size_t i = 0;

	return s.n != 0 && utf8_is_lower(utf8_next(s, &i));
}

/* The last sign that counts: without quotation marks, brackets and note calls. */
static uint32_t
last_sign(const writer *w, const pdf_line *l)
{
	for (uint32_t k = l->count; k-- > 0;) {
		const pdf_word *word = pdf_line_word(w->lines, l, k);
		slice s = pdf_word_text(w->lines->pages, word);
		if (pdf_word_is_raised(l, word))
			continue;
		for (size_t i = s.n; i > 0;) {
			size_t at = utf8_back(s, i), next = at;
			uint32_t c = utf8_next(s, &next);
			if (c != '"' && c != ')' && c != ']' && c != 0xBB && c != 0x201D &&
				c != 0x2019)
				return c;
			i = at;
		}
	}
	return 0;
}

static bool
is_terminal(uint32_t c)
{
	return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

static bool
is_pause(uint32_t c)
{
	return c == ':' || c == ';';
}

/* How wide the first word of a line is. */
static int32_t
first_width(const writer *w, const pdf_line *l)
{
	const pdf_word *first = pdf_line_word(w->lines, l, 0);
	int32_t right = first->x2;

	for (uint32_t i = 1; i < l->count; i++) {
		const pdf_word *word = pdf_line_word(w->lines, l, i);
		if ((word->x1 - right) * 6 > l->size)
			break;
		right = word->x2 > right ? word->x2 : right;
	}
	return right - first->x1;
}

static bool
had_room(const writer *w, uint32_t above, uint32_t below)
{
	const pdf_line *a = line_at(w, above), *b = line_at(w, below);
	int32_t room = w->fits[above].edge - a->x2;

	return room > first_width(w, b) + a->size / 2;
}

/* A bullet, or a number or dash after something that ends. */
static bool
opens_item(const writer *w, const pdf_line *above, const pdf_line *l)
{
	char text[64];
	size_t n = 0;

	if ((l->flags & PDF_LINE_MARKED) != 0)
		return true;
	for (uint32_t i = 0; i < l->count && i < 3; i++) {
		slice s = pdf_word_text(w->lines->pages, pdf_line_word(w->lines, l, i));
		if (n + s.n + 1 > sizeof(text))
			break;
		memcpy(text + n, s.p, s.n);
		n += s.n;
		text[n++] = ' ';
	}
	marker m = marker_read((slice){ text, n });
	uint32_t last = last_sign(w, above);
	if (m.kind == MARKER_NONE)
		return false;
	return m.kind == MARKER_BULLET || is_terminal(last) || is_pause(last);
}

/* Of a column of one or two lines the margin is not known: that of most pages stands for it. */
static bool
had_room_over(const writer *w, uint32_t above, uint32_t below)
{
	const pdf_line *a = line_at(w, above);
	bool lone = above == 0 || line_at(w, above - 1)->region != a->region || above == 1 ||
		    line_at(w, above - 2)->region != a->region;

	if (had_room(w, above, below))
		return true;
	return lone && w->right - a->x2 > first_width(w, line_at(w, below)) + a->size / 2;
}

/* From the last line of a column or page to the first of the next. */
static bool
goes_over(const writer *w, uint32_t above, uint32_t below)
{
	const pdf_line *a = line_at(w, above), *b = line_at(w, below);
	bool low = starts_low(first_text(w, b));
	uint32_t last = last_sign(w, a);

	bool full = !had_room_over(w, above, below);
	if (low && !is_terminal(last) && (full || !is_pause(last)))
		return true;
	if (!full || b->x1 - w->fits[below].left > b->size)
		return false;
	return !is_terminal(last) && !is_pause(last);
}

/* The lines of one paragraph begin at one place, but for its first. first: above is that. */
static bool
is_aligned(const pdf_line *a, const pdf_line *b, bool first)
{
	int32_t right = b->x1 - a->x1, size = a->size;

	if (abs(right) * 10 < size * 8)
		return true;
	return first && right < 8 * size && right > -8 * size;
}

static bool
is_centred(const writer *w, uint32_t i)
{
	const pdf_line *l = line_at(w, i);
	int32_t before = l->x1 - w->fits[i].left, after = w->fits[i].right - l->x2;

	return before > 2 * l->size && abs(before - after) < 2 * l->size;
}

/* A short line far to the right: a name, a title, a date beside or under a signature. */
static bool
stands_aside(const writer *w, uint32_t i)
{
	const pdf_line *l = line_at(w, i);
	int32_t width = w->fits[i].right - w->fits[i].left;

	return l->x1 - w->fits[i].left > width * 2 / 5 && l->x2 - l->x1 < width / 2;
}

static bool
goes_on(const writer *w, uint32_t above, uint32_t below, bool first)
{
	const pdf_line *a = line_at(w, above), *b = line_at(w, below);
	unsigned differ = a->flags ^ b->flags;
	bool low = starts_low(first_text(w, b));
	uint32_t last = last_sign(w, a);

	if ((differ & (PDF_LINE_CELL | PDF_LINE_NOTE | PDF_LINE_ROTATED)) != 0)
		return false;
	if ((b->flags & PDF_LINE_CELL) != 0)
		return a->cell == b->cell;
	if (!same_size(a, b) || opens_item(w, a, b) || (b->flags & PDF_LINE_NOTE_START) != 0)
		return false;
	if ((b->flags & PDF_LINE_NOTE) != 0)
		return true;
	if ((differ & PDF_LINE_BOLD) != 0 &&
		(is_terminal(last) || (!low && had_room(w, above, below))))
		return false;
	if (!are_neighbours(a, b))
		return goes_over(w, above, below);
	if ((middle_of(b) - middle_of(a)) * 20 > pitch_of(w, b) * 25)
		return false;
	bool loose = low && !is_terminal(last) && !is_pause(last);
	if (stands_aside(w, above) && stands_aside(w, below))
		return loose || last == ',';
	if (!is_aligned(a, b, first))
		return loose || (is_centred(w, above) && is_centred(w, below) &&
					!had_room(w, above, below));
	return loose || !had_room(w, above, below);
}

/* ---- blocks ---- */

static bool
all_bold(const writer *w, const uint32_t *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((line_at(w, list[i])->flags & PDF_LINE_BOLD) == 0)
			return false;
	return true;
}

static block_kind
kind_of(const writer *w, const uint32_t *list, size_t n, slice text)
{
	const pdf_line *first = line_at(w, list[0]);

	if ((first->flags & PDF_LINE_CELL) != 0)
		return BLOCK_CELL;
	if ((first->flags & PDF_LINE_NOTE) != 0)
		return BLOCK_NOTE;
	bool loud = first->size * 100 > w->body * 112 || all_bold(w, list, n);
	if (loud && text.n < HEADING_BYTES &&
		!is_terminal(last_sign(w, line_at(w, list[n - 1]))))
		return BLOCK_HEADING;
	return marker_read(text).kind != MARKER_NONE ? BLOCK_ITEM : BLOCK_PARAGRAPH;
}

static status
write_block(writer *w, const uint32_t *list, size_t n)
{
	size_t start = w->words.text.n;

	for (size_t i = 0; i < n; i++)
		TRY(pdf_words_add(&w->words, line_at(w, list[i]), i == 0));
	slice text = slice_sub(buffer_slice(&w->words.text), start, w->words.text.n);
	if (text.n == 0)
		return STATUS_OK;
	if (text.n > w->context->limits.paragraph)
		return context_fail(w->context, STATUS_LIMIT,
			"%.*s: a paragraph larger than %zu MiB",
			"%.*s\u00A0: un paragraphe de plus de %zu Mio",
			SLICE_ARG(w->document->path), w->context->limits.paragraph >> 20);
	block_kind kind = kind_of(w, list, n, text);
	size_t skipped = kind == BLOCK_ITEM ? marker_read(text).length : 0;
	if (skipped < text.n) {
		TRY(ARRAY_RESERVE(w->context->memory, &w->blocks, 1));
		w->blocks.at[w->blocks.n++] = (block){ .text = { (uint32_t)(start + skipped),
							       (uint32_t)w->words.text.n },
			.kind = (uint8_t)kind,
			.language = LANGUAGE_UNKNOWN };
	}
	buffer_put_char(&w->words.text, '\n');
	return w->words.text.status;
}

static status
write_notes(writer *w)
{
	for (size_t i = 0, end; i < w->notes.n; i = end) {
		for (end = i + 1; end < w->notes.n; end++)
			if (!goes_on(w, w->notes.at[end - 1], w->notes.at[end], end == i + 1))
				break;
		TRY(write_block(w, w->notes.at + i, end - i));
	}
	w->notes.n = 0;
	return STATUS_OK;
}

static status
close_paragraph(writer *w)
{
	if (w->open.n != 0)
		TRY(write_block(w, w->open.at, w->open.n));
	w->open.n = 0;
	return STATUS_OK;
}

static status
write_lines(writer *w)
{
	const memory *m = w->context->memory;

	for (uint32_t i = 0; i < w->lines->lines.n; i++) {
		const pdf_line *l = line_at(w, i);
		if ((l->flags & SKIPPED) != 0)
			continue;
		if ((l->flags & PDF_LINE_NOTE) != 0) {
			TRY(ARRAY_RESERVE(m, &w->notes, 1));
			w->notes.at[w->notes.n++] = i;
			continue;
		}
		size_t n = w->open.n;
		if (n != 0 && !goes_on(w, w->open.at[n - 1], i, n == 1))
			TRY(close_paragraph(w));
		TRY(ARRAY_RESERVE(m, &w->open, 1));
		w->open.at[w->open.n++] = i;
	}
	TRY(close_paragraph(w));
	return write_notes(w);
}

/* ---- the document ---- */

static status
keep(writer *w)
{
	document *d = w->document;
	pdf_source *source = ARENA_NEW(&d->arena, pdf_source);
	pdf_place *places = ARENA_ARRAY(&d->arena, pdf_place, w->words.places.n);

	TRY(arena_copy(&d->arena, buffer_slice(&w->words.text), &d->text));
	d->blocks = ARENA_ARRAY(&d->arena, block, w->blocks.n);
	if (source == NULL || places == NULL || d->blocks == NULL)
		return STATUS_MEMORY;
	if (w->blocks.n != 0)
		memcpy(d->blocks, w->blocks.at, w->blocks.n * sizeof(*d->blocks));
	d->block_count = w->blocks.n;
	if (w->words.places.n != 0)
		memcpy(places, w->words.places.at, w->words.places.n * sizeof(*places));
	*source = (pdf_source){ .places = places,
		.place_count = w->words.places.n,
		.page_count = (uint32_t)w->lines->pages->pages.n };
	for (size_t i = 0; i < w->lines->pages->pages.n; i++) {
		source->scans += w->lines->pages->pages.at[i].scan;
		source->recognised += w->lines->pages->pages.at[i].recognised;
		source->lost += w->lines->pages->pages.at[i].lost;
	}
	d->source = source;
	return STATUS_OK;
}

static status
write_all(writer *w)
{
	arena *scratch = &w->words.scratch;

	w->fits = ARENA_ARRAY(scratch, fit, w->lines->lines.n + 1);
	w->pitches = arena_array(scratch, SIZES, sizeof(*w->pitches), alignof(uint16_t));
	if (w->fits == NULL || w->pitches == NULL)
		return STATUS_MEMORY;
	w->body = pdf_body_size(w->lines);
	find_pitches(w);
	find_margins(w);
	find_right(w);
	pdf_words_look(&w->words);
	TRY(write_lines(w));
	return keep(w);
}

status
pdf_text_write(document *d, context *c, const pdf_lines *lines)
{
	writer w = { .lines = lines, .context = c, .document = d };

	pdf_words_init(&w.words, c, lines, &d->options);
	status done = write_all(&w);
	pdf_words_free(&w.words);
	ARRAY_FREE(c->memory, &w.blocks);
	ARRAY_FREE(c->memory, &w.open);
	ARRAY_FREE(c->memory, &w.notes);
	return done;
}
