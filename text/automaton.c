/* Incremental construction from sorted strings (Daciuk, Mihov, Watson and Watson 2000): when
 * the next string leaves the path of the last one, the states behind the fork are complete and
 * are either found in the registry or added to it. That a string ends is a mark of the edge,
 * not of the state, so that more states are equal. */
#include "text/automaton.h"

#include <string.h>

#define REGISTRY_START 4096

status
automaton_init(automaton *a, const memory *m)
{
	*a = (automaton){ .memory = m, .registry_size = REGISTRY_START };
	a->path = memory_alloc(m, (AUTOMATON_DEPTH + 1) * sizeof(*a->path));
	a->last = memory_alloc(m, AUTOMATON_DEPTH);
	a->registry = memory_alloc(m, REGISTRY_START * sizeof(*a->registry));
	if (a->path != NULL)
		memset(a->path, 0, (AUTOMATON_DEPTH + 1) * sizeof(*a->path));
	if (a->path == NULL || a->last == NULL || a->registry == NULL)
		return STATUS_MEMORY;
	memset(a->registry, 0, REGISTRY_START * sizeof(*a->registry));
	TRY(ARRAY_RESERVE(m, &a->edges, 1));
	TRY(ARRAY_RESERVE(m, &a->below, 1));
	a->edges.at[a->edges.n++] = (struct lexicon_edge){ .last = 1 };
	a->below.at[a->below.n++] = 0;
	return STATUS_OK;
}

void
automaton_free(automaton *a)
{
	for (size_t i = 0; a->path != NULL && i <= AUTOMATON_DEPTH; i++)
		ARRAY_FREE(a->memory, &a->path[i].edges);
	ARRAY_FREE(a->memory, &a->edges);
	ARRAY_FREE(a->memory, &a->below);
	memory_free(a->memory, a->path);
	memory_free(a->memory, a->last);
	memory_free(a->memory, a->registry);
}

static uint64_t
hash_edges(const struct lexicon_edge *edges, size_t n)
{
	return slice_hash((slice){ (const char *)edges, n * sizeof(*edges) });
}

static size_t
count_edges(const automaton *a, uint32_t first)
{
	size_t n = 1;

	while (!a->edges.at[first + n - 1].last)
		n++;
	return n;
}

static bool
same_state(const automaton *a, uint32_t first, const struct lexicon_edge *edges, size_t n)
{
	return count_edges(a, first) == n &&
	       memcmp(&a->edges.at[first], edges, n * sizeof(*edges)) == 0;
}

static void
insert(uint32_t *registry, size_t size, uint64_t hash, uint32_t first)
{
	size_t slot = hash & (size - 1);

	while (registry[slot] != 0)
		slot = (slot + 1) & (size - 1);
	registry[slot] = first;
}

static status
grow_registry(automaton *a)
{
	size_t size = a->registry_size * 2;
	uint32_t *bigger = memory_alloc(a->memory, size * sizeof(*bigger));

	if (bigger == NULL)
		return STATUS_MEMORY;
	memset(bigger, 0, size * sizeof(*bigger));
	for (size_t i = 0; i < a->registry_size; i++) {
		uint32_t first = a->registry[i];
		if (first != 0)
			insert(bigger, size,
				hash_edges(&a->edges.at[first], count_edges(a, first)), first);
	}
	memory_free(a->memory, a->registry);
	a->registry = bigger;
	a->registry_size = size;
	return STATUS_OK;
}

static uint32_t
find(const automaton *a, uint64_t hash, const struct lexicon_edge *edges, size_t n)
{
	for (size_t i = hash & (a->registry_size - 1); a->registry[i] != 0;
		i = (i + 1) & (a->registry_size - 1))
		if (same_state(a, a->registry[i], edges, n))
			return a->registry[i];
	return 0;
}

/* Fills in what depends on the number of strings; returns how many there are below. */
static uint32_t
number_edges(const automaton *a, struct lexicon_edge *edges, size_t n)
{
	uint32_t skipped = 0;

	for (size_t i = 0; i < n; i++) {
		edges[i].skipped = skipped;
		edges[i].last = i + 1 == n;
		skipped += edges[i].final + a->below.at[edges[i].target];
	}
	return skipped;
}

/* The state is complete: returns its first edge, an equal state's if there is one. */
static status
freeze(automaton *a, automaton_state *state, uint32_t *first)
{
	struct lexicon_edge *edges = state->edges.at;
	size_t n = state->edges.n;

	*first = 0;
	if (n == 0)
		return STATUS_OK;
	uint32_t below = number_edges(a, edges, n);
	uint64_t hash = hash_edges(edges, n);
	state->edges.n = 0;
	*first = find(a, hash, edges, n);
	if (*first != 0)
		return STATUS_OK;
	if (a->edges.n + n >= 1u << 22)
		return STATUS_LIMIT;
	TRY(ARRAY_RESERVE(a->memory, &a->edges, n));
	TRY(ARRAY_RESERVE(a->memory, &a->below, n));
	*first = (uint32_t)a->edges.n;
	memcpy(&a->edges.at[a->edges.n], edges, n * sizeof(*edges));
	memset(&a->below.at[a->below.n], 0, n * sizeof(*a->below.at));
	a->below.at[a->below.n] = below;
	a->edges.n += n;
	a->below.n += n;
	if (++a->registry_used * 2 > a->registry_size)
		TRY(grow_registry(a));
	insert(a->registry, a->registry_size, hash, *first);
	return STATUS_OK;
}

static status
freeze_down_to(automaton *a, size_t depth)
{
	for (size_t i = a->last_bytes; i > depth; i--) {
		automaton_state *parent = &a->path[i - 1];
		uint32_t first;
		TRY(freeze(a, &a->path[i], &first));
		parent->edges.at[parent->edges.n - 1].target = first & 0x3FFFFF;
	}
	return STATUS_OK;
}

status
automaton_add(automaton *a, slice s)
{
	size_t common = 0;

	if (s.n > AUTOMATON_DEPTH)
		return STATUS_LIMIT;
	while (common < s.n && common < a->last_bytes && s.p[common] == a->last[common])
		common++;
	TRY(freeze_down_to(a, common));
	for (size_t i = common; i < s.n; i++) {
		automaton_state *state = &a->path[i];
		TRY(ARRAY_RESERVE(a->memory, &state->edges, 1));
		state->edges.at[state->edges.n++] =
			(struct lexicon_edge){ .label = (unsigned char)s.p[i],
				.final = i + 1 == s.n };
	}
	memcpy(a->last, s.p, s.n);
	a->last_bytes = s.n;
	return STATUS_OK;
}

status
automaton_finish(automaton *a)
{
	uint32_t root;

	TRY(freeze_down_to(a, 0));
	TRY(freeze(a, &a->path[0], &root));
	a->edges.at[0].target = root & 0x3FFFFF;
	return STATUS_OK;
}
