/* The files to work on: those named, those in the folders named, those listed in a file.
 *
 * A file named is always taken. In a folder, hidden entries, binary files that are no
 * documents, baselines and reports of paraph and what .gitignore excludes are left alone, and a
 * folder met before (a loop of links) is not entered again. The files of a folder come in the
 * order of their paths, so that a run can be compared with the last one. No output of the run
 * takes the place of one of them (overwrite.h). */
#ifndef APPS_CLI_INPUTS_H
#define APPS_CLI_INPUTS_H

#include "apps/cli/settings.h"

/* EXIT_CLEAN, or EXIT_TROUBLE when something could not be read: the message is given, and out
 * has the rest. */
int inputs_collect(const settings *s, list *out);

#endif
