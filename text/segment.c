#include "text/segment.h"

#include <string.h>
#include <unicode/uchar.h>

#include "text/data.h"
#include "text/language.h"
#include "text/utf8.h"

#define SLOTS 1024   /* more than twice the rows of a table */
#define WORD_MOST 32 /* bytes: a longer word is no abbreviation */

typedef enum abbreviation {
	ABBREVIATION_NONE,
	ABBREVIATION_BEFORE,
	ABBREVIATION_NUMBER,
	ABBREVIATION_EITHER,
	ABBREVIATION_NAME,
} abbreviation;

typedef struct table {
	struct {
		slice word;
		abbreviation kind;
	} slots[SLOTS];
} table;

struct segmenter {
	const memory *memory;
	table french, english;
	language_detector words;
};

/* How the items of a running list are marked. */
typedef struct list_style {
	uint32_t bullet; /* the sign, or 0 */
	uint32_t value;  /* of the current item: 1, 2, 3 or 'a', 'b', 'c' */
	bool letter;
	char closers[3]; /* what stands after the number: "." ")" ".)" */
} list_style;

typedef struct scan {
	const segmenter *segmenter;
	const table *table;
	context *context;
	slice text;
	size_t start, end; /* of the segment under way, of the block */
	list_style list;
	bool listed;
	segments *out;
} scan;

/* ---- tables ---- */

static size_t
slot_of(const table *t, slice word)
{
	size_t i = (size_t)slice_hash(word) % SLOTS;

	while (t->slots[i].word.n != 0 && !slice_equal(t->slots[i].word, word))
		i = (i + 1) % SLOTS;
	return i;
}

static abbreviation
kind_of(slice name)
{
	static const char *const names[] = { "", "before", "number", "either", "name" };

	for (abbreviation a = ABBREVIATION_BEFORE; a <= ABBREVIATION_NAME; a++)
		if (slice_is(name, names[a]))
			return a;
	return ABBREVIATION_NONE;
}

static void
fill(table *t, slice rows)
{
	slice row, word, kind;
	size_t count = 0;

	while (data_row(&rows, &row) && ++count < SLOTS / 2) {
		slice_cut(row, '\t', &word, &row);
		slice_cut(row, '\t', &kind, &row);
		size_t i = slot_of(t, word);
		t->slots[i].word = word;
		t->slots[i].kind = kind_of(kind);
	}
}

status
segmenter_open(segmenter **out, context *c)
{
	segmenter *s = memory_alloc(c->memory, sizeof(*s));

	*out = s;
	if (s == NULL)
		return STATUS_MEMORY;
	memset(s, 0, sizeof(*s));
	s->memory = c->memory;
	fill(&s->french, EMBEDDED(abbreviations_fr));
	fill(&s->english, EMBEDDED(abbreviations_en));
	language_detector_init(&s->words);
	return STATUS_OK;
}

void
segmenter_close(segmenter *s)
{
	if (s != NULL)
		memory_free(s->memory, s);
}

/* ---- characters ---- */

static uint32_t
character_at(const scan *s, size_t i, size_t *length)
{
	uint32_t c;

	*length = utf8_get(s->text.p + i, s->end - i, &c);
	return c;
}

static size_t
previous(const scan *s, size_t i, size_t floor)
{
	do
		i--;
	while (i > floor && ((unsigned char)s->text.p[i] & 0xC0) == 0x80);
	return i;
}

static bool
is_space(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x202F ||
	       c == 0x2009 || c == 0x3000 || c == 0x2028 || c == 0x2029;
}

static bool
is_stop(uint32_t c)
{
	return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x203D || c == 0x3002 ||
	       c == 0x061F;
}

static bool
is_closer(uint32_t c)
{
	return c == ')' || c == ']' || c == '"' || c == '\'' || c == 0xBB || c == 0x201D ||
	       c == 0x2019 || c == 0x203A;
}

static bool
is_opener(uint32_t c)
{
	return c == '(' || c == '[' || c == '"' || c == '\'' || c == 0xAB || c == 0x201C ||
	       c == 0x201E || c == 0x2018 || c == 0x2039 || c == 0xA1 || c == 0xBF;
}

static bool
is_bullet(uint32_t c)
{
	return c == 0x2022 || c == 0x2043 || c == 0x25AA || c == 0x25CF || c == 0x25A0 ||
	       c == 0x2023 || c == 0x25E6 || c == 0xF0B7;
}

static bool
is_dash(uint32_t c)
{
	return c == '-' || c == 0x2013 || c == 0x2014;
}

static bool
is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static size_t
skip_space(const scan *s, size_t i)
{
	size_t n;

	while (i < s->end && is_space(character_at(s, i, &n)))
		i += n;
	return i;
}

/* ---- what stands around a stop ---- */

/* The word that ends at i: back to white space, an opening sign, an apostrophe or a slash. */
static slice
word_before(const scan *s, size_t i)
{
	size_t start = i, n;

	while (start > s->start && i - start <= WORD_MOST) {
		size_t at = previous(s, start, s->start);
		uint32_t c = character_at(s, at, &n);
		if (is_space(c) || is_opener(c) || c == 0x2019 || c == '/' || is_bullet(c))
			break;
		start = at;
	}
	return slice_sub(s->text, start, i);
}

static abbreviation
look_up(const table *t, slice word)
{
	return word.n == 0 ? ABBREVIATION_NONE : t->slots[slot_of(t, word)].kind;
}

/* The word itself, the word without its capital, the word and the one before it (« p. ex. »).
 */
static abbreviation
abbreviation_of(const scan *s, slice word)
{
	char copy[2 * WORD_MOST + 16];
	size_t at = (size_t)(word.p - s->text.p);

	if (word.n == 0 || word.n > WORD_MOST)
		return ABBREVIATION_NONE;
	size_t space = at > s->start ? previous(s, at, s->start) : at;
	if (space < at) {
		slice first = word_before(s, space);
		if (first.n != 0 && first.n <= WORD_MOST) {
			memcpy(copy, first.p, first.n);
			copy[first.n] = ' ';
			memcpy(copy + first.n + 1, word.p, word.n);
			abbreviation a =
				look_up(s->table, (slice){ copy, first.n + 1 + word.n });
			if (a != ABBREVIATION_NONE)
				return a;
		}
	}
	abbreviation a = look_up(s->table, word);
	if (a != ABBREVIATION_NONE || word.n < 2 || word.p[0] < 'A' || word.p[0] > 'Z')
		return a;
	memcpy(copy, word.p, word.n);
	copy[0] = (char)(copy[0] + 32);
	return look_up(s->table, (slice){ copy, word.n });
}

/* A, U.S, LL.AA: capitals, one or two at a time, between stops. *parts counts them. */
static bool
is_initials(slice word, size_t *parts)
{
	size_t run = 0;

	*parts = 1;
	for (size_t i = 0, n; i < word.n; i += n) {
		uint32_t c;
		n = utf8_get(word.p + i, word.n - i, &c);
		if (c == '.' && run != 0) {
			run = 0;
			++*parts;
		} else if (c == '-' && run == 0 && *parts > 1)
			continue;
		else if (!u_isupper((UChar32)c) || ++run > 2)
			return false;
	}
	return run != 0 && (*parts > 1 || run == 1);
}

/* Is everything from the start of the segment to i a list marker: 1 a iv • 9 */
static bool
is_marker(const scan *s, slice word)
{
	size_t at = s->start, n, digits = 0;
	size_t word_start = (size_t)(word.p - s->text.p);

	for (; at < word_start; at += n) {
		uint32_t c = character_at(s, at, &n);
		if (!is_space(c) && !is_bullet(c) && !is_dash(c) && !is_opener(c))
			return false;
	}
	while (digits < word.n &&
		(is_digit((unsigned char)word.p[digits]) || word.p[digits] == '.'))
		digits++;
	if (word.n <= 5 && digits == word.n)
		return true;
	size_t roman = 0;
	while (roman < word.n && memchr("IVXivx", word.p[roman], 6) != NULL)
		roman++;
	return (word.n == 1 && (unsigned char)((word.p[0] | 0x20) - 'a') < 26) ||
	       (roman == word.n && word.n <= 6);
}

/* What a sentence may begin with at i, after opening signs and dashes. */
static uint32_t
lead(const scan *s, size_t i)
{
	size_t n;

	while (i < s->end) {
		uint32_t c = character_at(s, i, &n);
		if (!is_opener(c) && !is_dash(c) && !is_space(c) && !is_bullet(c))
			return c;
		i += n;
	}
	return 0;
}

static bool
can_begin(uint32_t c)
{
	return c == 0 || u_isupper((UChar32)c) || u_istitle((UChar32)c) || is_digit(c) ||
	       (u_isalpha((UChar32)c) && !u_islower((UChar32)c)) || c == '$' || c == '#' ||
	       c == 0xA7 || c == 0x20AC || c == '@';
}

/* The word at i in small letters is a function word: it often begins a sentence. */
static bool
is_starter(const scan *s, size_t i)
{
	char word[8];
	size_t n = 0, length;

	while (i < s->end && is_opener(character_at(s, i, &length)))
		i += length;
	for (; i < s->end && n < 8; i += length) {
		uint32_t c = character_at(s, i, &length);
		if (!u_isalpha((UChar32)c))
			break;
		if (n + 4 > 8 && c >= 0x80)
			return false;
		n += utf8_put(word + n, (uint32_t)u_tolower((UChar32)c));
	}
	if (i < s->end && n < 8) {
		uint32_t c = character_at(s, i, &length);
		if (c == '\'' || c == 0x2019)
			return true;
	}
	return language_is_function_word(&s->segmenter->words, (slice){ word, n });
}

/* Something that a number, a letter or a symbol can follow an abbreviation as: 4, IV, a), (b),
 * A/58/7, [2]. */
static bool
is_reference(const scan *s, size_t i)
{
	size_t n, capitals = 0;
	uint32_t c = i < s->end ? character_at(s, i, &n) : 0;

	if (is_digit(c) || c == '(' || c == '[' || c == 0xA7)
		return true;
	for (; i < s->end && s->text.p[i] >= 'A' && s->text.p[i] <= 'Z'; i++)
		capitals++;
	if (capitals == 0)
		return false;
	c = i < s->end ? character_at(s, i, &n) : ' ';
	if (c == '/')
		return true;
	bool ends = !u_isalpha((UChar32)c);
	size_t roman = 0;
	while (roman < capitals && memchr("IVXLC", s->text.p[i - capitals + roman], 5) != NULL)
		roman++;
	return ends && (capitals == 1 || roman == capitals);
}

/* ---- decisions ---- */

/* The word before this one, with its final stop if it has one. */
static slice
previous_word(const scan *s, slice word)
{
	size_t at = (size_t)(word.p - s->text.p), n;

	while (at > s->start && is_space(character_at(s, previous(s, at, s->start), &n)))
		at = previous(s, at, s->start);
	return word_before(s, at);
}

/* « vol. I »: a numeral, not an initial. */
static bool
is_numbered(const scan *s, slice word)
{
	slice before = previous_word(s, word);

	return before.n > 1 && before.p[before.n - 1] == '.' &&
	       abbreviation_of(s, slice_sub(before, 0, before.n - 1)) == ABBREVIATION_NUMBER;
}

static bool
previous_word_is_small(const scan *s, slice word)
{
	slice before = previous_word(s, word);
	size_t n;

	if (before.n == 0)
		return false;
	return u_islower((UChar32)character_at(s, (size_t)(before.p - s->text.p), &n)) != 0;
}

/* A single full stop at dot; next is the first character after white space. */
static bool
stop_ends(const scan *s, size_t dot, size_t next)
{
	slice word = word_before(s, dot);
	size_t parts;

	if (is_marker(s, word))
		return false;
	switch (abbreviation_of(s, word)) {
	case ABBREVIATION_BEFORE:
		return false;
	case ABBREVIATION_NUMBER:
		return !is_reference(s, next);
	case ABBREVIATION_NAME:
		return is_starter(s, next);
	case ABBREVIATION_EITHER:
		return true;
	case ABBREVIATION_NONE:
		break;
	}
	if (!is_initials(word, &parts) || is_numbered(s, word))
		return true;
	return is_starter(s, next) && (parts > 1 || previous_word_is_small(s, word));
}

/* « paix.Le »: a stop without white space after it, between words, not inside an address. */
static bool
glued_stop_ends(const scan *s, size_t dot)
{
	size_t start = dot, end = dot + 1, n;

	while (start > s->start && (unsigned char)s->text.p[start - 1] > ' ' &&
		dot - start < 128)
		start--;
	while (end < s->end && (unsigned char)s->text.p[end] > ' ' && end - dot < 128)
		end++;
	slice token = slice_sub(s->text, start, end);
	if (token.n == 0 || memchr(token.p, '/', token.n) != NULL ||
		memchr(token.p, '@', token.n) != NULL || memchr(token.p, '_', token.n) != NULL)
		return false;
	slice word = word_before(s, dot);
	size_t after = dot + 1;
	if (word.n < 3 || !u_isupper((UChar32)character_at(s, after, &n)))
		return false;
	after += n;
	if (after >= s->end || !u_islower((UChar32)character_at(s, after, &n)))
		return false;
	for (size_t i = 0; i < word.n; i += n) {
		uint32_t c;
		n = utf8_get(word.p + i, word.n - i, &c);
		if (c == '.' || (i > 0 && u_isupper((UChar32)c)))
			return false;
	}
	return abbreviation_of(s, word) == ABBREVIATION_NONE;
}

/* From the stop at i over further stops (also « . . . ») and closing signs. *stops counts the
 * stops, *spaced says that they stand apart. */
static size_t
over_stops(const scan *s, size_t i, size_t *stops, bool *spaced)
{
	size_t n;

	*stops = 0;
	*spaced = false;
	while (i < s->end) {
		if (is_stop(character_at(s, i, &n))) {
			++*stops;
			i += n;
			continue;
		}
		size_t next = skip_space(s, i);
		bool dots = next > i && next - i <= 2 && next < s->end &&
			    s->text.p[next] == '.' && s->text.p[i - 1] == '.' &&
			    (next + 1 == s->end || s->text.p[next + 1] == ' ' ||
				    s->text.p[next + 1] == '.' ||
				    is_closer(character_at(s, next + 1, &n)));
		if (!dots)
			break;
		*spaced = true;
		i = next;
	}
	return i;
}

/* Over closing signs; « . » with white space before the closing guillemet as well. */
static size_t
over_closers(const scan *s, size_t i)
{
	for (;;) {
		size_t n;
		if (i < s->end && is_closer(character_at(s, i, &n))) {
			i += n;
			continue;
		}
		size_t next = skip_space(s, i);
		if (next == i || next >= s->end || character_at(s, next, &n) != 0xBB)
			return i;
		i = next + n;
	}
}

static status
cut(scan *s, size_t end, size_t next)
{
	size_t n;

	while (end > s->start && is_space(character_at(s, previous(s, end, s->start), &n)))
		end = previous(s, end, s->start);
	size_t start = skip_space(s, s->start);
	s->start = next;
	if (end <= start)
		return STATUS_OK;
	TRY(ARRAY_RESERVE(s->context->memory, &s->out->spans, 1));
	s->out->spans.at[s->out->spans.n++] = (span){ (uint32_t)start, (uint32_t)end };
	return STATUS_OK;
}

/* Looks at the stop at *i and moves *i behind it. */
static status
at_stop(scan *s, size_t *i)
{
	size_t dot = *i, stops;
	bool spaced;
	size_t after_stops = over_stops(s, dot, &stops, &spaced);
	size_t end = over_closers(s, after_stops);
	size_t next = skip_space(s, end);

	*i = end;
	if (end == s->end)
		return STATUS_OK;
	if (next == end) {
		if (stops == 1 && end == dot + 1 && s->text.p[dot] == '.' &&
			glued_stop_ends(s, dot))
			return cut(s, end, end);
		*i = after_stops;
		return STATUS_OK;
	}
	if (!can_begin(lead(s, next)))
		return STATUS_OK;
	if (stops == 1 && s->text.p[dot] == '.')
		return stop_ends(s, dot, next) ? cut(s, end, next) : STATUS_OK;
	size_t n;
	bool ellipsis = s->text.p[dot] == '.' || character_at(s, dot, &n) == 0x2026;
	if (ellipsis && is_opener(character_at(s, next, &n)) && end > after_stops)
		return STATUS_OK;
	/* Four dots apart, the first at the word: a full stop and an ellipsis. */
	size_t word_end = dot == s->start ? 0 : dot - 1;
	if (spaced && stops == 4 && (unsigned char)s->text.p[word_end] > ' ') {
		*i = skip_space(s, dot + 1);
		size_t ellipsis_start = *i;
		*i = end;
		return cut(s, dot + 1, ellipsis_start);
	}
	return cut(s, end, next);
}

/* ---- lists that run on ---- */

/* Reads a marker at i: a bullet, or a number or letter with its closers. */
static bool
read_marker(const scan *s, size_t i, list_style *style, size_t *after)
{
	size_t n, start;
	uint32_t c = i < s->end ? character_at(s, i, &n) : 0;

	*style = (list_style){ 0 };
	if (is_bullet(c)) {
		style->bullet = c;
		*after = i + n;
		return true;
	}
	for (start = i; i < s->end && i - start < 3 && is_digit((unsigned char)s->text.p[i]);
		i++)
		style->value = style->value * 10 + (uint32_t)(s->text.p[i] - '0');
	if (i == start && i < s->end && s->text.p[i] >= 'a' && s->text.p[i] <= 'z') {
		style->letter = true;
		style->value = (unsigned char)s->text.p[i++];
	}
	if (i == start)
		return false;
	for (n = 0; n < 2 && i < s->end && (s->text.p[i] == '.' || s->text.p[i] == ')'); n++)
		style->closers[n] = s->text.p[i++];
	*after = i;
	return n != 0 && i < s->end && s->text.p[i] == ' ';
}

/* At white space inside a list: does the next item begin after it? */
static status
at_space(scan *s, size_t i)
{
	list_style style;
	size_t next = skip_space(s, i), after;

	if (next >= s->end || !read_marker(s, next, &style, &after))
		return STATUS_OK;
	bool same = style.bullet == s->list.bullet && style.letter == s->list.letter &&
		    memcmp(style.closers, s->list.closers, sizeof(style.closers)) == 0;
	if (!same || (style.bullet == 0 && style.value != s->list.value + 1))
		return STATUS_OK;
	if (style.bullet == 0 && !u_isupper((UChar32)lead(s, skip_space(s, after))))
		return STATUS_OK;
	s->list = style;
	return cut(s, i, next);
}

/* A line break inside a block: it ends a segment when a capital or a bullet follows. */
static status
at_line_end(scan *s, size_t i)
{
	size_t next = skip_space(s, i), n;

	if (next >= s->end)
		return STATUS_OK;
	uint32_t c = character_at(s, next, &n);
	return is_bullet(c) || can_begin(lead(s, next)) ? cut(s, i, next) : STATUS_OK;
}

static status
scan_block(scan *s)
{
	size_t after, i = s->start;

	s->listed = read_marker(s, skip_space(s, i), &s->list, &after);
	while (i < s->end) {
		unsigned char c = (unsigned char)s->text.p[i];
		if (c == '.' || c == '!' || c == '?' || c >= 0xD8) {
			size_t n;
			if (c < 0x80 || is_stop(character_at(s, i, &n))) {
				TRY(at_stop(s, &i));
				continue;
			}
		} else if (c == '\n' || c == '\r')
			TRY(at_line_end(s, i));
		else if (c == ' ' && s->listed)
			TRY(at_space(s, i));
		i++;
	}
	return cut(s, s->end, s->end);
}

status
segment_block(const segmenter *s, context *c, slice text, span block, language l, segments *out)
{
	scan state = {
		.segmenter = s,
		.table = l == LANGUAGE_FR ? &s->french : &s->english,
		.context = c,
		.text = text,
		.start = block.start,
		.end = block.end,
		.out = out,
	};

	return scan_block(&state);
}
