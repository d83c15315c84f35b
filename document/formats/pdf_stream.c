#include "document/formats/pdf_stream.h"

#include "text/utf8.h"

#define PAGES_MOST 200000
#define FAR 2000000 /* hundredths of a point: seven metres; pages have five at most */

typedef struct reader {
	pdf_pages *out;
	context *context;
	slice rest; /* of the line in hand */
	uint32_t expected;
	bool counted, ended;
} reader;

static bool
read_number(reader *r, int32_t *out)
{
	bool negative = r->rest.n != 0 && r->rest.p[0] == '-';
	size_t i = negative ? 1 : 0, start = i;
	int64_t value = 0;

	while (i < r->rest.n && i - start < 10 && (unsigned char)(r->rest.p[i] - '0') < 10)
		value = value * 10 + (r->rest.p[i++] - '0');
	if (i == start || value > FAR || (i < r->rest.n && r->rest.p[i] != ' '))
		return false;
	*out = (int32_t)(negative ? -value : value);
	r->rest = slice_sub(r->rest, i < r->rest.n ? i + 1 : i, r->rest.n);
	return true;
}

static bool
is_clean(slice text)
{
	utf8_facts facts;

	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] <= ' ' || text.p[i] == 0x7F)
			return false;
	return utf8_check(text, &facts) == text.n;
}

static bool
is_ordered(const pdf_word *w)
{
	return w->x1 <= w->x2 && w->y1 <= w->y2;
}

/* Some fonts state a size that has nothing to do with how large they are drawn. */
static int32_t
likely_size(int32_t stated, int32_t height, bool rotated)
{
	if (stated > 0 && (rotated || (stated > height / 4 && stated < height * 4)))
		return stated;
	return height > 0 ? height : 1000;
}

static status
read_word(reader *r, bool *good)
{
	pdf_word w = { 0 };
	int32_t flags;

	*good = r->out->pages.n != 0 && read_number(r, &w.x1) && read_number(r, &w.y1) &&
		read_number(r, &w.x2) && read_number(r, &w.y2) && read_number(r, &w.size) &&
		read_number(r, &flags) && is_ordered(&w) && r->rest.n != 0 &&
		r->rest.n <= UINT16_MAX && is_clean(r->rest);
	if (!*good)
		return STATUS_OK;
	w.flags = (uint8_t)(flags & (PDF_BOLD | PDF_ITALIC | PDF_ROTATED));
	w.size = likely_size(w.size, w.y2 - w.y1, (flags & PDF_ROTATED) != 0);
	w.text = (uint32_t)(r->rest.p - r->out->stream.p);
	w.n = (uint16_t)r->rest.n;
	TRY(ARRAY_RESERVE(r->context->memory, &r->out->words, 1));
	r->out->words.at[r->out->words.n++] = w;
	r->out->pages.at[r->out->pages.n - 1].count++;
	return STATUS_OK;
}

static status
read_page(reader *r, bool *good)
{
	pdf_page p = { .first = (uint32_t)r->out->words.n };
	int32_t number;

	*good = r->counted && read_number(r, &number) && read_number(r, &p.width) &&
		read_number(r, &p.height) && (size_t)number == r->out->pages.n + 1 &&
		number <= (int32_t)r->expected && p.width >= 0 && p.height >= 0;
	if (!*good)
		return STATUS_OK;
	p.scan = slice_is(r->rest, "scan");
	p.recognised = slice_is(r->rest, "recognised");
	p.lost = slice_is(r->rest, "lost");
	*good = r->rest.n == 0 || p.scan || p.recognised || p.lost;
	TRY(ARRAY_RESERVE(r->context->memory, &r->out->pages, 1));
	r->out->pages.at[r->out->pages.n++] = p;
	return STATUS_OK;
}

static bool
read_count(reader *r)
{
	int32_t n;

	if (r->counted || !read_number(r, &n) || n < 0 || n > PAGES_MOST)
		return false;
	r->expected = (uint32_t)n;
	return r->counted = true;
}

static status
read_line(reader *r, slice line, bool *good)
{
	slice word;

	if (!slice_cut(line, ' ', &word, &r->rest))
		r->rest = SLICE("");
	if (slice_is(word, "w"))
		return read_word(r, good);
	if (slice_is(word, "page"))
		return read_page(r, good);
	if (slice_is(word, "pages"))
		*good = read_count(r);
	else if (slice_is(word, "end"))
		*good = r->ended = r->counted && r->out->pages.n == r->expected;
	else if (slice_is(word, "error") && r->rest.n != 0 && is_clean(r->rest)) {
		r->out->trouble = r->rest;
		*good = r->ended = true;
	} else
		*good = false;
	return STATUS_OK;
}

status
pdf_stream_read(pdf_pages *out, context *c, slice path, slice stream)
{
	reader r = { .out = out, .context = c };
	slice rest = stream, line;
	bool good = stream.n < UINT32_MAX && slice_line(&rest, &line) &&
		    slice_is(line, "paraph-pdf 1");

	*out = (pdf_pages){ .stream = stream };
	while (good && !r.ended && slice_line(&rest, &line))
		TRY(read_line(&r, line, &good));
	if (good && r.ended && rest.n == 0)
		return STATUS_OK;
	return context_fail(c, STATUS_FORMAT,
		"%.*s: what paraph-pdf says of it is broken off or not its language",
		"%.*s\u00A0: ce que paraph-pdf en dit est interrompu ou n’est pas sa langue",
		SLICE_ARG(path));
}

void
pdf_pages_free(pdf_pages *p, const memory *m)
{
	ARRAY_FREE(m, &p->words);
	ARRAY_FREE(m, &p->pages);
}
