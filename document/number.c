#include "document/number.h"

#include <string.h>

#include "document/marker.h"

typedef enum shape { SHAPE_NUMBER, SHAPE_LETTER, SHAPE_ROMAN, SHAPE_OTHER } shape;

static bool
is_one_of(slice s, const char *set)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\0' || strchr(set, s.p[i]) == NULL)
			return false;
	return s.n != 0;
}

/* What is counted: "b" of "(b)". */
static slice
core(slice s)
{
	while (s.n != 0 && (s.p[0] == '(' || s.p[0] == '['))
		s = slice_sub(s, 1, s.n);
	while (s.n != 0 && memchr(").]", s.p[s.n - 1], 3) != NULL)
		s.n--;
	return s;
}

/* "(i)" comes after "(h)", else it is the first of roman numerals. */
static shape
shape_of(const number_path *p, slice label)
{
	slice s = core(label), before = core(slice_of(p->at[1]));

	if (s.n != 0 && s.p[0] >= '0' && s.p[0] <= '9')
		return SHAPE_NUMBER;
	if (s.n > 2 || !is_one_of(s, "abcdefghijklmnopqrstuvwxyz"))
		return is_one_of(s, "ivxlc") ? SHAPE_ROMAN : SHAPE_OTHER;
	if (!is_one_of(s, "ivxlc"))
		return SHAPE_LETTER;
	if (p->at[2][0] != '\0')
		return SHAPE_ROMAN;
	bool follows = s.n == 1 && before.n == 1 && before.p[0] + 1 == s.p[0];
	return follows ? SHAPE_LETTER : SHAPE_ROMAN;
}

static void
keep(number_path *p, int level, slice label)
{
	for (int i = level; i < NUMBER_LEVELS; i++)
		p->at[i][0] = '\0';
	if (label.n < NUMBER_BYTES) {
		memcpy(p->at[level], label.p, label.n);
		p->at[level][label.n] = '\0';
	}
}

void
number_here(const number_path *p, buffer *out)
{
	const char *between = "";

	for (int i = 0; i < NUMBER_LEVELS; i++)
		if (p->at[i][0] != '\0') {
			buffer_printf(out, "%s%s", between, p->at[i]);
			between = " ";
		}
}

/* "12." is cited as 12; the brackets of "(b)" belong to it. */
static slice
cited(slice label)
{
	label = slice_trim(label);
	while (label.n != 0 && memchr(".:", label.p[label.n - 1], 2) != NULL)
		label.n--;
	return slice_trim(label);
}

void
number_next(number_path *p, slice label, bool is_heading, buffer *out)
{
	label = cited(label);
	if (is_heading)
		*p = (number_path){ 0 };
	if (label.n == 0)
		return;
	shape s = is_heading ? SHAPE_OTHER : shape_of(p, label);
	if (s == SHAPE_OTHER) {
		buffer_put(out, label);
		return;
	}
	bool bracket = label.p[label.n - 1] == ')';
	/* "1)" under "12." is no paragraph. */
	int level = s == SHAPE_ROMAN         ? 2
		    : s == SHAPE_LETTER      ? 1
		    : bracket && p->at[0][0] ? 1
					     : 0;
	keep(p, level, label);
	number_here(p, out);
}

void
number_typed(slice text, bool is_heading, slice *first, slice *second)
{
	marker m = marker_read(text);
	bool counts = m.kind == MARKER_NUMBER || m.kind == MARKER_LETTER ||
		      (is_heading && m.kind == MARKER_ROMAN);

	*first = *second = SLICE("");
	if (!counts)
		return;
	*first = slice_trim(slice_sub(text, 0, m.length));
	if (m.kind != MARKER_NUMBER)
		return;
	slice rest = slice_sub(text, m.length, text.n);
	marker next = marker_read(rest);
	if (next.kind == MARKER_LETTER)
		*second = slice_trim(slice_sub(rest, 0, next.length));
}

status
number_of_block(number_path *p, number_block b, buffer *out)
{
	number_path own = { 0 };
	slice second = SLICE("");

	if (b.label.n == 0 && !b.is_item)
		number_typed(b.text, b.is_heading, &b.label, &second);
	if (b.alone) {
		number_next(&own, b.label, false, out);
		return out->status;
	}
	if (b.label.n == 0 && b.is_item)
		number_here(p, out);
	else
		number_next(p, b.label, b.is_heading, out);
	if (second.n != 0) {
		buffer_clear(out);
		number_next(p, second, false, out);
	}
	return out->status;
}
