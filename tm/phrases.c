#include "tm/phrases.h"

#include <stdlib.h>
#include <string.h>

#include "tm/phrase_target.h"

#define PIECES_MOST 96  /* of the text that are looked at */
#define WORDS_MOST 14   /* lists that are read: of the rarest words */
#define LIST_MOST 30000 /* entries of each */
#define CANDIDATES 160  /* units that are looked at */
#define KEPT 12         /* units of a phrase in which its translation is sought */
#define NEAR 3          /* pieces from one word to another that may be one phrase */
#define LEAST_BYTES 4   /* of a word that says something */

typedef struct run { /* pieces of the text that units have */
	uint32_t start, n;
	size_t units;
	uint32_t ids[KEPT];
	uint32_t places[KEPT]; /* of its first piece in each unit */
	double middles[KEPT];  /* where its middle is in each, from 0 to 1 */
} run;

typedef struct scored {
	uint32_t unit;
	float weight;
} scored;

typedef struct finder {
	context *context;
	tm_store *store;
	const tm_phrase_query *q;
	tm_pieces *query, *pieces;
	bool says[PIECES_MOST]; /* the piece is a word that says something */
	ARRAY(scored) list, pairs;
	size_t list_start;
	float weight; /* of the word whose list is read */
	ARRAY(run) runs;
	uint16_t row[2][PIECES_MOST + 1];
	uint64_t salt;
	tm_unit unit;
	phrase_targets *targets;
} finder;

/* --- units with the rarer words --- */

static status
add_chunk(void *user, int64_t key, const void *chunk, size_t n)
{
	finder *f = user;
	posting_reader r;
	uint32_t unit;

	if (!posting_open(&r, key, chunk, n))
		return tm_store_index_damaged(f->store);
	while (posting_next(&r, &unit)) {
		TRY(ARRAY_RESERVE(f->context->memory, &f->list, 1));
		f->list.at[f->list.n++] = (scored){ unit, f->weight };
	}
	return f->list.n - f->list_start > LIST_MOST ? STATUS_LIMIT : STATUS_OK;
}

static int
by_unit(const void *a, const void *b)
{
	const scored *x = a, *y = b;

	return x->unit < y->unit ? -1 : x->unit > y->unit;
}

static int
by_weight(const void *a, const void *b)
{
	const scored *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return x->unit > y->unit ? -1 : x->unit < y->unit;
}

/* A word once for each unit: lists say a unit twice where the word is there twice. */
static void
add_up(finder *f)
{
	size_t kept = 0;

	if (f->list.n > 1)
		qsort(f->list.at, f->list.n, sizeof(scored), by_unit);
	for (size_t i = 0; i < f->list.n; i++)
		if (kept != 0 && f->list.at[kept - 1].unit == f->list.at[i].unit)
			f->list.at[kept - 1].weight += f->list.at[i].weight;
		else
			f->list.at[kept++] = f->list.at[i];
	f->list.n = kept;
	if (kept > 1)
		qsort(f->list.at, kept, sizeof(scored), by_weight);
	if (f->list.n > CANDIDATES)
		f->list.n = CANDIDATES;
}

typedef struct wanted_word {
	uint64_t key, rank;
} wanted_word;

static int
by_rank(const void *a, const void *b)
{
	const wanted_word *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->key < y->key ? -1 : x->key > y->key;
}

/* The distinct words of the text that say something, the rarest first. */
static status
choose_words(finder *f, wanted_word *words, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < f->query->n; i++) {
		const tm_piece *p = &f->query->at[i];
		uint64_t rank;
		TRY(tm_store_rank(f->store, p->word, &rank));
		f->says[i] = p->kind == PIECE_WORD && p->end - p->start >= LEAST_BYTES &&
			     rank < tm_store_common_rank(f->store);
		bool known = !f->says[i] && p->kind != PIECE_NAME;
		for (size_t k = 0; k < *n; k++)
			known |= words[k].key == p->word;
		if (!known)
			words[(*n)++] = (wanted_word){ p->word, rank };
	}
	if (*n > 1)
		qsort(words, *n, sizeof(*words), by_rank);
	return STATUS_OK;
}

/* Do two words stand near each other in the text? */
static bool
are_near(const finder *f, uint64_t a, uint64_t b)
{
	for (size_t i = 0; i < f->query->n; i++)
		for (size_t k = i + 1; k < f->query->n && k <= i + NEAR; k++) {
			uint64_t x = f->query->at[i].word, y = f->query->at[k].word;
			if ((x == a && y == b) || (x == b && y == a))
				return true;
		}
	return false;
}

/* The newest units that are in two lists. */
static status
meet(finder *f, const span *a, const span *b)
{
	size_t i = a->end, k = b->end, found = 0;

	while (i > a->start && k > b->start && found < KEPT) {
		uint32_t x = f->list.at[i - 1].unit, y = f->list.at[k - 1].unit;
		if (x == y) {
			TRY(ARRAY_RESERVE(f->context->memory, &f->pairs, 1));
			f->pairs.at[f->pairs.n++] = (scored){ x, 0 };
			found++;
		}
		i -= x >= y;
		k -= y >= x;
	}
	return STATUS_OK;
}

/* Words that stand together may not be the rarest of the text. */
static status
find_pairs(finder *f, const wanted_word *words, const span *lists, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			if (are_near(f, words[i].key, words[k].key))
				TRY(meet(f, &lists[i], &lists[k]));
	return STATUS_OK;
}

static status
add_pairs(finder *f)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->pairs.n; i++) {
		TRY(ARRAY_RESERVE(f->context->memory, &f->list, 1));
		f->list.at[f->list.n++] = f->pairs.at[i];
	}
	if (f->list.n > 1)
		qsort(f->list.at, f->list.n, sizeof(scored), by_unit);
	for (size_t i = 0; i < f->list.n; i++)
		if (kept == 0 || f->list.at[kept - 1].unit != f->list.at[i].unit)
			f->list.at[kept++] = f->list.at[i];
	f->list.n = kept;
	return STATUS_OK;
}

/* A store far away is asked for all of them in one go. */
static status
expect_lists(finder *f, const wanted_word *words, size_t n)
{
	uint64_t keys[WORDS_MOST];

	if (!tm_store_is_far(f->store) || n == 0)
		return STATUS_OK;
	for (size_t i = 0; i < n; i++)
		keys[i] = words[i].key;
	return tm_store_expect_words(
		f->store, keys, n, f->q->source, POSTING_SOURCE, LIST_MOST);
}

static status
find_units(finder *f)
{
	wanted_word words[PIECES_MOST];
	span lists[WORDS_MOST];
	size_t n;

	TRY(choose_words(f, words, &n));
	n = n < WORDS_MOST ? n : WORDS_MOST;
	TRY(expect_lists(f, words, n));
	for (size_t i = 0; i < n; i++) {
		f->weight = 1.0F + 4.0F / (1.0F + (float)words[i].rank / 500.0F);
		f->list_start = f->list.n;
		status done = tm_store_word_list(
			f->store, words[i].key, f->q->source, POSTING_SOURCE, add_chunk, f);
		if (done != STATUS_LIMIT)
			TRY(done);
		/* A database that has put blocks together gives them out of order. */
		if (f->list.n - f->list_start > 1)
			qsort(f->list.at + f->list_start, f->list.n - f->list_start,
				sizeof(scored), by_unit);
		lists[i] = (span){ (uint32_t)f->list_start, (uint32_t)f->list.n };
	}
	TRY(find_pairs(f, words, lists, n));
	add_up(f);
	return add_pairs(f);
}

/* --- runs --- */

/* Two words that say something, or one in a run of four. */
static bool
is_worth(const finder *f, uint32_t start, uint32_t n)
{
	size_t says = 0;

	for (uint32_t i = start; i < start + n; i++)
		says += f->says[i];
	return n >= 2 && (says >= 2 || (says == 1 && n >= 4));
}

static run *
run_of(finder *f, uint32_t start, uint32_t n)
{
	for (size_t i = 0; i < f->runs.n; i++)
		if (f->runs.at[i].start == start && f->runs.at[i].n == n)
			return &f->runs.at[i];
	if (ARRAY_RESERVE(f->context->memory, &f->runs, 1) != STATUS_OK)
		return NULL;
	f->runs.at[f->runs.n] = (run){ .start = start, .n = n };
	return &f->runs.at[f->runs.n++];
}

/* Words like “the” at its ends are not of the phrase. */
static status
add_run(finder *f, uint32_t id, uint32_t start, uint32_t n, uint32_t place)
{
	while (n > 0 && !f->says[start] && f->query->at[start].kind != PIECE_NAME)
		start++, place++, n--;
	while (n > 0 && !f->says[start + n - 1] &&
		f->query->at[start + n - 1].kind != PIECE_NAME)
		n--;
	if (!is_worth(f, start, n))
		return STATUS_OK;
	run *r = run_of(f, start, n);
	if (r == NULL)
		return STATUS_MEMORY;
	if (r->units != 0 && r->units <= KEPT && r->ids[r->units - 1] == id)
		return STATUS_OK;
	if (r->units < KEPT) {
		r->ids[r->units] = id;
		r->places[r->units] = place;
		r->middles[r->units] = (place + 0.5 * n) / (double)f->pieces->n;
	}
	r->units++;
	return STATUS_OK;
}

/* The longest common runs that end at each pair of pieces; those that do not go on count. */
static status
find_runs(finder *f, uint32_t id)
{
	size_t n = f->query->n, m = f->pieces->n;
	uint16_t *before = f->row[0], *now = f->row[1];

	memset(f->row, 0, sizeof(f->row));
	for (size_t j = 0; j < m; j++) {
		for (size_t i = 0; i < n; i++) {
			bool same = f->query->at[i].word == f->pieces->at[j].word;
			now[i + 1] = same ? (uint16_t)(before[i] + 1) : 0;
			if (!same)
				continue;
			bool goes_on = i + 1 < n && j + 1 < m &&
				       f->query->at[i + 1].word == f->pieces->at[j + 1].word;
			uint32_t length = now[i + 1];
			if (!goes_on && length >= 2)
				TRY(add_run(f, id, (uint32_t)(i + 1) - length, length,
					(uint32_t)(j + 1) - length));
		}
		uint16_t *x = before;
		before = now;
		now = x;
	}
	return STATUS_OK;
}

static status
expect_texts(finder *f)
{
	const memory *m = f->context->memory;
	uint32_t *ids;

	if (!tm_store_is_far(f->store) || f->list.n == 0)
		return STATUS_OK;
	ids = memory_alloc(m, f->list.n * sizeof(*ids));
	if (ids == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < f->list.n; i++)
		ids[i] = f->list.at[i].unit;
	status done = tm_store_expect_units(f->store, ids, f->list.n);
	memory_free(m, ids);
	return done;
}

static status
look_at_units(finder *f)
{
	TRY(expect_texts(f));
	for (size_t i = f->list.n; i-- > 0;) { /* the newest first */
		slice source, target;
		uint64_t salt;
		bool found;
		TRY(tm_store_texts(
			f->store, f->list.at[i].unit, &source, &target, &salt, &found));
		if (!found || salt != f->salt)
			continue;
		TRY(tm_pieces_cut(f->pieces, source));
		TRY(find_runs(f, f->list.at[i].unit));
	}
	return STATUS_OK;
}

/* A run that stands in a longer one with the same units says nothing more; the long one counts
 * for the short one's units. */
static int
longest_first(const void *a, const void *b)
{
	const run *x = a, *y = b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	if (x->units != y->units)
		return x->units > y->units ? -1 : 1;
	return x->start < y->start ? -1 : x->start > y->start;
}

static int
by_start(const void *a, const void *b)
{
	const run *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

/* The longest ones that are not over each other, at the start of runs; how many. */
static size_t
choose_runs(finder *f)
{
	size_t kept = 0;

	if (f->runs.n > 1)
		qsort(f->runs.at, f->runs.n, sizeof(run), longest_first);
	for (size_t i = 0; i < f->runs.n && kept < f->q->most; i++) {
		const run *r = &f->runs.at[i];
		bool over = false;
		for (size_t k = 0; k < kept; k++)
			over |= r->start < f->runs.at[k].start + f->runs.at[k].n &&
				f->runs.at[k].start < r->start + r->n;
		if (!over) {
			run x = f->runs.at[kept];
			f->runs.at[kept++] = *r;
			f->runs.at[i] = x;
		}
	}
	if (kept > 1)
		qsort(f->runs.at, kept, sizeof(run), by_start);
	return kept;
}

/* --- answers --- */

static status
give(finder *f, const run *r, status (*take)(void *user, const tm_phrase *p), void *user)
{
	size_t n = r->units < KEPT ? r->units : KEPT, which = 0;
	tm_phrase p = { .units = r->units, .one = &f->unit };
	slice words;
	bool found;

	p.at = (span){ f->query->at[r->start].start, f->query->at[r->start + r->n - 1].end };
	words = slice_sub(f->q->text, p.at.start, p.at.end);
	TRY(phrase_targets_find(f->targets,
		&(phrase_units){ r->ids, r->middles, n, r->n, words }, &which, &p.target,
		&p.likeness));
	TRY(tm_store_get(f->store, r->ids[which], &f->unit, &found));
	if (!found)
		return STATUS_OK;
	TRY(tm_pieces_cut(f->pieces, f->unit.side[TM_SOURCE].text));
	if (r->places[which] + r->n > f->pieces->n)
		return STATUS_OK;
	p.source = (span){ f->pieces->at[r->places[which]].start,
		f->pieces->at[r->places[which] + r->n - 1].end };
	return take(user, &p);
}

static status
find(finder *f, status (*take)(void *user, const tm_phrase *p), void *user)
{
	TRY(tm_pieces_open(&f->query, f->context->memory));
	TRY(tm_pieces_open(&f->pieces, f->context->memory));
	TRY(phrase_targets_open(&f->targets, f->context, f->store));
	TRY(tm_pieces_cut(f->query, f->q->text));
	if (f->query->n > PIECES_MOST)
		f->query->n = PIECES_MOST;
	f->salt = tm_pair_salt(f->q->source, f->q->target);
	TRY(find_units(f));
	TRY(look_at_units(f));
	size_t n = choose_runs(f);
	for (size_t i = 0; i < n; i++)
		TRY(give(f, &f->runs.at[i], take, user));
	return STATUS_OK;
}

status
tm_phrases_find(tm_store *s, context *c, const tm_phrase_query *q,
	status (*take)(void *user, const tm_phrase *p), void *user)
{
	finder *f = memory_alloc(c->memory, sizeof(*f));

	if (f == NULL)
		return STATUS_MEMORY;
	memset(f, 0, sizeof(*f));
	f->context = c;
	f->store = s;
	f->q = q;
	tm_unit_init(&f->unit, c->memory);
	status done = tm_store_begin_read(s);
	if (done == STATUS_OK)
		done = find(f, take, user);
	tm_store_end_read(s);
	tm_pieces_close(f->query);
	tm_pieces_close(f->pieces);
	phrase_targets_close(f->targets);
	tm_unit_free(&f->unit);
	ARRAY_FREE(c->memory, &f->list);
	ARRAY_FREE(c->memory, &f->pairs);
	ARRAY_FREE(c->memory, &f->runs);
	memory_free(c->memory, f);
	return done;
}
