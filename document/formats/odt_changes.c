/* The list of changes stands before the text, so that one reading tells both: what each change
 * is, and between which marks an insertion lies. Insertions of two people do not overlap in
 * what LibreOffice saves; where they do, the one that began last counts. */
#include "document/formats/odt_changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/xml.h"

typedef struct reader {
	xml_reader xml;
	odt_insertions *out;
	const memory *memory;
	slice content;
	slice region;  /* its id */
	size_t nested; /* elements that are open in it */
	bool inserted; /* its change is an insertion */
	uint32_t info; /* where the information on it begins; 0: not yet */
} reader;

static int
by_id(const void *left, const void *right)
{
	const odt_insertion *a = left, *b = right;

	return slice_compare(a->id, b->id);
}

static int
by_start(const void *left, const void *right)
{
	const odt_insertion *a = left, *b = right;

	return (a->start > b->start) - (a->start < b->start);
}

static void
sort(odt_insertions *x, int (*compare)(const void *, const void *))
{
	if (x->list.n > 1)
		qsort(x->list.at, x->list.n, sizeof(*x->list.at), compare);
}

static odt_insertion *
find(const reader *r, const char *id)
{
	odt_insertion key = { .id = slice_of(id) };

	return r->out->list.n == 0
		       ? NULL
		       : bsearch(&key, r->out->list.at, r->out->list.n, sizeof(key), by_id);
}

static status
start(void *user, const char *name, const char **attributes)
{
	reader *r = user;
	uint32_t at = (uint32_t)xml_at(&r->xml);

	if (strcmp(name, "text:changed-region") == 0) {
		r->nested = 0;
		r->inserted = false;
		return arena_copy(&r->out->keep, slice_of(xml_attribute(attributes, "text:id")),
			&r->region);
	}
	if (r->region.n != 0) {
		/* A deletion of what was inserted comes first, and is what counts. */
		if (r->nested == 0)
			r->inserted = strcmp(name, "text:insertion") == 0;
		else if (r->nested == 1 && strcmp(name, "office:change-info") == 0)
			r->info = at;
		r->nested++;
		return STATUS_OK;
	}
	odt_insertion *i = strncmp(name, "text:change-", 12) != 0
				   ? NULL
				   : find(r, xml_attribute(attributes, "text:change-id"));
	if (i != NULL && strcmp(name, "text:change-start") == 0)
		i->start = at;
	else if (i != NULL && strcmp(name, "text:change-end") == 0)
		i->end = at;
	return STATUS_OK;
}

static status
add(reader *r, uint32_t end)
{
	odt_insertion new = { .id = r->region, .info = slice_sub(r->content, r->info, end) };

	TRY(ARRAY_RESERVE(r->memory, &r->out->list, 1));
	r->out->list.at[r->out->list.n++] = new;
	return STATUS_OK;
}

static status
end(void *user, const char *name)
{
	reader *r = user;

	if (strcmp(name, "text:tracked-changes") == 0)
		sort(r->out, by_id);
	if (r->region.n == 0)
		return STATUS_OK;
	if (r->nested == 0) {
		r->region = SLICE("");
		return STATUS_OK;
	}
	r->nested--;
	if (r->nested != 1 || !r->inserted || strcmp(name, "office:change-info") != 0)
		return STATUS_OK;
	r->inserted = false; /* told once */
	return add(r, (uint32_t)(xml_at(&r->xml) + xml_size(&r->xml)));
}

static status
text(void *user, slice s)
{
	(void)user;
	(void)s;
	return STATUS_OK;
}

status
odt_insertions_read(odt_insertions *x, context *c, slice content)
{
	static const xml_events events = { start, end, text, NULL };
	reader r = { .out = x, .memory = c->memory, .content = content };
	stream in;

	arena_init(&x->keep, c->memory);
	r.xml.utf8 = true;
	stream_of_bytes(&in, c, "content.xml", content);
	status done = xml_read(&r.xml, &in, &events, &r);
	stream_close(&in);
	sort(x, by_start);
	return done;
}

void
odt_insertions_free(odt_insertions *x, const memory *m)
{
	ARRAY_FREE(m, &x->list);
	arena_free(&x->keep);
}

const odt_insertion *
odt_insertion_at(const odt_insertions *x, uint32_t at)
{
	size_t low = 0, high = x->list.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (x->list.at[middle].start <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low != 0 && at < x->list.at[low - 1].end ? &x->list.at[low - 1] : NULL;
}
