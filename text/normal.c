/* ICU composes UTF-16 only (in C), so text is handed to it cluster by cluster, and only where a
 * character stands that composition may touch: the rest is skipped by its lead byte. */
#include "text/normal.h"

#include <string.h>
#include <unicode/unorm2.h>

#include "text/scan.h"
#include "text/utf8.h"

#define CLUSTER 130 /* code points */

static bool
may_change(const char *p, size_t n)
{
	const unsigned char *u = (const unsigned char *)p;

	if (u[0] < 0xCC)
		return false;
	if (u[0] != 0xE2 || n < 3 || u[1] > 0x82)
		return true;
	return u[1] == 0x80 && u[2] < 0x82;
}

static size_t
length_at(slice text, size_t i)
{
	uint32_t ignored;

	return utf8_get(text.p + i, text.n - i, &ignored);
}

/* Where the cluster that begins at i ends: before the next character that may begin one. */
static size_t
cluster_end(const UNormalizer2 *nfc, slice text, size_t i)
{
	uint32_t character;
	size_t count = 1;

	i += length_at(text, i);
	for (size_t n; i < text.n && count < CLUSTER; i += n, count++) {
		n = utf8_get(text.p + i, text.n - i, &character);
		if (unorm2_hasBoundaryBefore(nfc, (UChar32)character))
			break;
	}
	return i;
}

static int32_t
widen(slice s, UChar *out)
{
	int32_t n = 0;

	for (size_t i = 0, length; i < s.n; i += length) {
		uint32_t c;
		length = utf8_get(s.p + i, s.n - i, &c);
		if (c >= 0x10000) {
			out[n++] = (UChar)(0xD7C0 + (c >> 10));
			c = 0xDC00 | (c & 0x3FF);
		}
		out[n++] = (UChar)c;
	}
	return n;
}

static size_t
narrow(const UChar *wide, int32_t n, char *out)
{
	size_t length = 0;

	for (int32_t i = 0; i < n; i++) {
		uint32_t c = wide[i];
		if ((c & 0xFC00) == 0xD800 && i + 1 < n)
			c = 0x10000 + ((c - 0xD800) << 10) + (uint32_t)(wide[++i] - 0xDC00);
		length += utf8_put(out + length, c);
	}
	return length;
}

static status
compose(context *c, const UNormalizer2 *nfc, slice cluster, normal_change *out)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar from[2 * CLUSTER + 2], to[400];

	int32_t n = widen(cluster, from);
	n = unorm2_normalize(nfc, from, n, to, 400, &error);
	if (error == U_MEMORY_ALLOCATION_ERROR)
		return STATUS_MEMORY;
	if (U_FAILURE(error))
		return context_fail(c, STATUS_FORMAT, "cannot compose accents: %s",
			"les accents ne se composent pas\u00A0: %s", u_errorName(error));
	out->n = narrow(to, n, out->bytes);
	return STATUS_OK;
}

/* The start of the character before i, for an accent to stand on. */
static size_t
before(slice text, size_t i, size_t floor)
{
	if (i <= floor)
		return floor;
	do
		i--;
	while (i > floor && ((unsigned char)text.p[i] & 0xC0) == 0x80);
	return i;
}

/* Of sixteen bytes those that may_change wants to see: lead bytes from 0xCC on, less those of
 * the punctuation that texts are full of, U+2002 to U+203F. Two more bytes may be read. */
static unsigned
rare_leads(const char *p)
{
	scan_block b = scan_load(p);
	unsigned punctuation = scan_pair(b, 0xE2, scan_load(p + 1), 0x80);

	return scan_from(b, 0xCC) & ~(punctuation & scan_from(scan_load(p + 2), 0x82));
}

/* Up to a character that NFC may change, or to where a part of the text has ended. */
static size_t
skip_plain(slice text, size_t i, size_t end)
{
	for (; text.n - i >= SCAN_BYTES + 2 && i < end; i += SCAN_BYTES) {
		while (text.n - i >= 5 * SCAN_BYTES + 2 && i < end &&
			scan_is_common(text.p + i))
			i += 4 * SCAN_BYTES;
		for (unsigned at = rare_leads(text.p + i); at != 0; at &= at - 1) {
			size_t lead = i + (unsigned)__builtin_ctz(at);
			if (may_change(text.p + lead, text.n - lead))
				return lead;
		}
	}
	while (i < end && !may_change(text.p + i, text.n - i))
		i++;
	return i;
}

/* The next character that NFC may change, which only some parts of the text have. */
static size_t
next_rare(slice text, size_t i, uint64_t parts)
{
	const size_t part = utf8_part(text.n);

	while (i < text.n) {
		size_t k = i / part;
		if (parts >> k == 0)
			return text.n;
		k += (unsigned)__builtin_ctzll(parts >> k);
		i = k * part > i ? k * part : i;
		size_t end = (k + 1) * part < text.n ? (k + 1) * part : text.n;
		i = skip_plain(text, i, end);
		if (i < text.n && may_change(text.p + i, text.n - i))
			break;
	}
	return i;
}

status
normal_next(context *c, slice text, uint64_t parts, size_t *at, normal_change *out, bool *found)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
	size_t floor = *at;

	*found = false;
	if (U_FAILURE(error))
		return context_fail(c, STATUS_DAMAGED, "ICU cannot compose accents: %s",
			"ICU ne compose pas les accents\u00A0: %s", u_errorName(error));
	while ((*at = next_rare(text, *at, parts)) < text.n) {
		uint32_t character;
		size_t start = *at;
		utf8_get(text.p + start, text.n - start, &character);
		if (!unorm2_hasBoundaryBefore(nfc, (UChar32)character))
			start = before(text, start, floor);
		size_t end = cluster_end(nfc, text, start);
		*at = floor = end;
		TRY(compose(c, nfc, slice_sub(text, start, end), out));
		if (slice_equal(slice_sub(text, start, end), (slice){ out->bytes, out->n }))
			continue;
		out->text = (span){ (uint32_t)start, (uint32_t)end };
		*found = true;
		return STATUS_OK;
	}
	return STATUS_OK;
}
