#include "base/slice.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

bool
slice_is_one_of(slice s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (slice_is(s, *list))
			return true;
	return false;
}

int
slice_compare(slice a, slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n == 0 ? 0 : memcmp(a.p, b.p, n);

	if (order != 0)
		return order;
	return (a.n > b.n) - (a.n < b.n);
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

slice
slice_trim(slice s)
{
	size_t start = 0, end = s.n;

	while (start < end && is_blank(s.p[start]))
		start++;
	while (end > start && is_blank(s.p[end - 1]))
		end--;
	return slice_sub(s, start, end);
}

bool
slice_cut(slice s, char separator, slice *head, slice *tail)
{
	const char *at = s.n == 0 ? NULL : memchr(s.p, separator, s.n);

	if (at == NULL) {
		*head = s;
		*tail = slice_sub(s, s.n, s.n);
		return false;
	}
	size_t cut = (size_t)(at - s.p);
	*head = slice_sub(s, 0, cut);
	*tail = slice_sub(s, cut + 1, s.n);
	return true;
}

bool
slice_line(slice *rest, slice *line)
{
	if (rest->n == 0)
		return false;
	slice_cut(*rest, '\n', line, rest);
	if (line->n > 0 && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}

uint64_t
slice_hash(slice s)
{
	return XXH3_64bits(s.p, s.n);
}
