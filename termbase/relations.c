/* Circles are what is left when concepts without anything above them are taken away, one after
 * the other, and then those without anything below them. */
#include "termbase/relations.h"

#include <stdlib.h>
#include <string.h>

relation_kind
relation_of(const entry_item *x, slice *to)
{
	static const char *const above[] = { "broaderConceptGeneric", "broaderConceptPartitive",
		"superordinateConceptGeneric", "superordinateConceptPartitive",
		"antecedentConcept", "relatedConceptBroader", NULL };
	static const char *const below[] = { "subordinateConceptGeneric",
		"subordinateConceptPartitive", "relatedConceptNarrower", NULL };
	static const char *const beside[] = { "associatedConcept", "coordinateConceptGeneric",
		"coordinateConceptPartitive", "relatedConcept", "sequentiallyRelatedConcept",
		"spatiallyRelatedConcept", "temporallyRelatedConcept", NULL };

	*to = x->target;
	if (slice_is(x->type, "crossReference")) {
		if (to->n == 0)
			*to = x->value;
		return to->n == 0 ? RELATION_NONE : RELATION_SEE;
	}
	if (to->n == 0)
		return RELATION_NONE;
	if (slice_is_one_of(x->type, above))
		return RELATION_ABOVE;
	if (slice_is_one_of(x->type, below))
		return RELATION_BELOW;
	return slice_is_one_of(x->type, beside) ? RELATION_SEE : RELATION_NONE;
}

void
relations_init(relations *r, const memory *m)
{
	*r = (relations){ .memory = m };
}

void
relations_free(relations *r)
{
	ARRAY_FREE(r->memory, &r->list);
	ARRAY_FREE(r->memory, &r->ids);
}

status
relations_note(relations *r, const entry *e)
{
	uint64_t self = slice_hash(e->id);
	slice to;

	for (size_t i = 0; i < e->items.n; i++) {
		relation_kind kind = relation_of(&e->items.at[i], &to);
		if (kind != RELATION_ABOVE && kind != RELATION_BELOW)
			continue;
		uint64_t other = slice_hash(to);
		bool up = kind == RELATION_ABOVE;
		TRY(ARRAY_RESERVE(r->memory, &r->list, 1));
		r->list.at[r->list.n++] =
			(relation){ .below = up ? self : other, .above = up ? other : self };
	}
	return STATUS_OK;
}

static int
by_number(const void *left, const void *right)
{
	uint64_t a, b;

	memcpy(&a, left, sizeof(a));
	memcpy(&b, right, sizeof(b));
	return (a > b) - (a < b);
}

static int
by_above(const void *left, const void *right)
{
	const relation *a = left, *b = right;

	return (a->above > b->above) - (a->above < b->above);
}

static bool
find_id(const relations *r, uint64_t id, size_t *place)
{
	const uint64_t *at =
		r->ids.n == 0 ? NULL : bsearch(&id, r->ids.at, r->ids.n, sizeof(id), by_number);

	*place = at == NULL ? 0 : (size_t)(at - r->ids.at);
	return at != NULL;
}

static status
collect_ids(relations *r)
{
	size_t n = 0;

	TRY(ARRAY_RESERVE(r->memory, &r->ids, 2 * r->list.n));
	for (size_t i = 0; i < r->list.n; i++) {
		r->ids.at[r->ids.n++] = r->list.at[i].below;
		r->ids.at[r->ids.n++] = r->list.at[i].above;
	}
	qsort(r->ids.at, r->ids.n, sizeof(*r->ids.at), by_number);
	for (size_t i = 0; i < r->ids.n; i++)
		if (n == 0 || r->ids.at[n - 1] != r->ids.at[i])
			r->ids.at[n++] = r->ids.at[i];
	r->ids.n = n;
	for (size_t i = 0; i < r->list.n; i++) {
		size_t below = 0, above = 0;
		(void)find_id(r, r->list.at[i].below, &below);
		(void)find_id(r, r->list.at[i].above, &above);
		r->list.at[i].below = below;
		r->list.at[i].above = above;
	}
	return STATUS_OK;
}

static size_t
first_under(const relations *r, uint64_t above)
{
	size_t low = 0, high = r->list.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (r->list.at[middle].above < above)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Takes away the concepts with nothing above them and all that this leaves with nothing above;
 * left and todo have room for every concept. */
static void
peel(relations *r, uint32_t *left, uint32_t *todo)
{
	size_t n = 0;

	qsort(r->list.at, r->list.n, sizeof(*r->list.at), by_above);
	memset(left, 0, r->ids.n * sizeof(*left));
	for (size_t i = 0; i < r->list.n; i++)
		left[r->list.at[i].below] += !r->list.at[i].gone;
	for (size_t i = 0; i < r->ids.n; i++)
		if (left[i] == 0)
			todo[n++] = (uint32_t)i;
	while (n > 0) {
		uint32_t above = todo[--n];
		for (size_t i = first_under(r, above);
			i < r->list.n && r->list.at[i].above == above; i++) {
			relation *x = &r->list.at[i];
			if (x->gone)
				continue;
			x->gone = true;
			if (--left[x->below] == 0)
				todo[n++] = (uint32_t)x->below;
		}
	}
}

static void
turn_over(relations *r)
{
	for (size_t i = 0; i < r->list.n; i++) {
		uint64_t below = r->list.at[i].below;
		r->list.at[i].below = r->list.at[i].above;
		r->list.at[i].above = below;
	}
}

/* Of the ids, those that some relation still holds. */
static void
keep_circles(relations *r, uint32_t *held)
{
	size_t n = 0;

	memset(held, 0, r->ids.n * sizeof(*held));
	for (size_t i = 0; i < r->list.n; i++)
		if (!r->list.at[i].gone)
			held[r->list.at[i].below] = held[r->list.at[i].above] = 1;
	for (size_t i = 0; i < r->ids.n; i++)
		if (held[i])
			r->ids.at[n++] = r->ids.at[i];
	r->ids.n = n;
}

status
relations_find_circles(relations *r)
{
	if (r->list.n == 0)
		return STATUS_OK;
	if (r->list.n > UINT32_MAX / 2)
		return STATUS_LIMIT;
	TRY(collect_ids(r));
	uint32_t *room = memory_alloc(r->memory, 2 * r->ids.n * sizeof(*room));
	if (room == NULL)
		return STATUS_MEMORY;
	peel(r, room, room + r->ids.n);
	turn_over(r);
	peel(r, room, room + r->ids.n);
	keep_circles(r, room);
	memory_free(r->memory, room);
	return STATUS_OK;
}

bool
relations_in_circle(const relations *r, slice id)
{
	size_t ignored;

	return find_id(r, slice_hash(id), &ignored);
}
