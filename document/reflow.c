/* Two lines are one paragraph when the first is *full* (the first word of the second would not
 * have fitted, with a tolerance for proportional type) or the second goes on in lower case, and
 * nothing says otherwise: a marker, a gap wider than the usual one, columns. A blank line is a
 * gap only where most lines are not followed by one. */
#include "document/reflow.h"

#include <string.h>

#include "document/lines.h"
#include "document/marker.h"

#define WIDTH_LEAST 35   /* a narrower common width is a list or verse, or a narrow column */
#define WIDTH_NARROW 18  /* of a column of a leaflet; below it hardly two words share a line */
#define WIDTH_MOST 200   /* a wider one is a paragraph a line */
#define LITTLE_WORD 3    /* bytes */
#define HEADING_MOST 120 /* bytes */

typedef struct figures {
	size_t lines;
	uint32_t histogram[WIDTH_MOST + 2]; /* of widths in bytes, the last for all longer */
} figures;

typedef struct state {
	context *context;
	arena *arena;
	slice text;
	const line *lines;
	size_t count;
	size_t width;     /* that most full lines stay under */
	unsigned gap;     /* empty lines that may stand inside a paragraph */
	uint32_t number;  /* the last paragraph number met */
	char *out;        /* the joined text */
	size_t n, copied; /* bytes written; bytes of the input that they stand for */
	source_map_builder map;
	ARRAY(block) blocks;
	size_t joins;
} state;

static status
too_long(context *c, size_t at)
{
	return context_fail(c, STATUS_LIMIT,
		"the paragraph at byte %zu is longer than the limit of %zu bytes",
		"le paragraphe à l’octet %zu dépasse la limite de %zu octets", at,
		c->limits.paragraph);
}

static bool
is_signed(slice s)
{
	static const char *const starts[] = { "(Signé", "(Signed", "(signé", "(signed",
		"Signé :", NULL };

	for (const char *const *start = starts; *start != NULL; start++)
		if (slice_starts(s, slice_of(*start)))
			return true;
	return false;
}

static inline bool
is_signature(slice s)
{
	return s.n != 0 && (s.p[0] == '(' || s.p[0] == 'S') && is_signed(s);
}

/* A short line that ends like no sentence. */
static bool
is_heading(slice s)
{
	static const char ends[] = ".;:,!?";
	unsigned char first = s.n == 0 ? 0 : (unsigned char)s.p[0];

	if (s.n == 0 || s.n > HEADING_MOST ||
		memchr(ends, s.p[s.n - 1], sizeof(ends) - 1) != NULL)
		return false;
	return (first >= 'A' && first <= 'Z') || first == 0xC3 || first == 0xC5;
}

static block_kind
kind_of(marker m, slice content)
{
	if (is_signature(content))
		return BLOCK_SIGNATURE;
	if (m.kind == MARKER_ROMAN)
		return BLOCK_HEADING;
	if (m.kind != MARKER_NONE)
		return BLOCK_ITEM;
	return is_heading(content) ? BLOCK_HEADING : BLOCK_PARAGRAPH;
}

/* ---- one paragraph a line ---- */

static size_t
count_lines(line_reader r, size_t *longest, figures *f)
{
	slice raw;

	*longest = 0;
	while (line_next(&r, &raw)) {
		if (raw.n > *longest)
			*longest = raw.n;
		if (lines_trim(raw).n == 0)
			continue;
		f->histogram[raw.n > WIDTH_MOST ? WIDTH_MOST + 1 : raw.n]++;
		f->lines++;
	}
	return f->lines;
}

static status
keep_lines(arena *a, line_reader r, size_t count, flow *out)
{
	slice text = r.text;
	block *blocks = arena_array_room(a, count, sizeof(*blocks), alignof(block));
	size_t n = 0;
	slice raw;

	if (blocks == NULL)
		return STATUS_MEMORY;
	while (line_next(&r, &raw)) {
		slice content = lines_trim(raw);
		if (content.n == 0)
			continue;
		marker m = marker_read(content);
		content = lines_trim(slice_sub(content, m.length, content.n));
		if (content.n == 0)
			continue;
		uint32_t start = (uint32_t)(content.p - text.p);
		blocks[n++] = (block){
			.text = { start, start + (uint32_t)content.n },
			.kind = (uint8_t)kind_of(m, content),
		};
	}
	*out = (flow){ .text = text, .blocks = blocks, .block_count = n };
	return STATUS_OK;
}

/* The width that nineteen lines in twenty stay under. */
static size_t
common_width(const uint32_t *histogram, size_t lines)
{
	size_t seen = 0, width = 0;

	while (width <= WIDTH_MOST && (seen += histogram[width]) * 20 < lines * 19)
		width++;
	return width;
}

/* ---- filled lines ---- */

static slice
content(const state *s, const line *l)
{
	return slice_sub(s->text, l->start, l->end);
}

static bool
is_full(const state *s, const line *a, const line *b)
{
	return ((size_t)a->width + 1 + b->first) * 100 >= s->width * 82;
}

static bool
is_text(const line *l)
{
	return (l->flags & (LINE_FURNITURE | LINE_RULE | LINE_COLUMNS)) == 0;
}

static size_t
width_of_lines(const state *s)
{
	uint32_t histogram[WIDTH_MOST + 2] = { 0 };

	for (size_t i = 0; i < s->count; i++)
		histogram[s->lines[i].width > WIDTH_MOST ? WIDTH_MOST + 1
							 : s->lines[i].width]++;
	return common_width(histogram, s->count);
}

/* 1 where a blank line follows most lines, otherwise 0. */
static unsigned
usual_gap(const state *s)
{
	size_t with = 0;

	for (size_t i = 1; i < s->count; i++)
		with += s->lines[i].gap != 0;
	return s->count > 5 && with * 10 > (s->count - 1) * 7 ? 1 : 0;
}

/* Does the line break off behind a word such as « de » or “the”, as no entry of a list does? */
static bool
breaks_off(slice s)
{
	size_t last = 0;

	while (last < s.n && s.p[s.n - 1 - last] != ' ')
		last++;
	return last < s.n && last <= LITTLE_WORD && s.p[s.n - 1] >= 'a' && s.p[s.n - 1] <= 'z';
}

/* A narrow column, and not a list of short entries that are as full as each other now and then:
 * of three words a line or so, one in ten or more breaks off. */
static bool
is_column(const state *s)
{
	size_t first = 0, width = 0, broken = 0;

	for (size_t i = 0; i < s->count; i++) {
		first += s->lines[i].first;
		width += s->lines[i].width;
		broken += breaks_off(content(s, &s->lines[i]));
	}
	return first * 5 <= width * 2 && broken > 1 && broken * 10 >= s->count;
}

/* Do enough full lines go on in lower case? In a narrow column nearly all lines must be full,
 * for the entries of a list are now and then. */
static bool
is_filled(const state *s)
{
	size_t pairs = 0, full = 0, going_on = 0;

	if (s->width < WIDTH_NARROW || s->width > WIDTH_MOST)
		return false;
	for (size_t i = 1; i < s->count; i++) {
		const line *a = &s->lines[i - 1], *b = &s->lines[i];
		if (!is_text(a) || !is_text(b) || b->gap > s->gap)
			continue;
		pairs++;
		if (!is_full(s, a, b))
			continue;
		full++;
		if ((a->flags & (LINE_TERMINAL | LINE_PAUSE)) == 0 &&
			(b->flags & LINE_LOWER) != 0 &&
			marker_read(content(s, b)).kind == MARKER_NONE)
			going_on++;
	}
	if (s->width < WIDTH_LEAST &&
		(full * 10 < pairs * 8 || going_on * 2 < full || !is_column(s)))
		return false;
	return going_on != 0 && going_on * 3 >= full && going_on * 10 >= s->count;
}

/* Is the marker at the start of b a marker, and not a word of the sentence begun before? */
static bool
opens_item(const state *s, const line *a, const line *b, marker m)
{
	bool ended = (a->flags & (LINE_TERMINAL | LINE_PAUSE)) != 0 || !is_full(s, a, b);
	slice rest = content(s, b);

	rest = slice_sub(rest, m.length, rest.n);
	switch (m.kind) {
	case MARKER_NONE:
		return false;
	case MARKER_BULLET:
		return true;
	case MARKER_NUMBER:
		return ended || m.number == s->number + 1;
	case MARKER_DASH:
		return ended || b->indent > a->indent ||
		       (rest.n != 0 && rest.p[0] >= 'A' && rest.p[0] <= 'Z');
	case MARKER_LETTER:
	case MARKER_ROMAN:
		return ended || b->indent > a->indent;
	}
	return false;
}

static bool
joins(const state *s, const line *a, const line *b, bool across_page)
{
	if (!is_text(a) || !is_text(b) || is_signature(content(s, a)) ||
		is_signature(content(s, b)))
		return false;
	if (opens_item(s, a, b, marker_read(content(s, b))))
		return false;
	if (b->gap > s->gap && !across_page)
		return false;
	bool full = is_full(s, a, b);
	if ((b->flags & LINE_LOWER) != 0)
		return full || ((a->flags & (LINE_TERMINAL | LINE_PAUSE)) == 0 &&
				       (size_t)a->width * 3 >= s->width);
	if (!full)
		return false;
	if ((a->flags & (LINE_TERMINAL | LINE_PAUSE)) == 0)
		return true;
	return b->indent <= a->indent && !across_page && (a->flags & LINE_PAUSE) == 0;
}

static void
copy_to(state *s, size_t end)
{
	memcpy(s->out + s->n, s->text.p + s->copied, end - s->copied);
	s->n += end - s->copied;
	s->copied = end;
}

/* Everything between the two lines becomes one space, or nothing after a hyphen. */
static status
join(state *s, const line *a, const line *b)
{
	copy_to(s, a->end);
	TRY(source_map_add(&s->map, s->n, a->end, RUN_MADE));
	if ((a->flags & LINE_HYPHEN) == 0 || (b->flags & LINE_LOWER) == 0)
		s->out[s->n++] = ' ';
	s->copied = b->start;
	s->joins++;
	return source_map_add(&s->map, s->n, b->start, RUN_VERBATIM);
}

static status
add_block(state *s, const line *first, size_t start, marker m)
{
	slice text = { s->out + start, s->n - start };

	if (text.n > s->context->limits.paragraph)
		return too_long(s->context, first->start);
	if (text.n == 0)
		return STATUS_OK;
	TRY(ARRAY_RESERVE(s->context->memory, &s->blocks, 1));
	s->blocks.at[s->blocks.n++] = (block){
		.text = { (uint32_t)start, (uint32_t)s->n },
		.kind = (uint8_t)kind_of(m, text),
	};
	return STATUS_OK;
}

/* The line that goes on the paragraph of line i, or count. Page furniture between is skipped,
 * but only when the paragraph does go on after it. */
static size_t
following(const state *s, size_t i)
{
	const line *a = &s->lines[i];
	bool across = false;
	size_t k = i + 1;

	for (; k < s->count && k <= i + 8 && (s->lines[k].flags & LINE_FURNITURE) != 0; k++)
		across = true;
	if (k == s->count)
		return s->count;
	across |= (s->lines[k].flags & LINE_NEW_PAGE) != 0;
	return joins(s, a, &s->lines[k], across) ? k : s->count;
}

/* One block from line i on; the answer is the first line after it. */
static status
paragraph(state *s, size_t *i)
{
	const line *first = &s->lines[*i];
	marker m = marker_read(content(s, first));
	size_t next;

	copy_to(s, first->start + m.length);
	size_t start = s->n;
	if (m.kind == MARKER_NUMBER)
		s->number = m.number;
	while ((next = following(s, *i)) < s->count) {
		TRY(join(s, &s->lines[*i], &s->lines[next]));
		*i = next;
	}
	if (s->lines[*i].end > s->copied)
		copy_to(s, s->lines[*i].end);
	++*i;
	return add_block(s, first, start, m);
}

static status
fill_blocks(state *s)
{
	TRY(source_map_add(&s->map, 0, 0, RUN_VERBATIM));
	for (size_t i = 0; i < s->count;) {
		if ((s->lines[i].flags & (LINE_FURNITURE | LINE_RULE)) != 0) {
			i++;
			continue;
		}
		TRY(paragraph(s, &i));
	}
	copy_to(s, s->text.n);
	return STATUS_OK;
}

static status
finish(state *s, flow *out)
{
	block *blocks = ARENA_ARRAY(s->arena, block, s->blocks.n);

	if (blocks == NULL)
		return STATUS_MEMORY;
	if (s->blocks.n != 0)
		memcpy(blocks, s->blocks.at, s->blocks.n * sizeof(block));
	*out = (flow){ .text = { s->out, s->n }, .blocks = blocks, .block_count = s->blocks.n };
	out->reflowed = s->joins != 0;
	return source_map_finish(&s->map, s->arena, s->n, s->text.n, &out->map);
}

static status
join_lines(state *s, flow *out)
{
	s->out = arena_alloc(s->arena, s->text.n, 1);
	s->map.memory = s->context->memory;
	status result = s->out == NULL ? STATUS_MEMORY : fill_blocks(s);

	if (result == STATUS_OK)
		result = finish(s, out);
	ARRAY_FREE(s->context->memory, &s->blocks);
	source_map_abandon(&s->map);
	return result;
}

/* True and *out filled when the lines were filled. */
static status
try_joining(context *c, arena *a, slice text, flow *out)
{
	line_list list;

	TRY(lines_read(c, text, &list));
	state s = { .context = c, .arena = a, .text = text, .lines = list.lines.at };
	s.count = list.lines.n;
	s.width = width_of_lines(&s);
	s.gap = usual_gap(&s);
	status result = is_filled(&s) ? join_lines(&s, out) : STATUS_OK;
	ARRAY_FREE(c->memory, &list.lines);
	return result;
}

status
document_reflow(context *c, arena *a, slice text, flow *out)
{
	figures f = { 0 };
	size_t longest;
	line_reader r = line_reader_of(text);
	size_t count = count_lines(r, &longest, &f);

	if (longest > c->limits.paragraph)
		return too_long(c, 0);
	*out = (flow){ 0 };
	/* Bytes are more than code points, hence the margin. */
	if (count > 1 && common_width(f.histogram, f.lines) <= WIDTH_MOST)
		TRY(try_joining(c, a, text, out));
	if (out->reflowed)
		return STATUS_OK;
	return keep_lines(a, r, count, out);
}
