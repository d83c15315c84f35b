/* Opening touches the header only: its own hash, the size of the file and the bounds of every
 * section. Pages are then read as words are looked up. */
#include "text/lexicon_map.h"

#include <stddef.h>
#include <string.h>

static bool
header_is_sound(const lexicon_map *m, language l)
{
	const struct lexicon_header *h = m->header;
	slice hashed = { m->file.bytes.p, offsetof(struct lexicon_header, hash) };

	return memcmp(h->magic, LEXICON_MAGIC, sizeof(h->magic)) == 0 &&
	       h->version == LEXICON_VERSION && h->language == (uint32_t)l &&
	       h->file_bytes == m->file.bytes.n && h->hash == slice_hash(hashed);
}

/* The section as an array of elements of so many bytes; false when it is not in the file. */
static bool
take_section(const lexicon_map *m, enum lexicon_section s, size_t bytes, const void **at,
	uint64_t *count)
{
	uint64_t offset = m->header->sections[s].offset, size = m->file.bytes.n;

	*count = m->header->sections[s].count;
	if (offset > size || offset % 8 != 0 || *count > (size - offset) / bytes ||
		*count > UINT32_MAX)
		return false;
	*at = m->file.bytes.p + offset;
	return true;
}

static bool
take_array(const lexicon_map *m, enum lexicon_section s, size_t bytes, const void *out,
	uint32_t *count)
{
	const void *at;
	uint64_t n;

	if (!take_section(m, s, bytes, &at, &n))
		return false;
	memcpy((void *)(uintptr_t)out, &at, sizeof(at));
	*count = (uint32_t)n;
	return true;
}

static bool
take_text(const lexicon_map *m, enum lexicon_section s, slice *out)
{
	const void *at;
	uint64_t n;

	if (!take_section(m, s, 1, &at, &n))
		return false;
	*out = (slice){ at, (size_t)n };
	return true;
}

/* False when the size of the table is no power of two. */
static bool
mask_of(uint32_t size, uint32_t *mask)
{
	*mask = size - 1;
	return size != 0 && (size & *mask) == 0;
}

static bool
take_sections(lexicon_map *m)
{
	uint32_t frequent, slots, filter;

	if (!take_array(m, SECTION_FORMS, sizeof(*m->forms), &m->forms, &m->form_count) ||
		!take_text(m, SECTION_TEXT, &m->text) ||
		!take_array(
			m, SECTION_FREQUENT, sizeof(*m->frequent), &m->frequent, &frequent) ||
		!take_array(m, SECTION_SLOTS, sizeof(*m->slots), &m->slots, &slots) ||
		!take_array(m, SECTION_ANALYSES, sizeof(*m->analyses), &m->analyses,
			&m->analysis_count) ||
		!take_array(
			m, SECTION_LEMMAS, sizeof(*m->lemmas), &m->lemmas, &m->lemma_count) ||
		!take_text(m, SECTION_LEMMA_TEXT, &m->lemma_text) ||
		!take_array(m, SECTION_CLASSES, sizeof(*m->classes), &m->classes,
			&m->class_count) ||
		!take_array(
			m, SECTION_GROUPS, sizeof(*m->groups), &m->groups, &m->group_count) ||
		!take_array(m, SECTION_EDGES, sizeof(*m->edges), &m->edges, &m->edge_count) ||
		!take_array(
			m, SECTION_PIECES, sizeof(*m->pieces), &m->pieces, &m->piece_count) ||
		!take_array(m, SECTION_FILTER, sizeof(*m->filter), &m->filter, &filter) ||
		!take_text(m, SECTION_RULES, &m->rules))
		return false;
	if (m->form_count-- == 0 || m->lemma_count-- == 0 || m->edge_count == 0)
		return false;
	return mask_of(frequent, &m->frequent_mask) && mask_of(slots, &m->slot_mask) &&
	       mask_of(filter, &m->filter_mask);
}

status
lexicon_map_open(lexicon_map *m, const char *path, language l)
{
	*m = (lexicon_map){ 0 };
	TRY(file_map(&m->file, path));
	m->header = (const void *)m->file.bytes.p;
	if (m->file.bytes.n >= sizeof(*m->header) && header_is_sound(m, l) && take_sections(m))
		return STATUS_OK;
	lexicon_map_close(m);
	return STATUS_DAMAGED;
}

/* In the order of enum lexicon_section. */
static const size_t element_bytes[SECTION_COUNT] = {
	[SECTION_FORMS] = sizeof(struct lexicon_form),
	[SECTION_TEXT] = 1,
	[SECTION_FREQUENT] = sizeof(uint32_t),
	[SECTION_SLOTS] = sizeof(uint32_t),
	[SECTION_ANALYSES] = sizeof(analysis),
	[SECTION_LEMMAS] = sizeof(uint32_t),
	[SECTION_LEMMA_TEXT] = 1,
	[SECTION_CLASSES] = sizeof(struct lexicon_class),
	[SECTION_GROUPS] = sizeof(uint32_t),
	[SECTION_EDGES] = sizeof(struct lexicon_edge),
	[SECTION_PIECES] = sizeof(struct lexicon_piece),
	[SECTION_FILTER] = sizeof(uint64_t),
	[SECTION_RULES] = 1,
};

bool
lexicon_map_is_sound(const lexicon_map *m)
{
	for (size_t i = 0; i < SECTION_COUNT; i++) {
		const char *at = m->file.bytes.p + m->header->sections[i].offset;
		size_t bytes = m->header->sections[i].count * element_bytes[i];
		if (slice_hash((slice){ at, bytes }) != m->header->sections[i].hash)
			return false;
	}
	return true;
}

void
lexicon_map_close(lexicon_map *m)
{
	if (m->file.mapped)
		file_close(&m->file, NULL);
	*m = (lexicon_map){ 0 };
}

slice
lexicon_map_form(const lexicon_map *m, uint32_t form)
{
	uint32_t start, end;

	if (form >= m->form_count)
		return SLICE("");
	start = m->forms[form].text;
	end = m->forms[form + 1].text;
	if (start > end || end > m->text.n)
		return SLICE("");
	return (slice){ m->text.p + start, end - start };
}

static uint32_t
find_in(const lexicon_map *m, const uint32_t *slots, uint32_t mask, slice form, uint64_t hash)
{
	uint32_t tag = (uint32_t)(hash >> 52), slot = (uint32_t)hash & mask;

	for (uint32_t tried = 0; tried <= mask && slots[slot] != 0; tried++) {
		uint32_t value = slots[slot], number = (value & LEXICON_FORM_MASK) - 1;
		if (value >> LEXICON_FORM_BITS == tag &&
			slice_equal(lexicon_map_form(m, number), form))
			return number;
		slot = (slot + 1) & mask;
	}
	return LEXICON_NONE;
}

uint32_t
lexicon_map_find_frequent(const lexicon_map *m, slice form)
{
	return find_in(m, m->frequent, m->frequent_mask, form, slice_hash(form));
}

void
lexicon_map_expect(const lexicon_map *m, slice form)
{
	uint32_t hash = (uint32_t)slice_hash(form);

	__builtin_prefetch(&m->frequent[hash & m->frequent_mask]);
	__builtin_prefetch(&m->slots[hash & m->slot_mask]);
}

uint32_t
lexicon_map_find(const lexicon_map *m, slice form)
{
	uint64_t hash = slice_hash(form);
	uint32_t number = find_in(m, m->frequent, m->frequent_mask, form, hash);

	return number != LEXICON_NONE ? number : find_in(m, m->slots, m->slot_mask, form, hash);
}

struct lexicon_class
lexicon_map_class(const lexicon_map *m, uint32_t form)
{
	if (form >= m->form_count || m->forms[form].class >= m->class_count)
		return (struct lexicon_class){ 0 };
	return m->classes[m->forms[form].class];
}

bool
lexicon_map_group(const lexicon_map *m, uint32_t group, uint32_t *first, uint32_t *end)
{
	if (group >= m->group_count)
		return false;
	*first = m->groups[group] & LEXICON_FORM_MASK;
	*end = *first + (m->groups[group] >> LEXICON_FORM_BITS);
	return *first < *end && *end <= m->form_count;
}

/* The edge with this label among those of the state that begins at *at. */
static const struct lexicon_edge *
find_edge(const lexicon_map *m, uint32_t at, unsigned char label)
{
	for (; at < m->edge_count; at++) {
		const struct lexicon_edge *e = &m->edges[at];
		if (e->label == label)
			return e;
		if (e->last)
			return NULL;
	}
	return NULL;
}

uint32_t
lexicon_map_folded(const lexicon_map *m, slice folded)
{
	const struct lexicon_edge *e = &m->edges[0];
	uint32_t group = 0;

	for (size_t i = 0; i < folded.n; i++) {
		group += e->final && i > 0;
		e = e->target == 0 ? NULL : find_edge(m, e->target, (unsigned char)folded.p[i]);
		if (e == NULL)
			return LEXICON_NONE;
		group += e->skipped;
	}
	return folded.n > 0 && e->final && group < m->group_count ? group : LEXICON_NONE;
}
