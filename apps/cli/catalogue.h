/* The rules to list and explain: those of paraph, and those of users when files are named. */
#ifndef APPS_CLI_CATALOGUE_H
#define APPS_CLI_CATALOGUE_H

#include "apps/cli/settings.h"

typedef struct catalogue {
	const settings *settings;
	paraph_engine *engine; /* NULL: no rules of users */
} catalogue;

/* EXIT_CLEAN, or EXIT_TROUBLE with a message given. */
int catalogue_open(catalogue *c, const settings *s);
void catalogue_close(catalogue *c);

size_t catalogue_count(const catalogue *c);
paraph_rule catalogue_rule(const catalogue *c, size_t i);
bool catalogue_example(const catalogue *c, size_t i, size_t k, const char **wrong,
	const char **right, paraph_language *in);
/* The profile in which an example holds; NULL: the default. */
const char *catalogue_example_profile(size_t i, size_t k);
/* What an example translates; NULL: it is of one text. */
const char *catalogue_example_source(size_t i, size_t k);
/* EXIT_CLEAN, or EXIT_TROUBLE with a message given. */
int catalogue_find(const catalogue *c, const char *id, size_t *i);

#endif
