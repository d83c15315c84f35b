#include "document/original.h"

#include <string.h>

/* The last change that begins in the file at or before a place; count when there is none. */
static size_t
find_change(const original *o, uint32_t file)
{
	size_t low = 0, high = o->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (o->changes[middle].file.start <= file)
			low = middle + 1;
		else
			high = middle;
	}
	return low == 0 ? o->count : low - 1;
}

uint32_t
original_place(const original *o, uint32_t file)
{
	size_t k = find_change(o, file);

	if (k == o->count)
		return file;
	const original_change *c = &o->changes[k];
	return file < c->file.end ? c->composed.start : c->composed.end + (file - c->file.end);
}

static void
put_original(buffer *out, const original *o, span file)
{
	size_t k = find_change(o, file.start);

	if (k == o->count)
		k = 0;
	for (uint32_t at = file.start; at < file.end;) {
		while (k < o->count && o->changes[k].file.end <= at)
			k++;
		const original_change *c = k < o->count ? &o->changes[k] : NULL;
		bool inside = c != NULL && c->file.start <= at;
		uint32_t end = c == NULL ? file.end : inside ? c->file.end : c->file.start;
		if (end > file.end)
			end = file.end;
		const char *from = inside ? o->changed + c->at + (at - c->file.start)
					  : o->composed.p + original_place(o, at);
		buffer_put(out, (slice){ from, end - at });
		at = end;
	}
}

size_t
document_size(const document *d)
{
	return d->original != NULL ? d->original->size : d->bytes.n;
}

static span
within(const document *d, span file)
{
	uint32_t size = (uint32_t)document_size(d);
	uint32_t end = file.end > size ? size : file.end;

	return (span){ file.start > end ? end : file.start, end };
}

void
document_put_bytes(buffer *out, const document *d, span file)
{
	file = within(d, file);
	if (d->original != NULL)
		put_original(out, d->original, file);
	else
		buffer_put(out, slice_sub(d->bytes, file.start, file.end));
}

status
document_bytes(const document *d, span file, arena *a, slice *out)
{
	buffer b;

	if (d->original == NULL) {
		*out = slice_sub(d->bytes, file.start, file.end);
		return STATUS_OK;
	}
	buffer_init(&b, a->memory, SIZE_MAX);
	document_put_bytes(&b, d, file);
	status s = b.status == STATUS_OK ? arena_copy(a, buffer_slice(&b), out) : b.status;
	buffer_free(&b);
	return s;
}

/* No line end is ever composed, so the composed text has those of the file. */
slice
document_lines(const document *d, span text)
{
	const original *o = d->original;
	span file = source_map_file(&d->map, text);

	if (o == NULL)
		return slice_sub(d->bytes, file.start, file.end);
	return slice_sub(
		o->composed, original_place(o, file.start), original_place(o, file.end));
}

bool
document_crosses_line(const document *d, span text)
{
	slice s = document_lines(d, text);

	return s.n != 0 && memchr(s.p, '\n', s.n) != NULL;
}

void
file_places_init(file_places *p, const memory *m, const document *d)
{
	p->original = d->original;
	positions_init(&p->positions, m, p->original == NULL ? d->bytes : p->original->composed,
		encoding_of_name(d->encoding));
}

void
file_places_free(file_places *p)
{
	positions_free(&p->positions);
}

/* What the file has more in the line, up to the place. */
static void
count_original(const original *o, uint32_t line_start, uint32_t composed, position *out)
{
	for (size_t k = o->count; k > 0; k--) {
		const original_change *c = &o->changes[k - 1];
		if (c->composed.start < line_start)
			break;
		if (c->composed.end > composed)
			continue;
		out->column += c->points;
		out->utf16 += c->utf16;
	}
}

status
file_place_of(file_places *p, uint32_t file, position *out)
{
	const original *o = p->original;

	if (o == NULL)
		return position_of(&p->positions, file, out);
	uint32_t composed = original_place(o, file);
	TRY(position_of(&p->positions, composed, out));
	count_original(o, p->positions.lines.at[out->line - 1], composed, out);
	return STATUS_OK;
}
