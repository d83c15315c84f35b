/* From the layers of a file of settings to what the engine works with. Shapes were compared
 * with the table of keys when the file was read (engine/settings.c). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/glob.h"
#include "engine/project.h"
#include "text/pattern.h"

typedef struct loader {
	context *context;
	arena *arena;
	const profile_reader *reader;
	project *project;
	const settings_layer *layer;
} loader;

static status
read_words(const loader *l, const yaml *list)
{
	const yaml *y;

	for (size_t i = 0; list != NULL && (y = settings_text(list, i)) != NULL; i++) {
		slice path;
		TRY(settings_path(l->context, l->arena, l->layer->folder, y->text, &path));
		TRY(wordlist_read(&l->project->words, l->context, path.p));
	}
	return STATUS_OK;
}

static status
read_fingerprint(const loader *l, const yaml *y, uint64_t *out)
{
	char digits[17] = "", *end;

	if (y->text.n == 16)
		memcpy(digits, y->text.p, 16);
	*out = strtoull(digits, &end, 16);
	if (end != digits + 16 || *out == 0)
		return yaml_fail(l->context, l->layer->path, y,
			"a fingerprint is the sixteen digits of the JSON report",
			"une empreinte est les seize chiffres du rapport JSON");
	return STATUS_OK;
}

/* The rules of an entry must exist: one that is misspelled would silence nothing. */
static status
read_rule_name(const loader *l, const yaml *y, slice *out)
{
	nearest n;

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
	return yaml_no_such_key(l->context, l->layer->path, &named, &n);
}

/* The whole text has to fit: \A(?:…)\z. */
static status
read_pattern(const loader *l, const yaml *y, ignored *out)
{
	char whole[1024], message[256];
	size_t offset;
	int n = snprintf(whole, sizeof(whole), "\\A(?:%.*s)\\z", SLICE_ARG(y->text));

	if (n < 0 || (size_t)n >= sizeof(whole))
		return yaml_fail(l->context, l->layer->path, y, "the expression is too long",
			"l’expression est trop longue");
	if (pattern_compile(&out->pattern, (slice){ whole, (size_t)n }, false, message,
		    sizeof(message), &offset) == STATUS_OK)
		return STATUS_OK;
	return yaml_fail(l->context, l->layer->path, y, "the expression is wrong: %s",
		"l’expression est fautive\u00A0: %s", message);
}

static status
read_ignored(const loader *l, const yaml *map, ignored *out)
{
	for (const yaml *y = map->first; y != NULL; y = y->next) {
		if (slice_is(y->key, "rule"))
			TRY(read_rule_name(l, y, &out->rule));
		else if (slice_is(y->key, "text"))
			out->text = y->text;
		else if (slice_is(y->key, "pattern"))
			TRY(read_pattern(l, y, out));
		else if (slice_is(y->key, "path"))
			out->path = y->text;
		else if (slice_is(y->key, "fingerprint"))
			TRY(read_fingerprint(l, y, &out->fingerprint));
	}
	if (out->rule.n == 0 && out->text.n == 0 && out->fingerprint == 0 &&
		out->pattern == NULL)
		return yaml_fail(l->context, l->layer->path, map,
			"what is ignored has a rule, a text, a pattern or a fingerprint",
			"ce qui est ignoré a une règle (rule), un texte (text), une expression "
			"(pattern) ou une empreinte (fingerprint)");
	return STATUS_OK;
}

static size_t
count_members(const yaml *y)
{
	size_t n = 0;

	for (const yaml *m = y == NULL ? NULL : y->first; m != NULL; m = m->next)
		n++;
	return n;
}

static status
room_for_ignored(const loader *l)
{
	project *p = l->project;
	size_t n = 0;

	for (size_t i = 0; i < p->layers.n; i++)
		n += count_members(yaml_get(p->layers.at[i].root, SLICE("ignore")));
	p->ignored = ARENA_ARRAY(l->arena, ignored, n);
	return p->ignored == NULL ? STATUS_MEMORY : STATUS_OK;
}

static status
read_ignore_list(const loader *l, const yaml *list)
{
	project *p = l->project;

	for (const yaml *m = list == NULL ? NULL : list->first; m != NULL; m = m->next)
		TRY(read_ignored(l, m, &p->ignored[p->ignored_count++]));
	return STATUS_OK;
}

/* What can be said of the project and of some of its paths alike. */
static path_settings
common(const settings_layer *layer, const yaml *map)
{
	return (path_settings){ .layer = layer,
		.profile = yaml_get(map, SLICE("profile")),
		.language = yaml_get(map, SLICE("language")),
		.rules = yaml_get(map, SLICE("rules")),
		.fail_on = yaml_get(map, SLICE("fail-on")),
		.match = yaml_get(map, SLICE("match")),
		.check = yaml_get(map, SLICE("check")) };
}

static status
read_paths(const loader *l, const yaml *list)
{
	project *p = l->project;

	for (const yaml *m = list == NULL ? NULL : list->first; m != NULL; m = m->next) {
		if (p->path_count == PATHS_MOST)
			return yaml_fail(l->context, l->layer->path, m, "more than %d entries",
				"plus de %d entrées", PATHS_MOST);
		path_settings one = common(l->layer, m);
		if (one.match == NULL || settings_text(one.match, 0) == NULL)
			return yaml_fail(l->context, l->layer->path, m,
				"say which paths are meant (match: reports/*.txt)",
				"dites de quels chemins il s’agit (match: rapports/*.txt)");
		p->paths[p->path_count++] = one;
	}
	return STATUS_OK;
}

static status
read_layer(const loader *l, size_t i)
{
	project *p = l->project;
	const yaml *root = l->layer->root;
	const yaml *baseline = yaml_get(root, SLICE("baseline"));
	const yaml *incomplete = yaml_get(root, SLICE("allow-incomplete"));

	p->all[i] = common(l->layer, root);
	if (baseline != NULL)
		TRY(settings_path(
			l->context, l->arena, l->layer->folder, baseline->text, &p->baseline));
	if (incomplete != NULL)
		p->allow_incomplete = slice_is(incomplete->text, "on");
	TRY(read_words(l, yaml_get(root, SLICE("words"))));
	TRY(read_ignore_list(l, yaml_get(root, SLICE("ignore"))));
	return read_paths(l, yaml_get(root, SLICE("paths")));
}

status
project_read_values(context *c, arena *a, const profile_reader *r, project *p)
{
	loader l = { .context = c, .arena = a, .reader = r, .project = p };

	TRY(room_for_ignored(&l));
	for (size_t i = 0; i < p->layers.n; i++) {
		l.layer = &p->layers.at[i];
		TRY(read_layer(&l, i));
	}
	return STATUS_OK;
}

static bool
matches(const path_settings *s, slice relative)
{
	const yaml *y;

	for (size_t i = 0; (y = settings_text(s->match, i)) != NULL; i++)
		if (glob_matches(y->text, relative))
			return true;
	return false;
}

uint64_t
project_entries(const project *p, const char *path)
{
	char at[4096];
	slice relative = settings_relative(p->path, at, sizeof(at), path);
	uint64_t entries = 0;

	for (size_t i = 0; i < p->path_count; i++)
		if (matches(&p->paths[i], relative))
			entries |= UINT64_C(1) << i;
	return entries;
}
