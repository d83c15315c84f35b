/* French verbs in another person: doit → doivent. The dictionary gives each form its persons
 * (text/lexicon.h); here the form of the same verb is found that the subject asks for. */
#ifndef CHECKER_CONJUGATION_H
#define CHECKER_CONJUGATION_H

#include "checker/check.h"

/* The form of the same lemma for the third person of the other number (PERSON_3SG or
 * PERSON_3PL), in the same tense as far as its ending tells. On c->keep; empty when there is
 * none. */
slice conjugation_third(check *c, slice form, uint32_t person);

#endif
