/* Stems: one spelling for the inflected forms of a French or English word, good enough to look
 * names and terms up by (États Membres, ETAT MEMBRE; régional, régionales, régionaux).
 *
 * Rules of spelling only, no dictionary: what is compiled with them stays valid when a
 * dictionary is updated, and they take nanoseconds. They may join words of different meaning
 * (porte, ports); whoever looks a term up compares the surface afterwards. One set of rules
 * serves both languages, and a stem of a stem is not a stem: apply them once. */
#ifndef TEXT_STEM_H
#define TEXT_STEM_H

#include "base/slice.h"

/* Shortens a folded word (text_fold) of n bytes in place and returns its new length. */
size_t text_stem(char *folded, size_t n);

#endif
