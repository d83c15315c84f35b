/* See project.h. */
#include "engine/project.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/glob.h"
#include "engine/engine.h"

#define NAME "paraph.yaml"
#define FILE_MAX ((size_t)1 << 20)

typedef struct loader {
	context *context;
	arena *arena;
	const profile_reader *reader;
	project *project;
} loader;

/* ---- reading ---- */

static status
expect(const loader *l, const yaml *y, yaml_kind kind)
{
	return yaml_expect(l->context, l->project->path, y, kind);
}

static status
no_such_key(const loader *l, const yaml *y, const char *const *known)
{
	nearest n;

	nearest_init(&n, y->key);
	for (; *known != NULL; known++)
		nearest_offer(&n, slice_of(*known));
	return yaml_no_such_key(l->context, l->project->path, y, &n);
}

status
project_path(context *c, arena *a, slice folder, slice name, slice *out)
{
	char joined[4096];

	if (name.n != 0 && name.p[0] == '/')
		return arena_copy(a, name, out);
	int n = snprintf(
		joined, sizeof(joined), "%.*s%.*s", SLICE_ARG(folder), SLICE_ARG(name));
	if (n < 0 || (size_t)n >= sizeof(joined))
		return context_fail(c, STATUS_USAGE, "%.*s: the path is too long",
			"%.*s\u00A0: chemin trop long", SLICE_ARG(name));
	return arena_copy(a, (slice){ joined, (size_t)n }, out);
}

static status
from_folder(const loader *l, slice name, slice *out)
{
	return project_path(l->context, l->arena, l->project->folder, name, out);
}

/* A text, or a list of texts. */
static status
read_texts(const loader *l, const yaml *y, const slice **out, size_t *count)
{
	const yaml single = *y;
	size_t n = 0;

	if (y->kind != YAML_TEXT)
		TRY(expect(l, y, YAML_LIST));
	for (const yaml *m = y->first; m != NULL; m = m->next)
		n++;
	slice *texts = ARENA_ARRAY(l->arena, slice, n + 1);
	if (texts == NULL)
		return STATUS_MEMORY;
	*count = 0;
	if (y->kind == YAML_TEXT)
		texts[(*count)++] = single.text;
	for (const yaml *m = y->first; m != NULL; m = m->next) {
		TRY(expect(l, m, YAML_TEXT));
		texts[(*count)++] = m->text;
	}
	*out = texts;
	return STATUS_OK;
}

/* Names stay names; a path to a profile is meant from the file's folder. */
static status
read_profile(const loader *l, const yaml *y, slice *out)
{
	TRY(expect(l, y, YAML_TEXT));
	*out = y->text;
	if (memchr(y->text.p, '/', y->text.n) == NULL && !slice_ends(y->text, SLICE(".yaml")))
		return STATUS_OK;
	return from_folder(l, y->text, out);
}

static status
read_words(const loader *l, const yaml *y)
{
	const slice *files;
	size_t n;

	TRY(read_texts(l, y, &files, &n));
	for (size_t i = 0; i < n; i++) {
		slice path;
		TRY(from_folder(l, files[i], &path));
		TRY(wordlist_read(&l->project->words, l->context, path.p));
	}
	return STATUS_OK;
}

static status
read_fingerprint(const loader *l, const yaml *y, uint64_t *out)
{
	char digits[17] = "", *end;

	TRY(expect(l, y, YAML_TEXT));
	if (y->text.n == 16)
		memcpy(digits, y->text.p, 16);
	*out = strtoull(digits, &end, 16);
	if (end != digits + 16 || *out == 0)
		return yaml_fail(l->context, l->project->path, y,
			"a fingerprint is the sixteen digits of the JSON report",
			"une empreinte est les seize chiffres du rapport JSON");
	return STATUS_OK;
}

/* The rules of an entry must exist: one that is misspelled would silence nothing. */
static status
read_rule_name(const loader *l, const yaml *y, slice *out)
{
	nearest n;

	TRY(expect(l, y, YAML_TEXT));
	*out = y->text;
	for (size_t i = 0; i < l->reader->rule_count; i++)
		if (profile_names_rule(y->text, l->reader->rules[i]))
			return STATUS_OK;
	nearest_init(&n, y->text);
	profile_offer_rules(l->reader, &n);
	yaml named = *y;
	named.key = y->text;
	named.key_line = y->line;
	named.key_column = y->column;
	return yaml_no_such_key(l->context, l->project->path, &named, &n);
}

static status
read_ignored(const loader *l, const yaml *map, ignored *out)
{
	static const char *const known[] = { "rule", "text", "path", "fingerprint", "reason",
		NULL };

	TRY(expect(l, map, YAML_MAP));
	for (const yaml *y = map->first; y != NULL; y = y->next) {
		TRY(expect(l, y, YAML_TEXT));
		if (slice_equal(y->key, SLICE("rule")))
			TRY(read_rule_name(l, y, &out->rule));
		else if (slice_equal(y->key, SLICE("text")))
			out->text = y->text;
		else if (slice_equal(y->key, SLICE("path")))
			out->path = y->text;
		else if (slice_equal(y->key, SLICE("fingerprint")))
			TRY(read_fingerprint(l, y, &out->fingerprint));
		else if (!slice_equal(y->key, SLICE("reason")))
			return no_such_key(l, y, known);
	}
	if (out->rule.n == 0 && out->text.n == 0 && out->fingerprint == 0)
		return yaml_fail(l->context, l->project->path, map,
			"what is ignored has a rule, a text or a fingerprint",
			"ce qui est ignoré a une règle (rule), un texte (text) ou une "
			"empreinte "
			"(fingerprint)");
	return STATUS_OK;
}

static status
read_ignore_list(const loader *l, const yaml *y)
{
	project *p = l->project;
	size_t n = 0;

	TRY(expect(l, y, YAML_LIST));
	for (const yaml *m = y->first; m != NULL; m = m->next)
		n++;
	p->ignored = ARENA_ARRAY(l->arena, ignored, n);
	if (p->ignored == NULL)
		return STATUS_MEMORY;
	for (const yaml *m = y->first; m != NULL; m = m->next)
		TRY(read_ignored(l, m, &p->ignored[p->ignored_count++]));
	return STATUS_OK;
}

/* What can be said of the project and of some of its paths alike; *known is false for the rest.
 */
static status
read_common(const loader *l, const yaml *y, path_settings *out, bool *known)
{
	*known = true;
	if (slice_equal(y->key, SLICE("profile")))
		return read_profile(l, y, &out->profile);
	if (slice_equal(y->key, SLICE("rules"))) {
		out->rules = y;
		return expect(l, y, YAML_MAP);
	}
	*known = false;
	return STATUS_OK;
}

static status
read_path(const loader *l, const yaml *map, path_settings *out)
{
	static const char *const known[] = { "match", "profile", "rules", "check", NULL };
	bool common;

	TRY(expect(l, map, YAML_MAP));
	for (const yaml *y = map->first; y != NULL; y = y->next) {
		TRY(read_common(l, y, out, &common));
		if (common)
			continue;
		if (slice_equal(y->key, SLICE("match"))) {
			TRY(read_texts(l, y, &out->match, &out->match_count));
		} else if (slice_equal(y->key, SLICE("check"))) {
			TRY(expect(l, y, YAML_TEXT));
			out->skip = slice_equal(y->text, SLICE("off"));
		} else {
			return no_such_key(l, y, known);
		}
	}
	if (out->match_count != 0)
		return STATUS_OK;
	return yaml_fail(l->context, l->project->path, map,
		"say which paths are meant (match: reports/*.txt)",
		"dites de quels chemins il s’agit (match: rapports/*.txt)");
}

static status
read_paths(const loader *l, const yaml *y)
{
	project *p = l->project;

	TRY(expect(l, y, YAML_LIST));
	for (const yaml *m = y->first; m != NULL; m = m->next) {
		if (p->path_count == PATHS_MOST)
			return yaml_fail(l->context, p->path, m, "more than %d entries",
				"plus de %d entrées", PATHS_MOST);
		TRY(read_path(l, m, &p->paths[p->path_count++]));
	}
	return STATUS_OK;
}

static status
read_baseline(const loader *l, const yaml *y)
{
	TRY(expect(l, y, YAML_TEXT));
	return project_path(
		l->context, l->arena, l->project->folder, y->text, &l->project->baseline);
}

static status
read_fail_on(const loader *l, const yaml *y)
{
	static const char *const levels[] = { "never", "info", "warning", "error" };

	TRY(expect(l, y, YAML_TEXT));
	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++)
		if (slice_is(y->text, levels[i])) {
			l->project->has_fail_on = true;
			l->project->fail_on = (severity)i;
			return STATUS_OK;
		}
	return yaml_fail(l->context, l->project->path, y,
		"fail-on is error, warning, info or never",
		"fail-on vaut error, warning, info ou never");
}

static status
read_settings(const loader *l, const yaml *root)
{
	static const char *const known[] = { "profile", "rules", "words", "termbases", "ignore",
		"paths", "baseline", "fail-on", NULL };
	bool common;

	TRY(expect(l, root, YAML_MAP));
	for (const yaml *y = root->first; y != NULL; y = y->next) {
		TRY(read_common(l, y, &l->project->all, &common));
		if (common)
			continue;
		if (slice_equal(y->key, SLICE("words")))
			TRY(read_words(l, y));
		else if (slice_equal(y->key, SLICE("termbases")))
			TRY(project_read_termbases(l->context, l->arena, l->project->path, y,
				&l->project->termbases));
		else if (slice_equal(y->key, SLICE("ignore")))
			TRY(read_ignore_list(l, y));
		else if (slice_equal(y->key, SLICE("paths")))
			TRY(read_paths(l, y));
		else if (slice_equal(y->key, SLICE("baseline")))
			TRY(read_baseline(l, y));
		else if (slice_equal(y->key, SLICE("fail-on")))
			TRY(read_fail_on(l, y));
		else
			return no_such_key(l, y, known);
	}
	return STATUS_OK;
}

static status
load(const loader *l, file f)
{
	project *p = l->project;
	size_t n = p->path.n;
	yaml *root;

	while (n > 0 && p->path.p[n - 1] != '/')
		n--;
	p->folder = slice_sub(p->path, 0, n);
	if (f.bytes.n > FILE_MAX)
		return context_fail(l->context, STATUS_LIMIT, "%.*s: too large for settings",
			"%.*s : trop grand pour des réglages", SLICE_ARG(p->path));
	TRY(yaml_read(l->context, l->arena, p->path, f.bytes, &root));
	return read_settings(l, root);
}

/* ---- styles ---- */

/* The profile named last wins; rules are laid over each other in order. */
static status
make_style(const loader *l, const engine_choice *choice, uint64_t entries, check_style *out)
{
	const project *p = l->project;
	const yaml *rules[PATHS_MOST + 1];
	slice profiles = p->all.profile;
	size_t n = 0;

	if (p->all.rules != NULL)
		rules[n++] = p->all.rules;
	for (size_t i = 0; i < p->path_count; i++) {
		if ((entries >> i & 1) == 0)
			continue;
		if (p->paths[i].profile.n != 0)
			profiles = p->paths[i].profile;
		if (p->paths[i].rules != NULL)
			rules[n++] = p->paths[i].rules;
	}
	return engine_make_style(l->reader, choice, profiles, p->path, rules, n, out);
}

static uint64_t
entries_for(const project *p, slice relative, bool *skip)
{
	uint64_t entries = 0;

	for (size_t i = 0; i < p->path_count; i++)
		for (size_t k = 0; k < p->paths[i].match_count; k++)
			if (glob_matches(p->paths[i].match[k], relative)) {
				entries |= UINT64_C(1) << i;
				*skip = *skip || p->paths[i].skip;
				break;
			}
	return entries;
}

static status
style_for(const loader *l, const engine_choice *choice, uint64_t entries, check_style *out)
{
	project *p = l->project;
	project_style *s = p->styles;

	while (s != NULL && s->entries != entries)
		s = s->next;
	if (s == NULL) {
		s = ARENA_NEW(l->arena, project_style);
		if (s == NULL)
			return STATUS_MEMORY;
		s->entries = entries;
		TRY(make_style(l, choice, entries, &s->style));
		s->next = p->styles;
		p->styles = s;
	}
	*out = s->style;
	return STATUS_OK;
}

/* The entries of the ignore list that hold for this document. */
static status
add_ignored(const project *p, slice relative, arena *keep, check_style *out)
{
	ignored *list = ARENA_ARRAY(keep, ignored, p->ignored_count);

	if (list == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < p->ignored_count; i++)
		if (p->ignored[i].path.n == 0 || glob_matches(p->ignored[i].path, relative))
			list[out->ignored_count++] = p->ignored[i];
	out->ignored = list;
	return STATUS_OK;
}

/* ---- finding ---- */

/* The path from the root of the file system, without . and .. */
static bool
absolute(char *out, size_t size, const char *path)
{
	slice name, rest = slice_of(path);
	size_t n = 0;

	if (path[0] != '/') {
		if (getcwd(out, size) == NULL)
			return false;
		n = strlen(out);
		n = n == 1 ? 0 : n;
	}
	for (bool more = true; more;) {
		more = slice_cut(rest, '/', &name, &rest);
		if (name.n == 0 || slice_equal(name, SLICE(".")))
			continue;
		if (slice_equal(name, SLICE(".."))) {
			while (n > 0 && out[--n] != '/')
				;
			continue;
		}
		if (n + name.n + 2 > size)
			return false;
		out[n++] = '/';
		memcpy(out + n, name.p, name.n);
		n += name.n;
	}
	out[n] = '\0';
	return true;
}

static project *
loaded(const paraph_engine *e, slice path)
{
	for (project *p = e->projects; p != NULL; p = p->next)
		if (slice_equal(p->path, path))
			return p;
	return NULL;
}

/* The project's own termbases, and over them those that the options name. */
static status
open_terms(paraph_engine *e, const loader *l)
{
	project *p = l->project;
	size_t more = 0;

	if (p->termbases.n == 0)
		return STATUS_OK;
	while (e->choice.termbases[more] != NULL)
		more++;
	const char **all = ARENA_ARRAY(l->arena, const char *, p->termbases.n + more);
	if (all == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < p->termbases.n + more; i++)
		all[i] = i < p->termbases.n ? p->termbases.at[i]
					    : e->choice.termbases[i - p->termbases.n];
	return engine_open_termbase(
		&p->terms, l->context, &e->choice, all, p->termbases.n + more);
}

/* Reads the file into a project that is added to the engine's once it is whole. */
static status
read_project(paraph_engine *e, loader *l, slice path, file f)
{
	project *p = ARENA_NEW(&e->keep, project);

	if (p == NULL)
		return STATUS_MEMORY;
	TRY(arena_copy(&e->keep, path, &p->path));
	wordlist_init(&p->words, &e->memory);
	l->project = p;
	status s = load(l, f);
	if (s == STATUS_OK)
		s = open_terms(e, l);
	if (s != STATUS_OK) {
		wordlist_free(&p->words);
		return s;
	}
	p->next = e->projects;
	e->projects = p;
	return STATUS_OK;
}

static status
open_project(paraph_engine *e, loader *l, slice path)
{
	file f;

	l->project = loaded(e, path);
	if (l->project != NULL)
		return STATUS_OK;
	TRY(file_open(&f, l->context, path.p));
	status s = read_project(e, l, path, f);
	file_close(&f, l->context->memory);
	return s;
}

slice
project_shown(const char *path)
{
	char here[4096];
	size_t n = getcwd(here, sizeof(here)) == NULL ? 0 : strlen(here);

	bool below = n > 1 && strncmp(path, here, n) == 0 && path[n] == '/';
	return slice_of(below ? path + n + 1 : path);
}

bool
project_nearest(const char *path, char *out, size_t size)
{
	if (size < sizeof(NAME) || !absolute(out, size - sizeof(NAME), path))
		return false;
	for (char *slash = strrchr(out, '/'); slash != NULL; slash = strrchr(out, '/')) {
		memcpy(slash + 1, NAME, sizeof(NAME));
		if (access(out, F_OK) == 0)
			return true;
		*slash = '\0';
	}
	return false;
}

/* l->project is NULL when there is none. */
static status
find_upward(paraph_engine *e, loader *l, const char *path)
{
	char at[4096 + sizeof(NAME)];

	return project_nearest(path, at, sizeof(at)) ? open_project(e, l, project_shown(at))
						     : STATUS_OK;
}

/* The document's path as the patterns of the settings see it. */
static slice
relative_to(const project *p, char *out, size_t size, const char *path)
{
	char folder[4096];
	slice whole;

	if (!absolute(out, size, path) || !absolute(folder, sizeof(folder), p->path.p))
		return slice_of(path);
	*(strrchr(folder, '/') + 1) = '\0';
	whole = slice_of(out);
	return slice_starts(whole, slice_of(folder)) ? slice_sub(whole, strlen(folder), whole.n)
						     : whole;
}

static status
find(paraph_session *s, const char *path, arena *keep, document_settings *out)
{
	paraph_engine *e = s->engine;
	profile_reader r = engine_profile_reader(e, &s->context);
	loader l = { .context = &s->context, .arena = &e->keep, .reader = &r };
	char relative[4096];

	if (e->choice.settings != NULL)
		TRY(open_project(e, &l, slice_of(e->choice.settings)));
	else
		TRY(find_upward(e, &l, path));
	out->project = l.project;
	if (l.project == NULL)
		return STATUS_OK;
	slice from_project = relative_to(l.project, relative, sizeof(relative), path);
	uint64_t entries = entries_for(l.project, from_project, &out->skip);
	TRY(style_for(&l, &e->choice, entries, &out->style));
	return add_ignored(l.project, from_project, keep, &out->style);
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
	for (; p != NULL; p = p->next) {
		wordlist_free(&p->words);
		termbase_close(p->terms);
	}
}
