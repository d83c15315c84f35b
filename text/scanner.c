#include "text/scanner.h"

#include <string.h>

bool
scanner_elides_more(const scanner *s, size_t start, size_t end)
{
	static const char *const many[] = { "qu", "jusqu", "lorsqu", "puisqu", "quoiqu" };
	size_t n = end - start;

	/* « ç’avait été » */
	if (n == 2 && s->p[start] == 0xC3)
		return (s->p[start + 1] | 0x20) == 0xA7;
	for (size_t i = 0; i < sizeof(many) / sizeof(*many); i++) {
		size_t k = 0;
		while (k < n && many[i][k] != '\0' && (s->p[start + k] | 0x20) == many[i][k])
			k++;
		if (k == n && many[i][k] == '\0')
			return true;
	}
	return false;
}

size_t
scanner_letters_end_slowly(const scanner *s, size_t i)
{
	size_t end = scanner_reach(s, i);

	for (;;) {
		while (i < end && scanner_classes[s->p[i]] == L)
			i++;
		if (i >= end || scanner_classes[s->p[i]] != T || scanner_is_sign(s->p + i))
			return i;
		i += 2;
	}
}

/* × and ÷, which look like letters. */
static uint64_t
signs_in(const unsigned char *p)
{
	uint64_t leads = 0, seconds = 0;

	for (unsigned k = 0; k < WINDOW; k += SCAN_BYTES) {
		scan_block b = scan_load(p + k);
		leads |= (uint64_t)scan_equal(b, 0xC3) << k;
		seconds |= (uint64_t)scan_either(b, 0xB7) << k; /* and 0x97 */
	}
	seconds &= leads << 1;
	return seconds | seconds >> 1;
}

void
scanner_move_window(scanner *s, size_t i)
{
	unsigned char copy[WINDOW];
	const unsigned char *p = s->p + i;
	uint64_t letters = 0, spaces = 0;
	unsigned seconds = 0; /* of × and ÷, perhaps */

	if (s->size - i < WINDOW) {
		memset(copy, 0, sizeof(copy));
		p = memcpy(copy, p, s->size - i);
	}
#pragma GCC unroll 4
	for (unsigned k = 0; k < WINDOW; k += SCAN_BYTES) {
		scan_block b = scan_load(p + k);
		letters |= (uint64_t)scan_latin(b) << k;
		spaces |= (uint64_t)scan_equal(b, ' ') << k;
		seconds |= scan_either(b, 0xB7);
	}
	if (seconds != 0)
		letters &= ~signs_in(p);
	if (s->end - i < WINDOW)
		letters &= (UINT64_C(1) << (s->end - i)) - 1;
	s->window = i;
	s->letters = letters;
	s->joints = s->size - i < WINDOW + SCAN_BYTES ? 0 : spaces & letters >> 1;
}
