#include "checker/dispatch.h"

#include <assert.h>
#include <string.h>

#include "checker/check.h"
#include "checker/inflection.h"
#include "checker/rule.h"
#include "checker/wordings.h"

/* What only words have: their numbers may be looked up. */
#define NOMINAL (FEATURE_NOUN | FEATURE_ADJECTIVE)
#define OF_WORDS (NOMINAL | FEATURE_DETERMINER | FEATURE_WORD | (uint32_t)FEATURE_WATCHED)
#define SETS_MOST (UINT16_MAX - CALLS_OF_WORDS)
#define SLOTS_FIRST 1024
#define SETS_FIRST (SLOTS_FIRST / 2) /* a letter has three hundred */

static_assert(DISPATCH_LOOKS > RULES_MAX && DISPATCH_LOOKS % 64 == 0, "a place for every rule");
static_assert(WORDING_RULES_MAX == 64, "their bits are one number, as in wording_opening");
static_assert(DISPATCH_QUESTIONS + WORDING_CLASSES <= 32, "a bit for each");

/* --- sets --- */

static void
add_rule(rule_set *s, size_t index)
{
	s->rules[index / 64] |= UINT64_C(1) << (index % 64);
}

static uint32_t
hash_of(const dispatch *d, const rule_set *s)
{
	uint64_t h = s->wordings;

	for (size_t k = 0; k < d->set_words; k++)
		h = (h ^ s->rules[k]) * UINT64_C(0x9E3779B97F4A7C15) ^ h >> 29;
	h = (h ^ s->beside) * UINT64_C(0x9E3779B97F4A7C15);
	return (uint32_t)(h >> 32);
}

static bool
same_set(const dispatch *d, const rule_set *a, const rule_set *b)
{
	return a->wordings == b->wordings && a->beside == b->beside &&
	       memcmp(a->rules, b->rules, d->set_words * sizeof(*a->rules)) == 0;
}

/* The slot that holds the set, or the empty one where it belongs. */
static uint16_t *
find_slot(const dispatch *d, const rule_set *s)
{
	uint32_t i = hash_of(d, s) & d->slot_mask;

	while (d->slots[i] != 0 && !same_set(d, &d->sets.at[d->slots[i] - 1], s))
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

status
dispatch_number(dispatch *d, const rule_set *s, uint16_t *number)
{
	if (d->sets.n * 2 > d->slot_mask)
		TRY(make_slots(d, (d->slot_mask + 1) * 2));
	uint16_t *slot = find_slot(d, s);
	if (*slot == 0) {
		if (d->sets.n == SETS_MOST)
			return STATUS_LIMIT;
		TRY(ARRAY_RESERVE(d->memory, &d->sets, 1));
		d->sets.at[d->sets.n++] = *s;
		*slot = (uint16_t)d->sets.n;
	}
	*number = (uint16_t)(*slot - 1 + CALLS_OF_WORDS);
	return STATUS_OK;
}

/* --- who looks at a word --- */

rule_set
dispatch_set_of(const dispatch *d, uint32_t features, language l)
{
	rule_set all = { 0 };

	for (; features != 0; features &= features - 1)
		dispatch_add_set(d, &all,
			&d->by_feature[l - LANGUAGE_FR][(unsigned)__builtin_ctz(features)]);
	return all;
}

static void
drop_unwilling(const check *c, rule_set *s, const word *w, language l)
{
	for (size_t k = 0; k < c->dispatch.set_words; k++) {
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

/* The rules that name a text, by its hash. */
static void
add_watching(const check *c, rule_set *s, const watched_words *list, slice text, uint64_t hash,
	language l)
{
	uint32_t k = list->slots[hash & list->slot_mask];

	for (; k != 0; k = list->list.at[k - 1].next) {
		const watched_word *w = &list->list.at[k - 1];
		if (slice_equal(w->text, text) && looks_at(c->dispatch.looks[w->look].rule, l))
			add_rule(s, w->look);
	}
}

static void
add_watching_lemmas(const check *c, rule_set *s, uint32_t lower, uint64_t hash, language l)
{
	const lexicon *x = c->with->lexicons[l - LANGUAGE_FR];
	const analysis *readings;

	if (c->watched_lemmas.list.n == 0 || x == NULL)
		return;
	size_t n = words_analyses(&c->words, lower, l, &readings);
	for (size_t i = 0; i < n; i++) {
		slice lemma = lexicon_lemma(x, readings[i].lemma);
		add_watching(c, s, &c->watched_lemmas, lemma, slice_hash(lemma), l);
	}
	add_watching(c, s, &c->watched_lemmas, words_at(&c->words, lower)->text, hash, l);
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

/* What is asked of words beside others. */
static uint64_t
answers_of(const check *c, const word *w, const word_reading *r, slice lower, uint64_t hash,
	language l)
{
	const watched_words *list = &c->watched_beside;
	uint32_t k = list->slots[hash & list->slot_mask];
	uint32_t bits = wordings_class(c->words.hot.at[w->lower].rolling) << DISPATCH_QUESTIONS;

	for (; k != 0; k = list->list.at[k - 1].next)
		if (slice_equal(list->list.at[k - 1].text, lower))
			bits |= 1u << list->list.at[k - 1].look;
	for (uint32_t left = c->dispatch.wanting; left != 0; left &= left - 1)
		if (c->dispatch.questions[__builtin_ctz(left)].wants(c, w, r, l))
			bits |= left & -left;
	return (uint64_t)bits << DISPATCH_ANSWERS;
}

static bool
is_empty(const dispatch *d, const rule_set *s)
{
	uint64_t any = s->wordings;

	for (size_t k = 0; k < d->set_words; k++)
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
	uint64_t hash = slice_hash(lower);
	bool elision = slice_ends(w->text, SLICE("\u2019"));
	rule_set named = { 0 };
	uint16_t number = 0;

	add_watching(c, &named, &c->watched, lower, hash, l);
	add_watching_lemmas(c, &named, w->lower, hash, l);
	if (r->wording != 0)
		named.wordings = wording_openings[r->wording - 1].rules;
	if (!is_empty(d, &named))
		r->features |= (uint32_t)FEATURE_WATCHED;
	rule_set all = dispatch_set_of(d,
		(r->features & ~(uint32_t)FEATURE_WATCHED) |
			(elision ? FEATURE_ELISION : FEATURE_WORD),
		l);
	drop_unwilling(c, &all, w, l);
	dispatch_add_set(d, &all, &named);
	all.beside = inflection_cells(r->grammar) | leading_cells(r, lower) << 4 |
		     (r->features & NOMINAL) | answers_of(c, w, r, lower, hash, l);
	status s = dispatch_number(d, &all, &number);
	if (s != STATUS_OK) {
		d->failed = s;
		c->words.spoilt = true;
	}
	return number;
}

/* --- who looks at what is no word --- */

static void
drop_unwilling_of_mark(const dispatch *d, rule_set *s, uint32_t mark)
{
	for (size_t k = 0; k < d->set_words; k++)
		for (uint64_t left = s->rules[k]; left != 0; left &= left - 1) {
			unsigned bit = (unsigned)__builtin_ctzll(left);
			const rule *r = d->looks[k * 64 + bit].rule;
			if (r->wants_mark != NULL && !r->wants_mark(mark))
				s->rules[k] &= ~(UINT64_C(1) << bit);
		}
}

status
dispatch_mark(dispatch *d, const token *t, language l, uint16_t *set)
{
	uint32_t kind = t->features & ~FEATURES_HERE;
	uint32_t mark = t->kind == TOKEN_MARK ? t->word : t->calls == CALLS_DIGITS ? '0' : 0;
	size_t i = (kind ^ kind >> 12 ^ kind >> 23 ^ mark) & (DISPATCH_RECENT - 1);
	uint16_t number;

	*set = d->recent[l - LANGUAGE_FR][i].set;
	if (*set != 0 && d->recent[l - LANGUAGE_FR][i].features == kind &&
		d->recent[l - LANGUAGE_FR][i].mark == mark)
		return STATUS_OK;
	rule_set all = dispatch_set_of(d, kind, l);
	if (mark != 0)
		drop_unwilling_of_mark(d, &all, mark);
	TRY(dispatch_number(d, &all, &number));
	d->recent[l - LANGUAGE_FR][i].features = kind;
	d->recent[l - LANGUAGE_FR][i].mark = mark;
	d->recent[l - LANGUAGE_FR][i].set = number;
	*set = number;
	return STATUS_OK;
}

/* --- the document --- */

/* The bit of a question, asked by others before or not; 0: there is none. False where there is
 * no room for it. */
static bool
add_question(dispatch *d, dispatch_question q, uint32_t *bit)
{
	size_t k = 0;

	*bit = 0;
	if (q.watch == NULL && q.wants == NULL)
		return true;
	while (k < d->question_count &&
		(d->questions[k].watch != q.watch || d->questions[k].wants != q.wants))
		k++;
	if (k == DISPATCH_QUESTIONS)
		return false;
	if (k == d->question_count)
		d->questions[d->question_count++] = q;
	*bit = 1u << k;
	if (q.wants != NULL)
		d->wanting |= *bit;
	return true;
}

/* Where there is no room for more questions neighbours may be anything: rules look themselves.
 */
static status
add_look(dispatch *d, const rule *r, size_t index)
{
	dispatch_question before = { r->watch_before, r->wants_before },
			  after = { r->watch_after, r->wants_after };

	assert(!r->disagree ||
		(((r->before | r->after) & ~(uint32_t)NOMINAL) == 0 &&
			(r->on & ~(uint32_t)OF_WORDS) == 0 && before.watch == NULL &&
			before.wants == NULL && after.watch == NULL && after.wants == NULL));
	if (d->look_count == DISPATCH_LOOKS)
		return STATUS_LIMIT;
	dispatch_look *x = &d->looks[d->look_count++];
	*x = (dispatch_look){ .rule = r, .index = (uint16_t)index };
	bool room = add_question(d, before, &x->ask_before) &&
		    add_question(d, after, &x->ask_after);
	x->anywhere = !room || (r->before | r->after | x->ask_before | x->ask_after) == 0;
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
	return dispatch_number(d, &nobody, &first);
}

status
dispatch_init(check *c)
{
	c->dispatch = (dispatch){ .memory = c->context->memory };
	TRY(make_slots(&c->dispatch, SLOTS_FIRST));
	TRY(ARRAY_RESERVE(c->dispatch.memory, &c->dispatch.sets, SETS_FIRST));
	TRY(add_looks(c));
	c->dispatch.set_words = (c->dispatch.look_count + 63) / 64;
	return add_rules(c);
}

void
dispatch_free(dispatch *d)
{
	if (d->memory == NULL)
		return;
	ARRAY_FREE(d->memory, &d->sets);
	memory_free(d->memory, d->slots);
	dispatch_free_lists(d);
}
