#include "termbase/edit.h"

#include "termbase/columns.h"
#include "termbase/import.h"

#define MEETINGS_MOST 8

typedef struct editor {
	store *store;
	context *context;
	const edit *edit;
	table table; /* its entry is the one in the making */
	entry before;
	exchange_sink sink;
	exchange_input in;
	stream none;  /* for the table's messages */
	bool emptied; /* the column in hand is assigned nothing */
} editor;

/* --- cells --- */

typedef struct assignment {
	table_column column;
	slice value;
	const char *text; /* the whole of it, for messages */
} assignment;

static status
refuse(void *user, exchange_place at, const char *why)
{
	const editor *x = user;

	(void)at;
	return context_fail(x->context, STATUS_USAGE, "%s", "%s", why);
}

static status
read_assignment(const editor *x, const char *text, assignment *out)
{
	slice name;

	out->text = text;
	if (slice_cut(slice_of(text), '=', &name, &out->value) &&
		columns_find(slice_trim(name), &out->column)) {
		out->value = slice_trim(out->value);
		table_cell cell = { out->value, 1 };
		if (table_find_dirty(&cell, 1) == 1)
			return STATUS_OK;
		return context_fail(x->context, STATUS_USAGE,
			"\"%s\": not one line of UTF-8 text",
			"«\u00A0%s\u00A0»\u00A0: ce n’est pas une ligne de texte UTF-8", text);
	}
	return context_fail(x->context, STATUS_USAGE,
		"\"%s\" is no assignment to a column of a termbase: fr=…, en_acronym=…, note=…",
		"«\u00A0%s\u00A0» n’est pas une affectation à une colonne de base "
		"terminologique"
		"\u00A0: fr=…, en_acronym=…, note=…",
		text);
}

/* --- what stays --- */

static bool
same_column(const entry *e, uint32_t section, const table_column *c)
{
	return c->language.n != 0 && slice_equal(e->sections.at[section].language, c->language);
}

static slice
grammar_language(const table_column *c)
{
	return c->language.n == 0 ? SLICE("fr") : c->language;
}

/* Is the term one of the names that the column is given anew? */
static bool
is_replaced_term(const entry *e, uint32_t term, const table_column *c)
{
	return c->kind->means == MEANS_NAMES && same_column(e, e->terms.at[term].section, c) &&
	       table_place_of_term(e, term) == (size_t)(c->kind - columns_of_language);
}

/* Does the column say of its main term what the item says? */
static bool
is_replaced_grammar(const entry *e, const entry_item *x, const table_column *c)
{
	uint32_t section = e->terms.at[x->owner.index].section;

	if (!slice_equal(e->sections.at[section].language, grammar_language(c)) ||
		table_main_term(e, section) != x->owner.index)
		return false;
	if (c->kind->means == MEANS_GENDER)
		return slice_starts(x->type, SLICE("grammatical"));
	if (c->kind->means == MEANS_ARTICLE)
		return slice_is(x->type, "x-article");
	return c->kind->means == MEANS_ITEM && c->kind->level == LEVEL_TERM &&
	       x->element == c->kind->element && slice_is(x->type, c->kind->type);
}

static bool
is_replaced_item(const entry *e, const entry_item *x, const table_column *c)
{
	bool same = c->kind->means == MEANS_ITEM && c->kind->level == x->owner.level &&
		    x->element == c->kind->element && slice_is(x->type, c->kind->type);

	switch (x->owner.level) {
	case LEVEL_CONCEPT:
		return c->kind->means == MEANS_EVIDENCE ? slice_is(x->type, "x-evidence")
							: same && c->language.n == 0;
	case LEVEL_SECTION:
		return same && same_column(e, x->owner.index, c);
	case LEVEL_TERM:
		return is_replaced_grammar(e, x, c);
	}
	return false;
}

static bool
is_of_name_itself(slice type)
{
	static const char *const known[] = { "termType", "administrativeStatus",
		"x-contextDependent", "x-exchangeable", NULL };

	return slice_is_one_of(type, known);
}

/* What stands in a group with a definition that is taken away goes with it: its source. */
static bool
goes_with_head(const editor *x, const entry_item *items, size_t i, const table_column *c)
{
	size_t head = i;

	if (!x->emptied || items[i].group == 0)
		return false;
	while (head > 0 && items[head - 1].group == items[i].group)
		head--;
	return is_replaced_item(&x->before, &items[head], c);
}

/* Items of one owner that the column does not replace; with mended set, those that go over from
 * a name to the one that takes its place. */
static status
keep_items(editor *x, entry_owner from, entry_owner to, const table_column *c, bool mended)
{
	size_t n;
	const entry_item *items = entry_items(&x->before, from, &n);

	for (size_t i = 0; i < n; i++) {
		if (is_replaced_item(&x->before, &items[i], c) ||
			goes_with_head(x, items, i, c) ||
			(mended && is_of_name_itself(items[i].type)))
			continue;
		TRY(entry_add_item(&x->table.entry, to, items[i]));
	}
	return STATUS_OK;
}

/* What a name is when nothing is said of it, it is also without saying so: one that takes the
 * place of a name of which nothing was said says no more. The items are the last of the entry.
 */
static void
forget_defaults(editor *x, uint32_t old, size_t first)
{
	static const char *const defaults[][2] = { { "termType", "fullForm" },
		{ "administrativeStatus", "preferredTerm-admn-sts" } };
	entry *e = &x->table.entry;
	size_t n = first;

	for (size_t i = first; i < e->items.n; i++) {
		entry_item item = e->items.at[i];
		bool unsaid = false;
		for (size_t k = 0; k < 2; k++)
			unsaid = unsaid || (slice_is(item.type, defaults[k][0]) &&
						   slice_is(item.value, defaults[k][1]) &&
						   entry_value(&x->before, OWNER_TERM(old),
							   defaults[k][0])
								   .n == 0);
		item.order = (uint32_t)n;
		if (!unsaid)
			e->items.at[n++] = item;
	}
	e->items.n = n;
}

/* The column's names, where the old ones stood; a single name keeps the grammar of the old one.
 */
static status
put_names(editor *x, const assignment *a, uint32_t old)
{
	uint32_t before = (uint32_t)x->table.entry.terms.n;
	size_t items = x->table.entry.items.n;

	TRY(table_set_cell(&x->table, &a->column, (table_cell){ a->value, 1 }));
	if (a->column.kind->list || x->table.entry.terms.n == before)
		return STATUS_OK;
	forget_defaults(x, old, items);
	return keep_items(x, OWNER_TERM(old), OWNER_TERM(before), &a->column, true);
}

static status
keep_term(editor *x, uint32_t i, const table_column *c)
{
	const entry_term *t = &x->before.terms.at[i];
	uint32_t section, term;

	TRY(entry_section_of(
		&x->table.entry, x->before.sections.at[t->section].language, &section));
	TRY(entry_add_term(&x->table.entry, section, t->text, &term));
	if (t->id.n != 0)
		TRY(entry_set_term_id(&x->table.entry, term, t->id));
	return keep_items(x, OWNER_TERM(i), OWNER_TERM(term), c, false);
}

/* Terms in their order, with the new names in the place of the old; *put when there was one. */
static status
keep_terms(editor *x, const assignment *a, bool *put)
{
	bool is_name = columns_are_terms(&a->column);

	for (uint32_t i = 0; i < x->before.terms.n; i++) {
		bool replaced = is_replaced_term(&x->before, i, &a->column);
		/* A first name goes before what else the language has. */
		if (!*put && (replaced || (is_name &&
						  same_column(&x->before,
							  x->before.terms.at[i].section,
							  &a->column) &&
						  table_place_of_term(&x->before, i) > 0))) {
			*put = true;
			if (replaced)
				TRY(put_names(x, a, i));
			else
				TRY(table_set_cell(
					&x->table, &a->column, (table_cell){ a->value, 1 }));
		}
		if (!replaced)
			TRY(keep_term(x, i, &a->column));
	}
	return STATUS_OK;
}

/* x->before with one column given anew becomes x->table.entry. */
static status
rebuild(editor *x, const assignment *a)
{
	entry *to = &x->table.entry;
	bool put = false;
	uint32_t section;

	x->emptied = a->value.n == 0;
	entry_clear(to);
	TRY(entry_set_id(to, x->before.id));
	to->retired = x->before.retired;
	to->groups = x->before.groups;
	TRY(keep_items(x, OWNER_CONCEPT, OWNER_CONCEPT, &a->column, false));
	for (uint32_t i = 0; i < x->before.sections.n; i++) {
		TRY(entry_section_of(to, x->before.sections.at[i].language, &section));
		TRY(keep_items(x, OWNER_SECTION(i), OWNER_SECTION(section), &a->column, false));
	}
	TRY(keep_terms(x, a, &put));
	if (!put)
		TRY(table_set_cell(&x->table, &a->column, (table_cell){ a->value, 1 }));
	return entry_close(to);
}

/* All cells, names first: grammar and contexts are said of them. */
static status
set_cells(editor *x)
{
	for (int names = 1; names >= 0; names--)
		for (const char *const *cell = x->edit->cells; *cell != NULL; cell++) {
			assignment a;
			TRY(read_assignment(x, *cell, &a));
			if ((a.column.kind->means == MEANS_NAMES) != names)
				continue;
			TRY(entry_copy(&x->before, &x->table.entry));
			TRY(rebuild(x, &a));
		}
	return STATUS_OK;
}

/* --- concepts --- */

static status
is_there(const editor *x, slice id)
{
	return context_fail(x->context, STATUS_USAGE,
		"the concept \"%.*s\" is there already; --force puts this one in its place",
		"la notion «\u00A0%.*s\u00A0» existe déjà\u00A0; --force met celle-ci à sa "
		"place",
		SLICE_ARG(id));
}

static status
refuse_twins(editor *x)
{
	uint64_t key = store_names_key(&x->table.entry);
	bool found;
	buffer id;

	TRY(store_get(x->store, x->table.entry.id, &x->before, &found));
	if (found)
		return is_there(x, x->table.entry.id);
	if (key == 0)
		return STATUS_OK;
	buffer_init(&id, x->context->memory, 1 << 20);
	status done = store_find_named(x->store, key, &id);
	if (done == STATUS_OK && id.n != 0)
		done = context_fail(x->context, STATUS_USAGE,
			"the concept \"%.*s\" has these names already; --force adds another",
			"la notion «\u00A0%.*s\u00A0» porte déjà ces noms\u00A0; --force en "
			"ajoute une "
			"autre",
			SLICE_ARG(buffer_slice(&id)));
	buffer_free(&id);
	return done;
}

static status
want_name(const editor *x)
{
	if (entry_has_name(&x->table.entry))
		return STATUS_OK;
	return context_fail(x->context, STATUS_USAGE, "a concept wants a name: fr=… or en=…",
		"une notion demande un nom\u00A0: fr=… ou en=…");
}

static status
add(editor *x)
{
	entry *e = &x->table.entry;

	TRY(set_cells(x));
	TRY(want_name(x));
	if (e->id.n == 0)
		TRY(entry_set_id(e, e->terms.at[0].text));
	return x->edit->force ? STATUS_OK : refuse_twins(x);
}

static status
not_there(const editor *x)
{
	return context_fail(x->context, STATUS_NOT_FOUND,
		"there is no concept \"%.*s\" to change",
		"il n’y a pas de notion «\u00A0%.*s\u00A0» à changer", SLICE_ARG(x->edit->id));
}

/* Is the concept there, or one to speak of anew, and still what whoever changes it believes? Of
 * the two only what was written before counts: the store is ours by now. */
static status
find(editor *x, bool *found)
{
	TRY(store_get(x->store, x->edit->id, &x->table.entry, found));
	if (!*found && !x->edit->over)
		return not_there(x);
	return x->edit->confirm == NULL ? STATUS_OK : x->edit->confirm(x->edit->user);
}

static status
change(editor *x)
{
	bool found;

	TRY(find(x, &found));
	if (!found) {
		entry_clear(&x->table.entry);
		TRY(entry_set_id(&x->table.entry, x->edit->id));
		TRY(entry_close(&x->table.entry));
	}
	/* One that speaks anew of a layer below may leave the names to it. */
	bool named = entry_has_name(&x->table.entry);
	TRY(set_cells(x));
	if (slice_equal(x->table.entry.id, x->edit->id))
		return found && !x->table.entry.retired && named ? want_name(x) : STATUS_OK;
	return context_fail(x->context, STATUS_USAGE, "an id cannot be changed",
		"un identifiant ne se change pas");
}

/* A concept of a layer below is taken back by saying so. */
static status
remove_concept(editor *x)
{
	bool found;

	TRY(find(x, &found));
	TRY(store_remove(x->store, x->edit->id, x->edit->by, &found));
	if (!x->edit->over)
		return STATUS_OK;
	entry_clear(&x->table.entry);
	TRY(entry_set_id(&x->table.entry, x->edit->id));
	x->table.entry.retired = true;
	TRY(entry_close(&x->table.entry));
	return store_put(x->store, &x->table.entry, x->edit->by);
}

static status
run(editor *x)
{
	TRY(store_begin(x->store));
	if (x->edit->kind == EDIT_REMOVE) {
		TRY(remove_concept(x));
		return store_commit(x->store);
	}
	TRY(x->edit->kind == EDIT_ADD ? add(x) : change(x));
	TRY(store_put(x->store, &x->table.entry, x->edit->by));
	return store_commit(x->store);
}

/* Who met another writer looks again at what is there now. */
static status
run_until_done(editor *x)
{
	status done = run(x);

	for (int i = 0; i < MEETINGS_MOST && done != STATUS_OK && store_contended(x->store);
		i++) {
		store_rollback(x->store);
		entry_clear(&x->table.entry);
		TRY(entry_close(&x->table.entry));
		done = run(x);
	}
	return done;
}

status
edit_apply(store *s, context *c, const edit *e, arena *keep, slice *id)
{
	editor x = { .store = s, .context = c, .edit = e };

	x.sink = (exchange_sink){ .user = &x, .refuse = refuse };
	x.in = (exchange_input){ .context = c, .stream = &x.none, .sink = &x.sink };
	table_init(&x.table, &x.in);
	entry_init(&x.before, c->memory);
	status done = entry_close(&x.table.entry);
	if (done == STATUS_OK)
		done = run_until_done(&x);
	if (done == STATUS_OK)
		done = arena_copy(keep, e->kind == EDIT_ADD ? x.table.entry.id : e->id, id);
	entry_free(&x.before);
	table_free(&x.table);
	return done;
}
