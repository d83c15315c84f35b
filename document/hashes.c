#include "document/hashes.h"

/* Where a passage of the text stood in the one before; false where it may be another one. */
static bool
stood_at(const text_difference *x, span s, span *old)
{
	*old = s;
	if (s.end <= x->start)
		return true;
	if (s.start < x->new_end)
		return false;
	uint32_t by = (uint32_t)(x->old_end - x->new_end); /* modulo 2^32 */
	*old = (span){ s.start + by, s.end + by };
	return true;
}

/* The hash of a block that was there before, *i being the first that may be it. Blocks are in
 * order; where they are not, they are read. */
static bool
find_hash(const text_memo *m, span old, size_t *i, uint64_t *out)
{
	const text_hash *known = m->hashes.at;

	while (*i < m->hashes.n && known[*i].text.start < old.start)
		++*i;
	if (*i == m->hashes.n || known[*i].text.start != old.start ||
		known[*i].text.end != old.end)
		return false;
	*out = known[*i].hash;
	return true;
}

static void
keep(text_memo *m, const document *d)
{
	m->hashes.n = 0;
	m->hashed = true;
	if (ARRAY_RESERVE(m->memory, &m->hashes, d->block_count) != STATUS_OK)
		return; /* the next time they are read */
	for (size_t i = 0; i < d->block_count; i++)
		m->hashes.at[i] = (text_hash){ d->blocks[i].text, d->hashes[i] };
	m->hashes.n = d->block_count;
}

status
document_hash_blocks(document *d)
{
	text_memo *m = d->options.memo;
	size_t next = 0;
	span old;

	if (d->facts == NULL || m == NULL)
		return STATUS_OK;
	d->hashes = arena_array_room(
		&d->arena, d->block_count, sizeof(*d->hashes), alignof(uint64_t));
	if (d->hashes == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < d->block_count; i++) {
		span s = d->blocks[i].text;
		if (!stood_at(&m->found, s, &old) || !find_hash(m, old, &next, &d->hashes[i]))
			d->hashes[i] = slice_hash(slice_sub(d->text, s.start, s.end));
	}
	keep(m, d);
	return STATUS_OK;
}
