/* One walk through the automaton with a row of the edit-distance table per depth (the table's
 * common rows are shared by all spellings with the same beginning), only a band around the
 * diagonal filled in: eight lanes. A cell holds what the edits so far leave of the bound, and
 * nothing when they leave nothing, so that a row without a cell is a branch to leave. Most
 * edges lead nowhere: which letters may lead on from a row is settled once for all its edges.
 *
 * Costs are what typists and spellers do, found on lists of real errors (bench/suggest.c):
 * letters doubled or not, neighbours exchanged, letters that sound alike, hyphens and
 * apostrophes forgotten are half an edit; a wrong first letter is rarer than any other. */
#include "text/suggest_search.h"

#include <string.h>

#include "text/lanes.h"

#define BAND 3 /* cells on each side of the diagonal; the eighth lane stays empty */
#define DEPTH (SEARCH_BYTES + BAND + 1)
#define BEFORE 4 /* numbers before the query, and LANES behind, that a row may load too; */
#define PADDED (BEFORE + SEARCH_BYTES + LANES)
#define FAR 0x3FFF /* they cost more than any bound, and four of them can be added */

#define COST_DOUBLED 55
#define COST_SWAPPED 65
#define COST_ALIKE 75
#define COST_VOWEL 85
#define COST_JOINT 30
#define COST_FIRST 30 /* on top, for the first letter */

/* The rows of one depth; lane k is the cell before letter depth − BAND + k of the query. */
typedef struct level {
	lanes row;
	lanes swapped; /* the row above, had the last two letters been exchanged */
	uint32_t edge, base;
	uint32_t wanted; /* letters that may lead on: see bit_of */
} level;

/* Of the letters of the query; letter i stands at BEFORE + i. */
typedef struct walk {
	const lexicon_map *map;
	const unsigned char *query;
	size_t n;
	uint16_t room; /* 1 more than the bound */
	bool is_odd;   /* the query has something else than a–z */
	uint16_t letters[PADDED];
	uint16_t costs[32]
		      [PADDED]; /* of a–z (c & 31) in the place of each; 0: of other bytes */
	uint16_t extra[3]
		      [PADDED]; /* each as one too many, it and one before, and three before */
	uint32_t exact[PADDED]; /* its bit */
	uint32_t close[PADDED]; /* and those of the letters that cost less than any other */
	unsigned char path[DEPTH + 1];
	level levels[DEPTH + 1];
} walk;

static bool
is_joint(unsigned char c)
{
	return c == '-' || c == '\'' || c == ' ' || c == '.';
}

static bool
is_vowel(unsigned char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static bool
is_letter(unsigned char c)
{
	return c >= 'a' && c <= 'z';
}

/* The bit of a letter; all other bytes share one. */
static uint32_t
bit_of(unsigned char c)
{
	return 1u << (is_letter(c) ? c & 31 : 0);
}

/* Letters that are taken for one another by ear in French or English, both ways. */
static bool
sounds_alike(unsigned char a, unsigned char b)
{
#define BIT(c) (1u << ((c)&31))
	static const uint32_t alike[32] = {
		['b' & 31] = BIT('p'),
		['c' & 31] = BIT('k') | BIT('q') | BIT('s') | BIT('t') | BIT('x'),
		['d' & 31] = BIT('t'),
		['f' & 31] = BIT('v'),
		['g' & 31] = BIT('j'),
		['i' & 31] = BIT('y'),
		['j' & 31] = BIT('g'),
		['k' & 31] = BIT('c') | BIT('q'),
		['m' & 31] = BIT('n'),
		['n' & 31] = BIT('m'),
		['p' & 31] = BIT('b'),
		['q' & 31] = BIT('c') | BIT('k'),
		['s' & 31] = BIT('c') | BIT('x') | BIT('z'),
		['t' & 31] = BIT('c') | BIT('d'),
		['v' & 31] = BIT('f') | BIT('w'),
		['w' & 31] = BIT('v'),
		['x' & 31] = BIT('c') | BIT('s'),
		['y' & 31] = BIT('i'),
		['z' & 31] = BIT('s'),
	};

	return is_letter(a) && is_letter(b) && (alike[a & 31] & bit_of(b)) != 0;
}

static uint16_t
substitution(unsigned char a, unsigned char b, size_t at)
{
	unsigned first = at == 0 ? COST_FIRST : 0;

	if (a == b)
		return 0;
	if (is_joint(a) && is_joint(b))
		return COST_JOINT;
	if (is_vowel(a) && is_vowel(b))
		return (uint16_t)(COST_VOWEL + first);
	return (uint16_t)((sounds_alike(a, b) ? COST_ALIKE : SEARCH_EDIT) + first);
}

/* A letter too many or too few, `neighbour` and `other` standing beside it. */
static uint16_t
single(unsigned char c, unsigned char neighbour, unsigned char other, size_t at)
{
	if (is_joint(c))
		return COST_JOINT;
	if (c == neighbour || c == other)
		return COST_DOUBLED;
	return (uint16_t)((c == 'h' ? COST_ALIKE : SEARCH_EDIT) + (at == 0 ? COST_FIRST : 0));
}

/* ---- the query ---- */

/* A letter has the same costs wherever it stands, but for the first place. */
static void
fill_costs(walk *w, size_t i)
{
	const unsigned char q = w->query[i];
	const void *same = i > 1 ? memchr(w->query + 1, q, i - 1) : NULL;
	size_t at = BEFORE + i;
	size_t from =
		same == NULL ? 0 : BEFORE + (size_t)((const unsigned char *)same - w->query);

	w->costs[0][at] = substitution(q, 0, i);
	w->close[at] = same == NULL ? 0 : w->close[from];
	for (unsigned char c = 'a'; c <= 'z'; c++) {
		uint16_t *costs = w->costs[c & 31];
		costs[at] = same == NULL ? substitution(q, c, i) : costs[from];
		if (costs[at] < SEARCH_EDIT)
			w->close[at] |= bit_of(c);
	}
}

static void
fill_far(uint16_t costs[PADDED])
{
	for (size_t i = 0; i < PADDED; i++)
		costs[i] = FAR;
}

static void
fill_query(walk *w)
{
	w->is_odd = false;
	memset(w->letters, 0, sizeof(w->letters));
	memset(w->exact, 0, sizeof(w->exact));
	memset(w->close, 0, sizeof(w->close));
	fill_far(w->extra[0]);
	fill_far(w->costs[0]);
	for (unsigned char c = 'a'; c <= 'z'; c++)
		fill_far(w->costs[c & 31]);
	for (size_t i = 0; i < w->n; i++) {
		w->letters[BEFORE + i] = w->query[i];
		w->exact[BEFORE + i] = bit_of(w->query[i]);
		w->is_odd |= !is_letter(w->query[i]);
		w->extra[0][BEFORE + i] = single(w->query[i], i > 0 ? w->query[i - 1] : 0,
			i + 1 < w->n ? w->query[i + 1] : 0, i);
		fill_costs(w, i);
	}
	fill_far(w->extra[1]);
	fill_far(w->extra[2]);
	for (size_t i = 1; i < PADDED; i++)
		w->extra[1][i] = (uint16_t)(w->extra[0][i] + w->extra[0][i - 1]);
	for (size_t i = 2; i < PADDED; i++)
		w->extra[2][i] = (uint16_t)(w->extra[1][i] + w->extra[1][i - 2]);
}

/* ---- the table ---- */

/* Where the letter of the query that the first lane of row depth + 1 ends with stands. */
static size_t
first_of(size_t depth)
{
	return BEFORE + depth - BAND;
}

static void
first_row(walk *w)
{
	uint16_t cells[LANES] = { 0 };

	cells[BAND] = w->room;
	for (size_t i = 0; i < BAND && i < w->n; i++) {
		uint16_t cost = w->extra[0][BEFORE + i], *cell = &cells[BAND + i];
		cell[1] = (uint16_t)(cell[0] > cost ? cell[0] - cost : 0);
	}
	w->levels[0].row = lanes_load(cells);
	w->levels[0].swapped = lanes_all(0);
	w->levels[0].wanted = UINT32_MAX;
}

/* The costs of a byte that is no letter in the place of those that a row asks for. */
static lanes
odd_costs(const walk *w, size_t depth, unsigned char c)
{
	uint16_t costs[LANES];
	size_t at = first_of(depth);

	if (!w->is_odd)
		return lanes_load(&w->costs[0][at]);
	for (size_t k = 0; k < LANES; k++, at++)
		costs[k] = at >= BEFORE && at < BEFORE + w->n
				   ? substitution(w->query[at - BEFORE], c, at - BEFORE)
				   : FAR;
	return lanes_load(costs);
}

/* Row depth + 1, behind letter c, from the rows above it. */
static lanes
next_row(const walk *w, size_t depth, unsigned char c)
{
	static const uint16_t band[LANES] = { 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF,
		0xFFFF, 0 };
	const lanes up = w->levels[depth].row;
	size_t at = first_of(depth);
	uint16_t missing = single(c, depth > 0 ? w->path[depth - 1] : 0,
		depth < w->n ? w->query[depth] : 0, depth);
	lanes costs = is_letter(c) ? lanes_load(&w->costs[c & 31][at]) : odd_costs(w, depth, c);
	lanes row = lanes_most(
		lanes_less(lanes_down(up), lanes_all(missing)), lanes_less(up, costs));
	lanes swaps = lanes_equal(lanes_load(&w->letters[at - 1]), lanes_all(c));

	row = lanes_most(row, lanes_and(w->levels[depth].swapped, swaps));
	row = lanes_most(row, lanes_less(lanes_up(row), lanes_load(&w->extra[0][at])));
	row = lanes_most(row, lanes_less(lanes_up2(row), lanes_load(&w->extra[1][at])));
	row = lanes_most(row, lanes_less(lanes_up4(row), lanes_load(&w->extra[2][at])));
	return lanes_and(row, lanes_load(band));
}

/* What an exchange of the last letter with the next would leave, behind row depth. */
static lanes
swapped_after(const walk *w, size_t depth)
{
	lanes first = lanes_load(&w->letters[first_of(depth)]);

	return lanes_and(lanes_less(w->levels[depth - 1].row, lanes_all(COST_SWAPPED)),
		lanes_equal(first, lanes_all(w->path[depth - 1])));
}

/* The letters of the query at the lanes that are alive. */
static uint32_t
letters_at(const uint32_t *bits, unsigned alive)
{
	uint32_t letters = 0;

	for (; alive != 0; alive &= alive - 1)
		letters |= bits[__builtin_ctz(alive)];
	return letters;
}

/* The letters whose row behind row depth may have a cell. May say too many. */
static uint32_t
wanted_after(const walk *w, size_t depth)
{
	const level *l = &w->levels[depth];
	size_t at = first_of(depth);
	uint32_t wanted = w->is_odd;

	if (lanes_alive(lanes_less(l->row, lanes_all(SEARCH_EDIT))))
		return UINT32_MAX;
	wanted |= letters_at(&w->exact[at], lanes_alive(l->row));
	wanted |= letters_at(&w->exact[at - 1], lanes_alive(l->swapped));
	if (lanes_alive(lanes_less(l->row, lanes_all(COST_JOINT))))
		wanted |= 1;
	if (lanes_alive(lanes_less(l->row, lanes_all(COST_DOUBLED))))
		wanted |= bit_of(w->path[depth - 1]) | (depth < w->n ? w->exact[at + BAND] : 0);
	unsigned alike = lanes_alive(lanes_less(l->row, lanes_all(COST_ALIKE)));
	if (alike != 0)
		wanted |= letters_at(&w->close[at], alike) | bit_of('h');
	return wanted;
}

static void
add_hit(search_result *out, uint32_t group, uint32_t cost)
{
	if (out->n < SEARCH_HITS)
		out->hits[out->n++] = (search_hit){ group, cost };
}

static void
descend(walk *w, size_t depth, const struct lexicon_edge *e, lanes row)
{
	level *l = &w->levels[depth + 1];

	w->path[depth] = (unsigned char)e->label;
	l->row = row;
	l->swapped = swapped_after(w, depth + 1);
	l->edge = e->target;
	l->base = w->levels[depth].base + e->skipped + e->final;
	l->wanted = wanted_after(w, depth + 1);
}

/* What the row behind an edge leaves of the bound when a spelling ends there; 0: nothing. */
static uint16_t
room_at_end(const walk *w, size_t depth, lanes row)
{
	uint16_t cells[LANES];

	if (depth + 1 + BAND < w->n || depth + 1 > w->n + BAND)
		return 0;
	lanes_store(cells, row);
	return cells[w->n + BAND - (depth + 1)];
}

/* The next edge of a level that may lead on; NULL: there is none, or the budget is spent. */
static const struct lexicon_edge *
next_wanted(const lexicon_map *m, level *l, uint32_t budget, uint32_t *steps)
{
	while (l->edge != 0 && l->edge < m->edge_count && *steps < budget) {
		const struct lexicon_edge *e = &m->edges[l->edge];
		l->edge = e->last ? 0 : l->edge + 1;
		++*steps;
		if ((bit_of((unsigned char)e->label) & l->wanted) != 0)
			return e;
	}
	return NULL;
}

static void
run(walk *w, uint32_t budget, search_result *out)
{
	size_t depth = 0;

	w->levels[0].edge = w->map->edges[0].target;
	w->levels[0].base = 0;
	for (;;) {
		level *l = &w->levels[depth];
		const struct lexicon_edge *e = next_wanted(w->map, l, budget, &out->steps);
		if (e == NULL && depth == 0)
			return;
		if (e == NULL) {
			depth--;
			continue;
		}
		lanes row = next_row(w, depth, (unsigned char)e->label);
		if (lanes_alive(row) == 0)
			continue;
		uint16_t left = e->final ? room_at_end(w, depth, row) : 0;
		if (left != 0)
			add_hit(out, l->base + e->skipped, (uint32_t)(w->room - left));
		if (e->target != 0 && depth + 1 < w->n + BAND)
			descend(w, depth++, e, row);
	}
}

void
search_near(
	const lexicon_map *m, slice folded, uint32_t bound, uint32_t budget, search_result *out)
{
	walk w;

	out->n = 0;
	out->steps = 0;
	if (folded.n == 0 || folded.n > SEARCH_BYTES)
		return;
	w.map = m;
	w.query = (const unsigned char *)folded.p;
	w.n = folded.n;
	w.room = (uint16_t)((bound < FAR ? bound : FAR - 1) + 1);
	fill_query(&w);
	first_row(&w);
	run(&w, budget, out);
}
