/* Facts of a pair that the other side lacks. */
#ifndef CHECKER_BILINGUAL_LOOSE_H
#define CHECKER_BILINGUAL_LOOSE_H

#include "checker/bilingual/pair.h"

/* Fills the loose facts of both halves. */
void loose_find(check_pair *p);

/* Takes out what the neighbour has on the other side: it was moved there. */
void loose_forgive(check_pair *p, const check_pair *near);

#endif
