#include "tm/duplicates.h"

#include <stdlib.h>

typedef struct mark { /* of a unit */
	uint64_t source, target;
	uint32_t id;
} mark;

typedef struct search {
	tm_store *store;
	const memory *memory;
	ARRAY(mark) marks;
	tm_unit unit;
	tm_duplicates *counts;
} search;

static uint64_t
hash_segment(const tm_segment *s)
{
	uint64_t hash = slice_hash(s->text) + 31 * slice_hash(s->language);

	for (size_t i = 0; i < s->codes.n; i++)
		hash = hash * 31 + slice_hash(s->codes.at[i].content) + s->codes.at[i].at;
	return hash;
}

static status
mark_unit(void *user, uint32_t id, const tm_unit *u)
{
	search *x = user;

	TRY(ARRAY_RESERVE(x->memory, &x->marks, 1));
	/* Source and the language of the translation belong together. */
	x->marks.at[x->marks.n++] =
		(mark){ hash_segment(&u->side[0]) + 7 * slice_hash(u->side[1].language),
			hash_segment(&u->side[1]), id };
	return STATUS_OK;
}

static int
in_order(const void *a, const void *b)
{
	const mark *x = a, *y = b;

	if (x->source != y->source)
		return x->source < y->source ? -1 : 1;
	if (x->target != y->target)
		return x->target < y->target ? -1 : 1;
	return x->id > y->id ? -1 : x->id < y->id; /* the newest first */
}

/* Units i to end have one source. */
static status
look_at_source(search *x, size_t i, size_t end, bool merge,
	status (*conflict)(void *user, bool first, const tm_unit *u), void *user)
{
	bool several = x->marks.at[i].target != x->marks.at[end - 1].target, found;

	x->counts->sources += several;
	for (size_t k = i; k < end; k++) {
		const mark *m = &x->marks.at[k];
		bool again = k > i && m->target == m[-1].target;
		x->counts->units += again;
		if (again && merge) {
			TRY(tm_store_remove(x->store, m->id, &found));
			x->counts->removed += found;
		}
		if (again || !several || conflict == NULL)
			continue;
		TRY(tm_store_get(x->store, m->id, &x->unit, &found));
		if (found)
			TRY(conflict(user, k == i, &x->unit));
	}
	return STATUS_OK;
}

static status
look(search *x, bool merge, status (*conflict)(void *user, bool first, const tm_unit *u),
	void *user)
{
	TRY(tm_store_each(x->store, NULL, mark_unit, x));
	if (x->marks.n > 1)
		qsort(x->marks.at, x->marks.n, sizeof(mark), in_order);
	for (size_t i = 0, k; i < x->marks.n; i = k) {
		for (k = i + 1;
			k < x->marks.n && x->marks.at[k].source == x->marks.at[i].source;)
			k++;
		if (k > i + 1)
			TRY(look_at_source(x, i, k, merge, conflict, user));
	}
	return STATUS_OK;
}

status
tm_find_duplicates(tm_store *s, context *c, bool merge,
	status (*conflict)(void *user, bool first, const tm_unit *u), void *user,
	tm_duplicates *out)
{
	search x = { .store = s, .memory = c->memory, .counts = out };

	*out = (tm_duplicates){ 0 };
	if (merge)
		TRY(tm_store_begin(s));
	tm_unit_init(&x.unit, c->memory);
	status done = look(&x, merge, conflict, user);
	tm_unit_free(&x.unit);
	ARRAY_FREE(c->memory, &x.marks);
	if (!merge)
		return done;
	/* The lists of those that are gone go with them. */
	if (done == STATUS_OK && out->removed != 0)
		done = tm_store_sweep(s);
	if (done == STATUS_OK)
		return tm_store_commit(s);
	tm_store_rollback(s);
	return done;
}
