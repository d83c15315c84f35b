/* What two versions of a concept differ in, as lines that a person reads. */
#include <stdio.h>

#include "termbase/store.h"

static void
put_owner(buffer *out, const entry *e, entry_owner owner)
{
	if (owner.level == LEVEL_SECTION)
		buffer_put(out, e->sections.at[owner.index].language);
	else if (owner.level == LEVEL_TERM) {
		const entry_term *t = &e->terms.at[owner.index];
		buffer_put(out, e->sections.at[t->section].language);
		buffer_put(out, SLICE(" \""));
		buffer_put(out, t->text);
		buffer_put_char(out, '"');
	}
}

/* "note: …", "fr "EIIL" termType: acronym" */
static void
put_item(buffer *out, const entry *e, const entry_item *x)
{
	put_owner(out, e, x->owner);
	if (x->owner.level != LEVEL_CONCEPT)
		buffer_put_char(out, ' ');
	buffer_put(out, x->type.n == 0 ? slice_of(entry_element_name(x->element)) : x->type);
	buffer_put(out, SLICE(": "));
	buffer_put(out, x->value);
	if (x->target.n != 0) {
		buffer_put(out, SLICE(" -> "));
		buffer_put(out, x->target);
	}
}

static bool
same_owner(const entry *a, entry_owner x, const entry *b, entry_owner y)
{
	if (x.level != y.level)
		return false;
	if (x.level == LEVEL_CONCEPT)
		return true;
	if (x.level == LEVEL_SECTION)
		return slice_equal(
			a->sections.at[x.index].language, b->sections.at[y.index].language);
	const entry_term *t = &a->terms.at[x.index], *u = &b->terms.at[y.index];
	return slice_equal(t->text, u->text) && slice_equal(a->sections.at[t->section].language,
							b->sections.at[u->section].language);
}

static bool
has_item(const entry *e, const entry *other, const entry_item *x)
{
	for (size_t i = 0; e != NULL && i < e->items.n; i++) {
		const entry_item *y = &e->items.at[i];
		if (x->element == y->element && slice_equal(x->type, y->type) &&
			slice_equal(x->value, y->value) && slice_equal(x->target, y->target) &&
			same_owner(other, x->owner, e, y->owner))
			return true;
	}
	return false;
}

static bool
has_term(const entry *e, const entry *other, uint32_t term)
{
	for (uint32_t i = 0; e != NULL && i < e->terms.n; i++)
		if (same_owner(other, OWNER_TERM(term), e, OWNER_TERM(i)))
			return true;
	return false;
}

/* What e has and other has not, each line with the sign. */
static void
put_missing(buffer *out, char sign, const entry *e, const entry *other)
{
	if (e == NULL)
		return;
	for (uint32_t i = 0; i < e->terms.n; i++) {
		if (has_term(other, e, i))
			continue;
		buffer_printf(out, "%c ", sign);
		buffer_put(out, e->sections.at[e->terms.at[i].section].language);
		buffer_put(out, SLICE(": "));
		buffer_put(out, e->terms.at[i].text);
		buffer_put_char(out, '\n');
	}
	for (size_t i = 0; i < e->items.n; i++) {
		if (has_item(other, e, &e->items.at[i]))
			continue;
		buffer_printf(out, "%c ", sign);
		put_item(out, e, &e->items.at[i]);
		buffer_put_char(out, '\n');
	}
}

void
store_difference(buffer *out, const entry *before, const entry *after)
{
	put_missing(out, '-', before, after);
	put_missing(out, '+', after, before);
}
