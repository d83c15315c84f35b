#include "termbase/tbx.h"

#include <expat.h>
#include <stdio.h>
#include <string.h>

#include "base/xml.h"
#include "termbase/tbx_places.h"
#include "termbase/xml_name.h"

#define TERM_BYTES_MAX 2000
#define DEPTH_MAX 256

int
tbx_probe(slice head)
{
	static const char *const roots[] = { "<tbx", "<martif" };

	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++)
		for (size_t at = 0, n = strlen(roots[i]); at + n <= head.n; at++)
			if (memcmp(head.p + at, roots[i], n) == 0)
				return 95;
	return 0;
}

/* --- reading --- */

typedef enum frame { /* what an open element is */
	FRAME_OTHER,
	FRAME_CONCEPT,
	FRAME_SECTION,
	FRAME_TERM_SECTION,
	FRAME_TERM,
	FRAME_GROUP,
	FRAME_ITEM,
	FRAME_REMARK, /* header or back, kept as it is */
} frame;

typedef struct reader {
	exchange_input *in;
	XML_Parser parser;
	status status; /* of the first failure, which stops the parser */
	entry entry;
	frame frames[DEPTH_MAX];
	size_t depth;
	tbx_places *places;     /* NULL: nobody asks where things stand */
	size_t open[DEPTH_MAX]; /* of the places, by depth; TBX_NO_PLACE: not noted */
	size_t capture;         /* depth of the element whose content is gathered; 0: none */
	buffer plain, xml, id;
	bool markup;     /* there is an element in what is gathered */
	entry_item item; /* its attributes, while it is open; on names */
	arena names;
	char remark[32];
	entry_owner owner;
	uint32_t group;
	size_t group_depth;   /* of the outermost group; 0: none is open */
	exchange_place place; /* of the concept */
	const char *why;      /* the concept is left out: the first reason */
	bool nameless;        /* the term in hand stands for none */
	size_t items;         /* of the concept before the term in hand */
} reader;

/* --- where things stand --- */

static void
place_start(reader *r, frame what)
{
	static const tbx_part parts[] = { [FRAME_CONCEPT] = TBX_CONCEPT,
		[FRAME_SECTION] = TBX_SECTION,
		[FRAME_TERM_SECTION] = TBX_TERM_SECTION,
		[FRAME_TERM] = TBX_TERM,
		[FRAME_GROUP] = TBX_GROUP,
		[FRAME_ITEM] = TBX_ITEM,
		[FRAME_OTHER] = TBX_NONE,
		[FRAME_REMARK] = TBX_NONE };
	tbx_places *all = r->places;

	r->open[r->depth - 1] = TBX_NO_PLACE;
	if (all == NULL || parts[what] == TBX_NONE)
		return;
	if (what == FRAME_CONCEPT) {
		all->list.n = 0;
		all->named = r->entry.id.n != 0;
	}
	if (ARRAY_RESERVE(r->in->context->memory, &all->list, 1) != STATUS_OK) {
		r->status = STATUS_MEMORY;
		return;
	}
	size_t start = (size_t)XML_GetCurrentByteIndex(r->parser);
	r->open[r->depth - 1] = all->list.n;
	all->list.at[all->list.n++] = (tbx_place){ .part = parts[what],
		.start = start,
		.inner_start = start + (size_t)XML_GetCurrentByteCount(r->parser),
		.level = r->owner.level,
		.owner = r->owner.index,
		.order = (uint32_t)r->entry.items.n };
}

/* An element without content has no end tag: its inner end lies before its inner start. */
static void
place_end(reader *r)
{
	size_t at = r->open[r->depth - 1];

	if (r->places == NULL || at == TBX_NO_PLACE)
		return;
	tbx_place *place = &r->places->list.at[at];
	size_t tag = (size_t)XML_GetCurrentByteIndex(r->parser);
	size_t n = (size_t)XML_GetCurrentByteCount(r->parser);
	place->inner_end = n == 0 ? 0 : tag;
	place->end = tag + n;
}

static void
place_body(reader *r, const char *name, bool opens)
{
	size_t at = (size_t)XML_GetCurrentByteIndex(r->parser);

	if (r->places == NULL || strcmp(name, "body") != 0)
		return;
	if (opens)
		r->places->body_start = at + (size_t)XML_GetCurrentByteCount(r->parser);
	else
		r->places->body_end = at;
}

static void
stop(reader *r, status s)
{
	if (r->status == STATUS_OK && s != STATUS_OK)
		r->status = s;
	if (s != STATUS_OK)
		XML_StopParser(r->parser, XML_FALSE);
}

static exchange_place
here(const reader *r)
{
	return (exchange_place){ (unsigned)XML_GetCurrentLineNumber(r->parser),
		(unsigned)XML_GetCurrentColumnNumber(r->parser) + 1 };
}

static const char *
either(const reader *r, const char *en, const char *fr)
{
	return r->in->context->ui == LANGUAGE_FR ? fr : en;
}

static void
leave_out(reader *r, const char *en, const char *fr)
{
	if (r->why == NULL)
		r->why = either(r, en, fr);
}

/* "definition" of "basic:definition"; *prefixed when there was a prefix. */
static slice
local_name(const char *name, bool *prefixed)
{
	const char *colon = strchr(name, ':');

	*prefixed = colon != NULL;
	return slice_of(colon == NULL ? name : colon + 1);
}

static slice
attribute(const char **attributes, const char *name)
{
	for (; attributes[0] != NULL; attributes += 2)
		if (strcmp(attributes[0], name) == 0)
			return slice_of(attributes[1]);
	return SLICE("");
}

static void
put_escaped(buffer *out, slice s, bool quotes)
{
	for (size_t i = 0; i < s.n; i++)
		switch (s.p[i]) {
		case '&':
			buffer_put(out, SLICE("&amp;"));
			break;
		case '<':
			buffer_put(out, SLICE("&lt;"));
			break;
		case '>':
			buffer_put(out, SLICE("&gt;"));
			break;
		case '"':
			buffer_put(out, quotes ? SLICE("&quot;") : SLICE("\""));
			break;
		default:
			buffer_put_char(out, s.p[i]);
		}
}

static void
put_start(buffer *out, const char *name, const char **attributes)
{
	buffer_put_char(out, '<');
	buffer_put(out, slice_of(name));
	for (; attributes[0] != NULL; attributes += 2) {
		buffer_put_char(out, ' ');
		buffer_put(out, slice_of(attributes[0]));
		buffer_put(out, SLICE("=\""));
		put_escaped(out, slice_of(attributes[1]), true);
		buffer_put_char(out, '"');
	}
	buffer_put_char(out, '>');
}

static void
put_end(buffer *out, const char *name)
{
	buffer_put(out, SLICE("</"));
	buffer_put(out, slice_of(name));
	buffer_put_char(out, '>');
}

static void
begin_capture(reader *r)
{
	r->capture = r->depth;
	r->markup = false;
	buffer_clear(&r->plain);
	buffer_clear(&r->xml);
}

static status
keep_name(reader *r, slice s, slice *out)
{
	return arena_copy(&r->names, s, out);
}

/* An id, or what points at one. */
static status
read_id(reader *r, slice name, slice *out)
{
	buffer_clear(&r->id);
	xml_name_read(&r->id, name);
	*out = buffer_slice(&r->id);
	return r->id.status;
}

static status
keep_id(reader *r, slice name, slice *out)
{
	slice id;

	TRY(read_id(r, name, &id));
	return keep_name(r, id, out);
}

/* An element that holds a text and says what it is. */
static status
open_item(reader *r, entry_element element, slice type, const char **attributes)
{
	arena_reset(&r->names);
	r->item = (entry_item){ .element = element, .group = r->group };
	TRY(keep_name(r, type, &r->item.type));
	if (element == ELEMENT_XREF)
		TRY(keep_name(r, attribute(attributes, "target"), &r->item.target));
	else
		TRY(keep_id(r, attribute(attributes, "target"), &r->item.target));
	TRY(keep_id(r, attribute(attributes, "id"), &r->item.id));
	TRY(keep_name(r, attribute(attributes, "xml:lang"), &r->item.language));
	begin_capture(r);
	return STATUS_OK;
}

static status
open_concept(reader *r, const char **attributes)
{
	slice id;

	entry_clear(&r->entry);
	r->owner = OWNER_CONCEPT;
	r->why = NULL;
	if (r->places != NULL)
		r->places->nameless = false;
	r->group_depth = 0;
	r->place = here(r);
	TRY(read_id(r, attribute(attributes, "id"), &id));
	return entry_set_id(&r->entry, id);
}

static status
open_section(reader *r, const char **attributes)
{
	slice tag = attribute(attributes, "xml:lang");

	if (tag.n == 0)
		tag = attribute(attributes, "lang");
	if (tag.n == 0) {
		leave_out(
			r, "a language section without a language", "une section sans langue");
		tag = SLICE("und");
	}
	r->owner.level = LEVEL_SECTION;
	return entry_section_of(&r->entry, tag, &r->owner.index);
}

static status
open_term(reader *r, const char **attributes)
{
	uint32_t section = r->owner.index;
	slice id;

	r->nameless = false;
	r->items = r->entry.items.n;
	r->owner.level = LEVEL_TERM;
	TRY(entry_add_term(&r->entry, section, SLICE(""), &r->owner.index));
	TRY(read_id(r, attribute(attributes, "id"), &id));
	return entry_set_term_id(&r->entry, r->owner.index, id);
}

static bool
is_one_of(slice name, const char *a, const char *b)
{
	return slice_is(name, a) || slice_is(name, b);
}

static bool
inside(const reader *r, frame what)
{
	for (size_t i = 0; i < r->depth; i++)
		if (r->frames[i] == what)
			return true;
	return false;
}

static status
open_remark(reader *r, const char *key, frame *what)
{
	*what = FRAME_REMARK;
	snprintf(r->remark, sizeof(r->remark), "%s", key);
	begin_capture(r);
	return STATUS_OK;
}

/* Outside concepts. */
static status
open_outer(reader *r, slice name, const char **attributes, frame *what)
{
	if (is_one_of(name, "conceptEntry", "termEntry")) {
		*what = FRAME_CONCEPT;
		return open_concept(r, attributes);
	}
	if (is_one_of(name, "tbxHeader", "martifHeader"))
		return open_remark(r, "tbx.header", what);
	if (slice_is(name, "back"))
		return open_remark(r, "tbx.back", what);
	return STATUS_OK;
}

/* Structure of a concept; *what stays FRAME_OTHER for what is none. */
static status
open_structure(reader *r, slice name, const char **attributes, frame *what)
{
	if (is_one_of(name, "langSec", "langSet") && r->owner.level == LEVEL_CONCEPT) {
		*what = FRAME_SECTION;
		return open_section(r, attributes);
	}
	if ((is_one_of(name, "termSec", "tig") || slice_is(name, "ntig")) &&
		r->owner.level == LEVEL_SECTION) {
		*what = FRAME_TERM_SECTION;
		return open_term(r, attributes);
	}
	if (slice_is(name, "term") && r->owner.level == LEVEL_TERM) {
		*what = FRAME_TERM;
		begin_capture(r);
		return STATUS_OK;
	}
	if (slice_ends(name, SLICE("Grp"))) {
		*what = FRAME_GROUP;
		if (r->group_depth == 0 && !slice_is(name, "termGrp")) {
			r->group_depth = r->depth;
			r->group = entry_new_group(&r->entry);
		}
	}
	return STATUS_OK;
}

static status
open_inner(reader *r, const char *full, const char **attributes, frame *what)
{
	bool prefixed;
	slice name = local_name(full, &prefixed);
	const char *module;
	entry_element e;

	TRY(open_structure(r, name, attributes, what));
	if (*what != FRAME_OTHER)
		return STATUS_OK;
	*what = FRAME_ITEM;
	if (entry_element_of(name, &e) && e != ELEMENT_XML)
		return open_item(r, e, attribute(attributes, "type"), attributes);
	if (prefixed)
		return open_item(r, tbx_element_of(name, &module), name, attributes);
	TRY(open_item(r, ELEMENT_XML, name, attributes));
	put_start(&r->xml, full, attributes);
	r->markup = true;
	return STATUS_OK;
}

/* Of version 3, of version 2 and of the MARTIF before them. */
static bool
is_root(const char *full)
{
	bool ignored;
	slice name = local_name(full, &ignored);

	return is_one_of(name, "tbx", "martif") || slice_is(name, "TBX");
}

static void XMLCALL
on_start(void *user, const char *name, const char **attributes)
{
	reader *r = user;
	frame what = FRAME_OTHER;
	bool ignored;
	status s = STATUS_OK;

	if (r->status != STATUS_OK)
		return;
	if (r->depth + 1 >= DEPTH_MAX || r->depth + 1 >= r->in->context->limits.nesting) {
		stop(r, exchange_refuse(r->in->context, r->in->stream->name, here(r),
				either(r, "elements nested too deeply",
					"éléments trop imbriqués")));
		return;
	}
	if (r->depth == 0 && !is_root(name)) {
		stop(r, exchange_refuse(r->in->context, r->in->stream->name, here(r),
				either(r, "XML, but not TBX", "du XML, mais pas du TBX")));
		return;
	}
	r->frames[r->depth++] = FRAME_OTHER;
	place_body(r, name, true);
	if (r->capture != 0) {
		put_start(&r->xml, name, attributes);
		r->markup = true;
	} else if (inside(r, FRAME_CONCEPT))
		s = open_inner(r, name, attributes, &what);
	else
		s = open_outer(r, local_name(name, &ignored), attributes, &what);
	r->frames[r->depth - 1] = what;
	place_start(r, what);
	stop(r, s);
}

/* White space that holds a line break is one space; none stands at the ends. */
static slice
tidy(buffer *text)
{
	size_t n = 0;
	char *p = text->p;

	for (size_t i = 0; i < text->n;) {
		size_t start = i;
		bool line = false;
		while (i < text->n && strchr(" \t\r\n", p[i]) != NULL && p[i] != '\0')
			line = line || p[i] == '\n', i++;
		if (i > start && (line || n == 0 || i == text->n))
			p[n++] = ' ';
		else
			for (; start < i; start++)
				p[n++] = p[start];
		if (i < text->n)
			p[n++] = p[i++];
	}
	return slice_trim(n == 0 ? SLICE("") : (slice){ p, n });
}

static status
close_term(reader *r)
{
	slice text = tidy(&r->plain);

	TRY(r->plain.status);
	if (text.n == 0)
		leave_out(r, "a term without text", "un terme sans texte");
	if (text.n > TERM_BYTES_MAX) {
		leave_out(
			r, "a term of more than 2000 bytes", "un terme de plus de 2000 octets");
		return STATUS_OK;
	}
	return entry_set_term_text(&r->entry, r->owner.index, text);
}

static status
close_item(reader *r, const char *name)
{
	entry_item *x = &r->item;

	if (x->element == ELEMENT_XML)
		put_end(&r->xml, name);
	TRY(r->plain.status);
	TRY(r->xml.status);
	x->markup = r->markup;
	x->value = tidy(r->markup ? &r->xml : &r->plain);
	if (slice_is(x->type, "x-retired")) {
		r->entry.retired = true;
		return STATUS_OK;
	}
	if (slice_is(x->type, TBX_NAMELESS) && r->owner.level == LEVEL_TERM)
		r->nameless = true;
	return entry_add_item(&r->entry, r->owner, *x);
}

static status
name_concept(reader *r)
{
	entry *e = &r->entry;

	if (e->id.n == 0 && e->terms.n != 0)
		TRY(entry_set_id(e, e->terms.at[0].text));
	/* One with an id may leave the terms to a layer below, and say a note of it. */
	if (e->terms.n == 0 && (e->id.n == 0 || (!e->retired && e->items.n == 0)))
		leave_out(r, "a concept without terms", "une notion sans terme");
	return STATUS_OK;
}

static status
close_concept(reader *r)
{
	const exchange_sink *sink = r->in->sink;

	TRY(name_concept(r));
	if (r->why != NULL)
		return sink->refuse(sink->user, r->place, r->why);
	TRY(entry_close(&r->entry));
	return sink->take(sink->user, &r->entry, r->place);
}

static status
close_remark(reader *r)
{
	const exchange_sink *sink = r->in->sink;

	TRY(r->xml.status);
	if (sink->remark == NULL)
		return STATUS_OK;
	return sink->remark(sink->user, r->remark, buffer_slice(&r->xml));
}

/* What stands for a term where the grammar wants one is none. */
static status
close_term_section(reader *r)
{
	entry *e = &r->entry;
	uint32_t section = e->terms.at[r->owner.index].section;

	if (e->terms.at[r->owner.index].text.n == 0)
		leave_out(r, "a term without text", "un terme sans texte");
	r->owner = OWNER_SECTION(section);
	if (!r->nameless)
		return STATUS_OK;
	if (r->places != NULL)
		r->places->nameless = true;
	e->terms.n--;
	e->items.n = r->items;
	return STATUS_OK;
}

/* The section that was only made for such a term goes with it. */
static void
close_section(reader *r)
{
	entry *e = &r->entry;
	size_t last = e->sections.n - 1;
	bool said = !slice_is(e->sections.at[last].language, TBX_NO_LANGUAGE) ||
		    r->owner.index != last;

	for (size_t i = 0; i < e->terms.n; i++)
		said = said || e->terms.at[i].section == last;
	for (size_t i = 0; i < e->items.n; i++)
		said = said || (e->items.at[i].owner.level == LEVEL_SECTION &&
				       e->items.at[i].owner.index == last);
	if (!said)
		e->sections.n--;
	r->owner = OWNER_CONCEPT;
}

static status
close_frame(reader *r, frame what, const char *name)
{
	switch (what) {
	case FRAME_CONCEPT:
		return close_concept(r);
	case FRAME_SECTION:
		close_section(r);
		return STATUS_OK;
	case FRAME_TERM_SECTION:
		return close_term_section(r);
	case FRAME_TERM:
		return close_term(r);
	case FRAME_ITEM:
		return close_item(r, name);
	case FRAME_REMARK:
		return close_remark(r);
	case FRAME_GROUP:
	case FRAME_OTHER:
		break;
	}
	return STATUS_OK;
}

static void XMLCALL
on_end(void *user, const char *name)
{
	reader *r = user;

	if (r->status != STATUS_OK || r->depth == 0)
		return;
	frame what = r->frames[r->depth - 1];
	place_end(r);
	place_body(r, name, false);
	if (r->capture != 0 && r->depth > r->capture)
		put_end(&r->xml, name);
	else {
		r->capture = 0;
		stop(r, close_frame(r, what, name));
	}
	if (r->depth == r->group_depth) {
		r->group_depth = 0;
		r->group = 0;
	}
	r->depth--;
}

static void XMLCALL
on_text(void *user, const char *p, int n)
{
	reader *r = user;
	slice s = { p, (size_t)n };

	if (r->status != STATUS_OK || r->capture == 0)
		return;
	if (r->xml.n + s.n > r->in->context->limits.paragraph) {
		stop(r, exchange_refuse(r->in->context, r->in->stream->name, here(r),
				either(r, "a text past the limit of one paragraph",
					"un texte au-delà de la limite d’un paragraphe")));
		return;
	}
	buffer_put(&r->plain, s);
	put_escaped(&r->xml, s, false);
}

/* Entities of its own are how a small file becomes a large one; no format of terms has them. */
static void XMLCALL
on_entity(void *user, const char *name, int parameter, const char *value, int length,
	const char *base, const char *system, const char *public, const char *notation)
{
	reader *r = user;

	(void)name, (void)parameter, (void)value, (void)length, (void)base, (void)system;
	(void)public, (void)notation;
	stop(r, exchange_refuse(r->in->context, r->in->stream->name, here(r),
			either(r, "declares entities of its own", "déclare des entités")));
}

static status
malformed(reader *r)
{
	if (r->status != STATUS_OK)
		return r->status;
	if (XML_GetErrorCode(r->parser) == XML_ERROR_NO_MEMORY)
		return STATUS_MEMORY;
	return exchange_refuse(r->in->context, r->in->stream->name, here(r),
		xml_message(r->in->context->ui, XML_GetErrorCode(r->parser)));
}

static status
parse(reader *r)
{
	slice piece;

	do {
		TRY(stream_next(r->in->stream, &piece));
		if (XML_Parse(r->parser, piece.p, (int)piece.n, piece.n == 0) != XML_STATUS_OK)
			return malformed(r);
	} while (piece.n != 0);
	return r->status;
}

static status
read_with(reader *r)
{
	r->parser = XML_ParserCreate(NULL);
	if (r->parser == NULL)
		return STATUS_MEMORY;
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, on_start, on_end);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetEntityDeclHandler(r->parser, on_entity);
	return parse(r);
}

status
tbx_read(exchange_input *in)
{
	const memory *m = in->context->memory;
	reader *r = memory_alloc(m, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->in = in;
	r->places = in->places;
	entry_init(&r->entry, m);
	arena_init(&r->names, m);
	buffer_init(&r->plain, m, in->context->limits.output);
	buffer_init(&r->id, m, in->context->limits.output);
	buffer_init(&r->xml, m, in->context->limits.output);
	status s = read_with(r);
	if (r->parser != NULL)
		XML_ParserFree(r->parser);
	entry_free(&r->entry);
	arena_free(&r->names);
	buffer_free(&r->plain);
	buffer_free(&r->id);
	buffer_free(&r->xml);
	memory_free(m, r);
	return s;
}
