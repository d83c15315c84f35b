#include "tm/formats/pairs.h"

#include <string.h>

typedef struct reader {
	tm_input *in;
	const pairs_format *format;
	inline_reader inlines;
	tm_unit segments[BITEXT_SEGMENTS]; /* of the unit, each in side 0 */
	size_t count;
	tm_unit unit;
	arena kept; /* of the unit */
	arena file_kept;
	slice id, context, note, file;
	buffer notes;
	tm_place place;
} reader;

static status
on_unit(void *user, stream_place at)
{
	reader *r = user;

	arena_reset(&r->kept);
	r->count = 0;
	r->id = r->context = SLICE("");
	buffer_clear(&r->notes);
	r->place = at;
	return STATUS_OK;
}

static status
on_fact(void *user, bitext_fact kind, slice value)
{
	reader *r = user;

	switch (kind) {
	case BITEXT_ID:
		return arena_copy(&r->kept, value, &r->id);
	case BITEXT_CONTEXT:
		return arena_copy(&r->kept, value, &r->context);
	case BITEXT_FILE:
		arena_reset(&r->file_kept);
		return arena_copy(&r->file_kept, value, &r->file);
	case BITEXT_NOTE:
		buffer_put(&r->notes, value);
		buffer_put_char(&r->notes, '\0');
		return r->notes.status;
	case BITEXT_SEGMENT:
	case BITEXT_KEEP:
	case BITEXT_ROW:
		break;
	}
	return STATUS_OK;
}

static status
on_segment(void *user, slice tag, bool exact)
{
	reader *r = user;
	tm_unit *u = &r->segments[r->count];

	(void)exact;
	arena_reset(&u->kept); /* nothing else of it is used but side 0 */
	inline_begin(&r->inlines);
	return tm_unit_set(u, &u->side[0].language, tag);
}

static status
on_text(void *user, slice s, bitext_bytes at)
{
	reader *r = user;
	status done = inline_text(&r->inlines, s);

	(void)at;
	return done == STATUS_LIMIT
		       ? tm_refuse_file(r->in, r->place,
				 tm_either(r->in, "a segment too long", "un segment trop long"))
		       : done;
}

static status
on_start(void *user, const bitext_code *what, const char *name, const char **attributes,
	bitext_bytes at)
{
	reader *r = user;

	(void)what;
	return r->format->names == NULL ? on_text(r, slice_of(name), at)
					: inline_start(&r->inlines, name, attributes);
}

static status
on_end(void *user, const char *name, bitext_bytes at)
{
	reader *r = user;

	(void)at;
	return r->format->names == NULL ? STATUS_OK : inline_end(&r->inlines, name);
}

static status
on_segment_end(void *user, bitext_bytes content)
{
	reader *r = user;

	(void)content;
	return inline_give(&r->inlines, &r->segments[r->count++], TM_SOURCE);
}

/* ---- a unit ---- */

static status
leave_out(reader *r, const char *en, const char *fr)
{
	const tm_sink *sink = r->in->sink;

	return sink->refuse(sink->user, r->place, tm_either(r->in, en, fr));
}

static status
add_items(reader *r, const bitext_pair *x)
{
	slice rest = buffer_slice(&r->notes), note;
	tm_unit *u = &r->unit;

	if (x->state_name.n != 0)
		TRY(tm_unit_add_item(u, (tm_item){ TM_OF_TARGET, TM_ATTRIBUTE, SLICE("state"),
						x->state_name, SLICE("") }));
	if (r->format->context != NULL && r->context.n != 0)
		TRY(tm_unit_add_item(
			u, (tm_item){ TM_OF_UNIT, TM_PROPERTY, slice_of(r->format->context),
				   r->context, SLICE("") }));
	while (rest.n != 0) {
		(void)slice_cut(rest, '\0', &note, &rest);
		TRY(tm_unit_add_item(
			u, (tm_item){ TM_OF_UNIT, TM_NOTE, SLICE(""), note, SLICE("") }));
	}
	return STATUS_OK;
}

static slice or (slice a, slice b)
{
	return a.n != 0 ? a : b;
}

/* A side is lent to the unit, not copied: codes, too. */
static void
lend(tm_unit *to, tm_side side, const tm_unit *from, slice tag)
{
	to->side[side] = from->side[0];
	to->side[side].language = tag;
}

static status
fill(reader *r, const bitext_pair *x)
{
	const tm_unit *source = &r->segments[x->source], *target = &r->segments[x->target];
	bool is_id = r->format->context == NULL;
	tm_unit *u = &r->unit;
	slice said = source->side[0].language, wanted = r->in->source;
	slice from = r->format->silent ? or (wanted, said) : or (said, wanted);
	slice to = or (target->side[0].language, or (r->in->target, SLICE("fr")));

	arena_reset(&u->kept);
	u->items.n = 0;
	u->id = is_id ? or (r->context, r->id) : r->id;
	u->document = r->file;
	lend(u, TM_SOURCE, source, or (from, SLICE("en")));
	lend(u, TM_TARGET, target, to);
	return add_items(r, x);
}

static status
on_pair(void *user, const bitext_pair *x)
{
	reader *r = user;
	const tm_sink *sink = r->in->sink;
	const tm_unit *u = &r->unit;

	if (x->last)
		r->count = 0;
	if (x->target == BITEXT_NONE || r->segments[x->source].side[0].text.n == 0 ||
		r->segments[x->target].side[0].text.n == 0)
		return leave_out(r, "no translation", "pas de traduction");
	if (x->state == PAIR_DRAFT && !r->format->drafts)
		return leave_out(r, "fuzzy", "à revoir (fuzzy)");
	TRY(fill(r, x));
	if (!tm_same_language(u->side[0].language, r->in->source) ||
		!tm_same_language(u->side[1].language, r->in->target))
		return leave_out(r, "of other languages", "dans d’autres langues");
	return sink->take(sink->user, u, r->place);
}

static status
on_unit_end(void *user)
{
	(void)user;
	return STATUS_OK;
}

status
pairs_read(tm_input *in, const pairs_format *f)
{
	static const bitext_events events = { on_unit, on_fact, on_segment, on_text, on_start,
		on_end, on_segment_end, on_pair, on_unit_end, NULL };
	const memory *m = in->context->memory;
	reader *r = memory_alloc(m, sizeof(*r));
	bitext_input given = { in->stream, false, &events, r };

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->in = in;
	r->format = f;
	inline_init(&r->inlines, m, f->names, in->context->limits.paragraph);
	for (size_t i = 0; i < BITEXT_SEGMENTS; i++)
		tm_unit_init(&r->segments[i], m);
	tm_unit_init(&r->unit, m);
	arena_init(&r->kept, m);
	arena_init(&r->file_kept, m);
	buffer_init(&r->notes, m, in->context->limits.paragraph);
	status done = f->read(&given);
	inline_free(&r->inlines);
	for (size_t i = 0; i < BITEXT_SEGMENTS; i++)
		tm_unit_free(&r->segments[i]);
	r->unit.side[TM_SOURCE] = r->unit.side[TM_TARGET] = (tm_segment){ 0 };
	tm_unit_free(&r->unit);
	arena_free(&r->kept);
	arena_free(&r->file_kept);
	buffer_free(&r->notes);
	memory_free(m, r);
	return done;
}
