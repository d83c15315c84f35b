/* Text made of parts at random, the same on every machine. */
#ifndef TESTS_UNIT_RANDOM_TEXT_H
#define TESTS_UNIT_RANDOM_TEXT_H

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"

/* Numerical Recipes' generator; its high bits are the good ones. */
static inline uint32_t
random_next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 16;
}

/* As many of the parts as have room in most bytes, without a zero byte behind them; how many
 * bytes they are. */
static inline size_t
random_text(char *out, size_t most, const char *const *parts, size_t count, uint32_t *seed)
{
	size_t n = 0;

	for (;;) {
		const char *part = parts[random_next(seed) % count];
		if (n + strlen(part) > most)
			return n;
		memcpy(out + n, part, strlen(part));
		n += strlen(part);
	}
}

/* A copy that ends where its memory does, so that sanitizers see who reads on; to be freed. */
static inline char *
copy_alone(slice s)
{
	char *copy = malloc(s.n == 0 ? 1 : s.n);

	if (copy != NULL && s.n != 0)
		memcpy(copy, s.p, s.n);
	return copy;
}

#endif
