#include "tm/concordance.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "tm/glance.h"

#define WORDS_MOST 32     /* of a question */
#define LOOKED_AT 3000    /* units read in search of the phrase */
#define TOGETHER_MOST 256 /* of those, how many a store far away is asked for in one go */

typedef struct finder {
	context *context;
	tm_store *store;
	const tm_concordance *q;
	tm_pieces *query, *pieces;
	tm_glance glance;
	ARRAY(uint32_t) units;
	ARRAY(bool) kept; /* of the units: the word that is read now has them, too */
	size_t at;        /* the unit up to which they were compared */
	bool sorted;
	tm_unit unit;
	tm_occurrence now;
	ARRAY(uint32_t) loose; /* units with the words, not as a phrase */
	char tag[64];
} finder;

/* Of the first word, all units. */
static status
add_chunk(void *user, int64_t key, const void *chunk, size_t n)
{
	finder *f = user;
	posting_reader r;

	if (!posting_open(&r, key, chunk, n))
		return tm_store_index_damaged(f->store);
	if (f->units.n + n > f->units.capacity) /* an entry is a byte or more */
		TRY(ARRAY_RESERVE(f->context->memory, &f->units, f->units.n + n));
	uint32_t *new = f->units.at + f->units.n;
	size_t count = posting_next_units(&r, new, n);
	if (f->units.n != 0 && count != 0 && new[-1] == new[0]) /* in both chunks */
		memmove(new, new + 1, --count * sizeof(*new));
	for (size_t i = f->units.n == 0; i < count; i++)
		f->sorted &= new[(ptrdiff_t)i - 1] < new[i];
	f->units.n += count;
	return posting_ended_well(&r) ? STATUS_OK : tm_store_index_damaged(f->store);
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return x < y ? -1 : x > y;
}

/* Ascending, each unit once. */
static void
sort_units(finder *f)
{
	size_t kept = 0;

	qsort(f->units.at, f->units.n, sizeof(*f->units.at), by_number);
	for (size_t i = 0; i < f->units.n; i++)
		if (kept == 0 || f->units.at[kept - 1] != f->units.at[i])
			f->units.at[kept++] = f->units.at[i];
	f->units.n = kept;
}

/* Units grow within a chunk; the next may begin with an earlier one. */
static void
keep_met(finder *f, const uint32_t *met, size_t n)
{
	const uint32_t *units = f->units.at;
	size_t at = f->at, end = f->units.n;

	if (at > 0 && units[at - 1] >= met[0])
		at = 0;
	for (size_t i = 0; i < n && at < end; i++) {
		while (at < end && units[at] < met[i])
			at++;
		if (at < end && units[at] == met[i])
			f->kept.at[at++] = true;
	}
	f->at = at;
}

/* Of a further word: which of the units have it? */
static status
compare_chunk(void *user, int64_t key, const void *chunk, size_t n)
{
	finder *f = user;
	uint32_t met[1024];
	posting_reader r;
	size_t count;

	if (!posting_open(&r, key, chunk, n))
		return tm_store_index_damaged(f->store);
	while ((count = posting_next_units(&r, met, sizeof(met) / sizeof(*met))) != 0)
		keep_met(f, met, count);
	return posting_ended_well(&r) ? STATUS_OK : tm_store_index_damaged(f->store);
}

static status
read_list(finder *f, uint64_t key, tm_take_chunk *take)
{
	return tm_store_word_list(f->store, key, slice_of(f->tag),
		f->q->side == TM_SOURCE ? POSTING_SOURCE : POSTING_TARGET, take, f);
}

static status
intersect(finder *f, uint64_t key)
{
	size_t n = 0;

	TRY(ARRAY_RESERVE(f->context->memory, &f->kept, f->units.n));
	memset(f->kept.at, 0, f->units.n * sizeof(*f->kept.at));
	f->at = 0;
	TRY(read_list(f, key, compare_chunk));
	for (size_t i = 0; i < f->units.n; i++)
		if (f->kept.at[i])
			f->units.at[n++] = f->units.at[i];
	f->units.n = n;
	return STATUS_OK;
}

/* The keys of the words, each once, the rarest first. */
static status
order_words(finder *f, uint64_t keys[WORDS_MOST], size_t *count)
{
	uint64_t ranks[WORDS_MOST];

	*count = 0;
	for (size_t i = 0; i < f->query->n; i++) {
		uint64_t key = f->query->at[i].word, rank;
		size_t at = 0, k;
		while (at < *count && keys[at] != key)
			at++;
		if (at < *count)
			continue;
		TRY(tm_store_rank(f->store, key, &rank));
		for (k = (*count)++; k > 0 && ranks[k - 1] > rank; k--) {
			keys[k] = keys[k - 1];
			ranks[k] = ranks[k - 1];
		}
		keys[k] = key;
		ranks[k] = rank;
	}
	return STATUS_OK;
}

static status
find_units(finder *f)
{
	uint64_t keys[WORDS_MOST];
	size_t n;

	TRY(order_words(f, keys, &n));
	if (n == 0)
		return STATUS_OK;
	TRY(tm_store_expect_words(f->store, keys, n, slice_of(f->tag),
		f->q->side == TM_SOURCE ? POSTING_SOURCE : POSTING_TARGET, 0));
	f->sorted = true;
	TRY(read_list(f, keys[0], add_chunk));
	if (!f->sorted)
		sort_units(f);
	for (size_t i = 1; i < n && f->units.n != 0; i++)
		TRY(intersect(f, keys[i]));
	return STATUS_OK;
}

static bool
is_same(const tm_piece *asked, const tm_piece *there)
{
	return asked->word == there->word;
}

static bool
phrase_at(const finder *f, size_t at)
{
	if (at + f->query->n > f->pieces->n)
		return false;
	for (size_t i = 0; i < f->query->n; i++)
		if (!is_same(&f->query->at[i], &f->pieces->at[at + i]))
			return false;
	return true;
}

static void
mark(finder *f, size_t from, size_t to)
{
	if (f->now.mark_count < CONCORDANCE_MARKS)
		f->now.marks[f->now.mark_count++] =
			(span){ f->pieces->at[from].start, f->pieces->at[to].end };
}

static void
mark_phrases(finder *f)
{
	f->now.mark_count = 0;
	for (size_t at = 0; at < f->pieces->n; at++)
		if (phrase_at(f, at)) {
			mark(f, at, at + f->query->n - 1);
			at += f->query->n - 1;
		}
}

/* False when not all words are there: two words of the memory shared a list. */
static bool
mark_words(finder *f)
{
	bool met[WORDS_MOST] = { false };

	f->now.mark_count = 0;
	for (size_t at = 0; at < f->pieces->n; at++)
		for (size_t i = 0; i < f->query->n; i++)
			if (is_same(&f->query->at[i], &f->pieces->at[at])) {
				met[i] = true;
				mark(f, at, at);
				break;
			}
	for (size_t i = 0; i < f->query->n; i++) {
		for (size_t k = 0; k < i; k++)
			met[i] |= is_same(&f->query->at[k], &f->query->at[i]) && met[k];
		if (!met[i])
			return false;
	}
	return true;
}

static status
show(finder *f, uint32_t id, status (*take)(void *user, const tm_occurrence *o), void *user)
{
	bool found;

	TRY(tm_store_get(f->store, id, &f->unit, &found));
	if (!found)
		return STATUS_OK;
	f->now.id = id;
	f->now.unit = &f->unit;
	return take(user, &f->now);
}

static status
read_text(finder *f, uint32_t id, slice *text, bool *found)
{
	slice source, target;
	uint64_t pair;

	TRY(tm_store_texts(f->store, id, &source, &target, &pair, found));
	*text = f->q->side == TM_SOURCE ? source : target;
	return STATUS_OK;
}

/* A store far away is asked for the next units back from number `end` in the list together;
 * those from *expected on are known. Most phrases are found soon: the first go is for little
 * more than is shown. */
static status
expect_next(finder *f, size_t end, size_t *expected)
{
	uint32_t ids[TOGETHER_MOST];
	size_t n = *expected == f->units.n ? 2 * f->q->most : TOGETHER_MOST;

	if (end > *expected || !tm_store_is_far(f->store))
		return STATUS_OK;
	n = n < TOGETHER_MOST ? n : TOGETHER_MOST;
	n = n < end ? n : end;
	*expected = end - n;
	memcpy(ids, f->units.at + *expected, n * sizeof(*ids));
	return tm_store_expect_units(f->store, ids, n);
}

/* Units without the phrase are cut only as long as others are wanted. */
static status
show_phrases(finder *f, status (*take)(void *user, const tm_occurrence *o), void *user,
	size_t *shown)
{
	size_t looked = 0, expected = f->units.n;
	slice text;
	bool found;

	for (size_t i = f->units.n; i-- > 0 && *shown < f->q->most && looked < LOOKED_AT;) {
		looked++;
		TRY(expect_next(f, i + 1, &expected));
		TRY(read_text(f, f->units.at[i], &text, &found));
		bool wanted = f->loose.n < f->q->most;
		if (!found || (!wanted && !tm_glance_may_hold(&f->glance, text)))
			continue;
		TRY(tm_pieces_cut(f->pieces, text));
		mark_phrases(f);
		f->now.phrase = f->now.mark_count != 0;
		if (f->now.phrase) {
			++*shown;
			TRY(show(f, f->units.at[i], take, user));
		} else if (wanted && mark_words(f)) {
			TRY(ARRAY_RESERVE(f->context->memory, &f->loose, 1));
			f->loose.at[f->loose.n++] = f->units.at[i];
		}
	}
	return STATUS_OK;
}

static status
show_units(finder *f, status (*take)(void *user, const tm_occurrence *o), void *user)
{
	size_t shown = 0;
	slice text;
	bool found;

	TRY(show_phrases(f, take, user, &shown));
	f->now.phrase = false;
	for (size_t i = 0; i < f->loose.n && shown < f->q->most; i++, shown++) {
		TRY(read_text(f, f->loose.at[i], &text, &found));
		if (!found)
			continue;
		TRY(tm_pieces_cut(f->pieces, text));
		if (mark_words(f))
			TRY(show(f, f->loose.at[i], take, user));
	}
	return STATUS_OK;
}

typedef struct chooser {
	finder *finder;
	bool done;
} chooser;

static status
choose_tag(void *user, slice source, slice target, uint64_t units)
{
	chooser *x = user;
	slice tag = x->finder->q->side == TM_SOURCE ? source : target;

	(void)units;
	if (!x->done && tag.n < sizeof(x->finder->tag)) {
		memcpy(x->finder->tag, tag.p, tag.n);
		x->finder->tag[tag.n] = '\0';
		x->done = true;
	}
	return STATUS_OK;
}

static status
find(finder *f, status (*take)(void *user, const tm_occurrence *o), void *user, size_t *total)
{
	const tm_concordance *q = f->q;
	chooser x = { f, false };

	TRY(tm_pieces_open(&f->query, f->context->memory));
	TRY(tm_pieces_open(&f->pieces, f->context->memory));
	TRY(tm_pieces_cut(f->query, q->text));
	if (f->query->n > WORDS_MOST)
		f->query->n = WORDS_MOST;
	tm_glance_init(&f->glance, q->text, f->query);
	if (q->language.n != 0 && q->language.n < sizeof(f->tag))
		memcpy(f->tag, q->language.p, q->language.n);
	else
		TRY(tm_store_usual_pairs(f->store, choose_tag, &x));
	TRY(find_units(f));
	*total = f->units.n;
	return show_units(f, take, user);
}

status
tm_concordance_find(tm_store *s, context *c, const tm_concordance *q,
	status (*take)(void *user, const tm_occurrence *o), void *user, size_t *total)
{
	finder f = { .context = c, .store = s, .q = q };

	*total = 0;
	tm_unit_init(&f.unit, c->memory);
	TRY(tm_store_begin_read(s));
	status done = find(&f, take, user, total);
	tm_store_end_read(s);
	tm_pieces_close(f.query);
	tm_pieces_close(f.pieces);
	tm_unit_free(&f.unit);
	ARRAY_FREE(c->memory, &f.units);
	ARRAY_FREE(c->memory, &f.kept);
	ARRAY_FREE(c->memory, &f.loose);
	return done;
}
