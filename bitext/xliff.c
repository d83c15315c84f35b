/* XLIFF 1.2 and 2.x. A unit is a trans-unit, or a unit of XLIFF 2 with its segments. What only
 * looks like a segment (proposals, matches, glossaries, the source cut into sentences) is
 * passed over. */
#include <stdio.h>
#include <string.h>

#include "base/xml.h"
#include "bitext/bitext.h"

static const bitext_code codes[] = {
	{ "g", true, CODE_OPEN, CODE_CLOSE, "id" },
	{ "x", false, CODE_ALONE, CODE_ALONE, "id" },
	{ "bx", false, CODE_OPEN, CODE_OPEN, "id" },
	{ "ex", false, CODE_CLOSE, CODE_CLOSE, "id" },
	{ "bpt", false, CODE_OPEN, CODE_OPEN, "id" },
	{ "ept", false, CODE_CLOSE, CODE_CLOSE, "id" },
	{ "ph", false, CODE_ALONE, CODE_ALONE, "id" },
	{ "it", false, CODE_ISOLATED, CODE_ISOLATED, "id" },
	{ "mrk", true, CODE_MARK, CODE_MARK_END, "id" },
	{ "pc", true, CODE_OPEN, CODE_CLOSE, "id" },
	{ "sc", false, CODE_OPEN, CODE_OPEN, "id" },
	{ "ec", false, CODE_CLOSE, CODE_CLOSE, "startRef" },
	{ "sm", false, CODE_MARK, CODE_MARK, "id" },
	{ "em", false, CODE_MARK_END, CODE_MARK_END, "startRef" },
	{ "cp", false, CODE_ALONE, CODE_ALONE, NULL },
	{ NULL },
};

/* Marks that say whether their text is to be translated, by their code_text. */
static const bitext_code marks[] = {
	[TEXT_KEPT] = { "mrk", true, CODE_MARK, CODE_MARK_END, "id", TEXT_KEPT },
	[TEXT_OPEN] = { "mrk", true, CODE_MARK, CODE_MARK_END, "id", TEXT_OPEN },
};
static const bitext_code mark_starts[] = {
	[TEXT_KEPT] = { "sm", false, CODE_MARK, CODE_MARK, "id", TEXT_KEPT },
	[TEXT_OPEN] = { "sm", false, CODE_MARK, CODE_MARK, "id", TEXT_OPEN },
};

/* Elements of which nothing is read. */
static const char *const passed_over[] = { "alt-trans", "ignorable", "matches", "glossary",
	"originalData", "metadata", "changeTrack", "revisions", "seg-source", "bin-unit",
	"skeleton", "skl", "prop-group", "count-group", "tool", "phase-group", NULL };

typedef struct language_tag {
	char text[64];
} language_tag;

typedef struct wish { /* of an element outside segments that says translate="…" */
	size_t depth;
	bool keep;
} wish;

typedef struct reader {
	const bitext_input *in;
	xml_reader xml;
	language_tag source, target;
	char state[64];
	bool approved;
	bool two;           /* XLIFF 2 */
	size_t skip;        /* depth of the element that is passed over; 0: none */
	size_t exact;       /* of the one that says xml:space="preserve" */
	ARRAY(wish) wishes; /* of those that are open */
	size_t in_side;     /* of the source or target that is read */
	bool is_target, noting, seen_root, in_unit;
	bitext_bytes begun; /* the start tag of the segment in hand */
	size_t segments;    /* of the unit so far */
	size_t of[2];       /* their numbers in the pair; BITEXT_NONE */
	uint64_t place;     /* for a target */
	buffer note;
} reader;

static void
set(language_tag *out, const char *value)
{
	if (value != NULL)
		snprintf(out->text, sizeof(out->text), "%s", value);
}

static bool
is(const char *name, const char *wanted)
{
	return strcmp(name, wanted) == 0;
}

static bitext_bytes
here(const reader *r)
{
	return (bitext_bytes){ xml_at(&r->xml), xml_size(&r->xml) };
}

static status
tell(reader *r, bitext_fact kind, const char *value)
{
	return value == NULL ? STATUS_OK
			     : r->in->events->fact(r->in->user, kind, slice_of(value));
}

static void
begin_pair(reader *r)
{
	r->of[0] = r->of[1] = BITEXT_NONE;
	r->state[0] = '\0';
	r->approved = false;
	r->place = 0;
}

static bool
is_kept(const reader *r)
{
	return r->wishes.n != 0 && r->wishes.at[r->wishes.n - 1].keep;
}

static status
start_unit(reader *r, const char **attributes)
{
	const char *name = xml_attribute(attributes, r->two ? "name" : "resname");

	if (r->in_unit)
		return STATUS_OK;
	r->in_unit = true;
	r->segments = 0;
	begin_pair(r);
	TRY(r->in->events->unit(r->in->user, xml_here(&r->xml)));
	TRY(tell(r, BITEXT_ID, xml_attribute(attributes, "id")));
	TRY(tell(r, BITEXT_CONTEXT, name));
	const char *approved = xml_attribute(attributes, "approved");
	r->approved = approved != NULL && is(approved, "yes");
	return is_kept(r) ? tell(r, BITEXT_KEEP, "no") : STATUS_OK;
}

static status
start_file(reader *r, const char **attributes)
{
	const char *name = xml_attribute(attributes, "original");

	set(&r->source, xml_attribute(attributes, "source-language"));
	set(&r->target, xml_attribute(attributes, "target-language"));
	return tell(r, BITEXT_FILE, name != NULL ? name : xml_attribute(attributes, "id"));
}

static void
set_state(reader *r, const char **attributes)
{
	const char *state = xml_attribute(attributes, "state");

	if (state != NULL)
		snprintf(r->state, sizeof(r->state), "%s", state);
}

static status
start_side(reader *r, const char *name, const char **attributes)
{
	const char *tag = xml_attribute(attributes, "xml:lang");

	r->is_target = name[0] == 't';
	if (!r->in_unit || r->of[r->is_target] != BITEXT_NONE ||
		r->segments == BITEXT_SEGMENTS) {
		r->skip = r->xml.depth;
		return STATUS_OK;
	}
	if (tag == NULL)
		tag = r->is_target ? r->target.text : r->source.text;
	if (r->is_target)
		set_state(r, attributes);
	r->in_side = r->xml.depth;
	r->begun = here(r);
	r->of[r->is_target] = r->segments++;
	return r->in->events->segment(r->in->user, slice_of(tag), r->exact != 0);
}

static status
start_element(reader *r, const char *name, const char **attributes)
{
	if (is(name, "file"))
		return start_file(r, attributes);
	if (is(name, "trans-unit") || (r->two && is(name, "unit")))
		return start_unit(r, attributes);
	if (r->two && is(name, "segment")) {
		begin_pair(r);
		set_state(r, attributes);
		return tell(r, BITEXT_SEGMENT, xml_attribute(attributes, "id"));
	}
	if (is(name, "source") || is(name, "target"))
		return start_side(r, name, attributes);
	if (is(name, "note")) {
		r->noting = true;
		buffer_clear(&r->note);
	}
	return STATUS_OK;
}

static status
inherit(reader *r, const char **attributes)
{
	const char *space = xml_attribute(attributes, "xml:space");
	const char *translate = xml_attribute(attributes, "translate");

	if (r->exact == 0 && space != NULL && is(space, "preserve"))
		r->exact = r->xml.depth;
	if (translate == NULL)
		return STATUS_OK;
	TRY(ARRAY_RESERVE(r->in->stream->context->memory, &r->wishes, 1));
	r->wishes.at[r->wishes.n++] = (wish){ r->xml.depth, is(translate, "no") };
	return STATUS_OK;
}

static status
start_root(reader *r, const char *name, const char **attributes)
{
	const char *version = xml_attribute(attributes, "version");

	if (!is(name, "xliff"))
		return xml_refuse(&r->xml, "not XLIFF", "ce n’est pas du XLIFF");
	r->seen_root = true;
	r->two = version != NULL && version[0] == '2';
	set(&r->source, xml_attribute(attributes, "srcLang"));
	set(&r->target, xml_attribute(attributes, "trgLang"));
	return STATUS_OK;
}

/* Of XLIFF 2 translate="no", of 1.2 mtype="protected". */
static code_text
wish_of(const char **attributes)
{
	const char *translate = xml_attribute(attributes, "translate");
	const char *type = xml_attribute(attributes, "mtype");

	if (translate != NULL)
		return is(translate, "no") ? TEXT_KEPT : TEXT_OPEN;
	return type != NULL && is(type, "protected") ? TEXT_KEPT : TEXT_AS_AROUND;
}

static const bitext_code *
code_of(const char *name, const char **attributes)
{
	const bitext_code *code = bitext_find_code(codes, name);

	if (code == NULL || code->open != CODE_MARK)
		return code;
	code_text text = wish_of(attributes);
	return text == TEXT_AS_AROUND ? code : code->around ? &marks[text] : &mark_starts[text];
}

static bool
is_passed_over(const char *name)
{
	static const char *const commonest[] = { "source", "target", "trans-unit", "segment",
		"note" };

	for (size_t i = 0; i < sizeof(commonest) / sizeof(*commonest); i++)
		if (is(name, commonest[i]))
			return false;
	return slice_is_one_of(slice_of(name), passed_over);
}

static status
on_start(void *user, const char *full, const char **attributes)
{
	reader *r = user;
	const char *name = bitext_local(full);

	if (r->skip != 0)
		return STATUS_OK;
	if (r->in_side != 0)
		return r->in->events->start(
			r->in->user, code_of(name, attributes), name, attributes, here(r));
	if (!r->seen_root)
		return start_root(r, name, attributes);
	if (is_passed_over(name)) {
		r->skip = r->xml.depth;
		return STATUS_OK;
	}
	TRY(inherit(r, attributes));
	return start_element(r, name, attributes);
}

static pair_state
state_of(const reader *r)
{
	static const struct {
		const char *name;
		pair_state state;
	} states[] = { { "new", PAIR_UNTRANSLATED }, { "needs-translation", PAIR_UNTRANSLATED },
		{ "initial", PAIR_DRAFT }, { "translated", PAIR_TRANSLATED },
		{ "signed-off", PAIR_REVIEWED }, { "reviewed", PAIR_REVIEWED },
		{ "final", PAIR_FINAL } };

	if (r->of[1] == BITEXT_NONE)
		return PAIR_UNTRANSLATED;
	for (size_t i = 0; r->state[0] != '\0' && i < sizeof(states) / sizeof(*states); i++)
		if (is(r->state, states[i].name))
			return states[i].state;
	if (strncmp(r->state, "needs-", 6) == 0)
		return PAIR_DRAFT;
	return r->approved ? PAIR_FINAL : PAIR_TRANSLATED;
}

static status
end_pair(reader *r)
{
	bitext_pair p = { r->of[0], r->of[1], r->place, state_of(r), slice_of(r->state), true };

	if (r->of[0] == BITEXT_NONE)
		return STATUS_OK;
	r->segments = 0; /* a unit of XLIFF 2 may be a whole document */
	return r->in->events->pair(r->in->user, &p);
}

static status
end_side(reader *r)
{
	bitext_bytes end = here(r), content = r->begun;

	r->in_side = 0;
	if (end.n != 0) {
		content.at += r->begun.n;
		content.n = (size_t)(end.at - content.at);
	}
	r->place = end.n != 0 ? end.at + end.n : r->begun.at + r->begun.n;
	return r->in->events->segment_end(r->in->user, content);
}

static status
end_element(reader *r, const char *name)
{
	if (is(name, "note") && r->noting) {
		r->noting = false;
		TRY(r->note.status);
		if (r->in_unit)
			return r->in->events->fact(
				r->in->user, BITEXT_NOTE, buffer_slice(&r->note));
	}
	if (!r->in_unit)
		return STATUS_OK;
	if (r->two && is(name, "segment"))
		return end_pair(r);
	if (!is(name, r->two ? "unit" : "trans-unit"))
		return STATUS_OK;
	r->in_unit = false;
	if (!r->two)
		TRY(end_pair(r));
	return r->in->events->unit_end(r->in->user);
}

/* What the element that ends at that depth said holds no longer. */
static void
end_inherited(reader *r, size_t depth)
{
	if (r->exact == depth)
		r->exact = 0;
	if (r->wishes.n != 0 && r->wishes.at[r->wishes.n - 1].depth == depth)
		r->wishes.n--;
}

static status
on_end(void *user, const char *full)
{
	reader *r = user;
	const char *name = bitext_local(full);
	size_t depth = r->xml.depth + 1; /* of what ends */

	if (r->skip != 0) {
		if (r->skip == depth) {
			r->skip = 0;
			end_inherited(r, depth);
			if (is(name, "seg-source"))
				r->place = xml_at(&r->xml) + xml_size(&r->xml);
		}
		return STATUS_OK;
	}
	if (r->in_side != 0 && r->in_side != depth)
		return r->in->events->end(r->in->user, name, here(r));
	status done = r->in_side != 0 ? end_side(r) : end_element(r, name);
	end_inherited(r, depth);
	return done;
}

static status
on_text(void *user, slice s)
{
	reader *r = user;

	if (r->skip != 0)
		return STATUS_OK;
	if (r->noting)
		buffer_put(&r->note, s);
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
bitext_read_xliff(const bitext_input *in)
{
	static const xml_events events = { on_start, on_end, on_text, on_comment };
	context *c = in->stream->context;
	reader *r = memory_alloc(c->memory, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->in = in;
	r->xml.utf8 = in->utf8;
	buffer_init(&r->note, c->memory, c->limits.paragraph);
	status done = xml_read(&r->xml, in->stream, &events, r);
	buffer_free(&r->note);
	ARRAY_FREE(c->memory, &r->wishes);
	memory_free(c->memory, r);
	return done;
}

int
bitext_probe_xliff(slice head)
{
	for (size_t i = 0; i + 6 <= head.n; i++)
		if (memcmp(head.p + i, "xliff", 5) == 0 && i > 0 &&
			(head.p[i - 1] == '<' || head.p[i - 1] == ':'))
			return 95;
	return 0;
}
