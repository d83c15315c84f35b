/* What the operating system says of a failure, in the language of the user and without loading
 * a locale. */
#ifndef BASE_SYSTEM_H
#define BASE_SYSTEM_H

#include "base/context.h"

/* The sentence for an errno; the system's own English one for those that are rare. */
const char *system_message(language ui, int error);

/* Is it a failure that may be over when the same is tried later: no room, too many files open,
 * a file server that does not answer? */
bool system_is_passing(int error);

#endif
