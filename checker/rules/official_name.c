#include "checker/rules/official_name.h"

#include <string.h>

#include "text/fold.h"

#define DEAR 2 /* cost of a content word; of a function word 1 */
#define ROOT 4 /* bytes that words of one root share at their beginning */

enum step { STEP_NONE, STEP_PAIR, STEP_LEFT, STEP_ADDED };

/* --- words --- */

/* With different letters of ASCII: most words do, and need not be folded. */
static bool
begin_apart(slice a, slice b)
{
	unsigned char x = (unsigned char)(a.p[0] | 0x20), y = (unsigned char)(b.p[0] | 0x20);

	return x != y && x >= 'a' && x <= 'z' && y >= 'a' && y <= 'z';
}

/* Of one root: agriculture, agricultural. */
static bool
is_related(slice a, slice b)
{
	char left[256], right[256];
	size_t n = 0;

	if (a.n > 60 || b.n > 60 || begin_apart(a, b))
		return false;
	size_t x = text_fold(left, a), y = text_fold(right, b), least = x < y ? x : y;
	while (n < least && left[n] == right[n])
		n++;
	return n >= ROOT && 2 * n >= (x > y ? x : y);
}

static bool
is_same_letters(slice a, slice b)
{
	char left[256], right[256];

	if (slice_equal(a, b) || a.n > 60 || b.n > 60)
		return slice_equal(a, b);
	return slice_equal(
		(slice){ left, text_fold(left, a) }, (slice){ right, text_fold(right, b) });
}

/* --- comparison --- */

typedef struct grid {
	uint8_t cost[NAME_PIECES + 1][TEXT_PIECES + 1], step[NAME_PIECES + 1][TEXT_PIECES + 1];
} grid;

static uint8_t
price(bool function)
{
	return function ? 1 : DEAR;
}

static void
fill(grid *g, const trial *t, size_t m)
{
	for (size_t k = 0; k <= t->name_count; k++)
		for (size_t j = 0; j <= m; j++) {
			unsigned best = k + j == 0 ? 0 : 255;
			uint8_t step = STEP_NONE;
			if (k > 0 && j > 0) {
				const name_piece *a = &t->name[k - 1], *b = &t->text[j - 1];
				bool same = a->key == b->key,
				     cheap = a->function && b->function;
				best = same ? g->cost[k - 1][j - 1]
					    : g->cost[k - 1][j - 1] + (unsigned)price(cheap);
				step = STEP_PAIR;
			}
			if (k > 0 &&
				g->cost[k - 1][j] + price(t->name[k - 1].function) < best) {
				best = g->cost[k - 1][j] + price(t->name[k - 1].function);
				step = STEP_LEFT;
			}
			if (j > 0 &&
				g->cost[k][j - 1] + price(t->text[j - 1].function) < best) {
				best = g->cost[k][j - 1] + price(t->text[j - 1].function);
				step = STEP_ADDED;
			}
			g->cost[k][j] = (uint8_t)(best > 255 ? 255 : best);
			g->step[k][j] = step;
		}
}

/* How far from its end a name may be when its words stand in another order. */
#define TAIL 5

static bool
may_end(const trial *t, size_t j)
{
	const name_piece *last = &t->name[t->name_count - 1], *is = &t->text[j];

	if (last->key == is->key || is_related(last->text, is->text))
		return true;
	for (size_t k = t->name_count > TAIL ? t->name_count - TAIL : 1; k < t->name_count; k++)
		if (t->name[k].key == is->key && !is->function)
			return true;
	return false;
}

bool
name_has_same_words(const trial *t)
{
	bool used[TEXT_PIECES] = { false };
	size_t content = 0, of_text = 0;

	for (size_t j = 0; j < t->text_count; j++)
		of_text += !t->text[j].function;
	for (size_t k = 0; k < t->name_count; k++) {
		if (t->name[k].function)
			continue;
		size_t j = 0;
		while (j < t->text_count && (used[j] || t->text[j].key != t->name[k].key))
			j++;
		if (j == t->text_count)
			return false;
		used[j] = true;
		content++;
	}
	return content == of_text;
}

/* Where the name ends in the text: where it has the words of the name in whatever order, else
 * at the least cost, as late as it can; 0 for nowhere. */
static size_t
find_end(const grid *g, trial *t, size_t m)
{
	const uint8_t *cost = g->cost[t->name_count];
	size_t end = 0;

	for (t->text_count = 1; t->text_count <= m; t->text_count++)
		if (name_has_same_words(t))
			return t->text_count;
	for (size_t j = 1; j <= m; j++)
		if ((end == 0 || cost[j] <= cost[end]) && may_end(t, j - 1))
			end = j;
	return end;
}

/* teams of team: the whole name may be meant in the plural, or one of several in the singular,
 * which shows before its first preposition. */
static bool
is_other_number(slice a, slice b)
{
	return slice_ends(a, SLICE("s")) != slice_ends(b, SLICE("s"));
}

/* « Sous-Secrétaire générale »: she who holds the office. */
static bool
is_other_gender(slice a, slice b)
{
	char left[256], right[256];

	if (a.n > 60 || b.n > 60)
		return false;
	slice x = { left, text_fold(left, a) }, y = { right, text_fold(right, b) };
	slice longer = x.n > y.n ? x : y, shorter = x.n > y.n ? y : x;
	return longer.n == shorter.n + 1 && longer.p[shorter.n] == 'e' &&
	       memcmp(longer.p, shorter.p, shorter.n) == 0;
}

static void
weigh_pair(verdict *v, const trial *t, size_t k, size_t j)
{
	slice a = t->name[k].text, b = t->text[j].text;

	if (t->name[k].key == t->text[j].key) {
		if (is_same_letters(a, b))
			return;
		v->inflected++;
		v->renumbered = v->renumbered || (k < t->head_count && is_other_number(a, b));
		v->regendered = v->regendered || (k < t->head_count && is_other_gender(a, b));
	} else if (t->name[k].function && t->text[j].function)
		v->function++;
	else if (!t->name[k].function && !t->text[j].function && is_related(a, b)) {
		v->related++;
		v->last_related = v->last_related || k + 1 == t->name_count;
	} else
		v->other++;
}

static bool
is_conjunction(slice s)
{
	return slice_equal(s, SLICE("et")) || slice_equal(s, SLICE("and")) ||
	       slice_equal(s, SLICE("ou")) || slice_equal(s, SLICE("or"));
}

static verdict
judge(const grid *g, const trial *t)
{
	verdict v = { .cost = g->cost[t->name_count][t->text_count] };
	size_t k = t->name_count, j = t->text_count;

	for (size_t n = 0; n < t->name_count; n++)
		v.content += !t->name[n].function && !is_conjunction(t->name[n].text);
	while (k > 0 || j > 0) {
		uint8_t step = g->step[k][j];
		if (step == STEP_PAIR)
			weigh_pair(&v, t, --k, --j);
		else if (step == STEP_LEFT) {
			bool function = t->name[--k].function;
			*(function ? &v.function : &v.left) += 1;
			v.left_at = function ? v.left_at : k;
		} else {
			*(t->text[--j].function ? &v.function : &v.added) += 1;
		}
	}
	return v;
}

bool
name_ends_alike(const trial *t)
{
	const name_piece *a = &t->name[t->name_count - 1], *b = &t->text[t->text_count - 1];

	return a->key == b->key || is_related(a->text, b->text);
}

/* The apostrophe of an elision belongs to it. */
static slice
stretch(const name_piece *p, size_t first, size_t end, bool is_last)
{
	if (first >= end)
		return (slice){ 0 };
	const char *last = p[end - 1].text.p + p[end - 1].text.n;
	if (!is_last && (unsigned char)last[0] == 0xE2)
		last += sizeof("\u2019") - 1;
	else if (!is_last && last[0] == '\'')
		last++;
	return (slice){ p[first].text.p, (size_t)(last - p[first].text.p) };
}

/* What is left of both without the words they share at their beginning and at their end. */
static void
show_difference(verdict *v, const trial *t)
{
	size_t n = t->name_count, m = t->text_count, head = 0, tail = 0;
	size_t least = n < m ? n : m;

	while (head < least && is_same_letters(t->name[head].text, t->text[head].text))
		head++;
	while (tail < least - head &&
		is_same_letters(t->name[n - 1 - tail].text, t->text[m - 1 - tail].text))
		tail++;
	v->right = stretch(t->name, head, n - tail, tail == 0);
	v->is = stretch(t->text, head, m - tail, tail == 0);
}

/* Words of the name, no articles and prepositions, that are not among the first m of the text:
 * so many are off at least. */
static size_t
count_missing(const trial *t, size_t m)
{
	size_t missing = 0;

	for (size_t k = 0; k < t->name_count; k++) {
		size_t j = 0;
		if (t->name[k].function)
			continue;
		while (j < m && t->text[j].key != t->name[k].key)
			j++;
		missing += j == m;
	}
	return missing;
}

/* Cuts the text until it has `most` pieces, at most TEXT_PIECES; the number of those it has. */
static size_t
cut_text(trial *t, size_t most)
{
	size_t end;

	if (t->text_cut < most && t->text_rest.n != 0) {
		t->text_cut += name_pieces(t->text + t->text_cut, most - t->text_cut,
			t->text_rest, &end, t->known == NULL ? NULL : &t->known->keys);
		t->text_rest = t->text_cut < most
				       ? (slice){ 0 }
				       : slice_sub(t->text_rest, end, t->text_rest.n);
	}
	return t->text_cut < most ? t->text_cut : most;
}

/* The pieces of the name. */
static void
cut_name(trial *t)
{
	name_memo *known = t->known;
	size_t i = t->term.term & (NAMES_KEPT - 1), end;

	if (known == NULL) {
		t->name_count = name_pieces(t->name, NAME_PIECES, t->surface, &end, NULL);
		return;
	}
	if (known->names[i].surface.p != t->surface.p) {
		known->names[i].count = name_pieces(
			known->names[i].pieces, NAME_PIECES, t->surface, &end, &known->keys);
		known->names[i].surface = t->surface;
	}
	t->name_count = known->names[i].count;
	memcpy(t->name, known->names[i].pieces, t->name_count * sizeof(*t->name));
}

bool
name_compare(trial *t, const termbase *base, verdict *v)
{
	const term_index *x = &base->indexes[t->term.index];
	grid g;

	t->surface = index_string(x, x->terms[t->term.term].surface);
	cut_name(t);
	t->head_count = 0;
	while (t->head_count < t->name_count && !t->name[t->head_count].function)
		t->head_count++;
	size_t m = cut_text(t, t->name_count + NAME_EXTRA);
	if (t->name_count == 0 || m == 0 || !is_same_letters(t->name[0].text, t->text[0].text))
		return false;
	if (count_missing(t, m) > NAME_MISSING)
		return false;
	fill(&g, t, m);
	t->text_count = find_end(&g, t, m);
	if (t->text_count == 0)
		return false;
	*v = judge(&g, t);
	show_difference(v, t);
	return true;
}
