/* Reports of parts of a run (--format jsonl), put together: their bytes are kept, the paths of
 * their documents are sorted, of which no two may be the same, and each document is read again
 * in its turn. What is written does not depend on how the run was cut. Jansson reads the JSON.
 */
#include "engine/engine.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "checker/rule.h"
#include "document/place.h"

typedef struct kept_line {
	slice path;  /* of the document */
	size_t part; /* which of the files */
	slice line;
} kept_line;

typedef struct part {
	slice path;
	file file;
} part;

struct paraph_merge {
	memory memory;
	context context;
	paraph_engine *engine;
	arena keep, scratch; /* scratch: of the document in hand */
	ARRAY(part) parts;
	ARRAY(kept_line) lines;
	severity worst;
};

paraph_merge *
paraph_merge_open(paraph_engine *engine, paraph_language ui)
{
	paraph_merge *m = memory_alloc(&engine->memory, sizeof(*m));

	if (m == NULL)
		return NULL;
	*m = (paraph_merge){ .memory = engine->memory, .engine = engine };
	context_init(&m->context, &m->memory);
	m->context.ui = engine_ui(ui);
	arena_init(&m->keep, &m->memory);
	arena_init(&m->scratch, &m->memory);
	return m;
}

void
paraph_merge_close(paraph_merge *m)
{
	memory used;

	if (m == NULL)
		return;
	for (size_t i = 0; i < m->parts.n; i++)
		file_close(&m->parts.at[i].file, &m->memory);
	ARRAY_FREE(&m->memory, &m->parts);
	ARRAY_FREE(&m->memory, &m->lines);
	arena_free(&m->keep);
	arena_free(&m->scratch);
	used = m->memory;
	memory_free(&used, m);
}

const char *
paraph_merge_message(const paraph_merge *m)
{
	return m->context.message;
}

/* ---- reading a document object ---- */

static slice
text_of(const json_t *object, const char *key)
{
	const json_t *v = json_object_get(object, key);

	return json_is_string(v) ? (slice){ json_string_value(v), json_string_length(v) }
				 : (slice){ "", 0 };
}

static uint32_t
number_of(const json_t *object, const char *key)
{
	json_int_t n = json_integer_value(json_object_get(object, key));

	return n < 0 || n > UINT32_MAX ? 0 : (uint32_t)n;
}

static span
span_of(const json_t *object)
{
	return (span){ number_of(object, "start"), number_of(object, "end") };
}

static severity
severity_of(const json_t *object)
{
	slice name = text_of(object, "severity");

	for (int k = SEVERITY_INFO; k <= SEVERITY_ERROR; k++)
		if (slice_is(name, severity_name((severity)k)))
			return (severity)k;
	return SEVERITY_DEFAULT;
}

static const rule *
find_rule(const paraph_merge *m, slice id)
{
	for (size_t i = 0; i < m->engine->with.rule_count; i++)
		if (slice_is(id, m->engine->with.rules[i]->id))
			return m->engine->with.rules[i];
	return NULL;
}

static status
read_suggestions(paraph_merge *m, const json_t *object, finding *f)
{
	const json_t *list = json_object_get(object, "suggestions");
	size_t n = json_array_size(list);
	slice *out = ARENA_ARRAY(&m->scratch, slice, n + 1);

	if (out == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++) {
		const json_t *v = json_array_get(list, i);
		if (json_is_string(v))
			out[f->suggestion_count++] =
				(slice){ json_string_value(v), json_string_length(v) };
	}
	f->suggestions = out;
	return STATUS_OK;
}

static status
read_places(paraph_merge *m, const json_t *object, finding *f, report_finding *out)
{
	const json_t *list = json_object_get(object, "places");
	size_t n = json_array_size(list);
	report_place *places = ARENA_ARRAY(&m->scratch, report_place, n + 1);

	if (places == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++) {
		const json_t *v = json_array_get(list, i);
		places[i] = (report_place){ span_of(v), number_of(v, "line"),
			number_of(v, "column") };
	}
	out->places = places;
	f->place_count = n;
	return STATUS_OK;
}

/* Where there are no lines, what a person looks for. The number of a heading is not told from
 * that of a paragraph. */
static status
read_where(paraph_merge *m, const json_t *where, report_finding *out)
{
	block_place place = { .number = text_of(where, "number"),
		.page = number_of(where, "page"),
		.part = (uint8_t)place_part_named(text_of(where, "part")) };
	buffer told;

	if (json_object_get(where, "part") == NULL)
		return STATUS_OK;
	buffer_init(&told, &m->memory, 4096);
	place_put(&told, &place, false, m->context.ui);
	/* A number that is too long is cut, as it is in the report of the document itself. */
	status done = told.status == STATUS_MEMORY
			      ? STATUS_MEMORY
			      : arena_copy(&m->scratch, buffer_slice(&told), &out->where);
	buffer_free(&told);
	return done;
}

static status
read_facing(paraph_merge *m, const json_t *object, finding *f, report_finding *out)
{
	const json_t *facing = json_object_get(object, "facing");

	if (!json_is_object(facing))
		return STATUS_OK;
	document *source = ARENA_NEW(&m->scratch, document);
	if (source == NULL)
		return STATUS_MEMORY;
	source->path = text_of(facing, "path");
	f->facing.document = source;
	out->facing.file = span_of(facing);
	out->facing.line = number_of(facing, "line");
	out->facing.column = number_of(facing, "column");
	out->facing.end_line = number_of(facing, "endLine");
	out->facing.end_column = number_of(facing, "endColumn");
	out->facing.paragraph = number_of(facing, "paragraph");
	out->facing.text = text_of(facing, "text");
	out->facing.passage = text_of(facing, "passage");
	return STATUS_OK;
}

/* Terminated, as jansson's strings are. */
static status
read_finding(paraph_merge *m, const json_t *object, report_finding *out)
{
	finding *f = ARENA_NEW(&m->scratch, finding);
	slice id = text_of(object, "rule"), fix = text_of(object, "fix");

	if (f == NULL)
		return STATUS_MEMORY;
	*f = (finding){ .rule = find_rule(m, id),
		.severity = severity_of(object),
		.fix = slice_is(fix, "safe")     ? FIX_SAFE
		       : slice_is(fix, "review") ? FIX_REVIEW
						 : FIX_NONE,
		.message = text_of(object, "message") };
	*out = (report_finding){ .found = f,
		.rule = id.p,
		.file = span_of(object),
		.line = number_of(object, "line"),
		.column = number_of(object, "column"),
		.end_line = number_of(object, "endLine"),
		.end_column = number_of(object, "endColumn"),
		.paragraph = number_of(json_object_get(object, "location"), "paragraph"),
		.text = text_of(object, "text"),
		.fingerprint = strtoull(text_of(object, "fingerprint").p, NULL, 16) };
	TRY(read_suggestions(m, object, f));
	TRY(read_places(m, object, f, out));
	TRY(read_where(m, json_object_get(object, "location"), out));
	return read_facing(m, object, f, out);
}

/* A report keeps the names of profiles to its end. */
static status
read_profile(paraph_merge *m, const json_t *object, report_document *out)
{
	const json_t *list = json_object_get(object, "modifiers");
	char joined[256] = "";
	slice copy;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *one = json_string_value(json_array_get(list, i));
		if (one != NULL && strlen(joined) + strlen(one) + 2 < sizeof(joined)) {
			strcat(joined, i == 0 ? "" : "+");
			strcat(joined, one);
		}
	}
	TRY(arena_copy(&m->keep, text_of(object, "profile"), &copy));
	out->profile = copy.p;
	TRY(arena_copy(&m->keep, slice_of(joined), &copy));
	out->modifiers = copy.p;
	return STATUS_OK;
}

static status
read_document(paraph_merge *m, const json_t *object, slice json, report_document *out)
{
	const json_t *list = json_object_get(object, "findings");
	size_t n = json_array_size(list);
	document *d = ARENA_NEW(&m->scratch, document);
	report_finding *found = ARENA_ARRAY(&m->scratch, report_finding, n + 1);

	if (d == NULL || found == NULL)
		return STATUS_MEMORY;
	d->path = text_of(object, "path");
	d->words = number_of(object, "words");
	/* Of what has no lines none are told here either: only that it is a package is asked.
	 */
	if (document_format_is_package(text_of(object, "format")))
		d->package = json;
	*out = (report_document){ .document = d,
		.language = text_of(object, "language").p,
		.findings = found,
		.count = n,
		.json = json };
	TRY(read_profile(m, object, out));
	for (size_t i = 0; i < n; i++)
		TRY(read_finding(m, json_array_get(list, i), &found[i]));
	return STATUS_OK;
}

/* ---- the files ---- */

static status
no_document(paraph_merge *m, slice path, size_t line, const char *why)
{
	return context_fail(&m->context, STATUS_FORMAT,
		"%.*s:%zu: not a document of a report (--format jsonl): %s",
		"%.*s:%zu\u00A0: ce n’est pas un document d’un rapport (--format "
		"jsonl)\u00A0: %s",
		SLICE_ARG(path), line, why);
}

static status
parse(paraph_merge *m, slice path, size_t line, slice text, json_t **out)
{
	json_error_t error;

	*out = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
	if (*out == NULL)
		return no_document(m, path, line, error.text);
	if (json_is_object(*out) && json_is_string(json_object_get(*out, "path")) &&
		json_is_array(json_object_get(*out, "findings")) &&
		json_is_string(json_object_get(*out, "profile")))
		return STATUS_OK;
	json_decref(*out);
	*out = NULL;
	return no_document(m, path, line, "path, profile, findings");
}

static status
note_line(paraph_merge *m, const json_t *object, slice line)
{
	const json_t *list = json_object_get(object, "findings");

	TRY(ARRAY_RESERVE(&m->memory, &m->lines, 1));
	kept_line *l = &m->lines.at[m->lines.n];
	*l = (kept_line){ .part = m->parts.n - 1, .line = line };
	TRY(arena_copy(&m->keep, text_of(object, "path"), &l->path));
	m->lines.n++;
	for (size_t i = 0; i < json_array_size(list); i++) {
		severity s = severity_of(json_array_get(list, i));
		m->worst = s > m->worst ? s : m->worst;
	}
	return STATUS_OK;
}

static status
add_file(paraph_merge *m, slice path, slice bytes)
{
	slice line, rest = bytes;
	size_t number = 0;

	while (slice_line(&rest, &line)) {
		json_t *object;
		number++;
		if (line.n == 0)
			continue;
		TRY(parse(m, path, number, line, &object));
		status s = note_line(m, object, line);
		json_decref(object);
		TRY(s);
	}
	return STATUS_OK;
}

paraph_status
paraph_merge_add(paraph_merge *m, const char *path)
{
	file f;
	slice copy;

	m->context.message[0] = '\0';
	status s = arena_copy(&m->keep, slice_of(path), &copy);
	if (s == STATUS_OK)
		s = ARRAY_RESERVE(&m->memory, &m->parts, 1);
	if (s == STATUS_OK)
		s = file_open(&f, &m->context, path);
	if (s != STATUS_OK)
		return (paraph_status)s;
	m->parts.at[m->parts.n++] = (part){ copy, f };
	return (paraph_status)add_file(m, copy, f.bytes);
}

static int
by_path(const void *left, const void *right)
{
	const kept_line *a = left, *b = right;

	return strcmp(a->path.p, b->path.p);
}

static status
refuse_twice(paraph_merge *m)
{
	for (size_t i = 1; i < m->lines.n; i++)
		if (by_path(&m->lines.at[i - 1], &m->lines.at[i]) == 0)
			return context_fail(&m->context, STATUS_USAGE,
				"%.*s: it stands in %.*s and in %.*s",
				"%.*s\u00A0: figure dans %.*s et dans %.*s",
				SLICE_ARG(m->lines.at[i].path),
				SLICE_ARG(m->parts.at[m->lines.at[i - 1].part].path),
				SLICE_ARG(m->parts.at[m->lines.at[i].part].path));
	return STATUS_OK;
}

static status
add_line(paraph_merge *m, paraph_report *r, slice line)
{
	report_document view;
	json_t *object;

	TRY(parse(m, SLICE("jsonl"), 0, line, &object));
	status s = read_document(m, object, line, &view);
	if (s == STATUS_OK)
		s = report_add(&r->report, &view);
	json_decref(object);
	arena_reset(&m->scratch);
	return s;
}

paraph_status
paraph_merge_write(paraph_merge *m, paraph_report *into)
{
	static const char *const need_text[] = { "text", "html" };

	m->context.message[0] = '\0';
	for (size_t i = 0; i < sizeof(need_text) / sizeof(*need_text); i++)
		if (strcmp(into->report.format->name, need_text[i]) == 0)
			return (paraph_status)context_fail(&m->context, STATUS_USAGE,
				"the form %s shows the documents, which are not in these "
				"files",
				"la forme %s montre les documents, qui ne sont pas dans "
				"ces fichiers",
				need_text[i]);
	if (m->lines.n > 1)
		qsort(m->lines.at, m->lines.n, sizeof(*m->lines.at), by_path);
	status s = refuse_twice(m);
	if (s == STATUS_OK)
		for (size_t i = 0; i < m->lines.n && s == STATUS_OK; i++)
			s = add_line(m, into, m->lines.at[i].line);
	return (paraph_status)s;
}

paraph_severity
paraph_merge_worst(const paraph_merge *m)
{
	return (paraph_severity)m->worst;
}
