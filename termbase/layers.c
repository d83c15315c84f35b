#include "termbase/layers.h"

#include <stdlib.h>
#include <string.h>

#include "base/postgres.h"
#include "termbase/compile.h"

void
layers_init(layers *l, context *c)
{
	*l = (layers){ .context = c };
}

void
layers_free(layers *l)
{
	for (size_t i = 0; i < l->n; i++) {
		store_close(l->of[i].store);
		memory_free(l->context->memory, l->of[i].name);
	}
	l->n = 0;
}

status
layers_add(layers *l, const char *path, const char *name)
{
	char shown[512];

	if (name == NULL && store_is_shared(path)) {
		postgres_name_of(shown, sizeof(shown), path); /* without its password */
		name = shown;
	}
	size_t bytes = strlen(name == NULL ? path : name) + 1;

	if (l->n == LAYERS_MAX)
		return context_fail(l->context, STATUS_LIMIT, "%s: more than %d termbases",
			"%s\u00A0: plus de %d bases terminologiques", path, LAYERS_MAX);
	char *kept = memory_alloc(l->context->memory, bytes);
	if (kept == NULL)
		return STATUS_MEMORY;
	memcpy(kept, name == NULL ? path : name, bytes);
	status done = compile_open(&l->of[l->n].store, l->context, path);
	if (done != STATUS_OK) {
		memory_free(l->context->memory, kept);
		return done;
	}
	l->of[l->n++].name = kept;
	return STATUS_OK;
}

void
layered_init(layered *x, const memory *m)
{
	*x = (layered){ 0 };
	entry_init(&x->entry, m);
}

void
layered_free(layered *x)
{
	ARRAY_FREE(x->entry.memory, &x->of_terms);
	ARRAY_FREE(x->entry.memory, &x->of_items);
	entry_free(&x->entry);
}

/* --- one over the other --- */

/* Parts of the concept while it is put together; the entry is closed at the end, and the two
 * arrays of layers follow its sorting by the parts' orders. */
typedef struct merger {
	layered *out;
	const entry *over;
	uint16_t layer;
} merger;

static status
note_term(merger *m)
{
	TRY(ARRAY_RESERVE(m->out->entry.memory, &m->out->of_terms, 1));
	m->out->of_terms.at[m->out->of_terms.n++] = m->layer;
	return STATUS_OK;
}

static status
add_item(merger *m, entry_owner owner, entry_item item)
{
	item.group = item.group == 0 ? 0 : item.group + m->out->entry.groups;
	TRY(ARRAY_RESERVE(m->out->entry.memory, &m->out->of_items, 1));
	TRY(entry_add_item(&m->out->entry, owner, item));
	m->out->of_items.at[m->out->of_items.n++] = m->layer;
	return STATUS_OK;
}

static bool
same_owner(entry_owner a, entry_owner b)
{
	return a.level == b.level && a.index == b.index;
}

static bool
is_replaced(slice type)
{
	static const char *const single[] = { "subjectField", "definition", "x-evidence",
		"termType", "administrativeStatus", "partOfSpeech", "grammaticalGender",
		"grammaticalNumber", "geographicalUsage", "x-article", "x-contextDependent",
		"x-exchangeable", NULL };

	return slice_is_one_of(type, single);
}

static bool
same_item(const entry_item *a, const entry_item *b)
{
	return a->element == b->element && slice_equal(a->type, b->type) &&
	       slice_equal(a->value, b->value) && slice_equal(a->target, b->target);
}

/* Items from i on that belong together, of one owner. */
static size_t
group_length(const entry_item *x, size_t i, size_t n)
{
	size_t end = i + 1;

	while (x[i].group != 0 && end < n && x[end].group == x[i].group &&
		same_owner(x[end].owner, x[i].owner))
		end++;
	return end - i;
}

/* Does an earlier layer say just this? What one layer says twice is kept twice. */
static bool
is_said(const merger *m, entry_owner owner, const entry_item *items, size_t n)
{
	const entry_item *x = m->out->entry.items.at;
	size_t count = m->out->entry.items.n, length, k;

	for (size_t i = 0; i < count; i += length) {
		length = group_length(x, i, count);
		if (length != n || m->out->of_items.at[i] == m->layer ||
			!same_owner(x[i].owner, owner))
			continue;
		for (k = 0; k < n && same_item(&x[i + k], &items[k]);)
			k++;
		if (k == n)
			return true;
	}
	return false;
}

static void
drop_item(merger *m, size_t i)
{
	entry *e = &m->out->entry;
	uint16_t *of = m->out->of_items.at;
	size_t after = e->items.n - i - 1;

	memmove(e->items.at + i, e->items.at + i + 1, after * sizeof(*e->items.at));
	memmove(of + i, of + i + 1, after * sizeof(*of));
	e->items.n--;
	m->out->of_items.n--;
	for (; i < e->items.n; i++)
		e->items.at[i].order--;
}

/* The item of an earlier layer that one of a category of which there is only one replaces;
 * SIZE_MAX for none. */
static size_t
find_replaced(const merger *m, entry_owner owner, const entry_item *item)
{
	const entry *e = &m->out->entry;

	if (!is_replaced(item->type))
		return SIZE_MAX;
	for (size_t i = 0; i < e->items.n; i++)
		if (m->out->of_items.at[i] != m->layer &&
			same_owner(e->items.at[i].owner, owner) &&
			e->items.at[i].element == item->element &&
			slice_equal(e->items.at[i].type, item->type))
			return i;
	return SIZE_MAX;
}

/* What goes with the item at i in its group: the source of a definition. */
static void
drop_company(merger *m, size_t i)
{
	entry *e = &m->out->entry;
	uint32_t group = e->items.at[i].group;

	for (size_t k = e->items.n; group != 0 && k-- > 0;)
		if (k != i && e->items.at[k].group == group) {
			drop_item(m, k);
			i -= k < i;
		}
}

/* Items of the later layer that belong together: they take the place of one of their kind, are
 * there already, or are added. */
static status
put_group(merger *m, entry_owner owner, const entry_item *items, size_t n)
{
	entry *e = &m->out->entry;
	size_t old = find_replaced(m, owner, &items[0]);

	if (is_said(m, owner, items, n))
		return STATUS_OK;
	if (old != SIZE_MAX) {
		drop_company(m, old);
		old = find_replaced(m, owner, &items[0]);
		if (n == 1) {
			entry_item *x = &e->items.at[old];
			m->out->of_items.at[old] = m->layer;
			x->markup = items->markup;
			return arena_copy(&e->text, items->value, &x->value);
		}
		drop_item(m, old);
	}
	for (size_t i = 0; i < n; i++)
		TRY(add_item(m, owner, items[i]));
	return STATUS_OK;
}

static status
put_items(merger *m, entry_owner from, entry_owner to)
{
	size_t n;
	const entry_item *items = entry_items(m->over, from, &n);

	for (size_t i = 0, length; i < n; i += length) {
		length = group_length(items, i, n);
		TRY(put_group(m, to, &items[i], length));
	}
	return STATUS_OK;
}

static bool
find_term(const entry *e, uint32_t section, slice text, uint32_t *out)
{
	for (uint32_t i = 0; i < e->terms.n; i++)
		if (e->terms.at[i].section == section &&
			slice_equal(e->terms.at[i].text, text)) {
			*out = i;
			return true;
		}
	return false;
}

static entry_item *
find_item(entry *e, entry_owner owner, const char *type)
{
	for (size_t i = 0; i < e->items.n; i++)
		if (same_owner(e->items.at[i].owner, owner) &&
			slice_is(e->items.at[i].type, type))
			return &e->items.at[i];
	return NULL;
}

static bool
is_acronym(entry *e, uint32_t term)
{
	const entry_item *type = find_item(e, OWNER_TERM(term), "termType");

	return type != NULL && slice_is(type->value, "acronym");
}

/* Terms of the language that were preferred before are admitted beside the new one. */
static status
step_down(merger *m, uint32_t term)
{
	entry *e = &m->out->entry;
	bool acronym = is_acronym(e, term);

	for (uint32_t i = 0; i < e->terms.n; i++) {
		entry_item *x = find_item(e, OWNER_TERM(i), "administrativeStatus");
		term_status s;
		if (i == term || e->terms.at[i].section != e->terms.at[term].section ||
			m->out->of_terms.at[i] == m->layer || is_acronym(e, i) != acronym)
			continue;
		if (x == NULL) {
			entry_item admitted = { .element = ELEMENT_TERM_NOTE,
				.type = SLICE("administrativeStatus"),
				.value = slice_of(term_status_tbx(TERM_ADMITTED)) };
			TRY(add_item(m, OWNER_TERM(i), admitted));
		} else if (term_status_of_tbx(x->value, &s) && s == TERM_PREFERRED) {
			x->value = slice_of(term_status_tbx(TERM_ADMITTED));
			m->out->of_items.at[x - e->items.at] = m->layer;
		}
	}
	return STATUS_OK;
}

static status
put_term(merger *m, uint32_t from, uint32_t section)
{
	entry *e = &m->out->entry;
	const entry_term *t = &m->over->terms.at[from];
	uint32_t term;

	if (find_term(e, section, t->text, &term))
		m->out->of_terms.at[term] = m->layer;
	else {
		TRY(entry_add_term(e, section, t->text, &term));
		TRY(note_term(m));
	}
	TRY(put_items(m, OWNER_TERM(from), OWNER_TERM(term)));
	return entry_term_status(m->over, from) == TERM_PREFERRED ? step_down(m, term)
								  : STATUS_OK;
}

static status
put_sections(merger *m)
{
	for (uint32_t i = 0; i < m->over->sections.n; i++) {
		uint32_t section;
		TRY(entry_section_of(
			&m->out->entry, m->over->sections.at[i].language, &section));
		TRY(put_items(m, OWNER_SECTION(i), OWNER_SECTION(section)));
		for (uint32_t k = 0; k < m->over->terms.n; k++)
			if (m->over->terms.at[k].section == i)
				TRY(put_term(m, k, section));
	}
	return STATUS_OK;
}

static status
put_over(layered *out, const entry *over, uint16_t layer)
{
	merger m = { out, over, layer };

	out->by = layer;
	out->count++;
	out->retired = over->retired;
	if (over->retired)
		return STATUS_OK;
	TRY(put_items(&m, OWNER_CONCEPT, OWNER_CONCEPT));
	TRY(put_sections(&m));
	out->entry.groups += over->groups;
	return STATUS_OK;
}

/* Sorting moves terms and items; their layers go with them. */
static status
close_layered(layered *x)
{
	entry *e = &x->entry;
	uint16_t *terms = ARENA_ARRAY(&e->text, uint16_t, e->terms.n);
	uint16_t *items = ARENA_ARRAY(&e->text, uint16_t, e->items.n);

	if ((terms == NULL && e->terms.n != 0) || (items == NULL && e->items.n != 0))
		return STATUS_MEMORY;
	TRY(entry_close(e));
	for (size_t i = 0; i < e->terms.n; i++)
		terms[i] = x->of_terms.at[e->terms.at[i].order];
	for (size_t i = 0; i < e->items.n; i++)
		items[i] = x->of_items.at[e->items.at[i].order];
	if (e->terms.n != 0)
		memcpy(x->of_terms.at, terms, e->terms.n * sizeof(*terms));
	if (e->items.n != 0)
		memcpy(x->of_items.at, items, e->items.n * sizeof(*items));
	return STATUS_OK;
}

static status
gather(layers *l, slice id, entry *one, layered *out, bool *found)
{
	entry_clear(&out->entry);
	out->of_terms.n = out->of_items.n = 0;
	out->count = 0;
	out->retired = false;
	*found = false;
	TRY(entry_set_id(&out->entry, id));
	for (size_t i = 0; i < l->n; i++) {
		bool here;
		TRY(store_get(l->of[i].store, id, one, &here));
		if (!here)
			continue;
		*found = true;
		TRY(put_over(out, one, (uint16_t)i));
	}
	return close_layered(out);
}

status
layers_get(layers *l, slice id, layered *out, bool *found)
{
	entry one;

	entry_init(&one, l->context->memory);
	status done = gather(l, id, &one, out, found);
	entry_free(&one);
	return done;
}

/* --- all of them --- */

static int
by_score(const void *left, const void *right)
{
	const search_hit *a = left, *b = right;

	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	if (a->status != b->status) /* of equals the one to use */
		return a->status < b->status ? -1 : 1;
	return slice_compare(a->text, b->text);
}

/* A term that a later layer has too is told once. */
static bool
is_told(const search_hit *hits, size_t n, const search_hit *h)
{
	for (size_t i = 0; i < n; i++)
		if (slice_equal(hits[i].concept, h->concept) &&
			slice_equal(hits[i].text, h->text) &&
			slice_equal(hits[i].language, h->language))
			return true;
	return false;
}

/* As all layers together have it: its status there, and whether it is there at all. */
static status
judge(layers *l, layered *x, search_hit *h, bool *holds)
{
	bool found;

	TRY(layers_get(l, h->concept, x, &found));
	*holds = false;
	for (uint32_t i = 0; found && !x->retired && i < x->entry.terms.n; i++) {
		const entry_term *t = &x->entry.terms.at[i];
		if (!slice_equal(t->text, h->text) ||
			!slice_equal(x->entry.sections.at[t->section].language, h->language))
			continue;
		h->status = entry_term_status(&x->entry, i);
		*holds = true;
		return STATUS_OK;
	}
	return STATUS_OK;
}

/* The preferred name of a concept goes before its other names, however short, when it has as
 * many words of the question as they. */
static void
prefer(search_hit *hits, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n && hits[i].status != TERM_PREFERRED; k++) {
			search_hit h = hits[k];
			if (h.status != TERM_PREFERRED || h.had < hits[i].had ||
				!slice_equal(h.concept, hits[i].concept) ||
				!slice_equal(h.language, hits[i].language))
				continue;
			memmove(&hits[i + 1], &hits[i], (k - i) * sizeof(*hits));
			h.score = hits[i + 1].score;
			hits[i] = h;
		}
}

static status
choose(layers *l, search_hit *all, size_t n, size_t most, size_t *count)
{
	layered x;
	status done = STATUS_OK;

	layered_init(&x, l->context->memory);
	for (size_t i = 0; i < n && *count < most && done == STATUS_OK; i++) {
		bool holds;
		if (is_told(all, *count, &all[i]))
			continue;
		search_hit h = all[i];
		done = judge(l, &x, &h, &holds);
		if (done == STATUS_OK && holds)
			all[(*count)++] = h;
	}
	prefer(all, *count);
	layered_free(&x);
	return done;
}

static status
search_all(layers *l, arena *a, slice question, size_t most, search_hit *all, size_t *count)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		search_hit *found;
		size_t more;
		TRY(store_begin_read(l->of[i].store));
		TRY(search_run(l->of[i].store, l->context, a, question, most, &found, &more));
		for (size_t k = 0; k < more; k++)
			all[n++] = found[k];
	}
	if (n > 1)
		qsort(all, n, sizeof(*all), by_score);
	return choose(l, all, n, most, count);
}

status
layers_search(
	layers *l, arena *a, slice question, size_t most, search_hit **hits, size_t *count)
{
	*count = 0;
	*hits = ARENA_ARRAY(a, search_hit, most * (l->n == 0 ? 1 : l->n));
	if (*hits == NULL)
		return most == 0 ? STATUS_OK : STATUS_MEMORY;
	status done = search_all(l, a, question, most, *hits, count);
	for (size_t i = 0; i < l->n; i++)
		store_end_read(l->of[i].store);
	return done;
}

typedef struct walk {
	layers *layers;
	layered *x;
	entry *scratch;
	size_t first, layer;
	status (*take)(void *user, const layered *x);
	void *user;
} walk;

/* A concept that an earlier layer has was told with it. */
static status
step(void *user, const entry *e)
{
	walk *w = user;
	bool found;

	for (size_t i = w->first; i < w->layer; i++) {
		TRY(store_get(w->layers->of[i].store, e->id, w->scratch, &found));
		if (found)
			return STATUS_OK;
	}
	TRY(layers_get(w->layers, e->id, w->x, &found));
	return found ? w->take(w->user, w->x) : STATUS_OK;
}

status
layers_each_from(
	layers *l, size_t first, status (*take)(void *user, const layered *x), void *user)
{
	layered x;
	entry scratch;
	walk w = { l, &x, &scratch, first, first, take, user };
	status done = STATUS_OK;

	layered_init(&x, l->context->memory);
	entry_init(&scratch, l->context->memory);
	for (; w.layer < l->n && done == STATUS_OK; w.layer++)
		done = store_each(l->of[w.layer].store, step, &w);
	entry_free(&scratch);
	layered_free(&x);
	return done;
}

typedef struct living {
	status (*take)(void *user, const layered *x);
	void *user;
} living;

static status
take_living(void *user, const layered *x)
{
	const living *w = user;

	return x->retired ? STATUS_OK : w->take(w->user, x);
}

status
layers_each(layers *l, status (*take)(void *user, const layered *x), void *user)
{
	living w = { take, user };

	return layers_each_from(l, 0, take_living, &w);
}
