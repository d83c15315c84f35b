/* See dispatch.h: lists of calls, and the way through the tokens of a block.
 *
 * What a token is for its neighbours is one number of 64 bits: its features, above them what
 * only the token beside it can tell, and the answers to questions. A call says in the same bits
 * what it wants before and after, a list what any of its calls wants. */
#include <assert.h>
#include <string.h>

#include "checker/check.h"
#include "checker/memo.h"
#include "checker/parts.h"
#include "checker/rule.h"
#include "checker/wordings.h"

#define UNMADE 1 /* a list: not made yet; 0 is the empty one */
#define APART DISPATCH_PLACES
#define TOUCHING (DISPATCH_PLACES + 1)
#define ROOM_FIRST 512  /* a power of two; a letter has two hundred sets */
#define CALLS_FIRST 512 /* a letter has four hundred */
#define BATCH 128       /* tokens */
#define LANES 16        /* of them at a time */

/* What a token is for the one beside it. */
#define NOMINAL (FEATURE_NOUN | FEATURE_ADJECTIVE)
#define AT_ODDS_SHIFT 24 /* they again, where the two have no cell in common */
#define ANYTHING (UINT64_C(1) << 34)
#define CLASSES_SHIFT (DISPATCH_ANSWERS + DISPATCH_QUESTIONS)
#define ANSWERS (UINT64_MAX << DISPATCH_ANSWERS)
#define CELLS 15u /* of the word itself; above them those that it leads */
#define CELLS_LED 4

static_assert(CLASSES_SHIFT + WORDING_CLASSES <= 64, "a bit for each");
static_assert((uint64_t)NOMINAL << AT_ODDS_SHIFT == UINT64_C(3) << 32, "above all features");

/* --- lists --- */

static status
call_wordings(check *c, const rule *r, size_t i)
{
	(void)r;
	return wordings_may_stand(c, &c->tokens.at[i])
		       ? wordings_at(c, c->applies[c->language - LANGUAGE_FR], i)
		       : STATUS_OK;
}

static status
put_off(check *c, const rule *r, size_t i)
{
	(void)r;
	TRY(ARRAY_RESERVE(c->context->memory, c->late, 1));
	c->late->at[c->late->n++] = (late_call){ (uint32_t)i, (uint16_t)c->looking };
	return STATUS_OK;
}

/* What a look wants beside a token, in the bits above. */
static uint64_t
wanted(const check *c, const dispatch_look *x, uint32_t features, uint32_t ask)
{
	uint64_t bits = features;

	if (x->rule->disagree && c->language == LANGUAGE_FR)
		bits <<= AT_ODDS_SHIFT;
	return bits | (uint64_t)ask << DISPATCH_ANSWERS;
}

static call
call_of(const check *c, size_t k, bool touching)
{
	const dispatch_look *x = &c->dispatch.looks[k];
	bool late = c->late != NULL && check_is_ordered(c, x->index);
	bool anywhere = x->anywhere || (x->rule->leaning && !touching);

	return (call){ .token = late ? put_off : x->rule->token,
		.rule = c->with->rules[x->index],
		.before = anywhere ? ANYTHING : wanted(c, x, x->rule->before, x->ask_before),
		.after = anywhere ? 0 : wanted(c, x, x->rule->after, x->ask_after),
		.index = x->index,
		.look = (uint16_t)k };
}

/* The classes of words that an opening wants beside it, in the bits above. */
static uint64_t
classes(uint64_t wordings, unsigned shift)
{
	return (wordings >> shift & ((1u << WORDING_CLASSES) - 1)) << CLASSES_SHIFT;
}

static call
call_of_wordings(uint64_t wordings)
{
	call k = { .token = call_wordings, .look = DISPATCH_WORDINGS };

	if ((wordings & WORDING_ELIDED) != 0) {
		k.before = FEATURE_ELISION;
		return k;
	}
	k.before = classes(wordings, WORDING_BEFORE);
	k.after = classes(wordings, WORDING_BEHIND);
	if ((k.before | k.after) == 0)
		k.before = ANYTHING;
	return k;
}

static status
add_call(dispatch *d, call_list *list, call k)
{
	TRY(ARRAY_RESERVE(d->memory, &d->calls, 2));
	d->calls.at[d->calls.n++] = k;
	list->before |= k.before;
	list->after |= k.after;
	return STATUS_OK;
}

/* The calls of a set all of whose rules apply; of all wordings it is one. */
static status
add_calls(check *c, const rule_set *s, bool touching, call_list *list)
{
	dispatch *d = &c->dispatch;

	for (size_t k = 0; k < d->set_words; k++)
		for (uint64_t left = s->rules[k]; left != 0; left &= left - 1) {
			size_t look = k * 64 + (unsigned)__builtin_ctzll(left);
			TRY(add_call(d, list, call_of(c, look, touching)));
		}
	return s->wordings == 0 ? STATUS_OK : add_call(d, list, call_of_wordings(s->wordings));
}

/* Leaves the rules of a set that apply; of those that have wordings one that does is enough. */
static void
drop_idle(const check *c, rule_set *s)
{
	const bool *applies = c->applies[c->language - LANGUAGE_FR];

	for (size_t k = 0; k < c->dispatch.set_words; k++)
		for (uint64_t left = s->rules[k]; left != 0; left &= left - 1) {
			unsigned bit = (unsigned)__builtin_ctzll(left);
			if (!applies[c->dispatch.looks[k * 64 + bit].index])
				s->rules[k] &= ~(UINT64_C(1) << bit);
		}
	s->wordings = wordings_apply(c, applies, s->wordings);
}

static void
forget_lists(uint32_t *places, size_t room)
{
	for (size_t i = 0; i < room; i++)
		places[i] = UNMADE;
}

static uint32_t *
new_places(const dispatch *d, size_t room)
{
	uint32_t *made = memory_alloc(d->memory, room * sizeof(*made));

	if (made != NULL)
		forget_lists(made, room);
	return made;
}

/* The same with more room. */
static status
widen_places(const dispatch *d, uint32_t **places, size_t room)
{
	uint32_t *wide = new_places(d, room);

	if (wide == NULL)
		return STATUS_MEMORY;
	memcpy(wide, *places, d->room * sizeof(*wide));
	memory_free(d->memory, *places);
	*places = wide;
	return STATUS_OK;
}

static status
widen(dispatch *d, size_t room)
{
	uint32_t *unmade = new_places(d, room), **places = &d->by_place[0][0];
	const size_t count = sizeof(d->by_place) / sizeof(d->by_place[0][0]);
	status done = unmade == NULL ? STATUS_MEMORY : STATUS_OK;

	for (size_t i = 0; i < count && done == STATUS_OK; i++)
		if (places[i] != d->unmade)
			done = widen_places(d, &places[i], room);
	if (done != STATUS_OK) {
		memory_free(d->memory, unmade);
		return done;
	}
	for (size_t i = 0; i < count; i++)
		if (places[i] == d->unmade)
			places[i] = unmade;
	memory_free(d->memory, d->unmade);
	d->unmade = unmade;
	d->room = room;
	return STATUS_OK;
}

/* What sets are for those beside them; what is no word is nothing. */
static status
widen_beside(dispatch *d, size_t room)
{
	uint64_t *beside = memory_alloc(d->memory, room * sizeof(*beside));

	if (beside == NULL)
		return STATUS_MEMORY;
	memset(beside, 0, room * sizeof(*beside));
	memory_free(d->memory, d->beside);
	d->beside = beside;
	d->covered = 0;
	return STATUS_OK;
}

/* Room for the lists of all sets there are, and what they are beside others; lists of new sets
 * are to be made.
 */
static inline status
cover_sets(dispatch *d)
{
	size_t room = d->room == 0 ? ROOM_FIRST : d->room;

	if (d->covered == d->sets.n)
		return STATUS_OK;
	while (room < d->sets.n + CALLS_OF_WORDS)
		room *= 2;
	if (room != d->room) {
		TRY(widen_beside(d, room));
		TRY(widen(d, room));
	}
	for (; d->covered < d->sets.n; d->covered++)
		d->beside[d->covered + CALLS_OF_WORDS] = d->sets.at[d->covered].beside;
	return STATUS_OK;
}

static status
keep_list(dispatch *d, language l, uint32_t place, uint32_t number, uint32_t list)
{
	uint32_t **places = &d->by_place[l - LANGUAGE_FR][place];

	if (*places == d->unmade) {
		uint32_t *made = new_places(d, d->room);
		if (made == NULL)
			return STATUS_MEMORY;
		*places = made;
	}
	(*places)[number] = list;
	return STATUS_OK;
}

static status
make_list(check *c, const rule_set *s, bool touching, uint32_t *out)
{
	dispatch *d = &c->dispatch;
	call_list list = { .first = (uint32_t)d->calls.n };

	TRY(add_calls(c, s, touching, &list));
	if (d->calls.n == list.first)
		return STATUS_OK;
	d->calls.at[d->calls.n++] = (call){ 0 };
	TRY(ARRAY_RESERVE(d->memory, &d->lists, 1));
	*out = (uint32_t)d->lists.n;
	d->lists.at[d->lists.n++] = list;
	return STATUS_OK;
}

/* The list of the rules of a set that apply. Few sets differ in those where few rules are on,
 * and what is short stays in the cache. */
static status
share_list(check *c, rule_set *s, bool touching, uint32_t *out)
{
	dispatch *d = &c->dispatch;
	uint32_t kind = touching ? TOUCHING : APART;
	uint16_t number;

	drop_idle(c, s);
	s->beside = 0;
	TRY(dispatch_number(d, s, &number));
	TRY(cover_sets(d));
	*out = d->by_place[c->language - LANGUAGE_FR][kind][number];
	if (*out != UNMADE)
		return STATUS_OK;
	*out = 0;
	TRY(make_list(c, s, touching, out));
	return keep_list(d, c->language, kind, number, *out);
}

static inline uint32_t
place_of(const token *t)
{
	return t->features >> FEATURES_HERE_SHIFT & (DISPATCH_PLACES - 1);
}

/* The list of a token whose set has none yet for its kind of place, or that is a mark without
 * a number. */
static status
find_list(check *c, const token *t, uint32_t *out)
{
	dispatch *d = &c->dispatch;
	uint32_t place = place_of(t);
	uint16_t number = t->calls;

	if (number < CALLS_OF_WORDS)
		TRY(dispatch_mark(d, t, c->language, &number));
	TRY(cover_sets(d));
	*out = d->by_place[c->language - LANGUAGE_FR][place][number];
	if (*out == UNMADE) {
		rule_set all = dispatch_set_of(d, place << FEATURES_HERE_SHIFT, c->language);
		dispatch_add_set(d, &all, &d->sets.at[number - CALLS_OF_WORDS]);
		TRY(share_list(c, &all, (t->features & FEATURE_TIGHT) != 0, out));
		TRY(keep_list(d, c->language, place, number, *out));
	}
	return t->calls == 0 || t->calls == number
		       ? STATUS_OK
		       : keep_list(d, c->language, place, t->calls, *out);
}

void
dispatch_free_lists(dispatch *d)
{
	uint32_t **places = &d->by_place[0][0];

	for (size_t i = 0; i < sizeof(d->by_place) / sizeof(d->by_place[0][0]); i++)
		if (places[i] != d->unmade)
			memory_free(d->memory, places[i]);
	memory_free(d->memory, d->unmade);
	memory_free(d->memory, d->beside);
	ARRAY_FREE(d->memory, &d->calls);
	ARRAY_FREE(d->memory, &d->lists);
}

status
dispatch_begin(check *c)
{
	dispatch *d = &c->dispatch;
	uint32_t **places = &d->by_place[0][0];

	d->failed = STATUS_OK;
	d->calls.n = d->lists.n = 0;
	TRY(ARRAY_RESERVE(d->memory, &d->calls, CALLS_FIRST));
	d->calls.at[d->calls.n++] = (call){ 0 }; /* of the empty list */
	TRY(ARRAY_RESERVE(d->memory, &d->lists, UNMADE + 1));
	d->lists.at[d->lists.n++] = (call_list){ 0 };
	d->lists.at[d->lists.n++] = (call_list){ .before = ANYTHING };
	for (size_t i = 0; i < sizeof(d->by_place) / sizeof(d->by_place[0][0]); i++)
		if (places[i] != d->unmade)
			forget_lists(places[i], d->room);
	return STATUS_OK;
}

/* --- calls --- */

/* The same, timed. */
static status
call_metered(check *c, const call *k, size_t i)
{
	check_meter *m = &c->meters[k->rule == NULL ? RULES_MAX : k->index];
	double start = check_clock();
	status s = k->token(c, k->rule, i);

	m->tokens.ns += check_clock() - start;
	m->tokens.calls++;
	return s;
}

/* Timed or noted. */
static status
call_watched(check *c, const call *k, size_t i)
{
	return c->noting ? memo_call(c, k->token, k->rule, k->look, i) : call_metered(c, k, i);
}

/* A token whose list may have a call that fits. */
typedef struct ready {
	uint64_t before, after; /* what stands there */
	uint32_t at;            /* in the batch */
	uint32_t first;         /* of its calls; 0: they are not made yet */
} ready;

typedef struct batch { /* of tokens */
	const token *first;
	size_t start, count;
	/* From the token before the first to the second behind: */
	uint16_t cells[BATCH + 3];
	uint64_t beside[BATCH + 3]; /* what it is for its neighbours, but for odds */
	uint32_t lists[BATCH];
	uint16_t odds_before[BATCH], odds_after[BATCH];
	ready ready[BATCH];
	size_t ready_count;
} batch;

/* The edges are taken for anything that is asked for. */
static uint64_t
beside_edge(const token *t, const uint64_t *of_sets)
{
	return t->kind == TOKEN_EDGE ? ANSWERS : t->features | (of_sets[t->calls] & ANSWERS);
}

/* Here and below there is no branch on what the text is: a wrong guess costs more than all that
 * could be left out. */
static void
find_lists(const check *c, batch *b)
{
	uint32_t *const *by_place = c->dispatch.by_place[c->language - LANGUAGE_FR];
	const uint64_t *of_sets = c->dispatch.beside;
	const token *t = b->first;

	b->cells[0] = (uint16_t)of_sets[t[-1].calls];
	b->beside[0] = beside_edge(&t[-1], of_sets);
	for (size_t k = 0; k < b->count; k++, t++) {
		uint64_t set = of_sets[t->calls];
		b->lists[k] = by_place[place_of(t)][t->calls];
		b->cells[k + 1] = (uint16_t)set;
		b->beside[k + 1] = t->features | (set & ANSWERS);
	}
	b->cells[b->count + 1] = (uint16_t)of_sets[t[0].calls];
	b->cells[b->count + 2] = (uint16_t)of_sets[t[1].calls];
	b->beside[b->count + 1] = beside_edge(&t[0], of_sets);
}

/* Nouns and adjectives beside each token that have no cell in common with it; an adjective
 * between determiner and noun has to have those of both. Of sixteen tokens at a time, some of
 * them behind the last: compilers make one of such loops. */
static void
find_odds(batch *b)
{
	for (size_t start = 0; start < b->count; start += LANES) {
		const uint16_t *cells = &b->cells[start];
		for (size_t k = 0; k < LANES; k++) {
			uint16_t before = cells[k], own = cells[k + 1], next = cells[k + 2],
				 second = cells[k + 3];
			uint16_t led = next & (uint16_t)(second << 1) & FEATURE_ADJECTIVE;
			uint16_t behind = next & (led == 0 ? second | CELLS : second);
			uint16_t common = own & before & CELLS;
			uint16_t common_behind = (own >> CELLS_LED) & behind & CELLS;
			b->odds_before[start + k] = common == 0 ? before & NOMINAL : 0;
			b->odds_after[start + k] = common_behind == 0 ? next & NOMINAL : 0;
		}
	}
}

static void
find_ready(const check *c, batch *b)
{
	const call_list *lists = c->dispatch.lists.at;
	ready *out = b->ready;

	for (size_t k = 0; k < b->count; k++) {
		const call_list *list = &lists[b->lists[k]];
		out->before =
			ANYTHING | b->beside[k] | (uint64_t)b->odds_before[k] << AT_ODDS_SHIFT;
		out->after = b->beside[k + 2] | (uint64_t)b->odds_after[k] << AT_ODDS_SHIFT;
		out->at = (uint32_t)k;
		out += ((out->before & list->before) | (out->after & list->after)) != 0;
	}
	b->ready_count = (size_t)(out - b->ready);
}

/* Where the calls of each are, found before the first is called: where a rule returns to is
 * often guessed wrong, and then nothing is done while the list is found, and the calls in it.
 * All together they are more than the first cache holds. */
static void
find_calls(const check *c, batch *b)
{
	const call_list *lists = c->dispatch.lists.at;
	const call *calls = c->dispatch.calls.at;

	for (size_t i = 0; i < b->ready_count; i++) {
		ready *x = &b->ready[i];
		x->first = lists[b->lists[x->at]].first;
		__builtin_prefetch(&calls[x->first]);
	}
}

static status
call_ready(check *c, const batch *b, const ready *x, bool watched)
{
	size_t i = b->start + x->at;
	uint64_t before = x->before, after = x->after;
	uint32_t first = x->first, list;

	if (first == 0) {
		TRY(find_list(c, &b->first[x->at], &list));
		first = c->dispatch.lists.at[list].first;
	}
	for (const call *k = &c->dispatch.calls.at[first]; k->token != NULL; k++) {
		if (((before & k->before) | (after & k->after)) == 0)
			continue;
		c->running = k->index;
		c->looking = k->look;
		TRY(watched ? call_watched(c, k, i) : k->token(c, k->rule, i));
	}
	return STATUS_OK;
}

static status
call_batch(check *c, batch *b)
{
	bool watched = c->meters != NULL || c->noting;

	find_lists(c, b);
	find_odds(b);
	find_ready(c, b);
	find_calls(c, b);
	for (size_t i = 0; i < b->ready_count; i++)
		TRY(call_ready(c, b, &b->ready[i], watched));
	return STATUS_OK;
}

status
dispatch_tokens(check *c)
{
	batch b; /* not cleared */

	TRY(c->dispatch.failed);
	TRY(cover_sets(&c->dispatch));
	for (b.start = 0; b.start < c->tokens.count; b.start += b.count) {
		size_t left = c->tokens.count - b.start;
		b.first = &c->tokens.at[b.start];
		b.count = left < BATCH ? left : BATCH;
		TRY(call_batch(c, &b));
	}
	return STATUS_OK;
}
