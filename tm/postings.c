#include "tm/postings.h"

#include <string.h>

#define HEAD 8 /* bytes: checksum and last unit, little-endian */

unsigned
posting_class(size_t pieces)
{
	unsigned class_ = 8;
	size_t top = 8;

	if (pieces <= 8)
		return pieces == 0 ? 1 : (unsigned)pieces;
	while (pieces > top && class_ < POSTING_CLASSES - 1) {
		/* no class is on both sides of where signatures grow */
		size_t next = top + top / 4;
		top = top < 16 && next > 16 ? 16 : top < 40 && next > 40 ? 40 : next;
		class_++;
	}
	return class_;
}

static uint32_t
get32(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static void
set32(char *p, uint32_t n)
{
	for (size_t i = 0; i < 4; i++)
		p[i] = (char)(n >> 8 * i);
}

static uint32_t
check_of(const void *chunk, size_t n)
{
	return (uint32_t)slice_hash((slice){ (const char *)chunk + 4, n - 4 });
}

void
posting_begin(posting_reader *r, int64_t key)
{
	r->unit = 0;
	r->words = posting_is_near(key) ? posting_class_words(posting_class_of(key)) : 0;
}

bool
posting_open(posting_reader *r, int64_t key, const void *chunk, size_t n)
{
	*r = (posting_reader){ .p = chunk, .end = (const unsigned char *)chunk + n };
	if (n < HEAD || get32(r->p) != check_of(chunk, n))
		return false;
	posting_begin(r, key);
	r->last = get32(r->p + 4);
	r->p += HEAD;
	return true;
}

bool
posting_next(posting_reader *r, uint32_t *unit)
{
	uint32_t step = 0;

	for (unsigned shift = 0; r->p < r->end && shift < 32; shift += 7) {
		unsigned char c = *r->p++;
		step |= (uint32_t)(c & 0x7F) << shift;
		if (c < 0x80) {
			*unit = r->unit += step;
			return true;
		}
	}
	return false;
}

size_t
posting_next_units(posting_reader *r, uint32_t *units, size_t room)
{
	size_t n = 0;

	while (n < room) {
		/* Units of a common word are near one another: nearly every step is a byte. */
		uint32_t unit = r->unit;
		const unsigned char *p = r->p, *end = r->end;
		for (; n < room && p < end && *p < 0x80; p++)
			units[n++] = unit += *p;
		r->unit = unit;
		r->p = p;
		if (n == room || !posting_next(r, &units[n]))
			return n;
		n++;
	}
	return n;
}

bool
posting_next_near(posting_reader *r, near_entry *out)
{
	size_t bytes = 8 * (size_t)r->words;

	if (!posting_next(r, &out->unit) || (size_t)(r->end - r->p) < 2 + bytes)
		return false;
	out->pieces = r->p[0];
	out->place = r->p[1];
	memcpy(&out->of, r->p + 2, bytes);
	r->p += 2 + bytes;
	return true;
}

bool
posting_ended_well(const posting_reader *r)
{
	return r->p == r->end && r->unit == r->last;
}

bool
posting_is_sound(int64_t key, slice chunk)
{
	bool is_near = posting_is_near(key);
	posting_reader r;
	near_entry e;

	if (posting_is_digest(key))
		return digest_is_sound(chunk);
	if (!posting_open(&r, key, chunk.p, chunk.n))
		return false;
	while (is_near ? posting_next_near(&r, &e) : posting_next(&r, &e.unit))
		;
	return posting_ended_well(&r);
}

/* --- writing --- */

size_t
posting_pack(unsigned char *out, const posting_record *r, uint32_t last)
{
	uint32_t step = r->entry.unit - last;
	size_t n = 0;

	for (; step >= 0x80; step >>= 7)
		out[n++] = (unsigned char)(step | 0x80);
	out[n++] = (unsigned char)step;
	if (!posting_is_near(r->key))
		return n;
	size_t bytes = 8 * (size_t)posting_class_words(posting_class_of(r->key));
	out[n++] = r->entry.pieces;
	out[n++] = r->entry.place;
	memcpy(out + n, &r->entry.of, bytes);
	return n + bytes;
}

bool
posting_append(buffer *chunk, const posting_record *r)
{
	unsigned char entry[POSTING_ENTRY_MOST];
	uint32_t last = 0;

	if (chunk->n == 0)
		buffer_put(chunk, (slice){ "\0\0\0\0\0\0\0\0", HEAD });
	else
		last = get32((const unsigned char *)chunk->p + 4);
	if (chunk->status != STATUS_OK)
		return true;
	if (r->entry.unit < last)
		return false;
	if (r->entry.unit == last && !posting_is_near(r->key) && chunk->n > HEAD)
		return true;
	size_t n = posting_pack(entry, r, last);
	buffer_put(chunk, (slice){ (const char *)entry, n });
	if (chunk->status == STATUS_OK)
		set32(chunk->p + 4, r->entry.unit);
	return true;
}

void
posting_seal(buffer *chunk)
{
	if (chunk->status == STATUS_OK)
		set32(chunk->p, check_of(chunk->p, chunk->n));
}

/* --- digests --- */

void
digest_copy(buffer *row, uint32_t unit, const unsigned char *pieces, size_t n)
{
	char head[2] = { (char)(unit % DIGEST_UNITS), (char)n };

	if (row->n == 0)
		buffer_put(row, (slice){ "\0\0\0\0\0\0\0\0", HEAD });
	buffer_put(row, (slice){ head, 2 });
	buffer_put(row, (slice){ (const char *)pieces, 2 * n });
}

void
digest_append(buffer *row, uint32_t unit, const uint64_t *keys, size_t n)
{
	unsigned char pieces[2 * DIGEST_PIECES];

	if (n > DIGEST_PIECES)
		return;
	for (size_t i = 0; i < n; i++) {
		pieces[2 * i] = (unsigned char)digest_of(keys[i]);
		pieces[2 * i + 1] = (unsigned char)(digest_of(keys[i]) >> 8);
	}
	digest_copy(row, unit, pieces, n);
}

bool
digest_is_sound(slice row)
{
	return row.n >= HEAD && get32((const unsigned char *)row.p) == check_of(row.p, row.n);
}

bool
digest_find(slice row, uint32_t unit, const unsigned char **pieces, size_t *n)
{
	const unsigned char *p = (const unsigned char *)row.p + HEAD;
	const unsigned char *end = (const unsigned char *)row.p + row.n;

	*pieces = NULL;
	*n = 0;
	while (end - p >= 2 && (size_t)(end - p) >= 2 + 2 * (size_t)p[1]) {
		if (p[0] == unit % DIGEST_UNITS) {
			*pieces = p + 2;
			*n = p[1];
			return true;
		}
		p += 2 + 2 * (size_t)p[1];
	}
	return p == end;
}
