/* Borrowed text: a pointer and a length in bytes. Never owned, never terminated, never
 * freed; the bytes belong to an arena, a file mapping or a literal that outlives them.
 * A place in a document is a span of 32-bit byte offsets, half-open: [start, end). */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct slice {
	const char *p;
	size_t n;
} slice;

typedef struct span {
	uint32_t start, end;
} span;

#define SLICE(literal) ((slice){ "" literal, sizeof(literal) - 1 })
/* For "%.*s". */
#define SLICE_ARG(s) (int)(s).n, (s).p

/* In the header, because rules ask these for millions of tokens. */

/* NULL gives the empty slice. */
static inline slice
slice_of(const char *terminated)
{
	return terminated == NULL ? (slice){ 0 } : (slice){ terminated, strlen(terminated) };
}

static inline slice
slice_sub(slice s, size_t start, size_t end)
{
	assert(start <= end && end <= s.n);
	return s.n == 0 ? s : (slice){ s.p + start, end - start };
}

static inline bool
slice_equal(slice a, slice b)
{
	return a.n == b.n && (a.n == 0 || (*a.p == *b.p && memcmp(a.p, b.p, a.n) == 0));
}

/* The same as a terminated word; NULL is the empty word. Bytes are compared before a length is
 * counted, because lists of words are asked for every token. */
static inline bool
slice_is(slice s, const char *word)
{
	size_t i = 0;

	if (word == NULL)
		return s.n == 0;
	while (i < s.n && word[i] != '\0' && s.p[i] == word[i])
		i++;
	return i == s.n && word[i] == '\0';
}

/* list ends with NULL. */
bool slice_is_one_of(slice s, const char *const *list);

static inline bool
slice_starts(slice s, slice prefix)
{
	return s.n >= prefix.n && slice_equal(slice_sub(s, 0, prefix.n), prefix);
}

static inline bool
slice_ends(slice s, slice suffix)
{
	return s.n >= suffix.n && slice_equal(slice_sub(s, s.n - suffix.n, s.n), suffix);
}

int slice_compare(slice a, slice b); /* by bytes, as memcmp */
slice slice_trim(slice s);           /* without ASCII white space at both ends */

/* Cuts s at the first separator: head before it, tail after it. Without a separator, head is
 * the whole of s, tail is empty and the answer is false. */
bool slice_cut(slice s, char separator, slice *head, slice *tail);

/* Reads one line off *rest (without its "\n" or "\r\n"); false when *rest is empty. */
bool slice_line(slice *rest, slice *line);

uint64_t slice_hash(slice s); /* XXH3, stable between runs and machines */

#endif
