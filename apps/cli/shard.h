/* --shard I/N: of the documents, in their order, each N-th one from the I-th on, so that N runs
 * with the same list look at each document once, on whatever machines. */
#ifndef APPS_CLI_SHARD_H
#define APPS_CLI_SHARD_H

#include "apps/cli/settings.h"

/* Leaves of the list what is the shard's. EXIT_TROUBLE, with a message, when I/N makes no
 * sense. */
int shard_choose(const settings *s, list *paths);

#endif
