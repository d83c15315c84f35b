/* Patterns of paths, as .gitignore has them: * stands for anything within a name, ** for any
 * folders, ? for one character. A pattern without a slash is matched against the last name, one
 * that ends with a slash against everything below that folder. */
#ifndef BASE_GLOB_H
#define BASE_GLOB_H

#include "base/slice.h"

bool glob_matches(slice pattern, slice path);

#endif
