/* --since REV: of the documents, those that git says were changed since a revision, with what
 * is not yet committed and what git does not know yet; and of what is found in them, in formats
 * that have lines, what stands in a paragraph with a changed line. */
#ifndef APPS_CLI_SINCE_H
#define APPS_CLI_SINCE_H

#include "apps/cli/settings.h"

typedef struct changed_lines { /* first to last, from 1 */
	size_t first, last;
} changed_lines;

typedef struct changed_file {
	char *path; /* from the root of the repository */
	bool whole; /* new, or without lines */
	changed_lines *lines;
	size_t count;
} changed_file;

typedef struct changes {
	char *root; /* of the repository; NULL: everything is wanted */
	changed_file *files;
	size_t count;
} changes;

/* Leaves of the list what was changed. EXIT_TROUBLE with a message when git cannot tell. */
int since_choose(changes *c, const settings *s, list *paths);
/* Takes out of a result what stands in paragraphs that were not changed. */
void since_omit(const changes *c, const char *path, paraph_result *result);
void since_free(changes *c);

#endif
