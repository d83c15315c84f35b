#include "termbase/extract_words.h"

#include <stdlib.h>
#include <string.h>

#include "termbase/names.h"
#include "text/fold.h"

#define WORDS_MOST 16
#define WORD_BYTES 48   /* longer ones are compared by so much of them */
#define ALIKE 0.58      /* Melamed */
#define ALIKE_LETTERS 4 /* shorter words are alike by chance */
#define TOGETHER 0.8    /* that words stand together says less than that they are alike */

#define KNOWN_BITS 20
#define MANY 128 /* a word in so small a part of the segments or more has them as bits */

typedef struct word_use { /* a word of a candidate */
	uint64_t key;     /* with the language */
	uint32_t candidate, entry;
} word_use;

typedef struct uses {
	ARRAY(word_use) list;
} uses;

static int
by_key(const void *left, const void *right)
{
	const word_use *a = left, *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->entry > b->entry) - (a->entry < b->entry);
}

static int
by_number(const void *left, const void *right)
{
	const uint32_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

static status
add_words(extract_words *w, uses *u, const extractor *x, uint32_t candidate)
{
	const extract_candidate *k = &x->list.at[candidate];
	name_piece pieces[WORDS_MOST];
	char folded[3 * WORD_BYTES + 4];
	size_t end, n = name_pieces(pieces, WORDS_MOST, k->text, &end, NULL);

	for (size_t i = 0; i < n; i++) {
		slice s = pieces[i].text;
		candidate_word made = { 0 };
		if (pieces[i].function)
			continue;
		s.n = s.n < WORD_BYTES ? s.n : WORD_BYTES;
		TRY(arena_copy(
			&w->text, (slice){ folded, text_fold(folded, s) }, &made.folded));
		for (size_t b = 0; b < made.folded.n; b++)
			made.letters[(uint8_t)made.folded.p[b] % EXTRACT_LETTERS]++;
		TRY(ARRAY_RESERVE(w->memory, &u->list, 1));
		TRY(ARRAY_RESERVE(w->memory, &w->list, 1));
		u->list.at[u->list.n++] =
			(word_use){ (uint64_t)k->language << 32 | pieces[i].key, candidate,
				(uint32_t)w->list.n };
		w->list.at[w->list.n++] = made;
	}
	return STATUS_OK;
}

/* The segments of all candidates from one use of a word to another, each once. */
static status
add_segments(extract_words *w, const extractor *x, const uint32_t *places, const word_use *u,
	size_t n)
{
	size_t start = w->segments.n, kept = start;

	for (size_t i = 0; i < n; i++) {
		uint32_t from = places[u[i].candidate], to = places[u[i].candidate + 1];
		TRY(ARRAY_RESERVE(w->memory, &w->segments, to - from));
		for (uint32_t p = from; p < to; p++)
			w->segments.at[w->segments.n++] = x->places.at[p].segment;
	}
	if (w->segments.n > start)
		qsort(w->segments.at + start, w->segments.n - start, sizeof(uint32_t),
			by_number);
	for (size_t i = start; i < w->segments.n; i++)
		if (i == start || w->segments.at[i] != w->segments.at[kept - 1])
			w->segments.at[kept++] = w->segments.at[i];
	w->segments.n = kept;
	return STATUS_OK;
}

static status
number_words(extract_words *w, uses *u, const extractor *x, const uint32_t *places)
{
	uint32_t count = 0;

	if (u->list.n > 1)
		qsort(u->list.at, u->list.n, sizeof(*u->list.at), by_key);
	for (size_t i = 0, end; i < u->list.n; i = end, count++) {
		w->begins[count] = (uint32_t)w->segments.n;
		for (end = i; end < u->list.n && u->list.at[end].key == u->list.at[i].key;
			end++)
			w->list.at[u->list.at[end].entry].word = count;
		TRY(add_segments(w, x, places, &u->list.at[i], end - i));
		uint32_t segments = (uint32_t)w->segments.n - w->begins[count];
		for (size_t k = i; k < end; k++)
			w->list.at[u->list.at[k].entry].segments = segments;
	}
	w->begins[count] = (uint32_t)w->segments.n;
	return STATUS_OK;
}

static status
read_words(extract_words *w, uses *u, const extractor *x, uint32_t *places)
{
	size_t n = x->list.n, p = 0;

	for (uint32_t i = 0; i < n; i++) {
		w->first[i] = (uint32_t)w->list.n;
		TRY(add_words(w, u, x, i));
		places[i] = (uint32_t)p;
		while (p < x->places.n && x->places.at[p].candidate == i)
			p++;
	}
	w->first[n] = (uint32_t)w->list.n;
	places[n] = (uint32_t)p;
	w->begins = memory_alloc(w->memory, (u->list.n + 1) * sizeof(*w->begins));
	w->bits = memory_alloc(w->memory, (u->list.n + 1) * sizeof(*w->bits));
	w->known = memory_alloc(w->memory, sizeof(*w->known) << KNOWN_BITS);
	if (w->begins == NULL || w->bits == NULL || w->known == NULL)
		return STATUS_MEMORY;
	memset(w->bits, 0, (u->list.n + 1) * sizeof(*w->bits));
	memset(w->known, 0, sizeof(*w->known) << KNOWN_BITS);
	for (size_t i = 0; i < x->places.n; i++)
		if (x->places.at[i].segment > w->last_segment)
			w->last_segment = x->places.at[i].segment;
	return number_words(w, u, x, places);
}

status
extract_words_init(extract_words *w, const extractor *x)
{
	const memory *m = x->context->memory;
	uses u = { 0 };

	*w = (extract_words){ .memory = m };
	arena_init(&w->text, m);
	uint32_t *places = memory_alloc(m, (x->list.n + 1) * sizeof(*places));
	w->first = memory_alloc(m, (x->list.n + 1) * sizeof(*w->first));
	status done = places == NULL || w->first == NULL ? STATUS_MEMORY
							 : read_words(w, &u, x, places);
	memory_free(m, places);
	ARRAY_FREE(m, &u.list);
	return done;
}

void
extract_words_free(extract_words *w)
{
	ARRAY_FREE(w->memory, &w->list);
	ARRAY_FREE(w->memory, &w->segments);
	memory_free(w->memory, w->first);
	memory_free(w->memory, w->begins);
	memory_free(w->memory, w->bits);
	memory_free(w->memory, w->known);
	arena_free(&w->text);
}

/* --- comparing --- */

/* No subsequence is longer than the letters that two words have in common, in any order. */
static unsigned
common_letters(const candidate_word *a, const candidate_word *b)
{
	unsigned n = 0;

	for (size_t i = 0; i < EXTRACT_LETTERS; i++)
		n += a->letters[i] < b->letters[i] ? a->letters[i] : b->letters[i];
	return n;
}

static void
set_places(extract_words *w, slice text, bool set)
{
	for (size_t i = 0; i < text.n && i < 64; i++)
		w->at[(uint8_t)text.p[i]] =
			set ? w->at[(uint8_t)text.p[i]] | UINT64_C(1) << i : 0;
}

/* The longest common subsequence, 64 columns of the table in one number: H. Hyyrö,
 * "Bit-parallel LCS-length computation revisited", 2004. The word in hand is in w->at. */
static unsigned
common_of_short(const extract_words *w, slice b)
{
	uint64_t v = ~UINT64_C(0);

	for (size_t j = 0; j < b.n; j++) {
		uint64_t u = v & w->at[(uint8_t)b.p[j]];
		v = (v + u) | (v - u);
	}
	return (unsigned)__builtin_popcountll(~v);
}

static unsigned
common_of_long(slice a, slice b)
{
	uint8_t row[3 * WORD_BYTES + 5] = { 0 };

	for (size_t i = 0; i < a.n; i++) {
		uint8_t corner = 0;
		for (size_t j = 0; j < b.n; j++) {
			uint8_t above = row[j + 1];
			row[j + 1] = a.p[i] == b.p[j] ? (uint8_t)(corner + 1)
				     : above > row[j] ? above
						      : row[j];
			corner = above;
		}
	}
	return row[b.n];
}

/* Of the longest common subsequence over the longer word; x is the word in hand. */
static double
written_alike(const extract_words *w, const candidate_word *x, const candidate_word *y)
{
	slice a = x->folded, b = y->folded;
	double shorter = (double)(a.n < b.n ? a.n : b.n),
	       longer = (double)(a.n + b.n) - shorter;

	if (slice_equal(a, b))
		return 1;
	if (shorter < ALIKE_LETTERS || shorter < ALIKE * longer ||
		common_letters(x, y) < ALIKE * longer)
		return 0;
	double ratio = (a.n <= 64 ? common_of_short(w, b) : common_of_long(a, b)) / longer;
	return ratio >= ALIKE ? ratio : 0;
}

/* The segments of a word as bits; NULL for one that stands in few, or without the memory. */
static const uint64_t *
bits_of(extract_words *w, uint32_t i)
{
	uint32_t from = w->begins[i], to = w->begins[i + 1];

	if (w->bits[i] != NULL || to - from < w->last_segment / MANY)
		return w->bits[i];
	uint64_t *bits = ARENA_ARRAY(&w->text, uint64_t, w->last_segment / 64 + 1);
	for (uint32_t k = from; bits != NULL && k < to; k++)
		bits[w->segments.at[k] / 64] |= UINT64_C(1) << w->segments.at[k] % 64;
	return w->bits[i] = bits;
}

static uint32_t
count_in(const extract_words *w, uint32_t a, const uint64_t *bits)
{
	const uint32_t *s = w->segments.at;
	uint32_t both = 0;

	for (uint32_t i = w->begins[a]; i < w->begins[a + 1]; i++)
		both += bits[s[i] / 64] >> s[i] % 64 & 1;
	return both;
}

static uint32_t
count_merged(const extract_words *w, uint32_t a, uint32_t b)
{
	const uint32_t *s = w->segments.at;
	uint32_t i = w->begins[a], j = w->begins[b], both = 0;

	while (i < w->begins[a + 1] && j < w->begins[b + 1]) {
		both += s[i] == s[j];
		uint32_t left = s[i], right = s[j];
		i += left <= right;
		j += right <= left;
	}
	return both;
}

static uint32_t
segments_of(const extract_words *w, uint32_t i)
{
	return w->begins[i + 1] - w->begins[i];
}

/* Dice's coefficient. */
static double
stand_together(extract_words *w, uint32_t a, uint32_t b)
{
	uint32_t all = segments_of(w, a) + segments_of(w, b);
	uint32_t rarer = segments_of(w, a) < segments_of(w, b) ? a : b;
	const uint64_t *bits = bits_of(w, rarer == a ? b : a);
	uint32_t both = bits != NULL ? count_in(w, rarer, bits) : count_merged(w, a, b);

	return all == 0 ? 0 : 2.0 * both / all;
}

/* No pair of words stands together more than the rarer one allows. */
static double
most_together(const candidate_word *a, const candidate_word *b)
{
	double n = a->segments, m = b->segments;

	return 2 * (n < m ? n : m) / (n + m);
}

static double
known_together(extract_words *w, uint32_t a, uint32_t b)
{
	uint64_t both = ((uint64_t)a << 32 | b) + 1;
	known_pair *k = &w->known[both * UINT64_C(0x9E3779B97F4A7C15) >> (64 - KNOWN_BITS)];

	if (k->words != both)
		*k = (known_pair){ both, stand_together(w, a, b) };
	return k->together;
}

double
extract_words_likeness(extract_words *w, uint32_t a, uint32_t b)
{
	double of_b[WORDS_MOST] = { 0 }, sum = 0;
	const candidate_word *x = w->list.at + w->first[a], *y = w->list.at + w->first[b];
	size_t n = w->first[a + 1] - w->first[a], m = w->first[b + 1] - w->first[b];

	for (size_t i = 0; i < n; i++) {
		double best = 0;
		set_places(w, x[i].folded, true);
		for (size_t j = 0; j < m; j++) {
			double least = best < of_b[j] ? best : of_b[j];
			double like = written_alike(w, &x[i], &y[j]);
			if (like == 0 && TOGETHER * most_together(&x[i], &y[j]) > least)
				like = TOGETHER * known_together(w, x[i].word, y[j].word);
			best = like > best ? like : best;
			of_b[j] = like > of_b[j] ? like : of_b[j];
		}
		sum += best;
		set_places(w, x[i].folded, false);
	}
	for (size_t j = 0; j < m; j++)
		sum += of_b[j];
	return n + m == 0 ? 0 : sum / (double)(n + m);
}
