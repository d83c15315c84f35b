#include "termbase/tbx.h"

#include <stdio.h>
#include <string.h>

#include "termbase/xml_name.h"

typedef struct style_names {
	const char *root, *header, *concept, *section, *term;
	const char *dialect;
	bool elements; /* a category is an element */
	/* What a termbase says and the dialect does not; NULL: all may be said. */
	bool (*says)(const entry_item *item);
} style_names;

static bool
core_says(const entry_item *item)
{
	return item->type.n == 0 &&
	       (item->element == ELEMENT_NOTE || item->element == ELEMENT_DATE);
}

#define VERSION_3 "tbx", "tbxHeader", "conceptEntry", "langSec", "termSec"

static const style_names names_of[] = {
	[TBX_DCA] = { VERSION_3, "TBX-paraph", false, NULL },
	[TBX_DCT] = { VERSION_3, "TBX-paraph", true, NULL },
	[TBX_V2] = { "martif", "martifHeader", "termEntry", "langSet", "tig", "TBX", false,
		NULL },
	[TBX_BASIC_DCA] = { VERSION_3, "TBX-Basic", false, tbx_is_basic },
	[TBX_BASIC_DCT] = { VERSION_3, "TBX-Basic", true, tbx_is_basic },
	[TBX_CORE] = { VERSION_3, "TBX-Core", false, core_says },
};

typedef struct writer {
	exchange_output *out;
	buffer *b;
	tbx_style style;
	const style_names *names;
	const entry *entry;
} writer;

static void
put(writer *w, const char *s)
{
	buffer_put(w->b, slice_of(s));
}

/* Control characters as references: readers take the end of a line for another, and in
 * attributes for a space. */
static void
put_text(writer *w, slice s)
{
	for (size_t i = 0; i < s.n; i++)
		switch (s.p[i]) {
		case '\t':
		case '\n':
		case '\r':
			buffer_printf(w->b, "&#%d;", s.p[i]);
			break;
		case '&':
			put(w, "&amp;");
			break;
		case '<':
			put(w, "&lt;");
			break;
		case '>':
			put(w, "&gt;");
			break;
		case '"':
			put(w, "&quot;");
			break;
		default:
			buffer_put_char(w->b, s.p[i]);
		}
}

static void
put_attribute(writer *w, const char *name, slice value)
{
	if (value.n == 0)
		return;
	buffer_printf(w->b, " %s=\"", name);
	put_text(w, value);
	put(w, "\"");
}

static void
put_id(writer *w, const char *name, slice id)
{
	if (id.n == 0)
		return;
	buffer_printf(w->b, " %s=\"", name);
	xml_name_put(w->b, id);
	put(w, "\"");
}

/* Cross-references point at ids; what points out of the termbase is an address. */
static void
put_target(writer *w, const entry_item *x)
{
	if (x->element == ELEMENT_XREF)
		put_attribute(w, "target", x->target);
	else
		put_id(w, "target", x->target);
}

/* --- items --- */

static bool
is_said(const writer *w, const entry_item *x)
{
	return w->names->says == NULL || w->names->says(x);
}

/* The dialect has no such category: a note says it. */
static void
put_as_note(writer *w, const entry_item *x)
{
	put(w, "<note>");
	put_text(w, x->type);
	put(w, x->type.n == 0 || x->value.n == 0 ? "" : ": ");
	put_text(w, x->value);
	if (x->target.n != 0) {
		put(w, " (");
		put_text(w, x->target);
		put(w, ")");
	}
	put(w, "</note>\n");
}

static void
put_value(writer *w, const entry_item *x)
{
	if (x->markup)
		buffer_put(w->b, x->value);
	else
		put_text(w, x->value);
}

/* The name of the element, in the style. */
static void
element_name(const writer *w, const entry_item *x, char name[128], bool *typed)
{
	const char *module;
	entry_element belongs = tbx_element_of(x->type, &module);

	*typed = true;
	if (w->names->elements && x->type.n != 0 && module != NULL && belongs == x->element) {
		snprintf(name, 128, "%s:%.*s", module, SLICE_ARG(x->type));
		*typed = false;
	} else
		snprintf(name, 128, "%s", entry_element_name(x->element));
}

static void
put_item(writer *w, const entry_item *x)
{
	char name[128];
	bool typed;

	if (!is_said(w, x)) {
		put_as_note(w, x);
		return;
	}
	if (x->element == ELEMENT_XML) {
		buffer_put(w->b, x->value);
		put(w, "\n");
		return;
	}
	element_name(w, x, name, &typed);
	buffer_printf(w->b, "<%s", name);
	if (typed)
		put_attribute(w, "type", x->type);
	put_target(w, x);
	put_id(w, "id", x->id);
	put_attribute(w, "xml:lang", x->language);
	put(w, ">");
	put_value(w, x);
	buffer_printf(w->b, "</%s>\n", name);
}

/* The element that groups a head with what is said of it; NULL for a head that has none. */
static const char *
group_name(const entry_item *head)
{
	switch (head->element) {
	case ELEMENT_ADMIN:
		return "adminGrp";
	case ELEMENT_DESCRIP:
		return "descripGrp";
	case ELEMENT_TERM_NOTE:
		return "termNoteGrp";
	case ELEMENT_TRANSACTION:
		return "transacGrp";
	case ELEMENT_NOTE:
	case ELEMENT_REF:
	case ELEMENT_XREF:
	case ELEMENT_DATE:
	case ELEMENT_ADMIN_NOTE:
	case ELEMENT_DESCRIP_NOTE:
	case ELEMENT_TRANSACTION_NOTE:
	case ELEMENT_XML:
	case ELEMENTS:
		break;
	}
	return NULL;
}

/* Items from i on that belong together: how many. */
static size_t
group_length(const entry_item *x, size_t i, size_t n)
{
	size_t end = i + 1;

	while (x[i].group != 0 && end < n && x[end].group == x[i].group)
		end++;
	return end - i;
}

/* The source that stands in a group with a definition goes with it. A head that becomes a note
 * takes its group apart. */
static void
put_group(writer *w, const entry_item *x, size_t n)
{
	const char *name = group_name(&x[0]);
	bool grouped = x[0].group != 0 && name != NULL && is_said(w, &x[0]);

	if (grouped)
		buffer_printf(w->b, "<%s>\n", name);
	for (size_t i = 0; i < n; i++)
		put_item(w, &x[i]);
	if (grouped)
		buffer_printf(w->b, "</%s>\n", name);
}

/* Term notes come first, the grammars want it so; those that become notes are notes. */
static void
put_items(writer *w, entry_owner owner)
{
	size_t n;
	const entry_item *x = entry_items(w->entry, owner, &n);

	for (int notes = 1; notes >= 0; notes--)
		for (size_t i = 0, length; i < n; i += length) {
			length = group_length(x, i, n);
			bool is_note = x[i].element == ELEMENT_TERM_NOTE && is_said(w, &x[i]);
			if (is_note == notes)
				put_group(w, &x[i], length);
		}
}

/* --- structure --- */

static void
put_term(writer *w, uint32_t i)
{
	const entry_term *t = &w->entry->terms.at[i];

	buffer_printf(w->b, "<%s", w->names->term);
	put_id(w, "id", t->id);
	put(w, ">\n<term>");
	put_text(w, t->text);
	put(w, "</term>\n");
	put_items(w, OWNER_TERM(i));
	buffer_printf(w->b, "</%s>\n", w->names->term);
}

static void
put_section(writer *w, uint32_t i)
{
	buffer_printf(w->b, "<%s", w->names->section);
	put_attribute(w, "xml:lang", w->entry->sections.at[i].language);
	put(w, ">\n");
	put_items(w, OWNER_SECTION(i));
	for (uint32_t k = 0; k < w->entry->terms.n; k++)
		if (w->entry->terms.at[k].section == i)
			put_term(w, k);
	buffer_printf(w->b, "</%s>\n", w->names->section);
}

static bool
has_terms(const entry *e, uint32_t section)
{
	for (size_t i = 0; i < e->terms.n; i++)
		if (e->terms.at[i].section == section)
			return true;
	return false;
}

static void
put_own(writer *w, const char *type, slice value)
{
	entry_item x = { .element = ELEMENT_ADMIN, .type = slice_of(type), .value = value };

	put_item(w, &x);
}

/* See TBX_NAMELESS. */
static void
put_nameless(writer *w, slice id)
{
	entry_item x = {
		.element = ELEMENT_TERM_NOTE, .type = SLICE(TBX_NAMELESS), .value = SLICE("yes")
	};

	buffer_printf(w->b, "<%s>\n<term>", w->names->term);
	put_text(w, id);
	put(w, "</term>\n");
	put_item(w, &x);
	buffer_printf(w->b, "</%s>\n", w->names->term);
}

/* Nothing but a definition or a note is known of the language. */
static void
put_bare_section(writer *w, uint32_t i)
{
	if (w->names->says != NULL || w->entry->sections.at[i].items.count == 0) {
		w->out->left_out += w->entry->sections.at[i].items.count;
		return;
	}
	buffer_printf(w->b, "<%s", w->names->section);
	put_attribute(w, "xml:lang", w->entry->sections.at[i].language);
	put(w, ">\n");
	put_items(w, OWNER_SECTION(i));
	put_nameless(w, w->entry->id);
	buffer_printf(w->b, "</%s>\n", w->names->section);
}

static bool
says_of_a_language(const entry *e)
{
	for (size_t i = 0; i < e->sections.n; i++)
		if (e->sections.at[i].items.count != 0)
			return true;
	return e->terms.n != 0;
}

status
tbx_write(exchange_output *out, tbx_style style, const entry *e)
{
	writer w = { out, out->bytes, style, &names_of[style], e };

	if (w.names->says != NULL && e->terms.n == 0) {
		out->left_out += 1 + e->items.n;
		return out->bytes->status;
	}
	buffer_printf(w.b, "<%s", w.names->concept);
	put_id(&w, "id", e->id);
	put(&w, ">\n");
	if (e->retired)
		put_own(&w, "x-retired", SLICE("yes"));
	put_items(&w, OWNER_CONCEPT);
	for (uint32_t i = 0; i < e->sections.n; i++)
		if (has_terms(e, i))
			put_section(&w, i);
		else
			put_bare_section(&w, i);
	if (!says_of_a_language(e)) {
		buffer_printf(w.b, "<%s xml:lang=\"" TBX_NO_LANGUAGE "\">\n", w.names->section);
		put_nameless(&w, e->id);
		buffer_printf(w.b, "</%s>\n", w.names->section);
	}
	buffer_printf(w.b, "</%s>\n", w.names->concept);
	return out->bytes->status;
}

void
tbx_write_items(exchange_output *out, tbx_style style, const entry_item *items, size_t n)
{
	writer w = { out, out->bytes, style, &names_of[style], NULL };

	put_group(&w, items, n);
}

void
tbx_write_term(exchange_output *out, tbx_style style, const entry *e, uint32_t term)
{
	writer w = { out, out->bytes, style, &names_of[style], e };

	put_term(&w, term);
}

void
tbx_write_nameless(exchange_output *out, tbx_style style, slice id)
{
	writer w = { out, out->bytes, style, &names_of[style], NULL };

	put_nameless(&w, id);
}

void
tbx_write_section(exchange_output *out, tbx_style style, const entry *e, uint32_t section)
{
	writer w = { out, out->bytes, style, &names_of[style], e };

	put_section(&w, section);
}

void
tbx_write_text(exchange_output *out, slice text)
{
	writer w = { out, out->bytes, TBX_DCA, &names_of[TBX_DCA], NULL };

	put_text(&w, text);
}

static void
put_header(writer *w)
{
	buffer_printf(w->b, "<%s>", w->names->header);
	if (w->out->header.n != 0)
		buffer_put(w->b, w->out->header);
	else
		put(w, "<fileDesc><sourceDesc><p>paraph</p></sourceDesc></fileDesc>");
	buffer_printf(w->b, "</%s>\n<text>\n<body>\n", w->names->header);
}

status
tbx_begin(exchange_output *out, tbx_style style)
{
	writer w = { out, out->bytes, style, &names_of[style], NULL };

	put(&w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	if (style == TBX_V2)
		put(&w, "<martif type=\"TBX\" xml:lang=\"en\">\n");
	else
		buffer_printf(w.b,
			"<tbx type=\"%s\" style=\"%s\" xml:lang=\"en\" "
			"xmlns=\"urn:iso:std:iso:30042:ed-2\"%s>\n",
			w.names->dialect, w.names->elements ? "dct" : "dca",
			!w.names->elements
				? ""
				: " xmlns:min=\"http://www.tbxinfo.net/ns/min\""
				  " xmlns:basic=\"http://www.tbxinfo.net/ns/basic\"");
	put_header(&w);
	return out->bytes->status;
}

/* Lists behind the concepts: of people, of references. Version 3 calls them otherwise than
 * version 2. */
static void
put_back(writer *w)
{
	static const char list[] = "refObjectList", section[] = "refObjectSec";
	bool old = w->style == TBX_V2;
	slice from = slice_of(old ? section : list), left = w->out->back;

	if (left.n == 0)
		return;
	put(w, "<back>");
	while (left.n != 0) {
		bool tag = left.p[0] == '<' || left.p[0] == '/';
		buffer_put_char(w->b, left.p[0]);
		left = slice_sub(left, 1, left.n);
		if (tag && slice_starts(left, from)) {
			put(w, old ? list : section);
			left = slice_sub(left, from.n, left.n);
		}
	}
	put(w, "</back>\n");
}

status
tbx_end(exchange_output *out, tbx_style style)
{
	writer w = { out, out->bytes, style, &names_of[style], NULL };

	put(&w, "</body>\n");
	put_back(&w);
	buffer_printf(w.b, "</text>\n</%s>\n", w.names->root);
	return out->bytes->status;
}
