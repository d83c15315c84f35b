/* Termbases in and out: files of exchange into stores, layers into files of exchange. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "engine/termbases.h"
#include "termbase/edit.h"
#include "termbase/edit_file.h"
#include "termbase/import.h"
#include "termbase/lint.h"
#include "termbase/personal.h"

#define PIECE ((size_t)1 << 16) /* bytes handed to the writer at a time */

paraph_status
paraph_termbase_personal(char *path, size_t size)
{
	char found[PERSONAL_PATH_BYTES];

	if (!personal_path(found) || strlen(found) >= size)
		return PARAPH_NOT_FOUND;
	strcpy(path, found);
	return PARAPH_OK;
}

const char *
paraph_termbase_format(const char *path)
{
	const exchange *x = exchange_for(slice_of(path), SLICE(""));

	return x == NULL ? NULL : x->name;
}

const char *
paraph_termbase_format_at(
	size_t i, paraph_language ui, bool *read, bool *written, const char **summary)
{
	const exchange *x = exchange_at(i);

	if (x == NULL)
		return NULL;
	*read = x->read != NULL;
	*written = x->write != NULL;
	*summary = engine_ui(ui) == LANGUAGE_FR ? x->summary_fr : x->summary_en;
	return x->name;
}

static status
find_format(context *c, const char *name, const exchange **out)
{
	*out = name == NULL ? NULL : exchange_named(slice_of(name));
	if (name == NULL || *out != NULL)
		return STATUS_OK;
	return context_fail(c, STATUS_USAGE, "\"%s\" is no format of termbases",
		"«\u00A0%s\u00A0» n’est pas un format de base terminologique", name);
}

/* --- in --- */

static status
tell_skipped(void *user, exchange_place at, const char *why)
{
	const paraph_import *i = user;

	return i->skipped == NULL ? STATUS_OK
				  : (status)i->skipped(i->user, at.line, at.column, why);
}

static void
tell_column(void *user, slice column, const char *taken_for)
{
	const paraph_import *i = user;

	if (i->column != NULL)
		i->column(i->user, engine_text(column), taken_for);
}

static void
tell_encoding(void *user, const char *name)
{
	const paraph_import *i = user;

	if (i->encoding != NULL)
		i->encoding(i->user, name);
}

static status
tell_progress(void *user, uint64_t bytes, uint64_t of, uint64_t concepts)
{
	const paraph_import *i = user;

	return i->progress == NULL ? STATUS_OK
				   : (status)i->progress(i->user, bytes, of, concepts);
}

static void
write_now(char out[32])
{
	time_t now = time(NULL);
	struct tm utc;

	out[0] = '\0';
	if (gmtime_r(&now, &utc) != NULL)
		strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

typedef struct target { /* a store that is written to */
	store *store;
	char path[PERSONAL_PATH_BYTES];
	bool is_new;
} target;

static bool
is_own(const char *path)
{
	char own[PERSONAL_PATH_BYTES];

	return personal_path(own) && strcmp(path, own) == 0;
}

static status
name_target(target *t, context *c, const char *into)
{
	if (into != NULL && strlen(into) < sizeof(t->path)) {
		strcpy(t->path, into);
		return is_own(into) ? personal_make_folders(c, into) : STATUS_OK;
	}
	if (into != NULL)
		return context_fail(c, STATUS_USAGE, "%s: too long a name",
			"%s\u00A0: nom trop long", into);
	if (!personal_path(t->path))
		return context_fail(c, STATUS_NOT_FOUND,
			"no home for a personal termbase: neither XDG_DATA_HOME nor HOME is "
			"set",
			"pas de place pour une base personnelle\u00A0: ni XDG_DATA_HOME ni "
			"HOME "
			"ne sont définis");
	return personal_make_folders(c, t->path);
}

static status
open_target(target *t, context *c, const char *into)
{
	t->store = NULL;
	TRY(name_target(t, c, into));
	t->is_new = !store_is_shared(t->path) && access(t->path, F_OK) != 0;
	return store_open(&t->store, c, t->path, STORE_WRITE);
}

/* What was refused leaves no store behind that nobody wanted. */
static status
close_target(target *t, status done)
{
	store_counts n = { 0 };
	bool vain = done != STATUS_OK && t->is_new && store_count(t->store, &n) == STATUS_OK &&
		    n.concepts == 0;

	store_close(t->store);
	if (vain)
		unlink(t->path);
	return done;
}

/* A path that is mistyped makes no store. */
static status
look_for(context *c, const char *path)
{
	stream s;

	if (strcmp(path, "-") == 0)
		return STATUS_OK;
	TRY(stream_open(&s, c, path));
	stream_close(&s);
	return STATUS_OK;
}

static status
import(context *c, const paraph_import *i, import_counts *counts)
{
	char now[32];
	store_change by = { .who = i->who == NULL ? "" : i->who,
		.when = now,
		.action = "import",
		.brief = true };
	import_options o = { .columns = i->columns,
		.part = i->part,
		.by = &by,
		.user = (void *)(uintptr_t)i,
		.skipped = tell_skipped,
		.mapped = tell_column,
		.recoded = tell_encoding,
		.progress = tell_progress };
	target t;

	write_now(now);
	TRY(find_format(c, i->format, &o.format));
	TRY(look_for(c, i->path));
	TRY(open_target(&t, c, i->into));
	return close_target(&t, import_file(t.store, c, i->path, &o, counts));
}

paraph_status
paraph_termbase_import(const paraph_termbase_options *options, const paraph_import *i,
	paraph_import_counts *out, char *message, size_t message_size)
{
	memory m = engine_memory(options->memory);
	import_counts counts = { 0 };
	context c;

	context_init(&c, &m);
	c.ui = engine_ui(options->ui);
	c.message[0] = '\0';
	status done = import(&c, i, &counts);
	*out = (paraph_import_counts){ counts.added, counts.changed, counts.same,
		counts.skipped };
	if (done != STATUS_OK)
		engine_explain(&c, done, message, message_size);
	return (paraph_status)done;
}

/* --- by hand --- */

typedef struct confirmation {
	paraph_status (*ask)(void *user);
	void *user;
} confirmation;

static status
confirm(void *user)
{
	const confirmation *c = user;

	return (status)c->ask(c->user);
}

static status
apply(context *c, const paraph_edit *e, arena *keep, slice *id)
{
	static const char *const none[] = { NULL };
	static const char *const actions[] = { "add", "edit", "remove" };
	char now[32];
	store_change by = {
		.who = e->who == NULL ? "" : e->who, .when = now, .action = actions[e->kind]
	};
	confirmation asked = { e->confirm, e->user };
	edit one = { .kind = (edit_kind)e->kind,
		.confirm = e->confirm == NULL ? NULL : confirm,
		.user = &asked,
		.id = slice_of(e->concept),
		.cells = e->cells == NULL ? none : e->cells,
		.force = e->force,
		.over = e->over,
		.by = &by };
	bool is_glossary = false;
	target t;

	write_now(now);
	if (e->into != NULL)
		TRY(edit_file_is_glossary(c, e->into, &is_glossary));
	if (is_glossary)
		return edit_file(c, e->into, &one, keep, id);
	TRY(open_target(&t, c, e->into));
	return close_target(&t, edit_apply(t.store, c, &one, keep, id));
}

paraph_status
paraph_termbase_edit(const paraph_termbase_options *options, const paraph_edit *e, char *out,
	size_t size, char *message, size_t message_size)
{
	memory m = engine_memory(options->memory);
	slice id = SLICE("");
	context c;
	arena keep;

	context_init(&c, &m);
	c.ui = engine_ui(options->ui);
	c.message[0] = '\0';
	arena_init(&keep, &m);
	status done = apply(&c, e, &keep, &id);
	if (done != STATUS_OK)
		engine_explain(&c, done, message, message_size);
	else
		snprintf(out, size, "%.*s", SLICE_ARG(id));
	arena_free(&keep);
	return (paraph_status)done;
}

/* --- faults --- */

typedef struct fault_teller {
	paraph_status (*found)(void *user, const paraph_lint *finding);
	void *user;
} fault_teller;

static status
tell_fault(void *user, const lint_finding *f)
{
	static const paraph_severity severities[] = { [LINT_INFO] = PARAPH_INFO,
		[LINT_WARNING] = PARAPH_WARNING,
		[LINT_ERROR] = PARAPH_ERROR };
	const fault_teller *t = user;
	paraph_lint told = { .rule = f->rule,
		.severity = severities[f->level],
		.concept = engine_text(f->concept),
		.line = f->at.line,
		.column = f->at.column,
		.message = f->message };

	return (status)t->found(t->user, &told);
}

/* The layers that a reference may lead into; opened when the first one leaves the file. */
typedef struct surroundings {
	const paraph_termbase_options *options;
	paraph_termbase *layers;
	bool tried;
} surroundings;

/* Layers that cannot be opened have no concepts: what is wrong with them is not the file's. */
static bool
surroundings_have(void *user, slice concept)
{
	surroundings *s = user;
	char message[512];
	bool found = false;

	if (!s->tried && paraph_termbase_open(
				 &s->layers, s->options, message, sizeof(message)) != PARAPH_OK)
		s->layers = NULL;
	s->tried = true;
	return s->layers != NULL &&
	       layers_get(&s->layers->layers, concept, &s->layers->concept, &found) ==
		       STATUS_OK &&
	       found && !s->layers->concept.retired &&
	       entry_has_name(&s->layers->concept.entry);
}

static status
lint(context *c, const paraph_termbase_options *options, const char *path,
	const lint_sink *sink)
{
	surroundings around = { .options = options };
	lint_elsewhere elsewhere = { &around, surroundings_have };
	lexicon *lexicons[LANGUAGES] = { NULL };
	char folder[4096];

	TRY(engine_data_folder(c, options->data_folder, folder, sizeof(folder)));
	status done = engine_open_lexicons(lexicons, c, folder);
	if (done == STATUS_OK)
		done = lint_file(c, path, lexicons, &elsewhere, sink);
	paraph_termbase_close(around.layers);
	for (int i = 0; i < LANGUAGES; i++)
		lexicon_close(lexicons[i]);
	return done;
}

paraph_status
paraph_termbase_lint(const paraph_termbase_options *options, const char *path,
	paraph_status (*found)(void *user, const paraph_lint *finding), void *user,
	char *message, size_t message_size)
{
	memory m = engine_memory(options->memory);
	fault_teller t = { found, user };
	lint_sink sink = { &t, tell_fault };
	context c;

	context_init(&c, &m);
	c.ui = engine_ui(options->ui);
	c.message[0] = '\0';
	status done = lint(&c, options, path, &sink);
	if (done != STATUS_OK)
		engine_explain(&c, done, message, message_size);
	return (paraph_status)done;
}

/* --- out --- */

typedef struct exporter {
	paraph_termbase *t;
	const exchange *format;
	exchange_output out;
	entry retired; /* what a lone layer takes back: an id and nothing else */
	paraph_status (*write)(void *user, const char *bytes, size_t n);
	void *user;
} exporter;

static status
flush(exporter *x, size_t least)
{
	buffer *b = x->out.bytes;

	if (b->status != STATUS_OK || b->n < least || b->n == 0)
		return b->status;
	status done = (status)x->write(x->user, b->p, b->n);
	buffer_clear(b);
	return done;
}

/* What a layer takes back is of use to no one without the layers under it. */
static bool
is_written(const exporter *x, const layered *k)
{
	return !k->retired || x->t->layers.n == 1;
}

static status
entry_of(exporter *x, const layered *k, const entry **out)
{
	*out = &k->entry;
	if (!k->retired)
		return STATUS_OK;
	*out = &x->retired;
	entry_clear(&x->retired);
	x->retired.retired = true;
	TRY(entry_set_id(&x->retired, k->entry.id));
	return entry_close(&x->retired);
}

static status
survey(void *user, const layered *k)
{
	exporter *x = user;
	const entry *e;

	if (!is_written(x, k))
		return STATUS_OK;
	TRY(entry_of(x, k, &e));
	return x->format->survey(&x->out, e);
}

static status
write_one(void *user, const layered *k)
{
	exporter *x = user;

	const entry *e;

	if (!is_written(x, k))
		return STATUS_OK;
	TRY(entry_of(x, k, &e));
	TRY(x->format->write(&x->out, e));
	return flush(x, PIECE);
}

/* What an import of TBX said beside concepts is said again where there is one layer. */
static status
get_remarks(exporter *x, buffer *header, buffer *back)
{
	if (x->t->layers.n != 1)
		return STATUS_OK;
	TRY(store_get_meta(x->t->layers.of[0].store, "tbx.header", header));
	TRY(store_get_meta(x->t->layers.of[0].store, "tbx.back", back));
	x->out.header = buffer_slice(header);
	x->out.back = buffer_slice(back);
	return STATUS_OK;
}

static status
write_all(exporter *x)
{
	layers *l = &x->t->layers;

	if (x->format->survey != NULL)
		TRY(layers_each_from(l, 0, survey, x));
	TRY(x->format->begin(&x->out));
	TRY(layers_each_from(l, 0, write_one, x));
	TRY(x->format->end(&x->out));
	return flush(x, 0);
}

static status export(exporter *x, const char *format)
{
	context *c = &x->t->context;
	buffer bytes, header, back;

	TRY(find_format(c, format, &x->format));
	if (x->format == NULL || x->format->write == NULL)
		return context_fail(c, STATUS_USAGE, "%s: a format that is only read",
			"%s\u00A0: un format qui est seulement lu", format);
	buffer_init(&bytes, c->memory, c->limits.output);
	buffer_init(&header, c->memory, c->limits.output);
	buffer_init(&back, c->memory, c->limits.output);
	x->out = (exchange_output){ .context = c, .bytes = &bytes };
	entry_init(&x->retired, c->memory);
	status done = get_remarks(x, &header, &back);
	if (done == STATUS_OK)
		done = write_all(x);
	entry_free(&x->retired);
	buffer_free(&bytes);
	buffer_free(&header);
	buffer_free(&back);
	return done;
}

paraph_status
paraph_termbase_export(paraph_termbase *t, const char *format,
	paraph_status (*write)(void *user, const char *bytes, size_t n), void *user,
	uint64_t *left_out)
{
	exporter x = { .t = t, .write = write, .user = user };

	t->context.message[0] = '\0';
	status done = export(&x, format);
	*left_out = x.out.left_out;
	if (done != STATUS_OK && t->context.message[0] == '\0')
		engine_explain(
			&t->context, done, t->context.message, sizeof(t->context.message));
	return (paraph_status)done;
}
