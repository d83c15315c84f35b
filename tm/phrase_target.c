#include "tm/phrase_target.h"

#include <math.h>
#include <string.h>

#include "text/fold.h"

#define SAMPLE 240  /* units that say how common words are in translations at large */
#define SLOTS 16384 /* of counts; a power of two */
#define COGNATE_BYTES 4
#define UNITS_MOST 16   /* of a phrase */
#define PIECES_MOST 160 /* of a translation */
#define COGNATE 1.5     /* for a word that begins as one of the phrase does */
#define FAR 2.0         /* taken off when the run is at the other end of the segment */
#define LENGTH 0.3      /* taken off for a word more or less than the phrase has */
#define PRICE 1.1       /* of each word of a run: what is not this much commoner stays out */

typedef struct counted {
	uint64_t key;
	uint32_t sampled, here; /* units */
	uint32_t seen;          /* the last unit counted, so that a word counts once in each */
} counted;

typedef struct translation {
	uint64_t keys[PIECES_MOST];
	span spans[PIECES_MOST];
	bool cognate[PIECES_MOST];
	double middle; /* where the phrase is in the source */
	size_t n;
	size_t first, last; /* the best run; first > last: none */
	uint64_t run;       /* hash of its keys */
} translation;

struct phrase_targets {
	context *context;
	tm_store *store;
	tm_pieces *pieces;
	counted counts[SLOTS];
	size_t used, sampled;
	bool whole;      /* all units were */
	uint32_t number; /* of the unit that is counted */
	translation units[UNITS_MOST];
};

status
phrase_targets_open(phrase_targets **out, context *c, tm_store *s)
{
	phrase_targets *t = memory_alloc(c->memory, sizeof(*t));

	*out = t;
	if (t == NULL)
		return STATUS_MEMORY;
	memset(t, 0, sizeof(*t));
	t->context = c;
	t->store = s;
	return tm_pieces_open(&t->pieces, c->memory);
}

void
phrase_targets_close(phrase_targets *t)
{
	if (t == NULL)
		return;
	tm_pieces_close(t->pieces);
	memory_free(t->context->memory, t);
}

/* Past three quarters full, unknown words share the last slot found: they count as common. */
static counted *
slot_of(phrase_targets *t, uint64_t key)
{
	size_t at = key & (SLOTS - 1);

	while (t->counts[at].key != 0 && t->counts[at].key != key && t->used < SLOTS / 4 * 3)
		at = (at + 1) & (SLOTS - 1);
	if (t->counts[at].key == 0) {
		t->counts[at].key = key;
		t->used++;
	}
	return &t->counts[at];
}

static void
count(phrase_targets *t, bool here)
{
	t->number++;
	for (size_t i = 0; i < t->pieces->n; i++) {
		counted *c = slot_of(t, t->pieces->at[i].word | 1);
		if (c->seen == t->number)
			continue;
		c->seen = t->number;
		c->sampled += !here;
		c->here += here;
	}
}

static status
cut_target(phrase_targets *t, uint32_t id, slice *target, bool *found)
{
	slice source;
	uint64_t salt;

	TRY(tm_store_texts(t->store, id, &source, target, &salt, found));
	return *found ? tm_pieces_cut(t->pieces, *target) : STATUS_OK;
}

/* Units from all over the memory. */
static status
sample(phrase_targets *t)
{
	uint32_t last = 0, ids[SAMPLE];
	size_t n;
	slice target;
	bool found;

	if (t->sampled != 0)
		return STATUS_OK;
	TRY(tm_store_last(t->store, &last));
	t->whole = last <= SAMPLE;
	n = last < SAMPLE ? last : SAMPLE;
	for (uint64_t i = 0; i < n; i++)
		ids[i] = (uint32_t)(1 + i * last / n);
	if (n != 0 && tm_store_is_far(t->store))
		TRY(tm_store_expect_units(t->store, ids, n));
	for (size_t i = 0; i < n; i++) {
		TRY(cut_target(t, ids[i], &target, &found));
		if (found) {
			count(t, false);
			t->sampled++;
		}
	}
	return STATUS_OK;
}

/* Does a word begin as one of the phrase: judicial, judiciaire? */
static bool
is_cognate(slice word, slice phrase)
{
	char a[64], b[64];

	for (slice rest = phrase, next; rest.n != 0;) {
		(void)slice_cut(rest, ' ', &next, &rest);
		if (next.n < COGNATE_BYTES || next.n > 20 || word.n > 20)
			continue;
		slice x = { a, text_fold(a, next) }, y = { b, text_fold(b, word) };
		if (x.n >= COGNATE_BYTES && y.n >= COGNATE_BYTES &&
			memcmp(x.p, y.p, COGNATE_BYTES) == 0)
			return true;
	}
	return false;
}

static void
keep(phrase_targets *t, translation *x, slice text, slice phrase)
{
	x->n = t->pieces->n < PIECES_MOST ? t->pieces->n : PIECES_MOST;
	for (size_t i = 0; i < x->n; i++) {
		const tm_piece *p = &t->pieces->at[i];
		x->keys[i] = p->word | 1;
		x->spans[i] = (span){ p->start, p->end };
		x->cognate[i] = is_cognate(slice_sub(text, p->start, p->end), phrase);
	}
}

/* How much commoner a word is beside the phrase than at large. */
static double
weight(phrase_targets *t, uint64_t key, size_t units)
{
	const counted *c = slot_of(t, key);
	double here = ((double)c->here + 0.1) / ((double)units + 0.2);
	/* Of a small memory everything was sampled, these units too. */
	double others = t->whole ? (double)(c->sampled - c->here) : (double)c->sampled;
	double of = t->whole ? (double)(t->sampled - units) : (double)t->sampled;
	double there = (others + 0.5) / (of + 1);

	return here < 0.6 ? -2 : log(here / there) - PRICE;
}

/* What a run of n pieces from i on has against it. */
static double
unlikely(const translation *x, size_t i, size_t n, size_t pieces)
{
	double middle = ((double)i + 0.5 * (double)n) / (double)x->n;
	double more = n > pieces ? (double)(n - pieces) : (double)(pieces - n);

	return FAR * fabs(middle - x->middle) + LENGTH * more;
}

/* The run of the greatest sum. */
static void
find_run(phrase_targets *t, translation *x, size_t units, size_t pieces)
{
	double best = 0;

	x->first = 1;
	x->last = 0;
	for (size_t i = 0; i < x->n; i++) {
		double sum = 0;
		for (size_t k = i; k < x->n && k < i + 2 * pieces + 2; k++) {
			sum += weight(t, x->keys[k], units) + (x->cognate[k] ? COGNATE : 0);
			double score = sum - unlikely(x, i, k + 1 - i, pieces);
			if (score > best) {
				best = score;
				x->first = i;
				x->last = k;
			}
		}
	}
	x->run = 0;
	for (size_t i = x->first; i <= x->last && x->first <= x->last; i++)
		x->run = x->run * 31 + x->keys[i];
}

static void
vote(phrase_targets *t, size_t n, size_t *which, span *out, double *likeness)
{
	size_t most = 0;

	for (size_t i = 0; i < n; i++) {
		const translation *x = &t->units[i];
		size_t agree = 0;
		if (x->first > x->last)
			continue;
		for (size_t k = 0; k < n; k++)
			agree += t->units[k].first <= t->units[k].last &&
				 t->units[k].run == x->run;
		if (agree <= most)
			continue;
		most = agree;
		*which = i;
		*out = (span){ x->spans[x->first].start, x->spans[x->last].end };
		*likeness = (double)agree / (double)n;
	}
	/* A single voice among several is no agreement. */
	if (most < 2) {
		*out = (span){ 0, 0 };
		*likeness = 0;
	}
}

status
phrase_targets_find(phrase_targets *t, const phrase_units *units, size_t *which, span *out,
	double *likeness)
{
	size_t kept = 0, from[UNITS_MOST];
	slice target;
	bool found;

	*which = 0;
	*out = (span){ 0, 0 };
	*likeness = 0;
	TRY(sample(t));
	for (size_t i = 0; i < SLOTS; i++)
		t->counts[i].here = 0;
	for (size_t i = 0; i < units->n && kept < UNITS_MOST; i++) {
		TRY(cut_target(t, units->ids[i], &target, &found));
		if (!found)
			continue;
		count(t, true);
		from[kept] = i;
		t->units[kept].middle = units->middles[i];
		keep(t, &t->units[kept++], target, units->words);
	}
	if (kept < 2)
		return STATUS_OK;
	for (size_t i = 0; i < kept; i++)
		find_run(t, &t->units[i], kept, units->pieces);
	vote(t, kept, which, out, likeness);
	*which = from[*which];
	return STATUS_OK;
}
