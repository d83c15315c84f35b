#include "checker/rules/numbered.h"

#define BEFORE_MOST 16 /* bytes of the line before the block */
#define DIGITS_MOST 4
#define AHEAD 8 /* blocks whose text is fetched meanwhile: it was read long ago */

uint32_t
numbered_roman(slice s)
{
	static const char *const tens[] = { "", "X", "XX", "XXX" };
	static const char *const ones[] = { "", "I", "II", "III", "IV", "V", "VI", "VII",
		"VIII", "IX" };

	for (uint32_t t = 0; t < 4; t++) {
		if (!slice_starts(s, slice_of(tens[t])))
			break;
		slice rest = slice_sub(s, t, s.n);
		for (uint32_t n = t == 0; n < 10; n++)
			if (slice_is(rest, ones[n]))
				return 10 * t + n;
	}
	return 0;
}

static bool
is_label_byte(char b)
{
	return (b >= '0' && b <= '9') || b == 'I' || b == 'V' || b == 'X';
}

/* An ASCII space, or the first byte of another. */
static bool
is_white(char b)
{
	return b == ' ' || b == '\t' || b == '\n' || b == '\xC2' || b == '\xE2';
}

/* Reads the number of a block; false: it has none. */
static bool
read_number(const check *c, const block *b, numbered *out)
{
	slice text = c->document->text;
	size_t start = b->text.start, end;

	/* a letter at the beginning of a line, as nearly always */
	if (start > 0 && start < b->text.end && text.p[start - 1] == '\n' &&
		(text.p[start] | 0x20) >= 'a' && !is_label_byte(text.p[start]))
		return false;
	while (start > 0 && b->text.start - start < BEFORE_MOST && text.p[start - 1] != '\n')
		start--;
	while (start < b->text.end && (text.p[start] == ' ' || text.p[start] == '\t'))
		start++;
	for (end = start; end < b->text.end && is_label_byte(text.p[end]);)
		end++;
	if (end == start || end + 1 >= b->text.end || text.p[end] != '.' ||
		!is_white(text.p[end + 1]))
		return false;
	slice label = slice_sub(text, start, end);
	out->label = (span){ (uint32_t)start, (uint32_t)end };
	out->roman = label.p[0] > '9';
	out->value = out->roman              ? numbered_roman(label)
		     : label.n > DIGITS_MOST ? NUMBER_NONE
					     : number_of(label);
	return out->value != 0 && out->value != NUMBER_NONE;
}

/* The blocks that have a number, a bit each; NULL: out of memory. Two rules ask for them at the
 * end of the document, when the text has left the cache. */
static const uint64_t *
numbered_bits(check *c)
{
	const document *d = c->document;
	uint64_t *bits = c->caches[CHECK_NUMBERED];
	numbered n;

	if (bits != NULL)
		return bits;
	bits = ARENA_ARRAY(c->keep, uint64_t, d->block_count / 64 + 1);
	for (size_t k = 0; bits != NULL && k < d->block_count; k++) {
		const block *b = &d->blocks[k];
		if (k + AHEAD < d->block_count)
			__builtin_prefetch(d->text.p + d->blocks[k + AHEAD].text.start);
		bool may = b->kind == BLOCK_PARAGRAPH || b->kind == BLOCK_ITEM ||
			   b->kind == BLOCK_HEADING;
		if (may && read_number(c, b, &n))
			bits[k / 64] |= UINT64_C(1) << k % 64;
	}
	c->caches[CHECK_NUMBERED] = bits;
	return bits;
}

status
numbered_next(check *c, size_t *k, numbered *out, const block **b)
{
	const uint64_t *bits = numbered_bits(c);

	*b = NULL;
	if (bits == NULL)
		return STATUS_MEMORY;
	for (; *k < c->document->block_count; *k = (*k / 64 + 1) * 64) {
		uint64_t left = bits[*k / 64] >> *k % 64;
		if (left == 0)
			continue;
		*k += (size_t)__builtin_ctzll(left) + 1;
		*b = &c->document->blocks[*k - 1];
		(void)read_number(c, *b, out);
		return STATUS_OK;
	}
	return STATUS_OK;
}
