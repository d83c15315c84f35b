#include "checker/dispatch.h"

#include <assert.h>
#include <string.h>

#include "checker/check.h"
#include "checker/inflection.h"
#include "checker/memo.h"
#include "checker/parts.h"
#include "checker/rule.h"
#include "checker/wordings.h"

#define WORDINGS DISPATCH_LOOKS /* no look has so high a number */
#define METER_OF_WORDINGS (RULES_MAX - 1)
#define QUESTIONS_SHIFT 8 /* above the cells of a word */
#define CELLS 15u
/* What only words have: their numbers may be looked up. */
#define NOMINAL (FEATURE_NOUN | FEATURE_ADJECTIVE)
#define OF_WORDS (NOMINAL | FEATURE_DETERMINER | FEATURE_WORD | (uint32_t)FEATURE_WATCHED)
#define SETS_MOST UINT16_MAX
#define SLOTS_FIRST 1024
#define PLACES (1u << FEATURES_HERE_BITS)
#define UNMADE UINT32_MAX /* a list: not made yet; 0 is the empty one */

static_assert(DISPATCH_LOOKS > RULES_MAX && DISPATCH_LOOKS % 64 == 0, "a place for every rule");
static_assert(WORDING_RULES_MAX == 64, "their bits are one number, as in wording_opening");
static_assert(DISPATCH_QUESTIONS + QUESTIONS_SHIFT <= 32, "a bit for each");

/* --- sets --- */

static void
add_rule(rule_set *s, size_t index)
{
	s->rules[index / 64] |= UINT64_C(1) << (index % 64);
}

static void
add_set(rule_set *s, const rule_set *other)
{
	for (size_t k = 0; k < DISPATCH_ALL / 64; k++)
		s->rules[k] |= other->rules[k];
}

static uint32_t
hash_of(const rule_set *s)
{
	uint64_t h = 0;

	for (size_t k = 0; k < DISPATCH_ALL / 64; k++)
		h = (h ^ s->rules[k]) * UINT64_C(0x9E3779B97F4A7C15) ^ h >> 29;
	return (uint32_t)(h >> 32);
}

/* The slot that holds the set, or the empty one where it belongs. */
static uint16_t *
find_slot(const dispatch *d, const rule_set *s)
{
	uint32_t i = hash_of(s) & d->slot_mask;

	while (d->slots[i] != 0 && memcmp(&d->sets.at[d->slots[i] - 1], s, sizeof(*s)) != 0)
		i = (i + 1) & d->slot_mask;
	return &d->slots[i];
}

static status
make_slots(dispatch *d, uint32_t count)
{
	uint16_t *slots = memory_alloc(d->memory, count * sizeof(*slots));

	if (slots == NULL)
		return STATUS_MEMORY;
	memset(slots, 0, count * sizeof(*slots));
	memory_free(d->memory, d->slots);
	d->slots = slots;
	d->slot_mask = count - 1;
	for (size_t i = 0; i < d->sets.n; i++)
		*find_slot(d, &d->sets.at[i]) = (uint16_t)(i + 1);
	return STATUS_OK;
}

/* The number of a set, from 1. */
static status
number_of(dispatch *d, const rule_set *s, uint16_t *number)
{
	*number = *find_slot(d, s);
	if (*number != 0)
		return STATUS_OK;
	if (d->sets.n == SETS_MOST)
		return STATUS_LIMIT;
	if (d->sets.n * 2 > d->slot_mask)
		TRY(make_slots(d, (d->slot_mask + 1) * 2));
	TRY(ARRAY_RESERVE(d->memory, &d->sets, 1));
	d->sets.at[d->sets.n++] = *s;
	*number = *find_slot(d, s) = (uint16_t)d->sets.n;
	return STATUS_OK;
}

/* --- who looks at a word --- */

static rule_set
set_of(const dispatch *d, uint32_t features, language l)
{
	rule_set all = { 0 };

	for (; features != 0; features &= features - 1)
		add_set(&all,
			&d->by_feature[l - LANGUAGE_FR][(unsigned)__builtin_ctz(features)]);
	return all;
}

static void
drop_unwilling(const check *c, rule_set *s, const word *w, language l)
{
	for (size_t k = 0; k < DISPATCH_LOOKS / 64; k++) {
		uint64_t left = s->rules[k] & c->dispatch.asking.rules[k];
		for (; left != 0; left &= left - 1) {
			unsigned bit = (unsigned)__builtin_ctzll(left);
			const rule *r = c->dispatch.looks[k * 64 + bit].rule;
			if (!r->wants(c, w, &w->in[l - LANGUAGE_FR], l))
				s->rules[k] &= ~(UINT64_C(1) << bit);
		}
	}
}

static bool
looks_at(const rule *r, language l)
{
	return r->token != NULL && (l == LANGUAGE_FR ? r->fr : r->en);
}

/* The rules that name a text. */
static void
add_watching(const check *c, rule_set *s, const watched_words *list, slice text, language l)
{
	uint32_t k = list->slots[slice_hash(text) & list->slot_mask];

	for (; k != 0; k = list->list.at[k - 1].next) {
		const watched_word *w = &list->list.at[k - 1];
		if (slice_equal(w->text, text) && looks_at(c->dispatch.looks[w->look].rule, l))
			add_rule(s, w->look);
	}
}

static void
add_watching_lemmas(const check *c, rule_set *s, slice lower, language l)
{
	const lexicon *x = c->with->lexicons[l - LANGUAGE_FR];
	const analysis *readings;

	if (c->watched_lemmas.list.n == 0 || x == NULL)
		return;
	size_t n = lexicon_analyses(x, lower, &readings);
	for (size_t i = 0; i < n; i++)
		add_watching(c, s, &c->watched_lemmas, lexicon_lemma(x, readings[i].lemma), l);
	add_watching(c, s, &c->watched_lemmas, lower, l);
}

/* A number word has a plural behind it, l’ a singular. */
static unsigned
leading_cells(const word_reading *r, slice lower)
{
	const determiner *d = determiner_at(r->determiner);
	unsigned cells = inflection_cells(r->grammar);

	if (d != NULL)
		return d->cells;
	if (slice_is(lower, "l’"))
		return CELLS_SINGULAR;
	return (r->grammar & POS_NUMERAL) != 0 ? cells & CELLS_PLURAL : cells;
}

/* For words.traits. */
static uint32_t
traits_of(const check *c, const word *w, const word_reading *r, slice lower, language l)
{
	const watched_words *list = &c->watched_beside;
	uint32_t k = list->slots[slice_hash(lower) & list->slot_mask];
	uint32_t bits = inflection_cells(r->grammar) | leading_cells(r, lower) << 4;

	for (; k != 0; k = list->list.at[k - 1].next)
		if (slice_equal(list->list.at[k - 1].text, lower))
			bits |= 1u << QUESTIONS_SHIFT << list->list.at[k - 1].look;
	for (size_t i = 0; i < c->dispatch.question_count; i++)
		if (c->dispatch.questions[i].wants != NULL &&
			c->dispatch.questions[i].wants(c, w, r, l))
			bits |= 1u << QUESTIONS_SHIFT << i;
	return bits;
}

static bool
is_empty(const rule_set *s)
{
	uint64_t any = 0;

	for (size_t k = 0; k < DISPATCH_ALL / 64; k++)
		any |= s->rules[k];
	return any == 0;
}

uint16_t
dispatch_word(check *c, uint32_t id, language l)
{
	dispatch *d = &c->dispatch;
	word *w = &c->words.list.at[id];
	word_reading *r = &w->in[l - LANGUAGE_FR];
	slice lower = c->words.list.at[w->lower].text;
	bool elision = slice_ends(w->text, SLICE("\u2019"));
	rule_set named = { 0 };
	uint16_t number = 0;

	c->words.traits[l - LANGUAGE_FR].at[id] = traits_of(c, w, r, lower, l);
	add_watching(c, &named, &c->watched, lower, l);
	add_watching_lemmas(c, &named, lower, l);
	if (r->wording != 0)
		named.rules[WORDINGS / 64] = wording_openings[r->wording - 1].rules;
	if (!is_empty(&named))
		r->features |= (uint32_t)FEATURE_WATCHED;
	rule_set all = set_of(d,
		(r->features & ~(uint32_t)FEATURE_WATCHED) |
			(elision ? FEATURE_ELISION : FEATURE_WORD),
		l);
	drop_unwilling(c, &all, w, l);
	add_set(&all, &named);
	status s = number_of(d, &all, &number);
	if (s != STATUS_OK)
		d->failed = s;
	return number;
}

/* --- who looks at what is no word --- */

static void
drop_unwilling_of_mark(const dispatch *d, rule_set *s, uint32_t mark)
{
	for (size_t k = 0; k < DISPATCH_LOOKS / 64; k++)
		for (uint64_t left = s->rules[k]; left != 0; left &= left - 1) {
			unsigned bit = (unsigned)__builtin_ctzll(left);
			const rule *r = d->looks[k * 64 + bit].rule;
			if (r->wants_mark != NULL && !r->wants_mark(mark))
				s->rules[k] &= ~(UINT64_C(1) << bit);
		}
}

static inline status
set_of_mark(dispatch *d, const token *t, language l, uint32_t *set)
{
	uint32_t kind = t->features & ~FEATURES_HERE;
	uint32_t mark = t->kind == TOKEN_MARK ? t->word : 0;
	size_t i = (kind ^ kind >> 12 ^ kind >> 23 ^ mark) & (DISPATCH_RECENT - 1);
	uint16_t number;

	*set = d->recent[l - LANGUAGE_FR][i].set;
	if (*set != 0 && d->recent[l - LANGUAGE_FR][i].features == kind &&
		d->recent[l - LANGUAGE_FR][i].mark == mark)
		return STATUS_OK;
	rule_set all = set_of(d, kind, l);
	if (mark != 0)
		drop_unwilling_of_mark(d, &all, mark);
	TRY(number_of(d, &all, &number));
	d->recent[l - LANGUAGE_FR][i].features = kind;
	d->recent[l - LANGUAGE_FR][i].mark = mark;
	d->recent[l - LANGUAGE_FR][i].set = number;
	*set = number;
	return STATUS_OK;
}

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

/* For tokens in a kind of place. */
static call
call_of(const check *c, size_t k, uint32_t place)
{
	bool apart = (place << FEATURES_HERE_SHIFT & FEATURE_TIGHT) == 0;

	const dispatch_look *x = &c->dispatch.looks[k];
	bool late = c->late != NULL && check_is_ordered(c, x->index);
	return (call){ .token = late ? put_off : x->rule->token,
		.rule = c->with->rules[x->index],
		.before = x->rule->before,
		.after = x->rule->after,
		.ask_before = x->ask_before,
		.ask_after = x->ask_after,
		.index = x->index,
		.look = (uint16_t)k,
		.anywhere = x->anywhere || (x->rule->leaning && apart),
		.disagree = x->rule->disagree && c->language == LANGUAGE_FR };
}

static status
add_call(dispatch *d, call k)
{
	TRY(ARRAY_RESERVE(d->memory, &d->calls, 2));
	d->calls.at[d->calls.n++] = k;
	return STATUS_OK;
}

/* Adds the calls of the looks of a set whose rules apply; of all wordings it is one. */
static status
add_calls(check *c, const rule_set *s, uint32_t place)
{
	dispatch *d = &c->dispatch;
	const bool *applies = c->applies[c->language - LANGUAGE_FR];

	for (size_t k = 0; k < DISPATCH_LOOKS / 64; k++)
		for (uint64_t left = s->rules[k]; left != 0; left &= left - 1) {
			size_t look = k * 64 + (unsigned)__builtin_ctzll(left);
			if (applies[d->looks[look].index])
				TRY(add_call(d, call_of(c, look, place)));
		}
	if (!wordings_apply(c, applies, s->rules[WORDINGS / 64]))
		return STATUS_OK;
	return add_call(
		d, (call){ .token = call_wordings, .look = WORDINGS, .anywhere = true });
}

/* The list for tokens with the set in a kind of place. */
static status
make_list(check *c, uint32_t *list, uint32_t set, uint32_t place)
{
	dispatch *d = &c->dispatch;
	rule_set all = set_of(d, place << FEATURES_HERE_SHIFT, c->language);
	size_t first = d->calls.n;

	add_set(&all, &d->sets.at[set - 1]);
	TRY(add_calls(c, &all, place));
	*list = d->calls.n == first ? 0 : (uint32_t)first;
	if (*list != 0)
		d->calls.at[d->calls.n++] = (call){ 0 };
	return STATUS_OK;
}

static status
make_room(dispatch *d, language l)
{
	uint32_t **lists = &d->lists[l - LANGUAGE_FR];
	size_t *of = &d->lists_for[l - LANGUAGE_FR];
	size_t count = d->sets.n + 1, places = count * PLACES;

	if (places > d->capacity[l - LANGUAGE_FR])
		TRY(memory_grow(d->memory, (void **)lists, &d->capacity[l - LANGUAGE_FR],
			*of * PLACES, places - *of * PLACES, sizeof(**lists)));
	memset(*lists + *of * PLACES, 0xFF, (count - *of) * PLACES * sizeof(**lists));
	*of = count;
	return STATUS_OK;
}

/* Room for the lists of all sets there are; those of new sets are to be made. Those of number 0
 * never are: what has no set is asked for its kind. */
static inline status
cover_sets(dispatch *d, language l)
{
	return d->lists_for[l - LANGUAGE_FR] == d->sets.n + 1 ? STATUS_OK : make_room(d, l);
}

/* --- the document --- */

/* The bit of a question, asked by others before or not; 0: there is none. */
static uint32_t
add_question(dispatch *d, dispatch_question q)
{
	size_t k = 0;

	if (q.watch == NULL && q.wants == NULL)
		return 0;
	while (k < d->question_count &&
		(d->questions[k].watch != q.watch || d->questions[k].wants != q.wants))
		k++;
	if (k == d->question_count)
		d->questions[d->question_count++] = q;
	return 1u << QUESTIONS_SHIFT << k;
}

/* Where there is no room for more questions neighbours may be anything: rules look themselves.
 */
static status
add_look(dispatch *d, const rule *r, size_t index)
{
	dispatch_question before = { r->watch_before, r->wants_before },
			  after = { r->watch_after, r->wants_after };
	bool full = d->question_count + 2 > DISPATCH_QUESTIONS;

	assert(!r->disagree || (((r->before | r->after) & ~(uint32_t)NOMINAL) == 0 &&
				       (r->on & ~(uint32_t)OF_WORDS) == 0));
	if (d->look_count == DISPATCH_LOOKS)
		return STATUS_LIMIT;
	dispatch_look *x = &d->looks[d->look_count++];
	*x = (dispatch_look){ .rule = r, .index = (uint16_t)index };
	if (!full) {
		x->ask_before = add_question(d, before);
		x->ask_after = add_question(d, after);
	}
	x->anywhere = full || (r->before | r->after | x->ask_before | x->ask_after) == 0;
	return STATUS_OK;
}

static status
add_looks(check *c)
{
	for (size_t i = 0; i < c->with->rule_count; i++)
		TRY(add_look(&c->dispatch, c->with->rules[i], i));
	for (size_t i = 0; i < c->with->rule_count; i++)
		for (const rule *r = c->with->rules[i]->also; r != NULL; r = r->also)
			TRY(add_look(&c->dispatch, r, i));
	return STATUS_OK;
}

static status
add_rules(check *c)
{
	dispatch *d = &c->dispatch;

	for (size_t i = 0; i < d->look_count; i++) {
		const rule *r = d->looks[i].rule;
		if (r->wants != NULL)
			add_rule(&d->asking, i);
		for (uint32_t left = r->on; left != 0; left &= left - 1)
			for (language l = LANGUAGE_FR; l <= LANGUAGE_EN; l++)
				if (looks_at(r, l))
					add_rule(&d->by_feature[l - LANGUAGE_FR]
							       [(unsigned)__builtin_ctz(left)],
						i);
	}
	rule_set nobody = { 0 };
	uint16_t first;
	return number_of(d, &nobody, &first);
}

status
dispatch_init(check *c)
{
	c->dispatch = (dispatch){ .memory = c->context->memory };
	TRY(make_slots(&c->dispatch, SLOTS_FIRST));
	TRY(add_looks(c));
	return add_rules(c);
}

void
dispatch_free(dispatch *d)
{
	if (d->memory == NULL)
		return;
	ARRAY_FREE(d->memory, &d->sets);
	ARRAY_FREE(d->memory, &d->calls);
	memory_free(d->memory, d->slots);
	for (size_t l = 0; l < LANGUAGES; l++)
		memory_free(d->memory, d->lists[l]);
}

status
dispatch_begin(check *c)
{
	dispatch *d = &c->dispatch;

	d->failed = STATUS_OK;
	d->calls.n = 0;
	d->lists_for[0] = d->lists_for[1] = 0;
	TRY(ARRAY_RESERVE(d->memory, &d->calls, 1));
	d->calls.at[d->calls.n++] = (call){ 0 }; /* of the empty list */
	return STATUS_OK;
}

/* The same, timed. */
static status
call_metered(check *c, const call *k, size_t i)
{
	check_meter *m = &c->meters[k->rule == NULL ? METER_OF_WORDINGS : k->index];
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

/* The answers of a token beside one. */
static inline uint32_t
traits_at(const check *c, const token *t)
{
	if (t->calls != 0)
		return c->words.traits[c->language - LANGUAGE_FR].at[t->word];
	return t->kind == TOKEN_EDGE ? UINT32_MAX : 0;
}

/* Of rule.disagree: the words beside have the features of nouns and adjectives. */
static bool
disagree(const check *c, const call *k, const token *t)
{
	const uint32_t *traits = c->words.traits[LANGUAGE_FR - LANGUAGE_FR].at;
	uint32_t own = traits[t->word];

	if ((t[-1].features & k->before) != 0 && (traits[t[-1].word] & own & CELLS) == 0)
		return true;
	if ((t[1].features & k->after) == 0)
		return false;
	uint32_t common = own >> 4 & traits[t[1].word] & CELLS;
	if ((t[1].features & FEATURE_ADJECTIVE) != 0 && (t[2].features & FEATURE_NOUN) != 0)
		common &= traits[t[2].word];
	return common == 0;
}

/* Have the neighbours what the rule wants? */
static inline bool
fits(const check *c, const call *k, const token *t)
{
	if (k->anywhere)
		return true;
	if (((t[-1].features & k->before) | (t[1].features & k->after)) != 0)
		return !k->disagree || disagree(c, k, t);
	return (k->ask_before != 0 && (traits_at(c, t - 1) & k->ask_before) != 0) ||
	       (k->ask_after != 0 && (traits_at(c, t + 1) & k->ask_after) != 0);
}

/* The rules of a list, for token i, which is t. */
static inline status
call_all(check *c, const call *k, const token *t, size_t i)
{
	do {
		if (!fits(c, k, t))
			continue;
		c->running = k->index;
		c->looking = k->look;
		TRY(k->token(c, k->rule, i));
	} while ((++k)->token != NULL);
	return STATUS_OK;
}

static status
call_all_watched(check *c, const call *k, size_t i)
{
	for (; k->token != NULL; k++) {
		if (!fits(c, k, &c->tokens.at[i]))
			continue;
		c->running = k->index;
		c->looking = k->look;
		TRY(call_watched(c, k, i));
	}
	return STATUS_OK;
}

/* The list of a token whose set has none yet for its kind of place, or that is no word and so
 * has no set. */
static status
find_list(check *c, const token *t, uint32_t *out)
{
	dispatch *d = &c->dispatch;
	uint32_t place = t->features >> FEATURES_HERE_SHIFT & (PLACES - 1), set = t->calls;

	if (set == 0)
		TRY(set_of_mark(d, t, c->language, &set));
	TRY(cover_sets(d, c->language));
	uint32_t *list = &d->lists[c->language - LANGUAGE_FR][set * PLACES + place];
	if (*list == UNMADE)
		TRY(make_list(c, list, set, place));
	*out = *list;
	return STATUS_OK;
}

status
dispatch_tokens(check *c)
{
	dispatch *d = &c->dispatch;
	bool plainly = c->meters == NULL && !c->noting;
	const token *t = c->tokens.at;

	TRY(d->failed);
	TRY(cover_sets(d, c->language));
	const uint32_t *lists = d->lists[c->language - LANGUAGE_FR];
	for (size_t i = 0, n = c->tokens.count; i < n; i++, t++) {
		uint32_t place = t->features >> FEATURES_HERE_SHIFT & (PLACES - 1);
		uint32_t list = lists[t->calls * PLACES + place];
		if (list == 0)
			continue;
		if (list == UNMADE) {
			TRY(find_list(c, t, &list));
			lists = d->lists[c->language - LANGUAGE_FR];
			if (list == 0)
				continue;
		}
		const call *calls = &d->calls.at[list];
		TRY(plainly ? call_all(c, calls, t, i) : call_all_watched(c, calls, i));
	}
	return STATUS_OK;
}
