/* The termbases that a project names in its paraph.yaml. */
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "engine/project.h"

#define TERMBASES_MOST 32
#define PATH_BYTES 4200

static slice
folder_of(slice path)
{
	size_t n = path.n;

	while (n > 0 && path.p[n - 1] != '/')
		n--;
	return slice_sub(path, 0, n);
}

static status
read_one(context *c, arena *a, slice path, const yaml *y, const char **out)
{
	slice whole;

	TRY(yaml_expect(c, path, y, YAML_TEXT));
	TRY(project_path(c, a, folder_of(path), y->text, &whole));
	*out = whole.p;
	if (access(whole.p, R_OK) == 0)
		return STATUS_OK;
	return yaml_fail(c, path, y, "the termbase %.*s cannot be read",
		"la base terminologique %.*s ne peut pas être lue", SLICE_ARG(y->text));
}

status
project_read_termbases(context *c, arena *a, slice path, const yaml *list, path_list *out)
{
	const char **at = ARENA_ARRAY(a, const char *, TERMBASES_MOST);

	if (at == NULL)
		return STATUS_MEMORY;
	*out = (path_list){ at, 0 };
	if (list->kind == YAML_TEXT)
		return read_one(c, a, path, list, &at[out->n++]);
	TRY(yaml_expect(c, path, list, YAML_LIST));
	for (const yaml *y = list->first; y != NULL; y = y->next) {
		if (out->n == TERMBASES_MOST)
			return yaml_fail(c, path, y, "more than %d termbases",
				"plus de %d bases terminologiques", TERMBASES_MOST);
		TRY(read_one(c, a, path, y, &at[out->n++]));
	}
	return STATUS_OK;
}

static status
read_file(context *c, arena *a, slice path, slice bytes, path_list *out)
{
	yaml *root;

	TRY(yaml_read(c, a, path, bytes, &root));
	TRY(yaml_expect(c, path, root, YAML_MAP));
	const yaml *list = yaml_get(root, SLICE("termbases"));
	return list == NULL ? STATUS_OK : project_read_termbases(c, a, path, list, out);
}

status
project_find_termbases(context *c, arena *a, const char *settings, path_list *out)
{
	char found[PATH_BYTES];
	slice path;
	file f;

	*out = (path_list){ 0 };
	if (settings == NULL) {
		if (!project_nearest("./paraph.yaml", found, sizeof(found)))
			return STATUS_OK;
		settings = project_shown(found).p;
	}
	TRY(arena_copy(a, slice_of(settings), &path));
	TRY(file_open(&f, c, path.p));
	status s = read_file(c, a, path, f.bytes, out);
	file_close(&f, c->memory);
	return s;
}
