#include "tm/placeable.h"

#include <stdio.h>
#include <string.h>

#include "text/utf8.h"

#define VALUE_BYTES 256

static slice
text_of(const tm_sentence *s, size_t i)
{
	return slice_sub(s->text, s->at[i].start, s->at[i].end);
}

/* What stands between piece i - 1 and piece i. */
static slice
gap_before(const tm_sentence *s, size_t i)
{
	size_t start = i == 0 ? 0 : s->at[i - 1].end;

	return slice_sub(s->text, start, i == s->n ? s->text.n : s->at[i].start);
}

bool
tm_same_but_placeables(const tm_sentence *a, const tm_sentence *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i <= a->n; i++) {
		if (!slice_equal(gap_before(a, i), gap_before(b, i)))
			return false;
		if (i < a->n && (a->at[i].kind != b->at[i].kind ||
					(a->at[i].kind == PIECE_WORD &&
						a->at[i].form != b->at[i].form)))
			return false;
	}
	return true;
}

/* --- values --- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The digits of a number and a point before its decimals: "1250.5". An English comma groups, a
 * French one is the decimal mark; a point is so in English alone. */
static size_t
number_value(slice s, bool french, char out[VALUE_BYTES])
{
	size_t n = 0;

	for (size_t i = 0; i < s.n && n + 1 < VALUE_BYTES; i++) {
		if (is_digit(s.p[i]))
			out[n++] = s.p[i];
		else if (s.p[i] == (french ? ',' : '.') && i + 1 < s.n && is_digit(s.p[i + 1]))
			out[n++] = '.';
		else if (s.p[i] == '.' && french)
			out[n++] = '|'; /* a date or version in points: as it stands */
		else if ((s.p[i] >= 'a' && s.p[i] <= 'z') || (unsigned char)s.p[i] == 0xC3)
			break; /* the end of an ordinal */
	}
	return n;
}

typedef struct day {
	unsigned day, month, year; /* year 0: none */
	bool month_first;
} day;

static day
date_value(slice s)
{
	day d = { 0 };

	for (size_t i = 0; i < s.n;) {
		size_t start = i;
		unsigned n = 0;
		if (is_digit(s.p[i])) {
			while (i < s.n && is_digit(s.p[i]) && n < 100000)
				n = n * 10 + (unsigned)(s.p[i++] - '0');
			if (d.day == 0)
				d.day = n;
			else
				d.year = n;
			continue;
		}
		while (i < s.n && !is_digit(s.p[i]) && strchr(" ,", s.p[i]) == NULL &&
			(unsigned char)s.p[i] != 0xE2 && (unsigned char)s.p[i] != 0xC2)
			i++;
		unsigned month = tm_month_of(slice_sub(s, start, i));
		if (month != 0) {
			d.month = month;
			d.month_first = d.day == 0;
		}
		if (i == start)
			(void)utf8_next(s, &i);
	}
	return d;
}

/* Do piece i of a and piece k of b mean the same? */
static bool
same_value(const tm_sentence *a, size_t i, const tm_sentence *b, size_t k)
{
	slice x = text_of(a, i), y = text_of(b, k);
	char p[VALUE_BYTES], q[VALUE_BYTES];

	if (slice_equal(x, y))
		return true;
	if (a->at[i].kind == PIECE_NUMBER && b->at[k].kind == PIECE_NUMBER) {
		slice v = { p, number_value(x, a->french, p) };
		return slice_equal(v, (slice){ q, number_value(y, b->french, q) });
	}
	if (a->at[i].kind == PIECE_DATE && b->at[k].kind == PIECE_DATE) {
		day v = date_value(x), w = date_value(y);
		return v.day == w.day && v.month == w.month && v.year == w.year;
	}
	return false;
}

/* --- writing --- */

static void
put_integer(slice digits, bool french, bool grouped, buffer *out)
{
	for (size_t i = 0; i < digits.n; i++) {
		if (grouped && i != 0 && (digits.n - i) % 3 == 0)
			buffer_put(out, french ? SLICE("\u00A0") : SLICE(","));
		buffer_put_char(out, digits.p[i]);
	}
}

/* As the number in whose place it comes: grouped when that one was, or when the one to be
 * carried over is. */
static void
put_number(slice now, bool now_french, slice old, bool french, buffer *out)
{
	char p[VALUE_BYTES];
	slice v = { p, number_value(now, now_french, p) }, whole, decimals;
	bool has_letters = now.n > 0 && !is_digit(now.p[now.n - 1]);
	bool grouped = false, point = memchr(p, '|', v.n) != NULL;

	if (has_letters || point || now_french == french) {
		buffer_put(out, now);
		return;
	}
	bool fraction = slice_cut(v, '.', &whole, &decimals);
	for (size_t i = 0; i + 1 < now.n; i++)
		grouped |= !is_digit(now.p[i]) && now.p[i] != (now_french ? ',' : '.');
	(void)old;
	put_integer(whole, french, grouped, out);
	if (fraction) {
		buffer_put_char(out, french ? ',' : '.');
		buffer_put(out, decimals);
	}
}

/* The day and the month are joined as they were. */
static void
put_date(slice now, slice old, bool french, buffer *out)
{
	day d = date_value(now), was = date_value(old);
	const char *month = tm_month_name(french, d.month), *space = " ";

	for (size_t i = 0; i + 1 < old.n; i++)
		if (memcmp(old.p + i, "\xC2\xA0", 2) == 0)
			space = "\u00A0";
	if (french)
		buffer_printf(out, "%u%s%s%s", d.day, d.day == 1 ? "er" : "", space, month);
	else if (was.month_first)
		buffer_printf(out, "%s%s%u", month, space, d.day);
	else
		buffer_printf(out, "%u%s%s", d.day, space, month);
	if (d.year != 0)
		buffer_printf(out, !french && was.month_first ? ", %u" : " %u", d.year);
}

static void
put_piece(const tm_sentence *now, size_t i, const tm_sentence *target, size_t k, buffer *out)
{
	slice new_text = text_of(now, i), old_text = text_of(target, k);

	if (now->at[i].kind == PIECE_NUMBER)
		put_number(new_text, now->french, old_text, target->french, out);
	else if (now->at[i].kind == PIECE_DATE && now->french != target->french)
		put_date(new_text, old_text, target->french, out);
	else
		buffer_put(out, new_text);
}

/* The first free piece of the target that means what piece i of old does; target->n: none. */
static size_t
find_place(const tm_sentence *old, size_t i, const tm_sentence *target, const size_t *taken)
{
	for (size_t k = 0; k < target->n; k++)
		if (taken[k] == SIZE_MAX && target->at[k].kind == old->at[i].kind &&
			same_value(old, i, target, k))
			return k;
	return target->n;
}

static bool
assign(const tm_sentence *now, const tm_sentence *old, const tm_sentence *target, size_t *taken,
	size_t *n)
{
	for (size_t k = 0; k < target->n; k++)
		taken[k] = SIZE_MAX;
	for (size_t i = 0; i < old->n; i++) {
		if (old->at[i].kind == PIECE_WORD)
			continue;
		size_t place = find_place(old, i, target, taken);
		bool changed = !slice_equal(text_of(now, i), text_of(old, i));
		if (place == target->n && changed)
			return false;
		if (place != target->n)
			taken[place] = i;
		*n += changed;
	}
	return true;
}

status
tm_carry_over(const memory *m, const tm_sentence *now, const tm_sentence *old,
	const tm_sentence *target, buffer *out, size_t *n, bool *done)
{
	size_t *taken = memory_alloc(m, (target->n + 1) * sizeof(*taken)), at = 0;

	*n = 0;
	if (taken == NULL)
		return STATUS_MEMORY;
	*done = assign(now, old, target, taken, n);
	for (size_t k = 0; *done && k < target->n; k++) {
		size_t i = taken[k];
		if (i == SIZE_MAX || slice_equal(text_of(now, i), text_of(old, i)))
			continue;
		buffer_put(out, slice_sub(target->text, at, target->at[k].start));
		put_piece(now, i, target, k, out);
		at = target->at[k].end;
	}
	if (*done)
		buffer_put(out, slice_sub(target->text, at, target->text.n));
	memory_free(m, taken);
	return out->status;
}
