/* Parts that are written anew. Of one with corrections only the ranges that are looked at are
 * kept: the body of a long document is ten times its text. When the zip file is written the
 * part is inflated once more, and what comes in between is put there as it goes by. */
#include <stdlib.h>
#include <string.h>

#include "base/package_stream.h"
#include "document/formats/docx_writer.h"

#define HEAD 65536  /* bytes in which the root element is found */
#define PIECE 16384 /* bytes passed over at a time */

/* --- reading --- */

static status
new_part(docx_writer *w, slice name, docx_part **out)
{
	docx_part *p = ARENA_NEW(&w->keep, docx_part);

	if (p == NULL)
		return STATUS_MEMORY;
	p->name = name;
	buffer_init(&p->bytes, w->context->memory, w->context->limits.output);
	p->next = w->parts;
	w->parts = p;
	*out = p;
	return STATUS_OK;
}

static docx_part *
find_part(const docx_writer *w, slice name)
{
	docx_part *p = w->parts;

	while (p != NULL && !slice_equal(p->name, name))
		p = p->next;
	return p;
}

status
docx_part_open(docx_writer *w, slice name, docx_part **out)
{
	*out = find_part(w, name);
	if (*out != NULL && (*out)->ranges.n == 0)
		return STATUS_OK;
	if (!package_has(&w->package, name.p))
		return STATUS_NOT_FOUND;
	if (*out == NULL)
		TRY(new_part(w, name, out));
	buffer_clear(&(*out)->bytes);
	(*out)->ranges.n = 0;
	return package_read(&w->package, name.p, &(*out)->bytes);
}

status
docx_part_add(docx_writer *w, slice name, docx_part **out)
{
	return new_part(w, name, out);
}

static int
by_place(const void *left, const void *right)
{
	const docx_range *a = left, *b = right;

	return a->raw < b->raw ? -1 : a->raw > b->raw;
}

/* The head and the ranges, with one for those that meet. */
static status
note_ranges(docx_writer *w, docx_part *p, docx_range *ranges, size_t n)
{
	TRY(ARRAY_RESERVE(w->context->memory, &p->ranges, n + 1));
	p->ranges.at[p->ranges.n++] = (docx_range){ .n = HEAD };
	qsort(ranges, n, sizeof(*ranges), by_place);
	for (size_t i = 0; i < n; i++) {
		docx_range *last = &p->ranges.at[p->ranges.n - 1];
		if (ranges[i].raw > last->raw + last->n)
			p->ranges.at[p->ranges.n++] = ranges[i];
		else if (ranges[i].raw + ranges[i].n > last->raw + last->n)
			last->n = ranges[i].raw + ranges[i].n - last->raw;
	}
	return STATUS_OK;
}

typedef struct glance {
	docx_part *part;
	size_t next;
} glance;

/* What of the piece lies in ranges. */
static status
take_piece(void *user, slice piece)
{
	glance *g = user;
	docx_part *p = g->part;
	size_t start = p->size, end = start + piece.n;

	for (; g->next < p->ranges.n; g->next++) {
		docx_range *r = &p->ranges.at[g->next];
		size_t from = r->raw > start ? r->raw : start;
		size_t to = (size_t)r->raw + r->n < end ? (size_t)r->raw + r->n : end;
		if (r->raw >= start)
			r->at = p->bytes.n;
		if (from < to)
			buffer_put(&p->bytes, slice_sub(piece, from - start, to - start));
		if ((size_t)r->raw + r->n > end)
			break;
	}
	p->size = end;
	return p->bytes.status;
}

status
docx_part_glance(docx_writer *w, slice name, docx_range *ranges, size_t n, docx_part **out)
{
	*out = find_part(w, name);
	if (*out != NULL)
		return STATUS_OK;
	if (!package_has(&w->package, name.p))
		return STATUS_NOT_FOUND;
	TRY(new_part(w, name, out));
	TRY(note_ranges(w, *out, ranges, n));
	glance g = { .part = *out };
	return package_each(&w->package, name.p, take_piece, &g);
}

slice
docx_part_slice(const docx_part *p, uint32_t from, uint32_t to)
{
	size_t low = 0, high = p->ranges.n;
	slice all = buffer_slice(&p->bytes);

	if (high == 0)
		return slice_sub(all, from, to);
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (p->ranges.at[middle].raw <= from)
			low = middle;
		else
			high = middle;
	}
	const docx_range *r = &p->ranges.at[low];
	if (from < r->raw || to > r->raw + r->n || to > p->size)
		return SLICE("");
	return slice_sub(all, r->at + (from - r->raw), r->at + (to - r->raw));
}

slice
docx_part_head(const docx_part *p)
{
	slice all = buffer_slice(&p->bytes);
	size_t most = p->ranges.n == 0 || all.n < p->ranges.at[0].n ? all.n : p->ranges.at[0].n;

	return slice_sub(all, 0, most);
}

status
docx_part_splice(docx_writer *w, docx_part *p, uint32_t raw, uint32_t raw_n, slice with)
{
	docx_splice s = { raw, raw_n, SLICE(""), p->splices.n };

	TRY(arena_copy(&w->keep, with, &s.with));
	TRY(ARRAY_RESERVE(w->context->memory, &p->splices, 1));
	p->splices.at[p->splices.n++] = s;
	return STATUS_OK;
}

/* --- writing --- */

typedef struct part_source { /* hands out a part with its splices, bit by bit */
	docx_writer *w;
	const docx_part *part;
	struct zip_file *file; /* of a part that is not kept whole */
	size_t splice;         /* the next */
	bool in_splice;
	size_t at; /* in the part, or in what the splice puts there */
	status status;
} part_source;

static size_t
old_size(const docx_part *p)
{
	return p->ranges.n == 0 ? p->bytes.n : p->size;
}

static size_t
new_size(const docx_part *p)
{
	size_t n = old_size(p);

	for (size_t i = 0; i < p->splices.n; i++)
		n = n + p->splices.at[i].with.n - p->splices.at[i].raw_n;
	return n;
}

/* At most n bytes of the part as it was, from s->at on. */
static size_t
copy_old(part_source *s, char *out, size_t n)
{
	const docx_part *p = s->part;
	size_t got = 0;

	if (p->ranges.n == 0) {
		memcpy(out, p->bytes.p + s->at, n);
		got = n;
	} else if (s->status == STATUS_OK)
		s->status = package_file_read(&s->w->package, p->name.p, s->file, out, n, &got);
	s->at += got;
	return got;
}

static void
skip_old(part_source *s, size_t to)
{
	char piece[PIECE];

	if (s->part->ranges.n == 0)
		s->at = to;
	while (s->at < to) {
		size_t left = to - s->at;
		if (copy_old(s, piece, left < PIECE ? left : PIECE) == 0)
			return;
	}
}

/* Goes from what is old to the next splice, or behind it; false where neither has an end here.
 */
static bool
turn(part_source *s)
{
	const docx_part *p = s->part;

	if (s->in_splice) {
		const docx_splice *x = &p->splices.at[s->splice++];
		s->in_splice = false;
		s->at = x->raw;
		skip_old(s, (size_t)x->raw + x->raw_n);
		return s->status == STATUS_OK;
	}
	s->in_splice = s->splice < p->splices.n;
	s->at = s->in_splice ? 0 : s->at;
	return s->in_splice;
}

static size_t
read_some(part_source *s, char *out, size_t n)
{
	const docx_part *p = s->part;
	const docx_splice *x = s->splice < p->splices.n ? &p->splices.at[s->splice] : NULL;
	size_t end = s->in_splice ? x->with.n : x != NULL ? x->raw : old_size(p);
	size_t most = s->at < end ? end - s->at : 0;

	if (most > n)
		most = n;
	if (most == 0)
		return 0;
	if (!s->in_splice)
		return copy_old(s, out, most);
	memcpy(out, x->with.p + s->at, most);
	s->at += most;
	return most;
}

static size_t
read_part(void *user, char *out, size_t n)
{
	part_source *s = user;
	size_t done = 0;

	while (done < n && s->status == STATUS_OK) {
		size_t got = read_some(s, out + done, n - done);
		done += got;
		if (got == 0 && (s->status != STATUS_OK || !turn(s)))
			break;
	}
	return done;
}

static void
rewind_part(void *user)
{
	part_source *s = user;

	s->splice = s->at = 0;
	s->in_splice = false;
	if (s->part->ranges.n == 0)
		return;
	package_file_close(s->file);
	s->status = package_file_open(&s->w->package, s->part->name.p, &s->file);
}

/* What a source could not read is why the file could not be written. */
static status
close_sources(part_source *sources, size_t n, status done)
{
	for (size_t i = 0; i < n; i++) {
		package_file_close(sources[i].file);
		if (sources[i].status != STATUS_OK)
			done = sources[i].status;
	}
	return done;
}

static int
splice_order(const void *left, const void *right)
{
	const docx_splice *a = left, *b = right;

	if (a->raw != b->raw)
		return a->raw < b->raw ? -1 : 1;
	if ((a->raw_n != 0) != (b->raw_n != 0))
		return a->raw_n != 0 ? 1 : -1;
	return a->order < b->order ? -1 : a->order > b->order;
}

status
docx_parts_write(docx_writer *w, buffer *out)
{
	size_t count = 0, i;

	for (docx_part *p = w->parts; p != NULL; p = p->next) {
		count++;
		if (p->splices.n > 1)
			qsort(p->splices.at, p->splices.n, sizeof(*p->splices.at),
				splice_order);
	}
	package_change *changes = ARENA_ARRAY(&w->keep, package_change, count);
	part_source *sources = ARENA_ARRAY(&w->keep, part_source, count);
	if (changes == NULL || sources == NULL)
		return STATUS_MEMORY;
	/* New parts come to the end, in the order in which they were made. */
	i = count;
	for (const docx_part *p = w->parts; p != NULL; p = p->next) {
		sources[--i] = (part_source){ .w = w, .part = p };
		changes[i] = (package_change){ p->name.p, new_size(p), &sources[i], read_part,
			rewind_part };
	}
	status done = package_stream(out, w->context, w->document->path.p, w->document->package,
		changes, count, w->style->draft);
	return close_sources(sources, count, done);
}

void
docx_parts_free_all(docx_writer *w)
{
	const memory *m = w->context->memory;

	for (docx_part *p = w->parts; p != NULL; p = p->next) {
		buffer_free(&p->bytes);
		ARRAY_FREE(m, &p->ranges);
		ARRAY_FREE(m, &p->splices);
	}
}
