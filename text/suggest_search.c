/* One walk through the automaton with a row of the edit-distance table per depth (the table's
 * common rows are shared by all spellings with the same beginning), only a band around the
 * diagonal filled in, and a branch left as soon as its whole row is above the bound.
 *
 * Costs are what typists and spellers do, found on lists of real errors (bench/suggest.c):
 * letters doubled or not, neighbours exchanged, letters that sound alike, hyphens and
 * apostrophes forgotten are half an edit; a wrong first letter is rarer than any other. */
#include "text/suggest_search.h"

#include <string.h>

#define BAND 3
#define DEPTH (SEARCH_BYTES + BAND + 1)
#define FAR 10000

#define COST_DOUBLED 55
#define COST_SWAPPED 65
#define COST_ALIKE 75
#define COST_VOWEL 85
#define COST_JOINT 30
#define COST_FIRST 30 /* on top, for the first letter */

typedef struct walk {
	const lexicon_map *map;
	const unsigned char *query;
	size_t n;
	uint32_t bound;
	uint16_t substitutions[SEARCH_BYTES][32]; /* by the letter for a–z (c & 31) */
	uint16_t extra[SEARCH_BYTES];             /* each letter of the query as one too many */
	unsigned char path[DEPTH + 1];
	uint16_t rows[DEPTH + 1][SEARCH_BYTES + BAND + 2];
	struct {
		uint32_t edge, base;
	} frames[DEPTH + 1];
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

/* Letters that are taken for one another by ear in French or English, both ways. */
static bool
sounds_alike(unsigned char a, unsigned char b)
{
	static const char pairs[] = "cs sz ck ckq kq cq mn iy gj dt fv bp tc sx vw xc";

	if (!is_letter(a) || !is_letter(b))
		return false;
	for (const char *p = pairs; *p != '\0'; p++)
		if (p[1] != '\0' && ((p[0] == (char)a && p[1] == (char)b) ||
					    (p[0] == (char)b && p[1] == (char)a)))
			return true;
	return false;
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

/* One row for each letter of the query; the same letter has the same row but for the first. */
static void
fill_substitutions(walk *w)
{
	size_t seen[256] = { 0 };

	for (size_t j = 0; j < w->n; j++) {
		size_t *same = &seen[w->query[j]];
		if (*same != 0) {
			memcpy(w->substitutions[j], w->substitutions[*same],
				sizeof(w->substitutions[j]));
			continue;
		}
		for (unsigned char c = 'a'; c <= 'z'; c++)
			w->substitutions[j][c & 31] = substitution(w->query[j], c, j);
		*same = j;
	}
}

static uint16_t
least(uint16_t a, uint16_t b)
{
	return a < b ? a : b;
}

static void
fill_extra(walk *w)
{
	for (size_t j = 0; j < w->n; j++)
		w->extra[j] = single(w->query[j], j > 0 ? w->query[j - 1] : 0,
			j + 1 < w->n ? w->query[j + 1] : 0, j);
}

/* Row depth + 1 from the rows above it; returns the least cost in it. */
static uint16_t
fill_row(walk *w, size_t depth)
{
	const unsigned char c = w->path[depth];
	const uint16_t *up = w->rows[depth];
	uint16_t *row = w->rows[depth + 1], best = FAR;
	size_t first = depth + 1 > BAND ? depth + 1 - BAND : 0;
	size_t last = depth + 1 + BAND < w->n ? depth + 1 + BAND : w->n;
	uint16_t missing = single(c, depth > 0 ? w->path[depth - 1] : 0,
		depth < w->n ? w->query[depth] : 0, depth);

	if (first > 0)
		row[first - 1] = FAR;
	for (size_t j = first; j <= last; j++) {
		uint16_t cost = (uint16_t)(up[j] + missing);
		if (j > 0) {
			unsigned char q = w->query[j - 1];
			uint16_t replaced = is_letter(c) ? w->substitutions[j - 1][c & 31]
							 : substitution(q, c, j - 1);
			cost = least(cost, (uint16_t)(up[j - 1] + replaced));
			if (j > first)
				cost = least(cost, (uint16_t)(row[j - 1] + w->extra[j - 1]));
			if (j > 1 && depth > 0 && q == w->path[depth - 1] &&
				w->query[j - 2] == c && q != c)
				cost = least(cost,
					(uint16_t)(w->rows[depth - 1][j - 2] + COST_SWAPPED));
		}
		row[j] = cost;
		best = least(best, cost);
	}
	row[last + 1] = FAR;
	return best;
}

static void
first_row(walk *w)
{
	memset(w->rows[0], 0, sizeof(w->rows[0]));
	for (size_t j = 0; j < w->n; j++)
		w->rows[0][j + 1] = j < BAND ? (uint16_t)(w->rows[0][j] + w->extra[j]) : FAR;
	w->rows[0][w->n + 1] = FAR;
}

static void
add_hit(search_result *out, uint32_t group, uint32_t cost)
{
	if (out->n < SEARCH_HITS)
		out->hits[out->n++] = (search_hit){ group, cost };
}

static void
run(walk *w, uint32_t budget, search_result *out)
{
	size_t depth = 0;

	w->frames[0].edge = w->map->edges[0].target;
	w->frames[0].base = 0;
	for (; out->steps < budget; out->steps++) {
		uint32_t at = w->frames[depth].edge;
		if (at == 0 || at >= w->map->edge_count)
			return;
		const struct lexicon_edge *e = &w->map->edges[at];
		uint32_t group = w->frames[depth].base + e->skipped;
		w->path[depth] = (unsigned char)e->label;
		bool near = fill_row(w, depth) <= w->bound;
		uint16_t cost = depth + 1 + BAND >= w->n && depth + 1 <= w->n + BAND
					? w->rows[depth + 1][w->n]
					: FAR;
		if (near && e->final && cost <= w->bound)
			add_hit(out, group, cost);
		if (near && e->target != 0 && depth + 1 < w->n + BAND) {
			depth++;
			w->frames[depth].edge = e->target;
			w->frames[depth].base = group + e->final;
			continue;
		}
		while (w->map->edges[w->frames[depth].edge].last) {
			if (depth == 0)
				return;
			depth--;
		}
		w->frames[depth].edge++;
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
	w.bound = bound;
	fill_substitutions(&w);
	fill_extra(&w);
	first_row(&w);
	run(&w, budget, out);
}
