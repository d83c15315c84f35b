#include "termbase/surface.h"

#include <string.h>

#include "text/fold.h"
#include "text/stem.h"
#include "text/utf8.h"

#define PIECE_BYTES 256

static bool
is_hyphen(uint32_t c)
{
	return c == '-' || c == 0x2010 || c == 0x2011;
}

static bool
is_apostrophe(uint32_t c)
{
	return c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x02BC;
}

static bool
is_bracket(uint32_t c)
{
	return c == '(' || c == ')' || c == '/';
}

/* Soft hyphens and zero-width characters. */
static bool
is_invisible(uint32_t c)
{
	return c == 0xAD || c == 0xFEFF || (c >= 0x200B && c <= 0x200D);
}

uint32_t
surface_key(slice piece)
{
	char folded[3 * PIECE_BYTES + 4];

	if (piece.n > PIECE_BYTES)
		piece.n = PIECE_BYTES;
	size_t n = text_fold(folded, piece);
	while (n > 0 && folded[n - 1] == '\'')
		n--;
	if (n > 3 && folded[n - 2] == '\'' && folded[n - 1] == 's')
		n -= 2;
	n = text_stem(folded, n);
	uint32_t key = (uint32_t)slice_hash((slice){ folded, n });
	return key == 0 ? 1 : key;
}

slice
surface_first_piece(slice form)
{
	size_t at = 0, next = 0;

	while (next < form.n && !is_hyphen(utf8_next(form, &next)))
		at = next;
	return slice_sub(form, 0, at);
}

static int
compound_keys(uint32_t *out, slice text)
{
	size_t start = 0, i = 0;
	int n = 0;

	while (i < text.n && n < PIECES_MAX - 1) {
		size_t at = i;
		if (!is_hyphen(utf8_next(text, &i)))
			continue;
		out[n++] = surface_key(slice_sub(text, start, at));
		start = i;
	}
	out[n++] = surface_key(slice_sub(text, start, text.n));
	return n;
}

/* A number is known by its digits, whatever groups them. */
static uint32_t
number_key(slice text)
{
	char digits[64];
	size_t n = 0;

	for (size_t i = 0; i < text.n && n < sizeof(digits); i++)
		if ((text.p[i] >= '0' && text.p[i] <= '9') || text.p[i] == '.')
			digits[n++] = text.p[i];
	return surface_key((slice){ digits, n });
}

bool
surface_piece_is_number(slice form, int n)
{
	size_t i = 0;

	while (n > 0 && i < form.n)
		n -= is_hyphen(utf8_next(form, &i));
	return i < form.n && form.p[i] >= '0' && form.p[i] <= '9';
}

/* Marks that a spelling may lack have no key; every other one only stands for itself. */
uint32_t
surface_mark_key(uint32_t c)
{
	if (is_hyphen(c) || is_apostrophe(c) || is_bracket(c))
		return 0;
	return (c + 1) * 0x9E3779B1u;
}

int
surface_word_keys(uint32_t *out, const word *w, language l)
{
	uint32_t key = w->in[l - LANGUAGE_FR].key;

	if (w->shape & SHAPE_HYPHEN)
		return compound_keys(out, w->text);
	out[0] = key != 0 ? key : surface_key(w->text);
	return 1;
}

int
surface_keys(uint32_t *out, const words *w, const token *t, slice text, language l)
{
	slice s = slice_sub(text, t->start, t->start + t->length);

	switch ((token_kind)t->kind) {
	case TOKEN_WORD:
	case TOKEN_ELISION:
	case TOKEN_CODE:
		return surface_word_keys(out, words_at(w, t->word), l);
	case TOKEN_NUMBER:
		out[0] = number_key(s);
		return 1;
	case TOKEN_MARK:
		out[0] = surface_mark_key(t->word);
		return out[0] != 0;
	case TOKEN_SYMBOL:
	case TOKEN_ADDRESS:
		out[0] = surface_key(s);
		return 1;
	case TOKEN_EDGE:
		break;
	}
	return -1;
}

/* Appends a token's text in its plain form; false when it does not fit. */
static bool
put_plain(char *out, size_t *n, slice text)
{
	for (size_t i = 0; i < text.n;) {
		uint32_t c = utf8_next(text, &i);
		if (is_invisible(c))
			continue;
		if (*n + 4 > SURFACE_BYTES)
			return false;
		*n += utf8_put(out + *n, is_hyphen(c) ? '-' : is_apostrophe(c) ? 0x2019 : c);
	}
	return true;
}

static bool
joins(const token *t)
{
	return t->kind == TOKEN_MARK && (is_hyphen(t->word) || is_apostrophe(t->word));
}

/* Does a space that stands between the two tokens count? */
static bool
is_apart(const token *left, const token *right)
{
	return right->gap != GAP_NONE && left->kind != TOKEN_ELISION && !joins(left) &&
	       !joins(right);
}

slice
surface_of(char out[SURFACE_BYTES], slice text, const token *first, const token *last)
{
	size_t n = 0;

	for (const token *t = first; t <= last; t++) {
		if (n + 1 > SURFACE_BYTES)
			return (slice){ 0 };
		if (t > first && is_apart(t - 1, t))
			out[n++] = ' ';
		if (!put_plain(out, &n, slice_sub(text, t->start, t->start + t->length)))
			return (slice){ 0 };
	}
	return (slice){ out, n };
}

/* What stands between two pieces. */
enum between { SPACE = 1, HYPHEN = 2, BRACKET = 4 };

typedef struct piece {
	slice text;
	unsigned before; /* enum between */
} piece;

/* Reads one piece off a surface; false at its end, with what stands before the end. */
static bool
next_piece(slice s, size_t *i, piece *out)
{
	size_t at, start;
	uint32_t c = 0;

	*out = (piece){ 0 };
	for (at = *i; at < s.n; at = *i) {
		c = utf8_next(s, i);
		if (c == ' ')
			out->before |= SPACE;
		else if (c == '-')
			out->before |= HYPHEN;
		else if (is_bracket(c))
			out->before |= BRACKET;
		else
			break;
	}
	if (at == s.n)
		return false;
	for (start = at, at = *i; at < s.n && c != ','; at = *i) {
		c = utf8_next(s, i);
		if (c == ' ' || c == '-' || c == ',' || is_bracket(c)) {
			*i = at;
			break;
		}
	}
	out->text = slice_sub(s, start, *i);
	return true;
}

static bool
all_capitals(slice s)
{
	bool upper = false;

	for (size_t i = 0; i < s.n;) {
		uint32_t c = utf8_next(s, &i);
		if (utf8_is_lower(c))
			return false;
		upper = upper || utf8_is_upper(c);
	}
	return upper;
}

/* Are the accents that differ those of capital letters? Both fold alike. */
static bool
capital_accents_only(slice term, slice found)
{
	size_t i = 0, j = 0;

	while (i < term.n && j < found.n) {
		uint32_t a = utf8_next(term, &i), b = utf8_next(found, &j);
		if (a != b && !(utf8_is_upper(a) && b < 0x80))
			return false;
	}
	return i == term.n && j == found.n;
}

static bool
same_lower(slice a, slice b)
{
	char left[3 * PIECE_BYTES + 4], right[3 * PIECE_BYTES + 4];

	if (a.n > PIECE_BYTES || b.n > PIECE_BYTES)
		return slice_equal(a, b);
	return slice_equal(
		(slice){ left, text_lower(left, a) }, (slice){ right, text_lower(right, b) });
}

static bool
same_fold(slice a, slice b)
{
	char left[3 * PIECE_BYTES + 4], right[3 * PIECE_BYTES + 4];

	if (a.n > PIECE_BYTES || b.n > PIECE_BYTES)
		return slice_equal(a, b);
	return slice_equal(
		(slice){ left, text_fold(left, a) }, (slice){ right, text_fold(right, b) });
}

static uint32_t
case_difference(slice term, slice found, bool first)
{
	size_t i = 0, j = 0;

	if (found.n > 1 && all_capitals(found) && !all_capitals(term))
		return DIFFERS_CAPITALS;
	if (term.n == 0 || found.n == 0)
		return DIFFERS_CASE;
	bool rises = utf8_is_lower(utf8_next(term, &i));
	rises = utf8_is_upper(utf8_next(found, &j)) && rises;
	bool rest = slice_equal(slice_sub(term, i, term.n), slice_sub(found, j, found.n));
	return first && rises && rest ? DIFFERS_INITIAL : DIFFERS_CASE;
}

/* A word without the endings of number and gender. */
static slice
bare(char out[3 * PIECE_BYTES + 4], slice s)
{
	slice w = { out, text_lower(out, s) };

	if (w.n > 3 && (slice_ends(w, SLICE("s")) || slice_ends(w, SLICE("x"))))
		w.n--;
	if (w.n > 3 && slice_ends(w, SLICE("e")))
		w.n--;
	if (w.n > 3 && (slice_ends(w, SLICE("au")) || slice_ends(w, SLICE("al")) ||
			       slice_ends(w, SLICE("i")) || slice_ends(w, SLICE("y"))))
		w.n--;
	return w;
}

static uint32_t
inflection(slice term, slice found)
{
	char left[3 * PIECE_BYTES + 4], right[3 * PIECE_BYTES + 4];

	if (term.n > PIECE_BYTES || found.n > PIECE_BYTES)
		return DIFFERS_INFLECTION | DIFFERS_STEM;
	return slice_equal(bare(left, term), bare(right, found))
		       ? DIFFERS_INFLECTION
		       : DIFFERS_INFLECTION | DIFFERS_STEM;
}

/* ’s where the term has none: surfaces have one form of apostrophe. */
static bool
is_possessive(slice term, slice found)
{
	static const slice ending = { "\u2019s", 4 };

	return slice_ends(found, ending) && !slice_ends(term, ending);
}

static uint32_t
letter_differences(slice term, slice found, bool first)
{
	if (slice_equal(term, found))
		return 0;
	if (is_possessive(term, found))
		return DIFFERS_POSSESSIVE |
		       letter_differences(term, slice_sub(found, 0, found.n - 4), first);
	if (same_lower(term, found))
		return case_difference(term, found, first);
	if (!same_fold(term, found))
		return inflection(term, found);
	if (capital_accents_only(term, found))
		return DIFFERS_CAPITAL_ACCENT;
	return all_capitals(found) && !all_capitals(term)
		       ? DIFFERS_CAPITALS | DIFFERS_CAPITAL_ACCENT
		       : DIFFERS_ACCENT;
}

static uint32_t
between_differences(unsigned term, unsigned found)
{
	uint32_t d = 0;

	if ((term & HYPHEN) != (found & HYPHEN))
		d |= DIFFERS_HYPHEN;
	if ((term & BRACKET) && !(found & BRACKET))
		d |= DIFFERS_BRACKET;
	if (!(term & BRACKET) && (found & BRACKET))
		d |= DIFFERS_ADDED;
	return d;
}

static uint32_t
weigh(uint32_t differences)
{
	static const uint8_t weights[] = { 1, 1, 2, 4, 2, 6, 8, 8, 16, 3, 3 };
	uint32_t sum = 0;

	for (size_t i = 0; i < sizeof(weights); i++)
		if (differences >> i & 1)
			sum += weights[i];
	return sum;
}

bool
surface_begins_upper(slice surface)
{
	size_t i = 0;

	return surface.n > 0 && utf8_is_upper(utf8_next(surface, &i));
}

comparison
surface_compare(slice term, slice found)
{
	comparison sum = { 0 };
	size_t i = 0, j = 0;
	piece a, b;
	bool first = true, more = !slice_equal(term, found);

	while (more) {
		bool left = next_piece(term, &i, &a), right = next_piece(found, &j, &b);
		more = left && right;
		uint32_t d = between_differences(a.before, b.before);
		if (more)
			d |= letter_differences(a.text, b.text, first);
		else if (left != right)
			d |= DIFFERS_ADDED;
		sum.differences |= d;
		sum.distance += weigh(d);
		first = false;
	}
	return sum;
}
