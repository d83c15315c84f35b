/* XLIFF 1.2 and 2.x in: source and target of each trans-unit or segment that has both, with
 * their codes, notes and state. A target that is not there, or is empty, is no unit. */
#include <stdio.h>
#include <string.h>

#include "tm/exchange.h"
#include "tm/formats/work_xml.h"

const inline_name xliff_inline_names[] = {
	{ "g", INLINE_SPAN, TM_CODE_OPEN, TM_CODE_CLOSE, "id" },
	{ "x", INLINE_CODE, TM_CODE_ALONE, TM_CODE_ALONE, "id" },
	{ "bx", INLINE_CODE, TM_CODE_OPEN, TM_CODE_OPEN, "id" },
	{ "ex", INLINE_CODE, TM_CODE_CLOSE, TM_CODE_CLOSE, "id" },
	{ "bpt", INLINE_CODE, TM_CODE_OPEN, TM_CODE_OPEN, "id" },
	{ "ept", INLINE_CODE, TM_CODE_CLOSE, TM_CODE_CLOSE, "id" },
	{ "ph", INLINE_CODE, TM_CODE_ALONE, TM_CODE_ALONE, "id" },
	{ "it", INLINE_CODE, TM_CODE_ISOLATED, TM_CODE_ISOLATED, "id" },
	{ "mrk", INLINE_SPAN, TM_CODE_MARK, TM_CODE_MARK_END, "id" },
	{ "pc", INLINE_SPAN, TM_CODE_OPEN, TM_CODE_CLOSE, "id" },
	{ "sc", INLINE_CODE, TM_CODE_OPEN, TM_CODE_OPEN, "id" },
	{ "ec", INLINE_CODE, TM_CODE_CLOSE, TM_CODE_CLOSE, "startRef" },
	{ "cp", INLINE_CODE, TM_CODE_ALONE, TM_CODE_ALONE, NULL },
	{ NULL },
};

typedef struct reader {
	tm_input *in;
	xml_reader xml;
	inline_reader inlines;
	tm_unit unit;
	buffer text;
	char source[64], target[64], document[512], id[256];
	size_t in_side; /* depth of the source or target that is read; 0: none */
	tm_side side;
	bool two;    /* XLIFF 2 */
	bool noting; /* inside note */
	bool skip;   /* alt-trans, ignorable */
	bool has_target, seen_root;
	tm_place place;
} reader;

/* The name without a prefix. */
static const char *
local(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon == NULL ? name : colon + 1;
}

static void
copy(char *out, size_t size, const char *value)
{
	if (value != NULL)
		snprintf(out, size, "%s", value);
}

static status
start_unit(reader *r, const char **attributes)
{
	tm_unit *u = &r->unit;
	const char *name = xml_attribute(attributes, "resname");

	tm_unit_clear(u);
	r->has_target = false;
	r->place = xml_here(&r->xml);
	if (xml_attribute(attributes, "id") != NULL)
		copy(r->id, sizeof(r->id), xml_attribute(attributes, "id"));
	TRY(tm_unit_set(u, &u->id, slice_of(name != NULL ? name : r->id)));
	TRY(tm_unit_set(u, &u->document, slice_of(r->document)));
	TRY(tm_unit_set(u, &u->side[0].language, slice_of(r->source)));
	return tm_unit_set(u, &u->side[1].language, slice_of(r->target));
}

static void
start_root(reader *r, const char **attributes)
{
	const char *version = xml_attribute(attributes, "version");

	r->seen_root = true;
	r->two = version != NULL && version[0] == '2';
	copy(r->source, sizeof(r->source), xml_attribute(attributes, "srcLang"));
	copy(r->target, sizeof(r->target), xml_attribute(attributes, "trgLang"));
}

static void
start_file(reader *r, const char **attributes)
{
	const char *name = xml_attribute(attributes, "original");

	copy(r->document, sizeof(r->document),
		name != NULL ? name : xml_attribute(attributes, "id"));
	copy(r->source, sizeof(r->source), xml_attribute(attributes, "source-language"));
	copy(r->target, sizeof(r->target), xml_attribute(attributes, "target-language"));
}

static status
on_start(void *user, const char *full, const char **attributes)
{
	reader *r = user;
	const char *name = local(full), *state;

	if (r->in_side != 0)
		return inline_start(&r->inlines, name, attributes);
	if (!r->seen_root) {
		if (strcmp(name, "xliff") != 0)
			return tm_refuse_file(r->in, xml_here(&r->xml),
				tm_either(r->in, "not XLIFF", "ce n’est pas du XLIFF"));
		start_root(r, attributes);
	} else if (strcmp(name, "file") == 0) {
		start_file(r, attributes);
	} else if (strcmp(name, "unit") == 0) {
		copy(r->id, sizeof(r->id), xml_attribute(attributes, "id"));
	} else if (strcmp(name, r->two ? "segment" : "trans-unit") == 0) {
		return start_unit(r, attributes);
	} else if (strcmp(name, "alt-trans") == 0 || strcmp(name, "ignorable") == 0) {
		r->skip = true;
	} else if (!r->skip && (strcmp(name, "source") == 0 || strcmp(name, "target") == 0)) {
		r->side = name[0] == 's' ? TM_SOURCE : TM_TARGET;
		r->in_side = r->xml.depth;
		inline_begin(&r->inlines);
		if ((state = xml_attribute(attributes, "state")) != NULL)
			return tm_unit_add_item(
				&r->unit, (tm_item){ TM_OF_TARGET, TM_ATTRIBUTE, SLICE("state"),
						  slice_of(state), SLICE("") });
	} else if (strcmp(name, "note") == 0) {
		r->noting = true;
		buffer_clear(&r->text);
	}
	return STATUS_OK;
}

static status
end_unit(reader *r)
{
	const tm_sink *sink = r->in->sink;
	tm_unit *u = &r->unit;

	if (u->side[TM_SOURCE].text.n == 0 || u->side[TM_TARGET].text.n == 0)
		return sink->refuse(sink->user, r->place,
			tm_either(r->in, "no translation", "pas de traduction"));
	if (u->side[TM_TARGET].language.n == 0)
		TRY(tm_unit_set(u, &u->side[TM_TARGET].language,
			r->in->target.n != 0 ? r->in->target : SLICE("fr")));
	if (!tm_same_language(u->side[0].language, r->in->source) ||
		!tm_same_language(u->side[1].language, r->in->target))
		return sink->refuse(sink->user, r->place,
			tm_either(r->in, "of other languages", "dans d’autres langues"));
	return sink->take(sink->user, u, r->place);
}

static status
on_end(void *user, const char *full)
{
	reader *r = user;
	const char *name = local(full);

	if (r->in_side != 0 && r->xml.depth + 1 == r->in_side) {
		r->in_side = 0;
		return inline_give(&r->inlines, &r->unit, r->side);
	}
	if (r->in_side != 0)
		return inline_end(&r->inlines, name);
	if (strcmp(name, "alt-trans") == 0 || strcmp(name, "ignorable") == 0)
		r->skip = false;
	if (strcmp(name, "note") == 0 && r->noting) {
		r->noting = false;
		TRY(r->text.status);
		return tm_unit_add_item(&r->unit, (tm_item){ TM_OF_UNIT, TM_NOTE, SLICE(""),
							  buffer_slice(&r->text), SLICE("") });
	}
	return strcmp(name, r->two ? "segment" : "trans-unit") == 0 ? end_unit(r) : STATUS_OK;
}

static status
on_text(void *user, slice s)
{
	reader *r = user;

	if (r->noting)
		buffer_put(&r->text, s);
	if (r->in_side == 0)
		return STATUS_OK;
	status done = inline_text(&r->inlines, s);
	return done == STATUS_LIMIT
		       ? tm_refuse_file(r->in, xml_here(&r->xml),
				 tm_either(r->in, "a segment too long", "un segment trop long"))
		       : done;
}

static status
xliff_read(tm_input *in)
{
	static const xml_events events = { on_start, on_end, on_text };
	const memory *m = in->context->memory;
	reader *r = memory_alloc(m, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->in = in;
	inline_init(&r->inlines, m, xliff_inline_names, in->context->limits.paragraph);
	tm_unit_init(&r->unit, m);
	buffer_init(&r->text, m, in->context->limits.paragraph);
	status done = xml_read(&r->xml, in->stream, &events, r);
	inline_free(&r->inlines);
	tm_unit_free(&r->unit);
	buffer_free(&r->text);
	memory_free(m, r);
	return done;
}

static int
probe(slice head)
{
	for (size_t i = 0; i + 6 <= head.n; i++)
		if (memcmp(head.p + i, "xliff", 5) == 0 && i > 0 &&
			(head.p[i - 1] == '<' || head.p[i - 1] == ':'))
			return 90;
	return 0;
}

static const char *const extensions[] = { ".xlf", ".xliff", ".sdlxliff", ".mqxliff", NULL };

extern const tm_work_format tm_work_xliff;

const tm_format tm_format_xliff = {
	.name = "xliff",
	.extensions = extensions,
	.summary_en = "XLIFF 1.2 and 2.x; read and translated",
	.summary_fr = "XLIFF 1.2 et 2.x\u00A0; lus et traduits",
	.probe = probe,
	.read = xliff_read,
	.work = &tm_work_xliff,
};
