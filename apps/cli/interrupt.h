/* When the user, or a scheduler, ends the program (SIGINT, SIGTERM, SIGHUP): files that are
 * being written are removed, which leaves the old ones, standard error tells how far the run
 * came, and the program dies of that signal, so that a shell knows. At once: a large document
 * is not waited for. */
#ifndef APPS_CLI_INTERRUPT_H
#define APPS_CLI_INTERRUPT_H

#include "apps/cli/settings.h"

/* A file that is to be removed then, until it is released. The text stays the caller's. */
void interrupt_guard(const char *path);
void interrupt_release(const char *path);

/* What is told: how many of `total` documents were looked at. */
void interrupt_begin(const settings *s, size_t total);
void interrupt_count(size_t done);
void interrupt_end(void);

#endif
