/* A project's settings: paraph.yaml, given or found upward from a document
 * (docs/SUPPRESSION.md).
 *
 * The engine reads each file once, under a lock, at the first document that wants it; what is
 * made of it is read-only and lives as long as the engine. Which entries of `paths` a document
 * matches decides its style; each combination is made once. */
#ifndef ENGINE_PROJECT_H
#define ENGINE_PROJECT_H

#include "base/yaml.h"
#include "checker/check.h"
#include "text/wordlist.h"

#define PATHS_MOST 64 /* entries of `paths`: one bit each */

typedef struct path_settings {
	slice profile; /* empty: nothing is said */
	const yaml *rules;
	const slice *match;
	size_t match_count;
	bool skip; /* is not checked */
} path_settings;

typedef struct path_list {
	const char *const *at;
	size_t n;
} path_list;

typedef struct project_style {
	uint64_t entries; /* of paths that hold */
	check_style style;
	struct project_style *next;
} project_style;

typedef struct project {
	slice path, folder; /* of the file; the folder with its slash */
	path_settings all;  /* for the whole project */
	path_settings paths[PATHS_MOST];
	size_t path_count;
	ignored *ignored;
	size_t ignored_count;
	slice baseline;   /* a path; empty: none */
	bool has_fail_on; /* the file says from which level on a check fails */
	severity fail_on; /* SEVERITY_DEFAULT: never */
	wordlist words;
	path_list termbases;    /* its own, the first at the bottom */
	struct termbase *terms; /* with these and the engine's; NULL: the engine's */
	project_style *styles;
	struct project *next;
} project;

/* What holds for one document. */
typedef struct document_settings {
	const project *project; /* NULL: none */
	check_style style;
	bool skip; /* it is not to be checked */
} document_settings;

struct paraph_session;

/* The settings of the document of that path; entries of the ignore list are kept on the arena.
 */
MUST_USE status project_find(
	struct paraph_session *s, const char *path, arena *keep, document_settings *out);

/* The nearest paraph.yaml in a folder of the path; false when there is none. */
bool project_nearest(const char *path, char *out, size_t size);

/* A path as people see it: from the folder they are in, when it is below. */
slice project_shown(const char *path);

/* A path inside the file is meant from the file's folder (with its slash). */
MUST_USE status project_path(context *c, arena *a, slice folder, slice name, slice *out);

/* Reads the list of termbases of a file of settings: paths that are there. */
MUST_USE status project_read_termbases(
	context *c, arena *a, slice path, const yaml *list, path_list *out);

/* The termbases of that file of settings, NULL for the nearest to the folder where we are. */
MUST_USE status project_find_termbases(
	context *c, arena *a, const char *settings, path_list *out);

/* Frees what the engine's projects hold beside its arena. */
void project_close(project *p);

#endif
