/* "Did you mean …?": which of the known names is closest to a mistyped one. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include "base/slice.h"

/* The number of letters to add, drop, change or swap between two names, or limit + 1 when it is
 * more. Names longer than 64 bytes are never near. */
size_t nearest_distance(slice a, slice b, size_t limit);

typedef struct nearest {
	slice typed, best;
	size_t distance; /* of best; SIZE_MAX while there is none */
} nearest;

void nearest_init(nearest *n, slice typed);
void nearest_offer(nearest *n, slice name);
/* Something offered is close enough to be worth a question (then it is n->best). */
bool nearest_found(const nearest *n);

#endif
