/* A hash of bytes from which the hash of two texts one after the other follows without looking
 * at either again: « may the letters of these two words together be a word » then costs a
 * multiplication. Polynomial in an odd multiplier, modulo 2^64; 0 for the empty text. */
#ifndef TEXT_ROLLING_H
#define TEXT_ROLLING_H

#include "base/slice.h"

#define ROLLING_MULTIPLIER UINT64_C(0x9E3779B97F4A7C15)

static inline uint64_t
rolling_add(uint64_t hash, unsigned char byte)
{
	return hash * ROLLING_MULTIPLIER + byte + 1;
}

static inline uint64_t
rolling_hash(slice s)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < s.n; i++)
		hash = rolling_add(hash, (unsigned char)s.p[i]);
	return hash;
}

/* Of first and second together, power being the multiplier to the power of the bytes of second.
 */
static inline uint64_t
rolling_join(uint64_t first, uint64_t second, uint64_t power)
{
	return first * power + second;
}

#endif
