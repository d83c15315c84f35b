#include "engine/settings.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/postgres.h"

#define FILE_MAX ((size_t)1 << 20)

static const setting keys[] = {
#define F SETTING_OF_FILE
#define P SETTING_OF_PATHS
#define I SETTING_OF_IGNORE
#define SETTING(key, where, kind, choices, example, en, fr) \
	{ key, where, SETTING_##kind, choices, example, en, fr },
#include "engine/settings.def"
#undef SETTING
#undef F
#undef P
#undef I
};

#define KEY_COUNT (sizeof(keys) / sizeof(*keys))

const setting *
settings_key(size_t i)
{
	return i < KEY_COUNT ? &keys[i] : NULL;
}

unsigned
settings_entries_of(const setting *s)
{
	return s->choices[0] == 'P' ? SETTING_OF_PATHS : SETTING_OF_IGNORE;
}

const yaml *
settings_text(const yaml *y, size_t i)
{
	if (y->kind == YAML_TEXT)
		return i == 0 ? y : NULL;
	const yaml *m = y->first;
	for (; m != NULL && i > 0; i--)
		m = m->next;
	return m;
}

/* ---- against the table ---- */

typedef struct reader {
	context *context;
	slice path;
} reader;

static status
no_such_key(const reader *r, const yaml *y, unsigned where)
{
	nearest n;

	nearest_init(&n, y->key);
	for (size_t i = 0; i < KEY_COUNT; i++)
		if ((keys[i].where & where) != 0)
			nearest_offer(&n, slice_of(keys[i].key));
	return yaml_no_such_key(r->context, r->path, y, &n);
}

static const setting *
find_key(slice name, unsigned where)
{
	for (size_t i = 0; i < KEY_COUNT; i++)
		if ((keys[i].where & where) != 0 && slice_is(name, keys[i].key))
			return &keys[i];
	return NULL;
}

static status
expect(const reader *r, const yaml *y, yaml_kind kind)
{
	return yaml_expect(r->context, r->path, y, kind);
}

static status
expect_texts(const reader *r, const yaml *y)
{
	if (y->kind == YAML_TEXT)
		return STATUS_OK;
	TRY(expect(r, y, YAML_LIST));
	for (const yaml *m = y->first; m != NULL; m = m->next)
		TRY(expect(r, m, YAML_TEXT));
	return STATUS_OK;
}

static bool
is_choice(const char *choices, slice text)
{
	slice one, rest = slice_of(choices + 1);

	while (slice_cut(rest, '|', &one, &rest))
		if (slice_equal(one, text))
			return true;
	return false;
}

/* "|fr|en|" as people list them: fr, en */
static void
list_choices(char *out, size_t size, const char *choices)
{
	size_t n = 0;

	for (const char *c = choices + 1; *c != '\0' && n + 3 < size; c++)
		if (*c != '|') {
			out[n++] = *c;
		} else if (c[1] != '\0') {
			out[n++] = ',';
			out[n++] = ' ';
		}
	out[n] = '\0';
}

static status
expect_choice(const reader *r, const setting *s, const yaml *y)
{
	char known[128];

	TRY(expect(r, y, YAML_TEXT));
	if (y->text.n != 0 && is_choice(s->choices, y->text))
		return STATUS_OK;
	list_choices(known, sizeof(known), s->choices);
	return yaml_fail(r->context, r->path, y, "“%.*s” is not a value of %s; these are: %s",
		"«\u00A0%.*s\u00A0» n’est pas une valeur de %s\u00A0; celles-ci le sont\u00A0: "
		"%s",
		SLICE_ARG(y->text), s->key, known);
}

static status
expect_levels(const reader *r, const yaml *y)
{
	TRY(expect(r, y, YAML_MAP));
	for (const yaml *m = y->first; m != NULL; m = m->next)
		TRY(expect(r, m, YAML_TEXT));
	return STATUS_OK;
}

/* Everything but lists of maps. */
static status
compare_value(const reader *r, const setting *s, const yaml *y)
{
	switch (s->kind) {
	case SETTING_TEXT:
	case SETTING_FILE:
		return expect(r, y, YAML_TEXT);
	case SETTING_TEXTS:
	case SETTING_FILES:
		return expect_texts(r, y);
	case SETTING_CHOICE:
		return expect_choice(r, s, y);
	case SETTING_LEVELS:
		return expect_levels(r, y);
	case SETTING_ENTRIES:
		break;
	}
	return expect(r, y, YAML_LIST);
}

static status
compare_entry(const reader *r, const yaml *map, unsigned where)
{
	TRY(expect(r, map, YAML_MAP));
	for (const yaml *y = map->first; y != NULL; y = y->next) {
		const setting *s = find_key(y->key, where);
		if (s == NULL)
			return no_such_key(r, y, where);
		TRY(compare_value(r, s, y));
	}
	return STATUS_OK;
}

static status
compare_file(const reader *r, const yaml *root)
{
	TRY(compare_entry(r, root, SETTING_OF_FILE));
	for (const yaml *y = root->first; y != NULL; y = y->next) {
		const setting *s = find_key(y->key, SETTING_OF_FILE);
		if (s->kind != SETTING_ENTRIES)
			continue;
		for (const yaml *m = y->first; m != NULL; m = m->next)
			TRY(compare_entry(r, m, settings_entries_of(s)));
	}
	return STATUS_OK;
}

/* ---- layers ---- */

status
settings_path(context *c, arena *a, slice folder, slice name, slice *out)
{
	char joined[4096];

	TRY(arena_copy(a, name, out));
	if ((name.n != 0 && name.p[0] == '/') || postgres_is_url(out->p))
		return STATUS_OK;
	int n = snprintf(
		joined, sizeof(joined), "%.*s%.*s", SLICE_ARG(folder), SLICE_ARG(name));
	if (n < 0 || (size_t)n >= sizeof(joined))
		return context_fail(c, STATUS_USAGE, "%.*s: the path is too long",
			"%.*s\u00A0: chemin trop long", SLICE_ARG(name));
	return arena_copy(a, (slice){ joined, (size_t)n }, out);
}

static status
read_bytes(context *c, arena *a, settings_layer *l, slice bytes)
{
	yaml *root;
	size_t n = l->path.n;

	while (n > 0 && l->path.p[n - 1] != '/')
		n--;
	l->folder = slice_sub(l->path, 0, n);
	if (bytes.n > FILE_MAX)
		return context_fail(c, STATUS_LIMIT, "%.*s: too large for settings",
			"%.*s\u00A0: trop grand pour des réglages", SLICE_ARG(l->path));
	TRY(yaml_read(c, a, l->path, bytes, &root));
	l->root = root;
	return compare_file(&(reader){ c, l->path }, root);
}

static status
read_layer(context *c, arena *a, slice path, settings_layer *l)
{
	file f;

	TRY(arena_copy(a, path, &l->path));
	TRY(file_open(&f, c, l->path.p));
	status s = read_bytes(c, a, l, f.bytes);
	file_close(&f, c->memory);
	return s;
}

static bool
is_same_file(slice a, slice b)
{
	char x[4096], y[4096];

	return settings_absolute(x, sizeof(x), a.p) && settings_absolute(y, sizeof(y), b.p) &&
	       strcmp(x, y) == 0;
}

/* Where a file goes on from another: nowhere that was met before, and not too far. */
static status
follow(context *c, arena *a, const settings_layers *met, const yaml *y, slice *next)
{
	const settings_layer *from = &met->at[met->n - 1];

	TRY(settings_path(c, a, from->folder, y->text, next));
	for (size_t i = 0; i < met->n; i++)
		if (is_same_file(met->at[i].path, *next))
			return yaml_fail(c, from->path, y,
				"%.*s extends this file, which extends it: a circle",
				"%.*s étend ce fichier, qui l’étend\u00A0: un cercle",
				SLICE_ARG(*next));
	if (met->n == SETTINGS_LAYERS_MOST)
		return yaml_fail(c, from->path, y, "more than %d files extend one another",
			"plus de %d fichiers s’étendent l’un l’autre", SETTINGS_LAYERS_MOST);
	if (access(next->p, R_OK) == 0)
		return STATUS_OK;
	return yaml_fail(c, from->path, y, "the settings %.*s cannot be read",
		"les réglages %.*s ne peuvent pas être lus", SLICE_ARG(y->text));
}

status
settings_read(context *c, arena *a, slice path, settings_layers *out)
{
	settings_layers met = { .n = 0 }; /* from the file down */

	for (;;) {
		TRY(read_layer(c, a, path, &met.at[met.n]));
		const yaml *y = yaml_get(met.at[met.n++].root, SLICE("extends"));
		if (y == NULL)
			break;
		TRY(follow(c, a, &met, y, &path));
	}
	out->n = met.n;
	for (size_t i = 0; i < met.n; i++)
		out->at[i] = met.at[met.n - 1 - i];
	return STATUS_OK;
}

/* ---- finding ---- */

bool
settings_absolute(char *out, size_t size, const char *path)
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

slice
settings_shown(const char *path)
{
	char here[4096];
	size_t n = getcwd(here, sizeof(here)) == NULL ? 0 : strlen(here);

	bool below = n > 1 && strncmp(path, here, n) == 0 && path[n] == '/';
	return slice_of(below ? path + n + 1 : path);
}

bool
settings_nearest(const char *path, char *out, size_t size)
{
	if (size < sizeof(SETTINGS_NAME) ||
		!settings_absolute(out, size - sizeof(SETTINGS_NAME), path))
		return false;
	for (char *slash = strrchr(out, '/'); slash != NULL; slash = strrchr(out, '/')) {
		memcpy(slash + 1, SETTINGS_NAME, sizeof(SETTINGS_NAME));
		if (access(out, F_OK) == 0)
			return true;
		*slash = '\0';
	}
	return false;
}

slice
settings_relative(slice settings_file, char *out, size_t size, const char *path)
{
	char folder[4096];
	slice whole;

	if (!settings_absolute(out, size, path) ||
		!settings_absolute(folder, sizeof(folder), settings_file.p))
		return slice_of(path);
	*(strrchr(folder, '/') + 1) = '\0';
	whole = slice_of(out);
	return slice_starts(whole, slice_of(folder)) ? slice_sub(whole, strlen(folder), whole.n)
						     : whole;
}
