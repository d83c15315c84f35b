/* What an output may not take the place of: a file that the command reads or writes to besides,
 * and any store. Who names one has mistaken one name for another, and a memory that a report
 * replaced is lost. */
#ifndef APPS_CLI_OVERWRITE_H
#define APPS_CLI_OVERWRITE_H

#include "apps/cli/settings.h"

/* EXIT_CLEAN, or EXIT_TROUBLE with a message, before anything is written. Files are the same by
 * device and inode, whatever their names; such as are not there yet, by folder and name. What
 * was only met in a folder is no input here: a report in it may be renewed. */
int overwrite_check(const settings *s, const char *output);

#endif
