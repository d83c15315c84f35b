/* Eight unsigned numbers of 16 bits at a time, below 0x8000: a band of a table of distances is
 * one of these. With SSE2, which every x86-64 has, each function is an instruction or two;
 * elsewhere the same answers come one by one. */
#ifndef TEXT_LANES_H
#define TEXT_LANES_H

#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define LANES 8

#ifdef __SSE2__

typedef __m128i lanes;

static inline lanes
lanes_load(const uint16_t *p)
{
	return _mm_loadu_si128((const void *)p);
}

static inline void
lanes_store(uint16_t *p, lanes a)
{
	_mm_storeu_si128((void *)p, a);
}

static inline lanes
lanes_all(uint16_t x)
{
	return _mm_set1_epi16((short)x);
}

/* a − b, or 0 where b is more; b may be any number of 16 bits. */
static inline lanes
lanes_less(lanes a, lanes b)
{
	return _mm_subs_epu16(a, b);
}

static inline lanes
lanes_most(lanes a, lanes b)
{
	return _mm_max_epi16(a, b);
}

/* All bits of a lane where the two are equal, of 16 bits each; no bit elsewhere. */
static inline lanes
lanes_equal(lanes a, lanes b)
{
	return _mm_cmpeq_epi16(a, b);
}

static inline lanes
lanes_and(lanes a, lanes b)
{
	return _mm_and_si128(a, b);
}

/* Each number in the lane before its own; the last lane is 0. */
static inline lanes
lanes_down(lanes a)
{
	return _mm_srli_si128(a, 2);
}

/* Each number in the lane 1, 2 or 4 after its own; the first are 0. */
static inline lanes
lanes_up(lanes a)
{
	return _mm_slli_si128(a, 2);
}

static inline lanes
lanes_up2(lanes a)
{
	return _mm_slli_si128(a, 4);
}

static inline lanes
lanes_up4(lanes a)
{
	return _mm_slli_si128(a, 8);
}

/* A bit for each lane that is not 0, the first lane lowest. */
static inline unsigned
lanes_alive(lanes a)
{
	lanes full = _mm_cmpgt_epi16(a, _mm_setzero_si128());

	return (unsigned)_mm_movemask_epi8(_mm_packs_epi16(full, _mm_setzero_si128()));
}

#else

typedef struct lanes {
	uint16_t at[LANES];
} lanes;

#define LANES_EACH(value) \
	lanes out; \
	for (int i = 0; i < LANES; i++) \
		out.at[i] = (uint16_t)(value); \
	return out

static inline lanes
lanes_load(const uint16_t *p)
{
	LANES_EACH(p[i]);
}

static inline void
lanes_store(uint16_t *p, lanes a)
{
	memcpy(p, a.at, sizeof(a.at));
}

static inline lanes
lanes_all(uint16_t x)
{
	LANES_EACH(x);
}

static inline lanes
lanes_less(lanes a, lanes b)
{
	LANES_EACH(a.at[i] > b.at[i] ? a.at[i] - b.at[i] : 0);
}

static inline lanes
lanes_most(lanes a, lanes b)
{
	LANES_EACH(a.at[i] > b.at[i] ? a.at[i] : b.at[i]);
}

static inline lanes
lanes_equal(lanes a, lanes b)
{
	LANES_EACH(a.at[i] == b.at[i] ? 0xFFFF : 0);
}

static inline lanes
lanes_and(lanes a, lanes b)
{
	LANES_EACH(a.at[i] & b.at[i]);
}

static inline lanes
lanes_down(lanes a)
{
	LANES_EACH(i + 1 < LANES ? a.at[i + 1] : 0);
}

static inline lanes
lanes_up(lanes a)
{
	LANES_EACH(i >= 1 ? a.at[i - 1] : 0);
}

static inline lanes
lanes_up2(lanes a)
{
	LANES_EACH(i >= 2 ? a.at[i - 2] : 0);
}

static inline lanes
lanes_up4(lanes a)
{
	LANES_EACH(i >= 4 ? a.at[i - 4] : 0);
}

static inline unsigned
lanes_alive(lanes a)
{
	unsigned alive = 0;

	for (unsigned i = 0; i < LANES; i++)
		alive |= (unsigned)(a.at[i] != 0) << i;
	return alive;
}

#endif

#endif
