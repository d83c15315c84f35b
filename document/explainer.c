#include "document/explainer.h"

#include <math.h>

#define SURE 0.9f     /* at most: no lexicon explains every word */
#define CARRIED 0.8f  /* numbers, symbols and addresses are expected on the other side */
#define KNOWN 1e4f    /* times a word of its frequency says what names a known passage */
#define UNREAD 2000   /* words of the language that a short text does not have */
#define TELLING 0.03f /* words that say less are not read */

/* A word says as much as its surest translation: one that stands for nothing in particular says
 * nothing. Only what is the same in all languages speaks even when nothing answers it. */
static void
weigh_words(explainer *r, int k)
{
	const passages *p = &r->sides[k];
	const uint32_t *start = r->translations->start[k];
	double all = (double)p->words.n + 0.5 * (double)p->vocabulary.n + UNREAD;

	for (size_t v = 0; v < p->vocabulary.n; v++) {
		float weight = p->vocabulary.at[v].carried ? CARRIED : 0;
		for (uint32_t x = start[v]; x < start[v + 1]; x++) {
			float probability = SURE * r->translations->list[k][x].probability;
			weight = probability > weight ? probability : weight;
		}
		r->unsaid[k][v] = 1 - weight;
		float times = p->vocabulary.at[v].known ? KNOWN : 1;
		r->words[k][v].surplus = times * weight / (1 - weight) *
					 (float)(all / (p->vocabulary.at[v].count + 0.5));
	}
}

/* Products of so many shares are far from the least number. */
#define FOLDED 16

static void
choose_words(explainer *r, int k)
{
	const passages *p = &r->sides[k];
	uint32_t n = 0;

	for (size_t i = 0; i < p->list.n; i++) {
		double unsaid = 1;
		r->first[k][i] = n;
		for (uint32_t w = 0; w < p->list.at[i].count; w++) {
			uint32_t v = p->words.at[p->list.at[i].first + w];
			if (r->unsaid[k][v] > 1 - TELLING)
				continue;
			r->telling[k][n++] = v;
			unsaid *= (double)r->unsaid[k][v];
			if (n % FOLDED == 0) {
				r->silence[k][i] += log(unsaid);
				unsaid = 1;
			}
		}
		r->silence[k][i] += log(unsaid);
	}
	r->first[k][p->list.n] = n;
}

static size_t
count_words(const passages *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->list.n; i++)
		n += p->list.at[i].count;
	return n;
}

status
explainer_open(explainer *r, arena *a, const passages sides[2], const translations *t)
{
	*r = (explainer){ .translations = t, .sides = sides };
	for (int k = 0; k < 2; k++) {
		size_t n = sides[k].vocabulary.n;
		r->words[k] = ARENA_ARRAY(a, explained_word, n + 1);
		r->heard[k] = ARENA_ARRAY(a, uint8_t, n + 1);
		r->unsaid[k] = ARENA_ARRAY(a, float, n + 1);
		if (r->words[k] == NULL || r->heard[k] == NULL || r->unsaid[k] == NULL)
			return STATUS_MEMORY;
		for (size_t place = 0; place < EXPLAINING_MOST; place++) {
			r->touched[k][place] = ARENA_ARRAY(a, uint32_t, n + 1);
			if (r->touched[k][place] == NULL)
				return STATUS_MEMORY;
		}
		weigh_words(r, k);
	}
	return STATUS_OK;
}

status
explainer_look_at(explainer *r, arena *a, const passages sides[2])
{
	r->sides = sides;
	for (int k = 0; k < 2; k++) {
		r->first[k] = ARENA_ARRAY(a, uint32_t, sides[k].list.n + 1);
		r->telling[k] = ARENA_ARRAY(a, uint32_t, count_words(&sides[k]) + 1);
		r->silence[k] = ARENA_ARRAY(a, double, sides[k].list.n + 1);
		if (r->first[k] == NULL || r->telling[k] == NULL || r->silence[k] == NULL)
			return STATUS_MEMORY;
		choose_words(r, k);
	}
	return STATUS_OK;
}

void
explain_with(explainer *r, int from, unsigned place, uint32_t i)
{
	const passage *one = &r->sides[from].list.at[i];
	const uint32_t *start = r->translations->start[from];
	const translation *list = r->translations->list[from];
	explained_word *others = r->words[1 - from];
	uint32_t *touched = r->touched[1 - from][place];
	uint8_t *heard = r->heard[1 - from], bit = (uint8_t)(1u << place);
	const uint32_t *said = r->sides[from].words.at + one->first;
	size_t touches = 0;

	for (uint32_t w = 0; w < one->count; w++)
		__builtin_prefetch(&list[start[said[w]]]);
	for (uint32_t w = 0; w < one->count; w++) {
		uint32_t v = said[w];
		for (uint32_t x = start[v]; x < start[v + 1]; x++) {
			uint32_t other = list[x].word;
			if ((heard[other] & bit) == 0)
				touched[touches++] = other;
			heard[other] |= bit;
			others[other].chance[place] += list[x].probability;
		}
	}
	r->touches[1 - from][place] = touches;
	r->explaining[from][place] = one->count;
}

void
explain_nothing(explainer *r, int from, unsigned place)
{
	int to = 1 - from;
	uint8_t others = (uint8_t) ~(1u << place);

	for (size_t i = 0; i < r->touches[to][place]; i++) {
		uint32_t v = r->touched[to][place][i];
		r->words[to][v].chance[place] = 0;
		r->heard[to][v] &= others;
	}
	r->touches[to][place] = 0;
	r->explaining[from][place] = 0;
}

/* Inlined for each `most`, so that the loops over it are none. */
static inline void
explained_by(
	const explainer *r, int to, uint32_t i, unsigned place, const unsigned most, float *out)
{
	const uint32_t *at = r->telling[to] + r->first[to][i];
	const uint32_t *end = r->telling[to] + r->first[to][i + 1];
	const uint8_t *heard = r->heard[to];
	uint32_t explaining = 0, met = 0;
	double product[EXPLAINING_MOST], sum[EXPLAINING_MOST];
	float share[EXPLAINING_MOST];
	unsigned order[EXPLAINING_MOST];

	for (unsigned k = 0; k < most; k++) {
		order[k] = (place + k) % most;
		explaining += r->explaining[1 - to][order[k]];
		share[k] = 1.0f / (float)(explaining == 0 ? 1 : explaining);
		product[k] = 1;
		sum[k] = r->silence[to][i];
	}
	for (; at < end; at++) {
		if (heard[*at] == 0)
			continue;
		const explained_word *e = &r->words[to][*at];
		float chance = 0;
		for (unsigned k = 0; k < most; k++) {
			chance += e->chance[order[k]];
			product[k] *= 1 + (double)(e->surplus * chance * share[k]);
		}
		if (++met % FOLDED == 0)
			for (unsigned k = 0; k < most; k++) {
				sum[k] += log(product[k]);
				product[k] = 1;
			}
	}
	for (unsigned k = 0; k < most; k++)
		out[k] = (float)(product[k] == 1 ? sum[k] : sum[k] + log(product[k]));
}

void
explained(const explainer *r, int to, uint32_t i, unsigned place, unsigned most, float *out)
{
	if (most == 3)
		explained_by(r, to, i, place, 3, out);
	else if (most == 2)
		explained_by(r, to, i, place, 2, out);
	else
		explained_by(r, to, i, place, 1, out);
}
