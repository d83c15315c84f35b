/* OpenDocument 1.3, part 3, 5.1.1.2 (soft page breaks), 20.184 and 20.185 (fo:break-after,
 * fo:break-before), 19.506 (style:master-page-name). What styles say is inherited, and
 * master-page-name="" takes back what a parent says, as LibreOffice reads it. Documents have
 * tens of named styles and one automatic style for each look of a paragraph. */
#include "document/formats/odt_pages.h"

#include <stdlib.h>
#include <string.h>

#include "base/xml.h"
#include "text/find.h"

#define PARENTS_MOST 32 /* styles of styles, which may be their own */

enum odt_says { UNSAID, NO, YES };

void
odt_pages_free(odt_pages *p)
{
	ARRAY_FREE(p->memory, &p->styles);
}

/* --- definitions --- */

static enum odt_says
says(const char *value)
{
	if (value == NULL)
		return UNSAID;
	return strcmp(value, "auto") == 0 || strcmp(value, "column") == 0 ? NO : YES;
}

static status
define_style(odt_pages *p, const char **attributes)
{
	const char *family = xml_attribute(attributes, "style:family");
	const char *master = xml_attribute(attributes, "style:master-page-name");
	odt_page_style s = { .order = p->styles.n };

	p->in_style = family != NULL &&
		      (strcmp(family, "paragraph") == 0 || strcmp(family, "table") == 0);
	if (!p->in_style)
		return STATUS_OK;
	s.table = family[0] == 't';
	if (master != NULL)
		s.master = master[0] == '\0' ? NO : YES;
	TRY(arena_copy(p->keep, slice_of(xml_attribute(attributes, "style:name")), &s.name));
	TRY(arena_copy(p->keep, slice_of(xml_attribute(attributes, "style:parent-style-name")),
		&s.parent));
	TRY(ARRAY_RESERVE(p->memory, &p->styles, 1));
	p->styles.at[p->styles.n++] = s;
	return STATUS_OK;
}

status
odt_pages_define(odt_pages *p, const char *name, const char **attributes)
{
	if (strcmp(name, "style:style") == 0)
		return define_style(p, attributes);
	if (p->in_style && (strcmp(name, "style:paragraph-properties") == 0 ||
				   strcmp(name, "style:table-properties") == 0)) {
		odt_page_style *s = &p->styles.at[p->styles.n - 1];
		s->before = (uint8_t)says(xml_attribute(attributes, "fo:break-before"));
		s->after = (uint8_t)says(xml_attribute(attributes, "fo:break-after"));
	}
	return STATUS_OK;
}

static int
compare_names(const odt_page_style *a, const odt_page_style *b)
{
	int order = slice_compare(a->name, b->name);

	return order != 0 ? order : (int)a->table - (int)b->table;
}

static int
compare(const void *a, const void *b)
{
	const odt_page_style *x = a, *y = b;
	int order = compare_names(x, y);

	return order != 0 ? order : x->order < y->order ? -1 : 1;
}

/* The last of that name. */
static const odt_page_style *
find(odt_pages *p, slice name, bool table)
{
	odt_page_style wanted = { .name = name, .table = table };
	size_t low = 0, high = p->styles.n;

	if (!p->sorted && p->styles.n != 0)
		qsort(p->styles.at, p->styles.n, sizeof(*p->styles.at), compare);
	p->sorted = true;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare_names(&p->styles.at[middle], &wanted) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	const odt_page_style *s = low == 0 ? NULL : &p->styles.at[low - 1];
	return s != NULL && compare_names(s, &wanted) == 0 ? s : NULL;
}

/* What a style says or inherits. */
static odt_page_style
resolve(odt_pages *p, slice name, bool table)
{
	odt_page_style all = { 0 };

	for (int i = 0; i < PARENTS_MOST && name.n != 0; i++) {
		const odt_page_style *s = find(p, name, table);
		if (s == NULL)
			break;
		all.before = all.before == UNSAID ? s->before : all.before;
		all.after = all.after == UNSAID ? s->after : all.after;
		all.master = all.master == UNSAID ? s->master : all.master;
		name = s->parent;
	}
	return all;
}

/* --- the text --- */

void
odt_pages_begin(odt_pages *p)
{
	p->page = p->row_page = p->cell_page = 1;
	p->begun = p->ends = false;
}

void
odt_pages_text(odt_pages *p, const char **attributes)
{
	const char *use = xml_attribute(attributes, "text:use-soft-page-breaks");

	p->noted = p->noted || (use != NULL && strcmp(use, "true") == 0);
}

static void
begin(odt_pages *p, odt_page_style s)
{
	if (p->begun && (p->ends || s.before == YES || s.master == YES))
		p->page++;
	p->begun = true;
	p->ends = s.after == YES;
}

void
odt_pages_paragraph(odt_pages *p, const char **attributes)
{
	begin(p, resolve(p, slice_of(xml_attribute(attributes, "text:style-name")), false));
}

void
odt_pages_table(odt_pages *p, const char **attributes)
{
	begin(p, resolve(p, slice_of(xml_attribute(attributes, "table:style-name")), true));
}

void
odt_pages_soft(odt_pages *p)
{
	p->noted = true;
	p->page++;
}

void
odt_pages_row(odt_pages *p, bool begins)
{
	if (begins)
		p->row_page = p->cell_page = p->page;
	else
		p->page = p->cell_page;
}

void
odt_pages_cell(odt_pages *p, bool begins)
{
	if (begins)
		p->page = p->row_page;
	else if (p->page > p->cell_page)
		p->cell_page = p->page;
}

/* --- are they sound? --- */

/* -1: it does not say. */
static long
page_count(slice meta)
{
	slice words = SLICE("meta:page-count=\"");
	size_t at = text_find(meta, 0, words);
	long n = 0;

	if (at == meta.n)
		return -1;
	for (at += words.n; at < meta.n && meta.p[at] >= '0' && meta.p[at] <= '9'; at++)
		n = n < INT32_MAX / 10 ? n * 10 + meta.p[at] - '0' : n;
	return n;
}

static bool
has(slice s, const char *words)
{
	return text_find(s, 0, slice_of(words)) != s.n;
}

bool
odt_pages_are_sound(const odt_pages *p, slice meta, slice settings)
{
	return p->noted && page_count(meta) == (long)p->page &&
	       (!has(settings, "ooo:view-settings") || has(settings, "\"ViewId\""));
}
