#include "document/lattice.h"

#include <math.h>
#include <stdlib.h>

#include "document/document.h"

#define STATES_MOST ((size_t)3 << 20)
#define RATIO_BELIEF 1000 /* characters, for which the texts are taken to be equally long */
#define LENGTH_BONUS 0.6  /* of lengths that fit, beside lengths drawn at random */
#define LENGTH_WORST (-10)
#define SENTENCE_PRICE 6.0 /* for each sentence that one side has more … */
#define SPLIT_PRICE 1.5    /* … where a passage that is one sentence faces two */
#define KIND_PRICE 3.0     /* a heading does not face a note */
#define MARKER_BONUS 2.0   /* “(b)” faces « b) » */
#define MARKER_PRICE 4.0   /* … and not « c) » */
#define TOGETHER_PRICE \
	6.0 /* of a passage that is known to be translated as it is, with another */
#define UNLIKELY (-20.0) /* the logarithm of a chance that is none */

const uint8_t bead_kinds[BEAD_KINDS][2] = { { 1, 1 }, { 1, 0 }, { 0, 1 }, { 1, 2 }, { 2, 1 },
	{ 2, 2 }, { 1, 3 }, { 3, 1 } };

static double
length_ratio(const passages sides[2])
{
	double all[2] = { RATIO_BELIEF, RATIO_BELIEF };

	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < sides[k].list.n; i++)
			all[k] += sides[k].list.at[i].characters;
	double ratio = all[1] / all[0];
	return ratio < 0.5 ? 0.5 : ratio > 2 ? 2 : ratio;
}

static status
sum_up_lengths(lattice *l, arena *a)
{
	l->ratio = length_ratio(l->sides);
	for (int k = 0; k < 2; k++) {
		const passage *p = l->sides[k].list.at;
		l->length[k] = ARENA_ARRAY(a, double, l->n[k] + 1);
		l->sentences[k] = ARENA_ARRAY(a, uint32_t, l->n[k] + 1);
		if (l->length[k] == NULL || l->sentences[k] == NULL)
			return STATUS_MEMORY;
		for (size_t i = 0; i < l->n[k]; i++) {
			double characters = p[i].characters;
			l->length[k][i + 1] =
				l->length[k][i] + (k == 0 ? characters : characters / l->ratio);
			l->sentences[k][i + 1] = l->sentences[k][i] + p[i].sentences;
		}
	}
	return STATUS_OK;
}

status
lattice_open(lattice *l, arena *a, const passages sides[2], window *rows)
{
	size_t states = 0;

	*l = (lattice){ .sides = sides,
		.n = { sides[0].list.n, sides[1].list.n },
		.kinds = BEAD_KINDS,
		.rows = rows };
	l->offset = ARENA_ARRAY(a, size_t, l->n[0] + 2);
	if (l->offset == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i <= l->n[0]; i++) {
		l->offset[i] = states;
		states += rows[i].to - rows[i].from + 1;
		if (states > STATES_MOST)
			return STATUS_LIMIT;
	}
	l->offset[l->n[0] + 1] = states;
	l->step = arena_array(a, states, sizeof(*l->step), alignof(float));
	l->forward = ARENA_ARRAY(a, double, states);
	l->backward = ARENA_ARRAY(a, double, states);
	return l->step == NULL || l->forward == NULL || l->backward == NULL
		       ? STATUS_MEMORY
		       : sum_up_lengths(l, a);
}

/* --- pairs of passages --- */

/* For passage i of the first text and j of the second, near each other: how well j is explained
 * by one, two and three passages from i on, and i by those from j on. */
typedef struct pair_words {
	float of[2][BEAD_MOST];
} pair_words;

typedef struct pair_table {
	window *rows; /* by passage of the first text; to is the last one */
	size_t *offset;
	pair_words *at;
} pair_table;

static window
pair_row(const lattice *l, size_t i)
{
	size_t earliest = i < BEAD_MOST - 1 ? 0 : i - (BEAD_MOST - 1);
	size_t to = (size_t)l->rows[i].to + BEAD_MOST - 1;

	if (to >= l->n[1])
		to = l->n[1] - 1;
	uint32_t from = l->rows[earliest].from;
	return (window){ from > to ? (uint32_t)to : from, (uint32_t)to };
}

static status
open_pairs(pair_table *p, arena *a, const lattice *l)
{
	size_t cells = 0;

	p->rows = ARENA_ARRAY(a, window, l->n[0]);
	p->offset = ARENA_ARRAY(a, size_t, l->n[0]);
	if (p->rows == NULL || p->offset == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < l->n[0]; i++) {
		p->rows[i] = pair_row(l, i);
		p->offset[i] = cells;
		cells += p->rows[i].to - p->rows[i].from + 1;
	}
	p->at = ARENA_ARRAY(a, pair_words, cells);
	return p->at == NULL ? STATUS_MEMORY : STATUS_OK;
}

static pair_words *
pair_at(const pair_table *p, size_t i, size_t j)
{
	return &p->at[p->offset[i] + (j - p->rows[i].from)];
}

static bool
pair_has(const pair_table *p, size_t i, size_t j)
{
	return j >= p->rows[i].from && j <= p->rows[i].to;
}

/* Passages of one side in the largest beads that are looked at. */
static unsigned
most_passages(const lattice *l)
{
	return l->kinds == BEAD_KINDS ? BEAD_MOST : BEAD_MOST - 1;
}

/* Passages first on, as many as explain together, take their places; passage p stands at place
 * p % most. */
static void
begin_row(explainer *r, int from, size_t n, unsigned most)
{
	for (unsigned place = 0; place < most; place++)
		if (place < n)
			explain_with(r, from, place, place);
}

/* Passage first is done with, and the next one takes its place. */
static void
move_row(explainer *r, int from, size_t first, size_t n, unsigned most)
{
	unsigned place = (unsigned)(first % most);

	explain_nothing(r, from, place);
	if (first + most < n)
		explain_with(r, from, place, (uint32_t)(first + most));
}

/* The first text explains the second, row by row. */
static void
explain_rows(const lattice *l, explainer *r, const pair_table *p)
{
	unsigned most = most_passages(l);

	begin_row(r, 0, l->n[0], most);
	for (size_t i = 0; i < l->n[0]; i++) {
		for (size_t j = p->rows[i].from; j <= p->rows[i].to; j++)
			explained(r, 1, (uint32_t)j, (unsigned)(i % most), most,
				pair_at(p, i, j)->of[0]);
		move_row(r, 0, i, l->n[0], most);
	}
}

/* The second text explains the first, column by column. */
static void
explain_columns(const lattice *l, explainer *r, const pair_table *p)
{
	unsigned most = most_passages(l);
	size_t top = 0;

	begin_row(r, 1, l->n[1], most);
	for (size_t j = 0; j < l->n[1]; j++) {
		while (top < l->n[0] && p->rows[top].to < j)
			top++;
		for (size_t i = top; i < l->n[0] && pair_has(p, i, j); i++)
			explained(r, 0, (uint32_t)i, (unsigned)(j % most), most,
				pair_at(p, i, j)->of[1]);
		move_row(r, 1, j, l->n[1], most);
	}
}

/* --- beads --- */

double
lattice_stray(const lattice *l, size_t i, size_t j, const uint8_t count[2])
{
	double x = l->length[0][i + count[0]] - l->length[0][i];
	double y = l->length[1][j + count[1]] - l->length[1][j];
	double apart = (y - x) * l->ratio;

	return apart * apart / ((x + y) / 2 + 1);
}

static double
weigh_lengths(double stray, double variance)
{
	double fit = LENGTH_BONUS - stray / variance / 2;

	return fit < LENGTH_WORST ? LENGTH_WORST : fit;
}

/* A passage that is one sentence may face two. */
static double
weigh_sentences(const lattice *l, size_t i, size_t j, const uint8_t count[2])
{
	uint32_t a = l->sentences[0][i + count[0]] - l->sentences[0][i];
	uint32_t b = l->sentences[1][j + count[1]] - l->sentences[1][j];
	bool split = a == count[0] && b == count[1];

	return -(split ? SPLIT_PRICE : SENTENCE_PRICE) * (double)(a > b ? a - b : b - a);
}

/* How the two begin: headings, notes and cells keep to their own, and so do marked items. */
static double
weigh_beginnings(const passage *a, const passage *b)
{
	double weight = 0;

	if (a->kind != b->kind && (a->kind == BLOCK_HEADING || b->kind == BLOCK_HEADING ||
					  a->kind == BLOCK_NOTE || b->kind == BLOCK_NOTE ||
					  a->kind == BLOCK_CELL || b->kind == BLOCK_CELL))
		weight -= KIND_PRICE;
	if (a->marker != 0 && b->marker != 0)
		weight += a->marker == b->marker ? MARKER_BONUS : -MARKER_PRICE;
	return weight;
}

static double
weigh_edges(const edge_odds *o, const passage *const first[2], const uint8_t count[2])
{
	const passage *last[2] = { first[0] + count[0] - 1, first[1] + count[1] - 1 };

	return o->weight[0][first[0]->edges[0]][first[1]->edges[0]] +
	       o->weight[1][last[0]->edges[1]][last[1]->edges[1]];
}

/* The cells of passages i to i + 2 of the first text with those from j on of the second. */
typedef struct pair_rows {
	const pair_words *at[BEAD_MOST];
} pair_rows;

static double
weigh_words(const pair_rows *r, unsigned a, unsigned b)
{
	double sum = 0;

	for (unsigned x = 0; x < b; x++)
		sum += (double)r->at[0][x].of[0][a - 1];
	for (unsigned x = 0; x < a; x++)
		sum += (double)r->at[x][0].of[1][b - 1];
	return sum / 2;
}

static double
weigh_known(const passage *const first[2], const uint8_t count[2])
{
	unsigned known = 0;

	if (count[0] == 1 && count[1] == 1)
		return 0;
	for (int k = 0; k < 2; k++)
		for (unsigned i = 0; i < count[k]; i++)
			known += first[k][i].known;
	return -TOGETHER_PRICE * known;
}

static double
weigh_bead(const lattice *l, const pair_rows *r, size_t i, size_t j, const uint8_t count[2],
	const habits *of)
{
	const passage *first[2] = { &l->sides[0].list.at[i], &l->sides[1].list.at[j] };

	return weigh_words(r, count[0], count[1]) +
	       weigh_lengths(lattice_stray(l, i, j, count), of->variance) +
	       weigh_beginnings(first[0], first[1]) + weigh_known(first, count) +
	       weigh_edges(&of->edges, first, count) + weigh_sentences(l, i, j, count);
}

static void
weigh_state(lattice *l, const pair_table *p, size_t i, size_t j, const double price[BEAD_KINDS],
	const habits *of)
{
	float *step = l->step[lattice_state(l, i, j)];
	pair_rows r = { { NULL } };

	for (size_t x = 0; x < BEAD_MOST && i + x < l->n[0] && j < l->n[1]; x++)
		if (pair_has(p, i + x, j))
			r.at[x] = pair_at(p, i + x, j);
	for (size_t k = 0; k < BEAD_KINDS; k++) {
		const uint8_t *count = bead_kinds[k];
		step[k] = -INFINITY;
		if (k >= l->kinds || !lattice_has(l, i + count[0], j + count[1]))
			continue;
		double weight = price[k];
		if (count[0] != 0 && count[1] != 0)
			weight += weigh_bead(l, &r, i, j, count, of);
		step[k] = (float)weight;
	}
}

status
lattice_weigh(lattice *l, arena *scratch, explainer *explaining, const habits *of)
{
	pair_table p = { 0 };
	double price[BEAD_KINDS];

	if (l->n[0] != 0 && l->n[1] != 0) {
		TRY(explainer_look_at(explaining, scratch, l->sides));
		TRY(open_pairs(&p, scratch, l));
		explain_rows(l, explaining, &p);
		explain_columns(l, explaining, &p);
	}
	for (size_t k = 0; k < BEAD_KINDS; k++)
		price[k] = log(of->shares[k]);
	for (size_t i = 0; i <= l->n[0]; i++)
		for (size_t j = l->rows[i].from; j <= l->rows[i].to; j++)
			weigh_state(l, &p, i, j, price, of);
	return STATUS_OK;
}

/* --- sums --- */

void
sums_init(sums *t)
{
	for (size_t i = 0; i < sizeof(t->at) / sizeof(*t->at); i++)
		t->at[i] = (float)log1p(exp(-(double)i / SUM_STEPS));
}

/* log(exp(a) + exp(b)) */
static inline double
add_logs(const sums *t, double a, double b)
{
	double high = a < b ? b : a, apart = a < b ? b - a : a - b;

	if (!(apart < SUM_NEAR)) /* or both are -INFINITY */
		return high;
	double x = apart * SUM_STEPS;
	size_t i = (size_t)x;
	double rest = x - (double)i;
	return high + (double)t->at[i] + rest * (double)(t->at[i + 1] - t->at[i]);
}

/* By kind: the state that a bead leads to from (i, 0), or what is to be added to a column for
 * it when that is outside. */
static void
find_ends(const lattice *l, size_t i, size_t ends[BEAD_KINDS])
{
	for (size_t k = 0; k < l->kinds; k++) {
		size_t row = i + bead_kinds[k][0];
		if (row <= l->n[0])
			ends[k] = l->offset[row] - l->rows[row].from + bead_kinds[k][1];
	}
}

static void
sum_backward(lattice *l, const sums *t)
{
	size_t ends[BEAD_KINDS] = { 0 };

	for (size_t i = l->n[0] + 1; i-- > 0;) {
		find_ends(l, i, ends);
		for (size_t j = (size_t)l->rows[i].to + 1; j-- > l->rows[i].from;) {
			size_t at = lattice_state(l, i, j);
			double sum = i == l->n[0] && j == l->n[1] ? 0 : -INFINITY;
			for (size_t k = 0; k < l->kinds; k++)
				if (l->step[at][k] != -INFINITY)
					sum = add_logs(t, sum,
						(double)l->step[at][k] +
							l->backward[ends[k] + j]);
			l->backward[at] = sum;
		}
	}
}

static void
sum_forward(lattice *l, const sums *t)
{
	size_t ends[BEAD_KINDS] = { 0 };

	for (size_t at = 0; at < l->offset[l->n[0] + 1]; at++)
		l->forward[at] = -INFINITY;
	l->forward[0] = 0;
	for (size_t i = 0; i <= l->n[0]; i++) {
		find_ends(l, i, ends);
		for (size_t j = l->rows[i].from; j <= l->rows[i].to; j++) {
			size_t at = lattice_state(l, i, j);
			for (size_t k = 0; k < l->kinds; k++) {
				if (l->step[at][k] == -INFINITY)
					continue;
				double *to = &l->forward[ends[k] + j];
				*to = add_logs(t, *to, l->forward[at] + (double)l->step[at][k]);
			}
		}
	}
}

void
lattice_sum(lattice *l, const sums *t)
{
	sum_forward(l, t);
	sum_backward(l, t);
	l->all = l->forward[lattice_state(l, l->n[0], l->n[1])];
}

bool
lattice_is_passed_by(const lattice *l, size_t state)
{
	return !(l->forward[state] + l->backward[state] - l->all >= UNLIKELY);
}

double
lattice_chance(const lattice *l, size_t i, size_t j, size_t k)
{
	size_t at = lattice_state(l, i, j);

	if (l->step[at][k] == -INFINITY || l->forward[at] == -INFINITY)
		return 0;
	double to = l->backward[lattice_state(l, i + bead_kinds[k][0], j + bead_kinds[k][1])];
	if (to == -INFINITY)
		return 0;
	double sum = l->forward[at] + (double)l->step[at][k] + to - l->all;
	return sum >= 0 ? 1 : sum < UNLIKELY ? 0 : exp(sum);
}
