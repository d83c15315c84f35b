/* Translations of several documents that are to agree: the first translation of each passage is
 * kept, by the hashes that bilingual/inconsistent compares within one document, and later
 * documents that have another one are told so. */
#include <stdlib.h>
#include <string.h>

#include "checker/bilingual/inconsistent.h"
#include "checker/rule.h"
#include "engine/engine.h"

#define SLOTS_FIRST 1024
#define KEPT_MOST 4000000 /* passages of all documents */

typedef struct kept {
	uint64_t source, target; /* source 0: the slot is empty */
	slice path, text;        /* of the translation */
} kept;

struct paraph_set {
	paraph_engine *engine;
	context context;
	arena keep, scratch;
	slice path;  /* of the document in hand, kept */
	kept *slots; /* open addressing, power of two */
	size_t mask, count;
};

paraph_set *
paraph_set_open(paraph_engine *engine, paraph_language ui)
{
	paraph_set *s = memory_alloc(&engine->memory, sizeof(*s));

	if (s == NULL)
		return NULL;
	*s = (paraph_set){ .engine = engine };
	context_init(&s->context, &engine->memory);
	s->context.limits = engine->context.limits;
	s->context.ui = engine_ui(ui);
	arena_init(&s->keep, &engine->memory);
	arena_init(&s->scratch, &engine->memory);
	return s;
}

void
paraph_set_close(paraph_set *s)
{
	if (s == NULL)
		return;
	memory m = s->engine->memory;
	memory_free(&m, s->slots);
	arena_free(&s->keep);
	arena_free(&s->scratch);
	memory_free(&m, s);
}

/* --- what is kept --- */

static kept *
slot_of(const paraph_set *s, uint64_t source)
{
	size_t k = (size_t)source & s->mask;

	while (s->slots[k].source != 0 && s->slots[k].source != source)
		k = (k + 1) & s->mask;
	return &s->slots[k];
}

static status
grow(paraph_set *s)
{
	size_t n = s->slots == NULL ? SLOTS_FIRST : 2 * (s->mask + 1);
	kept *old = s->slots, *slots = memory_alloc(&s->engine->memory, n * sizeof(*slots));
	size_t had = old == NULL ? 0 : s->mask + 1;

	if (slots == NULL)
		return STATUS_MEMORY;
	memset(slots, 0, n * sizeof(*slots));
	s->slots = slots;
	s->mask = n - 1;
	for (size_t i = 0; i < had; i++)
		if (old[i].source != 0)
			*slot_of(s, old[i].source) = old[i];
	memory_free(&s->engine->memory, old);
	return STATUS_OK;
}

static slice
text_of(const seen_pairs *p, const seen_pair *x, pair_side k)
{
	return slice_sub(p->document[k]->text, x->at[k].start, x->at[k].end);
}

static status
keep(paraph_set *s, const paraph_result *r, const seen_pair *x)
{
	kept k = { .source = x->hash[PAIR_SOURCE] | 1, .target = x->hash[PAIR_TARGET] };

	if (s->count >= KEPT_MOST)
		return STATUS_OK;
	if (s->slots == NULL || 2 * s->count > s->mask)
		TRY(grow(s));
	kept *slot = slot_of(s, k.source);
	if (slot->source != 0)
		return STATUS_OK;
	TRY(arena_copy(&s->keep, text_of(r->pairs, x, PAIR_TARGET), &k.text));
	if (!slice_equal(s->path, r->document.path))
		TRY(arena_copy(&s->keep, r->document.path, &s->path));
	k.path = s->path;
	*slot = k;
	s->count++;
	return STATUS_OK;
}

/* --- what is said --- */

static status
message_of(paraph_set *s, paraph_result *r, const kept *k, slice *out)
{
	buffer b;

	buffer_init(&b, &s->engine->memory, s->context.limits.output);
	buffer_printf(&b,
		s->context.ui == LANGUAGE_FR
			? "%.*s traduit le même texte source par «\u00A0%.*s\u00A0»"
			: "%.*s translates the same source by “%.*s”",
		SLICE_ARG(k->path), SLICE_ARG(k->text));
	status done = b.status;
	if (done == STATUS_OK)
		done = arena_copy(&r->keep, buffer_slice(&b), out);
	buffer_free(&b);
	return done;
}

static status
compare(paraph_set *s, paraph_result *r, findings *out)
{
	const seen_pairs *p = r->pairs;

	for (size_t i = 0; i < p->n && s->slots != NULL; i++) {
		const seen_pair *x = &p->at[i];
		const kept *k = slot_of(s, x->hash[PAIR_SOURCE] | 1);
		if (k->source == 0 || k->target == x->hash[PAIR_TARGET])
			continue;
		finding f = { .rule = &rule_bilingual_inconsistent,
			.text = x->at[PAIR_TARGET],
			.severity = r->pairs_level,
			.facing = { p->document[PAIR_SOURCE], x->at[PAIR_SOURCE],
				x->at[PAIR_SOURCE], x->at[PAIR_TARGET] } };
		TRY(message_of(s, r, k, &f.message));
		TRY(ARRAY_RESERVE(out->memory, &out->list, 1));
		out->list.at[out->list.n++] = f;
	}
	return STATUS_OK;
}

static int
by_place(const void *left, const void *right)
{
	const report_finding *a = left, *b = right;

	if (a->file.start != b->file.start)
		return a->file.start < b->file.start ? -1 : 1;
	return strcmp(a->rule, b->rule);
}

static int
by_text(const void *left, const void *right)
{
	const finding *a = left, *b = right;

	return a->text.start < b->text.start ? -1 : a->text.start > b->text.start;
}

/* The new findings among those that the result has. */
static status
merge(paraph_set *s, paraph_result *r, findings *more)
{
	check_style style = { 0 };

	TRY(engine_name_findings(r, NULL));
	report_document had = r->view;
	const finding *had_found = r->findings;
	finding *list;
	size_t n = more->list.n;
	qsort(more->list.at, n, sizeof(finding), by_text);
	TRY(engine_keep_findings(r, more, &list));
	status done = engine_resolve(&s->context, NULL, &s->scratch, r, list, n, &style);
	if (done == STATUS_OK)
		done = engine_name_findings(r, NULL);
	report_document new = r->view;
	r->view = had;
	r->findings = had_found;
	TRY(done);
	report_finding *all = ARENA_ARRAY(&r->keep, report_finding, had.count + new.count);
	if (all == NULL)
		return STATUS_MEMORY;
	if (had.count != 0)
		memcpy(all, had.findings, had.count * sizeof(*all));
	memcpy(all + had.count, new.findings, new.count * sizeof(*all));
	qsort(all, had.count + new.count, sizeof(*all), by_place);
	r->view.findings = all;
	r->view.count = had.count + new.count;
	return STATUS_OK;
}

static status
add(paraph_set *s, paraph_result *r)
{
	findings more = { .memory = &s->engine->memory };

	status done = compare(s, r, &more);
	if (done == STATUS_OK && more.list.n != 0)
		done = merge(s, r, &more);
	ARRAY_FREE(&s->engine->memory, &more.list);
	for (size_t i = 0; i < r->pairs->n && done == STATUS_OK; i++)
		done = keep(s, r, &r->pairs->at[i]);
	arena_reset(&s->scratch);
	return done;
}

paraph_status
paraph_set_add(paraph_set *s, paraph_result *r)
{
	return r->pairs == NULL ? PARAPH_OK : (paraph_status)add(s, r);
}
