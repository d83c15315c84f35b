/* Termbases for people and tools: search, records, lists. */
#include "engine/termbases.h"

#include <stdio.h>
#include <string.h>

#include "termbase/personal.h"

static paraph_status
answer(paraph_termbase *t, status done)
{
	char *message = t->context.message;

	if (done != STATUS_OK && message[0] == '\0')
		engine_explain(&t->context, done, message, sizeof(t->context.message));
	return (paraph_status)done;
}

static status
add_project(paraph_termbase *t, const paraph_termbase_options *o)
{
	path_list list;

	TRY(project_find_termbases(&t->context, &t->scratch, o->settings, &list));
	for (size_t i = 0; i < list.n; i++)
		TRY(layers_add(&t->layers, list.at[i], NULL));
	return STATUS_OK;
}

static status
add_layers(paraph_termbase *t, const paraph_termbase_options *o)
{
	char folder[4000], path[PERSONAL_PATH_BYTES];

	if (!o->no_builtin) {
		TRY(engine_data_folder(&t->context, o->data_folder, folder, sizeof(folder)));
		snprintf(path, sizeof(path), "%s/termbase.sqlite", folder);
		TRY(layers_add(&t->layers, path, "paraph"));
	}
	if (o->settings != NULL || o->find_settings)
		TRY(add_project(t, o));
	bool own = personal_path(path);
	for (const char *const *p = o->paths; p != NULL && *p != NULL; p++)
		TRY(layers_add(
			&t->layers, *p, own && strcmp(*p, path) == 0 ? "personal" : NULL));
	return STATUS_OK;
}

paraph_status
paraph_termbase_open(paraph_termbase **out, const paraph_termbase_options *options,
	char *message, size_t message_size)
{
	memory m = engine_memory(options->memory);
	paraph_termbase *t = memory_alloc(&m, sizeof(*t));

	*out = NULL;
	if (t == NULL)
		return PARAPH_MEMORY;
	t->memory = m;
	context_init(&t->context, &t->memory);
	t->context.ui = engine_ui(options->ui);
	layers_init(&t->layers, &t->context);
	arena_init(&t->scratch, &t->memory);
	layered_init(&t->concept, &t->memory);
	paraph_status opened = answer(t, add_layers(t, options));
	if (opened == PARAPH_OK) {
		*out = t;
		return opened;
	}
	if (message != NULL)
		snprintf(message, message_size, "%s", t->context.message);
	paraph_termbase_close(t);
	return opened;
}

void
paraph_termbase_close(paraph_termbase *t)
{
	if (t == NULL)
		return;
	memory m = t->memory;
	layers_free(&t->layers);
	arena_free(&t->scratch);
	layered_free(&t->concept);
	memory_free(&m, t);
}

const char *
paraph_termbase_message(const paraph_termbase *t)
{
	return t->context.message;
}

paraph_status
paraph_termbase_search(paraph_termbase *t, paraph_text question, size_t most,
	paraph_status (*found)(void *user, const paraph_hit *hit), void *user)
{
	search_hit *hits;
	size_t n;

	t->context.message[0] = '\0';
	status done = layers_search(
		&t->layers, &t->scratch, (slice){ question.p, question.n }, most, &hits, &n);
	for (size_t i = 0; i < n && done == STATUS_OK; i++) {
		paraph_hit h = { .concept = engine_text(hits[i].concept),
			.term = engine_text(hits[i].text),
			.language = engine_text(hits[i].language),
			.status = term_status_name(hits[i].status),
			.score = hits[i].score };
		done = (status)found(user, &h);
	}
	arena_reset(&t->scratch);
	return answer(t, done);
}

/* --- records --- */

typedef struct teller {
	paraph_termbase *t;
	paraph_status (*fact)(void *user, const paraph_fact *fact);
	void *user;
} teller;

static status
tell_item(const teller *x, const entry_item *item, slice tag, slice term)
{
	const layered *k = &x->t->concept;
	size_t at = (size_t)(item - k->entry.items.at);
	slice category =
		item->type.n != 0 ? item->type : slice_of(entry_element_name(item->element));
	paraph_fact f = { .language = engine_text(tag),
		.term = engine_text(term),
		.category = engine_text(category),
		.value = engine_text(item->value),
		.target = engine_text(item->target),
		.layer = x->t->layers.of[k->of_items.at[at]].name };

	return (status)x->fact(x->user, &f);
}

static status
tell_items(const teller *x, entry_owner owner, slice tag, slice term)
{
	size_t n;
	const entry_item *items = entry_items(&x->t->concept.entry, owner, &n);

	for (size_t i = 0; i < n; i++)
		TRY(tell_item(x, &items[i], tag, term));
	return STATUS_OK;
}

static status
tell_term(const teller *x, uint32_t i, slice tag)
{
	const layered *k = &x->t->concept;
	slice text = k->entry.terms.at[i].text;
	paraph_fact f = { .language = engine_text(tag),
		.term = engine_text(text),
		.category = engine_text(SLICE("term")),
		.value = engine_text(text),
		.layer = x->t->layers.of[k->of_terms.at[i]].name };

	TRY((status)x->fact(x->user, &f));
	return tell_items(x, OWNER_TERM(i), tag, text);
}

static status
tell_concept(const teller *x)
{
	const entry *e = &x->t->concept.entry;

	TRY(tell_items(x, OWNER_CONCEPT, SLICE(""), SLICE("")));
	for (uint32_t i = 0; i < e->sections.n; i++) {
		slice tag = e->sections.at[i].language;
		TRY(tell_items(x, OWNER_SECTION(i), tag, SLICE("")));
		for (uint32_t k = 0; k < e->terms.n; k++)
			if (e->terms.at[k].section == i)
				TRY(tell_term(x, k, tag));
	}
	return STATUS_OK;
}

static status
tell_retired(const teller *x)
{
	paraph_fact f = { .category = engine_text(SLICE("x-retired")),
		.value = engine_text(SLICE("yes")),
		.layer = x->t->layers.of[x->t->concept.by].name };

	return (status)x->fact(x->user, &f);
}

static status
show(paraph_termbase *t, slice id, const teller *x)
{
	bool found;

	TRY(layers_get(&t->layers, id, &t->concept, &found));
	if (!found)
		return context_fail(&t->context, STATUS_NOT_FOUND,
			"there is no concept \"%.*s\"",
			"il n’y a pas de notion «\u00A0%.*s\u00A0»", SLICE_ARG(id));
	if (t->concept.retired)
		TRY(tell_retired(x));
	return tell_concept(x);
}

paraph_status
paraph_termbase_show(paraph_termbase *t, paraph_text concept,
	paraph_status (*fact)(void *user, const paraph_fact *fact), void *user)
{
	teller x = { t, fact, user };

	t->context.message[0] = '\0';
	return answer(t, show(t, (slice){ concept.p, concept.n }, &x));
}

typedef struct walker {
	paraph_status (*take)(void *user, paraph_text concept);
	void *user;
} walker;

static status
take_one(void *user, const layered *x)
{
	const walker *w = user;

	return (status)w->take(w->user, engine_text(x->entry.id));
}

paraph_status
paraph_termbase_each(
	paraph_termbase *t, paraph_status (*take)(void *user, paraph_text concept), void *user)
{
	walker w = { take, user };

	t->context.message[0] = '\0';
	return answer(t, layers_each(&t->layers, take_one, &w));
}

/* --- history --- */

typedef struct chronicler {
	const char *layer;
	paraph_status (*event)(void *user, const paraph_event *event);
	void *user;
} chronicler;

static status
tell_event(void *user, const store_event *e)
{
	const chronicler *x = user;
	paraph_event told = { .when = engine_text(e->when),
		.who = engine_text(e->who),
		.action = engine_text(e->action),
		.what = engine_text(e->what),
		.layer = x->layer };

	return (status)x->event(x->user, &told);
}

paraph_status
paraph_termbase_history(paraph_termbase *t, paraph_text concept,
	paraph_status (*event)(void *user, const paraph_event *event), void *user)
{
	slice id = { concept.p, concept.n };
	status done = STATUS_OK;

	t->context.message[0] = '\0';
	for (size_t i = 0; i < t->layers.n && done == STATUS_OK; i++) {
		chronicler x = { t->layers.of[i].name, event, user };
		done = store_history(t->layers.of[i].store, id, tell_event, &x);
	}
	return answer(t, done);
}
