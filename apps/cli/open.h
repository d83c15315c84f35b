/* Opening the engine as the settings ask. */
#ifndef APPS_CLI_OPEN_H
#define APPS_CLI_OPEN_H

#include "apps/cli/settings.h"

/* EXIT_CLEAN, or EXIT_TROUBLE with a message given. suggestions: see paraph_options. */
int open_engine(const settings *s, size_t suggestions, paraph_engine **out);

/* Of documents, by the name that --lang takes; NULL: AUTO. */
paraph_language document_language(const char *name);

/* The termbases of the command line, over one's own where there is one and nothing says no: a
 * list that ends with NULL, to be freed. */
const char **termbases_in_force(const settings *s);

/* The path of the personal dictionary, there or not; false where there is no home, or where
 * --no-config says no. */
bool personal_words(const settings *s, char *path, size_t size);

/* Who makes a change, for the history of a termbase: USER, LOGNAME, or the account's name,
 * which jobs of cron and containers have alone. NULL where nobody knows. */
const char *user_name(void);

/* Where findings are kept for later runs; false where there is no home. */
bool cache_folder(char *path, size_t size);

#endif
