#include "termbase/filter.h"

#define ENTRIES_A_WORD 8
#define WORDS_LEAST 16
#define WORDS_MOST (1u << 20) /* as many as a chain has bits for */

static status
put(filter_builder *b, enum filter_depth depth, uint64_t chain)
{
	TRY(ARRAY_RESERVE(b->memory, &b->chains[depth], 1));
	b->chains[depth].at[b->chains[depth].n++] = chain;
	return STATUS_OK;
}

static status
put_alone(filter_builder *b, uint64_t chain, bool capital)
{
	if (!capital)
		TRY(put(b, FILTER_ALONE, filter_alone(chain, true)));
	return put(b, FILTER_ALONE, filter_alone(chain, false));
}

status
filter_add(filter_builder *b, const uint32_t *keys, size_t n, bool capital)
{
	uint64_t chain = filter_chain(0, keys[0]);

	if (n == 1)
		return put_alone(b, chain, capital);
	for (size_t i = 1; i < n; i++) {
		chain = filter_chain(chain, keys[i]);
		TRY(put(b, i == 1 ? FILTER_PAIRS : FILTER_DEEP, chain));
	}
	return put(b, FILTER_DEEP, filter_whole(chain));
}

status
filter_make(const filter_builder *b, enum filter_depth depth, arena *from, filter_bits *out)
{
	size_t n = b->chains[depth].n;
	uint32_t words = WORDS_LEAST;

	while (words < n / ENTRIES_A_WORD && words < WORDS_MOST)
		words *= 2;
	uint64_t *at = ARENA_ARRAY(from, uint64_t, words);
	if (at == NULL)
		return STATUS_MEMORY;
	*out = (filter_bits){ at, words - 1 };
	for (size_t i = 0; i < n; i++) {
		uint64_t chain = b->chains[depth].at[i];
		at[(chain >> 44) & out->mask] |=
			UINT64_C(1) << (chain >> 32 & 63) | UINT64_C(1) << (chain >> 38 & 63);
	}
	return STATUS_OK;
}

void
filter_free(filter_builder *b)
{
	for (int i = 0; i < FILTERS; i++)
		ARRAY_FREE(b->memory, &b->chains[i]);
}
