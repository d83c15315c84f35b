/* Plain text: any bytes that are text in a known encoding. A chain of steps, each of which has
 * nothing to do for most files and then passes its input on as it is: decode to UTF-8, compose
 * accents, join filled lines. It is the format of last resort, so it is never surer of itself
 * than by the name of the file. */
#include "document/format.h"

#include <string.h>

#include "base/buffer.h"
#include "document/reflow.h"
#include "text/encoding.h"
#include "text/normal.h"
#include "text/utf8.h"

/* Text on its way and where it came from. */
typedef struct stage {
	context *context;
	arena *arena;
	slice text;
	source_map map;
	bool composed; /* the text is on the allocator, the document's to free */
} stage;

static int
probe(slice path, slice bytes)
{
	(void)bytes;
	return slice_ends(path, SLICE(".txt")) ? 20 : 10;
}

static run_kind
kind_of(encoding e, uint32_t character)
{
	if (character >= 0x80)
		return RUN_MADE;
	return e == ENCODING_WINDOWS_1252 ? RUN_VERBATIM : RUN_WIDE;
}

static status
decode_all(stage *s, slice bytes, encoding_verdict v, source_map_builder *map, char *out)
{
	encoding_table table = { 0 };
	size_t n = 0;

	if (v.encoding == ENCODING_WINDOWS_1252)
		TRY(encoding_table_init(&table, s->context));
	if (v.mark != 0)
		TRY(source_map_add(map, 0, 0, RUN_MADE));
	for (size_t i = v.mark, length; i < bytes.n; i += length) {
		uint32_t character;
		length = encoding_get(v.encoding, &table, bytes, i, &character);
		TRY(source_map_add(map, n, i, kind_of(v.encoding, character)));
		n += utf8_put(out + n, character);
	}
	s->text = (slice){ out, n };
	return STATUS_OK;
}

static status
decode(stage *s, slice bytes, encoding_verdict v)
{
	source_map_builder map = { .memory = s->context->memory };
	/* A byte of Windows-1252 becomes three at most, a unit of UTF-16 as well. */
	char *out = arena_array(s->arena, bytes.n, 3, 1);
	status result = out == NULL ? STATUS_MEMORY : decode_all(s, bytes, v, &map, out);

	if (result == STATUS_OK)
		return source_map_finish(&map, s->arena, s->text.n, bytes.n, &s->map);
	source_map_abandon(&map);
	return result;
}

static status
skip_mark(stage *s, slice bytes, size_t mark)
{
	source_map_builder map = { .memory = s->context->memory };

	s->text = slice_sub(bytes, mark, bytes.n);
	status result = source_map_add(&map, 0, 0, RUN_MADE);
	if (result == STATUS_OK)
		result = source_map_add(&map, 0, mark, RUN_VERBATIM);
	if (result == STATUS_OK)
		return source_map_finish(&map, s->arena, s->text.n, bytes.n, &s->map);
	source_map_abandon(&map);
	return result;
}

/* The changed text in out; pieces between changes are copied. */
static status
compose_into(stage *s, source_map_builder *map, buffer *out)
{
	normal_change change;
	size_t at = 0, copied = 0;
	bool found;

	for (;;) {
		TRY(normal_next(s->context, s->text, &at, &change, &found));
		if (!found)
			break;
		if (map->runs.n == 0)
			buffer_reserve(out, s->text.n);
		if (change.text.start > copied)
			TRY(source_map_add(map, out->n, copied, RUN_VERBATIM));
		buffer_put(out, slice_sub(s->text, copied, change.text.start));
		TRY(source_map_add(map, out->n, change.text.start, RUN_MADE));
		buffer_put(out, (slice){ change.bytes, change.n });
		copied = change.text.end;
	}
	if (map->runs.n == 0)
		return STATUS_OK;
	if (copied < s->text.n)
		TRY(source_map_add(map, out->n, copied, RUN_VERBATIM));
	buffer_put(out, slice_sub(s->text, copied, s->text.n));
	return out->status;
}

static status
keep_composed(stage *s, source_map_builder *map, const buffer *out)
{
	source_map outer, inner = s->map;

	if (map->runs.n == 0)
		return STATUS_OK;
	TRY(source_map_finish(map, s->arena, out->n, s->text.n, &outer));
	s->text = buffer_slice(out);
	s->composed = true;
	return source_map_compose(&outer, &inner, s->arena, &s->map);
}

static status
compose(stage *s, document *d)
{
	source_map_builder map = { .memory = s->context->memory };
	buffer out;

	buffer_init(&out, s->context->memory, s->context->limits.output);
	status result = compose_into(s, &map, &out);
	if (result == STATUS_OK)
		result = keep_composed(s, &map, &out);
	source_map_abandon(&map);
	if (s->composed)
		d->composed = out.p;
	else
		buffer_free(&out);
	return result;
}

static status
read(document *d, context *c)
{
	encoding_verdict v;
	stage s = { .context = c, .arena = &d->arena, .text = d->bytes };
	flow f;

	TRY(encoding_recognise(c, d->path, d->bytes, &v));
	if (v.encoding != ENCODING_UTF8)
		TRY(decode(&s, d->bytes, v));
	else if (v.mark != 0)
		TRY(skip_mark(&s, d->bytes, v.mark));
	if (v.unusual)
		TRY(compose(&s, d));
	TRY(document_reflow(c, &d->arena, s.text, &f));
	d->text = f.text;
	TRY(source_map_compose(&f.map, &s.map, &d->arena, &d->map));
	d->blocks = f.blocks;
	d->block_count = f.block_count;
	d->reflowed = f.reflowed;
	d->encoding = encoding_name(v.encoding);
	return STATUS_OK;
}

const format format_txt = { "txt", probe, read };
