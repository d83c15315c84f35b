/* Opening the engine as the settings ask. */
#ifndef APPS_CLI_OPEN_H
#define APPS_CLI_OPEN_H

#include "apps/cli/settings.h"

/* EXIT_CLEAN, or EXIT_TROUBLE with a message given. suggestions: see paraph_options. */
int open_engine(const settings *s, size_t suggestions, paraph_engine **out);

#endif
