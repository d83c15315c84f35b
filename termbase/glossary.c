#include "termbase/glossary.h"

#include <string.h>

#include "termbase/exchange.h"

#define CONCEPTS_MAX 4000000u
#define TERMS_MAX 16000000u

void
glossary_init(glossary *g, const memory *m)
{
	*g = (glossary){ .memory = m };
	arena_init(&g->text, m);
}

void
glossary_free(glossary *g)
{
	ARRAY_FREE(g->memory, &g->concepts);
	ARRAY_FREE(g->memory, &g->terms);
	ARRAY_FREE(g->memory, &g->hidden);
	arena_free(&g->text);
}

/* --- from entries --- */

static status
add_term(glossary *g, const entry *e, uint32_t i)
{
	language l = entry_language(e->sections.at[e->terms.at[i].section].language);
	glossary_concept *owner = &g->concepts.at[g->concepts.n - 1];
	slice text;

	if (l == LANGUAGE_OTHER)
		return STATUS_OK;
	if (g->terms.n >= TERMS_MAX)
		return STATUS_LIMIT;
	TRY(arena_copy(&g->text, e->terms.at[i].text, &text));
	TRY(ARRAY_RESERVE(g->memory, &g->terms, 1));
	g->terms.at[g->terms.n++] = (glossary_term){ .text = text,
		.concept = (uint32_t)(g->concepts.n - 1),
		.language = (uint8_t)l,
		.status = (uint8_t)entry_term_status(e, i),
		.flags = entry_term_flags(e, i) };
	owner->term_count++;
	return STATUS_OK;
}

/* Gender and article of the first French term that has them. */
static status
read_grammar(glossary *g, const entry *e, glossary_concept *k)
{
	for (uint32_t i = 0; i < e->terms.n; i++) {
		slice tag = e->sections.at[e->terms.at[i].section].language;
		if (entry_language(tag) != LANGUAGE_FR)
			continue;
		if (k->gender == 0)
			k->gender = entry_term_gender(e, i);
		if (k->article.n == 0)
			TRY(arena_copy(&g->text, entry_value(e, OWNER_TERM(i), "x-article"),
				&k->article));
	}
	return STATUS_OK;
}

static status
add_concept(glossary *g, const entry *e)
{
	glossary_concept k = { .term = (uint32_t)g->terms.n,
		.evidence = (uint8_t)entry_evidence(e) };
	entry_owner all = OWNER_CONCEPT;

	if (g->concepts.n >= CONCEPTS_MAX)
		return STATUS_LIMIT;
	TRY(arena_copy(&g->text, e->id, &k.id));
	TRY(arena_copy(&g->text, entry_value(e, all, "subjectField"), &k.subject));
	TRY(arena_copy(&g->text, entry_value(e, all, "source"), &k.source));
	TRY(arena_copy(&g->text, entry_value(e, all, "note"), &k.note));
	TRY(read_grammar(g, e, &k));
	TRY(ARRAY_RESERVE(g->memory, &g->concepts, 1));
	g->concepts.at[g->concepts.n++] = k;
	for (uint32_t i = 0; i < e->terms.n; i++)
		TRY(add_term(g, e, i));
	return STATUS_OK;
}

status
glossary_add(glossary *g, const entry *e)
{
	size_t concepts = g->concepts.n, terms = g->terms.n;
	status s = e->retired ? STATUS_OK : add_concept(g, e);

	if (s != STATUS_OK) {
		g->concepts.n = concepts;
		g->terms.n = terms;
	}
	return s;
}

/* --- from files --- */

typedef struct filling {
	glossary *glossary;
	context *context;
	const char *name;
} filling;

static status
refuse(void *user, exchange_place at, const char *why)
{
	filling *f = user;

	return exchange_refuse(f->context, f->name, at, why);
}

/* Nothing is below what ships: a name cannot be left to another layer. */
static status
take(void *user, const entry *e, exchange_place at)
{
	filling *f = user;

	if (!e->retired && !entry_has_name(e))
		return refuse(user, at,
			f->context->ui == LANGUAGE_FR ? "pas de terme préféré"
						      : "no preferred term");
	return glossary_add(f->glossary, e);
}

static status
read_stream(glossary *g, context *c, stream *s)
{
	filling f = { g, c, s->name };
	exchange_sink sink = { .user = &f, .take = take, .refuse = refuse };
	exchange_input in = { .context = c, .stream = s, .sink = &sink };
	size_t concepts = g->concepts.n, terms = g->terms.n;

	status done = exchange_named(SLICE("tsv"))->read(&in);
	if (done != STATUS_OK) {
		g->concepts.n = concepts;
		g->terms.n = terms;
	}
	return done;
}

status
glossary_read(glossary *g, context *c, const char *name, slice bytes)
{
	stream s;

	stream_of_bytes(&s, c, name, bytes);
	status done = read_stream(g, c, &s);
	stream_close(&s);
	return done;
}

/* Slots of a hash set over concept ids; 0 is empty. */
static status
find_duplicate(const glossary *g, uint32_t *slots, size_t mask, slice *out)
{
	for (size_t i = 0; i < g->concepts.n; i++) {
		slice id = g->concepts.at[i].id;
		size_t at = slice_hash(id) & mask;
		for (; slots[at] != 0; at = (at + 1) & mask)
			if (slice_equal(g->concepts.at[slots[at] - 1].id, id)) {
				*out = id;
				return STATUS_FORMAT;
			}
		slots[at] = (uint32_t)i + 1;
	}
	return STATUS_OK;
}

status
glossary_check(const glossary *g, context *c)
{
	size_t size = 16;
	slice id = { 0 };

	while (size < 2 * g->concepts.n)
		size *= 2;
	uint32_t *slots = memory_alloc(g->memory, size * sizeof(*slots));
	if (slots == NULL)
		return STATUS_MEMORY;
	memset(slots, 0, size * sizeof(*slots));
	status s = find_duplicate(g, slots, size - 1, &id);
	memory_free(g->memory, slots);
	if (s == STATUS_OK)
		return s;
	return context_fail(c, s, "two concepts have the id \"%.*s\"",
		"deux notions ont l\u2019identifiant «\u00A0%.*s\u00A0»", SLICE_ARG(id));
}
