#include "text/language_memo.h"

#include <string.h>

#define SLOTS_FIRST 1024
#define SLOTS_MOST ((size_t)1 << 18) /* half of them filled: then all are forgotten */

static uint64_t
key_of(uint64_t hash)
{
	return hash == 0 ? 1 : hash;
}

static language_slot *
slot_of(language_slot *slots, size_t count, uint64_t key)
{
	size_t i = key & (count - 1);

	while (slots[i].key != 0 && slots[i].key != key)
		i = (i + 1) & (count - 1);
	return &slots[i];
}

void
language_memo_free(language_memo *m)
{
	memory_free(m->memory, m->slots);
	m->slots = NULL;
	m->slot_count = m->n = 0;
}

bool
language_recall(const language_memo *m, uint64_t hash, language_told *out)
{
	if (m == NULL || m->slot_count == 0)
		return false;
	const language_slot *s = slot_of(m->slots, m->slot_count, key_of(hash));
	*out = s->told;
	return s->key != 0;
}

/* Room for one more. */
static bool
make_room(language_memo *m)
{
	size_t count = m->slot_count == 0 ? SLOTS_FIRST : 2 * m->slot_count;

	if (2 * m->n < m->slot_count)
		return true;
	if (count > SLOTS_MOST) {
		memset(m->slots, 0, m->slot_count * sizeof(*m->slots));
		m->n = 0;
		return true;
	}
	language_slot *slots = memory_alloc(m->memory, count * sizeof(*slots));
	if (slots == NULL)
		return false;
	memset(slots, 0, count * sizeof(*slots));
	for (size_t i = 0; i < m->slot_count; i++)
		if (m->slots[i].key != 0)
			*slot_of(slots, count, m->slots[i].key) = m->slots[i];
	memory_free(m->memory, m->slots);
	m->slots = slots;
	m->slot_count = count;
	return true;
}

void
language_keep(language_memo *m, uint64_t hash, language_told told)
{
	if (m == NULL || !make_room(m))
		return;
	language_slot *s = slot_of(m->slots, m->slot_count, key_of(hash));
	m->n += s->key == 0;
	*s = (language_slot){ key_of(hash), told };
}
