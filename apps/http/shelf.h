/* Documents that were uploaded, kept for a while in memory under names that nobody can guess.
 * What is there longest makes room. Any number of threads. */
#ifndef APPS_HTTP_SHELF_H
#define APPS_HTTP_SHELF_H

#include "include/paraph.h"

#define SHELF_ID 33 /* 32 hexadecimal digits and the end */
#define SHELF_SECONDS 3600

typedef struct shelf shelf;

typedef struct kept {
	char id[SHELF_ID], source[SHELF_ID]; /* source: of which it is the translation, or "" */
	char *name, *language, *profile;     /* the latter two may be NULL */
	paraph_text bytes;
} kept;

/* NULL: memory is out. */
shelf *shelf_open(size_t bytes);
void shelf_close(shelf *s);

/* Copies what it is given, and gives it an id. NULL: memory is out, or it is larger than the
 * shelf. What it answers is given back. */
const kept *shelf_put(shelf *s, const kept *document);
/* NULL when there is none of that id. */
const kept *shelf_take(shelf *s, const char *id);
void shelf_give_back(shelf *s, const kept *document);
/* False: there is none. */
bool shelf_remove(shelf *s, const char *id);

#endif
