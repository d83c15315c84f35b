#include "termbase/import.h"

#include <stdio.h>
#include <string.h>

#include "termbase/recode.h"

#define PROGRESS_EVERY 1000 /* concepts */
#define COPIES_MOST 1000    /* concepts of one name in a table without ids */
#define AHEAD 250           /* concepts that are read before a far store is asked for them */

/* Keys of 64 bits, each with a text; open addressing, power of two. Key 0 is an empty slot. */
typedef struct key_slot {
	uint64_t key;
	const char *text; /* on the arena */
} key_slot;

typedef struct key_map {
	const memory *memory;
	key_slot *slots;
	size_t count, size;
} key_map;

typedef struct waiting { /* a concept that was read and not taken yet */
	entry entry;
	exchange_place at;
} waiting;

typedef struct importer {
	context *context;
	store *store;
	const import_options *options;
	stream *stream;
	import_counts counts;
	uint64_t read;
	arena ids;
	key_map names; /* of the concepts there are: names in both languages -> id */
	key_map taken; /* ids that this import has given */
	entry before, copy;
	buffer difference;
	waiting *ahead; /* NULL: the store is near, each concept is taken at once */
	size_t ahead_n;
} importer;

/* --- keys --- */

static key_slot *
slot_of(const key_map *m, uint64_t key)
{
	size_t i = (size_t)(key ^ key >> 32) & (m->size - 1);

	while (m->slots[i].key != 0 && m->slots[i].key != key)
		i = (i + 1) & (m->size - 1);
	return &m->slots[i];
}

static const char *
find_key(const key_map *m, uint64_t key)
{
	return m->size == 0 ? NULL : slot_of(m, key)->text;
}

static status
grow(key_map *m)
{
	key_map bigger = { .memory = m->memory, .size = m->size == 0 ? 1024 : 2 * m->size };

	bigger.slots = memory_alloc(m->memory, bigger.size * sizeof(*bigger.slots));
	if (bigger.slots == NULL)
		return STATUS_MEMORY;
	memset(bigger.slots, 0, bigger.size * sizeof(*bigger.slots));
	bigger.count = m->count;
	for (size_t i = 0; i < m->size; i++)
		if (m->slots[i].key != 0)
			*slot_of(&bigger, m->slots[i].key) = m->slots[i];
	memory_free(m->memory, m->slots);
	*m = bigger;
	return STATUS_OK;
}

/* The first text of a key stays. */
static status
add_key(importer *k, key_map *m, uint64_t key, slice text)
{
	slice kept;

	if ((m->count + 1) * 2 > m->size)
		TRY(grow(m));
	key_slot *slot = slot_of(m, key);
	if (slot->key != 0)
		return STATUS_OK;
	TRY(arena_copy(&k->ids, text, &kept));
	*slot = (key_slot){ key, kept.p };
	m->count++;
	return STATUS_OK;
}

static uint64_t
id_key(slice id)
{
	uint64_t h = slice_hash(id);

	return h == 0 ? 1 : h;
}

/* --- what is there --- */

static status
note_name(void *user, uint64_t key, slice id)
{
	importer *k = user;

	return add_key(k, &k->names, key, id);
}

/* --- concepts --- */

static status
skip(importer *k, exchange_place at, const char *en, const char *fr, slice what)
{
	char why[256];

	snprintf(why, sizeof(why), k->context->ui == LANGUAGE_FR ? fr : en,
		what.n > 80 ? 80 : (int)what.n, what.p);
	k->counts.skipped++;
	return k->options->skipped == NULL ? STATUS_OK
					   : k->options->skipped(k->options->user, at, why);
}

static status
put(importer *k, const entry *e)
{
	bool found;

	TRY(store_get(k->store, e->id, &k->before, &found));
	buffer_clear(&k->difference);
	if (found)
		store_difference(&k->difference, &k->before, e);
	TRY(k->difference.status);
	TRY(add_key(k, &k->taken, id_key(e->id), SLICE("")));
	if (found && k->difference.n == 0 && k->before.retired == e->retired) {
		k->counts.same++;
		return STATUS_OK;
	}
	TRY(store_put(k->store, e, k->options->by));
	k->counts.added += !found;
	k->counts.changed += found;
	uint64_t key = store_names_key(e);
	return key == 0 ? STATUS_OK : note_name(k, key, e->id);
}

/* The same name as a row before, and no ids in the table: it gets one that is free. */
static status
put_renamed(importer *k, const entry *e, exchange_place at)
{
	char id[2100];

	for (unsigned n = 2; n < COPIES_MOST; n++) {
		int bytes = snprintf(id, sizeof(id), "%.*s (%u)", SLICE_ARG(e->id), n);
		slice name = { id, bytes < 0 ? 0 : (size_t)bytes };
		if (name.n == 0 || name.n >= sizeof(id))
			break;
		if (find_key(&k->taken, id_key(name)) != NULL)
			continue;
		TRY(entry_copy(&k->copy, e));
		TRY(entry_set_id(&k->copy, name));
		return put(k, &k->copy);
	}
	return skip(k, at, "too many concepts are called \"%.*s\"",
		"trop de notions s’appellent «\u00A0%.*s\u00A0»", e->id);
}

static bool
is_named_by_its_term(const entry *e)
{
	return e->terms.n != 0 && slice_equal(e->id, e->terms.at[0].text);
}

static status
show_progress(const importer *k)
{
	if (k->options->progress == NULL || k->read % PROGRESS_EVERY != 0)
		return STATUS_OK;
	return k->options->progress(
		k->options->user, k->stream->taken, k->stream->size, k->read);
}

static status
end_part(const importer *k)
{
	if (k->options->part == 0 || k->read % k->options->part != 0)
		return STATUS_OK;
	TRY(store_commit(k->store));
	return store_begin(k->store);
}

static status
take_now(importer *k, const entry *e, exchange_place at)
{
	uint64_t key = store_names_key(e);
	bool again = find_key(&k->taken, id_key(e->id)) != NULL;

	k->read++;
	TRY(show_progress(k));
	TRY(end_part(k));
	const char *other = key == 0 ? NULL : find_key(&k->names, key);
	/* What an earlier import of this file called "name (2)" is not another concept. */
	bool renamed = again && other != NULL && is_named_by_its_term(e) &&
		       find_key(&k->taken, id_key(slice_of(other))) == NULL;
	if (other != NULL && !renamed && (again || !slice_is(e->id, other)))
		return skip(k, at, "the names are those of the concept \"%.*s\"",
			"les noms sont ceux de la notion «\u00A0%.*s\u00A0»", slice_of(other));
	if (!again)
		return put(k, e);
	if (is_named_by_its_term(e))
		return put_renamed(k, e, at);
	return skip(k, at, "the id \"%.*s\" was given before in this file",
		"l’identifiant «\u00A0%.*s\u00A0» figure plus haut dans ce fichier", e->id);
}

static status
take_waiting(importer *k)
{
	slice ids[AHEAD];
	size_t n = k->ahead_n;

	k->ahead_n = 0;
	for (size_t i = 0; i < n; i++)
		ids[i] = k->ahead[i].entry.id;
	if (n != 0)
		TRY(store_expect(k->store, ids, n));
	for (size_t i = 0; i < n; i++)
		TRY(take_now(k, &k->ahead[i].entry, k->ahead[i].at));
	return STATUS_OK;
}

static status
take(void *user, const entry *e, exchange_place at)
{
	importer *k = user;

	if (k->ahead == NULL)
		return take_now(k, e, at);
	waiting *w = &k->ahead[k->ahead_n];
	TRY(entry_copy(&w->entry, e));
	w->at = at;
	return ++k->ahead_n < AHEAD ? STATUS_OK : take_waiting(k);
}

/* What is told stays in the order of the file. */
static status
refuse(void *user, exchange_place at, const char *why)
{
	importer *k = user;

	TRY(take_waiting(k));
	k->counts.skipped++;
	return k->options->skipped == NULL ? STATUS_OK
					   : k->options->skipped(k->options->user, at, why);
}

static status
remark(void *user, const char *key, slice value)
{
	importer *k = user;

	return store_set_meta(k->store, key, value);
}

static void
mapped(void *user, slice column, const char *taken_for)
{
	const importer *k = user;

	if (k->options->mapped != NULL)
		k->options->mapped(k->options->user, column, taken_for);
}

/* --- files --- */

static status
find_format(const importer *k, const char *path, const exchange **out)
{
	slice head;

	TRY(stream_peek(k->stream, &head));
	*out = k->options->format != NULL ? k->options->format
					  : exchange_for(slice_of(path), head);
	if (*out != NULL && (*out)->read != NULL)
		return STATUS_OK;
	return context_fail(k->context, STATUS_FORMAT,
		"%s: not a termbase in a format that paraph reads",
		"%s\u00A0: pas une base terminologique d’un format que paraph lit", path);
}

/* XML says what it is in; tables are recoded. */
static status
recode_table(importer *k, const char *path, const exchange *format, buffer *text)
{
	static const char *const tables[] = { "csv", "tsv", NULL };
	const char *from = NULL;

	if (!slice_is_one_of(slice_of(format->name), tables))
		return STATUS_OK;
	TRY(recode(k->context, path, text, &from));
	if (from == NULL)
		return STATUS_OK;
	if (k->options->recoded != NULL)
		k->options->recoded(k->options->user, from);
	stream_close(k->stream);
	stream_of_bytes(k->stream, k->context, path, buffer_slice(text));
	return STATUS_OK;
}

static status
read_with(importer *k, const exchange *format, exchange_input *in)
{
	TRY(store_each_name(k->store, note_name, k));
	TRY(store_begin(k->store));
	TRY(format->read(in));
	TRY(take_waiting(k));
	return store_commit(k->store);
}

static status
run(importer *k, const char *path)
{
	const exchange *format;
	buffer text;
	exchange_sink sink = { k, take, refuse, remark };
	exchange_input in = { .context = k->context,
		.stream = k->stream,
		.sink = &sink,
		.columns = k->options->columns,
		.mapped = mapped };

	TRY(find_format(k, path, &format));
	buffer_init(&text, k->context->memory, k->context->limits.output);
	status done = recode_table(k, path, format, &text);
	if (done == STATUS_OK)
		done = read_with(k, format, &in);
	buffer_free(&text);
	return done;
}

static status
look_ahead(importer *k)
{
	const memory *m = k->context->memory;

	if (!store_is_far(k->store))
		return STATUS_OK;
	k->ahead = memory_alloc(m, AHEAD * sizeof(*k->ahead));
	if (k->ahead == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < AHEAD; i++)
		entry_init(&k->ahead[i].entry, m);
	return STATUS_OK;
}

static void
free_ahead(importer *k)
{
	for (size_t i = 0; k->ahead != NULL && i < AHEAD; i++)
		entry_free(&k->ahead[i].entry);
	memory_free(k->context->memory, k->ahead);
}

status
import_file(
	store *into, context *c, const char *path, const import_options *o, import_counts *out)
{
	stream s;
	importer k = { .context = c, .store = into, .options = o, .stream = &s };

	*out = (import_counts){ 0 };
	TRY(stream_open(&s, c, path));
	k.names.memory = k.taken.memory = c->memory;
	arena_init(&k.ids, c->memory);
	entry_init(&k.before, c->memory);
	entry_init(&k.copy, c->memory);
	buffer_init(&k.difference, c->memory, c->limits.output);
	status done = look_ahead(&k);
	if (done == STATUS_OK)
		done = run(&k, path);
	*out = k.counts;
	free_ahead(&k);
	buffer_free(&k.difference);
	entry_free(&k.copy);
	entry_free(&k.before);
	arena_free(&k.ids);
	memory_free(c->memory, k.names.slots);
	memory_free(c->memory, k.taken.slots);
	stream_close(&s);
	return done;
}
