/* What holds for a document and where each value comes from: for `paraph config show`. It walks
 * the same layers and entries in the same order as engine/project.c, and says of each value
 * which place had the last word. */
#include "engine/engine.h"

#include <stdio.h>

#include "base/glob.h"

#define LISTED_MOST 512

typedef struct teller {
	const project *project;
	const engine_choice *choice;
	uint64_t entries; /* of paths that hold */
	slice relative;
	paraph_status (*each)(void *user, const paraph_setting *setting);
	void *user;
	paraph_status status;
} teller;

static void
tell(teller *t, const char *key, slice part, slice value, const settings_layer *layer,
	const yaml *at, const char *option)
{
	char shown[4096], path[4096];

	/* URLs of stores without their passwords. */
	if (value.n < sizeof(path)) {
		snprintf(path, sizeof(path), "%.*s", SLICE_ARG(value));
		paraph_store_name(path, shown, sizeof(shown));
		value = slice_of(shown);
	}
	paraph_setting s = { .key = key,
		.part = engine_text(part),
		.value = engine_text(value),
		.option = option };

	if (layer != NULL) {
		s.path = engine_text(layer->path);
		s.line = at->line;
		s.column = at->column;
	}
	if (t->status == PARAPH_OK)
		t->status = t->each(t->user, &s);
}

/* An entry that has the key, of those that hold, from the last one back. */
typedef struct place {
	const settings_layer *layer;
	const yaml *value;
} place;

/* The maps that hold, in order: those of the layers, then the entries of paths. */
static size_t
list_maps(const teller *t, const char *key, place *out)
{
	const project *p = t->project;
	size_t n = 0;

	for (size_t i = 0; p != NULL && i < p->layers.n; i++) {
		const yaml *y = yaml_get(p->layers.at[i].root, slice_of(key));
		if (y != NULL)
			out[n++] = (place){ &p->layers.at[i], y };
	}
	size_t number = 0;
	for (size_t i = 0; p != NULL && i < p->layers.n; i++) {
		const yaml *paths = yaml_get(p->layers.at[i].root, SLICE("paths"));
		for (const yaml *m = paths == NULL ? NULL : paths->first; m != NULL;
			m = m->next, number++) {
			const yaml *y = yaml_get(m, slice_of(key));
			if (y != NULL && (t->entries >> number & 1) != 0)
				out[n++] = (place){ &p->layers.at[i], y };
		}
	}
	return n;
}

typedef place places[SETTINGS_LAYERS_MOST + PATHS_MOST];

/* One value: that of the last place, else what there is without any. */
static void
tell_one(teller *t, const char *key, const char *option, const char *given, const char *without)
{
	places at;
	size_t n = list_maps(t, key, at);

	if (given != NULL)
		tell(t, key, SLICE(""), slice_of(given), NULL, NULL, option);
	else if (n != 0)
		tell(t, key, SLICE(""), at[n - 1].value->text, at[n - 1].layer, at[n - 1].value,
			NULL);
	else if (without != NULL)
		tell(t, key, SLICE(""), slice_of(without), NULL, NULL, NULL);
}

/* All values of all places: lists grow. */
static void
tell_list(teller *t, const char *key, const char *option, const char *const *given)
{
	places at;
	size_t n = list_maps(t, key, at);
	const yaml *y;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; (y = settings_text(at[i].value, k)) != NULL; k++)
			tell(t, key, SLICE(""), y->text, at[i].layer, y, NULL);
	for (; given != NULL && *given != NULL; given++)
		tell(t, key, SLICE(""), slice_of(*given), NULL, NULL, option);
}

static bool
is_said_later(const places at, size_t n, size_t i, slice id)
{
	for (i++; i < n; i++)
		if (yaml_get(at[i].value, id) != NULL)
			return true;
	return false;
}

static void
tell_options(teller *t, const char *option, const char *const *names, const char *level)
{
	for (; names != NULL && *names != NULL; names++)
		tell(t, "rules", slice_of(*names), slice_of(level), NULL, NULL, option);
}

/* Each rule where it is said last; in that order the list has the same effect as the files. */
static void
tell_rules(teller *t)
{
	places at;
	size_t n = list_maps(t, "rules", at);

	for (size_t i = 0; i < n; i++)
		for (const yaml *y = at[i].value->first; y != NULL; y = y->next)
			if (!is_said_later(at, n, i, y->key))
				tell(t, "rules", y->key, y->text, at[i].layer, y, NULL);
	if (t->choice->only != NULL && t->choice->only[0] != NULL)
		tell(t, "rules", SLICE("all"), SLICE("off"), NULL, NULL, "--only");
	tell_options(t, "--only", t->choice->only, "on");
	tell_options(t, "--enable", t->choice->enable, "on");
	tell_options(t, "--disable", t->choice->disable, "off");
}

static void
tell_ignored(teller *t)
{
	static const char *const parts[] = { "rule", "text", "pattern", "fingerprint" };
	places at;
	size_t n = list_maps(t, "ignore", at);

	for (size_t i = 0; i < n; i++)
		for (const yaml *m = at[i].value->first; m != NULL; m = m->next) {
			const yaml *path = yaml_get(m, SLICE("path"));
			if (path != NULL && !glob_matches(path->text, t->relative))
				continue;
			for (size_t k = 0; k < sizeof(parts) / sizeof(*parts); k++) {
				const yaml *y = yaml_get(m, slice_of(parts[k]));
				if (y != NULL)
					tell(t, "ignore", slice_of(parts[k]), y->text,
						at[i].layer, y, NULL);
			}
		}
}

static void
tell_all(teller *t, const char *forced)
{
	const engine_choice *c = t->choice;

	for (size_t i = t->project == NULL ? 0 : t->project->layers.n; i-- > 0;)
		tell(t, "settings", SLICE(""), t->project->layers.at[i].path, NULL, NULL,
			c->settings != NULL ? "--config" : NULL);
	tell_one(t, "check", NULL, NULL, "on");
	tell_one(t, "profile", "--profile", c->profile, "un-fr, un-en");
	tell_one(t, "language", "--lang", forced, "auto");
	tell_one(t, "fail-on", NULL, NULL, "warning");
	tell_one(t, "baseline", NULL, NULL, NULL);
	tell_rules(t);
	tell_list(t, "include", NULL, NULL);
	tell_list(t, "exclude", NULL, NULL);
	tell_list(t, "termbases", "--termbase", c->termbases);
	tell_list(t, "memories", "--tm", c->memories);
	tell_one(t, "allow-incomplete", "--allow-incomplete", c->allow_incomplete ? "on" : NULL,
		NULL);
	tell_list(t, "words", NULL, NULL);
	tell_list(t, "rule-files", NULL, NULL);
	tell_ignored(t);
}

paraph_status
paraph_session_settings(paraph_session *s, const char *path,
	paraph_status (*each)(void *user, const paraph_setting *setting), void *user)
{
	document_settings settings;
	char at[4096];
	teller t = { .choice = &s->engine->choice, .each = each, .user = user };
	language asked = s->engine->reading.forced;

	s->context.message[0] = '\0';
	status found = project_find(s, path, &s->check.scratch, &settings);
	arena_reset(&s->check.scratch);
	if (found != STATUS_OK)
		return engine_answer(s, found);
	t.project = settings.project;
	if (t.project != NULL) {
		t.entries = project_entries(t.project, path);
		t.relative = settings_relative(t.project->path, at, sizeof(at), path);
	}
	tell_all(&t, asked == LANGUAGE_UNKNOWN ? NULL : language_name(asked));
	return t.status;
}

const char *
paraph_setting_key(size_t i, paraph_language ui, const char **help, const char **example)
{
	const setting *s = settings_key(i);

	if (s == NULL || (s->where & SETTING_OF_FILE) == 0)
		return NULL; /* those of the file come first */
	*help = engine_ui(ui) == LANGUAGE_FR ? s->help_fr : s->help_en;
	*example = s->example;
	return s->key;
}
