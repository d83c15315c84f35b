/* The cheapest way through both texts, by dynamic programming in a band around the diagonal.
 * The price of a bead is how unlikely its kind is and how unlikely its lengths. */
#include "text/align.h"

#include <math.h>
#include <string.h>

#define CELLS_MOST ((size_t)1 << 26)
#define BAND_LEAST 60
#define VARIANCE 6.8 /* of length, per character: Gale and Church, table 2 */
#define UNLIKELY 1e-12
#define RATIO_MOST 1.2

/* Kinds of beads and how often they are met: Gale and Church, table 5. */
static const struct {
	uint8_t count[2];
	double share;
} kinds[] = { { { 1, 1 }, 0.89 }, { { 1, 0 }, 0.00495 }, { { 0, 1 }, 0.00495 },
	{ { 2, 1 }, 0.0445 }, { { 1, 2 }, 0.0445 }, { { 2, 2 }, 0.011 } };

#define KINDS (sizeof(kinds) / sizeof(*kinds))

typedef struct grid {
	const uint32_t *length[2];
	size_t n[2];
	double ratio; /* characters of the second for one of the first */
	size_t band;  /* cells on either side of the diagonal */
	float *price; /* (n[0] + 1) rows of 2 band + 1 cells */
	uint8_t *kind;
} grid;

/* Twice the tail of the normal distribution beyond the difference in length. */
static double
price_of_lengths(const grid *g, double a, double b)
{
	double mean = (a + b / g->ratio) / 2;

	if (mean <= 0)
		return 0;
	double delta = fabs(b - a * g->ratio) / sqrt(mean * VARIANCE);
	double chance = erfc(delta / sqrt(2));
	return -log(chance < UNLIKELY ? UNLIKELY : chance);
}

static size_t
diagonal(const grid *g, size_t row)
{
	return g->n[0] == 0 ? 0 : row * g->n[1] / g->n[0];
}

/* The cell of row and column; SIZE_MAX outside the band. */
static size_t
cell(const grid *g, size_t row, size_t column)
{
	size_t middle = diagonal(g, row);

	if (column + g->band < middle || column > middle + g->band)
		return SIZE_MAX;
	return row * (2 * g->band + 1) + (column + g->band - middle);
}

static double
length_of(const grid *g, int side, size_t end, unsigned count)
{
	double sum = 0;

	for (unsigned i = 0; i < count; i++)
		sum += g->length[side][end - 1 - i];
	return sum;
}

static void
fill_cell(grid *g, size_t row, size_t column, size_t at)
{
	for (size_t k = 0; k < KINDS; k++) {
		unsigned a = kinds[k].count[0], b = kinds[k].count[1];
		if (a > row || b > column)
			continue;
		size_t from = cell(g, row - a, column - b);
		if (from == SIZE_MAX || g->price[from] == INFINITY)
			continue;
		double price = g->price[from] - log(kinds[k].share);
		/* A passage that the other text does not have may be as long as it likes. */
		if (a > 0 && b > 0)
			price += price_of_lengths(
				g, length_of(g, 0, row, a), length_of(g, 1, column, b));
		if (price < g->price[at]) {
			g->price[at] = (float)price;
			g->kind[at] = (uint8_t)k;
		}
	}
}

static void
fill(grid *g)
{
	size_t cells = (g->n[0] + 1) * (2 * g->band + 1);

	for (size_t i = 0; i < cells; i++)
		g->price[i] = INFINITY;
	g->price[cell(g, 0, 0)] = 0;
	for (size_t row = 0; row <= g->n[0]; row++) {
		size_t middle = diagonal(g, row);
		size_t column = middle > g->band ? middle - g->band : 0;
		for (; column <= g->n[1] && column <= middle + g->band; column++)
			if (row + column > 0)
				fill_cell(g, row, column, cell(g, row, column));
	}
}

static status
walk_back(const memory *m, const grid *g, align_beads *out)
{
	size_t row = g->n[0], column = g->n[1], at = cell(g, row, column);

	if (at == SIZE_MAX || g->price[at] == INFINITY)
		return STATUS_LIMIT;
	while (row + column > 0) {
		const uint8_t *count = kinds[g->kind[cell(g, row, column)]].count;
		row -= count[0];
		column -= count[1];
		TRY(ARRAY_RESERVE(m, &out->list, 1));
		out->list.at[out->list.n++] = (align_bead){ { (uint32_t)row, (uint32_t)column },
			{ count[0], count[1] } };
	}
	for (size_t i = 0, last = out->list.n; i + 1 < last; i++) {
		align_bead b = out->list.at[i];
		out->list.at[i] = out->list.at[--last];
		out->list.at[last] = b;
	}
	return STATUS_OK;
}

static double
ratio_of(const grid *g)
{
	double sum[2] = { 1, 1 };

	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < g->n[side]; i++)
			sum[side] += g->length[side][i];
	/* French is a fifth longer than English at most: more is a passage that the other text
	 * does not have. */
	double ratio = sum[1] / sum[0];
	return ratio < 1 / RATIO_MOST ? 1 / RATIO_MOST
	       : ratio > RATIO_MOST   ? RATIO_MOST
				      : ratio;
}

status
align_by_length(const memory *m, const uint32_t *first, size_t n, const uint32_t *second,
	size_t k, align_beads *out)
{
	grid g = { .length = { first, second }, .n = { n, k } };
	size_t apart = n > k ? n - k : k - n;

	g.ratio = ratio_of(&g);
	g.band = apart + BAND_LEAST;
	if (n == 0)
		g.band = k;
	if (n + 1 > CELLS_MOST / (2 * g.band + 1))
		return STATUS_LIMIT;
	size_t cells = (n + 1) * (2 * g.band + 1);
	g.price = memory_alloc(m, cells * (sizeof(*g.price) + sizeof(*g.kind)));
	if (g.price == NULL)
		return STATUS_MEMORY;
	g.kind = (uint8_t *)(g.price + cells);
	fill(&g);
	status done = walk_back(m, &g, out);
	memory_free(m, g.price);
	return done;
}
