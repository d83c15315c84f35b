/* Pairs of documents into a memory: tm import --align. */
#ifndef APPS_CLI_TM_ALIGN_H
#define APPS_CLI_TM_ALIGN_H

#include "apps/cli/settings.h"

/* Each document of paths whose name goes with another one (apps/cli/couples.h) is aligned with
 * it, and the pairs that are sure enough are handed to take as a file in TMX; name is that of
 * the documents without their mark. EXIT_FINDINGS when documents have no counterpart. */
int tm_align_all(const settings *s, const list *paths,
	int (*take)(void *user, const char *tmx, const char *name), void *user);

#endif
