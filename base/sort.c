#include "base/sort.h"

#include <stdbool.h>
#include <string.h>

#define PIECE 8       /* elements that are put in order one by one */
#define SEEN 16384    /* slots at most, a power of two, */
#define SEEN_FIRST 64 /* and at least */

typedef struct sorter {
	char *at, *room;
	size_t bytes;
	int (*compare)(const void *, const void *);
} sorter;

static void
insert_each(const sorter *s, char *at, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		char *one = at + i * s->bytes, *to = one;
		while (to > at && s->compare(to - s->bytes, one) > 0)
			to -= s->bytes;
		if (to == one)
			continue;
		memcpy(s->room, one, s->bytes);
		memmove(to + s->bytes, to, (size_t)(one - to));
		memcpy(to, s->room, s->bytes);
	}
}

/* How many of the n elements may stay before one that comes behind them. */
static size_t
count_before(const sorter *s, const char *at, size_t n, const char *one)
{
	size_t low = 0;

	while (low < n) {
		size_t middle = low + (n - low) / 2;
		if (s->compare(at + middle * s->bytes, one) <= 0)
			low = middle + 1;
		else
			n = middle;
	}
	return low;
}

/* Two pieces in order, one behind the other: of the left one no more is moved than has to be.
 */
static void
merge(const sorter *s, char *at, size_t left, size_t right)
{
	char *next = at + left * s->bytes, *end = next + right * s->bytes;

	if (s->compare(next - s->bytes, next) <= 0)
		return;
	char *to = at + count_before(s, at, left, next) * s->bytes;
	size_t moved = (size_t)(next - to);
	const char *from = s->room;
	size_t left_over = moved / s->bytes;
	memcpy(s->room, to, moved);
	while (left_over != 0 && next < end) {
		/* The first of the right ones goes in front of the left ones, then some of
		 * those. */
		memcpy(to, next, s->bytes);
		to += s->bytes;
		next += s->bytes;
		size_t n = next == end ? left_over : count_before(s, from, left_over, next);
		memcpy(to, from, n * s->bytes);
		to += n * s->bytes;
		from += n * s->bytes;
		left_over -= n;
	}
}

void
sort_nearly(void *at, size_t n, size_t bytes, int (*compare)(const void *, const void *),
	void *room)
{
	sorter s = { at, room, bytes, compare };

	for (size_t i = 0; i < n; i += PIECE)
		insert_each(&s, s.at + i * bytes, n - i < PIECE ? n - i : PIECE);
	for (size_t width = PIECE; width < n; width *= 2)
		for (size_t i = 0; n - i > width; i += 2 * width) {
			size_t right = n - i - width < width ? n - i - width : width;
			merge(&s, s.at + i * bytes, width, right);
			if (n - i <= 2 * width)
				break;
		}
}

/* The highest bits of the hash that an element begins with. */
static size_t
slot_of(const char *element, size_t slots)
{
	uint64_t hash;

	memcpy(&hash, element, sizeof(hash));
	return (size_t)(hash >> 32) * slots >> 32;
}

size_t
sort_drop_single(void *at, size_t n, size_t bytes)
{
	unsigned char seen[SEEN];
	const char *element = at;
	size_t kept = 0, slots = SEEN_FIRST;

	while (slots < SEEN && slots < 8 * n)
		slots *= 2;
	memset(seen, 0, slots);
	for (size_t i = 0; i < n; i++, element += bytes) {
		size_t slot = slot_of(element, slots);
		seen[slot] = seen[slot] == 0 ? 1 : 2;
	}
	element = at;
	for (size_t i = 0; i < n; i++, element += bytes)
		if (seen[slot_of(element, slots)] > 1)
			memmove((char *)at + kept++ * bytes, element, bytes);
	return kept;
}
