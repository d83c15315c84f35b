#include "tm/concordance.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MOST 32  /* of a question */
#define LOOKED_AT 3000 /* units read in search of the phrase */

typedef struct finder {
	context *context;
	tm_store *store;
	const tm_concordance *q;
	tm_pieces *query, *pieces;
	ARRAY(uint32_t) units, list;
	bool sorted;
	tm_unit unit;
	tm_occurrence now;
	ARRAY(uint32_t) loose; /* units with the words, not as a phrase */
	char tag[64];
} finder;

static status
add_chunk(void *user, int64_t key, const void *chunk, size_t n)
{
	finder *f = user;
	posting_reader r;
	uint32_t unit;

	if (!posting_open(&r, key, chunk, n))
		return tm_store_index_damaged(f->store);
	while (posting_next(&r, &unit)) {
		if (f->list.n != 0 && f->list.at[f->list.n - 1] == unit)
			continue; /* it ends one chunk and begins the next */
		if (f->list.n == f->list.capacity)
			TRY(ARRAY_RESERVE(f->context->memory, &f->list, 1));
		f->sorted &= f->list.n == 0 || f->list.at[f->list.n - 1] < unit;
		f->list.at[f->list.n++] = unit;
	}
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

/* Into f->list, ascending, each unit once. */
static status
read_list(finder *f, uint64_t key)
{
	size_t kept = 0;

	f->list.n = 0;
	f->sorted = true;
	TRY(tm_store_word_list(f->store, key, slice_of(f->tag),
		f->q->side == TM_SOURCE ? POSTING_SOURCE : POSTING_TARGET, add_chunk, f));
	if (f->sorted)
		return STATUS_OK;
	qsort(f->list.at, f->list.n, sizeof(*f->list.at), by_number);
	for (size_t i = 0; i < f->list.n; i++)
		if (kept == 0 || f->list.at[kept - 1] != f->list.at[i])
			f->list.at[kept++] = f->list.at[i];
	f->list.n = kept;
	return STATUS_OK;
}

static void
intersect(finder *f)
{
	size_t kept = 0;

	for (size_t i = 0, k = 0; i < f->units.n; i++) {
		while (k < f->list.n && f->list.at[k] < f->units.at[i])
			k++;
		if (k < f->list.n && f->list.at[k] == f->units.at[i])
			f->units.at[kept++] = f->units.at[i];
	}
	f->units.n = kept;
}

static bool
asked_before(const finder *f, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (f->query->at[k].word == f->query->at[i].word)
			return true;
	return false;
}

static status
find_units(finder *f)
{
	f->units.n = 0;
	for (size_t i = 0; i < f->query->n; i++) {
		if (asked_before(f, i))
			continue;
		TRY(read_list(f, f->query->at[i].word));
		if (i == 0) {
			TRY(ARRAY_RESERVE(f->context->memory, &f->units, f->list.n));
			if (f->list.n != 0)
				memcpy(f->units.at, f->list.at,
					f->list.n * sizeof(*f->units.at));
			f->units.n = f->list.n;
		} else {
			intersect(f);
		}
		if (f->units.n == 0)
			return STATUS_OK;
	}
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
cut_unit(finder *f, uint32_t id, bool *found)
{
	slice source, target;
	uint64_t pair;

	TRY(tm_store_texts(f->store, id, &source, &target, &pair, found));
	return *found ? tm_pieces_cut(f->pieces, f->q->side == TM_SOURCE ? source : target)
		      : STATUS_OK;
}

static status
show_units(finder *f, status (*take)(void *user, const tm_occurrence *o), void *user)
{
	size_t shown = 0, looked = 0;
	bool found;

	for (size_t i = f->units.n; i-- > 0 && shown < f->q->most && looked < LOOKED_AT;) {
		looked++;
		TRY(cut_unit(f, f->units.at[i], &found));
		if (!found)
			continue;
		mark_phrases(f);
		f->now.phrase = f->now.mark_count != 0;
		if (f->now.phrase) {
			shown++;
			TRY(show(f, f->units.at[i], take, user));
		} else if (f->loose.n < f->q->most && mark_words(f)) {
			TRY(ARRAY_RESERVE(f->context->memory, &f->loose, 1));
			f->loose.at[f->loose.n++] = f->units.at[i];
		}
	}
	f->now.phrase = false;
	for (size_t i = 0; i < f->loose.n && shown < f->q->most; i++, shown++) {
		TRY(cut_unit(f, f->loose.at[i], &found));
		if (found && mark_words(f))
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
	ARRAY_FREE(c->memory, &f.list);
	ARRAY_FREE(c->memory, &f.loose);
	return done;
}
