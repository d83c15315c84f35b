#include "tm/match.h"

#include <stdlib.h>
#include <string.h>

#include "tm/placeable.h"

#define MATCHES_MOST 100

typedef struct hit { /* a match before its unit is read whole */
	uint32_t id;
	int score;
	bool literal; /* the very text */
} hit;

/* What is left of the query from the place on that is being looked up, as signatures of 1, 2
 * and 4 words. A unit that shares a piece before that place was met there, since its pieces are
 * in the same order; so whoever is met now shares pieces of the rest only. Several pieces may
 * have one bit: level k has the bits of more than k of them. */
#define LEVELS 3

typedef struct tail_signature {
	signature level[LEVELS];
	uint8_t pieces[64 * SIGNATURE_WORDS]; /* how many have each bit */
} tail_signature;

typedef struct candidate {
	uint32_t id, distance; /* distance: the least, by its digest */
	size_t pieces;         /* 0: not known */
} candidate;

struct tm_matcher {
	context *context;
	tm_store *store;
	tm_pieces *query, *other, *target; /* pieces of the query, a unit's source and target */
	tm_pattern pattern, digests;       /* of the query; digests when they are wanted */
	tm_ordered ordered;
	tm_steps steps;
	tm_unit unit, neighbour;
	buffer text;
	arena texts; /* of targets */
	const tm_query *q;
	uint64_t salt, shape;
	hit hits[MATCHES_MOST];
	size_t hit_count;
	tm_match matches[MATCHES_MOST];
	size_t matches_made;
	uint32_t *seen; /* an open hash table of unit numbers; 0: free */
	size_t seen_slots, seen_count;
	ARRAY(tm_relative) relatives; /* units of the query's shape */
	size_t read;
	bool far;  /* the store is */
	int floor; /* less is not looked for yet */
	size_t relative_count;
	bool is_simple;              /* no context, codes or penalties to look at */
	size_t place;                /* of the list that is being read */
	ARRAY(candidate) candidates; /* of a store far away, to be looked at together */
	tail_signature tail[3];
};

status
tm_matcher_open(tm_matcher **out, context *c, tm_store *s)
{
	tm_matcher *x = memory_alloc(c->memory, sizeof(*x));

	*out = NULL;
	if (x == NULL)
		return STATUS_MEMORY;
	memset(x, 0, sizeof(*x));
	x->context = c;
	x->store = s;
	x->far = tm_store_is_far(s);
	tm_pattern_init(&x->pattern, c->memory);
	tm_pattern_init(&x->digests, c->memory);
	tm_unit_init(&x->unit, c->memory);
	tm_unit_init(&x->neighbour, c->memory);
	buffer_init(&x->text, c->memory, c->limits.output);
	arena_init(&x->texts, c->memory);
	status done = tm_pieces_open(&x->query, c->memory);
	if (done == STATUS_OK)
		done = tm_pieces_open(&x->other, c->memory);
	if (done == STATUS_OK)
		done = tm_pieces_open(&x->target, c->memory);
	if (done != STATUS_OK) {
		tm_matcher_close(x);
		return done;
	}
	*out = x;
	return STATUS_OK;
}

void
tm_matcher_close(tm_matcher *x)
{
	if (x == NULL)
		return;
	const memory *m = x->context->memory;
	for (size_t i = 0; i < x->matches_made; i++)
		tm_unit_free(&x->matches[i].unit);
	tm_pieces_close(x->query);
	tm_pieces_close(x->other);
	tm_pieces_close(x->target);
	tm_pattern_free(&x->pattern);
	tm_pattern_free(&x->digests);
	tm_ordered_free(&x->ordered, m);
	ARRAY_FREE(m, &x->steps.list);
	ARRAY_FREE(m, &x->relatives);
	ARRAY_FREE(m, &x->candidates);
	tm_unit_free(&x->unit);
	tm_unit_free(&x->neighbour);
	buffer_free(&x->text);
	arena_free(&x->texts);
	memory_free(m, x->seen);
	memory_free(m, x);
}

size_t
tm_matcher_read(const tm_matcher *x)
{
	return x->read;
}

/* --- what was seen --- */

static size_t
seen_slot(const tm_matcher *x, uint32_t id)
{
	size_t at = (id * UINT32_C(2654435761)) & (x->seen_slots - 1);

	while (x->seen[at] != 0 && x->seen[at] != id)
		at = (at + 1) & (x->seen_slots - 1);
	return at;
}

static status
grow_seen(tm_matcher *x)
{
	uint32_t *old = x->seen;
	size_t slots = x->seen_slots;

	x->seen_slots = slots == 0 ? 1024 : 4 * slots;
	x->seen = memory_alloc(x->context->memory, x->seen_slots * sizeof(*x->seen));
	if (x->seen == NULL) {
		x->seen = old;
		x->seen_slots = slots;
		return STATUS_MEMORY;
	}
	memset(x->seen, 0, x->seen_slots * sizeof(*x->seen));
	for (size_t i = 0; i < slots; i++)
		if (old[i] != 0)
			x->seen[seen_slot(x, old[i])] = old[i];
	memory_free(x->context->memory, old);
	return STATUS_OK;
}

static status
see(tm_matcher *x, uint32_t id, bool *is_new)
{
	if (2 * x->seen_count >= x->seen_slots)
		TRY(grow_seen(x));
	size_t at = seen_slot(x, id);
	*is_new = x->seen[at] == 0;
	x->seen[at] = id;
	x->seen_count += *is_new;
	return STATUS_OK;
}

static void
forget_seen(tm_matcher *x)
{
	if (x->seen != NULL && x->seen_count != 0)
		memset(x->seen, 0, x->seen_slots * sizeof(*x->seen));
	x->seen_count = 0;
}

/* --- the best so far --- */

static bool
is_better(const hit *a, const hit *b)
{
	if (a->score != b->score)
		return a->score > b->score;
	return a->literal != b->literal ? a->literal : a->id > b->id;
}

/* What a match must reach to be wanted still. */
static int
bar(const tm_matcher *x)
{
	int wanted =
		x->hit_count < x->q->most ? x->q->threshold : x->hits[x->hit_count - 1].score;

	return wanted < x->floor ? x->floor : wanted;
}

static void
keep(tm_matcher *x, hit h)
{
	size_t at = x->hit_count;

	if (h.score < x->q->threshold)
		return;
	if (at == x->q->most) {
		if (!is_better(&h, &x->hits[at - 1]))
			return;
		at--;
	} else {
		x->hit_count++;
	}
	for (; at > 0 && is_better(&h, &x->hits[at - 1]); at--)
		x->hits[at] = x->hits[at - 1];
	x->hits[at] = h;
}

/* --- scores --- */

/* Shared pieces that a segment of m pieces must have to reach a score. */
static size_t
least_shared(int score, size_t n, size_t m)
{
	size_t longest = n > m ? n : m;
	uint64_t wanted = (uint64_t)(score > 10000 ? 10000 : score) * longest;

	return (size_t)((wanted + 9999) / 10000);
}

static bool
is_french(slice tag)
{
	return tag.n >= 2 && (tag.p[0] | 0x20) == 'f' && (tag.p[1] | 0x20) == 'r';
}

static size_t
pieces_before(const tm_pieces *p, size_t at)
{
	size_t n = 0;

	while (n < p->n && p->at[n].end <= at)
		n++;
	return n;
}

/* The same codes in the same places. */
static bool
same_codes(const tm_matcher *x, const tm_unit *u)
{
	const tm_segment *a = x->q->segment, *b = &u->side[TM_SOURCE];
	size_t n = a == NULL ? 0 : a->codes.n;

	if (n != b->codes.n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (a->codes.at[i].kind != b->codes.at[i].kind ||
			pieces_before(x->query, a->codes.at[i].at) !=
				pieces_before(x->other, b->codes.at[i].at))
			return false;
	return true;
}

static status
is_neighbour(tm_matcher *x, uint32_t id, slice document, slice text, bool *is)
{
	tm_unit *u = &x->neighbour;
	bool found = false;

	*is = false;
	if (id == 0 || document.n == 0)
		return STATUS_OK;
	TRY(tm_store_get(x->store, id, u, &found));
	*is = found && slice_equal(u->document, document) &&
	      slice_equal(u->side[TM_SOURCE].text, text);
	return STATUS_OK;
}

/* Units of a document that came one after the other are each other's context. */
static status
in_context(tm_matcher *x, uint32_t id, const tm_unit *u, bool *is)
{
	slice before = x->q->previous, after = x->q->next;
	bool ok = true;

	*is = false;
	if (before.n == 0 && after.n == 0)
		return STATUS_OK;
	if (before.n != 0 && u->previous.n != 0)
		ok = slice_equal(before, u->previous);
	else if (before.n != 0)
		TRY(is_neighbour(x, id - 1, u->document, before, &ok));
	if (!ok)
		return STATUS_OK;
	if (after.n != 0 && u->next.n != 0)
		ok = slice_equal(after, u->next);
	else if (after.n != 0)
		TRY(is_neighbour(x, id + 1, u->document, after, &ok));
	*is = ok;
	return STATUS_OK;
}

static int
penalties(const tm_query *q, const tm_unit *u)
{
	slice who = u->changer.n != 0 ? u->changer : u->author;
	slice when = u->changed.n != 0 ? u->changed : u->created;
	int off = 0;

	if (slice_is(u->origin, "machine"))
		off += q->penalty.machine;
	if (q->penalty.author.n != 0 && !slice_equal(who, q->penalty.author))
		off += q->penalty.other_author;
	if (q->penalty.before.n != 0 && when.n != 0 &&
		slice_compare(when, q->penalty.before) < 0)
		off += q->penalty.old;
	if (q->penalty.document.n != 0 && !slice_starts(u->document, q->penalty.document))
		off += q->penalty.other_document;
	return off;
}

static bool
has_penalties(const tm_query *q)
{
	return q->penalty.machine != 0 || q->penalty.author.n != 0 ||
	       q->penalty.before.n != 0 || q->penalty.document.n != 0;
}

static tm_sentence
sentence(slice text, const tm_pieces *p, slice tag)
{
	return (tm_sentence){ text, p->at, p->n, is_french(tag) };
}

/* Into x->text when placeables change; *carried of them. */
static status
carry_over(tm_matcher *x, const tm_unit *u, size_t *carried, bool *done)
{
	tm_sentence now = sentence(x->q->text, x->query, x->q->source);
	tm_sentence old =
		sentence(u->side[TM_SOURCE].text, x->other, u->side[TM_SOURCE].language);

	*done = false;
	buffer_clear(&x->text);
	if (!tm_same_but_placeables(&now, &old))
		return STATUS_OK;
	TRY(tm_pieces_cut(x->target, u->side[TM_TARGET].text));
	tm_sentence target =
		sentence(u->side[TM_TARGET].text, x->target, u->side[TM_TARGET].language);
	return tm_carry_over(x->context->memory, &now, &old, &target, &x->text, carried, done);
}

/* Of a unit all of whose keys are the query's; pieces of its source are in x->other. */
static status
score_same_keys(tm_matcher *x, hit *h, const tm_unit *u)
{
	bool codes = same_codes(x, u), done, around;
	size_t carried = 0;
	uint32_t d;

	h->literal = slice_equal(u->side[TM_SOURCE].text, x->q->text) && codes;
	if (h->literal) {
		TRY(in_context(x, h->id, u, &around));
		h->score = around ? TM_SCORE_CONTEXT : TM_SCORE_EXACT;
		return STATUS_OK;
	}
	TRY(carry_over(x, u, &carried, &done));
	if (done && codes) {
		h->score = TM_SCORE_EXACT;
		return STATUS_OK;
	}
	TRY(tm_fine_distance(&x->pattern, x->other->at, x->other->n, false, &d));
	d += (codes ? 0U : 1U) + (d == 0 ? 1U : 0U);
	uint64_t off =
		x->query->n == 0 ? 100 : UINT64_C(10000) * d / (DISTANCE_STEP * x->query->n);
	h->score = off > 500 ? 9500 : off < 1 ? 9999 : 10000 - (int)off;
	return STATUS_OK;
}

static int
score_of(uint32_t d, size_t n, size_t m)
{
	size_t longest = n > m ? n : m;
	uint64_t off = longest == 0 ? 0
				    : (UINT64_C(10000) * d + DISTANCE_STEP * longest - 1) /
					      (DISTANCE_STEP * longest);

	return off > 10000 ? 0 : 10000 - (int)off;
}

/* Reads and scores one unit that the index proposes, or the scan comes by. */
static status
consider(tm_matcher *x, uint32_t id)
{
	size_t n = x->query->n, m;
	slice source, target;
	uint64_t salt;
	hit h = { .id = id };
	bool found;
	uint32_t d;

	TRY(tm_store_texts(x->store, id, &source, &target, &salt, &found));
	if (!found || salt != x->salt)
		return STATUS_OK;
	x->read++;
	if (x->is_simple && tm_store_texts_are_all(x->store) &&
		slice_equal(source, x->q->text)) {
		keep(x, (hit){ id, TM_SCORE_EXACT, true });
		return STATUS_OK;
	}
	TRY(tm_pieces_cut(x->other, source));
	m = x->other->n;
	size_t longest = n > m ? n : m, most = longest - least_shared(bar(x), n, m);
	size_t keys = tm_distance(&x->pattern, x->other->at, m, most);
	if (keys > most)
		return STATUS_OK;
	bool whole = keys == 0 || has_penalties(x->q);
	if (keys != 0) {
		TRY(tm_fine_distance(&x->pattern, x->other->at, m, false, &d));
		h.score = score_of(d, n, m);
		if (h.score < bar(x))
			return STATUS_OK;
	}
	if (whole) {
		TRY(tm_store_get(x->store, id, &x->unit, &found));
		if (keys == 0)
			TRY(score_same_keys(x, &h, &x->unit));
		h.score -= penalties(x->q, &x->unit);
	}
	keep(x, h);
	return STATUS_OK;
}

/* --- candidates --- */

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

static status
consider_same_shape(tm_matcher *x)
{
	int best = x->q->previous.n + x->q->next.n != 0 ? TM_SCORE_CONTEXT : TM_SCORE_EXACT;
	bool is_new;
	size_t n, known = 0;

	for (size_t room = TOGETHER;; room *= 4) {
		x->relatives.n = 0;
		TRY(ARRAY_RESERVE(x->context->memory, &x->relatives, room));
		TRY(tm_store_of_shape(
			x->store, x->shape, x->q->text, x->relatives.at, room, &n));
		if (n < room)
			break;
	}
	x->relative_count = n;
	if (n > 1)
		qsort(x->relatives.at, n, sizeof(*x->relatives.at), likeliest_first);
	for (size_t i = 0; i < n; i++) {
		const tm_relative *r = &x->relatives.at[i];
		TRY(see(x, r->id, &is_new));
		if (is_full(x, r, best))
			continue;
		if (x->far && i >= known) {
			TRY(expect_relatives(x, i, n));
			known = i + TOGETHER;
		}
		TRY(consider(x, r->id));
	}
	return STATUS_OK;
}

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
	size_t shared = least_shared(wanted, n, m);
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
	size_t longest = n > m ? n : m, most = longest - least_shared(bar(x), n, m);
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
		if (!may_match(x, &e, r.words, bar(x)))
			continue;
		TRY(see(x, e.unit, &is_new));
		if (is_new && x->far) {
			TRY(ARRAY_RESERVE(x->context->memory, &x->candidates, 1));
			x->candidates.at[x->candidates.n++] = (candidate){ e.unit, 0, 0 };
			continue;
		}
		if (is_new)
			TRY(may_be_near(x, e.unit, &is_new));
		if (is_new)
			TRY(consider(x, e.unit));
	}
	return posting_ended_well(&r) ? STATUS_OK : tm_store_index_damaged(x->store);
}

/* The shortest and the longest segments that may reach a score beside one of n pieces, of which
 * they share at most `left`. */
static void
lengths(int score, size_t n, size_t left, unsigned *first, unsigned *last)
{
	size_t shared = least_shared(score, n, n);
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

	begin_tails(x);
	for (x->place = 0; x->place < n; x->place++) {
		int wanted = bar(x);
		if (x->place > 0)
			shorten_tails(x, x->ordered.keys.at[x->place - 1]);
		if (wanted >= 10000)
			return STATUS_OK; /* the others have the query's shape */
		if (x->place > n - least_shared(wanted, n, n))
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
			size_t most = longest - least_shared(bar(x), n, m);
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

	return m == 0 || c->distance <= longest - least_shared(bar(x), n, m);
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
			TRY(consider(x, x->candidates.at[i].id));
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
		size_t n = x->ordered.keys.n, count = n - least_shared(bar(x), n, n) + 1;
		if (n == 0)
			return STATUS_OK;
		last = ARENA_ARRAY(&x->texts, unsigned, count);
		if (last == NULL)
			return STATUS_MEMORY;
		for (size_t i = 0; i < count; i++)
			lengths(bar(x), n, n - i, &first, &last[i]);
		TRY(tm_store_expect_near(
			x->store, x->ordered.keys.at, count, first, last, &stale));
	}
	return STATUS_OK;
}

/* --- answers --- */

static status
prepare(tm_matcher *x, const tm_query *q)
{
	x->q = q;
	x->hit_count = x->read = x->relative_count = 0;
	x->floor = 0;
	forget_seen(x);
	arena_reset(&x->texts);
	assert(q->most >= 1 && q->most <= MATCHES_MOST && q->threshold >= TM_SCORE_LEAST);
	x->salt = tm_pair_salt(q->source, q->target);
	x->is_simple = q->previous.n + q->next.n == 0 && !has_penalties(q) &&
		       (q->segment == NULL || q->segment->codes.n == 0);
	TRY(tm_pieces_cut(x->query, q->text));
	TRY(tm_pattern_set(&x->pattern, x->query->at, x->query->n));
	x->shape = tm_shape(x->query, x->salt);
	return STATUS_OK;
}

static status
answer_one(tm_matcher *x, const hit *h, tm_match *out)
{
	bool found, done;
	uint32_t plain;

	TRY(tm_store_get(x->store, h->id, &out->unit, &found));
	if (!found)
		return tm_store_index_damaged(x->store);
	out->id = h->id;
	out->score = h->score;
	out->carried = 0;
	out->target = out->unit.side[TM_TARGET].text;
	out->plain = 10000;
	if (h->literal)
		return STATUS_OK;
	TRY(tm_pieces_cut(x->other, out->unit.side[TM_SOURCE].text));
	TRY(tm_fine_distance(&x->pattern, x->other->at, x->other->n, true, &plain));
	out->plain = score_of(plain, x->query->n, x->other->n);
	TRY(carry_over(x, &out->unit, &out->carried, &done));
	return done && out->carried != 0
		       ? arena_copy(&x->texts, buffer_slice(&x->text), &out->target)
		       : STATUS_OK;
}

static slice
changed(const tm_match *m)
{
	return m->unit.changed.n != 0 ? m->unit.changed : m->unit.created;
}

/* Of matches that nothing else tells apart the one changed last comes first. */
static void
put_newest_first(tm_matcher *x)
{
	for (size_t i = 1; i < x->hit_count; i++)
		for (size_t k = i; k > 0; k--) {
			const hit *a = &x->hits[k - 1], *b = &x->hits[k];
			tm_match *m = &x->matches[k];
			if (a->score != b->score || a->literal != b->literal ||
				slice_compare(changed(&m[-1]), changed(m)) >= 0)
				break;
			tm_match other = *m;
			*m = m[-1];
			m[-1] = other;
			hit h = x->hits[k];
			x->hits[k] = x->hits[k - 1];
			x->hits[k - 1] = h;
		}
}

static status
answer(tm_matcher *x, const tm_match **matches, size_t *n)
{
	for (; x->matches_made < x->hit_count; x->matches_made++)
		tm_unit_init(&x->matches[x->matches_made].unit, x->context->memory);
	for (size_t i = 0; i < x->hit_count; i++)
		TRY(answer_one(x, &x->hits[i], &x->matches[i]));
	put_newest_first(x);
	*matches = x->matches;
	*n = x->hit_count;
	return STATUS_OK;
}

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

	forget_seen(x);
	for (size_t i = 0; i < x->relative_count; i++)
		TRY(see(x, x->relatives.at[i].id, &is_new));
	for (size_t i = 0; i < x->hit_count; i++)
		TRY(see(x, x->hits[i].id, &is_new));
	return STATUS_OK;
}

#define FIRST_LOOK 7000 /* what is less like is looked for when there is nothing better */

/* The lists of common words are long, and far away: who asks for the best match only, however
 * little like it is, mostly gets it from those of rarer ones. */
static status
find(tm_matcher *x, const tm_query *q)
{
	TRY(prepare(x, q));
	TRY(consider_same_shape(x));
	if (bar(x) >= 10000)
		return STATUS_OK;
	TRY(tm_pattern_set_digests(&x->digests, x->query->at, x->query->n));
	if (x->far && q->most == 1 && bar(x) < FIRST_LOOK) {
		x->floor = FIRST_LOOK;
		TRY(find_near(x));
		x->floor = 0;
		if (bar(x) >= FIRST_LOOK)
			return STATUS_OK;
		TRY(look_again(x));
	}
	return find_near(x);
}

status
tm_matcher_find(tm_matcher *x, const tm_query *q, const tm_match **matches, size_t *n)
{
	*n = 0;
	TRY(tm_store_begin_read(x->store));
	status done = find(x, q);
	if (done == STATUS_OK)
		done = answer(x, matches, n);
	tm_store_end_read(x->store);
	return done;
}

static status
scan_one(void *user, uint32_t id, const tm_unit *u)
{
	(void)u;
	return consider(user, id);
}

status
tm_matcher_scan(tm_matcher *x, const tm_query *q, const tm_match **matches, size_t *n)
{
	*n = 0;
	TRY(prepare(x, q));
	TRY(tm_store_each(x->store, NULL, scan_one, x));
	return answer(x, matches, n);
}

status
tm_matcher_difference(tm_matcher *x, slice query, slice source, const tm_steps **steps,
	const tm_pieces **a, const tm_pieces **b)
{
	TRY(tm_pieces_cut(x->query, query));
	TRY(tm_pieces_cut(x->other, source));
	*steps = &x->steps;
	*a = x->query;
	*b = x->other;
	return tm_align(x->context->memory, x->query->at, x->query->n, x->other->at,
		x->other->n, &x->steps);
}
