#include "document/formats/pdf_words.h"

#include <stdlib.h>

#include "text/lexicon.h"
#include "text/normal.h"
#include "text/utf8.h"

/* Gaps in thousandths of the size of type. Between words of running text they are 200 and more,
 * those of letter-spacing 160 and less (measured on seventeen documents of the United Nations:
 * of 70,000 gaps, 13 lie between). */
#define SPACE 170
#define SURELY_SPACE 210
#define SURELY_NONE 130
#define CALL_GAP 450  /* before a raised figure: justified lines draw that out as well */
#define GAPS_MOST 128 /* of a line, that are looked at */
#define WORD_BYTES 96

void
pdf_words_init(
	pdf_words *w, context *c, const pdf_lines *lines, const document_options *options)
{
	*w = (pdf_words){ .context = c, .lines = lines, .options = options };
	buffer_init(&w->text, c->memory,
		c->limits.output < UINT32_MAX / 3 ? c->limits.output : UINT32_MAX / 3);
	arena_init(&w->scratch, c->memory);
}

void
pdf_words_free(pdf_words *w)
{
	buffer_free(&w->text);
	ARRAY_FREE(w->context->memory, &w->places);
	arena_free(&w->scratch);
}

static slice
text_of(const pdf_words *w, const pdf_word *word)
{
	return pdf_word_text(w->lines->pages, word);
}

/* ---- words of a dictionary ---- */

static bool
is_known(const pdf_words *w, slice word)
{
	for (size_t i = 0; w->options != NULL && i < 2; i++)
		if (w->options->lexicons[i] != NULL && word.n != 0 &&
			lexicon_knows(w->options->lexicons[i], word))
			return true;
	return false;
}

/* Letters at the end of what is written, or before a hyphen there. */
static slice
letters_before(slice s)
{
	size_t start = s.n;

	while (start > 0) {
		size_t at = utf8_back(s, start), next = at;
		if (!utf8_is_letter(utf8_next(s, &next)) || s.n - at > WORD_BYTES)
			break;
		start = at;
	}
	return slice_sub(s, start, s.n);
}

static slice
letters_after(slice s)
{
	size_t end = 0;

	while (end < s.n && end < WORD_BYTES) {
		size_t next = end;
		if (!utf8_is_letter(utf8_next(s, &next)))
			break;
		end = next;
	}
	return slice_sub(s, 0, end);
}

static slice
joined(char *out, slice a, slice between, slice b)
{
	memcpy(out, a.p, a.n);
	memcpy(out + a.n, between.p, between.n);
	memcpy(out + a.n + between.n, b.p, b.n);
	return (slice){ out, a.n + between.n + b.n };
}

/* ---- gaps ---- */

static int
by_size(const void *left, const void *right)
{
	const int32_t *a = left, *b = right;

	return *a < *b ? -1 : *a > *b;
}

static int32_t
gap_between(const pdf_word *a, const pdf_word *b)
{
	int32_t size = a->size > b->size ? a->size : b->size;
	int64_t gap =
		(int64_t)((b->flags & PDF_ROTATED) != 0 ? 0 : b->x1 - a->x2) * 1000 / size;

	return gap > 100000 ? 100000 : gap < -100000 ? -100000 : (int32_t)gap;
}

static bool
is_single(const pdf_words *w, const pdf_word *word)
{
	slice s = text_of(w, word);
	size_t i = 0;

	return utf8_is_letter(utf8_next(s, &i)) && i == s.n;
}

/* In « L E T T R E   D A T É E » the gaps are of two sizes, whatever they are. */
static int32_t
threshold_of_spaced(const int32_t *gaps, size_t n)
{
	int32_t best = 0, at = 0;

	for (size_t i = n / 2; i + 1 < n; i++) {
		int32_t ratio = gaps[i + 1] * 100 / (gaps[i] < 10 ? 10 : gaps[i]);
		if (ratio > best) {
			best = ratio;
			at = (gaps[i] + gaps[i + 1]) / 2;
		}
	}
	if (best >= 160)
		return at;
	return gaps[n - 1] < 500 ? gaps[n - 1] + 1 : SPACE; /* one word */
}

/* From which gap on there is a space in this line. Justification draws out all its gaps. */
static int32_t
threshold(const pdf_words *w, const pdf_line *line)
{
	int32_t gaps[GAPS_MOST];
	size_t n = 0, single = 0, wide = 0;

	for (uint32_t i = 1; i < line->count && n < GAPS_MOST; i++) {
		const pdf_word *a = pdf_line_word(w->lines, line, i - 1);
		const pdf_word *b = pdf_line_word(w->lines, line, i);
		single += is_single(w, b);
		gaps[n++] = gap_between(a, b);
	}
	qsort(gaps, n, sizeof(*gaps), by_size);
	if (n >= 5 && single * 10 >= n * 7)
		return threshold_of_spaced(gaps, n);
	while (wide < n && gaps[wide] < SURELY_NONE)
		wide++;
	if (n - wide < 4)
		return SPACE;
	int32_t half = gaps[wide + (n - wide) / 2] * 55 / 100;
	return half < SURELY_NONE ? SURELY_NONE : half > SURELY_SPACE ? SURELY_SPACE : half;
}

/* Dictionaries know every letter of the alphabet; few of them are words. */
static bool
is_word(const pdf_words *w, slice s)
{
	static const char *const letters[] = { "a", "A", "à", "À", "y", "I", "ô", NULL };
	size_t i = 0;

	utf8_next(s, &i);
	return i == s.n ? slice_is_one_of(s, letters) : is_known(w, s);
}

/* Near the limit the dictionaries are asked: two words, or one? */
static bool
is_space(const pdf_words *w, int32_t gap, int32_t limit, slice next)
{
	char whole[2 * WORD_BYTES + 8];

	if (gap >= (limit > SURELY_SPACE ? limit : SURELY_SPACE) || gap < -500)
		return true;
	if (gap < SURELY_NONE || limit > SURELY_SPACE)
		return gap >= limit;
	slice before = letters_before(buffer_slice(&w->text)), after = letters_after(next);
	if (before.n == 0 || after.n == 0)
		return gap >= limit;
	bool one = is_known(w, joined(whole, before, SLICE(""), after));
	bool two = is_word(w, before) && is_word(w, after);
	return one == two ? gap >= limit : two;
}

/* ---- characters ---- */

static slice
plain_form(uint32_t c)
{
	switch (c) {
	case 0xFB00:
		return SLICE("ff");
	case 0xFB01:
		return SLICE("fi");
	case 0xFB02:
		return SLICE("fl");
	case 0xFB03:
		return SLICE("ffi");
	case 0xFB04:
		return SLICE("ffl");
	case 0xFB05:
	case 0xFB06:
		return SLICE("st");
	case 0xAD: /* it is drawn, so it is a hyphen */
		return SLICE("-");
	case 0xF0B7: /* of the font Symbol */
	case 0xF0A7: /* of Wingdings */
		return SLICE("•");
	case 0x200B:
	case 0x200C:
	case 0xFEFF:
		return SLICE("");
	default:
		return (slice){ NULL, 0 };
	}
}

static uint32_t
raised_digit(uint32_t digit)
{
	static const uint16_t raised[] = { 0x2070, 0xB9, 0xB2, 0xB3, 0x2074, 0x2075, 0x2076,
		0x2077, 0x2078, 0x2079 };

	return raised[digit];
}

static bool
is_number(slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)(s.p[i] - '0') >= 10)
			return false;
	return s.n != 0 && s.n <= 3;
}

static void
put_characters(pdf_words *w, slice s, bool raised)
{
	char bytes[4];

	for (size_t i = 0; i < s.n;) {
		size_t start = i;
		uint32_t c = utf8_next(s, &i);
		slice form = plain_form(c);
		if (raised)
			form = (slice){ bytes, utf8_put(bytes, raised_digit(c - '0')) };
		else if (form.p == NULL)
			form = slice_sub(s, start, i);
		buffer_put(&w->text, form);
	}
}

/* Accents that are signs of their own become one with their letters. */
static status
compose(pdf_words *w, size_t start)
{
	normal_change change;
	bool found;
	size_t at = 0;
	slice s = slice_sub(buffer_slice(&w->text), start, w->text.n);

	TRY(normal_next(w->context, s, NORMAL_ANYWHERE, &at, &change, &found));
	if (!found)
		return STATUS_OK;
	buffer all;
	size_t copied = 0;
	buffer_init(&all, w->context->memory, w->context->limits.paragraph);
	status done = STATUS_OK;
	while (found && done == STATUS_OK) {
		buffer_put(&all, slice_sub(s, copied, change.text.start));
		buffer_put(&all, (slice){ change.bytes, change.n });
		copied = change.text.end;
		done = normal_next(w->context, s, NORMAL_ANYWHERE, &at, &change, &found);
	}
	buffer_put(&all, slice_sub(s, copied, s.n));
	w->text.n = start;
	buffer_put(&w->text, buffer_slice(&all));
	done = done == STATUS_OK ? all.status : done;
	buffer_free(&all);
	return done;
}

static status
put_word(pdf_words *w, const pdf_line *line, const pdf_word *word)
{
	slice s = text_of(w, word);
	size_t start = w->text.n;

	put_characters(w, s, is_number(s) && pdf_word_is_raised(line, word));
	TRY(w->text.status);
	TRY(compose(w, start));
	if (w->text.n == start)
		return w->text.status;
	TRY(ARRAY_RESERVE(w->context->memory, &w->places, 1));
	w->places.at[w->places.n++] = (pdf_place){ .text = (uint32_t)start,
		.n = (uint32_t)(w->text.n - start),
		.page = line->page + 1,
		.x1 = word->x1,
		.y1 = word->y1,
		.x2 = word->x2,
		.y2 = word->y2,
		.rotated = (word->flags & PDF_ROTATED) != 0 };
	return w->text.status;
}

/* ---- line ends ---- */

static bool
ends_with_hyphen(slice s, slice *before)
{
	static const char *const hyphens[] = { "-", "\u00AD", "\u2010" };

	for (size_t i = 0; i < 3; i++)
		if (slice_ends(s, slice_of(hyphens[i]))) {
			*before = letters_before(slice_sub(s, 0, s.n - slice_of(hyphens[i]).n));
			return before->n != 0;
		}
	return false;
}

/* « déve-/loppement »: a part is no word and the whole is one. */
void
pdf_words_look(pdf_words *w)
{
	char whole[2 * WORD_BYTES + 8];
	unsigned divided = 0, compound = 0;

	for (size_t i = 0; i + 1 < w->lines->lines.n && divided < 3; i++) {
		const pdf_line *a = &w->lines->lines.at[i], *b = a + 1;
		slice before, after;
		if (!ends_with_hyphen(
			    text_of(w, pdf_line_word(w->lines, a, a->count - 1)), &before))
			continue;
		after = letters_after(text_of(w, pdf_line_word(w->lines, b, 0)));
		if (after.n == 0)
			continue;
		bool one = is_known(w, joined(whole, before, SLICE(""), after));
		bool two = is_known(w, before) && is_known(w, after);
		divided += one && !two;
		compound += two && !one;
	}
	w->hyphenated = divided > 1 || divided > compound;
}

/* The line before ends with a hyphen: does the word go on without it? */
static bool
drops_hyphen(const pdf_words *w, slice before, slice next)
{
	char whole[2 * WORD_BYTES + 8];
	slice after = letters_after(next);
	size_t i = 0;

	if (after.n == 0)
		return false;
	/* « DES-/SEINS », but « Cessez-/Feu » and « Inter-/Parliamentary » */
	size_t last = utf8_back(before, before.n);
	if (!utf8_is_lower(utf8_next(after, &i)) && utf8_is_lower(utf8_next(before, &last)))
		return false;
	if (!is_known(w, joined(whole, before, SLICE(""), after)))
		return false;
	if (!is_known(w, before) || !is_known(w, after))
		return !is_known(w, joined(whole, before, SLICE("-"), after)) || w->hyphenated;
	return w->hyphenated;
}

static bool
is_alphanumeric(uint32_t c)
{
	return utf8_is_letter(c) || (c >= '0' && c <= '9');
}

/* « pré- et postopératoire »: the hyphen stands for what follows later. */
static bool
is_suspended(slice next)
{
	static const char *const links[] = { "and", "or", "to", "et", "ou", "à", NULL };

	return slice_is_one_of(next, links);
}

/* A line end after a hyphen, a dash without spaces, a slash or _ (of an address) is no space.
 */
static bool
is_tight(slice all, slice next)
{
	size_t i = 0, at = utf8_back(all, all.n), before = utf8_back(all, at), k = before;

	if (all.n < 2 || next.n == 0 || !is_alphanumeric(utf8_next(next, &i)))
		return false;
	uint32_t last = utf8_next(all, &at), left = utf8_next(all, &k);
	if (last == '-' || last == 0x2010 || last == 0x2011)
		return is_alphanumeric(left) && !is_suspended(next);
	return (last == 0x2013 || last == '/' || last == '_') && is_alphanumeric(left);
}

static void
join_lines(pdf_words *w, slice next)
{
	slice before, all = buffer_slice(&w->text);

	if (ends_with_hyphen(all, &before) && drops_hyphen(w, before, next)) {
		w->text.n = (size_t)(before.p - w->text.p) + before.n;
		if (w->places.n != 0) {
			pdf_place *last = &w->places.at[w->places.n - 1];
			if (last->text < w->text.n)
				last->n = (uint32_t)w->text.n - last->text;
			else
				w->places.n--; /* the hyphen alone */
		}
	} else if (!is_tight(all, next))
		buffer_put_char(&w->text, ' ');
}

/* Is there a space before word i of the line? */
static bool
stands_apart(const pdf_words *w, const pdf_line *line, uint32_t i, int32_t limit)
{
	const pdf_word *before = pdf_line_word(w->lines, line, i - 1);
	const pdf_word *word = pdf_line_word(w->lines, line, i);
	int32_t gap = gap_between(before, word);

	if ((word->flags & PDF_ROTATED) != 0)
		return true;
	if (is_number(text_of(w, word)) && pdf_word_is_raised(line, word))
		return gap * (int64_t)before->size > CALL_GAP * (int64_t)line->size;
	return is_space(w, gap, limit, text_of(w, word));
}

status
pdf_words_add(pdf_words *w, const pdf_line *line, bool first)
{
	int32_t limit = threshold(w, line);

	if (!first)
		join_lines(w, text_of(w, pdf_line_word(w->lines, line, 0)));
	for (uint32_t i = 0; i < line->count; i++) {
		const pdf_word *word = pdf_line_word(w->lines, line, i);
		if (i != 0 && stands_apart(w, line, i, limit))
			buffer_put_char(&w->text, ' ');
		TRY(put_word(w, line, word));
	}
	return w->text.status;
}
