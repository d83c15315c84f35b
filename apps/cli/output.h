/* Where a command writes: standard output, or a file that appears whole or not at all. The new
 * file is written beside the old one, flushed to the disk and renamed over it; a full disk or a
 * kill leaves the old file as it was. */
#ifndef APPS_CLI_OUTPUT_H
#define APPS_CLI_OUTPUT_H

#include <stdio.h>

#include "apps/cli/settings.h"

typedef struct output {
	FILE *file;
	char *target;    /* what the new file will replace, links followed; NULL: stdout */
	char *temporary; /* the name of the new file until then */
	int error;       /* errno of the first failure */
} output;

/* path NULL or "-" is standard output. EXIT_TROUBLE with a message when it cannot be opened, or
 * when it would replace what the command uses itself, or a store (overwrite.h). */
int output_open(output *o, const settings *s, const char *path);
void output_write(output *o, const char *bytes, size_t n);
bool output_is_terminal(const output *o);
/* As --color says; by itself on a terminal, unless NO_COLOR is set. */
bool output_wants_color(const output *o, const settings *s);
/* Of the terminal, or what COLUMNS says; 0: it goes into a file or a pipe, or is very narrow.
 */
unsigned output_columns(const output *o);
/* Puts the file in place; EXIT_TROUBLE with a message when anything failed since the start. */
int output_close(output *o, const settings *s);
/* The end of a command that could read nothing: a file stays as it was, with no message, since
 * the reason has one; elsewhere as output_close. */
int output_close_unread(output *o, const settings *s);
/* Gives up: the old file stays, the new one is removed. */
void output_abandon(output *o);

#endif
