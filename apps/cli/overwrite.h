/* What an output may not take the place of: a file that the command reads or writes to besides,
 * and any store. Who names one has mistaken one name for another, and a document or a memory
 * that a report replaced is lost. */
#ifndef APPS_CLI_OVERWRITE_H
#define APPS_CLI_OVERWRITE_H

#include "apps/cli/settings.h"

/* The documents of this run, those met in folders too. Copied. */
void overwrite_protect(const list *documents);

/* EXIT_CLEAN, or EXIT_TROUBLE with a message, before anything is written. Files are the same by
 * device and inode, whatever their names; such as are not there yet, by folder and name. A
 * document of this run that was not named itself gives way all the same where it is empty or
 * begins as a report of paraph does: it came from a list of files, and is renewed. */
int overwrite_check(const settings *s, const char *output);

#endif
