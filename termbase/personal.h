/* The termbase of the person at the keyboard: a store at $XDG_DATA_HOME/paraph/termbase.db, or
 * ~/.local/share/paraph/termbase.db. */
#ifndef TERMBASE_PERSONAL_H
#define TERMBASE_PERSONAL_H

#include "base/context.h"

#define PERSONAL_PATH_BYTES 4096

/* False where there is no home. */
bool personal_path(char out[PERSONAL_PATH_BYTES]);

/* Makes the folders that the path lies in, for the one who is to write there. */
MUST_USE status personal_make_folders(context *c, const char *path);

#endif
