#include "tm/import.h"

#include "base/xml.h"
#include "text/foreign.h"
#include "text/utf8.h"
#include "tm/work.h"

#define PART 100000         /* units a commit */
#define PROGRESS_EVERY 2000 /* units */
#define PIECE ((size_t)64 << 10)

typedef struct importer {
	tm_store *store;
	stream *stream;
	const tm_import_options *options;
	tm_import_counts *counts;
	tm_unit unit; /* one that is completed */
	uint64_t since_commit, seen;
} importer;

static status
tell_progress(importer *i)
{
	const tm_import_options *o = i->options;

	if (i->seen++ % PROGRESS_EVERY != 0 || o->progress == NULL)
		return STATUS_OK;
	return o->progress(o->user, i->stream->taken, i->stream->size, i->counts->added);
}

static status
complete(importer *i, const tm_unit **u)
{
	const tm_import_options *o = i->options;
	bool document = (*u)->document.n == 0 && o->document.n != 0;
	bool author = (*u)->author.n == 0 && o->author.n != 0;

	if (!document && !author)
		return STATUS_OK;
	TRY(tm_unit_copy(&i->unit, *u));
	if (document)
		TRY(tm_unit_set(&i->unit, &i->unit.document, o->document));
	if (author)
		TRY(tm_unit_set(&i->unit, &i->unit.author, o->author));
	*u = &i->unit;
	return STATUS_OK;
}

/* What was counted as added and was there. */
static void
withdraw(importer *i)
{
	uint64_t n = tm_store_withdrawn(i->store);

	i->counts->added -= n;
	i->counts->same += n;
}

static status
take(void *user, const tm_unit *u, tm_place at)
{
	importer *i = user;
	bool added;

	(void)at;
	TRY(complete(i, &u));
	TRY(tm_store_add(i->store, u, &added));
	i->counts->added += added;
	i->counts->same += !added;
	if (++i->since_commit == PART) {
		i->since_commit = 0;
		TRY(tm_store_commit_part(i->store));
		withdraw(i);
	}
	return tell_progress(i);
}

static status
refuse(void *user, tm_place at, const char *why)
{
	importer *i = user;
	const tm_import_options *o = i->options;

	i->counts->skipped++;
	if (o->skipped != NULL)
		TRY(o->skipped(o->user, at, why));
	return tell_progress(i);
}

static status
read_stream(importer *i, context *c, const char *path)
{
	const tm_import_options *o = i->options;
	const tm_format *format = o->format;
	tm_sink sink = { i, take, refuse };
	tm_input in = { c, i->stream, &sink, o->source, o->target };
	slice head;

	TRY(stream_peek(i->stream, &head));
	if (format == NULL) {
		TRY(foreign_check_memory(c, slice_of(path), head));
		format = tm_format_for(slice_of(path), head);
	}
	if (format == NULL)
		return context_fail(c, STATUS_FORMAT,
			"%s: not a format of translation memories that paraph reads (of a "
			"document: tm import --align, tm pretranslate)",
			"%s\u00A0: pas un format de mémoire de traduction que paraph lise "
			"(d’un document\u00A0: tm import --align, tm pretranslate)",
			path);
	TRY(tm_store_begin(i->store));
	status done = format->read(&in);
	if (done == STATUS_OK)
		done = tm_store_commit(i->store);
	if (done == STATUS_OK)
		withdraw(i);
	else
		tm_store_rollback(i->store);
	return done;
}

status
tm_import(tm_store *s, context *c, const char *path, const tm_import_options *o,
	tm_import_counts *counts)
{
	stream in;
	importer i = { .store = s, .stream = &in, .options = o, .counts = counts };

	*counts = (tm_import_counts){ 0 };
	TRY(stream_open(&in, c, path));
	tm_unit_init(&i.unit, c->memory);
	status done = read_stream(&i, c, path);
	stream_close(&in);
	tm_unit_free(&i.unit);
	return done == STATUS_OK ? tm_store_tune(s) : done;
}

/* --- out --- */

typedef struct exporter {
	const tm_format *format;
	const tm_filter *filter;
	tm_output out;
	buffer bytes;
	status (*write)(void *user, const char *bytes, size_t n);
	void *user;
	uint64_t units, *lost;
} exporter;

bool
tm_filter_passes(const tm_filter *f, const tm_unit *u)
{
	slice when = u->changed.n != 0 ? u->changed : u->created;
	slice who = u->changer.n != 0 ? u->changer : u->author;
	size_t n = f->until.n < when.n ? f->until.n : when.n;

	return tm_same_language(f->source, u->side[0].language) &&
	       tm_same_language(f->target, u->side[1].language) &&
	       (f->document.n == 0 || slice_starts(u->document, f->document)) &&
	       (f->author.n == 0 || slice_equal(who, f->author)) &&
	       (f->since.n == 0 || slice_compare(when, f->since) >= 0) &&
	       (f->until.n == 0 ||
		       (when.n != 0 && slice_compare(slice_sub(when, 0, n), f->until) <= 0));
}

static status
hand_over(exporter *x)
{
	status done = x->bytes.n == 0 ? STATUS_OK : x->write(x->user, x->bytes.p, x->bytes.n);

	buffer_clear(&x->bytes);
	return done;
}

/* What a damaged file gives may be no text, and codes and attributes no XML: one such unit
 * would make all others unreadable. */
static bool
is_sound(const exporter *x, const tm_unit *u, slice written)
{
	bool xml = x->format->work != NULL && x->format->work->xml;
	bool marked = u->side[0].codes.n + u->side[1].codes.n + u->items.n != 0;
	utf8_facts facts;

	if (utf8_check(written, &facts) != written.n)
		return false;
	return !xml || !marked || xml_is_well_formed(written);
}

static status
export_one(void *user, uint32_t id, const tm_unit *u)
{
	exporter *x = user;
	size_t start = x->bytes.n;

	(void)id;
	if (!tm_filter_passes(x->filter, u))
		return STATUS_OK;
	TRY(x->format->write(&x->out, u));
	if (x->bytes.status == STATUS_OK &&
		!is_sound(x, u, slice_sub(buffer_slice(&x->bytes), start, x->bytes.n))) {
		x->bytes.n = start;
		*x->lost += 1;
		return STATUS_OK;
	}
	x->units++;
	return x->bytes.n > PIECE ? hand_over(x) : STATUS_OK;
}

/* The commonest pair of languages, for the header. */
static status
first_pair(void *user, slice source, slice target, uint64_t units)
{
	arena *keep = ((void **)user)[0];
	tm_output *out = ((void **)user)[1];

	(void)units;
	if (out->source.n != 0)
		return STATUS_OK;
	TRY(arena_copy(keep, source, &out->source));
	return arena_copy(keep, target, &out->target);
}

static status
export_all(exporter *x, tm_store *s, uint64_t *lost)
{
	TRY(x->format->begin(&x->out));
	TRY(tm_store_each(s, lost, export_one, x));
	TRY(x->format->end(&x->out));
	return hand_over(x);
}

status
tm_export(tm_store *s, context *c, const tm_format *format, const tm_filter *filter,
	status (*write)(void *user, const char *bytes, size_t n), void *user, uint64_t *units,
	uint64_t *lost)
{
	exporter x = {
		.format = format, .filter = filter, .write = write, .user = user, .lost = lost
	};
	arena keep;
	void *pair[2] = { &keep, &x.out };

	arena_init(&keep, c->memory);
	buffer_init(&x.bytes, c->memory, c->limits.output);
	x.out = (tm_output){ .context = c, .bytes = &x.bytes };
	status done = tm_store_usual_pairs(s, first_pair, pair);
	if (done == STATUS_OK || done == STATUS_DAMAGED)
		done = export_all(&x, s, lost);
	*units = x.units;
	buffer_free(&x.bytes);
	arena_free(&keep);
	return done;
}
