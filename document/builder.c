#include "document/builder.h"

#include <string.h>

#include "document/lines.h"
#include "text/find.h"
#include "text/utf8.h"

#define FORESEEN_FROM 4096

status
builder_begin(builder *b, context *c, document *d, slice charset)
{
	*b = (builder){ .context = c, .document = d, .map = { .memory = c->memory } };
	buffer_init(&b->text, c->memory, c->limits.output);
	if (d->options.utf8)
		charset = SLICE("utf-8");
	TRY(document_decode_as(c, &d->arena, d->path, d->bytes, charset, &b->in));
	buffer_reserve(
		&b->text, b->in.text.n < b->text.ceiling ? b->in.text.n : b->text.ceiling);
	TRY(b->text.status);
	d->cdata = text_find(b->in.text, 0, SLICE("<![CDATA[")) != b->in.text.n;
	return STATUS_OK;
}

void
builder_begin_parts(builder *b, context *c, document *d)
{
	*b = (builder){ .context = c, .document = d, .map = { .memory = c->memory } };
	buffer_init(&b->text, c->memory, c->limits.output);
	b->in.encoding = "UTF-8";
}

void
builder_abandon(builder *b)
{
	source_map_abandon(&b->map);
	buffer_free(&b->text);
	ARRAY_FREE(b->context->memory, &b->blocks);
	ARRAY_FREE(b->context->memory, &b->comments);
}

size_t
builder_foresee(const builder *b, size_t n)
{
	size_t size = b->in.text.n;

	if (n != FORESEEN_FROM || b->origin != 0 || b->file < n || b->file > size)
		return 0;
	return (size_t)((double)n * ((double)size / (double)b->file - 1) * 1.5);
}

/* What the file has before that place and the text does not show. */
static status
hide(builder *b, size_t until)
{
	const run *last = b->map.runs.n == 0 ? NULL : &b->map.runs.at[b->map.runs.n - 1];
	size_t n = b->text.n;

	if (until <= b->file)
		return STATUS_OK;
	/* The line break between two blocks stands for what parts them. */
	bool stands = last != NULL && last->kind == RUN_MARKUP &&
		      (last->text == n || (last->text + 1 == n && b->text.p[n - 1] == '\n' &&
						  last->file == b->file));
	if (!stands)
		TRY(source_map_add(&b->map, n, b->file, RUN_MARKUP));
	b->file = until;
	return STATUS_OK;
}

static status
too_long(const builder *b)
{
	return context_fail(b->context, STATUS_LIMIT,
		"%.*s: a paragraph of more than %zu bytes",
		"%.*s\u00A0: un paragraphe de plus de %zu octets", SLICE_ARG(b->document->path),
		b->context->limits.paragraph);
}

static status
grow(builder *b, slice text, span file, run_kind kind)
{
	/* Whoever reads a file in another order than its own would break the map. */
	if (b->origin + file.start < b->file)
		return STATUS_OK;
	TRY(ARRAY_RESERVE(b->context->memory, &b->map.runs,
		builder_foresee(b, b->map.runs.n & ~(size_t)3)));
	TRY(hide(b, b->origin + file.start));
	TRY(source_map_add(&b->map, b->text.n, b->origin + file.start, kind));
	buffer_put(&b->text, text);
	TRY(b->text.status);
	b->file = b->origin + file.end;
	if (b->open && b->text.n - b->now.text.start > b->context->limits.paragraph)
		return too_long(b);
	return STATUS_OK;
}

static status
put_plain(builder *b, size_t start, size_t end)
{
	if (start == end)
		return STATUS_OK;
	return grow(b, slice_sub(b->in.text, start, end),
		(span){ (uint32_t)start, (uint32_t)end }, RUN_VERBATIM);
}

static bool
is_white(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* Has the block a space at its end, or nothing yet? */
static bool
is_spaced(const builder *b)
{
	return !b->open || b->text.n == b->now.text.start ||
	       (is_white(b->text.p[b->text.n - 1]) && b->solid != b->text.n);
}

/* One run of white space, also where it comes in pieces. */
static status
put_white(builder *b, size_t start, size_t end)
{
	if (b->origin + start < b->file) /* with the piece before */
		return STATUS_OK;
	while (start > 0 && b->origin + start > b->file && is_white(b->in.text.p[start - 1]))
		start--;
	while (end < b->in.text.n && is_white(b->in.text.p[end]))
		end++;
	slice s = slice_sub(b->in.text, start, end);
	bool breaks = memchr(s.p, '\n', s.n) != NULL || memchr(s.p, '\r', s.n) != NULL;
	span file = { (uint32_t)start, (uint32_t)end };

	if (b->white == WHITE_KEEP || (b->white == WHITE_LINES && !breaks))
		return put_plain(b, start, end);
	if (is_spaced(b)) /* hidden with what comes next */
		return STATUS_OK;
	if (s.n == 1 && s.p[0] == ' ')
		return put_plain(b, start, end);
	return grow(b, SLICE(" "), file, RUN_MADE);
}

void
builder_hole(builder *b, span file)
{
	if (b->hole.end == b->hole.start)
		b->hole = file;
	b->hole.end = file.end;
}

static status
fill_hole(builder *b, bool letter_after)
{
	span hole = b->hole;
	uint32_t before = 0;

	b->hole = (span){ 0 };
	if (hole.end == hole.start)
		return STATUS_OK;
	if (b->open && b->text.n > b->now.text.start) {
		size_t at = utf8_back(buffer_slice(&b->text), b->text.n);
		before = utf8_next(buffer_slice(&b->text), &at);
	}
	return letter_after && utf8_is_letter(before)
		       ? STATUS_OK
		       : grow(b, SLICE("\uFFFC"), hole, RUN_MARKUP);
}

/* Before this text. */
static status
fill_hole_before(builder *b, slice text)
{
	size_t i = 0;

	if (b->hole.end == b->hole.start || text.n == 0)
		return STATUS_OK;
	return fill_hole(b, utf8_is_letter(utf8_next(text, &i)));
}

static status
put_spaced(builder *b, span file)
{
	slice all = b->in.text;
	size_t at = file.start;

	if (b->white == WHITE_KEEP)
		return put_plain(b, file.start, file.end);
	while (at < file.end) {
		size_t start = at;
		while (at < file.end && !is_white(all.p[at]))
			at++;
		TRY(put_plain(b, start, at));
		for (start = at; at < file.end && is_white(all.p[at]);)
			at++;
		if (at > start)
			TRY(put_white(b, start, at));
	}
	return STATUS_OK;
}

/* Without soft hyphens, so that a word that may be divided is the word: they are hidden like
 * markup and stay in the file. One before a space comes from the end of a line and is a fault.
 */
static status
put_around_soft_hyphens(builder *b, span file)
{
	slice sign = SLICE("\u00AD"), all = slice_sub(b->in.text, 0, file.end);
	size_t from = file.start, at = from;

	while ((at = text_find(all, at, sign)) < all.n) {
		size_t behind = at + sign.n;
		if (behind == all.n || !is_white(all.p[behind])) {
			TRY(put_spaced(b, (span){ (uint32_t)from, (uint32_t)at }));
			from = behind;
		}
		at = behind;
	}
	return put_spaced(b, (span){ (uint32_t)from, file.end });
}

status
builder_put(builder *b, span file)
{
	TRY(fill_hole_before(b, slice_sub(b->in.text, file.start, file.end)));
	return b->drops_soft_hyphens ? put_around_soft_hyphens(b, file) : put_spaced(b, file);
}

status
builder_make(builder *b, slice text, span file, run_kind kind)
{
	return text.n == 0 ? STATUS_OK : grow(b, text, file, kind);
}

status
builder_make_text(builder *b, slice text, span file)
{
	bool white = true;

	if (b->drops_soft_hyphens && slice_equal(text, SLICE("\u00AD")))
		return STATUS_OK;
	TRY(fill_hole_before(b, text));
	for (size_t i = 0; i < text.n; i++)
		white = white && is_white(text.p[i]);
	if (b->white == WHITE_COLLAPSE && white)
		return is_spaced(b) ? STATUS_OK : builder_make(b, SLICE(" "), file, RUN_MADE);
	return builder_make(b, text, file, RUN_MADE);
}

/* A line break that stands for no byte of the file but the markup before what comes next. */
static status
end_line(builder *b)
{
	if (b->text.n == 0 || b->text.p[b->text.n - 1] == '\n')
		return STATUS_OK;
	TRY(source_map_add(&b->map, b->text.n, b->file, RUN_MARKUP));
	buffer_put_char(&b->text, '\n');
	return b->text.status;
}

status
builder_open(builder *b, block_kind kind, language l)
{
	if (b->open)
		TRY(builder_close(b, NULL));
	TRY(end_line(b));
	b->open = true;
	b->now = (block){ { (uint32_t)b->text.n, 0 }, (uint8_t)kind, (uint8_t)l };
	b->before_runs = b->map.runs.n;
	b->before_file = b->file;
	return STATUS_OK;
}

void
builder_drop(builder *b)
{
	if (!b->open)
		return;
	b->open = false;
	b->text.n = b->now.text.start;
	b->map.runs.n = b->before_runs;
	b->file = b->before_file;
	b->hole = (span){ 0 };
	b->solid = 0;
}

status
builder_close(builder *b, uint32_t *index)
{
	if (b->open && b->text.n > b->now.text.start)
		TRY(fill_hole(b, false));
	b->hole = (span){ 0 };
	slice whole = slice_sub(buffer_slice(&b->text), b->now.text.start, b->text.n);
	slice inner = lines_trim(whole);

	if (index != NULL)
		*index = UINT32_MAX;
	if (!b->open)
		return STATUS_OK;
	b->open = false;
	if (inner.n == 0)
		return STATUS_OK;
	b->now.text.start += (uint32_t)(inner.p - whole.p);
	b->now.text.end = b->now.text.start + (uint32_t)inner.n;
	TRY(ARRAY_RESERVE(b->context->memory, &b->blocks, 1 + builder_foresee(b, b->blocks.n)));
	b->blocks.at[b->blocks.n++] = b->now;
	if (index != NULL)
		*index = (uint32_t)b->blocks.n - 1;
	return STATUS_OK;
}

/* Nothing but the end of the line, or of the element, follows. */
static bool
ends_line(slice text, size_t at)
{
	while (at < text.n && (text.p[at] == ' ' || text.p[at] == '\t'))
		at++;
	return at == text.n || text.p[at] == '\n' || text.p[at] == '\r' ||
	       slice_starts(slice_sub(text, at, text.n), SLICE("</"));
}

/* What a comment says, without its marks: behind the words of a line it is a part of them, as
 * in plain text. */
static span
said_in(slice text, span file)
{
	if (slice_starts(slice_sub(text, file.start, file.end), SLICE("<!--")))
		file.start += 4;
	if (slice_ends(slice_sub(text, file.start, file.end), SLICE("-->")))
		file.end -= 3;
	while (file.start < file.end && text.p[file.start] == ' ')
		file.start++;
	while (file.start < file.end && text.p[file.end - 1] == ' ')
		file.end--;
	return file;
}

/* « paraph : », in no longer word; not what is to be « paraphrased ». */
static bool
speaks_to_us(slice said)
{
	static const slice word = { "paraph", 6 }, spaces[] = { { " ", 1 }, { "\t", 1 },
		{ "\u00A0", 2 }, { "\u202F", 3 } };

	for (size_t at = 0; (at = text_find(said, at, word)) < said.n;) {
		at += word.n;
		for (size_t i = 0; i < sizeof(spaces) / sizeof(*spaces);)
			if (slice_starts(slice_sub(said, at, said.n), spaces[i])) {
				at += spaces[i].n;
				i = 0;
			} else
				i++;
		if (at < said.n && said.p[at] == ':')
			return true;
	}
	return false;
}

/* At the end of a line. */
static status
put_said(builder *b, span file)
{
	uint32_t start = (uint32_t)b->text.n;

	TRY(builder_put(b, said_in(b->in.text, file)));
	TRY(ARRAY_RESERVE(b->context->memory, &b->comments, 1));
	b->comments.at[b->comments.n++] = (span){ start, (uint32_t)b->text.n };
	return STATUS_OK;
}

status
builder_comment(builder *b, span file)
{
	slice said = slice_sub(b->in.text, file.start, file.end);

	if (!speaks_to_us(said))
		return STATUS_OK;
	bool resume = b->open && b->text.n == b->now.text.start;
	block again = b->now;
	/* In the middle of a line it would speak of what follows it. */
	if (b->open && !resume)
		return ends_line(b->in.text, file.end) ? put_said(b, file) : STATUS_OK;
	b->open = false;
	TRY(end_line(b));
	TRY(put_plain(b, file.start, file.end));
	return resume ? builder_open(b, (block_kind)again.kind, (language)again.language)
		      : STATUS_OK;
}

static status
keep_comments(builder *b, document *d)
{
	span *copy = ARENA_ARRAY(&d->arena, span, b->comments.n);

	if (copy == NULL)
		return STATUS_MEMORY;
	if (b->comments.n != 0)
		memcpy(copy, b->comments.at, b->comments.n * sizeof(*copy));
	d->comments = copy;
	d->comment_count = b->comments.n;
	return STATUS_OK;
}

static status
finish(builder *b)
{
	document *d = b->document;
	source_map map;

	if (b->open)
		TRY(builder_close(b, NULL));
	TRY(end_line(b));
	size_t end = b->origin + b->in.text.n;
	TRY(hide(b, end));
	TRY(keep_comments(b, d));
	if (b->in.map.count == 0) {
		TRY(source_map_hand_over(&b->map, b->text.n, end, &d->map, &d->kept[0]));
	} else {
		TRY(source_map_finish(&b->map, &d->arena, b->text.n, end, &map));
		TRY(source_map_compose(&map, &b->in.map, &d->arena, &d->map));
	}
	d->blocks = b->blocks.at;
	d->kept[1] = d->blocks;
	d->block_count = b->blocks.n;
	b->blocks.at = NULL;
	b->blocks.n = b->blocks.capacity = 0;
	d->encoding = b->in.encoding;
	/* As large as the file itself, maybe: handed on and not copied. */
	d->built = b->text;
	d->text = d->built.n == 0 ? SLICE("") : buffer_slice(&d->built);
	buffer_init(&b->text, b->context->memory, b->text.ceiling);
	return STATUS_OK;
}

status
builder_finish(builder *b)
{
	status s = finish(b);

	builder_abandon(b);
	return s;
}
