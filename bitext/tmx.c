/* TMX 1.1 to 1.4b. Each variant (tuv) of a unit is a segment; the one in the source language of
 * the unit or the file is paired with every other one. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/xml.h"
#include "bitext/bitext.h"

static const bitext_code codes[] = {
	{ "bpt", false, CODE_OPEN, CODE_OPEN, "i" },
	{ "ept", false, CODE_CLOSE, CODE_CLOSE, "i" },
	{ "ph", false, CODE_ALONE, CODE_ALONE, "x" },
	{ "it", false, CODE_ISOLATED, CODE_ISOLATED, "x" },
	{ "ut", false, CODE_ALONE, CODE_ALONE, "x" },
	{ "hi", true, CODE_MARK, CODE_MARK_END, NULL },
	{ NULL },
};

typedef struct reader {
	const bitext_input *in;
	xml_reader xml;
	char file_source[64], unit_source[64];
	char languages[BITEXT_SEGMENTS][64];
	size_t segments;
	size_t unit, item;  /* depth of the tu, of the note or prop that are read; 0: none */
	size_t in_side;     /* of the seg */
	bitext_bytes begun; /* the start tag of the segment */
	char language[64];  /* of the variant in hand */
	bool is_document;   /* the prop says of which document the unit is */
	buffer text;
} reader;

static bool
is(const char *name, const char *wanted)
{
	return strcasecmp(name, wanted) == 0;
}

static bitext_bytes
here(const reader *r)
{
	return (bitext_bytes){ xml_at(&r->xml), xml_size(&r->xml) };
}

static const char *
language_of(const char **attributes)
{
	const char *tag = xml_attribute(attributes, "xml:lang");

	if (tag == NULL)
		tag = xml_attribute(attributes, "lang");
	return tag == NULL ? "" : tag;
}

static status
start_unit(reader *r, const char **attributes)
{
	const char *source = xml_attribute(attributes, "srclang");
	const char *id = xml_attribute(attributes, "tuid");

	r->unit = r->xml.depth;
	r->segments = 0;
	snprintf(r->unit_source, sizeof(r->unit_source), "%s",
		source != NULL ? source : r->file_source);
	TRY(r->in->events->unit(r->in->user, xml_here(&r->xml)));
	return id == NULL ? STATUS_OK
			  : r->in->events->fact(r->in->user, BITEXT_ID, slice_of(id));
}

static status
start_segment(reader *r)
{
	if (r->segments == BITEXT_SEGMENTS)
		return STATUS_OK;
	r->in_side = r->xml.depth;
	r->begun = here(r);
	strcpy(r->languages[r->segments++], r->language);
	return r->in->events->segment(r->in->user, slice_of(r->language), false);
}

static void
start_item(reader *r, const char *name, const char **attributes)
{
	static const char *const types[] = { "x-document", "document", "file", "x-file",
		"x-filename", NULL };
	const char *type = xml_attribute(attributes, "type");

	r->item = r->xml.depth;
	r->is_document =
		is(name, "prop") && type != NULL && slice_is_one_of(slice_of(type), types);
	if (is(name, "prop") && !r->is_document)
		r->item = r->xml.depth + XML_DEPTH_MAX; /* never ends as one */
	buffer_clear(&r->text);
}

static status
on_start(void *user, const char *name, const char **attributes)
{
	reader *r = user;
	const char *source;

	if (r->in_side != 0)
		return r->in->events->start(
			r->in->user, bitext_find_code(codes, name), name, attributes, here(r));
	if (is(name, "header") && (source = xml_attribute(attributes, "srclang")) != NULL)
		snprintf(r->file_source, sizeof(r->file_source), "%s", source);
	if (r->item != 0)
		return STATUS_OK;
	if (r->unit == 0)
		return is(name, "tu") ? start_unit(r, attributes) : STATUS_OK;
	if (is(name, "tuv"))
		snprintf(r->language, sizeof(r->language), "%s", language_of(attributes));
	else if (is(name, "seg"))
		return start_segment(r);
	else if (is(name, "note") || is(name, "prop"))
		start_item(r, name, attributes);
	return STATUS_OK;
}

static size_t
first_subtag(const char *tag)
{
	return strcspn(tag, "-_");
}

/* The segment in the source language: of this very tag, else of its first subtag. */
static size_t
find_source(const reader *r)
{
	size_t n = first_subtag(r->unit_source), found = BITEXT_NONE;

	if (n == 0 || is(r->unit_source, "*all*"))
		return 0;
	for (size_t i = r->segments; i-- > 0;) {
		if (is(r->languages[i], r->unit_source))
			return i;
		if (first_subtag(r->languages[i]) == n &&
			strncasecmp(r->languages[i], r->unit_source, n) == 0)
			found = i;
	}
	return found == BITEXT_NONE ? 0 : found;
}

static status
end_unit(reader *r)
{
	size_t source = find_source(r);
	bool paired = false;

	r->unit = 0;
	for (size_t i = 0; i < r->segments; i++) {
		bitext_pair p = { source, i, 0, PAIR_TRANSLATED, SLICE("") };
		if (i == source)
			continue;
		TRY(r->in->events->pair(r->in->user, &p));
		paired = true;
	}
	if (!paired && r->segments != 0) {
		bitext_pair p = { source, BITEXT_NONE, xml_at(&r->xml), PAIR_UNTRANSLATED,
			SLICE("") };
		TRY(r->in->events->pair(r->in->user, &p));
	}
	return r->in->events->unit_end(r->in->user);
}

static status
end_segment(reader *r)
{
	bitext_bytes end = here(r), content = r->begun;

	r->in_side = 0;
	if (end.n != 0) {
		content.at += r->begun.n;
		content.n = (size_t)(end.at - content.at);
	}
	return r->in->events->segment_end(r->in->user, content);
}

static status
end_item(reader *r)
{
	bitext_fact kind = r->is_document ? BITEXT_FILE : BITEXT_NOTE;

	r->item = 0;
	TRY(r->text.status);
	return r->in->events->fact(r->in->user, kind, buffer_slice(&r->text));
}

static status
on_end(void *user, const char *name)
{
	reader *r = user;
	size_t depth = r->xml.depth + 1;

	if (r->in_side == depth)
		return end_segment(r);
	if (r->in_side != 0)
		return r->in->events->end(r->in->user, name, here(r));
	if (r->item == depth)
		return end_item(r);
	if (r->item == depth + XML_DEPTH_MAX)
		r->item = 0;
	return r->unit == depth ? end_unit(r) : STATUS_OK;
}

static status
on_text(void *user, slice s)
{
	reader *r = user;

	if (r->item != 0)
		buffer_put(&r->text, s);
	return r->in_side == 0 ? STATUS_OK : r->in->events->text(r->in->user, s, here(r));
}

static status
on_comment(void *user, slice s)
{
	reader *r = user;

	if (r->in->events->comment == NULL || r->in_side != 0)
		return STATUS_OK;
	return r->in->events->comment(r->in->user, s, here(r));
}

status
bitext_read_tmx(const bitext_input *in)
{
	static const xml_events events = { on_start, on_end, on_text, on_comment };
	context *c = in->stream->context;
	reader *r = memory_alloc(c->memory, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->in = in;
	r->xml.utf8 = in->utf8;
	buffer_init(&r->text, c->memory, c->limits.paragraph);
	status done = xml_read(&r->xml, in->stream, &events, r);
	buffer_free(&r->text);
	memory_free(c->memory, r);
	return done;
}

int
bitext_probe_tmx(slice head)
{
	const char *end = head.p + head.n, *p = head.p;

	while (end - p >= 4 && (p = memchr(p, '<', (size_t)(end - p) - 3)) != NULL)
		if (strncasecmp(p++, "<tmx", 4) == 0)
			return 95;
	return 0;
}
