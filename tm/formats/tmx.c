/* TMX 1.1 to 1.4b in, 1.4b out. A unit is made of the variant in the source language and each
 * other one. What is not a field of the unit travels as items: attributes, properties, notes.
 * Properties by which tools say the document and the segments around are read as such too. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "tm/exchange.h"
#include "tm/formats/work_xml.h"

#define TUVS_MOST 64 /* languages of one unit */

const inline_name tmx_inline_names[] = {
	{ "bpt", INLINE_CODE, TM_CODE_OPEN, TM_CODE_OPEN, "i" },
	{ "ept", INLINE_CODE, TM_CODE_CLOSE, TM_CODE_CLOSE, "i" },
	{ "ph", INLINE_CODE, TM_CODE_ALONE, TM_CODE_ALONE, "x" },
	{ "it", INLINE_CODE, TM_CODE_ISOLATED, TM_CODE_ISOLATED, "x" },
	{ "ut", INLINE_CODE, TM_CODE_ALONE, TM_CODE_ALONE, "x" },
	{ "hi", INLINE_SPAN, TM_CODE_MARK, TM_CODE_MARK_END, NULL },
	{ NULL },
};

static const char *const document_types[] = { "x-document", "document", "file", "x-file",
	"x-filename", NULL };
static const char *const previous_types[] = { "x-previous", "prev", "x-context-pre", NULL };
static const char *const next_types[] = { "x-next", "next", "x-context-post", NULL };

static int
probe(slice head)
{
	for (size_t i = 0; i + 4 <= head.n; i++)
		if (strncasecmp(head.p + i, "<tmx", 4) == 0)
			return 95;
	return 0;
}

/* --- reading --- */

typedef struct reader {
	tm_input *in;
	xml_reader xml;
	inline_reader segment;
	tm_unit whole, out;
	tm_unit tuvs[TUVS_MOST]; /* each in side 0 */
	size_t tuv_count;
	char header_source[64], unit_source[64];
	bool in_unit, in_tuv, in_segment, in_item, has_segment;
	tm_item item;
	buffer text;
	const char *why; /* the unit is left out: the first reason */
	tm_place place;
} reader;

static void
leave_out(reader *r, const char *en, const char *fr)
{
	if (r->why == NULL)
		r->why = tm_either(r->in, en, fr);
}

static tm_unit *
tuv(reader *r)
{
	return &r->tuvs[r->tuv_count - 1];
}

static bool
is(const char *name, const char *wanted)
{
	return strcasecmp(name, wanted) == 0;
}

/* 20020523T091200Z as 2002-05-23T09:12:00Z; false for what is not that. */
static bool
read_date(const char *s, char out[24])
{
	if (strlen(s) != 16 || s[8] != 'T' || s[15] != 'Z' || strspn(s, "0123456789") != 8 ||
		strspn(s + 9, "0123456789") != 6)
		return false;
	snprintf(out, 24, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", s, s + 4, s + 6, s + 9, s + 11,
		s + 13);
	return true;
}

static status
add_attribute(tm_unit *u, tm_owner owner, const char *name, const char *value)
{
	return tm_unit_add_item(u,
		(tm_item){ owner, TM_ATTRIBUTE, slice_of(name), slice_of(value), SLICE("") });
}

static status
take_unit_attribute(reader *r, const char *name, const char *value)
{
	tm_unit *u = &r->whole;
	slice *const dates[] = { &u->created, &u->changed, &u->used };
	static const char *const date_names[] = { "creationdate", "changedate",
		"lastusagedate" };
	char date[24];

	if (is(name, "tuid"))
		return tm_unit_set(u, &u->id, slice_of(value));
	if (is(name, "creationid"))
		return tm_unit_set(u, &u->author, slice_of(value));
	if (is(name, "changeid"))
		return tm_unit_set(u, &u->changer, slice_of(value));
	for (size_t i = 0; i < 3; i++)
		if (is(name, date_names[i]) && read_date(value, date))
			return tm_unit_set(u, dates[i], slice_of(date));
	if (is(name, "usagecount") && strspn(value, "0123456789") == strlen(value) &&
		strlen(value) < 10 && value[0] != '0' && value[0] != '\0') {
		for (u->usage = 0; *value != '\0'; value++)
			u->usage = u->usage * 10 + (uint64_t)(*value - '0');
		return STATUS_OK;
	}
	if (is(name, "srclang"))
		snprintf(r->unit_source, sizeof(r->unit_source), "%s", value);
	return add_attribute(u, TM_OF_UNIT, name, value);
}

static status
start_unit(reader *r, const char **attributes)
{
	r->in_unit = true;
	r->tuv_count = 0;
	r->why = NULL;
	r->place = xml_here(&r->xml);
	tm_unit_clear(&r->whole);
	strcpy(r->unit_source, r->header_source);
	for (; *attributes != NULL; attributes += 2)
		TRY(take_unit_attribute(r, attributes[0], attributes[1]));
	return STATUS_OK;
}

static status
start_tuv(reader *r, const char **attributes)
{
	const char *tag = xml_attribute(attributes, "xml:lang");

	if (tag == NULL)
		tag = xml_attribute(attributes, "lang");
	r->has_segment = false;
	if (tag == NULL || tag[0] == '\0')
		leave_out(r, "a variant without a language", "une variante sans langue");
	if (r->tuv_count == TUVS_MOST) {
		leave_out(r, "too many languages", "trop de langues");
		r->tuv_count--;
	}
	r->in_tuv = true;
	tm_unit *u = &r->tuvs[r->tuv_count++];
	tm_unit_clear(u);
	TRY(tm_unit_set(u, &u->side[0].language, slice_of(tag)));
	for (; *attributes != NULL; attributes += 2)
		if (!is(attributes[0], "xml:lang") && !is(attributes[0], "lang"))
			TRY(add_attribute(u, TM_OF_SOURCE, attributes[0], attributes[1]));
	return STATUS_OK;
}

static status
start_item(reader *r, const char *name, const char **attributes)
{
	const char *tag = xml_attribute(attributes, "xml:lang");
	const char *type = xml_attribute(attributes, "type");

	if (tag == NULL)
		tag = xml_attribute(attributes, "lang");
	r->in_item = true;
	r->item = (tm_item){ r->in_tuv ? TM_OF_SOURCE : TM_OF_UNIT,
		is(name, "prop") ? TM_PROPERTY : TM_NOTE, slice_of(type), SLICE(""),
		slice_of(tag) };
	buffer_clear(&r->text);
	/* The type and the language must last until the end: added now, the value later. */
	return tm_unit_add_item(r->in_tuv ? tuv(r) : &r->whole, r->item);
}

static status
on_start(void *user, const char *name, const char **attributes)
{
	reader *r = user;
	const char *source;

	if (r->in_segment)
		return inline_start(&r->segment, name, attributes);
	if (is(name, "header") && (source = xml_attribute(attributes, "srclang")) != NULL)
		snprintf(r->header_source, sizeof(r->header_source), "%s", source);
	if (is(name, "tu") && !r->in_unit)
		return start_unit(r, attributes);
	if (!r->in_unit || r->in_item)
		return STATUS_OK;
	if (is(name, "tuv") && !r->in_tuv)
		return start_tuv(r, attributes);
	if (is(name, "seg") && r->in_tuv) {
		r->in_segment = r->has_segment = true;
		inline_begin(&r->segment);
		return STATUS_OK;
	}
	if (is(name, "prop") || is(name, "note"))
		return start_item(r, name, attributes);
	return STATUS_OK;
}

static status
end_item(reader *r)
{
	tm_unit *u = r->in_tuv ? tuv(r) : &r->whole;

	r->in_item = false;
	TRY(r->text.status);
	return tm_unit_set(u, &u->items.at[u->items.n - 1].value, buffer_slice(&r->text));
}

static slice
item_of_types(const tm_unit *u, const char *const *types)
{
	for (; *types != NULL; types++)
		for (size_t i = 0; i < u->items.n; i++)
			if (u->items.at[i].kind == TM_PROPERTY &&
				slice_is(u->items.at[i].type, *types))
				return u->items.at[i].value;
	return SLICE("");
}

static status
read_properties(tm_unit *u)
{
	TRY(tm_unit_set(u, &u->document, item_of_types(u, document_types)));
	TRY(tm_unit_set(u, &u->previous, item_of_types(u, previous_types)));
	TRY(tm_unit_set(u, &u->next, item_of_types(u, next_types)));
	slice origin = tm_unit_item(u, TM_OF_UNIT, TM_PROPERTY, "x-origin");
	return tm_unit_set(u, &u->origin, origin);
}

static status
copy_variant(tm_unit *to, tm_side side, const tm_unit *from)
{
	TRY(tm_unit_set(to, &to->side[side].language, from->side[0].language));
	TRY(tm_unit_set(to, &to->side[side].text, from->side[0].text));
	for (size_t i = 0; i < from->side[0].codes.n; i++)
		TRY(tm_unit_add_code(to, side, from->side[0].codes.at[i]));
	for (size_t i = 0; i < from->items.n; i++) {
		tm_item x = from->items.at[i];
		x.owner = side == TM_SOURCE ? TM_OF_SOURCE : TM_OF_TARGET;
		TRY(tm_unit_add_item(to, x));
	}
	return STATUS_OK;
}

static status
give(reader *r, size_t source, size_t target)
{
	const tm_sink *sink = r->in->sink;
	const tm_unit *a = &r->tuvs[source], *b = &r->tuvs[target];

	if (a->side[0].text.n == 0 || b->side[0].text.n == 0)
		return sink->refuse(sink->user, r->place,
			tm_either(r->in, "an empty segment", "un segment vide"));
	TRY(tm_unit_copy(&r->out, &r->whole));
	TRY(copy_variant(&r->out, TM_SOURCE, a));
	TRY(copy_variant(&r->out, TM_TARGET, b));
	TRY(read_properties(&r->out));
	return sink->take(sink->user, &r->out, r->place);
}

/* The variant in a language: of this very tag, else of its first subtag. */
static size_t
variant_in(const reader *r, slice tag, size_t but)
{
	size_t found = TUVS_MOST;

	for (size_t i = r->tuv_count; i-- > 0;) {
		slice x = r->tuvs[i].side[0].language;
		if (i == but)
			continue;
		if (x.n == tag.n && strncasecmp(x.p, tag.p, x.n) == 0)
			return i;
		if (tm_same_language(x, tag))
			found = i;
	}
	return found;
}

static status
end_unit(reader *r)
{
	const tm_sink *sink = r->in->sink;
	slice wanted = r->in->source.n != 0 ? r->in->source : slice_of(r->unit_source);

	r->in_unit = false;
	if (r->why == NULL && r->tuv_count < 2)
		leave_out(r, "no translation", "pas de traduction");
	if (r->why != NULL)
		return sink->refuse(sink->user, r->place, r->why);
	bool any = wanted.n == 0 || slice_is(wanted, "*all*");
	size_t source = any ? 0 : variant_in(r, wanted, TUVS_MOST);
	if (source == TUVS_MOST)
		return sink->refuse(sink->user, r->place,
			tm_either(r->in, "not in the source language",
				"rien dans la langue source"));
	if (r->in->target.n != 0) {
		size_t target = variant_in(r, r->in->target, source);
		return target != TUVS_MOST
			       ? give(r, source, target)
			       : sink->refuse(sink->user, r->place,
					 tm_either(r->in, "not in the target language",
						 "rien dans la langue cible"));
	}
	for (size_t i = 0; i < r->tuv_count; i++)
		if (i != source)
			TRY(give(r, source, i));
	return STATUS_OK;
}

static status
on_end(void *user, const char *name)
{
	reader *r = user;

	if (r->in_segment && is(name, "seg") && r->segment.code == 0 &&
		r->segment.open.n == 0) {
		r->in_segment = false;
		return inline_give(&r->segment, tuv(r), TM_SOURCE);
	}
	if (r->in_segment)
		return inline_end(&r->segment, name);
	if (r->in_item && (is(name, "prop") || is(name, "note")))
		return end_item(r);
	if (r->in_tuv && is(name, "tuv")) {
		r->in_tuv = false;
		if (!r->has_segment)
			leave_out(
				r, "a variant without a segment", "une variante sans segment");
		return STATUS_OK;
	}
	return r->in_unit && is(name, "tu") ? end_unit(r) : STATUS_OK;
}

static status
on_text(void *user, slice s)
{
	reader *r = user;

	if (r->in_item) {
		buffer_put(&r->text, s);
		return r->text.status == STATUS_LIMIT
			       ? tm_refuse_file(r->in, xml_here(&r->xml),
					 tm_either(r->in, "a note too long",
						 "une note trop longue"))
			       : r->text.status;
	}
	if (!r->in_segment)
		return STATUS_OK;
	status done = inline_text(&r->segment, s);
	return done == STATUS_LIMIT
		       ? tm_refuse_file(r->in, xml_here(&r->xml),
				 tm_either(r->in, "a segment too long", "un segment trop long"))
		       : done;
}

static status
tmx_read(tm_input *in)
{
	static const xml_events events = { on_start, on_end, on_text };
	const memory *m = in->context->memory;
	reader *r = memory_alloc(m, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->in = in;
	inline_init(&r->segment, m, tmx_inline_names, in->context->limits.paragraph);
	tm_unit_init(&r->whole, m);
	tm_unit_init(&r->out, m);
	for (size_t i = 0; i < TUVS_MOST; i++)
		tm_unit_init(&r->tuvs[i], m);
	buffer_init(&r->text, m, in->context->limits.paragraph);
	status done = xml_read(&r->xml, in->stream, &events, r);
	inline_free(&r->segment);
	tm_unit_free(&r->whole);
	tm_unit_free(&r->out);
	for (size_t i = 0; i < TUVS_MOST; i++)
		tm_unit_free(&r->tuvs[i]);
	buffer_free(&r->text);
	memory_free(m, r);
	return done;
}

/* --- writing --- */

static void
put_attribute(buffer *out, const char *name, slice value)
{
	buffer_printf(out, " %s=\"", name);
	xml_put_attribute(out, value);
	buffer_put_char(out, '"');
}

static void
put_date(buffer *out, const char *name, slice date)
{
	char text[17];
	size_t n = 0;

	for (size_t i = 0; i < date.n && n < 16; i++)
		if (date.p[i] != '-' && date.p[i] != ':')
			text[n++] = date.p[i];
	if (n == 16)
		put_attribute(out, name, (slice){ text, n });
}

static void
put_attributes(buffer *out, const tm_unit *u, tm_owner owner)
{
	char name[64];

	for (size_t i = 0; i < u->items.n; i++) {
		const tm_item *x = &u->items.at[i];
		if (x->kind != TM_ATTRIBUTE || x->owner != owner || x->type.n >= sizeof(name))
			continue;
		memcpy(name, x->type.p, x->type.n);
		name[x->type.n] = '\0';
		put_attribute(out, name, x->value);
	}
}

static void
put_item(buffer *out, const tm_item *x, const char *indent)
{
	const char *element = x->kind == TM_PROPERTY ? "prop" : "note";

	buffer_printf(out, "%s<%s", indent, element);
	if (x->kind == TM_PROPERTY)
		put_attribute(out, "type", x->type);
	if (x->language.n != 0)
		put_attribute(out, "xml:lang", x->language);
	buffer_put_char(out, '>');
	xml_put_text(out, x->value);
	buffer_printf(out, "</%s>\n", element);
}

static void
put_items(buffer *out, const tm_unit *u, tm_owner owner, const char *indent)
{
	for (size_t i = 0; i < u->items.n; i++)
		if (u->items.at[i].kind != TM_ATTRIBUTE && u->items.at[i].owner == owner)
			put_item(out, &u->items.at[i], indent);
}

/* A fact that TMX has no attribute for, unless a property of the file said it. */
static void
put_fact(buffer *out, const tm_unit *u, const char *const *types, slice value)
{
	tm_item x = { TM_OF_UNIT, TM_PROPERTY, slice_of(types[0]), value, SLICE("") };

	if (value.n != 0 && item_of_types(u, types).n == 0)
		put_item(out, &x, "    ");
}

static const char *
element_of(const tm_code *c)
{
	static const char *const names[TM_CODES] = { "bpt", "ept", "ph", "it", "hi", "hi" };

	for (const inline_name *n = tmx_inline_names; n->name != NULL; n++)
		if (slice_is(c->name, n->name) && !slice_is(c->name, "ut"))
			return n->name;
	return names[c->kind];
}

static void
put_code(buffer *out, const tm_code *c)
{
	const char *element = element_of(c);
	bool is_pair = strcmp(element, "bpt") == 0 || strcmp(element, "ept") == 0;

	if (c->kind == TM_CODE_MARK_END) {
		buffer_put(out, SLICE("</hi>"));
		return;
	}
	buffer_printf(out, "<%s", element);
	if (c->pair.n != 0)
		put_attribute(out, is_pair ? "i" : "x", c->pair);
	if (c->attributes.n != 0) {
		buffer_put_char(out, ' ');
		buffer_put(out, c->attributes);
	}
	buffer_put_char(out, '>');
	buffer_put(out, c->content);
	if (c->kind != TM_CODE_MARK)
		buffer_printf(out, "</%s>", element);
}

static void
put_segment(buffer *out, const tm_segment *s)
{
	size_t at = 0;

	buffer_put(out, SLICE("<seg>"));
	for (size_t i = 0; i < s->codes.n; i++) {
		xml_put_text(out, slice_sub(s->text, at, s->codes.at[i].at));
		put_code(out, &s->codes.at[i]);
		at = s->codes.at[i].at;
	}
	xml_put_text(out, slice_sub(s->text, at, s->text.n));
	buffer_put(out, SLICE("</seg>\n"));
}

static void
put_variant(buffer *out, const tm_unit *u, tm_side side)
{
	tm_owner owner = side == TM_SOURCE ? TM_OF_SOURCE : TM_OF_TARGET;

	buffer_put(out, SLICE("    <tuv"));
	put_attribute(out, "xml:lang", u->side[side].language);
	put_attributes(out, u, owner);
	buffer_put(out, SLICE(">\n"));
	put_items(out, u, owner, "      ");
	buffer_put(out, SLICE("      "));
	put_segment(out, &u->side[side]);
	buffer_put(out, SLICE("    </tuv>\n"));
}

static status
tmx_begin(tm_output *x)
{
	buffer_put(x->bytes,
		SLICE("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		      "<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\n"
		      "  <header creationtool=\"paraph\" creationtoolversion=\"0.1.0\" "
		      "segtype=\"sentence\" o-tmf=\"paraph\" adminlang=\"en\""));
	put_attribute(x->bytes, "srclang", x->source.n == 0 ? SLICE("*all*") : x->source);
	buffer_put(x->bytes, SLICE(" datatype=\"plaintext\"/>\n  <body>\n"));
	return x->bytes->status;
}

static status
tmx_write(tm_output *x, const tm_unit *u)
{
	static const char *const origin_types[] = { "x-origin", NULL };
	buffer *out = x->bytes;

	buffer_put(out, SLICE("  <tu"));
	if (u->id.n != 0)
		put_attribute(out, "tuid", u->id);
	if (u->author.n != 0)
		put_attribute(out, "creationid", u->author);
	if (u->changer.n != 0)
		put_attribute(out, "changeid", u->changer);
	put_date(out, "creationdate", u->created);
	put_date(out, "changedate", u->changed);
	put_date(out, "lastusagedate", u->used);
	if (u->usage != 0)
		buffer_printf(out, " usagecount=\"%llu\"", (unsigned long long)u->usage);
	put_attributes(out, u, TM_OF_UNIT);
	if (x->source.n != 0 && !tm_same_language(x->source, u->side[0].language) &&
		tm_unit_item(u, TM_OF_UNIT, TM_ATTRIBUTE, "srclang").n == 0)
		put_attribute(out, "srclang", u->side[0].language);
	buffer_put(out, SLICE(">\n"));
	put_items(out, u, TM_OF_UNIT, "    ");
	put_fact(out, u, document_types, u->document);
	put_fact(out, u, previous_types, u->previous);
	put_fact(out, u, next_types, u->next);
	put_fact(out, u, origin_types, u->origin);
	put_variant(out, u, TM_SOURCE);
	put_variant(out, u, TM_TARGET);
	buffer_put(out, SLICE("  </tu>\n"));
	return out->status;
}

static status
tmx_end(tm_output *x)
{
	buffer_put(x->bytes, SLICE("  </body>\n</tmx>\n"));
	return x->bytes->status;
}

static const char *const extensions[] = { ".tmx", NULL };

extern const tm_work_format tm_work_tmx;

const tm_format tm_format_tmx = {
	.name = "tmx",
	.extensions = extensions,
	.summary_en = "TMX 1.1 to 1.4b; written as 1.4b",
	.summary_fr = "TMX 1.1 à 1.4b\u00A0; écrit en 1.4b",
	.probe = probe,
	.read = tmx_read,
	.begin = tmx_begin,
	.write = tmx_write,
	.end = tmx_end,
	.work = &tm_work_tmx,
};
