/* What the operating system says of a failure, in the language of the user and without loading
 * a locale. */
#ifndef BASE_SYSTEM_H
#define BASE_SYSTEM_H

#include "base/context.h"

/* The sentence for an errno; the system's own English one for those that are rare. */
const char *system_message(language ui, int error);

#endif
