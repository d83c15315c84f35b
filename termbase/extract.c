/* What is counted: candidates by their keys, the ways in which they are written, and the places
 * where they stand. */
#include "termbase/extract.h"

#include <string.h>

#include "termbase/surface.h"
#include "text/fold.h"

#define CANDIDATES_MOST 1000000 /* before those met once are forgotten */
#define CONTEXT_BYTES 80        /* on either side */
#define SLOTS_FIRST 4096

status
extract_init(
	extractor *x, context *c, lexicon *const lexicons[LANGUAGES], const termbase *terms)
{
	*x = (extractor){ .context = c, .terms = terms };
	arena_init(&x->keep, c->memory);
	tokens_init(&x->tokens, c->memory);
	term_matches_init(&x->matches, c->memory);
	TRY(words_init(&x->words, c->memory));
	for (int l = 0; l < LANGUAGES; l++)
		x->words.lexicons[l] = lexicons[l];
	x->words.extra = termbase_vocabulary(terms);
	return extract_index(x);
}

void
extract_free(extractor *x)
{
	const memory *m = x->context->memory;

	for (int l = 0; l < LANGUAGES; l++) {
		ARRAY_FREE(m, &x->roles[l]);
		ARRAY_FREE(m, &x->counts[l]);
	}
	ARRAY_FREE(m, &x->list);
	ARRAY_FREE(m, &x->surfaces);
	ARRAY_FREE(m, &x->places);
	ARRAY_FREE(m, &x->definitions);
	ARRAY_FREE(m, &x->roles_here);
	memory_free(m, x->candidate_slots);
	memory_free(m, x->surface_slots);
	term_matches_free(&x->matches);
	tokens_free(&x->tokens);
	words_free(&x->words);
	arena_free(&x->keep);
}

/* --- tables --- */

static uint64_t
keys_hash(language l, const uint32_t *keys, size_t count)
{
	slice s = { (const char *)keys, count * sizeof(*keys) };

	return slice_hash(s) + (uint64_t)l;
}

static uint64_t
surface_hash(uint32_t candidate, slice text)
{
	return slice_hash(text) ^ candidate * UINT64_C(0x9E3779B97F4A7C15);
}

static status
make_slots(const memory *m, uint32_t **slots, uint32_t *mask, size_t count)
{
	size_t size = SLOTS_FIRST;

	while (size < 2 * count)
		size *= 2;
	uint32_t *made = memory_alloc(m, size * sizeof(*made));
	if (made == NULL)
		return STATUS_MEMORY;
	memset(made, 0, size * sizeof(*made));
	memory_free(m, *slots);
	*slots = made;
	*mask = (uint32_t)size - 1;
	return STATUS_OK;
}

static uint32_t *
candidate_slot(const extractor *x, language l, const uint32_t *keys, size_t count)
{
	uint32_t i = (uint32_t)keys_hash(l, keys, count) & x->candidate_mask;

	for (; x->candidate_slots[i] != 0; i = (i + 1) & x->candidate_mask) {
		const extract_candidate *k = &x->list.at[x->candidate_slots[i] - 1];
		if (k->language == l && k->key_count == count &&
			memcmp(k->keys, keys, count * sizeof(*keys)) == 0)
			break;
	}
	return &x->candidate_slots[i];
}

static uint32_t *
surface_slot(const extractor *x, uint32_t candidate, slice text)
{
	uint32_t i = (uint32_t)surface_hash(candidate, text) & x->surface_mask;

	for (; x->surface_slots[i] != 0; i = (i + 1) & x->surface_mask) {
		const extract_surface *s = &x->surfaces.at[x->surface_slots[i] - 1];
		if (s->candidate == candidate && slice_equal(s->text, text))
			break;
	}
	return &x->surface_slots[i];
}

status
extract_index(extractor *x)
{
	const memory *m = x->context->memory;

	TRY(make_slots(m, &x->candidate_slots, &x->candidate_mask, 2 * x->list.n));
	TRY(make_slots(m, &x->surface_slots, &x->surface_mask, 2 * x->surfaces.n));
	for (size_t i = 0; i < x->list.n; i++) {
		const extract_candidate *k = &x->list.at[i];
		*candidate_slot(x, k->language, k->keys, k->key_count) = (uint32_t)i + 1;
	}
	for (size_t i = 0; i < x->surfaces.n; i++) {
		const extract_surface *s = &x->surfaces.at[i];
		*surface_slot(x, s->candidate, s->text) = (uint32_t)i + 1;
	}
	return STATUS_OK;
}

size_t
extract_find(const extractor *x, language l, const uint32_t *keys, size_t count)
{
	uint32_t found = *candidate_slot(x, l, keys, count);

	return found == 0 ? SIZE_MAX : found - 1;
}

/* Forgets candidates met once, and with them their surfaces and places. */
static status
forget(extractor *x)
{
	uint32_t *moved = memory_alloc(x->context->memory, x->list.n * sizeof(*moved));
	size_t n = 0;

	if (moved == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < x->list.n; i++) {
		bool kept = x->list.at[i].count > 1 || x->list.at[i].acronym.n != 0;
		moved[i] = kept ? (uint32_t)n : UINT32_MAX;
		if (kept)
			x->list.at[n++] = x->list.at[i];
	}
	x->list.n = n;
	n = 0;
	for (size_t i = 0; i < x->surfaces.n; i++) {
		extract_surface s = x->surfaces.at[i];
		s.candidate = moved[s.candidate];
		if (s.candidate != UINT32_MAX)
			x->surfaces.at[n++] = s;
	}
	x->surfaces.n = n;
	n = 0;
	for (size_t i = 0; i < x->places.n; i++) {
		extract_place p = x->places.at[i];
		p.candidate = moved[p.candidate];
		if (p.candidate != UINT32_MAX)
			x->places.at[n++] = p;
	}
	x->places.n = n;
	memory_free(x->context->memory, moved);
	return extract_index(x);
}

/* --- candidates --- */

/* The keys of a run: determiners count for nothing, « du » for « de ». */
static size_t
keys_of(const extractor *x, slice text, language l, size_t first, size_t last,
	uint32_t keys[EXTRACT_KEYS], uint8_t *content)
{
	size_t n = 0;

	*content = 0;
	for (size_t i = first; i <= last; i++) {
		uint32_t parts[PIECES_MAX];
		uint16_t role = x->roles_here.at[i];
		if (role & ROLE_DETERMINER)
			continue;
		if (role & ROLE_LINK) {
			/* Which preposition it is matters less than that there is one. */
			parts[0] = 1;
		}
		int count = role & ROLE_LINK
				    ? 1
				    : surface_keys(parts, &x->words, &x->tokens.at[i], text, l);
		if (count < 0 || n + (size_t)count > EXTRACT_KEYS)
			return 0;
		for (int k = 0; k < count; k++)
			keys[n++] = parts[k];
		*content = (uint8_t)(*content + (!(role & ROLE_LINK) && count > 0));
	}
	/* A compound alone is as good as its parts: États-Unis, Secretary-General. */
	if (first == last)
		*content = (uint8_t)n;
	return n;
}

/* So much of the block around a run as tells what it is, on one line. */
static status
context_of(extractor *x, slice text, span run, span block, slice *out)
{
	char line[3 * CONTEXT_BYTES + 4 * SURFACE_BYTES];
	size_t start = run.start, end = run.end, n = 0;

	while (start > block.start && run.start - start < CONTEXT_BYTES)
		start--;
	while (start > block.start && start < run.start && text.p[start - 1] != ' ')
		start++;
	while (end < block.end && end - run.end < CONTEXT_BYTES)
		end++;
	while (end < block.end && end > run.end && text.p[end] != ' ')
		end--;
	for (size_t i = start; i < end && n < sizeof(line); i++) {
		char c = (unsigned char)text.p[i] < ' ' ? ' ' : text.p[i];
		if (c != ' ' || (n > 0 && line[n - 1] != ' '))
			line[n++] = c;
	}
	return arena_copy(&x->keep, (slice){ line, n }, out);
}

static span
run_of(const extractor *x, size_t first, size_t last)
{
	const token *t = x->tokens.at;

	return (span){ t[first].start, t[last].start + t[last].length };
}

static span
block_of(const extractor *x)
{
	return x->tokens.count == 0 ? (span){ 0, 0 } : run_of(x, 0, x->tokens.count - 1);
}

status
extract_candidate_of(
	extractor *x, slice text, language l, size_t first, size_t last, size_t *candidate)
{
	uint32_t keys[EXTRACT_KEYS];
	uint8_t content;
	size_t n = keys_of(x, text, l, first, last, keys, &content);

	*candidate = SIZE_MAX;
	if (n == 0 || content < 2)
		return STATUS_OK;
	*candidate = extract_find(x, l, keys, n);
	if (*candidate != SIZE_MAX)
		return STATUS_OK;
	if (x->list.n >= CANDIDATES_MOST && !x->pairs)
		TRY(forget(x));
	if (2 * x->list.n >= x->candidate_mask)
		TRY(extract_index(x));
	TRY(ARRAY_RESERVE(x->context->memory, &x->list, 1));
	extract_candidate made = { .language = l,
		.acronym = SLICE(""),
		.concept = SLICE(""),
		.key_count = (uint8_t)n,
		.words = content };
	memcpy(made.keys, keys, n * sizeof(*keys));
	TRY(context_of(x, text, run_of(x, first, last), block_of(x), &made.context));
	*candidate_slot(x, l, keys, n) = (uint32_t)x->list.n + 1;
	*candidate = x->list.n;
	x->list.at[x->list.n++] = made;
	return STATUS_OK;
}

static status
count_surface(extractor *x, uint32_t candidate, slice text)
{
	if (text.n == 0)
		return STATUS_OK;
	uint32_t *slot = surface_slot(x, candidate, text);
	if (*slot != 0) {
		x->surfaces.at[*slot - 1].count++;
		return STATUS_OK;
	}
	if (2 * x->surfaces.n >= x->surface_mask) {
		TRY(extract_index(x));
		slot = surface_slot(x, candidate, text);
	}
	TRY(ARRAY_RESERVE(x->context->memory, &x->surfaces, 1));
	extract_surface made = { .candidate = candidate, .count = 1 };
	TRY(arena_copy(&x->keep, text, &made.text));
	x->surfaces.at[x->surfaces.n++] = made;
	*slot = (uint32_t)x->surfaces.n;
	return STATUS_OK;
}

static bool
begins_sentence(const extractor *x, size_t i)
{
	return i == 0 || (x->tokens.at[i - 1].features & (FEATURE_STOP | FEATURE_QUOTE)) != 0 ||
	       x->tokens.at[i - 1].kind == TOKEN_NUMBER;
}

/* Has the run the capitals of a name? In French the first word tells, in English all do. */
static bool
is_capitalised(const extractor *x, language l, extract_span s)
{
	if (l == LANGUAGE_FR)
		return (x->roles_here.at[s.first] & ROLE_CAPITAL) != 0;
	for (size_t i = s.first; i <= s.last; i++) {
		uint16_t role = x->roles_here.at[i];
		if ((role & (ROLE_NOUN | ROLE_ADJECTIVE)) && !(role & ROLE_CAPITAL))
			return false;
	}
	return true;
}

/* What the termbase says of the run: a term of its own, or part of a longer one. */
static void
note_term(extractor *x, extract_candidate *k, extract_span s)
{
	for (size_t i = 0; i < x->matches.list.n; i++) {
		const term_match *m = &x->matches.list.at[i];
		if (m->first > s.first)
			return;
		if (m->last < s.last)
			continue;
		if (m->first == s.first && m->last == s.last)
		k->concept = termbase_concept(x->terms, m->term).id;
		else k->inside++;
		return;
	}
}

status
extract_count(extractor *x, slice text, language l, extract_span s)
{
	char bytes[SURFACE_BYTES];
	extract_candidate *k = &x->list.at[s.candidate];
	bool inner = !begins_sentence(x, s.first);

	k->count++;
	k->documents += k->last_document != x->document;
	k->last_document = x->document;
	k->inner += inner;
	k->capitals += inner && is_capitalised(x, l, s);
	note_term(x, k, s);
	if (x->pairs && k->last_segment != x->segment) {
		k->last_segment = x->segment;
		TRY(ARRAY_RESERVE(x->context->memory, &x->places, 1));
		x->places.at[x->places.n++] = (extract_place){ s.candidate, x->segment };
	}
	return count_surface(x, s.candidate,
		surface_of(bytes, text, &x->tokens.at[s.first], &x->tokens.at[s.last]));
}
