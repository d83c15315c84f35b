#include "document/decode.h"

#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "text/normal.h"
#include "text/utf8.h"

/* Text on its way and where it came from. */
typedef struct stage {
	context *context;
	arena *arena;
	slice text;
	source_map map;
	bool over; /* the bytes may be overwritten */
	original *original;
} stage;

typedef struct change {
	span text;
	uint32_t n; /* bytes it becomes */
} change;

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

/* What NFC changes in a text: places, and what they become, one after the other. */
typedef struct changes {
	ARRAY(change) list;
	buffer bytes;
} changes;

static status
find_changes(stage *s, uint64_t parts, changes *out)
{
	normal_change change_found;
	size_t at = 0;
	bool found;

	for (;;) {
		TRY(normal_next(s->context, s->text, parts, &at, &change_found, &found));
		if (!found)
			return out->bytes.status;
		TRY(ARRAY_RESERVE(s->context->memory, &out->list, 1));
		out->list.at[out->list.n++] =
			(change){ change_found.text, (uint32_t)change_found.n };
		buffer_put(&out->bytes, (slice){ change_found.bytes, change_found.n });
	}
}

static size_t
composed_size(const stage *s, const changes *all)
{
	size_t size = s->text.n + all->bytes.n;

	for (size_t i = 0; i < all->list.n; i++)
		size -= all->list.at[i].text.end - all->list.at[i].text.start;
	return size;
}

/* out may be where the text lies. */
static status
copy_plain(const stage *s, source_map_builder *map, char *out, size_t *n, span piece)
{
	if (piece.start == piece.end)
		return STATUS_OK;
	TRY(source_map_add(map, *n, piece.start, RUN_VERBATIM));
	memmove(out + *n, s->text.p + piece.start, piece.end - piece.start);
	*n += piece.end - piece.start;
	return STATUS_OK;
}

static status
build_composed(const stage *s, const changes *all, source_map_builder *map, char *out)
{
	size_t n = 0, taken = 0;
	uint32_t copied = 0;

	for (size_t i = 0; i < all->list.n; i++) {
		const change *now = &all->list.at[i];
		TRY(copy_plain(s, map, out, &n, (span){ copied, now->text.start }));
		TRY(source_map_add(map, n, now->text.start, RUN_MADE));
		memcpy(out + n, all->bytes.p + taken, now->n);
		n += now->n;
		taken += now->n;
		copied = now->text.end;
	}
	return copy_plain(s, map, out, &n, (span){ copied, (uint32_t)s->text.n });
}

static uint32_t
count_utf16(slice s)
{
	uint32_t n = 0;

	for (size_t i = 0; i < s.n;)
		n += utf8_next(s, &i) > 0xFFFF ? 2 : 1;
	return n;
}

/* Can the text be composed where it lies: never ahead of what is yet to be read? */
static bool
fits_in_place(const stage *s, const changes *all)
{
	const char *made = all->bytes.p;
	size_t read = 0, written = 0;

	if (!s->over || s->map.count != 0 || all->list.n > ORIGINAL_CHANGES_MOST)
		return false;
	for (size_t i = 0; i < all->list.n; i++) {
		const change *now = &all->list.at[i];
		slice old = slice_sub(s->text, now->text.start, now->text.end);
		slice new = { made, now->n };
		read += old.n;
		written += new.n;
		made += new.n;
		if (written > read || utf8_count(new) > utf8_count(old) ||
			count_utf16(new) > count_utf16(old))
			return false;
	}
	return true;
}

/* What the file had where it is changed. */
static status
keep_original(const stage *s, const changes *all, original *o)
{
	original_change *list = ARENA_ARRAY(s->arena, original_change, all->list.n);
	const char *made = all->bytes.p;
	size_t bytes = 0, shift = 0;

	for (size_t i = 0; i < all->list.n; i++)
		bytes += all->list.at[i].text.end - all->list.at[i].text.start;
	char *kept = arena_alloc(s->arena, bytes, 1);
	if (list == NULL || kept == NULL)
		return STATUS_MEMORY;
	*o = (original){
		.size = s->text.n, .changes = list, .count = all->list.n, .changed = kept
	};
	bytes = 0;
	for (size_t i = 0; i < all->list.n; i++) {
		const change *now = &all->list.at[i];
		slice old = slice_sub(s->text, now->text.start, now->text.end);
		slice new = { made, now->n };
		uint32_t start = (uint32_t)(now->text.start - shift);
		list[i] = (original_change){ now->text, { start, start + now->n },
			(uint32_t)bytes, (uint32_t)(utf8_count(old) - utf8_count(new)),
			count_utf16(old) - count_utf16(new) };
		memcpy(kept + bytes, old.p, old.n);
		bytes += old.n;
		shift += old.n - new.n;
		made += new.n;
	}
	return STATUS_OK;
}

/* The text is built in its exact size: it may be as large as the file, a growing buffer would
 * need twice that. */
static status
apply_changes(stage *s, const changes *all)
{
	source_map_builder map = { .memory = s->context->memory };
	source_map outer, inner = s->map;
	size_t size = composed_size(s, all), file = s->text.n;
	char *out;

	if (fits_in_place(s, all)) {
		s->original = ARENA_NEW(s->arena, original);
		if (s->original == NULL)
			return STATUS_MEMORY;
		TRY(keep_original(s, all, s->original));
		out = (char *)(uintptr_t)s->text.p;
	} else
		out = arena_alloc(s->arena, size, 1);
	status result = out == NULL ? STATUS_MEMORY : build_composed(s, all, &map, out);

	if (result != STATUS_OK) {
		source_map_abandon(&map);
		return result;
	}
	TRY(source_map_finish(&map, s->arena, size, file, &outer));
	s->text = (slice){ out, size };
	if (s->original != NULL)
		s->original->composed = s->text;
	return source_map_compose(&outer, &inner, s->arena, &s->map);
}

static status
compose(stage *s, uint64_t parts)
{
	changes all = { 0 };

	buffer_init(&all.bytes, s->context->memory, s->context->limits.output);
	status result = find_changes(s, parts, &all);
	if (result == STATUS_OK && all.list.n != 0)
		result = apply_changes(s, &all);
	ARRAY_FREE(s->context->memory, &all.list);
	buffer_free(&all.bytes);
	return result;
}

static status
decode_as(context *c, arena *a, slice bytes, encoding_verdict v, bool over, decoded *out)
{
	stage s = { .context = c, .arena = a, .text = bytes, .over = over };

	if (v.encoding != ENCODING_UTF8)
		TRY(decode(&s, bytes, v));
	else if (v.mark != 0)
		TRY(skip_mark(&s, bytes, v.mark));
	if (v.unusual)
		TRY(compose(&s, v.encoding == ENCODING_UTF8 ? v.parts : NORMAL_ANYWHERE));
	*out = (decoded){ s.text, s.map, encoding_name(v.encoding), s.original };
	return STATUS_OK;
}

status
document_decode(context *c, arena *a, slice path, slice bytes, decoded *out)
{
	encoding_verdict v;

	TRY(encoding_recognise(c, path, bytes, &v));
	return decode_as(c, a, bytes, v, false, out);
}

status
document_decode_over(context *c, arena *a, slice path, slice bytes, decoded *out)
{
	encoding_verdict v;

	TRY(encoding_recognise(c, path, bytes, &v));
	return decode_as(c, a, bytes, v, v.encoding == ENCODING_UTF8, out);
}

/* Names that say Windows-1252: what is labelled Latin-1 is read as its superset, as browsers
 * do. */
static bool
is_windows(slice charset)
{
	static const char *const names[] = { "windows-1252", "cp1252", "iso-8859-1",
		"iso8859-1", "latin1", "latin-1", "l1", NULL };

	for (const char *const *n = names; *n != NULL; n++)
		if (charset.n == strlen(*n) && strncasecmp(charset.p, *n, charset.n) == 0)
			return true;
	return false;
}

/* Names of what is recognised without being told. */
static bool
is_unicode(slice charset)
{
	return charset.n == 0 || (charset.n >= 3 && strncasecmp(charset.p, "utf", 3) == 0) ||
	       (charset.n == 8 && strncasecmp(charset.p, "us-ascii", 8) == 0);
}

status
document_decode_as(context *c, arena *a, slice path, slice bytes, slice charset, decoded *out)
{
	bool marked = slice_starts(bytes, SLICE("\xEF\xBB\xBF")) ||
		      slice_starts(bytes, SLICE("\xFF\xFE")) ||
		      slice_starts(bytes, SLICE("\xFE\xFF"));

	if (marked || is_unicode(charset))
		return document_decode(c, a, path, bytes, out);
	if (!is_windows(charset))
		return context_fail(c, STATUS_FORMAT,
			"%.*s: in the encoding %.*s; convert it to UTF-8",
			"%.*s\u00A0: codé en %.*s\u00A0; convertissez-le en UTF-8",
			SLICE_ARG(path), (int)(charset.n < 40 ? charset.n : 40), charset.p);
	for (size_t i = 0; i < bytes.n; i++)
		if ((unsigned char)bytes.p[i] >= 0x80)
			return decode_as(c, a, bytes,
				(encoding_verdict){ .encoding = ENCODING_WINDOWS_1252 }, false,
				out);
	return document_decode(c, a, path, bytes, out);
}
