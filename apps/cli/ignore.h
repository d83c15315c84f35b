/* .gitignore, as Git documents it: the last pattern of a file that matches decides, a file in a
 * deeper folder has the word over one above it, ! takes an exclusion back, a pattern with a
 * slash before its end is meant from the folder of its file, one that ends in a slash names
 * folders. What is below an excluded folder cannot be taken back, since nobody goes there. */
#ifndef APPS_CLI_IGNORE_H
#define APPS_CLI_IGNORE_H

#include "apps/cli/settings.h"

typedef struct ignore ignore;

/* What holds in a folder below which parent holds: parent itself where the folder has no
 * .gitignore. */
ignore *ignore_enter(ignore *parent, const char *folder);
/* The same for the folder at which a walk begins: what the folders above it say, up to the one
 * with .git, holds too. */
ignore *ignore_begin(const char *folder);
/* path: as it is walked, that of the folder of ignore_begin included. */
bool ignore_excludes(const ignore *i, const char *path, bool is_folder);
/* Frees all of the walk that began last. */
void ignore_end(void);

/* Does a pattern match a path, name by name? For tests. */
bool ignore_matches(const char *pattern, const char *path);

#endif
