/* What the commands on translation memories share. */
#ifndef APPS_CLI_TMS_H
#define APPS_CLI_TMS_H

#include "apps/cli/settings.h"

/* Opens the memory that the command line names with --tm, or one's own. EXIT_TROUBLE with a
 * message. */
int open_tm(const settings *s, const char *path, bool write, paraph_tm **out);

/* Says what was left out, when --allow-incomplete allows it, and closes the memory. */
void close_tm(const settings *s, paraph_tm *tm);

/* The message of a failed call; the answer is EXIT_TROUBLE. */
int tm_trouble(const settings *s, const paraph_tm *tm);

/* A whole number from least to most; false for anything else. */
bool read_number(const char *text, long least, long most, long *out);

/* --penalty machine=5 …, with the author, date and document that they look at. */
int read_penalties(const settings *s, paraph_tm_penalty *out);

#endif
