/* How a file begins, which tells what paraph wrote itself: such a file is no document of a
 * folder, and may be renewed where it lies. */
#ifndef APPS_CLI_BEGINNING_H
#define APPS_CLI_BEGINNING_H

#include <stdbool.h>
#include <stddef.h>

typedef struct beginning {
	char bytes[4096];
	size_t n; /* none of a file that cannot be read */
} beginning;

void beginning_read(beginning *b, const char *path);
/* A report of a check, or a list of terms as json or tsv, by what only paraph writes at its
 * head; docs/REPORTS.md says what is not known so. */
bool beginning_is_report(const beginning *b);
/* A memory or a termbase: an SQLite database. */
bool beginning_is_store(const beginning *b);

#endif
