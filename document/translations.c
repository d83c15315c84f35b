#include "document/translations.h"

#include <stdlib.h>

#define ROUNDS 3
#define RAREST 8        /* words of a passage that are learned from … */
#define RAREST_LONG 6   /* … of a long text, in which each is met more often */
#define PASSAGES_MOST 3 /* on one side of a pair */
#define SAME 0.8f       /* the chance that a word written alike is the translation */
#define AKIN 0.3f       /* the same for words of one opening */
#define HEAD_START 10.0f
#define LEAST 0.04f /* chances below are noise */
/* Occurrences that are taken off: what is seen once is not sure, and in a long text neither is
 * what is seen three times; in a letter it is all there is. */
#define DISCOUNT 1.0f
#define DISCOUNT_LONG 3.0f
#define LONG 4000 /* passages of both sides */
#define NOTHING_YET 1e-6f
#define NOTHING 0.02f /* the chance that a word stands for no word */

/* --- two lists from one set of entries --- */

typedef struct entry {
	uint32_t word[2];
	float p[2];     /* p[0]: of the second word, given the first */
	float count[2]; /* how often each was met as the other’s translation */
} entry;

typedef struct entries {
	ARRAY(entry) list;
} entries;

static status
list_direction(translations *t, arena *a, const entries *e, size_t vocables, int from)
{
	uint32_t *start = ARENA_ARRAY(a, uint32_t, vocables + 2);
	size_t kept = 0;

	if (start == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < e->list.n; i++)
		if (e->list.at[i].p[from] >= LEAST) {
			start[e->list.at[i].word[from] + 2]++;
			kept++;
		}
	for (size_t i = 2; i < vocables + 2; i++)
		start[i] += start[i - 1];
	translation *list = ARENA_ARRAY(a, translation, kept + 1);
	if (list == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < e->list.n; i++) {
		const entry *x = &e->list.at[i];
		if (x->p[from] >= LEAST)
			list[start[x->word[from] + 1]++] =
				(translation){ x->word[1 - from], x->p[from] };
	}
	t->start[from] = start;
	t->list[from] = list;
	return STATUS_OK;
}

static status
list_entries(translations *t, arena *a, const entries *e, const passages sides[2])
{
	for (int from = 0; from < 2; from++)
		TRY(list_direction(t, a, e, sides[from].vocabulary.n, from));
	return STATUS_OK;
}

/* --- what is written alike --- */

typedef struct key {
	uint64_t hash;
	uint32_t word;
} key;

static int
compare_keys(const void *a, const void *b)
{
	const key *x = a, *y = b;

	return x->hash != y->hash ? (x->hash > y->hash) - (x->hash < y->hash)
				  : (x->word > y->word) - (x->word < y->word);
}

static uint64_t
key_of(const vocable *v, bool opening)
{
	return opening ? v->opening : v->hash;
}

static key *
sorted_keys(arena *a, const passages *p, bool opening, size_t *n)
{
	key *keys = ARENA_ARRAY(a, key, p->vocabulary.n + 1);

	*n = 0;
	for (size_t i = 0; keys != NULL && i < p->vocabulary.n; i++) {
		uint64_t hash = key_of(&p->vocabulary.at[i], opening);
		if (hash != 0)
			keys[(*n)++] = (key){ hash, (uint32_t)i };
	}
	if (keys != NULL)
		qsort(keys, *n, sizeof(*keys), compare_keys);
	return keys;
}

/* The end of the run of keys that are equal to the one at i. */
static size_t
run_end(const key *keys, size_t i, size_t n)
{
	size_t end = i + 1;

	while (end < n && keys[end].hash == keys[i].hash)
		end++;
	return end;
}

static status
add_alike(entries *e, const memory *m, const key *x, size_t n, const key *y, size_t k, float p)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < k; j++) {
			TRY(ARRAY_RESERVE(m, &e->list, 1));
			float each = n > k ? (float)n : (float)k;
			e->list.at[e->list.n++] = (entry){ { x[i].word, y[j].word },
				{ p / each, p / each }, { 0, 0 } };
		}
	return STATUS_OK;
}

static status
join_keys(entries *e, arena *a, const memory *m, const passages sides[2], bool opening, float p)
{
	size_t n, k, i = 0, j = 0;
	key *x = sorted_keys(a, &sides[0], opening, &n);
	key *y = sorted_keys(a, &sides[1], opening, &k);

	if (x == NULL || y == NULL)
		return STATUS_MEMORY;
	while (i < n && j < k) {
		size_t end_x = run_end(x, i, n), end_y = run_end(y, j, k);
		if (x[i].hash < y[j].hash)
			i = end_x;
		else if (x[i].hash > y[j].hash)
			j = end_y;
		else {
			/* Families of many words say nothing. */
			if ((end_x - i) * (end_y - j) <= 32)
				TRY(add_alike(e, m, x + i, end_x - i, y + j, end_y - j, p));
			i = end_x;
			j = end_y;
		}
	}
	return STATUS_OK;
}

status
translations_guess(translations *t, arena *a, const passages sides[2])
{
	const memory *m = sides[0].memory;
	entries e = { 0 };

	status done = join_keys(&e, a, m, sides, false, SAME);
	if (done == STATUS_OK)
		done = join_keys(&e, a, m, sides, true, AKIN);
	if (done == STATUS_OK)
		done = list_entries(t, a, &e, sides);
	ARRAY_FREE(m, &e.list);
	return done;
}

/* --- learning --- */

typedef struct side_words {
	uint32_t word[PASSAGES_MOST * RAREST];
	size_t n;
} side_words;

static bool
is_long(const passages sides[2])
{
	return sides[0].list.n + sides[1].list.n >= LONG;
}

/* The rarest distinct words of one passage, the rarest first. */
static void
take_rarest(side_words *out, const passages *p, const passage *one, size_t rarest)
{
	size_t start = out->n, most = start + rarest;

	for (uint32_t i = 0; i < one->count; i++) {
		uint32_t v = p->words.at[one->first + i];
		uint32_t count = p->vocabulary.at[v].count;
		size_t at = out->n;
		bool twice = false;
		for (size_t k = start; k < out->n && !twice; k++)
			twice = out->word[k] == v;
		if (twice)
			continue;
		while (at > start && p->vocabulary.at[out->word[at - 1]].count > count)
			at--;
		if (at == most)
			continue;
		if (out->n < most)
			out->n++;
		memmove(&out->word[at + 1], &out->word[at],
			(out->n - 1 - at) * sizeof(uint32_t));
		out->word[at] = v;
	}
}

static void
take_words(side_words words_of[2], const passages sides[2], const passage_pair *pair,
	size_t rarest)
{
	for (int k = 0; k < 2; k++) {
		words_of[k].n = 0;
		for (unsigned i = 0; i < pair->count[k] && i < PASSAGES_MOST; i++)
			take_rarest(&words_of[k], &sides[k],
				&sides[k].list.at[pair->first[k] + i], rarest);
	}
}

/* The pairs of words met, and where each pair of passages finds its own. */
typedef struct learner {
	const memory *memory;
	const passages *sides;
	const passage_pairs *pairs;
	entries entries;
	uint32_t *slots; /* by pair of words: number of the entry + 1 */
	uint64_t slot_mask;
	ARRAY(uint32_t) met; /* for each pair of passages, entries row by row */
	uint8_t (*sizes)[2]; /* … how many words of each side they are of */
	double *total[2];    /* of what each word stands for */
} learner;

static uint64_t
hash_pair(uint32_t a, uint32_t b)
{
	return (((uint64_t)a << 32 | b) * UINT64_C(0x9E3779B97F4A7C15)) >> 20;
}

static void
place_entry(learner *l, uint32_t number)
{
	const entry *e = &l->entries.list.at[number];
	uint64_t at = hash_pair(e->word[0], e->word[1]) & l->slot_mask;

	while (l->slots[at] != 0)
		at = (at + 1) & l->slot_mask;
	l->slots[at] = number + 1;
}

static status
grow_learner(learner *l)
{
	size_t n = l->slots == NULL ? 4096 : 2 * (size_t)(l->slot_mask + 1);
	uint32_t *slots = memory_alloc(l->memory, n * sizeof(*slots));

	if (slots == NULL)
		return STATUS_MEMORY;
	memset(slots, 0, n * sizeof(*slots));
	memory_free(l->memory, l->slots);
	l->slots = slots;
	l->slot_mask = n - 1;
	for (size_t i = 0; i < l->entries.list.n; i++)
		place_entry(l, (uint32_t)i);
	return STATUS_OK;
}

/* What is carried over as it is stands for nothing else. */
static float
head_start(const learner *l, uint32_t a, uint32_t b)
{
	const vocable *x = &l->sides[0].vocabulary.at[a], *y = &l->sides[1].vocabulary.at[b];

	if (x->hash == y->hash)
		return HEAD_START;
	if (x->carried || y->carried)
		return 0;
	return x->opening != 0 && x->opening == y->opening ? HEAD_START : 1;
}

static status
meet(learner *l, uint32_t a, uint32_t b)
{
	if (l->slots == NULL || 2 * l->entries.list.n > l->slot_mask)
		TRY(grow_learner(l));
	TRY(ARRAY_RESERVE(l->memory, &l->met, 1));
	uint64_t at = hash_pair(a, b) & l->slot_mask;
	for (; l->slots[at] != 0; at = (at + 1) & l->slot_mask) {
		const entry *e = &l->entries.list.at[l->slots[at] - 1];
		if (e->word[0] == a && e->word[1] == b) {
			l->met.at[l->met.n++] = l->slots[at] - 1;
			return STATUS_OK;
		}
	}
	TRY(ARRAY_RESERVE(l->memory, &l->entries.list, 1));
	float p = head_start(l, a, b);
	uint32_t number = (uint32_t)l->entries.list.n++;
	l->entries.list.at[number] = (entry){ { a, b }, { p, p }, { 0, 0 } };
	l->slots[at] = number + 1;
	l->met.at[l->met.n++] = number;
	return STATUS_OK;
}

/* The table does not fit into any cache, and looking pairs up in it would be waiting for
 * memory: slots are fetched two pairs of passages ahead, and entries one. */
#define AHEAD 2

static uint64_t
slot_of(const learner *l, const side_words of[2], size_t x, size_t y)
{
	return hash_pair(of[0].word[x], of[1].word[y]) & l->slot_mask;
}

static void
fetch_slots(const learner *l, const side_words of[2])
{
	for (size_t x = 0; l->slots != NULL && x < of[0].n; x++)
		for (size_t y = 0; y < of[1].n; y++)
			__builtin_prefetch(&l->slots[slot_of(l, of, x, y)]);
}

static void
fetch_entries(const learner *l, const side_words of[2])
{
	for (size_t x = 0; l->slots != NULL && x < of[0].n; x++)
		for (size_t y = 0; y < of[1].n; y++) {
			uint32_t number = l->slots[slot_of(l, of, x, y)];
			if (number != 0)
				__builtin_prefetch(&l->entries.list.at[number - 1]);
		}
}

static status
meet_words(learner *l, size_t pair, const side_words of[2])
{
	for (int k = 0; k < 2; k++)
		l->sizes[pair][k] = (uint8_t)of[k].n;
	for (size_t x = 0; x < of[0].n; x++)
		for (size_t y = 0; y < of[1].n; y++)
			TRY(meet(l, of[0].word[x], of[1].word[y]));
	return STATUS_OK;
}

static status
meet_all(learner *l)
{
	side_words of[AHEAD + 1][2]; /* of pair i at i % (AHEAD + 1) */
	size_t n = l->pairs->list.n, rarest = is_long(l->sides) ? RAREST_LONG : RAREST;

	l->sizes = memory_alloc(l->memory, (n + 1) * sizeof(*l->sizes));
	if (l->sizes == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n + AHEAD; i++) {
		if (i < n) {
			take_words(
				of[i % (AHEAD + 1)], l->sides, &l->pairs->list.at[i], rarest);
			fetch_slots(l, of[i % (AHEAD + 1)]);
		}
		if (i >= 1 && i - 1 < n)
			fetch_entries(l, of[(i - 1) % (AHEAD + 1)]);
		if (i >= AHEAD)
			TRY(meet_words(l, i - AHEAD, of[(i - AHEAD) % (AHEAD + 1)]));
	}
	return STATUS_OK;
}

/* Shares the occurrence of each word of one side out among those of the other that may stand
 * for it. met: rows of the first side's words, n × k entries. */
static void
share_out(learner *l, const uint32_t *met, size_t n, size_t k, float weight, float nothing)
{
	entry *e = l->entries.list.at;

	for (size_t y = 0; y < k; y++) {
		float all = nothing;
		for (size_t x = 0; x < n; x++)
			all += e[met[x * k + y]].p[0];
		for (size_t x = 0; x < n; x++)
			e[met[x * k + y]].count[0] += weight * e[met[x * k + y]].p[0] / all;
	}
	for (size_t x = 0; x < n; x++) {
		float all = nothing;
		for (size_t y = 0; y < k; y++)
			all += e[met[x * k + y]].p[1];
		for (size_t y = 0; y < k; y++)
			e[met[x * k + y]].count[1] += weight * e[met[x * k + y]].p[1] / all;
	}
}

/* What has been counted becomes the chance of the next round, and counting begins anew. */
static void
settle_entries(learner *l)
{
	float discount = is_long(l->sides) ? DISCOUNT_LONG : DISCOUNT;
	size_t n = l->entries.list.n;

	for (int k = 0; k < 2; k++)
		memset(l->total[k], 0, (l->sides[k].vocabulary.n + 1) * sizeof(double));
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < 2; k++) {
			const entry *e = &l->entries.list.at[i];
			l->total[k][e->word[k]] += (double)e->count[k];
		}
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < 2; k++) {
			entry *e = &l->entries.list.at[i];
			e->p[k] = e->count[k] / ((float)l->total[k][e->word[k]] + discount);
			e->count[k] = 0;
		}
}

/* Entries lie where they were first met, and those of the next pairs of passages are fetched.
 */
#define FETCHED 64

static void
one_round(learner *l, bool first)
{
	const uint32_t *met = l->met.at, *end = l->met.at + l->met.n;

	for (size_t i = 0; i < l->pairs->list.n; i++) {
		size_t a = l->sizes[i][0], b = l->sizes[i][1];
		const uint32_t *next = met + a * b;
		for (size_t k = 0; k < FETCHED && next + k < end; k++)
			__builtin_prefetch(&l->entries.list.at[next[k]]);
		share_out(l, met, a, b, l->pairs->list.at[i].weight,
			first ? NOTHING_YET : NOTHING);
		met = next;
	}
	settle_entries(l);
}

static status
learn(learner *l)
{
	TRY(meet_all(l));
	for (int k = 0; k < 2; k++) {
		l->total[k] = memory_alloc(
			l->memory, (l->sides[k].vocabulary.n + 1) * sizeof(double));
		if (l->total[k] == NULL)
			return STATUS_MEMORY;
	}
	for (int round = 0; round < ROUNDS; round++)
		one_round(l, round == 0);
	return STATUS_OK;
}

status
translations_learn(translations *t, arena *a, const memory *m, const passages sides[2],
	const passage_pairs *pairs)
{
	learner l = { .memory = m, .sides = sides, .pairs = pairs };

	status done = learn(&l);
	if (done == STATUS_OK)
		done = list_entries(t, a, &l.entries, sides);
	ARRAY_FREE(m, &l.entries.list);
	ARRAY_FREE(m, &l.met);
	memory_free(m, l.sizes);
	memory_free(m, l.slots);
	memory_free(m, l.total[0]);
	memory_free(m, l.total[1]);
	return done;
}
