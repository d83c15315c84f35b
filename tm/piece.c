#include "tm/piece.h"

#include <string.h>

#include "text/fold.h"
#include "text/stem.h"
#include "text/utf8.h"

#define WORD_BYTES \
	120 /* of a word whose inflection is looked at; a longer one is its own key */

static const char *const months[2][12] = {
	{ "January", "February", "March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December" },
	{ "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
		"octobre", "novembre", "décembre" },
};

/* Ends of ordinals, in both languages. */
static const char *const ordinals[] = { "st", "nd", "rd", "th", "er", "ers", "re", "res", "e",
	"es", "o", "ème", "èmes", "d", "de", NULL };

const char *
tm_month_name(bool french, unsigned month)
{
	return months[french][month - 1];
}

unsigned
tm_month_of(slice word)
{
	char lower[32];

	if (word.n < 3 || word.n > 10 || memchr("jfmasond", word.p[0] | 0x20, 8) == NULL)
		return 0;
	slice w = { lower, text_lower(lower, word) };
	for (unsigned i = 0; i < 24; i++) {
		const char *name = months[i / 12][i % 12];
		if (w.p[0] == (name[0] | 0x20) && slice_is(slice_sub(w, 1, w.n), name + 1))
			return i % 12 + 1;
	}
	return 0;
}

uint64_t
tm_word_key(slice word)
{
	char folded[3 * WORD_BYTES + 4];

	if (word.n > WORD_BYTES)
		return slice_hash(word);
	size_t n = text_fold(folded, word);
	return slice_hash((slice){ folded, text_stem(folded, n) });
}

status
tm_pieces_open(tm_pieces **out, const memory *m)
{
	*out = memory_alloc(m, sizeof(**out));
	if (*out == NULL)
		return STATUS_MEMORY;
	memset(*out, 0, sizeof(**out));
	(*out)->memory = m;
	return STATUS_OK;
}

void
tm_pieces_close(tm_pieces *p)
{
	if (p == NULL)
		return;
	memory_free(p->memory, p->at);
	memory_free(p->memory, p);
}

/* --- characters --- */

static inline bool
is_digit(slice s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

static inline bool
is_ascii_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

#define TEN(c) \
	[c] = 1, [c + 1] = 1, [c + 2] = 1, [c + 3] = 1, [c + 4] = 1, [c + 5] = 1, [c + 6] = 1, \
	[c + 7] = 1, [c + 8] = 1, [c + 9] = 1
#define LETTERS(c) \
	TEN(c), TEN(c + 10), [c + 20] = 1, [c + 21] = 1, [c + 22] = 1, [c + 23] = 1, \
				  [c + 24] = 1, [c + 25] = 1

static const unsigned char ascii_letters_and_digits[256] = { TEN('0'), LETTERS('A'),
	LETTERS('a') };

/* Scripts written without spaces: each character is a piece. */
static bool
is_ideograph(uint32_t c)
{
	return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
	       (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

/* The end of the letter at i, or i when there is none. */
static size_t
letter_end(slice s, size_t i)
{
	size_t next = i;

	if (i >= s.n)
		return i;
	if ((unsigned char)s.p[i] < 0x80)
		return is_ascii_letter(s.p[i]) ? i + 1 : i;
	return utf8_is_letter(utf8_next(s, &next)) ? next : i;
}

size_t
tm_letters_end(slice s, size_t i)
{
	for (size_t next;; i = next) {
		while (i < s.n && ascii_letters_and_digits[(unsigned char)s.p[i]])
			i++;
		if (i == s.n || (next = letter_end(s, i)) == i)
			return i;
	}
}

/* The length of a space that groups digits: U+0020, U+00A0, U+2009, U+202F. */
static size_t
space_length(slice s, size_t i)
{
	static const slice spaces[] = { { " ", 1 }, { "\xC2\xA0", 2 }, { "\xE2\x80\xAF", 3 },
		{ "\xE2\x80\x89", 3 } };

	for (size_t k = 0; i < s.n && k < 4; k++)
		if (slice_starts(slice_sub(s, i, s.n), spaces[k]))
			return spaces[k].n;
	return 0;
}

/* --- scanning --- */

static size_t
digits_end(slice s, size_t i)
{
	while (is_digit(s, i))
		i++;
	return i;
}

/* 1,250.5 and 1 250,5: groups of three behind a space, anything behind a point or comma. */
static size_t
number_end(slice s, size_t i)
{
	size_t end = digits_end(s, i);
	bool grouped = end - i <= 3;

	for (;;) {
		size_t gap = grouped ? space_length(s, end) : 0;
		if (gap != 0 && digits_end(s, end + gap) == end + gap + 3)
			end += gap + 3;
		else if (end < s.n && (s.p[end] == '.' || s.p[end] == ',') &&
			 is_digit(s, end + 1))
			end = digits_end(s, end + 1);
		else
			return end;
	}
}

static bool
is_address_start(slice s)
{
	if (s.n < 8 || memchr("hwf", s.p[0], 3) == NULL)
		return false;
	return slice_starts(s, SLICE("http://")) || slice_starts(s, SLICE("https://")) ||
	       slice_starts(s, SLICE("www.")) || slice_starts(s, SLICE("ftp://"));
}

static bool
is_address_char(unsigned char c)
{
	return c > ' ' && c < 0x7F && strchr("<>\"", c) == NULL;
}

static size_t
address_end(slice s, size_t i)
{
	size_t end = i;

	while (end < s.n && is_address_char((unsigned char)s.p[end]))
		end++;
	while (end > i && strchr(".,;:!?)]}'", s.p[end - 1]) != NULL)
		end--;
	return end;
}

/* The end of an e-mail address whose first run of letters ends at i; i when it is none. */
static size_t
mail_end(slice s, size_t i)
{
	size_t at = i;

	while (at < s.n && (is_digit(s, at) || is_ascii_letter(s.p[at]) ||
				   strchr("._+-", s.p[at]) != NULL))
		at++;
	if (at >= s.n || s.p[at] != '@')
		return i;
	size_t end = address_end(s, at);
	return end > at + 3 && memchr(s.p + at, '.', end - at) != NULL ? end : i;
}

/* S/2018/7, A/RES/70/1, E/CN.4/2006/1/Add.1: capitals, a stroke, and a digit somewhere. */
static size_t
symbol_end(slice s, size_t start, size_t i)
{
	bool digit = false;
	size_t end = i;

	for (size_t k = start; k < i; k++)
		if (s.p[k] < 'A' || s.p[k] > 'Z')
			return i;
	while (end < s.n && (is_digit(s, end) || is_ascii_letter(s.p[end]) ||
				    strchr("/.-", s.p[end]) != NULL)) {
		digit |= is_digit(s, end);
		end++;
	}
	while (end > i && strchr("/.-", s.p[end - 1]) != NULL)
		end--;
	return digit && memchr(s.p + i, '/', end - i) != NULL ? end : i;
}

static inline bool
is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_all_capitals(slice s)
{
	size_t at = 0, n = 0;

	while (at < s.n) {
		uint32_t c = utf8_next(s, &at);
		if (c < 0x80 ? c >= 'a' && c <= 'z' : !utf8_is_upper(c))
			return false;
		n += c > '9';
	}
	return n >= 2;
}

static uint64_t
kind_key(tm_piece_kind kind)
{
	return UINT64_C(0x9E3779B97F4A7C15) * (uint64_t)(kind + 1);
}

static uint64_t
cached_key(tm_pieces *p, slice word, uint64_t form)
{
	size_t at = form % PIECE_CACHE;

	if (p->cache[at].form != form) {
		p->cache[at].form = form;
		p->cache[at].key = tm_word_key(word);
	}
	return p->cache[at].key;
}

static status
add(tm_pieces *p, slice text, size_t start, size_t end, tm_piece_kind kind)
{
	slice word = slice_sub(text, start, end);
	uint64_t form = slice_hash(word);
	bool has_word_key = kind == PIECE_WORD || kind == PIECE_NAME;

	if (p->n == p->capacity)
		TRY(memory_grow(
			p->memory, (void **)&p->at, &p->capacity, p->n, 1, sizeof(*p->at)));
	uint64_t key = has_word_key ? cached_key(p, word, form) : kind_key(kind);
	p->kinds |= 1U << kind;
	p->at[p->n++] = (tm_piece){ .start = (uint32_t)start,
		.end = (uint32_t)end,
		.key = key,
		.form = form,
		.word = has_word_key ? key : form,
		.kind = kind };
	return STATUS_OK;
}

static status
add_word(tm_pieces *p, slice text, size_t start, size_t *i)
{
	size_t end = tm_letters_end(text, start), longer;
	tm_piece_kind kind = PIECE_WORD;

	if (end < text.n && text.p[end] == ':' &&
		is_address_start(slice_sub(text, start, text.n))) {
		kind = PIECE_ADDRESS;
		end = address_end(text, start);
	} else if (end < text.n && text.p[end] != ' ' && strchr(".@+-_", text.p[end]) != NULL &&
		   ((longer = mail_end(text, end)) != end ||
			   (is_address_start(slice_sub(text, start, text.n)) &&
				   (longer = address_end(text, start)) > end))) {
		kind = PIECE_ADDRESS;
		end = longer;
	} else if (end < text.n && (text.p[end] == '/' || text.p[end] == '.') &&
		   (longer = symbol_end(text, start, end)) != end) {
		kind = PIECE_SYMBOL;
		end = longer;
	} else if (!is_small(text.p[start]) && is_all_capitals(slice_sub(text, start, end))) {
		kind = PIECE_NAME;
	}
	*i = end;
	return add(p, text, start, end, kind);
}

static status
add_number(tm_pieces *p, slice text, size_t start, size_t *i)
{
	size_t end = number_end(text, start);
	size_t tail = tm_letters_end(text, end);

	if (tail == end || slice_is_one_of(slice_sub(text, end, tail), ordinals)) {
		*i = tail;
		return add(p, text, start, tail, PIECE_NUMBER);
	}
	*i = tm_letters_end(text, start); /* 3D, 2bis */
	return add(p, text, start, *i, PIECE_WORD);
}

static status
scan(tm_pieces *p, slice text)
{
	size_t i = 0;

	while (i < text.n) {
		unsigned char c = (unsigned char)text.p[i];
		size_t next = i;
		if (c < 0x80 && is_ascii_letter((char)c)) {
			TRY(add_word(p, text, i, &i));
		} else if (is_digit(text, i)) {
			TRY(add_number(p, text, i, &i));
		} else if (c < 0x80) {
			i++;
		} else {
			uint32_t letter = utf8_next(text, &next);
			if (is_ideograph(letter)) {
				TRY(add(p, text, i, next, PIECE_WORD));
				i = next;
			} else if (utf8_is_letter(letter)) {
				TRY(add_word(p, text, i, &i));
			} else {
				i = next;
			}
		}
	}
	return STATUS_OK;
}

/* --- what stands together --- */

static slice
text_of(slice text, const tm_piece *x)
{
	return slice_sub(text, x->start, x->end);
}

/* Nothing but white space and at most one comma from one piece to the next. */
static bool
joined(slice text, const tm_piece *a, const tm_piece *b)
{
	size_t commas = 0;

	for (size_t i = a->end; i < b->start;) {
		size_t gap = space_length(text, i);
		if (gap == 0 && (text.p[i] != ',' || ++commas > 1))
			return false;
		i += gap == 0 ? 1 : gap;
	}
	return b->start > a->end && b->start - a->end <= 6;
}

static bool
is_day(slice text, const tm_piece *x)
{
	return x->kind == PIECE_NUMBER && !is_digit(text, x->start + 2) &&
	       (x->end - x->start <= 2 || !is_digit(text, x->end - 1));
}

static bool
is_year(slice text, const tm_piece *x)
{
	return x->kind == PIECE_NUMBER && x->end - x->start == 4 &&
	       digits_end(text, x->start) == x->end;
}

/* How many pieces from i on are one date: 2, 3, or 0. */
static size_t
date_at(const tm_pieces *p, slice text, size_t i)
{
	const tm_piece *x = &p->at[i];

	if (i + 1 >= p->n || !joined(text, x, x + 1))
		return 0;
	bool day_first = is_day(text, x) && x[1].kind == PIECE_WORD &&
			 tm_month_of(text_of(text, x + 1)) != 0;
	bool month_first = !day_first && x->kind == PIECE_WORD && is_day(text, x + 1) &&
			   tm_month_of(text_of(text, x)) != 0;
	if (!day_first && !month_first)
		return 0;
	return i + 2 < p->n && joined(text, x + 1, x + 2) && is_year(text, x + 2) ? 3 : 2;
}

static void
join_dates(tm_pieces *p, slice text)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->n;) {
		bool near = p->at[i].kind == PIECE_NUMBER ||
			    (i + 1 < p->n && p->at[i + 1].kind == PIECE_NUMBER);
		size_t n = near ? date_at(p, text, i) : 0;
		tm_piece x = p->at[i];
		if (n != 0) {
			x.end = p->at[i + n - 1].end;
			x.kind = PIECE_DATE;
			x.key = kind_key(PIECE_DATE);
			x.word = x.form = slice_hash(text_of(text, &x));
		}
		p->at[kept++] = x;
		i += n == 0 ? 1 : n;
	}
	p->n = kept;
}

/* Names in capitals are placeables where other words are not in capitals. */
static void
settle(tm_pieces *p)
{
	size_t plain = 0, names = 0;

	for (size_t i = 0; i < p->n; i++) {
		plain += p->at[i].kind == PIECE_WORD;
		names += p->at[i].kind == PIECE_NAME;
	}
	for (size_t i = 0; i < p->n; i++) {
		tm_piece *x = &p->at[i];
		if (x->kind == PIECE_NAME && plain == 0)
			x->kind = PIECE_WORD;
		else if (x->kind == PIECE_NAME)
			x->key = kind_key(PIECE_NAME);
		else if (plain + names == 0)
			x->key = x->form;
	}
}

status
tm_pieces_cut(tm_pieces *p, slice text)
{
	p->n = 0;
	p->kinds = 0;
	TRY(scan(p, text));
	if ((p->kinds & 1U << PIECE_NUMBER) != 0)
		join_dates(p, text);
	if (p->kinds != 1U << PIECE_WORD)
		settle(p);
	return STATUS_OK;
}
