/* Which candidates are worth a look. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "termbase/extract.h"
#include "termbase/surface.h"

/* --- in longer ones --- */

static void
note_nested(extractor *x, const extract_candidate *k)
{
	for (size_t n = 2; n < k->key_count; n++)
		for (size_t i = 0; i + n <= k->key_count; i++) {
			size_t inner = extract_find(x, k->language, k->keys + i, n);
			if (inner != SIZE_MAX && x->list.at[inner].longer < k->count)
				x->list.at[inner].longer = k->count;
		}
}

/* --- what is rare elsewhere --- */

/* The share that a word has here, over the one in the reference texts; one occurrence more in a
 * million for all, so that an unknown word does not weigh endlessly. */
static double
share_ratio(const extractor *x, uint32_t lower, language l)
{
	const lexicon *d = x->words.lexicons[l - LANGUAGE_FR];
	double here =
		x->counts[l - LANGUAGE_FR].at[lower] * 1e6 / (double)x->totals[l - LANGUAGE_FR];
	double there = d == NULL ? 0 : lexicon_frequency(d, words_at(&x->words, lower)->text);

	return here / (there + 1);
}

static status
weirdness_of(extractor *x, const extract_candidate *k, double *out)
{
	double sum = 0;
	unsigned n = 0;
	language l = k->language;

	*out = 1;
	TRY(tokens_read(&x->tokens, &x->words, k->text, (span){ 0, (uint32_t)k->text.n }, l));
	for (size_t i = 0; i < x->tokens.count; i++) {
		uint16_t role;
		if (x->tokens.at[i].kind != TOKEN_WORD)
			continue;
		TRY(extract_role_of(x, x->tokens.at[i].word, l, &role));
		uint32_t lower = words_at(&x->words, x->tokens.at[i].word)->lower;
		if (!(role & (ROLE_NOUN | ROLE_ADJECTIVE)) ||
			lower >= x->counts[l - LANGUAGE_FR].n)
			continue;
		sum += log2(1 + share_ratio(x, lower, l));
		n++;
	}
	if (n != 0)
		*out = sum / n;
	return STATUS_OK;
}

/* --- the list --- */

static void
choose_texts(extractor *x)
{
	uint32_t *best = NULL;

	for (size_t i = 0; i < x->list.n; i++)
		x->list.at[i].text = SLICE("");
	/* The count of the chosen surface is kept in a field that counting has done with. */
	for (size_t i = 0; i < x->list.n; i++)
		x->list.at[i].last_document = 0;
	for (size_t i = 0; i < x->surfaces.n; i++) {
		const extract_surface *s = &x->surfaces.at[i];
		best = &x->list.at[s->candidate].last_document;
		if (s->count > *best) {
			*best = s->count;
			x->list.at[s->candidate].text = s->text;
		}
	}
}

static status
score(extractor *x, extract_candidate *k)
{
	double weirdness, alone = k->count > k->longer ? k->count - k->longer : 0;

	TRY(weirdness_of(x, k, &weirdness));
	k->score = log2(k->words) * alone * weirdness;
	k->kind = k->acronym.n != 0            ? EXTRACT_ACRONYM
		  : 2 * k->capitals > k->inner ? EXTRACT_NAME
					       : EXTRACT_TERM;
	return STATUS_OK;
}

/* In pairs of texts what stands in longer ones only stays, as a translation. */
static bool
is_worth(const extractor *x, extract_candidate *k, uint32_t least)
{
	if (k->text.n == 0 || (k->acronym.n == 0 && k->count < least))
		return false;
	k->nested = k->acronym.n == 0 && k->score <= 0;
	return !k->nested || x->pairs;
}

static int
by_worth(const void *left, const void *right)
{
	const extract_candidate *a = left, *b = right;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return slice_compare(a->text, b->text);
}

/* Candidates change places; what points at them follows. The place a candidate had is kept in
 * last_segment while they are sorted. */
static status
sort(extractor *x, uint32_t least)
{
	size_t before = x->list.n, n = 0;
	uint32_t *moved = memory_alloc(x->context->memory, before * sizeof(*moved));

	if (moved == NULL)
		return STATUS_MEMORY;
	memset(moved, 0xFF, before * sizeof(*moved));
	for (size_t i = 0; i < before; i++) {
		x->list.at[i].last_segment = (uint32_t)i;
		if (is_worth(x, &x->list.at[i], least))
			x->list.at[n++] = x->list.at[i];
	}
	x->list.n = n;
	if (n > 1)
		qsort(x->list.at, n, sizeof(*x->list.at), by_worth);
	for (size_t i = 0; i < n; i++)
		moved[x->list.at[i].last_segment] = (uint32_t)i;
	size_t kept = 0;
	for (size_t i = 0; i < x->places.n; i++) {
		extract_place p = x->places.at[i];
		p.candidate = moved[p.candidate];
		if (p.candidate != UINT32_MAX)
			x->places.at[kept++] = p;
	}
	x->places.n = kept;
	x->surfaces.n = 0;
	memory_free(x->context->memory, moved);
	return STATUS_OK;
}

status
extract_rank(extractor *x, uint32_t least)
{
	choose_texts(x);
	for (size_t i = 0; i < x->list.n; i++)
		if (x->list.at[i].count >= least || x->list.at[i].acronym.n != 0)
			note_nested(x, &x->list.at[i]);
	for (size_t i = 0; i < x->list.n; i++)
		if (x->list.at[i].count >= least || x->list.at[i].acronym.n != 0)
			TRY(score(x, &x->list.at[i]));
	TRY(sort(x, least));
	return extract_index(x);
}
