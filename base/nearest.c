/* Optimal string alignment distance over three rows; names are short and few, so nothing
 * cleverer would be noticed. */
#include "base/nearest.h"

#include <string.h>

#define NAME_MAX_BYTES 64

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

size_t
nearest_distance(slice a, slice b, size_t limit)
{
	size_t rows[3][NAME_MAX_BYTES + 1];
	size_t *before = rows[0], *last = rows[1], *row = rows[2];

	if (a.n > NAME_MAX_BYTES || b.n > NAME_MAX_BYTES)
		return limit + 1;
	for (size_t j = 0; j <= b.n; j++)
		last[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t change = a.p[i - 1] == b.p[j - 1] ? 0 : 1;
			row[j] = least(last[j] + 1, row[j - 1] + 1, last[j - 1] + change);
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
				a.p[i - 2] == b.p[j - 1] && before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
		size_t *oldest = before;
		before = last;
		last = row;
		row = oldest;
	}
	return last[b.n] > limit ? limit + 1 : last[b.n];
}

void
nearest_init(nearest *n, slice typed)
{
	*n = (nearest){ .typed = typed, .distance = SIZE_MAX };
}

void
nearest_offer(nearest *n, slice name)
{
	size_t most = name.n / 4 + 1, typed = n->typed.n;

	/* so many letters at least are missing or too many */
	if ((typed > name.n ? typed - name.n : name.n - typed) > most)
		return;
	size_t d = nearest_distance(n->typed, name, most);

	if (d > most || d >= n->distance)
		return;
	n->best = name;
	n->distance = d;
}

bool
nearest_found(const nearest *n)
{
	return n->distance != SIZE_MAX;
}
