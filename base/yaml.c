/* See yaml.h. Events, not libyaml's own tree: a tree would resolve aliases, and this one needs
 * no clean-up, since it lives on the caller's arena. Nesting is a stack, not recursion. */
#include "base/yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <yaml.h>

#define DEPTH 32 /* levels; our deepest file has six */

typedef struct reader {
	context *context;
	arena *arena;
	slice path;
	yaml_parser_t parser;
	yaml *open[DEPTH];   /* lists and maps that are not yet closed */
	yaml **where[DEPTH]; /* where the next member of each goes */
	size_t depth;
	yaml key; /* read, and waiting for its value */
	bool has_key;
	yaml *root;
} reader;

static status
fail_at(context *c, slice path, uint32_t line, uint32_t column, const char *said)
{
	return context_fail(c, STATUS_FORMAT, "%.*s:%u:%u: %s", "%.*s:%u:%u\u00A0: %s",
		SLICE_ARG(path), line, column, said);
}

/* One sentence in the language of the context. */
#define SAY(c, said, en, fr) \
	char said[sizeof((c)->message)]; \
	va_list arguments; \
	va_start(arguments, fr); \
	vsnprintf(said, sizeof(said), (c)->ui == LANGUAGE_FR ? fr : en, arguments); \
	va_end(arguments)

status
yaml_fail(context *c, slice path, const yaml *at, const char *en, const char *fr, ...)
{
	SAY(c, said, en, fr);
	return fail_at(c, path, at->line, at->column, said);
}

status
yaml_fail_key(context *c, slice path, const yaml *at, const char *en, const char *fr, ...)
{
	SAY(c, said, en, fr);
	return fail_at(c, path, at->key_line, at->key_column, said);
}

static yaml
begin(const yaml_event_t *e, yaml_kind kind)
{
	return (yaml){ .kind = kind,
		.line = (uint32_t)e->start_mark.line + 1,
		.column = (uint32_t)e->start_mark.column + 1 };
}

static bool
in_map(const reader *r)
{
	return r->depth > 0 && r->open[r->depth - 1]->kind == YAML_MAP;
}

static status
add(reader *r, yaml value, yaml **out)
{
	yaml *y = ARENA_NEW(r->arena, yaml);

	if (y == NULL)
		return STATUS_MEMORY;
	*y = value;
	*out = y;
	if (r->depth == 0) {
		r->root = y;
		return STATUS_OK;
	}
	if (in_map(r)) {
		y->key = r->key.text;
		y->key_line = r->key.line;
		y->key_column = r->key.column;
		r->has_key = false;
	}
	*r->where[r->depth - 1] = y;
	r->where[r->depth - 1] = &y->next;
	return STATUS_OK;
}

static status
take_key(reader *r, yaml value)
{
	const yaml *same = yaml_get(r->open[r->depth - 1], value.text);

	if (same != NULL)
		return yaml_fail(r->context, r->path, &value,
			"“%.*s” stands here twice; first on line %u",
			"«\u00A0%.*s\u00A0» figure deux fois, d’abord à la ligne %u",
			SLICE_ARG(value.text), same->key_line);
	r->key = value;
	r->has_key = true;
	return STATUS_OK;
}

static status
take_text(reader *r, const yaml_event_t *e)
{
	yaml value = begin(e, YAML_TEXT), *made;
	slice text = { (const char *)e->data.scalar.value, e->data.scalar.length };

	value.quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	TRY(arena_copy(r->arena, text, &value.text));
	return in_map(r) && !r->has_key ? take_key(r, value) : add(r, value, &made);
}

static status
take_open(reader *r, const yaml_event_t *e, yaml_kind kind)
{
	yaml value = begin(e, kind), *made;

	if (in_map(r) && !r->has_key)
		return yaml_fail(r->context, r->path, &value, "a key is a word, not a list",
			"une clef est un mot, pas une liste");
	if (r->depth == DEPTH)
		return yaml_fail(r->context, r->path, &value, "nested more than %d levels deep",
			"plus de %d niveaux d’imbrication", DEPTH);
	TRY(add(r, value, &made));
	r->where[r->depth] = &made->first;
	r->open[r->depth++] = made;
	return STATUS_OK;
}

/* What YAML has and these files do not. */
static bool
is_refused(const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_ALIAS_EVENT:
		return true;
	case YAML_SCALAR_EVENT:
		return e->data.scalar.anchor != NULL || e->data.scalar.tag != NULL;
	case YAML_SEQUENCE_START_EVENT:
		return e->data.sequence_start.anchor != NULL ||
		       e->data.sequence_start.tag != NULL;
	case YAML_MAPPING_START_EVENT:
		return e->data.mapping_start.anchor != NULL ||
		       e->data.mapping_start.tag != NULL;
	default:
		return false;
	}
}

static status
take(reader *r, const yaml_event_t *e)
{
	yaml here = begin(e, YAML_TEXT);

	if (is_refused(e))
		return yaml_fail(r->context, r->path, &here,
			"anchors, aliases and tags are not used here",
			"les ancres, alias et étiquettes ne s’emploient pas ici");
	switch (e->type) {
	case YAML_SCALAR_EVENT:
		return take_text(r, e);
	case YAML_SEQUENCE_START_EVENT:
		return take_open(r, e, YAML_LIST);
	case YAML_MAPPING_START_EVENT:
		return take_open(r, e, YAML_MAP);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		r->depth--;
		return STATUS_OK;
	case YAML_DOCUMENT_START_EVENT:
		if (r->root != NULL)
			return yaml_fail(r->context, r->path, &here, "a second document begins",
				"un second document commence");
		return STATUS_OK;
	default:
		return STATUS_OK;
	}
}

static status
fail_parse(reader *r)
{
	const yaml_parser_t *p = &r->parser;
	yaml_mark_t at = p->problem_mark;

	if (p->error == YAML_MEMORY_ERROR)
		return STATUS_MEMORY;
	yaml here = { .line = (uint32_t)at.line + 1, .column = (uint32_t)at.column + 1 };
	return yaml_fail(r->context, r->path, &here, "this is not YAML: %s",
		"ce n’est pas du YAML\u00A0: %s", p->problem != NULL ? p->problem : "?");
}

static status
read_events(reader *r)
{
	yaml_event_t e;
	status s = STATUS_OK;
	bool more = true;

	while (more && s == STATUS_OK) {
		if (!yaml_parser_parse(&r->parser, &e))
			return fail_parse(r);
		more = e.type != YAML_STREAM_END_EVENT;
		s = take(r, &e);
		yaml_event_delete(&e);
	}
	return s;
}

status
yaml_read(context *c, arena *a, slice path, slice bytes, yaml **root)
{
	reader r = { .context = c, .arena = a, .path = path };
	yaml empty = { .kind = YAML_MAP, .line = 1, .column = 1 };

	if (!yaml_parser_initialize(&r.parser))
		return STATUS_MEMORY;
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)bytes.p, bytes.n);
	status s = read_events(&r);
	yaml_parser_delete(&r.parser);
	if (s != STATUS_OK)
		return s;
	if (r.root == NULL || (r.root->kind == YAML_TEXT && r.root->text.n == 0))
		TRY(add(&r, empty, root));
	*root = r.root;
	return STATUS_OK;
}

const yaml *
yaml_get(const yaml *map, slice key)
{
	for (const yaml *y = map->first; y != NULL; y = y->next)
		if (slice_equal(y->key, key))
			return y;
	return NULL;
}

status
yaml_expect(context *c, slice path, const yaml *y, yaml_kind kind)
{
	static const char *const en[] = { "a word", "a list", "a map (key: value)" };
	static const char *const fr[] = { "un mot", "une liste",
		"un tableau (clef\u00A0: valeur)" };

	if (y->kind == kind)
		return STATUS_OK;
	return yaml_fail(c, path, y, "%s is expected here; found %s",
		"on attend ici %s\u00A0; on y trouve %s",
		c->ui == LANGUAGE_FR ? fr[kind] : en[kind],
		c->ui == LANGUAGE_FR ? fr[y->kind] : en[y->kind]);
}

status
yaml_no_such_key(context *c, slice path, const yaml *y, const nearest *n)
{
	if (nearest_found(n))
		return yaml_fail_key(c, path, y,
			"there is no “%.*s” here; did you mean “%.*s”?",
			"«\u00A0%.*s\u00A0» n’existe pas ici\u00A0; vouliez-vous dire "
			"«\u00A0%.*s\u00A0»\u00A0?",
			SLICE_ARG(y->key), SLICE_ARG(n->best));
	return yaml_fail_key(c, path, y, "there is no “%.*s” here",
		"«\u00A0%.*s\u00A0» n’existe pas ici", SLICE_ARG(y->key));
}
