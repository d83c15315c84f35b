#include "document/formats/docx_styles.h"

#include <stdlib.h>
#include <strings.h>

#define STYLES_MOST 8192
#define BASED_MOST 32 /* styles based on styles, which may be based on themselves */

typedef struct reader {
	docx_xml xml;
	docx_styles *styles;
	arena *keep;
	docx_style *in; /* the one that is being read */
	bool is_default, is_paragraph, in_properties;
} reader;

language
docx_language(slice tag)
{
	if (tag.n < 2 || slice_is(tag, "x-none") || (tag.n > 2 && tag.p[2] != '-'))
		return LANGUAGE_UNKNOWN;
	if (strncasecmp(tag.p, "fr", 2) == 0)
		return LANGUAGE_FR;
	return strncasecmp(tag.p, "en", 2) == 0 ? LANGUAGE_EN : LANGUAGE_OTHER;
}

static const docx_style unsaid = { .heading = DOCX_UNSAID,
	.hidden = DOCX_UNSAID,
	.list = DOCX_UNSAID,
	.level = DOCX_UNSAID,
	.quotation = DOCX_UNSAID };

static bool
starts(slice s, const char *with)
{
	size_t n = strlen(with);

	return s.n >= n && strncasecmp(s.p, with, n) == 0;
}

/* Names of the built-in styles are English in every Word; ids are not. */
static void
read_name(docx_style *s, slice name)
{
	if (starts(name, "heading ") && name.n == 9 && name.p[8] >= '1' && name.p[8] <= '9')
		s->heading = name.p[8] - '0';
	else if (strcasecmp(name.p, "title") == 0 || strcasecmp(name.p, "subtitle") == 0)
		s->heading = 1;
	else if (strcasecmp(name.p, "quote") == 0 || strcasecmp(name.p, "intense quote") == 0)
		s->quotation = 1;
}

static void
read_id(docx_style *s)
{
	if (starts(s->id, "Heading") || starts(s->id, "Titre") || slice_is(s->id, "Title"))
		s->heading = 1;
}

static void
begin_style(reader *r, const XML_Char **all)
{
	docx_styles *s = r->styles;

	r->in = NULL;
	if (s->list.n >= STYLES_MOST)
		return;
	status done = ARRAY_RESERVE(r->xml.context->memory, &s->list, 1);
	if (done == STATUS_OK) {
		r->in = &s->list.at[s->list.n++];
		*r->in = unsaid;
		done = arena_copy(r->keep, docx_attribute(all, "styleId"), &r->in->id);
	}
	if (done == STATUS_OK)
		read_id(r->in);
	docx_xml_fail(&r->xml, done);
	r->is_paragraph = slice_is(docx_attribute(all, "type"), "paragraph");
	r->is_default = slice_is_one_of(docx_attribute(all, "default"),
		(const char *const[]){ "1", "true", "on", NULL });
}

static void
on_property(reader *r, slice element, const XML_Char **all)
{
	docx_style *s = r->in;
	int level = docx_number(all, "val", 9);

	if (slice_is(element, "basedOn"))
		docx_xml_fail(
			&r->xml, arena_copy(r->keep, docx_attribute(all, "val"), &s->based_on));
	else if (slice_is(element, "name"))
		read_name(s, docx_attribute(all, "val"));
	else if (slice_is(element, "outlineLvl"))
		s->heading = level >= 0 && level < 9 ? level + 1 : 0;
	else if (slice_is(element, "vanish"))
		s->hidden = docx_is_on(all);
	else if (slice_is(element, "numId"))
		s->list = docx_number(all, "val", 0);
	else if (slice_is(element, "ilvl"))
		s->level = docx_number(all, "val", 0);
	else if (slice_is(element, "lang"))
		s->language = (uint8_t)docx_language(docx_attribute(all, "val"));
}

static void
on_start(void *user, const XML_Char *name, const XML_Char **all)
{
	reader *r = user;
	slice element = docx_word(name);

	if (slice_is(element, "style"))
		begin_style(r, all);
	else if (slice_is(element, "docDefaults"))
		r->in = &r->styles->all;
	else if (r->in != NULL && !slice_ends(element, SLICE("PrChange")))
		on_property(r, element, all);
}

static void
on_end(void *user, const XML_Char *name)
{
	reader *r = user;
	slice element = docx_word(name);

	if (slice_is(element, "style")) {
		if (r->in != NULL && r->is_default && r->is_paragraph)
			r->styles->plain = *r->in;
		r->in = NULL;
	} else if (slice_is(element, "docDefaults"))
		r->in = NULL;
}

static int
by_id(const void *left, const void *right)
{
	const docx_style *a = left, *b = right;

	return slice_compare(a->id, b->id);
}

const docx_style *
docx_styles_find(const docx_styles *s, slice id)
{
	docx_style wanted = { .id = id };

	return s->list.n == 0 ? NULL
			      : bsearch(&wanted, s->list.at, s->list.n, sizeof(wanted), by_id);
}

/* What a style does not say is what the one says that it is based on. */
static docx_style
inherit(const docx_styles *s, docx_style style)
{
	const docx_style *base = &style;

	for (int i = 0; i < BASED_MOST && base->based_on.n != 0; i++) {
		base = docx_styles_find(s, base->based_on);
		if (base == NULL)
			break;
		if (style.heading == DOCX_UNSAID)
			style.heading = base->heading;
		if (style.hidden == DOCX_UNSAID)
			style.hidden = base->hidden;
		if (style.quotation == DOCX_UNSAID)
			style.quotation = base->quotation;
		if (style.list == DOCX_UNSAID)
			style.list = base->list;
		if (style.level == DOCX_UNSAID)
			style.level = base->level;
		if (style.language == LANGUAGE_UNKNOWN)
			style.language = base->language;
	}
	return style;
}

static status
resolve(docx_styles *s, const memory *m)
{
	size_t n = s->list.n;
	docx_style *resolved = memory_alloc(m, n * sizeof(*resolved));

	if (resolved == NULL)
		return STATUS_MEMORY;
	if (n > 1)
		qsort(s->list.at, n, sizeof(*s->list.at), by_id);
	for (size_t i = 0; i < n; i++)
		resolved[i] = inherit(s, s->list.at[i]);
	if (n != 0)
		memcpy(s->list.at, resolved, n * sizeof(*resolved));
	memory_free(m, resolved);
	return STATUS_OK;
}

/* Word knows its headings without the part. */
static status
add_own(docx_styles *s, const memory *m)
{
	static const char *const ids[] = { "Heading1", "Heading2", "Heading3", "Heading4",
		"Title", "Titre", "Titre1", "Titre2", "Titre3", NULL };

	for (size_t i = 0; ids[i] != NULL; i++) {
		docx_style style = unsaid;
		style.id = slice_of(ids[i]);
		bool there = false;
		for (size_t k = 0; k < s->list.n && !there; k++)
			there = slice_equal(s->list.at[k].id, style.id);
		if (there)
			continue;
		read_id(&style);
		TRY(ARRAY_RESERVE(m, &s->list, 1));
		s->list.at[s->list.n++] = style;
	}
	return STATUS_OK;
}

status
docx_styles_read(docx_styles *s, package *p, const char *part, arena *keep)
{
	reader r = { .xml = { .context = p->context,
			     .package = p,
			     .start = on_start,
			     .end = on_end },
		.styles = s,
		.keep = keep };

	r.xml.user = &r;
	*s = (docx_styles){ .plain = unsaid, .all = unsaid };
	status done = docx_xml_read(&r.xml, part);
	if (done != STATUS_OK && done != STATUS_NOT_FOUND)
		return done;
	TRY(add_own(s, p->context->memory));
	return resolve(s, p->context->memory);
}

void
docx_styles_free(docx_styles *s, const memory *m)
{
	ARRAY_FREE(m, &s->list);
}
