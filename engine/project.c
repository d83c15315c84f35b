/* See project.h. */
#include "engine/project.h"

#include <stdio.h>
#include <string.h>

#include "base/glob.h"
#include "engine/engine.h"
#include "termbase/cache.h"
#include "text/pattern.h"

typedef struct loader {
	context *context;
	arena *arena;
	const profile_reader *reader;
	project *project;
} loader;

/* ---- styles ---- */

/* The entries that hold, in order: those of all documents, then those of paths. */
static size_t
list_settings(const project *p, uint64_t entries, const path_settings **out)
{
	size_t n = 0;

	for (size_t i = 0; i < p->layers.n; i++)
		out[n++] = &p->all[i];
	for (size_t i = 0; i < p->path_count; i++)
		if ((entries >> i & 1) != 0)
			out[n++] = &p->paths[i];
	return n;
}

static severity
level_of(slice name)
{
	for (int k = SEVERITY_INFO; k <= SEVERITY_ERROR; k++)
		if (slice_is(name, severity_name((severity)k)))
			return (severity)k;
	return SEVERITY_DEFAULT;
}

/* Names stay names; a path to a profile is meant from the file's folder. */
static status
profile_of(const loader *l, const path_settings *s, slice *out)
{
	*out = s->profile->text;
	if (memchr(out->p, '/', out->n) == NULL && !slice_ends(*out, SLICE(".yaml")))
		return STATUS_OK;
	return settings_path(l->context, l->arena, s->layer->folder, *out, out);
}

/* The profile named last wins; rules are laid over each other in order. */
static status
make_style(const loader *l, const engine_choice *choice, project_style *out)
{
	const path_settings *in_force[SETTINGS_LAYERS_MOST + PATHS_MOST];
	style_rules rules[SETTINGS_LAYERS_MOST + PATHS_MOST];
	size_t count = list_settings(l->project, out->entries, in_force), n = 0;
	slice profiles = { 0 };

	for (size_t i = 0; i < count; i++) {
		const path_settings *s = in_force[i];
		if (s->profile != NULL)
			TRY(profile_of(l, s, &profiles));
		if (s->rules != NULL)
			rules[n++] = (style_rules){ s->layer->path, s->rules };
		if (s->language != NULL)
			out->language = slice_is(s->language->text, "fr")   ? LANGUAGE_FR
					: slice_is(s->language->text, "en") ? LANGUAGE_EN
									    : LANGUAGE_UNKNOWN;
		if (s->fail_on != NULL) {
			out->has_fail_on = true;
			out->fail_on = level_of(s->fail_on->text);
		}
		if (s->check != NULL)
			out->skip = slice_is(s->check->text, "off");
	}
	return engine_make_style(
		l->reader, choice, profiles, rules, n, l->project->own_rules, &out->style);
}

static status
new_style(const loader *l, const engine_choice *choice, uint64_t entries, project_style **out)
{
	project_style *s = ARENA_NEW(l->arena, project_style);
	context *c = l->context;

	if (s == NULL)
		return STATUS_MEMORY;
	*s = (project_style){ .entries = entries, .sum = l->project->sum };
	cache_sum(&s->sum, entries);
	c->seen = &s->sum;
	status made = make_style(l, choice, s);
	c->seen = NULL;
	TRY(made);
	s->next = l->project->styles;
	l->project->styles = s;
	*out = s;
	return STATUS_OK;
}

static status
style_for(const loader *l, const engine_choice *choice, uint64_t entries,
	const project_style **out)
{
	project_style *s = l->project->styles;

	while (s != NULL && s->entries != entries)
		s = s->next;
	if (s == NULL)
		TRY(new_style(l, choice, entries, &s));
	*out = s;
	return STATUS_OK;
}

/* The entries of the ignore list that hold for this document. */
static status
add_ignored(const project *p, const char *path, arena *keep, check_style *out)
{
	char at[4096];
	slice relative = settings_relative(p->path, at, sizeof(at), path);
	ignored *list = ARENA_ARRAY(keep, ignored, p->ignored_count);

	if (list == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < p->ignored_count; i++)
		if (p->ignored[i].path.n == 0 || glob_matches(p->ignored[i].path, relative))
			list[out->ignored_count++] = p->ignored[i];
	out->ignored = list;
	return STATUS_OK;
}

/* ---- reading ---- */

static project *
loaded(const paraph_engine *e, slice path)
{
	for (project *p = e->projects; p != NULL; p = p->next)
		if (slice_equal(p->path, path))
			return p;
	return NULL;
}

/* A file of rules is read once, whichever projects name it; the others do not apply it. */
static status
read_rule_file(paraph_engine *e, const loader *l, const char *path, const rule_file **out)
{
	for (*out = e->rule_files; *out != NULL; *out = (*out)->next)
		if (slice_is((*out)->path, path))
			return STATUS_OK;
	rule_file *f = ARENA_NEW(l->arena, rule_file);
	if (f == NULL)
		return STATUS_MEMORY;
	*f = (rule_file){ .path = slice_of(path), .first = e->with.rule_count };
	TRY(engine_add_rules(e, l->context, path));
	f->count = e->with.rule_count - f->first;
	f->next = e->rule_files;
	e->rule_files = f;
	*out = f;
	return STATUS_OK;
}

static status
read_rules(paraph_engine *e, loader *l)
{
	path_list files;
	const rule_file *f;

	TRY(project_read_files(
		l->context, l->arena, &l->project->layers, "rule-files", &files));
	for (size_t i = 0; i < files.n; i++) {
		TRY(read_rule_file(e, l, files.at[i], &f));
		for (size_t k = 0; k < f->count; k++)
			l->project->own_rules[f->first + k] = true;
	}
	return STATUS_OK;
}

/* Options name rules when the engine is opened, among them those of the project around it. What
 * is wrong with its settings is told with the first document that wants them. */
status
project_know_rules(paraph_engine *e)
{
	char found[4096 + sizeof(SETTINGS_NAME)];
	const char *path = e->choice.settings;
	settings_layers layers;
	path_list files;
	const rule_file *f;
	loader l = { .context = &e->context, .arena = &e->keep };

	if (path == NULL) {
		if (!e->choice.find_settings ||
			!settings_nearest("./" SETTINGS_NAME, found, sizeof(found)))
			return STATUS_OK;
		path = settings_shown(found).p;
	}
	status s = settings_read(l.context, l.arena, slice_of(path), &layers);
	if (s == STATUS_OK)
		s = project_read_files(l.context, l.arena, &layers, "rule-files", &files);
	for (size_t i = 0; s == STATUS_OK && i < files.n; i++)
		s = read_rule_file(e, &l, files.at[i], &f);
	if (s == STATUS_MEMORY)
		return s;
	e->context.message[0] = '\0';
	return STATUS_OK;
}

static size_t
count_paths(const char *const *paths)
{
	size_t n = 0;

	while (paths[n] != NULL)
		n++;
	return n;
}

/* The project's own, and over them those that the options name; ends with NULL. */
static status
join(const loader *l, const path_list *own, const char *const *asked, path_list *out)
{
	size_t more = count_paths(asked);
	const char **all = ARENA_ARRAY(l->arena, const char *, own->n + more + 1);

	if (all == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < own->n + more; i++)
		all[i] = i < own->n ? own->at[i] : asked[i - own->n];
	*out = (path_list){ all, own->n + more };
	return STATUS_OK;
}

static status
open_terms(paraph_engine *e, const loader *l)
{
	project *p = l->project;
	path_list all;

	TRY(project_read_files(l->context, l->arena, &p->layers, "termbases", &p->termbases));
	if (p->termbases.n == 0 || e->choice.only_settings)
		return STATUS_OK;
	TRY(join(l, &p->termbases, e->choice.termbases, &all));
	cache_sum(&p->sum, 1);
	for (size_t i = 0; i < all.n; i++)
		TRY(engine_sum_base(&p->sum, l->context, all.at[i]));
	TRY(engine_open_termbase(&p->terms, l->context, &e->choice, all.at, all.n));
	engine_sum_indexes(&p->sum, p->terms);
	return STATUS_OK;
}

static status
find_memories(const paraph_engine *e, const loader *l)
{
	project *p = l->project;
	path_list own;

	TRY(project_read_files(l->context, l->arena, &p->layers, "memories", &own));
	if (own.n == 0)
		return STATUS_OK;
	TRY(join(l, &own, e->choice.memories, &p->memories));
	for (size_t i = 0; i < own.n; i++)
		TRY(engine_sum_memory(&p->sum, l->context, own.at[i]));
	return STATUS_OK;
}

static status
load(paraph_engine *e, loader *l)
{
	project *p = l->project;

	TRY(settings_read(l->context, l->arena, p->path, &p->layers));
	TRY(read_rules(e, l));
	profile_reader r = engine_profile_reader(e, l->context);
	TRY(project_read_values(l->context, l->arena, &r, p));
	TRY(find_memories(e, l));
	return open_terms(e, l);
}

static void
free_project(project *p)
{
	wordlist_free(&p->words);
	termbase_close(p->terms);
	for (size_t i = 0; i < p->ignored_count; i++)
		pattern_free(p->ignored[i].pattern);
}

/* Reads the file into a project that is added to the engine's once it is whole. */
static status
open_project(paraph_engine *e, loader *l, slice path)
{
	l->project = loaded(e, path);
	if (l->project != NULL)
		return STATUS_OK;
	project *p = ARENA_NEW(&e->keep, project);
	if (p == NULL)
		return STATUS_MEMORY;
	*p = (project){ 0 };
	TRY(arena_copy(&e->keep, path, &p->path));
	wordlist_init(&p->words, &e->memory);
	l->project = p;
	l->context->seen = &p->sum;
	status s = load(e, l);
	l->context->seen = NULL;
	if (s != STATUS_OK) {
		free_project(p);
		return s;
	}
	p->next = e->projects;
	e->projects = p;
	return STATUS_OK;
}

/* ---- finding ---- */

/* l->project is NULL when there is none. */
static status
find_upward(paraph_engine *e, loader *l, const char *path)
{
	char at[4096 + sizeof(SETTINGS_NAME)];

	return settings_nearest(path, at, sizeof(at)) ? open_project(e, l, settings_shown(at))
						      : STATUS_OK;
}

static status
find(paraph_session *s, const char *path, arena *keep, document_settings *out)
{
	paraph_engine *e = s->engine;
	loader l = { .context = &s->context, .arena = &e->keep };
	const project_style *style;

	if (e->choice.settings != NULL)
		TRY(open_project(e, &l, slice_of(e->choice.settings)));
	else
		TRY(find_upward(e, &l, path));
	out->project = l.project;
	if (l.project == NULL)
		return STATUS_OK;
	profile_reader r = engine_profile_reader(e, &s->context);
	l.reader = &r;
	TRY(style_for(&l, &e->choice, project_entries(l.project, path), &style));
	out->style = style->style;
	out->language = style->language;
	out->skip = style->skip;
	out->has_fail_on = style->has_fail_on;
	out->fail_on = style->fail_on;
	out->sum = style->sum;
	return add_ignored(l.project, path, keep, &out->style);
}

status
project_find(paraph_session *s, const char *path, arena *keep, document_settings *out)
{
	paraph_engine *e = s->engine;

	*out = (document_settings){ .style = e->style };
	if (e->choice.settings == NULL && !e->choice.find_settings)
		return STATUS_OK;
	pthread_mutex_lock(&e->lock);
	status done = find(s, path, keep, out);
	pthread_mutex_unlock(&e->lock);
	return done;
}

void
project_close(project *p)
{
	for (; p != NULL; p = p->next)
		free_project(p);
}
