#include "report/findings_json.h"

#include <math.h>

#include "document/format.h"
#include "document/place.h"

/* Whole points, outwards: a third of a millimetre is enough to find a word. */
static void
put_rectangles(json_writer *j, const location *where)
{
	if (where->rectangle_count == 0)
		return;
	json_key(j, "rectangles");
	json_begin_list(j);
	for (size_t i = 0; i < where->rectangle_count; i++) {
		const location_rectangle *r = &where->rectangles[i];
		double x = fmax(0, floor(r->x)), y = fmax(0, floor(r->y));
		json_begin_list(j);
		json_number(j, (uint64_t)x);
		json_number(j, (uint64_t)y);
		json_number(j, (uint64_t)fmax(0, ceil(r->x + r->width) - x));
		json_number(j, (uint64_t)fmax(0, ceil(r->y + r->height) - y));
		json_end_list(j);
	}
	json_end_list(j);
}

static void
put_heading(json_writer *j, const document *d, size_t index, const memory *m)
{
	buffer title;

	buffer_init(&title, m, 4096);
	place_heading(&title, d, index);
	if (title.status == STATUS_OK && title.n != 0)
		json_put_string(j, "heading", buffer_slice(&title));
	report_free_part(j->out, &title);
}

static void
put_location(json_writer *j, const report *r, const document *d, const report_finding *f)
{
	location where = { .count = 0 };

	if (d->format->locate != NULL)
		d->format->locate(d, f->paragraph - 1, f->found->text, &where);
	json_key(j, "location");
	json_begin_object(j);
	for (size_t i = 0; i < where.count; i++) {
		const location_field *x = &where.fields[i];
		if (x->text.p != NULL)
			json_put_string(j, x->name, x->text);
		else
			json_put_number(j, x->name, x->number);
	}
	put_rectangles(j, &where);
	json_put_number(j, "paragraph", f->paragraph);
	json_put_number(j, "line", f->line);
	if (d->places != NULL) {
		const block_place *p = &d->places[f->paragraph - 1];
		json_put_string(j, "part",
			p->part == PART_BODY ? SLICE("body") : slice_of(place_part(p->part)));
		if (p->number.n != 0)
			json_put_string(j, "number", p->number);
		put_heading(j, d, f->paragraph - 1, r->memory);
		if (p->page != 0)
			json_put_number(j, "page", p->page);
	}
	json_end_object(j);
}

static void
put_suggestions(json_writer *j, const finding *f)
{
	json_key(j, "suggestions");
	json_begin_list(j);
	for (size_t i = 0; i < f->suggestion_count; i++)
		json_slice(j, f->suggestions[i]);
	json_end_list(j);
}

static void
put_fix(json_writer *j, fix_kind fix)
{
	json_key(j, "fix");
	if (fix == FIX_NONE)
		json_nothing(j);
	else
		json_slice(j, fix == FIX_SAFE ? SLICE("safe") : SLICE("review"));
}

/* A string, because 64 bits do not fit the numbers of most readers of JSON. */
static void
put_fingerprint(json_writer *j, uint64_t fingerprint)
{
	char digits[16];

	for (size_t i = sizeof(digits); i-- > 0; fingerprint >>= 4)
		digits[i] = "0123456789abcdef"[fingerprint & 15];
	json_put_string(j, "fingerprint", (slice){ digits, sizeof(digits) });
}

static void
put_evidence(json_writer *j, const finding *f)
{
	if (f->concept.n == 0 && f->source.n == 0)
		return;
	json_key(j, "evidence");
	json_begin_object(j);
	if (f->concept.n != 0)
		json_put_string(j, "concept", f->concept);
	if (f->source.n != 0)
		json_put_string(j, "source", f->source);
	json_end_object(j);
}

static void
put_places(json_writer *j, const report_finding *f)
{
	if (f->found->place_count == 0)
		return;
	json_key(j, "places");
	json_begin_list(j);
	for (size_t i = 0; i < f->found->place_count; i++) {
		json_begin_object(j);
		json_put_number(j, "start", f->places[i].file.start);
		json_put_number(j, "end", f->places[i].file.end);
		json_put_number(j, "line", f->places[i].line);
		json_put_number(j, "column", f->places[i].column);
		json_end_object(j);
	}
	json_end_list(j);
}

/* The place of the source that a translation is compared with. */
static void
put_facing(json_writer *j, const report_finding *f)
{
	const finding_facing *x = &f->found->facing;

	if (x->document == NULL)
		return;
	json_key(j, "facing");
	json_begin_object(j);
	json_put_string(j, "path", x->document->path);
	json_put_number(j, "start", f->facing.file.start);
	json_put_number(j, "end", f->facing.file.end);
	json_put_number(j, "line", f->facing.line);
	json_put_number(j, "column", f->facing.column);
	json_put_number(j, "endLine", f->facing.end_line);
	json_put_number(j, "endColumn", f->facing.end_column);
	json_put_number(j, "paragraph", f->facing.paragraph);
	json_put_string(j, "text", f->facing.text);
	json_put_string(j, "passage", f->facing.passage);
	json_end_object(j);
}

static void
put_finding(report *r, const document *d, const report_finding *f)
{
	json_writer *j = &r->json;

	json_begin_object(j);
	json_put_string(j, "rule", slice_of(f->rule));
	json_put_string(j, "severity", slice_of(severity_name(f->found->severity)));
	json_put_string(j, "message", f->found->message);
	json_put_number(j, "start", f->file.start);
	json_put_number(j, "end", f->file.end);
	json_put_number(j, "line", f->line);
	json_put_number(j, "column", f->column);
	json_put_number(j, "endLine", f->end_line);
	json_put_number(j, "endColumn", f->end_column);
	put_location(j, r, d, f);
	json_put_string(j, "text", f->text);
	put_suggestions(j, f->found);
	put_fix(j, f->found->fix);
	put_fingerprint(j, f->fingerprint);
	put_evidence(j, f->found);
	put_places(j, f);
	put_facing(j, f);
	json_end_object(j);
}

static void
put_modifiers(json_writer *j, slice modifiers)
{
	slice one;

	if (modifiers.n == 0)
		return;
	json_key(j, "modifiers");
	json_begin_list(j);
	for (bool more = true; more;) {
		more = slice_cut(modifiers, '+', &one, &modifiers);
		json_slice(j, one);
	}
	json_end_list(j);
}

void
findings_json_document(report *r, const report_document *d)
{
	json_writer *j = &r->json;

	if (d->json.p != NULL) {
		json_raw(j, d->json);
		return;
	}
	json_begin_object(j);
	json_put_string(j, "path", d->document->path);
	json_put_string(j, "format", slice_of(d->document->format->name));
	json_put_string(j, "language", slice_of(d->language));
	json_put_string(j, "profile", slice_of(d->profile));
	put_modifiers(j, slice_of(d->modifiers));
	json_put_number(j, "words", d->document->words);
	json_key(j, "findings");
	json_begin_list(j);
	for (size_t i = 0; i < d->count; i++) {
		put_finding(r, d->document, &d->findings[i]);
		report_flush(r);
	}
	json_end_list(j);
	json_end_object(j);
}

void
findings_json_tool(report *r)
{
	json_writer *j = &r->json;

	json_key(j, "tool");
	json_begin_object(j);
	json_put_string(j, "name", SLICE("paraph"));
	json_put_string(j, "version", slice_of(r->version));
	json_end_object(j);
}
