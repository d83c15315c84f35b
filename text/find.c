/* Where the first and the last byte of the string stand at its distance is looked at closely;
 * both together are rare even where one of them is not. */
#include "text/find.h"

#include "text/scan.h"

static bool
stands_at(slice text, size_t i, slice what)
{
	return text.n - i >= what.n && memcmp(text.p + i, what.p, what.n) == 0;
}

/* Of the sixteen places from i on, those that may hold it; all of i + 15 + what.n may be read.
 */
static inline unsigned
candidates(slice text, size_t i, slice what)
{
	unsigned char first = (unsigned char)what.p[0];
	unsigned char last = (unsigned char)what.p[what.n - 1];

	return scan_pair(
		scan_load(text.p + i), first, scan_load(text.p + i + what.n - 1), last);
}

size_t
text_find(slice text, size_t from, slice what)
{
	size_t i = from;

	for (; text.n >= SCAN_BYTES + what.n && i <= text.n - SCAN_BYTES - what.n + 1;
		i += SCAN_BYTES)
		for (unsigned at = candidates(text, i, what); at != 0; at &= at - 1)
			if (stands_at(text, i + (unsigned)__builtin_ctz(at), what))
				return i + (unsigned)__builtin_ctz(at);
	for (; i < text.n; i++)
		if (stands_at(text, i, what))
			return i;
	return text.n;
}

size_t
text_count_to(slice text, slice what, size_t most)
{
	size_t n = 0, i = 0;

	for (; n <= most && text.n >= SCAN_BYTES + what.n &&
		i <= text.n - SCAN_BYTES - what.n + 1;
		i += SCAN_BYTES)
		for (unsigned at = candidates(text, i, what); at != 0; at &= at - 1)
			n += stands_at(text, i + (unsigned)__builtin_ctz(at), what);
	for (; n <= most && i < text.n; i++)
		n += stands_at(text, i, what);
	return n;
}
