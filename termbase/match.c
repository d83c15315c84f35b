#include "termbase/match.h"

#include <string.h>

#include "termbase/surface.h"

/* One search: everything a walk through the trie needs. */
typedef struct search {
	const termbase *termbase;
	const words *words;
	const uint32_t *keys; /* of the words, in the language */
	const token *tokens;
	size_t count;
	slice text;
	language language;
	term_known *known;
} search;

void
term_matches_init(term_matches *m, const memory *from)
{
	*m = (term_matches){ .memory = from };
}

void
term_matches_free(term_matches *m)
{
	ARRAY_FREE(m->memory, &m->list);
}

/* May the surface stand for a term of one word? */
static bool
is_fair_word(slice term, uint32_t d)
{
	const uint32_t never =
		DIFFERS_CASE | DIFFERS_HYPHEN | DIFFERS_BRACKET | DIFFERS_ADDED | DIFFERS_STEM;

	if (d & never)
		return false;
	if ((d & (DIFFERS_ACCENT | DIFFERS_CAPITAL_ACCENT)) && !(d & DIFFERS_CAPITALS))
		return false;
	return !(d & DIFFERS_INFLECTION) || !surface_begins_upper(term);
}

/* May the surface stand for a term of several words? */
static bool
is_fair_phrase(slice term, slice found, uint32_t d)
{
	if (d & DIFFERS_ADDED)
		return false;
	if ((d & DIFFERS_INFLECTION) && surface_begins_upper(term) &&
		!surface_begins_upper(found))
		return false;
	return true;
}

static bool
is_fair(const index_term *t, slice term, slice found, uint32_t d)
{
	if (t->flags & TERM_ACRONYM)
		return (d & ~(uint32_t)DIFFERS_POSSESSIVE) == 0;
	/* A name to avoid is avoided in the form it is listed in. */
	if (t->status >= TERM_DEPRECATED && (d & DIFFERS_INFLECTION) &&
		surface_begins_upper(term))
		return false;
	return t->pieces == 1 ? is_fair_word(term, d) : is_fair_phrase(term, found, d);
}

/* Of the terms that end at a slot, the one nearest to the surface; a preferred one before an
 * admitted, an admitted before a deprecated one when they are as near. */
static bool
nearest(const search *s, uint16_t index, uint32_t chain, slice found, term_match *out)
{
	const term_index *x = &s->termbase->indexes[index];
	uint32_t best = UINT32_MAX;

	for (uint32_t i = chain; i != 0; i = x->terms[i - 1].next) {
		const index_term *t = &x->terms[i - 1];
		slice term = index_string(x, t->surface);
		if (t->language != s->language ||
			termbase_hides(s->termbase, index, t->concept))
			continue;
		comparison c = surface_compare(term, found);
		uint32_t rank = c.distance * 4 + t->status;
		if (rank >= best || !is_fair(t, term, found, c.differences))
			continue;
		best = rank;
		out->term = (term_ref){ index, i - 1 };
		out->differences = c.differences;
	}
	return best != UINT32_MAX;
}

static bool
is_closing(const token *t)
{
	return t->kind == TOKEN_MARK && t->word == ')';
}

static bool
has_language(const search *s, uint16_t index, uint32_t chain)
{
	const term_index *x = &s->termbase->indexes[index];

	for (uint32_t i = chain; i != 0; i = x->terms[i - 1].next)
		if (x->terms[i - 1].language == s->language)
			return true;
	return false;
}

/* Of the words from token first to last, in the text as it stands, and the terms that end at a
 * slot; never 0. */
static uint64_t
known_key(const search *s, uint16_t index, uint32_t chain, size_t first, size_t last)
{
	const token *a = &s->tokens[first], *b = &s->tokens[last];
	uint64_t place = (uint64_t)chain << 32 | (uint64_t)index << 16 |
			 ((last - first) << 1 & 0xFFFE) | (s->language == LANGUAGE_EN);
	slice found = slice_sub(s->text, a->start, b->start + b->length);

	return (slice_hash(found) ^ place * UINT64_C(0x9E3779B97F4A7C15)) | 1;
}

static bool
find_nearest(const search *s, uint16_t index, uint32_t chain, size_t first, size_t last,
	term_match *m)
{
	char plain[SURFACE_BYTES];

	return nearest(s, index, chain,
		surface_of(plain, s->text, &s->tokens[first], &s->tokens[last]), m);
}

static bool
try_span(const search *s, uint16_t index, uint32_t chain, size_t first, size_t last,
	term_match *m)
{
	*m = (term_match){ .first = (uint32_t)first, .last = (uint32_t)last };
	if (s->known == NULL)
		return find_nearest(s, index, chain, first, last, m);
	uint64_t key = known_key(s, index, chain, first, last);
	term_known *k = &s->known[key >> 32 & (TERMS_KNOWN - 1)];
	if (k->key != key) {
		bool is_term = find_nearest(s, index, chain, first, last, m);
		*k = (term_known){ key, m->term, m->differences, is_term };
	}
	m->term = k->term;
	m->differences = k->differences;
	return k->is_term;
}

/* Is there a fair term from token first to last? A closing bracket right behind belongs to a
 * term that has one open. */
static bool
try_end(const search *s, uint16_t index, uint32_t chain, size_t first, size_t last,
	term_match *m)
{
	if (!has_language(s, index, chain))
		return false;
	if (last + 1 < s->count && is_closing(&s->tokens[last + 1]) &&
		try_span(s, index, chain, first, last + 1, m))
		return true;
	return try_span(s, index, chain, first, last, m);
}

/* The key of a word that has just one; else 0. */
static uint32_t
plain_key(const search *s, size_t i)
{
	const token *t = &s->tokens[i];
	bool letters = t->kind == TOKEN_WORD || t->kind == TOKEN_ELISION;

	return letters ? s->keys[t->word] : 0;
}

/* Follows the keys of one token; false when the trie ends. */
static bool
step_token(const search *s, const term_index *x, size_t i, const index_slot **slot, bool *moved)
{
	uint32_t keys[PIECES_MAX], key = plain_key(s, i);

	if (key != 0) {
		*moved = true;
		*slot = index_step(x, *slot == NULL ? 0 : (*slot)->next, key);
		return *slot != NULL;
	}
	int n = surface_keys(keys, s->words, &s->tokens[i], s->text, s->language);

	*moved = n > 0;
	for (int k = 0; k < n; k++) {
		*slot = index_step(x, *slot == NULL ? 0 : (*slot)->next, keys[k]);
		if (*slot == NULL)
			return false;
	}
	return n >= 0;
}

/* Where terms end on one way through the trie, the longest last. */
typedef struct ends {
	struct {
		uint32_t chain, token;
	} at[PIECES_MAX];
	size_t n;
} ends;

static void
walk(const search *s, const term_index *x, size_t first, ends *out)
{
	const index_slot *slot = NULL;
	bool moved;

	out->n = 0;
	for (size_t i = first; i < s->count && step_token(s, x, i, &slot, &moved); i++) {
		if (!moved && i == first)
			return;
		uint32_t chain = moved ? index_slot_term(x, slot) : 0;
		if (chain == 0 || out->n == PIECES_MAX)
			continue;
		out->at[out->n].chain = chain;
		out->at[out->n++].token = (uint32_t)i;
	}
}

/* The longest fair term of one index, if it is no shorter than the one found before. */
static void
search_index(const search *s, uint16_t index, size_t first, term_match *best, bool *found)
{
	term_match m;
	ends e;

	walk(s, &s->termbase->indexes[index], first, &e);
	while (e.n-- > 0) {
		if (*found && e.at[e.n].token + 1 < best->last)
			return;
		if (!try_end(s, index, e.at[e.n].chain, first, e.at[e.n].token, &m))
			continue;
		if (!*found || m.last >= best->last)
			*best = m;
		*found = true;
		return;
	}
}

/* Numbers and codes are not words, so nobody marked those that begin a term. */
static inline bool
may_begin(const token *t)
{
	return (t->features & (FEATURE_TERM | FEATURE_NUMBER | FEATURE_CODE)) != 0;
}

enum { RUN_ENDS, RUN_GOES_ON, RUN_UNCLEAR, RUN_LAST = RUN_UNCLEAR }; /* keys of no word */

/* What the filter calls a token. Compounds have several keys and symbols dear ones: for them
 * the trie is asked at once. */
static inline uint32_t
run_key(const search *s, const token *t)
{
	uint32_t key;

	if (t->kind == TOKEN_WORD || t->kind == TOKEN_ELISION) {
		key = s->keys[t->word];
		return key <= RUN_LAST ? RUN_UNCLEAR : key;
	}
	switch ((token_kind)t->kind) {
	case TOKEN_NUMBER:
		return FILTER_NUMBER;
	case TOKEN_MARK:
		key = surface_mark_key(t->word);
		return key == 0 ? RUN_GOES_ON : key;
	case TOKEN_EDGE:
		return RUN_ENDS;
	default:
		return RUN_UNCLEAR;
	}
}

/* A word that is its own lower-case form; what is no word is as good as one. */
static inline bool
is_small(const token *t)
{
	return t->word == t->lower;
}

#define AHEAD 8 /* tokens whose keys tell most phrases from terms */

/* May a term of the index begin at token i? One that may be longer than AHEAD may. */
static bool
may_match(const search *s, const term_index *x, size_t i)
{
	uint64_t chain = 0;
	enum filter_depth depth = FILTER_ALONE;

	for (size_t end = i + AHEAD; i < end; i++) {
		uint32_t key =
			run_key(s, &s->tokens[i]); /* an edge stands behind the last token */
		if (key == RUN_GOES_ON)
			continue;
		if (key == RUN_ENDS || key == RUN_UNCLEAR)
			return key == RUN_UNCLEAR;
		chain = filter_chain(chain, key);
		if (depth == FILTER_ALONE) {
			if (filter_has(x->runs[FILTER_ALONE],
				    filter_alone(chain, is_small(&s->tokens[i]))))
				return true;
			depth = FILTER_PAIRS;
			continue;
		}
		if (!filter_has(x->runs[depth], chain))
			return false;
		if (filter_has(x->runs[FILTER_DEEP], filter_whole(chain)))
			return true;
		depth = FILTER_DEEP;
	}
	return true;
}

static bool
match_at(const search *s, size_t i, term_match *out)
{
	bool found = false;

	for (size_t k = 0; k < s->termbase->count; k++)
		if (may_match(s, &s->termbase->indexes[k], i))
			search_index(s, (uint16_t)k, i, out, &found);
	if (!found)
		return false;
	const token *last = &s->tokens[out->last];
	out->text = (span){ s->tokens[i].start, last->start + last->length };
	return true;
}

bool
termbase_match_at(term_match *out, const termbase *t, const words *w, const tokens *block,
	slice text, language l, size_t i)
{
	search s = { t, w, w->keys[l - LANGUAGE_FR].at, block->at, block->count, text, l,
		NULL };

	return may_begin(&block->at[i]) && match_at(&s, i, out);
}

/* --- all terms of a block --- */

#define WINDOW 256 /* tokens */

/* Tokens of a part of the block that may begin a term, and their keys with those behind. */
typedef struct window {
	size_t start, count; /* tokens */
	const token *chosen[WINDOW];
	struct {
		uint32_t first, second;
		bool small;
	} keys[WINDOW];
	size_t chosen_count;
} window;

/* Tokens first, then keys, then filters, each in a loop of its own, so that the memory they
 * miss is fetched for many tokens at once. */
static void
read_window(const search *s, window *w)
{
	size_t most = s->count - w->start, n = 0;
	const token *t = s->tokens + w->start;

	w->count = most < WINDOW ? most : WINDOW;
	for (const token *end = t + w->count; t < end; t++) {
		w->chosen[n] = t;
		n += may_begin(t);
	}
	for (size_t k = 0; k < n; k++) {
		w->keys[k].first = run_key(s, w->chosen[k]);
		w->keys[k].second = run_key(s, w->chosen[k] + 1);
		if (w->keys[k].second == RUN_GOES_ON) /* « loi (sur » */
			w->keys[k].second = run_key(s, w->chosen[k] + 2);
		w->keys[k].small = is_small(w->chosen[k]);
	}
	w->chosen_count = n;
}

/* Notes which of those chosen begin a term of the index by their first two keys. */
static void
mark_fits(const term_index *x, const window *w, bool *fits)
{
	const filter_bits alone = x->runs[FILTER_ALONE], pairs = x->runs[FILTER_PAIRS];

	for (size_t i = 0; i < w->chosen_count; i++) {
		uint32_t first = w->keys[i].first, second = w->keys[i].second;
		uint64_t one = filter_chain(0, first), both = filter_chain(one, second);
		/* All four are asked, without a branch between them. */
		unsigned fit =
			(unsigned)(first <= RUN_LAST) | (unsigned)(second <= RUN_LAST) |
			(unsigned)filter_has(alone, filter_alone(one, w->keys[i].small)) |
			(unsigned)filter_has(pairs, both);
		fits[i] |= fit != 0;
	}
}

/* Leaves those that do in one index at least. */
static void
filter_window(const search *s, window *w)
{
	bool fits[WINDOW];
	size_t n = 0;

	memset(fits, 0, w->chosen_count * sizeof(*fits));
	for (size_t k = 0; k < s->termbase->count; k++)
		mark_fits(&s->termbase->indexes[k], w, fits);
	for (size_t i = 0; i < w->chosen_count; i++) {
		w->chosen[n] = w->chosen[i];
		n += fits[i];
	}
	w->chosen_count = n;
}

/* *next is the first token that no match has. */
static status
match_window(term_matches *m, const search *s, const window *w, size_t *next)
{
	for (size_t i = 0; i < w->chosen_count; i++) {
		term_match found;
		size_t at = (size_t)(w->chosen[i] - s->tokens);
		if (at < *next || !match_at(s, at, &found))
			continue;
		TRY(ARRAY_RESERVE(m->memory, &m->list, 1));
		m->list.at[m->list.n++] = found;
		*next = (size_t)found.last + 1;
	}
	return STATUS_OK;
}

status
termbase_match(term_matches *m, const termbase *t, const words *w, const tokens *block,
	slice text, language l)
{
	search s = { t, w, w->keys[l - LANGUAGE_FR].at, block->at, block->count, text, l,
		m->known };
	size_t next = 0;
	window part;

	m->list.n = 0;
	for (part.start = 0; part.start < s.count; part.start += part.count) {
		read_window(&s, &part);
		filter_window(&s, &part);
		TRY(match_window(m, &s, &part, &next));
	}
	return STATUS_OK;
}
