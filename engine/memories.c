/* Translation memories behind include/paraph.h. */
#include <stdio.h>
#include <string.h>

#include "engine/memories.h"
#include "text/utf8.h"
#include "tm/concordance.h"
#include "tm/duplicates.h"
#include "tm/import.h"
#include "tm/phrases.h"

paraph_status
memory_answer(paraph_tm *t, status done)
{
	if (done != STATUS_OK && t->context.message[0] == '\0')
		engine_explain(
			&t->context, done, t->context.message, sizeof(t->context.message));
	return (paraph_status)done;
}

static slice
slice_from(paraph_text t)
{
	return (slice){ t.n == 0 ? "" : t.p, t.n };
}

/* --- opening --- */

paraph_status
paraph_tm_personal(char *path, size_t size)
{
	char found[PERSONAL_PATH_BYTES];

	if (!personal_path(found))
		return PARAPH_NOT_FOUND;
	char *name = strrchr(found, '/') + 1;
	size_t room = sizeof(found) - (size_t)(name - found);
	if (snprintf(name, room, "memory.paraph-tm") >= (int)room || strlen(found) >= size)
		return PARAPH_NOT_FOUND;
	strcpy(path, found);
	return PARAPH_OK;
}

static status
find_path(paraph_tm *t, const paraph_tm_options *o)
{
	if (o->path != NULL) {
		if (strlen(o->path) >= sizeof(t->path))
			return context_fail(
				&t->context, STATUS_USAGE, "path too long", "chemin trop long");
		strcpy(t->path, o->path);
		return STATUS_OK;
	}
	if (paraph_tm_personal(t->path, sizeof(t->path)) != PARAPH_OK)
		return context_fail(&t->context, STATUS_NOT_FOUND,
			"no home for a memory of one's own: neither XDG_DATA_HOME nor HOME is "
			"set",
			"pas de place pour une mémoire personnelle\u00A0: ni XDG_DATA_HOME ni "
			"HOME "
			"ne sont définis");
	return o->write ? personal_make_folders(&t->context, t->path) : STATUS_OK;
}

static status
note_pair(void *user, slice source, slice target, uint64_t units)
{
	paraph_tm *t = user;

	(void)units;
	if (t->source[0] == '\0' && source.n < sizeof(t->source) &&
		target.n < sizeof(t->target)) {
		memcpy(t->source, source.p, source.n);
		memcpy(t->target, target.p, target.n);
	}
	return STATUS_OK;
}

static status
open_tm(paraph_tm *t, const paraph_tm_options *o)
{
	TRY(find_path(t, o));
	return tm_store_open(&t->store, &t->context, t->path,
		o->write              ? TM_STORE_WRITE
		: o->allow_incomplete ? TM_STORE_READ_REACHABLE
				      : TM_STORE_READ);
}

paraph_status
paraph_tm_open(
	paraph_tm **out, const paraph_tm_options *options, char *message, size_t message_size)
{
	memory m = engine_memory(options->memory);
	paraph_tm *t = memory_alloc(&m, sizeof(*t));

	*out = NULL;
	if (t == NULL)
		return PARAPH_MEMORY;
	memset(t, 0, sizeof(*t));
	t->memory = m;
	t->write = options->write;
	context_init(&t->context, &t->memory);
	t->context.ui = engine_ui(options->ui);
	paraph_status done = memory_answer(t, open_tm(t, options));
	if (done == PARAPH_OK) {
		*out = t;
		return done;
	}
	if (message != NULL)
		snprintf(message, message_size, "%s", t->context.message);
	paraph_tm_close(t);
	return done;
}

void
paraph_tm_close(paraph_tm *t)
{
	if (t == NULL)
		return;
	memory m = t->memory;
	tm_matcher_close(t->met_matcher);
	tm_store_close(t->met);
	segmenter_close(t->segmenter);
	ARRAY_FREE(&t->memory, &t->segments.spans);
	tm_matcher_close(t->matcher);
	tm_store_close(t->store);
	memory_free(&m, t);
}

const char *
paraph_tm_missing(const paraph_tm *t)
{
	return tm_store_missing(t->store);
}

const char *
paraph_tm_message(const paraph_tm *t)
{
	return t->context.message;
}

paraph_tm_unit
memory_unit(const tm_unit *u, uint32_t id)
{
	return (paraph_tm_unit){ .source = engine_text(u->side[0].text),
		.target = engine_text(u->side[1].text),
		.source_language = engine_text(u->side[0].language),
		.target_language = engine_text(u->side[1].language),
		.document = engine_text(u->document),
		.author = engine_text(u->changer.n != 0 ? u->changer : u->author),
		.changed = engine_text(u->changed.n != 0 ? u->changed : u->created),
		.origin = engine_text(u->origin),
		.id = engine_text(u->id),
		.number = id };
}

/* --- in and out --- */

static status
named_format(context *c, const char *name, const tm_format **out)
{
	*out = name == NULL ? NULL : tm_format_named(slice_of(name));
	if (name == NULL || *out != NULL)
		return STATUS_OK;
	return context_fail(c, STATUS_USAGE, "\"%s\" is no format of translation memories",
		"«\u00A0%s\u00A0» n’est pas un format de mémoire de traduction", name);
}

static status
tell_skipped(void *user, tm_place at, const char *why)
{
	const paraph_tm_import *i = user;

	return i->skipped == NULL ? STATUS_OK
				  : (status)i->skipped(i->user, at.line, at.column, why);
}

static status
tell_progress(void *user, uint64_t bytes, uint64_t of, uint64_t units)
{
	const paraph_tm_import *i = user;

	return i->progress == NULL ? STATUS_OK : (status)i->progress(i->user, bytes, of, units);
}

paraph_status
paraph_tm_import_file(paraph_tm *t, const paraph_tm_import *i, paraph_tm_counts *counts)
{
	tm_import_options o = { .source = slice_of(i->source),
		.target = slice_of(i->target),
		.document = slice_of(i->document),
		.author = slice_of(i->author),
		.user = (void *)(uintptr_t)i,
		.skipped = tell_skipped,
		.progress = tell_progress };
	tm_import_counts n = { 0 };

	t->context.message[0] = '\0';
	t->source[0] = '\0';
	status done = named_format(&t->context, i->format, &o.format);
	if (done == STATUS_OK)
		done = tm_import(t->store, &t->context, i->path, &o, &n);
	*counts = (paraph_tm_counts){ n.added, n.same, n.skipped };
	return memory_answer(t, done);
}

/* --- one unit --- */

static status
copy_unit(tm_unit *to, const paraph_tm_unit *u)
{
	const struct {
		slice *field;
		paraph_text value;
	} fields[] = {
		{ &to->side[TM_SOURCE].text, u->source },
		{ &to->side[TM_TARGET].text, u->target },
		{ &to->side[TM_SOURCE].language, u->source_language },
		{ &to->side[TM_TARGET].language, u->target_language },
		{ &to->document, u->document },
		{ &to->author, u->author },
		{ &to->changed, u->changed },
		{ &to->origin, u->origin },
		{ &to->id, u->id },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		TRY(tm_unit_set(to, fields[i].field, slice_from(fields[i].value)));
	return STATUS_OK;
}

static status
judge_unit(context *c, const paraph_tm_unit *u)
{
	const paraph_text texts[] = { u->source, u->target, u->source_language,
		u->target_language, u->document, u->author, u->changed, u->origin, u->id };
	utf8_facts facts;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (utf8_check(slice_from(texts[i]), &facts) != texts[i].n)
			return context_fail(c, STATUS_FORMAT, "not UTF-8 text",
				"ce n’est pas du texte UTF-8");
	for (size_t i = 0; i < 4; i++)
		if (texts[i].n == 0)
			return context_fail(c, STATUS_USAGE,
				"a unit needs a source and a target with their languages",
				"une unité demande une source et une cible avec leurs langues");
	return STATUS_OK;
}

static status
add_unit(paraph_tm *t, const paraph_tm_unit *u, bool *added)
{
	tm_unit unit;

	TRY(judge_unit(&t->context, u));
	tm_unit_init(&unit, t->context.memory);
	status done = copy_unit(&unit, u);
	if (done == STATUS_OK)
		done = tm_store_begin(t->store);
	if (done == STATUS_OK) {
		done = tm_store_add(t->store, &unit, added);
		if (done == STATUS_OK)
			done = tm_store_commit(t->store);
		if (done != STATUS_OK)
			tm_store_rollback(t->store);
		else
			*added = *added && tm_store_withdrawn(t->store) == 0;
	}
	tm_unit_free(&unit);
	return done;
}

paraph_status
paraph_tm_add(paraph_tm *t, const paraph_tm_unit *u, bool *added)
{
	*added = false;
	t->context.message[0] = '\0';
	return memory_answer(t, add_unit(t, u, added));
}

typedef struct writer {
	paraph_status (*write)(void *user, const char *bytes, size_t n);
	void *user;
} writer;

static status
write_piece(void *user, const char *bytes, size_t n)
{
	const writer *w = user;

	return (status)w->write(w->user, bytes, n);
}

paraph_status
paraph_tm_export(paraph_tm *t, const paraph_tm_filter *f, const char *format,
	paraph_status (*write)(void *user, const char *bytes, size_t n), void *user,
	uint64_t *units, uint64_t *lost)
{
	tm_filter filter = { slice_of(f->source), slice_of(f->target), slice_of(f->document),
		slice_of(f->author), slice_of(f->since), slice_of(f->until) };
	const tm_format *x;
	writer w = { write, user };

	*units = *lost = 0;
	t->context.message[0] = '\0';
	status done = named_format(&t->context, format, &x);
	if (done == STATUS_OK && (x == NULL || x->write == NULL))
		done = context_fail(&t->context, STATUS_USAGE,
			"memories are written as tmx or tsv",
			"les mémoires s’écrivent en tmx ou en tsv");
	if (done == STATUS_OK)
		done = tm_export(
			t->store, &t->context, x, &filter, write_piece, &w, units, lost);
	return memory_answer(t, done);
}

const char *
paraph_tm_format_at(size_t i, paraph_language ui, bool *written, const char **summary)
{
	const tm_format *x = tm_format_at(i);

	if (x == NULL)
		return NULL;
	*written = x->write != NULL;
	*summary = engine_ui(ui) == LANGUAGE_FR ? x->summary_fr : x->summary_en;
	return x->name;
}

/* --- questions --- */

/* A damaged index is made anew, once, where the memory may be written. */
static status
mended(paraph_tm *t, status done)
{
	tm_store *other;

	if (done != STATUS_DAMAGED)
		return done;
	if (tm_store_open(&other, &t->context, t->path, TM_STORE_WRITE) != STATUS_OK)
		return done;
	status again = tm_store_reindex(other);
	tm_store_close(other);
	return again;
}

status
memory_matcher(paraph_tm *t, const char **source, const char **target)
{
	if (t->matcher == NULL)
		TRY(tm_matcher_open(&t->matcher, &t->context, t->store));
	if (*source != NULL && *target != NULL)
		return STATUS_OK;
	if (t->source[0] == '\0')
		TRY(tm_store_usual_pairs(t->store, note_pair, t));
	*source = *source != NULL ? *source : t->source;
	*target = *target != NULL ? *target : t->target;
	return STATUS_OK;
}

void
memory_penalty(tm_query *q, const paraph_tm_penalty *p)
{
	q->penalty.machine = p->machine;
	q->penalty.other_author = p->other_author;
	q->penalty.old = p->old;
	q->penalty.other_document = p->other_document;
	q->penalty.author = slice_of(p->author);
	q->penalty.before = slice_of(p->before);
	q->penalty.document = slice_of(p->document);
}

static status
check_query(paraph_tm *t, const paraph_tm_query *q)
{
	if (q->threshold < TM_SCORE_LEAST || q->threshold > TM_SCORE_CONTEXT || q->most < 1 ||
		q->most > 100)
		return context_fail(&t->context, STATUS_USAGE,
			"matches are found from 50 to 101 per cent, 100 of them at most",
			"on trouve des correspondances de 50 à 101\u00A0%%, 100 au plus");
	utf8_facts facts;
	if (utf8_check(slice_from(q->text), &facts) != q->text.n)
		return context_fail(&t->context, STATUS_FORMAT, "the text is not UTF-8",
			"le texte n’est pas en UTF-8");
	return STATUS_OK;
}

static status
find(paraph_tm *t, const paraph_tm_query *q, const tm_match **matches, size_t *n)
{
	const char *source = q->source, *target = q->target;

	TRY(check_query(t, q));
	TRY(memory_matcher(t, &source, &target));
	tm_query x = { .text = slice_from(q->text),
		.source = slice_of(source),
		.target = slice_of(target),
		.previous = slice_from(q->previous),
		.next = slice_from(q->next),
		.threshold = q->threshold,
		.most = q->most };
	memory_penalty(&x, &q->penalty);
	status done = tm_matcher_find(t->matcher, &x, matches, n);
	if (done != STATUS_DAMAGED)
		return done;
	TRY(mended(t, done));
	return tm_matcher_find(t->matcher, &x, matches, n);
}

paraph_status
paraph_tm_find(paraph_tm *t, const paraph_tm_query *q,
	paraph_status (*found)(void *user, const paraph_tm_match *match), void *user)
{
	const tm_match *matches;
	size_t n = 0;

	t->context.message[0] = '\0';
	status done = find(t, q, &matches, &n);
	for (size_t i = 0; i < n && done == STATUS_OK; i++) {
		paraph_tm_match m = { .unit = memory_unit(&matches[i].unit, matches[i].id),
			.score = matches[i].score,
			.plain = matches[i].plain,
			.proposed = engine_text(matches[i].target),
			.carried = matches[i].carried };
		done = (status)found(user, &m);
	}
	return memory_answer(t, done);
}

static paraph_text
piece_text(slice s, const tm_pieces *p, uint32_t i, bool has)
{
	return has ? engine_text(slice_sub(s, p->at[i].start, p->at[i].end))
		   : engine_text(SLICE(""));
}

paraph_status
paraph_tm_difference(paraph_tm *t, paraph_text first, paraph_text second,
	paraph_status (*step)(
		void *user, paraph_change change, paraph_text first, paraph_text second),
	void *user)
{
	slice a = slice_from(first), b = slice_from(second);
	const char *source = "", *target = "";
	const tm_pieces *pa, *pb;
	const tm_steps *steps;

	t->context.message[0] = '\0';
	status done = memory_matcher(t, &source, &target);
	if (done == STATUS_OK)
		done = tm_matcher_difference(t->matcher, a, b, &steps, &pa, &pb);
	if (done != STATUS_OK)
		return memory_answer(t, done);
	for (size_t i = 0; i < steps->list.n && done == STATUS_OK; i++) {
		const tm_step *s = &steps->list.at[i];
		done = (status)step(user, (paraph_change)s->change,
			piece_text(a, pa, s->a, s->change != CHANGE_MORE),
			piece_text(b, pb, s->b, s->change != CHANGE_LESS));
	}
	return memory_answer(t, done);
}

typedef struct teller {
	paraph_status (*found)(void *user, const paraph_tm_occurrence *o);
	void *user;
} teller;

static status
tell_occurrence(void *user, const tm_occurrence *o)
{
	const teller *x = user;
	paraph_tm_place marks[CONCORDANCE_MARKS];

	for (size_t i = 0; i < o->mark_count; i++)
		marks[i] = (paraph_tm_place){ o->marks[i].start, o->marks[i].end };
	paraph_tm_occurrence told = { memory_unit(o->unit, o->id), o->phrase, marks,
		o->mark_count };
	return (status)x->found(x->user, &told);
}

paraph_status
paraph_tm_concordance(paraph_tm *t, paraph_text asked, bool in_target, const char *tag,
	size_t most, paraph_status (*found)(void *user, const paraph_tm_occurrence *o),
	void *user, size_t *total)
{
	tm_concordance q = { slice_from(asked), slice_of(tag),
		in_target ? TM_TARGET : TM_SOURCE, most };
	teller x = { found, user };

	t->context.message[0] = '\0';
	return memory_answer(
		t, tm_concordance_find(t->store, &t->context, &q, tell_occurrence, &x, total));
}

typedef struct phrase_teller {
	paraph_status (*found)(void *user, const paraph_tm_phrase *p);
	void *user;
} phrase_teller;

static status
tell_phrase(void *user, const tm_phrase *p)
{
	const phrase_teller *x = user;
	paraph_tm_phrase told = { .start = p->at.start,
		.end = p->at.end,
		.units = p->units,
		.unit = memory_unit(p->one, 0),
		.source = { p->source.start, p->source.end },
		.target = { p->target.start, p->target.end },
		.likeness = p->likeness };

	return (status)x->found(x->user, &told);
}

paraph_status
paraph_tm_phrases(paraph_tm *t, paraph_text text, const char *source, const char *target,
	paraph_status (*found)(void *user, const paraph_tm_phrase *phrase), void *user)
{
	phrase_teller x = { found, user };
	utf8_facts facts;

	t->context.message[0] = '\0';
	if (utf8_check(slice_from(text), &facts) != text.n)
		return PARAPH_FORMAT;
	status done = memory_matcher(t, &source, &target);
	tm_phrase_query q = { slice_from(text), slice_of(source), slice_of(target),
		PHRASES_MOST };
	if (done == STATUS_OK)
		done = tm_phrases_find(t->store, &t->context, &q, tell_phrase, &x);
	return memory_answer(t, done);
}

/* --- the whole --- */

typedef struct pair_teller {
	paraph_status (*pair)(
		void *user, paraph_text source, paraph_text target, uint64_t units);
	void *user;
} pair_teller;

static status
tell_pair(void *user, slice source, slice target, uint64_t units)
{
	const pair_teller *x = user;

	return (status)x->pair(x->user, engine_text(source), engine_text(target), units);
}

paraph_status
paraph_tm_count(paraph_tm *t, paraph_tm_stats *stats,
	paraph_status (*pair)(
		void *user, paraph_text source, paraph_text target, uint64_t units),
	void *user)
{
	tm_store_counts n = { 0 };
	pair_teller x = { pair, user };

	t->context.message[0] = '\0';
	status done = tm_store_count(t->store, &n);
	*stats = (paraph_tm_stats){ n.units, n.documents, n.bytes };
	if (done == STATUS_OK && pair != NULL)
		done = tm_store_pairs(t->store, tell_pair, &x);
	return memory_answer(t, done);
}

typedef struct conflict_teller {
	paraph_status (*conflict)(void *user, bool first, const paraph_tm_unit *unit);
	void *user;
} conflict_teller;

static status
tell_conflict(void *user, bool first, const tm_unit *u)
{
	const conflict_teller *x = user;
	paraph_tm_unit told = memory_unit(u, 0);

	return (status)x->conflict(x->user, first, &told);
}

paraph_status
paraph_tm_dedupe(paraph_tm *t, bool merge,
	paraph_status (*conflict)(void *user, bool first, const paraph_tm_unit *unit),
	void *user, paraph_tm_duplicates *out)
{
	conflict_teller x = { conflict, user };
	tm_duplicates n;

	t->context.message[0] = '\0';
	status done = tm_find_duplicates(
		t->store, &t->context, merge, conflict == NULL ? NULL : tell_conflict, &x, &n);
	*out = (paraph_tm_duplicates){ n.units, n.sources, n.removed };
	return memory_answer(t, done);
}

paraph_status
paraph_tm_repair(paraph_tm *t, bool *was_mended)
{
	bool index_only;

	*was_mended = false;
	t->context.message[0] = '\0';
	status done = tm_store_verify(t->store, &index_only);
	if (done != STATUS_DAMAGED || !index_only)
		return memory_answer(t, done);
	t->context.message[0] = '\0';
	done = tm_store_reindex(t->store);
	*was_mended = done == STATUS_OK;
	return memory_answer(t, done);
}
