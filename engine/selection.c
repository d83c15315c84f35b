/* Which files of a folder are documents: what a project says by include and exclude. Each file
 * of settings is read once; a walk asks for every file and folder. */
#include "engine/engine.h"

#include <stdio.h>
#include <string.h>

#include "base/glob.h"

typedef struct known_file {
	slice path;
	settings_layers layers;
	struct known_file *next;
} known_file;

struct paraph_selection {
	memory memory;
	context context;
	arena arena, scratch;
	const char *settings; /* NULL: the nearest of each */
	known_file *files;
};

paraph_selection *
paraph_selection_open(const char *settings, paraph_language ui)
{
	memory m = memory_libc;
	paraph_selection *s = memory_alloc(&m, sizeof(*s));
	slice copy;

	if (s == NULL)
		return NULL;
	*s = (paraph_selection){ .memory = m };
	context_init(&s->context, &s->memory);
	s->context.ui = engine_ui(ui);
	arena_init(&s->arena, &s->memory);
	arena_init(&s->scratch, &s->memory);
	if (settings != NULL && arena_copy(&s->arena, slice_of(settings), &copy) != STATUS_OK) {
		paraph_selection_close(s);
		return NULL;
	}
	s->settings = settings == NULL ? NULL : copy.p;
	return s;
}

void
paraph_selection_close(paraph_selection *s)
{
	memory m;

	if (s == NULL)
		return;
	arena_free(&s->arena);
	arena_free(&s->scratch);
	m = s->memory;
	memory_free(&m, s);
}

const char *
paraph_selection_message(const paraph_selection *s)
{
	return s->context.message;
}

/* NULL in *out: no settings hold for the path. */
static status
find_file(paraph_selection *s, const char *path, known_file **out)
{
	char at[4096 + sizeof(SETTINGS_NAME)];
	slice wanted;

	*out = NULL;
	if (s->settings != NULL)
		wanted = slice_of(s->settings);
	else if (settings_nearest(path, at, sizeof(at)))
		wanted = settings_shown(at);
	else
		return STATUS_OK;
	for (*out = s->files; *out != NULL; *out = (*out)->next)
		if (slice_equal((*out)->path, wanted))
			return STATUS_OK;
	known_file *f = ARENA_NEW(&s->arena, known_file);
	if (f == NULL)
		return STATUS_MEMORY;
	*f = (known_file){ .next = s->files };
	TRY(arena_copy(&s->arena, wanted, &f->path));
	TRY(settings_read(&s->context, &s->arena, f->path, &f->layers));
	s->files = f;
	*out = f;
	return STATUS_OK;
}

/* *any: there is a list. A folder goes with a pattern for everything below it. */
static bool
is_listed(const known_file *f, const char *key, slice relative, bool folder, bool *any)
{
	char below[4100];
	slice inside = { 0 };

	if (folder) {
		int n = snprintf(below, sizeof(below), "%.*s/-", SLICE_ARG(relative));
		if (n > 0 && (size_t)n < sizeof(below))
			inside = (slice){ below, (size_t)n };
	}
	*any = false;
	for (size_t i = 0; i < f->layers.n; i++) {
		const yaml *y, *list = yaml_get(f->layers.at[i].root, slice_of(key));
		for (size_t k = 0; list != NULL && (y = settings_text(list, k)) != NULL; k++) {
			*any = true;
			if (glob_matches(y->text, relative) ||
				(inside.n != 0 && slice_ends(y->text, SLICE("/")) &&
					glob_matches(y->text, inside)))
				return true;
		}
	}
	return false;
}

/* What the settings name for themselves is no document: glossaries, rules, words, a baseline.
 */
static status
is_named(paraph_selection *s, const known_file *f, const char *path, bool *named)
{
	char wanted[4096], one[4096];
	const setting *k;
	const yaml *y;
	slice whole;

	*named = false;
	if (!settings_absolute(wanted, sizeof(wanted), path))
		return STATUS_OK;
	for (size_t i = 0; (k = settings_key(i)) != NULL; i++) {
		if (k->kind != SETTING_FILE && k->kind != SETTING_FILES)
			continue;
		for (size_t n = 0; n < f->layers.n; n++) {
			const settings_layer *l = &f->layers.at[n];
			const yaml *list = yaml_get(l->root, slice_of(k->key));
			for (size_t m = 0; list != NULL && (y = settings_text(list, m)) != NULL;
				m++) {
				TRY(settings_path(
					&s->context, &s->scratch, l->folder, y->text, &whole));
				*named = *named ||
					 (settings_absolute(one, sizeof(one), whole.p) &&
						 strcmp(one, wanted) == 0);
			}
		}
	}
	arena_reset(&s->scratch);
	return STATUS_OK;
}

paraph_status
paraph_selection_has(paraph_selection *s, const char *path, bool folder, bool *has)
{
	char at[4096];
	known_file *f;
	bool any;

	*has = true;
	s->context.message[0] = '\0';
	status found = find_file(s, path, &f);
	if (found != STATUS_OK || f == NULL)
		return (paraph_status)found;
	slice relative = settings_relative(f->path, at, sizeof(at), path);
	if (is_listed(f, "exclude", relative, folder, &any))
		*has = false;
	else if (!folder && !is_listed(f, "include", relative, false, &any))
		*has = !any;
	if (folder || !*has)
		return PARAPH_OK;
	bool named = false;
	status done = is_named(s, f, path, &named);
	*has = !named;
	return (paraph_status)done;
}
