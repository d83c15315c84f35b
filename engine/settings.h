/* Files of settings (paraph.yaml, docs/CONFIGURATION.md) as layers: the file itself and those
 * that it extends, the first one at the bottom. Every key is compared with the one table
 * (settings.def), so that what the layers hold has the shape that the table says. */
#ifndef ENGINE_SETTINGS_H
#define ENGINE_SETTINGS_H

#include "base/yaml.h"

#define SETTINGS_NAME "paraph.yaml"
#define SETTINGS_LAYERS_MOST 16

typedef enum setting_kind {
	SETTING_TEXT,
	SETTING_FILE,
	SETTING_TEXTS,
	SETTING_FILES,
	SETTING_CHOICE,
	SETTING_LEVELS,
	SETTING_ENTRIES,
} setting_kind;

enum { SETTING_OF_FILE = 1, SETTING_OF_PATHS = 2, SETTING_OF_IGNORE = 4 };

typedef struct setting {
	const char *key;
	unsigned where; /* SETTING_OF_… */
	setting_kind kind;
	const char *choices; /* "|a|b|"; of entries, which keys they have */
	const char *example; /* YAML, as it stands after the key */
	const char *help_en, *help_fr;
} setting;

/* NULL past the last. */
const setting *settings_key(size_t i);
/* Where the keys of its entries stand. */
unsigned settings_entries_of(const setting *s);

typedef struct settings_layer {
	slice path, folder; /* of the file; the folder with its slash */
	const yaml *root;
} settings_layer;

typedef struct settings_layers {
	settings_layer at[SETTINGS_LAYERS_MOST];
	size_t n;
} settings_layers;

/* Reads a file and what it extends. Errors name file, line and column. The tree lives on a. */
MUST_USE status settings_read(context *c, arena *a, slice path, settings_layers *out);

/* The text, or the texts of the list, in turn: NULL past the last. */
const yaml *settings_text(const yaml *y, size_t i);

/* A path in a file of settings is meant from its folder (with its slash). */
MUST_USE status settings_path(context *c, arena *a, slice folder, slice name, slice *out);

/* The nearest paraph.yaml in a folder of the path; false when there is none. */
bool settings_nearest(const char *path, char *out, size_t size);
/* The path from the root of the file system, without . and .. */
bool settings_absolute(char *out, size_t size, const char *path);
/* A path as people see it: from the folder they are in, when it is below. */
slice settings_shown(const char *path);
/* The path of a document as the patterns of the settings in a file see it. */
slice settings_relative(slice settings_file, char *out, size_t size, const char *path);

#endif
