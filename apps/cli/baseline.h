/* A baseline: what is known and accepted, so that a check tells only what is new.
 *
 * A text file, one finding a line, sorted, so that two branches merge line by line:
 *
 *	path TAB rule TAB fingerprint TAB the text it is about
 *
 * The fingerprint is made of rule, path and the words around, never of a line number: findings
 * are known again when lines move or are wrapped anew. The other columns are for people. */
#ifndef APPS_CLI_BASELINE_H
#define APPS_CLI_BASELINE_H

#include "apps/cli/output.h"

typedef struct known {
	uint64_t fingerprint;
	char *line; /* as it stands in the file, without its end */
	bool met;
} known;

typedef struct baseline {
	known *at; /* sorted by fingerprint once it is read */
	size_t count, capacity;
} baseline;

/* Do these n bytes, the first of a file, begin a baseline? */
bool baseline_begins(const char *bytes, size_t n);

/* False with a message when it is not there, or no baseline; what was read is to be freed all
 * the same. */
bool baseline_load(
	baseline *b, const char *path, paraph_language ui, char *message, size_t size);
/* The same, complaining: EXIT_TROUBLE. */
int baseline_read(baseline *b, const settings *s, const char *path);
void baseline_free(baseline *b);

/* Those of a run: that of --baseline, or of the projects of the documents. */
typedef struct named_baseline {
	char *path;
	baseline known;
	list met; /* paths that were checked, for the entries that are no more */
} named_baseline;

typedef struct baselines {
	named_baseline *at;
	size_t count;
} baselines;

/* The one of that path, read when it is asked for first; NULL with a message on failure. */
named_baseline *baselines_get(baselines *all, const settings *s, const char *path);
void baselines_free(baselines *all);

/* The entry of a fingerprint, or NULL. */
known *baseline_find(const baseline *b, uint64_t fingerprint);

/* For paraph_result_accept: is it known? Notes that it was met. */
bool baseline_knows(void *b, const paraph_finding *f);

/* Of the entries of these paths, those that were not met. */
size_t baseline_fixed(const baseline *b, const list *paths);
/* Forgets them, and those of files that are not there any more; the answer is how many. */
size_t baseline_prune(baseline *b, const char *file, const list *paths);

/* Adds a finding of that path. */
void baseline_add(baseline *b, paraph_text path, const paraph_finding *f);

/* Writes it in the order of its lines. */
int baseline_write(const baseline *b, const settings *s, const char *path);

#endif
