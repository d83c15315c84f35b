/* Sixteen bytes at a time: which of them have a property, as a mask of sixteen bits, the first
 * byte lowest. With SSE2, which every x86-64 has, each is a handful of instructions; elsewhere
 * the same answers come one by one.
 *
 * Loops over the four blocks of sixty-four bytes ask to be unrolled, which -O2 does not do by
 * itself: else constants are loaded again for each block, and masks shifted by a variable. */
#ifndef TEXT_SCAN_H
#define TEXT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define SCAN_BYTES 16

#ifdef __SSE2__

typedef __m128i scan_block;

static inline scan_block
scan_load(const void *p)
{
	return _mm_loadu_si128(p);
}

static inline unsigned
scan_equal(scan_block b, unsigned char c)
{
	return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(b, _mm_set1_epi8((char)c)));
}

/* Bytes that are c, or c less 0x20, which c has: either case of a letter. */
static inline unsigned
scan_either(scan_block b, unsigned char c)
{
	return scan_equal(_mm_or_si128(b, _mm_set1_epi8(0x20)), c);
}

/* Bytes that are not ASCII. */
static inline unsigned
scan_high(scan_block b)
{
	return (unsigned)_mm_movemask_epi8(b);
}

/* All bits of the bytes from low to high: moved up so far that they are the greatest there are
 * when bytes have a sign. */
static inline __m128i
scan_range(scan_block b, unsigned char low, unsigned char high)
{
	__m128i moved = _mm_add_epi8(b, _mm_set1_epi8((char)(0x7F - high)));

	return _mm_cmpgt_epi8(moved, _mm_set1_epi8((char)(0x7E - (high - low))));
}

/* The same of either case of a letter of ASCII. */
static inline __m128i
scan_letter_range(scan_block b)
{
	return scan_range(_mm_or_si128(b, _mm_set1_epi8(0x20)), 'a', 'z');
}

/* Letters of ASCII. */
static inline unsigned
scan_letters(scan_block b)
{
	return (unsigned)_mm_movemask_epi8(scan_letter_range(b));
}

/* Letters and digits of ASCII. */
static inline unsigned
scan_alphanumerics(scan_block b)
{
	return (unsigned)_mm_movemask_epi8(
		_mm_or_si128(scan_letter_range(b), scan_range(b, '0', '9')));
}

/* Letters of ASCII and the bytes of two-byte Latin letters: U+00C0 to U+027F, × and ÷ among
 * them. */
static inline unsigned
scan_latin(scan_block b)
{
	__m128i trails = _mm_cmplt_epi8(b, _mm_set1_epi8((char)0xC0));
	__m128i leads = scan_range(b, 0xC3, 0xC9);

	return (unsigned)_mm_movemask_epi8(
		_mm_or_si128(scan_letter_range(b), _mm_or_si128(trails, leads)));
}

/* Bytes of low and more, low above 0x80. */
static inline unsigned
scan_from(scan_block b, unsigned char low)
{
	__m128i above = _mm_cmpgt_epi8(b, _mm_set1_epi8((char)(low - 1)));

	return (unsigned)_mm_movemask_epi8(_mm_and_si128(above, b));
}

/* Space and controls. */
static inline unsigned
scan_spaces(scan_block b)
{
	return (unsigned)_mm_movemask_epi8(
		_mm_cmpeq_epi8(_mm_min_epu8(b, _mm_set1_epi8(' ')), b));
}

/* Is a block UTF-8, so far as it goes, of nothing but ASCII, letters below U+0300 and
 * punctuation from U+2002 to U+203F? one and two are the blocks that begin so many bytes before
 * it. */
static inline bool
scan_is_plain(scan_block two, scan_block one, scan_block b)
{
	__m128i trails = _mm_cmplt_epi8(b, _mm_set1_epi8((char)0xC0));
	__m128i no_leads =
		_mm_andnot_si128(trails, _mm_cmplt_epi8(b, _mm_set1_epi8((char)0xC2)));
	__m128i seconds = _mm_and_si128(one, _mm_cmpgt_epi8(one, _mm_set1_epi8((char)0xC1)));
	__m128i thirds = _mm_cmpeq_epi8(two, _mm_set1_epi8((char)0xE2));
	__m128i rare = _mm_andnot_si128(_mm_cmpeq_epi8(b, _mm_set1_epi8((char)0xE2)),
		_mm_and_si128(b, _mm_cmpgt_epi8(b, _mm_set1_epi8((char)0xCB))));
	__m128i rare_second = _mm_andnot_si128(_mm_cmpeq_epi8(b, _mm_set1_epi8((char)0x80)),
		_mm_cmpeq_epi8(one, _mm_set1_epi8((char)0xE2)));
	__m128i rare_third =
		_mm_and_si128(thirds, _mm_cmplt_epi8(b, _mm_set1_epi8((char)0x82)));
	__m128i wrong =
		_mm_or_si128(no_leads, _mm_xor_si128(trails, _mm_or_si128(seconds, thirds)));

	rare = _mm_or_si128(rare, _mm_or_si128(rare_second, rare_third));
	return _mm_movemask_epi8(_mm_or_si128(wrong, rare)) == 0;
}

/* Have sixty-four bytes of UTF-8, two more of which may be read, nothing but ASCII, letters
 * below U+0300 and punctuation from U+2002 to U+203F? */
static inline bool
scan_is_common(const char *p)
{
	__m128i rare = _mm_setzero_si128();

#pragma GCC unroll 4
	for (unsigned k = 0; k < 4 * SCAN_BYTES; k += SCAN_BYTES) {
		__m128i b = scan_load(p + k);
		__m128i from = _mm_subs_epu8(b, _mm_set1_epi8((char)0xCB));
		__m128i leads = _mm_cmpeq_epi8(b, _mm_set1_epi8((char)0xE2));
		__m128i seconds =
			_mm_cmpeq_epi8(scan_load(p + k + 1), _mm_set1_epi8((char)0x80));
		__m128i thirds =
			_mm_cmpgt_epi8(scan_load(p + k + 2), _mm_set1_epi8((char)0x81));
		__m128i common = _mm_and_si128(leads, _mm_and_si128(seconds, thirds));
		rare = _mm_or_si128(rare, _mm_andnot_si128(common, from));
	}
	return _mm_movemask_epi8(_mm_cmpeq_epi8(rare, _mm_setzero_si128())) == 0xFFFF;
}

/* The first n bytes, no more than all of them, with zeros after them. */
static inline scan_block
scan_first(scan_block b, size_t n)
{
	static const signed char ones[2 * SCAN_BYTES] = { -1, -1, -1, -1, -1, -1, -1, -1, -1,
		-1, -1, -1, -1, -1, -1, -1 };

	return _mm_and_si128(b, scan_load(ones + SCAN_BYTES - n));
}

/* As two numbers, each as memory has it. */
static inline void
scan_halves(scan_block b, uint64_t *first, uint64_t *second)
{
	*first = (uint64_t)_mm_cvtsi128_si64(b);
	*second = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(b, b));
}

#else

typedef struct scan_block {
	unsigned char at[SCAN_BYTES];
} scan_block;

#define SCAN_EACH(condition) \
	unsigned mask = 0; \
	for (unsigned i = 0; i < SCAN_BYTES; i++) { \
		unsigned char c = b.at[i]; \
		mask |= (unsigned)(condition) << i; \
	} \
	return mask

static inline scan_block
scan_load(const void *p)
{
	scan_block b;

	memcpy(b.at, p, SCAN_BYTES);
	return b;
}

static inline unsigned
scan_equal(scan_block b, unsigned char wanted)
{
	SCAN_EACH(c == wanted);
}

static inline unsigned
scan_either(scan_block b, unsigned char wanted)
{
	SCAN_EACH((c | 0x20) == wanted);
}

static inline unsigned
scan_high(scan_block b)
{
	SCAN_EACH(c >= 0x80);
}

static inline bool
scan_is_letter(unsigned char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline unsigned
scan_letters(scan_block b)
{
	SCAN_EACH(scan_is_letter(c));
}

static inline unsigned
scan_alphanumerics(scan_block b)
{
	SCAN_EACH(scan_is_letter(c) || (c >= '0' && c <= '9'));
}

static inline unsigned
scan_latin(scan_block b)
{
	SCAN_EACH(scan_is_letter(c) || (c >= 0x80 && c < 0xC0) || (c >= 0xC3 && c <= 0xC9));
}

static inline unsigned
scan_from(scan_block b, unsigned char low)
{
	SCAN_EACH(c >= low);
}

static inline unsigned
scan_spaces(scan_block b)
{
	SCAN_EACH(c <= ' ');
}

/* Nobody knows. */
static inline bool
scan_is_plain(scan_block two, scan_block one, scan_block b)
{
	(void)two;
	(void)one;
	(void)b;
	return false;
}

static inline bool
scan_is_common(const char *p)
{
	(void)p;
	return false;
}

static inline scan_block
scan_first(scan_block b, size_t n)
{
	memset(b.at + n, 0, SCAN_BYTES - n);
	return b;
}

static inline void
scan_halves(scan_block b, uint64_t *first, uint64_t *second)
{
	memcpy(first, b.at, SCAN_BYTES / 2);
	memcpy(second, b.at + SCAN_BYTES / 2, SCAN_BYTES / 2);
}

#endif

/* Bytes first of one block where the other has last. */
static inline unsigned
scan_pair(scan_block a, unsigned char first, scan_block b, unsigned char last)
{
#ifdef __SSE2__
	__m128i left = _mm_cmpeq_epi8(a, _mm_set1_epi8((char)first));
	__m128i right = _mm_cmpeq_epi8(b, _mm_set1_epi8((char)last));

	return (unsigned)_mm_movemask_epi8(_mm_and_si128(left, right));
#else
	return scan_equal(a, first) & scan_equal(b, last);
#endif
}

/* How many bits a mask has; without an instruction for it, the built-in is a call. */
static inline unsigned
scan_count(uint64_t mask)
{
	mask -= mask >> 1 & UINT64_C(0x5555555555555555);
	mask = (mask & UINT64_C(0x3333333333333333)) +
	       (mask >> 2 & UINT64_C(0x3333333333333333));
	mask = (mask + (mask >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
	return (unsigned)(mask * UINT64_C(0x0101010101010101) >> 56);
}

#endif
