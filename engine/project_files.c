/* The files that a project names in its settings: termbases, memories, rules. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/postgres.h"
#include "engine/project.h"

#define FILES_MOST 32
#define PATH_BYTES 4200

static status
cannot_be_read(context *c, const settings_layer *l, const char *key, const yaml *y)
{
	if (strcmp(key, "termbases") == 0)
		return yaml_fail(c, l->path, y, "the termbase %.*s cannot be read",
			"la base terminologique %.*s ne peut pas être lue", SLICE_ARG(y->text));
	return yaml_fail(c, l->path, y, "the file %.*s cannot be read",
		"le fichier %.*s ne peut pas être lu", SLICE_ARG(y->text));
}

static status
read_layer(context *c, arena *a, const settings_layer *l, const char *key, const char **at,
	size_t *n)
{
	const yaml *list = yaml_get(l->root, slice_of(key)), *y;

	for (size_t i = 0; list != NULL && (y = settings_text(list, i)) != NULL; i++) {
		slice whole;
		if (*n == FILES_MOST)
			return yaml_fail(c, l->path, y, "more than %d files",
				"plus de %d fichiers", FILES_MOST);
		TRY(settings_path(c, a, l->folder, y->text, &whole));
		if (!postgres_is_url(whole.p) && access(whole.p, R_OK) != 0)
			return cannot_be_read(c, l, key, y);
		at[(*n)++] = whole.p;
	}
	return STATUS_OK;
}

status
project_read_files(
	context *c, arena *a, const settings_layers *layers, const char *key, path_list *out)
{
	const char **at = ARENA_ARRAY(a, const char *, FILES_MOST);
	size_t n = 0;

	if (at == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < layers->n; i++)
		TRY(read_layer(c, a, &layers->at[i], key, at, &n));
	*out = (path_list){ at, n };
	return STATUS_OK;
}

status
project_find_termbases(context *c, arena *a, const char *settings, path_list *out)
{
	char found[PATH_BYTES];
	settings_layers layers;

	*out = (path_list){ 0 };
	if (settings == NULL) {
		if (!settings_nearest("./" SETTINGS_NAME, found, sizeof(found)))
			return STATUS_OK;
		settings = settings_shown(found).p;
	}
	TRY(settings_read(c, a, slice_of(settings), &layers));
	return project_read_files(c, a, &layers, "termbases", out);
}
