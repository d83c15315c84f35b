/* A fact is loose when the other side has no equal. Repetitions are not counted, since a
 * translation may name a year once where the source names it twice; but where both sides have
 * as many numbers, and one of the source is left over when each has been given its equal while
 * another of the target is, the one stands in the place of the other: 5 (1) and 5 (5). */
#include "checker/bilingual/loose.h"

#include <string.h>

/* Figures that were left as the source has them (in an English title) are for the rules about
 * the form of numbers. */
static bool
is_written_alike(const pair_half *a, const fact *x, const pair_half *b, const fact *y)
{
	return x->kind == y->kind && x->form == FORM_FIGURES && y->form == FORM_FIGURES &&
	       slice_equal(slice_sub(a->document->text, x->text.start, x->text.end),
		       slice_sub(b->document->text, y->text.start, y->text.end));
}

/* Is the fact of the other half one of this half? */
static bool
has_equal(const pair_half *h, const pair_half *other, const fact *f)
{
	for (size_t i = 0; i < h->facts.list.n; i++)
		if (fact_equal(f, &h->facts.list.at[i]) ||
			is_written_alike(other, f, h, &h->facts.list.at[i]))
			return true;
	return false;
}

static bool
is_noted(const pair_half *h, size_t i)
{
	for (size_t k = 0; k < h->loose_count; k++)
		if (h->loose[k] == i)
			return true;
	return false;
}

static void
note(pair_half *h, size_t i)
{
	if (h->loose_count < LOOSE_MOST && !is_noted(h, i))
		h->loose[h->loose_count++] = (uint16_t)i;
}

/* --- one for one --- */

/* What may stand in the place of another. */
typedef enum sort { SORT_NONE, SORT_FIGURES, SORT_WORDS, SORT_LETTERS, SORT_CODES } sort;

/* A number in words counts when it can only be what it says: three and more, and no part of a
 * phrase; of vague words those for millions. */
static sort
sort_of(const fact *f)
{
	bool large = f->value.exponent >= 6;

	if (f->kind == FACT_LETTER)
		return f->soft ? SORT_NONE : SORT_LETTERS;
	if (f->kind != FACT_NUMBER || f->fraction)
		return SORT_NONE;
	if (f->form == FORM_WORDS && f->value.there)
		return (f->vague ? large : f->value.digits > 2 || f->value.exponent > 0)
			       ? SORT_WORDS
			       : SORT_NONE;
	if (f->in_code)
		return SORT_CODES;
	return f->soft ? SORT_NONE : SORT_FIGURES;
}

#define MATCHED_MOST \
	256 /* facts of a side; where there are more, nothing is told one for one */

typedef struct matching {
	bool taken[PAIR_SIDES][MATCHED_MOST];
} matching;

static void
match(const check_pair *p, matching *m, bool (*fits)(const fact *, const fact *))
{
	const pair_half *a = &p->half[PAIR_SOURCE], *b = &p->half[PAIR_TARGET];

	for (size_t i = 0; i < a->facts.list.n; i++)
		for (size_t k = 0; k < b->facts.list.n && !m->taken[PAIR_SOURCE][i]; k++) {
			const fact *x = &a->facts.list.at[i], *y = &b->facts.list.at[k];
			if (m->taken[PAIR_TARGET][k] || !fits(x, y) ||
				!(fact_equal(x, y) || is_written_alike(a, x, b, y)))
				continue;
			m->taken[PAIR_SOURCE][i] = m->taken[PAIR_TARGET][k] = true;
		}
}

static bool
are_akin(const fact *x, const fact *y)
{
	return x->form == y->form && x->topic == y->topic && x->soft == y->soft;
}

static bool
are_alike(const fact *x, const fact *y)
{
	return sort_of(x) == sort_of(y);
}

/* Not a figure with an article, « un ». */
static bool
may_be_one(const fact *x, const fact *y)
{
	sort a = sort_of(x), b = sort_of(y);
	bool figure = a == SORT_FIGURES || b == SORT_FIGURES;

	return !figure || (a != SORT_NONE && b != SORT_NONE);
}

static size_t
left_over(const check_pair *p, const matching *m, pair_side k, sort s, uint16_t *out)
{
	const pair_half *h = &p->half[k];
	size_t n = 0;

	for (size_t i = 0; i < h->facts.list.n; i++)
		if (!m->taken[k][i] && sort_of(&h->facts.list.at[i]) == s)
			out[n++] = (uint16_t)i;
	return n;
}

static void
note_swapped(check_pair *p, const matching *m, sort s)
{
	uint16_t x[MATCHED_MOST], y[MATCHED_MOST];
	pair_half *a = &p->half[PAIR_SOURCE], *b = &p->half[PAIR_TARGET];
	size_t n = left_over(p, m, PAIR_SOURCE, s, x), k = left_over(p, m, PAIR_TARGET, s, y);

	if (n == 0 || k == 0 || (n != k && s != SORT_WORDS))
		return;
	n = n < k ? n : k;
	for (size_t i = 0; i < n; i++) {
		if (a->facts.list.at[x[i]].ordinal != b->facts.list.at[y[i]].ordinal)
			continue;
		note(a, x[i]);
		note(b, y[i]);
	}
}

static void
find_swapped(check_pair *p)
{
	matching m = { 0 };

	if (p->half[0].facts.list.n > MATCHED_MOST || p->half[1].facts.list.n > MATCHED_MOST)
		return;
	match(p, &m, are_akin);
	match(p, &m, are_alike);
	match(p, &m, may_be_one);
	for (int s = SORT_FIGURES; s <= SORT_CODES; s++)
		note_swapped(p, &m, (sort)s);
}

void
loose_find(check_pair *p)
{
	for (int k = 0; k < PAIR_SIDES; k++)
		p->half[k].loose_count = 0;
	if (!p->judged || !pair_has_both(p) || p->half[0].facts.too_many ||
		p->half[1].facts.too_many)
		return;
	for (int k = 0; k < PAIR_SIDES; k++) {
		pair_half *h = &p->half[k];
		for (size_t i = 0; i < h->facts.list.n; i++) {
			const fact *f = &h->facts.list.at[i];
			if (!f->soft && !has_equal(&p->half[1 - k], h, f))
				note(h, i);
		}
	}
	find_swapped(p);
}

void
loose_forgive(check_pair *p, const check_pair *near)
{
	for (int k = 0; k < PAIR_SIDES; k++) {
		pair_half *h = &p->half[k];
		size_t kept = 0;
		for (size_t i = 0; i < h->loose_count; i++)
			if (!has_equal(&near->half[1 - k], h, &h->facts.list.at[h->loose[i]]))
				h->loose[kept++] = h->loose[i];
		h->loose_count = kept;
	}
}
