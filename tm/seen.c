#include "tm/seen.h"

#include <string.h>

void
tm_seen_init(tm_seen *s, const memory *m)
{
	*s = (tm_seen){ .memory = m, .question = 1 };
}

void
tm_seen_free(tm_seen *s)
{
	memory_free(s->memory, s->slots);
	tm_seen_init(s, s->memory);
}

void
tm_seen_forget(tm_seen *s)
{
	s->n = 0;
	if (++s->question != 0)
		return;
	if (s->slots != NULL)
		memset(s->slots, 0, s->slot_count * sizeof(*s->slots));
	s->question = 1;
}

static uint64_t
entry_of(const tm_seen *s, uint32_t unit)
{
	return (uint64_t)s->question << 32 | unit;
}

static bool
is_free(const tm_seen *s, size_t at)
{
	return s->slots[at] >> 32 != s->question;
}

static size_t
slot_of(const tm_seen *s, uint32_t unit)
{
	size_t at = (unit * UINT32_C(2654435761)) & (s->slot_count - 1);

	while (!is_free(s, at) && s->slots[at] != entry_of(s, unit))
		at = (at + 1) & (s->slot_count - 1);
	return at;
}

static status
grow(tm_seen *s)
{
	tm_seen old = *s;

	s->slot_count = old.slot_count == 0 ? 1024 : 4 * old.slot_count;
	s->slots = memory_alloc(s->memory, s->slot_count * sizeof(*s->slots));
	if (s->slots == NULL) {
		*s = old;
		return STATUS_MEMORY;
	}
	memset(s->slots, 0, s->slot_count * sizeof(*s->slots));
	for (size_t i = 0; i < old.slot_count; i++)
		if (!is_free(&old, i))
			s->slots[slot_of(s, (uint32_t)old.slots[i])] = old.slots[i];
	memory_free(s->memory, old.slots);
	return STATUS_OK;
}

status
tm_seen_add(tm_seen *s, uint32_t unit, bool *is_new)
{
	if (2 * s->n >= s->slot_count)
		TRY(grow(s));
	size_t at = slot_of(s, unit);
	*is_new = is_free(s, at);
	s->slots[at] = entry_of(s, unit);
	s->n += *is_new;
	return STATUS_OK;
}
