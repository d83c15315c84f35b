/* What the commands on translation memories share. */
#ifndef APPS_CLI_TMS_H
#define APPS_CLI_TMS_H

#include "apps/cli/settings.h"

/* Opens the memory that the command line names with --tm, or one's own. EXIT_TROUBLE, or
 * EXIT_AGAIN where a later run may fare better, with a message. */
int open_tm(const settings *s, const char *path, bool write, paraph_tm **out);

/* Says what was left out, when --allow-incomplete allows it, and closes the memory. */
void close_tm(const settings *s, paraph_tm *tm);

/* The message of a call that failed with why; the answer is as of open_tm. */
int tm_trouble(const settings *s, const paraph_tm *tm, paraph_status why);

/* A whole number from least to most; false for anything else. */
bool read_number(const char *text, long least, long most, long *out);

/* --penalty machine=5 …, with the author, date and document that they look at. */
int read_penalties(const settings *s, paraph_tm_penalty *out);

#endif
