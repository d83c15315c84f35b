#include "checker/lists.h"

#include <string.h>

#include "text/rolling.h"

#define ANSWERS 8192       /* a power of two, */
#define ANSWERS_FIRST 1024 /* as is how many there are for a letter */

static void
forget_answers(word_lists *l)
{
	memset(l->answers, 0, (l->answers_mask + 1) * sizeof(*l->answers));
}

static status
make_answers(word_lists *l, size_t count)
{
	list_answer *made = memory_alloc(l->memory, count * sizeof(*made));

	if (made == NULL)
		return STATUS_MEMORY;
	memory_free(l->memory, l->answers);
	l->answers = made;
	l->answers_mask = count - 1;
	forget_answers(l);
	return STATUS_OK;
}

status
lists_init(word_lists *l, const memory *m)
{
	*l = (word_lists){ .memory = m };
	TRY(make_answers(l, ANSWERS_FIRST));
	l->lists = memory_alloc(m, LISTS * sizeof(*l->lists));
	if (l->lists == NULL)
		return STATUS_MEMORY;
	memset(l->lists, 0, LISTS * sizeof(*l->lists));
	return STATUS_OK;
}

void
lists_free(word_lists *l)
{
	if (l->memory == NULL)
		return;
	memory_free(l->memory, l->answers);
	memory_free(l->memory, l->lists);
}

status
lists_begin_block(word_lists *l, const words *w)
{
	if (l->age != w->age)
		forget_answers(l);
	l->age = w->age;
	if (w->list.n > ANSWERS_FIRST && l->answers_mask < ANSWERS - 1)
		return make_answers(l, ANSWERS);
	return STATUS_OK;
}

/* Out of line: a list is read once. */
static __attribute__((noinline)) void
read_list(list_bits *b, const char *const *list)
{
	*b = (list_bits){ .list = (uintptr_t)list };
	for (; *list != NULL; list++) {
		uint64_t hash = rolling_hash(slice_of(*list));
		b->bits[hash >> 62] |= UINT64_C(1) << (hash >> 56 & 63);
	}
}

/* May the list have a word with this hash? Its bits are found when it is first asked for; where
 * others have both of its places, it may. */
static inline bool
may_have(const word_lists *l, const char *const *list, uint64_t hash)
{
	uint64_t mixed = (uint64_t)(uintptr_t)list * UINT64_C(0x9E3779B97F4A7C15);
	list_bits *b = lists_place(l, list);

	if (b->list != (uintptr_t)list && b->list != 0)
		b = &l->lists[mixed >> 32 & (LISTS - 1)];
	if (b->list == 0)
		read_list(b, list);
	return b->list != (uintptr_t)list || list_may_have(b, hash);
}

bool
lists_has_text(const word_lists *l, slice text, const char *const *list)
{
	return may_have(l, list, rolling_hash(text)) && slice_is_one_of(text, list);
}

bool
lists_find(const word_lists *l, const words *w, uint32_t lower, const char *const *list)
{
	bool yes = lower != 0 && may_have(l, list, w->hot.at[lower].rolling) &&
		   slice_is_one_of(words_at(w, lower)->text, list);

	*lists_answer(l, lower, (uintptr_t)list) = (list_answer){ (uintptr_t)list, lower, yes };
	return yes;
}
