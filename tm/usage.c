#include "tm/usage.h"

#include <stdlib.h>
#include <string.h>

#include "text/fold.h"
#include "tm/match.h"

#define WORDS_MOST 4
#define LIST_MOST 40000 /* units of a word that are counted */
#define LOOKED_AT 24    /* of those, how many are read: the share that fits stands for all */
#define BYTES_MOST 256  /* of the words of a question */
#define TRANSLATIONS_MOST 50

typedef struct memory_in_use {
	tm_store *store;
	tm_matcher *matcher;
} memory_in_use;

struct tm_usage {
	context *context;
	ARRAY(memory_in_use) memories;
	tm_pieces *asked, *pieces;
	ARRAY(uint32_t) units, list;
	bool whole; /* the list was read to its end */
	tm_store *reading;
	buffer translation;
	status status;
};

static status
open_one(tm_usage *u, const char *path, tm_store_mode mode)
{
	memory_in_use m = { 0 };

	TRY(ARRAY_RESERVE(u->context->memory, &u->memories, 1));
	TRY(tm_store_open(&m.store, u->context, path, mode));
	u->memories.at[u->memories.n++] = m;
	return tm_matcher_open(&u->memories.at[u->memories.n - 1].matcher, u->context, m.store);
}

status
tm_usage_open(tm_usage **out, context *c, const char *const *paths, bool reachable)
{
	tm_store_mode mode = reachable ? TM_STORE_READ_REACHABLE : TM_STORE_READ;
	tm_usage *u = memory_alloc(c->memory, sizeof(*u));

	*out = NULL;
	if (u == NULL)
		return STATUS_MEMORY;
	*u = (tm_usage){ .context = c };
	buffer_init(&u->translation, c->memory, c->limits.paragraph);
	status done = tm_pieces_open(&u->asked, c->memory);
	if (done == STATUS_OK)
		done = tm_pieces_open(&u->pieces, c->memory);
	for (; done == STATUS_OK && *paths != NULL; paths++)
		done = open_one(u, *paths, mode);
	if (done != STATUS_OK) {
		tm_usage_close(u);
		return done;
	}
	*out = u;
	return STATUS_OK;
}

void
tm_usage_close(tm_usage *u)
{
	if (u == NULL)
		return;
	const memory *m = u->context->memory;
	for (size_t i = 0; i < u->memories.n; i++) {
		tm_matcher_close(u->memories.at[i].matcher);
		tm_store_close(u->memories.at[i].store);
	}
	ARRAY_FREE(m, &u->memories);
	ARRAY_FREE(m, &u->units);
	ARRAY_FREE(m, &u->list);
	tm_pieces_close(u->asked);
	tm_pieces_close(u->pieces);
	buffer_free(&u->translation);
	memory_free(m, u);
}

const char *
tm_usage_missing(const tm_usage *u)
{
	const char *missing = NULL;

	for (size_t i = 0; i < u->memories.n && missing == NULL; i++)
		missing = tm_store_missing(u->memories.at[i].store);
	return missing;
}

status
tm_usage_status(tm_usage *u)
{
	status done = u->status;

	u->status = STATUS_OK;
	return done;
}

/* --- counting --- */

static status
add_chunk(void *user, int64_t key, const void *chunk, size_t n)
{
	tm_usage *u = user;
	posting_reader r;
	uint32_t unit;

	if (!posting_open(&r, key, chunk, n))
		return tm_store_index_damaged(u->reading);
	while (posting_next(&r, &unit)) {
		if (u->list.n != 0 && u->list.at[u->list.n - 1] == unit)
			continue;
		TRY(ARRAY_RESERVE(u->context->memory, &u->list, 1));
		u->list.at[u->list.n++] = unit;
	}
	return u->list.n > LIST_MOST ? STATUS_LIMIT : STATUS_OK;
}

static int
by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static status
read_list(tm_usage *u, tm_store *s, uint64_t key, slice tag, unsigned side)
{
	u->list.n = 0;
	u->reading = s;
	status done = tm_store_word_list(s, key, tag, side, add_chunk, u);
	u->whole = done != STATUS_LIMIT;
	if (u->whole)
		TRY(done);
	if (u->list.n > 1)
		qsort(u->list.at, u->list.n, sizeof(uint32_t), by_number);
	return STATUS_OK;
}

/* Units of the list that are in u->units, or all of it at first. */
static status
narrow(tm_usage *u, bool first)
{
	size_t kept = 0, k = 0;

	if (first) {
		u->units.n = 0;
		TRY(ARRAY_RESERVE(u->context->memory, &u->units, u->list.n));
		if (u->list.n != 0)
			memcpy(u->units.at, u->list.at, u->list.n * sizeof(uint32_t));
		u->units.n = u->list.n;
		return STATUS_OK;
	}
	for (size_t i = 0; i < u->units.n; i++) {
		while (k < u->list.n && u->list.at[k] < u->units.at[i])
			k++;
		if (k < u->list.n && u->list.at[k] == u->units.at[i])
			u->units.at[kept++] = u->units.at[i];
	}
	u->units.n = kept;
	return STATUS_OK;
}

static bool
same_but_for_case(slice a, slice b)
{
	char x[BYTES_MOST * 3 + 4], y[BYTES_MOST * 3 + 4];

	if (a.n > BYTES_MOST || b.n > BYTES_MOST)
		return false;
	return slice_equal((slice){ x, text_lower(x, a) }, (slice){ y, text_lower(y, b) });
}

/* Words and gaps as they are asked for, somewhere in the text that was cut just now. */
static bool
stand_there(const tm_usage *u, slice words, slice text)
{
	size_t n = u->asked->n;

	for (size_t i = 0; i + n <= u->pieces->n; i++) {
		size_t start = u->pieces->at[i].start, end = u->pieces->at[i + n - 1].end;
		if (u->pieces->at[i].word == u->asked->at[0].word && end - start < BYTES_MOST &&
			same_but_for_case(slice_sub(text, start, end), words))
			return true;
	}
	return false;
}

/* A store far away is asked for the lists of all words in one go, and for the units that will
 * be looked at in another. */
static status
expect_lists(tm_usage *u, tm_store *s, slice tag, unsigned side)
{
	uint64_t keys[WORDS_MOST];

	if (!tm_store_is_far(s))
		return STATUS_OK;
	for (size_t i = 0; i < u->asked->n; i++)
		keys[i] = u->asked->at[i].word;
	return tm_store_expect_words(s, keys, u->asked->n, tag, side, LIST_MOST);
}

static status
expect_texts(tm_usage *u, tm_store *s)
{
	size_t n = u->units.n < LOOKED_AT ? u->units.n : LOOKED_AT;

	return tm_store_is_far(s) ? tm_store_expect_units(s, u->units.at + (u->units.n - n), n)
				  : STATUS_OK;
}

static status
count_side(tm_usage *u, tm_store *s, slice tag, unsigned side, slice words, size_t *sum)
{
	size_t looked = 0, hits = 0;

	TRY(expect_lists(u, s, tag, side));
	for (size_t i = 0; i < u->asked->n; i++) {
		TRY(read_list(u, s, u->asked->at[i].word, tag, side));
		if (i == 0 || u->whole) /* a list cut short says nothing of the rest */
			TRY(narrow(u, i == 0));
		if (u->units.n == 0)
			return STATUS_OK;
	}
	TRY(expect_texts(u, s));
	for (size_t i = u->units.n; i-- > 0 && looked < LOOKED_AT; looked++) {
		slice text[2];
		uint64_t salt;
		bool found;
		TRY(tm_store_texts(s, u->units.at[i], &text[0], &text[1], &salt, &found));
		if (!found)
			continue;
		TRY(tm_pieces_cut(u->pieces, text[side]));
		hits += stand_there(u, words, text[side]);
	}
	*sum += looked == 0 ? 0 : hits * u->units.n / looked;
	return STATUS_OK;
}

static status
count(tm_usage *u, slice tag, slice words, size_t *sum)
{
	TRY(tm_pieces_cut(u->asked, words));
	if (u->asked->n == 0 || u->asked->n > WORDS_MOST || words.n >= BYTES_MOST)
		return STATUS_OK;
	for (size_t i = 0; i < u->memories.n; i++) {
		tm_store *s = u->memories.at[i].store;
		TRY(tm_store_begin_read(s));
		status done = count_side(u, s, tag, POSTING_SOURCE, words, sum);
		if (done == STATUS_OK)
			done = count_side(u, s, tag, POSTING_TARGET, words, sum);
		tm_store_end_read(s);
		TRY(done);
	}
	return STATUS_OK;
}

size_t
tm_usage_count(tm_usage *u, const char *tag, slice words)
{
	size_t sum = 0;
	status done = count(u, slice_of(tag), words, &sum);

	if (done != STATUS_OK && u->status == STATUS_OK)
		u->status = done;
	return done == STATUS_OK ? sum : 0;
}

/* --- translations --- */

static status
translate(tm_usage *u, const tm_query *q, bool *one)
{
	const tm_match *matches;
	size_t n;

	*one = false;
	for (size_t i = 0; i < u->memories.n; i++) {
		TRY(tm_matcher_find(u->memories.at[i].matcher, q, &matches, &n));
		for (size_t k = 0; k < n; k++) {
			if (!slice_equal(matches[k].unit.side[0].text, q->text))
				continue;
			slice t = matches[k].unit.side[1].text;
			if (*one && !slice_equal(buffer_slice(&u->translation), t)) {
				*one = false;
				return STATUS_OK;
			}
			buffer_clear(&u->translation);
			buffer_put(&u->translation, t);
			TRY(u->translation.status);
			*one = true;
		}
	}
	return STATUS_OK;
}

slice
tm_usage_translation(tm_usage *u, slice source, slice target, slice text)
{
	tm_query q = { .text = text,
		.source = source,
		.target = target,
		.threshold = TM_SCORE_EXACT,
		.most = TRANSLATIONS_MOST };
	bool one;
	status done = translate(u, &q, &one);

	if (done != STATUS_OK && u->status == STATUS_OK)
		u->status = done;
	return done == STATUS_OK && one ? buffer_slice(&u->translation) : SLICE("");
}

status
tm_usage_translations(tm_usage *u, slice source, slice target, slice text,
	status (*found)(void *user, slice translation), void *user)
{
	tm_query q = { .text = text,
		.source = source,
		.target = target,
		.threshold = TM_SCORE_EXACT,
		.most = TRANSLATIONS_MOST };
	const tm_match *matches;
	size_t n;

	for (size_t i = 0; i < u->memories.n; i++) {
		status done = tm_matcher_find(u->memories.at[i].matcher, &q, &matches, &n);
		if (done != STATUS_OK) {
			u->status = u->status == STATUS_OK ? done : u->status;
			continue;
		}
		for (size_t k = 0; k < n; k++)
			TRY(found(user, matches[k].target));
	}
	return STATUS_OK;
}
