/* Which units are worth reading for a query: those of its shape, then those that the lists of
 * its rarer pieces propose (docs/MEMORY.md, "The search is exact"). */
#include "tm/matcher.h"

#include <stdlib.h>
#include <string.h>

/* --- of the same shape --- */

/* Same text before same shape, then newest first. */
static int
likeliest_first(const void *a, const void *b)
{
	const tm_relative *x = a, *y = b;

	if (x->literal != y->literal)
		return x->literal ? -1 : 1;
	return x->id > y->id ? -1 : x->id < y->id;
}

/* Nothing like r, or older, can take a place any more. */
static bool
is_full(const tm_matcher *x, const tm_relative *r, int best)
{
	if (x->hit_count < x->q->most)
		return false;
	const hit *last = &x->hits[x->hit_count - 1];
	return r->literal ? last->score >= best && last->literal
			  : last->score >= TM_SCORE_EXACT;
}

#define TOGETHER 64 /* units that a store far away is asked for in one go */

/* The next units of the shape, and what stands around them. */
static status
expect_relatives(tm_matcher *x, size_t from, size_t n)
{
	bool around = x->q->previous.n + x->q->next.n != 0;
	uint32_t ids[3 * TOGETHER];
	size_t count = 0;

	for (size_t i = from; i < n && i < from + TOGETHER; i++) {
		uint32_t id = x->relatives.at[i].id;
		ids[count++] = id;
		if (!around)
			continue;
		ids[count++] = id - 1;
		ids[count++] = id + 1;
	}
	return tm_store_expect_units(x->store, ids, count);
}

/* Those of the very text alone, as far as the store can tell them, or all. */
static status
read_relatives(tm_matcher *x, bool of_text)
{
	size_t n;

	for (size_t room = TOGETHER;; room *= 4) {
		x->relatives.n = 0;
		TRY(ARRAY_RESERVE(x->context->memory, &x->relatives, room));
		TRY((of_text ? tm_store_of_text : tm_store_of_shape)(
			x->store, x->shape, x->q->text, x->relatives.at, room, &n));
		if (n < room)
			break;
	}
	x->relatives.n = n;
	if (n > 1)
		qsort(x->relatives.at, n, sizeof(*x->relatives.at), likeliest_first);
	return STATUS_OK;
}

static status
consider_relatives(tm_matcher *x)
{
	int best = x->q->previous.n + x->q->next.n != 0 ? TM_SCORE_CONTEXT : TM_SCORE_EXACT;
	size_t n = x->relatives.n, known = 0;
	bool is_new;

	for (size_t i = 0; i < n; i++) {
		const tm_relative *r = &x->relatives.at[i];
		TRY(tm_seen_add(&x->seen, r->id, &is_new));
		if (!is_new || is_full(x, r, best))
			continue;
		if (x->far && i >= known) {
			TRY(expect_relatives(x, i, n));
			known = i + TOGETHER;
		}
		TRY(match_consider(x, r->id));
	}
	return STATUS_OK;
}

/* Thousands of units may have one shape (“(a) the Minister”), of which few have the very text:
 * where those are as good as can be the others are not asked for. */
static status
consider_same_shape(tm_matcher *x)
{
	static const tm_relative another = { 0 };

	TRY(read_relatives(x, true));
	TRY(consider_relatives(x));
	if (is_full(x, &another, TM_SCORE_EXACT))
		return STATUS_OK;
	TRY(read_relatives(x, false));
	return consider_relatives(x);
}

/* --- by the index --- */

/* Bits set. The compiler's own calls a function where the processor may lack the instruction.
 */
static inline size_t
ones(uint64_t x)
{
	x -= x >> 1 & UINT64_C(0x5555555555555555);
	x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
	x = (x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
	return (size_t)(x * UINT64_C(0x0101010101010101) >> 56);
}

static void
begin_tails(tm_matcher *x)
{
	memset(x->tail, 0, sizeof(x->tail));
	for (unsigned width = 0; width < 3; width++)
		for (size_t i = 0; i < x->ordered.keys.n; i++) {
			tail_signature *t = &x->tail[width];
			unsigned bit = signature_bit(1U << width, x->ordered.keys.at[i]);
			if (t->pieces[bit] < LEVELS)
				t->level[t->pieces[bit]].word[bit / 64] |= UINT64_C(1)
									   << (bit % 64);
			if (t->pieces[bit] < UINT8_MAX)
				t->pieces[bit]++;
		}
}

/* A piece is behind us. */
static void
shorten_tails(tm_matcher *x, uint64_t key)
{
	for (unsigned width = 0; width < 3; width++) {
		tail_signature *t = &x->tail[width];
		unsigned bit = signature_bit(1U << width, key);
		if (t->pieces[bit] == UINT8_MAX)
			continue; /* too many to count: they stay */
		if (--t->pieces[bit] < LEVELS)
			t->level[t->pieces[bit]].word[bit / 64] &= ~(UINT64_C(1) << (bit % 64));
	}
}

/* May this unit reach the bar, by what the index says of it? */
static bool
may_match(const tm_matcher *x, const near_entry *e, unsigned words, int wanted)
{
	size_t n = x->query->n, m = e->pieces, missing = 0, extra = 0;

	if (m == 255)
		return true;
	size_t shared = match_least_shared(wanted, n, m);
	size_t left_a = n - x->place, left_b = e->place == 255 ? m : m - e->place;
	if (left_a < shared || left_b < shared)
		return false;
	const signature *level = x->tail[words / 2].level;
	for (unsigned k = 0; k < words; k++) {
		missing += ones(level[0].word[k] & ~e->of.word[k]);
		extra += ones(e->of.word[k] & ~level[0].word[k]);
	}
	if (left_a < shared + missing || m < shared + extra)
		return false;
	for (unsigned i = 1; i < LEVELS; i++)
		for (unsigned k = 0; k < words; k++)
			missing += ones(level[i].word[k] & ~e->of.word[k]);
	return left_a >= shared + missing;
}

/* The same by the unit's digest, without which everything may. */
static status
may_be_near(tm_matcher *x, uint32_t id, bool *may)
{
	const unsigned char *pieces;
	size_t n = x->query->n, m;

	TRY(tm_store_digest(x->store, id, &pieces, &m));
	*may = pieces == NULL;
	if (pieces == NULL)
		return STATUS_OK;
	size_t longest = n > m ? n : m, most = longest - match_least_shared(match_bar(x), n, m);
	*may = tm_digest_distance(&x->digests, pieces, m, most) <= most;
	return STATUS_OK;
}

static status
read_chunk(void *user, int64_t key, const void *chunk, size_t n)
{
	tm_matcher *x = user;
	posting_reader r;
	near_entry e;
	bool is_new;

	if (!posting_open(&r, key, chunk, n))
		return tm_store_index_damaged(x->store);
	while (posting_next_near(&r, &e)) {
		if (!may_match(x, &e, r.words, match_bar(x)))
			continue;
		TRY(tm_seen_add(&x->seen, e.unit, &is_new));
		if (is_new && x->far) {
			TRY(ARRAY_RESERVE(x->context->memory, &x->candidates, 1));
			x->candidates.at[x->candidates.n++] = (candidate){ e.unit, 0, 0 };
			continue;
		}
		if (is_new)
			TRY(may_be_near(x, e.unit, &is_new));
		if (is_new)
			TRY(match_consider(x, e.unit));
	}
	return posting_ended_well(&r) ? STATUS_OK : tm_store_index_damaged(x->store);
}

/* The shortest and the longest segments that may reach a score beside one of n pieces, of which
 * they share at most `left`. */
static void
lengths(int score, size_t n, size_t left, unsigned *first, unsigned *last)
{
	size_t shared = match_least_shared(score, n, n);
	size_t longest = score <= 0 ? n : (left * 10000 + (size_t)score - 1) / (size_t)score;

	if (score >= 10000)
		longest = n;
	*first = posting_class(shared);
	*last = posting_class(longest);
}

static status
consider_near(tm_matcher *x)
{
	size_t n = x->ordered.keys.n;
	unsigned first, last;

	if (n == 0)
		return STATUS_OK;
	begin_tails(x);
	for (x->place = 0; x->place < n; x->place++) {
		int wanted = match_bar(x);
		if (x->place > 0)
			shorten_tails(x, x->ordered.keys.at[x->place - 1]);
		if (wanted >= 10000)
			return STATUS_OK; /* the others have the query's shape */
		if (x->place > n - match_least_shared(wanted, n, n))
			return STATUS_OK;
		lengths(wanted, n, n - x->place, &first, &last);
		TRY(tm_store_near_lists(
			x->store, x->ordered.keys.at[x->place], first, last, read_chunk, x));
	}
	return STATUS_OK;
}

/* --- candidates of a store far away --- */

#define READ_AT_ONCE 48 /* candidates that are read without asking for their digests before */

static int
nearest_first(const void *a, const void *b)
{
	const candidate *x = a, *y = b;

	if (x->distance != y->distance)
		return x->distance < y->distance ? -1 : 1;
	return x->id > y->id ? -1 : x->id < y->id;
}

static status
expect_candidates(tm_matcher *x, size_t from, size_t n,
	status (*expect)(tm_store *s, const uint32_t *ids, size_t n))
{
	uint32_t *ids = ARENA_ARRAY(&x->texts, uint32_t, n + 1);

	if (ids == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++)
		ids[i] = x->candidates.at[from + i].id;
	return expect(x->store, ids, n);
}

/* What the digests refuse goes; what they find nearest comes first, so that the bar rises. */
static status
sift_candidates(tm_matcher *x)
{
	size_t n = x->query->n, m, kept = 0;
	const unsigned char *pieces;

	TRY(expect_candidates(x, 0, x->candidates.n, tm_store_expect_digests));
	for (size_t i = 0; i < x->candidates.n; i++) {
		candidate c = x->candidates.at[i];
		TRY(tm_store_digest(x->store, c.id, &pieces, &m));
		if (pieces != NULL) {
			size_t longest = n > m ? n : m;
			size_t most = longest - match_least_shared(match_bar(x), n, m);
			size_t d = tm_digest_distance(&x->digests, pieces, m, most);
			if (d > most)
				continue;
			c.distance = (uint32_t)d;
			c.pieces = m;
		}
		x->candidates.at[kept++] = c;
	}
	x->candidates.n = kept;
	if (kept > 1)
		qsort(x->candidates.at, kept, sizeof(candidate), nearest_first);
	return STATUS_OK;
}

static bool
may_still(const tm_matcher *x, const candidate *c)
{
	size_t n = x->query->n, m = c->pieces, longest = n > m ? n : m;

	return m == 0 || c->distance <= longest - match_least_shared(match_bar(x), n, m);
}

static status
consider_candidates(tm_matcher *x)
{
	if (x->candidates.n > READ_AT_ONCE)
		TRY(sift_candidates(x));
	for (size_t i = 0; i < x->candidates.n; i++) {
		size_t left = x->candidates.n - i;
		if (i % TOGETHER == 0)
			TRY(expect_candidates(x, i, left < TOGETHER ? left : TOGETHER,
				tm_store_expect_units));
		if (may_still(x, &x->candidates.at[i]))
			TRY(match_consider(x, x->candidates.at[i].id));
	}
	return STATUS_OK;
}

/* The lists that consider_near is going to read, by what rarity is now. The commoner a word,
 * the fewer are left to be shared, and the shorter the units that may still reach the bar. */
static status
order(tm_matcher *x)
{
	unsigned first = 0, *last;
	bool stale = true;

	while (stale) {
		TRY(tm_store_order(x->store, x->query, x->salt, &x->ordered));
		size_t n = x->ordered.keys.n,
		       count = n - match_least_shared(match_bar(x), n, n) + 1;
		if (n == 0)
			return STATUS_OK;
		last = ARENA_ARRAY(&x->texts, unsigned, count);
		if (last == NULL)
			return STATUS_MEMORY;
		for (size_t i = 0; i < count; i++)
			lengths(match_bar(x), n, n - i, &first, &last[i]);
		TRY(tm_store_expect_near(
			x->store, x->ordered.keys.at, count, first, last, &stale));
	}
	return STATUS_OK;
}

/* --- all --- */

static status
find_near(tm_matcher *x)
{
	x->candidates.n = 0;
	TRY(order(x));
	TRY(consider_near(x));
	return x->far ? consider_candidates(x) : STATUS_OK;
}

/* What a first look refused may do now; what was taken is not looked at again. */
static status
look_again(tm_matcher *x)
{
	bool is_new;

	tm_seen_forget(&x->seen);
	for (size_t i = 0; i < x->relatives.n; i++)
		TRY(tm_seen_add(&x->seen, x->relatives.at[i].id, &is_new));
	for (size_t i = 0; i < x->hit_count; i++)
		TRY(tm_seen_add(&x->seen, x->hits[i].id, &is_new));
	return STATUS_OK;
}

#define FIRST_LOOK 7000 /* what is less like is looked for when there is nothing better */

/* The lists of common words are long, and far away: who asks for the best match only, however
 * little like it is, mostly gets it from those of rarer ones. */
status
match_search(tm_matcher *x)
{
	TRY(consider_same_shape(x));
	if (match_bar(x) >= 10000)
		return STATUS_OK;
	TRY(tm_pattern_set_digests(&x->digests, x->query->at, x->query->n));
	if (x->far && x->q->most == 1 && match_bar(x) < FIRST_LOOK) {
		x->floor = FIRST_LOOK;
		TRY(find_near(x));
		x->floor = 0;
		if (match_bar(x) >= FIRST_LOOK)
			return STATUS_OK;
		TRY(look_again(x));
	}
	return find_near(x);
}
