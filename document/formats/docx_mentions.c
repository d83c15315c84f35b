/* Comments of others that get another number. LibreOffice 7.4 takes comments and notes for one
 * another where a document has several comments and the id of one is not above those of all
 * notes: it shows footnotes exchanged or empty. It does so with what Word itself writes
 * (comments 0, 1, 2 …); but a document with one such comment is shown well, systems of the
 * United Nations put one with the id 0 into every document, and ours would break it. Word
 * numbers comments anew whenever it saves, and nothing outside the tags that are rewritten here
 * refers to that number: answers and states are tied to paragraphs (w14:paraId). */
#include <stdlib.h>
#include <string.h>

#include "document/formats/docx_writer.h"

/* --- tags --- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static size_t
skip_blanks(slice s, size_t i)
{
	while (i < s.n && is_blank(s.p[i]))
		i++;
	return i;
}

/* The next attribute of a tag, from *i on; false behind the last. */
static bool
next_attribute(slice s, size_t *i, slice *name, span *value)
{
	size_t from = skip_blanks(s, *i), at = from;

	while (at < s.n && !is_blank(s.p[at]) && strchr("=/>", s.p[at]) == NULL)
		at++;
	*name = slice_sub(s, from, at);
	at = skip_blanks(s, at);
	if (at >= s.n || s.p[at] != '=')
		return false;
	at = skip_blanks(s, at + 1);
	if (at >= s.n)
		return false;
	const char *end = memchr(s.p + at + 1, s.p[at], s.n - at - 1);
	if (end == NULL)
		return false;
	*value = (span){ (uint32_t)at + 1, (uint32_t)(end - s.p) };
	*i = value->end + 1;
	return true;
}

static bool
find_id(slice tag, span *value)
{
	size_t i = 1;
	slice name;

	while (i < tag.n && !is_blank(tag.p[i]) && tag.p[i] != '/' && tag.p[i] != '>')
		i++;
	while (next_attribute(tag, &i, &name, value))
		if (slice_ends(name, SLICE(":id")))
			return true;
	return false;
}

static uint32_t
number_in(slice s)
{
	uint32_t n = 0;

	for (size_t i = 0; i < s.n && i < 9 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		n = n * 10 + (uint32_t)(s.p[i] - '0');
	return n;
}

void
docx_put_with_id(buffer *out, slice tag, uint32_t id)
{
	span value;

	if (!find_id(tag, &value)) {
		buffer_put(out, tag);
		return;
	}
	buffer_put(out, slice_sub(tag, 0, value.start));
	buffer_printf(out, "%u", id);
	buffer_put(out, slice_sub(tag, value.end, tag.n));
}

/* --- numbers --- */

static int
by_id(const void *left, const void *right)
{
	const docx_renumbered *a = left, *b = right;

	return (a->id > b->id) - (a->id < b->id);
}

static const docx_renumbered *
find(const docx_writer *w, uint32_t id)
{
	docx_renumbered wanted = { .id = id };

	return w->renumbered_count == 0 ? NULL
					: bsearch(&wanted, w->renumbered, w->renumbered_count,
						  sizeof(wanted), by_id);
}

/* Of one comment several tags speak. */
static size_t
keep_first_of_each(docx_renumbered *list, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (kept == 0 || list[kept - 1].id != list[i].id)
			list[kept++] = list[i];
	return kept;
}

status
docx_renumber(docx_writer *w)
{
	const docx_reading *r = &w->reading;
	docx_renumbered *list;
	size_t n = 0;

	if (w->plan.comments.n == 0 || r->highest_note == 0)
		return STATUS_OK;
	list = ARENA_ARRAY(&w->keep, docx_renumbered, r->mention_count);
	if (list == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < r->mention_count; i++) {
		if (r->mentions[i].raw_n == 0)
			return STATUS_OK;
		if (r->mentions[i].id <= r->highest_note)
			list[n++] = (docx_renumbered){ .id = r->mentions[i].id };
	}
	if (n > 1)
		qsort(list, n, sizeof(*list), by_id);
	w->renumbered = list;
	w->renumbered_count = keep_first_of_each(list, n);
	for (size_t i = 0; i < w->renumbered_count; i++)
		list[i].now = docx_new_id(w);
	return STATUS_OK;
}

/* --- parts --- */

/* One part may be the footnotes and the endnotes. */
static bool
was_read_before(const docx_reading *r, size_t part)
{
	for (size_t i = 0; i < part; i++)
		if (slice_equal(r->parts[i], r->parts[part]))
			return true;
	return false;
}

static bool
is_of(const docx_writer *w, const docx_mention *m, slice name)
{
	const docx_reading *r = &w->reading;

	return m->part < r->part_count && slice_equal(r->parts[m->part], name) &&
	       find(w, m->id) != NULL && !was_read_before(r, m->part);
}

bool
docx_renumbers(const docx_writer *w, size_t part)
{
	const docx_reading *r = &w->reading;
	bool met = false;

	for (size_t i = 0; i < r->mention_count && !met && w->renumbered_count != 0; i++)
		met = r->mentions[i].part == part && find(w, r->mentions[i].id) != NULL;
	return met && !slice_equal(r->parts[part], r->comments) && !was_read_before(r, part);
}

size_t
docx_renumber_ranges(const docx_writer *w, slice name, docx_range *ranges, size_t n)
{
	for (size_t i = 0; i < w->reading.mention_count; i++) {
		const docx_mention *m = &w->reading.mentions[i];
		if (is_of(w, m, name))
			ranges[n++] = (docx_range){ .raw = m->raw, .n = m->raw_n };
	}
	return n;
}

/* Does the tag stand in a run that is written anew? Marks and mentions are in order. */
static bool
is_written(const docx_writer *w, const docx_mention *m, const layout_mark *marks, size_t n,
	size_t *next)
{
	for (; *next < n; (*next)++) {
		if (marks[*next].owner == LAYOUT_NO_OWNER)
			continue;
		const docx_run *r = &w->reading.runs[marks[*next].owner];
		if (r->end > m->raw)
			return r->start <= m->raw;
	}
	return false;
}

status
docx_renumber_part(docx_writer *w, docx_part *p, const layout_mark *marks, size_t n)
{
	size_t next = 0;
	buffer b;
	status done = STATUS_OK;

	buffer_init(&b, w->context->memory, w->context->limits.output);
	for (size_t i = 0; i < w->reading.mention_count && done == STATUS_OK; i++) {
		const docx_mention *m = &w->reading.mentions[i];
		if (!is_of(w, m, p->name) || is_written(w, m, marks, n, &next))
			continue;
		buffer_clear(&b);
		docx_put_with_id(
			&b, docx_part_slice(p, m->raw, m->raw + m->raw_n), find(w, m->id)->now);
		done = b.status != STATUS_OK
			       ? b.status
			       : docx_part_splice(w, p, m->raw, m->raw_n, buffer_slice(&b));
	}
	buffer_free(&b);
	return done;
}

void
docx_put_renumbered(const docx_writer *w, buffer *out, slice child)
{
	const docx_renumbered *x = NULL;
	size_t name = docx_prefix(child).n + 1;
	span value;

	if (w->renumbered_count != 0 &&
		slice_starts(slice_sub(child, name, child.n), SLICE("commentReference")) &&
		find_id(child, &value))
		x = find(w, number_in(slice_sub(child, value.start, value.end)));
	if (x == NULL)
		buffer_put(out, child);
	else
		docx_put_with_id(out, child, x->now);
}
