#include "tm/distance.h"

#include <string.h>

#include "tm/postings.h"

#define CELLS_MOST 4000000

void
tm_pattern_init(tm_pattern *p, const memory *m)
{
	*p = (tm_pattern){ .memory = m };
}

void
tm_pattern_free(tm_pattern *p)
{
	memory_free(p->memory, p->keys);
	memory_free(p->memory, p->row);
	tm_pattern_init(p, p->memory);
}

/* One allocation: keys, masks, up, down. */
static status
make_room(tm_pattern *p, size_t n)
{
	size_t slots = 16;

	while (slots < 4 * n)
		slots *= 2;
	p->blocks = (n + 63) / 64;
	p->slots = slots;
	size_t words = slots + slots * p->blocks + 2 * p->blocks;
	if (words > p->capacity) {
		memory_free(p->memory, p->keys);
		p->capacity = 0;
		p->keys = words > SIZE_MAX / sizeof(uint64_t)
				  ? NULL
				  : memory_alloc(p->memory, words * sizeof(uint64_t));
		if (p->keys == NULL)
			return STATUS_MEMORY;
		p->capacity = words;
	}
	p->masks = p->keys + slots;
	p->up = p->masks + slots * p->blocks;
	p->down = p->up + p->blocks;
	memset(p->keys, 0, (slots + slots * p->blocks) * sizeof(uint64_t));
	return STATUS_OK;
}

/* The slot of a key, or the empty one where it would go. No key is 0. */
static size_t
slot_of(const tm_pattern *p, uint64_t key)
{
	size_t at = (key >> 32) & (p->slots - 1);

	while (p->keys[at] != 0 && p->keys[at] != key)
		at = (at + 1) & (p->slots - 1);
	return at;
}

static uint64_t
key_of_digest(unsigned digest)
{
	return (uint64_t)digest << 32 | 1;
}

static status
set(tm_pattern *p, const tm_piece *at, size_t n, bool digests)
{
	p->at = at;
	p->n = n;
	TRY(make_room(p, n));
	for (size_t i = 0; i < n; i++) {
		uint64_t key = digests ? key_of_digest(digest_of(at[i].key)) : at[i].key | 1;
		size_t slot = slot_of(p, key);
		p->keys[slot] = key;
		p->masks[slot * p->blocks + i / 64] |= UINT64_C(1) << (i % 64);
	}
	return STATUS_OK;
}

status
tm_pattern_set(tm_pattern *p, const tm_piece *at, size_t n)
{
	return set(p, at, n, false);
}

status
tm_pattern_set_digests(tm_pattern *p, const tm_piece *at, size_t n)
{
	return set(p, at, n, true);
}

/* One block of one column; carry is -1, 0 or 1, from the block above and to that below. */
static int
advance(uint64_t equal, uint64_t *up, uint64_t *down, int carry, uint64_t last)
{
	uint64_t pv = *up, mv = *down, xv = equal | mv;
	uint64_t less = carry < 0;
	uint64_t xh, ph, mh;
	int out;

	equal |= less;
	xh = (((equal & pv) + pv) ^ pv) | equal;
	ph = mv | ~(xh | pv);
	mh = pv & xh;
	out = (ph & last) != 0 ? 1 : (mh & last) != 0 ? -1 : 0;
	ph = ph << 1 | (carry > 0);
	mh = mh << 1 | less;
	*up = mh | ~(xv | ph);
	*down = ph & xv;
	return out;
}

/* Of pieces, or else of digests. */
static inline size_t
distance(tm_pattern *p, const tm_piece *b, const unsigned char *digests, size_t m, size_t most)
{
	const uint64_t top = UINT64_C(1) << 63;
	const uint64_t last = UINT64_C(1) << ((p->n + 63) % 64);
	size_t score = p->n;

	if (p->n == 0)
		return m;
	memset(p->up, 0xFF, p->blocks * sizeof(uint64_t));
	memset(p->down, 0, p->blocks * sizeof(uint64_t));
	for (size_t j = 0; j < m; j++) {
		uint64_t key = digests == NULL
				       ? b[j].key | 1
				       : key_of_digest((unsigned)digests[2 * j] |
						       (unsigned)digests[2 * j + 1] << 8);
		const uint64_t *equal = p->masks + slot_of(p, key) * p->blocks;
		int carry = 1;
		for (size_t k = 0; k + 1 < p->blocks; k++)
			carry = advance(equal[k], &p->up[k], &p->down[k], carry, top);
		size_t k = p->blocks - 1;
		carry = advance(equal[k], &p->up[k], &p->down[k], carry, last);
		score = carry > 0 ? score + 1 : carry < 0 ? score - 1 : score;
		if (score > most + (m - 1 - j))
			return most + 1;
	}
	return score;
}

size_t
tm_distance(tm_pattern *p, const tm_piece *b, size_t m, size_t most)
{
	return distance(p, b, NULL, m, most);
}

size_t
tm_digest_distance(tm_pattern *p, const unsigned char *digests, size_t m, size_t most)
{
	return distance(p, NULL, digests, m, most);
}

static uint32_t
cost(const tm_piece *a, const tm_piece *b, bool forms_only)
{
	if (a->form == b->form && a->key == b->key)
		return 0;
	return a->key == b->key && !forms_only ? 1 : DISTANCE_STEP;
}

static uint32_t
least(uint32_t a, uint32_t b, uint32_t c)
{
	uint32_t x = a < b ? a : b;

	return x < c ? x : c;
}

status
tm_fine_distance(tm_pattern *p, const tm_piece *b, size_t m, bool forms_only, uint32_t *out)
{
	if (m + 1 > p->row_capacity) {
		memory_free(p->memory, p->row);
		p->row_capacity = 0;
		p->row = memory_alloc(p->memory, 2 * (m + 1) * sizeof(*p->row));
		if (p->row == NULL)
			return STATUS_MEMORY;
		p->row_capacity = 2 * (m + 1);
	}
	uint32_t *row = p->row;
	for (size_t j = 0; j <= m; j++)
		row[j] = (uint32_t)j * DISTANCE_STEP;
	for (size_t i = 0; i < p->n; i++) {
		uint32_t diagonal = row[0];
		row[0] += DISTANCE_STEP;
		for (size_t j = 0; j < m; j++) {
			uint32_t here =
				least(row[j] + DISTANCE_STEP, row[j + 1] + DISTANCE_STEP,
					diagonal + cost(&p->at[i], &b[j], forms_only));
			diagonal = row[j + 1];
			row[j + 1] = here;
		}
	}
	*out = row[m];
	return STATUS_OK;
}

/* --- the way --- */

static void
fill(uint32_t *cells, const tm_piece *a, size_t n, const tm_piece *b, size_t m)
{
	size_t w = m + 1;

	for (size_t j = 0; j <= m; j++)
		cells[j] = (uint32_t)j * DISTANCE_STEP;
	for (size_t i = 1; i <= n; i++) {
		cells[i * w] = (uint32_t)i * DISTANCE_STEP;
		for (size_t j = 1; j <= m; j++)
			cells[i * w + j] = least(cells[(i - 1) * w + j] + DISTANCE_STEP,
				cells[i * w + j - 1] + DISTANCE_STEP,
				cells[(i - 1) * w + j - 1] + cost(&a[i - 1], &b[j - 1], false));
	}
}

static tm_step
step_back(const uint32_t *cells, const tm_piece *a, size_t i, const tm_piece *b, size_t j,
	size_t w)
{
	uint32_t here = cells[i * w + j];

	if (i > 0 && j > 0) {
		uint32_t c = cost(&a[i - 1], &b[j - 1], false);
		if (here == cells[(i - 1) * w + j - 1] + c)
			return (tm_step){ c == 0   ? CHANGE_NONE
					  : c == 1 ? CHANGE_FORM
						   : CHANGE_WORD,
				(uint32_t)i - 1, (uint32_t)j - 1 };
	}
	if (i > 0 && here == cells[(i - 1) * w + j] + DISTANCE_STEP)
		return (tm_step){ CHANGE_LESS, (uint32_t)i - 1, (uint32_t)j };
	return (tm_step){ CHANGE_MORE, (uint32_t)i, (uint32_t)j - 1 };
}

static void
turn_round(tm_steps *s)
{
	for (size_t i = 0, k = s->list.n; i + 1 < k; i++) {
		tm_step x = s->list.at[i];
		s->list.at[i] = s->list.at[--k];
		s->list.at[k] = x;
	}
}

status
tm_align(const memory *m, const tm_piece *a, size_t n, const tm_piece *b, size_t n_b,
	tm_steps *out)
{
	out->list.n = 0;
	if (n + 1 > CELLS_MOST / (n_b + 1))
		return STATUS_LIMIT;
	TRY(ARRAY_RESERVE(m, &out->list, n + n_b));
	uint32_t *cells = memory_alloc(m, (n + 1) * (n_b + 1) * sizeof(*cells));
	if (cells == NULL)
		return STATUS_MEMORY;
	fill(cells, a, n, b, n_b);
	for (size_t i = n, j = n_b; i > 0 || j > 0;) {
		tm_step s = step_back(cells, a, i, b, j, n_b + 1);
		i -= s.change != CHANGE_MORE;
		j -= s.change != CHANGE_LESS;
		out->list.at[out->list.n++] = s;
	}
	memory_free(m, cells);
	turn_round(out);
	return STATUS_OK;
}
