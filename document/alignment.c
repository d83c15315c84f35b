#include "document/alignment.h"

#include <math.h>
#include <stdlib.h>

#include "document/anchors.h"
#include "document/crossing.h"
#include "document/lattice.h"

#define PASSES 3
#define PASSES_SHORT 4   /* over texts of which a pass learns less: */
#define SHORT 4000       /* passages of both sides */
#define MARGIN 16        /* states on either side of the diagonal in the first pass */
#define MARGIN_LEAST 4   /* … where two anchors are next to each other */
#define MARGIN_MOST 400  /* where the texts are of unlike length between two anchors */
#define MARGIN_LATER 1   /* around the states that a pass did not rule out */
#define RULED_OUT (-9.0) /* less than one chance in eight thousand, as a logarithm */
#define LEARNED 0.05     /* pairs that are less likely are not learned from */
#define PART 4000        /* passages that are worked on at a time */
#define PART_MOST 50000  /* … and at most */
#define SCRATCH 3500     /* bytes that a passage needs in the first pass, or a little more */
#define STEADY 2         /* how far an anchor's neighbours may stray where a text is parted */
#define BELIEF 20.0      /* beads for which stand the usual shares of their kinds, and … */
#define VARIANCE 6.8     /* … of their lengths, per character: Gale and Church, table 2 */
#define STRAY_MOST 2.0   /* times the variance that one bead counts for at most */

/* How often beads are met: Gale and Church, table 5, with two to three passages besides. */
static const double usual[BEAD_KINDS] = { 0.89, 0.02, 0.02, 0.03, 0.03, 0.004, 0.003, 0.003 };

/* --- parts --- */

typedef struct part { /* of both texts: passages first to last - 1 */
	uint32_t first[2], last[2];
	window *rows; /* NULL before the first pass */
} part;

typedef struct aligner {
	const memory *memory;
	const passages *sides;
	arena arena, scratch, lexicon[2]; /* lexicons by turns: one is read, the next written */
	anchors anchors;
	ARRAY(part) parts;
	translations translations;
	explainer explainer;
	passage_pairs pairs;
	habits habits;
	double met[BEAD_KINDS], strays, stray; /* counted since the last pass */
	sums sums;
} aligner;

static bool
is_steady(const anchor *a, const anchor *b)
{
	int64_t x = (int64_t)b->at[0] - a->at[0], y = (int64_t)b->at[1] - a->at[1];

	return x > 0 && y > 0 && llabs(x - y) <= STEADY && x <= 50;
}

/* A part without anchors that is too long to be looked at is cut where the diagonal passes:
 * what stands elsewhere is found again a few passages behind the cut. */
static status
add_part(aligner *l, const part *p)
{
	size_t n[2] = { p->last[0] - p->first[0], p->last[1] - p->first[1] };
	size_t pieces = 1 + (n[0] > n[1] ? n[0] : n[1]) / PART_MOST;

	for (size_t i = 0; i < pieces; i++) {
		part piece = *p;
		for (int k = 0; k < 2; k++) {
			piece.first[k] = p->first[k] + (uint32_t)(i * n[k] / pieces);
			piece.last[k] = p->first[k] + (uint32_t)((i + 1) * n[k] / pieces);
		}
		TRY(ARRAY_RESERVE(l->memory, &l->parts, 1));
		l->parts.at[l->parts.n++] = piece;
	}
	return STATUS_OK;
}

/* Parts end at anchors that stand where those before and after them make one expect. */
static status
cut_parts(aligner *l)
{
	part now = { .last = { (uint32_t)l->sides[0].list.n, (uint32_t)l->sides[1].list.n } };

	for (size_t i = 1; i + 1 < l->anchors.list.n; i++) {
		const anchor *a = &l->anchors.list.at[i];
		if (a->at[0] < now.first[0] + PART || a->at[1] <= now.first[1] ||
			!is_steady(a - 1, a) || !is_steady(a, a + 1))
			continue;
		part cut = now;
		for (int k = 0; k < 2; k++)
			cut.last[k] = now.first[k] = a->at[k];
		TRY(add_part(l, &cut));
	}
	return add_part(l, &now);
}

static void
view_part(const aligner *l, const part *p, passages view[2])
{
	for (int k = 0; k < 2; k++) {
		view[k] = l->sides[k];
		if (p->last[k] > 0)
			view[k].list.at += p->first[k];
		view[k].list.n = p->last[k] - p->first[k];
	}
}

/* --- windows --- */

/* No row may begin before the one above it, nor leave a gap to it. */
static void
mend_rows(window *rows, size_t n, size_t k)
{
	rows[0].from = 0;
	rows[n].to = (uint32_t)k;
	for (size_t i = 1; i <= n; i++) {
		if (rows[i].to < rows[i - 1].to)
			rows[i].to = rows[i - 1].to;
		if (rows[i].from > rows[i - 1].to)
			rows[i].from = rows[i - 1].to;
	}
	for (size_t i = n; i-- > 0;) {
		if (rows[i].from > rows[i + 1].from)
			rows[i].from = rows[i + 1].from;
		if (rows[i].to < rows[i].from)
			rows[i].to = rows[i].from;
	}
}

/* Rows between two states through which the way is expected to lead. */
static void
draw_rows(window *rows, size_t k, const uint32_t a[2], const uint32_t b[2], size_t most)
{
	int64_t high = (int64_t)b[0] - a[0], wide = (int64_t)b[1] - a[1];
	int64_t margin = MARGIN_LEAST + high / 2;

	margin = (margin > MARGIN ? MARGIN : margin) + llabs(high - wide);

	if (margin > (int64_t)most)
		margin = (int64_t)most;
	for (int64_t i = 0; i <= high; i++) {
		int64_t middle = a[1] + (high == 0 ? 0 : i * wide / high);
		int64_t from = middle - margin, to = middle + margin;
		window *row = &rows[a[0] + i];
		from = from < 0 ? 0 : from;
		to = to > (int64_t)k ? (int64_t)k : to;
		row->from = row->to == 0 || from < row->from ? (uint32_t)from : row->from;
		row->to = to > row->to ? (uint32_t)to : row->to;
	}
}

static window *
first_rows(const aligner *l, arena *a, const part *p, size_t most)
{
	size_t n = p->last[0] - p->first[0], k = p->last[1] - p->first[1];
	window *rows = ARENA_ARRAY(a, window, n + 1);
	uint32_t from[2] = { 0, 0 }, to[2];

	if (rows == NULL)
		return NULL;
	for (size_t i = 0; i < l->anchors.list.n; i++) {
		const anchor *x = &l->anchors.list.at[i];
		if (x->at[0] <= p->first[0] + from[0] || x->at[0] >= p->last[0] ||
			x->at[1] < p->first[1] + from[1] || x->at[1] >= p->last[1])
			continue;
		to[0] = x->at[0] - p->first[0];
		to[1] = x->at[1] - p->first[1];
		draw_rows(rows, k, from, to, most);
		memcpy(from, to, sizeof(from));
	}
	to[0] = (uint32_t)n;
	to[1] = (uint32_t)k;
	draw_rows(rows, k, from, to, most);
	mend_rows(rows, n, k);
	return rows;
}

/* The states that are still possible, and a few around them; the lattice is at its end, for its
 * rows may be these. */
static status
narrow_rows(aligner *l, part *p, const lattice *g)
{
	size_t n = g->n[0], k = g->n[1];
	window *rows = p->rows != NULL ? p->rows : ARENA_ARRAY(&l->arena, window, n + 1);

	if (rows == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i <= n; i++) {
		window old = g->rows[i];
		int64_t from = old.to, to = old.from;
		for (uint32_t j = old.from; j <= old.to; j++) {
			size_t at = lattice_state(g, i, j);
			if (g->forward[at] + g->backward[at] - g->all < RULED_OUT)
				continue;
			from = j < from ? j : from;
			to = j > to ? j : to;
		}
		from -= MARGIN_LATER;
		to += MARGIN_LATER;
		rows[i] = (window){ from < 0 ? 0 : (uint32_t)from,
			to > (int64_t)k ? (uint32_t)k : (uint32_t)to };
	}
	mend_rows(rows, n, k);
	p->rows = rows;
	return STATUS_OK;
}

/* --- a pass --- */

static status
open_part(aligner *l, const part *p, lattice *g, passages view[2])
{
	status done = STATUS_LIMIT;

	view_part(l, p, view);
	if (p->rows != NULL)
		return lattice_open(g, &l->scratch, view, p->rows);
	for (size_t most = MARGIN_MOST; done == STATUS_LIMIT && most >= MARGIN; most /= 2) {
		arena_reset(&l->scratch);
		window *rows = first_rows(l, &l->scratch, p, most);
		if (rows == NULL)
			return STATUS_MEMORY;
		done = lattice_open(g, &l->scratch, view, rows);
	}
	return done;
}

/* A few pairs whose lengths are far apart would speak for all. */
static void
count_habits(
	aligner *l, const lattice *g, size_t i, size_t j, const uint8_t count[2], double chance)
{
	const passage *a = &g->sides[0].list.at[i], *b = &g->sides[1].list.at[j];
	edge_odds *o = &l->habits.edges;
	double stray = lattice_stray(g, i, j, count), most = STRAY_MOST * l->habits.variance;

	o->met[0][a->edges[0]][b->edges[0]] += chance;
	o->met[1][a[count[0] - 1].edges[1]][b[count[1] - 1].edges[1]] += chance;
	l->strays += chance;
	l->stray += chance * (stray < most ? stray : most);
}

static status
collect_beads(aligner *l, const part *p, const lattice *g, size_t i, size_t j)
{
	for (size_t k = 0; k < g->kinds; k++) {
		double chance = lattice_chance(g, i, j, k);
		const uint8_t *count = bead_kinds[k];
		l->met[k] += chance;
		if (chance < LEARNED || count[0] == 0 || count[1] == 0)
			continue;
		count_habits(l, g, i, j, count, chance);
		TRY(ARRAY_RESERVE(l->memory, &l->pairs.list, 1));
		l->pairs.list.at[l->pairs.list.n++] = (passage_pair){
			{ p->first[0] + (uint32_t)i, p->first[1] + (uint32_t)j },
			{ count[0], count[1] },
			(float)chance,
		};
	}
	return STATUS_OK;
}

static status
collect_pairs(aligner *l, const part *p, const lattice *g)
{
	for (size_t i = 0; i <= g->n[0]; i++)
		for (size_t j = g->rows[i].from; j <= g->rows[i].to; j++)
			if (!lattice_is_passed_by(g, lattice_state(g, i, j)))
				TRY(collect_beads(l, p, g, i, j));
	return STATUS_OK;
}

/* A passage left out on either side together are worth as much as the pair they might be. */
static double
worth(size_t kind)
{
	return bead_kinds[kind][0] == 0 || bead_kinds[kind][1] == 0 ? 0.5 : 1;
}

/* The way on which most beads are expected to be right, last bead first. */
static status
take_best_way(aligner *l, const part *p, const lattice *g, beads *out)
{
	size_t states = g->offset[g->n[0] + 1], i = 0, j = 0;
	double *best = ARENA_ARRAY(&l->scratch, double, states);
	uint8_t *choice = ARENA_ARRAY(&l->scratch, uint8_t, states);

	if (best == NULL || choice == NULL)
		return STATUS_MEMORY;
	for (size_t row = g->n[0] + 1; row-- > 0;)
		for (size_t column = (size_t)g->rows[row].to + 1;
			column-- > g->rows[row].from;) {
			size_t at = lattice_state(g, row, column);
			best[at] = row == g->n[0] && column == g->n[1] ? 0 : -1;
			for (size_t k = 0; k < BEAD_KINDS; k++) {
				if (g->step[at][k] == -INFINITY)
					continue;
				double next = best[lattice_state(
					g, row + bead_kinds[k][0], column + bead_kinds[k][1])];
				double sum =
					next + worth(k) * lattice_chance(g, row, column, k);
				if (next >= 0 && sum > best[at]) {
					best[at] = sum;
					choice[at] = (uint8_t)k;
				}
			}
		}
	while (i < g->n[0] || j < g->n[1]) {
		size_t k = choice[lattice_state(g, i, j)];
		TRY(ARRAY_RESERVE(l->memory, &out->list, 1));
		out->list.at[out->list.n++] = (bead){
			.first = { p->first[0] + (uint32_t)i, p->first[1] + (uint32_t)j },
			.count = { bead_kinds[k][0], bead_kinds[k][1] },
			.confidence = (float)lattice_chance(g, i, j, k),
		};
		i += bead_kinds[k][0];
		j += bead_kinds[k][1];
	}
	return STATUS_OK;
}

static status
pass_over(aligner *l, part *p, beads *out)
{
	lattice g;
	passages view[2];

	arena_reset(&l->scratch);
	TRY(open_part(l, p, &g, view));
	g.kinds = out == NULL && p->rows == NULL ? PLAIN_KINDS : BEAD_KINDS;
	TRY(lattice_weigh(&g, &l->scratch, &l->explainer, &l->habits));
	lattice_sum(&g, &l->sums);
	if (out != NULL)
		return take_best_way(l, p, &g, out);
	TRY(collect_pairs(l, p, &g));
	return narrow_rows(l, p, &g);
}

/* Kinds that the first pass did not look at keep their usual share. */
static void
settle_habits(aligner *l, size_t kinds)
{
	double all = BELIEF;

	for (size_t k = 0; k < kinds; k++)
		all += l->met[k];
	for (size_t k = 0; k < BEAD_KINDS; k++) {
		l->habits.shares[k] =
			k < kinds ? (l->met[k] + BELIEF * usual[k]) / all : usual[k];
		l->met[k] = 0;
	}
	l->habits.variance = (l->stray + BELIEF * VARIANCE) / (l->strays + BELIEF);
	l->stray = l->strays = 0;
	edge_odds_settle(&l->habits.edges);
}

/* --- the whole --- */

static void
begin_habits(aligner *l)
{
	memcpy(l->habits.shares, usual, sizeof(usual));
	l->habits.variance = VARIANCE;
	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < l->sides[k].list.n; i++)
			edge_odds_add(&l->habits.edges, k, l->sides[k].list.at[i].edges);
	edge_odds_settle(&l->habits.edges);
}

static status
align(aligner *l, beads *out)
{
	size_t longer = l->sides[l->sides[0].list.n < l->sides[1].list.n].list.n;

	l->scratch.least = SCRATCH * (longer < PART ? longer : PART);
	TRY(translations_guess(&l->translations, &l->lexicon[0], l->sides));
	TRY(explainer_open(&l->explainer, &l->lexicon[0], l->sides, &l->translations));
	TRY(anchors_find(&l->anchors, &l->scratch, l->sides, &l->translations));
	TRY(cut_parts(l));
	begin_habits(l);
	bool is_short = l->sides[0].list.n + l->sides[1].list.n < SHORT;
	int passes = is_short ? PASSES_SHORT : PASSES;
	for (int pass = 0; pass < passes; pass++) {
		bool last = pass == passes - 1;
		for (size_t i = 0; i < l->parts.n; i++)
			TRY(pass_over(l, &l->parts.at[i], last ? out : NULL));
		if (last)
			break;
		settle_habits(l, pass == 0 ? PLAIN_KINDS : BEAD_KINDS);
		arena *next = &l->lexicon[(pass + 1) % 2];
		arena_reset(next);
		TRY(translations_learn(&l->translations, next, l->memory, l->sides, &l->pairs));
		TRY(explainer_open(&l->explainer, next, l->sides, &l->translations));
		l->pairs.list.n = 0;
	}
	arena_reset(&l->scratch);
	return crossing_find(out, l->sides, &l->explainer, &l->scratch);
}

static void
aligner_init(aligner *l, const memory *m, const passages sides[2])
{
	*l = (aligner){ .memory = m, .sides = sides };
	arena_init(&l->arena, m);
	arena_init(&l->scratch, m);
	arena_init(&l->lexicon[0], m);
	arena_init(&l->lexicon[1], m);
	sums_init(&l->sums);
}

static void
aligner_free(aligner *l)
{
	ARRAY_FREE(l->memory, &l->anchors.list);
	ARRAY_FREE(l->memory, &l->parts);
	ARRAY_FREE(l->memory, &l->pairs.list);
	arena_free(&l->arena);
	arena_free(&l->scratch);
	arena_free(&l->lexicon[0]);
	arena_free(&l->lexicon[1]);
}

static status
align_passages(const memory *m, const passages sides[2], beads *out)
{
	aligner l;

	aligner_init(&l, m, sides);
	status done = align(&l, out);
	aligner_free(&l);
	return done;
}

/* --- paragraphs, then what is in them --- */

/* The paragraphs of a side as passages: they share its words. */
static status
join_passages(passages *out, arena *a, const passages *p, const uint32_t *starts, size_t n)
{
	*out = *p;
	out->list.at = ARENA_ARRAY(a, passage, n + 1);
	out->list.n = out->list.capacity = n;
	if (out->list.at == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++) {
		passage *whole = &out->list.at[i];
		*whole = (passage){ 0 };
		for (uint32_t k = starts[i]; k < starts[i + 1]; k++) {
			const passage *one = &p->list.at[k];
			if (k == starts[i])
				*whole = *one;
			else {
				whole->count += one->count;
				whole->characters += one->characters + 1;
				whole->edges[1] = one->edges[1];
				whole->known = false;
				whole->sentences =
					(uint16_t)(whole->sentences + one->sentences);
			}
		}
	}
	return STATUS_OK;
}

static status
append(const memory *m, beads *out, bead b)
{
	TRY(ARRAY_RESERVE(m, &out->list, 1));
	out->list.at[out->list.n++] = b;
	return STATUS_OK;
}

/* Passages that nothing faces, one by one. */
static status
append_lonely(const memory *m, beads *out, const part *p, float confidence)
{
	for (int k = 0; k < 2; k++)
		for (uint32_t i = p->first[k]; i < p->last[k]; i++) {
			bead b = { .first = { p->first[0], p->first[1] },
				.confidence = confidence };
			b.first[k] = i;
			b.count[k] = 1;
			if (k == 1)
				b.first[0] = p->last[0];
			TRY(append(m, out, b));
		}
	return STATUS_OK;
}

/* The passages of paragraphs that belong together. */
static status
refine(aligner *l, const part *inside, const bead *whole, beads *out)
{
	size_t n = inside->last[0] - inside->first[0], k = inside->last[1] - inside->first[1];

	if (n == 0 || k == 0)
		return append_lonely(l->memory, out, inside, whole->confidence);
	if (n == 1 && k == 1)
		return append(l->memory, out,
			(bead){ { inside->first[0], inside->first[1] }, { 1, 1 },
				whole->crossing, whole->confidence });
	size_t before = out->list.n;
	part p = *inside;
	TRY(pass_over(l, &p, out));
	for (size_t i = before; i < out->list.n; i++) {
		out->list.at[i].crossing = whole->crossing;
		out->list.at[i].confidence *= whole->confidence;
	}
	return STATUS_OK;
}

#define LOST_MOST 0.3 /* the share of a text that may find no counterpart */

static bool
too_much_is_lost(const beads *b, const passages whole[2])
{
	double all = 1, lost = 0;

	for (size_t i = 0; i < b->list.n; i++)
		for (int k = 0; k < 2; k++)
			for (uint32_t x = 0; x < b->list.at[i].count[k]; x++) {
				double n =
					whole[k].list.at[b->list.at[i].first[k] + x].characters;
				all += n;
				lost += b->list.at[i].count[1 - k] == 0 ? n : 0;
			}
	return lost > LOST_MOST * all;
}

static status
align_inside(aligner *l, const passages sides[2], const paragraphs *in, const beads *whole,
	beads *out)
{
	l->sides = sides;
	l->anchors.list.n = 0;
	for (size_t i = 0; i < whole->list.n; i++) {
		const bead *b = &whole->list.at[i];
		part p = { 0 };
		for (int k = 0; k < 2; k++) {
			p.first[k] = in->starts[k][b->first[k]];
			p.last[k] = in->starts[k][b->first[k] + b->count[k]];
		}
		TRY(refine(l, &p, b, out));
	}
	return STATUS_OK;
}

static status
align_paragraphs(const memory *m, const passages sides[2], const paragraphs *in, beads *out)
{
	aligner l;
	arena a;
	passages whole[2] = { 0 };
	beads found = { 0 };

	aligner_init(&l, m, whole);
	arena_init(&a, m);
	status done = join_passages(&whole[0], &a, &sides[0], in->starts[0], in->n[0]);
	if (done == STATUS_OK)
		done = join_passages(&whole[1], &a, &sides[1], in->starts[1], in->n[1]);
	if (done == STATUS_OK)
		done = align(&l, &found);
	if (done == STATUS_OK && too_much_is_lost(&found, whole))
		done = align_passages(m, sides, out);
	else if (done == STATUS_OK)
		done = align_inside(&l, sides, in, &found, out);
	ARRAY_FREE(m, &found.list);
	arena_free(&a);
	aligner_free(&l);
	return done;
}

status
alignment_find(const memory *m, const passages sides[2], const paragraphs *in, beads *out)
{
	*out = (beads){ 0 };
	status done = in != NULL ? align_paragraphs(m, sides, in, out)
				 : align_passages(m, sides, out);
	if (done != STATUS_OK)
		ARRAY_FREE(m, &out->list);
	return done;
}
