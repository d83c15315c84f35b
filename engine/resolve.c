/* From a finding of a rule, a span of the flat text, to what a reader of a report wants to know
 * of it: a place in the file. Its name is in engine/fingerprint.c. */
#include "engine/engine.h"

#include <string.h>

#include "base/sort.h"
#include "checker/memo.h"
#include "checker/rule.h"
#include "document/edit.h"
#include "document/format.h"
#include "document/original.h"
#include "text/encoding.h"
#include "text/position.h"
#include "text/utf8.h"

typedef struct place_reader { /* of the file of one document */
	const document *document;
	arena *keep;
	file_places places;
	encoding encoding;
	encoding_table table; /* for Windows-1252 only */
} place_reader;

/* The block that holds a place. Blocks are in order, and so are findings. */
static size_t
block_of(const document *d, size_t from, uint32_t start)
{
	while (from + 1 < d->block_count && d->blocks[from + 1].text.start <= start)
		from++;
	return from;
}

/* What the bytes of the file say, as UTF-8: not the flat text, which is composed and has other
 * line ends. */
static status
decode(place_reader *in, slice bytes, slice *out)
{
	char *p = arena_array(in->keep, bytes.n, 3, 1);
	uint32_t character = 0;
	size_t n = 0;

	if (p == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0, length; i < bytes.n; i += length) {
		length = encoding_get(in->encoding, &in->table, bytes, i, &character);
		if (length == 0)
			break;
		n += utf8_put(p + n, character);
	}
	*out = (slice){ p, n };
	return STATUS_OK;
}

static status
file_text(place_reader *in, span s, slice *out)
{
	TRY(document_bytes(in->document, s, in->keep, out));
	return in->encoding == ENCODING_UTF8 ? STATUS_OK : decode(in, *out, out);
}

/* The place of a span. Walks on from the start of the span before it, not from its end:
 * findings that share a character of the file begin before the end of the one before them, and
 * going back to the start of a line as long as the file for each of them would take minutes. */
static status
place_of(file_places *places, span bytes, position *start, position *end)
{
	positions *p = &places->positions;

	TRY(file_place_of(places, bytes.start, start));
	position last = p->last;
	uint32_t last_offset = p->last_offset;
	TRY(file_place_of(places, bytes.end, end));
	p->last = last;
	p->last_offset = last_offset;
	return STATUS_OK;
}

static status
resolve(place_reader *in, const finding *f, size_t index, report_finding *out)
{
	const document *d = in->document;
	span bytes = source_map_file(&d->map, f->text);
	position start, end;

	TRY(place_of(&in->places, bytes, &start, &end));
	*out = (report_finding){ .found = f,
		.rule = f->rule->id,
		.file = bytes,
		.line = start.line,
		.column = start.column,
		.end_line = end.line,
		.end_column = end.column,
		.paragraph = (uint32_t)index + 1 };
	return file_text(in, bytes, &out->text);
}

/* Suggestions take the place of the finding's bytes: with the markup that stands between the
 * words, and in the escapes of the format. What cannot be written is no suggestion. */
static status
rewrite_suggestions(context *c, arena *keep, const document *d, finding *f)
{
	slice *list = ARENA_ARRAY(keep, slice, f->suggestion_count);
	status done = STATUS_OK;
	size_t n = 0;

	if (list == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < f->suggestion_count && done == STATUS_OK; i++) {
		bool possible;
		buffer b;
		buffer_init(&b, c->memory, c->limits.output);
		done = document_rewrite(&b, c, d, f->text, f->suggestions[i], &possible);
		/* The first is what a correction would make. */
		if (done == STATUS_OK && i == 0 && !possible)
			f->fix = FIX_NONE;
		if (done == STATUS_OK && possible)
			done = arena_copy(keep, buffer_slice(&b), &list[n++]);
		buffer_free(&b);
	}
	f->suggestions = list;
	f->suggestion_count = n;
	return done;
}

static status
rewrite_all(context *c, arena *keep, const document *d, finding *found, size_t n)
{
	if (!d->format->marked_up)
		return STATUS_OK;
	for (size_t i = 0; i < n; i++)
		if (found[i].suggestion_count != 0)
			TRY(rewrite_suggestions(c, keep, d, &found[i]));
	return STATUS_OK;
}

static status
resolve_all(place_reader *in, const finding *found, size_t n, report_finding *out)
{
	size_t index = 0;

	for (size_t i = 0; i < n; i++) {
		index = block_of(in->document, index, found[i].text.start);
		TRY(resolve(in, &found[i], index, &out[i]));
	}
	return STATUS_OK;
}

typedef struct asked { /* a place of a finding, to be resolved */
	span text;
	report_place *out;
} asked;

static int
by_start(const void *left, const void *right)
{
	const asked *a = left, *b = right;

	return a->text.start < b->text.start ? -1 : a->text.start > b->text.start;
}

/* All places that findings name, in one walk through the file. */
static status
list_places(place_reader *in, arena *scratch, const finding *found, size_t n,
	report_finding *out, asked **list, size_t *count)
{
	size_t total = 0;

	for (size_t i = 0; i < n; i++)
		total += found[i].place_count;
	*count = total;
	if (total == 0)
		return STATUS_OK;
	report_place *places = ARENA_ARRAY(in->keep, report_place, total);
	*list = ARENA_ARRAY(scratch, asked, total);
	if (places == NULL || *list == NULL)
		return STATUS_MEMORY;
	asked *next = *list;
	for (size_t i = 0; i < n; i++) {
		out[i].places = places;
		for (size_t k = 0; k < found[i].place_count; k++)
			*next++ = (asked){ found[i].places[k], places++ };
	}
	asked *room = arena_array_room(scratch, total, sizeof(*room), alignof(asked));
	if (room == NULL)
		return STATUS_MEMORY;
	sort_nearly(*list, total, sizeof(**list), by_start, room);
	return STATUS_OK;
}

static status
resolve_places(
	place_reader *in, arena *scratch, const finding *found, size_t n, report_finding *out)
{
	asked *list;
	size_t count;
	position start;

	TRY(list_places(in, scratch, found, n, out, &list, &count));
	for (size_t i = 0; i < count; i++) {
		span bytes = source_map_file(&in->document->map, list[i].text);
		TRY(file_place_of(&in->places, bytes.start, &start));
		*list[i].out = (report_place){ bytes, start.line, start.column };
	}
	return STATUS_OK;
}

/* --- places of the source --- */

static status
resolve_facing(place_reader *in, const finding *f, size_t *index, report_finding *out)
{
	const finding_facing *x = &f->facing;
	const document *d = x->document;
	span bytes = source_map_file(&d->map, x->text);
	position start, end;

	TRY(place_of(&in->places, bytes, &start, &end));
	if (*index >= d->block_count || d->blocks[*index].text.start > x->text.start)
		*index = 0;
	*index = block_of(d, *index, x->text.start);
	out->facing.file = bytes;
	out->facing.line = start.line;
	out->facing.column = start.column;
	out->facing.end_line = end.line;
	out->facing.end_column = end.column;
	out->facing.paragraph = (uint32_t)*index + 1;
	out->facing.passage = slice_sub(d->text, x->passage.start, x->passage.end);
	return file_text(in, bytes, &out->facing.text);
}

/* All findings of a document face one source: itself, or that of the translation. */
static status
resolve_all_facing(context *c, arena *keep, const finding *found, size_t n, report_finding *out)
{
	place_reader in = { .keep = keep };
	status s = STATUS_OK;
	size_t index = 0;

	for (size_t i = 0; i < n && s == STATUS_OK; i++) {
		const document *d = found[i].facing.document;
		if (d == NULL)
			continue;
		if (in.document == NULL) {
			in.document = d;
			in.encoding = encoding_of_name(d->encoding);
			if (in.encoding == ENCODING_WINDOWS_1252)
				s = encoding_table_init(&in.table, c);
			file_places_init(&in.places, c->memory, d);
		}
		if (s == STATUS_OK)
			s = resolve_facing(&in, &found[i], &index, &out[i]);
	}
	if (in.document != NULL)
		file_places_free(&in.places);
	return s;
}

/* Takes out the findings that the project names by their fingerprint. */
static status
drop_ignored(memo *m, const check_style *style, paraph_result *r, report_finding *found)
{
	size_t kept = 0;
	uint64_t any = 0;

	for (size_t k = 0; k < style->ignored_count; k++)
		any |= style->ignored[k].fingerprint;
	if (any == 0)
		return STATUS_OK;
	TRY(engine_name_findings(r, m));
	for (size_t i = 0; i < r->view.count; i++) {
		size_t k = 0;
		while (k < style->ignored_count &&
			style->ignored[k].fingerprint != found[i].fingerprint)
			k++;
		if (k == style->ignored_count)
			found[kept++] = found[i];
	}
	r->view.count = kept;
	return STATUS_OK;
}

static status
resolve_document(
	context *c, arena *scratch, paraph_result *r, const finding *found, report_finding *out)
{
	size_t n = r->view.count;
	place_reader in = { .document = &r->document,
		.keep = &r->keep,
		.encoding = encoding_of_name(r->document.encoding) };

	if (in.encoding == ENCODING_WINDOWS_1252)
		TRY(encoding_table_init(&in.table, c));
	file_places_init(&in.places, r->memory, &r->document);
	status s = resolve_all(&in, found, n, out);
	if (s == STATUS_OK)
		s = resolve_places(&in, scratch, found, n, out);
	file_places_free(&in.places);
	return s == STATUS_OK ? resolve_all_facing(c, &r->keep, found, n, out) : s;
}

status
engine_keep_findings(paraph_result *r, findings *from, finding **out)
{
	size_t n = from->list.n;

	if (n >= FINDINGS_MANY && r->taken.list.at == NULL) {
		r->taken = *from;
		*out = r->taken.list.at;
		*from = (findings){ .memory = from->memory };
		return STATUS_OK;
	}
	*out = arena_array_room(&r->keep, n, sizeof(**out), alignof(finding));
	if (*out == NULL)
		return STATUS_MEMORY;
	if (n != 0)
		memcpy(*out, from->list.at, n * sizeof(**out));
	return STATUS_OK;
}

status
engine_resolve(context *c, memo *m, arena *scratch, paraph_result *r, finding *found, size_t n,
	const check_style *style)
{
	report_finding *out =
		arena_array_room(&r->keep, n, sizeof(*out), alignof(report_finding));

	if (out == NULL)
		return STATUS_MEMORY;
	TRY(rewrite_all(c, &r->keep, &r->document, found, n));
	r->findings = found;
	r->view.findings = out;
	r->view.count = n;
	TRY(resolve_document(c, scratch, r, found, out));
	TRY(engine_leave_unnamed(r));
	return drop_ignored(m, style, r, out);
}
