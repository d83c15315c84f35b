#include "document/bilingual.h"

#include <string.h>

#include "base/xml.h"
#include "document/builder.h"

typedef struct around {   /* an element around text */
	inline_code code; /* without file: looked through */
	bool kept;        /* is the text before it? */
} around;

typedef struct reader {
	builder b;
	arena *keep;                            /* of the document */
	pair_segment segments[BITEXT_SEGMENTS]; /* of the unit */
	size_t count;
	ARRAY(inline_code) codes; /* of the segment */
	ARRAY(doc_pair) pairs;
	size_t first_pair; /* of the unit */
	slice unit, segment, context, file;
	bool keep_as_is;
	uint32_t row;
	buffer note;
	size_t depth;     /* inside a code that is not text; 0: none */
	inline_code code; /* that is begun */
	ARRAY(around) open;
	bool kept;       /* the text here is not to be translated: no rule sees it */
	slice kept_from; /* id of the mark (sm) that says so up to its end (em) or that of the
			    segment */
} reader;

/* Which block is which segment of which pair: for places. */
typedef struct block_pair {
	uint32_t pair;
	uint32_t side;
} block_pair;

const char *
pair_state_name(pair_state s)
{
	static const char *const names[] = { "untranslated", "draft", "translated", "reviewed",
		"final" };

	return names[s];
}

static span
span_of(bitext_bytes b)
{
	return (span){ (uint32_t)b.at, (uint32_t)(b.at + b.n) };
}

/* ---- segments ---- */

static status
on_unit(void *user, stream_place at)
{
	reader *r = user;

	(void)at;
	r->count = 0;
	r->first_pair = r->pairs.n;
	r->unit = r->segment = r->context = SLICE("");
	r->keep_as_is = false;
	buffer_clear(&r->note);
	return STATUS_OK;
}

static status
on_fact(void *user, bitext_fact kind, slice value)
{
	reader *r = user;

	switch (kind) {
	case BITEXT_ID:
		return arena_copy(r->keep, value, &r->unit);
	case BITEXT_SEGMENT:
		return arena_copy(r->keep, value, &r->segment);
	case BITEXT_CONTEXT:
		return arena_copy(r->keep, value, &r->context);
	case BITEXT_FILE:
		return slice_equal(value, r->file) ? STATUS_OK
						   : arena_copy(r->keep, value, &r->file);
	case BITEXT_KEEP:
		r->keep_as_is = true;
		return STATUS_OK;
	case BITEXT_ROW:
		r->row++;
		return STATUS_OK;
	case BITEXT_NOTE:
		break;
	}
	if (r->note.n != 0)
		buffer_put_char(&r->note, '\n');
	buffer_put(&r->note, value);
	return r->note.status;
}

/* The tag, which most segments of a file share. */
static status
keep_language(reader *r, slice tag, slice *out)
{
	for (size_t i = r->pairs.n > 0 ? r->pairs.n - 1 : 0; i < r->pairs.n; i++)
		for (int k = 0; k < PAIR_SIDES; k++)
			if (slice_equal(r->pairs.at[i].side[k].language, tag)) {
				*out = r->pairs.at[i].side[k].language;
				return STATUS_OK;
			}
	return arena_copy(r->keep, tag, out);
}

static status
on_segment(void *user, slice tag, bool exact)
{
	reader *r = user;
	pair_segment *s = &r->segments[r->count];

	*s = (pair_segment){ .there = true, .block = PAIR_NO_BLOCK };
	r->codes.n = r->open.n = r->depth = 0;
	r->kept = false;
	r->kept_from = SLICE("");
	r->b.white = exact ? WHITE_KEEP : WHITE_LINES;
	TRY(keep_language(r, tag, &s->language));
	return builder_open(&r->b, BLOCK_PARAGRAPH,
		r->keep_as_is ? LANGUAGE_OTHER : document_language_of(tag));
}

static status
on_text(void *user, slice s, bitext_bytes at)
{
	reader *r = user;
	builder *b = &r->b;
	span file = span_of(at);

	if (r->depth != 0 || s.n == 0)
		return STATUS_OK;
	if (r->kept || r->kept_from.n != 0) {
		builder_hole(b, file);
		return STATUS_OK;
	}
	if (at.n == s.n && file.end <= b->in.text.n &&
		memcmp(b->in.text.p + at.at, s.p, s.n) == 0)
		return builder_put(b, file);
	return builder_make_text(b, s, file);
}

static status
add_code(reader *r, inline_code x)
{
	x.at = (uint32_t)r->b.text.n;
	TRY(ARRAY_RESERVE(r->b.context->memory, &r->codes, 1));
	r->codes.at[r->codes.n++] = x;
	return STATUS_OK;
}

static status
id_of(reader *r, const bitext_code *what, const char *name, const char **attributes, slice *out)
{
	const char *id = attributes == NULL   ? name
			 : what->pair == NULL ? NULL
					      : xml_attribute(attributes, what->pair);

	return arena_copy(r->keep, slice_of(id), out);
}

static status
begin_around(reader *r, const bitext_code *what, inline_code x)
{
	if (what != NULL)
		TRY(add_code(r, x));
	else
		x.file = (span){ 0 };
	TRY(ARRAY_RESERVE(r->b.context->memory, &r->open, 1));
	r->open.at[r->open.n++] = (around){ x, r->kept };
	if (what != NULL && what->text != TEXT_AS_AROUND)
		r->kept = what->text == TEXT_KEPT;
	return STATUS_OK;
}

/* <sm id="m1" translate="no"/> … <em startRef="m1"/> */
static void
begin_or_end_kept(reader *r, const bitext_code *what, slice id)
{
	if (what->text == TEXT_KEPT && r->kept_from.n == 0)
		r->kept_from = id;
	else if (what->open == CODE_MARK_END && slice_equal(id, r->kept_from))
		r->kept_from = SLICE("");
}

static status
on_start(void *user, const bitext_code *what, const char *name, const char **attributes,
	bitext_bytes at)
{
	reader *r = user;
	inline_code x = { .file = span_of(at) };

	if (r->depth != 0) {
		r->depth++;
		return STATUS_OK;
	}
	if (what != NULL) {
		x.kind = what->open;
		TRY(id_of(r, what, name, attributes, &x.id));
	}
	if (what != NULL && !what->around) {
		r->depth = 1;
		r->code = x;
		begin_or_end_kept(r, what, x.id);
		return STATUS_OK;
	}
	return begin_around(r, what, x);
}

static status
end_around(reader *r, bitext_bytes at)
{
	if (r->open.n == 0)
		return STATUS_OK;
	inline_code x = r->open.at[--r->open.n].code;
	r->kept = r->open.at[r->open.n].kept;
	if (x.file.end == 0)
		return STATUS_OK;
	x.file = span_of(at);
	x.kind = x.kind == CODE_MARK ? CODE_MARK_END : CODE_CLOSE;
	return add_code(r, x);
}

static status
on_end(void *user, const char *name, bitext_bytes at)
{
	reader *r = user;
	span end = span_of(at);

	(void)name;
	if (r->depth == 0)
		return end_around(r, at);
	if (--r->depth != 0)
		return STATUS_OK;
	if (end.end > r->code.file.end)
		r->code.file.end = end.end;
	if (r->code.kind == CODE_ALONE)
		builder_hole(&r->b, r->code.file);
	return add_code(r, r->code);
}

static status
keep_codes(reader *r, pair_segment *s)
{
	inline_code *copy = ARENA_ARRAY(r->keep, inline_code, r->codes.n);

	if (copy == NULL)
		return STATUS_MEMORY;
	if (r->codes.n != 0)
		memcpy(copy, r->codes.at, r->codes.n * sizeof(*copy));
	s->codes = copy;
	s->code_count = r->codes.n;
	return STATUS_OK;
}

static status
on_segment_end(void *user, bitext_bytes content)
{
	reader *r = user;
	pair_segment *s = &r->segments[r->count++];

	s->file = span_of(content);
	if (r->codes.n != 0)
		TRY(keep_codes(r, s));
	TRY(builder_close(&r->b, &s->block));
	if (s->block != PAIR_NO_BLOCK)
		s->text = r->b.blocks.at[s->block].text;
	return STATUS_OK;
}

static slice
text_of(const reader *r, span s)
{
	return slice_sub(buffer_slice(&r->b.text), s.start, s.end);
}

/* A target that repeats its source is in the language of the source. */
static void
doubt_language(reader *r, const doc_pair *p)
{
	const pair_segment *a = &p->side[PAIR_SOURCE], *b = &p->side[PAIR_TARGET];

	if (a->block == PAIR_NO_BLOCK || b->block == PAIR_NO_BLOCK || p->keep ||
		r->b.blocks.at[a->block].language == r->b.blocks.at[b->block].language ||
		!slice_equal(text_of(r, a->text), text_of(r, b->text)))
		return;
	r->b.blocks.at[b->block].language = r->b.blocks.at[a->block].language;
}

static status
on_pair(void *user, const bitext_pair *x)
{
	reader *r = user;
	uint32_t place = (uint32_t)x->place;
	doc_pair p = { .side = { r->segments[x->source],
			       { .file = { place, place }, .block = PAIR_NO_BLOCK } },
		.unit = r->unit,
		.segment = r->segment,
		.context = r->context,
		.file = r->file,
		.state = x->state,
		.keep = r->keep_as_is,
		.row = r->row };

	if (x->target != BITEXT_NONE)
		p.side[PAIR_TARGET] = r->segments[x->target];
	if (p.side[PAIR_TARGET].block == PAIR_NO_BLOCK)
		p.state = PAIR_UNTRANSLATED;
	if (x->state_name.n != 0)
		TRY(arena_copy(r->keep, x->state_name, &p.state_name));
	r->segment = SLICE("");
	doubt_language(r, &p);
	TRY(ARRAY_RESERVE(
		r->b.context->memory, &r->pairs, 1 + builder_foresee(&r->b, r->pairs.n)));
	r->pairs.at[r->pairs.n++] = p;
	r->count = x->last ? 0 : r->count;
	return STATUS_OK;
}

static status
on_unit_end(void *user)
{
	reader *r = user;
	slice note = SLICE("");

	if (r->note.n != 0)
		TRY(arena_copy(r->keep, buffer_slice(&r->note), &note));
	for (size_t i = r->first_pair; i < r->pairs.n; i++)
		r->pairs.at[i].note = note;
	return STATUS_OK;
}

static status
on_comment(void *user, slice s, bitext_bytes at)
{
	reader *r = user;

	(void)s;
	return builder_comment(&r->b, span_of(at));
}

/* ---- the document ---- */

static status
keep_pairs(reader *r, document *d)
{
	const doc_pair *pairs = r->pairs.at;
	block_pair *of = ARENA_ARRAY(r->keep, block_pair, d->block_count);

	if (of == NULL)
		return STATUS_MEMORY;
	for (size_t i = r->pairs.n; i-- > 0;)
		for (uint32_t k = 0; k < PAIR_SIDES; k++)
			if (pairs[i].side[k].block != PAIR_NO_BLOCK)
				of[pairs[i].side[k].block] = (block_pair){ (uint32_t)i + 1, k };
	d->pairs = pairs;
	d->pair_count = r->pairs.n;
	d->kept[2] = r->pairs.at;
	r->pairs.at = NULL;
	r->pairs.n = r->pairs.capacity = 0;
	d->source = of;
	return STATUS_OK;
}

static status
read_all(reader *r, document *d, context *c, slice charset, bitext_read *read)
{
	static const bitext_events events = { on_unit, on_fact, on_segment, on_text, on_start,
		on_end, on_segment_end, on_pair, on_unit_end, on_comment };
	stream s;
	bitext_input in = { &s, true, &events, r };

	TRY(builder_begin(&r->b, c, d, charset));
	stream_of_bytes(&s, c, d->path.p, r->b.in.text);
	status done = read(&in);
	stream_close(&s);
	TRY(done);
	TRY(builder_finish(&r->b));
	return keep_pairs(r, d);
}

status
bilingual_read(document *d, context *c, slice charset, bitext_read *read)
{
	reader *r = memory_alloc(c->memory, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->keep = &d->arena;
	buffer_init(&r->note, c->memory, c->limits.paragraph);
	status done = read_all(r, d, c, charset, read);
	builder_abandon(&r->b);
	buffer_free(&r->note);
	ARRAY_FREE(c->memory, &r->codes);
	ARRAY_FREE(c->memory, &r->open);
	ARRAY_FREE(c->memory, &r->pairs);
	memory_free(c->memory, r);
	return done;
}

void
bilingual_locate(const document *d, size_t index, span text, location *out)
{
	const block_pair *of = (const block_pair *)d->source + index;

	(void)text;
	if (of->pair == 0)
		return;
	const doc_pair *p = &d->pairs[of->pair - 1];
	location_text(out, "file", p->file);
	location_text(out, "unit", p->unit);
	location_text(out, "segment", p->segment);
	location_text(out, "context", p->context);
	location_text(out, "side", of->side == PAIR_SOURCE ? SLICE("source") : SLICE("target"));
	if (p->row != 0)
		location_number(out, "row", p->row);
	location_text(out, "state", slice_of(pair_state_name(p->state)));
}
