/* One reading of content.xml, after the document itself was read: that a comment is ours, and
 * what it says, is of interest to the writer of comments only. Those in what somebody has
 * deleted stand in the list of changes, not in the text, and do not count. */
#define _GNU_SOURCE /* memmem */
#include "document/formats/odt_earlier.h"

#include <stdlib.h>
#include <string.h>

#include "base/xml.h"

#define MARK "<office:annotation" /* what a comment begins with */
#define SAID_MOST (1 << 20)       /* bytes; a longer comment is none of ours */

typedef enum part { PART_NONE, PART_AUTHOR, PART_SAID } part;

typedef struct range_end { /* of a comment with that name */
	slice name;
	uint32_t at;
} range_end;

typedef struct reader {
	xml_reader xml;
	odt_earlier *out;
	const memory *memory;
	ARRAY(range_end) ends; /* as they come */
	slice author;
	bool in_comment, in_changes;
	unsigned paragraphs; /* of the comment */
	part part;           /* of the comment, that the text in hand belongs to */
	buffer by, said;
} reader;

static bool
is(const char *name, const char *wanted)
{
	return strcmp(name, wanted) == 0;
}

/* ---- content.xml ---- */

static status
begin_comment(reader *r, const char **attributes)
{
	uint32_t at = (uint32_t)xml_at(&r->xml);
	odt_earlier_comment new = { .start = at, .end = at };
	const char *name = xml_attribute(attributes, "office:name");

	r->in_comment = true;
	r->paragraphs = 0;
	r->part = PART_NONE;
	buffer_clear(&r->by);
	buffer_clear(&r->said);
	if (name != NULL)
		TRY(arena_copy(&r->out->keep, slice_of(name), &new.name));
	TRY(ARRAY_RESERVE(r->memory, &r->out->list, 1));
	r->out->list.at[r->out->list.n++] = new;
	return STATUS_OK;
}

static status
end_range(reader *r, slice name)
{
	range_end new = { .at = (uint32_t)xml_at(&r->xml) };

	if (name.n == 0 || r->out->list.n == 0)
		return STATUS_OK;
	TRY(arena_copy(&r->out->keep, name, &new.name));
	TRY(ARRAY_RESERVE(r->memory, &r->ends, 1));
	r->ends.at[r->ends.n++] = new;
	return STATUS_OK;
}

static void
put_spaces(buffer *out, const char *count)
{
	unsigned long n = count == NULL ? 1 : strtoul(count, NULL, 10);

	for (; n != 0 && out->status == STATUS_OK; n--)
		buffer_put_char(out, ' ');
}

static void
start_inside(reader *r, const char *name, const char **attributes)
{
	if (is(name, "dc:creator"))
		r->part = PART_AUTHOR;
	else if (is(name, "text:p")) {
		r->part = PART_SAID;
		if (r->paragraphs++ != 0)
			buffer_put_char(&r->said, '\n');
	} else if (is(name, "text:line-break"))
		buffer_put_char(&r->said, '\n');
	else if (is(name, "text:tab"))
		buffer_put_char(&r->said, '\t');
	else if (is(name, "text:s"))
		put_spaces(&r->said, xml_attribute(attributes, "text:c"));
}

static status
start(void *user, const char *name, const char **attributes)
{
	reader *r = user;

	if (is(name, "text:tracked-changes"))
		r->in_changes = true;
	else if (r->in_changes)
		return STATUS_OK;
	else if (is(name, "office:annotation"))
		return begin_comment(r, attributes);
	else if (is(name, "office:annotation-end"))
		return end_range(r, slice_of(xml_attribute(attributes, "office:name")));
	else if (r->in_comment)
		start_inside(r, name, attributes);
	return STATUS_OK;
}

static status
end_comment(reader *r)
{
	odt_earlier_comment *c = &r->out->list.at[r->out->list.n - 1];

	r->in_comment = false;
	if (r->by.status == STATUS_MEMORY || r->said.status == STATUS_MEMORY)
		return STATUS_MEMORY;
	c->ours = r->by.status == STATUS_OK && r->said.status == STATUS_OK &&
		  slice_equal(buffer_slice(&r->by), r->author);
	return c->ours ? arena_copy(&r->out->keep, buffer_slice(&r->said), &c->said)
		       : STATUS_OK;
}

static status
end(void *user, const char *name)
{
	reader *r = user;

	if (is(name, "text:tracked-changes"))
		r->in_changes = false;
	if (is(name, "dc:creator") || is(name, "text:p"))
		r->part = PART_NONE;
	return r->in_comment && is(name, "office:annotation") ? end_comment(r) : STATUS_OK;
}

static status
text(void *user, slice s)
{
	reader *r = user;

	if (r->in_comment && r->part != PART_NONE)
		buffer_put(r->part == PART_AUTHOR ? &r->by : &r->said, s);
	return STATUS_OK;
}

static status
read_comments(reader *r, context *c, slice content)
{
	static const xml_events events = { start, end, text, NULL };
	stream in;

	buffer_init(&r->by, r->memory, SAID_MOST);
	buffer_init(&r->said, r->memory, SAID_MOST);
	r->xml.utf8 = true;
	stream_of_bytes(&in, c, "content.xml", content);
	status done = xml_read(&r->xml, &in, &events, r);
	stream_close(&in);
	buffer_free(&r->by);
	buffer_free(&r->said);
	return done;
}

/* ---- ranges ---- */

typedef int comparison(const void *, const void *);

/* Of comments in that order, how many come before one. */
static size_t
count_before(const odt_earlier *x, const odt_earlier_comment *wanted, comparison *compare)
{
	size_t low = 0, high = x->list.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare(&x->list.at[middle], wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int
by_name(const void *left, const void *right)
{
	const odt_earlier_comment *a = left, *b = right;
	int order = slice_compare(a->name, b->name);

	return order != 0 ? order : (a->start > b->start) - (a->start < b->start);
}

/* An end is that of the last comment of its name before it. */
static void
end_ranges(reader *r)
{
	odt_earlier_comment *all = r->out->list.at;

	if (r->ends.n == 0)
		return;
	qsort(all, r->out->list.n, sizeof(*all), by_name);
	for (size_t i = 0; i < r->ends.n; i++) {
		const range_end *e = &r->ends.at[i];
		odt_earlier_comment wanted = { .name = e->name, .start = e->at };
		size_t before = count_before(r->out, &wanted, by_name);
		if (before > 0 && slice_equal(all[before - 1].name, e->name))
			all[before - 1].end = e->at;
	}
}

/* ---- places ---- */

/* How much text stands before a byte of content.xml, as the body is read: a note counts as what
 * comes before it, the end of a paragraph as the beginning of the next. */
static uint32_t
text_before(const document *d, uint32_t at)
{
	const odt_source *s = d->source;
	const run *runs = s->map.runs;
	size_t low = 0, high = s->map.count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (runs[middle].file <= at)
			low = middle;
		else
			high = middle;
	}
	uint32_t text = runs[low].text;
	if (low + 1 < s->map.count && at > runs[low].file) {
		uint32_t passed = at - runs[low].file, most = runs[low + 1].text - text;
		text += runs[low].kind == RUN_VERBATIM && passed < most ? passed : most;
	}
	while (text > 0 && d->text.p[text - 1] == '\n')
		text--;
	return text;
}

static int
by_place(const void *left, const void *right)
{
	const odt_earlier_comment *a = left, *b = right;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->end != b->end)
		return a->end < b->end ? -1 : 1;
	return slice_compare(a->said, b->said);
}

static void
keep_ours(odt_earlier *x)
{
	size_t kept = 0;

	for (size_t i = 0; i < x->list.n; i++) {
		odt_earlier_comment c = x->list.at[i];
		if (!c.ours)
			continue;
		c.start = text_before(x->document, c.start);
		c.end = text_before(x->document, c.end);
		x->list.at[kept++] = c;
	}
	x->list.n = kept;
	if (kept > 1)
		qsort(x->list.at, kept, sizeof(*x->list.at), by_place);
}

status
odt_earlier_read(odt_earlier *x, context *c, const document *d, const char *author)
{
	const odt_source *s = d->source;
	reader r = { .out = x, .memory = c->memory, .author = slice_of(author) };

	x->document = d;
	arena_init(&x->keep, c->memory);
	if (s->map.count == 0 || memmem(s->content.p, s->content.n, MARK, strlen(MARK)) == NULL)
		return STATUS_OK;
	status done = read_comments(&r, c, s->content);
	end_ranges(&r);
	keep_ours(x);
	ARRAY_FREE(c->memory, &r.ends);
	return done;
}

void
odt_earlier_free(odt_earlier *x, const memory *m)
{
	ARRAY_FREE(m, &x->list);
	arena_free(&x->keep);
}

bool
odt_earlier_take(odt_earlier *x, uint32_t start, uint32_t end, slice said)
{
	odt_earlier_comment wanted = { .said = said }, *all = x->list.at;

	if (x->list.n == 0)
		return false;
	wanted.start = text_before(x->document, start);
	wanted.end = text_before(x->document, end);
	size_t first = count_before(x, &wanted, by_place);
	if (first == x->list.n)
		return false;
	size_t next = first + all[first].met;
	if (next >= x->list.n || by_place(&all[next], &wanted) != 0)
		return false;
	all[first].met++;
	return true;
}
