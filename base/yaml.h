/* YAML files of users and of ours (profiles, rules, settings) as a tree whose every part knows
 * its place, so that each complaint can name file, line and column. libyaml does the parsing.
 *
 * Anchors, aliases, tags and a second document are refused: nobody needs them here, and a few
 * lines of aliases can stand for gigabytes. */
#ifndef BASE_YAML_H
#define BASE_YAML_H

#include "base/context.h"
#include "base/nearest.h"

typedef enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP } yaml_kind;

typedef struct yaml {
	yaml_kind kind;
	bool quoted;           /* of a text: 'no' is a word, no is a value */
	uint32_t line, column; /* from 1, code points */
	slice text;            /* of a text */
	slice key;             /* of a member of a map */
	uint32_t key_line, key_column;
	struct yaml *first, *next; /* the members of a list or a map; the next member */
} yaml;

/* Reads bytes into a tree on the arena; an empty file is an empty map. path is for messages
 * and must outlive the tree. */
MUST_USE status yaml_read(context *c, arena *a, slice path, slice bytes, yaml **root);

/* Fails with "path:line:column: sentence", at the value or at its key. */
status yaml_fail(context *c, slice path, const yaml *at, const char *en, const char *fr, ...)
	__attribute__((format(printf, 4, 6), format(printf, 5, 6)));
status yaml_fail_key(context *c, slice path, const yaml *at, const char *en, const char *fr,
	...) __attribute__((format(printf, 4, 6), format(printf, 5, 6)));

/* Fails unless the value is of that kind. */
MUST_USE status yaml_expect(context *c, slice path, const yaml *y, yaml_kind kind);
/* Fails: a map has no such key. n: what was offered as likely. */
status yaml_no_such_key(context *c, slice path, const yaml *y, const nearest *n);

/* The member of a map by its key, NULL when there is none. */
const yaml *yaml_get(const yaml *map, slice key);

#endif
