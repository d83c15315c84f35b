/* A project's settings: paraph.yaml, given or found upward from a document, with what it
 * extends (engine/settings.h, docs/CONFIGURATION.md).
 *
 * The engine reads each file once, under a lock, at the first document that wants it; what is
 * made of it is read-only and lives as long as the engine. Which entries of `paths` a document
 * matches decides its style; each combination is made once. */
#ifndef ENGINE_PROJECT_H
#define ENGINE_PROJECT_H

#include "checker/check.h"
#include "engine/settings.h"
#include "text/wordlist.h"

#define PATHS_MOST 64 /* entries of `paths`: one bit each */

/* What a file says of all documents, or an entry of `paths` of some. */
typedef struct path_settings {
	const settings_layer *layer; /* that says it */
	/* Keys with their places; NULL: nothing is said. */
	const yaml *profile, *language, *rules, *fail_on, *match, *check;
} path_settings;

typedef struct path_list {
	const char *const *at;
	size_t n;
} path_list;

typedef struct project_style {
	uint64_t entries; /* of paths that hold */
	check_style style;
	language language; /* LANGUAGE_UNKNOWN: nothing is said */
	bool has_fail_on;
	severity fail_on; /* SEVERITY_DEFAULT: never */
	bool skip;
	uint64_t sum; /* of everything that was read for it */
	struct project_style *next;
} project_style;

typedef struct project {
	slice path; /* of the file */
	settings_layers layers;
	path_settings all[SETTINGS_LAYERS_MOST]; /* for the whole project, by layer */
	path_settings paths[PATHS_MOST];
	size_t path_count;
	ignored *ignored;
	size_t ignored_count;
	slice baseline; /* a path; empty: none */
	wordlist words;
	path_list termbases;       /* its own, the first at the bottom */
	path_list memories;        /* its own, then the engine's; empty: the engine's */
	bool allow_incomplete;     /* of memories in several databases those that answer do */
	struct termbase *terms;    /* with these and the engine's; NULL: the engine's */
	bool own_rules[RULES_MAX]; /* of the rules of users that projects have, by index */
	uint64_t sum;              /* of everything that was read for it */
	project_style *styles;
	struct project *next;
} project;

/* A file of rules that a project names: where its rules stand in the engine's list. */
typedef struct rule_file {
	slice path;
	size_t first, count;
	struct rule_file *next;
} rule_file;

/* What holds for one document. */
typedef struct document_settings {
	const project *project; /* NULL: none */
	check_style style;
	language language; /* LANGUAGE_UNKNOWN: nothing is said */
	bool skip;         /* it is not to be checked */
	bool has_fail_on;
	severity fail_on;
	uint64_t sum; /* of all files that were read for the project's settings; 0: none */
} document_settings;

struct paraph_session;
struct paraph_engine;

/* The settings of the document of that path; entries of the ignore list are kept on the arena.
 */
MUST_USE status project_find(
	struct paraph_session *s, const char *path, arena *keep, document_settings *out);

/* Makes the rules known that the settings around an engine name. */
MUST_USE status project_know_rules(struct paraph_engine *e);

/* Which entries of `paths` hold for a document, as bits. */
uint64_t project_entries(const project *p, const char *path);

/* Reads the termbases, memories and the like that a file of settings names: paths that are
 * there, those of the first layer first. */
MUST_USE status project_read_files(
	context *c, arena *a, const settings_layers *layers, const char *key, path_list *out);

/* The termbases of that file of settings, NULL for the nearest to the folder where we are. */
MUST_USE status project_find_termbases(
	context *c, arena *a, const char *settings, path_list *out);

/* Reads values that are more than a text: the list of what is ignored, the entries of paths. */
MUST_USE status project_read_values(context *c, arena *a, const profile_reader *r, project *p);

/* Frees what the engine's projects hold beside its arena. */
void project_close(project *p);

#endif
