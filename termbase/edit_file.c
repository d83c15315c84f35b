#include "termbase/edit_file.h"

#include <unistd.h>

#include "base/file.h"
#include "base/replace.h"
#include "termbase/compile.h"
#include "termbase/edit_table.h"
#include "termbase/edit_tbx.h"
#include "termbase/exchange.h"

typedef struct glossary {
	context *context;
	const char *path;
	const exchange *format;
	const edit *edit;
	file file;
	store *store; /* what it says, and then what it is to say */
	slice id;     /* of the concept */
	row_change row;
	buffer out;
} glossary;

status
edit_file_is_glossary(context *c, const char *path, bool *is)
{
	static const char *const formats[] = { "tsv", "tbx", NULL };
	const exchange *x = exchange_for(slice_of(path), SLICE(""));
	bool is_store;

	*is = false;
	if (x == NULL || !slice_is_one_of(slice_of(x->name), formats))
		return STATUS_OK;
	status looked = compile_is_store(c, path, &is_store);
	*is = looked == STATUS_NOT_FOUND || (looked == STATUS_OK && !is_store);
	return looked == STATUS_NOT_FOUND ? STATUS_OK : looked;
}

/* --- where the row stands --- */

static status
find_row(void *user, const entry *e, exchange_place at)
{
	glossary *g = user;

	if (slice_equal(e->id, g->id))
		g->row.line = at.line;
	return STATUS_OK;
}

static status
pass_over(void *user, exchange_place at, const char *why)
{
	(void)user;
	(void)at;
	(void)why;
	return STATUS_OK;
}

static status
read_rows(glossary *g)
{
	exchange_sink sink = { .user = g, .take = find_row, .refuse = pass_over };
	stream s;
	exchange_input in = { .context = g->context, .stream = &s, .sink = &sink };

	stream_of_bytes(&s, g->context, g->path, g->file.bytes);
	status done = g->format->read(&in);
	stream_close(&s);
	return done;
}

/* --- is it what was meant? --- */

typedef struct comparing {
	store *other;
	entry entry;
	buffer differences;
} comparing;

static status
compare(void *user, const entry *e)
{
	comparing *k = user;
	bool found;

	TRY(store_get(k->other, e->id, &k->entry, &found));
	if (found)
		store_difference(&k->differences, e, &k->entry);
	else
		buffer_put_char(&k->differences, '-');
	return k->differences.status;
}

/* Does the text that is about to be written say what the store says? */
static status
is_same(glossary *g, bool *same)
{
	store_counts wanted, got;
	comparing k = { 0 };

	TRY(compile_bytes(&k.other, g->context, g->path, buffer_slice(&g->out)));
	entry_init(&k.entry, g->context->memory);
	buffer_init(&k.differences, g->context->memory, g->context->limits.output);
	status done = store_count(g->store, &wanted);
	if (done == STATUS_OK)
		done = store_count(k.other, &got);
	if (done == STATUS_OK)
		done = store_each(g->store, compare, &k);
	*same = done == STATUS_OK && k.differences.n == 0 && wanted.concepts == got.concepts;
	buffer_free(&k.differences);
	entry_free(&k.entry);
	store_close(k.other);
	return done;
}

/* --- tables --- */

/* Without an id of its own first: a row is called by its first name. */
static status
write_row(glossary *g, bool *same)
{
	for (int named = g->row.id.n != 0; named <= 1; named++) {
		g->row.id = named ? g->id : SLICE("");
		buffer_clear(&g->out);
		TRY(edit_table(&g->out, g->context->memory, g->file.bytes, &g->row));
		TRY(is_same(g, same));
		if (*same || g->row.remove)
			return STATUS_OK;
	}
	return STATUS_OK;
}

static status
write_table(glossary *g, bool *same)
{
	static const char *const none[] = { NULL };
	const edit *e = g->edit;
	bool over = false;

	TRY(read_rows(g));
	if (e->kind != EDIT_ADD && g->row.line == 0)
		over = e->over;
	g->row.cells = e->kind == EDIT_REMOVE ? none : e->cells;
	g->row.remove = e->kind == EDIT_REMOVE && !over && !e->over;
	g->row.retired = e->kind == EDIT_REMOVE && e->over;
	g->row.anew = e->kind == EDIT_ADD || g->row.retired;
	g->row.id = over || g->row.retired ? g->id : SLICE("");
	return write_row(g, same);
}

/* --- TBX --- */

static bool
has(slice text, slice part)
{
	for (size_t i = 0; i + part.n <= text.n; i++)
		if (memcmp(text.p + i, part.p, part.n) == 0)
			return true;
	return false;
}

/* The style that the file is written in. Elements of DCT need their names declared; where they
 * are not, categories are attributes. */
static tbx_style
style_of(slice bytes)
{
	slice head = slice_sub(bytes, 0, bytes.n < 2000 ? bytes.n : 2000);

	if (has(head, SLICE("<martif")))
		return TBX_V2;
	if (has(head, SLICE("xmlns:min=")) && has(head, SLICE("xmlns:basic=")))
		return TBX_DCT;
	return TBX_DCA;
}

/* Splices inside the concept first; the concept anew where the result says something else. */
static status
write_tbx(glossary *g, bool *same)
{
	tbx_change change = { .id = g->id, .style = style_of(g->file.bytes) };
	entry after;
	bool there, able = true;

	entry_init(&after, g->context->memory);
	status done = store_get(g->store, g->id, &after, &there);
	change.after = there ? &after : NULL;
	for (int whole = 0; whole <= 1 && done == STATUS_OK && able && !*same; whole++) {
		change.whole = whole;
		buffer_clear(&g->out);
		done = edit_tbx(&g->out, g->context, g->file.bytes, &change, &able);
		if (done == STATUS_OK && able)
			done = is_same(g, same);
	}
	entry_free(&after);
	if (done != STATUS_OK || able)
		return done;
	return context_fail(g->context, STATUS_USAGE,
		"%s: only TBX in UTF-8, with a body, can be changed by hand",
		"%s\u00A0: seul un fichier TBX en UTF-8, avec un corps, peut être modifié à la "
		"main",
		g->path);
}

static status
edit_and_write(glossary *g, arena *keep, slice *id)
{
	bool same = false;

	TRY(compile_bytes(&g->store, g->context, g->path, g->file.bytes));
	TRY(edit_apply(g->store, g->context, g->edit, keep, id));
	g->id = *id;
	TRY(slice_is(slice_of(g->format->name), "tsv") ? write_table(g, &same)
						       : write_tbx(g, &same));
	if (same)
		return file_replace(g->context, g->path, buffer_slice(&g->out));
	return context_fail(g->context, STATUS_USAGE,
		"%s: the format has no place for this change; nothing is written",
		"%s\u00A0: le format n’a pas de place pour ce changement\u00A0; rien n’est "
		"écrit",
		g->path);
}

/* What a new glossary begins with. */
static slice
beginning(const exchange *format)
{
	if (slice_is(slice_of(format->name), "tsv"))
		return SLICE("concept\ten\tfr\n");
	return SLICE("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		     "<tbx type=\"TBX-Basic\" style=\"dca\" xml:lang=\"en\" "
		     "xmlns=\"urn:iso:std:iso:30042:ed-2\">\n"
		     "<tbxHeader>\n"
		     "  <fileDesc><sourceDesc><p>paraph</p></sourceDesc></fileDesc>\n"
		     "</tbxHeader>\n<text>\n<body>\n</body>\n</text>\n</tbx>\n");
}

/* The first concept makes the file. A concept that is not there is another thing than a file
 * that is not there. */
static status
open_glossary(glossary *g)
{
	status done = file_open(&g->file, g->context, g->path);

	return done == STATUS_NOT_FOUND ? STATUS_IO : done;
}

/* Another run may make it first: then it is there, and that is all we want. */
static status
make_glossary(glossary *g, bool *made)
{
	*made = false;
	if (g->edit->kind != EDIT_ADD || access(g->path, F_OK) == 0)
		return STATUS_OK;
	status done = file_create(g->context, g->path, beginning(g->format));
	*made = done == STATUS_OK;
	if (*made || access(g->path, F_OK) != 0)
		return done;
	g->context->message[0] = '\0';
	return STATUS_OK;
}

/* Nobody has put anything into the file that we made in vain. */
static bool
is_as_made(const glossary *g)
{
	return slice_equal(g->file.bytes, beginning(g->format));
}

static status
edit_locked(glossary *g, arena *keep, slice *id)
{
	bool made;

	TRY(make_glossary(g, &made));
	int lock = file_lock(g->path);
	status done = open_glossary(g);
	if (done == STATUS_OK)
		done = edit_and_write(g, keep, id);
	if (made && done != STATUS_OK && is_as_made(g))
		unlink(g->path);
	if (lock >= 0)
		close(lock);
	return done;
}

status
edit_file(context *c, const char *path, const edit *e, arena *keep, slice *id)
{
	glossary g = { .context = c, .path = path, .edit = e };

	g.format = exchange_for(slice_of(path), SLICE(""));
	buffer_init(&g.out, c->memory, c->limits.output);
	status done = edit_locked(&g, keep, id);
	buffer_free(&g.out);
	store_close(g.store);
	file_close(&g.file, c->memory);
	return done;
}
