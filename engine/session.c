#include "engine/engine.h"

#include <stdio.h>

#include "checker/bilingual/inconsistent.h"
#include "checker/memo.h"
#include "document/document.h"
#include "engine/recall.h"
#include "text/segment.h"

paraph_status
paraph_session_open(paraph_session **out, paraph_engine *engine)
{
	paraph_session *s = memory_alloc(&engine->memory, sizeof(*s));

	*out = NULL;
	if (s == NULL)
		return PARAPH_MEMORY;
	*s = (paraph_session){ .engine = engine,
		.languages.memory = &engine->memory,
		.text.memory = &engine->memory };
	context_init(&s->context, &engine->memory);
	s->context.limits = engine->context.limits;
	s->context.ui = engine->context.ui;
	engine_wire_session(s);
	status checked = check_init(&s->check, &s->context, &s->with);
	if (checked != STATUS_OK) {
		paraph_session_close(s);
		return (paraph_status)checked;
	}
	*out = s;
	return PARAPH_OK;
}

void
paraph_session_close(paraph_session *s)
{
	if (s == NULL)
		return;
	memo_close(s->check.memo);
	language_memo_free(&s->languages);
	text_memo_free(&s->text);
	check_free(&s->check);
	tm_usage_close(s->memories);
	segmenter_close(s->segmenter);
	memory_free(&s->engine->memory, s);
}

void
paraph_session_threads(paraph_session *s, unsigned threads)
{
	s->check.threads = threads;
}

paraph_status
paraph_session_remember(paraph_session *s)
{
	if (s->check.memo == NULL)
		s->check.memo = memo_open(&s->engine->memory);
	return s->check.memo == NULL ? PARAPH_MEMORY : PARAPH_OK;
}

paraph_status
paraph_session_reading(paraph_session *s, paraph_language l, const char *format)
{
	if (format != NULL) {
		status known = document_check_format(&s->context, slice_of(format));
		if (known != STATUS_OK)
			return engine_answer(s, known);
	}
	s->forced = (language)l;
	snprintf(s->format, sizeof(s->format), "%s", format == NULL ? "" : format);
	return PARAPH_OK;
}

void
paraph_session_utf8(paraph_session *s, bool utf8)
{
	s->utf8 = utf8;
}

void
paraph_session_ui(paraph_session *s, paraph_language ui)
{
	language own = s->engine->context.ui;

	s->context.ui = ui == PARAPH_LANGUAGE_AUTO ? own : engine_ui(ui);
	s->other_words = s->context.ui != own;
}

void
paraph_session_watch(paraph_session *s, bool (*wanted)(void *user), void *user)
{
	s->context.wanted = wanted;
	s->context.wanted_user = user;
}

/* What was found before is known only by what the engine was told. */
static bool
may_recall(const paraph_session *s)
{
	return s->forced == LANGUAGE_UNKNOWN && !s->other_words && !s->utf8;
}

const char *
paraph_session_message(const paraph_session *s)
{
	return s->context.message;
}

/* What a document lacks goes before it, where both are said. */
static status
remark_missing(paraph_session *s, paraph_result *r)
{
	const char *missing = tm_usage_missing(s->memories);
	slice before = r->document.remark;
	buffer b;

	if (missing == NULL)
		return STATUS_OK;
	buffer_init(&b, s->context.memory, 1 << 16);
	if (before.n != 0)
		buffer_printf(&b, "%.*s; ", SLICE_ARG(before));
	buffer_printf(&b,
		s->context.ui == LANGUAGE_FR
			? "la mémoire est incomplète, sans ce qui ne répond pas\u00A0: %s"
			: "the memory is incomplete, without what does not answer: %s",
		missing);
	status done = b.status;
	if (done == STATUS_OK)
		done = arena_copy(&r->keep, buffer_slice(&b), &r->document.remark);
	buffer_free(&b);
	return done;
}

static status
find_faults(paraph_session *s, paraph_result *r, const document_settings *settings,
	const check_source *source)
{
	TRY(check_translation(&s->check, &r->document, &settings->style, source));
	r->pairs = inconsistent_pairs(&s->check, &r->pairs_level);
	TRY(check_suggest(&s->check, s->engine->suggestions));
	if (s->memories == NULL)
		return STATUS_OK;
	TRY(tm_usage_status(s->memories));
	return remark_missing(s, r);
}

static status
run_rules(paraph_session *s, paraph_result *r, const document_settings *settings,
	const check_source *source)
{
	recall_key key;
	findings found;
	finding *list;
	memo *m = NULL;
	size_t n;

	if (settings->skip)
		return STATUS_OK;
	bool kept = source == NULL && may_recall(s) && recall_begin(s, r, settings, &key);
	if (kept && recall_find(s, r, &key, &found)) {
		list = found.list.at;
		n = found.list.n;
	} else {
		TRY(find_faults(s, r, settings, source));
		m = memo_of(&s->check);
		n = s->check.found.list.n;
		if (kept && r->pairs == NULL)
			recall_keep(s, &key, &s->check.found);
		TRY(engine_keep_findings(r, &s->check.found, &list));
	}
	status done =
		engine_resolve(&s->context, m, &s->check.scratch, r, list, n, &settings->style);
	/* Editors show them all, and may ask from another thread. */
	if (done == STATUS_OK && s->check.memo != NULL)
		done = engine_name_findings(r, m);
	arena_reset(&s->check.scratch);
	return done;
}

/* What reports say of the document before its findings. */
static void
describe(paraph_result *r, const document_settings *settings)
{
	language l = r->document.language;
	const profile *p = settings->style.of[l == LANGUAGE_FR ? 0 : 1];

	if (r->document.extracted && p->extracted != NULL)
		p = p->extracted;
	r->view = (report_document){ .document = &r->document,
		.language = language_name(l),
		.profile = p->name.p,
		.modifiers = p->modifiers.p };
}

static status
read_document(paraph_session *s, const char *path, slice bytes, paraph_result *r,
	const document_settings *settings)
{
	slice kept;

	TRY(arena_copy(&r->keep, slice_of(path), &kept));
	document_options reading = s->engine->reading;
	if (reading.forced == LANGUAGE_UNKNOWN)
		reading.forced = settings->language;
	if (s->forced != LANGUAGE_UNKNOWN)
		reading.forced = s->forced;
	if (s->format[0] != '\0')
		reading.format_name = slice_of(s->format);
	reading.utf8 = s->utf8;
	reading.languages = s->check.memo == NULL ? NULL : &s->languages;
	reading.memo = s->check.memo == NULL ? NULL : &s->text;
	/* Reading may overwrite the bytes. */
	if (s->engine->cache != NULL)
		r->bytes_sum = slice_hash(bytes);
	reading.overwrite = r->file.bytes.n != 0 && r->file.bytes.p == bytes.p;
	TRY(document_read_with(&r->document, &s->context, kept, bytes, &reading));
	engine_guess_language(&s->with, &r->document);
	describe(r, settings);
	return STATUS_OK;
}

static paraph_result *
new_result(paraph_session *s, file owned)
{
	paraph_result *r = memory_alloc(&s->engine->memory, sizeof(*r));

	if (r == NULL)
		return NULL;
	*r = (paraph_result){ .memory = &s->engine->memory, .file = owned };
	arena_init(&r->keep, r->memory);
	arena_init(&r->document.arena, r->memory);
	return r;
}

/* What went wrong with a document names the document. */
static status
name_document(context *c, const char *path, status s)
{
	char said[sizeof(c->message)];

	if (s == STATUS_OK || slice_starts(slice_of(c->message), slice_of(path)))
		return s;
	engine_explain(c, s, said, sizeof(said));
	return context_fail(c, s, "%s: %s", "%s\u00A0: %s", path, said);
}

/* In a project a document has one name, from whatever folder it is checked. */
static status
name_result(const char *path, paraph_result *r)
{
	char at[4096];
	slice relative = { 0 };

	if (r->settings.project != NULL)
		relative = settings_relative(r->settings.project->path, at, sizeof(at), path);
	bool below = relative.n != 0 && relative.p[0] != '/';
	return arena_copy(&r->keep, below ? relative : slice_of(path), &r->known_as);
}

static status
find_settings(paraph_session *s, const char *path, paraph_result *r, document_settings *out)
{
	TRY(project_find(s, path, &r->keep, out));
	r->settings = *out;
	TRY(name_result(path, r));
	return engine_enter(s, out->project);
}

status
engine_check(paraph_session *s, const char *path, slice bytes, file owned, bool with_rules,
	paraph_result **out)
{
	paraph_result *r = new_result(s, owned);

	*out = NULL;
	if (r == NULL) {
		file_close(&owned, &s->engine->memory);
		return STATUS_MEMORY;
	}
	document_settings settings = { .style = s->engine->style };
	status found = with_rules ? find_settings(s, path, r, &settings) : STATUS_OK;
	if (found != STATUS_OK) { /* the message names the file of settings */
		paraph_result_free(r);
		return found;
	}
	status checked = read_document(s, path, bytes, r, &settings);
	if (checked == STATUS_OK && with_rules)
		checked = run_rules(s, r, &settings, NULL);
	if (checked != STATUS_OK) {
		paraph_result_free(r);
		return name_document(&s->context, path, checked);
	}
	*out = r;
	return STATUS_OK;
}

status
engine_check_translation(
	paraph_session *s, const char *path, paraph_result *r, const check_source *source)
{
	document_settings settings = { .style = s->engine->style };

	TRY(find_settings(s, path, r, &settings));
	describe(r, &settings);
	return name_document(&s->context, path, run_rules(s, r, &settings, source));
}

paraph_status
engine_answer(paraph_session *s, status done)
{
	char *message = s->context.message;

	if (done != STATUS_OK && message[0] == '\0')
		engine_explain(&s->context, done, message, sizeof(s->context.message));
	return (paraph_status)done;
}

paraph_status
paraph_check(paraph_session *s, const char *path, paraph_text bytes, paraph_result **out)
{
	s->context.message[0] = '\0';
	return engine_answer(
		s, engine_check(s, path, (slice){ bytes.p, bytes.n }, (file){ 0 }, true, out));
}

static paraph_status
open_and_check(paraph_session *s, const char *path, const char *name, bool with_rules,
	paraph_result **out)
{
	file f;

	*out = NULL;
	s->context.message[0] = '\0';
	status opened = file_open(&f, &s->context, path);
	if (opened != STATUS_OK)
		return engine_answer(s, opened);
	return engine_answer(s, engine_check(s, name, f.bytes, f, with_rules, out));
}

paraph_status
paraph_check_file(paraph_session *s, const char *path, paraph_result **out)
{
	return open_and_check(s, path, path, true, out);
}

paraph_status
paraph_check_file_as(paraph_session *s, const char *path, const char *name, paraph_result **out)
{
	return open_and_check(s, path, name, true, out);
}

paraph_status
paraph_read_file(paraph_session *s, const char *path, paraph_result **out)
{
	return open_and_check(s, path, path, false, out);
}

paraph_status
paraph_read_file_as(paraph_session *s, const char *path, const char *name, paraph_result **out)
{
	return open_and_check(s, path, name, false, out);
}
