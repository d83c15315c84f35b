/* The termbase as a SQLite file: concept → language section → term (ISO 30042), for people and
 * tools that query it. Matching does not read it; termbase/index.h does that. */
#ifndef TERMBASE_STORE_H
#define TERMBASE_STORE_H

#include "termbase/glossary.h"

#define STORE_VERSION 1

/* Writes a new store with the concepts of a glossary. The file appears whole or not at all. */
MUST_USE status store_write(context *c, const char *path, const glossary *g);

#endif
