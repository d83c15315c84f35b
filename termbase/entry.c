#include "termbase/entry.h"

#include <stdlib.h>
#include <string.h>

static const char *const elements[ELEMENTS] = { "admin", "descrip", "termNote", "note", "ref",
	"xref", "transac", "date", "adminNote", "descripNote", "transacNote", "xml" };

static const char *const statuses[] = { "preferred", "admitted", "deprecated", "superseded" };
static const char *const tbx_statuses[] = { "preferredTerm-admn-sts", "admittedTerm-admn-sts",
	"deprecatedTerm-admn-sts", "supersededTerm-admn-sts" };
static const char *const evidences[] = { "verified", "partial", "unverified" };

void
entry_init(entry *e, const memory *m)
{
	*e = (entry){ .memory = m };
	arena_init(&e->text, m);
}

void
entry_free(entry *e)
{
	ARRAY_FREE(e->memory, &e->sections);
	ARRAY_FREE(e->memory, &e->terms);
	ARRAY_FREE(e->memory, &e->items);
	arena_free(&e->text);
}

void
entry_clear(entry *e)
{
	arena_reset(&e->text);
	e->id = SLICE("");
	e->retired = false;
	e->items_of_concept = (entry_range){ 0 };
	e->sections.n = e->terms.n = e->items.n = 0;
	e->groups = 0;
}

/* --- filling --- */

static status
keep(entry *e, slice *s)
{
	if (s->n == 0) {
		*s = SLICE("");
		return STATUS_OK;
	}
	return arena_copy(&e->text, *s, s);
}

status
entry_set_id(entry *e, slice id)
{
	e->id = id;
	return keep(e, &e->id);
}

status
entry_section_of(entry *e, slice tag, uint32_t *section)
{
	for (size_t i = 0; i < e->sections.n; i++)
		if (slice_equal(e->sections.at[i].language, tag)) {
			*section = (uint32_t)i;
			return STATUS_OK;
		}
	TRY(ARRAY_RESERVE(e->memory, &e->sections, 1));
	TRY(keep(e, &tag));
	*section = (uint32_t)e->sections.n;
	e->sections.at[e->sections.n++] = (entry_section){ .language = tag };
	return STATUS_OK;
}

status
entry_add_term(entry *e, uint32_t section, slice text, uint32_t *term)
{
	TRY(ARRAY_RESERVE(e->memory, &e->terms, 1));
	TRY(keep(e, &text));
	*term = (uint32_t)e->terms.n;
	e->terms.at[e->terms.n++] = (entry_term){
		.text = text, .id = SLICE(""), .section = section, .order = *term
	};
	return STATUS_OK;
}

status
entry_set_term_text(entry *e, uint32_t term, slice text)
{
	TRY(keep(e, &text));
	e->terms.at[term].text = text;
	return STATUS_OK;
}

status
entry_set_term_id(entry *e, uint32_t term, slice id)
{
	TRY(keep(e, &id));
	e->terms.at[term].id = id;
	return STATUS_OK;
}

status
entry_add_item(entry *e, entry_owner owner, entry_item item)
{
	TRY(ARRAY_RESERVE(e->memory, &e->items, 1));
	TRY(keep(e, &item.type));
	TRY(keep(e, &item.value));
	TRY(keep(e, &item.language));
	TRY(keep(e, &item.target));
	TRY(keep(e, &item.id));
	item.owner = owner;
	item.order = (uint32_t)e->items.n;
	e->items.at[e->items.n++] = item;
	return STATUS_OK;
}

status
entry_add(entry *e, entry_owner owner, entry_element element, const char *type, slice value)
{
	if (value.n == 0)
		return STATUS_OK;
	return entry_add_item(e, owner,
		(entry_item){ .element = element, .type = slice_of(type), .value = value });
}

uint32_t
entry_new_group(entry *e)
{
	return ++e->groups;
}

/* --- closing --- */

static int
by_owner(const void *left, const void *right)
{
	const entry_item *a = left, *b = right;

	if (a->owner.level != b->owner.level)
		return a->owner.level < b->owner.level ? -1 : 1;
	if (a->owner.index != b->owner.index)
		return a->owner.index < b->owner.index ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

static entry_range *
range_of(entry *e, entry_owner owner)
{
	switch (owner.level) {
	case LEVEL_SECTION:
		return &e->sections.at[owner.index].items;
	case LEVEL_TERM:
		return &e->terms.at[owner.index].items;
	case LEVEL_CONCEPT:
		break;
	}
	return &e->items_of_concept;
}

static int
by_section(const void *left, const void *right)
{
	const entry_term *a = left, *b = right;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

/* Terms move to their sections, and the items of terms move with them. */
static status
sort_terms(entry *e)
{
	bool sorted = true;

	for (size_t i = 1; i < e->terms.n; i++)
		sorted = sorted && e->terms.at[i - 1].section <= e->terms.at[i].section;
	if (sorted)
		return STATUS_OK;
	uint32_t *now = ARENA_ARRAY(&e->text, uint32_t, e->terms.n);
	if (now == NULL)
		return STATUS_MEMORY;
	qsort(e->terms.at, e->terms.n, sizeof(*e->terms.at), by_section);
	for (uint32_t i = 0; i < e->terms.n; i++)
		now[e->terms.at[i].order] = i;
	for (size_t i = 0; i < e->items.n; i++) {
		entry_owner *owner = &e->items.at[i].owner;
		if (owner->level == LEVEL_TERM)
			owner->index = now[owner->index];
	}
	return STATUS_OK;
}

status
entry_close(entry *e)
{
	TRY(sort_terms(e));
	if (e->items.n > 1)
		qsort(e->items.at, e->items.n, sizeof(*e->items.at), by_owner);
	for (uint32_t i = 0; i < e->items.n; i++) {
		entry_range *r = range_of(e, e->items.at[i].owner);
		if (r->count == 0)
			r->first = i;
		r->count = i + 1 - r->first;
	}
	return STATUS_OK;
}

status
entry_copy(entry *to, const entry *from)
{
	uint32_t ignored;

	entry_clear(to);
	TRY(entry_set_id(to, from->id));
	to->retired = from->retired;
	for (size_t i = 0; i < from->sections.n; i++)
		TRY(entry_section_of(to, from->sections.at[i].language, &ignored));
	for (size_t i = 0; i < from->terms.n; i++) {
		const entry_term *t = &from->terms.at[i];
		TRY(entry_add_term(to, t->section, t->text, &ignored));
		TRY(entry_set_term_id(to, ignored, t->id));
	}
	for (size_t i = 0; i < from->items.n; i++)
		TRY(entry_add_item(to, from->items.at[i].owner, from->items.at[i]));
	to->groups = from->groups;
	return entry_close(to);
}

/* --- reading --- */

const entry_item *
entry_items(const entry *e, entry_owner owner, size_t *count)
{
	const entry_range *r = owner.level == LEVEL_SECTION ? &e->sections.at[owner.index].items
			       : owner.level == LEVEL_TERM  ? &e->terms.at[owner.index].items
							    : &e->items_of_concept;

	*count = r->count;
	return r->count == 0 ? NULL : &e->items.at[r->first];
}

const entry_item *
entry_find(const entry *e, entry_owner owner, const char *type)
{
	size_t n;
	const entry_item *item = entry_items(e, owner, &n);
	bool note = strcmp(type, "note") == 0;

	for (size_t i = 0; i < n; i++)
		if (note ? item[i].element == ELEMENT_NOTE : slice_is(item[i].type, type))
			return &item[i];
	return NULL;
}

slice
entry_value(const entry *e, entry_owner owner, const char *type)
{
	const entry_item *item = entry_find(e, owner, type);

	return item == NULL ? SLICE("") : item->value;
}

term_status
entry_term_status(const entry *e, uint32_t term)
{
	slice value = entry_value(e, OWNER_TERM(term), "administrativeStatus");
	term_status s;

	if (value.n == 0)
		value = entry_value(e, OWNER_TERM(term), "normativeAuthorization");
	return term_status_of_tbx(value, &s) ? s : TERM_PREFERRED;
}

bool
entry_has_name(const entry *e)
{
	for (uint32_t i = 0; i < e->terms.n; i++)
		if (entry_term_status(e, i) == TERM_PREFERRED)
			return true;
	return false;
}

static bool
says_yes(const entry *e, entry_owner owner, const char *type)
{
	return slice_is(entry_value(e, owner, type), "yes");
}

uint8_t
entry_term_flags(const entry *e, uint32_t term)
{
	static const char *const short_types[] = { "acronym", "initialism", "abbreviation",
		NULL };
	entry_owner t = OWNER_TERM(term);
	unsigned flags = 0;

	if (slice_is_one_of(entry_value(e, t, "termType"), short_types))
		flags |= TERM_ACRONYM;
	if (says_yes(e, t, "x-contextDependent"))
		flags |= TERM_CONTEXT;
	if (says_yes(e, t, "x-exchangeable"))
		flags |= TERM_EXCHANGEABLE;
	if (slice_is(entry_value(e, OWNER_CONCEPT, "subjectField"), "word"))
		flags |= TERM_WORD;
	return (uint8_t)flags;
}

uint8_t
entry_term_gender(const entry *e, uint32_t term)
{
	slice gender = entry_value(e, OWNER_TERM(term), "grammaticalGender");
	slice number = entry_value(e, OWNER_TERM(term), "grammaticalNumber");
	unsigned g = slice_is(gender, "masculine")  ? TERM_MASCULINE
		     : slice_is(gender, "feminine") ? TERM_FEMININE
						    : 0;

	if (slice_is(number, "plural"))
		g |= TERM_PLURAL;
	return (uint8_t)g;
}

term_evidence
entry_evidence(const entry *e)
{
	term_evidence found;
	slice value = entry_value(e, OWNER_CONCEPT, "x-evidence");

	return term_evidence_of(value, &found) ? found : EVIDENCE_VERIFIED;
}

language
entry_language(slice tag)
{
	if (tag.n < 2 || (tag.n > 2 && tag.p[2] != '-' && tag.p[2] != '_'))
		return LANGUAGE_OTHER;
	char a = (char)(tag.p[0] | 0x20), b = (char)(tag.p[1] | 0x20);
	if (a == 'f' && b == 'r')
		return LANGUAGE_FR;
	return a == 'e' && b == 'n' ? LANGUAGE_EN : LANGUAGE_OTHER;
}

/* --- names --- */

const char *
entry_element_name(entry_element e)
{
	return elements[e];
}

bool
entry_element_of(slice name, entry_element *out)
{
	for (entry_element e = ELEMENT_ADMIN; e < ELEMENTS; e++)
		if (slice_is(name, elements[e])) {
			*out = e;
			return true;
		}
	return false;
}

const char *
term_status_name(term_status s)
{
	return statuses[s];
}

const char *
term_status_tbx(term_status s)
{
	return tbx_statuses[s];
}

const char *
term_evidence_name(term_evidence e)
{
	return evidences[e];
}

bool
term_status_of(slice name, term_status *out)
{
	for (term_status s = TERM_PREFERRED; s <= TERM_SUPERSEDED; s++)
		if (slice_is(name, statuses[s])) {
			*out = s;
			return true;
		}
	return false;
}

/* "preferredTerm-admn-sts", "preferredTerm" (normativeAuthorization), "preferred". */
bool
term_status_of_tbx(slice name, term_status *out)
{
	static const slice tail = { "Term-admn-sts", 13 };
	static const slice short_tail = { "Term", 4 };

	if (slice_ends(name, tail))
		name = slice_sub(name, 0, name.n - tail.n);
	else if (slice_ends(name, short_tail))
		name = slice_sub(name, 0, name.n - short_tail.n);
	if (slice_is(name, "standardized"))
		name = SLICE("preferred");
	return term_status_of(name, out);
}

bool
term_evidence_of(slice name, term_evidence *out)
{
	for (term_evidence e = EVIDENCE_VERIFIED; e <= EVIDENCE_UNVERIFIED; e++)
		if (slice_is(name, evidences[e])) {
			*out = e;
			return true;
		}
	return false;
}
